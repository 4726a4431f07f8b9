/**
 * Scans that come over a line of the scanner's own, past every screen: whatever is open there, they are the command that a
 * typed scan is. What the screen does for a scanner that types is done here: the quantity that the cashier typed before ×
 * is taken, and a refusal is said where the cashier looks.
 */
import type { Command, CommandAnswer } from './contract.ts';
import { type Desk, DONE } from './desk.ts';

export class LineScans {
  readonly #desk: Desk;
  readonly #dispatch: (command: Command) => Promise<CommandAnswer>;
  #stopListening: readonly (() => void)[] = [];
  #nextQuantityMilli: number | null = null;
  #count = 0;

  constructor(desk: Desk, dispatch: (command: Command) => Promise<CommandAnswer>) {
    this.#desk = desk;
    this.#dispatch = dispatch;
  }

  start(): void {
    const { scanner } = this.#desk.ports;
    if (scanner === undefined) return;
    this.#stopListening = [scanner.onCode((code) => void this.#scanned(code)), scanner.onStatus(() => this.#desk.changed())];
  }

  stop(): void {
    for (const stop of this.#stopListening) stop();
  }

  /** How many came; `null` where no scanner has a line of its own. */
  get count(): number | null {
    return this.#desk.ports.scanner === undefined ? null : this.#count;
  }

  /** What the next scan is to be multiplied with. Only in memory: nothing has been sold yet. */
  holdQuantity({ quantityMilli }: Extract<Command, { type: 'hold-quantity' }>): CommandAnswer {
    this.#nextQuantityMilli = quantityMilli;
    return DONE;
  }

  async #scanned(code: string): Promise<void> {
    const quantityMilli = this.#nextQuantityMilli;
    this.#nextQuantityMilli = null;
    this.#count += 1;
    const answer = await this.#dispatch({ type: 'scan', code, ...(quantityMilli === null ? {} : { quantityMilli }) });
    const { register } = this.#desk;
    // Of an unknown code the till has said so already.
    if (!answer.ok && register.notice?.text !== answer.message)
      register.notice = { id: this.#desk.newId(), tone: 'care', text: answer.message, support: answer.code };
    this.#desk.changed();
  }
}
