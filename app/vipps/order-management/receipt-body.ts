/** A receipt as the provider writes one (`Receipt` in `order-management.yaml`): the same for a creation and for afterwards. */
import type { AppReceipt, AppReceiptLine, PaymentOrder } from '../../payment/provider.ts';

/** The units that the provider knows. Anything else (metres) stands in the line's name, where a customer still reads it. */
const UNITS: ReadonlyMap<string, 'PCS' | 'KG' | 'LITRE'> = new Map([
  ['stk', 'PCS'],
  ['kg', 'KG'],
  ['l', 'LITRE'],
]);
/** `quantity` has at most ten characters. */
const LONGEST_QUANTITY = 10;

/** The request's body. The sums have been checked before (`app/receipt/app-receipt.ts`). */
export function receiptBody(order: PaymentOrder, { lines, paidByCardOre, paidInCashOre }: AppReceipt): object {
  const isSplit = paidByCardOre + paidInCashOre > 0;
  return {
    orderLines: lines.map(lineBody),
    bottomLine: { currency: order.currency, ...(isSplit ? { paymentSources: { card: paidByCardOre, cash: paidInCashOre } } : {}) },
  };
}

function lineBody(line: AppReceiptLine): object {
  const quantity = quantityText(line.quantityMilli);
  const quantityUnit = quantity.length > LONGEST_QUANTITY ? undefined : UNITS.get(line.unit.toLowerCase());
  return {
    id: line.lineId,
    name: (quantityUnit === undefined ? `${quantity} ${line.unit} ${line.name}` : line.name).toWellFormed(),
    totalAmount: line.amountOre,
    totalAmountExcludingTax: line.amountOre - line.vatOre,
    totalTaxAmount: line.vatOre,
    taxRate: line.vatBasisPoints,
    ...(quantityUnit === undefined ? {} : { unitInfo: { unitPrice: line.unitPriceOre, quantity, quantityUnit } }),
    discount: line.discountOre,
  };
}

/** Thousandths as the decimal number that they are: `2`, `0.822`. */
function quantityText(quantityMilli: number): string {
  const whole = String((quantityMilli - (quantityMilli % 1_000)) / 1_000);
  const rest = String(quantityMilli % 1_000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return rest === '' ? whole : `${whole}.${rest}`;
}
