/** What is going on with a payment, in one word: one function decides it for both screens, so that they can never disagree. */
import { type Payment, refundsPart } from '../payment/payment.ts';
import { onLeftToPeople } from '../payment/person.ts';
import { isForLater, isSentToPhone } from '../payment/provider.ts';
import { meaningOf } from '../vipps/error-table.ts';
import type { LoopTrouble } from './payment-loop.ts';

/** How long reading may fail before people are told: one lost answer is nothing. */
const TELL_AFTER_MS = 4_000;
/** A provider's own copies may lag behind by a minute. */
const CERTAIN_AFTER_MS = 120_000;

/** What is going on, in one word. Every word has its texts for both people. */
export type Situation =
  | 'creating'
  | 'restarting'
  | 'unreachable'
  | 'sending'
  | 'sending-unknown'
  | 'at-phone'
  | 'at-phone-later'
  | 'at-link'
  | 'payer-forgotten'
  | 'number-refused'
  | 'code-refused'
  | 'waiting-for-scan'
  | 'waiting-for-approval'
  | 'unreachable-waiting'
  | 'code-ended'
  | 'held'
  | 'held-for-delivery'
  | 'gone'
  | 'replacing'
  | 'checking'
  | 'collecting'
  | 'cancelling'
  | 'expiring'
  | 'refunding'
  | 'ask-keep-or-release'
  | 'ask-keep-or-refund'
  | 'ask-retry-or-release'
  | 'refund-refused'
  | 'paid'
  | 'rejected'
  | 'no-cover'
  | 'expired'
  | 'refused'
  | 'cancelled'
  | 'given-back'
  | 'refunded'
  | 'refund-by-hand'
  | 'not-known'
  | 'left-to-people';

/** @param codeEnded whether nothing that could be scanned is on the customer's screen any more. */
export function situation(payment: Payment, trouble: LoopTrouble | null, nowMs: number, codeEnded: boolean): Situation {
  const toPhone = isSentToPhone(payment.order);
  if (isNotKnown(payment, trouble, nowMs)) return 'not-known';
  const lasting = trouble !== null && nowMs - trouble.sinceMs >= TELL_AFTER_MS;
  switch (payment.state) {
    case 'planned':
      return toPhone ? 'sending' : 'creating';
    case 'creating':
      if (payment.unknown) return toPhone ? 'sending-unknown' : 'restarting';
      return trouble !== null ? 'unreachable' : toPhone ? 'sending' : 'creating';
    case 'watched':
      if (payment.untilMs === null) return 'left-to-people';
      return toPhone && !payment.cancelRequested ? 'payer-forgotten' : 'cancelled'; // where another attempt follows, that one is on the screens
    case 'awaiting':
      if (payment.cancelRequested) return lasting ? 'checking' : 'cancelling';
      if (trouble?.kind === 'contradiction' || trouble?.kind === 'missing' || trouble?.kind === 'unwritten') return 'checking';
      if (payment.replaceByOre !== null) return lasting ? 'checking' : 'replacing';
      if (lasting) return 'unreachable-waiting';
      if (payment.order.flow?.kind === 'link') return 'at-link';
      if (toPhone) return isForLater(payment.order) ? 'at-phone-later' : 'at-phone';
      if (codeEnded && !payment.opened) return 'code-ended';
      return payment.opened ? 'waiting-for-approval' : 'waiting-for-scan';
    case 'approved':
      return payment.question === null ? 'collecting' : 'ask-keep-or-release';
    case 'held':
      return payment.order.unit === 'distance' ? 'held-for-delivery' : 'held';
    case 'capturing':
      if (payment.question !== null) return 'ask-retry-or-release';
      return payment.unknown || lasting ? 'checking' : 'collecting';
    case 'releasing':
      if (payment.unknown || lasting) return 'checking';
      if (payment.replaceByOre !== null) return 'replacing';
      if (payment.why === 'url-lost') return 'restarting';
      return payment.why === 'expired' ? 'expiring' : 'cancelling';
    case 'captured':
      if (refundsPart(payment)) return 'paid';
      if (payment.refund?.state === 'sending') return payment.refund.unknown || lasting ? 'checking' : 'refunding';
      if (payment.keepRequested) return lasting ? 'checking' : 'collecting';
      if (payment.question !== null) return payment.refund?.state === 'refused' ? 'refund-refused' : 'ask-keep-or-refund';
      if (payment.refund?.state === 'needs-hand') return 'refund-by-hand';
      return payment.refund?.state === 'done' || payment.refund?.state === 'by-hand' ? 'refunded' : 'paid';
    case 'declined':
      if (payment.replaceByOre === null) return (toPhone ? payerRefused(payment.errorCode) : null) ?? payment.reason;
      return lasting ? 'checking' : 'replacing';
    case 'released':
      if (payment.why === 'gone') return 'gone';
      if (payment.why === 'by-hand') return 'left-to-people';
      if (payment.wasApproved) return 'given-back';
      return payment.why === 'expired' ? 'expired' : 'cancelled';
  }
}

/** For so long the provider has said nothing else than that it does not know it: an answer that lags is long over by then. */
export function isNotKnown(payment: Payment, trouble: LoopTrouble | null, nowMs: number): boolean {
  return trouble?.kind === 'missing' && nowMs - trouble.sinceMs >= CERTAIN_AFTER_MS && onLeftToPeople(payment) !== null;
}

/** Nobody is told why a number cannot pay: the provider does not say whether it is unknown, too young or something else. */
function payerRefused(errorCode: string | null): Situation | null {
  switch (errorCode === null ? null : meaningOf(errorCode).reason) {
    case 'cannot-charge':
    case 'bad-number':
      return 'number-refused';
    case 'customer-code-over':
    case 'no-customer-code':
      return 'code-refused';
    default:
      return null;
  }
}
