/** Every scenario of `npm run demo` in the desktop program: its built files, its own windows. */
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findScenario, runScenario, SCENARIOS } from '../scenarios/run.ts';
import { launchBrowser } from '../support/browser.ts';
import { realOrDouble, whichElectron } from './real-or-double.ts';

let browser: Browser;
beforeAll(async () => {
  process.stdout.write(`${whichElectron()}\n`);
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe('in the desktop program, the scenario', () => {
  // A register of a chain enrols by the web shell's option there; the desktop program does it in its settings.
  const played = SCENARIOS.filter(({ chain }) => chain === undefined);
  it.each(played.map(({ name, story }) => ({ name, story })))('$name: $story', { timeout: 120_000 }, async ({ name }) => {
    const result = await runScenario(findScenario(name), browser, undefined, 'desktop');
    expect(result.checks.filter((check) => !check.ok)).toEqual([]);
    expect(result).toMatchObject({ ok: true, shell: 'desktop', electron: realOrDouble().electron });
    expect(result.receiptText).toMatch(/Salgskvittering|Returkvittering/);
    for (const file of [...result.screenshots, result.receiptImage ?? '']) expect([file, existsSync(file)]).toEqual([file, true]);
  });
});
