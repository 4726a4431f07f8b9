/** An impatient finger on the real register: what falls twice where it should fall once, with real events in a real browser. */
import type { Browser, CDPSession, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cashier } from '../scenarios/cashier.ts';
import { clearCounter } from '../scenarios/clear-counter.ts';
import type { Customer } from '../scenarios/customer.ts';
import { chosenShell, Shop } from '../scenarios/shop.ts';
import { launchBrowser } from '../support/browser.ts';

let browser: Browser;
let shop: Shop;
let cashier: Cashier;
let customer: Customer;
let input: CDPSession;

beforeAll(async () => {
  browser = await launchBrowser();
  shop = await Shop.open(browser, chosenShell());
  ({ cashier, customer } = shop);
  input = await cashier.page.context().newCDPSession(cashier.page);
}, 90_000);
beforeEach(async () => {
  await clearCounter(shop.register);
  await cashier.shows('Klar for neste kunde');
  await customer.sees('idle');
});
afterEach(() => {
  expect(shop.complaints.splice(0)).toEqual([]);
});
afterAll(async () => {
  await shop?.close();
  await browser?.close();
});

let lastStartS = 0;
/** When a test's events begin: long after those of the test before. */
function startsAtS(): number {
  lastStartS = Math.max(Date.now() / 1_000, lastStartS + 5);
  return lastStartS;
}

/** A finger at one place. The taps' times are the finger's own, however long this machine takes for what they do. */
async function fingerAt(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new TypeError('there is nothing to tap');
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const startS = startsAtS();
  return async (afterMs: number) => {
    const timestamp = startS + afterMs / 1_000;
    for (const type of ['mousePressed', 'mouseReleased'] as const) {
      await input.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1, timestamp });
    }
  };
}

const stage = async () => (await shop.register.cashierView()).stage.kind;

async function scanKneipp(): Promise<void> {
  await cashier.scan('7090000010010');
  await cashier.hasLine('Kneipp, grovt');
}

describe('Two taps in a row', () => {
  it('on "Kontant" open the cash and take nothing', async () => {
    await scanKneipp();
    const tap = await fingerAt(cashier.button('Kontant').first());
    await tap(0);
    await cashier.button('Ta imot 40,00').waitFor();
    await tap(200);
    await cashier.shows('I kontanter 40,00');
    expect(await stage()).toBe('selling');
  });

  it('on "Ta imot" leave the change on the screen', async () => {
    await scanKneipp();
    await cashier.payBy('F8');
    const tap = await fingerAt(cashier.button('Ta imot 40,00'));
    await tap(0);
    await cashier.isFinished();
    await cashier.receiptIsPrinted();
    const before = (await shop.register.papers()).papers.length;
    await tap(300);
    expect(await stage()).toBe('finished');
    expect((await shop.register.papers()).papers.length).toBe(before);
    // A finger that has rested is meant.
    const next = await fingerAt(cashier.button('Ny kunde'));
    await next(2_000);
    await cashier.shows('Klar for neste kunde');
  });

  it('at the edge of "Vipps QR" start a payment and do not cancel it', async () => {
    await scanKneipp();
    const tap = await fingerAt(cashier.button('Vipps QR').first());
    await tap(0);
    await customer.seesQr();
    await tap(400);
    expect(await stage()).toBe('payment');
    expect((await shop.register.cashierView()).stage).toMatchObject({ phase: 'waiting-for-scan' });
  });
});

describe('Quick taps that are meant', () => {
  it('on an article are as many pieces', async () => {
    const kneipp = cashier.page.getByRole('button', { name: /^Kneipp, grovt/ }).first();
    const tap = await fingerAt(kneipp);
    for (const afterMs of [0, 120, 240, 360]) await tap(afterMs);
    await customer.shows('4 × 39,90');
  });

  it('on "Én til" are as many more', async () => {
    await scanKneipp();
    await cashier.page
      .getByRole('list', { name: 'Varer i salget' })
      .getByRole('button', { name: /Kneipp/ })
      .click();
    const tap = await fingerAt(cashier.button('Én til'));
    for (const afterMs of [2_000, 2_120, 2_240]) await tap(afterMs);
    await customer.shows('4 × 39,90');
  });
});
