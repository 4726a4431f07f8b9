import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallLimits, ProviderCall } from '../../../app/payment/provider.ts';
import {
  type Asked,
  dueAtMs,
  NOTHING_ASKED,
  noteCall,
  noteHurry,
  noteIntent,
  type Pace,
  type PastCall,
} from '../../../app/payment/schedule.ts';
import { limits } from './payments.ts';

/** As eCom has them, and as ePayment. */
const ONE_REQUEST = limits(2, 1);
const TWO_REQUESTS = limits(5, 2);

type Come = Partial<Omit<PastCall, 'call'>>;

type Calls = readonly (readonly [ProviderCall, Come?])[];

/** Each call leaves as soon as it may, and is answered after 100 ms. */
function asks(calls: Calls): { readonly asked: Asked; readonly times: readonly number[] } {
  let asked = NOTHING_ASKED;
  let atMs = 0;
  const times = calls.map(([call, come = {}]) => {
    const leftAtMs = Math.max(atMs, dueAtMs(asked, ONE_REQUEST, call, 'counter'));
    atMs = leftAtMs + 100;
    asked = noteCall(asked, { call, leftAtMs, overAtMs: atMs, requests: 1, outcome: 'ok', toldMs: null, chance: 0, ...come });
    return leftAtMs;
  });
  return { asked, times };
}
const having = (...calls: Calls): Asked => asks(calls).asked;
const times = (...calls: Calls): readonly number[] => asks(calls).times;
const due = (asked: Asked, call: ProviderCall, pace: Pace = 'counter') => dueAtMs(asked, ONE_REQUEST, call, pace);
/** When the same call leaves, with the same outcome each time. */
const again = (call: ProviderCall, count: number, come: Come) => times(...Array.from({ length: count }, () => [call, come] as const));

/** Somebody asks for a read again and again, every 10 ms, answered at once: when each left. A read a second came before. */
function hurried(of: CallLimits, come: { readonly requests: number }, count: number, idleMs = 0): readonly number[] {
  const chance = { outcome: 'ok', toldMs: null, chance: 0 } as const;
  let asked = noteCall(NOTHING_ASKED, { call: 'read', leftAtMs: 0 - idleMs, overAtMs: 0 - idleMs, ...chance, ...come });
  const left: number[] = [];
  for (let atMs = 1_000; left.length < count; atMs += 10) {
    asked = noteHurry(asked, atMs);
    if (dueAtMs(asked, of, 'read', 'counter') > atMs) continue;
    asked = noteCall(asked, { call: 'read', leftAtMs: atMs, overAtMs: atMs, ...chance, ...come });
    left.push(atMs);
  }
  return left;
}
const gaps = (atMs: readonly number[]): readonly number[] => atMs.slice(1).map((each, index) => each - (atMs[index] ?? 0));

