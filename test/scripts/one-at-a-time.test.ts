import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { oneAtATime } from '../../scripts/one-at-a-time.ts';
import { root } from '../support/source-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A process that notes when it begins and when it ends, and does something in between. */
function worker(lock: string, notes: string): Promise<number | null> {
  const source = `
    import { appendFileSync } from 'node:fs';
    import { oneAtATime } from ${JSON.stringify(join(root, 'scripts', 'one-at-a-time.ts'))};
    const note = (what) => appendFileSync(${JSON.stringify(notes)}, what + ' ' + process.pid + '\\n');
    oneAtATime(${JSON.stringify(lock)}, () => {
      note('begins');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      note('ends');
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: 'ignore' });
  return new Promise((resolve) => child.on('close', resolve));
}

it('lets two builds at once work one after the other', async () => {
  const folder = temporaryFolder();
  const [lock, notes] = [join(folder, 'dist', '.building'), join(folder, 'notes')];
  expect(await Promise.all([worker(lock, notes), worker(lock, notes), worker(lock, notes)])).toEqual([0, 0, 0]);
  const lines = readFileSync(notes, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(6);
  for (let at = 0; at < lines.length; at += 2) expect(lines[at + 1]).toBe(lines[at]?.replace('begins', 'ends'));
  expect(existsSync(lock)).toBe(false);
});

it('does not wait for one that died', () => {
  const lock = join(temporaryFolder(), '.building');
  writeFileSync(lock, '2147483646');
  expect(oneAtATime(lock, () => 'built')).toBe('built');
});

it('lets the next one in when the work fails', () => {
  const lock = join(temporaryFolder(), '.building');
  const fail = () => {
    throw new RangeError('no');
  };
  expect(() => oneAtATime(lock, fail)).toThrow('no');
  expect(oneAtATime(lock, () => 'built')).toBe('built');
});
