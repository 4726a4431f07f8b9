import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderLineView, OrderView } from '../../../app/till/contract.ts';
import { amountOf, chosenOf, everything, sumOf, waysBack, withQuantity } from '../../../renderer/cashier/return-sums.ts';

const line = (lineNo: number, soldMilli: number, netOre: number, more: Partial<OrderLineView> = {}): OrderLineView => ({
  lineNo,
  name: `Vare ${lineNo}`,
  articleNumber: String(lineNo),
  ean: null,
  unit: 'stk',
  weighed: false,
  soldMilli,
  leftMilli: soldMilli,
  unitPriceOre: netOre,
  netOre,
  leftOre: netOre,
  note: null,
  belongsToLineNo: null,
  ...more,
});

const bottles = line(1, 3_000, 10_000);
const deposit = line(2, 3_000, 600, { belongsToLineNo: 1 });
const order: OrderView = {
  orderId: 'kolo-1-2611-a3f7-42',
  receiptNumber: 42,
  storeName: null,
  registerId: '1',
  completedAtMs: 0,
  totalOre: 10_600,
  lines: [bottles, deposit],
  paidWith: [
    { kind: 'vipps', text: '', leftOre: 6_000 },
    { kind: 'cash', text: '', leftOre: 2_000 },
    { kind: 'vipps', text: '', leftOre: 2_600 },
  ],
  approvalAboveOre: null,
  approvalText: null,
  problem: null,
  cashOnly: null,
};

describe('What is chosen of a purchase', () => {
  it('takes its deposit along, piece by piece', () => {
    const two = withQuantity(new Map(), bottles, 2_000);
    expect(chosenOf(two, deposit)).toBe(2_000);
    expect(sumOf(order, two)).toBe(6_667 + 400);
  });

  it('is never more than is left, and never less than nothing', () => {
    expect(withQuantity(new Map(), bottles, 9_000).get(1)).toBe(3_000);
    expect(withQuantity(new Map([[1, 1_000]]), bottles, -1_000).has(1)).toBe(false);
  });

  it('comes to the whole of the purchase when all of it comes back', () => {
    expect(sumOf(order, everything(order))).toBe(order.totalOre);
  });

  it('comes to what is left of a line, however its pieces came back before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 100_000 }), fc.nat(40), (pieces, netOre, before) => {
        const sold = line(1, pieces * 1_000, netOre);
        const takenMilli = Math.min(before, pieces) * 1_000;
        const takenOre = takenMilli === 0 ? 0 : amountOf(sold, takenMilli);
        const rest = { ...sold, leftMilli: sold.soldMilli - takenMilli, leftOre: netOre - takenOre };
        expect(takenOre + (rest.leftMilli === 0 ? 0 : amountOf(rest, rest.leftMilli))).toBe(netOre);
      }),
      { seed: 6 },
    );
  });
});

describe('The ways that money goes back', () => {
  it('are the ways it came, the provider’s first, each said once', () => {
    expect(waysBack(order, 9_000)).toEqual([
      { kind: 'vipps', amountOre: 8_600 },
      { kind: 'cash', amountOre: 400 },
    ]);
  });

  it('are none where more is asked for than was paid', () => {
    expect(waysBack(order, 10_601)).toEqual([]);
  });
});
