/** Who writes the catalogue: one at a time, and a person's import goes before what head office has published. */
import type { PriceChange } from '../catalog/catalogue-store.ts';
import type { JournalEvent } from '../journal/events.ts';

/** More changed prices than this are written in several appends before the import's own: each holds everything else up. */
export const PRICES_AN_APPEND = 250;

export class Shelving {
  #importing = false;
  #turn = 0;
  /** Called when an import has ended, whatever it came to. */
  freed: () => void = () => undefined;

  get isImporting(): boolean {
    return this.#importing;
  }

  /** Another number after each import: whatever was prepared beside the catalogue before it is no more. */
  get turn(): number {
    return this.#turn;
  }

  /** `false`: another import is under way. */
  beginImport(): boolean {
    if (this.#importing) return false;
    this.#importing = true;
    this.#turn += 1;
    return true;
  }

  endImport(): void {
    this.#importing = false;
    this.freed();
  }
}

/** Each changed price as its own entry: all but the last `PRICES_AN_APPEND`, in pages, and those, which go with the import's own. */
export function priceEntries(changes: readonly PriceChange[]): {
  readonly before: readonly JournalEvent[][];
  readonly last: JournalEvent[];
} {
  const events = changes.map(
    ({ articleNumber, fromOre, toOre }): JournalEvent => ({
      type: 'catalogue.price-changed',
      version: 1,
      payload: { articleNumber, fromOre, toOre },
    }),
  );
  const before: JournalEvent[][] = [];
  let from = 0;
  for (; from + PRICES_AN_APPEND < events.length; from += PRICES_AN_APPEND) before.push(events.slice(from, from + PRICES_AN_APPEND));
  return { before, last: events.slice(from) };
}
