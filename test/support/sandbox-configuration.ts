/** The demo shop's configuration with a sandbox as its provider, for a register in a process of its own. `msn`: another sales unit than the first. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { DEMO_CONFIGURATION } from './running-register.ts';

export function sandboxConfiguration(
  sandbox: Pick<Sandbox, 'url' | 'phoneUrl' | 'salesUnits'>,
  api: 'ecom' | 'epayment' = 'ecom',
  msn?: string,
): object {
  const demo = JSON.parse(readFileSync(DEMO_CONFIGURATION, 'utf8')) as { catalogue: { file: string } };
  const unit = msn === undefined ? sandbox.salesUnits[0] : sandbox.salesUnits.find((each) => each.msn === msn);
  if (unit === undefined) throw new RangeError('The sandbox has no sales unit.');
  return {
    ...demo,
    catalogue: { file: join(dirname(DEMO_CONFIGURATION), demo.catalogue.file) },
    provider: {
      environment: 'sandbox',
      baseUrl: sandbox.url,
      api,
      merchantSerialNumber: unit.msn,
      clientId: unit.clientId,
      clientSecret: unit.clientSecret,
      subscriptionKey: unit.subscriptionKey,
      phoneUrl: sandbox.phoneUrl,
    },
  };
}
