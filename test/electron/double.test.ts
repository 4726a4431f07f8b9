/** The double itself, with a small program of its own: what the desktop's tests rely on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromPageUrl, toPageUrl } from './double/chromium.ts';
import { NotInDoubleError, refuseUnknown } from './double/refuse-unknown.ts';
import { DoubleSafeStorage } from './double/safe-storage.ts';
import { DoubleScreen, displayNumber } from './double/screen.ts';
import { cloning } from './double/worlds.ts';
import { RunningDesktop } from './running-desktop.ts';

const main = join(import.meta.dirname, 'fixtures', 'main.mjs');
const userData = mkdtempSync(join(tmpdir(), 'tillit-double-test-'));
let desktop: RunningDesktop;
let page: Page;
/** Runs in the page, as its own scripts do. */
const inPage = (code: string): Promise<unknown> => page.evaluate(code);
const heard = () => inPage('bridge.heard()') as Promise<string[]>;

beforeAll(async () => {
  desktop = await RunningDesktop.start({ main, choices: { userData } });
  page = await desktop.page('/page');
  await page.waitForFunction('window.early !== undefined');
}, 60_000);
afterAll(async () => {
  await desktop?.kill();
  rmSync(userData, { recursive: true, force: true });
});

describe('a preload', () => {
  it('ran before the page’s own script, and put its bridge there for good', async () => {
    expect(await inPage('early')).toContain('echo');
    expect(await inPage('[bridge.word, bridge.list, Object.isFrozen(bridge), Object.isFrozen(bridge.list)]')).toEqual([
      'hello',
      [1, { two: 2 }],
      true,
      true,
    ]);
    expect(await inPage('try { window.bridge = 1 } catch {} bridge.word')).toBe('hello');
  });

  it('lives in a world of its own: the page finds neither its globals, nor require, nor the way to main', async () => {
    expect(await inPage('[typeof secret, typeof require, typeof process, typeof module, typeof tillitDoubleReceive]')).toEqual(
      Array(5).fill('undefined'),
    );
    expect(await inPage('Object.getOwnPropertyNames(window).filter((name) => name.startsWith("host_"))')).toEqual([]);
    expect(await inPage('bridge.modules()')).toBe('module not found: node:fs');
  });

  it('calls and is called at once, errors included', async () => {
    expect(await inPage('bridge.add(20, 22)')).toBe(42);
    expect(await inPage('try { bridge.fail() } catch (error) { error.message }')).toBe('bridge failed');
  });
});

describe('messages', () => {
  it('reach main with their values, and main sees who sent them', async () => {
    expect(await inPage('bridge.echo(1, "two", { three: [null, true] }, undefined)')).toEqual({
      args: [1, 'two', { three: [null, true] }, undefined],
      url: 'app://shop/page?x=1',
      own: true,
    });
  });

  it('that fail say so in Electron’s words', async () => {
    const words = (call: string) => inPage(`bridge.${call}().catch((error) => error.message)`);
    expect(await words('broken')).toBe("Error invoking remote method 'fail': Error: as asked");
    expect(await words('nobody')).toBe("Error invoking remote method 'nobody': Error: No handler registered for 'nobody'");
  });

  it('come from main too, until the page no longer listens', async () => {
    await inPage('window.ticks = []; window.stop = bridge.onTick((tick) => ticks.push(tick)); 0');
    await inPage('bridge.note("tick")');
    await expect.poll(() => inPage('ticks')).toEqual([{ date: 5, bytes: [1, 2] }]);
    await inPage('stop(); bridge.note("tick"); bridge.note("after")');
    await expect.poll(heard).toContain('note after');
    expect(await inPage('ticks.length')).toBe(1);
  });

  it('can be forged by a test, from any frame', async () => {
    const forged = await desktop.control({ do: 'forge', window: 1, channel: 'echo', args: ['x'], url: 'https://evil.example/' });
    expect(forged).toEqual({ args: ['x'], url: 'https://evil.example/', own: true });
  });

  it('carry what structured cloning carries, and refuse what it refuses', () => {
    const { encode, decode } = cloning();
    const through = (value: unknown) => decode(JSON.parse(JSON.stringify(encode(value))));
    const value = {
      at: new Date(5),
      map: new Map([[1, new Set(['a'])]]),
      bytes: new Uint8Array([1, 2]),
      not: undefined,
      nan: Number.NaN,
      big: 7n,
    };
    expect(through(value)).toEqual(value);
    expect(through({ $: 'date', v: 1 })).toEqual({ $: 'date', v: 1 });
    for (const bad of [() => 1, Symbol('x'), { deep: [() => 1] }, Promise.resolve(1)])
      expect(() => encode(bad)).toThrow('could not be cloned');
  });
});

