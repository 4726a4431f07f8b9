/** Head office's page in a real browser: every state from the gallery, and an afternoon at a real head office. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiptCode } from '../../app/receipt/receipt-code.ts';
import { putPerson } from '../../server/head-office/page/people.ts';
import { PASSWORD, type SampleChain, sampleChain } from '../server/head-office/page-person.ts';
import { launchBrowser } from '../support/browser.ts';
import { buildGallery, type GalleryState, galleryStates, serveFolder } from '../support/gallery.ts';
import { checkStates } from '../support/gallery-checks.ts';

const folder = mkdtempSync(join(tmpdir(), 'tillit-office-page-'));
const screens = join(folder, 'screens');
let browser: Browser;
let context: BrowserContext;
let server: Server;
let address: string;
let states: readonly GalleryState[];

beforeAll(async () => {
  await buildGallery(screens);
  ({ server, address } = await serveFolder(screens));
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'nb-NO', timezoneId: 'Europe/Oslo' });
  states = (await galleryStates(context, address)).filter((state) => state.screen === 'head-office');
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

it('every state draws without an error, does not scroll the page, and axe finds nothing, in both languages and looks', async () => {
  expect(states.length).toBe(28);
  expect(await checkStates(context, address, states)).toEqual([]);
}, 120_000);

describe('somebody at head office', () => {
  const open = async (sample: SampleChain, role: 'reader' | 'manager'): Promise<Page> => {
    const { server: office } = await sample.chain.beside({ rendererDir: screens });
    await putPerson(sample.chain.office, 'kari', role, PASSWORD);
    const page = await context.newPage();
    await page.goto(office.url);
    await page.getByLabel('Navn').fill('kari');
    await page.getByLabel('Passord').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Oversikt' }).waitFor();
    return page;
  };
  const newSample = (name: string) => sampleChain({ file: join(folder, `${name}.db`) });
  const go = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).click();

  it('signs in, sees the stores, finds an order, reads a refund of it, and keeps the settlement as a file that adds up', async () => {
    const sample = await newSample('looks');
    const page = await open(sample, 'reader');
    await page.getByRole('link', { name: 'Butikken nord' }).first().waitFor();
    await page.getByText('En rad i journalen er ikke det den gir seg ut for').waitFor();

    await go(page, 'Søk');
    const receipt = { storeId: 'nord', registerId: '1', receiptNumber: sample.split.receiptNumber };
    const field = page.getByRole('textbox', { name: 'Kvittering' });
    await field.fill(receiptCode({ series: 'return', ...receipt }));
    await page.keyboard.press('Enter');
    await page.getByText('Det er en returkvittering.').waitFor();
    await field.fill(receiptCode({ series: 'sale', ...receipt }));
    await page.keyboard.press('Enter');
    await page
      .getByRole('table')
      .getByRole('link', { name: String(sample.split.receiptNumber), exact: true })
      .click();
    await page.getByRole('heading', { name: `Kjøp ${sample.split.receiptNumber}` }).waitFor();
    await page.getByText(sample.split.reference ?? 'none').waitFor();
    await page.getByRole('region', { name: 'Returer av dette kjøpet' }).getByRole('link').click();
    await page.getByRole('heading', { name: 'Retur på 300,00 kr' }).waitFor();
    await page.getByText('Bekreftet i kassen').waitFor();
    await page.getByText('ola i Butikken syd, kasse 1').first().waitFor();

    await page.evaluate(() => {
      window.location.hash = '#/settlement?from=2026-11-21&to=2026-11-21';
    });
    const foot = page.getByRole('region', { name: 'Butikk for butikk' }).locator('tfoot .amount .sr-only');
    await page.getByText('Butikken nord skylder Butikken syd').waitFor();
    expect(await foot.allTextContents()).toEqual(['220,00', '180,00', '400,00']);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Last ned CSV' }).click()]);
    const rows = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(';').slice(6).map(Number));
    expect(rows.reduce((sums, row) => sums.map((sum, index) => sum + (row[index] ?? 0)), [0, 0, 0])).toEqual([40_000, 22_000, 18_000]);
    await page.getByRole('button', { name: 'Se returene' }).click();
    await page.getByRole('region', { name: 'Returer i Butikken syd av kjøp i Butikken nord' }).waitFor();

    await page.getByRole('button', { name: 'Logg ut' }).click();
    await page.getByLabel('Passord').waitFor();
    await page.reload();
    await page.getByLabel('Passord').waitFor();
    await page.close();
  });

  it('may act as a manager: frees a reservation, closes an alarm, lets a register in and blocks one', async () => {
    const sample = await newSample('acts');
    const page = await open(sample, 'manager');
    await go(page, 'Reservasjoner');
    await page.getByRole('button', { name: 'Trekk tilbake' }).click();
    await page.getByRole('button', { name: 'Ja, trekk den tilbake' }).click();
    await page.getByText('Skriv hvorfor.').waitFor();
    await page.getByLabel('Hvorfor?').fill('Kunden gikk.');
    await page.getByRole('button', { name: 'Ja, trekk den tilbake' }).click();
    await page.getByText('Ingenting er holdt av.').waitFor();

    await go(page, 'Alarmer');
    await page.getByRole('button', { name: /^Lukk …/ }).click();
    await page.getByLabel('Hva ble gjort?').fill('Ringte butikken.');
    await page.keyboard.press('Enter');
    await page.getByText('Ingen alarmer.').waitFor();

    await go(page, 'Oversikt');
    await page.getByText('Ingenting trenger noen nå.').waitFor();
    await page.getByRole('link', { name: 'Butikken syd' }).click();
    await page.getByLabel('Kassens kortnavn').fill('2');
    await page.keyboard.press('Enter');
    const code = (await page.locator('.code-text').textContent()) ?? '';
    expect((await sample.syd.call('/v1/enrol', { code, software: 'tillit-test' })).status).toBe(200);
    await page.getByRole('button', { name: 'Sperr: kasse 1' }).click();
    await page.getByRole('button', { name: 'Nei, la den være' }).click();
    expect((await sample.syd.call('/v1/register')).status).toBe(200);
    await page.getByRole('button', { name: 'Sperr: kasse 1' }).click();
    await page.getByRole('button', { name: 'Ja, sperr den' }).click();
    await page.getByText('Kassen er sperret.').waitFor();
    expect((await sample.syd.call('/v1/register')).status).toBe(401);
    await page.close();
  });

  it('is shown the way in when the session is over, and says so', async () => {
    const sample = await newSample('over');
    const page = await open(sample, 'reader');
    sample.chain.clock.atMs += 5 * 3_600_000;
    await go(page, 'Returer');
    await page.getByText('Du er logget ut. Logg inn igjen.').waitFor();
    await page.close();
  });
});
