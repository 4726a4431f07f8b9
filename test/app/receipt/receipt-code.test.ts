import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReceiptCode, receiptCode } from '../../../app/receipt/receipt-code.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.';
const codes = fc.record({
  series: fc.constantFrom('sale' as const, 'return' as const),
  storeId: fc.stringMatching(/^[a-z][a-z0-9]{1,11}$/),
  registerId: fc.stringMatching(/^[a-z0-9]{1,6}$/),
  receiptNumber: fc.integer({ min: 1, max: 999_999_999 }),
});

describe('the code on a receipt', () => {
  it('has the form that the documents show', () => {
    expect(receiptCode({ series: 'sale', storeId: 'kolo', registerId: '1', receiptNumber: 1042 })).toBe('T1S.KOLO.1.1042.5G');
  });

  it('is read back as the receipt that it was made for, in capitals or not', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(parseReceiptCode(receiptCode(code))).toEqual(code);
        expect(parseReceiptCode(`${receiptCode(code).toLowerCase()}\r`)).toEqual(code);
      }),
    );
  });

  it('is refused with any one character wrong', () => {
    fc.assert(
      fc.property(codes, fc.nat(), fc.constantFrom(...ALPHABET), (code, at, wrong) => {
        const right = receiptCode(code);
        const index = at % right.length;
        fc.pre(right[index] !== wrong);
        expect(parseReceiptCode(right.slice(0, index) + wrong + right.slice(index + 1))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('is refused with any two neighbours changed about', () => {
    fc.assert(
      fc.property(codes, fc.nat(), (code, at) => {
        const right = receiptCode(code);
        const index = at % (right.length - 3);
        const [first = '', second = ''] = right.slice(index, index + 2);
        fc.pre(first !== second);
        expect(parseReceiptCode(right.slice(0, index) + second + first + right.slice(index + 2))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('is not an EAN, a web address or nothing', () => {
    for (const text of ['', '7044610001012', 'https://qr.example/28/abc', 'T1S.KOLO.1.1042', 'T2S.KOLO.1.1042.33']) {
      expect(parseReceiptCode(text)).toBeNull();
    }
  });
});