describe('pages', () => {
  it('come from the program’s own protocol, with its headers and its policy', async () => {
    expect(await inPage('fetch("/page").then((answer) => answer.headers.get("x-host"))')).toBe('shop');
    expect(await inPage('fetch("/broken").then(() => "came", () => "failed")')).toBe('failed');
    expect(await inPage('fetch("/forbidden").then(() => "came", () => "cancelled")')).toBe('cancelled');
    expect(await inPage('evaluated')).toBe('EvalError');
  });

  it('go nowhere and open nothing that the program forbids, and it hears of both', async () => {
    const before = page.url();
    await inPage('document.getElementById("out").click()');
    await expect.poll(heard).toContain('navigate https://example.invalid/');
    expect(page.url()).toBe(before);
    await inPage('document.getElementById("new").click()');
    await expect.poll(heard).toContain('open https://example.invalid/new');
    await inPage('window.open("https://example.invalid/second"); 0');
    await expect.poll(heard).toContain('open https://example.invalid/second');
    await expect
      .poll(
        () =>
          page
            .context()
            .pages()
            .filter((one) => one.url().includes('example')).length,
      )
      .toBe(0);
    expect((await desktop.state()).windows.length).toBe(1);
  });

  it('get no permission that the program refuses', async () => {
    const ask = (permission: string) => desktop.control<{ request: boolean }>({ do: 'permission', window: 1, permission });
    expect((await ask('geolocation')).request).toBe(false);
    expect((await ask('fullscreen')).request).toBe(true);
  });

  it('get no key that main took first', async () => {
    await inPage('window.keys = []; addEventListener("keydown", (event) => keys.push(event.key)); 0');
    for (const key of ['F11', 'a']) await desktop.control({ do: 'key', window: 1, key: { key, code: key } });
    expect(await inPage('keys')).toEqual(['a']);
    expect(await heard()).toContain('key keyDown');
  });
});

describe('the program around its windows', () => {
  it('is one alone on its data: a second one ends at once and the first is told', async () => {
    const second = await RunningDesktop.runToTheEnd({ main, choices: { userData } });
    expect(second).toMatchObject({ code: 0, stdout: '' });
    await expect.poll(heard).toContain('second number');
  });

  it('brings a page back that really crashed', async () => {
    await desktop.control({ do: 'crash', window: 1 });
    page = await desktop.page('/again');
    await page.waitForFunction('window.early !== undefined');
    expect(await heard()).toContain('gone crashed');
  });

  it('ends when its last window was closed, unless it prevents that', async () => {
    await inPage('bridge.note("stay")');
    await expect.poll(heard).toContain('note stay');
    await desktop.control({ do: 'close-window', window: 1 });
    expect((await desktop.state()).windows.length).toBe(1);
    await desktop.control({ do: 'close-window', window: 1 }).catch(() => undefined);
    expect(await desktop.ended).toMatchObject({ code: 0 });
  });
});

describe('displays', () => {
  it('are plugged in, pulled out and resized, and each is told', () => {
    const screen = new DoubleScreen(1);
    const told: unknown[] = [];
    screen.on('display-added', (_event: unknown, { id }: { id: number }) => told.push(['added', id]));
    screen.on('display-removed', (_event: unknown, { id }: { id: number }) => told.push(['removed', id]));
    screen.on('display-metrics-changed', (_event: unknown, { size }: { size: object }, changed: string[]) => told.push([size, changed]));
    screen.plug(displayNumber(2));
    screen.resize(1_002, { width: 800, height: 480 });
    expect(screen.getDisplayMatching({ x: 1_400, y: 10, width: 10, height: 10 }).id).toBe(1_002);
    screen.unplug(1_002);
    expect(screen.getDisplayMatching({ x: 1_400, y: 10, width: 10, height: 10 }).id).toBe(1_001);
    expect(told).toEqual([
      ['added', 1_002],
      [{ width: 800, height: 480 }, ['bounds', 'workArea']],
      ['removed', 1_002],
    ]);
  });
});

describe('the key store', () => {
  const file = join(userData, 'keyring');

  it('gives a secret back to the same machine, and to no other', () => {
    const sealed = new DoubleSafeStorage(file, 'real').encryptString('nøkkel');
    expect(sealed.includes('nøkkel')).toBe(false);
    expect(new DoubleSafeStorage(file, 'real').decryptString(sealed)).toBe('nøkkel');
    expect(() => new DoubleSafeStorage(join(userData, 'another'), 'real').decryptString(sealed)).toThrow('Error while decrypting');
  });

  it('may be missing, may be one in name only, and may refuse', () => {
    const state = (keyStore: 'none' | 'basic_text' | 'refuses') => {
      const store = new DoubleSafeStorage(file, keyStore);
      return [store.isEncryptionAvailable(), store.getSelectedStorageBackend()];
    };
    expect([state('none'), state('basic_text'), state('refuses')]).toEqual([
      [false, 'unknown'],
      [true, 'basic_text'],
      [true, 'gnome_libsecret'],
    ]);
    for (const keyStore of ['none', 'refuses'] as const)
      expect(() => new DoubleSafeStorage(file, keyStore).encryptString('x')).toThrow('Error while');
  });
});

describe('what the double has not', () => {
  it('is an error with its name', () => {
    const app = refuseUnknown('app', { getName: () => 'x' }) as { getName(): string; getGPUInfo?: unknown };
    expect(app.getName()).toBe('x');
    expect(() => app.getGPUInfo).toThrow(NotInDoubleError);
  });

  it('includes further schemes, so an origin of its own stands for each', () => {
    const schemes = new Set(['app']);
    for (const url of ['app://tillit/cashier?a=1#b', 'app://tillit/assets/x.js'])
      expect(fromPageUrl(toPageUrl(url, schemes), schemes)).toBe(url);
    for (const url of ['https://example.com/', 'https://a.b.invalid/', 'data:,x']) {
      expect([toPageUrl(url, schemes), fromPageUrl(url, schemes)]).toEqual([url, url]);
    }
  });
});
