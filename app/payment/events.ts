/** The entries that the payment's decisions write, each in one place. */
import type { PaymentEvent } from '../journal/events.ts';
import { newKey } from './keys.ts';
import type { DeclineReason, Payment, PaymentTrouble, ReleaseReason } from './payment.ts';
import type { ProviderError } from './provider.ts';

/** The provider's error as a payment keeps it: what, and since when. */
export function troubleOf(error: ProviderError, nowMs: number): PaymentTrouble {
  return { code: error.code, message: error.message, traceId: error.traceId, sinceMs: nowMs };
}

export function createUnknown(paymentId: string, error: ProviderError, nowMs: number): PaymentEvent {
  return { type: 'payment.create-unknown', version: 1, payload: { paymentId, trouble: troubleOf(error, nowMs) } };
}

export function declined(
  payment: Payment,
  reason: DeclineReason,
  errorCode: string | null,
  watchUntilMs: number | null = null,
): PaymentEvent {
  return { type: 'payment.declined', version: 1, payload: { paymentId: payment.paymentId, reason, errorCode, watchUntilMs } };
}

export function released(payment: Payment, wasApproved: boolean): PaymentEvent {
  return { type: 'payment.released', version: 1, payload: { paymentId: payment.paymentId, wasApproved } };
}

export function captureIntent(payment: Payment, captureOre: number, key: string): PaymentEvent {
  return { type: 'payment.capture-intended', version: 1, payload: { paymentId: payment.paymentId, key, captureOre } };
}

/** @param round counts the releases of one payment, so that each intent has a key of its own. */
export function releaseIntent(payment: Payment, why: ReleaseReason, evenIfApproved: boolean, round: number): PaymentEvent {
  const key = newKey(payment.order.reference, 'x', round);
  return { type: 'payment.release-intended', version: 1, payload: { paymentId: payment.paymentId, key, why, evenIfApproved } };
}
