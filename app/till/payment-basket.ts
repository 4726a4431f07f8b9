/**
 * A basket whose payment is alive. While the customer approves, lines may be corrected: what is taken in the end is the true
 * total, never more than they were asked for. What is held may also be filled, up to what is reserved.
 */
import type { SaleEvent } from '../journal/events.ts';
import { isAlive, type Payment } from '../payment/payment.ts';
import { followsBasket } from '../payment/person.ts';
import { applySaleEvent } from '../sale/apply.ts';
import type { Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';

/** What may be done to the basket: lines corrected, goods added too, or nothing. `free`: no payment is in the way. */
export type BasketFreedom = 'free' | 'goods' | 'corrections' | 'frozen';

export function basketFreedom(payment: Payment | null): BasketFreedom {
  if (payment === null || !isAlive(payment)) return 'free';
  if (!followsBasket(payment)) return 'frozen';
  return payment.state === 'held' ? 'goods' : 'corrections';
}

export type Collected =
  /** What the sale takes of the payment then, in minor units. */
  { readonly collectOre: number } | { readonly refusal: 'over-payment' | 'amount-too-small'; readonly limitOre: number };

/**
 * What a change of the basket means for what its payment takes.
 * @param leastOre the provider's smallest amount: less than that cannot be captured, but nothing at all ends the payment.
 */
export function collectAfter(payment: Payment, sale: Sale, events: readonly SaleEvent[], leastOre: number): Collected {
  const { dueOre } = saleTotals(afterEvents(sale, events));
  // A part may be all that was asked for; then the rest of the basket cannot grow beyond what it was.
  const limitOre = Math.max(saleTotals(sale).dueOre, payment.order.amountOre);
  if (dueOre > limitOre) return { refusal: 'over-payment', limitOre };
  const collectOre = Math.min(dueOre, payment.order.amountOre);
  if (collectOre > 0 && collectOre < leastOre) return { refusal: 'amount-too-small', limitOre: leastOre };
  return { collectOre };
}

/** An event that is only tried out has no moment yet; nothing about a basket's money depends on one. */
export function afterEvents(sale: Sale, events: readonly SaleEvent[]): Sale {
  return events.reduce<Sale>(
    (state, event) => applySaleEvent(state, { ...event, atMs: 0, offsetMinutes: 0, operator: '', document: null }),
    sale,
  );
}
