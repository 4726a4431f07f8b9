import { describe, expect, it } from 'vitest';
import { readDiscount } from '../../../renderer/cashier/read-discount.ts';

describe('A typed discount', () => {
  it('is an amount in øre or hundredths of a percent, with its reason', () => {
    expect(readDiscount('amount', '12,50', ' Skadet ')).toEqual({ kind: 'amount', amountOre: 1_250, reason: 'Skadet' });
    expect(readDiscount('percent', '7,5', 'Ansatt')).toEqual({ kind: 'percent', basisPoints: 750, reason: 'Ansatt' });
  });

  it('is none without a reason, without an amount, or above 100 %', () => {
    expect([
      readDiscount('amount', '12', ' '),
      readDiscount('amount', '0', 'x'),
      readDiscount('amount', '', 'x'),
      readDiscount('percent', '100,01', 'x'),
    ]).toEqual([null, null, null, null]);
  });
});
