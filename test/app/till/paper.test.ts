import { describe, expect, it } from 'vitest';
import { BREAD, SODA } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

/** A counter with a completed cash sale of one bread. */
async function cashSale(counter = new Counter()): Promise<Counter> {
  await counter.ring(BREAD);
  await counter.do({ type: 'pay-cash', receivedOre: 5_000 });
  await counter.time.pass(100);
  return counter;
}

/** A counter with a sale that was wholly paid by phone. */
async function phoneSale(counter = new Counter()): Promise<Counter> {
  await counter.ring(BREAD);
  await counter.showQr();
  await counter.approve();
  return counter;
}

describe('a cash sale', () => {
  it('prints its receipt by itself', async () => {
    const counter = await cashSale();
    expect(counter.finished.receipt.state).toBe('printed');
    expect(counter.papers).toHaveLength(1);
    expect(counter.papers[0]).toContain('Kneipp');
  });
  it('tells the change to both people', async () => {
    const counter = await cashSale();
    expect(counter.finished.changeOre).toBe(1_000);
    expect(counter.screen).toMatchObject({ kind: 'result', tone: 'good', detail: expect.stringContaining('10,00') });
  });
  it('of goods that were given away ends with a receipt too: nothing is handed over', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'discount-sale', discount: { kind: 'percent', basisPoints: 10_000, reason: 'Kampanje' } });
    await counter.do({ type: 'pay-cash', receivedOre: 0 });
    await counter.time.pass(100);
    expect(counter.finished).toMatchObject({ totalOre: 0, paidOre: 0, changeOre: 0, receipt: { state: 'printed' } });
  });
  it('cannot go without its receipt', async () => {
    const counter = new Counter();
    counter.printer.setCondition({ kind: 'paper-out' });
    await cashSale(counter);
    expect(counter.finished).toMatchObject({ canContinue: false, canDecline: false, receipt: { state: 'waiting' } });
    expect(counter.finished.cannotContinueText).toContain('Kvitteringen må skrives ut før neste kunde');
    expect(await counter.ask({ type: 'next-customer' })).toMatchObject({ code: 'receipt-required' });
    expect(await counter.ask({ type: 'decline-receipt' })).toMatchObject({ code: 'receipt-required' });
    expect(await counter.ask({ type: 'add-article', articleNumber: BREAD.articleNumber })).toMatchObject({ code: 'receipt-required' });
  });
  it('prints as soon as there is paper again, and goes on', async () => {
    const counter = new Counter();
    counter.printer.setCondition({ kind: 'paper-out' });
    await cashSale(counter);
    counter.printer.setCondition({ kind: 'ready' });
    await counter.time.pass(100);
    expect(counter.papers).toHaveLength(1);
    await counter.do({ type: 'next-customer' });
    expect(counter.view.stage.kind).toBe('selling');
  });
  it('makes room for the next customer by the next scan', async () => {
    const counter = await cashSale();
    await counter.ring(SODA);
    expect(counter.view.stage.kind).toBe('selling');
    expect(counter.view.basket?.saleNumber).toBe(2);
  });
  it('leaves the customer’s screen after a while', async () => {
    const counter = await cashSale();
    await counter.time.pass(8_000);
    expect(counter.screen.kind).toBe('idle');
  });
});

describe('a sale that was wholly paid by phone', () => {
  it('asks whether the customer wants a receipt', async () => {
    const counter = await phoneSale();
    expect(counter.finished).toMatchObject({ canPrint: true, canDecline: true, canContinue: false, receipt: { state: 'not-asked' } });
    expect(counter.finished.cannotContinueText).toBeNull();
    expect(counter.papers).toEqual([]);
  });
  it('may go without one, which is on record', async () => {
    const counter = await phoneSale();
    await counter.do({ type: 'decline-receipt' }, { type: 'next-customer' });
    expect(counter.types('receipt')).toEqual(['receipt.declined']);
    expect(counter.papers).toEqual([]);
  });
  it('prints when the customer wants one', async () => {
    const counter = await phoneSale();
    await counter.do({ type: 'print-receipt' });
    await counter.time.pass(100);
    expect(counter.papers).toHaveLength(1);
    expect(await counter.ask({ type: 'decline-receipt' })).toMatchObject({ code: 'nothing-to-answer' });
  });
  it('may go on while its paper waits for the printer, and prints it later', async () => {
    const counter = new Counter();
    counter.printer.setCondition({ kind: 'offline' });
    await phoneSale(counter);
    await counter.do({ type: 'print-receipt' }, { type: 'next-customer' });
    expect(counter.view.printQueue).toMatchObject([{ state: 'waiting', title: 'Kvittering 1' }]);
    counter.printer.setCondition({ kind: 'ready' });
    await counter.time.pass(3_000);
    expect(counter.papers).toHaveLength(1);
    expect(counter.view.printQueue).toEqual([]);
  });
  it('prints without asking where the shop wants that', async () => {
    const counter = await phoneSale(new Counter({ configuration: { receipt: { afterVipps: 'print' } } }));
    await counter.time.pass(100);
    expect(counter.papers).toHaveLength(1);
  });
  it('must have its receipt when cash was part of it', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 1_000 });
    await counter.showQr();
    await counter.approve();
    expect(counter.finished.canDecline).toBe(false);
    expect(counter.papers).toHaveLength(1);
  });
});

