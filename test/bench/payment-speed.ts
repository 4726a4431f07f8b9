/**
 * How fast a payment feels, on real screens: a register in a process of its own, a provider that takes 150 ms a leg, two
 * Chromium pages whose changes are timed as they are drawn. What is measured is what the register adds to the provider's
 * own legs.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startSandbox } from '../../server/sandbox/sandbox.ts';
import { launchBrowser } from '../support/browser.ts';
import { RunningRegister } from '../support/running-register.ts';
import { sandboxConfiguration } from '../support/sandbox-configuration.ts';
import { type BenchResult, percentile } from './measure.ts';

const LEG_MS = 150;
/** Initiate, the QR's address, the QR's picture. */
const LEGS_TO_QR = 3;
const POLL_MS = 1_000;

interface Seen {
  readonly atMs: number;
  readonly what: string;
}

declare global {
  interface Window {
    seen?: Seen[];
  }
}

/** Notes when each state of the page is drawn, on the machine's one clock. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Seen[] = [];
    window.seen = seen;
    const look = () => {
      const screen = document.querySelector('[data-screen]')?.getAttribute('data-screen') ?? '';
      const picture = document.querySelector<HTMLImageElement>('img.qr');
      const words = document.body.textContent ?? '';
      const finished = document.querySelector('[data-finished]') === null ? '' : 'finished';
      const what = [screen, picture?.complete && picture.naturalWidth > 0 ? 'picture' : '', finished, words].join('|');
      if (seen.at(-1)?.what !== what) seen.push({ atMs: performance.timeOrigin + performance.now(), what });
    };
    new MutationObserver(look).observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
    document.addEventListener('load', look, true);
  });
}

async function firstAfter(page: Page, fromMs: number, part: string): Promise<number> {
  const handle = await page.waitForFunction(
    ({ from, wanted }) => window.seen?.find(({ atMs, what }) => atMs >= from && what.includes(wanted))?.atMs,
    { from: fromMs, wanted: part },
    { polling: 20 },
  );
  return Number(await handle.jsonValue());
}

export async function paymentSpeed(directory: string, payments: number): Promise<readonly BenchResult[]> {
  const sandbox = await startSandbox({ legLatencyMs: LEG_MS });
  const configFile = join(directory, 'configuration.json');
  writeFileSync(configFile, JSON.stringify(sandboxConfiguration(sandbox)));
  const register = await RunningRegister.start({ dataDir: join(directory, 'payment-speed'), configFile });
  const browser = await launchBrowser();
  try {
    const cashier = await browser.newPage();
    const customer = await browser.newPage();
    await cashier.goto(register.ready.cashier);
    await customer.goto(register.ready.customer);
    await customer.locator('[data-screen="idle"]').waitFor();
    await watch(cashier);
    await watch(customer);
    const toQrMs: number[] = [];
    const toApprovedMs: number[] = [];
    const toPaidMs: number[] = [];
    for (let count = 0; count <= payments; count++) {
      await register.must({ type: 'add-article', articleNumber: '1001' });
      await register.until(({ lights }) => lights.some(({ device, state }) => device === 'provider' && state === 'ok'));
      const pressedMs = performance.timeOrigin + performance.now();
      await register.must({ type: 'pay-vipps' });
      const qrMs = await firstAfter(customer, pressedMs, 'picture');
      const { stage } = await register.cashierView();
      const reference = stage.kind === 'payment' ? stage.reference : '';
      sandbox.control.customer('open', reference);
      await register.until((view) => view.stage.kind === 'payment' && view.stage.phase === 'waiting-for-approval');
      await new Promise((resolve) => setTimeout(resolve, Math.floor((count * POLL_MS) / payments)));
      const approvedMs = performance.timeOrigin + performance.now();
      sandbox.control.customer('approve', reference);
      const told = Math.max(await firstAfter(customer, approvedMs, 'Takk!'), await firstAfter(cashier, approvedMs, 'Kunden har godkjent'));
      const paid = Math.max(await firstAfter(customer, approvedMs, 'Betalt'), await firstAfter(cashier, approvedMs, 'finished'));
      await register.must({ type: 'decline-receipt' });
      await register.must({ type: 'next-customer' });
      if (count === 0) continue; // the first one warms up the browser
      toQrMs.push(qrMs - pressedMs);
      toApprovedMs.push(told - approvedMs);
      toPaidMs.push(paid - told);
    }
    const round = (value: number) => Math.round(value);
    const extraMs = percentile(toQrMs, 0.5) - LEGS_TO_QR * LEG_MS;
    const approvedWorst = Math.max(...toApprovedMs);
    const paidMedian = percentile(toPaidMs, 0.5);
    return [
      {
        name: 'pay to QR on the customer screen, beyond the provider’s legs',
        aim: '< 50 ms',
        ratio: null,
        met: extraMs < 50,
        facts: {
          extraMs: round(extraMs),
          worstExtraMs: round(Math.max(...toQrMs) - LEGS_TO_QR * LEG_MS),
          legMs: LEG_MS,
          legs: LEGS_TO_QR,
          payments,
        },
      },
      {
        name: 'approval to “approved” on both screens',
        aim: '≤ poll interval + 1 leg',
        ratio: null,
        met: approvedWorst <= POLL_MS + LEG_MS,
        facts: { medianMs: round(percentile(toApprovedMs, 0.5)), worstMs: round(approvedWorst), boundMs: POLL_MS + LEG_MS, payments },
      },
      {
        name: '“approved” to “paid” on both screens',
        aim: '≤ 2 legs + 100 ms',
        ratio: null,
        met: paidMedian <= 2 * LEG_MS + 100,
        facts: { medianMs: round(paidMedian), worstMs: round(Math.max(...toPaidMs)), boundMs: 2 * LEG_MS + 100, payments },
      },
    ];
  } finally {
    await browser.close();
    await register.stop();
    await sandbox.close();
  }
}
