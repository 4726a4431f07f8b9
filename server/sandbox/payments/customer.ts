import { payTestAmounts } from '../test-amounts.ts';
import { addOwn, enterApproved, type Payment } from './payment.ts';

/** What a person with the phone can do. */
export type CustomerAction = 'open' | 'approve' | 'reject' | 'no-cover' | 'other-card' | 'ignore' | 'authenticate';

export const customerActions: readonly CustomerAction[] = ['open', 'approve', 'reject', 'no-cover', 'other-card', 'ignore', 'authenticate'];

/** The phone cannot do that with this payment now. `message` says why, for a person. Nothing was changed. */
export class CustomerActionRefused extends Error {
  override readonly name = 'CustomerActionRefused';
}

function assertWaiting(payment: Payment): void {
  if (payment.phase !== 'waiting') throw new CustomerActionRefused(`the payment is ${payment.phase}, nobody waits for the customer`);
}

function open(payment: Payment, nowMs: number): void {
  payment.ignored = false;
  if (payment.openedAtMs !== null) return;
  if (nowMs >= payment.openByMs) throw new CustomerActionRefused('the code is too old to be opened');
  payment.openedAtMs = nowMs;
}

/**
 * Does what the customer does. Everything but `ignore` opens the payment first if it has not been scanned yet.
 * The payment must have been settled to `nowMs`. `ageYears` is the age of whoever holds the phone: too young for this
 * basket, and the app does not let them approve. Throws `CustomerActionRefused`.
 */
export function act(payment: Payment, action: CustomerAction, nowMs: number, ageYears: number | null = null): void {
  assertWaiting(payment);
  if (action === 'ignore') {
    payment.ignored = true;
    return;
  }
  open(payment, nowMs);
  switch (action) {
    case 'open':
      return;
    case 'authenticate':
      payment.threeDSecure = true;
      return;
    case 'reject':
      finish(payment, nowMs);
      payment.phase = 'rejected';
      addOwn(payment, 'reject', true, nowMs);
      return;
    case 'other-card':
      // The card was refused, and the customer goes on with another one.
      addOwn(payment, 'attempt', false, nowMs);
      return;
    case 'no-cover':
      decline(payment, 'insufficient funds', nowMs);
      return;
    case 'approve':
      if (payment.minimumAge !== null && ageYears !== null && ageYears < payment.minimumAge) {
        throw new CustomerActionRefused(`the customer is ${ageYears}, and this takes ${payment.minimumAge}`);
      }
      approve(payment, nowMs);
      return;
  }
}

function finish(payment: Payment, nowMs: number): void {
  payment.threeDSecure = false;
  payment.actedAtMs = nowMs;
}

function approve(payment: Payment, nowMs: number): void {
  const outcome = payTestAmounts.get(payment.amountOre);
  if (outcome?.kind === 'declined') {
    decline(payment, outcome.reason, nowMs);
    return;
  }
  finish(payment, nowMs);
  if (outcome?.kind === 'unknown-for') {
    payment.phase = 'processing';
    payment.outcomeDueMs = nowMs + outcome.unknownForMs;
    return;
  }
  enterApproved(payment, nowMs);
}

function decline(payment: Payment, reason: string, nowMs: number): void {
  finish(payment, nowMs);
  payment.phase = 'declined';
  payment.failure = reason;
  addOwn(payment, payment.captureMode === 'direct' ? 'sale' : 'reserve', false, nowMs);
}
