/**
 * Walks the whole record and names the first entry that is not what it must be. Streaming: memory does not grow with the
 * journal, and reading alone, so it may run beside a register that sells; it stops at the end that it found at first.
 */
import type { DocumentSeries } from '../receipt/document.ts';
import { type Database, type Hasher, type Signer, StorageError } from '../till/ports.ts';
import { canonicalJson } from './canonical.ts';
import type { Entry, SignedTransaction } from './entry.ts';
import { entryHash, FIRST_PREV_HASH, FIRST_PREVIOUS_SIGNATURE, localDateAndTime, signedText } from './entry-text.ts';
import { describeHeadMismatch, type Head, readHead } from './head.ts';
import { JournalDamagedError } from './journal-errors.ts';
import { entryReader, type StoredEntry, textOf } from './rows.ts';
import { GUARDS, holdsJournal } from './schema.ts';

export type Verification =
  | { readonly ok: true; readonly entries: number; readonly transactions: number; readonly head: Head }
  /** `seq`: the first bad entry, or `null` when the trouble is not one entry's. `problem`: a sentence that names it. */
  | { readonly ok: false; readonly seq: number | null; readonly problem: string };

export interface VerifyParts {
  /** May be read-only. */
  readonly database: Database;
  readonly hasher: Hasher;
  /** Knows the register's public keys. */
  readonly signer: Pick<Signer, 'verify'>;
}

/** What the entries so far have come to. */
interface Walk {
  seq: number;
  hash: string;
  epoch: string;
  atMs: number;
  transactions: number;
  signature: string;
  readonly documents: Map<DocumentSeries, number>;
}

const PAGE = 500;
const AMOUNT = /^-?\d+\.\d{2}$/;

/**
 * Checks, entry by entry: no gap in `seq`, the payload's canonical form, the hash chain, the epochs, the clock's jumps
 * back, every document series, the transactions' numbers, times and signature chain; then the noted end and the guards.
 * @throws StorageError when the file cannot be read at all; NotAJournalError, JournalTooNewError.
 */
export function verifyJournal({ database, hasher, signer }: VerifyParts): Verification {
  if (!holdsJournal(database)) return { ok: false, seq: null, problem: 'There is no journal in this file yet.' };
  // The end is noted before the walk: what a running register adds meanwhile is not missing from anything.
  const noted = readHead(database);
  const walk: Walk = {
    seq: 0,
    hash: FIRST_PREV_HASH,
    epoch: '',
    atMs: Number.MIN_SAFE_INTEGER,
    transactions: 0,
    signature: FIRST_PREVIOUS_SIGNATURE,
    documents: new Map(),
  };
  const read = entryReader(database);
  const notedSeq = noted?.seq ?? 0;
  while (walk.seq < notedSeq) {
    const page = readPage(read, walk.seq + 1, Math.min(PAGE, notedSeq - walk.seq));
    for (const stored of page.entries) {
      if (stored.entry.seq > notedSeq) break;
      const problem = checkEntry(stored, walk, hasher, signer);
      if (problem !== null) return problem;
    }
    if (page.unreadable !== null) return page.unreadable;
    if (page.entries.length === 0) break;
  }
  const mismatch = describeHeadMismatch(noted, walk.seq === 0 ? null : { seq: walk.seq, hash: walk.hash });
  if (mismatch !== null) return { ok: false, seq: Math.min(walk.seq + 1, Math.max(notedSeq, 1)), problem: mismatch };
  const stray = noted === null ? read(1, 1)[0] : undefined;
  if (stray !== undefined) return bad(stray.entry.seq, `Entry ${stray.entry.seq} stands in a journal that was never begun.`);
  const guards = missingGuards(database);
  if (guards.length > 0) {
    return bad(null, `All ${walk.seq} entries are in order, but the guard that keeps them so was removed: ${guards.join(', ')}.`);
  }
  return { ok: true, entries: walk.seq, transactions: walk.transactions, head: { seq: walk.seq, hash: walk.hash } };
}

type Bad = Extract<Verification, { ok: false }>;
const bad = (seq: number | null, problem: string): Bad => ({ ok: false, seq, problem });

