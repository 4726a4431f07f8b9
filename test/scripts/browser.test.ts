import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { BrowserMissingError, ensureBrowser, findBrowser } from '../../scripts/browser.ts';
import { launchBrowser } from '../support/browser.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function named(path: string): void {
  vi.stubEnv('TILLIT_BROWSER', path);
  onTestFinished(() => void vi.unstubAllEnvs());
}

it('finds a browser that starts', async () => {
  const browser = await launchBrowser();
  expect(browser.version()).toMatch(/^\d+\./);
  await browser.close();
});

it('takes the one that is named, and says so when that is none', async () => {
  named(process.execPath);
  expect(await findBrowser()).toBe(process.execPath);
  const broken = join(temporaryFolder(), 'chrome');
  writeFileSync(broken, '#!/bin/sh\nexit 1\n');
  chmodSync(broken, 0o755);
  named(broken);
  await expect(ensureBrowser()).rejects.toThrow(BrowserMissingError);
  await expect(ensureBrowser()).rejects.toThrow('is not a browser that starts');
});
