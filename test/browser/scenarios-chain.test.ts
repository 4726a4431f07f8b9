/** Goods that come back in a chain. A file of its own: two registers, a head office and a provider each. */
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findScenario, runScenario, SCENARIO_GROUPS } from '../scenarios/run.ts';
import { launchBrowser } from '../support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** They differ from `refund-partner-keys` in whose keys head office holds alone, which `test/server/head-office/refund.test.ts` tries too: `npm run test:long` plays them. */
const PLAYED_ELSEWHERE = ['refund-store-keys', 'refund-shared-unit'];
const played = SCENARIO_GROUPS.chainReturns.filter(({ name }) => !PLAYED_ELSEWHERE.includes(name));

it.each(played.map(({ name, story }) => ({ name, story })))('$name: $story', { timeout: 180_000 }, async ({ name }) => {
  const result = await runScenario(findScenario(name), browser);
  expect(result.checks.filter((check) => !check.ok)).toEqual([]);
  expect(result).toMatchObject({ ok: true, error: null });
  for (const file of result.screenshots) expect([file, existsSync(file)]).toEqual([file, true]);
});
