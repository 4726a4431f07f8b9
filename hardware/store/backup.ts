/** A copy of the journal while the register sells, with its end beside it. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from '../../app/till/ports.ts';
import { openDatabase, type StoredDatabase } from './database.ts';

/** The last entry of a backup: with it a register or head office sees what came after. */
export interface BackupHead {
  readonly seq: number;
  readonly hash: string;
}

/** There is a file of that name already; a backup never overwrites another. */
export class BackupExistsError extends Error {
  override readonly name = 'BackupExistsError';
}

/**
 * Copies `database` to `path` and writes the copy's last entry to `<path>.head.json`. Both are on disk before the copy
 * gets its name, so a backup that was cut off is never taken for a whole one.
 * @param readHead reads the end from a journal: `readHead` of `app/journal/head.ts`.
 * @throws StorageError, BackupExistsError
 */
export async function backupTo(
  database: StoredDatabase,
  path: string,
  readHead: (copy: Database) => BackupHead | null,
): Promise<BackupHead | null> {
  if (existsSync(path)) throw new BackupExistsError(`${path} is already there. Choose another name for the backup.`);
  const unfinished = `${path}.unfinished`;
  removeDatabase(unfinished);
  await database.copyTo(unfinished);
  const copy = openDatabase(unfinished);
  let head: BackupHead | null;
  try {
    head = readHead(copy);
    // One file without a log beside it is easier to carry away whole.
    copy.prepare('PRAGMA journal_mode = DELETE').get();
  } finally {
    copy.close();
  }
  syncFile(unfinished);
  const headFile = `${path}.head.json`;
  writeFileSync(headFile, `${JSON.stringify(head)}\n`, { mode: 0o600, flush: true });
  renameSync(unfinished, path);
  syncFile(dirname(path));
  return head;
}

function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true });
}

/** Windows has no sync of a folder; there a renamed file is durable with its own. */
function syncFile(path: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