describe('A read', () => {
  it('is due at once when nothing was asked yet', () => {
    expect(due(NOTHING_ASKED, 'read')).toBeLessThan(0);
  });

  it('follows the last one after a second at the counter, after five where nobody waits', () => {
    expect(times(['read'], ['read'], ['read'])).toEqual([0, 1_000, 2_000]);
    expect(due(having(['read']), 'read', 'watch')).toBe(5_000);
  });

  it('goes on every second when answers are lost, and when nothing leaves the register', () => {
    expect(again('read', 4, { outcome: 'unknown' })).toEqual([0, 1_000, 2_000, 3_000]);
    expect(again('read', 4, { outcome: 'unsent' })).toEqual([0, 1_000, 2_000, 3_000]);
  });

  it('follows a send at once, but nobody can have scanned a code that is not on the screen yet', () => {
    expect(due(having(['capture']), 'read')).toBe(100);
    expect(due(having(['create']), 'read')).toBe(1_100);
    expect(due(having(['create', { outcome: 'unknown' }]), 'read')).toBe(100);
  });

  it('waits as long as the provider told', () => {
    expect(due(having(['read', { outcome: 'retryable', toldMs: 12_000 }]), 'read')).toBe(12_100);
    expect(due(having(['read', { outcome: 'unknown', toldMs: 30_000 }]), 'read')).toBe(30_100);
  });

  it('becomes slower with each time that it is too much and nobody says for how long', () => {
    expect(again('read', 7, { outcome: 'retryable' })).toEqual([0, 2_100, 6_200, 14_300, 30_400, 62_500, 122_600]);
  });

  it('comes at once when somebody asks for it, and as soon as a tenth of a second after the last one', () => {
    expect(due(noteHurry(having(['read']), 700), 'read')).toBe(700);
    expect(due(noteHurry(having(['read']), 150), 'read')).toBe(150);
    expect(due(noteHurry(having(['read']), 20), 'read')).toBe(100);
    expect(due(noteHurry(having(['create']), 300), 'read')).toBe(300);
  });

  it('that is asked for again and again comes as the limit spreads over the minute, after a few', () => {
    const pressed = hurried(ONE_REQUEST, { requests: 1 }, 10);
    expect(gaps(pressed)).toEqual([100, 100, 100, 100, 100, 100, 500, 500, 500]);
    // A minute later it is quick again.
    expect(gaps(hurried(ONE_REQUEST, { requests: 1 }, 3, 70_000))).toEqual([100, 100]);
  });

  it('of an API that can need two requests is hurried too while the payment waits and costs one', () => {
    expect(gaps(hurried(TWO_REQUESTS, { requests: 1 }, 3))).toEqual([100, 100]);
    expect(gaps(hurried(TWO_REQUESTS, { requests: 2 }, 3))).toEqual([1_000, 1_000]);
  });

  it('comes no earlier while told to wait, and not for keys that are refused', () => {
    expect(due(noteHurry(having(['read', { outcome: 'retryable', toldMs: 12_000 }]), 700), 'read')).toBe(12_100);
    expect(due(noteHurry(having(['read', { outcome: 'refused' }]), 700), 'read')).toBe(1_000);
  });

  it('is later by a little chance, never earlier', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => {
        const atMs = due(having(['read', { chance }]), 'read');
        expect(atMs).toBeGreaterThanOrEqual(1_000);
        expect(atMs).toBeLessThanOrEqual(1_080);
      }),
    );
  });
});

describe('A send', () => {
  it('leaves at once when it is new, whatever was sent for another intent', () => {
    expect(due(NOTHING_ASKED, 'cancel')).toBeLessThan(0);
    expect(due(noteIntent(having(['cancel', { outcome: 'refused' }])), 'cancel')).toBeLessThanOrEqual(100);
  });

  it('is tried again soon when nothing had left the register, for as long as it takes', () => {
    expect(again('create', 7, { outcome: 'unsent' })).toEqual([0, 1_600, 4_700, 9_300, 15_400, 21_500, 27_600]);
  });

  it('is tried again soon after a lost answer, then less and less, and a sixth never leaves within the minute', () => {
    expect(again('capture', 7, { outcome: 'unknown' })).toEqual([0, 3_100, 9_200, 21_300, 45_400, 75_500, 105_600]);
    expect(again('refund', 6, { outcome: 'retryable', toldMs: 0 })).toEqual([0, 100, 200, 300, 400, 60_100]);
  });

  it('that a whole minute’s creations were used up for waits for the minute’s end', () => {
    expect(again('create', 3, { outcome: 'retryable' })).toEqual([0, 3_100, 60_100]);
  });

  it('waits longer when the provider says that it was done and does not show it yet', () => {
    expect(again('cancel', 2, { outcome: 'ok' })).toEqual([0, 12_100]);
  });

  it('waits as long as the provider told, and so does the next intent of its kind', () => {
    const told = having(['cancel', { outcome: 'retryable', toldMs: 20_000 }]);
    expect(due(told, 'cancel')).toBe(20_100);
    expect(due(noteIntent(told), 'cancel')).toBe(20_100);
    expect(due(told, 'read')).toBe(100);
  });

  it('counts the minute over all intents of its kind', () => {
    let asked = NOTHING_ASKED;
    for (let intent = 0; intent < 5; intent += 1) {
      asked = noteCall(noteIntent(asked), {
        call: 'capture',
        leftAtMs: intent * 1_000,
        overAtMs: intent * 1_000 + 500,
        requests: 1,
        outcome: 'refused',
        toldMs: null,
        chance: 0,
      });
    }
    expect(due(noteIntent(asked), 'capture')).toBe(60_500);
    expect(due(noteIntent(asked), 'cancel')).toBeLessThan(0);
  });
});

