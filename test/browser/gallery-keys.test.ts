/** Keyboard and scanner on the cashier's screen, with real key events in a real browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { buildGallery, openState, serveFolder } from '../support/gallery.ts';

const folder = mkdtempSync(join(tmpdir(), 'tillit-gallery-'));
/** Slower than any scanner, as fast as a quick hand. */
const HAND = { delay: 90 };
let browser: Browser;
let server: Server;
let address: string;
let page: Page;
let keys: CDPSession;

beforeAll(async () => {
  await buildGallery(folder);
  ({ server, address } = await serveFolder(folder));
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1024, height: 768 }, locale: 'nb-NO', timezoneId: 'Europe/Oslo' });
  keys = await page.context().newCDPSession(page);
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = async (state: string) => {
  await page.goto('about:blank');
  await openState(page, address, { screen: 'cashier', state });
};
/** What the screen sent last. */
const sent = async () => JSON.parse((await page.evaluate(() => document.documentElement.dataset.command)) ?? 'null') as unknown;
const search = () => page.locator('input[data-typing="search"]');
/** A scanner: its keys 8 ms apart by their own clock, however busy this machine is; Enter at the end. */
async function scan(code: string): Promise<void> {
  const startS = Date.now() / 1_000;
  const strokes = [...code].map((key) => ({ key, code: `Digit${key}`, text: key, windowsVirtualKeyCode: key.charCodeAt(0) }));
  const all = [...strokes, { key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 }];
  await Promise.all(
    all.flatMap(({ text, ...stroke }, index) => {
      const timestamp = startS + index * 0.008;
      return [
        keys.send('Input.dispatchKeyEvent', { type: 'keyDown', text, timestamp, ...stroke }),
        keys.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: timestamp + 0.002, ...stroke }),
      ];
    }),
  );
}

describe('A scan', () => {
  it('is heard when nothing has the focus', async () => {
    await open('selling');
    await scan('7038010000123');
    expect(await sent()).toEqual({ type: 'scan', code: '7038010000123' });
  });

  it('types nothing into the field that has the focus', async () => {
    await open('selling');
    await search().focus();
    await scan('7038010000123');
    expect(await sent()).toEqual({ type: 'scan', code: '7038010000123' });
    expect(await search().inputValue()).toBe('');
  });

  it('is heard behind a question, and answers nothing', async () => {
    await open('prompt-weight');
    await scan('7038010000123');
    expect(await sent()).toEqual({ type: 'scan', code: '7038010000123' });
    expect(await page.locator('input[data-typing="prompt"]').inputValue()).toBe('');
  });

  it('takes the quantity that was typed before it', async () => {
    await open('selling');
    await page.keyboard.type('3*', HAND);
    await page.locator('.quantity-chip').waitFor();
    await scan('7038010000123');
    expect(await sent()).toEqual({ type: 'scan', code: '7038010000123', quantityMilli: 3_000 });
  });
});

describe('Typing', () => {
  it('goes to the search field from anywhere, and Enter takes the first match', async () => {
    await open('selling');
    await page.keyboard.type('kak', HAND);
    await page.getByRole('option', { name: /Kakao/ }).waitFor();
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'add-article', articleNumber: '1013' });
    expect(await search().inputValue()).toBe('');
  });

  it('of a slash goes to the search field without writing it', async () => {
    await open('selling');
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-typing') === 'search');
    expect(await search().inputValue()).toBe('');
  });

  it('chooses among the matches with the arrows', async () => {
    await open('search-results');
    await search().focus();
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'add-article', articleNumber: '1011' });
  });

  it('of Esc empties the search', async () => {
    await open('search-results');
    await search().focus();
    await page.keyboard.press('Escape');
    expect(await search().inputValue()).toBe('');
  });
});

describe('The keys of payment', () => {
  it('F9 shows the QR for all that is left', async () => {
    await open('selling');
    await page.keyboard.press('F9');
    expect(await sent()).toEqual({ type: 'pay-vipps' });
  });

  it('F8 and Enter take the exact amount in cash', async () => {
    await open('selling');
    await page.keyboard.press('F8');
    await page.locator('input[data-typing="pane"]').waitFor();
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'pay-cash', receivedOre: 20_200 });
  });

  it('F8 and an amount take that much, and the change stands there first', async () => {
    await open('selling');
    await page.keyboard.press('F8');
    await page.locator('input[data-typing="pane"]').waitFor();
    await page.keyboard.type('500', HAND);
    await page.getByText('Ta imot 500,00').waitFor();
    expect(await page.locator('.pay-outcome').innerText()).toContain('298');
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'pay-cash', receivedOre: 50_000 });
  });

  it('F10 and the reference record a card payment', async () => {
    await open('selling');
    await page.keyboard.press('F10');
    await page.locator('input[data-typing="pane"]').waitFor();
    await page.keyboard.type('004711', HAND);
    await page.waitForTimeout(120);
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'pay-card', terminalReference: '004711' });
  });

  it('Esc goes back to the sale', async () => {
    await open('selling');
    await page.keyboard.press('F8');
    await page.locator('.pay-pane').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.tiles').waitFor();
  });

  it('do nothing while there is no contact with the till', async () => {
    await open('offline');
    await page.keyboard.press('F9');
    await page.keyboard.press('F8');
    await scan('7038010000123');
    expect(await sent()).toBeNull();
    expect(await page.locator('.pay-pane').count()).toBe(0);
  });
});

describe('The split', () => {
  it('shows what is left while a part is typed, and asks for that part', async () => {
    await open('split');
    await page.keyboard.type('100', HAND);
    await page.getByText('Vis QR for 100,00').waitFor();
    expect(await page.locator('.pay-outcome').innerText()).toContain('101');
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'pay-vipps', amountOre: 10_000 });
  });

  it('takes no more than is left', async () => {
    await open('split');
    await page.keyboard.type('300', HAND);
    await page.getByText('Beløpet er større').waitFor();
    await page.keyboard.press('Enter');
    expect(await sent()).toBeNull();
  });
});

describe('Enter', () => {
  it('goes on to the next customer when a sale is finished', async () => {
    await open('done-vipps');
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'next-customer' });
  });

  it('does not answer a question that nobody can have read yet', async () => {
    await open('prompt-age');
    await page.keyboard.press('Enter');
    expect(await sent()).toBeNull();
  });

  it('does not say that paper came: a person has to', async () => {
    await open('prompt-paper');
    await page.waitForTimeout(500);
    await page.keyboard.press('Enter');
    expect(await sent()).toBeNull();
  });
});

describe('Keyboard alone', () => {
  it('reaches every button of the sale, with a visible focus', async () => {
    await open('partly-paid');
    const wanted = await page.locator('button:enabled').count();
    const seen = new Set<string>();
    for (let presses = 0; presses < wanted + 12; presses += 1) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate(() => {
        const focused = document.activeElement;
        if (focused === null || focused.tagName !== 'BUTTON') return null;
        const all = [...document.querySelectorAll('button:enabled')];
        return { index: all.indexOf(focused), outline: getComputedStyle(focused).outlineStyle };
      });
      if (found === null) continue;
      expect(found.outline).toBe('solid');
      seen.add(String(found.index));
    }
    expect(seen.size).toBe(wanted);
  });
});
