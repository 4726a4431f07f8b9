import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotAnAmountError } from '../../../app/money/amount.ts';
import { cashStepOre, roundForCash } from '../../../app/money/cash.ts';
import { allocate, mulDivRound, roundDiv } from '../../../app/money/rounding.ts';

const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('dividing', () => {
  it('rounds halves away from zero', () => {
    expect(roundDiv(5, 2)).toBe(3);
    expect(roundDiv(-5, 2)).toBe(-3);
    expect(roundDiv(5, -2)).toBe(-3);
    expect(roundDiv(4, 3)).toBe(1);
    expect(roundDiv(0, -7)).toBe(0);
    expect(roundDiv(1, 2)).toBe(1);
  });
  it('is never further off than half of what divides', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 1_000_000 }), (top, bottom) => {
        const error = BigInt(roundDiv(top, bottom)) * BigInt(bottom) - BigInt(top);
        expect(2n * (error < 0n ? -error : error) <= BigInt(bottom)).toBe(true);
      }),
    );
  });
  it('mirrors for negative numbers', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 99_999 }), (top, bottom) => roundDiv(-top, bottom) + roundDiv(top, bottom) === 0),
    );
  });
  it('survives products beyond the safe integers', () => {
    expect(mulDivRound(Number.MAX_SAFE_INTEGER, 2_500, 12_500)).toBe(Number((BigInt(Number.MAX_SAFE_INTEGER) + 2n) / 5n));
  });
  it('refuses floats, division by zero and answers that do not fit', () => {
    expect(() => roundDiv(1.5, 2)).toThrow(NotAnAmountError);
    expect(() => roundDiv(1, 0)).toThrow(NotAnAmountError);
    expect(() => mulDivRound(Number.MAX_SAFE_INTEGER, 2, 1)).toThrow(NotAnAmountError);
  });
});

describe('cash rounding', () => {
  it('takes 1–49 øre down and 50–99 up', () => {
    expect(roundForCash(29_540, 'NOK')).toBe(29_500);
    expect(roundForCash(29_549, 'NOK')).toBe(29_500);
    expect(roundForCash(29_550, 'NOK')).toBe(29_600);
    expect(roundForCash(29_599, 'NOK')).toBe(29_600);
    expect(roundForCash(-29_549, 'NOK')).toBe(-29_500);
    expect(roundForCash(-29_550, 'NOK')).toBe(-29_600);
    expect(Object.is(roundForCash(-40, 'NOK'), -0)).toBe(false);
  });
  it('always gives whole kroner, at most fifty øre away', () => {
    fc.assert(
      fc.property(amount, (ore) => {
        const rounded = roundForCash(ore, 'NOK');
        expect(rounded % 100 === 0 && Math.abs(rounded - ore) <= 50).toBe(true);
        expect(roundForCash(rounded, 'NOK')).toBe(rounded);
      }),
    );
  });
  it('goes to the nearest 50 øre in Denmark: 25 and 75 go up', () => {
    const rounded = [1_024, 1_025, 1_049, 1_074, 1_075, -1_025].map((ore) => roundForCash(ore, 'DKK'));
    expect(rounded).toEqual([1_000, 1_050, 1_050, 1_050, 1_100, -1_050]);
  });
  it('goes to the nearest 5 cents in Finland', () => {
    const rounded = [1_001, 1_002, 1_003, 1_007, 1_008, 1_497].map((cents) => roundForCash(cents, 'EUR'));
    expect(rounded).toEqual([1_000, 1_000, 1_005, 1_005, 1_010, 1_495]);
  });
  it('is at most half a step away, in every currency', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom('NOK', 'DKK', 'EUR'), (ore, currency) => {
        const stepOre = cashStepOre(currency);
        const rounded = roundForCash(ore, currency);
        expect(rounded % stepOre === 0 && 2 * Math.abs(rounded - ore) <= stepOre).toBe(true);
      }),
    );
  });
});

describe('sharing out', () => {
  it('gives the odd øre to the largest remainder, then to the earliest', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(10, [1, 2, 4])).toEqual([1, 3, 6]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocate(5, [0, 7])).toEqual([0, 5]);
  });
  it('shares nothing among nobody, and refuses to share something', () => {
    expect(allocate(0, [])).toEqual([]);
    expect(allocate(0, [0, 0])).toEqual([0, 0]);
    expect(() => allocate(1, [0, 0])).toThrow(NotAnAmountError);
    expect(() => allocate(1, [])).toThrow(NotAnAmountError);
    expect(() => allocate(1, [2, -1])).toThrow(NotAnAmountError);
  });
  const weights = fc
    .array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 40 })
    .filter((all) => all.some((one) => one > 0));
  it('always adds up, within one øre of the exact share', () => {
    fc.assert(
      fc.property(amount, weights, (total, all) => {
        const parts = allocate(total, all);
        const sum = all.reduce((a, b) => a + b, 0);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        parts.forEach((part, index) => {
          const off = BigInt(part) * BigInt(sum) - BigInt(total) * BigInt(all[index] ?? 0);
          expect(off < BigInt(sum) && -off < BigInt(sum)).toBe(true);
          expect(Object.is(part, -0)).toBe(false);
        });
      }),
    );
  });
  it('never takes more from a line than the line is worth', () => {
    fc.assert(
      fc.property(weights, fc.nat(), (all, pick) => {
        const sum = all.reduce((a, b) => a + b, 0);
        const parts = allocate(pick % (sum + 1), all);
        expect(parts.every((part, index) => part <= (all[index] ?? 0))).toBe(true);
      }),
    );
  });
});
