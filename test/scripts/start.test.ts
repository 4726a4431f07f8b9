import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../support/source-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `npm start` without npm, on a machine without a display, until `enough` is on its screen or it ends. */
function start(args: readonly string[], enough: RegExp): Promise<{ out: string; code: number | null }> {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...environment } = process.env;
  const child = spawn(
    process.execPath,
    [join(root, 'scripts', 'start.ts'), '--port', '0', '--data', join(temporaryFolder(), 'data'), ...args],
    {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return new Promise((resolve) => {
    let out = '';
    const ended = new Promise<void>((done) => child.on('close', () => done()));
    onTestFinished(async () => {
      child.kill('SIGTERM');
      await ended;
    });
    const take = (chunk: Buffer) => {
      out += chunk.toString();
      if (enough.test(out)) resolve({ out, code: null });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('close', (code) => resolve({ out, code }));
  });
}

describe('npm start', () => {
  it('without a display opens the web shell, after one line that says why and how to get the desktop', async () => {
    const { out } = await start([], /nothing is lost/);
    const lines = out.split('\n').filter((line) => line.includes('desktop program'));
    expect(lines).toEqual([
      expect.stringMatching(/^The screens open in a browser, because there is no display here\. For the desktop program, /),
    ]);
    expect(out).toMatch(/Tillit is ready to practise/);
    expect(out).not.toMatch(/^\s+at /m);
  });

  it('says nothing of the desktop to those who want the web shell', async () => {
    const { out } = await start(['--shell', 'web'], /nothing is lost/);
    expect(out).toMatch(/Tillit is ready to practise/);
    expect(out).not.toMatch(/desktop program/);
  });

  it('refuses what it does not understand in one sentence', async () => {
    expect(await start(['--shell', 'fax'], /$^/)).toEqual({ out: '--shell is "desktop" or "web".\n', code: 2 });
  });
});
