/**
 * How fast journals are taken in. A row is one entry of a journal; what follows from it (orders, lines, tenders, payments,
 * and everything that is checked) is part of its cost.
 */

import type { BenchChain, BenchRegister } from './bench-chain.ts';
import { JournalMaker } from './journal-maker.ts';

/** Journals that stand ready to be sent, as the bytes of their requests. */
export interface ReadyJournal {
  readonly register: BenchRegister;
  readonly batches: readonly Buffer[];
  readonly entries: number;
}

export interface IngestSpeed {
  readonly entries: number;
  readonly seconds: number;
  readonly batchesMs: readonly number[];
  readonly headOfficeUs: number;
  readonly databaseUs: number;
}

const LINES_PER_SALE = 3;
/** As many as a sale has with three lines, when six of ten are paid with Vipps. */
export const ENTRIES_A_SALE = 12.6;
const SALES_A_STEP = 150;
const SALE_EVERY_MS = 120_000;

/** @param atLeast entries of the journal. @param perBatch entries of a request. */
export function makeJournal(register: BenchRegister, atLeast: number, perBatch: number, fromMs: number): ReadyJournal {
  const maker = new JournalMaker({ ...register, fromMs, everyMs: SALE_EVERY_MS, linesPerSale: LINES_PER_SALE });
  const batches: Buffer[] = [];
  let entries = 0;
  let waiting: unknown[] = [];
  const pack = (count: number): void => {
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    entries += batch.length;
    batches.push(Buffer.from(JSON.stringify({ entries: batch })));
  };
  while (entries + waiting.length < atLeast) {
    waiting.push(...maker.sell(Math.min(SALES_A_STEP, Math.ceil((atLeast - entries - waiting.length) / ENTRIES_A_SALE))));
    while (waiting.length >= perBatch) pack(perBatch);
  }
  if (waiting.length > 0) pack(waiting.length);
  return { register, batches, entries };
}

/** Sends each journal batch by batch, as a register does, and all journals at once. */
export async function ingestSpeed(chain: BenchChain, journals: readonly ReadyJournal[]): Promise<IngestSpeed> {
  const batchesMs: number[] = [];
  const usedBefore = chain.used();
  const before = performance.now();
  await Promise.all(journals.map((journal) => sendJournal(chain, journal, batchesMs)));
  const seconds = (performance.now() - before) / 1_000;
  const usedAfter = chain.used();
  const entries = journals.reduce((sum, journal) => sum + journal.entries, 0);
  return {
    entries,
    seconds,
    batchesMs,
    headOfficeUs: ((usedAfter.headOfficeMs - usedBefore.headOfficeMs) * 1_000) / entries,
    databaseUs: ((usedAfter.databaseMs - usedBefore.databaseMs) * 1_000) / entries,
  };
}

export async function sendJournal(chain: BenchChain, { register, batches }: ReadyJournal, batchesMs: number[]): Promise<void> {
  for (const batch of batches) {
    const { status, body, tookMs } = await chain.ask(register, '/v1/journal', batch);
    if (status !== 200) throw new Error(`head office answered ${status}: ${body}`);
    batchesMs.push(tookMs);
  }
}
