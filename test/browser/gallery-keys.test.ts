/** Keyboard and scanner on the cashier's screen, with real key events in a real browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { americanScanner, norwegianScanner, type Stroke } from '../renderer/shared/norwegian-keyboard.ts';
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
const ENTER: Stroke = { key: 'Enter', code: 'Enter', shift: false, ctrl: false };
const TAB: Stroke = { key: 'Tab', code: 'Tab', shift: false, ctrl: false };
const LINE_FEED: Stroke = { key: 'j', code: 'KeyJ', shift: false, ctrl: true };
const TEXTS: Readonly<Record<string, string>> = { Enter: '\r', Tab: '', Dead: '' };

/** One key with the time at which it was pressed, whenever the page comes to hear of it. */
async function pressAt(stroke: Stroke, atS: number): Promise<void> {
  const { key, code, shift, ctrl } = stroke;
  const text = ctrl ? '' : (TEXTS[key] ?? key);
  const virtual = { Enter: 13, Tab: 9 }[key] ?? (text === '' ? 0 : text.toUpperCase().charCodeAt(0));
  const all = { key, code, modifiers: (ctrl ? 2 : 0) + (shift ? 8 : 0), windowsVirtualKeyCode: virtual };
  await Promise.all([
    keys.send('Input.dispatchKeyEvent', {
      type: text === '' ? 'rawKeyDown' : 'keyDown',
      ...all,
      ...(text === '' ? {} : { text }),
      timestamp: atS,
    }),
    keys.send('Input.dispatchKeyEvent', { type: 'keyUp', ...all, timestamp: atS + 0.002 }),
  ]);
}

/** A scanner: its keys 8 ms apart by their own clock, however busy this machine is; Enter at the end. */
async function scan(code: string | readonly Stroke[], endings: readonly Stroke[] = [ENTER]): Promise<void> {
  const startS = Date.now() / 1_000;
  const strokes = typeof code === 'string' ? norwegianScanner(code) : code;
  await Promise.all([...strokes, ...endings].map((stroke, index) => pressAt(stroke, startS + index * 0.008)));
}

