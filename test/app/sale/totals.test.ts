import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vatInsideOre } from '../../../app/money/vat.ts';
import type { ReturnedGoods } from '../../../app/refund/goods-return.ts';
import { discountOre, lineGrossOre, saleTotals } from '../../../app/sale/totals.ts';
import { aLine, baskets } from './baskets.ts';

const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);
const percent = (basisPoints: number) => ({ kind: 'percent', basisPoints, reason: 'Stamkunde' }) as const;
const kroner = (amountOre: number) => ({ kind: 'amount', amountOre, reason: 'Skadet' }) as const;
const basket = (...lines: ReturnType<typeof aLine>[]) => ({ lines, discount: null, tenders: [] });

describe('a line', () => {
  it('costs quantity times price', () => {
    expect(lineGrossOre(aLine({ quantityMilli: 3_000 }))).toBe(11_970);
  });
  it('by weight is rounded to the nearest øre, halves up', () => {
    expect(lineGrossOre(aLine({ weighed: true, quantityMilli: 822, unitPriceOre: 3_990 }))).toBe(3_280); // 32.7978
    expect(lineGrossOre(aLine({ weighed: true, quantityMilli: 5, unitPriceOre: 100 }))).toBe(1); // half an øre
  });
  it('costs what its price label says, whatever the weight would give', () => {
    expect(lineGrossOre(aLine({ weighed: true, quantityMilli: 1_234, fixedGrossOre: 4_990 }))).toBe(4_990);
  });
});

describe('a discount', () => {
  it('in percent is taken of the amount and rounded to the øre', () => {
    expect(discountOre(percent(1_000), 3_995)).toBe(400);
  });
  it('in kroner takes no more than there is', () => {
    expect(discountOre(kroner(5_000), 3_990)).toBe(3_990);
  });
  it('of a hundred percent leaves nothing, and nothing below', () => {
    expect(discountOre(percent(10_000), 3_990)).toBe(3_990);
  });
  it('never touches a deposit', () => {
    const bottle = aLine({ unitPriceOre: 2_490 });
    const deposit = aLine({ lineId: 'l2', unitPriceOre: 200, vatBasisPoints: 0, depositForLineId: 'l1', discount: percent(10_000) });
    const { lines, totalOre } = saleTotals({ lines: [bottle, deposit], discount: percent(10_000), tenders: [] });
    expect(lines.map(({ netOre }) => netOre)).toEqual([0, 200]);
    expect(totalOre).toBe(200);
  });
  it('on the whole sale is shared in proportion, to the last øre', () => {
    const { lines } = saleTotals({
      lines: [aLine({ unitPriceOre: 1_000 }), aLine({ lineId: 'l2', unitPriceOre: 2_000 })],
      discount: kroner(100),
      tenders: [],
    });
    expect(lines.map(({ saleDiscountOre }) => saleDiscountOre)).toEqual([33, 67]);
  });
  it('on the whole sale counts what the lines’ own discounts have left', () => {
    const { totalOre } = saleTotals({
      lines: [aLine({ unitPriceOre: 1_000, discount: percent(5_000) })],
      discount: percent(1_000),
      tenders: [],
    });
    expect(totalOre).toBe(450);
  });
});

describe('VAT', () => {
  it('is taken out of a rate’s whole sum, not line by line', () => {
    // Three lines of 0.10 with 25 %: 0.02 each line by line, 0.06 of the sum either way; of 0.13, 0.03 each but 0.08 of the sum.
    const lines = ['l1', 'l2', 'l3'].map((lineId) => aLine({ lineId, unitPriceOre: 13, vatBasisPoints: 2_500 }));
    const totals = saleTotals(basket(...lines));
    expect(totals.vatOre).toBe(8);
    expect(totals.lines.map(({ vatOre }) => vatOre)).toEqual([3, 3, 2]);
  });
  it('is listed with the highest rate first', () => {
    const totals = saleTotals(
      basket(...[0, 2_500, 1_111, 1_500].map((vatBasisPoints, index) => aLine({ lineId: `l${index}`, vatBasisPoints }))),
    );
    expect(totals.rates.map(({ vatBasisPoints }) => vatBasisPoints)).toEqual([2_500, 1_500, 1_111, 0]);
  });
});

describe('an empty basket', () => {
  it('comes to nothing', () => {
    expect(saleTotals(basket())).toMatchObject({ lines: [], rates: [], totalOre: 0, vatOre: 0, dueOre: 0 });
  });
});

