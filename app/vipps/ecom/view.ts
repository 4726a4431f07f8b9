/**
 * From eCom's history to what the payment's machine sees.
 *
 * | the history has | state |
 * |---|---|
 * | INITIATE only | open |
 * | a successful RESERVE or SALE | authorised (SALE is captured at once) |
 * | no successful one, and the newest RESERVE or SALE failed | declined: the bank said no, or nobody acted in time |
 * | the same, and nobody had opened the payment | expired: no bank is asked before the customer has opened it |
 * | a successful CANCEL (not approved) or VOID (approved, then released), newer than any approval | terminated |
 * | the same after a partial capture | authorised: the captured part stands, the rest is released |
 *
 * Sums come from the rows, because the summary may be missing; where it is there it must agree.
 */
import type { Answer, PaymentOrder, ProviderOperation, ProviderState, ProviderStep, ProviderView } from '../../payment/provider.ts';
import { badAnswer } from '../errors.ts';
import type { Details, HistoryRow } from './answers.ts';

/** The view of an answer to `/details`; `unknown` with code `bad-answer` when it cannot be about this order, or contradicts itself. */
export function viewOfDetails(order: PaymentOrder, details: Details): Answer<ProviderView> {
  const view = reduce(details.transactionLogHistory);
  const problem = contradiction(order, details, view);
  return problem === null ? { kind: 'ok', value: view } : badAnswer(`the details contradict themselves or the order: ${problem}`, 200);
}

/** A failed reservation so long after the beginning is nobody's no: the ten minutes were over. */
const LIFETIME_MS = 600_000;

/** All that happened, oldest first. The history has no word for an expiry: it is a reservation that did not succeed. */
export function stepsOfDetails({ transactionLogHistory: rows }: Details): readonly ProviderStep[] {
  const beganMs = rows.findLast((row) => row.operation === 'INITIATE')?.timeStamp ?? null;
  return rows.toReversed().map((row) => {
    const { kind, amountOre, ok } = operationOf(row);
    const atMs = row.timeStamp;
    const isLate = atMs !== null && beganMs !== null && atMs - beganMs >= LIFETIME_MS;
    const isExpiry = (kind === 'authorise' || kind === 'sale') && !ok && (isLate || !isOpened(rows));
    return { kind: isExpiry ? 'expire' : kind, amountOre, ok, atMs };
  });
}

function reduce(rows: readonly HistoryRow[]): ProviderView {
  const authorisedOre = sum(rows, (row) => row.operation === 'RESERVE' || row.operation === 'SALE');
  const capturedOre = sum(rows, (row) => row.operation === 'CAPTURE' || row.operation === 'SALE');
  const approval = rows.findIndex((row) => (row.operation === 'RESERVE' || row.operation === 'SALE') && row.operationSuccess);
  const ending = rows.findIndex((row) => (row.operation === 'CANCEL' || row.operation === 'VOID') && row.operationSuccess);
  // A release counts only if it came after the approval. One that came before it did not hold: the money is reserved.
  const isEnded = ending !== -1 && (approval === -1 || ending < approval);
  return {
    opened: isOpened(rows),
    state: isEnded ? (capturedOre > 0 ? 'authorised' : 'terminated') : approval !== -1 ? 'authorised' : stateOf(rows),
    authorisedOre,
    capturedOre,
    // The row's own amount is the order's or the rest's, depending on the guide's page. What is not captured is released.
    releasedOre: isEnded && authorisedOre > 0 ? Math.max(authorisedOre - capturedOre, 0) : 0,
    refundedOre: sum(rows, (row) => row.operation === 'REFUND'),
    transactionId: rows[approval]?.transactionId ?? rows.find((row) => row.operation === 'INITIATE')?.transactionId ?? null,
    operations: rows.map(operationOf),
  };
}

/** Where a payment is that was neither approved nor ended. An attempt that failed may be followed by one with another card. */
function stateOf(rows: readonly HistoryRow[]): ProviderState {
  const newest = rows.find((row) => row.operation === 'INITIATE' || row.operation === 'RESERVE' || row.operation === 'SALE');
  if (newest === undefined || newest.operation === 'INITIATE') return 'open';
  return isOpened(rows) ? 'declined' : 'expired';
}

/** The INITIATE row has no transaction until the QR is opened in the app. Whoever approved has opened it. */
function isOpened(rows: readonly HistoryRow[]): boolean {
  return rows.some((row) =>
    row.operation === 'INITIATE'
      ? row.transactionId !== null
      : (row.operation === 'RESERVE' || row.operation === 'SALE') && row.operationSuccess,
  );
}

function operationOf(row: HistoryRow): ProviderOperation {
  return { kind: KINDS[row.operation], key: row.requestId, amountOre: row.amount, ok: row.operationSuccess };
}

const KINDS: Readonly<Record<HistoryRow['operation'], ProviderOperation['kind']>> = {
  INITIATE: 'initiate',
  RESERVE: 'authorise',
  SALE: 'sale',
  CAPTURE: 'capture',
  REFUND: 'refund',
  CANCEL: 'cancel',
  VOID: 'void',
};

function sum(rows: readonly HistoryRow[], counts: (row: HistoryRow) => boolean): number {
  return rows.reduce((total, row) => (row.operationSuccess && counts(row) ? total + row.amount : total), 0);
}

/** What cannot be true, in words; `null` when all is well. */
function contradiction(order: PaymentOrder, details: Details, view: ProviderView): string | null {
  if (details.orderId !== undefined && details.orderId !== null && details.orderId !== order.reference) return 'another order';
  const initiated = details.transactionLogHistory.find((row) => row.operation === 'INITIATE' && row.amount !== order.amountOre);
  if (initiated !== undefined) return `initiated with ${initiated.amount}, asked for ${order.amountOre}`;
  if (view.authorisedOre !== 0 && view.authorisedOre !== order.amountOre)
    return `approved ${view.authorisedOre}, asked for ${order.amountOre}`;
  if (view.capturedOre > view.authorisedOre) return `captured ${view.capturedOre} of ${view.authorisedOre} approved`;
  if (view.refundedOre > view.capturedOre) return `refunded ${view.refundedOre} of ${view.capturedOre} captured`;
  if (view.state === 'authorised' && view.authorisedOre === 0) return 'approved without an amount';
  const told = details.transactionSummary;
  if (told !== undefined && told !== null) {
    if (told.capturedAmount !== view.capturedOre)
      return `captured ${told.capturedAmount} in the summary, ${view.capturedOre} in the history`;
    if (told.refundedAmount !== view.refundedOre)
      return `refunded ${told.refundedAmount} in the summary, ${view.refundedOre} in the history`;
  }
  return null;
}
