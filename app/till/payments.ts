/**
 * Payments at the counter: beginning one, another in its place, the cashier's answers, and what a captured one does to its
 * sale. Everything that must hold together (money captured, tender, completed sale) is one journal transaction.
 */
import type { NewEntry, PlannedEntry } from '../journal/entry.ts';
import type { PaymentEvent, SaleEvent } from '../journal/events.ts';
import { isAlive, isFinal, keptOre, type Payment } from '../payment/payment.ts';
import { onAnswered, onCancelRequested, onLeftBehind, onLeftToPeople, onReplaceRequested } from '../payment/person.ts';
import type { Collect, PaymentFlow, PaymentProvider } from '../payment/provider.ts';
import type { Sale } from '../sale/sale.ts';
import { orderNotPaid, setAside } from './away.ts';
import { brandOf } from './brand.ts';
import type { Command, CommandAnswer } from './contract.ts';
import { type Desk, DONE, type Refusal } from './desk.ts';
import type { Paper } from './paper.ts';
import { type Payable, payableNow } from './payable.ts';
import { afterEvents } from './payment-basket.ts';
import {
  askedAgainOre,
  flowAgain,
  goesAside,
  isForTheCounter,
  isOurs,
  isOutOfTheWay,
  isStillAsked,
  lostItsUrl,
  lostTooOften,
  MOST_ATTEMPTS_IN_A_ROW,
  mayNotPush,
  paymentAfter,
} from './payment-follow-ups.ts';
import { PaymentLoops } from './payment-loops.ts';
import { manyLostCreations, noPush } from './payment-notices.ts';
import { type Approach, BY_QR, creationExtras, planPayment } from './planned-payment.ts';
import { reservationGone } from './reservations.ts';
import { isNotKnown } from './situation.ts';
import { withCompletion } from './tenders.ts';
import { vippsTender } from './vipps-tender.ts';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

export class Payments {
  readonly #desk: Desk;
  readonly #paper: Paper;
  readonly loops: PaymentLoops;
  /** How the customer is reached in the attempt that follows the one that is being ended. */
  #next: { readonly saleId: string; readonly approach: Approach } | null = null;
  /** The provider said that this sales unit may not send messages to phones. */
  mayNotPush = false;
  #attemptsInARow = 0;

  constructor(desk: Desk, paper: Paper, provider: PaymentProvider | null) {
    this.#desk = desk;
    this.#paper = paper;
    this.loops = new PaymentLoops(desk, paper, provider, (paymentId, events) => this.write(paymentId, events));
  }

