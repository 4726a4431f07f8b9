import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../app/report/settlement.ts';
import { anyDay, DATE, DAY_MS, factsOf, movement, NOON_MS, row, told } from './days.ts';

const ONE = 'kolo-1-2611-ab12cd-1-1';
const TWO = 'kolo-1-2611-ab12cd-2-1';
const sum = (all: readonly { readonly amountOre: number }[]) => all.reduce((total, { amountOre }) => total + amountOre, 0);
const same = { numRuns: 400, seed: 2611 };

describe('a day of which both sides say the same', () => {
  const facts = factsOf({
    funds: [row(ONE, 13_870), row(TWO, 4_000), row(TWO, -1_000), row('', -313, { entryType: 'fees-retained' })],
    fees: [row(ONE, -243, { entryType: 'capture-fee' }), row(TWO, -70, { entryType: 'capture-fee' })],
    movements: [movement(ONE, 13_870), movement(TWO, 4_000), movement(TWO, -1_000)],
  });

  it('has no differences', () => {
    expect(settle(facts).differences).toEqual([]);
    expect(settle(facts).matched).toHaveLength(3);
  });

  it('is captured, less refunds, less fees', () => {
    expect(settle(facts).totals).toMatchObject({
      capturedOre: 17_870,
      refundedOre: -1_000,
      feesOre: 313,
      netOre: 16_557,
      recordOre: 16_870,
    });
    expect([...settle(facts).feeOre]).toEqual([
      [ONE, 243],
      [TWO, 70],
    ]);
  });
});

describe('a difference', () => {
  it('is a payment that the ledger has and the register has not', () => {
    expect(told({ funds: [row(ONE, 4_000)] })).toEqual([`missing-here ${ONE} 4000`]);
  });

  it('is a payment that the register has and the ledger has not', () => {
    expect(told({ movements: [movement(ONE, 4_000)] })).toEqual([`missing-there ${ONE} 4000`]);
  });

  it('is another amount, by one øre', () => {
    expect(told({ funds: [row(ONE, 4_001)], movements: [movement(ONE, 4_000)] })).toEqual([`amount ${ONE} 4001 4000`]);
  });

  it('is a refund that somebody made in the portal without telling the register', () => {
    const { differences } = settle(factsOf({ funds: [row(ONE, 4_000), row(ONE, -4_000)], movements: [movement(ONE, 4_000)] }));
    expect(differences).toMatchObject([{ kind: 'missing-here', row: { entryType: 'refund' }, underWay: false }]);
  });

  it('is a capture whose answer the register still waits for, and it says so', () => {
    const { differences } = settle(factsOf({ funds: [row(ONE, 4_000)], movements: [movement(ONE, 4_000, { knownMs: null })] }));
    expect(differences).toMatchObject([{ kind: 'missing-here', underWay: true }]);
  });

  it('is a dispute, a correction, and every kind of row that nobody has heard of', () => {
    const entryTypes = ['retained-disputed-capture', 'correction', 'balloon'];
    expect(told({ funds: entryTypes.map((entryType) => row('', -500, { entryType })) })).toHaveLength(3);
  });

  it('may still go away while the provider’s next day is open, and is told apart', () => {
    const mayStillCome = (nextClosed: boolean) =>
      settle(factsOf({ movements: [movement(ONE, 1)], nextClosed })).differences.map((each) => 'mayStillCome' in each && each.mayStillCome);
    expect([mayStillCome(false), mayStillCome(true)]).toEqual([[true], [false]]);
  });
});

describe('midnight', () => {
  it('between the provider’s capture and the register’s reading back is no difference, on neither day', () => {
    const justBefore = Date.UTC(2026, 10, 20, 22, 59, 59, 800);
    const captured = row(ONE, 4_000, { atMs: justBefore });
    const read = movement(ONE, 4_000, { knownMs: justBefore + 400 });
    expect([captured.ledgerDate, read.date]).toEqual(['2026-11-20', '2026-11-21']);
    expect(told({ funds: [captured], movements: [read] })).toEqual([]);
    const next = settle(factsOf({ date: '2026-11-21', neighbours: [captured], movements: [read] }));
    expect([next.differences, next.otherDay]).toEqual([[], [read]]);
  });

  it('at four in the morning, as a bar may have agreed, is no difference either', () => {
    const atOne = Date.UTC(2026, 10, 21, 0);
    const captured = row(ONE, 4_000, { atMs: atOne, ledgerDate: DATE });
    expect(told({ funds: [captured], movements: [movement(ONE, 4_000, { knownMs: atOne })] })).toEqual([]);
  });

  it('does not matter to a capture that the register learnt of two days later, after a power cut', () => {
    expect(
      told({ funds: [row(ONE, 4_000)], movements: [movement(ONE, 4_000, { knownMs: NOON_MS + 2 * DAY_MS, fromMs: NOON_MS })] }),
    ).toEqual([]);
  });
});

