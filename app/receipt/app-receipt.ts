/**
 * The receipt in the customer's own app: what was bought, line by line, beside the payment. It is the provider's page and
 * not the sales receipt that the law asks for, which has a number and is printed.
 *
 * The provider shows it only where it adds up: a line is its base and its VAT, and all lines together are the payment, less
 * what the sale was paid with otherwise. So it is made of the sale's own totals, and one that does not add up is not sent.
 * A receipt never holds up a payment.
 */
import type { AppReceipt, AppReceiptLine } from '../payment/provider.ts';
import type { Sale, SaleTotals } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';

/** `taxRate` ends at 100 % (`order-management.yaml`). */
const MOST_VAT_BASIS_POINTS = 10_000;

/**
 * What goes into a payment's creation: the lines of a sale that this payment is to pay as a whole.
 * @returns `null` for a part of a sale: the lines would come to more than the payment.
 */
export function receiptForCreation(sale: Sale, amountOre: number): readonly AppReceiptLine[] | null {
  const lines = linesOf(sale, saleTotals(sale));
  return receiptAddsUp({ lines, paidByCardOre: 0, paidInCashOre: 0 }, amountOre) ? lines : null;
}

/**
 * What is sent after a sale is complete, for one of the payments that paid it.
 * @returns `null` where nothing true can be said: the sale was paid with two of these payments, and no receipt has a
 * place for the other one.
 */
export function receiptAfterwards(sale: Sale, paymentId: string): AppReceipt | null {
  const payment = sale.tenders.find((tender) => tender.kind === 'vipps' && tender.tenderId === paymentId);
  if (payment === undefined) return null;
  const paidBy = (kind: 'card' | 'cash') => sale.tenders.reduce((sum, tender) => sum + (tender.kind === kind ? tender.amountOre : 0), 0);
  const receipt = { lines: linesOf(sale, saleTotals(sale)), paidByCardOre: paidBy('card'), paidInCashOre: paidBy('cash') };
  return receiptAddsUp(receipt, payment.amountOre) ? receipt : null;
}

/** Whether the provider would show it beside a payment of this amount, in minor units. */
export function receiptAddsUp({ lines, paidByCardOre, paidInCashOre }: AppReceipt, amountOre: number): boolean {
  const isWhole = (...numbers: readonly number[]) => numbers.every((each) => Number.isSafeInteger(each) && each >= 0);
  const isLine = ({ amountOre: lineOre, vatOre, vatBasisPoints, discountOre, quantityMilli, unitPriceOre, name }: AppReceiptLine) =>
    isWhole(lineOre, vatOre, vatBasisPoints, discountOre, quantityMilli, unitPriceOre) &&
    vatOre <= lineOre &&
    vatBasisPoints <= MOST_VAT_BASIS_POINTS &&
    name.trim() !== '';
  if (lines.length === 0 || !isWhole(paidByCardOre, paidInCashOre) || !lines.every(isLine)) return false;
  return lines.reduce((sum, line) => sum + line.amountOre, 0) - paidByCardOre - paidInCashOre === amountOre;
}

function linesOf(sale: Sale, totals: SaleTotals): readonly AppReceiptLine[] {
  const moneyOf = new Map(totals.lines.map((line) => [line.lineId, line]));
  return sale.lines.flatMap(({ lineId, name, quantityMilli, unit, unitPriceOre, vatBasisPoints }) => {
    const money = moneyOf.get(lineId);
    if (money === undefined) return [];
    const discountOre = money.ownDiscountOre + money.saleDiscountOre;
    return [
      { lineId, name, quantityMilli, unit, unitPriceOre, amountOre: money.netOre, vatOre: money.vatOre, vatBasisPoints, discountOre },
    ];
  });
}
