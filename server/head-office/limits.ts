/** How much one caller may ask: a bucket that fills again evenly. In this process's memory; several processes let in several times as much. */
import { RefusedByHeadOffice } from '../../app/refund/problem.ts';
import type { Clock } from '../../app/till/ports.ts';

export interface Limit {
  /** At once. */
  readonly burst: number;
  readonly perMinute: number;
}

interface Bucket {
  left: number;
  sinceMs: number;
}

/** More callers than a chain has registers: then those that have been quiet are forgotten. */
const MOST_CALLERS = 20_000;

export class Limits {
  readonly #limit: Limit;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limit: Limit, clock: Pick<Clock, 'monotonicMs'>) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Counts one request. @throws RefusedByHeadOffice `too-many`, with the seconds to wait. */
  take(caller: string): void {
    const nowMs = this.#clock.monotonicMs();
    const { burst, perMinute } = this.#limit;
    const bucket = this.#buckets.get(caller) ?? { left: burst, sinceMs: nowMs };
    const left = Math.min(burst, bucket.left + ((nowMs - bucket.sinceMs) * perMinute) / 60_000);
    this.#buckets.set(caller, { left: left >= 1 ? left - 1 : left, sinceMs: nowMs });
    if (this.#buckets.size > MOST_CALLERS) this.#forget(nowMs);
    if (left < 1) throw new RefusedByHeadOffice('too-many', { retryAfterSeconds: Math.ceil(((1 - left) * 60) / perMinute) });
  }

  #forget(nowMs: number): void {
    const fullAfterMs = (this.#limit.burst * 60_000) / this.#limit.perMinute;
    for (const [caller, { sinceMs }] of this.#buckets) if (nowMs - sinceMs > fullAfterMs) this.#buckets.delete(caller);
  }
}
