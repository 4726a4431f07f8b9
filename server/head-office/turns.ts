/** So much of a kind of work at once and no more: what comes in the meantime waits its turn, and what would wait too long comes again. */
import { RefusedByHeadOffice } from '../../app/refund/problem.ts';

/** Others have waited as long by then. */
const AGAIN_AFTER_SECONDS = 2;

export class Turns {
  #free: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number, mostWaiting: number) {
    this.#free = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  /** Does the work when its turn comes, in the order of asking. @throws RefusedByHeadOffice `try-later`, and nothing was done. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#turn();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  #turn(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    if (this.#waiting.length >= this.#mostWaiting) {
      return Promise.reject(new RefusedByHeadOffice('try-later', { retryAfterSeconds: AGAIN_AFTER_SECONDS }));
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
