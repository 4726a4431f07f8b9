/** The table of a payment's life where more is reserved than is taken: what is held, and what follows a capture of less or of more. */
import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../../app/journal/events.ts';
import { nextStep, onRead, onSent } from '../../../app/payment/decide.ts';
import { isAlive, isFinal, keptOre, type Payment } from '../../../app/payment/payment.ts';
import { onAnswered, onBasketChanged, onCancelRequested, onCollectRequested } from '../../../app/payment/person.ts';
import type { ProviderView } from '../../../app/payment/provider.ts';
import {
  AMOUNT_ORE,
  answered,
  applied,
  approved,
  approvedPayment,
  attempt,
  awaiting,
  BEGAN_MS,
  CAPTURE_KEY,
  capturing,
  created,
  createIntended,
  failure,
  ORDER,
  operation,
  planned,
  REFUND_KEY,
  typesOf,
  views,
} from './payments.ts';

const paymentId = 'p1';
const LESS_ORE = 20_000;
const REST_ORE = AMOUNT_ORE - LESS_ORE;
const REST_KEY = '1-2611-kx7q-1042-1-x4';
const SECOND_CAPTURE_KEY = '1-2611-kx7q-1042-1-c2';
const SOON_MS = BEGAN_MS + 10_000;

const collectChanged = (collectOre: number): PaymentEvent => ({
  type: 'payment.collect-changed',
  version: 1,
  payload: { paymentId, collectOre },
});
const heldEvent: PaymentEvent = { type: 'payment.held', version: 1, payload: { paymentId, captureUntilMs: null } };
const toHold: PaymentEvent = {
  type: 'payment.planned',
  version: 1,
  payload: { paymentId, saleId: 's1', attempt: 1, order: { ...ORDER, collect: 'when-told' }, collectOre: LESS_ORE },
};
const held = (...more: PaymentEvent[]): Payment => applied(null, toHold, createIntended, created, approved(false), heldEvent, ...more);
const collecting = () => applied(held(), ...(onCollectRequested(held(), LESS_ORE) ?? []));
const captureOf = (captureOre: number, key = CAPTURE_KEY): PaymentEvent => ({
  type: 'payment.capture-intended',
  version: 1,
  payload: { paymentId, key, captureOre },
});

/** What the provider tells once so much was captured and released. */
const money = (capturedOre: number, releasedOre = 0, key: string | null = CAPTURE_KEY): ProviderView => ({
  ...views.authorised,
  capturedOre,
  releasedOre,
  operations: [
    ...(releasedOre > 0 ? [operation('void', null, releasedOre)] : []),
    operation('capture', key, capturedOre),
    operation('authorise'),
  ],
});
const read = (payment: Payment, view: ProviderView | null, more: Parameters<typeof attempt>[0] = {}) =>
  onRead(payment, view, attempt(more), SOON_MS);
const heard = (payment: Payment, view: ProviderView, more: Parameters<typeof attempt>[0] = {}) =>
  applied(payment, ...read(payment, view, more));

describe('a basket that becomes cheaper under its payment', () => {
  it('changes what will be taken, and not what was asked for', () => {
    const payment = applied(awaiting(), ...(onBasketChanged(awaiting(), LESS_ORE) ?? []));
    expect(payment).toMatchObject({ state: 'awaiting', collectOre: LESS_ORE, order: { amountOre: AMOUNT_ORE } });
  });
  it('is captured as it is when the customer approves', () => {
    const payment = applied(approvedPayment(), collectChanged(LESS_ORE));
    expect(nextStep(payment, attempt())).toMatchObject({ events: [{ payload: { captureOre: LESS_ORE, key: CAPTURE_KEY } }] });
  });
  it('cannot change what is on its way', () => {
    expect(onBasketChanged(capturing(), LESS_ORE)).toBeNull();
    expect(onBasketChanged(awaiting({ type: 'payment.cancel-requested', version: 1, payload: { paymentId } }), LESS_ORE)).toBeNull();
  });
  it('and comes to nothing, ends it; what was approved meanwhile is given back unasked', () => {
    expect(typesOf(onBasketChanged(awaiting(), 0))).toEqual(['payment.collect-changed', 'payment.cancel-requested']);
    const empty = applied(awaiting(), ...(onBasketChanged(awaiting(), 0) ?? []));
    expect(read(empty, views.authorised)).toMatchObject([{ type: 'payment.approved', payload: { ask: false } }]);
    expect(nextStep(heard(empty, views.authorised), attempt())).toMatchObject({
      events: [{ type: 'payment.release-intended', payload: { evenIfApproved: true } }],
    });
  });
  it('and comes to nothing when the money is taken already, is refunded unasked', () => {
    const empty = applied(awaiting(), ...(onBasketChanged(awaiting(), 0) ?? []));
    expect(heard(empty, views.sale)).toMatchObject({ state: 'captured', refund: { state: 'sending', amountOre: AMOUNT_ORE } });
  });
});

