/** The sandbox's own clock: real time plus whatever a test or a person has moved it by. It only ever goes forward. */
export class SandboxClock {
  readonly #base: () => number;
  #offsetMs: number;

  /** `base` gives milliseconds since 1970 UTC; `offsetMs` is how far the clock had been moved before a restart. */
  constructor(base: () => number, offsetMs = 0) {
    this.#base = base;
    this.#offsetMs = offsetMs;
  }

  nowMs(): number {
    return this.#base() + this.#offsetMs;
  }

  /** The time before anybody moved it: what the world outside goes by. */
  wallMs(): number {
    return this.#base();
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Moves the clock forward. A negative number is a `RangeError`: an expiry that has been told cannot be untold. */
  advance(advanceMs: number): void {
    if (!Number.isSafeInteger(advanceMs) || advanceMs < 0) {
      throw new RangeError(`advanceMs must be a whole number of milliseconds from 0 up, not ${advanceMs}`);
    }
    this.#offsetMs += advanceMs;
  }
}
