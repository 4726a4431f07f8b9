import { describe, expect, it } from 'vitest';
import type { PrinterStatus } from '../../app/till/ports.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { createEscposPrinter } from '../../hardware/printer/escpos-printer.ts';
import { counter, eventually, isReady, LINES, PRINTED, receipt, shows } from './counter.ts';
import { EmulatedPrinter } from './emulated-printer.ts';
import { ptyPrinter } from './pty-printer.ts';
import { tcpPrinter } from './tcp-printer.ts';

/** More than any buffer between the register and the printer takes: pictures, in one job. */
function hugeJob(pictures: number): Uint8Array {
  const rows = 400;
  const picture = [0x1d, 0x76, 0x30, 0, 63, 0, rows & 0xff, rows >> 8, ...new Array<number>(63 * rows).fill(0x55)];
  const bytes = [0x1b, 0x40];
  for (let count = 0; count < pictures; count += 1) bytes.push(...Uint8Array.from(picture));
  return Uint8Array.from([...bytes, 0x1d, 0x56, 0]);
}

const SERIAL = LINES.filter((line) => line === 'serial');

describe.each(SERIAL)('a job that a %s line does not take to its end', (line) => {
  it('keeps the others waiting, not lost: they are given back, until there is paper and the rest is out', async (test) => {
    const { printer, emulated } = await counter(test, line);
    await isReady(printer);
    emulated.endPaperAfter(2_000);
    expect(await printer.print(hugeJob(16))).toEqual({ kind: 'unknown', reason: 'paper-out' });
    expect(await printer.print(receipt('Etterpå'))).toEqual({ kind: 'not-printed', reason: 'paper-out' });
    emulated.setPaper('present');
    await isReady(printer);
    expect(await printer.print(receipt('Etterpå'))).toEqual(PRINTED);
    expect(emulated.refusal).toBeNull();
    expect(emulated.paperCount).toBe(2);
  });

  it.for([
    { baud: 19_200, dataBits: 8, parity: 'even', stopBits: 2, flow: 'rts-cts' },
    { baud: 38_400, dataBits: 8, parity: 'odd', flow: 'xon-xoff' },
    { baud: 115_200, flow: 'none' },
  ] as const)('is none of these: every way to set a line is taken by a port without modem lines (%o)', async (settings, test) => {
    const emulated = new EmulatedPrinter();
    const plugged = await ptyPrinter(emulated, settings);
    const printer = createEscposPrinter({ end: plugged.end, clock: nodeClock, timers: nodeTimers });
    test.onTestFinished(async () => {
      await printer.close();
      await plugged.close();
    });
    expect(await printer.print(receipt('Innstilt'))).toEqual(PRINTED);
  });
});

describe('a network printer that ends a connection on which nothing is said', () => {
  it('is not shown as gone for that', async (test) => {
    const emulated = new EmulatedPrinter();
    const plugged = await tcpPrinter(emulated);
    const printer = createEscposPrinter({ end: plugged.end, clock: nodeClock, timers: nodeTimers });
    test.onTestFinished(async () => {
      await printer.close();
      await plugged.close();
    });
    await isReady(printer);
    const seen: PrinterStatus[] = [];
    printer.onStatus((status) => seen.push(status));
    emulated.hangUp();
    await eventually(() => expect(emulated.connections).toBe(2));
    expect(await printer.print(receipt('Igjen'))).toEqual(PRINTED);
    expect(seen).toEqual([]);
  });

  it('whose connection died without a word is offline, and reached again by a new one', async (test) => {
    const emulated = new EmulatedPrinter();
    const plugged = await tcpPrinter(emulated);
    const patience = { answerMs: 300, lookMs: 100 };
    const printer = createEscposPrinter({ end: plugged.end, clock: nodeClock, timers: nodeTimers, patience });
    test.onTestFinished(async () => {
      await printer.close();
      await plugged.close();
    });
    await isReady(printer);
    const seen: PrinterStatus['state'][] = [];
    printer.onStatus(({ state }) => seen.push(state));
    plugged.lose();
    await eventually(() => expect(seen).toEqual(['offline', 'ready']));
    expect(await printer.print(receipt('Igjen'))).toEqual(PRINTED);
  });

  it('is shown as gone when it cannot be reached again', async (test) => {
    const { printer, unplug, plugIn } = await counter(test, 'network');
    await isReady(printer);
    await unplug();
    await shows(printer, { state: 'gone', cause: 'refused' });
    await plugIn();
    await isReady(printer);
  });
});
