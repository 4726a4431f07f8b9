/**
 * A chain for benchmarks: head office as a program of its own, as a chain runs it, on a database that writes to the disk
 * before it says so; and registers with keys that ask it over HTTP.
 */
import { mkdtempSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { nodeClock } from '../../../hardware/clock/node-clock.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { putStore } from '../../../server/head-office/chain.ts';
import type { Office } from '../../../server/head-office/office.ts';
import { enrol, makeCode } from '../../../server/head-office/registers.ts';
import { openStore, type StoreAddress } from '../../../server/head-office/store/store.ts';
import { createVault, newVaultKey } from '../../../server/head-office/vault.ts';
import { startHeadOffice } from '../../support/head-office-process.ts';
import { startPostgres } from '../../support/postgres.ts';
import { memoryMb, processorMs } from './processor-time.ts';

export type DatabaseKind = 'postgres' | 'sqlite';

export interface BenchRegister {
  readonly storeId: string;
  readonly registerId: string;
  readonly registerNo: number;
  readonly key: string;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly tookMs: number;
}

export interface BenchChain {
  readonly kind: DatabaseKind;
  readonly office: Office;
  readonly registers: readonly BenchRegister[];
  /** Asks as a register does, on a connection that is kept. */
  ask(register: BenchRegister, path: string, body: Buffer | object, patienceMs?: number): Promise<Answered>;
  /** Milliseconds of the processors used so far; 0 where the machine does not tell. On SQLite all of it is head office's. */
  used(): { readonly headOfficeMs: number; readonly databaseMs: number };
  /** What head office holds in memory right now, in MB. */
  memoryMb(): number;
  close(): Promise<void>;
}

/**
 * Durable, with room for the indexes of a month or two; the rest is PostgreSQL's own default. `minimal` spares nothing of what
 * is measured, only the second writing of tables that are made and filled at once.
 */
const POSTGRES_SETTINGS = [
  'max_connections=100',
  'shared_buffers=2GB',
  'max_wal_size=8GB',
  'checkpoint_timeout=15min',
  'maintenance_work_mem=512MB',
  'wal_level=minimal',
  'max_wal_senders=0',
];
const REGISTERS_A_STORE = 4;

export const storeOf = (index: number): string => `store${index + 1}`;

/** @param folder where SQLite keeps its file. PostgreSQL makes a folder of its own and takes it away at the end. */
export async function startBenchChain(kind: DatabaseKind, folder: string, registers: number): Promise<BenchChain> {
  const data = mkdtempSync(join(folder, 'head-office-'));
  const postgres = kind === 'postgres' ? await startPostgres(POSTGRES_SETTINGS) : null;
  const address: StoreAddress = postgres === null ? { file: join(data, 'head-office.db') } : { url: await postgres.createDatabase() };
  const store = await openStore(address);
  const send = createHttpSend();
  const vault = createVault([newVaultKey()]);
  const office: Office = { store, vault: () => vault, clock: nodeClock, log: { write: () => undefined }, send, processId: 'bench' };
  const made = await enrolAll(office, registers);
  const { api, processId, stop } = await startHeadOffice(['--data', data], 'url' in address ? { DATABASE_URL: address.url } : {});
  const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });
  return {
    kind,
    office,
    registers: made,
    ask: (register, path, body, patienceMs = PATIENT_MS) =>
      post(agent, `${api}${path}`, register.key, Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)), patienceMs),
    used: () => ({ headOfficeMs: processorMs(processId), databaseMs: postgres === null ? 0 : processorMs(postgres.processId) }),
    memoryMb: () => memoryMb(processId),
    async close() {
      agent.destroy();
      await stop();
      send.close();
      await store.close();
      await postgres?.stop();
    },
  };
}

async function enrolAll(office: Office, count: number): Promise<readonly BenchRegister[]> {
  for (let index = 0; index * REGISTERS_A_STORE < count; index += 1) {
    await putStore(office, { storeId: storeOf(index), name: `Butikk ${index + 1}`, unitId: null });
  }
  const registers: BenchRegister[] = [];
  for (let index = 0; index < count; index += 1) {
    const [storeId, registerId] = [storeOf(Math.floor(index / REGISTERS_A_STORE)), String((index % REGISTERS_A_STORE) + 1)];
    registers.push({ storeId, registerId, ...(await enrol(office, await makeCode(office, storeId, registerId), 'tillit bench')) });
  }
  return registers;
}

const PATIENT_MS = 600_000;

function post(agent: Agent, url: string, key: string, body: Buffer, patienceMs: number): Promise<Answered> {
  const before = performance.now();
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers, signal: AbortSignal.timeout(patienceMs) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), tookMs: performance.now() - before });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
