import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../support/source-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `npm start` without npm, on a machine without a display, until `enough` is on its screen or it ends. */
function start(
  args: readonly string[],
  enough: RegExp,
  data = join(temporaryFolder(), 'data'),
): Promise<{ out: string; code: number | null; stop(): Promise<void> }> {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...environment } = process.env;
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.ts'), '--port', '0', '--data', data, ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve) => {
    let out = '';
    const ended = new Promise<void>((done) => child.on('close', () => done()));
    const stop = async () => {
      child.kill('SIGTERM');
      await ended;
    };
    onTestFinished(stop);
    const take = (chunk: Buffer) => {
      out += chunk.toString();
      if (enough.test(out)) resolve({ out, code: null, stop });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('close', (code) => resolve({ out, code, stop }));
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
    expect(await start(['--shell', 'fax'], /$^/)).toMatchObject({ out: '--shell is "desktop" or "web".\n', code: 2 });
  });

  it('keeps what the guided first start asks for in the data folder, past the next start, and leaves the demo shop as it came', async () => {
    const demo = join(root, 'demo-shop');
    const contents = () => readdirSync(demo).map((name) => [name, readFileSync(join(demo, name), 'utf8')]);
    const data = join(temporaryFolder(), 'data');
    const before = contents();
    const first = await start(['--shell', 'web'], /nothing is lost/, data);
    expect(await ask(first.out, { type: 'read' })).toMatchObject({ settings: { firstStart: true } });
    const shop = { name: 'Fisk & Fangst', address: ['Kaia 2'], orgNumber: '974760673', vatRegistered: true, foretaksregisteret: false };
    expect(await ask(first.out, { type: 'save', section: 'shop', value: shop })).toMatchObject({ ok: true });
    expect(await ask(first.out, { type: 'finish-first-start' })).toMatchObject({ ok: true });
    await first.stop();

    const second = await start(['--shell', 'web'], /nothing is lost/, data);
    expect(await ask(second.out, { type: 'read' })).toMatchObject({ settings: { firstStart: false, sections: { shop } } });
    expect(contents()).toEqual(before);
    await second.stop();

    // Also for those who name the demo shop themselves.
    const named = await start(['--shell', 'web', '--config', join(demo, 'configuration.json')], /nothing is lost/, data);
    expect(await ask(named.out, { type: 'save', section: 'receipt', value: { footer: 'Ha det', afterVipps: 'ask' } })).toMatchObject({
      ok: true,
    });
    expect(contents()).toEqual(before);
  });
});

/** The settings, with the manager's key that stands in the printed address. */
async function ask(out: string, request: object): Promise<unknown> {
  const [, origin = '', token = ''] = /Settings\s+(http:\/\/[^/]+)\/settings#token=(\S+)/.exec(out) ?? [];
  const response = await fetch(`${origin}/api/settings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  return response.json();
}
