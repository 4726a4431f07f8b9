import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In memory where the machine has a folder for that: what is tested is what is committed, not how fast the disk is. */
const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder that costs little. Whoever makes it removes it. */
export const makeScratchFolder = (): string => mkdtempSync(join(SCRATCH, 'tillit-scratch-'));

export const removeScratchFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
