import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBatch, readBatch } from '../../../app/refund/batch-form.ts';
import { batchRequest } from '../../../app/refund/contract.ts';
import { JournalMaker } from '../../bench/head-office/journal-maker.ts';

const written = (): unknown[] => {
  const maker = new JournalMaker({ storeId: 'nord', registerId: '1', fromMs: Date.UTC(2026, 10, 21), everyMs: 60_000, linesPerSale: 2 });
  return JSON.parse(JSON.stringify(maker.sell(6))) as unknown[];
};

/** Where something can be put in a value, the value itself among them. */
type Place = (replacement: (before: unknown) => unknown) => unknown;
function placesIn(value: unknown): readonly Place[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.keys(value).flatMap((name) =>
          placesIn((value as Record<string, unknown>)[name]).map((place): Place => {
            const put = (part: unknown) =>
              Array.isArray(value) ? value.map((each, index) => (String(index) === name ? part : each)) : { ...value, [name]: part };
            return (replacement) => put(place(replacement));
          }),
        )
      : [];
  return [(replacement) => replacement(value), ...inside];
}

const ODD = [null, 0, 1, -1, 1.5, 2 ** 53, 9e15, '', 'x', 'X'.repeat(101), '\n', 'a'.repeat(64), 'A'.repeat(64), [], {}, true, [1]];

describe('the quick form of a batch', () => {
  it('takes what a register writes, as it is', () => {
    const batch = { entries: written(), newestSeq: 1_000 };
    expect(isBatch(batch)).toBe(true);
    expect(readBatch(batch)).toBe(batch);
    expect(isBatch({ entries: batch.entries })).toBe(true);
  });

  it('takes nothing that the contract does not take, wherever it is changed', () => {
    const batch = { entries: written().slice(0, 12), newestSeq: 1_000 };
    const places = placesIn(batch);
    const change = fc.oneof(
      fc.constantFrom(...ODD).map((odd) => () => odd),
      fc
        .constantFrom('more', 'hash', 'number')
        .map((name) => (before: unknown) => (typeof before === 'object' && before !== null ? { ...before, [name]: 1 } : before)),
      fc
        .constantFrom('hash', 'seq', 'document', 'payload', 'series', 'date', 'entries')
        .map(
          (name) => (before: unknown) =>
            typeof before === 'object' && before !== null && !Array.isArray(before)
              ? Object.fromEntries(Object.entries(before).filter(([key]) => key !== name))
              : before,
        ),
    );
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...places), change, (place, replacement) => {
        const changed = place(replacement);
        const isTaken = isBatch(changed);
        if (isTaken) taken += 1;
        expect([changed, isTaken]).toEqual([changed, batchRequest.safeParse(changed).success]);
      }),
      { numRuns: 3_000, seed: 6 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it('leaves it to the contract to say what is wrong', () => {
    const [first, ...others] = written();
    expect(() => readBatch({ entries: [{ ...(first as object), seq: 0 }, ...others] })).toThrow(/entries/);
  });
});
