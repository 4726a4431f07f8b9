/** A whole register in a process of its own, with the devices that its configuration names: at serial ports that come and go. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { serialEnd } from '../../hardware/line/serial-line.ts';
import { type Sandbox, startSandbox } from '../../server/sandbox/sandbox.ts';
import { RunningRegister } from '../support/running-register.ts';
import { sandboxConfiguration } from '../support/sandbox-configuration.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { EmulatedPrinter } from './emulated-printer.ts';
import { ptyPrinter } from './pty-printer.ts';
import { emulatedScanner } from './scanner.ts';

const PATIENCE = { timeout: 20_000 };
const KNEIPP = '7090000010010';

async function startWith(devices: object): Promise<RunningRegister> {
  const sandbox: Sandbox = await startSandbox();
  const folder = temporaryFolder();
  const configFile = join(folder, 'tillit.json');
  writeFileSync(configFile, JSON.stringify({ ...sandboxConfiguration(sandbox), drawer: { connected: false }, ...devices }));
  const register = await RunningRegister.start({ dataDir: join(folder, 'data'), configFile });
  onTestFinished(async () => {
    await register.kill();
    await sandbox.close();
  });
  return register;
}

const lightOf = async (register: RunningRegister, device: string) =>
  (await register.cashierView()).lights.find((light) => light.device === device);

it('starts without its printer, says so, and prints what waited once it is plugged in', async () => {
  const emulated = new EmulatedPrinter();
  const printer = await ptyPrinter(emulated);
  onTestFinished(() => printer.close());
  await printer.unplug();
  const register = await startWith({ printer: { kind: 'serial', path: printer.path } });
  expect(register.ready.printer).toBeNull();
  await expect.poll(() => lightOf(register, 'printer'), PATIENCE).toMatchObject({ state: 'down', text: 'Skriver: ikke tilkoblet' });

  await register.must({ type: 'scan', code: KNEIPP });
  await register.must({ type: 'pay-cash', receivedOre: 4_000 });
  await printer.plugIn();
  await expect.poll(() => lightOf(register, 'printer'), PATIENCE).toMatchObject({ state: 'ok' });
  await expect.poll(() => emulated.papers.length, PATIENCE).toBe(1);
  expect(emulated.papers[0]).toContain('Kneipp, grovt');
  expect(emulated.refusal).toBeNull();
}, 60_000);

it('takes scans of a serial scanner, the quantity typed before them, and says on the screen what it refuses', async () => {
  const scanner = await emulatedScanner();
  onTestFinished(() => scanner.close());
  const register = await startWith({ scanner: { kind: 'serial', path: scanner.path } });
  await expect.poll(() => lightOf(register, 'scanner'), PATIENCE).toMatchObject({ state: 'ok', text: 'Skanner' });

  await register.must({ type: 'hold-quantity', quantityMilli: 3_000 });
  await scanner.scan(KNEIPP);
  await scanner.scan(KNEIPP);
  const { basket } = await register.until((view) => view.lineScans === 2 && view.basket?.lines.length === 1);
  expect(basket?.lines[0]).toMatchObject({ quantityMilli: 4_000 });

  await scanner.scan('5901234123457');
  const { notice } = await register.until((view) => view.lineScans === 3 && view.notice !== null);
  expect(notice?.text).toContain('5901234123457');

  await register.must({ type: 'pay-vipps' });
  await scanner.scan(KNEIPP);
  const refused = await register.until((view) => view.lineScans === 4 && view.notice?.support === 'payment-alive');
  expect(refused.basket?.lines[0]).toMatchObject({ quantityMilli: 4_000 });

  await scanner.unplug();
  await expect.poll(() => lightOf(register, 'scanner'), PATIENCE).toMatchObject({ state: 'down', text: 'Skanner: ikke tilkoblet' });
}, 60_000);

it('lets go of its ports when it takes new settings up and when it stops, and opens them again', async () => {
  const emulated = new EmulatedPrinter();
  const printer = await ptyPrinter(emulated);
  const scanner = await emulatedScanner();
  onTestFinished(() => printer.close());
  onTestFinished(() => scanner.close());
  const register = await startWith({
    printer: { kind: 'serial', path: printer.path },
    scanner: { kind: 'serial', path: scanner.path },
  });
  const ready = async () => [(await lightOf(register, 'printer'))?.state, (await lightOf(register, 'scanner'))?.state];
  await expect.poll(ready, PATIENCE).toEqual(['ok', 'ok']);
  await scanner.scan('5901234123457');
  await register.until((view) => view.lineScans === 1);

  const answer = await fetch(`${register.ready.api}/api/settings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${register.ready.tokens.manager}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'save', section: 'receipt', value: { footer: 'Velkommen igjen', afterVipps: 'ask' } }),
  });
  expect(await answer.json()).toMatchObject({ ok: true });
  // It starts anew, and its count of scans with it; while it does nobody answers.
  const scansAndSales = () =>
    register.cashierView().then(
      ({ lineScans, lights }) => [lineScans, ...lights.map(({ state }) => state).slice(0, 2)],
      () => null,
    );
  await expect.poll(scansAndSales, PATIENCE).toEqual([0, 'ok', 'ok']);
  await register.must({ type: 'scan', code: KNEIPP });
  await register.must({ type: 'pay-cash', receivedOre: 4_000 });
  await expect.poll(() => emulated.papers.at(-1), PATIENCE).toContain('Velkommen igjen');

  expect((await register.stop()).code).toBe(0);
  for (const path of [printer.path, scanner.path]) {
    const line = await serialEnd({ path, baud: 9_600 }).open();
    await line.close();
  }
}, 60_000);
