/** A register's journal in a folder: real SQLite, real keys, a clock to move. */
import { join } from 'node:path';
import type { NewEntry } from '../../../app/journal/entry.ts';
import { type Journal, openJournal } from '../../../app/journal/journal.ts';
import type { Projection } from '../../../app/journal/projection.ts';
import { REGISTER_PROJECTIONS } from '../../../app/journal/projections/all.ts';
import { type Verification, verifyJournal } from '../../../app/journal/verify.ts';
import type { Clock, Database } from '../../../app/till/ports.ts';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';
import { nodeRandom } from '../../../hardware/crypto/random.ts';
import { openSigningKey } from '../../../hardware/crypto/signing-key.ts';
import { openDatabase, type StoredDatabase } from '../../../hardware/store/database.ts';

/** 2026-11-21 10:00:00 in Oslo. */
export const MORNING_MS = Date.UTC(2026, 10, 21, 9);

export interface MovableClock extends Clock {
  atMs: number;
}

export function movableClock(): MovableClock {
  const clock: MovableClock = {
    atMs: MORNING_MS,
    nowMs: () => clock.atMs,
    offsetMinutes: () => 60,
    monotonicMs: () => clock.atMs,
  };
  return clock;
}

export interface JournalInFolder {
  readonly journal: Journal;
  /** The journal's own connection: only for tests of what happens to it. */
  readonly database: StoredDatabase;
  readonly clock: MovableClock;
  readonly file: string;
}

export const journalFile = (folder: string) => join(folder, 'journal.db');

export function openJournalIn(
  folder: string,
  changes: {
    readonly projections?: readonly Projection[];
    readonly clock?: MovableClock;
    readonly readOnly?: boolean;
    readonly wrap?: (database: Database) => Database;
  } = {},
): JournalInFolder {
  const file = journalFile(folder);
  const database = openDatabase(file, { busyTimeoutMs: 50, readOnly: changes.readOnly ?? false });
  const signer = openSigningKey(join(folder, 'keys'));
  const clock = changes.clock ?? movableClock();
  const journal = openJournal({
    database: changes.wrap?.(database) ?? database,
    hasher: nodeHasher,
    signer,
    clock,
    random: nodeRandom,
    projections: changes.projections ?? REGISTER_PROJECTIONS,
    software: 'tillit-test',
    storeId: 'gr',
    registerId: '1',
    publicKeyPem: signer.publicKeyPem,
  });
  return { journal, database, clock, file };
}

/** Verifies with the folder's own keys on a read-only connection. */
export function verifyIn(folder: string): Verification {
  const database = openDatabase(journalFile(folder), { readOnly: true });
  try {
    return verifyJournal({ database, hasher: nodeHasher, signer: openSigningKey(join(folder, 'keys')) });
  } finally {
    database.close();
  }
}

/** Every row of every derived table, as text. */
export function dumpDerived(database: Database): string {
  return REGISTER_PROJECTIONS.flatMap(({ tables }) => tables)
    .map(
      (table) =>
        `${table}\n${database
          .prepare(`SELECT * FROM ${table}`)
          .all()
          .map((row) => JSON.stringify(row))
          .join('\n')}`,
    )
    .join('\n');
}

/** A sale of one article of 29,90 (15 % VAT), paid with cash: opened, rung up, paid, completed. */
export function cashSale(saleNumber: number): NewEntry[] {
  const saleId = `sale-${saleNumber}`;
  const by = { version: 1, operator: 'kari' } as const;
  return [
    { ...by, type: 'sale.opened', payload: { saleId, saleNumber } },
    {
      ...by,
      type: 'sale.line-added',
      payload: {
        saleId,
        line: {
          lineId: 'l1',
          articleNumber: '1001',
          ean: '7038010000013',
          name: 'Grovbrød på rull',
          groupId: 'bakst',
          groupName: 'Bakst',
          unit: 'stk',
          weighed: false,
          quantityMilli: 1000,
          unitPriceOre: 2990,
          vatBasisPoints: 1500,
          discount: null,
          depositForLineId: null,
          fixedGrossOre: null,
        },
      },
    },
    {
      ...by,
      type: 'sale.tender-added',
      payload: { saleId, tender: { kind: 'cash', tenderId: 't1', amountOre: 2990, roundingOre: 10, receivedOre: 5000, changeOre: 2000 } },
    },
    {
      ...by,
      type: 'sale.completed',
      series: 'sale',
      amounts: { inclVatOre: 2990, exclVatOre: 2600 },
      payload: { saleId, totalOre: 2990, vatOre: 390, roundingOre: 10 },
    },
  ];
}
