/** Reserve more, capture less: what the customer approves is a frame, and what is taken is the true total. */
import { describe, expect, it } from 'vitest';
import type { UnitHabits } from '../../simulation/model-payment.ts';
import { BAG, BOOK, BREAD, FISH } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

const lineOf = (counter: Counter, name: string): string => {
  const line = counter.view.basket?.lines.find((each) => each.name === name);
  if (line === undefined) throw new RangeError(`no ${name} in the basket`);
  return line.lineId;
};

const PERSONAL_CODE = 'https://qr.vipps.no/p/3f0c9a7e51';

/** A bread and a book, and the customer has the picture in front of them. */
async function waiting(habits: Partial<UnitHabits> = {}): Promise<Counter> {
  const counter = new Counter({ habits });
  await counter.ring(BREAD, BOOK);
  await counter.showQr();
  return counter;
}

/** 500 reserved for a fish that is weighed afterwards. */
async function held(habits: Partial<UnitHabits> = {}): Promise<Counter> {
  const counter = new Counter({ habits });
  await counter.do({ type: 'add-article', articleNumber: FISH.articleNumber, quantityMilli: 2_000 });
  await counter.do({ type: 'pay-vipps', hold: { reserveOre: 50_000 } });
  await counter.time.until(() => counter.screen.kind === 'qr', 'the picture is on the screen');
  await counter.approve();
  return counter;
}

/** The money as the provider has it. */
const moneyOf = ({ latest }: Counter) => ({
  authorised: latest.authorisedOre,
  captured: latest.capturedOre,
  released: latest.releasedOre,
  refunded: latest.refundedOre,
});

const settled = (counter: Counter) =>
  counter.time.until(() => counter.box.readModel.unfinishedPayments().length === 0, 'nothing is under way', 60_000);

describe('a line taken away while the customer approves', () => {
  it('makes less of what will be taken, on both screens', async () => {
    const counter = await waiting();
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Kneipp') });
    expect(counter.payment).toMatchObject({
      amountOre: 29_900,
      reserved: { amountOre: 33_890, text: 'Appen viser 338,90. Bare 299,00 trekkes.' },
    });
    expect(counter.screen).toMatchObject({
      kind: 'qr',
      amount: { text: '299,00' },
      reserved: 'Appen viser 338,90\u00a0kr. Bare 299,00\u00a0kr trekkes.',
    });
  });
  it('is not paid for: the true total is captured and the rest let go of', async () => {
    const counter = await waiting();
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Kneipp') });
    await counter.approve();
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 33_890, captured: 29_900, released: 3_990, refunded: 0 });
    expect(counter.finished).toMatchObject({
      totalOre: 29_900,
      means: [{ amountOre: 29_900, note: 'Reservert 338,90, 39,90 frigitt' }],
    });
  });
  it('may be weighed down, discounted or fewer, and up again to what the customer was asked for', async () => {
    const counter = await waiting();
    await counter.do({ type: 'discount-sale', discount: { kind: 'percent', basisPoints: 5_000, reason: 'Skadet' } });
    expect(counter.payment.amountOre).toBe(16_945);
    await counter.do({ type: 'discount-sale', discount: null });
    expect(counter.payment).toMatchObject({ amountOre: 33_890, phase: 'waiting-for-scan' });
    expect(counter.payment.reserved).toBeUndefined();
  });
  it('never becomes more than the customer was asked for', async () => {
    const counter = await waiting();
    const answer = await counter.ask({ type: 'set-quantity', lineId: lineOf(counter, 'Kneipp'), quantityMilli: 2_000 });
    expect(answer).toMatchObject({ ok: false, code: 'over-payment', message: expect.stringContaining('338,90') });
    expect(counter.view.basket?.totalOre).toBe(33_890);
  });
  it('takes nothing new: goods are refused until the payment is over', async () => {
    const counter = await waiting();
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Kneipp') });
    expect(await counter.ask({ type: 'add-article', articleNumber: BAG.articleNumber })).toMatchObject({ code: 'payment-alive' });
  });
  it('is refused where less would be left than the provider captures', async () => {
    const counter = await waiting();
    const answer = await counter.ask({
      type: 'discount-sale',
      discount: { kind: 'amount', amountOre: 33_850, reason: 'Skadet' },
    });
    expect(answer).toMatchObject({ ok: false, code: 'amount-too-small', message: expect.stringContaining('1,00') });
  });
  it('until nothing is left ends the payment, and nobody is asked', async () => {
    const counter = await waiting();
    await counter.do(
      { type: 'remove-line', lineId: lineOf(counter, 'Kneipp') },
      { type: 'remove-line', lineId: lineOf(counter, 'Lokalhistorie') },
    );
    await counter.time.until(() => counter.payment.phase === 'not-paid', 'the payment is over');
    expect(counter.latest.phase).toBe('cancelled');
  });
  it('until nothing is left gives back what was approved at that moment', async () => {
    const counter = await waiting();
    counter.latest.approve(counter.time.nowMs);
    await counter.do(
      { type: 'remove-line', lineId: lineOf(counter, 'Kneipp') },
      { type: 'remove-line', lineId: lineOf(counter, 'Lokalhistorie') },
    );
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 33_890, captured: 0, released: 33_890, refunded: 0 });
    expect(counter.payment.phase).toBe('given-back');
  });
  it('until cash has paid what is left completes the sale once the payment is ended', async () => {
    const counter = new Counter();
    await counter.ring(BREAD, BOOK);
    await counter.do({ type: 'pay-cash', receivedOre: 29_900 });
    await counter.showQr();
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Kneipp') });
    expect(counter.view.stage.kind).toBe('payment');
    await counter.time.until(() => counter.view.stage.kind === 'finished', 'the sale is complete');
    expect(counter.finished).toMatchObject({ totalOre: 29_900, means: [{ kind: 'cash' }] });
  });
  it('where only the whole may be captured is refunded', async () => {
    const counter = await waiting({ capturesParts: false });
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Kneipp') });
    await counter.approve();
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 33_890, captured: 33_890, released: 0, refunded: 3_990 });
    expect(counter.finished).toMatchObject({
      totalOre: 29_900,
      means: [{ amountOre: 29_900, note: 'Trukket 338,90, 39,90 gitt tilbake' }],
    });
  });
  it('where approved is captured is refunded', async () => {
    const counter = await waiting({ directCapture: true });
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Kneipp') });
    await counter.approve();
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 33_890, captured: 33_890, released: 0, refunded: 3_990 });
    expect(counter.finished.totalOre).toBe(29_900);
  });
});

