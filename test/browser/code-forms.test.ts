/** The code on the customer's screen in each form that a provider gives it: always the same way to the payment. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiName, Shop } from '../scenarios/shop.ts';
import { launchBrowser } from '../support/browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it.each<{ api: ApiName; code: 'svg' | 'target-url' }>([
  { api: 'ecom', code: 'svg' },
  { api: 'epayment', code: 'svg' },
  { api: 'epayment', code: 'target-url' },
])('through $api as $code can be scanned and paid', async ({ api, code }) => {
  const shop = await Shop.open(browser, 'web', { qr: { code } }, api);
  try {
    await shop.cashier.scan('7090000010010');
    await shop.cashier.hasLine('Kneipp, grovt');
    await shop.cashier.payBy('F9');
    const text = await shop.customer.readQr();
    const [payment] = shop.sandbox.control.payments();
    expect(text).toBe(payment?.url);
    await shop.phone.scan(text);
    await shop.phone.approve();
    await shop.cashier.isFinished();
  } finally {
    await shop.close();
  }
});