  /** What a payment of the open sale would be of, or why there can be none now. Without an amount: all that is left. */
  payable(amountOre: number | undefined, reserveOre?: number): Payable | Refusal {
    if (!this.loops.hasProvider) return this.#desk.refuse('provider-not-configured', brandOf(this.#desk.configuration.shop.market).name);
    return payableNow(this.#desk, amountOre, reserveOre);
  }

  /** Begins a payment of the open sale: by the QR, or by whatever else leads to its customer. `reserveOre`: held, until it is collected. */
  begin(approach: Approach, amountOre?: number, reserveOre?: number): CommandAnswer {
    const payable = this.payable(reserveOre === undefined ? amountOre : undefined, reserveOre);
    if ('ok' in payable) return payable;
    const { sale } = payable;
    const collect = reserveOre === undefined ? 'at-once' : 'when-told';
    this.#attemptsInARow = 1;
    if (this.#endEarlier(sale, payable.amountOre, collect)) {
      this.#next = { saleId: sale.saleId, approach };
      return DONE;
    }
    this.#next = null;
    const planned = this.#plan(sale, payable.amountOre, approach.flow, collect);
    this.#desk.record([planned]);
    this.#begin(planned.payload.paymentId, approach);
    this.#desk.changed();
    return DONE;
  }

  /**
   * Another way to the customer in the place of the code on the screen: that one is ended first. Where it was approved
   * meanwhile it is the payment. Says whether there was a code to replace.
   */
  replaceQr(approach: Approach): boolean {
    const payment = this.#desk.register.shownPayment;
    if (payment === null || !isAlive(payment) || !isForTheCounter(payment)) return false;
    const isBeforeTheCode = (payment.state === 'planned' || payment.state === 'creating') && this.#next === null;
    if (isBeforeTheCode) {
      this.#next = { saleId: payment.saleId, approach };
      return true;
    }
    const events = payment.state === 'awaiting' && !payment.opened ? onReplaceRequested(payment, askedAgainOre(payment)) : null;
    if (events === null) return false;
    this.#attemptsInARow = 1;
    this.#next ??= { saleId: payment.saleId, approach };
    if (events.length > 0) this.write(payment.paymentId, events);
    this.loops.of(payment.paymentId)?.checkNow();
    return true;
  }

  /** The code on the screen ran out: this payment is ended, or turns out to be paid, and only then another one is made. */
  newCode(): CommandAnswer {
    const payment = this.#desk.register.shownPayment;
    if (payment === null || !isAlive(payment)) return this.#desk.refuse('no-payment');
    if (payment.state !== 'awaiting' || payment.opened || !this.loops.qr.hasEnded(payment.paymentId))
      return this.#desk.refuse('nothing-to-answer');
    const events = onReplaceRequested(payment, askedAgainOre(payment));
    if (events === null) return this.#desk.refuse('nothing-to-answer');
    this.#attemptsInARow = 1;
    if (events.length > 0) this.write(payment.paymentId, events);
    this.loops.of(payment.paymentId)?.checkNow();
    return DONE;
  }

  /** The payment on the screens goes on at once: something was written for it. */
  checkShown(): void {
    const { shownPaymentId } = this.#desk.register;
    if (shownPaymentId !== null) this.loops.of(shownPaymentId)?.checkNow();
  }

  check(): CommandAnswer {
    this.checkShown();
    return this.#desk.register.shownPayment === null ? this.#desk.refuse('no-payment') : DONE;
  }

  cancel(): CommandAnswer {
    const payment = this.#desk.register.shownPayment;
    if (payment === null || !isAlive(payment)) return this.#desk.refuse('no-payment');
    const events = onCancelRequested(payment);
    this.#next = null;
    if (events.length > 0) {
      this.write(payment.paymentId, events);
      this.loops.of(payment.paymentId)?.checkNow();
    }
    return DONE;
  }

  answer(command: Of<'answer-payment'>): CommandAnswer {
    const payment = this.#desk.register.shownPayment;
    const events = payment === null ? null : this.#answered(payment, command.answer);
    if (payment === null || events === null) return this.#desk.refuse('nothing-to-answer');
    if (events.length > 0) this.write(payment.paymentId, events);
    this.loops.of(payment.paymentId)?.checkNow();
    return DONE;
  }

  #answered(payment: Payment, answer: Of<'answer-payment'>['answer']): readonly PaymentEvent[] | null {
    if (answer !== 'leave') return onAnswered(payment, answer);
    const trouble = this.loops.of(payment.paymentId)?.trouble ?? null;
    return isNotKnown(payment, trouble, this.#desk.ports.clock.nowMs()) ? onLeftToPeople(payment) : null;
  }

  close(): CommandAnswer {
    const { register } = this.#desk;
    const payment = register.shownPayment;
    if (payment === null) return this.#desk.refuse('no-payment');
    if (isAlive(payment)) return this.#desk.refuse('payment-alive');
    register.shownPaymentId = null;
    register.notice = null;
    const events = onLeftBehind(payment);
    if (events.length > 0) {
      this.write(payment.paymentId, events);
      this.loops.of(payment.paymentId)?.wake();
    }
    this.#desk.changed();
    return DONE;
  }

  /** After a bank's no the customer may still pay in the app: that attempt is ended first, and the new one follows by itself. */
  #endEarlier(sale: Sale, amountOre: number, collect: Collect): boolean {
    for (const payment of this.#desk.register.payments.values()) {
      const events = payment.saleId === sale.saleId ? onReplaceRequested(payment, amountOre, collect) : null;
      if (events === null) continue;
      this.write(payment.paymentId, events);
      this.#desk.register.shownPaymentId = payment.paymentId;
      this.#desk.register.notice = null;
      this.#desk.changed();
      this.loops.of(payment.paymentId)?.checkNow();
      return true;
    }
    return false;
  }

  /** @param amountOre what the customer is asked for: more than what is left to pay only where that much is to be reserved. */
  #plan(sale: Sale, amountOre: number, flow: PaymentFlow, collect: Collect): Extract<PaymentEvent, { type: 'payment.planned' }> {
    const held = collect === 'when-told' ? { collect } : {};
    return planPayment(this.#desk, sale, amountOre, flow, { ...this.#paper.app.atCreation(sale, amountOre), ...held });
  }

