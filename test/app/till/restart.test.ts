/** The power goes in every state of a payment. What was on disk goes on; what was in memory is asked for. */
import { describe, expect, it } from 'vitest';
import { BREAD } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

async function waiting(counter = new Counter()): Promise<Counter> {
  await counter.ring(BREAD);
  await counter.showQr();
  return counter;
}

const done = (counter: Counter) => expect(counter.finished.means).toMatchObject([{ kind: 'vipps', amountOre: 3_990 }]);

describe('the power goes while a payment is', () => {
  it('planned and nothing has left: it is created after the start', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    let commits = 0;
    counter.box.commitFate = () => {
      commits += 1;
      return commits === 1 ? 'cut-after' : 'good';
    };
    await expect(counter.ask({ type: 'pay-vipps' })).rejects.toThrow();
    counter.restart();
    await counter.time.until(() => counter.screen.kind === 'qr', 'the picture is on the screen');
    expect(counter.latest.reference).toMatch(/-1$/);
  });
  it('being created, and it had not arrived: another attempt follows', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.next('create', { kind: 'lost-before' });
    await counter.do({ type: 'pay-vipps' });
    counter.restart();
    await counter.time.until(() => counter.screen.kind === 'qr', 'the picture is on the screen');
    expect(counter.latest.reference).toMatch(/-2$/);
  });
  it('being created, and it had arrived: it is ended, and another attempt follows', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(50); // it has arrived, and its answer is on the way
    counter.restart();
    await counter.time.until(() => counter.screen.kind === 'qr', 'the picture is on the screen');
    expect([...counter.provider.payments.values()].map(({ phase }) => phase)).toEqual(['cancelled', 'waiting']);
  });
  it('waiting: its picture is back, of the same payment', async () => {
    const counter = await waiting();
    const { reference } = counter.latest;
    counter.restart();
    await counter.time.until(() => counter.screen.kind === 'qr', 'the picture is on the screen');
    expect(counter.payment.reference).toBe(reference);
    await counter.approve();
    done(counter);
  });
  it('waiting, and the provider cannot be reached after the start: no picture before it was read', async () => {
    const counter = await waiting();
    counter.box.cutPower();
    const mend = counter.cutLine();
    counter.box.start();
    let shown = 0;
    counter.box.onChange = () => {
      if (counter.screen.kind === 'qr') shown += 1;
    };
    await counter.time.pass(20_000);
    expect(shown).toBe(0);
    mend();
    await counter.time.until(() => counter.screen.kind === 'qr', 'the picture is on the screen');
  });
  it('waiting, and the customer approves in the dark: the sale is paid after the start', async () => {
    const counter = await waiting();
    counter.box.cutPower();
    counter.latest.approve(counter.time.nowMs);
    await counter.time.pass(60_000);
    counter.box.start();
    await counter.time.pass(1_000);
    done(counter);
  });
  it('waiting, and its time is over when the power is back: it is told as expired', async () => {
    const counter = await waiting();
    counter.box.cutPower();
    await counter.time.pass(20 * 60_000);
    counter.box.start();
    await counter.time.pass(1_000);
    expect(counter.payment.phase).toBe('not-paid');
    expect(counter.screen).toMatchObject({ title: 'Tiden gikk ut' });
  });
  it('waiting and cancelled: the cancel goes on', async () => {
    const counter = await waiting();
    counter.next('read', { kind: 'lost-before' });
    await counter.do({ type: 'cancel-payment' });
    counter.restart();
    await counter.time.pass(7_000);
    expect(counter.payment.phase).toBe('not-paid');
    expect(counter.latest.phase).toBe('cancelled');
  });
  it('approved with a question: the question is still there', async () => {
    const counter = await waiting();
    counter.latest.approve(counter.time.nowMs);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(500);
    counter.restart();
    expect(counter.buttons).toEqual(['keep', 'release']);
    await counter.do({ type: 'answer-payment', answer: 'keep' });
    await counter.time.pass(1_000);
    done(counter);
  });
  it('being captured, and it had not arrived: it is captured once', async () => {
    const counter = await waiting();
    counter.next('capture', { kind: 'lost-before' });
    await counter.approve();
    counter.restart();
    await counter.time.pass(2_000);
    done(counter);
    expect(counter.latest.rows.filter(({ kind }) => kind === 'capture')).toHaveLength(1);
  });
  it('being captured, and it had arrived: it is found by its key, and not sent again', async () => {
    const counter = await waiting();
    counter.next('capture', { kind: 'lost-after' });
    await counter.approve();
    counter.restart();
    await counter.time.pass(2_000);
    done(counter);
    expect(counter.asked('capture')).toHaveLength(1);
  });
  it('refused its capture: the question is still there', async () => {
    const counter = await waiting();
    counter.next('capture', { kind: 'refused', code: 'ecom:Payment/61' });
    await counter.approve();
    counter.restart();
    await counter.time.pass(1_000);
    expect(counter.buttons).toEqual(['retry', 'release']);
  });
  it('being released: it is read, and then released once', async () => {
    const counter = await waiting();
    counter.next('cancel', { kind: 'lost-after' });
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(500);
    counter.restart();
    await counter.time.pass(1_000);
    expect(counter.payment.phase).toBe('not-paid');
    expect(counter.asked('cancel')).toHaveLength(1);
  });
  it('captured with a question: the question is still there', async () => {
    const counter = await waiting(new Counter({ habits: { directCapture: true } }));
    counter.latest.approve(counter.time.nowMs);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(500);
    counter.restart();
    expect(counter.buttons).toEqual(['keep', 'refund']);
  });
  it('captured and kept, and not read since: it is read, and then it pays', async () => {
    const counter = await waiting(new Counter({ habits: { directCapture: true } }));
    counter.latest.approve(counter.time.nowMs);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(500);
    counter.next('read', { kind: 'lost-before' });
    await counter.do({ type: 'answer-payment', answer: 'keep' });
    counter.restart();
    await counter.time.pass(8_000);
    done(counter);
  });
  it('being refunded: it is refunded once', async () => {
    const counter = await waiting(new Counter({ habits: { directCapture: true } }));
    counter.latest.approve(counter.time.nowMs);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(500);
    counter.next('refund', { kind: 'lost-after' });
    await counter.do({ type: 'answer-payment', answer: 'refund' });
    counter.restart();
    await counter.time.pass(30_000);
    expect(counter.payment.phase).toBe('given-back');
    expect(counter.latest.rows.filter(({ kind }) => kind === 'refund')).toHaveLength(1);
  });
  it('watched: it is still released when it appears', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.next('create', { kind: 'late', byMs: 60_000 });
    await counter.showQr();
    counter.restart();
    await counter.time.until(() => counter.screen.kind === 'qr', 'the picture is on the screen');
    await counter.time.pass(80_000);
    const late = [...counter.provider.payments.values()].find(({ reference }) => reference.endsWith('-1'));
    expect(late?.phase).toBe('cancelled');
    expect(counter.payment.reference).toMatch(/-2$/);
  });
  it('refused by the bank: the customer may still take another card', async () => {
    const counter = await waiting();
    counter.latest.hasNoCover(counter.time.nowMs);
    await counter.time.pass(1_500);
    counter.restart();
    expect(counter.payment.phase).toBe('not-paid');
    await counter.approve();
    done(counter);
  });
  it('captured, between the last entry and the receipt: the finished sale is on the screen', async () => {
    const counter = await waiting();
    await counter.approve();
    counter.restart();
    expect(counter.finished).toMatchObject({ canPrint: true, canDecline: true });
    expect(counter.screen.kind).toBe('idle');
  });
  it('anything, while the register is left without a provider: it starts, and the payment waits', async () => {
    const counter = await waiting();
    counter.withoutProvider = true;
    counter.restart();
    await counter.time.pass(1_000);
    expect(counter.payment.amountOre).toBe(3_990);
    counter.withoutProvider = false;
    counter.restart();
    await counter.approve();
    done(counter);
  });
});

describe('a journal after many power cuts', () => {
  it('has every start on record, and no gap', async () => {
    const counter = await waiting();
    for (let cut = 0; cut < 5; cut += 1) counter.restart();
    expect(counter.types('register.started')).toHaveLength(6);
    expect(counter.box.entries().map(({ seq }) => seq)).toEqual(counter.box.entries().map((_entry, index) => index + 1));
  });
});