/** Long after everything that happened so far, by the keyboard's clock: nobody has to wait for it. */
const muchLaterS = () => Date.now() / 1_000 + 5;

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

  it.each([
    ['Tab', [TAB]],
    ['CR LF', [ENTER, ENTER]],
    ['CR and a line feed as Ctrl+J', [ENTER, LINE_FEED]],
    ['a line feed alone', [LINE_FEED]],
  ])('may end with %s, which presses and moves nothing', async (_, endings) => {
    await open('prompt-weight');
    const focused = () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80));
    const before = await focused();
    await scan('7038010000123', endings);
    expect(await sent()).toEqual({ type: 'scan', code: '7038010000123' });
    expect(await focused()).toBe(before);
    expect(await page.locator('dialog[open] input[data-typing="prompt"]').inputValue()).toBe('');
  });

  it.each([
    ['the customer’s own code', 'https://qr.vipps.no/28/2/01/031/4791234567?v=1'],
    ['a GS1 code with its marks', ']d2010703801000012310A-1/b\u001d21x'],
    ['a receipt', 'T1S.KOLO.1.1042.5G'],
  ])('of %s is heard right from an American scanner under a Norwegian layout, and from a Norwegian one', async (_, code) => {
    for (const strokes of [americanScanner(code), ...(code.startsWith(']') ? [] : [norwegianScanner(code)])]) {
      await open('selling');
      await search().focus();
      await scan(strokes);
      expect(await sent()).toEqual({ type: 'scan', code });
      expect(await search().inputValue()).toBe('');
    }
  });

  it('types nothing into an open pane for money', async () => {
    await open('selling');
    await page.keyboard.press('F8');
    const field = page.locator('input[data-typing="pane"]');
    await field.waitFor();
    const before = await field.inputValue();
    await scan('7038010000123');
    expect(await sent()).toEqual({ type: 'scan', code: '7038010000123' });
    expect(await field.inputValue()).toBe(before);
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
    await pressAt(ENTER, muchLaterS());
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

describe('After a payment that came to nothing', () => {
  for (const key of ['F8', 'F10']) {
    it(`${key} leaves it for other means`, async () => {
      await open('pay-rejected');
      await page.keyboard.press(key);
      expect(await sent()).toEqual({ type: 'close-payment' });
    });
  }

  it('F9 tries again with the same amount', async () => {
    await open('pay-rejected');
    await page.keyboard.press('F9');
    expect(await sent()).toMatchObject({ type: 'pay-vipps' });
  });

  it('the way out stands where cancelling stood, and trying again where checking stood', async () => {
    const place = async (state: string, name: string) => {
      await open(state);
      const box = await page.getByRole('button', { name, exact: true }).boundingBox();
      return { x: box?.x, y: box?.y, width: box?.width };
    };
    const out = await place('pay-waiting-for-scan', 'Avbryt betalingen');
    expect(await place('pay-creating', 'Avbryt betalingen')).toEqual(out);
    for (const state of ['pay-rejected', 'pay-cancelled', 'pay-refused']) expect(await place(state, 'Andre betalingsmåter')).toEqual(out);
    const on = await place('pay-waiting-for-scan', 'Sjekk igjen');
    for (const state of ['pay-rejected', 'pay-cancelled', 'pay-refused']) expect(await place(state, 'Prøv igjen')).toEqual(on);
  });
});

describe('A typed weight', () => {
  it('shows its price while it is typed', async () => {
    await open('prompt-weight');
    await page.keyboard.type('0,822', HAND);
    await page.locator('.weight-outcome .sr-only').filter({ hasText: '32,80' }).waitFor({ state: 'attached' });
  });

  it('above what a counter weighs is asked about first, and added by a second press that saw the question', async () => {
    await open('prompt-weight');
    await page.keyboard.type('822', HAND);
    await page.getByText('Mente du 0,822').waitFor();
    const enter = (timestamp: number, type: 'keyDown' | 'keyUp') =>
      keys.send('Input.dispatchKeyEvent', {
        type,
        timestamp,
        key: 'Enter',
        code: 'Enter',
        text: type === 'keyDown' ? '\r' : '',
        windowsVirtualKeyCode: 13,
      });
    const startS = Date.now() / 1_000 + 1;
    await enter(startS, 'keyDown');
    await enter(startS + 0.05, 'keyUp');
    await page.getByRole('button', { name: 'Ja, 822,000' }).waitFor();
    await enter(startS + 0.3, 'keyDown');
    await enter(startS + 0.35, 'keyUp');
    expect(await sent()).toBeNull();
    await enter(startS + 2, 'keyDown');
    await enter(startS + 2.05, 'keyUp');
    expect(await sent()).toEqual({ type: 'answer-weight', quantityMilli: 822_000 });
  });
});

describe('The receipt on the screen', () => {
  it('has its code drawn, and no brackets', async () => {
    await open('done-vipps');
    await page.locator('.paper-qr').waitFor();
    expect(await page.locator('.paper').innerText()).not.toContain('[QR');
  });
});

describe('Enter', () => {
  it('goes on to the next customer when a sale is finished', async () => {
    await open('done-vipps');
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'next-customer' });
  });

  it('does not answer a question that nobody can have read yet', async () => {
    await open('selling');
    const onItsWayS = Date.now() / 1_000;
    await openState(page, address, { screen: 'cashier', state: 'prompt-age' });
    await page.locator('dialog[open] button[data-primary]').waitFor();
    await pressAt(ENTER, onItsWayS);
    expect(await sent()).toBeNull();
    await pressAt(ENTER, muchLaterS());
    await expect.poll(sent).toEqual({ type: 'answer-age', oldEnough: true });
  });

  it('does not say that paper came: a person has to', async () => {
    await open('prompt-paper');
    await page.locator('dialog[open]').waitFor();
    await pressAt(ENTER, muchLaterS());
    expect(await sent()).toBeNull();
  });
});

