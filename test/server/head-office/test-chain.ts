/** A chain for tests: the practice provider with a unit a store, head office over real HTTP, and registers that sell. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import type { Clock } from '../../../app/till/ports.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { putStore, putUnit, type UnitWish } from '../../../server/head-office/chain.ts';
import type { Office } from '../../../server/head-office/office.ts';
import { enrol, makeCode } from '../../../server/head-office/registers.ts';
import { type HeadOfficeServer, type ServerOptions, startServer } from '../../../server/head-office/server.ts';
import { openStore, type StoreAddress } from '../../../server/head-office/store/store.ts';
import { createVault, newVaultKey } from '../../../server/head-office/vault.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../server/sandbox/sandbox.ts';
import { type RunningPostgres, startPostgres } from '../../support/postgres.ts';
import { ecomAt, epaymentAt } from '../../support/scripted-provider.ts';
import { TestRegister } from './test-register.ts';

/** Runs the same tests on SQLite and on a real PostgreSQL, which is started once for the file. */
export function onBothDatabases(tests: (newDatabase: () => Promise<StoreAddress>, kind: 'sqlite' | 'postgres') => void): void {
  describe('on SQLite', () => {
    let files = 0;
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'tillit-head-office-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    tests(async () => {
      files += 1;
      return { file: join(folder, `chain-${files}.db`) };
    }, 'sqlite');
  });
  describe('on PostgreSQL', () => {
    let postgres: RunningPostgres | null = null;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, 60_000);
    afterAll(async () => postgres?.stop());
    tests(async () => {
      if (postgres === null) throw new Error('PostgreSQL has not started');
      return { url: await postgres.createDatabase() };
    }, 'postgres');
  });
}

export interface TestClock extends Clock {
  atMs: number;
}

/** 2026-11-21 10:00 in Oslo, until a test moves it. */
function testClock(): TestClock {
  const clock: TestClock = {
    atMs: Date.UTC(2026, 10, 21, 9),
    nowMs: () => clock.atMs,
    offsetMinutes: () => 60,
    monotonicMs: () => clock.atMs,
  };
  return clock;
}

/** How a store of the chain is set up. */
export interface TestStore {
  readonly storeId: string;
  readonly msn: string;
  readonly way?: UnitWish['way'];
  readonly api?: UnitWish['api'];
}

export interface TestChain {
  readonly sandbox: Sandbox;
  readonly office: Office;
  readonly clock: TestClock;
  readonly server: HeadOfficeServer;
  readonly logged: { readonly level: string; readonly event: string; readonly facts: unknown }[];
  readonly address: StoreAddress;
  /** Another head office on the same database. */
  beside(options?: Partial<ServerOptions>): Promise<{ readonly office: Office; readonly server: HeadOfficeServer }>;
  /** Enrols a register of a store. Gives its key. */
  enrol(storeId: string, registerId: string): Promise<string>;
  /** Enrols a register of a store; it sells with that store's unit. */
  register(storeId: string, registerId?: string, sellsForReal?: boolean): Promise<TestRegister>;
}

const ROOMY = { burst: 1_000_000, perMinute: 1_000_000 };

/** Everything ends with the test. */
export async function startChain(
  address: StoreAddress,
  stores: readonly TestStore[],
  clock: TestClock = testClock(),
  vaultKey = newVaultKey(),
  sandboxOptions: SandboxOptions = {},
): Promise<TestChain> {
  const msns = [...new Set(stores.map(({ msn }) => msn))];
  const partnered = stores.filter(({ way }) => way === 'partner').map(({ msn }) => msn);
  const sandbox = await startSandbox({
    salesUnits: msns.map((msn) => ({ msn })),
    partners: partnered.length === 0 ? [] : [{ msns: partnered }],
    nowMs: () => clock.nowMs(),
    ...sandboxOptions,
  });
  onTestFinished(() => sandbox.close());
  const logged: TestChain['logged'] = [];
  let processes = 0;

  async function openOffice(): Promise<Office> {
    processes += 1;
    const store = await openStore(address);
    const send = createHttpSend();
    onTestFinished(async () => {
      send.close();
      await store.close();
    });
    const vault = createVault([vaultKey]);
    const write: Office['log']['write'] = (level, event, facts = {}) => void logged.push({ level, event, facts });
    return { store, vault: () => vault, clock, log: { write }, send, processId: `process-${processes}` };
  }

  async function openServer(office: Office, options: Partial<ServerOptions> = {}): Promise<HeadOfficeServer> {
    const server = await startServer(office, {
      port: 0,
      host: '127.0.0.1',
      tls: null,
      limit: ROOMY,
      strangers: ROOMY,
      sweeps: false,
      ...options,
    });
    onTestFinished(() => server.close());
    return server;
  }

  const office = await openOffice();
  for (const store of stores) await setUp(office, sandbox, store);
  const server = await openServer(office);

  const enrolled = async (storeId: string, registerId: string): Promise<string> =>
    (await enrol(office, await makeCode(office, storeId, registerId), 'tillit-test')).key;

  return {
    enrol: enrolled,
    sandbox,
    office,
    clock,
    server,
    logged,
    address,
    async beside(options) {
      const other = await openOffice();
      return { office: other, server: await openServer(other, options) };
    },
    async register(storeId, registerId = '1', sellsForReal = true) {
      const folder = mkdtempSync(join(tmpdir(), 'tillit-register-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const store = stores.find((each) => each.storeId === storeId);
      const unit = sandbox.salesUnits.find(({ msn }) => msn === store?.msn);
      if (store === undefined || unit === undefined) throw new Error(`there is no store ${storeId}`);
      const { clientId, clientSecret, subscriptionKey, msn } = unit;
      const at = store.api === 'epayment' ? epaymentAt : ecomAt;
      const made = at(sandbox.url, { keys: { merchantSerialNumber: msn, clientId, clientSecret, subscriptionKey } });
      onTestFinished(made.close);
      const register = new TestRegister({
        folder,
        storeId,
        registerId,
        clock,
        provider: sellsForReal ? made.provider : null,
        approve: (reference) => void sandbox.control.customer('approve', reference, msn),
      });
      onTestFinished(() => register.journal.close());
      register.url = server.url;
      register.key = await enrolled(storeId, registerId);
      return register;
    },
  };
}

async function setUp(office: Office, sandbox: Sandbox, { storeId, msn, way = 'store', api = 'ecom' }: TestStore): Promise<void> {
  const own = way === 'partner' ? sandbox.partners[0] : sandbox.salesUnits.find((unit) => unit.msn === msn);
  if (own === undefined) throw new Error(`the sandbox has no unit ${msn}`);
  const { clientId, clientSecret, subscriptionKey } = own;
  await putUnit(office, {
    unitId: `unit-${msn}`,
    name: storeId,
    way,
    msn,
    api,
    baseUrl: sandbox.url,
    ...(way === 'partner' ? { credentialId: 'partner' } : {}),
    credentials: { clientId, clientSecret, subscriptionKey },
  });
  await putStore(office, { storeId, name: `Butikken ${storeId}`, unitId: `unit-${msn}` });
}

/** Waits for a state, never for a time. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it did not come to that');
}
