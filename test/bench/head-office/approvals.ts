/**
 * From the customer's approval to *approved* at a register that nobody can reach: the provider tells head office, head office
 * tells the register that waits, the register reads the payment. When the provider's word is lost the same register polls.
 * Both moments are of one clock: when the customer approved, and when the register's journal says that it knows.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox } from '../../../server/sandbox/sandbox.ts';
import { Chain } from '../../scenarios/chain.ts';
import { readJournal } from '../../scenarios/journal-account.ts';
import { RunningRegister } from '../../support/running-register.ts';
import { sandboxConfiguration } from '../../support/sandbox-configuration.ts';

export interface Approvals {
  /** Milliseconds each, of those that head office passed on. */
  readonly toldMs: readonly number[];
  /** Of those that the register found out by itself. */
  readonly polledMs: readonly number[];
}

const STORE = { storeId: 'kolo', name: 'Kolonial', msn: '123456' };
/** Customers approve at any moment between two polls. */
const POLL_MS = 1_000;

/** @param payments of each kind. */
export async function approvals(folder: string, payments: number): Promise<Approvals> {
  const sandbox = await startSandbox({ salesUnits: [{ msn: STORE.msn }] });
  const chain = await Chain.open(sandbox, [STORE], 'epayment');
  const dataDir = join(mkdtempSync(join(folder, 'register-')), 'data');
  const configFile = join(folder, 'register.json');
  const shop = {
    ...sandboxConfiguration(sandbox, 'epayment', STORE.msn),
    store: { id: STORE.storeId },
    headOffice: { address: chain.address },
  };
  writeFileSync(configFile, JSON.stringify(shop), { mode: 0o600 });
  const register = await RunningRegister.start({ dataDir, configFile, args: ['--enrol', await chain.codeFor(STORE.storeId)] });
  try {
    await register.until(({ lights }) => lights.some(({ device, state }) => device === 'head-office' && state === 'ok'));
    while (!sandbox.control.requests({ route: 'webhooks' }).some(({ method }) => method === 'POST')) await pause(50);
    // The first of each is not counted.
    const told = await approve(register, sandbox, payments + 1);
    sandbox.control.addFault({ kind: 'lost', route: 'webhook', times: null });
    const polled = await approve(register, sandbox, payments + 1);
    const knownMs = readJournal(dataDir, (_, journal) => journal.of('payment.approved').map(({ atMs }) => atMs));
    const took = (approvedMs: readonly number[], from: number) =>
      approvedMs.map((atMs, index) => (knownMs[from + index] ?? Number.NaN) - atMs).slice(1);
    return { toldMs: took(told, 0), polledMs: took(polled, told.length) };
  } finally {
    await register.stop();
    await chain.close();
    await sandbox.close();
  }
}

/** Sells and has the customers approve. Gives when each did. */
async function approve(
  register: RunningRegister,
  { control }: Awaited<ReturnType<typeof startSandbox>>,
  payments: number,
): Promise<readonly number[]> {
  const approvedMs: number[] = [];
  for (let count = 0; count < payments; count += 1) {
    await register.must({ type: 'add-article', articleNumber: '1001' });
    await register.must({ type: 'pay-vipps' });
    const { stage } = await register.until((view) => view.stage.kind === 'payment' && view.stage.phase.startsWith('waiting'));
    const reference = stage.kind === 'payment' ? stage.reference : '';
    await pause(Math.floor((count * POLL_MS) / payments) + POLL_MS);
    approvedMs.push(Date.now());
    control.customer('approve', reference);
    await register.until((view) => view.stage.kind === 'finished');
    await register.must({ type: 'decline-receipt' });
    await register.must({ type: 'next-customer' });
  }
  return approvedMs;
}