describe('the rest that was reserved', () => {
  it('is let go of after the power was gone in the middle of it, with the same intent', async () => {
    const counter = await waiting();
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Kneipp') });
    counter.next('cancel', { kind: 'lost-after' });
    await counter.approve();
    expect(counter.finished.means[0]).toMatchObject({ note: 'Reservert 338,90, 39,90 frigis' });
    counter.restart();
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 33_890, captured: 29_900, released: 3_990, refunded: 0 });
    expect(counter.types('payment.rest')).toEqual(['payment.rest-release-intended', 'payment.rest-released']);
    expect(counter.asked('cancel')).toHaveLength(1);
  });
  it('is asked for again when the first request was lost on its way', async () => {
    const counter = await waiting();
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Kneipp') });
    counter.next('cancel', { kind: 'lost-before' }, { kind: 'too-many', retryAfterMs: 2_000 });
    await counter.approve();
    await settled(counter);
    expect(counter.latest.releasedOre).toBe(3_990);
  });
  it('that the provider will not let go of stands on the list until somebody has read it', async () => {
    const counter = await waiting();
    counter.latest.refusesRest = true;
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Kneipp') });
    await counter.approve();
    await counter.time.until(() => counter.view.attention.length > 0, 'it is on the list');
    expect(counter.view.attention[0]).toMatchObject({ title: '39,90\u00a0kr er fortsatt reservert hos kunden', amountOre: 3_990 });
    counter.restart();
    await counter.do(counter.view.attention[0]?.doneCommand ?? { type: 'dismiss' });
    expect(counter.view.attention).toEqual([]);
    await settled(counter);
  });
  it('that cannot be refunded for good is left to people, with the part alone', async () => {
    const counter = await waiting({ capturesParts: false });
    counter.latest.refusedKeys.add(keyOfRefund(counter));
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Kneipp') });
    await counter.approve();
    await counter.time.until(() => counter.view.attention.length > 0, 'it is on the list');
    expect(counter.view.attention[0]).toMatchObject({ amountOre: 3_990, text: expect.stringContaining('betal tilbake 39,90\u00a0kr der') });
    expect(counter.finished.totalOre).toBe(29_900);
  });
});

