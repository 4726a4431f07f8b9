/** A printer in virtual time whose paper can be counted: what was printed, what came out torn, and who may know. */
import type { ReceiptDocument } from '../../app/receipt/document.ts';
import type { Printer, PrinterStatus, Timers } from '../../app/till/ports.ts';
import type { Dice } from './dice.ts';
import type { VirtualTime } from './virtual-time.ts';

export type PrinterMood = 'ready' | 'paper-out' | 'offline';

export class ModelPrinter {
  /** Titles of the documents that came out whole. */
  readonly papers: string[] = [];
  readonly #time: VirtualTime;
  readonly #dice: Dice;
  readonly #listeners = new Set<(status: PrinterStatus) => void>();
  #mood: PrinterMood = 'ready';
  /** How likely a job is cut off in the middle. */
  cutOff = 0;

  constructor(time: VirtualTime, dice: Dice) {
    this.#time = time;
    this.#dice = dice;
  }

  set mood(mood: PrinterMood) {
    this.#mood = mood;
    for (const listener of this.#listeners) listener({ state: mood });
  }

  /** Bytes that this printer reads: the document's kind and title. */
  static encode(document: ReceiptDocument): Uint8Array {
    return new TextEncoder().encode(`${document.series}: ${document.title}`);
  }

  connect(isGone: () => boolean, _timers: Timers): Printer {
    return {
      status: () => ({ state: this.#mood }),
      onStatus: (listener) => {
        const told = (status: PrinterStatus) => {
          if (!isGone()) listener(status);
        };
        this.#listeners.add(told);
        return () => this.#listeners.delete(told);
      },
      openDrawer: async () => {
        if (isGone()) return new Promise(() => {});
        return this.#mood === 'offline' ? { kind: 'not-printed', reason: 'offline' } : { kind: 'printed' };
      },
      print: async (bytes) => {
        if (isGone()) return new Promise(() => {});
        const title = new TextDecoder().decode(bytes);
        const cut = this.#dice.chance(this.cutOff);
        const came = !cut || this.#dice.chance(0.5);
        await this.#time.wait(this.#dice.between(50, 900));
        if (this.#mood !== 'ready' && !cut) return { kind: 'not-printed', reason: this.#mood };
        if (came) this.papers.push(title);
        return cut ? { kind: 'unknown', reason: 'gone' } : { kind: 'printed' };
      },
    };
  }
}
