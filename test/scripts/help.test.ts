import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/source-files.ts';

const PROGRAMS = [
  'scripts/start.ts',
  'scripts/bench.ts',
  'scripts/demo.ts',
  'server/web/main.ts',
  'scripts/journal.ts',
  'scripts/reconcile.ts',
  'server/sandbox/main.ts',
  'scripts/dist.ts',
];

function run(program: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, program), ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe.each(PROGRAMS)('%s', (program) => {
  it('says how it is used, and does nothing else', () => {
    const asked = run(program, '--help');
    expect(asked).toMatchObject({ status: 0, stderr: '' });
    expect(asked.stdout).toMatch(/--[a-z]/);
    expect(run(program, '-h')).toEqual(asked);
  });

  it.each([['--nonsense'], ['nonsense'], ['--sales', 'x', '--only=', '--latency=x']])(
    'answers %s with a sentence and exit code 2',
    (...args) => {
      const { status, stdout, stderr } = run(program, ...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr.trim()).not.toBe('');
      expect(stderr).not.toMatch(/^\s+at |node:internal|\n\s*\^/m);
    },
  );
});
