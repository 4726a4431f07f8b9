/** What a captured payment is to its sale. */
import type { SaleEvent } from '../journal/events.ts';
import { keptOre, type Payment } from '../payment/payment.ts';

/** The tender of what the sale takes, with what was reserved or captured beyond that: the receipt says where it went. */
export function vippsTender(payment: Extract<Payment, { state: 'captured' }>): SaleEvent {
  const { paymentId, saleId, order, capturedOre, transactionId } = payment;
  const amountOre = keptOre(payment);
  const more = capturedOre > amountOre ? { takenOre: capturedOre } : order.amountOre > capturedOre ? { reservedOre: order.amountOre } : {};
  return {
    type: 'sale.tender-added',
    version: 1,
    payload: { saleId, tender: { kind: 'vipps', tenderId: paymentId, amountOre, reference: order.reference, transactionId, ...more } },
  };
}
