import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/source-files.ts';
import { newData, removeData, Shop } from './shop.ts';

const data = newData();
let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open({ data });
}, 120_000);
afterAll(async () => {
  await shop?.desktop.stop();
  removeData(data);
});

const pages = () => Promise.all([shop.cashier(), shop.customer()]);
const sources = readdirSync(join(root, 'main'))
  .map((name) => readFileSync(join(root, 'main', name), 'utf8'))
  .join('\n');

describe('a page', () => {
  it('finds nothing of Electron and nothing of Node', async () => {
    for (const page of await pages()) {
      const kinds = await page.evaluate(
        '[typeof require, typeof process, typeof module, typeof Buffer, typeof ipcRenderer, typeof electron]',
      );
      expect(kinds).toEqual(Array(6).fill('undefined'));
    }
  });

  it('gets a bridge of plain functions: no event, no sender, no channel of its choice', async () => {
    const page = await shop.cashier();
    expect(await page.evaluate('Object.keys(window.tillit).sort()')).toEqual(['ask', 'onView', 'role', 'send', 'settings']);
    expect(await page.evaluate('new Promise((done) => window.tillit.onView((...heard) => done(heard.length)))')).toBe(1);
  });

  it('runs no text as code, and no script that is not a built file', async () => {
    for (const page of await pages()) {
      const ran = await page.evaluate(`new Promise((done) => {
        const script = document.createElement('script');
        script.textContent = 'window.injected = 1';
        document.head.append(script);
        const from = document.createElement('script');
        from.src = 'data:text/javascript,window.injected=2';
        from.onload = from.onerror = () => done(window.injected ?? 'nothing');
        document.head.append(from);
      })`);
      expect(ran).toBe('nothing');
    }
  });

  it('reaches nothing outside, neither over https nor on this machine', async () => {
    for (const page of await pages()) {
      for (const url of ['https://example.invalid/', `${shop.line.api}/api/views/cashier`, 'file:///etc/hosts']) {
        expect([url, await page.evaluate(`fetch(${JSON.stringify(url)}).then(() => 'came', () => 'refused')`)]).toEqual([url, 'refused']);
      }
    }
  });

  it('stays where it is', async () => {
    for (const page of await pages()) {
      const before = page.url();
      for (const url of ['https://example.invalid/', 'app://tillit/cashier/x', `${shop.line.api}/cashier`]) {
        await page.evaluate(
          `{ const a = document.createElement('a'); a.href = ${JSON.stringify(url)}; document.body.append(a); a.click(); a.remove(); }`,
        );
      }
      await page.evaluate('new Promise((done) => setTimeout(done, 100))');
      expect(page.url()).toBe(before);
    }
    expect((await shop.view()).shopName).not.toBe('');
  });

  it('opens no window, whatever the address', async () => {
    for (const page of await pages()) {
      for (const url of ['https://example.invalid/', 'about:blank', 'app://tillit/cashier', 'javascript:alert(1)']) {
        await page.evaluate(`void window.open(${JSON.stringify(url)})`);
      }
    }
    const { windows, opened } = await shop.desktop.state();
    expect([windows.length, opened]).toEqual([2, []]);
  });

  it('holds no other page: no frame, no webview', async () => {
    const page = await shop.cashier();
    const frames = await page.evaluate(`new Promise((done) => {
      const frame = document.createElement('iframe');
      frame.src = 'https://example.invalid/';
      frame.onload = () => done('loaded');
      document.body.append(frame, document.createElement('webview'));
      setTimeout(() => done('not loaded'), 300);
    })`);
    expect(frames === 'not loaded' || page.frames().every((frame) => !frame.url().includes('example'))).toBe(true);
    await page.evaluate("document.querySelectorAll('iframe, webview').forEach((one) => one.remove())");
  });

  it('gets no permission, asked or looked up', async () => {
    for (const { id } of (await shop.desktop.state()).windows) {
      for (const permission of [
        'media',
        'geolocation',
        'notifications',
        'clipboard-read',
        'hid',
        'serial',
        'usb',
        'fullscreen',
        'openExternal',
      ]) {
        const said = await shop.desktop.control({ do: 'permission', window: id, permission });
        expect([permission, said]).toEqual([permission, { check: false, request: false, device: false }]);
      }
    }
  });
});

describe('the system’s browser', () => {
  it('gets the practice phone and the practice printer from the cashier’s page, at the addresses that main knows', async () => {
    const { phone, printer } = shop.line;
    const page = await shop.cashier();
    await page.evaluate(`void window.open(${JSON.stringify(phone)})`);
    await page.evaluate("void window.open('/printer#token=anything')");
    const { opened, windows } = await shop.desktop.until((state) => state.opened.length === 2);
    expect([opened, windows.length]).toEqual([[phone, printer], 2]);
  });

  it('gets nothing from the customer’s page', async () => {
    const before = (await shop.desktop.state()).opened.length;
    await (await shop.customer()).evaluate(`void window.open(${JSON.stringify(shop.line.phone)})`);
    expect((await shop.desktop.state()).opened.length).toBe(before);
  });
});

describe('the program’s text', () => {
  it('loads no file and no address of its own choice', () => {
    expect(sources).not.toMatch(/\.loadFile\(|loadURL\((?!pageAddress\(|SETTINGS_PAGE\)|numberAddress\()|file:\/\/\/|pathToFileURL/);
  });

  it('never asks for what weakens a window', () => {
    expect(sources).not.toMatch(
      /enableBlinkFeatures|webviewTag: true|allowpopups|nodeIntegration: true|contextIsolation: false|webSecurity: false/,
    );
  });

  it('is run by one Electron, named to the digit, that carries the Node of this repository', () => {
    const read = (...path: readonly string[]) =>
      JSON.parse(readFileSync(join(root, ...path, 'package.json'), 'utf8')) as {
        version: string;
        devDependencies: Record<string, string>;
      };
    const wanted = read().devDependencies.electron ?? '';
    expect(wanted).toMatch(/^\d+\.\d+\.\d+$/);
    expect(read('node_modules', 'electron').version).toBe(wanted);
    expect(Number(wanted.split('.')[0])).toBeGreaterThanOrEqual(45);
  });
});
