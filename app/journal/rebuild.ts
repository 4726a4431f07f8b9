/** Drops everything that is derived and replays the journal: the same rows come out, or the live tables were wrong. */
import type { Database } from '../till/ports.ts';
import { type Head, readHead } from './head.ts';
import { JournalDamagedError, NotAJournalError } from './journal-errors.ts';
import { dropDerived, outdatedProjections, type Projection, remakeDerived } from './projection.ts';
import { holdsJournal } from './schema.ts';
import { inTransaction } from './transaction.ts';

/**
 * Makes all derived tables anew in one transaction; nothing changes when it fails. The register must not run.
 * @param database a connection for writing that nobody else uses.
 * @returns the end of the journal that was replayed.
 * @throws StorageError, NotAJournalError, JournalTooNewError, JournalDamagedError, and what a projection throws for an
 * entry that does not fit.
 */
export function rebuildDerived(database: Database, projections: readonly Projection[]): Head {
  if (!holdsJournal(database)) throw new NotAJournalError('There is no journal in this file yet.');
  return inTransaction(database, () => {
    for (const name of outdatedProjections(database, projections).abandoned) dropDerived(database, name);
    remakeDerived(database, projections);
    const head = readHead(database);
    if (head === null) throw new JournalDamagedError('The journal has no entry.');
    return head;
  });
}
