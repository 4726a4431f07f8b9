/**
 * A read that hangs does not hold up what the provider has just told. While it is under way nothing else is asked about its
 * payment; but its answer may be older than the provider's call, and on a bad line it may take its whole five seconds. So
 * after half a second it is given up, and asked once more: whoever waits gets the fresh answer, and never learns of the two.
 */
import type { Clock, Timer, Timers } from '../till/ports.ts';
import type { Answer, PaymentProvider, ProviderView } from './provider.ts';

const GIVE_UP_AFTER_MS = 500;
/** So many of a payment's reads a minute may be asked anew; the schedule of all others has that much less of the provider's limit. */
const MOST_A_MINUTE = 2;
/** A minute, and the longest that a read is on its way. */
const COUNTS_FOR_MS = 70_000;

type Read = Answer<ProviderView | null>;

interface Flight {
  readonly startedMs: number;
  /** Asks once more; a second call does nothing. */
  readonly again: () => void;
  waiting: Timer | null;
}

export interface FreshReads {
  /** The same provider; of two reads of one payment only the later one's answer is given. */
  readonly provider: PaymentProvider;
  /** Something has happened to this payment just now: a read that left before, and is not back in time, is asked anew. */
  hasten(reference: string): void;
}

export function withFreshReads(provider: PaymentProvider, ports: { readonly clock: Clock; readonly timers: Timers }): FreshReads {
  const { clock, timers } = ports;
  const flights = new Map<string, Flight>();
  const { read: limit, ...limits } = provider.limits;
  let askedAnew: readonly { readonly reference: string; readonly atMs: number }[] = [];

  /** Whether one more read of it may be asked anew; counts it then. */
  function mayAskAnew(reference: string): boolean {
    const atMs = clock.monotonicMs();
    askedAnew = askedAnew.filter((each) => atMs - each.atMs <= COUNTS_FOR_MS);
    if (askedAnew.filter((each) => each.reference === reference).length >= MOST_A_MINUTE) return false;
    askedAnew = [...askedAnew, { reference, atMs }];
    return true;
  }

  async function read(...[order]: Parameters<PaymentProvider['read']>): Promise<Read> {
    let fresh: Promise<Read> | null = null;
    let askedAgain = () => {};
    const secondLeft = new Promise<void>((resolve) => {
      askedAgain = resolve;
    });
    const flight: Flight = {
      startedMs: clock.monotonicMs(),
      again() {
        if (fresh !== null || !mayAskAnew(order.reference)) return;
        fresh = provider.read(order);
        askedAgain();
      },
      waiting: null,
    };
    flights.set(order.reference, flight);
    try {
      const first = provider.read(order);
      await Promise.race([first, secondLeft]);
      const second = await (fresh as Promise<Read> | null);
      // The older answer is better than none: it is what there would have been without the call.
      return second?.kind === 'ok' ? second : await first;
    } finally {
      flight.waiting?.cancel();
      flights.delete(order.reference);
    }
  }

  return {
    provider: {
      ...provider,
      read,
      limits: { ...limits, read: { ...limit, perMinute: limit.perMinute - MOST_A_MINUTE * limit.requests } },
    },
    hasten(reference) {
      const flight = flights.get(reference);
      if (flight === undefined || flight.waiting !== null) return;
      const leftMs = flight.startedMs + GIVE_UP_AFTER_MS - clock.monotonicMs();
      flight.waiting = timers.after(Math.max(leftMs, 0), flight.again);
    },
  };
}
