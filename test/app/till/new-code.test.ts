import { describe, expect, it } from 'vitest';
import { BREAD, SODA } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

/** A payment whose code is on the screen, where a code lives five minutes and a payment ten. */
async function waiting(counter = new Counter({ habits: { codeLivesMs: 300_000 } })): Promise<Counter> {
  await counter.ring(BREAD);
  await counter.showQr();
  return counter;
}

async function ranOut(counter?: Counter): Promise<Counter> {
  const after = await waiting(counter);
  await after.time.pass(301_000);
  return after;
}

describe('a code that runs out before its payment', () => {
  it('is told to both, and the next step is a new code', async () => {
    const counter = await ranOut();
    expect(counter.payment).toMatchObject({ phase: 'code-ended', title: 'Koden gikk ut', expiresAtMs: null });
    expect(counter.buttons).toEqual(['new-code', 'cancel-payment']);
    expect(counter.screen).toMatchObject({ kind: 'result', tone: 'care', title: 'Koden gikk ut' });
  });
  it('is followed by another picture of the same payment, where the provider gives one', async () => {
    const counter = await waiting(new Counter({ habits: { pictureLivesMs: 120_000 } }));
    await counter.time.pass(119_000);
    expect(counter.asked('qr')).toHaveLength(1);
    await counter.time.pass(2_000);
    expect(counter.asked('qr')).toHaveLength(2);
    expect(counter.screen).toMatchObject({ kind: 'qr', qr: { kind: 'png' } });
    expect(counter.payment.phase).toBe('waiting-for-scan');
    await counter.approve();
    expect(counter.provider.payments.size).toBe(1);
  });
  it('is told while the line to the provider is down, and a picture comes when it is back', async () => {
    const counter = await waiting(new Counter({ habits: { pictureLivesMs: 120_000 } }));
    counter.next('qr', { kind: 'not-sent' });
    await counter.time.pass(121_000);
    expect(counter.payment.phase).toBe('code-ended');
    await counter.time.pass(2_000);
    expect(counter.screen.kind).toBe('qr');
  });
  it('does not matter to a customer who has scanned it: that payment goes on', async () => {
    const counter = await waiting();
    counter.latest.open(counter.time.nowMs);
    await counter.time.pass(301_000);
    expect(counter.payment.phase).toBe('waiting-for-approval');
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('has ended after a restart too', async () => {
    const counter = await ranOut();
    counter.restart();
    await counter.time.until(() => counter.payment.phase === 'code-ended', 'the code is known to have ended');
    expect(counter.payment.phase).toBe('code-ended');
  });
});

describe('a new code', () => {
  it('ends the old payment before the next one is made', async () => {
    const counter = await ranOut();
    const first = counter.latest;
    await counter.do({ type: 'new-code' });
    expect(counter.payment.title).toBe('Lager en ny kode');
    await counter.time.until(() => counter.screen.kind === 'qr', 'the new picture is on the screen');
    const cancelled = first.rows.find(({ kind }) => kind === 'cancel');
    expect(first.phase).toBe('cancelled');
    expect(cancelled?.atMs).toBeLessThan(counter.latest.createdAtMs);
    expect(counter.latest.reference).toBe(first.reference.replace(/1$/, '2'));
    expect(counter.latest.amountOre).toBe(first.amountOre);
  });
  it('is not made when the customer turns out to have approved the old one: that is the payment', async () => {
    const counter = await waiting();
    counter.latest.open(counter.time.nowMs + 299_000);
    counter.next('read', ...Array(3).fill({ kind: 'stale', behindMs: 310_000 }));
    await counter.time.pass(300_200);
    counter.latest.approve(counter.time.nowMs);
    await counter.ask({ type: 'new-code' });
    await counter.time.pass(5_000);
    expect(counter.provider.payments.size).toBe(1);
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('is not to be had while the old one can still be scanned', async () => {
    const counter = await waiting();
    expect(await counter.ask({ type: 'new-code' })).toMatchObject({ ok: false, code: 'nothing-to-answer' });
  });
  it('can be thought better of: the old one is ended and no other one follows', async () => {
    const counter = await ranOut();
    await counter.do({ type: 'new-code' }, { type: 'cancel-payment' });
    await counter.time.pass(5_000);
    expect(counter.payment.title).toBe('Betalingen er avbrutt');
    expect(counter.provider.payments.size).toBe(1);
  });
  it('comes after a restart in the middle of it', async () => {
    const counter = await ranOut();
    const first = counter.latest;
    await counter.do({ type: 'new-code' });
    counter.restart();
    await counter.time.until(() => counter.screen.kind === 'qr', 'the new picture is on the screen');
    expect(first.phase).toBe('cancelled');
    expect(counter.provider.payments.size).toBe(2);
  });
});

describe('another try after a bank has said no', () => {
  async function refused(counter = new Counter()): Promise<Counter> {
    await waiting(counter);
    counter.latest.hasNoCover(counter.time.nowMs);
    await counter.time.pass(1_500);
    return counter;
  }

  it('ends the first payment before the second is made, so that nobody can pay both', async () => {
    const counter = await refused();
    const first = counter.latest;
    await counter.do({ type: 'pay-vipps' });
    await counter.time.until(() => counter.screen.kind === 'qr', 'the new picture is on the screen');
    expect(first.phase).toBe('cancelled');
    expect(first.approve(counter.time.nowMs)).toBe(false);
    await counter.approve();
    expect(counter.finished.means.map(({ detail }) => detail)).toEqual([counter.latest.reference]);
  });
  it('keeps the first when another card has paid it meanwhile', async () => {
    const counter = await refused();
    counter.latest.approve(counter.time.nowMs);
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(5_000);
    expect(counter.provider.payments.size).toBe(1);
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('goes on where the provider cannot end what was refused: what is paid there is given back', async () => {
    const counter = await refused(new Counter({ habits: { cancelsWhatIsOver: false } }));
    const first = counter.latest;
    await counter.showQr();
    expect(counter.latest).not.toBe(first);
    first.approve(counter.time.nowMs);
    await counter.time.pass(12_000);
    expect(first).toMatchObject({ phase: 'voided', capturedOre: 0 });
    expect(counter.payment.phase).toBe('waiting-for-scan');
  });
  it('by other means ends it too', async () => {
    const counter = await refused();
    await counter.do({ type: 'close-payment' });
    await counter.time.pass(2_000);
    expect(counter.latest.phase).toBe('cancelled');
  });
  it('ends it first also when more has been rung up in between', async () => {
    const counter = await refused();
    const first = counter.latest;
    await counter.do({ type: 'close-payment' });
    await counter.ring(SODA);
    await counter.showQr();
    expect(first.phase).toBe('cancelled');
    expect(first.rows.at(-1)?.atMs).toBeLessThan(counter.latest.createdAtMs);
  });
});

describe('money that came too late and that the provider will not give back', () => {
  /** Captured by another card after the sale had been paid in cash, and its refund refused for good. */
  async function stuck(): Promise<Counter> {
    const counter = await waiting(new Counter({ habits: { directCapture: true } }));
    const { latest } = counter;
    latest.hasNoCover(counter.time.nowMs);
    await counter.time.pass(1_500);
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    latest.refusedKeys.add(`${latest.reference.slice(latest.reference.indexOf('-') + 1)}-r1`);
    latest.approve(counter.time.nowMs);
    await counter.time.until(() => counter.view.attention.length > 0, 'the cashier is told');
    return counter;
  }

  it('is on the cashier’s list, with what to do, how much, and which payment', async () => {
    const counter = await stuck();
    const { reference, amountOre } = counter.latest;
    const [item] = counter.view.attention;
    expect(item).toMatchObject({ reference, amountOre, title: 'Betal tilbake 39,90\u00a0kr for hånd', support: 'ecom:Payment/99-test' });
    expect(item?.text).toContain(reference);
  });
  it('is no question about the sale, which is finished', async () => {
    const counter = await stuck();
    expect(counter.finished.means.map(({ kind }) => kind)).toEqual(['cash']);
  });
  it('stays there over the next customers and a restart', async () => {
    const counter = await stuck();
    await counter.time.pass(20_000);
    await counter.do({ type: 'next-customer' });
    await counter.ring(SODA);
    counter.restart();
    expect(counter.view.attention).toHaveLength(1);
  });
  it('is gone when somebody says that it was done, and the journal knows who', async () => {
    const counter = await stuck();
    const [item] = counter.view.attention;
    await counter.do({ type: 'refunded-by-hand', paymentId: item?.paymentId ?? '' });
    expect(counter.view.attention).toEqual([]);
    const entry = counter.box.entries().find(({ type }) => type === 'payment.refunded-by-hand');
    expect(entry?.operator).not.toBe('system');
    counter.restart();
    expect(counter.view.attention).toEqual([]);
  });
  it('can be said to be done once', async () => {
    const counter = await stuck();
    const paymentId = counter.view.attention[0]?.paymentId ?? '';
    await counter.do({ type: 'refunded-by-hand', paymentId });
    expect(await counter.ask({ type: 'refunded-by-hand', paymentId })).toMatchObject({ ok: false, code: 'nothing-to-answer' });
  });
});
