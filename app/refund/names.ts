/**
 * The names that a chain's parts call each other by. An order is named after the sale as its register counted it, so its
 * name says store, register and month, and no two registers can ever make the same one:
 *
 * | what | form |
 * |---|---|
 * | payment | `<store>-<register>-<yymm>-<epoch>-<sale>-<attempt>`, made by the register (`app/payment/keys.ts`) |
 * | order | `<store>-<register>-<yymm>-<epoch>-<sale>`, the month of its completion |
 * | refund | `<store>-<register>-<epoch>-<number>`, the register that asks, and its own count |
 *
 * A refund's name is at most 36 characters, so that the provider's key made of it stays within 40.
 */

/** Two digits of the year and two of the month, as a number: November 2026 is 2611. */
export type Month = number;

export interface ReferenceNames {
  readonly storeId: string;
  readonly registerId: string;
  readonly month: Month;
  readonly epoch: string;
  readonly saleNumber: number;
}

export const STORE_ID = /^[a-z][a-z0-9]{1,11}$/;
export const REGISTER_ID = /^[a-z0-9]{1,6}$/;
export const REFUND_ID = /^[a-z][a-z0-9]{1,11}-[a-z0-9]{1,6}-[a-z][a-z0-9]{3,5}-[1-9]\d{0,8}$/;
export const ORDER_ID = /^([a-z][a-z0-9]{1,11})-([a-z0-9]{1,6})-(\d{4})-([a-z][a-z0-9]{3,5})-([1-9]\d{0,9})$/;

/** Reads an order's name. `null` when it is none. */
export function parseOrderId(orderId: string): ReferenceNames | null {
  const match = ORDER_ID.exec(orderId);
  if (match === null) return null;
  const [, storeId = '', registerId = '', month = '', epoch = '', saleNumber = ''] = match;
  return isMonth(Number(month)) ? { storeId, registerId, month: Number(month), epoch, saleNumber: Number(saleNumber) } : null;
}

/** The name of an order. */
export function orderIdOf({ storeId, registerId, month, epoch, saleNumber }: ReferenceNames): string {
  return [storeId, registerId, String(month).padStart(4, '0'), epoch, saleNumber].join('-');
}

/** The month in a payment's reference; `null` when somebody else made it. The attempt at its end is not read. */
export function monthOfReference(reference: string): Month | null {
  return parseOrderId(reference.slice(0, Math.max(0, reference.lastIndexOf('-'))))?.month ?? null;
}

/** Local month of a moment. */
export function monthOf(atMs: number, offsetMinutes: number): Month {
  const local = new Date(atMs + offsetMinutes * 60_000);
  const month = (local.getUTCFullYear() % 100) * 100 + local.getUTCMonth() + 1;
  if (Number.isNaN(month)) throw new RangeError(`${atMs} is no moment.`);
  return month;
}

/** Local date of a moment, `YYYY-MM-DD`. */
export function dateOf(atMs: number, offsetMinutes: number): string {
  return new Date(atMs + offsetMinutes * 60_000).toISOString().slice(0, 10);
}

/** The month of a local date, `YYYY-MM-DD`. */
export function monthOfDate(date: string): Month {
  return Number(date.slice(2, 4)) * 100 + Number(date.slice(5, 7));
}

export function isMonth(month: number): boolean {
  return Number.isInteger(month) && month >= 1 && month <= 9912 && month % 100 >= 1 && month % 100 <= 12;
}

/** The provider's idempotency key of one part of a refund: the same for ever, whoever sends it. At most 40 characters. */
export function refundKey(refundId: string, partNo: number): string {
  const key = `${refundId}-r${partNo}`;
  if (!REFUND_ID.test(refundId) || key.length > 40) throw new RangeError(`"${refundId}" is no name of a refund.`);
  return key;
}
