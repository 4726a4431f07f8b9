/** What a payment takes of a basket that changes under it: never more than was asked for, never other than the true total. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentEvent, SaleEvent } from '../../../app/journal/events.ts';
import type { Payment } from '../../../app/payment/payment.ts';
import type { Sale } from '../../../app/sale/sale.ts';
import { saleTotals } from '../../../app/sale/totals.ts';
import { afterEvents, basketFreedom, collectAfter } from '../../../app/till/payment-basket.ts';
import { applied, approvedPayment, awaiting, cancelRequested, capturedPayment, capturing, ORDER } from '../payment/payments.ts';
import { acts, aLine, baskets, decide, emptySale, ids } from '../sale/baskets.ts';

const LEAST_ORE = 100;
const held: PaymentEvent = { type: 'payment.held', version: 1, payload: { paymentId: 'p1', captureUntilMs: null } };

/** A payment of this sale that waits for its customer: for all of it, or for more. */
function paymentOf(sale: Sale, moreOre: number): Payment {
  const order = { ...ORDER, amountOre: saleTotals(sale).dueOre + moreOre };
  return { ...awaiting(), order, collectOre: saleTotals(sale).dueOre };
}

describe('a basket under a living payment', () => {
  it('is corrected while the customer approves, filled while it is held, and else left alone', () => {
    expect(basketFreedom(null)).toBe('free');
    expect(basketFreedom(awaiting())).toBe('corrections');
    expect(basketFreedom(applied(approvedPayment(), held))).toBe('goods');
    for (const payment of [awaiting(cancelRequested), capturing(), approvedPayment(true)]) expect(basketFreedom(payment)).toBe('frozen');
    expect(basketFreedom(capturedPayment(false))).toBe('free');
  });

  it('whatever is done to it, is paid with its true total, and with no more than was asked for', () => {
    fc.assert(
      fc.property(
        baskets.filter((basket) => saleTotals(basket).totalOre >= LEAST_ORE),
        fc.integer({ min: 0, max: 100_000 }),
        fc.array(acts, { maxLength: 6 }),
        (basket, moreOre, wishes) => {
          let sale: Sale = { ...emptySale(), ...basket };
          const payment = paymentOf(sale, moreOre);
          const newId = ids('n');
          for (const wish of wishes) {
            const decision = decide(sale, wish, newId);
            if ('refusal' in decision) continue;
            const collected = collectAfter(payment, sale, decision.events, LEAST_ORE);
            const dueOre = saleTotals(afterEvents(sale, decision.events)).dueOre;
            if ('refusal' in collected) {
              expect(dueOre > payment.order.amountOre || (dueOre > 0 && dueOre < LEAST_ORE)).toBe(true);
              continue;
            }
            expect(collected.collectOre).toBe(dueOre);
            expect(collected.collectOre).toBeLessThanOrEqual(payment.order.amountOre);
            sale = afterEvents(sale, decision.events);
          }
        },
      ),
      { numRuns: 300, seed: 12 },
    );
  });

  it('of which a part alone was asked for keeps that part until less than it is left, and does not grow', () => {
    const sale: Sale = { ...emptySale(), lines: [aLine({ unitPriceOre: 1_000 })] };
    const part: Payment = { ...awaiting(), order: { ...ORDER, amountOre: 500 }, collectOre: 500 };
    const off = (amountOre: number) =>
      collectAfter(
        part,
        sale,
        [
          {
            type: 'sale.discounted',
            version: 1,
            payload: { saleId: sale.saleId, discount: { kind: 'amount', amountOre, reason: 'Skadet' } },
          },
        ],
        LEAST_ORE,
      );
    expect(off(300)).toEqual({ collectOre: 500 });
    expect(off(600)).toEqual({ collectOre: 400 });
    expect(off(950)).toEqual({ refusal: 'amount-too-small', limitOre: LEAST_ORE });
    expect(off(1_000)).toEqual({ collectOre: 0 });
    const twice: SaleEvent = {
      type: 'sale.line-quantity-changed',
      version: 1,
      payload: { saleId: sale.saleId, lineId: 'l1', quantityMilli: 2_000 },
    };
    expect(collectAfter(part, sale, [twice], LEAST_ORE)).toEqual({ refusal: 'over-payment', limitOre: 1_000 });
  });
});
