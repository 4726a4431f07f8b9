/**
 * What is reserved and not collected yet: at the counter, set aside while the next customer is served, or waiting for its
 * delivery. Also what a basket may become meanwhile, and what is said when a reservation is gone.
 */
import type { SaleEvent } from '../journal/events.ts';
import { isAlive, type Payment } from '../payment/payment.ts';
import { onBasketChanged, onCollectRequested } from '../payment/person.ts';
import type { Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import { deadlineOf } from './away.ts';
import type { Command, CommandAnswer, Notice, ReservationRow } from './contract.ts';
import { type Desk, DONE } from './desk.ts';
import { leastOreOf } from './payable.ts';
import { collectAfter } from './payment-basket.ts';
import type { Payments } from './payments.ts';
import type { Register } from './register.ts';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

export class Reservations {
  readonly #desk: Desk;
  readonly #payments: Payments;

  constructor(desk: Desk, payments: Payments) {
    this.#desk = desk;
    this.#payments = payments;
  }

  /** What is held is taken: what the basket comes to. The rest of it is let go of. */
  collect(): CommandAnswer {
    const { shownPayment: payment, openSale } = this.#desk.register;
    const isHere = payment !== null && openSale?.saleId === payment.saleId;
    const events = isHere ? onCollectRequested(payment, payment.collectOre) : null;
    if (payment === null || events === null) return this.#desk.refuse('no-payment');
    this.#payments.write(payment.paymentId, events);
    this.#payments.checkShown();
    return DONE;
  }

  /**
   * The basket of a living payment changes, and what is taken with it: both are written, or neither.
   * @returns why not; `null` when it is done.
   */
  changeBasket(payment: Payment, sale: Sale, changes: readonly SaleEvent[]): CommandAnswer | null {
    const collected = collectAfter(payment, sale, changes, leastOreOf(this.#desk));
    if ('refusal' in collected) return this.#desk.refuse(collected.refusal, this.#desk.money(collected.limitOre));
    const events = onBasketChanged(payment, collected.collectOre);
    if (events === null) return this.#desk.refuse('payment-alive');
    this.#payments.write(payment.paymentId, events, changes);
    if (collected.collectOre === 0) this.#payments.checkShown();
    return null;
  }

  /** Somebody has paid back by hand what the provider would not: it leaves the cashier's list, and stays in the journal. */
  refundedByHand(command: Of<'refunded-by-hand'>): CommandAnswer {
    const payment = this.#desk.register.payments.get(command.paymentId);
    if (payment?.state !== 'captured' || payment.refund?.state !== 'needs-hand') return this.#desk.refuse('nothing-to-answer');
    this.#payments.write(payment.paymentId, [{ type: 'payment.refunded-by-hand', version: 1, payload: { paymentId: payment.paymentId } }]);
    return DONE;
  }

  /** Somebody has looked after what the provider did not know: it leaves the cashier's list, and is not asked about any more. */
  settledByHand({ paymentId }: Of<'settled-by-hand'>): CommandAnswer {
    const payment = this.#desk.register.payments.get(paymentId);
    if (payment?.state !== 'watched' || payment.untilMs !== null) return this.#desk.refuse('nothing-to-answer');
    this.#payments.write(paymentId, [{ type: 'payment.settled-by-hand', version: 1, payload: { paymentId } }]);
    return DONE;
  }

  /** Somebody has read that the rest of a reservation goes by itself: it leaves the cashier's list. */
  restSeen({ paymentId }: Of<'rest-seen'>): CommandAnswer {
    const payment = this.#desk.register.payments.get(paymentId);
    if (payment?.state !== 'captured' || payment.rest?.state !== 'left' || payment.rest.seen) return this.#desk.refuse('nothing-to-answer');
    this.#payments.write(paymentId, [{ type: 'payment.rest-seen', version: 1, payload: { paymentId } }]);
    return DONE;
  }
}

/** The open reservations whose sale is not the one at the counter, oldest first. Taken up again with `resume-sale`. */
export function openReservations(desk: Desk): readonly ReservationRow[] {
  const { register } = desk;
  return [...register.payments.values()].flatMap((payment): ReservationRow[] => {
    const sale = register.sales.get(payment.saleId);
    if (sale === undefined || !waitsAside(payment, sale)) return [];
    const { paymentId, saleId, order, collectOre, moments } = payment;
    const deadline = order.unit === 'distance' ? deadlineOf(desk, payment) : null;
    return [
      {
        paymentId,
        saleId,
        saleNumber: sale.saleNumber,
        reference: order.reference,
        reservedOre: order.amountOre,
        totalOre: saleTotals(sale).totalOre,
        collectOre,
        sinceMs: moments.approvedAtMs ?? payment.plannedAtMs,
        untilMs: deadline?.atMs ?? (payment.state === 'held' ? payment.captureUntilMs : null),
        deadline: deadline === null ? null : { text: deadline.text, soon: deadline.soon },
        state: payment.state === 'held' ? 'held' : payment.state === 'awaiting' ? 'waits' : 'asks',
      },
    ];
  });
}

function waitsAside(payment: Payment, sale: Sale): boolean {
  return sale.status === 'parked' && isAlive(payment);
}

/** The payment that a parked sale is taken up again with; `null` where it has none. */
export function reservationOf(register: Register, saleId: string): Payment | null {
  return [...register.payments.values()].find((payment) => payment.saleId === saleId && isAlive(payment)) ?? null;
}

/** The provider no longer holds what was set aside: its sale is an ordinary parked one now. */
export function reservationGone(desk: Desk, { saleId, order }: Payment): Notice {
  const number = desk.register.sales.get(saleId)?.saleNumber ?? 0;
  const text = desk.words.till.reservationGone(number, desk.money(order.amountOre));
  return { id: desk.newId(), tone: 'care', text, support: order.reference };
}
