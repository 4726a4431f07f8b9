/** How this register reaches its sales unit: with the unit's keys, or through head office, which has them. */
import { keyFor, type MembershipMemory } from '../../app/chain/membership.ts';
import { type Configuration, ownProviderOf } from '../../app/till/configuration.ts';
import type { Access } from '../../app/vipps/headers.ts';
import type { ProviderSecrets } from './configuration-file.ts';

export interface AccessSurroundings {
  readonly configuration: Configuration;
  /** `null` exactly when no sales unit is configured whose keys are here. */
  readonly secrets: ProviderSecrets | null;
  /** Where the register's key to head office is; `null` where it practises by itself. */
  readonly chainMemory?: Pick<MembershipMemory, 'read'> | null;
}

/** `null` where the register has no sales unit. A register that is not enrolled yet has one, which lets it do nothing. */
export function accessOf({ configuration, secrets, chainMemory = null }: AccessSurroundings): Access | null {
  const { provider, headOffice } = configuration;
  if (provider?.through === 'head-office' && headOffice !== null) {
    const { address } = headOffice;
    return {
      baseUrl: `${address.replace(/\/+$/, '')}/relay`,
      registerKey: () => (chainMemory === null ? null : keyFor(chainMemory, address)),
      environment: provider.environment,
    };
  }
  const own = ownProviderOf(configuration);
  if (own === null || secrets === null) return null;
  const { baseUrl, merchantSerialNumber, clientId } = own;
  return { baseUrl, merchantSerialNumber, clientId, ...secrets };
}
