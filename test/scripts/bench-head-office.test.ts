import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/source-files.ts';

const SMALL = '--orders 240,480 --stores 2 --months 3 --look-ups 3 --rows 600 --senders 2 --registers 3 --sales 4 --approvals 1'.split(' ');

function bench(...args: readonly string[]) {
  // npm's own environment would tell head office to watch npm.
  const { npm_lifecycle_event: _npm, ...env } = process.env;
  return spawnSync(process.execPath, [join(root, 'scripts', 'bench.ts'), 'head-office', ...args], { encoding: 'utf8', env });
}

describe('npm run bench -- head-office', () => {
  it('prints what was measured, as tables and as JSON', { timeout: 240_000 }, () => {
    const { status, stdout, stderr } = bench('--database', 'postgres', ...SMALL, '--json');
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/\| payment reference +\| \S+ \/ \S+ +\| \S+ \/ \S+ +\| × \d/);
    const { tables } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
      tables: { title: string; columns: string[]; rows: string[][] }[];
    };
    expect(tables.map(({ rows }) => rows.length)).toEqual([10, 6, 3, 1, 2]);
    for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
  });

  it.each([
    ['--database', 'oracle'],
    ['--orders', '5,many'],
    ['--rows', '0'],
    ['--nonsense', '1'],
  ])('answers %s %s with a sentence and exit code 2', (...args) => {
    const { status, stdout, stderr } = bench(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: npm run bench -- head-office');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
