import { describe, expect, it } from 'vitest';
import { BREAD } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

/** A counter where the customer can scan the picture for one bread. */
async function waiting(counter = new Counter()): Promise<Counter> {
  await counter.ring(BREAD);
  await counter.showQr();
  return counter;
}

describe('cancelling', () => {
  it('a payment nobody has approved ends it, and both read that nothing was charged', async () => {
    const counter = await waiting();
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(1_000);
    expect(counter.payment.phase).toBe('not-paid');
    expect(counter.screen).toMatchObject({ kind: 'result', title: 'Betalingen er avbrutt' });
    expect(counter.latest.phase).toBe('cancelled');
  });
  it('is refused when nothing is under way', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    expect(await counter.ask({ type: 'cancel-payment' })).toMatchObject({ code: 'no-payment' });
  });
  it('asks when the customer has approved a moment ago', async () => {
    const counter = await waiting();
    counter.latest.approve(counter.time.nowMs);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(500);
    expect(counter.payment.phase).toBe('asking');
    expect(counter.buttons).toEqual(['keep', 'release']);
    expect(counter.screen).toMatchObject({ kind: 'wait', title: 'Du har godkjent betalingen' });
  });
  it('keep: the sale is paid', async () => {
    const counter = await waiting();
    counter.latest.approve(counter.time.nowMs);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(500);
    await counter.do({ type: 'answer-payment', answer: 'keep' });
    await counter.time.pass(1_000);
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('release: the money goes back, and both are told', async () => {
    const counter = await waiting();
    counter.latest.approve(counter.time.nowMs);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(500);
    await counter.do({ type: 'answer-payment', answer: 'release' });
    await counter.time.pass(1_000);
    expect(counter.payment.phase).toBe('given-back');
    expect(counter.screen).toMatchObject({ kind: 'result', title: 'Betalingen er gitt tilbake' });
    expect(counter.latest.phase).toBe('voided');
    expect(counter.view.basket?.dueOre).toBe(3_990);
  });
  it('in eCom’s form may void an approval of the last moment: both are told', async () => {
    const counter = await waiting();
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(85); // read as open; the cancel is on its way
    counter.latest.approve(counter.time.nowMs);
    await counter.time.pass(1_000);
    expect(counter.payment.phase).toBe('given-back');
    expect(counter.latest).toMatchObject({ phase: 'voided', capturedOre: 0 });
  });
  it('in the form that refuses an approval of the last moment asks', async () => {
    const counter = await waiting(new Counter({ habits: { sparesApproved: true } }));
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(85);
    counter.latest.approve(counter.time.nowMs);
    await counter.time.pass(1_000);
    expect(counter.payment.phase).toBe('asking');
    expect(counter.latest.phase).toBe('reserved');
  });
  it('waits while the customer is in the bank’s own confirmation', async () => {
    const counter = await waiting();
    counter.latest.open(counter.time.nowMs);
    counter.latest.bankUntilMs = counter.time.nowMs + 20_000;
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(10_000);
    expect(counter.payment.phase).toBe('cancelling');
    await counter.time.pass(20_000);
    expect(counter.payment.phase).toBe('not-paid');
  });
});

describe('captured at once while the cashier cancelled', () => {
  async function asked(): Promise<Counter> {
    const counter = await waiting(new Counter({ habits: { directCapture: true } }));
    counter.latest.approve(counter.time.nowMs);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(500);
    return counter;
  }

  it('asks whether to keep or refund', async () => {
    const counter = await asked();
    expect(counter.buttons).toEqual(['keep', 'refund']);
    expect(counter.view.basket?.tenders).toEqual([]);
  });
  it('keep: it pays for the sale', async () => {
    const counter = await asked();
    await counter.do({ type: 'answer-payment', answer: 'keep' });
    await counter.time.pass(1_000);
    expect(counter.finished.means).toMatchObject([{ kind: 'vipps', amountOre: 3_990 }]);
  });
  it('given back in the portal before the cashier has answered, it is gone: the sale is still to be paid', async () => {
    const counter = await asked();
    counter.latest.refund(3_990, 'portal', counter.time.nowMs);
    await counter.time.pass(6_000);
    expect(counter.payment).toMatchObject({ phase: 'given-back' });
    expect(counter.view.basket).toMatchObject({ paidOre: 0, dueOre: 3_990 });
  });
  it('given back in the portal in the same second, keep does not complete the sale', async () => {
    const counter = await asked();
    await counter.time.pass(6_000);
    counter.latest.refund(3_990, 'portal', counter.time.nowMs);
    await counter.do({ type: 'answer-payment', answer: 'keep' });
    await counter.time.pass(1_000);
    expect(counter.payment).toMatchObject({ phase: 'given-back' });
    expect(counter.view.basket).toMatchObject({ paidOre: 0, dueOre: 3_990 });
  });
  it('given back in part in the portal, it is asked about again, with what is left; kept, the rest is still to be paid', async () => {
    const counter = await asked();
    counter.latest.refund(1_000, 'portal', counter.time.nowMs);
    await counter.time.pass(6_000);
    expect(counter.payment).toMatchObject({ phase: 'asking', amountOre: 2_990 });
    await counter.do({ type: 'answer-payment', answer: 'keep' });
    await counter.time.pass(1_000);
    expect(counter.view.basket).toMatchObject({ paidOre: 2_990, dueOre: 1_000 });
  });
  it('keep while the provider is silent waits until it is read', async () => {
    const counter = await asked();
    counter.next('read', { kind: 'lost-before' });
    await counter.do({ type: 'answer-payment', answer: 'keep' });
    await counter.time.pass(500);
    expect(counter.view.basket).toMatchObject({ paidOre: 0 });
    await counter.time.pass(10_000);
    expect(counter.finished.means).toMatchObject([{ kind: 'vipps', amountOre: 3_990 }]);
  });
  it('refund: all of it goes back, and the sale is still to be paid', async () => {
    const counter = await asked();
    await counter.do({ type: 'answer-payment', answer: 'refund' });
    await counter.time.pass(1_000);
    expect(counter.payment.phase).toBe('given-back');
    expect(counter.latest.refundedOre).toBe(3_990);
    expect(counter.view.basket?.dueOre).toBe(3_990);
  });
  it('a refused refund asks again; kept then, it pays for the sale', async () => {
    const counter = await asked();
    counter.next('refund', { kind: 'refused', code: 'ecom:Payment/93' });
    await counter.do({ type: 'answer-payment', answer: 'refund' });
    await counter.time.pass(1_000);
    expect(counter.buttons).toEqual(['keep', 'refund']);
    await counter.do({ type: 'answer-payment', answer: 'keep' });
    await counter.time.pass(1_000);
    expect(counter.finished.means).toMatchObject([{ kind: 'vipps', amountOre: 3_990 }]);
  });
  it('a refused refund may be tried again', async () => {
    const counter = await asked();
    counter.next('refund', { kind: 'refused', code: 'ecom:Payment/93' });
    await counter.do({ type: 'answer-payment', answer: 'refund' });
    await counter.time.pass(1_000);
    await counter.do({ type: 'answer-payment', answer: 'refund' });
    await counter.time.pass(1_000);
    expect(counter.latest.refundedOre).toBe(3_990);
    expect(counter.latest.rows.filter(({ kind }) => kind === 'refund')).toHaveLength(1);
  });
});

describe('a capture that is refused for good', () => {
  async function refused(): Promise<Counter> {
    const counter = await waiting();
    counter.next('capture', { kind: 'refused', code: 'ecom:Payment/61' });
    await counter.approve();
    return counter;
  }

  it('asks, and completes nothing', async () => {
    const counter = await refused();
    expect(counter.buttons).toEqual(['retry', 'release']);
    expect(counter.payment.support).toBe('ecom:Payment/61');
  });
  it('retry: with a new key', async () => {
    const counter = await refused();
    await counter.do({ type: 'answer-payment', answer: 'retry' });
    await counter.time.pass(1_000);
    expect(counter.finished.totalOre).toBe(3_990);
    expect(counter.latest.rows.find(({ kind }) => kind === 'capture')?.key).toMatch(/-c2$/);
  });
  it('release: the customer gets it back', async () => {
    const counter = await refused();
    await counter.do({ type: 'answer-payment', answer: 'release' });
    await counter.time.pass(1_000);
    expect(counter.payment.phase).toBe('given-back');
  });
});

describe('a creation whose answer was lost', () => {
  it('is found, ended, and followed by another attempt', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.next('create', { kind: 'lost-after' });
    await counter.showQr();
    const [first, second] = [...counter.provider.payments.values()];
    expect(first?.phase).toBe('cancelled');
    expect(second?.phase).toBe('waiting');
  });
  it('is not found, watched, and followed by another attempt', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.next('create', { kind: 'lost-before' });
    await counter.showQr();
    expect(counter.provider.payments.size).toBe(1);
    expect(counter.latest.reference).toMatch(/-2$/);
  });
  it('appears a minute later, and is ended while the sale goes on', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.next('create', { kind: 'late', byMs: 60_000 });
    await counter.showQr();
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
    await counter.time.pass(70_000);
    const late = [...counter.provider.payments.values()].find(({ reference }) => reference.endsWith('-1'));
    expect(late?.phase).toBe('cancelled');
    expect(counter.box.readModel.unfinishedPayments()).toEqual([]);
  });
  it('is not followed by another attempt when the cashier cancels while it is being ended', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.next('create', { kind: 'lost-after' });
    counter.next('cancel', { kind: 'lost-before' });
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(6_000);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(20_000);
    expect(counter.payment.phase).toBe('not-paid');
    expect(counter.provider.payments.size).toBe(1);
  });
  it('three times in a row is told, with a way out', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.next('create', { kind: 'lost-before' }, { kind: 'lost-before' }, { kind: 'lost-before' });
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(30_000);
    expect(counter.view.notice?.tone).toBe('bad');
    expect(counter.buttons).toEqual(['close-payment', 'pay-vipps']);
    await counter.do({ type: 'close-payment' }, { type: 'pay-cash', receivedOre: 4_000 });
    expect(counter.finished.totalOre).toBe(3_990);
  });
});
