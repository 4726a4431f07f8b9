/** One part of a refund, against a provider that loses answers, is behind, says slow down, and remembers keys. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, ProviderOperation, ProviderView } from '../../../app/payment/provider.ts';
import {
  afterRead,
  afterSend,
  beginSending,
  leaving,
  nextStep,
  type OtherRefund,
  type PartState,
  type ReadContext,
  type Sending,
  stateOfParts,
} from '../../../app/refund/refund.ts';

const error = { code: 'x', message: 'x', httpStatus: null, traceId: null };
const KEY = 'syd-1-abcd-1-r1';

function viewWith(operations: readonly ProviderOperation[]): ProviderView {
  const refundedOre = operations.reduce((sum, { amountOre }) => sum + amountOre, 0);
  return {
    opened: null,
    state: 'authorised',
    authorisedOre: 100,
    capturedOre: 100,
    releasedOre: 0,
    refundedOre,
    transactionId: null,
    operations,
  };
}

const refundOf = (key: string | null): ProviderOperation => ({ kind: 'refund', key, amountOre: 100, ok: true });
/** Nothing else has gone back, or is going back. */
const ALONE: ReadContext = { amountOre: 100, through: 'epayment', others: [] };

describe('a refund that is being sent', () => {
  it('is done by an ok, and refused by a final no to the first try', () => {
    const begun = beginSending(KEY, 0);
    const sent = leaving(begun, 0, 'epayment');
    expect(afterSend(sent, begun, { kind: 'ok', value: null }, 1)).toEqual({ state: 'done' });
    expect(afterSend(sent, begun, { kind: 'refused', error }, 1)).toMatchObject({ state: 'refused' });
  });

  it('is in doubt from the moment it leaves, so that a power cut leads to reading', () => {
    expect(nextStep(leaving(beginSending(KEY, 0), 5, 'epayment'), 5)).toEqual({ do: 'read' });
  });

  it('is proved by its own key alone: another refund of the same amount is somebody else’s', () => {
    const sent = leaving(beginSending(KEY, 0), 0, 'epayment');
    expect(afterRead(sent, { kind: 'ok', value: viewWith([refundOf('syd-1-abcd-2-r1')]) }, 1, ALONE)).toMatchObject({ state: 'sending' });
    expect(afterRead(sent, { kind: 'ok', value: viewWith([refundOf(KEY)]) }, 1, ALONE)).toEqual({ state: 'done' });
    expect(afterRead(sent, { kind: 'ok', value: viewWith([{ ...refundOf(KEY), ok: false }]) }, 1, ALONE)).toMatchObject({
      state: 'sending',
    });
  });

  it('does not believe a no while an earlier try may have gone through: it reads first', () => {
    const first = leaving(beginSending(KEY, 0), 0, 'epayment');
    const absent = afterRead(first, { kind: 'ok', value: viewWith([]) }, 1, ALONE);
    if (absent.state !== 'sending') throw new Error('not sending');
    const second = leaving(absent.sending, 13_000, 'epayment');
    const refused = afterSend(second, absent.sending, { kind: 'refused', error }, 13_001);
    if (refused.state !== 'sending') throw new Error('not sending');
    expect(nextStep(refused.sending, 13_001)).toEqual({ do: 'read' });
    expect(afterRead(refused.sending, { kind: 'ok', value: viewWith([refundOf(KEY)]) }, 13_002, ALONE)).toEqual({ state: 'done' });
    expect(afterRead(refused.sending, { kind: 'ok', value: viewWith([]) }, 13_002, ALONE)).toMatchObject({ state: 'refused' });
  });

  it('ends, in what really happened, once the faults do, and is never sent more often than five times a minute', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('ok', 'lost-after', 'lost-before', 'slow-down', 'unreadable', 'behind'), { maxLength: 25 }),
        fc.boolean(),
        (faults, isRefusable) => {
          const done: string[] = [];
          const sentAtMs: number[] = [];
          let turn = 0;
          let nowMs = 0;
          const fault = () => faults[turn++] ?? 'ok';

          const provide = (): Answer<null> => {
            const what = fault();
            if (what === 'slow-down') return { kind: 'retryable', error, retryAfterMs: 2_000 };
            if (what === 'lost-before' || what === 'unreadable' || what === 'behind') return { kind: 'unknown', error };
            if (isRefusable && !done.includes(KEY)) return what === 'lost-after' ? { kind: 'unknown', error } : { kind: 'refused', error };
            if (!done.includes(KEY)) done.push(KEY);
            return what === 'lost-after' ? { kind: 'unknown', error } : { kind: 'ok', value: null };
          };
          const read = (): Answer<ProviderView | null> => {
            const what = fault();
            if (what === 'behind') return { kind: 'ok', value: viewWith([]) };
            return what === 'ok' ? { kind: 'ok', value: viewWith(done.map(refundOf)) } : { kind: 'unknown', error };
          };

          let state: PartState = { state: 'sending', sending: beginSending(KEY, 0) };
          for (let step = 0; step < 500 && state.state === 'sending'; step += 1) {
            const { sending }: { readonly sending: Sending } = state;
            const next = nextStep(sending, nowMs);
            if (next.do === 'wait') nowMs = next.untilMs;
            else if (next.do === 'read') state = afterRead(sending, read(), nowMs, ALONE);
            else {
              sentAtMs.push(nowMs);
              const sent = leaving(sending, nowMs, 'epayment');
              state = afterSend(sent, sending, provide(), nowMs);
            }
          }
          expect(state.state).toBe(done.length === 1 ? 'done' : 'refused');
          expect(done.length).toBe(isRefusable ? 0 : 1);
          for (const [index, at] of sentAtMs.entries())
            expect((sentAtMs[index + 5] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(60_000);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a refund that left through eCom, and is read through ePayment, which may not have its key', () => {
  const left = leaving(beginSending(KEY, 0), 0, 'ecom');
  const read = (operations: readonly ProviderOperation[], more: Partial<ReadContext> = {}, sending = left) =>
    afterRead(sending, { kind: 'ok', value: viewWith(operations) }, 1, { ...ALONE, ...more }).state;
  const done = (key: string): OtherRefund => ({ key, amountOre: 100, progress: { state: 'done' } });
  const inDoubt = (key: string): OtherRefund => {
    return { key, amountOre: 100, progress: { state: 'sending', sending: leaving(beginSending(key, 0), 0, 'ecom') } };
  };

  it('is the one of its amount that stands there without a key', () => {
    expect(read([refundOf(null)])).toBe('done');
    expect(read([{ ...refundOf(null), amountOre: 99 }])).toBe('sending');
    expect(read([{ ...refundOf(null), ok: false }])).toBe('sending');
  });

  it('is not one that another refund explains', () => {
    const others = [done('syd-1-abcd-2-r1')];
    expect(read([refundOf(null)], { others })).toBe('sending');
    expect(read([refundOf(null), refundOf(null)], { others })).toBe('done');
    expect(read([refundOf(null), refundOf('syd-1-abcd-2-r1')], { others })).toBe('done');
  });

  it('is told once of several that are in doubt: the first takes the first, the next is sent again', () => {
    const [first, second] = ['syd-1-abcd-0-r1', 'syd-1-abcd-9-r1'];
    expect(read([refundOf(null)], { others: [inDoubt(first)] })).toBe('sending');
    expect(read([refundOf(null)], { others: [inDoubt(second)] })).toBe('done');
    expect(read([refundOf(null), refundOf(null)], { others: [inDoubt(first)] })).toBe('done');
  });

  it('needs its key where the history has keys: read through eCom, or sent through ePayment', () => {
    expect(read([refundOf(null)], { through: 'ecom' })).toBe('sending');
    expect(read([refundOf(null)], {}, leaving(beginSending(KEY, 0), 0, 'epayment'))).toBe('sending');
  });
});

describe('a refund of several parts', () => {
  const sending: PartState = { state: 'sending', sending: beginSending(KEY, 0) };
  const refused: PartState = { state: 'refused', refusal: { code: 'x', message: 'x' } };
  it('is as far as the least of them; refused when all are; done when one went through', () => {
    expect(stateOfParts([{ state: 'done' }, sending])).toBe('sending');
    expect(stateOfParts([refused, sending])).toBe('sending');
    expect(stateOfParts([refused, refused])).toBe('refused');
    expect(stateOfParts([refused, { state: 'done' }])).toBe('done');
    expect(stateOfParts([])).toBe('done');
  });
});
