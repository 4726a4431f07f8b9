/** `npm run bench -- head-office`: what a chain's head office can take, on a real database, with its program as it is run. */
import { loadavg } from 'node:os';
import { percentile } from '../measure.ts';
import { approvals } from './approvals.ts';
import { type BenchChain, type BenchRegister, type DatabaseKind, startBenchChain } from './bench-chain.ts';
import { comingBack, ENTRIES_A_REQUEST } from './coming-back.ts';
import { fillOrders, type OrdersPlan } from './filled-orders.ts';
import { ENTRIES_A_SALE, type IngestSpeed, ingestSpeed, makeJournal, type ReadyJournal } from './ingest-speed.ts';
import { type LookUp, lookUps, lookUpsDuring } from './look-ups.ts';
import { partsOf } from './parts.ts';
import { type BenchTable, millis, whole } from './table.ts';

export interface HeadOfficeSizes {
  readonly kind: DatabaseKind;
  /** How many orders are there when something is looked up; each size is a database of its own. */
  readonly orders: readonly number[];
  readonly linesPerOrder: number;
  /** That the orders are spread over, evenly; four registers a store. */
  readonly stores: number;
  readonly months: number;
  /** Of each kind of look-up. */
  readonly lookUps: number;
  /** Rows that are sent as fast as they are taken. */
  readonly rows: number;
  /** That send them side by side. */
  readonly senders: number;
  /** That come back after a day. */
  readonly registers: number;
  /** Of each of them, in that day. */
  readonly sales: number;
  /** That head office hears of first, and as many that the register finds out by itself. */
  readonly approvals: number;
}

interface FilledChain {
  readonly chain: BenchChain;
  readonly plan: OrdersPlan;
}

const REGISTERS_A_STORE = 4;
const MOST_IN_ONE_REQUEST = 2_000;
const DAY_MS = 8 * 3_600_000;

/** @param folder for what SQLite keeps. @param show is given each table as soon as it is known. */
export async function headOffice(
  sizes: HeadOfficeSizes,
  folder: string,
  show: (table: BenchTable) => void,
  tell: (text: string) => void,
): Promise<readonly BenchTable[]> {
  const tables: BenchTable[] = [];
  const add = (table: BenchTable): void => {
    tables.push(table);
    show(table);
  };
  const filled: FilledChain[] = [];
  try {
    // All of them first, so that what is compared is measured within the same minutes.
    for (const [index, orders] of sizes.orders.entries()) {
      const more = index === sizes.orders.length - 1 ? 4 * sizes.senders + sizes.registers : 0;
      const chain = await startBenchChain(sizes.kind, folder, sizes.stores * REGISTERS_A_STORE + more);
      const plan: OrdersPlan = {
        orders,
        linesPerOrder: sizes.linesPerOrder,
        months: sizes.months,
        stores: sizes.stores,
        registersPerStore: REGISTERS_A_STORE,
        nowMs: Date.now(),
      };
      filled.push({ chain, plan });
      const before = performance.now();
      await fillOrders(chain.office.store.db, sizes.kind, plan, tell);
      tell(`${whole(orders)} orders made in ${whole((performance.now() - before) / 1_000)} s; load ${loadOf()}`);
    }
    const looked = new Map<number, readonly LookUp[]>();
    for (const { chain, plan } of filled) looked.set(plan.orders, await lookUps(chain, plan, sizes.lookUps));
    add(lookUpTable(looked));
    const last = filled.at(-1);
    if (last !== undefined) await measureJournals(sizes, last.chain, last.plan, add, tell);
  } finally {
    for (const { chain } of filled) await chain.close();
  }
  tell(`${sizes.approvals} customers approve, twice …`);
  const { toldMs, polledMs } = await approvals(folder, sizes.approvals);
  add({
    title: `From the customer's approval to *approved* in the register's journal, ms (load ${loadOf()})`,
    columns: ['how the register hears of it', 'payments', 'p50', 'p99', 'most'],
    rows: [approvalRow('the provider tells head office, and it the register', toldMs), approvalRow('it polls', polledMs)],
  });
  return tables;
}

function approvalRow(how: string, tookMs: readonly number[]): readonly string[] {
  return [how, whole(tookMs.length), millis(percentile(tookMs, 0.5)), millis(percentile(tookMs, 0.99)), millis(Math.max(...tookMs))];
}

const loadOf = (): string => (loadavg()[0] ?? 0).toFixed(1);