describe('any basket', () => {
  const holds = (check: (totals: ReturnType<typeof saleTotals>) => void) =>
    fc.assert(
      fc.property(baskets, (sale) => {
        check(saleTotals(sale));
      }),
      { numRuns: 400 },
    );

  it('has lines that add up to its total', () => {
    holds(({ lines, totalOre }) => expect(sum(lines.map(({ netOre }) => netOre))).toBe(totalOre));
  });
  it('has rates that add up to its total', () => {
    holds(({ rates, totalOre }) => expect(sum(rates.map(({ netOre }) => netOre))).toBe(totalOre));
  });
  it('has lines and rates with the same VAT', () => {
    holds(({ lines, rates, vatOre }) => {
      expect(sum(lines.map((line) => line.vatOre))).toBe(vatOre);
      expect(sum(rates.map((rate) => rate.vatOre))).toBe(vatOre);
    });
  });
  it('has in each rate base and VAT that add up, and the VAT of the rate’s sum', () => {
    holds(({ rates }) => {
      for (const { baseOre, vatOre, netOre, vatBasisPoints } of rates) {
        expect(baseOre + vatOre).toBe(netOre);
        expect(vatOre).toBe(vatInsideOre(netOre, vatBasisPoints));
      }
    });
  });
  it('never has more VAT in a line than the line costs', () => {
    holds(({ lines }) => {
      for (const { vatOre, netOre } of lines) {
        expect(vatOre).toBeGreaterThanOrEqual(0);
        expect(vatOre).toBeLessThanOrEqual(netOre);
      }
    });
  });
  it('never has a line below zero, and explains every øre between gross and net', () => {
    holds(({ lines }) => {
      for (const { grossOre, ownDiscountOre, saleDiscountOre, netOre } of lines) {
        expect(netOre).toBeGreaterThanOrEqual(0);
        expect(grossOre - ownDiscountOre - saleDiscountOre).toBe(netOre);
        expect(Math.min(ownDiscountOre, saleDiscountOre)).toBeGreaterThanOrEqual(0);
      }
    });
  });
  it('tells as discount what gross and total differ by', () => {
    holds(({ lines, discountOre: takenOff, totalOre }) => expect(sum(lines.map(({ grossOre }) => grossOre)) - takenOff).toBe(totalOre));
  });
  it('is all whole øre', () => {
    holds((totals) => {
      const numbers = [totals.totalOre, totals.vatOre, totals.dueOre, ...totals.lines.flatMap((line) => [line.netOre, line.vatOre])];
      for (const each of numbers) expect(Number.isSafeInteger(each)).toBe(true);
    });
  });
});

describe('goods that come back', () => {
  const rates = [2_500, 1_500, 1_200, 1_111, 0];
  const back = fc.array(fc.record({ amountOre: fc.integer({ min: 0, max: 5_000_000 }), vatBasisPoints: fc.constantFrom(...rates) }), {
    minLength: 1,
    maxLength: 6,
  });

  it('take off the total, the rates and what is due, and all three agree to the øre', () => {
    fc.assert(
      fc.property(baskets, back, (sale, lines) => {
        const alone = saleTotals(sale);
        const both = saleTotals({ ...sale, returned: returnedGoods(lines) });
        const returnedOre = sum(lines.map(({ amountOre }) => amountOre));
        expect(both.totalOre).toBe(alone.totalOre - returnedOre);
        expect(both.dueOre).toBe(alone.dueOre - returnedOre);
        expect(sum(both.rates.map(({ netOre }) => netOre))).toBe(both.totalOre);
        for (const { baseOre, vatOre, netOre } of both.rates) expect(baseOre + vatOre).toBe(netOre);
        expect(both.vatOre).toBe(alone.vatOre - sum(both.returnedRates.map(({ vatOre }) => vatOre)));
      }),
    );
  });

  it('have the VAT that a receipt of them alone would have said', () => {
    const { returnedRates } = saleTotals({ ...basket(), returned: returnedGoods([{ amountOre: 9_975, vatBasisPoints: 1_500 }]) });
    expect(returnedRates).toEqual([{ vatBasisPoints: 1_500, netOre: 9_975, vatOre: 1_301, baseOre: 8_674 }]);
  });
});

function returnedGoods(lines: readonly { readonly amountOre: number; readonly vatBasisPoints: number }[]): ReturnedGoods {
  const order = { orderId: 'kolo-1-2611-a3f4-1', storeId: 'kolo', storeName: 'Kolonialen', registerId: '1', receiptNumber: 1 };
  const article = { articleNumber: '1', ean: null, name: 'Kneipp', groupId: null, groupName: null, unit: 'stk', weighed: false };
  return {
    returnId: 'kolo-1-a3f4-1',
    order: { ...order, completedAtMs: 0, date: '2026-11-21', currency: 'NOK' },
    lines: lines.map((line, index) => ({ ...article, ...line, lineNo: index + 1, quantityMilli: 1_000, unitPriceOre: line.amountOre })),
    amountOre: sum(lines.map(({ amountOre }) => amountOre)),
    reason: 'Angrer',
    approvedBy: null,
  };
}
