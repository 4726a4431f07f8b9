/** The cash drawer, from the cashier's screen to the practice printer's page and back, in a demo shop whose register can tell that it is open. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { DEMO_CONFIGURATION, RunningRegister } from '../support/running-register.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** The demo shop after somebody calibrated its drawer: the switch reads high while it is open. */
function calibratedShop(): string {
  const folder = temporaryFolder();
  cpSync(dirname(DEMO_CONFIGURATION), folder, { recursive: true });
  const file = join(folder, 'configuration.json');
  const shop = JSON.parse(readFileSync(file, 'utf8')) as { drawer: object };
  writeFileSync(file, JSON.stringify({ ...shop, drawer: { ...shop.drawer, openWhen: 'high' } }));
  return file;
}

async function open(url: string): Promise<Page> {
  const page = await browser.newPage({ locale: 'nb-NO' });
  onTestFinished(() => page.close());
  await page.goto(url);
  return page;
}

it('opens with cash, keeps the next article waiting, and is pushed shut by hand', async () => {
  const register = await RunningRegister.start({ dataDir: temporaryFolder(), configFile: calibratedShop() });
  onTestFinished(async () => void (await register.kill()));
  const cashier = await open(register.ready.cashier);
  const printer = await open(register.printerPage);
  const push = printer.getByRole('button', { name: 'Skyv den inn' });
  const kneipp = cashier.getByRole('button', { name: /^Kneipp/ });
  const band = cashier.locator('.notice');

  await kneipp.click();
  // Nobody presses a key for what is not offered yet.
  await cashier.getByRole('button', { name: /^Kontant/, disabled: false }).waitFor();
  await cashier.keyboard.press('F8');
  await cashier.getByRole('button', { name: /^Ta imot/ }).click();
  await push.waitFor();
  await cashier.getByText('Skuff: åpen').waitFor();

  await cashier.getByRole('button', { name: 'Ny kunde' }).click();
  await expect.poll(() => band.textContent()).toContain('Skuffen er åpen. Lukk den før neste vare.');
  await kneipp.click();
  await expect.poll(() => band.textContent()).toContain('Skuffen er åpen. Lukk skuffen først.');
  expect(await cashier.locator('.basket').textContent()).toContain('Nytt salg');

  await push.click();
  await printer.getByRole('button', { name: 'Åpne med nøkkel' }).waitFor();
  await cashier.getByText('Skuff: åpen').waitFor({ state: 'detached' });
  await kneipp.click();
  await expect.poll(() => cashier.locator('.basket').textContent()).toContain('Kneipp');
}, 60_000);

it('opens without a sale by F7 and a reason, and says when it does not move', async () => {
  const register = await RunningRegister.start({ dataDir: temporaryFolder(), configFile: calibratedShop() });
  onTestFinished(async () => void (await register.kill()));
  const cashier = await open(register.ready.cashier);
  const printer = await open(register.printerPage);
  await cashier.getByRole('button', { name: /^Kneipp/ }).waitFor();

  await cashier.keyboard.press('F7');
  await cashier.getByRole('button', { name: 'Vekslepenger' }).click();
  await printer.getByRole('button', { name: 'Skyv den inn' }).click();

  await printer.getByRole('button', { name: 'Sett den fast' }).click();
  await printer.getByText('Lukket, og sitter fast').waitFor();
  await cashier.keyboard.press('F7');
  await cashier.getByLabel('Noe annet').fill('Mynt til parkering');
  await cashier.getByLabel('Noe annet').press('Enter');
  await cashier.getByText('Skuffen er fortsatt lukket. Åpne skuffen med nøkkelen.').waitFor();
  await printer.getByRole('button', { name: 'Åpne med nøkkel' }).click();
  await cashier.getByText('Skuffen er fortsatt lukket.').waitFor({ state: 'detached' });
}, 60_000);
