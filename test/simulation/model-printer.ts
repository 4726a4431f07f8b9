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
  /** How often a pulse arrived at the drawer. */
  pulses = 0;
  readonly #drawerDice: Dice;
  #drawer: 'open' | 'shut' = 'shut';

  /** @param drawerDice the drawer's own luck, so that a day without one goes as it went. */
  constructor(time: VirtualTime, dice: Dice, drawerDice: Dice) {
    this.#time = time;
    this.#dice = dice;
    this.#drawerDice = drawerDice;
  }

  /** Whether a register that listens knows that the drawer is open. */
  get isKnownOpen(): boolean {
    return this.#drawer === 'open' && this.#mood !== 'offline';
  }

  /** Somebody with the key. */
  unlockDrawer(): void {
    this.#openDrawer();
  }

  set mood(mood: PrinterMood) {
    this.#mood = mood;
    this.#tell();
  }

  get #status(): PrinterStatus {
    return { state: this.#mood, drawerLevel: this.#drawer === 'open' ? 'high' : 'low' };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#status);
  }

  /** Sometimes a coin is in the way; else it stands open until somebody pushes it. */
  #openDrawer(): void {
    if (this.#drawer === 'open') return;
    this.#drawer = 'open';
    this.#tell();
    this.#time.after(this.#drawerDice.chance(0.1) ? 45_000 : this.#drawerDice.between(1_500, 9_000), () => {
      this.#drawer = 'shut';
      this.#tell();
    });
  }

  /** Bytes that this printer reads: the document's kind and title. */
  static encode(document: ReceiptDocument): Uint8Array {
    return new TextEncoder().encode(`${document.series}: ${document.title}`);
  }

  connect(isGone: () => boolean, _timers: Timers): Printer {
    return {
      status: () => this.#status,
      onStatus: (listener) => {
        const told = (status: PrinterStatus) => {
          if (!isGone()) listener(status);
        };
        this.#listeners.add(told);
        return () => this.#listeners.delete(told);
      },
      openDrawer: async () => {
        if (isGone()) return new Promise(() => {});
        const dice = this.#drawerDice;
        const isDeaf = this.#mood === 'offline';
        if (!isDeaf) this.pulses += 1;
        if (!isDeaf && dice.chance(0.9)) this.#openDrawer();
        await this.#time.wait(dice.between(20, 300));
        if (isGone()) return new Promise(() => {});
        if (isDeaf) return { kind: 'not-printed', reason: 'offline' };
        return dice.chance(0.1) ? { kind: 'unknown', reason: 'gone' } : { kind: 'printed' };
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
