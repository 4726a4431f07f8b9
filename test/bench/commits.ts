/**
 * Durable sale commits against bare one-row inserts with the same durability on the same disk, in turns within one run:
 * what the journal costs on top of what the disk costs.
 */
import { join } from 'node:path';
import { openDatabase } from '../../hardware/store/database.ts';
import { basketEntries, completionEntries, openBenchJournal } from './bench-register.ts';
import { type BenchResult, median, microseconds } from './measure.ts';

const ROUNDS = 30;
const PER_ROUND = 40;

export async function commits(directory: string): Promise<BenchResult> {
  const journal = openBenchJournal(directory, { durable: true });
  const bare = openDatabase(join(directory, 'bare.db'));
  bare.exec('CREATE TABLE row (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = bare.prepare('INSERT INTO row (text) VALUES (?)');
  let saleNumber = 0;
  const saleMicros: number[] = [];
  const bareMicros: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = saleNumber + 1;
    for (let count = 0; count < PER_ROUND; count++) journal.append(basketEntries(++saleNumber));
    for (let number = first; number <= saleNumber; number++) {
      const entries = completionEntries(number);
      saleMicros.push(microseconds(() => journal.append(entries)));
    }
    for (let count = 0; count < PER_ROUND; count++) {
      bareMicros.push(
        microseconds(() => {
          bare.exec('BEGIN IMMEDIATE');
          insert.run('one row');
          bare.exec('COMMIT');
        }),
      );
    }
  }
  journal.close();
  bare.close();
  const saleMedian = median(saleMicros);
  const bareMedian = median(bareMicros);
  return {
    name: 'durable sale commits against bare inserts',
    aim: '≥ 0.5',
    ratio: bareMedian / saleMedian,
    met: bareMedian / saleMedian >= 0.5,
    facts: { saleCommitMicros: Math.round(saleMedian), bareInsertMicros: Math.round(bareMedian), commits: saleMicros.length },
  };
}
