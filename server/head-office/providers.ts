/**
 * The provider, as each store's sales unit. Whose keys speak is a matter of the unit, and nobody outside ever names one:
 *
 * | way | keys | merchant serial number |
 * |---|---|---|
 * | A, `partner` | one set for many units | the unit's of the store that sold |
 * | B, `store` | the unit's own | its own |
 * | C, `shared` | the one unit's | its own; the reference begins with the store |
 */
import { createEcomProvider } from '../../app/vipps/ecom/provider.ts';
import { createEpaymentProvider } from '../../app/vipps/epayment/provider.ts';
import type { Office } from './office.ts';

type Provider = ReturnType<typeof createEpaymentProvider>;
/** What head office does at the provider: no more than this. */
export type RefundProvider = Pick<Provider, 'read' | 'refund' | 'apiOf'>;

const SYSTEM = { systemName: 'Tillit head office', systemVersion: '1' };
/** Never used: head office creates no payment. */
const NOWHERE = 'https://example.invalid/';

/** One unit's adapter over any of its APIs: its address, its number, and whose keys speak for it. */
export function unitOptions(office: Office, unit: UnitRow) {
  const { clock, log, send } = office;
  const configuration = {
    baseUrl: unit.base_url,
    merchantSerialNumber: unit.msn,
    ...office.vault().open(unit.sealed, unit.key_id, unit.credential_id),
    ...SYSTEM,
    fallBack: NOWHERE,
    callbackPrefix: NOWHERE,
  };
  return { configuration, send, clock, log, qrSize: 100 };
}

export interface UnitRow {
  readonly msn: string;
  readonly base_url: string;
  readonly credential_id: string;
  readonly key_id: string;
  readonly sealed: string;
}

export interface Providers {
  /** The sales unit of a store; `null` when none is set up. @throws VaultError when its keys cannot be opened. */
  ofStore(storeId: string): Promise<RefundProvider | null>;
}

/** Keeps one adapter a unit, with its token, until the unit or its keys change. */
export function createProviders(office: Office): Providers {
  const kept = new Map<string, { readonly made: string; readonly provider: RefundProvider }>();
  return {
    async ofStore(storeId) {
      const row = await office.store.db
        .selectFrom('stores')
        .innerJoin('sales_units', 'sales_units.unit_id', 'stores.unit_id')
        .innerJoin('credentials', 'credentials.credential_id', 'sales_units.credential_id')
        .selectAll('sales_units')
        .select(['credentials.key_id', 'credentials.sealed'])
        .where('stores.store_id', '=', storeId)
        .executeTakeFirst();
      if (row === undefined) return null;
      const made = [row.msn, row.api, row.base_url, row.credential_id, row.key_id, row.sealed].join('\n');
      const before = kept.get(row.unit_id);
      if (before?.made === made) return before.provider;
      const options = unitOptions(office, row);
      const provider: RefundProvider = row.api === 'ecom' ? createEcomProvider(options) : createEpaymentProvider(options);
      kept.set(row.unit_id, { made, provider });
      return provider;
    },
  };
}
