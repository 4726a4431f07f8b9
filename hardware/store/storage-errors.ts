/** SQLite's errors, named for the people at the till: what is wrong and what to do. */
import BetterSqlite3 from 'better-sqlite3';
import { StorageError, type StorageTrouble } from '../../app/till/ports.ts';

/** A `StorageError` for anything that SQLite threw; anything else comes back as it was. `path` is named in the sentence. */
export function toStorageError(error: unknown, path: string): unknown {
  if (error instanceof BetterSqlite3.SqliteError) {
    const trouble = troubleOf(error.code);
    return new StorageError(trouble, `${sentenceOf(trouble, error.code, path)} (${error.code}: ${error.message})`, { cause: error });
  }
  // The folder of a new file is looked for before SQLite is asked.
  if (error instanceof TypeError && error.message.includes('directory does not exist')) {
    return new StorageError('other', `There is no folder for ${path}. Make it, or name another.`, { cause: error });
  }
  return error;
}

/** SQLite's result codes, extended ones included, by what a person can do about them. */
function troubleOf(code: string): StorageTrouble {
  if (code === 'SQLITE_FULL') return 'disk-full';
  // A file mapped beyond what the disk has left fails this way, before SQLITE_FULL could say so.
  if (code === 'SQLITE_IOERR_SHMSIZE') return 'disk-full';
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM') return 'read-only';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'locked';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_IOERR_SHORT_READ') return 'corrupt';
  return 'other';
}

function sentenceOf(trouble: StorageTrouble, code: string, path: string): string {
  switch (trouble) {
    case 'disk-full':
      return `The disk of ${path} is full. Free some space, then try again.`;
    case 'read-only':
      return `${path} cannot be written to. Check the folder's permissions and that the disk is not write-protected.`;
    case 'locked':
      return `${path} is in use by another program. Close it, then try again.`;
    case 'corrupt':
      return `${path} is damaged. Stop selling on it and restore the latest backup.`;
    case 'other':
      // A broken rule of a table (two writers, a guard) is no fault of the disk.
      if (!code.startsWith('SQLITE_IOERR') && code !== 'SQLITE_CANTOPEN') return `${path} refused what was to be written.`;
      return `${path} cannot be used. Check the disk and its cables.`;
  }
}
