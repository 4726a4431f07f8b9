/** The receipt in the customer's app: it adds up to the øre, or it is not sent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiptAddsUp, receiptAfterwards, receiptForCreation } from '../../../app/receipt/app-receipt.ts';
import type { Sale, Tender } from '../../../app/sale/sale.ts';
import { saleTotals } from '../../../app/sale/totals.ts';
import { receiptBody } from '../../../app/vipps/order-management/receipt-body.ts';
import { aLine, baskets, emptySale } from '../sale/baskets.ts';

const vipps = (amountOre: number, tenderId = 'p1'): Tender => ({
  kind: 'vipps',
  tenderId,
  amountOre,
  reference: `kiosk-1-2611-ab12cd-1-${tenderId}`,
  transactionId: null,
});
const cash = (amountOre: number): Tender => ({
  kind: 'cash',
  tenderId: 'c1',
  amountOre,
  roundingOre: 0,
  receivedOre: amountOre,
  changeOre: 0,
});
const card = (amountOre: number): Tender => ({ kind: 'card', tenderId: 'k1', amountOre, terminalReference: 'T1' });
const order = { reference: 'kiosk-1-2611-ab12cd-1-1', amountOre: 0, currency: 'NOK', text: 'Salg 1' } as const;

interface Body {
  readonly orderLines: readonly {
    readonly name: string;
    readonly totalAmount: number;
    readonly totalAmountExcludingTax: number;
    readonly totalTaxAmount: number;
    readonly taxRate: number;
    readonly discount: number;
    readonly unitInfo?: { readonly unitPrice: number; readonly quantity: string; readonly quantityUnit: string };
  }[];
  readonly bottomLine: { readonly currency: string; readonly paymentSources?: { readonly card: number; readonly cash: number } };
}
const bodyOf = (...given: Parameters<typeof receiptBody>) => receiptBody(...given) as Body;

/** The provider's own rule, in its own words. */
function isShown({ orderLines, bottomLine }: Body, amountOre: number): boolean {
  const eachAddsUp = orderLines.every((line) => line.totalAmount === line.totalAmountExcludingTax + line.totalTaxAmount);
  const { card: byCard = 0, cash: inCash = 0 } = bottomLine.paymentSources ?? {};
  return eachAddsUp && orderLines.reduce((sum, line) => sum + line.totalAmount, 0) - byCard - inCash === amountOre;
}

describe('the receipt in the customer’s app', () => {
  it('adds up to the payment for any basket, with discounts on lines and on the whole, deposits and weighed goods', () => {
    fc.assert(
      fc.property(baskets, (basket) => {
        const sale: Sale = { ...emptySale(), ...basket };
        const { totalOre, vatOre, discountOre } = saleTotals(sale);
        const lines = receiptForCreation(sale, totalOre);
        if (lines === null) return sale.lines.length === 0;
        const body = bodyOf({ ...order, amountOre: totalOre }, { lines, paidByCardOre: 0, paidInCashOre: 0 });
        const sum = (of: 'totalTaxAmount' | 'discount') => body.orderLines.reduce((all, line) => all + line[of], 0);
        return isShown(body, totalOre) && sum('totalTaxAmount') === vatOre && sum('discount') === discountOre;
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is not sent for an amount that it does not come to, whatever the basket', () => {
    fc.assert(
      fc.property(baskets, fc.integer({ min: -5_000, max: 5_000 }), (basket, byOre) => {
        const sale: Sale = { ...emptySale(), ...basket };
        const { totalOre } = saleTotals(sale);
        return byOre === 0 || receiptForCreation(sale, totalOre + byOre) === null;
      }),
      { seed: 2 },
    );
  });

  it('of a sale paid in parts names what was paid otherwise, and adds up to this payment', () => {
    fc.assert(
      fc.property(baskets, fc.nat(100), fc.nat(100), (basket, cardShare, cashShare) => {
        const { totalOre } = saleTotals({ ...emptySale(), ...basket });
        const cardOre = Math.floor((totalOre * cardShare) / 300);
        const cashOre = Math.floor((totalOre * cashShare) / 300);
        const amountOre = totalOre - cardOre - cashOre;
        const sale: Sale = { ...emptySale(), ...basket, tenders: [card(cardOre), cash(cashOre), vipps(amountOre)] };
        const receipt = receiptAfterwards(sale, 'p1');
        if (receipt === null) return sale.lines.length === 0;
        return isShown(bodyOf(order, receipt), amountOre);
      }),
      { seed: 3 },
    );
  });

  it('of cash with its rounding counts what of the sale the cash paid', () => {
    const rounded: Tender = { kind: 'cash', tenderId: 'c1', amountOre: 1_990, roundingOre: 10, receivedOre: 2_000, changeOre: 0 };
    const sale: Sale = { ...emptySale(), lines: [aLine()], tenders: [vipps(2_000), rounded] };
    expect(receiptAfterwards(sale, 'p1')).toMatchObject({ paidInCashOre: 1_990, paidByCardOre: 0 });
  });

  it('has no place for a second payment by phone: then neither customer gets one', () => {
    const sale: Sale = { ...emptySale(), lines: [aLine()], tenders: [vipps(2_000), vipps(1_990, 'p2')] };
    expect(receiptAfterwards(sale, 'p1')).toBeNull();
    expect(receiptAfterwards(sale, 'p2')).toBeNull();
  });

  it('says weights and pieces as the provider does, and other units in the name', () => {
    const lines = [
      aLine({ lineId: 'l1', name: 'Eple', unit: 'kg', weighed: true, quantityMilli: 822, unitPriceOre: 3_490 }),
      aLine({ lineId: 'l2', quantityMilli: 2_000 }),
      aLine({ lineId: 'l3', name: 'Bånd', unit: 'm', quantityMilli: 2_500, unitPriceOre: 1_000 }),
    ];
    const sale: Sale = { ...emptySale(), lines };
    const { totalOre } = saleTotals(sale);
    const receipt = { lines: receiptForCreation(sale, totalOre) ?? [], paidByCardOre: 0, paidInCashOre: 0 };
    const { orderLines, bottomLine } = bodyOf(order, receipt);
    expect(orderLines.map(({ name, unitInfo }) => [name, unitInfo])).toEqual([
      ['Eple', { unitPrice: 3_490, quantity: '0.822', quantityUnit: 'KG' }],
      ['Kneipp', { unitPrice: 3_990, quantity: '2', quantityUnit: 'PCS' }],
      ['2.5 m Bånd', undefined],
    ]);
    expect(orderLines[1]?.taxRate).toBe(1_500);
    expect(bottomLine).toEqual({ currency: 'NOK' });
  });

  it('with anything but whole, positive numbers does not add up', () => {
    const line = receiptForCreation({ ...emptySale(), lines: [aLine()] }, 3_990)?.[0];
    if (line === undefined) throw new RangeError('no line');
    const adds = (more: Partial<typeof line>) =>
      receiptAddsUp({ lines: [{ ...line, ...more }], paidByCardOre: 0, paidInCashOre: 0 }, more.amountOre ?? 3_990);
    expect(adds({})).toBe(true);
    expect(adds({ amountOre: -3_990 })).toBe(false);
    expect(adds({ amountOre: 3_990.5 })).toBe(false);
    expect(adds({ vatOre: 4_000 })).toBe(false);
    expect(adds({ vatBasisPoints: 10_001 })).toBe(false);
    expect(adds({ name: ' ' })).toBe(false);
  });
});
