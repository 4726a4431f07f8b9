import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotAnAmountError } from '../../../app/money/amount.ts';
import { quickCashAmounts } from '../../../app/money/cash.ts';
import { vatCodeOf, vatInsideOre, vatRatesOn } from '../../../app/money/vat.ts';

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
  it('have the codes of SAF-T', () => {
    expect([2_500, 1_500, 1_200, 1_111, 0].map((rate) => vatCodeOf(rate))).toEqual(['3', '31', '33', '32', '5']);
    expect(vatCodeOf(0, 'deposit')).toBe('6');
    expect(vatCodeOf(1_400)).toBe(null);
  });
});

describe('rates elsewhere', () => {
  it('are Denmark’s one rate, and Finland’s three with their dates', () => {
    const rates = (day: string, market: 'DK' | 'FI') => vatRatesOn(day, market).map(({ basisPoints }) => basisPoints);
    expect(rates('2026-11-21', 'DK')).toEqual([2_500, 0]);
    expect(rates('2025-12-31', 'FI')).toEqual([2_550, 1_400, 1_000, 0]);
    expect(rates('2026-01-01', 'FI')).toEqual([2_550, 1_350, 1_000, 0]);
  });
});

describe('quick cash amounts', () => {
  it('are what people hand over', () => {
    expect(quickCashAmounts(20_200, 'NOK')).toEqual([20_200, 21_000, 25_000, 50_000, 100_000]);
    expect(quickCashAmounts(20_000, 'NOK')).toEqual([20_000, 50_000, 100_000]);
    expect(quickCashAmounts(100_000, 'NOK')).toEqual([100_000]);
    expect(quickCashAmounts(1_500, 'NOK')).toEqual([1_500, 2_000, 5_000, 10_000, 20_000]);
    expect(quickCashAmounts(0, 'NOK')).toEqual([]);
    expect(quickCashAmounts(-500, 'NOK')).toEqual([]);
  });
  it('are kroner without the thousand note in Denmark, and small notes in Finland', () => {
    expect(quickCashAmounts(20_250, 'DKK')).toEqual([20_250, 21_000, 25_000, 30_000, 50_000]);
    expect(quickCashAmounts(1_235, 'EUR')).toEqual([1_235, 1_500, 2_000, 5_000, 10_000]);
    expect(quickCashAmounts(395, 'EUR')).toEqual([395, 500, 1_000, 2_000, 5_000]);
  });
  it('start with the exact amount, grow, and are at most five', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (kroner) => {
        const amounts = quickCashAmounts(kroner * 100, 'NOK');
        expect(amounts[0]).toBe(kroner * 100);
        expect(amounts.length).toBeLessThanOrEqual(5);
        expect(amounts.every((one, index) => index === 0 || one > (amounts[index - 1] ?? 0))).toBe(true);
        expect(amounts.slice(1).every((one) => one % 1_000 === 0)).toBe(true);
      }),
    );
  });
});
