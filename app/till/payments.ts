/**
 * Payments at the counter: beginning one, its loop, its QR, the cashier's answers, and what a captured one does to its
 * sale. Everything that must hold together (money captured, tender, completed sale) is one journal transaction.
 */
import type { NewEntry, PlannedEntry } from '../journal/entry.ts';
import { localDateAndTime } from '../journal/entry-text.ts';
import type { PaymentEvent, SaleEvent } from '../journal/events.ts';
import { formatOre } from '../money/format.ts';
import { applyPaymentEvent } from '../payment/apply.ts';
import { type FreshReads, withFreshReads } from '../payment/fresh-read.ts';
import { makeReference } from '../payment/keys.ts';
import { isAlive, isFinal, type Payment } from '../payment/payment.ts';
import { onAnswered, onCancelRequested, onLeftBehind, onReplaceRequested } from '../payment/person.ts';
import { NO_EXTRAS, type PaymentOrder, type PaymentProvider } from '../payment/provider.ts';
import { electronicAmount } from '../sale/decide.ts';
import type { Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import { texts } from '../text/index.ts';
import { brandOf, currencyOf } from './brand.ts';
import type { Command, CommandAnswer } from './contract.ts';
import { type Desk, DONE } from './desk.ts';
import type { Paper } from './paper.ts';
import { type LoopTrouble, PaymentLoop } from './payment-loop.ts';
import { QrOnScreen } from './qr-on-screen.ts';
import { withCompletion } from './tenders.ts';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** The provider's smallest amounts, in minor units. */
const LEAST_ORE = { NOK: 100, DKK: 1, EUR: 1 } as const;
/** How often a lost creation is followed by a new attempt without asking. */
const MOST_ATTEMPTS_IN_A_ROW = 3;

export class Payments {
  readonly #desk: Desk;
  readonly #paper: Paper;
  readonly #provider: PaymentProvider | null;
  readonly #reads: FreshReads | null;
  readonly #loops = new Map<string, PaymentLoop>();
  readonly qr: QrOnScreen;
  #attemptsInARow = 0;
  /** The last word from the provider about being reachable: for the light. `undefined` before the first. */
  contact: LoopTrouble | null | undefined = undefined;

  constructor(desk: Desk, paper: Paper, provider: PaymentProvider | null) {
    this.#desk = desk;
    this.#paper = paper;
    this.#reads = provider === null ? null : withFreshReads(provider, desk.ports);
    this.#provider = this.#reads?.provider ?? null;
    this.qr = new QrOnScreen(desk, provider);
  }

  get hasProvider(): boolean {
    return this.#provider !== null;
  }

  troubleOf(paymentId: string): LoopTrouble | null {
    return this.#loops.get(paymentId)?.trouble ?? null;
  }

  /**
   * Takes up every payment that was not over: each is read at the provider before anything else, also before its picture
   * is shown again. Without a provider they wait.
   */
  recover(): void {
    if (this.#provider === null) return;
    for (const payment of [...this.#desk.register.payments.values()]) {
      if (isFinal(payment)) continue;
      this.#startLoop(payment);
    }
    this.warm();
  }

  stop(): void {
    for (const loop of this.#loops.values()) loop.stop();
    this.qr.stop();
  }

  /** Gets the token and the connection ready before they are needed, so that the QR waits for nothing else. */
  warm(): void {
    if (this.#provider === null) return;
    void this.#provider.warm().then((answer) => {
      const sinceMs = this.#desk.ports.clock.nowMs();
      this.contact =
        answer.kind === 'ok' ? null : { kind: answer.kind === 'refused' ? 'refused' : 'unreachable', error: answer.error, sinceMs };
      this.#desk.changed();
    });
  }

  /** After sleep, a webhook, or the cashier's *check again*: every payment is read now. */
  checkAll(): void {
    for (const loop of this.#loops.values()) loop.checkNow();
  }

  /** Somebody outside says that something has happened to this one: it is read now, within the loop's own limits. */
  heard(reference: string): boolean {
    const found = [...this.#loops].find(([id]) => this.#desk.register.payments.get(id)?.order.reference === reference);
    this.#reads?.hasten(reference);
    found?.[1].checkNow();
    return found !== undefined;
  }

  pay(command: Of<'pay-vipps'>): CommandAnswer {
    const { register } = this.#desk;
    if (this.#provider === null) return this.#desk.refuse('provider-not-configured', brandOf(this.#desk.configuration.shop.market).name);
    const alive = register.shownPayment;
    if (alive !== null && isAlive(alive)) return this.#desk.refuse('payment-alive');
    const sale = register.openSale;
    if (sale === null) return this.#desk.refuse(register.finishedSale === null ? 'empty-sale' : 'nothing-to-pay');
    const language = this.#desk.language('cashier');
    const amount = electronicAmount(sale, command.amountOre);
    if ('refusal' in amount) return this.#desk.refuse(amount.refusal, amount.thing === '' ? '' : formatOre(Number(amount.thing), language));
    const leastOre = LEAST_ORE[currencyOf(this.#desk.configuration.shop.market)];
    if (amount.amountOre < leastOre) return this.#desk.refuse('amount-too-small', formatOre(leastOre, language));
    this.#attemptsInARow = 1;
    if (this.#endEarlier(sale, amount.amountOre)) return DONE;
    const planned = this.#plan(sale, amount.amountOre);
    this.#desk.record([planned]);
    this.#begin(planned.payload.paymentId);
    this.#desk.changed();
    return DONE;
  }

  /** The code on the screen ran out: this payment is ended, or turns out to be paid, and only then another one is made. */
  newCode(): CommandAnswer {
    const payment = this.#desk.register.shownPayment;
    if (payment === null || !isAlive(payment)) return this.#desk.refuse('no-payment');
    if (payment.state !== 'awaiting' || payment.opened || !this.qr.hasEnded(payment.paymentId))
      return this.#desk.refuse('nothing-to-answer');
    const events = onReplaceRequested(payment, payment.order.amountOre);
    if (events === null) return this.#desk.refuse('nothing-to-answer');
    this.#attemptsInARow = 1;
    if (events.length > 0) this.#record(payment.paymentId, events);
    this.#loops.get(payment.paymentId)?.checkNow();
    return DONE;
  }

  /** Somebody has paid back by hand what the provider would not: it leaves the cashier's list, and stays in the journal. */
  refundedByHand(command: Of<'refunded-by-hand'>): CommandAnswer {
    const payment = this.#desk.register.payments.get(command.paymentId);
    if (payment?.state !== 'captured' || payment.refund?.state !== 'needs-hand') return this.#desk.refuse('nothing-to-answer');
    this.#record(payment.paymentId, [{ type: 'payment.refunded-by-hand', version: 1, payload: { paymentId: payment.paymentId } }]);
    return DONE;
  }

  check(): CommandAnswer {
    const payment = this.#desk.register.shownPayment;
    if (payment === null) return this.#desk.refuse('no-payment');
    this.#loops.get(payment.paymentId)?.checkNow();
    return DONE;
  }

  cancel(): CommandAnswer {
    const payment = this.#desk.register.shownPayment;
    if (payment === null || !isAlive(payment)) return this.#desk.refuse('no-payment');
    const events = onCancelRequested(payment);
    if (events.length > 0) {
      this.#record(payment.paymentId, events);
      this.#loops.get(payment.paymentId)?.checkNow();
    }
    return DONE;
  }

  answer(command: Of<'answer-payment'>): CommandAnswer {
    const payment = this.#desk.register.shownPayment;
    const events = payment === null ? null : onAnswered(payment, command.answer);
    if (payment === null || events === null) return this.#desk.refuse('nothing-to-answer');
    this.#record(payment.paymentId, events);
    this.#loops.get(payment.paymentId)?.wake();
    return DONE;
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
      this.#record(payment.paymentId, events);
      this.#loops.get(payment.paymentId)?.wake();
    }
    this.#desk.changed();
    return DONE;
  }

  /** After a bank's no the customer may still pay in the app: that attempt is ended first, and the new one follows by itself. */
  #endEarlier(sale: Sale, amountOre: number): boolean {
    for (const payment of this.#desk.register.payments.values()) {
      const events = payment.saleId === sale.saleId ? onReplaceRequested(payment, amountOre) : null;
      if (events === null) continue;
      this.#record(payment.paymentId, events);
      this.#desk.register.shownPaymentId = payment.paymentId;
      this.#desk.register.notice = null;
      this.#desk.changed();
      this.#loops.get(payment.paymentId)?.checkNow();
      return true;
    }
    return false;
  }

  #plan(sale: Sale, amountOre: number): Extract<PaymentEvent, { type: 'payment.planned' }> {
    const { configuration, register, ports } = this.#desk;
    const attempt = sale.paymentAttempts + 1;
    const nowMs = ports.clock.nowMs();
    const order: PaymentOrder = {
      reference: makeReference({
        storeId: configuration.store.id,
        registerId: configuration.register.id,
        month: yearAndMonth(nowMs, ports.clock.offsetMinutes(nowMs)),
        epoch: register.epoch,
        saleNumber: sale.saleNumber,
        attempt,
      }),
      amountOre,
      currency: currencyOf(configuration.shop.market),
      // The app has the shop's name above it already.
      text: `${texts(this.#desk.language('customer')).screen.basket.sale.replace('{number}', String(sale.saleNumber))}, ${configuration.register.name}`,
      ...this.#paper.app.atCreation(sale, amountOre),
    };
    return { type: 'payment.planned', version: 1, payload: { paymentId: this.#desk.newId(), saleId: sale.saleId, attempt, order } };
  }

  #begin(paymentId: string): void {
    const payment = this.#desk.register.payments.get(paymentId);
    if (payment === undefined) return;
    this.#desk.register.shownPaymentId = paymentId;
    this.#desk.register.notice = null;
    this.#startLoop(payment).wake();
  }

  #startLoop(payment: Payment): PaymentLoop {
    const { clock, timers, random, log } = this.#desk.ports;
    const { paymentId } = payment;
    const provider = this.#provider;
    if (provider === null) throw new RangeError('A payment cannot run without a provider.');
    const loop = new PaymentLoop({
      clock,
      timers,
      random,
      log,
      provider,
      payment: () => this.#desk.register.payments.get(paymentId) ?? payment,
      extras: () => ({ ...NO_EXTRAS, receipt: this.#paper.app.linesOf(payment) }),
      wanted: () => {
        const { shownPaymentId, openSale } = this.#desk.register;
        if (shownPaymentId !== paymentId || openSale?.saleId !== payment.saleId) return false;
        // Other money may have come into the sale meanwhile: what is taken now must still fit.
        return payment.order.amountOre <= saleTotals(openSale).dueOre;
      },
      record: (events) => this.#record(paymentId, events),
      onContact: (trouble) => {
        const wasReached = trouble?.kind === 'contradiction' || trouble?.kind === 'unwritten';
        this.contact = wasReached ? null : trouble;
        if (trouble?.kind === 'unwritten') this.#sayDiskTrouble(trouble.error.code);
        const now = this.#desk.register.payments.get(paymentId);
        if (trouble === null && now?.state === 'awaiting' && !now.cancelRequested) this.qr.show(now);
        this.#desk.changed();
      },
    });
    this.#loops.set(paymentId, loop);
    timers.after(0, () => loop.wake());
    return loop;
  }

  /** The payment waits for the disk, and only a person can help that: said once, until it is closed. */
  #sayDiskTrouble(code: string): void {
    const { register, words } = this.#desk;
    const sentences: Readonly<Record<string, string>> = words.till.storage;
    const text = sentences[code.slice('storage:'.length)] ?? words.till.storage.other;
    if (register.notice?.text !== text) register.notice = { id: this.#desk.newId(), tone: 'bad', text, support: code };
  }

  /** Writes a payment's events with everything that follows from them, in one transaction; then lets the effects go. */
  #record(paymentId: string, events: readonly PaymentEvent[]): void {
    const { register } = this.#desk;
    const before = register.payments.get(paymentId);
    if (before === undefined) return;
    const after = this.#preview(before, events);
    const sale = register.sales.get(before.saleId);
    const follow = sale === undefined ? [] : this.#followUps(before, after, sale);
    const operator = this.#desk.operator.operatorId;
    register.append(
      [...events, ...follow].map((entry): NewEntry => ({ ...entry, operator: isOurs(entry.type) ? operator : 'system' }) as NewEntry),
    );
    this.#loops.get(paymentId)?.noteRecorded(events);
    this.#afterwards(paymentId, follow);
  }

  #preview(payment: Payment, events: readonly PaymentEvent[]): Payment {
    const { clock } = this.#desk.ports;
    const nowMs = clock.nowMs();
    const moment = { atMs: nowMs, offsetMinutes: clock.offsetMinutes(nowMs), operator: 'system', document: null };
    return events.reduce<Payment>((state, event) => applyPaymentEvent(state, { ...event, ...moment }), payment);
  }

  #followUps(before: Payment, after: Payment, sale: Sale): readonly PlannedEntry[] {
    if (holdsMoney(after) && !holdsMoney(before)) {
      const { paymentId, saleId, order } = after;
      const tender: SaleEvent = {
        type: 'sale.tender-added',
        version: 1,
        payload: {
          saleId,
          tender: {
            kind: 'vipps',
            tenderId: paymentId,
            amountOre: after.capturedOre,
            reference: order.reference,
            transactionId: after.transactionId,
          },
        },
      };
      return withCompletion(sale, [tender], this.#paper.app);
    }
    if (before.replaceByOre !== null && isOutOfTheWay(after) && sale.status === 'open') {
      return [this.#plan(sale, before.replaceByOre)];
    }
    if (lostItsUrl(before, after) && sale.status === 'open' && this.#attemptsInARow < MOST_ATTEMPTS_IN_A_ROW) {
      return [this.#plan(sale, after.order.amountOre)];
    }
    return [];
  }

  #afterwards(paymentId: string, follow: readonly PlannedEntry[]): void {
    const { register } = this.#desk;
    const payment = register.payments.get(paymentId);
    if (payment === undefined) return;
    if (payment.state === 'awaiting' && !payment.cancelRequested) this.qr.show(payment);
    else this.qr.hide(paymentId);
    for (const entry of follow) {
      if (entry.type === 'payment.planned') {
        this.#attemptsInARow += 1;
        this.#begin(entry.payload.paymentId);
      }
      if (entry.type === 'sale.completed') {
        const sale = register.sales.get(payment.saleId);
        if (sale !== undefined) this.#paper.afterCompletion(sale);
      }
    }
    if (isFinal(payment)) {
      this.#loops.get(paymentId)?.stop();
      this.#loops.delete(paymentId);
    }
    // A part of a split: the payment is over and the sale goes on.
    if (holdsMoney(payment) && register.openSale?.saleId === payment.saleId) register.shownPaymentId = null;
    if (lostTooOften(payment, this.#attemptsInARow) && register.shownPaymentId === paymentId) {
      register.notice = {
        id: this.#desk.newId(),
        tone: 'bad',
        text: this.#desk.words.till.manyLostCreations(brandOf(this.#desk.configuration.shop.market).name),
        support: payment.order.reference,
      };
    }
    this.#desk.changed();
  }
}

/** Money that belongs to the sale: captured, read back, no question open about it, and not on its way back. A refused refund moved nothing. */
function holdsMoney(payment: Payment): payment is Extract<Payment, { state: 'captured' }> {
  return payment.state === 'captured' && payment.question === null && (payment.refund === null || payment.refund.state === 'refused');
}

/** Its creation was lost and it can be paid by nobody: the sale needs a new attempt. */
function lostItsUrl(before: Payment, after: Payment): boolean {
  if (after.state === 'watched') return before.state === 'creating' && !after.cancelRequested;
  return after.state === 'released' && after.why === 'url-lost' && before.state === 'releasing';
}

/** What was to be replaced is over, and nobody has paid it: the next one may come. */
function isOutOfTheWay(after: Payment): boolean {
  return after.state === 'released' ? !after.wasApproved : after.state === 'declined' && after.replaceByOre === null;
}

function lostTooOften(payment: Payment, attemptsInARow: number): boolean {
  const lost = (payment.state === 'watched' && !payment.cancelRequested) || (payment.state === 'released' && payment.why === 'url-lost');
  return lost && attemptsInARow >= MOST_ATTEMPTS_IN_A_ROW;
}

const OURS: ReadonlySet<string> = new Set([
  'payment.cancel-requested',
  'payment.replace-requested',
  'payment.refunded-by-hand',
  'payment.kept',
  'payment.planned',
  'sale.completed',
]);

/** What a person decided; everything else is the register's own doing. */
function isOurs(type: string): boolean {
  return OURS.has(type);
}

/** `yymm` of local time. */
function yearAndMonth(atMs: number, offsetMinutes: number): string {
  const { date } = localDateAndTime(atMs, offsetMinutes);
  return date.slice(2, 4) + date.slice(5, 7);
}