describe('Keyboard alone', () => {
  /** Which of the page's buttons has the focus, or null. */
  const focused = () =>
    page.evaluate(() => {
      const active = document.activeElement;
      if (active === null || active.tagName !== 'BUTTON') return null;
      const all = [...document.querySelectorAll('button:enabled')];
      return { index: all.indexOf(active), outline: getComputedStyle(active).outlineStyle };
    });

  it('reaches every button of the sale with Tab and the arrow keys, with a visible focus', async () => {
    await open('partly-paid');
    const wanted = await page.locator('button:enabled').count();
    const seen = new Set<number>();
    for (let stops = 0; stops < 20 && seen.size < wanted; stops += 1) {
      await page.keyboard.press('Tab');
      for (let found = await focused(); found !== null && !seen.has(found.index); found = await focused()) {
        expect(found.outline).toBe('solid');
        seen.add(found.index);
        await page.keyboard.press('ArrowRight');
      }
    }
    expect(seen.size).toBe(wanted);
  });

  it('comes from the search over groups, articles and lines to paying in ten Tabs at most', async () => {
    await open('selling');
    await search().focus();
    let tabs = 0;
    const pays = () => page.evaluate(() => document.activeElement?.closest('.pay-buttons') !== null);
    while (tabs < 12 && !(await pays())) {
      await page.keyboard.press('Tab');
      tabs += 1;
    }
    expect(tabs).toBeLessThanOrEqual(10);
  });

  it('moves among the articles with the arrows, and comes back to the same one', async () => {
    await open('selling');
    await page.locator('.tile').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const name = await page.evaluate(() => document.activeElement?.querySelector('.tile-name')?.textContent);
    expect(name).toBe('Rundstykke, grovt');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.querySelector('.tile-name')?.textContent)).toBe(name);
  });
});

describe('A return by keyboard', () => {
  const chosen = () => page.locator('.return-row[data-active] .return-count strong').innerText();

  it('is found with F6, chosen with arrows or plus and minus, and taken with Enter once a reason is there', async () => {
    await open('selling');
    await page.keyboard.press('F6');
    await page.keyboard.type('874', HAND);
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[data-typing="pane"]')?.value === '874');
    await pressAt(ENTER, muchLaterS());
    await page.locator('.return-row[data-active]').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await chosen()).toBe('2');
    await page.keyboard.press('-');
    await page.waitForFunction(() => document.querySelector('.return-row[data-active] .return-count strong')?.textContent === '1');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('+');
    await page.waitForFunction(() => document.querySelector('.return-row[data-active] .return-count strong')?.textContent === '1');
    await page.getByRole('button', { name: 'Defekt' }).click();
    await page.getByRole('button', { name: 'Ta i retur 64,80' }).waitFor();
    await pressAt(ENTER, muchLaterS() + 5);
    expect(await sent()).toEqual({
      type: 'take-return',
      orderId: 'own',
      lines: [
        { lineNo: 1, quantityMilli: 1_000 },
        { lineNo: 2, quantityMilli: 1_000 },
      ],
      reason: 'Defekt',
    });
  });

  it('is left step by step with Esc', async () => {
    await open('return-chosen');
    await page.locator('.return-row[data-active]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.return-find').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.tiles').waitFor();
  });

  it('sends a manager’s code with what was chosen, and shows none of it', async () => {
    await open('return-approve');
    await page.getByRole('button', { name: 'Ola S.' }).click();
    await page.keyboard.type('4711', HAND);
    await page.locator('button[data-primary]:not(:disabled)').waitFor();
    expect(await page.locator('input[data-typing="pane"]').getAttribute('type')).toBe('password');
    await pressAt(ENTER, muchLaterS());
    expect(await sent()).toMatchObject({ type: 'take-return', approval: { managerId: '14', pin: '4711' } });
  });

  it('gives the money back with Enter, and hands out what is cash', async () => {
    await open('basket-return');
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'give-back' });
    await open('give-back-cash');
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'part-handed-out', partNo: 2 });
  });

  it('wants the terminal’s reference before a card’s part is done', async () => {
    await open('give-back-card');
    await page.keyboard.type('004711', HAND);
    await page.locator('button[data-primary]:not(:disabled)').waitFor();
    await pressAt(ENTER, muchLaterS());
    expect(await sent()).toEqual({ type: 'part-handed-out', partNo: 2, terminalReference: '004711' });
  });
});
