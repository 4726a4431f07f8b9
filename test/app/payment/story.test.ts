import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../app/payment/payment.ts';
import type { ProviderStep, ProviderStory, ProviderView } from '../../../app/payment/provider.ts';
import { type Attempt, type Told, tellStory } from '../../../app/payment/story.ts';

const NOON_MS = Date.UTC(2026, 10, 20, 11);
const AMOUNT = 20_160;

function released(attempt: number): Payment {
  return {
    state: 'released',
    paymentId: `p${attempt}`,
    saleId: 's1',
    attempt,
    order: { reference: `kolo-1-2611-a-1-${attempt}`, amountOre: AMOUNT, currency: 'NOK', text: 'Salg 1' },
    plannedAtMs: NOON_MS,
    moments: { createdAtMs: NOON_MS + 1, openedAtMs: null, approvedAtMs: NOON_MS + 2 },
    trouble: null,
    replaceByOre: null,
    replaceCollect: 'at-once',
    collectOre: AMOUNT,
    endedAtMs: NOON_MS + 3,
    wasApproved: true,
    why: 'cashier',
  };
}

function captured(attempt: number, more: Partial<Extract<Payment, { state: 'captured' }>> = {}): Payment {
  const {
    state: _state,
    endedAtMs: _endedAtMs,
    wasApproved: _wasApproved,
    why: _why,
    ...common
  } = released(attempt) as Extract<Payment, { state: 'released' }>;
  return {
    ...common,
    state: 'captured',
    capturedAtMs: NOON_MS + 3,
    capturedOre: AMOUNT,
    transactionId: null,
    question: null,
    keepRequested: false,
    refund: null,
    rest: null,
    ...more,
  };
}

const SILENT: Told = { kind: 'silent' };
const attemptOf = (payment: Payment, told: Told = SILENT, refunds: Attempt['refunds'] = []): Attempt => ({ payment, told, refunds });

/** What the provider tells when these steps happened. */
function toldOf(...steps: readonly Omit<ProviderStep, 'atMs'>[]): Told {
  const sum = (...kinds: readonly ProviderStep['kind'][]) =>
    steps.reduce((total, { kind, amountOre, ok }) => (ok && kinds.includes(kind) ? total + amountOre : total), 0);
  const authorisedOre = sum('authorise', 'sale');
  const view: ProviderView = {
    opened: null,
    state: authorisedOre > 0 ? 'authorised' : steps.some(({ kind }) => kind === 'cancel' || kind === 'expire') ? 'terminated' : 'open',
    authorisedOre,
    capturedOre: sum('capture', 'sale'),
    releasedOre: sum('void'),
    refundedOre: sum('refund'),
    transactionId: null,
    operations: [],
  };
  const story: ProviderStory = { view, steps: steps.map((step, index) => ({ ...step, atMs: NOON_MS + index })) };
  return { kind: 'story', story };
}

const step = (kind: ProviderStep['kind'], amountOre = AMOUNT, ok = true) => ({ kind, amountOre, ok });
const EVENTS = (...attempts: readonly Attempt[]) => tellStory(attempts, AMOUNT).attempts.map(({ rows }) => rows.map(({ event }) => event));

describe('the customer who says "twice"', () => {
  it('was reserved twice and charged once, when the first attempt was let go', () => {
    const first = attemptOf(released(1), toldOf(step('initiate'), step('authorise'), step('void')));
    const second = attemptOf(captured(2), toldOf(step('initiate'), step('authorise'), step('capture')));
    expect(tellStory([first, second], AMOUNT)).toMatchObject({ verdict: 'paid', paidOre: AMOUNT, releasedOre: AMOUNT, tooMuchOre: 0 });
    expect(EVENTS(first, second)).toEqual([
      ['created', 'reserved', 'released'],
      ['created', 'reserved', 'captured'],
    ]);
  });

  it('was charged twice, when two attempts were captured and the sale has one', () => {
    const told = toldOf(step('initiate'), step('sale'));
    expect(tellStory([attemptOf(captured(1), told), attemptOf(captured(2), told)], AMOUNT)).toMatchObject({
      verdict: 'twice',
      paidOre: 2 * AMOUNT,
      tooMuchOre: AMOUNT,
    });
  });

  it('was not charged twice by a sale that was paid in two parts', () => {
    const told = toldOf(step('initiate'), step('authorise'), step('capture'));
    expect(tellStory([attemptOf(captured(1), told), attemptOf(captured(2), told)], 2 * AMOUNT)).toMatchObject({
      verdict: 'in-parts',
      tooMuchOre: 0,
    });
  });

  it('has got it back, when one of two captures was refunded', () => {
    const both = toldOf(step('initiate'), step('sale'), step('refund'));
    const story = tellStory([attemptOf(captured(1), both), attemptOf(captured(2), toldOf(step('initiate'), step('sale')))], AMOUNT);
    expect(story).toMatchObject({ verdict: 'paid', paidOre: AMOUNT, refundedOre: AMOUNT });
  });

  it('is not told of too much while the cashier is still being asked what to do', () => {
    const asked = attemptOf(captured(1, { question: 'keep-or-refund' }), toldOf(step('initiate'), step('sale')));
    expect(tellStory([asked], 0).verdict).toBe('open');
  });
});

