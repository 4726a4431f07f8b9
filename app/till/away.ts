/** Customers who are not there: the deadlines they can be given, and what is said of an order that waits aside. */
import { localDateAndTime } from '../journal/entry-text.ts';
import { deadlineMs } from '../payment/lifetime.ts';
import type { Payment } from '../payment/payment.ts';
import type { Sale } from '../sale/sale.ts';
import { texts } from '../text/index.ts';
import type { Language, Notice } from './contract.ts';
import type { Desk } from './desk.ts';

export const HOUR_MS = 3_600_000;
/** The provider takes more than ten minutes and, by the older of its documents, less than 28 days. */
export const DEADLINE_HOURS = [2, 24, 72, 168] as const;
/** So near is worth a word: a customer to be called, goods to be delivered. */
const SOON_MS = { awaiting: HOUR_MS, held: 72 * HOUR_MS } as const;

/** A moment as people in the shop say it. */
function momentText(desk: Desk, atMs: number, language: Language = desk.language('cashier')): string {
  const { date, time } = localDateAndTime(atMs, desk.ports.clock.offsetMinutes(atMs));
  return texts(language).till.away.at(date, time.slice(0, 5));
}

/** Until when, for the sentence of a payment that waits for days; empty where nothing is said of it. */
export function untilText(desk: Desk, payment: Payment): string {
  const atMs = payment.order.unit === 'distance' ? deadlineMs(payment, desk.configuration.shop.market) : null;
  return atMs === null ? '' : momentText(desk, atMs);
}

export interface Deadline {
  readonly atMs: number;
  readonly text: string;
  readonly soon: boolean;
}

/** What must happen to a reservation, and by when; `null` where nobody can say. */
export function deadlineOf(desk: Desk, payment: Payment): Deadline | null {
  const atMs = deadlineMs(payment, desk.configuration.shop.market);
  if (atMs === null || (payment.state !== 'awaiting' && payment.state !== 'held')) return null;
  const words = desk.words.till.away;
  const leftMs = atMs - desk.ports.clock.nowMs();
  const say = payment.state === 'held' ? words.deliver : words.approve;
  return { atMs, text: leftMs <= 0 ? words.late : say(momentText(desk, atMs)), soon: leftMs <= SOON_MS[payment.state] };
}

/** The sale waits aside, and the next customer may come. */
export function setAside(desk: Desk, payment: Payment): void {
  const { register } = desk;
  register.shownPaymentId = null;
  register.newestLineId = null;
  register.pending = null;
  const atMs = deadlineMs(payment, desk.configuration.shop.market) ?? desk.ports.clock.nowMs();
  const text = desk.words.till.away.aside(saleNumberOf(desk, payment), momentText(desk, atMs));
  register.notice = { id: desk.newId(), tone: 'info', text, support: null };
}

/** Nobody has paid what waited aside: its sale is an ordinary parked one now. `null` where there is nothing to say. */
export function orderNotPaid(desk: Desk, payment: Payment): Notice | null {
  const isNews = payment.state === 'declined' || (payment.state === 'released' && payment.why === 'expired');
  if (!isNews || desk.register.shownPaymentId === payment.paymentId) return null;
  if (payment.order.unit !== 'distance' || desk.register.sales.get(payment.saleId)?.status !== 'parked') return null;
  const words = desk.words.till.away;
  const text = (payment.state === 'declined' && payment.reason === 'rejected' ? words.rejected : words.notInTime)(
    saleNumberOf(desk, payment),
  );
  return { id: desk.newId(), tone: 'care', text, support: payment.order.reference };
}

/** Whether the customer of a sale was not there when it was completed. */
export function isPaidFromAfar({ register }: Desk, sale: Sale): boolean {
  return sale.tenders.some(({ tenderId }) => register.payments.get(tenderId)?.order.unit === 'distance');
}

function saleNumberOf({ register }: Desk, { saleId }: Payment): number {
  return register.sales.get(saleId)?.saleNumber ?? 0;
}
