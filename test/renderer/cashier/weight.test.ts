import { describe, expect, it } from 'vitest';
import { isHeavy, probablyMeantMilli, weighedAmountOre } from '../../../renderer/cashier/weight.ts';

describe('A typed weight', () => {
  it('comes to what the sale will have: the nearest øre', () => {
    expect([weighedAmountOre(3_990, 822), weighedAmountOre(3_990, 500), weighedAmountOre(1, 500)]).toEqual([3_280, 1_995, 1]);
  });

  it('of up to thirty kilograms is taken without a question', () => {
    expect([isHeavy(822, 'kg'), isHeavy(30_000, 'kg')]).toEqual([false, false]);
  });

  it('above thirty kilograms is asked about', () => {
    expect([isHeavy(30_001, 'kg'), isHeavy(822_000, 'KG')]).toEqual([true, true]);
  });

  it('in another unit is nothing that the register knows better', () => {
    expect(isHeavy(500_000, 'hg')).toBe(false);
  });

  it('without its comma is read as grams', () => {
    expect([probablyMeantMilli(822_000), probablyMeantMilli(82_250)]).toEqual([822, null]);
  });
});
