/** The gallery, built from the sources as they are now and served on loopback under the web shell's own content policy. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { SECURITY_HEADERS } from '../../server/web/guard.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const renderer = join(import.meta.dirname, '../../renderer');

/** Builds the screens with the gallery into `folder`. */
export async function buildGallery(folder: string): Promise<void> {
  await build({
    configFile: join(renderer, 'vite.config.ts'),
    mode: 'gallery',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
}

/** Serves a folder's files on a free port. Close the server when done. */
export async function serveFolder(
  folder: string,
  headers: Readonly<Record<string, string>> = SECURITY_HEADERS,
): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
    // The list of all states frames them, which the shell's policy rightly forbids.
    const policy = request.url === '/gallery.html' ? {} : headers;
    try {
      const body = readFileSync(join(folder, path));
      response.writeHead(200, { ...policy, 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export interface GalleryState {
  readonly screen: string;
  readonly state: string;
}

/** Every state that the gallery lists. */
export async function galleryStates(context: BrowserContext, address: string): Promise<readonly GalleryState[]> {
  const page = await context.newPage();
  await page.route('**/gallery.html?screen=*', (route) => route.abort());
  await page.goto(`${address}/gallery.html`);
  await page.waitForSelector('a[data-state]');
  const states = await page.$$eval('a[data-state]', (links) =>
    links.map((link) => ({ screen: link.getAttribute('data-screen') ?? '', state: link.getAttribute('data-state') ?? '' })),
  );
  await page.close();
  return states;
}

/** Opens one state and waits until it stands still. Another state of the same screen is shown without a new page. */
export async function openState(page: Page, address: string, shown: GalleryState, language = 'nb', theme = 'light'): Promise<void> {
  const query = (state: string) => `?screen=${shown.screen}&state=${state}&lang=${language}&theme=${theme}`;
  const wanted = query(shown.state);
  if (page.url().startsWith(`${address}/gallery.html?screen=${shown.screen}&`)) {
    await page.evaluate((search) => {
      window.history.pushState(null, '', search);
      window.dispatchEvent(new PopStateEvent('popstate'));
    }, wanted);
  } else await page.goto(`${address}/gallery.html${wanted}`);
  await page.waitForFunction((search) => document.documentElement.dataset.shown === search, wanted);
  await page.evaluate(() => document.fonts.ready);
}

/** Works through `items` on several pages at once. */
export async function onPages<T>(
  context: BrowserContext,
  items: readonly T[],
  work: (page: Page, item: T) => Promise<void>,
  pages = 3,
): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: pages }, async () => {
      const page = await context.newPage();
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(page, item);
      await page.close();
    }),
  );
}
