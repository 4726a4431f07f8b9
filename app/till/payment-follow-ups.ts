/** What follows from a payment's new state for its sale and its screens: small questions, each with one answer. */
import type { PaymentEvent } from '../journal/events.ts';
import { applyPaymentEvent } from '../payment/apply.ts';
import type { Payment } from '../payment/payment.ts';
import { isAway, isForLater, isSentToPhone, type PaymentFlow } from '../payment/provider.ts';
import { meaningOf } from '../vipps/error-table.ts';
import type { Clock } from './ports.ts';

/** How often a lost creation is followed by a new attempt without asking. */
export const MOST_ATTEMPTS_IN_A_ROW = 3;

/** What every attempt to reach a phone would be told: the QR follows by itself. */
export function mayNotPush(payment: Payment): boolean {
  if (payment.state !== 'declined' || payment.errorCode === null || isAway(payment.order.flow)) return false;
  return isSentToPhone(payment.order) && meaningOf(payment.errorCode).reason === 'push-not-allowed';
}

/** Its creation is on the way, and nobody has cancelled it meanwhile. */
export function isStillAsked(payment: Payment): boolean {
  return payment.state === 'creating' && !payment.cancelRequested;
}

/** What the next attempt in its place asks for: what is still to be taken, or again what is to be reserved. */
export function askedAgainOre({ order, collectOre }: Payment): number {
  return order.collect === 'when-told' ? order.amountOre : collectOre;
}

/** The payment as it will be once these are written. */
export function paymentAfter(payment: Payment, events: readonly PaymentEvent[], clock: Clock): Payment {
  const nowMs = clock.nowMs();
  const moment = { atMs: nowMs, offsetMinutes: clock.offsetMinutes(nowMs), operator: 'system', document: null };
  return events.reduce<Payment>((state, event) => applyPaymentEvent(state, { ...event, ...moment }), payment);
}

/** The customer has days to approve, and whoever is next has not: the sale waits aside, with its payment. */
export function goesAside(before: Payment, after: Payment): boolean {
  return before.state !== 'awaiting' && after.state === 'awaiting' && isForLater(after.order) && !after.cancelRequested;
}

/** It is a code on the screen: whoever stands here may be asked in another way instead. Nobody else is asked for what somebody elsewhere buys. */
export function isForTheCounter({ order }: Payment): boolean {
  return !isSentToPhone(order) && !isAway(order.flow);
}

/** The way of the attempt after a lost one. The QR is for whoever is at the counter: who is not gets another link. */
export function flowAgain({ order }: Payment, next: PaymentFlow): PaymentFlow {
  return order.flow?.kind === 'link' ? order.flow : next;
}

/** Its creation was lost and it can be paid by nobody: the sale needs a new attempt. */
export function lostItsUrl(before: Payment, after: Payment): boolean {
  if (after.state === 'watched') return before.state === 'creating' && !after.cancelRequested && !isSentToPhone(after.order);
  return after.state === 'released' && after.why === 'url-lost' && before.state === 'releasing';
}

/** What was to be replaced is over, and nobody has paid it: the next one may come. */
export function isOutOfTheWay(after: Payment): boolean {
  return after.state === 'released' ? !after.wasApproved : after.state === 'declined' && after.replaceByOre === null;
}

export function lostTooOften(payment: Payment, attemptsInARow: number): boolean {
  if (isSentToPhone(payment.order)) return false;
  const lost = (payment.state === 'watched' && !payment.cancelRequested) || (payment.state === 'released' && payment.why === 'url-lost');
  return lost && attemptsInARow >= MOST_ATTEMPTS_IN_A_ROW;
}

const OURS: ReadonlySet<string> = new Set([
  'payment.cancel-requested',
  'payment.replace-requested',
  'payment.collect-changed',
  'payment.collect-requested',
  'payment.rest-seen',
  'payment.refunded-by-hand',
  'payment.left-to-people',
  'payment.settled-by-hand',
  'payment.keep-requested',
  'payment.kept',
  'payment.planned',
  'sale.completed',
]);

/** What a person decided; everything else is the register's own doing. */
export function isOurs(type: string): boolean {
  return OURS.has(type) || type.startsWith('sale.line-') || type === 'sale.discounted';
}
