import { expect, it, onTestFinished } from 'vitest';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { createEscposPrinter } from '../../hardware/printer/escpos-printer.ts';
import { lendablePrinter } from '../../hardware/printer/lendable-printer.ts';
import { isReady, PRINTED, receipt } from './counter.ts';
import { EmulatedPrinter, type EmulatedPrinterOptions } from './emulated-printer.ts';
import { tcpPrinter } from './tcp-printer.ts';

async function counter(options: EmulatedPrinterOptions = {}) {
  const emulated = new EmulatedPrinter(options);
  const { end, close } = await tcpPrinter(emulated);
  const around = { end, clock: nodeClock, timers: nodeTimers, patience: { answerMs: 500, lineMs: 1_000, lookMs: 200 } };
  const printer = lendablePrinter(() => createEscposPrinter(around));
  onTestFinished(async () => {
    await printer.close();
    await close();
  });
  await isReady(printer);
  return { emulated, printer, around };
}

it('a printer that is lent is another’s alone, and the register has it back afterwards', async () => {
  const { emulated, printer, around } = await counter();
  const giveBack = await printer.lend();
  const trial = createEscposPrinter(around);
  expect(await trial.print(receipt('Prøve'))).toEqual(PRINTED);
  await trial.close();
  giveBack?.();
  await isReady(printer);
  expect(await printer.print(receipt('Kvittering'))).toEqual(PRINTED);
  expect(emulated.papers).toHaveLength(2);
});

it('a receipt that comes while the printer is lent is given back unprinted, not lost and not stuck', async () => {
  const { emulated, printer } = await counter();
  const giveBack = await printer.lend();
  expect(printer.status()).toEqual({ state: 'offline' });
  expect(await printer.print(receipt('Kvittering'))).toEqual({ kind: 'not-printed', reason: 'offline' });
  expect(await printer.openDrawer(2)).toEqual({ kind: 'not-printed', reason: 'offline' });
  giveBack?.();
  await isReady(printer);
  expect(await printer.print(receipt('Kvittering'))).toEqual(PRINTED);
  expect([emulated.papers.length, emulated.kicks]).toEqual([1, 0]);
});

it('a printer at work is not lent', async () => {
  const { printer } = await counter({ printingBytesPerSecond: 400 });
  const printed = printer.print(receipt('Kvittering'));
  expect(await printer.lend()).toBeNull();
  expect(await printed).toEqual(PRINTED);
});

it('whoever listens hears of the loan and of the return', async () => {
  const { printer } = await counter();
  const heard: string[] = [];
  printer.onStatus(({ state }) => heard.push(state));
  const giveBack = await printer.lend();
  giveBack?.();
  await isReady(printer);
  expect([heard[0], heard.at(-1)]).toEqual(['offline', 'ready']);
});
