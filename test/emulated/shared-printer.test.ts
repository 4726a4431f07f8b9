import { fork } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { createEscposPrinter, type PrinterPatience } from '../../hardware/printer/escpos-printer.ts';
import { PRINTED, receipt } from './counter.ts';
import { EmulatedPrinter, type EmulatedPrinterOptions } from './emulated-printer.ts';
import { tcpPrinter } from './tcp-printer.ts';

async function sharedPrinter(whenBusy: 'refuse' | 'queue', emulation: EmulatedPrinterOptions = {}) {
  const emulated = new EmulatedPrinter({ baud: 115_200, ...emulation });
  const plugged = await tcpPrinter(emulated, whenBusy);
  onTestFinished(() => plugged.close());
  const register = (patience: PrinterPatience = {}) => {
    const printer = createEscposPrinter({ end: plugged.end, clock: nodeClock, timers: nodeTimers, shared: true, patience });
    onTestFinished(() => printer.close());
    return printer;
  };
  return { emulated, port: plugged.port, register };
}

/** Which titles stand on each paper: one each, when nothing was mixed. */
function titlesOn(emulated: EmulatedPrinter): string[][] {
  return emulated.papers.map((text) => [...new Set(text.match(/Kasse \d nr \d/g))]);
}

describe.each(['refuse', 'queue'] as const)('a network printer that two registers share, and that makes the second one %s', (whenBusy) => {
  it('prints every receipt of both, each on a paper of its own', async () => {
    const { emulated, register } = await sharedPrinter(whenBusy);
    const titles = [1, 2].flatMap((number) => [1, 2, 3, 4].map((nr) => [number, `Kasse ${number} nr ${nr}`] as const));
    const registers = [register(), register()];
    const outcomes = await Promise.all(titles.map(([number, title]) => registers[number - 1]?.print(receipt(title, 12))));
    expect(outcomes).toEqual(titles.map(() => PRINTED));
    expect(emulated.refusal).toBeNull();
    expect(titlesOn(emulated).sort()).toEqual(titles.map(([, title]) => [title]));
  });
});

describe('a network printer', () => {
  it('that is shared by two programs has each receipt on a paper of its own', async () => {
    const { emulated, port } = await sharedPrinter('refuse');
    const outcomes = await Promise.all([1, 2].map((number) => printElsewhere(port, `Kasse ${number}`)));
    expect(outcomes).toEqual([
      [PRINTED, PRINTED, PRINTED],
      [PRINTED, PRINTED, PRINTED],
    ]);
    expect(emulated.refusal).toBeNull();
    const titles = titlesOn(emulated);
    expect(titles.every((found) => found.length === 1)).toBe(true);
    expect(titles.flat().sort()).toEqual([1, 2].flatMap((number) => [1, 2, 3].map((nr) => `Kasse ${number} nr ${nr}`)));
  });

  it('that answers nothing can be shared too', async () => {
    const { emulated, register } = await sharedPrinter('queue', { answers: 'nothing' });
    const printer = register({ answerMs: 300, lineMs: 1_000 });
    expect(await printer.print(receipt('Kasse 1 nr 1'))).toEqual(PRINTED);
    expect(titlesOn(emulated)).toEqual([['Kasse 1 nr 1']]);
  });
});

/** Prints three receipts from a process of its own. */
function printElsewhere(port: number, title: string): Promise<unknown> {
  const child = fork(new URL('./print-elsewhere.ts', import.meta.url), [String(port), title], { stdio: 'inherit' });
  onTestFinished(() => void child.kill());
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The other register ended (${code}).`)));
  });
}
