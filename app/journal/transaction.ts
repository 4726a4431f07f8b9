import type { Database } from '../till/ports.ts';

/** Runs `work` in one `BEGIN IMMEDIATE … COMMIT`. When anything throws, the commit too, all of it is undone and the error goes on. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite has ended it already (a full disk does that). Were it still open, the next BEGIN would say so.
  }
}
