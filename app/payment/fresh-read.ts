/**
 * A read that hangs does not hold up what the provider has just told. While it is under way nothing else is asked about its
 * payment; but its answer may be older than the provider's call, and on a bad line it may take its whole five seconds. So
 * after half a second it is given up: its request is ended, and one that left after the call takes its place.
 */
import { GiveUp } from '../till/given-up.ts';
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
  /** Ends the request under way; a second call does nothing. */
  readonly giveUp: () => void;
  waiting: Timer | null;
}

export interface FreshReads {
  /** The same provider, whose reads may be hastened. */
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
    const given = new GiveUp();
    const { reference } = order;
    const giveUp = (): void => {
      if (!given.up && mayAskAnew(reference)) given.giveUp();
    };
    const flight: Flight = { startedMs: clock.monotonicMs(), giveUp, waiting: null };
    flights.set(reference, flight);
    const answer = await provider.read(order, given).finally(() => {
      flight.waiting?.cancel();
      flights.delete(reference);
    });
    return given.up ? provider.read(order) : answer;
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
      flight.waiting = timers.after(Math.max(leftMs, 0), flight.giveUp);
    },
  };
}