/** A page; where it cannot be read, the entries before the first bad one, and that one's name. */
function readPage(
  read: (fromSeq: number, limit: number) => StoredEntry[],
  fromSeq: number,
  limit: number,
): { readonly entries: readonly StoredEntry[]; readonly unreadable: Bad | null } {
  try {
    return { entries: read(fromSeq, limit), unreadable: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const entries: StoredEntry[] = [];
  for (let seq = fromSeq; seq < fromSeq + limit; seq += 1) {
    try {
      const [stored] = read(seq, 1);
      if (stored === undefined) break;
      entries.push(stored);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return { entries, unreadable: bad(seq, `Entry ${seq} cannot be read: ${error.message}`) };
    }
  }
  return { entries, unreadable: null };
}

function isDamage(error: unknown): error is JournalDamagedError | StorageError {
  return error instanceof JournalDamagedError || (error instanceof StorageError && error.trouble === 'corrupt');
}

/** The first thing that is wrong with an entry, or `null`; then the walk has gone one step on. */
function checkEntry({ entry, payloadText }: StoredEntry, walk: Walk, hasher: Hasher, signer: Pick<Signer, 'verify'>): Bad | null {
  const { seq } = entry;
  const next = walk.seq + 1;
  if (seq !== next) return bad(next, `Entry ${next} is missing: after ${walk.seq} comes ${seq}.`);
  const name = `Entry ${seq} (${entry.type})`;
  if (entry.prevHash !== walk.hash)
    return bad(seq, `${name} does not follow entry ${walk.seq}: it names another hash as the one before it.`);
  const problem =
    checkHash(entry, payloadText, hasher) ??
    checkOrigin(entry, walk) ??
    checkDocument(entry, walk) ??
    checkTransaction(entry, walk, signer);
  if (problem !== null) return bad(seq, `${name} ${problem}.`);

  walk.seq = seq;
  walk.hash = entry.hash;
  walk.epoch = entry.epoch;
  walk.atMs = entry.atMs;
  if (entry.document !== null) walk.documents.set(entry.document.series, entry.document.number);
  if (entry.transaction !== null) {
    walk.transactions = entry.transaction.number;
    walk.signature = entry.transaction.signature;
  }
  return null;
}

function checkHash(entry: Entry, payloadText: string, hasher: Hasher): string | null {
  if (entryHash(hasher, entry.prevHash, entry, payloadText) !== entry.hash) return 'was changed: its hash does not fit what it says';
  if (canonicalJson(entry.payload) !== payloadText) return 'was not written by this program: its payload is not in canonical form';
  return null;
}

/** The first entry begins the first epoch; a later epoch begins only where an entry says so; so does a jump back in time. */
function checkOrigin(entry: Entry, walk: Walk): string | null {
  if ((entry.seq === 1) !== (entry.type === 'register.installed')) {
    return entry.seq === 1 ? 'is the first, but not the installation of a register' : 'installs a register that was installed before';
  }
  const begins = entry.type === 'register.installed' || entry.type === 'register.epoch-started';
  if (begins && entry.payload.epoch !== entry.epoch) return 'begins another epoch than its own';
  if (!begins && entry.epoch !== walk.epoch) return `is of epoch ${entry.epoch}, which never began`;
  if (entry.atMs < walk.atMs && entry.type !== 'register.clock-went-back')
    return 'is earlier than the one before it, and no entry says that the clock went back';
  return null;
}

function checkDocument({ document }: Entry, walk: Walk): string | null {
  if (document === null) return null;
  const expected = (walk.documents.get(document.series) ?? 0) + 1;
  return document.number === expected
    ? null
    : `has number ${document.number} in the series "${document.series}", where ${expected} comes next`;
}

function checkTransaction({ transaction, atMs, offsetMinutes }: Entry, walk: Walk, signer: Pick<Signer, 'verify'>): string | null {
  if (transaction === null) return null;
  const expected = walk.transactions + 1;
  if (transaction.number !== expected) return `is transaction ${transaction.number}, where ${expected} comes next`;
  const { date, time } = localDateAndTime(atMs, offsetMinutes);
  if (transaction.date !== date || transaction.time !== time) return 'has another date or time in its transaction than its own';
  if (!AMOUNT.test(transaction.amountIn) || !AMOUNT.test(transaction.amountEx))
    return 'has an amount in its transaction that is no decimal text';
  return checkSignature(transaction, walk.signature, signer);
}

function checkSignature(transaction: SignedTransaction, previousSignature: string, signer: Pick<Signer, 'verify'>): string | null {
  const { signature, keyVersion } = transaction;
  if (signer.verify(signedText(previousSignature, transaction), signature, keyVersion)) return null;
  return `has a signature that key ${keyVersion} did not make over transaction ${transaction.number} and the signature before it`;
}

function missingGuards(database: Database): readonly string[] {
  const there = new Set(
    database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entries'")
      .all()
      .map((row) => textOf(row, 'name')),
  );
  return GUARDS.filter((guard) => !there.has(guard));
}
