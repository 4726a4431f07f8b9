/** The giving end of `GivenUp`: for whoever may have to end a request that is on its way. */
import type { GivenUp } from './ports.ts';

export class GiveUp implements GivenUp {
  readonly #listeners = new Set<() => void>();
  up = false;

  giveUp(): void {
    this.up = true;
    for (const tell of this.#listeners) tell();
    this.#listeners.clear();
  }

  onGivenUp(listener: () => void): () => void {
    if (this.up) listener();
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
