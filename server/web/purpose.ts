/**
 * What a data folder's journal is for. Practice sales, test sales and real sales never stand in one journal: the law
 * wants the record of a register, and practice is none.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWholeFile, writeWholeFile } from '../../hardware/store/whole-file.ts';

export type Purpose = 'practice' | 'sandbox' | 'test' | 'production';

/** The folder's journal is for something else. */
export class WrongPurposeError extends Error {
  override readonly name = 'WrongPurposeError';
}

const WORDS: Readonly<Record<Purpose, string>> = {
  practice: 'practice against the built-in sandbox',
  sandbox: 'practice against a sandbox',
  test: 'the provider’s test environment',
  production: 'real sales',
};

/** Says at the first start what the folder is for, and refuses anything else ever after. @throws WrongPurposeError */
export function claimPurpose(dataDir: string, purpose: Purpose): void {
  const path = join(dataDir, 'purpose.txt');
  const kept = readWholeFile(path)?.trim();
  if (kept === undefined) {
    writeWholeFile(path, `${purpose}\n`);
    return;
  }
  if (kept === purpose) return;
  const was = Object.hasOwn(WORDS, kept) ? WORDS[kept as Purpose] : `"${kept.slice(0, 40)}"`;
  throw new WrongPurposeError(
    `The data folder ${dataDir} is for ${was}; this register is for ${WORDS[purpose]}. Name another folder with --data.`,
  );
}

/** What the folder is for; `null` when nothing was sold from it yet. */
export function claimedPurpose(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, 'purpose.txt'), 'utf8').trim();
  } catch {
    return null;
  }
}

/**
 * The folder of a register's journal for this purpose: its own, or, once the settings have moved the register to another
 * purpose, one inside it with the purpose's name. So practice and real sales stay apart under one `--data`.
 */
export function folderForPurpose(dataDir: string, purpose: Purpose): string {
  const claimed = claimedPurpose(dataDir);
  const inner = join(dataDir, purpose);
  return claimed === null || claimed === purpose || !existsSync(inner) ? dataDir : inner;
}

/** Makes room for another purpose, and gives its folder. A folder that is there stays as it is. */
export function makeRoomForPurpose(dataDir: string, purpose: Purpose): string {
  const claimed = claimedPurpose(dataDir);
  if (claimed === null || claimed === purpose) return dataDir;
  const inner = join(dataDir, purpose);
  mkdirSync(inner, { recursive: true, mode: 0o700 });
  return inner;
}
