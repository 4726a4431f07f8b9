/** The scenarios of `npm run demo`, each as a test: the same code, the same questions. */
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findScenario, runScenario } from '../scenarios/run.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { launchBrowser } from '../support/browser.ts';

/** Declares a test for each of these, all of them in one browser. */
export function playScenarios(scenarios: readonly Scenario[]): void {
  describe('the scenario', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    it.each(scenarios.map(({ name, story }) => ({ name, story })))('$name: $story', { timeout: 120_000 }, async ({ name }) => {
      const result = await runScenario(findScenario(name), browser);
      expect(result.checks.filter((check) => !check.ok)).toEqual([]);
      expect(result.ok).toBe(true);
      expect(result.receiptText).toMatch(/Salgskvittering|Returkvittering/);
      expect(result.screenshots.length).toBeGreaterThan(5);
      for (const file of [...result.screenshots, result.receiptImage ?? '']) expect([file, existsSync(file)]).toEqual([file, true]);
    });
  });
}