const call = fc.constantFrom<ProviderCall>('create', 'read', 'read', 'read', 'capture', 'cancel', 'refund');
const outcome = fc.constantFrom<PastCall['outcome']>('ok', 'ok', 'refused', 'retryable', 'unknown', 'unsent');
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
/** One call: how long the register dawdles before it, how long it is on its way, and when on its way each of its requests arrives. */
const made = fc.record({
  call,
  dawdleMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 90_000 }) }),
  tookMs: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 15_000 }) },
  ),
  arrives: fc.array(fraction, { minLength: 1, maxLength: 2 }),
  outcome,
  toldMs: fc.option(fc.integer({ min: 0, max: 70_000 }), { freq: 6 }),
  chance: fc.double({ min: 0, max: 1, noNaN: true }),
  before: fc.constantFrom('nothing', 'nothing', 'hurry', 'intent'),
});
type Made = typeof made extends fc.Arbitrary<infer T> ? T : never;

interface Sent extends PastCall {
  readonly arrivedAtMs: readonly number[];
}

/** Plays calls one after the other, each as soon as the schedule lets it. */
function play(steps: readonly Made[], of: CallLimits): readonly Sent[] {
  let asked = NOTHING_ASKED;
  let atMs = 0;
  return steps.map((step) => {
    if (step.before === 'hurry') asked = noteHurry(asked, atMs);
    if (step.before === 'intent') asked = noteIntent(asked);
    const leftAtMs = Math.max(atMs, dueAtMs(asked, of, step.call, 'counter')) + step.dawdleMs;
    const overAtMs = leftAtMs + step.tookMs;
    const toldMs = step.outcome === 'retryable' || step.outcome === 'unknown' ? step.toldMs : null;
    const arrivedAtMs = step.arrives.slice(0, of[step.call].requests).map((share) => leftAtMs + step.tookMs * share);
    const { outcome, chance } = step;
    const past: PastCall = { call: step.call, leftAtMs, overAtMs, requests: arrivedAtMs.length, outcome, toldMs, chance };
    asked = noteCall(asked, past);
    atMs = overAtMs;
    return { ...past, arrivedAtMs };
  });
}

describe.each([
  ['one request a call', ONE_REQUEST],
  ['two requests a read and a creation', TWO_REQUESTS],
] as const)('Whatever comes, with %s,', (_name, of) => {
  it('no minute has more requests than the provider takes, whenever on their way they arrive', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 250, size: 'max' }), (steps) => {
        const sent = play(steps, of).filter((one) => one.outcome !== 'unsent');
        for (const kind of ['create', 'read', 'capture', 'cancel', 'refund'] as const) {
          const { perMinute } = of[kind];
          const arrived = sent.flatMap((one) => (one.call === kind ? one.arrivedAtMs : [])).sort((a, b) => a - b);
          for (let index = perMinute; index < arrived.length; index += 1) {
            expect((arrived[index] ?? 0) - (arrived[index - perMinute] ?? 0)).toBeGreaterThanOrEqual(60_000);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('nothing leaves before the time that the provider told', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 80 }), (steps) => {
        const sent = play(steps, of);
        for (const [index, one] of sent.entries()) {
          const next = sent.slice(index + 1).find((other) => other.call === one.call);
          if (one.toldMs !== null && next !== undefined) expect(next.leftAtMs).toBeGreaterThanOrEqual(one.overAtMs + one.toldMs);
        }
      }),
    );
  });

  it('it is read again within seconds, unless the provider told to wait', () => {
    const impatient = made.map(
      (step): Made => ({
        ...step,
        call: 'read',
        dawdleMs: 0,
        tookMs: step.tookMs % 300,
        outcome: step.outcome === 'retryable' ? 'unknown' : step.outcome,
        toldMs: null,
      }),
    );
    fc.assert(
      fc.property(fc.array(impatient, { minLength: 2, maxLength: 250, size: 'max' }), (steps) => {
        const sent = play(steps, of);
        for (const [index, one] of sent.entries()) {
          const before = sent[index - 1];
          if (before !== undefined) expect(one.leftAtMs - before.leftAtMs).toBeLessThanOrEqual(1_500);
        }
      }),
      { numRuns: 200 },
    );
  });
});
