/** The SQL port over better-sqlite3. One call is one connection. */
import BetterSqlite3 from 'better-sqlite3';
import type { Database, SqlRow, SqlValue, Statement } from '../../app/till/ports.ts';
import { toStorageError } from './storage-errors.ts';

export interface OpenOptions {
  /** Only looks: never creates the file, and refuses every change. Default `false`. */
  readonly readOnly?: boolean;
  /** How long to wait for another connection that writes. Default 2 000 ms. */
  readonly busyTimeoutMs?: number;
}

/** One SQLite connection, with what only the real one can do. */
export interface StoredDatabase extends Database {
  readonly path: string;
  /**
   * Copies the whole database to a new file while others write (SQLite's online backup). The copy is as of one commit.
   * @throws StorageError
   */
  copyTo(path: string): Promise<void>;
}

/**
 * Opens a database file; a writer creates it. What is committed is on the disk: write-ahead log, `synchronous=FULL`,
 * and `fullfsync` on macOS, where an ordinary fsync leaves the data in the drive's cache.
 * @throws StorageError, here and from every statement.
 */
export function openDatabase(path: string, { readOnly = false, busyTimeoutMs = 2_000 }: OpenOptions = {}): StoredDatabase {
  const connection = guarded(path, () => new BetterSqlite3(path, { readonly: readOnly, fileMustExist: readOnly, timeout: busyTimeoutMs }));
  try {
    guarded(path, () => prepareConnection(connection, readOnly));
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    path,
    exec: (sql) => {
      guarded(path, () => connection.exec(sql));
    },
    prepare: (sql) => wrapStatement(path, sql, connection),
    close: () => {
      guarded(path, () => connection.close());
    },
    copyTo: async (destination) => {
      try {
        await connection.backup(destination);
      } catch (error) {
        throw toStorageError(error, destination);
      }
    },
  };
}

function prepareConnection(connection: BetterSqlite3.Database, readOnly: boolean): void {
  connection.pragma('foreign_keys = ON');
  if (readOnly) return;
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  if (process.platform === 'darwin') {
    connection.pragma('fullfsync = ON');
    connection.pragma('checkpoint_fullfsync = ON');
  }
  // The log is written over from its start again and again, which syncs faster than a file that grows. Only after a very
  // long transaction (a rebuild) is it cut down again.
  connection.pragma('journal_size_limit = 16777216');
}

function wrapStatement(path: string, sql: string, connection: BetterSqlite3.Database): Statement {
  const statement = guarded(path, () => connection.prepare<SqlValue[], SqlRow>(sql));
  return {
    run: (...parameters) => {
      guarded(path, () => statement.run(...parameters));
    },
    get: (...parameters) => guarded(path, () => statement.get(...parameters)),
    all: (...parameters) => guarded(path, () => statement.all(...parameters)),
  };
}

function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw toStorageError(error, path);
  }
}
