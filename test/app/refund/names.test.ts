import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeReference } from '../../../app/payment/keys.ts';
import { monthOf, monthOfDate, monthOfReference, orderIdOf, parseOrderId, refundKey } from '../../../app/refund/names.ts';

const names = fc.record({
  storeId: fc.stringMatching(/^[a-z][a-z0-9]{1,11}$/),
  registerId: fc.stringMatching(/^[a-z0-9]{1,6}$/),
  month: fc.tuple(fc.integer({ min: 24, max: 99 }), fc.integer({ min: 1, max: 12 })).map(([year, month]) => year * 100 + month),
  epoch: fc.stringMatching(/^[a-z][a-z0-9]{3}$/),
  saleNumber: fc.integer({ min: 1, max: 999_999_999 }),
});

describe('an order', () => {
  it('has a name that says store, register and month, and reads back', () => {
    fc.assert(
      fc.property(names, (parts) => {
        expect(parseOrderId(orderIdOf(parts))).toEqual(parts);
      }),
    );
  });

  it.each(['', 'nord', 'nord-1-2613-abcd-1', 'nord-1-2600-abcd-1', 'nord-1-2611-abcd-01', 'Nord-1-2611-abcd-1', 'nord-1-2611-abcd-1-1'])(
    'is not "%s"',
    (text) => expect(parseOrderId(text)).toBeNull(),
  );
});

describe("a payment's reference", () => {
  it('tells its month, as every register makes it', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 99 }), (parts, attempt) => {
        const reference = makeReference({ ...parts, month: String(parts.month), attempt });
        expect(monthOfReference(reference)).toBe(parts.month);
      }),
    );
  });

  it.each(['order-123', 'acme-shop-123-order123abc', ''])('of somebody else has none: "%s"', (reference) => {
    expect(monthOfReference(reference)).toBeNull();
  });
});

describe('a month', () => {
  it('is the local one: an hour before midnight in Oslo is still the old one in UTC', () => {
    const lastHour = Date.UTC(2026, 10, 30, 23, 30);
    expect(monthOf(lastHour, 0)).toBe(2611);
    expect(monthOf(lastHour, 60)).toBe(2612);
    expect(monthOfDate('2026-12-01')).toBe(2612);
  });
});

describe("a refund's key", () => {
  it('is the same for ever, and never longer than the provider takes', () => {
    const longest = 'abcdefghijkl-123456-abcdef-999999999';
    expect(refundKey(longest, 1)).toBe(`${longest}-r1`);
    expect(refundKey(longest, 9)).toHaveLength(39);
    expect(() => refundKey('nord-1-abcd', 1)).toThrow(RangeError);
  });
});
