/** The sign at a register: made and printed on the manager's page, scanned off the paper, and heard at the counter. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../server/sandbox/sandbox.ts';
import { launchBrowser } from '../support/browser.ts';
import { readQr } from '../support/read-qr.ts';
import { RunningRegister } from '../support/running-register.ts';
import { sandboxConfiguration } from '../support/sandbox-configuration.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('hangs on paper of its own size, and whoever scans it is offered to the cashier', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-sign-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const configFile = join(folder, 'tillit.json');
  writeFileSync(configFile, JSON.stringify({ ...sandboxConfiguration(sandbox, 'epayment'), reachable: { port: 0, checkIns: 'ask' } }));
  const register = await RunningRegister.start({ dataDir: join(folder, 'data'), configFile });
  onTestFinished(async () => void (await register.kill()));
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'nb-NO' });
  onTestFinished(() => context.close());

  const page = await context.newPage();
  // The system's dialog is not there; what it would print stands on the page until it is closed.
  await page.addInitScript('window.print = () => { document.documentElement.dataset.printed = "yes"; };');
  await page.goto(register.ready.settings);
  await page.getByRole('button', { name: 'QR-skilt' }).click();
  await page.getByRole('button', { name: 'Lag skiltet' }).click();
  await page.getByText('Skiltet heter «Kasse 1».').waitFor();
  await page.getByRole('button', { name: 'Skriv ut A6' }).click();
  await page.locator('[data-printed]').waitFor({ state: 'attached' });

  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.sign-paper').innerText()).toMatch(/Kolonialen på hjørnet AS[\s\S]*Skann for å betale[\s\S]*Kasse 1/);
  const content = readQr(await page.locator('.sign-paper').screenshot());
  expect(content).toBe(`${sandbox.url}/qr/check-in/123456/kolo-1`);

  // Printing ends with the sheet gone.
  const pdf = join(folder, 'sign.pdf');
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  const text = readFileSync(pdf, 'latin1');
  const [, widthPoints = '', heightPoints = ''] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? [];
  expect([Math.round(Number(widthPoints) / 2.8346), Math.round(Number(heightPoints) / 2.8346)]).toEqual([105, 148]);
  expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);

  const cashier = await context.newPage();
  await cashier.goto(register.ready.cashier);
  await register.must({ type: 'add-article', articleNumber: '1001' });
  await fetch(content ?? '', { redirect: 'manual' });
  await cashier.getByText('Kunden har skannet skiltet.').waitFor();
  await cashier.getByRole('button', { name: 'Send 39,90 kr til telefonen' }).click();
  const { stage } = await register.until((view) => view.stage.kind === 'payment' && view.stage.phase !== 'creating');
  sandbox.control.customer('approve', stage.kind === 'payment' ? stage.reference : '');
  await cashier.getByRole('button', { name: 'Ny kunde' }).waitFor();
  expect(sandbox.control.ledger().total.capturedOre).toBe(3_990);
});
