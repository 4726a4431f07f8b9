/** The sales unit in the settings was changed by hand, and the provider does not know a payment that it has created. */
import { describe, expect, it } from 'vitest';
import type { ModelPayment } from '../../simulation/model-payment.ts';
import { BREAD } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

/** A payment that waits for its customer, and then is at another sales unit than the one that is asked. */
async function moved(counter = new Counter()): Promise<{ counter: Counter; elsewhere: ModelPayment; back: () => void }> {
  await counter.ring(BREAD);
  await counter.do({ type: 'pay-vipps' });
  await counter.time.pass(2_000);
  const elsewhere = counter.latest;
  const { payments } = counter.provider;
  payments.delete(elsewhere.reference);
  return { counter, elsewhere, back: () => void payments.set(elsewhere.reference, elsewhere) };
}

async function left(counter?: Counter) {
  const given = await moved(counter);
  await given.counter.time.pass(125_000);
  await given.counter.do({ type: 'answer-payment', answer: 'leave' });
  return given;
}

describe('a payment that the provider does not know any more', () => {
  it('is checked for two minutes, and nobody can leave it before', async () => {
    const { counter } = await moved();
    await counter.time.pass(110_000);
    expect(counter.payment).toMatchObject({ phase: 'checking', title: 'Sjekker med Vipps' });
    expect(await counter.ask({ type: 'answer-payment', answer: 'leave' })).toMatchObject({ code: 'nothing-to-answer' });
    await counter.time.pass(15_000);
    expect(counter.payment).toMatchObject({ phase: 'checking', title: 'Vipps kjenner ikke betalingen' });
    expect(counter.payment.buttons.map(({ label }) => label)).toEqual(['Sjekk igjen', 'Overlat til en leder']);
  });
  it('is not certain while anything else is heard meanwhile', async () => {
    const { counter } = await moved();
    await counter.time.pass(110_000);
    counter.next('read', { kind: 'lost-before' });
    await counter.time.pass(60_000);
    expect(counter.payment).toMatchObject({ title: 'Sjekker med Vipps' });
  });
  it('goes on where it stood when the settings are put right', async () => {
    const { counter, back } = await moved();
    await counter.time.pass(130_000);
    back();
    await counter.time.pass(2_000);
    expect(counter.payment.phase).toBe('waiting-for-scan');
  });
  it('can be left to a manager: nothing is called failed, and the sale can be paid otherwise', async () => {
    const { counter, elsewhere } = await left();
    expect(counter.payment).toMatchObject({ title: 'Overlatt til en leder' });
    expect(counter.screen).toMatchObject({ kind: 'result', tone: 'care', title: 'Butikken sjekker betalingen' });
    await counter.do({ type: 'close-payment' });
    expect(counter.view.attention).toMatchObject([{ reference: elsewhere.reference, title: expect.stringContaining('Vi vet ikke om') }]);
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    expect(counter.finished.means).toMatchObject([{ kind: 'cash' }]);
    expect(counter.view.attention).toHaveLength(1);
  });
  it('stands on the list through restarts, until somebody has seen to it', async () => {
    const { counter } = await left();
    await counter.do({ type: 'close-payment' });
    counter.restart();
    const [row] = counter.view.attention;
    if (row === undefined) throw new RangeError('nothing is on the list');
    await counter.do(row.doneCommand);
    expect(counter.view.attention).toEqual([]);
    await counter.time.pass(1_000);
    const reads = counter.asked('read').length;
    await counter.time.pass(120_000);
    expect(counter.asked('read')).toHaveLength(reads);
  });
  it.each([
    ['approved', { directCapture: false }],
    ['captured', { directCapture: true }],
  ])('left, and found %s after all, is given back, once', async (_, habits) => {
    const { counter, elsewhere, back } = await left(new Counter({ habits }));
    await counter.do({ type: 'close-payment' });
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    elsewhere.approve(counter.time.nowMs);
    back();
    await counter.time.pass(60_000);
    expect(elsewhere.capturedOre - elsewhere.refundedOre).toBe(0);
    expect(elsewhere.isAlive).toBe(false);
    expect(counter.view.attention).toEqual([]);
  });
});