describe('what is held', () => {
  it('waits, read now and then, for the cashier', () => {
    expect(nextStep(applied(null, toHold, createIntended, created, approved(false)), attempt())).toMatchObject({
      events: [{ type: 'payment.held' }],
    });
    expect(nextStep(held(), attempt({ readInMs: 30_000 }))).toEqual({ do: 'wait', delayMs: 30_000 });
    expect(read(held(), views.authorised)).toEqual([]);
    expect([isAlive(held()), isFinal(held())]).toEqual([true, false]);
  });
  it('is waited for also when nobody has it on the screen', () => {
    expect(read(held(), views.authorised, { wanted: false })).toEqual([]);
  });
  it('keeps the deadline that the provider tells, once', () => {
    const untilMs = BEGAN_MS + 86_400_000;
    const told = heard(held(), { ...views.authorised, captureUntilMs: untilMs });
    expect(told).toMatchObject({ state: 'held', captureUntilMs: untilMs });
    expect(read(told, { ...views.authorised, captureUntilMs: untilMs })).toEqual([]);
    expect(read(told, views.authorised)).toEqual([]);
  });
  it('is collected by a person alone: what the basket comes to, intent first', () => {
    expect(collecting()).toMatchObject({ state: 'capturing', captureOre: LESS_ORE, collectOre: LESS_ORE, authorisedOre: AMOUNT_ORE });
    expect(onCollectRequested(awaiting(), LESS_ORE)).toBeNull();
  });
  it('is given back whole when a person says so', () => {
    expect(onCancelRequested(held())).toMatchObject([{ type: 'payment.release-intended', payload: { evenIfApproved: true } }]);
  });
  it.each([
    ['released at the provider', views.voided],
    ['over at the provider', { ...views.authorised, state: 'expired' }],
  ] as const)('and %s is gone', (_, view) => {
    expect(heard(held(), view as ProviderView)).toMatchObject({ state: 'released', wasApproved: true, why: 'gone' });
  });
  it('and captured by somebody else is asked about; kept, the sale takes what it needs', () => {
    const asked = heard(held(), money(AMOUNT_ORE, 0, 'portal'));
    expect(asked).toMatchObject({ state: 'captured', question: 'keep-or-refund' });
    const saidSo = applied(asked, ...(onAnswered(asked, 'keep') ?? []));
    const kept = heard(saidSo, money(AMOUNT_ORE, 0, 'portal'), { sinceKeep: true });
    expect(kept).toMatchObject({ question: null, refund: { state: 'sending', amountOre: REST_ORE } });
    expect(keptOre(kept)).toBe(LESS_ORE);
  });
});

