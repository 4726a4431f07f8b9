/** A whole copy of a SQLite database that others go on writing to. */
import { closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/** The copy could not be made; nothing of it is left. The message says why. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

/** Writes what is committed now to a new file, looks whether it is whole, and only then gives it its name. @throws CopyError */
export function copySqlite(file: string, to: string): void {
  const part = `${to}.part`;
  let made = false;
  try {
    const source = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
    try {
      closeSync(openSync(part, 'wx', 0o600));
      made = true;
      source.prepare('VACUUM INTO ?').run(part);
    } finally {
      source.close();
    }
    assertWhole(part);
    sync(part);
    // A name that is there already is an error, never overwritten.
    linkSync(part, to);
    sync(dirname(to));
  } catch (error) {
    throw new CopyError(sentenceOf(error, to, part), { cause: error });
  } finally {
    if (made) rmSync(part, { force: true });
  }
}

function assertWhole(file: string): void {
  const copy = new BetterSqlite3(file, { readonly: true });
  try {
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') throw new CopyError('The copy is not whole.');
  } finally {
    copy.close();
  }
}

function sync(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function sentenceOf(error: unknown, to: string, part: string): string {
  if (error instanceof CopyError) return `${error.message} Nothing was written to ${to}.`;
  const { code, syscall } = error as { readonly code?: unknown; readonly syscall?: unknown };
  if (code === 'EEXIST') {
    return syscall === 'open'
      ? `${part} is there: another backup is being written to it, or one was broken off. Remove it if none is.`
      : `${to} is there already, and is not overwritten. Give another name.`;
  }
  if (code === 'ENOENT') return `The folder of ${to} is not there.`;
  return `${to} could not be written: ${error instanceof Error ? error.message : 'no reason given'}.`;
}
