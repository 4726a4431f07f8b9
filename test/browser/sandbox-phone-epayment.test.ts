import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EpaymentMerchant, startEpayment } from '../server/sandbox/epayment-merchant.ts';
import { launchBrowser } from '../support/browser.ts';
import { readQr } from '../support/read-qr.ts';

let browser: Browser;
let page: Page;
let shop: EpaymentMerchant;
let problems: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  await shop?.merchant.sandbox.close();
  shop = await startEpayment({ salesUnits: [{ msn: '123456', name: 'Kolonial på hjørnet', skipLandingPage: true }] });
  await page?.context().close();
  page = await (await browser.newContext({ viewport: { width: 900, height: 880 } })).newPage();
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
});
afterAll(async () => {
  await browser?.close();
  await shop?.merchant.sandbox.close();
});

const sums = (reference: string) => expect.poll(() => shop.sums(reference));
const phone = () => page.goto(shop.merchant.sandbox.phoneUrl);

describe('the phone, in ePayment', () => {
  it('shows a personal code that the till can scan, and the payment comes over it', async () => {
    await phone();
    await page.locator('[data-action="my-code"]').click();
    await page.locator('[data-content]').filter({ hasText: 'https://qr.vipps.no/p/' }).waitFor();
    const shown = (await page.locator('[data-content]').textContent()) ?? '';
    expect(readQr(await page.locator('.myCode').screenshot())).toBe(shown);
    await shop.create('phone-personal', { userFlow: 'PUSH_MESSAGE', customer: { personalQr: shown } });
    await page.locator('[data-action="open-push"]').click();
    await page.locator('[data-action="approve"]').click();
    await page.locator('.outcome[data-phase="reserved"]').waitFor();
    await sums('phone-personal').toBe('AUTHORIZED 14770/0/0/0');
    expect(problems).toEqual([]);
  });

  it('does not let somebody too young approve, and does when somebody older holds it', async () => {
    await phone();
    await page.locator('[data-field="holder"]').selectOption({ label: 'Ola Nordmann, 16 år' });
    await shop.create('phone-age', { minimumUserAge: 18 });
    await page.locator('[data-action="scan"]').click();
    await page.locator('[data-too-young]').waitFor();
    expect(await page.locator('[data-action="approve"]').isDisabled()).toBe(true);
    await page.locator('[data-action="back"]').click();
    await page.locator('[data-field="holder"]').selectOption({ label: 'Kari Nordmann, 34 år' });
    await page.locator('[data-action="scan"]').click();
    await page.locator('[data-action="approve"]:enabled').click();
    await sums('phone-age').toBe('AUTHORIZED 14770/0/0/0');
  });

  it('pays by card on the web, shows the receipt, and leads back to the shop', async () => {
    const line = { name: 'Et brød', id: '1', totalAmount: 14_770, totalAmountExcludingTax: 12_843, totalTaxAmount: 1_927 };
    const answer = await shop.create('phone-card', {
      userFlow: 'WEB_REDIRECT',
      paymentMethod: { type: 'CARD' },
      returnUrl: 'https://example.com/done',
      receipt: { orderLines: [line], bottomLine: { currency: 'NOK' } },
    });
    await page.goto(String(answer.json.redirectUrl));
    await page.getByText('Et brød').waitFor();
    await page.getByRole('button', { name: 'Betal med kort' }).click();
    await page.locator('.outcome[data-phase="reserved"]').waitFor();
    expect(await page.locator('[data-action="return"]').getAttribute('href')).toBe('https://example.com/done');
    await sums('phone-card').toBe('AUTHORIZED 14770/0/0/0');
  });

  it('checks in at a register whose sign it scans', async () => {
    await phone();
    await shop.merchant.send('PUT', '/qr/v1/merchant-callback/kasse-1', { locationDescription: 'Kasse 1' });
    await page.getByText('Kasse 1').waitFor();
    await page.locator('[data-action="check-in"]').click();
    await page.getByText('Kassen vet at du er her.').waitFor();
    expect(problems).toEqual([]);
  });

  it('has nothing that axe-core finds, on the code, the limit and the message', async () => {
    const found: unknown[] = [];
    const check = async () => {
      await page.evaluate(axe.source);
      found.push(...((await page.evaluate('axe.run().then((result) => result.violations)')) as unknown[]));
    };
    await shop.merchant.send('PUT', '/qr/v1/merchant-callback/kasse-1', { locationDescription: 'Kasse 1' });
    await phone();
    await page.locator('[data-action="check-in"]').waitFor();
    await check();
    await page.locator('[data-action="my-code"]').click();
    await page.locator('[data-content]').filter({ hasText: 'https://' }).waitFor();
    await shop.create('phone-axe', { userFlow: 'PUSH_MESSAGE', minimumUserAge: 18, customer: { phoneNumber: '4791234567' } });
    await page.locator('[data-action="open-push"]').waitFor();
    await check();
    await page.locator('[data-action="open-push"]').click();
    await page.getByText('Aldersgrense').waitFor();
    await check();
    expect(found).toEqual([]);
  });
});
