/**
 * The tables that are the record itself. They are never migrated: the envelope is final from the first sale
 * (`docs/journal.md`). Everything that may change its shape is a derived table (`projection.ts`).
 */
import type { Database } from '../till/ports.ts';
import { JournalTooNewError, NotAJournalError } from './journal-errors.ts';
import { integerOf } from './rows.ts';

/** "Till" in ASCII: tells a journal from any other SQLite file. */
const APPLICATION_ID = 0x54696c6c;
/** Of the envelope's tables. */
const SCHEMA_VERSION = 1;

/** The triggers that keep an entry as it was written. `verify` looks whether they are there. */
export const GUARDS = ['entries_are_gapless', 'entries_never_change', 'entries_never_go'] as const;

const SCHEMA = `
  CREATE TABLE entries (
    seq INTEGER PRIMARY KEY,
    epoch TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    offset_minutes INTEGER NOT NULL,
    operator TEXT NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload TEXT NOT NULL,
    document_series TEXT,
    document_number INTEGER,
    transaction_number INTEGER,
    transaction_date TEXT,
    transaction_time TEXT,
    amount_in TEXT,
    amount_ex TEXT,
    signature TEXT,
    key_version INTEGER,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX entries_by_document ON entries (document_series, document_number) WHERE document_series IS NOT NULL;
  CREATE UNIQUE INDEX entries_by_transaction ON entries (transaction_number) WHERE transaction_number IS NOT NULL;
  CREATE TRIGGER entries_are_gapless BEFORE INSERT ON entries
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entries)
    BEGIN SELECT RAISE(ABORT, 'the next entry of a journal follows its last'); END;
  CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'an entry of the journal cannot be changed'); END;
  CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'an entry of the journal cannot be removed'); END;

  -- The last entry once more, so that entries missing from the end are noticed.
  CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;

  -- How far each receiver has confirmed the journal. What lies after it is the outbox, so an entry is in the outbox by
  -- being written. No rebuild touches this: it is not derived from the entries.
  CREATE TABLE outbox (destination TEXT PRIMARY KEY, confirmed_seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  -- Which derived tables there are, and by which version of their projection they were made.
  CREATE TABLE derived (name TEXT PRIMARY KEY, version INTEGER NOT NULL, tables TEXT NOT NULL) STRICT, WITHOUT ROWID;

  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Whether the database holds a journal that this program can read (`true`), or is empty (`false`).
 * @throws NotAJournalError, JournalTooNewError
 */
export function holdsJournal(database: Database): boolean {
  const applicationId = integerOf(database.prepare('PRAGMA application_id').get(), 'application_id');
  if (applicationId !== APPLICATION_ID) {
    if (database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined) return false;
    throw new NotAJournalError('The file is a database, but not a journal of this register. Choose another data folder.');
  }
  const version = integerOf(database.prepare('PRAGMA user_version').get(), 'user_version');
  if (version > SCHEMA_VERSION) {
    throw new JournalTooNewError(
      `The journal was written by a newer version of this program (its form is ${version}, this program knows ${SCHEMA_VERSION}). Update the program.`,
    );
  }
  return true;
}

/** Makes the record's tables. Runs inside the caller's transaction. */
export function createSchema(database: Database): void {
  database.exec(SCHEMA);
}
