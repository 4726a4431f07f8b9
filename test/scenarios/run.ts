/** Runs a scenario by its name, with nobody there, and says what it came to. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { root } from '../support/source-files.ts';
import { cancelRace } from './cancel-race.ts';
import { CounterDevices } from './counter-devices.ts';
import { directCapture } from './direct-capture.ts';
import { distanceSale } from './distance-sale.ts';
import { drawerOpen } from './drawer-open.ts';
import { exchange } from './exchange.ts';
import { migratedRefund } from './migrated-refund.ts';
import { partialCapture } from './partial-capture.ts';
import { paymentRejected } from './payment-rejected.ts';
import { printerOutOfPaper } from './printer-out-of-paper.ts';
import { printerUnplugged } from './printer-unplugged.ts';
import { reconcileDay } from './reconcile-day.ts';
import { type Check, Record, type TimelineRow } from './record.ts';
import { refundHeadOfficeDown } from './refund-head-office-down.ts';
import { refundPartnerKeys, refundSharedUnit, refundStoreKeys } from './refund-other-store.ts';
import { restartMidPayment } from './restart-mid-payment.ts';
import { returnSameStore } from './return-same-store.ts';
import { saleCash } from './sale-cash.ts';
import { salePersonalQr } from './sale-personal-qr.ts';
import { salePush } from './sale-push.ts';
import { saleQr } from './sale-qr.ts';
import { saleSplit } from './sale-split.ts';
import { scannerSerial } from './scanner-serial.ts';
import { type Scenario, Scene } from './scenario.ts';
import { type ApiName, type ShellName, Shop } from './shop.ts';
import { twoStoresRace } from './two-stores-race.ts';
import { webhookLocal } from './webhook-local.ts';
import { webhookRelay } from './webhook-relay.ts';

/** In groups that take about equally long: each is a file of tests, so that several are played at once. */
export const SCENARIO_GROUPS = {
  sales: [saleQr, saleCash, saleSplit, paymentRejected, cancelRace, restartMidPayment],
  counter: [printerOutOfPaper, printerUnplugged, drawerOpen, scannerSerial, webhookLocal, webhookRelay],
  ways: [directCapture, migratedRefund, salePush, salePersonalQr, partialCapture],
  later: [reconcileDay, distanceSale, returnSameStore, exchange],
  chainReturns: [refundPartnerKeys, refundStoreKeys, refundSharedUnit, refundHeadOfficeDown, twoStoresRace],
} as const satisfies { readonly [group: string]: readonly Scenario[] };

export const SCENARIOS: readonly Scenario[] = Object.values(SCENARIO_GROUPS).flat();

export interface ScenarioResult {
  readonly scenario: string;
  /** Whether every check held, and the scenario got to its end. */
  readonly ok: boolean;
  readonly shell: ShellName;
  /** Which Electron the desktop program ran in; null in the web shell. */
  readonly electron: 'real' | 'double' | null;
  /** Which of the provider's APIs the register used. */
  readonly api: ApiName;
  /** From the press on *pay* to the QR on the customer screen; null in a scenario without one. */
  readonly timeToQrMs: number | null;
  /** From the customer's approval to *paid* on both screens. */
  readonly approvedToPaidMs: number | null;
  readonly durationMs: number;
  readonly receiptText: string | null;
  readonly receiptImage: string | null;
  readonly screenshots: readonly string[];
  readonly checks: readonly Check[];
  readonly timeline: readonly TimelineRow[];
  /** Why it did not get to its end. */
  readonly error: string | null;
}

/** No scenario has this name. The message names those that there are. */
export class NoSuchScenarioError extends Error {
  override readonly name = 'NoSuchScenarioError';
}

export function findScenario(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  throw new NoSuchScenarioError(`There is no scenario "${name}". There are: ${SCENARIOS.map((scenario) => scenario.name).join(', ')}.`);
}

/** Where a scenario leaves its pictures: what was chosen to go through the newer API stands beside the other. */
export const outFolder = (name: string, chosenApi: ApiName = 'ecom'): string =>
  join(root, 'out', chosenApi === 'ecom' ? name : `${name}-${chosenApi}`);

/**
 * Runs one scenario in a shop of its own. Never throws for what goes wrong inside it: that is in the result.
 * @param tell hears each row of the timeline as it happens
 */
export async function runScenario(
  scenario: Scenario,
  browser: Browser,
  tell?: (row: TimelineRow) => void,
  shell: ShellName = 'web',
  chosenApi: ApiName = 'ecom',
): Promise<ScenarioResult> {
  const api = scenario.api ?? chosenApi;
  const record = new Record(outFolder(scenario.name, chosenApi), tell);
  record.note('register', 'starts, with a provider to practise against');
  const counter = scenario.counter === undefined ? null : await CounterDevices.open(scenario.counter);
  const changes = { ...counter?.configuration, ...scenario.configuration };
  const shop = await Shop.open(browser, shell, changes, api, scenario).catch(async (error: unknown) => {
    await counter?.close();
    throw error;
  });
  const scene = new Scene(shop, record, counter);
  let error: string | null = null;
  try {
    await scenario.play(scene);
    await scene.checkJournal();
    scene.checkPages();
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
    record.check('the scenario got to its end', false, error);
    await scene.photograph('stuck').catch(() => undefined);
  } finally {
    await shop.close();
    await counter?.close();
  }
  const { timeToQrMs, approvedToPaidMs, receiptText, receiptPng } = scene.measures;
  const receiptImage = receiptPng === null ? null : join(record.folder, 'receipt.png');
  if (receiptImage !== null && receiptPng !== null) writeFileSync(receiptImage, receiptPng);
  return {
    scenario: scenario.name,
    ok: record.ok,
    shell,
    electron: shop.electron,
    api,
    timeToQrMs,
    approvedToPaidMs,
    durationMs: record.elapsedMs,
    receiptText,
    receiptImage,
    screenshots: record.screenshots,
    checks: record.checks,
    timeline: record.timeline,
    error,
  };
}
