/** The Chromium under the double: one persistent profile, one target a window, and every request of every page passing through here. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page, type Route } from 'playwright-core';
import { ensureBrowser } from '../../../scripts/browser.ts';

/** Named so that nothing outside this machine can ever answer to it. */
const OUTSIDE = 'invalid';

/** `app://tillit/x` → `https://tillit.app.invalid/x`: Chromium knows no further schemes unless it is built with them. */
export function toPageUrl(url: string, schemes: ReadonlySet<string>): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  return match !== null && schemes.has(scheme) ? `https://${host}.${scheme}.${OUTSIDE}${rest === '' ? '/' : rest}` : url;
}

/** The way back. Other addresses stay as they are. */
export function fromPageUrl(url: string, schemes: ReadonlySet<string>): string {
  const match = /^https:\/\/([^/?#]*)\.([a-z][a-z0-9+-]*)\.invalid(.*)$/is.exec(url);
  const [, host = '', scheme = '', rest = ''] = match ?? [];
  return match !== null && schemes.has(scheme) ? `${scheme}://${host}${rest}` : url;
}

export interface Target {
  readonly page: Page;
  readonly session: CDPSession;
}

export class Chromium {
  readonly context: BrowserContext;
  /** Where a second client finds the same pages. */
  readonly devtools: string;
  readonly #browser: CDPSession;
  /** Chromium's own folder. */
  readonly profile: string;
  readonly #waiting = new Map<string, (page: Page) => void>();
  #made = 0;
  /** Hears of every page that no window asked for. */
  onStranger: (page: Page) => void = () => {};
  /** Decides about every request. */
  onRequest: (route: Route) => Promise<void> = (route) => route.continue();

  private constructor(context: BrowserContext, browser: CDPSession, devtools: string, profile: string) {
    this.profile = profile;
    this.context = context;
    this.#browser = browser;
    this.devtools = devtools;
  }

  /** Its profile is a folder of its own, gone with it. */
  static async start(locale: string): Promise<Chromium> {
    const profile = mkdtempSync(join(tmpdir(), 'tillit-double-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: await ensureBrowser(),
      headless: true,
      viewport: null,
      locale,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--remote-debugging-port=0'],
    });
    const browser = await context.browser()?.newBrowserCDPSession();
    if (browser === undefined) throw new Error('Chromium gave no session.');
    const [port = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
    const started = new Chromium(context, browser, `http://127.0.0.1:${port}`, profile);
    const first = new Set(context.pages());
    context.on('page', (page) => {
      const name = page.url();
      const taken = started.#waiting.get(name);
      started.#waiting.delete(name);
      if (taken !== undefined) taken(page);
      else if (!first.has(page)) started.onStranger(page);
    });
    await context.route('**/*', (route) => started.onRequest(route).catch(() => undefined));
    return started;
  }

  /** A page in a window of its own, with nothing in it yet. */
  async open(): Promise<Target> {
    this.#made += 1;
    const name = `about:blank#window-${this.#made}`;
    const arrived = new Promise<Page>((resolve) => this.#waiting.set(name, resolve));
    await this.#browser.send('Target.createTarget', { url: name, newWindow: true });
    const page = await arrived;
    const session = await this.context.newCDPSession(page);
    await session.send('Page.enable');
    await session.send('Runtime.enable');
    return { page, session };
  }

  async close(): Promise<void> {
    await this.context.close().catch(() => undefined);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
