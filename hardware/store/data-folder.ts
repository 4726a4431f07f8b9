/** A register's data folder: one process has it, for life. */
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { toStorageError } from './storage-errors.ts';

/** Another process sells from this folder. Two writers would give out the same numbers. */
export class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError';
  readonly directory: string;
  constructor(directory: string) {
    super(
      `The data folder ${directory} is in use by a register that is already running. Use that one, or close it first; for a second register name another folder.`,
    );
    this.directory = directory;
  }
}

/** There is no such folder, or the path is something else. */
export class NoDataFolderError extends Error {
  override readonly name = 'NoDataFolderError';
}

export interface DataFolderPaths {
  readonly directory: string;
  readonly journal: string;
  readonly catalogue: string;
  readonly keys: string;
  readonly backups: string;
  readonly lock: string;
}

export interface DataFolder extends DataFolderPaths {
  /** Gives the folder up. The end of the process does it too, however it ends. */
  release(): void;
}

/** Where things are in a data folder. Touches nothing. */
export function dataFolderPaths(directory: string): DataFolderPaths {
  const full = resolve(directory);
  return {
    directory: full,
    journal: join(full, 'journal.db'),
    catalogue: join(full, 'catalogue.db'),
    keys: join(full, 'keys'),
    backups: join(full, 'backups'),
    lock: join(full, 'lock.db'),
  };
}

/** Held here so that no lock is given up because its owner was forgotten. */
const held = new Set<BetterSqlite3.Database>();

/**
 * Takes the folder for this process, and makes it (for this user alone, 0700) when it is not there. The lock is the
 * operating system's, on `lock.db`, so one left by a killed process does not block.
 * @param options.create `false`: a folder that is not there is a `NoDataFolderError`.
 * @throws DataFolderInUseError, NoDataFolderError, StorageError
 */
export function openDataFolder(directory: string, options: { readonly create?: boolean } = {}): DataFolder {
  const paths = dataFolderPaths(directory);
  ensureFolder(paths.directory, options.create ?? true);
  const lock = takeLock(paths);
  held.add(lock);
  ensureFolder(paths.keys, true);
  return {
    ...paths,
    release: () => {
      held.delete(lock);
      lock.close();
    },
  };
}

function ensureFolder(directory: string, create: boolean): void {
  if (existsSync(directory)) {
    if (!statSync(directory).isDirectory()) throw new NoDataFolderError(`${directory} is not a folder.`);
    return;
  }
  if (!create) throw new NoDataFolderError(`There is no data folder ${directory}.`);
  mkdirSync(directory, { recursive: true });
  // Not by mkdir's mode, which also counts for the parents that it makes and is cut by the umask.
  chmodSync(directory, 0o700);
}

function takeLock(paths: DataFolderPaths): BetterSqlite3.Database {
  let lock: BetterSqlite3.Database | undefined;
  try {
    lock = new BetterSqlite3(paths.lock, { timeout: 0 });
    // Never committed: the open transaction is the lock.
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw new DataFolderInUseError(paths.directory);
    throw toStorageError(error, paths.lock);
  }
}
