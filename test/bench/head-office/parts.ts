/** What one row costs head office's program, step by step, on one journal in one process: which step is worth work. */
import { checkBatch } from '../../../app/refund/batch.ts';
import { readBatch } from '../../../app/refund/batch-form.ts';
import { indexEntries } from '../../../app/refund/order-index.ts';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';
import { readJson } from '../../../server/head-office/journal-route.ts';
import { copyStatement } from '../../../server/head-office/store/copy-rows.ts';
import type { ReadyJournal } from './ingest-speed.ts';

const ROUNDS = 5;

/** Microseconds of processor time a row and step, the best of some rounds. */
export function partsOf({ batches, entries, register }: ReadyJournal): Readonly<Record<string, number>> {
  const best = new Map<string, number>();
  function step<Result>(name: string, run: () => Result): Result {
    const before = process.cpuUsage();
    const result = run();
    const { user, system } = process.cpuUsage(before);
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, (user + system) / entries));
    return result;
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const values = step('bytes to JSON', () => batches.map((batch) => readJson(String(batch))));
    const wires = step('form of each entry', () => values.map((value) => readBatch(value).entries));
    const checked = step('hash chain', () => wires.map((wire) => checkBatch(wire, nodeHasher)));
    const unfinished = { sales: new Map<string, never>(), payments: new Map<string, never>() };
    step('orders and payments', () =>
      checked.map((batch) =>
        indexEntries(
          register,
          unfinished,
          batch.map(({ entry }) => entry),
        ),
      ),
    );
    const rows = checked.map((batch) =>
      batch.map(({ entry, hashedText }) => ({ register_no: 1, seq: entry.seq, hash: entry.hash, at_ms: entry.atMs, body: hashedText })),
    );
    step('rows for PostgreSQL', () => rows.map((batch) => copyStatement('entries', batch)));
  }
  return Object.fromEntries(best);
}
