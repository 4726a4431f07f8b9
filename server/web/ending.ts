/** Remembers how to end what was started, and ends it the latest first. */
export class Ending {
  readonly #ends: (() => void | Promise<void>)[] = [];

  add(end: () => void | Promise<void>): void {
    this.#ends.push(end);
  }

  /** Everything is ended, even when one of them fails; then the first failure is thrown. A second call does nothing. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const end of this.#ends.splice(0).toReversed()) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
