/**
 * A receipt from the queue to its last byte, at the speeds of serial lines, against what the wire itself needs; and what a
 * thousand receipts leave behind in memory. The real driver over a real pseudo-terminal, with an emulated printer behind it
 * that takes bytes at the wire's pace.
 */
import { salesReceipt } from '../../app/receipt/sales-receipt.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { encodeDocument } from '../../hardware/printer/encode.ts';
import { createEscposPrinter, type EscposPrinter } from '../../hardware/printer/escpos-printer.ts';
import { exampleFacts } from '../app/receipt/example-sale.ts';
import { EmulatedPrinter } from '../emulated/emulated-printer.ts';
import { ptyTrouble } from '../emulated/pty.ts';
import { ptyPrinter } from '../emulated/pty-printer.ts';
import { tcpPrinter } from '../emulated/tcp-printer.ts';
import { type BenchResult, median } from './measure.ts';

const RECEIPTS = { 9600: 3, 19200: 4, 115200: 9 } as const;
const MANY = 1_000;
const WARM_UP = 200;
const AIM_RATIO = 1.05;
/** One receipt's bytes, kept a thousand times, would be more. */
const AIM_GROWTH_BYTES = 1_000_000;

export async function printing(tell: (text: string) => void): Promise<readonly BenchResult[]> {
  const bytes = encodeDocument(salesReceipt(exampleFacts()), { columns: 42 });
  const results: BenchResult[] = [];
  const trouble = ptyTrouble();
  if (trouble !== null) tell(trouble);
  else for (const baud of [9_600, 19_200, 115_200] as const) results.push(await atBaud(baud, bytes));
  results.push(await memory(bytes));
  return results;
}

async function atBaud(baud: keyof typeof RECEIPTS, bytes: Uint8Array): Promise<BenchResult> {
  const emulated = new EmulatedPrinter({ baud });
  const plugged = await ptyPrinter(emulated, { baud });
  const printer = createEscposPrinter({ end: plugged.end, clock: nodeClock, timers: nodeTimers });
  await whenReady(printer);
  const toLastByteMs: number[] = [];
  const toPrintedMs: number[] = [];
  const carried: number[] = [];
  for (let count = 0; count < RECEIPTS[baud]; count += 1) {
    const before = performance.now();
    const receivedBefore = emulated.receivedBytes;
    const outcome = await printer.print(bytes);
    if (outcome.kind !== 'printed') throw new Error(`A receipt at ${baud} baud became ${outcome.kind}.`);
    toLastByteMs.push(emulated.lastCutAtMs - before);
    toPrintedMs.push(performance.now() - before);
    carried.push(emulated.receivedBytes - receivedBefore);
  }
  await printer.close();
  await plugged.close();
  const wireMs = (bytes.length * 10_000) / baud;
  const ratio = median(toLastByteMs) / wireMs;
  return {
    name: `receipt from queue to last byte at ${baud} baud against the wire`,
    aim: `≤ ${AIM_RATIO}`,
    ratio,
    met: ratio <= AIM_RATIO,
    facts: {
      receiptBytes: bytes.length,
      carriedBytes: median(carried),
      wireMs: Math.round(wireMs),
      lastByteMs: Math.round(median(toLastByteMs)),
      printedMs: Math.round(median(toPrintedMs)),
    },
  };
}

async function memory(bytes: Uint8Array): Promise<BenchResult> {
  const emulated = new EmulatedPrinter();
  const plugged = await tcpPrinter(emulated);
  const printer = createEscposPrinter({ end: plugged.end, clock: nodeClock, timers: nodeTimers });
  await whenReady(printer);
  for (let count = 0; count < WARM_UP; count += 1) await printer.print(bytes);
  const before = await settledHeapBytes();
  for (let count = 0; count < MANY; count += 1) await printer.print(bytes);
  const growthBytes = (await settledHeapBytes()) - before;
  await printer.close();
  await plugged.close();
  return {
    name: `memory after ${MANY} receipts`,
    aim: `≤ ${AIM_GROWTH_BYTES} bytes more`,
    ratio: null,
    met: growthBytes <= AIM_GROWTH_BYTES && emulated.paperCount === MANY + WARM_UP,
    facts: { growthBytes, papers: emulated.paperCount, receiptBytes: bytes.length },
  };
}

function whenReady(printer: EscposPrinter): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (printer.status().state !== 'ready') return;
      stop();
      resolve();
    };
    const stop = printer.onStatus(look);
    look();
  });
}

/** What is still held after everything that can go has gone. */
async function settledHeapBytes(): Promise<number> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 3; turn += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}
