/** A counter whose power goes in the middle of writing something down. */
import type { Command } from '../../../app/till/contract.ts';
import { Counter, type CounterOptions } from './counter.ts';

/** A counter whose power goes once, at that commit, and comes back at once. */
export class FlickeringCounter {
  readonly counter: Counter;
  wentOut = false;

  constructor(options: CounterOptions, at: number, fate: 'cut-before' | 'cut-after') {
    this.counter = new Counter(options);
    this.goOutAt(at, fate);
  }

  /** From now on it is that commit. */
  goOutAt(at: number, fate: 'cut-before' | 'cut-after'): void {
    let commits = 0;
    this.counter.box.commitFate = () => {
      commits += 1;
      if (commits !== at) return 'good';
      this.wentOut = true;
      return fate;
    };
  }

  /** What a cashier presses; it may be refused, or lost with the power. */
  async press(...commands: readonly Command[]): Promise<void> {
    for (const command of commands) {
      await this.counter.box.dispatch(command).catch(() => null);
      await this.wait(0);
    }
  }

  async wait(ms: number): Promise<void> {
    for (let left = ms; left >= 0; left -= 500) {
      this.#powerBack();
      await this.counter.time.pass(Math.min(500, left));
      this.#powerBack();
    }
  }

  approveAll(): void {
    for (const payment of this.counter.provider.payments.values()) payment.approve(this.counter.time.nowMs);
  }

  #powerBack(): void {
    const { box } = this.counter;
    while (!box.isOn) {
      box.clearAway();
      box.start();
    }
  }
}
