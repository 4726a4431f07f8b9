/** The screens on a real WebSocket: what they show when the till speaks, falls silent and comes back. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ArticleTile } from '../../app/till/contract.ts';
import { cashierStates } from '../../renderer/gallery/cashier-states.ts';
import { customerStates } from '../../renderer/gallery/customer-states.ts';
import { launchBrowser } from '../support/browser.ts';
import { buildGallery, serveFolder } from '../support/gallery.ts';

const folder = mkdtempSync(join(tmpdir(), 'tillit-screens-'));
let browser: Browser;
let server: Server;
let address: string;
let sockets: WebSocketServer;
let page: Page;
let lines: WebSocket[] = [];
let offered: string[] = [];
let onLine: (line: WebSocket) => void = () => undefined;

const qr = customerStates('nb', 'light').qr?.view;
const idle = customerStates('nb', 'light').idle?.view;
const selling = cashierStates('nb', 'light').selling?.view;
const view = (of: unknown, version = 1) => JSON.stringify({ type: 'view', view: { ...(of as object), version, nowMs: Date.now() } });
const fresh = (of: typeof qr) => ({ ...of, screen: { ...of?.screen, expiresAtMs: Date.now() + 500_000 } });

beforeAll(async () => {
  await buildGallery(folder);
  ({ server, address } = await serveFolder(folder));
  sockets = new WebSocketServer({ server, path: '/ws', handleProtocols: (names) => (names.has('tillit') ? 'tillit' : false) });
  sockets.on('connection', (line, request) => {
    offered.push(request.headers['sec-websocket-protocol'] ?? '');
    lines.push(line);
    onLine(line);
  });
  browser = await launchBrowser();
}, 60_000);

afterAll(async () => {
  await browser.close();
  sockets.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  lines = [];
  offered = [];
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'nb-NO' });
});

afterEach(async () => {
  await page.close();
  for (const line of lines) line.terminate();
});

describe('The customer’s screen', () => {
  it('takes its token from the address and leaves none of it there', async () => {
    onLine = (line) => line.send(view(idle));
    await page.goto(`${address}/customer.html#token=abc-_9`);
    await page.getByText('Velkommen').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    expect(offered[0]).toBe('tillit, token.abc-_9');
    await page.reload();
    await page.getByText('Velkommen').waitFor();
    expect(offered[1]).toBe('tillit, token.abc-_9');
  });

  it('says how to pair it when it was opened without a token', async () => {
    await page.goto(`${address}/customer.html`);
    await page.getByText('ikke koblet til en kasse').waitFor();
    expect(lines).toHaveLength(0);
  });

  it('hides the QR at once when the line dies, and shows nothing of it until a new view has come', async () => {
    onLine = (line) => line.send(view(fresh(qr), 40));
    await page.goto(`${address}/customer.html#token=a`);
    await page.locator('.qr').waitFor();
    onLine = (line) => line.send('{"type":"beat"}');
    lines[0]?.terminate();
    await page.getByText('Et øyeblikk').waitFor();
    expect(await page.locator('.qr').count()).toBe(0);
    await page.waitForFunction(() => performance.now() > 0);
    await expect.poll(() => lines.length).toBeGreaterThan(1);
    expect(await page.locator('.qr').count()).toBe(0);
    lines.at(-1)?.send(view(idle, 1));
    await page.getByText('Velkommen').waitFor();
  });

  it('hides the QR when the till falls silent for five seconds', async () => {
    await page.clock.install();
    onLine = (line) => line.send(view(fresh(qr)));
    await page.goto(`${address}/customer.html#token=a`);
    await page.locator('.qr').waitFor();
    onLine = () => undefined;
    await page.clock.runFor(4_000);
    expect(await page.locator('.qr').count()).toBe(1);
    await page.clock.runFor(2_000);
    await page.getByText('Et øyeblikk').waitFor();
    expect(await page.locator('.qr').count()).toBe(0);
  });

  it('takes the QR away when its time is over, even if the till says nothing', async () => {
    onLine = (line) => line.send(view({ ...qr, screen: { ...qr?.screen, expiresAtMs: Date.now() + 1_200 } }));
    await page.goto(`${address}/customer.html#token=a`);
    await page.locator('.qr').waitFor();
    await page.locator('.qr-over').waitFor();
    expect(await page.locator('.qr').count()).toBe(0);
  });

  it('sends nothing', async () => {
    const heard: unknown[] = [];
    onLine = (line) => {
      line.on('message', (data) => heard.push(data));
      line.send(view(fresh(qr)));
    };
    await page.goto(`${address}/customer.html#token=a`);
    await page.locator('.qr').waitFor();
    await page.keyboard.type('7038010000123');
    await page.keyboard.press('Enter');
    await page.mouse.click(300, 300);
    expect(heard).toEqual([]);
  });
});

describe('The cashier’s screen', () => {
  it('sends a command and says what the till refused', async () => {
    onLine = (line) => {
      line.on('message', (data) => {
        const { id, type } = JSON.parse(String(data)) as { id: string; type: string };
        const answer =
          type === 'query' ? { type: 'articles', articles: [] } : { ok: false, code: 'payment-alive', message: 'En betaling er i gang.' };
        line.send(JSON.stringify({ type: 'answer', id, answer }));
      });
      line.send(view(selling));
    };
    await page.goto(`${address}/cashier.html#token=a`);
    await page.getByRole('button', { name: /Vipps QR/ }).click();
    await page.getByText('En betaling er i gang.').waitFor();
  });

  it('says that nobody knows when the line dies under a command, and that there is no contact', async () => {
    onLine = (line) => {
      line.on('message', (data) => {
        const { id, type } = JSON.parse(String(data)) as { id: string; type: string };
        if (type === 'query') line.send(JSON.stringify({ type: 'answer', id, answer: { type: 'articles', articles: [] } }));
        else line.terminate();
      });
      line.send(view(selling));
    };
    await page.goto(`${address}/cashier.html#token=a`);
    const pay = page.getByRole('button', { name: /Vipps QR/ });
    await pay.waitFor();
    onLine = () => undefined;
    await pay.click();
    await page.getByText('Ingen kontakt med kassen').waitFor();
    await page.getByText('usikkert om kassen fikk med seg').waitFor();
    expect(await pay.isDisabled()).toBe(true);
    lines.at(-1)?.send(view(selling, 1));
  });

  it('asks for the tiles again over a new line when the old one broke under the question', async () => {
    let asked = 0;
    const tile: ArticleTile = {
      articleNumber: '9001',
      name: 'Kransekake',
      groupId: 'bread',
      unitPriceOre: 24_900,
      unit: 'stk',
      weighed: false,
      ageLimitYears: null,
    };
    onLine = (line) => {
      line.on('message', (data) => {
        const { id } = JSON.parse(String(data)) as { id: string };
        asked += 1;
        if (asked === 1) line.terminate();
        else line.send(JSON.stringify({ type: 'answer', id, answer: { type: 'articles', articles: [tile] } }));
      });
      line.send(view(selling));
    };
    await page.goto(`${address}/cashier.html#token=a`);
    await page.getByRole('button', { name: /Kransekake/ }).waitFor();
    expect(asked).toBeGreaterThan(1);
  });

  it('drops a view that is late', async () => {
    onLine = (line) => line.send(view(selling, 10));
    await page.goto(`${address}/cashier.html#token=a`);
    await page.getByText('Salg 1042').waitFor();
    lines[0]?.send(view({ ...selling, basket: null }, 9));
    lines[0]?.send(view({ ...selling, registerName: 'Kasse 9' }, 11));
    await page.getByText('Kasse 9').waitFor();
    expect(await page.getByText('Salg 1042').count()).toBe(1);
  });
});
