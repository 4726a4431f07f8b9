/**
 * A data folder that has sold is not taken for a new one. Without its journal a register would begin again with receipt 1
 * and forget a payment that is under way; with another key, nothing that it signed before could be checked.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readPublicKeys } from '../../hardware/crypto/signing-key.ts';
import type { DataFolderPaths } from '../../hardware/store/data-folder.ts';
import { writeWholeFile } from '../../hardware/store/whole-file.ts';

/** Something that was in the folder is gone. The message names it and says what to do. */
export class DataMissingError extends Error {
  override readonly name = 'DataMissingError';
}

const RESTORE = 'Restore it from the latest backup, or name a new folder with --data for a new register.';
const markOf = (folder: DataFolderPaths): string => join(folder.directory, 'installed.txt');
const isThere = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;

/** Whether a register was installed here before. To be asked before anything is made. @throws DataMissingError */
export function wasInstalled(folder: DataFolderPaths): boolean {
  const installed = existsSync(markOf(folder));
  const hasJournal = isThere(folder.journal);
  if (!hasJournal && installed) throw new DataMissingError(`The journal ${folder.journal} is gone. ${RESTORE}`);
  if (hasJournal && readPublicKeys(folder.keys).length === 0) {
    throw new DataMissingError(`The signing key of the journal is gone from ${folder.keys}. ${RESTORE}`);
  }
  return installed;
}

/** The key that the journal was begun with must be among the folder's. @throws DataMissingError */
export function assertSameKey(folder: DataFolderPaths, begun: { readonly keyVersion: number; readonly publicKeyPem: string }): void {
  const key = readPublicKeys(folder.keys).find(({ keyVersion }) => keyVersion === begun.keyVersion);
  if (key?.publicKeyPem === begun.publicKeyPem) return;
  throw new DataMissingError(`The signing key in ${folder.keys} is not the one that the journal was begun with. ${RESTORE}`);
}

/** When all of a register's first start is done. */
export function markInstalled(folder: DataFolderPaths): void {
  if (!existsSync(markOf(folder))) writeWholeFile(markOf(folder), 'This folder holds the journal of a register. Keep it whole.\n');
}