describe('a story', () => {
  it('has no row for what was refused and moved nothing', () => {
    expect(
      EVENTS(attemptOf(captured(1), toldOf(step('initiate'), step('authorise'), step('capture', AMOUNT, false), step('capture')))),
    ).toEqual([['created', 'reserved', 'captured']]);
  });

  it('tells a bank’s no and an expiry apart', () => {
    const no = toldOf(step('initiate'), step('authorise', AMOUNT, false), step('cancel'));
    const late = toldOf(step('initiate'), step('expire', AMOUNT, false));
    expect(EVENTS(attemptOf(released(1), no), attemptOf(released(2), late))).toEqual([
      ['created', 'not-reserved', 'cancelled'],
      ['created', 'expired'],
    ]);
  });

  it('tells the provider’s word, not the record’s, where they differ', () => {
    expect(tellStory([attemptOf(captured(1), toldOf(step('initiate'), step('authorise'), step('void')))], AMOUNT).verdict).toBe('nothing');
  });

  it('tells the record where the provider is silent, and that it was', () => {
    const refunds = [{ amountOre: 4_000, atMs: NOON_MS + 9 }];
    const story = tellStory([attemptOf(released(1)), attemptOf(captured(2), SILENT, refunds)], AMOUNT);
    expect(story).toMatchObject({ asked: false, verdict: 'paid', paidOre: AMOUNT - 4_000, refundedOre: 4_000, releasedOre: AMOUNT });
    expect(story.attempts.map(({ source, rows }) => [source, ...rows.map(({ event }) => event)])).toEqual([
      ['silent', 'created', 'reserved', 'released'],
      ['silent', 'created', 'reserved', 'captured', 'refunded'],
    ]);
  });

  it('is not over while the part that the sale does not take is on its way back', () => {
    const refund = { state: 'sending', key: 'r', amountOre: 160, unknown: false } as const;
    const told = toldOf(step('initiate'), step('authorise'), step('capture'));
    expect(tellStory([attemptOf(captured(1, { refund }), told)], AMOUNT - 160)).toMatchObject({ verdict: 'open', tooMuchOre: 0 });
  });

  it('never says more was paid than was captured, nor that less than nothing was', () => {
    const anyStep = fc.record({
      kind: fc.constantFrom<ProviderStep['kind']>('authorise', 'sale', 'capture', 'cancel', 'void', 'refund', 'expire'),
      amountOre: fc.integer({ min: 1, max: AMOUNT }),
      ok: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(anyStep, { maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        fc.nat({ max: 3 * AMOUNT }),
        (all, saleHasOre) => {
          const attempts = all.map((steps, index) => attemptOf(captured(index + 1), toldOf(step('initiate'), ...steps)));
          const story = tellStory(attempts, saleHasOre);
          const capturedOre = story.attempts.reduce((sum, attempt) => sum + attempt.capturedOre, 0);
          expect(story.paidOre).toBe(capturedOre - story.refundedOre);
          expect(story.tooMuchOre).toBeGreaterThanOrEqual(0);
          expect(story.tooMuchOre).toBeLessThanOrEqual(Math.max(0, story.paidOre));
          expect(story.verdict === 'twice').toBe(story.tooMuchOre > 0);
          expect(story.attempts).toHaveLength(attempts.length);
        },
      ),
      { numRuns: 300, seed: 9 },
    );
  });
});
