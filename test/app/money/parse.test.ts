import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOre, formatOrePlain, formatQuantityMilli, oreToDecimalText } from '../../../app/money/format.ts';
import { parseKronerToOre, parseQuantityToMilli } from '../../../app/money/parse.ts';

const amount = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
const ore = (text: string) => {
  const parsed = parseKronerToOre(text);
  return parsed.ok ? parsed.amountOre : parsed.reason;
};
const milli = (text: string) => {
  const parsed = parseQuantityToMilli(text);
  return parsed.ok ? parsed.quantityMilli : parsed.reason;
};

describe('kroner that a person wrote', () => {
  it.each([
    ['39,90', 3_990],
    ['39.90', 3_990],
    ['39', 3_900],
    ['39,9', 3_990],
    ['0,05', 5],
    [',50', 50],
    ['39,-', 3_900],
    ['1 234,50', 123_450],
    ['1\u00a0234,50', 123_450],
    ['1\u202f234\u202f567', 123_456_700],
    ['1.234,50', 123_450],
    ['1,234.50', 123_450],
    ['1.234.567', 123_456_700],
    ['1.234.567,89', 123_456_789],
    ['kr 39,90', 3_990],
    ['kr. 39,90', 3_990],
    ['39,90 kr', 3_990],
    ['39.90 NOK', 3_990],
    ['39,90kr.', 3_990],
    ['-12,50', -1_250],
    ['\u221212,50', -1_250],
    ['- kr 5', -500],
    ['-0,00', 0],
    ['007', 700],
    ['  25,00\t', 2_500],
  ])('reads %j', (text, expected) => {
    expect(ore(text)).toBe(expected);
  });
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['kr', 'empty'],
    ['gratis', 'not-a-number'],
    ['1,234', 'too-many-decimals'],
    ['1.234', 'too-many-decimals'],
    ['1,2345', 'too-many-decimals'],
    ['12,', 'not-a-number'],
    [',', 'not-a-number'],
    ['-', 'not-a-number'],
    ['12 34', 'not-a-number'],
    ['1.23.456', 'not-a-number'],
    ['1,23.45', 'not-a-number'],
    ['1 234.567,00', 'not-a-number'],
    ['1,2,3.45', 'not-a-number'],
    ['1.234,567.89', 'not-a-number'],
    ['1e5', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['--5', 'not-a-number'],
    ['1\n2', 'not-a-number'],
    ['12345678901', 'too-large'],
    ['Infinity', 'not-a-number'],
    ['٣', 'not-a-number'],
  ])('refuses %j as %s', (text, reason) => {
    expect(ore(text)).toBe(reason);
  });
  it('reads back every amount that it writes', () => {
    fc.assert(
      fc.property(amount, (value) => {
        for (const text of [
          formatOre(value, 'nb'),
          formatOre(value, 'en'),
          formatOre(value, 'nb', 'NOK'),
          formatOrePlain(value, 'nb'),
          oreToDecimalText(value),
        ]) {
          expect(ore(text)).toBe(value);
        }
      }),
    );
  });
  it('answers any text at all without throwing, and only with integers', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789,. -kr') })), (text) => {
        const parsed = parseKronerToOre(text);
        expect(parsed.ok ? Number.isSafeInteger(parsed.amountOre) : true).toBe(true);
      }),
    );
  });
});

describe('quantities that a person wrote', () => {
  it('reads pieces and weights', () => {
    expect(milli('2')).toBe(2_000);
    expect(milli('0,822')).toBe(822);
    expect(milli('1.5')).toBe(1_500);
    expect(milli('1.234')).toBe(1_234);
  });
  it('refuses what is nothing, less, or too fine', () => {
    expect(milli('0')).toBe('zero');
    expect(milli('-1')).toBe('negative');
    expect(milli('0,0001')).toBe('too-many-decimals');
    expect(milli('')).toBe('empty');
    expect(milli('two')).toBe('not-a-number');
  });
  it('reads back every quantity that it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.boolean(), fc.constantFrom('nb', 'en'), (quantity, weighed, language) => {
        expect(milli(formatQuantityMilli(quantity, language, { weighed }))).toBe(quantity);
      }),
    );
  });
});
