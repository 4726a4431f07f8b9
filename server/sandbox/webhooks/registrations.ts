import { randomBytes, randomUUID } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';

export const paymentEvents = ['created', 'aborted', 'expired', 'cancelled', 'captured', 'refunded', 'authorized', 'terminated'].map(
  (name) => `epayments.payment.${name}.v1`,
);
export const checkInEvent = 'user.checked-in.v1';
export const knownEvents: readonly string[] = [...paymentEvents, checkInEvent];

/** How many registrations one unit may have for one event. The written contract says 5, the newest guide 25. */
const mostPerEvent = 25;
const mostForCheckIn = 1;
const silenceMs = 14 * 86_400_000;

export interface Registration {
  readonly id: string;
  readonly msn: string;
  readonly url: string;
  readonly events: readonly string[];
  /** Shown once, when it is registered. */
  readonly secret: string;
  /** Since when nobody has answered it; `null` while all is well. */
  silentSinceMs: number | null;
}

/** The webhooks of all sales units. */
export class Registrations {
  readonly #clock: SandboxClock;
  readonly #all = new Map<string, Registration>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Which event has as many registrations as it may have, or `null` when there is room. */
  full(msn: string, events: readonly string[]): string | null {
    const count = (event: string): number => this.of(msn).filter((each) => each.events.includes(event)).length;
    return events.find((event) => count(event) >= (event === checkInEvent ? mostForCheckIn : mostPerEvent)) ?? null;
  }

  add(msn: string, url: string, events: readonly string[]): Registration {
    const added = { id: randomUUID(), msn, url, events, secret: randomBytes(32).toString('base64'), silentSinceMs: null };
    this.#all.set(added.id, added);
    return added;
  }

  remove(msn: string, id: string): boolean {
    return this.#all.get(id)?.msn === msn && this.#all.delete(id);
  }

  get(id: string): Registration | null {
    return this.#all.get(id) ?? null;
  }

  /** Those of one unit. One that nobody has answered for two weeks is gone. */
  of(msn: string): Registration[] {
    const nowMs = this.#clock.nowMs();
    for (const each of this.#all.values()) {
      if (each.silentSinceMs !== null && nowMs - each.silentSinceMs > silenceMs) this.#all.delete(each.id);
    }
    return [...this.#all.values()].filter((each) => each.msn === msn);
  }

  wanting(msn: string, event: string): Registration[] {
    return this.of(msn).filter((each) => each.events.includes(event));
  }
}
