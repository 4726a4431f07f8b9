import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataFolderInUseError, dataFolderPaths, NoDataFolderError, openDataFolder } from '../../../hardware/store/data-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const holder = fileURLToPath(new URL('./hold-folder.ts', import.meta.url));

/** Another process that holds the folder until it is killed. */
async function holdElsewhere(directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [holder, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  return child;
}

describe('a data folder', () => {
  it('is made for this user alone, with a place for keys', () => {
    const directory = join(temporaryFolder(), 'shop', 'till');
    const folder = openDataFolder(directory);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(folder.keys).mode & 0o777).toBe(0o700);
    expect(folder.journal).toBe(join(directory, 'journal.db'));
    folder.release();
  });

  it('that was there before keeps its own permissions', () => {
    const directory = temporaryFolder();
    const before = statSync(directory).mode;
    openDataFolder(directory).release();
    expect(statSync(directory).mode).toBe(before);
  });

  it('is not made by somebody who only wants to look', () => {
    const directory = join(temporaryFolder(), 'till');
    dataFolderPaths(directory);
    expect(() => openDataFolder(directory, { create: false })).toThrow(NoDataFolderError);
    expect(existsSync(directory)).toBe(false);
  });

  it('cannot be a file', () => {
    const file = join(temporaryFolder(), 'till');
    writeFileSync(file, '');
    expect(() => openDataFolder(file)).toThrow(NoDataFolderError);
  });
});

describe('the lock of a data folder', () => {
  it('keeps a second register out, in the same process', () => {
    const directory = temporaryFolder();
    const folder = openDataFolder(directory);
    expect(() => openDataFolder(directory)).toThrow(DataFolderInUseError);
    folder.release();
    openDataFolder(directory).release();
  });

  it('keeps another process out, with a sentence that names the folder and the way out', async () => {
    const directory = temporaryFolder();
    await holdElsewhere(directory);
    const tryIt = () => openDataFolder(directory);
    expect(tryIt).toThrow(DataFolderInUseError);
    expect(tryIt).toThrow(`The data folder ${directory} is in use by a register that is already running. Use that one, or close it first`);
  });

  it('does not outlive a process that was killed', async () => {
    const directory = temporaryFolder();
    const child = await holdElsewhere(directory);
    child.kill('SIGKILL');
    await once(child, 'close');
    openDataFolder(directory).release();
  });
});
