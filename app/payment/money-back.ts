/**
 * What follows a capture: the rest of what was reserved is let go of, and what the sale does not take of it is refunded.
 * Each is an intent on disk, sent, and read back; the sale does not wait for either. Pure, like `decide.ts`.
 */
import type { PaymentEvent } from '../journal/events.ts';
import type { Attempt } from './decide.ts';
import { released, troubleOf } from './events.ts';
import { newKey, nextKey } from './keys.ts';
import { type Payment, refundsPart } from './payment.ts';
import type { ProviderView } from './provider.ts';

/** Of one payment's cancels the last: rounds one to three end it as a whole. */
const REST_ROUND = 4;

/**
 * It was read back as captured. What was reserved beyond that is let go of; what was captured beyond what the sale takes goes
 * back, unless a person is asked first whether any of it is kept.
 */
export function captured(payment: Payment, view: ProviderView, ask: boolean): readonly PaymentEvent[] {
  const leftOre = leftOf(view);
  if (leftOre === 0) return [released(payment, true)];
  const back = ask ? 0 : Math.max(0, leftOre - payment.collectOre);
  return [captureTold(payment, view, ask), ...restOf(payment, view), ...(back === 0 ? [] : [refundIntent(payment, back)])];
}

/** Its sale has gone on with another payment: there is nothing to ask, all of it goes back. */
export function capturedUnwanted(payment: Payment, view: ProviderView): readonly PaymentEvent[] {
  const leftOre = leftOf(view);
  if (leftOre === 0) return [released(payment, true)];
  return [captureTold(payment, view, true), ...restOf(payment, view), refundIntent(payment, leftOre)];
}

/**
 * What is left of what was captured. Nothing here refunds before the capture is on record: what is gone by then was given back
 * in the provider's portal, and pays for nothing.
 */
function leftOf({ capturedOre, refundedOre }: ProviderView): number {
  return capturedOre - refundedOre;
}

function captureTold(payment: Payment, view: ProviderView, ask: boolean): PaymentEvent {
  const { transactionId } = view;
  return { type: 'payment.captured', version: 1, payload: { paymentId: payment.paymentId, capturedOre: leftOf(view), transactionId, ask } };
}

function restOf({ paymentId, order }: Payment, view: ProviderView): readonly PaymentEvent[] {
  const amountOre = view.authorisedOre - view.capturedOre - view.releasedOre;
  if (amountOre === 0) return view.releasedOre === 0 ? [] : [restReleased(paymentId, view.releasedOre)];
  return [
    { type: 'payment.rest-release-intended', version: 1, payload: { paymentId, key: newKey(order.reference, 'x', REST_ROUND), amountOre } },
  ];
}

function restReleased(paymentId: string, amountOre: number): PaymentEvent {
  return { type: 'payment.rest-released', version: 1, payload: { paymentId, amountOre } };
}

/** @param amountOre what goes back, in minor units. Each refund of a payment has a key of its own. */
export function refundIntent(payment: Payment, amountOre: number): PaymentEvent {
  const { reference } = payment.order;
  const before = payment.state === 'captured' ? payment.refund : null;
  const key = before === null ? newKey(reference, 'r', 1) : nextKey(before.key, reference, 'r');
  return { type: 'payment.refund-intended', version: 1, payload: { paymentId: payment.paymentId, key, amountOre } };
}

type Captured = Extract<Payment, { state: 'captured' }>;

/** What a read says of the rest: gone, however it went; or refused for good, and then it goes when the bank lets go of it. */
export function onReadRest(payment: Captured, view: ProviderView, attempt: Attempt, nowMs: number): readonly PaymentEvent[] {
  const { paymentId, rest } = payment;
  if (rest?.state !== 'releasing') return [];
  // What was told before the capture knows nothing of it: there nothing is left because nothing was reserved yet.
  if (view.capturedOre < payment.capturedOre) return [];
  if (view.capturedOre + view.releasedOre === view.authorisedOre) return [restReleased(paymentId, rest.amountOre)];
  if (attempt.lastSend?.outcome !== 'refused' || attempt.lastSend.error === null) return [];
  return [{ type: 'payment.rest-left', version: 1, payload: { paymentId, trouble: troubleOf(attempt.lastSend.error, nowMs) } }];
}

/** While a person is asked whether it is kept, the money may go back in the provider's portal: what is gone cannot be kept. */
export function onReadAsked(payment: Captured, view: ProviderView, attempt: Attempt): readonly PaymentEvent[] {
  const gone = givenBackElsewhere(payment, view);
  // What was told before the capture knows nothing of it.
  if (gone.length > 0 || view.capturedOre < payment.capturedOre) return gone;
  const { paymentId, capturedOre, collectOre } = payment;
  if (!payment.keepRequested || !attempt.sinceKeep) return [];
  const back = Math.max(0, capturedOre - collectOre);
  return [{ type: 'payment.kept', version: 1, payload: { paymentId } }, ...(back === 0 ? [] : [refundIntent(payment, back)])];
}

/** What somebody has given back in the provider's portal of what was captured: all of it, some, or nothing. */
function givenBackElsewhere(payment: Captured, view: ProviderView): readonly PaymentEvent[] {
  const leftOre = leftOf(view);
  if (view.capturedOre < payment.capturedOre || leftOre >= payment.capturedOre) return [];
  if (leftOre === 0) return [released(payment, true)];
  return [{ type: 'payment.partly-given-back', version: 1, payload: { paymentId: payment.paymentId, leftOre } }];
}

/** What a read says of a refund: totals cannot say which one happened, only our own key can. */
export function onReadRefunding(payment: Captured, view: ProviderView, attempt: Attempt, nowMs: number): readonly PaymentEvent[] {
  const { paymentId, refund } = payment;
  if (refund === null || refund.state !== 'sending') return [];
  const refunds = view.operations.filter((operation) => operation.kind === 'refund' && operation.ok);
  const ours = refunds.some(({ key }) => key === refund.key) || isToldWithoutKey(payment, refunds);
  if (ours) return [{ type: 'payment.refunded', version: 1, payload: { paymentId, key: refund.key, amountOre: refund.amountOre } }];
  if (attempt.lastSend?.outcome !== 'refused' || attempt.lastSend.error === null) return [];
  const refused: PaymentEvent = {
    type: 'payment.refund-refused',
    version: 1,
    payload: { paymentId, key: refund.key, trouble: troubleOf(attempt.lastSend.error, nowMs) },
  };
  // It may be refused because somebody was first.
  const gone = refundsPart(payment) ? [] : givenBackElsewhere(payment, view);
  if (gone.some(({ type }) => type === 'payment.released')) return [refused, ...gone];
  // Where the sale still waits, its cashier is asked; where it has gone on, the question would be on nobody's screen.
  const canBeKept = attempt.wanted && !refundsPart(payment) && payment.collectOre > 0;
  return canBeKept ? [refused, ...gone] : [refused, ...gone, { type: 'payment.refund-left-to-people', version: 1, payload: { paymentId } }];
}

/**
 * What was sent through eCom may stand without a key in ePayment's log. The first refund, of exactly our amount, is then taken
 * for it: sent again under ePayment's own key, it could be paid back twice (docs/decisions/0010).
 */
function isToldWithoutKey({ order, refund }: Captured, refunds: ProviderView['operations']): boolean {
  if (order.api !== 'ecom' || refund === null || refund.key !== newKey(order.reference, 'r', 1)) return false;
  return refunds.some(({ key, amountOre }) => key === null && amountOre === refund.amountOre);
}
