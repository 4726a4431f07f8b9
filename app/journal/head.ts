/** Where the journal ends: everything that the next entry goes on from. */
import type { DocumentSeries } from '../receipt/document.ts';
import type { Database } from '../till/ports.ts';
import { FIRST_PREV_HASH, FIRST_PREVIOUS_SIGNATURE } from './entry-text.ts';
import { JournalDamagedError } from './journal-errors.ts';
import { integerOf, textOf } from './rows.ts';

/** The last entry's place and hash. Two journals with the same head hold the same entries. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** A head with the ends of the other chains. A value: an append works on its own copy and publishes it when it is on disk. */
export interface JournalEnd extends Head {
  readonly epoch: string;
  readonly atMs: number;
  readonly transactionNumber: number;
  readonly signature: string;
  /** The last number given in each series. */
  readonly documents: ReadonlyMap<DocumentSeries, number>;
}

/** Before the first entry. */
const EMPTY_END: JournalEnd = {
  seq: 0,
  hash: FIRST_PREV_HASH,
  epoch: '',
  atMs: Number.MIN_SAFE_INTEGER,
  transactionNumber: 0,
  signature: FIRST_PREVIOUS_SIGNATURE,
  documents: new Map(),
};

const ALL_SERIES: readonly DocumentSeries[] = ['sale', 'return', 'copy', 'proforma', 'training', 'delivery', 'z'];

/**
 * Reads the end by index look-ups alone, however long the journal is.
 * @throws JournalDamagedError when entries are missing from the end.
 */
export function loadEnd(database: Database): JournalEnd {
  const last = database.prepare('SELECT seq, hash, epoch, at_ms FROM entries ORDER BY seq DESC LIMIT 1').get();
  const head = readHead(database);
  if (last === undefined && head === null) return EMPTY_END;
  const problem = describeHeadMismatch(head, last === undefined ? null : { seq: integerOf(last, 'seq'), hash: textOf(last, 'hash') });
  if (problem !== null) throw new JournalDamagedError(problem);

  const transaction = database
    .prepare(
      'SELECT transaction_number, signature FROM entries WHERE transaction_number IS NOT NULL ORDER BY transaction_number DESC LIMIT 1',
    )
    .get();
  const documents = new Map<DocumentSeries, number>();
  const ofSeries = database.prepare('SELECT document_number FROM entries WHERE document_series = ? ORDER BY document_number DESC LIMIT 1');
  for (const series of ALL_SERIES) {
    const row = ofSeries.get(series);
    if (row !== undefined) documents.set(series, integerOf(row, 'document_number'));
  }
  return {
    seq: integerOf(last, 'seq'),
    hash: textOf(last, 'hash'),
    epoch: textOf(last, 'epoch'),
    atMs: integerOf(last, 'at_ms'),
    transactionNumber: transaction === undefined ? 0 : integerOf(transaction, 'transaction_number'),
    signature: transaction === undefined ? FIRST_PREVIOUS_SIGNATURE : textOf(transaction, 'signature'),
    documents,
  };
}

/** The head that was noted beside the entries; `null` in an empty journal. Also for a backup's own head. */
export function readHead(database: Database): Head | null {
  const row = database.prepare('SELECT seq, hash FROM head').get();
  return row === undefined ? null : { seq: integerOf(row, 'seq'), hash: textOf(row, 'hash') };
}

/** A sentence when the noted head and the last entry differ; `null` when all is well. */
export function describeHeadMismatch(noted: Head | null, last: Head | null): string | null {
  const notedSeq = noted?.seq ?? 0;
  const lastSeq = last?.seq ?? 0;
  if (lastSeq < notedSeq) return `The journal ends with entry ${lastSeq}, but ${notedSeq} were written: entry ${lastSeq + 1} is missing.`;
  if (lastSeq > notedSeq) return `Entry ${notedSeq + 1} was not written by this program: the journal's noted end is ${notedSeq}.`;
  return noted?.hash === last?.hash ? null : `Entry ${lastSeq} is not the one that was written: the noted hash of the end is another.`;
}
