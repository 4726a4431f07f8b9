import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKronerToOre, parseQuantityToMilli } from '../../../app/money/parse.ts';
import {
  type EntryLimits,
  entryOfOre,
  entryOfQuantity,
  type NumberEntry,
  type PadKey,
  pressPadKey,
  tidyNumber,
} from '../../../renderer/shared/number-entry.ts';

const kroner: EntryLimits = { decimals: 2, wholeDigits: 6, mark: ',' };
const whole: EntryLimits = { decimals: 0, wholeDigits: 6, mark: ',' };
const keys = fc.array(fc.constantFrom<PadKey>('0', '1', '2', '5', '9', 'point', 'erase'), { maxLength: 20 });

describe('A number field with a pad', () => {
  it('replaces what stood there with the first key', () => {
    expect(pressPadKey({ text: '201,60', fresh: true }, '5', kroner)).toEqual({ text: '5', fresh: false });
  });

  it('empties what stood there with the first erase', () => {
    expect(pressPadKey({ text: '201,60', fresh: true }, 'erase', kroner).text).toBe('');
  });

  it('takes comma and point for the same', () => {
    expect(tidyNumber('12.5', kroner)).toBe('12,5');
  });

  it('puts a zero before a mark that comes first', () => {
    expect(tidyNumber(',5', kroner)).toBe('0,5');
  });

  it('has no mark where there are no decimals', () => {
    expect(tidyNumber('12,50', whole)).toBe('1250');
  });

  it('takes an amount that was pasted with its spaces and its currency', () => {
    expect(tidyNumber('1\u00a0234,50 kr', kroner)).toBe('1234,50');
  });

  it('never holds what is no amount, whatever keys are pressed', () => {
    fc.assert(
      fc.property(keys, (pressed) => {
        const entry = pressed.reduce<NumberEntry>((before, key) => pressPadKey(before, key, kroner), { text: '', fresh: true });
        expect(entry.text).toMatch(/^(\d{0,6}|\d{1,6},\d{0,2})$/);
      }),
    );
  });
});

describe('An amount as a person would type it', () => {
  it('reads back as the same amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom<',' | '.'>(',', '.'), (amountOre, mark) => {
        expect(parseKronerToOre(entryOfOre(amountOre, mark))).toEqual({ ok: true, amountOre });
      }),
    );
  });

  it('leaves out øre that are not there', () => {
    expect([entryOfOre(15_000, ','), entryOfOre(14_760, ','), entryOfOre(5, ',')]).toEqual(['150', '147,60', '0,05']);
  });

  it('is a quantity that reads back as the same quantity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (quantityMilli) => {
        expect(parseQuantityToMilli(entryOfQuantity(quantityMilli, ','))).toEqual({ ok: true, quantityMilli });
      }),
    );
  });
});
