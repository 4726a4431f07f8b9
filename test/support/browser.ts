/** A real browser for tests and the demo. A missing one is a failure with a sentence, never a skip. */
import { type Browser, chromium } from 'playwright-core';
import { ensureBrowser } from '../../scripts/browser.ts';

/** Starts a headless browser. Close it when done. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
