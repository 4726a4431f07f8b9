import { refundTestAmounts } from '../test-amounts.ts';
import { type Payment, remainingToCapture, remainingToRefund, totalsOf } from './payment.ts';

const dayMs = 86_400_000;
/** How long a payment can be cancelled, and a capture refunded. */
const cancelPeriodMs = 180 * dayMs;
const refundPeriodMs = 365 * dayMs;

/** What the sales unit has agreed on. */
export interface CaptureRules {
  readonly partialCapture: boolean;
  readonly capturePeriodDays: number;
}

/** Why the merchant's wish was refused. Each API has its own code for each of them. */
export type RefusedBecause =
  | 'not-reserved'
  | 'capture-too-much'
  | 'partial-capture-not-allowed'
  | 'capture-period-over'
  | 'already-cancelled'
  | 'already-processed'
  | 'processing'
  | 'cancel-after-capture'
  | 'cancel-in-three-d-secure'
  | 'cancel-period-over'
  | 'refund-too-much'
  | 'refund-of-reserved'
  | 'refund-of-cancelled'
  | 'refund-period-over'
  | 'customer-unreachable';

/** A merchant's operation that the payment's state does not allow. Nothing was changed. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
  readonly because: RefusedBecause;
  constructor(because: RefusedBecause) {
    super(because);
    this.because = because;
  }
}

export interface MerchantRequest {
  /** Minor units; `null` is everything that is left. */
  readonly amountOre: number | null;
  readonly key: string;
  readonly text: string;
  readonly transactionId: string;
  readonly nowMs: number;
  /** ePayment's event log does not have the key. */
  readonly keyStaysInEcom?: boolean;
}

function firstApproval(payment: Payment): number | null {
  return payment.entries.find((entry) => entry.ok && (entry.kind === 'reserve' || entry.kind === 'sale'))?.atMs ?? null;
}

/** Until when an approved payment can be captured, or `null` before its approval. */
export function capturePeriodEndMs(payment: Payment, rules: CaptureRules): number | null {
  const approvedAtMs = firstApproval(payment);
  return approvedAtMs === null ? null : approvedAtMs + rules.capturePeriodDays * dayMs;
}

/** Captures. The payment must have been settled. Throws `OperationRefused`. */
export function capture(payment: Payment, request: MerchantRequest, rules: CaptureRules): void {
  switch (payment.phase) {
    case 'waiting':
    case 'declined':
    case 'expired':
      throw new OperationRefused('not-reserved');
    case 'processing':
      throw new OperationRefused('processing');
    case 'rejected':
    case 'cancelled':
    case 'voided':
      throw new OperationRefused('already-cancelled');
    case 'sold':
      throw new OperationRefused('already-processed');
    case 'reserved':
      break;
  }
  const endMs = capturePeriodEndMs(payment, rules);
  if (endMs !== null && request.nowMs > endMs) throw new OperationRefused('capture-period-over');
  const leftOre = remainingToCapture(totalsOf(payment.entries));
  const amountOre = request.amountOre ?? leftOre;
  if (amountOre > leftOre || leftOre === 0) throw new OperationRefused('capture-too-much');
  if (!rules.partialCapture && amountOre < leftOre) throw new OperationRefused('partial-capture-not-allowed');
  append(payment, 'capture', amountOre, request);
}

/**
 * Ends a payment. Before approval it becomes a CANCEL, after approval a VOID. After a partial capture the rest is
 * released only when the merchant asks for that. Gives the amount it was about. Throws `OperationRefused`.
 */
export function cancel(payment: Payment, releaseRemaining: boolean, request: MerchantRequest): number {
  if (request.nowMs > payment.createdAtMs + cancelPeriodMs) throw new OperationRefused('cancel-period-over');
  switch (payment.phase) {
    case 'waiting':
      if (payment.threeDSecure) throw new OperationRefused('cancel-in-three-d-secure');
      return cancelUnapproved(payment, request);
    case 'declined':
    case 'expired':
      return cancelUnapproved(payment, request);
    case 'processing':
      throw new OperationRefused('processing');
    case 'rejected':
    case 'cancelled':
    case 'voided':
      throw new OperationRefused('already-processed');
    case 'sold':
      throw new OperationRefused('cancel-after-capture');
    case 'reserved':
      break;
  }
  const totals = totalsOf(payment.entries);
  const leftOre = remainingToCapture(totals);
  if (totals.capturedOre > 0 && (!releaseRemaining || leftOre === 0)) throw new OperationRefused('cancel-after-capture');
  append(payment, 'void', leftOre, request);
  if (totals.capturedOre === 0) payment.phase = 'voided';
  return leftOre;
}

function cancelUnapproved(payment: Payment, request: MerchantRequest): number {
  append(payment, 'cancel', payment.amountOre, { ...request, transactionId: payment.transactionId });
  payment.phase = 'cancelled';
  return payment.amountOre;
}

/** Gives money back, never more than was captured. Throws `OperationRefused`. */
export function refund(payment: Payment, request: MerchantRequest): number {
  const totals = totalsOf(payment.entries);
  if (totals.capturedOre === 0) {
    switch (payment.phase) {
      case 'rejected':
      case 'cancelled':
      case 'voided':
        throw new OperationRefused('refund-of-cancelled');
      case 'reserved':
        throw new OperationRefused('refund-of-reserved');
      case 'processing':
        throw new OperationRefused('processing');
      case 'waiting':
      case 'declined':
      case 'expired':
      case 'sold':
        throw new OperationRefused('refund-too-much');
    }
  }
  const leftOre = remainingToRefund(totals);
  const amountOre = request.amountOre ?? leftOre;
  const testRefusal = refundTestAmounts.get(amountOre);
  if (testRefusal !== undefined) throw new OperationRefused(testRefusal);
  const approvedAtMs = firstApproval(payment);
  if (approvedAtMs !== null && request.nowMs > approvedAtMs + refundPeriodMs) throw new OperationRefused('refund-period-over');
  if (amountOre > leftOre || leftOre === 0) throw new OperationRefused('refund-too-much');
  append(payment, 'refund', amountOre, request);
  return amountOre;
}

function append(payment: Payment, kind: 'capture' | 'refund' | 'cancel' | 'void', amountOre: number, request: MerchantRequest): void {
  payment.entries.push({
    kind,
    amountOre,
    ok: true,
    key: request.key,
    text: request.text,
    transactionId: request.transactionId,
    atMs: request.nowMs,
    ...(request.keyStaysInEcom === true ? { keyStaysInEcom: true } : {}),
  });
}
