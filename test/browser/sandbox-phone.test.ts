import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Merchant, merchantOf, startMerchant } from '../server/sandbox/merchant.ts';
import { launchBrowser } from '../support/browser.ts';

let browser: Browser;
let page: Page;
let merchant: Merchant;
let problems: string[] = [];
let count = 0;

const initiate = async (amount = 14_770) => {
  count += 1;
  const orderId = `phone-${count}`;
  const answer = await merchant.initiate(orderId, amount);
  return { orderId, url: String(answer.json.url) };
};
const phaseOf = (orderId: string) => merchant.sandbox.control.payment(orderId).phase;

beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  await merchant?.sandbox.close();
  merchant = await startMerchant();
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
  await merchant?.sandbox.close();
});

describe('the phone', () => {
  it('shows a new payment by itself, and approves it after it is scanned', async () => {
    await page.goto(merchant.sandbox.phoneUrl);
    await page.getByText('Ingen betaling venter').waitFor();
    const { orderId } = await initiate();
    await page.locator(`[data-reference="${orderId}"] [data-action="scan"]`).click();
    await page.locator('[data-action="approve"]').waitFor();
    expect(merchant.sandbox.control.payment(orderId).openedAtMs).not.toBeNull();
    expect((await page.locator('main .amount.large').textContent())?.replaceAll(/\s/g, ' ')).toBe('147,70 kr');
    await page.locator('[data-action="approve"]').click();
    await page.locator('[data-phase="reserved"]').waitFor();
    expect(phaseOf(orderId)).toBe('reserved');
    expect(problems).toEqual([]);
  });

  it('opens a payment’s own address with that payment scanned', async () => {
    const { orderId, url } = await initiate();
    await page.goto(url);
    await page.locator('[data-action="approve"]').waitFor();
    expect(merchant.sandbox.control.payment(orderId).openedAtMs).not.toBeNull();
    expect(await page.locator('.reference').textContent()).toBe(orderId);
  });

  it.each([
    ['reject', 'rejected'],
    ['no-cover', 'declined'],
  ])('can %s', async (action, phase) => {
    const { orderId, url } = await initiate();
    await page.goto(url);
    await page.locator(`[data-action="${action}"]`).click();
    await page.locator(`.outcome[data-phase="${phase}"]`).waitFor();
    expect(phaseOf(orderId)).toBe(phase);
  });

  it('can be put away: nothing happens, and it can be taken up again', async () => {
    const { orderId, url } = await initiate();
    await page.goto(url);
    await page.locator('[data-action="ignore"]').click();
    await page.getByText('Lagt bort').waitFor();
    expect(phaseOf(orderId)).toBe('waiting');
    await page.locator('[data-action="scan"]').click();
    await page.locator('[data-action="approve"]').click();
    await page.locator('.outcome').waitFor();
    expect(phaseOf(orderId)).toBe('reserved');
  });

  it('sees by itself that the shop cancelled, and that time ran out', async () => {
    const [first, second] = [await initiate(), await initiate()];
    await page.goto(first.url);
    await page.locator('[data-action="approve"]').waitFor();
    await merchant.cancel(first.orderId);
    await page.locator('.outcome[data-phase="cancelled"]').waitFor();
    await page.goto(second.url);
    await page.locator('[data-action="approve"]').waitFor();
    merchant.sandbox.control.advance(300_000);
    await page.locator('.outcome[data-phase="expired"]').waitFor();
  });

  it('shows the money of another sales unit as paid at once where capture is direct', async () => {
    const direct = await merchantOf(merchant.sandbox, '654321');
    const answer = await direct.initiate('direct-1', 5_000);
    await page.goto(String(answer.json.url));
    await page.locator('[data-action="approve"]').click();
    await page.getByText('Betalt').waitFor();
  });

  it('speaks English when asked to, and remembers it', async () => {
    await page.goto(merchant.sandbox.phoneUrl);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('No payment is waiting').waitFor();
    await page.reload();
    await page.getByText('No payment is waiting').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('has nothing that axe-core finds, on the list, the payment and the result', async () => {
    const found: unknown[] = [];
    // The page's own policy keeps strange scripts out, so axe is put in by the debugger.
    const check = async () => {
      await page.evaluate(axe.source);
      found.push(...((await page.evaluate('axe.run().then((result) => result.violations)')) as unknown[]));
    };
    await initiate();
    const { url } = await initiate(1_234_567);
    await page.goto(merchant.sandbox.phoneUrl);
    await page.locator('[data-action="scan"]').first().waitFor();
    await check();
    await page.goto(url);
    await page.locator('[data-action="authenticate"]').click();
    await page.locator('.bank').waitFor();
    await check();
    await page.locator('[data-action="approve"]').click();
    await page.locator('.outcome').waitFor();
    await check();
    expect(found).toEqual([]);
  });
});
