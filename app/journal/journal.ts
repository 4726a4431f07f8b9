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
import { JournalDamagedError } from './journal-errors.ts';
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
    insertEntry.run(...entryToColumns({ entry, payloadText }));
    for (const step of steps) step(entry);
    return {
      entry,
      end: {
        seq,
        hash,
        epoch,
        atMs,
        transactionNumber: transaction?.number ?? from.transactionNumber,
        signature: transaction?.signature ?? from.signature,
        documents: document === null ? from.documents : new Map([...from.documents, [document.series, document.number]]),
      },
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

  function append(newEntries: readonly NewEntry[], epoch: string | null): readonly Entry[] {
    if (newEntries.length === 0) return [];
    const atMs = clock.nowMs();
    const offsetMinutes = clock.offsetMinutes(atMs);
    const doubtful = uncertain;
    uncertain = true;
    const { next, written } = inTransaction(database, () => {
      // What a projection remembers may be of entries that were taken back.
      if (doubtful) steps = attach();
      let next = doubtful ? loadEnd(database) : end;
      const inEpoch = epoch ?? next.epoch;
      const written: Entry[] = [];
      for (const newEntry of [...clockEntry(next, atMs), ...newEntries]) {
        const step = write(newEntry, next, atMs, offsetMinutes, inEpoch);
        written.push(step.entry);
        next = step.end;
      }
      noteHead.run(next.seq, next.hash);
      return { next, written };
    });
    end = next;
    uncertain = false;
    return written.slice(written.length - newEntries.length);
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
      append([{ type: 'register.epoch-started', version: 1, operator: 'system', payload: { epoch, why } }], epoch);
      return epoch;
    },
    close: () => database.close(),
  };
}

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
