/** The settings' pages in a real browser: every state from the gallery, and a first start against a real register. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRestartingRegister } from '../../server/web/restarting.ts';
import { EmulatedPrinter } from '../emulated/emulated-printer.ts';
import { tcpPrinter } from '../emulated/tcp-printer.ts';
import { scanCode } from '../scenarios/keyboard-wedge.ts';
import { launchBrowser } from '../support/browser.ts';
import { buildGallery, type GalleryState, galleryStates, openState, serveFolder } from '../support/gallery.ts';
import { checkStates, checkZoom } from '../support/gallery-checks.ts';

const folder = mkdtempSync(join(tmpdir(), 'tillit-settings-'));
const screens = join(folder, 'screens');
let browser: Browser;
let context: BrowserContext;
let server: Server;
let address: string;
let page: Page;
let states: readonly GalleryState[];

beforeAll(async () => {
  await buildGallery(screens);
  ({ server, address } = await serveFolder(screens));
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'nb-NO', timezoneId: 'Europe/Oslo' });
  page = await context.newPage();
  states = (await galleryStates(context, address)).filter((state) => state.screen === 'settings');
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const sent = async () => JSON.parse((await page.evaluate(() => document.documentElement.dataset.command)) ?? 'null') as unknown;

describe('The settings’ pages', () => {
  it('are well formed, accessible and within the screen, in both languages and looks', async () => {
    expect(states.length).toBeGreaterThanOrEqual(47);
    expect(await checkStates(context, address, states)).toEqual([]);
  });

  it('lose nothing at 200 %', async () => {
    const small = await browser.newContext({ viewport: { width: 512, height: 384 }, locale: 'nb-NO' });
    try {
      expect(await checkZoom(small, address, states)).toEqual([]);
    } finally {
      await small.close();
    }
  });

  it('save with Enter from a field', async () => {
    await page.goto('about:blank');
    await openState(page, address, { screen: 'settings', state: 'receipt' });
    await page.getByLabel('Nederst på kvitteringen').fill('Ha det!');
    await page.keyboard.press('Enter');
    expect(await sent()).toEqual({ type: 'save', section: 'receipt', value: { footer: 'Ha det!', afterVipps: 'ask' } });
  });

  it('ask before they are left with something that was not saved', async () => {
    const goTo = (name: string) => page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
    const footer = page.getByLabel('Nederst på kvitteringen');
    await page.goto('about:blank');
    await openState(page, address, { screen: 'settings', state: 'receipt' });
    const saved = await footer.inputValue();
    await footer.fill('Ha det!');
    await goTo('Skriver');
    await page.getByText('ikke lagret').waitFor();
    await page.getByRole('button', { name: 'Bli på siden' }).click();
    expect(await footer.inputValue()).toBe('Ha det!');
    await goTo('Skriver');
    await page.getByRole('button', { name: 'Forkast endringene' }).click();
    await page.getByRole('heading', { name: 'Skriver', level: 2 }).waitFor();
    await goTo('Kvittering');
    expect(await footer.inputValue()).toBe(saved);
    await goTo('Skriver');
    await page.getByRole('heading', { name: 'Skriver', level: 2 }).waitFor();
  });

  it('never hold a kept key', async () => {
    await page.goto('about:blank');
    await openState(page, address, { screen: 'settings', state: 'provider' });
    for (const name of ['client_secret', 'Ocp-Apim-Subscription-Key']) {
      expect(await page.getByLabel(name).inputValue()).toBe('');
      expect(await page.getByLabel(name).getAttribute('type')).toBe('password');
    }
  });
});

it('tries a printer from its page with the keyboard alone, shows what it says, and keeps it', async () => {
  const emulated = new EmulatedPrinter();
  const plugged = await tcpPrinter(emulated);
  const shop = join(folder, 'printer-shop');
  cpSync('demo-shop', shop, { recursive: true });
  const configFile = join(shop, 'configuration.json');
  const register = await startRestartingRegister(
    { configFile, dataDir: join(folder, 'printer-data'), port: 0, host: '127.0.0.1', sandbox: false },
    { environment: {}, rendererDir: screens, show: () => {} },
  );
  try {
    await page.goto(register.ready.settings);
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await press('Skriver');
    await press('Nettverk');
    await page.getByLabel('Adresse').focus();
    await page.keyboard.type('127.0.0.1');
    await page.getByLabel('Port').fill(String(plugged.port));
    await press('Prøv');
    await page.getByText('Prøven er skrevet ut.').waitFor();
    expect(emulated.papers.join('')).toContain('æøåÆØÅéüäö€');
    const card = page.getByRole('region', { name: 'Skriveren sier' });
    await card.getByText('Skriveren er klar.').waitFor();
    emulated.setPaper('out');
    await card.getByText('Skriveren er tom for papir.').waitFor();
    emulated.setPaper('present');
    await card.getByText('Skriveren er klar.').waitFor();
    await page.getByLabel('Port').focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => (JSON.parse(readFileSync(configFile, 'utf8')) as { printer?: object }).printer, { timeout: 20_000 })
      .toMatchObject({ kind: 'network', host: '127.0.0.1', port: plugged.port });
    // The register comes back with it, and the page goes on telling how it is.
    emulated.setCover(true);
    await card.getByText('Lokket på skriveren er åpent.').waitFor();
  } finally {
    await register.close();
    await plugged.close();
  }
});

it('opens the drawer, learns in two steps to see that it is open, and goes on showing how it is', async () => {
  const shop = join(folder, 'drawer-shop');
  cpSync('demo-shop', shop, { recursive: true });
  const configFile = join(shop, 'configuration.json');
  const drawer = { connected: true, pin: 2, openWhen: null };
  writeFileSync(configFile, JSON.stringify({ ...JSON.parse(readFileSync(configFile, 'utf8')), drawer }));
  const register = await startRestartingRegister(
    { configFile, dataDir: join(folder, 'drawer-data'), port: 0, host: '127.0.0.1', sandbox: false },
    { environment: {}, rendererDir: screens, show: () => {} },
  );
  const shut = () =>
    fetch(`${register.ready.api}/api/printer/drawer`, {
      method: 'POST',
      headers: { authorization: `Bearer ${register.ready.tokens.printer}`, 'content-type': 'application/json' },
      body: '{"drawer":"shut"}',
    });
  try {
    await page.goto('about:blank');
    await page.goto(register.ready.settings);
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await press('Pengeskuff');
    const card = page.getByRole('region', { name: 'Skuffen sier' });
    await card.getByText('Kassen vet ikke ennå om skuffen er åpen.').waitFor();
    await press('Lukk skuffen, og trykk her');
    await page.getByText('Lest. Åpne skuffen').waitFor();
    await press('Åpne skuffen, og trykk her');
    await page.getByText('Kassen ser ingen forskjell.').waitFor();
    await press('Åpne skuffen nå');
    await page.getByText('Skuffen fikk beskjed om å åpne.').waitFor();
    await press('Åpne skuffen, og trykk her');
    await page.getByText('Ferdig. Kassen ser nå om skuffen er åpen.').waitFor();
    await card.getByText('Skuffen er åpen.').waitFor();
    await shut();
    await card.getByText('Skuffen er lukket.').waitFor();
  } finally {
    await register.close();
  }
});

it('shows a logo as it prints before it is kept, and refuses one that is too heavy with a sentence', async () => {
  const shop = join(folder, 'logo-shop');
  cpSync('demo-shop', shop, { recursive: true });
  const configFile = join(shop, 'configuration.json');
  const register = await startRestartingRegister(
    { configFile, dataDir: join(folder, 'logo-data'), port: 0, host: '127.0.0.1', sandbox: false },
    { environment: {}, rendererDir: screens, show: () => {} },
  );
  const choose = (name: string, buffer: Buffer) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer });
  try {
    await page.goto('about:blank');
    await page.goto(register.ready.settings);
    await page.getByRole('button', { name: 'Kvittering', exact: true }).click();
    await page.getByText('Ingen logo.').waitFor();
    await choose('tung.png', Buffer.alloc(700_000));
    await page.getByText('Filen er på 700 kB').waitFor();
    await choose('tekst.png', Buffer.from('Dette er en tekst.'));
    await page.getByText('Filen er ikke et PNG-bilde.').waitFor();
    const png = new PNG({ width: 120, height: 60 });
    png.data.fill(0xff);
    await choose('logo.png', PNG.sync.write(png));
    await page.getByAltText('Slik blir logoen på papiret').waitFor();
    await page.getByRole('button', { name: 'Bruk denne' }).click();
    await page.getByText('Logoen er lagret.').waitFor();
    expect(JSON.parse(readFileSync(configFile, 'utf8'))).toMatchObject({ receipt: { logo: { file: expect.stringMatching(/\.png$/) } } });
    await page.getByRole('button', { name: 'Fjern logoen' }).click();
    await page.getByText('Logoen er fjernet.').waitFor();
    expect(JSON.parse(readFileSync(configFile, 'utf8'))).toMatchObject({ receipt: { logo: null } });
  } finally {
    await register.close();
  }
});

it('shows what a typing scanner said, wherever the focus is, and types nothing into a field', async () => {
  await page.goto('about:blank');
  const register = await startRestartingRegister(
    { configFile: 'demo-shop/configuration.json', dataDir: join(folder, 'scanner-data'), port: 0, host: '127.0.0.1', sandbox: false },
    { environment: {}, rendererDir: screens, show: () => {} },
  );
  try {
    await page.goto(register.ready.settings);
    await page.getByRole('button', { name: 'Skanner', exact: true }).click();
    await page.getByText('Ingenting hørt ennå.').waitFor();
    await scanCode(page, '7038010000010');
    await page.getByRole('log').getByText('Vare med strekkode 7038010000010').waitFor();
    expect(await page.getByRole('log').locator('code').textContent()).toBe('7038010000010');
  } finally {
    await register.close();
  }
});

it('leads through a first start with the keyboard alone, refuses a wrong org.no, and keeps what was entered', async () => {
  const shop = join(folder, 'shop');
  cpSync('demo-shop', shop, { recursive: true });
  const configFile = join(shop, 'configuration.json');
  writeFileSync(configFile, JSON.stringify({ ...JSON.parse(readFileSync(configFile, 'utf8')), setUp: false }));
  const register = await startRestartingRegister(
    { configFile, dataDir: join(folder, 'data'), port: 0, host: '127.0.0.1', sandbox: false },
    { environment: {}, rendererDir: screens, show: () => {} },
  );
  try {
    await page.goto(register.ready.settings);
    const orgNumber = page.getByLabel('Organisasjonsnummer');
    await orgNumber.fill('999 999 998');
    await page.keyboard.press('Enter');
    await page.getByText('Nummeret stemmer ikke.').first().waitFor();
    await orgNumber.fill('974 760 673');
    await page.getByLabel('Butikkens navn').fill('Brød & Co');
    await page.keyboard.press('Enter');
    for (const heading of ['Språk', 'Betaling', 'Skriver', 'Pengeskuff', 'Skanner', 'Kundeskjerm']) {
      await page.getByRole('heading', { name: heading, level: 2 }).waitFor();
      const save = page.getByRole('button', { name: 'Lagre og fortsett' });
      await save.focus();
      await page.keyboard.press('Enter');
    }
    await page.getByRole('heading', { name: 'Prøvesalg' }).waitFor();
    const kept = JSON.parse(readFileSync(configFile, 'utf8')) as { setUp: boolean; shop: { name: string; orgNumber: string } };
    expect(kept).toMatchObject({ setUp: true, shop: { name: 'Brød & Co', orgNumber: '974760673' } });
    // The register is away for a moment, and comes back at the same address with the new name.
    await expect
      .poll(
        async () => {
          const answer = await fetch(`${register.ready.api}/api/views/cashier`, {
            headers: { authorization: `Bearer ${register.ready.tokens.cashier}` },
          }).catch(() => null);
          return answer === null ? null : ((await answer.json()) as { shopName?: string }).shopName;
        },
        { timeout: 20_000 },
      )
      .toBe('Brød & Co');
  } finally {
    await register.close();
  }
});

it('opens from the cashier’s menu, asks for the manager’s key, and takes no other', async () => {
  const register = await startRestartingRegister(
    { configFile: 'demo-shop/configuration.json', dataDir: join(folder, 'menu-data'), port: 0, host: '127.0.0.1', sandbox: false },
    { environment: {}, rendererDir: screens, show: () => {} },
  );
  try {
    await page.goto(register.ready.cashier);
    await page.getByRole('button', { name: 'Mer', exact: true }).click();
    const [settings] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Innstillinger' }).click()]);
    const key = settings.getByLabel('Lederens nøkkel');
    await key.fill(register.ready.tokens.cashier);
    await key.press('Enter');
    await settings.getByText('Nøkkelen er ikke lederens.').waitFor();
    await key.fill(register.ready.settings);
    await key.press('Enter');
    await settings.getByRole('heading', { name: 'Butikk' }).waitFor();
    await settings.close();
  } finally {
    await register.close();
  }
});
