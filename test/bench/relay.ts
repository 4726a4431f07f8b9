/**
 * What the way through head office adds to a payment: the same requests of the same adapter, one with a sales unit's keys and
 * one without, in turn, each on a connection that is kept. Head office is a process of its own, on SQLite; the provider answers
 * at once, so that what is between the two is the hop and nothing else.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PaymentOrder, PaymentProvider } from '../../app/payment/provider.ts';
import { createEpaymentProvider } from '../../app/vipps/epayment/provider.ts';
import type { Access } from '../../app/vipps/headers.ts';
import { nodeClock } from '../../hardware/clock/node-clock.ts';
import { createHttpSend } from '../../hardware/http/send.ts';
import { putStore, putUnit } from '../../server/head-office/chain.ts';
import type { Office } from '../../server/head-office/office.ts';
import { enrol, makeCode } from '../../server/head-office/registers.ts';
import { openStore } from '../../server/head-office/store/store.ts';
import { createVault, newVaultKey } from '../../server/head-office/vault.ts';
import { type Sandbox, startSandbox } from '../../server/sandbox/sandbox.ts';
import { root } from '../support/source-files.ts';
import { type BenchResult, percentile } from './measure.ts';

/** Below the rate that head office has for one register. */
const REGISTERS = 8;
const WARM_UP = 20;
const HOP_P50_MS = 10;
const HOP_P99_MS = 50;

/** A chain of one store on disk. Gives a key for each register. */
async function setUp(directory: string, sandbox: Sandbox, vaultKey: string): Promise<readonly string[]> {
  const store = await openStore({ file: join(directory, 'head-office.db') });
  const send = createHttpSend();
  const log = { write: () => undefined };
  const office: Office = { store, vault: () => createVault([vaultKey]), clock: nodeClock, log, send, processId: 'bench' };
  const [unit] = sandbox.salesUnits;
  if (unit === undefined) throw new RangeError('The sandbox has no sales unit.');
  const { msn, clientId, clientSecret, subscriptionKey } = unit;
  const credentials = { clientId, clientSecret, subscriptionKey };
  await putUnit(office, { unitId: 'nord', name: 'Nord', way: 'store', msn, api: 'epayment', baseUrl: sandbox.url, credentials });
  await putStore(office, { storeId: 'nord', name: 'Nord', unitId: 'nord' });
  const keys: string[] = [];
  for (let number = 1; number <= REGISTERS; number += 1) {
    keys.push((await enrol(office, await makeCode(office, 'nord', String(number)), 'bench')).key);
  }
  send.close();
  await store.close();
  return keys;
}

async function serve(directory: string, vaultKey: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { DATABASE_URL: _url, npm_lifecycle_event: _npm, ...environment } = process.env;
  const child = spawn(process.execPath, [join(root, 'server', 'head-office', 'main.ts'), 'serve', '--data', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...environment, TILLIT_HEAD_OFFICE_KEY: vaultKey },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  return {
    url: (JSON.parse(line) as { readonly api: string }).api,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Milliseconds of each create and each read, once warm. */
class Times {
  readonly createMs: number[] = [];
  readonly readMs: number[] = [];

  async take(provider: PaymentProvider, order: PaymentOrder, counts: boolean): Promise<void> {
    const began = performance.now();
    const created = await provider.create(order);
    const between = performance.now();
    const read = await provider.read(order);
    const after = performance.now();
    if (created.kind !== 'ok' || read.kind !== 'ok') throw new Error(`The provider did not answer: ${created.kind}, ${read.kind}.`);
    if (!counts) return;
    this.createMs.push(between - began);
    this.readMs.push(after - between);
  }
}

/** @param payments how many each way. */
export async function relay(directory: string, payments: number): Promise<readonly BenchResult[]> {
  const sandbox = await startSandbox({ rateLimits: false });
  const vaultKey = newVaultKey();
  const keys = await setUp(directory, sandbox, vaultKey);
  const headOffice = await serve(directory, vaultKey);
  const sends = [createHttpSend(), createHttpSend()] as const;
  try {
    const through = (access: Access, send: (typeof sends)[number]) =>
      createEpaymentProvider({
        configuration: { ...access, fallBack: 'https://example.com/', systemName: 'tillit', systemVersion: 'bench' },
        send,
        clock: nodeClock,
        log: { write: () => undefined },
        qrSize: 720,
      });
    const [unit] = sandbox.salesUnits;
    if (unit === undefined) throw new RangeError('The sandbox has no sales unit.');
    const { msn: merchantSerialNumber, clientId, clientSecret, subscriptionKey } = unit;
    const own = through({ baseUrl: sandbox.url, merchantSerialNumber, clientId, clientSecret, subscriptionKey }, sends[0]);
    const relayed = keys.map((key) =>
      through({ baseUrl: `${headOffice.url}/relay`, registerKey: () => key, environment: 'sandbox' }, sends[1]),
    );
    const [direct, hopped] = [new Times(), new Times()];
    for (let count = 0; count < payments + WARM_UP; count += 1) {
      const register = (count % REGISTERS) + 1;
      const order = (way: string): PaymentOrder => ({
        reference: `nord-${register}-2611-abcd-${count + 1}-${way}`,
        amountOre: 4_990,
        currency: 'NOK',
        text: 'Kvittering',
      });
      const provider = relayed[register - 1];
      if (provider === undefined) throw new RangeError('There is no such register.');
      await direct.take(own, order('1'), count >= WARM_UP);
      await hopped.take(provider, order('2'), count >= WARM_UP);
    }
    return [resultOf('create', direct.createMs, hopped.createMs), resultOf('read', direct.readMs, hopped.readMs)];
  } finally {
    for (const send of sends) send.close();
    await headOffice.stop();
    await sandbox.close();
  }
}

function resultOf(what: string, directMs: readonly number[], relayedMs: readonly number[]): BenchResult {
  const round = (ms: number) => Math.round(ms * 100) / 100;
  const [direct50, direct99] = [percentile(directMs, 0.5), percentile(directMs, 0.99)];
  const [relayed50, relayed99] = [percentile(relayedMs, 0.5), percentile(relayedMs, 0.99)];
  return {
    name: `a payment's ${what} through head office, beside the same one with the keys on the till`,
    aim: `+ ≤ ${HOP_P50_MS} ms at p50, ≤ ${HOP_P99_MS} ms at p99`,
    ratio: relayed50 / direct50,
    met: relayed50 - direct50 <= HOP_P50_MS && relayed99 - direct99 <= HOP_P99_MS,
    facts: {
      directP50Ms: round(direct50),
      relayedP50Ms: round(relayed50),
      directP99Ms: round(direct99),
      relayedP99Ms: round(relayed99),
      hopP50Ms: round(relayed50 - direct50),
      hopP99Ms: round(relayed99 - direct99),
      payments: directMs.length,
    },
  };
}
