import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { salesReceipt } from '../../../app/receipt/sales-receipt.ts';
import type { PrinterStatus, Timers } from '../../../app/till/ports.ts';
import { drawerKick, encodeDocument } from '../../../hardware/printer/encode.ts';
import { createVirtualPrinter, type VirtualPrinter, type VirtualPrinterOptions } from '../../../hardware/printer/virtual-printer.ts';
import { exampleFacts } from '../../app/receipt/example-sale.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const RECEIPT = encodeDocument(salesReceipt(exampleFacts()), { columns: 42 });

/** Time that passes when the test says so. */
function handTimers(): Timers & { fire(): void; waiting(): number } {
  let pending: (() => void)[] = [];
  return {
    after(_delayMs, run) {
      pending.push(run);
      return { cancel: () => (pending = pending.filter((other) => other !== run)) };
    },
    fire() {
      const due = pending;
      pending = [];
      for (const run of due) run();
    },
    waiting: () => pending.length,
  };
}

function printerWith(options: Partial<VirtualPrinterOptions> = {}): VirtualPrinter {
  return createVirtualPrinter({ clock: { nowMs: () => 1_795_174_869_000 }, timers: handTimers(), ...options });
}

function short(text: string): Uint8Array {
  return encodeDocument({ series: 'sale', title: text, blocks: [{ kind: 'text', text, align: 'left' }] }, { columns: 42 });
}

