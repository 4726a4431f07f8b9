/** Head office loses its power in the middle of a register's request. Nothing is called failed, and nothing is done twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { PaymentOrder } from '../../../app/payment/provider.ts';
import { newVaultKey } from '../../../server/head-office/vault.ts';
import { relayedAt } from './relayed.ts';
import { serve } from './running-head-office.ts';
import { startChain, until } from './test-chain.ts';

const order: PaymentOrder = { reference: 'nord-1-2611-abcd-1-1', amountOre: 49_900, currency: 'NOK', text: 'Kvittering 1' };

/** Head office in a process of its own, on a chain that is set up. */
async function aChain(api: 'ecom' | 'epayment') {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-death-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const vaultKey = newVaultKey();
  const chain = await startChain({ file: join(folder, 'head-office.db') }, [{ storeId: 'nord', msn: '100001', api }], undefined, vaultKey);
  const key = await chain.enrol('nord', '1');
  const environment = { TILLIT_HEAD_OFFICE_KEY: vaultKey };
  const headOffice = await serve(folder, environment);
  const { provider } = relayedAt(api, headOffice.api, key);
  const again = () => serve(folder, environment, ['--port', new URL(headOffice.api).port]);
  return { sandbox: chain.sandbox, headOffice, provider, again };
}

it.each([
  ['ecom', false],
  ['epayment', true],
] as const)(
  '%s: a capture that had its effect at the provider (%s) is unknown, and is read when head office is back',
  async (api, afterEffect) => {
    const { sandbox, headOffice, provider, again } = await aChain(api);
    expect((await provider.create(order)).kind).toBe('ok');
    sandbox.control.customer('approve', order.reference);
    sandbox.control.addFault({ kind: 'latency', route: 'capture', ms: 600_000, afterEffect });
    const capturing = provider.capture(order, 49_900, '1-2611-abcd-1-1-c1');
    await until(async () => sandbox.control.requests({ route: 'capture' }).length === 1);
    await until(async () => !afterEffect || sandbox.control.payment(order.reference).capturedOre > 0);
    await headOffice.kill();
    expect(await capturing).toMatchObject({ kind: 'unknown', error: { code: 'lost' } });
    expect(await provider.read(order)).toMatchObject({ kind: 'retryable', error: { code: 'not-sent' } });

    sandbox.control.clearFaults();
    await again();
    const read = await provider.read(order);
    expect(read).toMatchObject({ kind: 'ok', value: { capturedOre: afterEffect ? 49_900 : 0 } });
    expect(await provider.capture(order, 49_900, '1-2611-abcd-1-1-c1')).toMatchObject({ kind: 'ok' });
    expect(sandbox.control.payment(order.reference).entries.filter(({ kind, ok }) => kind === 'capture' && ok)).toHaveLength(1);
  },
);
