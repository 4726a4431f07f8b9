import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeCode, readQuantityPrefix } from '../../../renderer/cashier/search-entry.ts';

describe('What is typed in the search field', () => {
  it('is a quantity when digits are followed by ×, * or x', () => {
    expect(['3×', '3*', '3x', '3X', ' 3 * '].map((text) => readQuantityPrefix(text))).toEqual(
      Array.from({ length: 5 }, () => ({ quantityMilli: 3_000, rest: '' })),
    );
  });

  it('may be a weight', () => {
    expect(readQuantityPrefix('0,822*')).toEqual({ quantityMilli: 822, rest: '' });
  });

  it('keeps what comes after the quantity as the search', () => {
    expect(readQuantityPrefix('2*kneipp')).toEqual({ quantityMilli: 2_000, rest: 'kneipp' });
  });

  it('is a name when it only holds an x', () => {
    expect(['x', 'max', 'Pepsi Max', 'xl 2x'].map((text) => readQuantityPrefix(text))).toEqual([null, null, null, null]);
  });

  it('is no quantity when it is nothing or too much', () => {
    expect([readQuantityPrefix('0*'), readQuantityPrefix('99999*')]).toEqual([null, null]);
  });

  it('never gives a quantity that the till would refuse', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readQuantityPrefix(`${text}*`);
        if (read !== null)
          expect(Number.isSafeInteger(read.quantityMilli) && read.quantityMilli >= 1 && read.quantityMilli <= 9_999_999).toBe(true);
      }),
    );
  });

  it('may be a code for the till when it is nothing but digits', () => {
    expect([looksLikeCode('7038010000123'), looksLikeCode('12345'), looksLikeCode('703801a')]).toEqual([true, false, false]);
  });
});
