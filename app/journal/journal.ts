/**
 * The append-only record of a register (`docs/journal.md`). It owns its connection: an append is one synchronous
 * transaction, and nobody else may use the handle, since two users of one could roll back each other's work.
 */
import { oreToDecimalText } from '../money/format.ts';
import type { Clock, Database, Hasher, Random, Signer } from '../till/ports.ts';
import { canonicalJson } from './canonical.ts';
import type { DocumentNumber, Entry, NewEntry, SignedTransaction } from './entry.ts';
import { entryHash, localDateAndTime, signedText } from './entry-text.ts';
import { newEpoch } from './epoch.ts';
import type { JournalEvent } from './events.ts';
import { type Head, type JournalEnd, loadEnd } from './head.ts';
import { ForeignEntryError, JournalDamagedError } from './journal-errors.ts';
import { dropDerived, outdatedProjections, type Projection, remakeDerived } from './projection.ts';
import { entryReader, entryToColumns, INSERT_ENTRY, parsePayload, rowToEntry, type StoredEntry } from './rows.ts';
import { createSchema, holdsJournal } from './schema.ts';
import { inTransaction } from './transaction.ts';

/** What the first entry says about the register. */
export type Installation = Extract<JournalEvent, { type: 'register.installed' }>['payload'];

export interface JournalParts {
  /** A connection of the journal's own, opened for writing. `close` closes it. */
  readonly database: Database;
  readonly hasher: Hasher;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly random: Random;
  readonly projections: readonly Projection[];
  /** Name and version of this program. */
  readonly software: string;
  readonly storeId: string;
  readonly registerId: string;
  /** The public half of the signer's key. */
  readonly publicKeyPem: string;
}

export interface Journal {
  /** Part of every reference and key made now. */
  readonly epoch: string;
  readonly installation: Installation;
  /**
   * Writes entries in one durable transaction, with their numbers, signature, hashes and derived rows. When it returns
   * they are on disk. Gives one entry for each that was given, in order; all bear the same moment. When the clock has
   * gone back, an entry that says so is written before them.
   * @throws StorageError when the disk does not take it; NotCanonicalError for a payload that cannot be kept. After any
   * error nothing was written and nothing has changed, and the next append may succeed.
   */
  append(entries: readonly NewEntry[]): readonly Entry[];
  /** The last entry's number and hash. */
  head(): Head;
  /** Entries in order, from a number on, at most `limit`. */
  read(fromSeq: number, limit: number): readonly Entry[];
  /** All entries of a sale in order: its own, its payments', its receipts'. Needs the projection `sale-entries`. */
  entriesOfSale(saleId: string): readonly Entry[];
  /** After a restore or a move to another machine, before anything else. Gives the new epoch. */
  startEpoch(why: 'restore' | 'moved'): string;
  /**
   * After a restore from a backup, before anything else: entries that this journal wrote after the backup was made, as
   * somebody has kept them, and a new epoch behind them. Gives that epoch.
   * @throws ForeignEntryError when they do not go on from the journal's end, or are not what their hash says; then nothing
   * was written. StorageError.
   */
  takeBack(lost: readonly StoredEntry[]): string;
  close(): void;
}

/**
 * Opens the journal, or begins it: the first entry is `register.installed`. Reads the end and nothing more, however long
 * it is; only a projection that is new or of another version is replayed.
 * @throws StorageError, NotAJournalError, JournalTooNewError, JournalDamagedError
 */
