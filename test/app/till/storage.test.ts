import { describe, expect, it } from 'vitest';
import { BAG, BREAD } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

describe('a disk that takes nothing', () => {
  it.each([
    ['disk-full', 'Disken er full. Frigjør plass; kassen tar ikke imot salg før det er gjort.'],
    ['read-only', 'Kassen får ikke skrive til datamappen. Gi den skrivetilgang.'],
    ['locked', 'Et annet program holder kassens data låst. Lukk det og prøv igjen.'],
    ['corrupt', 'Kassens data kan ikke leses. Ikke selg mer; hent fram sikkerhetskopien.'],
  ] as const)('refuses with the sentence for %s, and nothing has changed', async (trouble, message) => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.box.storageTrouble = trouble;
    expect(await counter.ask({ type: 'add-article', articleNumber: BAG.articleNumber })).toEqual({ ok: false, code: 'storage', message });
    expect(counter.view.basket?.lines).toHaveLength(1);
  });
  it('is no trouble any more once there is room', async () => {
    const counter = new Counter();
    counter.box.storageTrouble = 'disk-full';
    await counter.ask({ type: 'add-article', articleNumber: BREAD.articleNumber });
    counter.box.storageTrouble = null;
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('changes no price that it cannot write down', async () => {
    const counter = new Counter();
    const file = `Varenummer;Navn;Gruppe;Pris;Mva\n${BREAD.articleNumber};Kneipp;Bakst;99,00;15\n`;
    const command = { type: 'import-catalogue', fileName: 'priser.csv', base64: Buffer.from(file).toString('base64') } as const;
    counter.box.storageTrouble = 'disk-full';
    expect(await counter.ask(command)).toMatchObject({ ok: false, code: 'storage' });
    counter.box.storageTrouble = null;
    counter.restart();
    await counter.ring(BREAD);
    expect(counter.view.basket?.dueOre).toBe(3_990);
    await counter.do(command);
    expect(counter.box.entries().slice(-2)).toMatchObject([
      { type: 'catalogue.imported', payload: { imported: 1 } },
      { type: 'catalogue.price-changed', payload: { articleNumber: BREAD.articleNumber, fromOre: 3_990, toOre: 9_900 } },
    ]);
  });
  it('takes no money', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.box.storageTrouble = 'disk-full';
    for (const command of [
      { type: 'pay-cash', receivedOre: 4_000 },
      { type: 'pay-card', terminalReference: 'T1' },
      { type: 'pay-vipps' },
    ] as const) {
      expect(await counter.ask(command)).toMatchObject({ code: 'storage' });
    }
    await counter.time.pass(5_000);
    expect(counter.provider.payments.size).toBe(0);
    expect(counter.view.stage.kind).toBe('selling');
  });
  it('sends no capture before its intent is written, and goes on by itself', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr();
    counter.box.storageTrouble = 'disk-full';
    await counter.approve();
    expect(counter.asked('capture')).toEqual([]);
    counter.box.storageTrouble = null;
    await counter.time.pass(3_000);
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('keeps a picture off the screen once it was read as approved, though the provider falls silent', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr();
    counter.latest.approve(counter.time.nowMs);
    counter.box.storageTrouble = 'locked';
    await counter.time.pass(2_500);
    expect(counter.screen.kind).toBe('wait');
    counter.cutLine();
    counter.box.onChange = () => expect(counter.screen.kind).toBe('wait');
    await counter.time.pass(30_000);
    expect(counter.screen.kind).toBe('wait');
  });
  it('loses no outcome of a capture', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr();
    counter.next('capture', { kind: 'slow', byMs: 3_000 });
    await counter.approve();
    counter.box.storageTrouble = 'disk-full';
    await counter.time.pass(10_000);
    expect(counter.latest.capturedOre).toBe(3_990);
    counter.box.storageTrouble = null;
    await counter.time.pass(3_000);
    expect(counter.finished.totalOre).toBe(3_990);
    expect(counter.latest.rows.filter(({ kind }) => kind === 'capture')).toHaveLength(1);
  });
  it('does not cancel again what it has just read as approved', async () => {
    const counter = new Counter({ habits: { sparesApproved: true } });
    await counter.ring(BREAD);
    await counter.showQr();
    counter.next('cancel', { kind: 'slow', byMs: 1_000 });
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(85);
    counter.latest.approve(counter.time.nowMs);
    counter.box.storageTrouble = 'disk-full';
    await counter.time.pass(60_000);
    expect(counter.asked('cancel')).toHaveLength(1);
    counter.box.storageTrouble = null;
    await counter.time.pass(2_000);
    expect(counter.payment.phase).toBe('asking');
  });
  it('loses no word about a receipt that came meanwhile', async () => {
    const counter = new Counter();
    counter.printer.setCondition({ kind: 'slow', delayMs: 2_000 });
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    counter.box.storageTrouble = 'disk-full';
    await counter.time.pass(10_000);
    expect(counter.papers).toHaveLength(1);
    counter.box.storageTrouble = null;
    await counter.time.pass(4_000);
    expect(counter.finished).toMatchObject({ canContinue: true, receipt: { state: 'printed' } });
    expect(counter.papers).toHaveLength(1);
  });
  it('right after a sale tells it as complete, and its receipt is asked for by hand', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.box.commitFate = () => {
      counter.box.storageTrouble = 'disk-full'; // the sale is the last thing that fits
      return 'good';
    };
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    expect(counter.finished).toMatchObject({ canPrint: true, canDecline: false, canContinue: false });
    counter.box.commitFate = () => 'good';
    counter.box.storageTrouble = null;
    await counter.do({ type: 'print-receipt' });
    await counter.time.pass(100);
    expect(counter.papers).toHaveLength(1);
  });
});
