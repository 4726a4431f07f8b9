/** A printer on a counter: the real driver, a real line, and an emulated printer at its other end. */
import { expect, type TestContext, vi } from 'vitest';
import type { PrintOutcome } from '../../app/till/ports.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { encodeDocument } from '../../hardware/printer/encode.ts';
import { createEscposPrinter, type EscposPrinter, type EscposPrinterOptions } from '../../hardware/printer/escpos-printer.ts';
import { EmulatedPrinter, type EmulatedPrinterOptions } from './emulated-printer.ts';
import { ptyTrouble } from './pty.ts';
import { ptyPrinter } from './pty-printer.ts';
import { tcpPrinter } from './tcp-printer.ts';

export type LineKind = 'network' | 'serial';

/** Why serial lines cannot be tested here, or `null`. */
export const noSerial = ptyTrouble();
if (noSerial !== null) process.stderr.write(`NOT TESTED: ${noSerial}\n`);

/** The lines that can be tested on this machine. */
export const LINES: readonly LineKind[] = noSerial === null ? ['network', 'serial'] : ['network'];

export interface Counter {
  readonly emulated: EmulatedPrinter;
  readonly printer: EscposPrinter;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
}

/** Short enough for a test, long enough for a machine with much to do. */
const PATIENCE = { answerMs: 500, lineMs: 1_000, graceMs: 2_000, lookMs: 200 } as const;

/** A counter of the test's own, which ends with it: tests that wait for a printer may run beside each other. */
export async function counter(
  test: TestContext,
  kind: LineKind,
  emulation: EmulatedPrinterOptions = {},
  options: Partial<EscposPrinterOptions> = {},
): Promise<Counter> {
  const emulated = new EmulatedPrinter(emulation);
  const baud = emulation.baud ?? 115_200;
  const plugged = kind === 'network' ? await tcpPrinter(emulated) : await ptyPrinter(emulated, { baud });
  const printer = createEscposPrinter({ end: plugged.end, clock: nodeClock, timers: nodeTimers, patience: PATIENCE, ...options });
  test.onTestFinished(async () => {
    await printer.close();
    await plugged.close();
  });
  return { emulated, printer, unplug: () => plugged.unplug(), plugIn: () => plugged.plugIn() };
}

/** A receipt of so many articles, about 45 bytes each. */
export function receipt(title: string, articles = 3): Uint8Array {
  const items = Array.from({ length: articles }, (_, index) => ({
    kind: 'item' as const,
    name: `${title} vare ${index + 1}`,
    each: null,
    amount: '10,00',
  }));
  return encodeDocument({ series: 'sale', title, blocks: [{ kind: 'mark', text: title }, ...items] }, { columns: 42 });
}

/** Waits until what is expected is so. Unlike `expect.poll` it need not know which test it is in, when several run. */
export async function eventually(expectation: () => void): Promise<void> {
  await vi.waitFor(expectation, { timeout: 15_000, interval: 20 });
}

export const isReady = (printer: EscposPrinter): Promise<void> => eventually(() => expect(printer.status().state).toBe('ready'));

export const shows = (printer: EscposPrinter, status: Partial<ReturnType<EscposPrinter['status']>>): Promise<void> =>
  eventually(() => expect(printer.status()).toMatchObject(status));

export const PRINTED: PrintOutcome = { kind: 'printed' };