export function openJournal(parts: JournalParts): Journal {
  const { database, clock, hasher, signer, projections } = parts;
  prepareTables(database, projections);

  const insertEntry = database.prepare(INSERT_ENTRY);
  const noteHead = database.prepare(
    'INSERT INTO head (one, seq, hash) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash',
  );
  const readEntries = entryReader(database);
  const attach = () => projections.map((projection) => projection.attach(database));
  let steps = attach();

  let end = loadEnd(database);
  /** Set while an append runs, and left by one that failed: what is on disk is read again before the next one, in case a commit failed half-way. */
  let uncertain = false;

  function write(
    newEntry: NewEntry,
    from: JournalEnd,
    atMs: number,
    offsetMinutes: number,
    epoch: string,
  ): { entry: Entry; end: JournalEnd } {
    const { operator, series, amounts, ...event } = newEntry;
    const payloadText = canonicalJson(event.payload);
    const seq = from.seq + 1;
    const document: DocumentNumber | null = series === undefined ? null : { series, number: (from.documents.get(series) ?? 0) + 1 };
    const transaction = amounts === undefined ? null : sign(amounts, from, atMs, offsetMinutes);
    const facts = { seq, epoch, atMs, offsetMinutes, operator, document, transaction, type: event.type, version: event.version };
    const prevHash = from.hash;
    const hash = entryHash(hasher, prevHash, facts, payloadText);
    // The payload goes on as it will be read back, so that the live tables and a rebuild see the very same value.
    const entry = { ...facts, payload: parsePayload(payloadText), prevHash, hash } as Entry;
    return { entry, end: insert({ entry, payloadText }, from) };
  }

  /** Gives the end with this entry. */
  function insert(stored: StoredEntry, from: JournalEnd): JournalEnd {
    const { seq, hash, epoch, atMs, transaction, document } = stored.entry;
    insertEntry.run(...entryToColumns(stored));
    for (const step of steps) step(stored.entry);
    return {
      seq,
      hash,
      epoch,
      atMs,
      transactionNumber: transaction?.number ?? from.transactionNumber,
      signature: transaction?.signature ?? from.signature,
      documents: document === null ? from.documents : new Map([...from.documents, [document.series, document.number]]),
    };
  }

  function sign(
    amounts: { readonly inclVatOre: number; readonly exclVatOre: number },
    from: JournalEnd,
    atMs: number,
    offsetMinutes: number,
  ): SignedTransaction {
    const unsigned = {
      number: from.transactionNumber + 1,
      ...localDateAndTime(atMs, offsetMinutes),
      amountIn: oreToDecimalText(amounts.inclVatOre),
      amountEx: oreToDecimalText(amounts.exclVatOre),
    };
    return { ...unsigned, signature: signer.sign(signedText(from.signature, unsigned)), keyVersion: signer.keyVersion };
  }

  /** All of it in one durable transaction, or nothing. `work` goes on from what is on disk and gives where it has come to. */
  function atomically<T>(work: (from: JournalEnd) => { readonly next: JournalEnd; readonly value: T }): T {
    const doubtful = uncertain;
    uncertain = true;
    const { next, value } = inTransaction(database, () => {
      // What a projection remembers may be of entries that were taken back.
      if (doubtful) steps = attach();
      const done = work(doubtful ? loadEnd(database) : end);
      noteHead.run(done.next.seq, done.next.hash);
      return done;
    });
    end = next;
    uncertain = false;
    return value;
  }

  /** Goes on from there with new entries; `epoch`: the one that begins with them. */
  function writeAll(newEntries: readonly NewEntry[], from: JournalEnd, epoch: string | null) {
    const atMs = clock.nowMs();
    const offsetMinutes = clock.offsetMinutes(atMs);
    let next = from;
    const written: Entry[] = [];
    const jump = clockEntry(from, atMs);
    // An epoch begins with its own entry, which tells everybody from where on the journal is another one.
    const [before, after] = epoch === null ? [jump, []] : [[], jump];
    for (const newEntry of [...before, ...newEntries, ...after]) {
      const step = write(newEntry, next, atMs, offsetMinutes, epoch ?? next.epoch);
      written.push(step.entry);
      next = step.end;
    }
    return { next, value: written.slice(before.length, before.length + newEntries.length) };
  }

  function append(newEntries: readonly NewEntry[], epoch: string | null): readonly Entry[] {
    return newEntries.length === 0 ? [] : atomically((from) => writeAll(newEntries, from, epoch));
  }

  /** An entry that this journal wrote once, as it was written. */
  function writeAgain(stored: StoredEntry, from: JournalEnd): JournalEnd {
    const { entry, payloadText } = stored;
    const follows = entry.seq === from.seq + 1 && entry.prevHash === from.hash;
    if (!follows || entryHash(hasher, entry.prevHash, entry, payloadText) !== entry.hash) throw new ForeignEntryError(entry.seq);
    return insert(stored, from);
  }

  if (end.seq === 0) {
    const epoch = newEpoch(parts.random);
    const { software, storeId, registerId, publicKeyPem } = parts;
    const payload = { epoch, storeId, registerId, software, publicKeyPem, keyVersion: signer.keyVersion };
    append([{ type: 'register.installed', version: 1, operator: 'system', payload }], epoch);
  }
  const installation = readInstallation(readEntries);
  checkLastHash(hasher, readEntries(end.seq, 1));

  return {
    get epoch() {
      return end.epoch;
    },
    installation,
    append: (entries) => append(entries, null),
    head: () => ({ seq: end.seq, hash: end.hash }),
    read: (fromSeq, limit) => readEntries(fromSeq, limit).map(({ entry }) => entry),
    entriesOfSale: (saleId) =>
      database
        .prepare('SELECT entries.* FROM sale_entries JOIN entries USING (seq) WHERE sale_id = ? ORDER BY seq')
        .all(saleId)
        .map((row) => rowToEntry(row).entry),
    startEpoch(why) {
      const epoch = unusedEpoch(parts.random, database, end.epoch);
      append([epochStarted(epoch, why)], epoch);
      return epoch;
    },
    takeBack: (lost) =>
      atomically((from) => {
        const next = lost.reduce((before, stored) => writeAgain(stored, before), from);
        const epoch = unusedEpoch(parts.random, database, next.epoch);
        return { ...writeAll([epochStarted(epoch, 'restore')], next, epoch), value: epoch };
      }),
    close: () => database.close(),
  };
}

