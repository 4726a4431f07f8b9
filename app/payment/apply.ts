/** What a payment's entries add up to: one pure step per entry, for the live register and for every rebuild. */
import type { JournalEvent } from '../journal/events.ts';
import type { Recorded } from '../sale/apply.ts';
import type { Payment, PaymentRefund } from './payment.ts';

/** The payment that an entry changes, or `null` when it changes none. */
export function paymentIdOf(entry: JournalEvent): string | null {
  return entry.type.startsWith('payment.') && 'paymentId' in entry.payload ? entry.payload.paymentId : null;
}

/** An entry that does not fit the payment it names: the journal is not what this program wrote. */
export class PaymentEntryError extends Error {
  override readonly name = 'PaymentEntryError';
}

/**
 * Applies one entry.
 * @param payment the payment so far; `null` before `payment.planned`.
 * @throws PaymentEntryError when the entry cannot follow in the payment's state.
 */
export function applyPaymentEvent(payment: Payment | null, entry: Recorded): Payment {
  if (entry.type === 'payment.planned') {
    const { paymentId, saleId, attempt, order } = entry.payload;
    return {
      state: 'planned',
      paymentId,
      saleId,
      attempt,
      order,
      plannedAtMs: entry.atMs,
      moments: { createdAtMs: null, openedAtMs: null, approvedAtMs: null },
      trouble: null,
      replaceByOre: null,
      replaceCollect: 'at-once',
      collectOre: entry.payload.collectOre ?? order.amountOre,
    };
  }
  if (payment === null) throw new PaymentEntryError(`An entry ${entry.type} names a payment that was never planned.`);
  const { paymentId, saleId, attempt, order, plannedAtMs, moments, replaceByOre, replaceCollect, collectOre } = payment;
  const common = { paymentId, saleId, attempt, order, plannedAtMs, moments, trouble: null, replaceByOre: null, replaceCollect, collectOre };
  const misplaced = () =>
    new PaymentEntryError(`An entry ${entry.type} cannot follow while payment ${order.reference} is ${payment.state}.`);

  switch (entry.type) {
    case 'payment.create-intended':
      return { ...common, state: 'creating', intendedAtMs: entry.atMs, unknown: false, cancelRequested: false };
    case 'payment.create-unknown':
      if (payment.state !== 'creating') throw misplaced();
      return { ...payment, unknown: true, trouble: entry.payload.trouble };
    case 'payment.watch-started':
      if (payment.state !== 'creating') throw misplaced();
      return { ...common, state: 'watched', untilMs: entry.payload.untilMs, cancelRequested: payment.cancelRequested };
    case 'payment.left-to-people':
      return { ...common, state: 'watched', untilMs: null, cancelRequested: true };
    case 'payment.settled-by-hand':
      if (payment.state !== 'watched') throw misplaced();
      return { ...common, state: 'released', endedAtMs: entry.atMs, wasApproved: false, why: 'by-hand' };
    case 'payment.watch-ended':
      if (payment.state === 'declined') return { ...payment, watchUntilMs: null, replaceByOre: null };
      return { ...common, state: 'released', endedAtMs: entry.atMs, wasApproved: false, why: 'url-lost' };
    case 'payment.created':
      return {
        ...common,
        moments: { ...moments, createdAtMs: entry.atMs },
        state: 'awaiting',
        createdAtMs: entry.atMs,
        url: entry.payload.url,
        opened: false,
        cancelRequested: (payment.state === 'creating' || payment.state === 'watched') && payment.cancelRequested,
      };
    case 'payment.opened':
      if (payment.state !== 'awaiting') throw misplaced();
      return { ...payment, opened: true, moments: { ...moments, openedAtMs: entry.atMs }, trouble: null };
    case 'payment.cancel-requested':
      if (payment.state === 'releasing') return { ...payment, why: 'cashier', replaceByOre: null };
      if (payment.state === 'declined') return { ...payment, replaceByOre: null };
      if (payment.state !== 'awaiting' && payment.state !== 'creating') throw misplaced();
      return { ...payment, cancelRequested: true, replaceByOre: null };
    case 'payment.replace-requested':
      if (payment.state !== 'awaiting' && payment.state !== 'declined' && payment.state !== 'releasing') throw misplaced();
      return { ...payment, replaceByOre: entry.payload.amountOre, replaceCollect: entry.payload.collect ?? 'at-once' };
    case 'payment.approved':
      return {
        ...common,
        moments: { ...moments, approvedAtMs: entry.atMs },
        state: 'approved',
        approvedAtMs: entry.atMs,
        authorisedOre: entry.payload.authorisedOre,
        transactionId: entry.payload.transactionId,
        question: entry.payload.ask ? 'keep-or-release' : null,
      };
    case 'payment.collect-changed':
      return { ...payment, collectOre: entry.payload.collectOre };
    case 'payment.held': {
      if (payment.state !== 'approved' && payment.state !== 'held') throw misplaced();
      const { approvedAtMs, authorisedOre, transactionId } = payment;
      const { captureUntilMs } = entry.payload;
      return { ...common, state: 'held', approvedAtMs, authorisedOre, transactionId, captureUntilMs };
    }
    case 'payment.collect-requested':
      if (payment.state !== 'held') throw misplaced();
      return { ...payment, collectOre: entry.payload.collectOre };
    case 'payment.kept':
      if (payment.state === 'approved') return { ...payment, question: null };
      if (payment.state === 'captured') return { ...payment, question: null, keepRequested: false };
      throw misplaced();
    case 'payment.keep-requested':
      if (payment.state !== 'captured' || payment.question === null) throw misplaced();
      return { ...payment, keepRequested: true };
    case 'payment.partly-given-back':
      if (payment.state !== 'captured' || payment.question === null) throw misplaced();
      // What was to be kept was another sum: the person is asked again.
      return { ...payment, ...ofWhatIsLeft(payment, entry.payload.leftOre), keepRequested: false };
    case 'payment.capture-intended': {
      if (payment.state !== 'approved' && payment.state !== 'held' && payment.state !== 'capturing') throw misplaced();
      const { approvedAtMs, authorisedOre, transactionId } = payment;
      const { key, captureOre } = entry.payload;
      return {
        ...common,
        state: 'capturing',
        approvedAtMs,
        authorisedOre,
        transactionId,
        intendedAtMs: entry.atMs,
        key,
        captureOre,
        unknown: false,
        question: null,
      };
    }
    case 'payment.capture-unknown':
      if (payment.state !== 'capturing') throw misplaced();
      return { ...payment, unknown: true, trouble: entry.payload.trouble };
    case 'payment.capture-refused':
      if (payment.state !== 'capturing') throw misplaced();
      return { ...payment, unknown: false, question: 'retry-or-release', trouble: entry.payload.trouble };
    case 'payment.captured':
      return {
        ...common,
        moments: { ...moments, approvedAtMs: moments.approvedAtMs ?? entry.atMs },
        state: 'captured',
        capturedAtMs: entry.atMs,
        capturedOre: entry.payload.capturedOre,
        transactionId: entry.payload.transactionId,
        question: entry.payload.ask ? 'keep-or-refund' : null,
        keepRequested: false,
        refund: null,
        rest: null,
      };
    case 'payment.rest-release-intended': {
      if (payment.state !== 'captured') throw misplaced();
      const { key, amountOre } = entry.payload;
      return { ...payment, rest: { state: 'releasing', key, amountOre, unknown: false } };
    }
    case 'payment.rest-unknown':
      if (payment.state !== 'captured' || payment.rest?.state !== 'releasing') throw misplaced();
      return { ...payment, rest: { ...payment.rest, unknown: true }, trouble: entry.payload.trouble };
    case 'payment.rest-released': {
      if (payment.state !== 'captured') throw misplaced();
      return { ...payment, rest: { state: 'released', amountOre: entry.payload.amountOre }, trouble: null };
    }
    case 'payment.rest-left': {
      if (payment.state !== 'captured' || payment.rest?.state !== 'releasing') throw misplaced();
      const { amountOre } = payment.rest;
      const { trouble } = entry.payload;
      return { ...payment, rest: { state: 'left', amountOre, errorCode: trouble.code, seen: false }, trouble };
    }
    case 'payment.rest-seen':
      if (payment.state !== 'captured' || payment.rest?.state !== 'left') throw misplaced();
      return { ...payment, rest: { ...payment.rest, seen: true }, trouble: null };
    case 'payment.release-intended':
      return {
        ...common,
        replaceByOre,
        state: 'releasing',
        intendedAtMs: entry.atMs,
        key: entry.payload.key,
        why: entry.payload.why,
        evenIfApproved: entry.payload.evenIfApproved,
        authorisedOre: isApproved(payment) ? payment.authorisedOre : 0,
        transactionId: isApproved(payment) ? payment.transactionId : null,
        unknown: false,
      };
    case 'payment.release-unknown':
      if (payment.state !== 'releasing') throw misplaced();
      return { ...payment, unknown: true, trouble: entry.payload.trouble };
    case 'payment.released':
      return {
        ...common,
        state: 'released',
        endedAtMs: entry.atMs,
        wasApproved: entry.payload.wasApproved,
        why: payment.state === 'releasing' ? payment.why : payment.state === 'held' ? 'gone' : 'cashier',
      };
    case 'payment.declined': {
      const { reason, errorCode, watchUntilMs } = entry.payload;
      return { ...common, state: 'declined', endedAtMs: entry.atMs, reason, errorCode, watchUntilMs };
    }
    case 'payment.refund-intended': {
      const { key, amountOre } = entry.payload;
      return withRefund(payment, { state: 'sending', key, amountOre, unknown: false }, misplaced);
    }
    case 'payment.refund-unknown': {
      if (payment.state !== 'captured' || payment.refund?.state !== 'sending') throw misplaced();
      return { ...payment, refund: { ...payment.refund, unknown: true }, trouble: entry.payload.trouble };
    }
    case 'payment.refunded': {
      const { key, amountOre } = entry.payload;
      return withRefund(payment, { state: 'done', key, amountOre }, misplaced);
    }
    case 'payment.refund-refused': {
      if (payment.state !== 'captured' || payment.refund === null) throw misplaced();
      const refund: PaymentRefund = {
        state: 'refused',
        key: payment.refund.key,
        amountOre: payment.refund.amountOre,
        errorCode: entry.payload.trouble.code,
      };
      return { ...payment, question: 'keep-or-refund', keepRequested: false, refund, trouble: entry.payload.trouble };
    }
    case 'payment.refund-left-to-people':
      if (payment.state !== 'captured' || payment.refund?.state !== 'refused') throw misplaced();
      return { ...payment, question: null, refund: { ...payment.refund, state: 'needs-hand' } };
    case 'payment.refunded-by-hand': {
      if (payment.state !== 'captured' || payment.refund?.state !== 'needs-hand') throw misplaced();
      const { key, amountOre } = payment.refund;
      return { ...payment, refund: { state: 'by-hand', key, amountOre }, trouble: null };
    }
    default:
      throw new PaymentEntryError(
        `The journal has an entry ${entry.type}, which this program does not know: a newer version wrote it. Update the program.`,
      );
  }
}

function isApproved(payment: Payment): payment is Extract<Payment, { state: 'approved' | 'held' | 'capturing' }> {
  return payment.state === 'approved' || payment.state === 'held' || payment.state === 'capturing';
}

/** A refund that was refused moved nothing, and what it was to give back may be less now. */
function ofWhatIsLeft({ refund }: Extract<Payment, { state: 'captured' }>, leftOre: number) {
  return { capturedOre: leftOre, refund: refund === null ? null : { ...refund, amountOre: Math.min(refund.amountOre, leftOre) } };
}

function withRefund(payment: Payment, refund: PaymentRefund, misplaced: () => PaymentEntryError): Payment {
  if (payment.state !== 'captured') throw misplaced();
  return { ...payment, question: null, keepRequested: false, refund, trouble: null };
}
