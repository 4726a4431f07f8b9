/** What went back of one payment, told apart by its keys: what a history that does not have them is compared with. */
import type { Payment } from '../payment/payment.ts';
import type { GoodsReturn } from '../refund/goods-return.ts';
import type { OtherRefund } from '../refund/refund.ts';

/** The parts of a return that were sent to this payment, or are being sent. */
export function sentTo(ret: GoodsReturn, reference: string): readonly OtherRefund[] {
  if (ret.state !== 'sending' && ret.state !== 'done') return [];
  return ret.parts.flatMap(({ key, amountOre, progress, paidOut, ...part }): OtherRefund[] =>
    key === null || part.reference !== reference || paidOut === true ? [] : [{ key, amountOre, progress }],
  );
}

/** What was taken beyond the sale, and went back by itself. */
export function ownRefundOf(payment: Payment | null): readonly OtherRefund[] {
  const refund = payment?.state === 'captured' ? payment.refund : null;
  if (refund === null || refund.state !== 'done') return [];
  return [{ key: refund.key, amountOre: refund.amountOre, progress: { state: 'done' } }];
}
