/** What the doctor says of a data folder: it looks beside a register that sells from it, and changes nothing. */
import { existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, found } from '../../app/doctor/finding.ts';
import { loadEnd } from '../../app/journal/head.ts';
import { holdsJournal } from '../../app/journal/schema.ts';
import { DataFolderInUseError, dataFolderPaths, openDataFolder } from '../../hardware/store/data-folder.ts';
import { openDatabase } from '../../hardware/store/database.ts';
import { claimedPurpose, type Purpose } from './purpose.ts';

/** A day's journal is a few megabytes; below this somebody should tidy up before it is urgent. */
const LEAST_FREE_BYTES = 200 * 1024 * 1024;

export interface FolderExamination {
  readonly findings: readonly Finding[];
  /** Another process sells from it. */
  readonly isRunning: boolean;
}

/** Looks at `folder`, which is for `purpose`. `own`: this process itself sells from it. */
export function examineFolder(folder: string, purpose: Purpose, own: boolean): FolderExamination {
  if (!existsSync(folder)) return { findings: [found('folder', 'note', 'folder-new')], isRunning: false };
  if (!statSync(folder).isDirectory()) return { findings: [found('folder', 'todo', 'folder-not-one', { folder })], isRunning: false };
  const was = claimedPurpose(folder);
  if (was !== null && was !== purpose) {
    return { findings: [found('folder', 'todo', 'folder-purpose', { folder, was, environment: purpose })], isRunning: false };
  }
  if (!isWritable(folder)) return { findings: [found('folder', 'todo', 'folder-read-only', { folder })], isRunning: false };
  const { bavail, bsize } = statfsSync(folder);
  const freeBytes = bavail * bsize;
  const free = sizeText(freeBytes);
  const isRunning = !own && isTaken(folder);
  const room =
    freeBytes < LEAST_FREE_BYTES
      ? found('folder', 'todo', 'folder-full', { free })
      : found('folder', 'ok', isRunning ? 'folder-running' : 'folder-good', { free });
  return { findings: [room, journalLine(folder)], isRunning };
}

function isWritable(folder: string): boolean {
  const path = join(folder, `.doctor-${process.pid}`);
  try {
    writeFileSync(path, '');
    rmSync(path);
    return true;
  } catch {
    return false;
  }
}

/** The lock is taken for a moment, and only where a register has been. */
function isTaken(folder: string): boolean {
  if (!existsSync(dataFolderPaths(folder).lock)) return false;
  try {
    openDataFolder(folder, { create: false }).release();
    return false;
  } catch (error) {
    return error instanceof DataFolderInUseError;
  }
}

function journalLine(folder: string): Finding {
  const { journal } = dataFolderPaths(folder);
  if (!existsSync(journal)) return found('journal', 'note', 'journal-empty');
  try {
    const database = openDatabase(journal, { readOnly: true });
    try {
      if (!holdsJournal(database)) return found('journal', 'note', 'journal-empty');
      return found('journal', 'ok', 'journal-good', { seq: loadEnd(database).seq });
    } finally {
      database.close();
    }
  } catch (error) {
    return found('journal', 'todo', 'journal-bad', { problem: error instanceof Error ? error.message : 'It cannot be read.' });
  }
}

function sizeText(bytes: number): string {
  const megabytes = Math.floor(bytes / (1024 * 1024));
  return megabytes < 1024 ? `${megabytes} MB` : `${Math.floor(megabytes / 1024)} GB`;
}
