/** `npm run demo` itself. Its scenarios are played by `scenarios-*.test.ts`. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findScenario, NoSuchScenarioError, outFolder, runScenario, SCENARIO_GROUPS, type ScenarioResult } from '../scenarios/run.ts';
import { launchBrowser } from '../support/browser.ts';
import { root } from '../support/source-files.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe('a scenario', () => {
  it('is played by a file of tests for its group', () => {
    const files = readdirSync(import.meta.dirname).filter((file) => /^scenarios-.*\.test\.ts$/.test(file));
    const texts = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));
    for (const group of Object.keys(SCENARIO_GROUPS)) {
      expect([group, texts.filter((text) => text.includes(`SCENARIO_GROUPS.${group}`)).length]).toEqual([group, 1]);
    }
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

  it('says what it can be told, and ends with exit code 2, when it was told nonsense', { timeout: 60_000 }, () => {
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