describe('the virtual printer', () => {
  it('gives the paper of a job: its bytes, its text and its picture', async () => {
    const printer = printerWith();
    expect(await printer.print(RECEIPT)).toEqual({ kind: 'printed' });
    const [paper] = printer.papers();
    expect(paper).toMatchObject({ id: '000001', atMs: 1_795_174_869_000, torn: false, text: expect.stringContaining('TOTALT NOK') });
    expect(paper?.bytes).toEqual(RECEIPT);
    expect(PNG.sync.read(Buffer.from(paper?.png ?? [])).width).toBe(640);
  });

  it('tells each new paper to who listens, until they stop', async () => {
    const printer = printerWith();
    const heard: string[] = [];
    const stop = printer.onPaper((paper) => heard.push(paper.text));
    await printer.print(short('en'));
    stop();
    await printer.print(short('to'));
    expect(heard).toEqual(['en']);
  });

  it('prints jobs in the order they were given', async () => {
    const timers = handTimers();
    const printer = printerWith({ timers });
    printer.setCondition({ kind: 'slow', delayMs: 500 });
    const first = printer.print(short('en'));
    const second = printer.print(short('to'));
    while (timers.waiting() === 0) await Promise.resolve();
    expect(printer.papers()).toEqual([]);
    timers.fire();
    await first;
    while (timers.waiting() === 0) await Promise.resolve();
    timers.fire();
    await second;
    expect(printer.papers().map((paper) => paper.text)).toEqual(['en', 'to']);
  });

  it.each(['paper-out', 'cover-open', 'offline'] as const)('prints nothing when it is %s, and goes on afterwards', async (kind) => {
    const printer = printerWith();
    printer.setCondition({ kind });
    expect(printer.status()).toEqual({ state: kind });
    expect(await printer.print(RECEIPT)).toEqual({ kind: 'not-printed', reason: kind });
    expect(printer.papers()).toEqual([]);
    printer.setCondition({ kind: 'ready' });
    expect(await printer.print(RECEIPT)).toEqual({ kind: 'printed' });
  });

  it('prints with the paper nearly at its end, and says so', async () => {
    const printer = printerWith();
    const states: PrinterStatus['state'][] = [];
    const stop = printer.onStatus((status) => states.push(status.state));
    printer.setCondition({ kind: 'paper-low' });
    expect(await printer.print(RECEIPT)).toEqual({ kind: 'printed' });
    printer.setCondition({ kind: 'ready' });
    stop();
    printer.setCondition({ kind: 'offline' });
    expect(states).toEqual(['paper-low', 'ready']);
  });

  it('does not know the outcome when it is cut off in the middle, and half the paper is there', async () => {
    const printer = printerWith();
    printer.setCondition({ kind: 'cut-off', afterBytes: 300, reason: 'gone' });
    expect(printer.status()).toEqual({ state: 'ready' });
    expect(await printer.print(RECEIPT)).toEqual({ kind: 'unknown', reason: 'gone' });
    expect(printer.status()).toEqual({ state: 'gone' });
    expect(await printer.print(RECEIPT)).toEqual({ kind: 'not-printed', reason: 'gone' });
    expect(printer.papers()).toHaveLength(1);
    expect(printer.papers()[0]).toMatchObject({ torn: true, text: expect.stringMatching(/^ +Salgskvittering/) });
    expect(printer.papers()[0]?.text).not.toContain('TOTALT');
  });

  it('has no paper at all of a job that was cut off before its first line', async () => {
    const printer = printerWith();
    printer.setCondition({ kind: 'cut-off', afterBytes: 5, reason: 'gone' });
    expect(await printer.print(RECEIPT)).toEqual({ kind: 'unknown', reason: 'gone' });
    expect(printer.papers()).toEqual([]);
  });

  it('does not know the outcome when something happens during a slow job', async () => {
    const timers = handTimers();
    const printer = printerWith({ timers });
    printer.setCondition({ kind: 'slow', delayMs: 500 });
    const job = printer.print(RECEIPT);
    while (timers.waiting() === 0) await Promise.resolve();
    printer.setCondition({ kind: 'paper-out' });
    timers.fire();
    expect(await job).toEqual({ kind: 'unknown', reason: 'paper-out' });
    expect(printer.papers()[0]).toMatchObject({ torn: true });
  });

  it('does not print what a printer could not read, and keeps it to be looked at', async () => {
    const printer = printerWith();
    expect(await printer.print(Uint8Array.of(0x1b, 0x7a))).toEqual({ kind: 'not-printed', reason: 'error' });
    expect(printer.refusedJobs()).toMatchObject([{ error: { reason: 'unknown-command', offset: 0 } }]);
    expect(await printer.print(RECEIPT)).toEqual({ kind: 'printed' });
  });

  it('opens the drawer without paper', async () => {
    const printer = printerWith();
    expect(await printer.print(drawerKick())).toEqual({ kind: 'printed' });
    expect([printer.drawerKicks(), printer.papers().length]).toEqual([1, 0]);
  });

  it('has a drawer to open by pulse or key and to push shut, and tells its switch', async () => {
    const printer = printerWith({ drawerPin: 2 });
    const heard: string[] = [];
    printer.onStatus(({ drawerLevel = 'none' }) => heard.push(drawerLevel));
    expect([printer.drawer(), printer.status()]).toEqual(['shut', { state: 'ready', drawerLevel: 'low' }]);
    expect(await printer.openDrawer(2)).toEqual({ kind: 'printed' });
    expect(await printer.openDrawer(2)).toEqual({ kind: 'printed' });
    printer.moveDrawer('shut');
    printer.moveDrawer('open');
    printer.moveDrawer('stuck');
    await printer.openDrawer(2);
    expect([heard, printer.drawer(), printer.papers()]).toEqual([['high', 'low', 'high', 'low'], 'stuck', []]);
  });

  it('opens the drawer by a receipt’s own pulse too, on the pin that it hangs on', async () => {
    const printer = printerWith({ drawerPin: 5 });
    await printer.print(drawerKick(2));
    expect(printer.drawer()).toBe('shut');
    await printer.print(drawerKick(5));
    expect(printer.drawer()).toBe('open');
  });

  it('opens the drawer without paper and with its cover open, and not when it is off', async () => {
    for (const [kind, outcome] of [
      ['paper-out', { kind: 'printed' }],
      ['cover-open', { kind: 'printed' }],
      ['offline', { kind: 'not-printed', reason: 'offline' }],
    ] as const) {
      const printer = printerWith({ drawerPin: 2 });
      printer.setCondition({ kind });
      expect([kind, await printer.openDrawer(2)]).toEqual([kind, outcome]);
    }
  });

  it('keeps its cable’s next accident for the paper, not for the pulse', async () => {
    const printer = printerWith({ drawerPin: 2 });
    printer.setCondition({ kind: 'cut-off', afterBytes: 3, reason: 'gone' });
    expect(await printer.openDrawer(2)).toEqual({ kind: 'printed' });
    expect(await printer.print(RECEIPT)).toEqual({ kind: 'unknown', reason: 'gone' });
  });

  it('tells nothing of a drawer that it has not, or while it is off', () => {
    expect([printerWith().drawer(), printerWith().status()]).toEqual(['none', { state: 'ready' }]);
    const printer = printerWith({ drawerPin: 2 });
    printer.setCondition({ kind: 'offline' });
    expect(printer.status()).toEqual({ state: 'offline' });
  });

  it('keeps the newest papers only', async () => {
    const printer = printerWith({ keep: 2 });
    for (const text of ['en', 'to', 'tre']) await printer.print(short(text));
    expect(printer.papers().map((paper) => [paper.id, paper.text])).toEqual([
      ['000002', 'to'],
      ['000003', 'tre'],
    ]);
  });

  it('prints on 58 mm paper too', async () => {
    const printer = printerWith({ columns: 32 });
    await printer.print(encodeDocument(salesReceipt(exampleFacts()), { columns: 32 }));
    expect(PNG.sync.read(Buffer.from(printer.papers()[0]?.png ?? [])).width).toBe(448);
  });
});

