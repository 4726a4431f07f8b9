/** Entries to and from their table, and typed access to a row's columns. */
import type { Database, SqlRow, SqlValue, Statement } from '../till/ports.ts';
import type { DocumentNumber, Entry, SignedTransaction } from './entry.ts';
import { JournalDamagedError } from './journal-errors.ts';

/** A column that must hold an integer. @throws JournalDamagedError */
export function integerOf(row: SqlRow | undefined, column: string): number {
  const value = row?.[column];
  if (typeof value !== 'number') throw new JournalDamagedError(`The journal's column ${column} does not hold a number.`);
  return value;
}

/** A column that must hold text. @throws JournalDamagedError */
export function textOf(row: SqlRow | undefined, column: string): string {
  const value = row?.[column];
  if (typeof value !== 'string') throw new JournalDamagedError(`The journal's column ${column} does not hold text.`);
  return value;
}

/** An entry with its payload's characters as they are stored. */
export interface StoredEntry {
  readonly entry: Entry;
  readonly payloadText: string;
}

const COLUMNS = [
  'seq',
  'epoch',
  'at_ms',
  'offset_minutes',
  'operator',
  'type',
  'version',
  'payload',
  'document_series',
  'document_number',
  'transaction_number',
  'transaction_date',
  'transaction_time',
  'amount_in',
  'amount_ex',
  'signature',
  'key_version',
  'prev_hash',
  'hash',
];

export const INSERT_ENTRY = `INSERT INTO entries (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;

/** The values of an entry in the order of `INSERT_ENTRY`. */
export function entryToColumns({ entry, payloadText }: StoredEntry): SqlValue[] {
  const { document, transaction } = entry;
  return [
    entry.seq,
    entry.epoch,
    entry.atMs,
    entry.offsetMinutes,
    entry.operator,
    entry.type,
    entry.version,
    payloadText,
    document?.series ?? null,
    document?.number ?? null,
    transaction?.number ?? null,
    transaction?.date ?? null,
    transaction?.time ?? null,
    transaction?.amountIn ?? null,
    transaction?.amountEx ?? null,
    transaction?.signature ?? null,
    transaction?.keyVersion ?? null,
    entry.prevHash,
    entry.hash,
  ];
}

/** An entry from its row. @throws JournalDamagedError where a column does not hold what it must. */
export function rowToEntry(row: SqlRow): StoredEntry {
  const payloadText = textOf(row, 'payload');
  const entry = {
    seq: integerOf(row, 'seq'),
    epoch: textOf(row, 'epoch'),
    atMs: integerOf(row, 'at_ms'),
    offsetMinutes: integerOf(row, 'offset_minutes'),
    operator: textOf(row, 'operator'),
    type: textOf(row, 'type'),
    version: integerOf(row, 'version'),
    payload: parsePayload(payloadText),
    document: documentOf(row),
    transaction: transactionOf(row),
    prevHash: textOf(row, 'prev_hash'),
    hash: textOf(row, 'hash'),
  };
  // What is in the table was an `Entry` when it was written, and its hash says whether it still is.
  return { entry: entry as Entry, payloadText };
}

/** The payload that a stored text stands for. @throws JournalDamagedError when it is no JSON object. */
export function parsePayload(payloadText: string): unknown {
  try {
    const payload: unknown = JSON.parse(payloadText);
    if (typeof payload === 'object' && payload !== null) return payload;
  } catch {
    // Said below, in words.
  }
  throw new JournalDamagedError('A payload in the journal is not JSON.');
}

function documentOf(row: SqlRow): DocumentNumber | null {
  if (row.document_series === null && row.document_number === null) return null;
  const series = textOf(row, 'document_series') as DocumentNumber['series'];
  return { series, number: integerOf(row, 'document_number') };
}

const TRANSACTION_COLUMNS = COLUMNS.slice(COLUMNS.indexOf('transaction_number'), COLUMNS.indexOf('key_version') + 1);

function transactionOf(row: SqlRow): SignedTransaction | null {
  if (TRANSACTION_COLUMNS.every((column) => row[column] === null)) return null;
  return {
    number: integerOf(row, 'transaction_number'),
    date: textOf(row, 'transaction_date'),
    time: textOf(row, 'transaction_time'),
    amountIn: textOf(row, 'amount_in'),
    amountEx: textOf(row, 'amount_ex'),
    signature: textOf(row, 'signature'),
    keyVersion: integerOf(row, 'key_version'),
  };
}

/** Reads entries from a sequence number on, in order, at most so many at a time. */
export function entryReader(database: Database): (fromSeq: number, limit: number) => StoredEntry[] {
  const statement: Statement = database.prepare('SELECT * FROM entries WHERE seq >= ? ORDER BY seq LIMIT ?');
  return (fromSeq, limit) => statement.all(fromSeq, limit).map(rowToEntry);
}