describe('a capture of less', () => {
  it('is captured, and what is left is let go of: both in one entry’s time', () => {
    expect(read(collecting(), money(LESS_ORE))).toMatchObject([
      { type: 'payment.captured', payload: { capturedOre: LESS_ORE, ask: false } },
      { type: 'payment.rest-release-intended', payload: { key: REST_KEY, amountOre: REST_ORE } },
    ]);
  });
  it('holds the tender while the rest is on its way, and nobody waits for it', () => {
    const payment = heard(collecting(), money(LESS_ORE));
    expect([keptOre(payment), isAlive(payment), isFinal(payment)]).toEqual([LESS_ORE, false, false]);
  });
  it('sends the release once when its intent has just been written, and reads after any answer', () => {
    const payment = heard(collecting(), money(LESS_ORE));
    expect(nextStep(payment, attempt({ fresh: true }))).toEqual({ do: 'cancel', what: 'remainder', key: REST_KEY });
    expect(nextStep(payment, attempt({ lastSend: answered('ok') }))).toEqual({ do: 'read' });
    expect(nextStep(payment, attempt())).toEqual({ do: 'read' });
  });
  it('whose release got no answer is read before it is sent again', () => {
    const payment = heard(collecting(), money(LESS_ORE));
    const lost = applied(payment, ...onSent(payment, { kind: 'unknown', error: failure('lost') }, SOON_MS));
    expect(nextStep(lost, attempt({ fresh: true }))).toEqual({ do: 'read' });
    expect(read(lost, money(LESS_ORE, REST_ORE))).toMatchObject([{ type: 'payment.rest-released', payload: { amountOre: REST_ORE } }]);
  });
  it('is over once the release was read back', () => {
    const payment = heard(heard(collecting(), money(LESS_ORE)), money(LESS_ORE, REST_ORE));
    expect(payment).toMatchObject({ rest: { state: 'released', amountOre: REST_ORE } });
    expect(isFinal(payment)).toBe(true);
  });
  it('is not taken for released by an answer from before the approval, or from before the capture', () => {
    const payment = heard(collecting(), money(LESS_ORE));
    for (const view of [views.opened, views.authorised, money(LESS_ORE)]) expect(read(payment, view)).toEqual([]);
  });
  it('whose rest was gone when it was read needs no release', () => {
    expect(heard(collecting(), money(LESS_ORE, REST_ORE))).toMatchObject({ rest: { state: 'released' } });
  });
  it('whose release is refused for good is left to the bank until somebody has seen it', () => {
    const left = heard(heard(collecting(), money(LESS_ORE)), money(LESS_ORE), { lastSend: answered('refused', 'ecom:Payment/51') });
    expect(left).toMatchObject({ rest: { state: 'left', errorCode: 'ecom:Payment/51', seen: false } });
    expect(isFinal(left)).toBe(false);
    expect(isFinal(applied(left, { type: 'payment.rest-seen', version: 1, payload: { paymentId } }))).toBe(true);
  });
});

describe('where only the whole may be captured', () => {
  it.each(['epayment:6140', 'ecom:InvalidRequest/transaction.amount'])('all of it is, with a key of its own (%s)', (code) => {
    expect(read(collecting(), views.authorised, { lastSend: answered('refused', code) })).toMatchObject([
      { type: 'payment.capture-intended', payload: { key: SECOND_CAPTURE_KEY, captureOre: AMOUNT_ORE } },
    ]);
  });
  it('the sale takes its part, and the difference goes back beside it', () => {
    const whole = applied(collecting(), captureOf(AMOUNT_ORE, SECOND_CAPTURE_KEY));
    const payment = heard(whole, money(AMOUNT_ORE, 0, SECOND_CAPTURE_KEY));
    expect(payment).toMatchObject({ state: 'captured', rest: null, refund: { key: REFUND_KEY, amountOre: REST_ORE } });
    expect([keptOre(payment), isAlive(payment), isFinal(payment)]).toEqual([LESS_ORE, false, false]);
  });
  it('a difference that cannot be refunded is left to people, and the tender stands', () => {
    const whole = applied(collecting(), captureOf(AMOUNT_ORE, SECOND_CAPTURE_KEY));
    const payment = heard(whole, money(AMOUNT_ORE, 0, SECOND_CAPTURE_KEY));
    const left = heard(payment, money(AMOUNT_ORE, 0, SECOND_CAPTURE_KEY), { lastSend: answered('refused') });
    expect(left).toMatchObject({ refund: { state: 'needs-hand', amountOre: REST_ORE }, question: null });
    expect(keptOre(left)).toBe(LESS_ORE);
  });
  it('a refusal for another reason asks a person, and takes no more than the sale needs', () => {
    const refused = read(collecting(), views.authorised, { lastSend: answered('refused', 'epayment:6100') });
    expect(typesOf(refused)).toEqual(['payment.capture-refused']);
  });
});

describe('a capture that cannot be', () => {
  it('because the bank has let go is asked about, and not asked for for ever', () => {
    const refused = read(collecting(), views.authorised, { lastSend: answered('retryable', 'epayment:6260') });
    expect(typesOf(refused)).toEqual(['payment.capture-refused']);
  });
  it('because the portal has captured a part keeps that part, and lets go of the rest', () => {
    const payment = heard(collecting(), money(5_000, 0, 'portal'), { lastSend: answered('refused') });
    expect(payment).toMatchObject({ state: 'captured', capturedOre: 5_000, rest: { state: 'releasing', amountOre: AMOUNT_ORE - 5_000 } });
    expect(keptOre(payment)).toBe(5_000);
  });
});

it('a journal from before there were reservations opens as it was written', () => {
  expect(applied(null, planned)).toMatchObject({ collectOre: AMOUNT_ORE, replaceCollect: 'at-once' });
});
