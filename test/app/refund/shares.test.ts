import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf, returnedOre } from '../../../app/refund/shares.ts';

describe('what a part of a line gives back', () => {
  it('is its share, and the last piece takes what is left', () => {
    const line = { quantityMilli: 3_000, netOre: 10_000 };
    expect(returnedOre({ ...line, takenMilli: 0, takenOre: 0 }, 1_000)).toBe(3_333);
    expect(returnedOre({ ...line, takenMilli: 1_000, takenOre: 3_333 }, 1_000)).toBe(3_334);
    expect(returnedOre({ ...line, takenMilli: 2_000, takenOre: 6_667 }, 1_000)).toBe(3_333);
  });

  it('is nothing when that much is not left, or was never sold', () => {
    const line = { quantityMilli: 2_000, netOre: 10_000, takenMilli: 1_500, takenOre: 7_500 };
    expect(returnedOre(line, 501)).toBeNull();
    expect(returnedOre(line, 0)).toBeNull();
    expect(returnedOre({ ...line, quantityMilli: -1_000, netOre: -500, takenMilli: 0, takenOre: 0 }, 1_000)).toBeNull();
  });

  it('never adds up to more than the line cost, in whatever pieces it comes and goes, and to exactly that when all of it came', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 100_000_000 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 60_000 }), fc.boolean()), { maxLength: 30 }),
        (quantityMilli, netOre, steps) => {
          const held: { milli: number; ore: number }[] = [];
          const sum = (field: 'milli' | 'ore') => held.reduce((total, one) => total + one[field], 0);
          const take = (milli: number) => {
            const ore = returnedOre({ quantityMilli, netOre, takenMilli: sum('milli'), takenOre: sum('ore') }, milli);
            if (ore !== null) held.push({ milli, ore });
            expect(ore ?? 0).toBeGreaterThanOrEqual(0);
          };
          for (const [milli, withdraws] of steps) {
            if (withdraws) held.shift();
            else take(milli);
            expect(sum('ore')).toBeLessThanOrEqual(netOre);
            expect(sum('milli')).toBeLessThanOrEqual(quantityMilli);
          }
          if (quantityMilli > sum('milli')) take(quantityMilli - sum('milli'));
          expect(sum('ore')).toBe(netOre);
        },
      ),
    );
  });
});

describe('the money', () => {
  it('goes back the way it came, the integrated part first', () => {
    const tenders = [
      { tenderNo: 1, kind: 'cash', leftOre: 5_000 },
      { tenderNo: 2, kind: 'card', leftOre: 3_000 },
      { tenderNo: 3, kind: 'vipps', leftOre: 2_000 },
    ] as const;
    expect(partsOf(6_000, tenders)).toEqual([
      { tenderNo: 3, kind: 'vipps', amountOre: 2_000 },
      { tenderNo: 2, kind: 'card', amountOre: 3_000 },
      { tenderNo: 1, kind: 'cash', amountOre: 1_000 },
    ]);
    expect(partsOf(10_001, tenders)).toBeNull();
    expect(partsOf(0, tenders)).toEqual([]);
  });

  it('is shared to the øre, and no part is more than what is left of its tender', () => {
    const tender = fc.record({ kind: fc.constantFrom('vipps', 'card', 'cash'), leftOre: fc.integer({ min: -10, max: 50_000 }) });
    fc.assert(
      fc.property(fc.array(tender, { maxLength: 6 }), fc.integer({ min: 0, max: 200_000 }), (tenders, amountOre) => {
        const numbered = tenders.map((each, index) => ({ ...each, tenderNo: index + 1 }));
        const parts = partsOf(amountOre, numbered);
        const leftOre = numbered.reduce((sum, each) => sum + Math.max(0, each.leftOre), 0);
        if (parts === null) expect(leftOre).toBeLessThan(amountOre);
        else expect(parts.reduce((sum, part) => sum + part.amountOre, 0)).toBe(amountOre);
        for (const part of parts ?? []) expect(part.amountOre).toBeLessThanOrEqual(numbered[part.tenderNo - 1]?.leftOre ?? 0);
      }),
    );
  });
});
