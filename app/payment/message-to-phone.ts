/** What is different where the customer is asked on their own phone: a lost answer does not mean that nobody can pay. */
import type { PaymentEvent } from '../journal/events.ts';
import type { Attempt } from './decide.ts';
import type { Payment } from './payment.ts';
import { isSentToPhone } from './provider.ts';

/**
 * A message to a phone may have arrived though nobody answered. The same reference cannot make a second payment, so it is
 * sent again where it was not found: the customer gets one message, and it is known which.
 */
export function maySendAgain(payment: Payment & { state: 'creating' }, attempt: Attempt): boolean {
  return isSentToPhone(payment.order) && attempt.payerKnown && !payment.cancelRequested && attempt.lastSend?.outcome !== 'refused';
}

/** The message went out though its answer was lost: the customer may be approving it now, so it goes on as if it had come. */
export function foundAfterAll({ paymentId }: Payment): PaymentEvent {
  return { type: 'payment.created', version: 1, payload: { paymentId, url: null } };
}
