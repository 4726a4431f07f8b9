import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { RunningRegister } from '../support/running-register.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** A page of its own, and all that its browser complained of: scripts, policies, missing files. */
async function open(url: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

it('shows both screens and the printer in a real browser, under its policy, without a complaint', async () => {
  const register = await RunningRegister.start({ dataDir: temporaryFolder() });
  onTestFinished(async () => void (await register.kill()));
  const cashier = await open(register.ready.cashier);
  const customer = await open(register.ready.customer);
  const printer = await open(register.printerPage);

  const words = (page: Page) => expect.poll(() => page.textContent('body'), { timeout: 20_000 });
  await words(cashier.page).toContain('Kasse 1');
  await words(customer.page).toContain('Velkommen');
  await register.must({ type: 'add-article', articleNumber: '1001' });
  await words(customer.page).toContain('Kneipp, grovt');
  await register.must({ type: 'pay-cash', receivedOre: 5_000 });
  await register.until((view) => view.stage.kind === 'finished' && view.stage.receipt.state === 'printed');
  const paper = printer.page.locator('img').first();
  await paper.waitFor({ state: 'attached', timeout: 10_000 });
  await expect.poll(() => paper.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);

  for (const { page, complaints } of [cashier, customer, printer]) {
    expect(complaints).toEqual([]);
    expect(page.url()).not.toContain('token');
  }
});

it('shows nothing to a browser that was not paired', async () => {
  const register = await RunningRegister.start({ dataDir: temporaryFolder() });
  onTestFinished(async () => void (await register.kill()));
  await register.must({ type: 'add-article', articleNumber: '1001' });
  for (const path of ['/cashier', '/customer', `/cashier#token=${register.ready.tokens.customer.replace(/./g, 'A')}`]) {
    const { page } = await open(register.ready.api + path);
    await page.waitForLoadState('networkidle');
    expect(await page.textContent('body')).not.toContain('Kneipp');
  }
});