  #begin(paymentId: string, { payer }: Approach): void {
    const { register } = this.#desk;
    const payment = register.payments.get(paymentId);
    const sale = payment === undefined ? undefined : register.sales.get(payment.saleId);
    if (payment === undefined || sale === undefined) return;
    register.shownPaymentId = paymentId;
    register.notice = null;
    this.loops.begin(payment, creationExtras(this.#desk, sale, payer));
  }

  /**
   * Writes a payment's events with everything that follows from them, in one transaction; then lets the effects go.
   * @param changes what the cashier did to the basket, where the payment follows that: written before.
   */
  write(paymentId: string, events: readonly PaymentEvent[], changes: readonly SaleEvent[] = []): void {
    const { register } = this.#desk;
    const before = register.payments.get(paymentId);
    if (before === undefined) return;
    const after = paymentAfter(before, events, this.#desk.ports.clock);
    const sale = register.sales.get(before.saleId);
    const follow = sale === undefined ? [] : this.#followUps(before, after, afterEvents(sale, changes));
    const operator = this.#desk.operator.operatorId;
    register.append(
      [...changes, ...events, ...follow].map(
        (entry): NewEntry => ({ ...entry, operator: isOurs(entry.type) ? operator : 'system' }) as NewEntry,
      ),
    );
    this.loops.of(paymentId)?.noteRecorded(events);
    this.#afterwards(paymentId, follow);
  }

  #followUps(before: Payment, after: Payment, sale: Sale): readonly PlannedEntry[] {
    if (after.state === 'captured' && keptOre(after) > 0 && keptOre(before) === 0)
      return withCompletion(sale, [vippsTender(after)], this.#paper.app);
    // All that it was for was taken out of the basket: what has been paid otherwise may be all of it now.
    if (after.collectOre === 0 && isAlive(before) && !isAlive(after) && sale.status === 'open')
      return withCompletion(sale, [], this.#paper.app);
    if (before.replaceByOre !== null && isOutOfTheWay(after) && sale.status === 'open') {
      return [this.#plan(sale, before.replaceByOre, this.#nextOf(sale).flow, before.replaceCollect)];
    }
    if (goesAside(before, after) && sale.status === 'open') return [{ type: 'sale.parked', version: 1, payload: { saleId: sale.saleId } }];
    const qrFollows = lostItsUrl(before, after) && this.#attemptsInARow < MOST_ATTEMPTS_IN_A_ROW;
    const flow = isStillAsked(before) && mayNotPush(after) ? BY_QR.flow : qrFollows ? flowAgain(after, this.#nextOf(sale).flow) : null;
    if (flow === null || sale.status !== 'open') return [];
    return [this.#plan(sale, askedAgainOre(after), flow, after.order.collect ?? 'at-once')];
  }

  #nextOf(sale: Sale): Approach {
    return this.#next?.saleId === sale.saleId ? this.#next.approach : BY_QR;
  }

  #afterwards(paymentId: string, follow: readonly PlannedEntry[]): void {
    const { register } = this.#desk;
    const payment = register.payments.get(paymentId);
    if (payment === undefined) return;
    if (payment.state === 'awaiting' && !payment.cancelRequested) this.loops.qr.show(payment);
    else this.loops.qr.hide(paymentId);
    if (mayNotPush(payment)) this.mayNotPush = true;
    for (const entry of follow) {
      if (entry.type === 'payment.planned') {
        this.#attemptsInARow += 1;
        const { flow } = entry.payload.order;
        const next = this.#next?.approach;
        this.#begin(entry.payload.paymentId, next !== undefined && flow === next.flow ? next : BY_QR);
        this.#next = null;
        if (mayNotPush(payment)) register.notice = noPush(this.#desk, payment);
      }
      if (entry.type === 'sale.parked') setAside(this.#desk, payment);
      if (entry.type === 'sale.completed') {
        const sale = register.sales.get(payment.saleId);
        if (sale !== undefined) this.#paper.afterCompletion(sale);
      }
    }
    if (payment.state === 'approved' || payment.state === 'captured') this.#next = null;
    const replacement = payment.state === 'awaiting' && this.#next?.saleId === payment.saleId ? this.#next.approach : null;
    if (replacement !== null && payment.replaceByOre === null) this.replaceQr(replacement);
    if (isFinal(payment)) this.loops.end(paymentId);
    // A part of a split: the payment is over and the sale goes on.
    if (keptOre(payment) > 0 && register.openSale?.saleId === payment.saleId) register.shownPaymentId = null;
    register.notice = orderNotPaid(this.#desk, payment) ?? register.notice;
    // Its sale was set aside, and nobody is looking at it.
    if (payment.state === 'released' && payment.why === 'gone' && register.shownPaymentId !== paymentId)
      register.notice = reservationGone(this.#desk, payment);
    if (lostTooOften(payment, this.#attemptsInARow) && register.shownPaymentId === paymentId) {
      register.notice = manyLostCreations(this.#desk, payment);
    }
    this.#desk.changed();
  }
}