/** Without the store, as all keys. */
const keyOfRefund = ({ latest }: Counter) => `${latest.reference.slice(latest.reference.indexOf('-') + 1)}-r1`;

describe('what is held', () => {
  it('waits with the basket beside it, which may be filled up to what is reserved', async () => {
    const counter = await held();
    expect(counter.payment).toMatchObject({
      phase: 'held',
      amountOre: 37_866,
      basket: 'goods',
      reserved: { amountOre: 50_000, text: 'Reservert 500,00 · kurven 378,66' },
    });
    expect(counter.buttons).toEqual(['collect-payment', 'cancel-payment']);
    expect(counter.screen).toMatchObject({ kind: 'basket', reserved: '500,00\u00a0kr er reservert. Bare det du handler for, trekkes.' });
    await counter.ring(BREAD);
    expect(counter.payment.amountOre).toBe(41_856);
    expect(await counter.ask({ type: 'add-article', articleNumber: BOOK.articleNumber })).toMatchObject({ code: 'over-payment' });
  });
  it('asks the provider slowly', async () => {
    const counter = await held();
    const before = counter.asked('read').length;
    await counter.time.pass(120_000);
    expect(counter.asked('read').length - before).toBeLessThanOrEqual(4);
    expect(counter.asked('read').length - before).toBeGreaterThanOrEqual(3);
  });
  it('is collected as the basket says, and the rest is let go of', async () => {
    const counter = await held();
    await counter.do({ type: 'set-quantity', lineId: lineOf(counter, 'Torsk'), quantityMilli: 2_284 }, { type: 'collect-payment' });
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 50_000, captured: 43_243, released: 6_757, refunded: 0 });
    expect(counter.finished).toMatchObject({ totalOre: 43_243, means: [{ note: 'Reservert 500,00, 67,57 frigitt' }] });
  });
  it('is collected whole where the unit captures no parts, and the difference goes back', async () => {
    const counter = await held({ capturesParts: false });
    await counter.do({ type: 'collect-payment' });
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 50_000, captured: 50_000, released: 0, refunded: 12_134 });
  });
  it('is given back as a whole when the cashier says so', async () => {
    const counter = await held();
    await counter.do({ type: 'cancel-payment' });
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 50_000, captured: 0, released: 50_000, refunded: 0 });
    expect(counter.payment.phase).toBe('given-back');
  });
  it('is given back when everything is taken out of the basket', async () => {
    const counter = await held();
    await counter.do({ type: 'remove-line', lineId: lineOf(counter, 'Torsk') });
    await settled(counter);
    expect(counter.latest.releasedOre).toBe(50_000);
  });
  it('is held also when the customer shows their own code in the place of scanning', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', hold: { reserveOre: 20_000 } });
    await counter.time.until(() => counter.screen.kind === 'qr', 'the picture is on the screen');
    await counter.do({ type: 'scan', code: PERSONAL_CODE });
    await counter.time.until(() => counter.provider.payments.size === 2, 'the customer is asked on the phone');
    await counter.approve();
    expect(counter.payment).toMatchObject({ phase: 'held', amountOre: 3_990, reserved: { amountOre: 20_000 } });
  });
  it('must be at least what is in the basket', async () => {
    const counter = new Counter();
    await counter.ring(BOOK);
    expect(await counter.ask({ type: 'pay-vipps', hold: { reserveOre: 29_800 } })).toMatchObject({ code: 'amount-too-small' });
  });
  it('waits for its basket, as its timeline says: nothing is collected by itself', async () => {
    const counter = await held();
    const rows = counter.payment.timeline.filter(({ state }) => state !== 'done').map(({ text }) => text);
    expect(rows).toEqual(['Venter på at kurven er ferdig', 'Betalt']);
  });
  it('stands where it stood after a restart', async () => {
    const counter = await held();
    counter.restart();
    expect(counter.payment).toMatchObject({ phase: 'held', amountOre: 37_866 });
    await counter.do({ type: 'collect-payment' });
    await settled(counter);
    expect(counter.latest.capturedOre).toBe(37_866);
  });
  it('that somebody gave back in the portal is gone, and both are told', async () => {
    const counter = await held();
    counter.latest.cancel(counter.time.nowMs);
    await counter.time.pass(31_000);
    expect(counter.payment).toMatchObject({ phase: 'given-back', title: 'Reservasjonen er borte' });
    expect(counter.screen).toMatchObject({ kind: 'result', title: 'Betalingen er gitt tilbake' });
  });
  it('that somebody captured in the portal is asked about, and kept pays what the basket needs', async () => {
    const counter = await held();
    counter.latest.capture(50_000, 'portal', counter.time.nowMs);
    await counter.time.pass(31_000);
    expect(counter.buttons).toEqual(['keep', 'refund']);
    await counter.do({ type: 'answer-payment', answer: 'keep' });
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 50_000, captured: 50_000, released: 0, refunded: 12_134 });
    expect(counter.finished.totalOre).toBe(37_866);
  });
  it('and captured and given back in the portal pays for nothing', async () => {
    const counter = await held();
    counter.latest.capture(50_000, 'portal', counter.time.nowMs);
    counter.latest.refund(50_000, 'portal-r', counter.time.nowMs);
    await counter.time.pass(31_000);
    expect(counter.payment.phase).toBe('given-back');
    await counter.do({ type: 'close-payment' });
    expect(counter.view.basket).toMatchObject({ paidOre: 0, dueOre: 37_866 });
    expect(counter.view.attention).toEqual([]);
  });
  it('and captured in the portal, with a part given back there, pays what is left: nothing goes back twice', async () => {
    const counter = await held();
    counter.latest.capture(50_000, 'portal', counter.time.nowMs);
    counter.latest.refund(10_000, 'portal-r', counter.time.nowMs);
    await counter.time.pass(31_000);
    await counter.do({ type: 'answer-payment', answer: 'keep' });
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 50_000, captured: 50_000, released: 0, refunded: 12_134 });
    expect(counter.finished.totalOre).toBe(37_866);
  });
  it('and captured in part in the portal pays that part; the rest of the sale is paid otherwise', async () => {
    const counter = await held();
    counter.latest.capture(30_000, 'portal', counter.time.nowMs);
    await counter.do({ type: 'collect-payment' });
    await settled(counter);
    expect(moneyOf(counter)).toEqual({ authorised: 50_000, captured: 30_000, released: 20_000, refunded: 0 });
    expect(counter.view.basket).toMatchObject({ paidOre: 30_000, dueOre: 7_866 });
  });
});