describe('a refund', () => {
  it('of an old sale is matched on the day it was made', () => {
    const sold = movement(ONE, 9_000, { knownMs: NOON_MS - 60 * DAY_MS });
    expect(told({ funds: [row(ONE, -9_000)], movements: [sold, movement(ONE, -9_000)] })).toEqual([]);
  });

  it('made twice at the provider is not excused by the register’s refund of next week', () => {
    const later = movement(ONE, -500, { paymentId: 'later', knownMs: NOON_MS + 7 * DAY_MS });
    const twice = [row(ONE, -500), row(ONE, -500, { pspReference: 'again', atMs: NOON_MS + 60_000 })];
    expect(told({ funds: twice, movements: [movement(ONE, -500), later] })).toEqual([`missing-here ${ONE} -500`]);
  });

  it('that somebody made in the portal and told the register of is matched', () => {
    const told_ = movement(ONE, -500, { fromMs: NOON_MS - DAY_MS, knownMs: NOON_MS + DAY_MS, byHand: true });
    expect(told({ funds: [row(ONE, -500)], movements: [told_] })).toEqual([]);
  });
});

describe('what is not this register’s', () => {
  it('is no difference, and stands in a sum of its own', () => {
    const day = settle(factsOf({ funds: [row('kolo-2-2611-zz-1-1', 700), row(ONE, 300, { recipientHandle: 'NO:12345' })] }));
    expect([day.differences, day.elsewhere.length, day.totals.elsewhereOre]).toEqual([[], 2, 1_000]);
    expect(day.totals.capturedOre).toBe(700);
  });
});

describe('whatever happened', () => {
  it('every øre of the ledger is matched, different, elsewhere or the account’s', () => {
    fc.assert(
      fc.property(anyDay, (facts) => {
        const { matched, differences, elsewhere, account, totals } = settle(facts);
        const ledgerSide = differences.flatMap((each) => each.row ?? []);
        const parts = sum(matched.map((each) => each.row)) + sum(ledgerSide) + sum(elsewhere) + sum(account);
        expect(parts).toBe(sum(facts.funds));
        expect(totals.ledgerOre).toBe(parts);
        expect(matched.length + ledgerSide.length + elsewhere.length + account.length).toBe(facts.funds.length);
      }),
      same,
    );
  });

  it('every øre that the register has of the day is matched, different or another day’s', () => {
    fc.assert(
      fc.property(anyDay, (facts) => {
        const { matched, differences, otherDay, totals } = settle(facts);
        const ofDay = [...matched, ...differences].flatMap((each) => each.movement ?? []).filter(({ date }) => date === facts.date);
        expect(sum(ofDay) + sum(otherDay)).toBe(totals.recordOre);
      }),
      same,
    );
  });

  it('the order of the rows, and rows that came twice, change nothing', () => {
    const shuffled = <T>(list: readonly T[]) =>
      list.length === 0 ? fc.constant([] as T[]) : fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 });
    fc.assert(
      fc.property(
        anyDay.chain((facts) => fc.tuple(fc.constant(facts), shuffled(facts.funds), shuffled(facts.neighbours), shuffled(facts.movements))),
        ([facts, funds, neighbours, movements]) => {
          expect(settle({ ...facts, funds, neighbours, movements })).toEqual(settle(facts));
        },
      ),
      same,
    );
  });

  it('matched is only what is the same to the øre', () => {
    fc.assert(
      fc.property(anyDay, (facts) => {
        for (const { row: found, movement: own } of settle(facts).matched) {
          expect([found.reference, found.amountOre]).toEqual([own.reference, own.amountOre]);
        }
      }),
      same,
    );
  });
});
