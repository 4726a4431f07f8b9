/** A customer with a phone: looks at the customer screen, scans what is on it, and does as customers do. */
import type { CustomerView } from '../../app/till/contract.ts';
import type { Dice } from './dice.ts';
import type { ModelPayment } from './model-payment.ts';
import type { ModelProvider } from './model-provider.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The address in the picture on the screen, whoever drew it; `null` when none is there. */
export function addressOnScreen(view: CustomerView): string | null {
  const { screen } = view;
  if (screen.kind !== 'qr') return null;
  if (screen.qr.kind === 'draw') return screen.qr.text;
  return Buffer.from(screen.qr.dataUrl.replace(/^data:image\/png;base64,/, ''), 'base64').toString('utf8');
}

export class Customer {
  readonly #time: VirtualTime;
  readonly #dice: Dice;
  readonly #provider: ModelProvider;
  /** Whether the first card is mostly refused and another one taken. */
  hasManyCards = false;
  readonly #seen = new Set<string>();
  /** The payment that the phone has open, or would open next. */
  #inHand: ModelPayment | null = null;

  constructor(time: VirtualTime, dice: Dice, provider: ModelProvider) {
    this.#time = time;
    this.#dice = dice;
    this.#provider = provider;
  }

  /** Called for every picture that the screen shows. */
  look(view: CustomerView): void {
    const address = addressOnScreen(view);
    if (address === null || this.#seen.has(address)) return;
    this.#seen.add(address);
    const payment = [...this.#provider.payments.values()].find(({ url }) => url === address);
    if (payment !== undefined) this.hears(payment);
  }

  /** The payment is on the customer's phone: scanned, or as a message. */
  hears(payment: ModelPayment): void {
    this.#inHand = payment;
    const mood = this.#dice.weighted({
      approve: 10,
      reject: 2,
      'no-cover': this.hasManyCards ? 20 : 2,
      ignore: 2,
      'scan-only': 2,
      bank: 1,
    });
    if (mood === 'ignore') return;
    this.#time.after(this.#patience(), () => {
      if (!payment.open(this.#time.nowMs)) return;
      if (mood === 'scan-only') return;
      const inTheBankMs = mood === 'bank' ? this.#dice.between(5_000, 60_000) : null;
      if (inTheBankMs !== null) payment.bankUntilMs = this.#time.nowMs + inTheBankMs;
      this.#time.after(inTheBankMs === null ? this.#patience() : inTheBankMs - 1, () => {
        const { nowMs } = this.#time;
        if (mood === 'reject') payment.reject(nowMs);
        else if (mood === 'no-cover') this.#hasNoCover(payment);
        else payment.approve(nowMs);
      });
    });
  }

  #hasNoCover(payment: ModelPayment): void {
    payment.hasNoCover(this.#time.nowMs);
    if (this.hasManyCards || this.#dice.chance(0.5)) this.#time.after(this.#patience(), () => payment.approve(this.#time.nowMs));
  }

  /** The cashier has just pressed cancel: some customers approve at that very moment. */
  cashierCancels(): void {
    const payment = this.#inHand;
    if (payment === null || !this.#dice.chance(0.5)) return;
    this.#time.after(this.#dice.between(0, 1_500), () => payment.approve(this.#time.nowMs));
  }

  /** Mostly quick; some read their mail first, some come back when the time is nearly over. */
  #patience(): number {
    return this.#dice.weighted({ quick: 14, slow: 3, last: 1 }) === 'quick'
      ? this.#dice.between(300, 8_000)
      : this.#dice.chance(0.7)
        ? this.#dice.between(8_000, 90_000)
        : this.#dice.between(560_000, 616_000);
  }
}