function lookUpTable(looked: ReadonlyMap<number, readonly LookUp[]>): BenchTable {
  const sizes = [...looked.keys()];
  const [few, many] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
  const names = looked.get(few)?.map(({ name }) => name) ?? [];
  const of = (size: number, index: number) => looked.get(size)?.[index];
  return {
    title: `Look-ups, p50 / p99 in ms, by how many orders there are (load ${loadOf()})`,
    columns: ['asked for', ...sizes.map((size) => `${whole(size)} orders`), ...(few === many ? [] : ['p50 growth'])],
    rows: names.map((name, index) => [
      name,
      ...sizes.map((size) => `${millis(of(size, index)?.p50Ms ?? 0)} / ${millis(of(size, index)?.p99Ms ?? 0)}`),
      ...(few === many ? [] : [`× ${((of(many, index)?.p50Ms ?? 0) / (of(few, index)?.p50Ms ?? 1)).toFixed(2)}`]),
    ]),
  };
}

async function measureJournals(
  sizes: HeadOfficeSizes,
  chain: BenchChain,
  plan: OrdersPlan,
  add: (table: BenchTable) => void,
  tell: (text: string) => void,
): Promise<void> {
  const fresh = chain.registers.slice(sizes.stores * REGISTERS_A_STORE);
  const fromMs = plan.nowMs - DAY_MS;
  const journals = (registers: readonly BenchRegister[], rows: number, perBatch: number): readonly ReadyJournal[] =>
    registers.map((register) => makeJournal(register, Math.ceil(rows / registers.length), perBatch, fromMs));
  const senders = (turn: number) => fresh.slice(turn * sizes.senders, (turn + 1) * sizes.senders);
  const someJournal = journals(senders(0).slice(0, 1), Math.min(sizes.rows, 20_000), MOST_IN_ONE_REQUEST)[0];
  if (someJournal === undefined) return;
  add(partsTable(partsOf(someJournal)));

  tell('journals one after another …');
  // Not counted: the program is warm after it.
  await ingestSpeed(chain, journals(senders(0), Math.ceil(sizes.rows / 4), MOST_IN_ONE_REQUEST));
  const large = await ingestSpeed(chain, journals(senders(1), sizes.rows, MOST_IN_ONE_REQUEST));
  const small = await ingestSpeed(chain, journals(senders(2), Math.ceil(sizes.rows / 2), ENTRIES_A_REQUEST));
  tell('journals while something is looked up …');
  const ready = journals(senders(3), sizes.rows, MOST_IN_ONE_REQUEST);
  const both = await lookUpsDuring(chain, plan, () => ingestSpeed(chain, ready));
  add({
    title: `Journals taken in by ${sizes.senders} registers side by side; a row is one entry of a journal (load ${loadOf()})`,
    columns: ['what', 'rows', 'rows/s', 'head office µs a row', 'database µs a row', 'a batch p50 / p99 ms', 'a search p50 / p99 ms'],
    rows: [
      ingestRow(`batches of ${MOST_IN_ONE_REQUEST}`, large, '—'),
      ingestRow(`batches of ${ENTRIES_A_REQUEST}, as registers send`, small, '—'),
      ingestRow(`batches of ${MOST_IN_ONE_REQUEST}, while searching`, both.result, p50AndP99(both.tookMs)),
    ],
  });

  const back = fresh.slice(4 * sizes.senders);
  tell(`${back.length} registers come back …`);
  const days = back.map((register) => makeJournal(register, Math.ceil(sizes.sales * ENTRIES_A_SALE), ENTRIES_A_REQUEST, fromMs));
  const rows = days.reduce((sum, { entries }) => sum + entries, 0);
  const { result, tookMs } = await lookUpsDuring(chain, plan, () => comingBack(chain, days));
  add({
    title: `${whole(back.length)} registers come back at once after a day of ${sizes.sales} sales each (load ${loadOf()})`,
    columns: [
      'rows',
      'seconds until all is safe',
      'rows/s',
      'memory before / at most MB',
      'put off',
      'not answered in 10 s',
      'a search p50 / p99 ms',
    ],
    rows: [
      [
        whole(rows),
        result.seconds.toFixed(1),
        whole(rows / result.seconds),
        `${result.memoryBeforeMb} / ${result.mostMemoryMb}`,
        whole(result.putOff),
        whole(result.unanswered),
        p50AndP99(tookMs),
      ],
    ],
  });
}

const p50AndP99 = (tookMs: readonly number[]): string => `${millis(percentile(tookMs, 0.5))} / ${millis(percentile(tookMs, 0.99))}`;

function ingestRow(
  what: string,
  { entries, seconds, headOfficeUs, databaseUs, batchesMs }: IngestSpeed,
  search: string,
): readonly string[] {
  return [what, whole(entries), whole(entries / seconds), headOfficeUs.toFixed(1), databaseUs.toFixed(1), p50AndP99(batchesMs), search];
}

function partsTable(parts: Readonly<Record<string, number>>): BenchTable {
  const rows = Object.entries(parts).map(([name, us]) => [name, us.toFixed(2)]);
  const sum = Object.values(parts).reduce((total, us) => total + us, 0);
  return {
    title: `What a row costs head office's program, step by step (load ${loadOf()})`,
    columns: ['step', 'processor µs'],
    rows: [...rows, ['all of them', sum.toFixed(2)]],
  };
}
