import { type Entry, type EntryKind, type Payment, remainingToCapture, remainingToRefund, totalsOf } from '../payments/payment.ts';

const operationNames: Record<EntryKind, string> = {
  initiate: 'INITIATE',
  attempt: 'RESERVE',
  reserve: 'RESERVE',
  sale: 'SALE',
  capture: 'CAPTURE',
  refund: 'REFUND',
  reject: 'CANCEL',
  cancel: 'CANCEL',
  void: 'VOID',
  expire: 'RESERVE',
};

function summaryOf(entries: readonly Entry[]): Record<string, number> {
  const totals = totalsOf(entries);
  return {
    capturedAmount: totals.capturedOre,
    refundedAmount: totals.refundedOre,
    remainingAmountToCapture: remainingToCapture(totals),
    remainingAmountToRefund: remainingToRefund(totals),
  };
}

/** An expiry is a failed RESERVE, or nothing at all. What the customer tries in between is the customer's. */
function isShown(payment: Payment, entry: Entry): boolean {
  if (entry.kind === 'attempt') return false;
  return entry.kind !== 'expire' || payment.expiry === 'failed-reserve';
}

/**
 * The whole history, newest first, as it was at `asOfMs` (a stale answer is one from earlier).
 * The INITIATE row has a transaction id once the customer has opened it; the summary comes when the customer has acted.
 */
export function detailsAnswer(payment: Payment, asOfMs: number): object {
  const [first, ...later] = payment.entries;
  const entries = first === undefined ? [] : [first, ...later.filter((entry) => entry.atMs <= asOfMs && isShown(payment, entry))];
  const opened = payment.openedAtMs !== null && payment.openedAtMs <= asOfMs;
  const acted = payment.actedAtMs !== null && payment.actedAtMs <= asOfMs;
  const history = entries.toReversed().map((entry) => ({
    amount: entry.amountOre,
    transactionText: entry.text,
    ...(entry.kind === 'initiate' && !opened ? {} : { transactionId: entry.transactionId }),
    timeStamp: new Date(entry.atMs).toISOString(),
    operation: operationNames[entry.kind],
    requestId: entry.kind === 'cancel' || entry.kind === 'void' ? '' : entry.key,
    operationSuccess: entry.ok && entry.kind !== 'expire',
  }));
  return {
    orderId: payment.reference,
    ...(acted ? { transactionSummary: { ...summaryOf(entries), bankIdentificationNumber: 492_560 } } : {}),
    transactionLogHistory: history,
  };
}

/** The answer to a capture, a cancel or a refund. A refund names its part `transaction`, the others `transactionInfo`. */
export function actionAnswer(payment: Payment, operation: 'capture' | 'cancel' | 'refund', nowMs: number): object {
  const entry = payment.entries.at(-1);
  const opened = payment.openedAtMs !== null;
  const part = {
    amount: entry?.amountOre ?? payment.amountOre,
    transactionText: entry?.text ?? payment.text,
    status: operation === 'capture' ? 'Captured' : operation === 'cancel' ? 'Cancelled' : 'Refund',
    ...(entry !== undefined && (operation !== 'cancel' || opened) ? { transactionId: entry.transactionId } : {}),
    timeStamp: new Date(entry?.atMs ?? nowMs).toISOString(),
  };
  return {
    orderId: payment.reference,
    ...(operation === 'refund' ? { transaction: part } : { transactionInfo: part }),
    transactionSummary: summaryOf(payment.entries),
  };
}