describe('the copy', () => {
  it('is printed once, marked KOPI', async () => {
    const counter = await cashSale();
    const { saleId } = counter.finished;
    await counter.do({ type: 'print-copy', saleId });
    await counter.time.pass(100);
    expect(counter.papers[1]).toContain('KOPI');
    expect(counter.papers[0]).not.toContain('KOPI');
    expect(await counter.ask({ type: 'print-copy', saleId })).toMatchObject({ code: 'copy-already-printed' });
  });
  it('may be printed long after, from the list of sales', async () => {
    const counter = await cashSale();
    await counter.do({ type: 'next-customer' });
    counter.restart();
    const answer = await counter.box.till.ask({ type: 'recent-sales' });
    const saleId = answer.type === 'recent-sales' ? (answer.sales[0]?.saleId ?? '') : '';
    await counter.do({ type: 'print-copy', saleId });
    await counter.time.pass(100);
    expect(counter.papers).toHaveLength(2);
    expect(await counter.ask({ type: 'print-copy', saleId })).toMatchObject({ code: 'copy-already-printed' });
  });
  it('is refused before the receipt itself has come', async () => {
    const counter = new Counter();
    counter.printer.setCondition({ kind: 'paper-out' });
    await cashSale(counter);
    expect(await counter.ask({ type: 'print-copy', saleId: counter.finished.saleId })).toMatchObject({ code: 'answer-first' });
  });
  it('is refused for a sale that is not finished', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    expect(await counter.ask({ type: 'print-copy', saleId: counter.view.basket?.saleId ?? '' })).toMatchObject({
      code: 'sale-not-finished',
    });
  });
});

describe('a receipt that was cut off', () => {
  async function cutOff(): Promise<Counter> {
    const counter = new Counter();
    counter.printer.setCondition({ kind: 'cut-off', afterBytes: 200, reason: 'gone' });
    await cashSale(counter);
    return counter;
  }

  it('is asked about, not guessed', async () => {
    const counter = await cutOff();
    expect(counter.view.prompt).toMatchObject({ kind: 'paper', title: 'Kvittering 1' });
    expect(counter.finished).toMatchObject({ canContinue: false, receipt: { state: 'unknown' } });
  });
  it('is done when the paper came', async () => {
    const counter = await cutOff();
    const { prompt } = counter.view;
    await counter.do({ type: 'answer-print', jobId: prompt?.kind === 'paper' ? prompt.jobId : '', paperCame: true });
    expect(counter.finished).toMatchObject({ canContinue: true, canCopy: true, receipt: { state: 'printed' } });
  });
  it('is printed once more, as the copy, when it did not', async () => {
    const counter = await cutOff();
    const { prompt } = counter.view;
    counter.printer.setCondition({ kind: 'ready' });
    await counter.do({ type: 'answer-print', jobId: prompt?.kind === 'paper' ? prompt.jobId : '', paperCame: false });
    await counter.time.pass(3_000);
    expect(counter.papers.at(-1)).toContain('KOPI');
    expect(counter.finished).toMatchObject({ canContinue: true, canCopy: false });
  });
  it('is asked about after a restart in the middle', async () => {
    const counter = new Counter();
    counter.printer.setCondition({ kind: 'slow', delayMs: 5_000 });
    await cashSale(counter);
    expect(counter.finished.receipt.state).toBe('printing');
    counter.restart();
    expect(counter.view.prompt?.kind).toBe('paper');
    expect(counter.finished.receipt.state).toBe('unknown');
  });
  it('cannot be answered twice', async () => {
    const counter = await cutOff();
    const { prompt } = counter.view;
    const jobId = prompt?.kind === 'paper' ? prompt.jobId : '';
    await counter.do({ type: 'answer-print', jobId, paperCame: true });
    expect(await counter.ask({ type: 'answer-print', jobId, paperCame: false })).toMatchObject({ code: 'nothing-to-answer' });
  });
});

describe('a receipt that has not been printed', () => {
  it('survives the power, and is printed after it', async () => {
    const counter = new Counter();
    counter.printer.setCondition({ kind: 'paper-out' });
    await cashSale(counter);
    counter.restart();
    expect(counter.finished.receipt.state).toBe('waiting');
    counter.printer.setCondition({ kind: 'ready' });
    await counter.time.pass(3_000);
    expect(counter.papers).toHaveLength(1);
    expect(counter.finished.canContinue).toBe(true);
  });
  it('of an earlier customer does not hide, after a restart, the sale that nobody was asked about yet', async () => {
    const counter = new Counter();
    await counter.ring(SODA);
    await counter.do({ type: 'park-sale' });
    counter.printer.setCondition({ kind: 'offline' });
    await phoneSale(counter);
    await counter.do({ type: 'print-receipt' }, { type: 'next-customer' });
    await counter.do({ type: 'resume-sale', saleId: counter.view.parked[0]?.saleId ?? '' });
    await counter.showQr();
    await counter.approve();
    counter.restart();
    expect(counter.finished).toMatchObject({ receiptNumber: 2, canPrint: true, canDecline: true });
    expect(counter.view.printQueue).toMatchObject([{ title: 'Kvittering 1' }]);
  });
  it('is meant after a restart that came between the sale and its receipt', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.box.commitFate = () => 'cut-after';
    await expect(counter.ask({ type: 'pay-cash', receivedOre: 5_000 })).rejects.toThrow();
    counter.box.commitFate = () => 'good';
    counter.box.clearAway();
    counter.box.start();
    await counter.time.pass(100);
    expect(counter.papers).toHaveLength(1);
    expect(counter.finished.receipt.state).toBe('printed');
  });
});
