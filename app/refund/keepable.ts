/**
 * What head office makes orders of. An entry that fits its hash may still hold anything, from a stolen key or a defect, and it
 * is kept as it is; but what other registers are told is held to the contract here, so that one register's rows can neither
 * stop its own journal at the database nor spoil an answer to anybody else.
 */
import { MOST_ORE } from './contract.ts';
import { ORDER_ID, REFUND_ID } from './names.ts';
import type { CapturedPayment, Order } from './order-index.ts';
import type { TakenBack } from './taken-back.ts';

/** No program of ours writes such an entry. The message says which field, and nothing of what stands in it. */
export class NotKeepableError extends Error {
  override readonly name = 'NotKeepableError';
}

/** Several times what a catalogue takes. */
const LONGEST_TEXT = 1_000;
const MOST_MILLI = 1_000_000_000_000;
const DATE = /^\d{4}-\d\d-\d\d$/;
const CURRENCY = /^[A-Z]{3}$/;
const WAYS: readonly string[] = ['vipps', 'card', 'cash'];

/** PostgreSQL takes no NUL, and nobody wants to be told megabytes. */
export const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_TEXT && !value.includes('\u0000');
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const isWithin = (value: unknown, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const isAmount = (value: unknown): boolean => isWithin(value, 0, MOST_ORE);
const isCount = (value: unknown): boolean => isWithin(value, 0, Number.MAX_SAFE_INTEGER);

function must(isSo: boolean, field: string): void {
  if (!isSo) throw new NotKeepableError(`${field} is not what a register writes`);
}

/** @throws NotKeepableError */
export function assertOrder(order: Order): void {
  must(ORDER_ID.test(order.orderId), 'the number of the sale');
  must(isText(order.saleId), 'saleId');
  must(isCount(order.receiptNumber), 'the receipt number');
  must(DATE.test(order.date), 'the date');
  must(isAmount(order.totalOre), 'totalOre');
  must(isText(order.operator), 'operator');
  for (const line of order.lines) {
    must(isText(line.articleNumber) && isTextOrNull(line.ean), 'the article of a line');
    must(isText(line.name) && isText(line.unit), 'name or unit of a line');
    must(isWithin(line.quantityMilli, 0, MOST_MILLI), 'quantityMilli of a line');
    must(isAmount(line.unitPriceOre) && isWithin(line.netOre, -MOST_ORE, MOST_ORE), 'the price of a line');
    must(isCount(line.vatBasisPoints), 'vatBasisPoints of a line');
  }
  for (const { kind, amountOre, reference } of order.tenders) {
    must(WAYS.includes(kind) && isAmount(amountOre) && isTextOrNull(reference), 'a tender');
  }
}

/** @throws NotKeepableError */
export function assertPayment({ reference, orderAmountOre, capturedOre, currency, text }: CapturedPayment): void {
  must(isText(reference), 'reference');
  must(isAmount(orderAmountOre) && isAmount(capturedOre), 'an amount');
  must(CURRENCY.test(currency), 'currency');
  must(isText(text), 'text');
}

/**
 * A return must be of the register's own making, of goods and money above zero, and add up.
 * @param prefix how everything that the register names begins.
 * @throws NotKeepableError
 */
export function assertTakenBack(back: TakenBack, prefix: string): void {
  const { returnId, orderId, lines, amountOre, creditOre, parts } = back;
  must(REFUND_ID.test(returnId) && returnId.startsWith(prefix), 'returnId');
  must(ORDER_ID.test(orderId), 'orderId');
  for (const { lineNo, quantityMilli, name, amountOre } of lines) {
    must(isWithin(lineNo, 1, Number.MAX_SAFE_INTEGER) && isWithin(quantityMilli, 1, MOST_MILLI), 'a line that came back');
    must(isText(name) && isAmount(amountOre), 'a line that came back');
  }
  must(lines.length > 0 && new Set(lines.map(({ lineNo }) => lineNo)).size === lines.length, 'the lines that came back');
  for (const { kind, amountOre, reference } of parts) {
    must(WAYS.includes(kind) && isAmount(amountOre) && isTextOrNull(reference), 'a part of the money');
  }
  const movedOre = parts.reduce((sum, part) => sum + part.amountOre, 0);
  must(isAmount(amountOre) && lines.reduce((sum, line) => sum + line.amountOre, 0) === amountOre, 'the sum of the goods');
  must(isAmount(creditOre) && creditOre + movedOre === amountOre, 'the sum of the money');
  must(isText(back.reason) && isTextOrNull(back.approvedBy) && isText(back.operator), 'reason, approvedBy or operator');
}
