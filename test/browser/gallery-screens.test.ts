import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { buildGallery, type GalleryState, galleryStates, serveFolder } from '../support/gallery.ts';
import { checkStates, checkZoom } from '../support/gallery-checks.ts';

const folder = mkdtempSync(join(tmpdir(), 'tillit-gallery-'));
let browser: Browser;
let context: BrowserContext;
let zoomed: BrowserContext;
let server: Server;
let address: string;
let states: readonly GalleryState[];
const of = (screen: string) => states.filter((state) => state.screen === screen);

beforeAll(async () => {
  await buildGallery(folder);
  ({ server, address } = await serveFolder(folder));
  browser = await launchBrowser();
  const settings = { timezoneId: 'Europe/Oslo', locale: 'nb-NO', reducedMotion: 'reduce' } as const;
  context = await browser.newContext({ ...settings, viewport: { width: 1024, height: 768 } });
  zoomed = await browser.newContext({ ...settings, viewport: { width: 512, height: 384 }, deviceScaleFactor: 2 });
  states = await galleryStates(context, address);
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('Every state of the screens at 1024 × 768, by day and by night, in both languages', () => {
  it('is listed in the gallery', () => {
    expect(of('cashier').length).toBeGreaterThan(60);
    expect(of('customer').length).toBeGreaterThan(25);
    expect(of('printer').length).toBeGreaterThan(2);
  });

  it('of the cashier: draws without an error, does not scroll the page, and axe finds nothing', async () => {
    expect(await checkStates(context, address, of('cashier'))).toEqual([]);
  }, 240_000);

  it('of the customer and the printer: draws without an error, does not scroll the page, and axe finds nothing', async () => {
    expect(await checkStates(context, address, [...of('customer'), ...of('printer')])).toEqual([]);
  }, 240_000);
});

describe('Text at 200 %', () => {
  it('is neither cut off nor outside of the page', async () => {
    expect(await checkZoom(zoomed, address, states)).toEqual([]);
  }, 240_000);
});