const epochStarted = (epoch: string, why: 'restore' | 'moved'): NewEntry => ({
  type: 'register.epoch-started',
  version: 1,
  operator: 'system',
  payload: { epoch, why },
});

/** Makes what is missing: the record's tables in a new file, derived tables that are new or of another version. */
function prepareTables(database: Database, projections: readonly Projection[]): void {
  if (holdsJournal(database)) {
    const { outdated, abandoned } = outdatedProjections(database, projections);
    if (outdated.length === 0 && abandoned.length === 0) return;
  }
  inTransaction(database, () => {
    if (!holdsJournal(database)) createSchema(database);
    const { outdated, abandoned } = outdatedProjections(database, projections);
    for (const name of abandoned) dropDerived(database, name);
    remakeDerived(database, outdated);
  });
}

/** The clock may jump either way; the journal's order never depends on it, and a jump back is itself on record. */
function clockEntry(end: JournalEnd, atMs: number): readonly NewEntry[] {
  if (end.seq === 0 || atMs >= end.atMs) return [];
  return [{ type: 'register.clock-went-back', version: 1, operator: 'system', payload: { fromMs: end.atMs, toMs: atMs } }];
}

function readInstallation(readEntries: (fromSeq: number, limit: number) => readonly StoredEntry[]): Installation {
  const first = readEntries(1, 1)[0]?.entry;
  if (first?.type !== 'register.installed')
    throw new JournalDamagedError('The journal does not begin with the installation of a register.');
  return first.payload;
}

/** The one entry that the next one is chained to must be what it was: all others are `verify`'s to walk. */
function checkLastHash(hasher: Hasher, last: readonly StoredEntry[]): void {
  for (const { entry, payloadText } of last) {
    if (entryHash(hasher, entry.prevHash, entry, payloadText) === entry.hash) continue;
    throw new JournalDamagedError(`Entry ${entry.seq}, the journal's last, was changed: its hash does not fit what it says.`);
  }
}

function unusedEpoch(random: Random, database: Database, current: string): string {
  // A walk over the whole journal, which a restore may cost: it is rare, and an epoch met twice would be worse.
  const used = database.prepare('SELECT 1 FROM entries WHERE epoch = ? LIMIT 1');
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const epoch = newEpoch(random);
    if (epoch !== current && used.get(epoch) === undefined) return epoch;
  }
  throw new RangeError('The source of chance gives no new epoch.');
}
