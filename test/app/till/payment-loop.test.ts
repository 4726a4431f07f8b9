import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../../app/journal/events.ts';
import { applyPaymentEvent } from '../../../app/payment/apply.ts';
import type { Payment } from '../../../app/payment/payment.ts';
import { onCancelRequested } from '../../../app/payment/person.ts';
import {
  type Answer,
  type CallLimits,
  NO_EXTRAS,
  type PaymentOrder,
  type PaymentProvider,
  type ProviderCall,
  type ProviderView,
} from '../../../app/payment/provider.ts';
import { PaymentLoop } from '../../../app/till/payment-loop.ts';
import { MORNING_MS, VirtualTime } from '../../simulation/virtual-time.ts';
import { applied, failure, limits, ORDER, planned, views } from '../payment/payments.ts';

/** What becomes of one request. */
interface Fate {
  readonly tookMs: number;
  readonly comes: 'ok' | 'refused' | 'retryable' | 'unknown' | 'unsent' | 'thrown';
  readonly toldMs: number | null;
}
const FINE: Fate = { tookMs: 120, comes: 'ok', toldMs: null };

interface Left {
  readonly call: ProviderCall;
  readonly atMs: number;
  readonly overAtMs: number;
  readonly requests: number;
  readonly fate: Fate;
}

/** One payment that its loop runs against a provider of which only the manners matter. */
class Running {
  readonly time = new VirtualTime();
  readonly left: Left[] = [];
  readonly events: { readonly event: PaymentEvent; readonly atMs: number }[] = [];
  readonly loop: PaymentLoop;
  payment: Payment = applied(null, planned);
  tells: ProviderView = views.open;
  mostInFlight = 0;
  #inFlight = 0;

  constructor(of: CallLimits, fateOf: (call: ProviderCall) => Fate, chance = 0, order: PaymentOrder = ORDER) {
    const { time } = this;
    this.payment = { ...this.payment, order };
    const ask = async <T>(call: ProviderCall, value: () => T): Promise<Answer<T>> => {
      const fate = fateOf(call);
      // A payment that waits has no events to ask for.
      const requests = call === 'read' && this.tells === views.open ? 1 : of[call].requests;
      this.left.push({ call, atMs: time.nowMs, overAtMs: time.nowMs + fate.tookMs, requests, fate });
      this.#inFlight += 1;
      this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
      await time.wait(fate.tookMs);
      this.#inFlight -= 1;
      const error = failure(fate.comes);
      switch (fate.comes) {
        case 'ok':
          return { kind: 'ok', value: value(), requests };
        case 'refused':
          return { kind: 'refused', error };
        case 'retryable':
          return { kind: 'retryable', error, retryAfterMs: fate.toldMs };
        case 'unsent':
          return { kind: 'retryable', error, retryAfterMs: null, unsent: true };
        case 'unknown':
          return { kind: 'unknown', error, retryAfterMs: fate.toldMs };
        case 'thrown':
          throw new RangeError('a defect of the adapter');
      }
    };
    const nothing = () => null;
    const provider: PaymentProvider = {
      createdUrl: 'payment',
      reaches: ['NO'],
      apiOf: () => 'epayment',
      limits: of,
      warm: async () => ({ kind: 'ok', value: null }),
      create: () => ask('create', () => ({ url: 'https://pay.example/1' })),
      fetchQr: async () => ({ kind: 'unknown', error: failure('lost') }),
      fetchQrText: async () => ({ kind: 'ok', value: null }),
      read: () => ask('read', () => this.tells),
      story: () => ask('read', () => null),
      capture: () => ask('capture', nothing),
      cancel: () => ask('cancel', nothing),
      refund: () => ask('refund', nothing),
    };
    this.loop = new PaymentLoop({
      clock: time.clock,
      timers: time,
      random: { bytes: (count) => new Uint8Array(count).fill(chance) },
      log: { write: () => {} },
      provider,
      payment: () => this.payment,
      extras: () => NO_EXTRAS,
      wanted: () => true,
      record: (events) => this.record(events),
      onContact: () => {},
    });
    this.loop.wake();
  }

