import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotAnAmountError } from '../../../app/money/amount.ts';
import { quickCashAmounts } from '../../../app/money/cash.ts';
import { isVatRate, vatCodeOf, vatInsideOre, vatRatesOn } from '../../../app/money/vat.ts';

describe('VAT inside a price', () => {
  it('is a fifth of the gross at 25 percent', () => {
    expect(vatInsideOre(2_700, 2_500)).toBe(540);
    expect(vatInsideOre(17_260, 1_500)).toBe(2_251);
    expect(vatInsideOre(200, 0)).toBe(0);
  });
  it('is mirrored in a return', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.constantFrom(0, 1_111, 1_200, 1_500, 2_500), (gross, rate) => {
        expect(vatInsideOre(-gross, rate) + vatInsideOre(gross, rate)).toBe(0);
      }),
    );
  });
  it('added to its base at the rate gives the gross again, within an øre', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.constantFrom(1_111, 1_200, 1_500, 2_500), (gross, rate) => {
        const vat = vatInsideOre(gross, rate);
        const again = ((gross - vat) * (10_000 + rate)) / 10_000;
        expect(Math.abs(again - gross)).toBeLessThanOrEqual(1);
      }),
    );
  });
  it('refuses a negative rate', () => {
    expect(() => vatInsideOre(100, -1)).toThrow(NotAnAmountError);
  });
});

describe('Norwegian rates', () => {
  it('carry dates: the low rate was 6 percent for a while', () => {
    const low = (day: string) => vatRatesOn(day).find((rate) => rate.code === '33')?.basisPoints;
    expect(low('2020-03-31')).toBe(1_200);
    expect(low('2020-04-01')).toBe(600);
    expect(low('2021-09-30')).toBe(600);
    expect(low('2021-10-01')).toBe(1_200);
  });
  it('have exactly one percentage per code on any day', () => {
    for (const day of ['2018-01-01', '2020-06-01', '2026-11-21']) {
      const codes = vatRatesOn(day).map((rate) => rate.code);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });
  it('know which percentages exist, and when', () => {
    expect(isVatRate(1_500)).toBe(true);
    expect(isVatRate(600, '2026-11-21')).toBe(false);
    expect(isVatRate(1_400)).toBe(false);
  });
  it('have the codes of SAF-T', () => {
    expect([2_500, 1_500, 1_200, 1_111, 0].map((rate) => vatCodeOf(rate))).toEqual(['3', '31', '33', '32', '5']);
    expect(vatCodeOf(0, 'deposit')).toBe('6');
    expect(vatCodeOf(1_400)).toBe(null);
  });
});

describe('quick cash amounts', () => {
  it('are what people hand over', () => {
    expect(quickCashAmounts(20_200)).toEqual([20_200, 21_000, 25_000, 50_000, 100_000]);
    expect(quickCashAmounts(20_000)).toEqual([20_000, 50_000, 100_000]);
    expect(quickCashAmounts(100_000)).toEqual([100_000]);
    expect(quickCashAmounts(1_500)).toEqual([1_500, 2_000, 5_000, 10_000, 20_000]);
    expect(quickCashAmounts(0)).toEqual([]);
    expect(quickCashAmounts(-500)).toEqual([]);
  });
  it('start with the exact amount, grow, and are at most five', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (kroner) => {
        const amounts = quickCashAmounts(kroner * 100);
        expect(amounts[0]).toBe(kroner * 100);
        expect(amounts.length).toBeLessThanOrEqual(5);
        expect(amounts.every((one, index) => index === 0 || one > (amounts[index - 1] ?? 0))).toBe(true);
        expect(amounts.slice(1).every((one) => one % 1_000 === 0)).toBe(true);
      }),
    );
  });
});
