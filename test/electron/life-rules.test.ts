import { describe, expect, it } from 'vitest';
import type { CashierView, PaymentPhase } from '../../app/till/contract.ts';
import { comesBack, isAtRest, isMidPayment, revivalDelayMs } from '../../main/life.ts';

const payment = (phase: PaymentPhase): Pick<CashierView, 'stage'> => ({
  stage: {
    kind: 'payment',
    phase,
    tone: 'waiting',
    byQr: true,
    amountOre: 100,
    title: '',
    detail: '',
    timeline: [],
    expiresAtMs: null,
    totalMs: null,
    buttons: [],
    support: null,
    reference: 'r',
  },
});
const selling: Pick<CashierView, 'stage' | 'basket' | 'prompt' | 'printQueue'> = {
  stage: { kind: 'selling' },
  basket: null,
  prompt: null,
  printQueue: [],
};

describe('quitting', () => {
  it('asks while a payment is under way, from before the QR to the last question', () => {
    const phases = ['creating', 'waiting-for-scan', 'waiting-for-approval', 'collecting', 'cancelling', 'checking', 'asking'] as const;
    for (const phase of phases) expect([phase, isMidPayment(payment(phase))]).toEqual([phase, true]);
  });

  it('asks nothing when the payment is over, or there is none', () => {
    for (const phase of ['paid', 'not-paid', 'given-back'] as const) expect([phase, isMidPayment(payment(phase))]).toEqual([phase, false]);
    expect(isMidPayment(selling)).toBe(false);
  });
});

describe('an update', () => {
  it('may restart an empty till, and none where anything is under way', () => {
    expect(isAtRest(selling)).toBe(true);
    expect(isAtRest({ ...selling, ...payment('paid') })).toBe(false);
    expect(isAtRest({ ...selling, printQueue: [{ jobId: 'j', title: '', state: 'waiting', text: '' }] })).toBe(false);
    expect(isAtRest({ ...selling, prompt: { kind: 'age', years: 18, name: '', bornOnOrBefore: '' } })).toBe(false);
  });
});

describe('a page that died', () => {
  it('is back at once the first times, and waits longer when it dies again and again', () => {
    expect([1, 2, 3].map((count) => revivalDelayMs(Array(count).fill(1_000), 1_000))).toEqual([0, 0, 0]);
    expect([4, 5, 6].map((count) => revivalDelayMs(Array(count).fill(1_000), 1_000))).toEqual([1_000, 2_000, 4_000]);
    expect(revivalDelayMs(Array(20).fill(1_000), 1_000)).toBe(30_000);
  });

  it('is back at once again after a quiet minute', () => {
    expect(revivalDelayMs([...Array(10).fill(0), 61_000], 61_000)).toBe(0);
  });

  it('stays away only when it was let go', () => {
    expect(['crashed', 'oom', 'killed', 'abnormal-exit', 'launch-failed'].every(comesBack)).toBe(true);
    expect(comesBack('clean-exit')).toBe(false);
  });
});