  record(events: readonly PaymentEvent[]): void {
    const moment = { atMs: this.time.clock.nowMs(), offsetMinutes: 60, operator: 'system', document: null };
    for (const event of events) {
      this.payment = applyPaymentEvent(this.payment, { ...event, ...moment });
      this.events.push({ event, atMs: this.time.nowMs });
    }
    this.loop.noteRecorded(events);
  }

  cancel(): void {
    this.record(onCancelRequested(this.payment));
    this.loop.checkNow();
  }

  reads(): readonly number[] {
    return this.left.flatMap(({ call, atMs }) => (call === 'read' ? [atMs] : []));
  }

  endedAtMs(): number | null {
    return this.events.find(({ event }) => event.type === 'payment.release-intended')?.atMs ?? null;
  }
}

const fate: fc.Arbitrary<Fate> = fc.record({
  tookMs: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 400 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 10_000 }) },
  ),
  comes: fc.constantFrom('ok', 'ok', 'ok', 'refused', 'retryable', 'unknown', 'unsent', 'thrown'),
  toldMs: fc.option(fc.integer({ min: 0, max: 40_000 })),
});
/** What happens outside, some time after the last such thing. */
const outside = fc.record({
  afterMs: fc.integer({ min: 0, max: 20_000 }),
  what: fc.constantFrom('check', 'check', 'wake', 'cancel', 'approve', 'set the clock'),
  byMs: fc.integer({ min: -3_600_000, max: 3_600_000 }),
});

/** Plays a payment for twelve minutes: every request has a fate, and things happen outside. */
async function play(
  of: CallLimits,
  fates: readonly Fate[],
  happens: readonly (typeof outside extends fc.Arbitrary<infer T> ? T : never)[],
) {
  let next = 0;
  const running = new Running(of, () => fates[next++ % fates.length] ?? FINE, 128);
  for (const { afterMs, what, byMs } of happens) {
    await running.time.pass(afterMs);
    if (what === 'check') running.loop.checkNow();
    if (what === 'wake') running.loop.wake();
    if (what === 'set the clock') running.time.setClock(byMs);
    if (what === 'cancel') running.cancel();
    if (what === 'approve') running.tells = views.authorised;
  }
  await running.time.pass(120_000);
  return running;
}

describe.each([
  ['one request a call', limits(2, 1)],
  ['two requests a read and a creation', limits(5, 2)],
] as const)('The loop, with %s,', (_name, of) => {
  it('never has two requests under way, and never asks more than the provider takes in a minute', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 40 }), fc.array(outside, { maxLength: 30 }), async (fates, happens) => {
        const running = await play(of, fates, happens);
        expect(running.mostInFlight).toBeLessThanOrEqual(1);
        for (const kind of ['create', 'read', 'capture', 'cancel', 'refund'] as const) {
          const made = running.left.filter((one) => one.call === kind && one.fate.comes !== 'unsent');
          const times = made.flatMap(({ atMs, requests }) => Array.from({ length: requests }, () => atMs));
          for (let index = of[kind].perMinute; index < times.length; index += 1) {
            expect((times[index] ?? 0) - (times[index - of[kind].perMinute] ?? 0)).toBeGreaterThanOrEqual(60_000);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('sees an approval that it is told of within a quarter of a second, whenever the last read left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1_000, max: 120_000 }), fc.integer({ min: 5, max: 60 }), async (waitedMs, tookMs) => {
        const running = new Running(of, () => ({ ...FINE, tookMs }));
        await running.time.pass(waitedMs);
        running.tells = views.authorised;
        running.loop.checkNow();
        await running.time.pass(250);
        expect(running.events.map(({ event }) => event.type)).toContain('payment.approved');
      }),
      { numRuns: 60 },
    );
  });

  it('reads every second from the code to the end, and ends nothing before the ten minutes, whoever sets the clock', async () => {
    const clocks = fc.array(
      fc.record({ atMs: fc.integer({ min: 2_000, max: 590_000 }), byMs: fc.integer({ min: -7_200_000, max: 7_200_000 }) }),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(clocks, fc.integer({ min: 0, max: 255 }), fc.integer({ min: 5, max: 400 }), async (sets, chance, tookMs) => {
        const running = new Running(of, () => ({ ...FINE, tookMs }), chance);
        let atMs = 0;
        for (const set of [...sets].sort((a, b) => a.atMs - b.atMs)) {
          await running.time.pass(set.atMs - atMs);
          atMs = set.atMs;
          running.time.setClock(set.byMs);
        }
        await running.time.pass(610_000 - atMs);
        expect(running.endedAtMs()).toBeNull();
        await running.time.pass(10_000);
        expect(running.endedAtMs()).not.toBeNull();
        const reads = running.reads().filter((readMs) => readMs < 610_000);
        expect(reads.length).toBeGreaterThanOrEqual(540);
        for (const [index, readMs] of reads.entries()) expect(readMs - (reads[index - 1] ?? 0)).toBeLessThanOrEqual(1_700);
      }),
      { numRuns: 12 },
    );
  });
});