describe('what is held and set aside', () => {
  it('is on the list of reservations, not of parked sales, while the next customer is served', async () => {
    const counter = await held();
    await counter.do({ type: 'park-sale' });
    expect(counter.view).toMatchObject({
      stage: { kind: 'selling' },
      parked: [],
      reservations: [{ saleNumber: 1, reservedOre: 50_000, totalOre: 37_866, collectOre: 37_866, state: 'held' }],
    });
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('is taken up again after a restart, and collected', async () => {
    const counter = await held();
    await counter.do({ type: 'park-sale' });
    counter.restart();
    const [row] = counter.view.reservations;
    await counter.do({ type: 'resume-sale', saleId: row?.saleId ?? '' });
    expect(counter.payment.phase).toBe('held');
    await counter.do({ type: 'collect-payment' });
    await settled(counter);
    expect(counter.finished.totalOre).toBe(37_866);
  });
  it('and gone at the provider is an ordinary parked sale, and the cashier is told', async () => {
    const counter = await held();
    await counter.do({ type: 'park-sale' });
    counter.latest.cancel(counter.time.nowMs);
    await counter.time.pass(31_000);
    expect(counter.view).toMatchObject({
      reservations: [],
      parked: [{ saleNumber: 1 }],
      notice: { text: expect.stringContaining('500,00') },
    });
  });
  it('beside another one that is held, both keep their own money', async () => {
    const counter = await held();
    await counter.do({ type: 'park-sale' });
    await counter.ring(BOOK);
    await counter.do({ type: 'pay-vipps', hold: { reserveOre: 40_000 } });
    await counter.time.until(() => counter.screen.kind === 'qr', 'the picture is on the screen');
    await counter.approve();
    await counter.do({ type: 'park-sale' });
    expect(counter.view.reservations.map(({ reservedOre }) => reservedOre)).toEqual([50_000, 40_000]);
    await counter.do({ type: 'resume-sale', saleId: counter.view.reservations[1]?.saleId ?? '' }, { type: 'collect-payment' });
    await counter.time.until(() => counter.view.stage.kind === 'finished', 'the sale is complete');
    expect(moneyOf(counter)).toMatchObject({ captured: 29_900 });
    expect(counter.view.reservations).toHaveLength(1);
  });
});
