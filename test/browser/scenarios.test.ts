/** The scenarios of `npm run demo`, each as a test: the same code, the same questions. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  CHAIN_RETURNS,
  findScenario,
  NoSuchScenarioError,
  outFolder,
  runScenario,
  SCENARIOS,
  type ScenarioResult,
} from '../scenarios/run.ts';
import { launchBrowser } from '../support/browser.ts';
import { root } from '../support/source-files.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe('the scenario', () => {
  const played = SCENARIOS.filter((scenario) => !CHAIN_RETURNS.includes(scenario));
  it.each(played.map(({ name, story }) => ({ name, story })))('$name: $story', { timeout: 120_000 }, async ({ name }) => {
    const result = await runScenario(findScenario(name), browser);
    expect(result.checks.filter((check) => !check.ok)).toEqual([]);
    expect(result.ok).toBe(true);
    expect(result.receiptText).toMatch(/Salgskvittering|Returkvittering/);
    expect(result.screenshots.length).toBeGreaterThan(5);
    for (const file of [...result.screenshots, result.receiptImage ?? '']) expect([file, existsSync(file)]).toEqual([file, true]);
  });

  it('that nobody knows is refused with the names of those that there are', () => {
    expect(() => findScenario('sale-gold')).toThrow(NoSuchScenarioError);
    expect(() => findScenario('sale-gold')).toThrow(
      'sale-qr, sale-cash, sale-split, payment-rejected, cancel-race, restart-mid-payment, printer-out-of-paper, printer-unplugged, drawer-open, scanner-serial, webhook-local, webhook-relay, direct-capture, migrated-refund, sale-push, sale-personal-qr, partial-capture, reconcile-day, distance-sale, return-same-store, exchange, refund-partner-keys, refund-store-keys, refund-shared-unit, refund-head-office-down, two-stores-race',
    );
  });

  it('that does not get to its end, or finds something wrong, is not ok', { timeout: 60_000 }, async () => {
    const name = 'test-of-failing';
    onTestFinished(() => rmSync(outFolder(name), { recursive: true, force: true }));
    const result = await runScenario(
      {
        name,
        story: 'Fails.',
        async play({ record }) {
          record.equal('one is two', 1, 2);
          throw new Error('The power went.');
        },
      },
      browser,
    );
    expect(result).toMatchObject({ ok: false, error: 'The power went.', receiptText: null, receiptImage: null });
    expect(result.checks).toEqual([
      { what: 'one is two', ok: false, found: '1' },
      { what: 'the scenario got to its end', ok: false, found: 'The power went.' },
    ]);
  });
});

describe('npm run demo', () => {
  const demo = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(root, 'scripts', 'demo.ts'), ...args], { encoding: 'utf8', timeout: 110_000 });

  it('ends with one object on the last line, and exit code 0 when all was right', { timeout: 120_000 }, () => {
    const { stdout, status } = demo('--scenario', 'sale-cash', '--json');
    const result = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as ScenarioResult;
    expect(result).toMatchObject({ scenario: 'sale-cash', ok: true, shell: 'web', api: 'ecom', timeToQrMs: null, error: null });
    expect(result.checks.length).toBeGreaterThan(10);
    expect(status).toBe(0);
  });

  it('says what it can be told, and ends with exit code 2, when it was told nonsense', () => {
    for (const [args, words] of [
      [['--scenario', 'sale-gold'], 'There is no scenario "sale-gold"'],
      [['--shell', 'tablet'], '--shell must be web or desktop.'],
      [['--api', 'psp'], '--api must be ecom or epayment.'],
      [['--fast'], "Unknown option '--fast'"],
    ] as const) {
      const { stdout, stderr, status } = demo(...args);
      expect([args, status, stdout]).toEqual([args, 2, '']);
      expect(stderr).toContain(words);
      expect(stderr).toContain('restart-mid-payment');
      expect(stderr).not.toMatch(/\n\s+at /);
    }
  });
});