describe('The loop', () => {
  it('reads on while a cancel has to wait for its turn', async () => {
    const running = new Running(limits(2, 1), (call) => (call === 'cancel' ? { ...FINE, comes: 'retryable', toldMs: 30_000 } : FINE));
    await running.time.pass(5_000);
    running.cancel();
    await running.time.pass(25_000);
    expect(running.left.filter(({ call }) => call === 'cancel')).toHaveLength(1);
    expect(running.reads().filter((atMs) => atMs > 6_000).length).toBeGreaterThanOrEqual(20);
    running.tells = views.terminated;
    await running.time.pass(2_000);
    expect(running.payment.state).toBe('released');
  });

  it('pauses as a broken service says', async () => {
    let reads = 0;
    const running = new Running(limits(2, 1), (call) =>
      call === 'read' && ++reads === 3 ? { ...FINE, comes: 'unknown', toldMs: 20_000 } : FINE,
    );
    await running.time.pass(40_000);
    const [third = 0, fourth = 0] = running.reads().slice(2);
    expect(fourth - third).toBe(20_120);
  });

  it('searches the provider’s history for its own key before it sends a capture again', async () => {
    const running = new Running(limits(2, 1), (call) => (call === 'capture' ? { ...FINE, comes: 'unknown' } : FINE));
    running.tells = views.authorised;
    await running.time.pass(60_000);
    const calls = running.left.map(({ call }) => call);
    const captures = calls.flatMap((call, index) => (call === 'capture' ? [index] : []));
    expect(captures.length).toBeGreaterThanOrEqual(4);
    expect(captures.length).toBeLessThanOrEqual(5);
    for (const index of captures) expect(calls[index - 1]).toBe('read');
  });

  it('lets a payment that lives for days end by the wall clock, though its machine slept meanwhile', async () => {
    const flow = { kind: 'push', shown: '+47 9… 67', expiresAtMs: MORNING_MS + 86_400_000 } as const;
    const running = new Running(limits(2, 1), () => FINE, 0, { ...ORDER, flow });
    await running.time.pass(3_600_000);
    expect(running.endedAtMs()).toBeNull();
    // The clock of the program stood still with the machine, the one on the wall went on.
    running.time.setClock(24 * 3_600_000);
    await running.time.pass(120_000);
    expect(running.endedAtMs()).not.toBeNull();
  });

  it('takes a request that its own defect ended as one that may have left', async () => {
    const running = new Running(limits(2, 1), (call) => (call === 'create' ? { ...FINE, comes: 'thrown' } : FINE));
    await running.time.pass(30_000);
    expect(running.left.filter(({ call }) => call === 'create')).toHaveLength(1);
    expect(running.payment.state).not.toBe('creating');
  });
});
