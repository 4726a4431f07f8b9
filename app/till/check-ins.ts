/**
 * Customers who scan the sign at this register. The provider tells it once, with a token that stands for the customer: it is
 * kept in memory for a short while, and goes nowhere but into the payment that is sent to that customer.
 *
 * ```
 * nobody ──scanned──► waits ──the cashier sends, or `at-once` and something to pay──► a payment, and nobody waits any more
 *    ▲                  │
 *    └──2 minutes, "not now", or the end of their sale
 * ```
 */
import { isAlive } from '../payment/payment.ts';
import { saleTotals } from '../sale/totals.ts';
import type { CheckIn } from '../vipps/webhooks/events.ts';
import { type Configuration, ownProviderOf } from './configuration.ts';
import type { CheckedInView, CommandAnswer, VippsWayRow } from './contract.ts';
import { type Desk, DONE } from './desk.ts';
import { isForTheCounter } from './payment-follow-ups.ts';
import type { Timer } from './ports.ts';
import type { VippsWays } from './vipps-ways.ts';

/** How long a customer may be expected to stand there. */
const WAITS_MS = 120_000;
/** One that comes later than this was held up on its way, and the customer has gone. As far as two clocks may differ. */
const LATE_MS = 300_000;
/** Duplicates come soon. */
const REMEMBERED = 50;

/** The name that the provider has for this register's sign. */
export const signIdOf = ({ store, register }: Pick<Configuration, 'store' | 'register'>): string => `${store.id}-${register.id}`;

export class CheckIns {
  readonly #desk: Desk;
  readonly #ways: VippsWays;
  /** In memory only: never in a journal, a log or a view. */
  #waiting: { readonly token: string; readonly timer: Timer; readonly saleId: string | null } | null = null;
  /** Digests of the tokens that were heard of, the newest last. */
  #known: readonly string[] = [];

  constructor(desk: Desk, ways: VippsWays) {
    this.#desk = desk;
    this.#ways = ways;
  }

  /** Takes a check-in that was proven. `false`: another register's, a duplicate, too late, or not wanted here. */
  arrived({ customerToken, merchantQrId, merchantSerialNumber, initiatedAtMs }: CheckIn): boolean {
    const { configuration, ports } = this.#desk;
    const isHere = merchantQrId === signIdOf(configuration) && merchantSerialNumber === ownProviderOf(configuration)?.merchantSerialNumber;
    const digest = ports.hasher.sha256Hex(customerToken);
    const isLate = Math.abs(ports.clock.nowMs() - initiatedAtMs) > LATE_MS;
    if (this.#mode === 'off' || !isHere || isLate || this.#known.includes(digest)) return false;
    this.#known = [...this.#known, digest].slice(-REMEMBERED);
    this.#waiting?.timer.cancel();
    const saleId = this.#desk.register.openSale?.saleId ?? null;
    this.#waiting = { token: customerToken, timer: ports.timers.after(WAITS_MS, () => this.forget()), saleId };
    // What is being asked about (an age, a weight) is to be in the sale first: then the cashier sends it.
    if (this.#mode === 'at-once' && this.#canSend && this.#desk.register.pending === null) this.pay();
    this.#desk.changed();
    return true;
  }

  /** Sends the customer who waits what is to be paid, in the place of a code that stands on the screen. */
  pay(amountOre?: number): CommandAnswer {
    this.#follow();
    const waiting = this.#waiting;
    if (waiting === null) return this.#desk.refuse('nobody-checked-in');
    const answer = this.#ways.payCheckedIn(waiting.token, amountOre);
    if (answer.ok) this.forget();
    return answer;
  }

  /** The cashier does not want it, or nobody has wanted it for too long. */
  forget(): CommandAnswer {
    this.#waiting?.timer.cancel();
    this.#waiting = null;
    this.#desk.changed();
    return DONE;
  }

  stop(): void {
    this.#waiting?.timer.cancel();
    this.#waiting = null;
  }

  /** Its part of the cashier's view; nothing while nobody waits. */
  shown(): { readonly checkedIn?: CheckedInView } {
    this.#follow();
    const checkedIn = this.#view();
    return checkedIn === null ? {} : { checkedIn };
  }

  #view(): CheckedInView | null {
    const { register } = this.#desk;
    const payment = register.shownPayment;
    if (this.#waiting === null || (payment !== null && isAlive(payment) && !this.#replacesCode)) return null;
    const words = this.#desk.words.till.ways.checkedIn;
    const dueOre = register.openSale === null ? 0 : saleTotals(register.openSale).dueOre;
    if (!this.#canSend || dueOre <= 0) return { text: words.waits, button: null, dismissLabel: words.dismiss };
    return {
      text: this.#replacesCode ? words.insteadOfCode : words.offer,
      button: {
        label: words.send(this.#desk.money(payment !== null && isAlive(payment) ? payment.order.amountOre : dueOre)),
        command: SEND,
      },
      dismissLabel: words.dismiss,
    };
  }

  /** The first of the ways while somebody waits. */
  rows(): readonly VippsWayRow[] {
    this.#follow();
    if (this.#waiting === null) return [];
    return [{ command: SEND, ...this.#desk.words.till.ways.checkedIn.row, problem: null }];
  }

  /** Whoever scanned belongs to the sale that was open, else to the next one; with its end they have gone, and somebody else stands there. */
  #follow(): void {
    const openId = this.#desk.register.openSale?.saleId ?? null;
    if (this.#waiting === null || this.#waiting.saleId === openId) return;
    if (this.#waiting.saleId === null) this.#waiting = { ...this.#waiting, saleId: openId };
    else this.stop();
  }

  get #mode(): 'off' | 'ask' | 'at-once' {
    return this.#desk.configuration.reachable?.checkIns ?? 'off';
  }

  get #canSend(): boolean {
    const { register } = this.#desk;
    const payment = register.shownPayment;
    if (payment !== null && isAlive(payment)) return this.#replacesCode;
    return register.openSale !== null && saleTotals(register.openSale).dueOre > 0;
  }

  /** A code on the screen that nobody has opened: the customer scanned the sign instead. */
  get #replacesCode(): boolean {
    const payment = this.#desk.register.shownPayment;
    if (payment === null || !isForTheCounter(payment)) return false;
    if (payment.state === 'planned' || payment.state === 'creating') return true;
    return payment.state === 'awaiting' && !payment.opened && !payment.cancelRequested;
  }
}

const SEND = { type: 'pay-vipps', way: 'checked-in' } as const;
