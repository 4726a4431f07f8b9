/** Whatever an adapter does with a sales unit's keys it does without them, through head office: the same tests, to the letter. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { defaultSalesUnits } from '../../../server/sandbox/sales-units.ts';
import type { SandboxOptions } from '../../../server/sandbox/sandbox.ts';
import { type Dialect, inShort, paysAsTheRegisterNeeds } from '../../app/vipps/behaviour.ts';
import { ECOM } from '../../app/vipps/ecom/dialect.ts';
import { EPAYMENT } from '../../app/vipps/epayment/dialect.ts';
import { relayedAt } from './relayed.ts';
import { startChain } from './test-chain.ts';

/** One store with one unit, and its register 1. */
async function begin(api: Dialect['api'], msn = '123456', sandbox: SandboxOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-relay-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const chain = await startChain({ file: join(folder, 'chain.db') }, [{ storeId: 'kiosk', msn, api }], undefined, undefined, {
    salesUnits: defaultSalesUnits,
    ...sandbox,
  });
  const key = await chain.enrol('kiosk', '1');
  const { provider } = relayedAt(api, chain.server.url, key);
  return { sandbox: chain.sandbox, provider, ...inShort(provider) };
}

describe('eCom without keys', () => paysAsTheRegisterNeeds(ECOM, begin));
describe('ePayment without keys', () => paysAsTheRegisterNeeds(EPAYMENT, begin));