describe('the virtual printer with a folder', () => {
  it('writes each paper, and shows it again after a restart', async () => {
    const directory = temporaryFolder();
    const before = printerWith({ directory });
    await before.print(short('en'));
    before.setCondition({ kind: 'cut-off', afterBytes: 300, reason: 'gone' });
    await before.print(RECEIPT);
    expect(readdirSync(directory).sort()).toEqual(
      ['000001', '000002-torn'].flatMap((name) => [`${name}.bin`, `${name}.png`, `${name}.txt`]),
    );
    expect(readFileSync(join(directory, '000001.txt'), 'utf8')).toBe('en\n');
    const after = printerWith({ directory });
    const plain = (printer: VirtualPrinter) => printer.papers().map(({ id, atMs, text, torn }) => ({ id, atMs, text, torn }));
    expect(plain(after)).toEqual(plain(before));
    await after.print(short('tre'));
    expect(after.papers().at(-1)?.id).toBe('000003');
  });

  it('removes the files of papers that it no longer keeps', async () => {
    const directory = temporaryFolder();
    const printer = printerWith({ directory, keep: 1 });
    await printer.print(short('en'));
    await printer.print(short('to'));
    expect(readdirSync(directory).sort()).toEqual(['000002.bin', '000002.png', '000002.txt']);
  });

  it('leaves a file alone that it cannot read', async () => {
    const directory = temporaryFolder();
    writeFileSync(join(directory, '000009.bin'), Uint8Array.of(0x07));
    const printer = printerWith({ directory });
    expect(printer.papers()).toEqual([]);
    await printer.print(short('en'));
    expect(printer.papers().map((paper) => paper.id)).toEqual(['000010']);
    expect([...readFileSync(join(directory, '000009.bin'))]).toEqual([0x07]);
  });

  it('still prints when the folder is gone, and says so in the log', async () => {
    const directory = join(temporaryFolder(), 'papers');
    const events: string[] = [];
    const printer = printerWith({ directory, log: { write: (_level, event) => events.push(event) } });
    rmSync(directory, { recursive: true });
    expect(await printer.print(short('en'))).toEqual({ kind: 'printed' });
    expect([printer.papers().length, events]).toEqual([1, ['paper-not-kept']]);
  });
});
