/** Time that passes only when somebody lets it: a queue of moments, played in order. */
import type { Clock, Timer, Timers } from '../../app/till/ports.ts';

interface Moment {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** 2026-11-21 10:00:00 in Oslo. */
export const MORNING_MS = Date.UTC(2026, 10, 21, 9);

export class VirtualTime implements Timers {
  #nowMs = 0;
  #order = 0;
  /** What people and time servers have set the wall clock forward by; less than 0: back. */
  #setByMs = 0;
  #wasSet = false;
  /** What the shortest wait takes. */
  leastWaitMs = 0;
  /** By moment; those of the same moment in the order they were asked for. */
  readonly #queue: Moment[] = [];

  readonly clock: Clock = {
    nowMs: () => MORNING_MS + this.#nowMs + this.#setByMs,
    offsetMinutes: () => 60,
    // A machine's own tells parts of a millisecond: none of them may get into the journal.
    monotonicMs: () => this.#nowMs + (this.#nowMs % 4) / 4,
  };

  /** Milliseconds since the beginning. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Whether the wall clock has only ever gone as time does. */
  get isTrue(): boolean {
    return !this.#wasSet;
  }

  /** Somebody sets the wall clock. */
  setClock(byMs: number): void {
    this.#wasSet = true;
    this.#setByMs += byMs;
  }

  after(delayMs: number, run: () => void): Timer {
    const moment: Moment = {
      atMs: this.#nowMs + Math.max(this.leastWaitMs, Math.ceil(delayMs)),
      order: this.#order,
      run,
      cancelled: false,
    };
    this.#order += 1;
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#queue[middle]?.atMs ?? 0) <= moment.atMs) low = middle + 1;
      else high = middle;
    }
    this.#queue.splice(low, 0, moment);
    return {
      cancel: () => {
        moment.cancelled = true;
      },
    };
  }

  /** Resolves after so long. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }

  /** Lets everything that is due happen, each with all that follows from it at once, until then. */
  async pass(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    await everythingPending();
    for (;;) {
      const next = this.#queue[0];
      if (next === undefined || next.atMs > endMs) break;
      this.#queue.shift();
      if (next.cancelled) continue;
      this.#nowMs = next.atMs;
      next.run();
      await everythingPending();
    }
    this.#nowMs = endMs;
  }

  /** Lets time pass until it is so, looking each `stepMs`. @throws NotInTimeError */
  async until(isSo: () => boolean, what: string, atMostMs = 60_000, stepMs = 50): Promise<void> {
    await everythingPending();
    for (let passedMs = 0; !isSo(); passedMs += stepMs) {
      if (passedMs > atMostMs) throw new NotInTimeError(`after ${atMostMs} ms still not: ${what}`);
      await this.pass(stepMs);
    }
  }
}

export class NotInTimeError extends Error {
  override readonly name = 'NotInTimeError';
}

/** Promises that are ready have all been taken up. */
function everythingPending(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
