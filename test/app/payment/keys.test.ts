import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeReference, newKey } from '../../../app/payment/keys.ts';

const PARTS = { storeId: 'oslo', registerId: '1', month: '2611', epoch: 'kx7q', saleNumber: 1042, attempt: 1 };
const text = (alphabet: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((characters) => characters.join(''));
const small = 'abcdefghijklmnopqrstuvwxyz';

/** Everything that a configuration and a journal allow. */
const parts = fc.record({
  storeId: fc.tuple(text(small, 1, 1), text(`${small}0123456789`, 1, 11)).map(([first, rest]) => first + rest),
  registerId: text(`${small}0123456789`, 1, 6),
  month: fc.constantFrom('2611', '3001'),
  epoch: fc.constantFrom('kx7q', 'abcd'),
  saleNumber: fc.integer({ min: 1, max: 9_999_999 }),
  attempt: fc.integer({ min: 1, max: 99 }),
});

describe('a reference', () => {
  it('is store, register, month, epoch, number and attempt', () => {
    expect(makeReference(PARTS)).toBe('oslo-1-2611-kx7q-1042-1');
  });
  it('is one that the provider takes, whatever the shop is called', () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(makeReference(given)).toMatch(/^[a-z][a-zA-Z0-9-]{7,49}$/);
      }),
    );
  });
  it('is another one for another sale or attempt', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(makeReference(a) === makeReference(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
  it('is refused when the provider would refuse it', () => {
    expect(() => makeReference({ ...PARTS, storeId: '1oslo' })).toThrow(RangeError);
    expect(() => makeReference({ ...PARTS, storeId: 'o'.repeat(40) })).toThrow(RangeError);
    expect(() => makeReference({ ...PARTS, storeId: 'os_lo' })).toThrow(RangeError);
  });
});

describe('a key', () => {
  it('says of which payment, for what, and which time', () => {
    expect(newKey(makeReference(PARTS), 'c', 1)).toBe('1-2611-kx7q-1042-1-c1');
  });
  it('is one that the provider takes, whatever the shop is called', () => {
    fc.assert(
      fc.property(
        parts,
        fc.constantFrom('c' as const, 'x' as const, 'r' as const),
        fc.integer({ min: 1, max: 99 }),
        (given, kind, round) => {
          expect(newKey(makeReference(given), kind, round)).toMatch(/^[a-z0-9-]{1,40}$/);
        },
      ),
    );
  });
  it('is the same whenever it is made again', () => {
    expect(newKey('oslo-1-2611-kx7q-1042-1', 'r', 2)).toBe(newKey('oslo-1-2611-kx7q-1042-1', 'r', 2));
  });
  it('is another one for another intent', () => {
    const reference = makeReference(PARTS);
    const keys = (['c', 'x', 'r'] as const).flatMap((kind) => [1, 2].map((round) => newKey(reference, kind, round)));
    expect(new Set(keys).size).toBe(6);
  });
  it('is refused when it is too long', () => {
    expect(() => newKey(`a-${'b'.repeat(40)}`, 'c', 1)).toThrow(RangeError);
  });
});
