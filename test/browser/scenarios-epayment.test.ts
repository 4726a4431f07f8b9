/** Scenarios that come to the same through the provider's newer API. A file of its own, so that both workers have something to play. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findScenario, runScenario } from '../scenarios/run.ts';
import { launchBrowser } from '../support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** The other ways to a customer and the partial capture come to the same too: `npm run test:long` plays those. */
it.each(['sale-qr', 'webhook-local'])('%s comes to the same through ePayment', { timeout: 120_000 }, async (name) => {
  const result = await runScenario(findScenario(name), browser, undefined, 'web', 'epayment');
  expect(result.checks.filter((check) => !check.ok)).toEqual([]);
  expect(result).toMatchObject({ ok: true, api: 'epayment' });
});
