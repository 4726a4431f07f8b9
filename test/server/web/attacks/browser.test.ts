import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from '../../../support/browser.ts';
import { registerForTest, writeConfiguration } from './attacked-register.ts';

const EVIL = '<img src=x onerror="window.hacked=1">';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function open(url: string): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}

describe('words that look like a page', () => {
  it('are words on both screens and on the paper, wherever they come from', async () => {
    const operators = [{ id: '12', name: `O ${EVIL}` }];
    const shop = { name: `S ${EVIL}`, address: [EVIL], orgNumber: '999999999' };
    const register = await registerForTest({ configFile: writeConfiguration(null, { operators, shop }) });
    const csv = `varenr;navn;gruppe;pris;mva\n1;"A ${EVIL.replaceAll('"', '""')}";"G ${EVIL.replaceAll('"', '""').slice(0, 36)}";10,00;25\n`;
    await register.must({ type: 'import-catalogue', fileName: EVIL, base64: Buffer.from(csv).toString('base64') });
    const [cashier, customer, printer] = await Promise.all([
      open(register.ready.cashier),
      open(register.ready.customer),
      open(register.printerPage),
    ]);
    await register.must({ type: 'add-article', articleNumber: '1' });
    const [line] = (await register.cashierView()).basket?.lines ?? [];
    const discount = { kind: 'percent', basisPoints: 1_000, reason: `R ${EVIL}` } as const;
    await register.must({ type: 'discount-line', lineId: line?.lineId ?? '', discount });
    await register.command({ type: 'scan', code: EVIL });
    for (const { page } of [cashier, customer]) {
      await expect.poll(() => page.textContent('body'), { timeout: 20_000 }).toContain(`A ${EVIL}`);
      await expect.poll(() => page.textContent('body')).toContain(`R ${EVIL}`);
    }
    await register.must({ type: 'pay-card', terminalReference: `T ${EVIL}`.slice(0, 40) });
    await register.until((view) => view.stage.kind === 'finished' && view.stage.receipt.state === 'printed');
    await printer.page.locator('img').first().waitFor({ state: 'attached' });
    for (const { page, complaints } of [cashier, customer, printer]) {
      expect([await page.evaluate(() => 'hacked' in window), complaints]).toEqual([false, []]);
    }
  });
});

describe('a page of another site', () => {
  it('can neither read nor sell, though it knows every token', async () => {
    const register = await registerForTest({ configFile: writeConfiguration(null) });
    const evil = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html>');
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void evil.close());
    const { page } = await open(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
    const { api, tokens } = register.ready;
    const got = await page.evaluate(
      async ({ api, token }) => {
        const outcome = (promise: Promise<unknown>) =>
          promise.then(
            (got) => (got instanceof Response ? got.type : String(got)),
            () => 'refused',
          );
        const authorization = `Bearer ${token}`;
        const body = '{"type":"add-article","articleNumber":"1001"}';
        const connected = new Promise((resolve, reject) => {
          const socket = new WebSocket(`${api.replace('http', 'ws')}/ws`, ['tillit', `token.${token}`]);
          socket.onopen = () => resolve('open');
          socket.onerror = reject;
        });
        const socket = await outcome(connected);
        return {
          read: await outcome(fetch(`${api}/api/views/cashier`, { headers: { authorization } })),
          send: await outcome(
            fetch(`${api}/api/commands`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body }),
          ),
          blind: await outcome(
            fetch(`${api}/api/commands`, { method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body }),
          ),
          paper: await outcome(fetch(`${api}/api/printer/papers?token=${token}`)),
          picture: await outcome(
            new Promise((resolve, reject) => {
              const image = new Image();
              image.onload = () => resolve('shown');
              image.onerror = reject;
              image.src = `${api}/api/printer/papers/000001.png?token=${token}`;
            }),
          ),
          socket,
        };
      },
      { api, token: tokens.cashier },
    );
    expect(got).toEqual({ read: 'refused', send: 'refused', blind: 'refused', paper: 'refused', picture: 'refused', socket: 'refused' });
    expect((await register.cashierView()).basket).toBeNull();
  });
});
