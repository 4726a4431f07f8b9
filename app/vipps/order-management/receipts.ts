/** The receipt in the customer's app, added to a payment afterwards (`POST …/receipts/{orderId}`, `order-management.yaml`). */
import { z } from 'zod';
import type { Answer, AppReceipt, PaymentOrder } from '../../payment/provider.ts';
import { receiptAddsUp } from '../../receipt/app-receipt.ts';
import type { Adapter } from '../adapter.ts';
import { receiptBody } from './receipt-body.ts';

const READ_TIMEOUT_MS = 10_000;

/**
 * Adds a receipt to a payment of either API. What is there already stays as it is: the provider keeps the first one (409),
 * which is ours too, so that asking twice is harmless.
 * @param amountOre what the sale took of the payment, in minor units.
 */
export async function addReceipt(
  { caller }: Adapter,
  order: PaymentOrder,
  amountOre: number,
  receipt: AppReceipt,
): Promise<Answer<'added' | 'there-already'>> {
  if (!receiptAddsUp(receipt, amountOre)) {
    const message = `the receipt does not come to ${amountOre}`;
    return { kind: 'refused', error: { code: 'local:receipt-does-not-add-up', message, httpStatus: null, traceId: null } };
  }
  const answer = await caller.call(
    {
      api: 'order-management',
      operation: 'add-receipt',
      method: 'POST',
      // Capitals as in the specification, and ECOM for payments of both APIs.
      path: `/order-management/v2/ECOM/receipts/${encodeURIComponent(order.reference)}`,
      body: receiptBody(order, receipt),
      readTimeoutMs: READ_TIMEOUT_MS,
      reference: order.reference,
    },
    // Nothing in the answer is used; any JSON will do.
    z.unknown(),
  );
  if (answer.kind === 'ok') return { kind: 'ok', value: 'added' };
  return answer.error.httpStatus === 409 ? { kind: 'ok', value: 'there-already' } : answer;
}
