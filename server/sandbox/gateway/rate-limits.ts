import type { SandboxClock } from '../clock.ts';
import { tooManyRequests } from './refusal.ts';

const windowMs = 60_000;

/** Calls per minute for one reference of one sales unit. */
export const callsPerMinute = { initiate: 2, create: 5, capture: 5, cancel: 5, refund: 5, details: 120, events: 120 } as const;

export type LimitedOperation = keyof typeof callsPerMinute;

/** Counts calls in a sliding minute on the sandbox's clock. */
export class RateLimits {
  readonly #clock: SandboxClock;
  readonly #enabled: boolean;
  readonly #calls = new Map<string, number[]>();

  constructor(clock: SandboxClock, enabled: boolean) {
    this.#clock = clock;
    this.#enabled = enabled;
  }

  /** Counts one call, or throws the 429 that says how many seconds to wait. A refused call is not counted. */
  count(operation: LimitedOperation, owner: string, reference: string): void {
    if (!this.#enabled) return;
    const nowMs = this.#clock.nowMs();
    const key = `${operation} ${owner} ${reference}`;
    const recent = (this.#calls.get(key) ?? []).filter((atMs) => atMs > nowMs - windowMs);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= callsPerMinute[operation]) {
      throw tooManyRequests(Math.max(1, Math.ceil((oldest + windowMs - nowMs) / 1000)));
    }
    recent.push(nowMs);
    this.#calls.set(key, recent);
    if (this.#calls.size > 10_000) this.#forget(nowMs);
  }

  #forget(nowMs: number): void {
    for (const [key, calls] of this.#calls) {
      if ((calls.at(-1) ?? 0) <= nowMs - windowMs) this.#calls.delete(key);
    }
  }
}
