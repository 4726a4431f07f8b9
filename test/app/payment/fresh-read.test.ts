import { describe, expect, it } from 'vitest';
import { withFreshReads } from '../../../app/payment/fresh-read.ts';
import type { Answer, CallLimits, PaymentOrder, PaymentProvider, ProviderView } from '../../../app/payment/provider.ts';
import type { GivenUp } from '../../../app/till/ports.ts';
import { VirtualTime } from '../../simulation/virtual-time.ts';

const order: PaymentOrder = { reference: 'torg-1-2611-ab12-17-1', amountOre: 100, currency: 'NOK', text: 'x' };
const each = { perMinute: 120, requests: 2 };
const LIMITS: CallLimits = { create: each, read: each, capture: each, cancel: each, refund: each };
const failed: Answer<never> = { kind: 'unknown', error: { code: 'lost', message: '', httpStatus: null, traceId: null } };
const view = (transactionId: string): Answer<ProviderView> => ({
  kind: 'ok',
  value: {
    opened: null,
    state: 'open',
    authorisedOre: 0,
    capturedOre: 0,
    releasedOre: 0,
    refundedOre: 0,
    transactionId,
    operations: [],
  },
});

/** Reads of a provider that answers each after so long, and what came of the one that was asked for. */
function asking(...answers: readonly { readonly afterMs: number; readonly answer: Answer<ProviderView> }[]) {
  const time = new VirtualTime();
  let reads = 0;
  let open = 0;
  let most = 0;
  const provider = {
    limits: LIMITS,
    async read(_: PaymentOrder, givenUp?: GivenUp) {
      const { afterMs, answer } = answers[reads] ?? { afterMs: 0, answer: failed };
      reads += 1;
      open += 1;
      most = Math.max(most, open);
      const wasGivenUp = new Promise<'given up'>((resolve) => givenUp?.onGivenUp(() => resolve('given up')));
      const came = await Promise.race([wasGivenUp, time.wait(afterMs)]);
      open -= 1;
      return came === 'given up' ? failed : answer;
    },
  } as unknown as PaymentProvider;
  const fresh = withFreshReads(provider, { clock: time.clock, timers: time });
  let came: { readonly atMs: number; readonly what: string } | null = null;
  void fresh.provider.read(order).then((answer) => {
    came = { atMs: time.nowMs, what: answer.kind === 'ok' ? String(answer.value?.transactionId) : answer.kind };
  });
  return { time, hasten: () => fresh.hasten(order.reference), came: () => came, reads: () => reads, mostAtOnce: () => most };
}

const OLD = view('old');
const NEW = view('new');

describe('a read under way when the provider calls', () => {
  it('is waited for while it is quick, and asked once', async () => {
    const asked = asking({ afterMs: 400, answer: OLD });
    asked.hasten();
    await asked.time.pass(2_000);
    expect([asked.came(), asked.reads()]).toEqual([{ atMs: 400, what: 'old' }, 1]);
  });

  it('is asked anew half a second after it left, and the fresh answer counts', async () => {
    const asked = asking({ afterMs: 4_000, answer: OLD }, { afterMs: 50, answer: NEW });
    await asked.time.pass(100);
    asked.hasten();
    await asked.time.pass(5_000);
    expect(asked.came()).toEqual({ atMs: 550, what: 'new' });
  });

  it('is asked anew at once when it has hung for longer', async () => {
    const asked = asking({ afterMs: 4_000, answer: OLD }, { afterMs: 50, answer: NEW });
    await asked.time.pass(2_000);
    asked.hasten();
    await asked.time.pass(3_000);
    expect(asked.came()).toEqual({ atMs: 2_050, what: 'new' });
  });

  it('is ended before the next one leaves: one request at a time', async () => {
    const asked = asking({ afterMs: 600, answer: OLD }, { afterMs: 1_000, answer: NEW });
    asked.hasten();
    await asked.time.pass(3_000);
    expect([asked.came(), asked.reads(), asked.mostAtOnce()]).toEqual([{ atMs: 1_500, what: 'new' }, 2, 1]);
  });

  it('is unknown when the second fails: the schedule asks again', async () => {
    const asked = asking({ afterMs: 3_000, answer: OLD }, { afterMs: 100, answer: failed });
    asked.hasten();
    await asked.time.pass(5_000);
    expect(asked.came()).toEqual({ atMs: 600, what: 'unknown' });
  });

  it('is asked anew once, however often the provider calls', async () => {
    const asked = asking({ afterMs: 4_000, answer: OLD }, { afterMs: 2_000, answer: NEW });
    for (let call = 0; call < 20; call += 1) {
      asked.hasten();
      await asked.time.pass(100);
    }
    await asked.time.pass(5_000);
    expect([asked.came(), asked.reads()]).toEqual([{ atMs: 2_500, what: 'new' }, 2]);
  });

  it('is asked anew twice a minute at most, and the schedule of the others knows of it', async () => {
    const time = new VirtualTime();
    const left: number[] = [];
    const fresh = withFreshReads(
      {
        limits: LIMITS,
        async read(_: PaymentOrder, givenUp?: GivenUp) {
          left.push(time.nowMs);
          await Promise.race([time.wait(1_000), new Promise<void>((resolve) => givenUp?.onGivenUp(resolve))]);
          return OLD;
        },
      } as unknown as PaymentProvider,
      { clock: time.clock, timers: time },
    );
    for (let read = 0; read < 5; read += 1) {
      void fresh.provider.read(order);
      fresh.hasten(order.reference);
      await time.pass(5_000);
    }
    expect(left).toHaveLength(5 + 2);
    await time.pass(70_000);
    void fresh.provider.read(order);
    fresh.hasten(order.reference);
    await time.pass(5_000);
    expect(left).toHaveLength(7 + 2);
    expect(fresh.provider.limits.read).toEqual({ perMinute: 116, requests: 2 });
  });

  it('is nothing when nothing is under way', () => {
    const asked = asking({ afterMs: 4_000, answer: OLD });
    expect(() =>
      withFreshReads({ limits: LIMITS } as PaymentProvider, { clock: asked.time.clock, timers: asked.time }).hasten('x'),
    ).not.toThrow();
  });
});
