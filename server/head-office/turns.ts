/** So much of a kind of work at once and no more: what comes in the meantime waits its turn, and what would wait too long comes again. */
import { RefusedByHeadOffice } from '../../app/refund/problem.ts';

/** Others have waited as long by then. */
const AGAIN_AFTER_SECONDS = 2;

export class Turns {
  #free: number;
  readonly #mostWaiting: number;
  readonly #mostWaitMs: number;
  /** In the order of asking. */
  readonly #waiting = new Set<() => void>();

  constructor(atOnce: number, mostWaiting: number, mostWaitMs: number) {
    this.#free = atOnce;
    this.#mostWaiting = mostWaiting;
    this.#mostWaitMs = mostWaitMs;
  }

  /** Does the work when its turn comes, in the order of asking. @throws RefusedByHeadOffice `try-later`, and nothing was done. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#turn();
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  /** Before anything was spent on it. @throws RefusedByHeadOffice `try-later` */
  refuseWhenFull(): void {
    if (this.#waiting.size >= this.#mostWaiting) throw tryLater();
  }

  #turn(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    if (this.#waiting.size >= this.#mostWaiting) return Promise.reject(tryLater());
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(begin);
      };
      const begin = (): void => {
        end();
        resolve();
      };
      const timer = setTimeout(() => {
        end();
        reject(tryLater());
      }, this.#mostWaitMs);
      this.#waiting.add(begin);
    });
  }
}

const tryLater = () => new RefusedByHeadOffice('try-later', { retryAfterSeconds: AGAIN_AFTER_SECONDS });
