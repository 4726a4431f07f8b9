/**
 * An order that goods are brought back of, as the register has it in front of it: from its own journal, or as head office
 * told it. Both come to the same, so that the cashier's view and the plan do not ask where it was found.
 */
import type { Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import type { OrderAsSold } from './contract.ts';
import type { SoldOrder } from './goods-return.ts';
import type { TenderKind } from './shares.ts';
import { CREDIT_TENDER_NO, creditOreOf } from './taken-back.ts';

export interface LineOnHand {
  readonly lineNo: number;
  readonly articleNumber: string;
  readonly ean: string | null;
  readonly name: string;
  readonly groupId: string | null;
  readonly groupName: string | null;
  readonly unit: string;
  readonly weighed: boolean;
  readonly quantityMilli: number;
  readonly unitPriceOre: number;
  /** Of the whole line, after all discounts. */
  readonly netOre: number;
  readonly vatBasisPoints: number;
  readonly returnedMilli: number;
  /** Held by a return that is not over. */
  readonly reservedMilli: number;
  /** What both have taken of `netOre`. */
  readonly takenOre: number;
  /** A deposit: the line that it follows. */
  readonly belongsToLineNo: number | null;
}

export interface TenderOnHand {
  readonly tenderNo: number;
  readonly kind: TenderKind;
  readonly amountOre: number;
  readonly reference: string | null;
  /** Paid, less what went back or is held. */
  readonly leftOre: number;
  /** When the provider took it; `null` where that is not known here, or it was no payment. */
  readonly capturedAtMs: number | null;
  /** Nobody paid this: goods of an earlier order did. It comes back in cash, with a manager's word. */
  readonly forCredit: boolean;
}

export interface OrderOnHand {
  readonly order: SoldOrder;
  readonly totalOre: number;
  readonly lines: readonly LineOnHand[];
  readonly tenders: readonly TenderOnHand[];
  /** A refund of it was refused by the provider for good: cash may be paid out instead. */
  readonly refusedBefore: boolean;
}

/** What of an order has come back or is held, as the register's own journal has it. */
export interface TakenOfOrder {
  readonly lines: ReadonlyMap<number, { readonly returnedMilli: number; readonly reservedMilli: number; readonly takenOre: number }>;
  /** By the number of the means. */
  readonly money: ReadonlyMap<number, number>;
  readonly refusedBefore: boolean;
}

/** A completed sale of this register as an order. @param capturedAtMs when the payment of a reference was captured. */
export function ownOrder(
  sale: Sale,
  order: SoldOrder,
  taken: TakenOfOrder,
  capturedAtMs: (reference: string) => number | null,
): OrderOnHand {
  const totals = saleTotals(sale);
  const noOf = new Map(sale.lines.map((line, index) => [line.lineId, index + 1]));
  const lines = sale.lines.map((line, index): LineOnHand => {
    const lineNo = index + 1;
    const { returnedMilli = 0, reservedMilli = 0, takenOre = 0 } = taken.lines.get(lineNo) ?? {};
    const { articleNumber, ean, name, groupId, groupName, unit, weighed, quantityMilli, unitPriceOre, vatBasisPoints } = line;
    const netOre = totals.lines[index]?.netOre ?? 0;
    const belongsToLineNo = line.depositForLineId === null ? null : (noOf.get(line.depositForLineId) ?? null);
    const article = { articleNumber, ean, name, groupId, groupName, unit, weighed, unitPriceOre, vatBasisPoints };
    return { lineNo, ...article, quantityMilli, netOre, returnedMilli, reservedMilli, takenOre, belongsToLineNo };
  });
  return {
    order,
    totalOre: totals.totalOre + totals.returnedOre,
    lines,
    tenders: ownTenders(sale, taken, capturedAtMs),
    refusedBefore: taken.refusedBefore,
  };
}

function ownTenders(sale: Sale, taken: TakenOfOrder, capturedAtMs: (reference: string) => number | null): readonly TenderOnHand[] {
  const leftOf = (tenderNo: number, amountOre: number) => amountOre - (taken.money.get(tenderNo) ?? 0);
  const paid = sale.tenders.flatMap((tender, index): TenderOnHand[] => {
    if (tender.kind === 'refund') return [];
    const tenderNo = index + 1;
    const { kind, amountOre } = tender;
    const reference = tender.kind === 'vipps' ? tender.reference : null;
    const leftOre = leftOf(tenderNo, amountOre);
    const atMs = reference === null ? null : capturedAtMs(reference);
    return [{ tenderNo, kind, amountOre, reference, leftOre, capturedAtMs: atMs, forCredit: false }];
  });
  const creditOre = creditOreOf(sale);
  if (creditOre === 0) return paid;
  const tenderNo = sale.tenders.length + 1;
  const leftOre = leftOf(tenderNo, creditOre);
  const credit = { kind: 'cash', amountOre: creditOre, reference: null, capturedAtMs: null, forCredit: true } as const;
  return [...paid, { tenderNo, leftOre, ...credit }];
}

/**
 * An order as head office tells it.
 * @param groupOf the group that this shop has an article in; `null` where it does not know it.
 */
export function officeOrder(
  told: OrderAsSold,
  groupOf: (articleNumber: string) => { readonly groupId: string; readonly groupName: string } | null,
): OrderOnHand {
  const { orderId, soldBy, receiptNumber, completedAtMs, date, currency, totalOre } = told;
  const { storeId, storeName, registerId } = soldBy;
  const lines = told.lines.map((line, index): LineOnHand => {
    const { lineNo, articleNumber, ean, name, unit, quantityMilli, unitPriceOre, netOre, vatBasisPoints } = line;
    const { returnedMilli, reservedMilli, takenOre } = line;
    const group = groupOf(articleNumber);
    return {
      ...{ lineNo, articleNumber, ean, name, unit, quantityMilli, unitPriceOre, netOre, vatBasisPoints },
      ...{ returnedMilli, reservedMilli, takenOre },
      groupId: group?.groupId ?? null,
      groupName: group?.groupName ?? null,
      weighed: quantityMilli % 1000 !== 0,
      belongsToLineNo: isDepositOf(told.lines, index) ? (told.lines[index - 1]?.lineNo ?? null) : null,
    };
  });
  const tenders = told.tenders.map((tender): TenderOnHand => {
    const { tenderNo, kind, amountOre, reference, refundedOre, reservedOre } = tender;
    return {
      tenderNo,
      kind,
      amountOre,
      reference,
      leftOre: amountOre - refundedOre - reservedOre,
      capturedAtMs: null,
      forCredit: tenderNo === CREDIT_TENDER_NO,
    };
  });
  const order = { orderId, storeId, storeName, registerId, receiptNumber, completedAtMs, date, currency };
  return { order, totalOre, lines, tenders, refusedBefore: false };
}

/** A register writes a deposit right after its article, under the article's number, without an EAN and without VAT (`app/sale/decide.ts`). */
function isDepositOf(lines: OrderAsSold['lines'], index: number): boolean {
  const [line, before] = [lines[index], lines[index - 1]];
  if (line === undefined || before === undefined || line.articleNumber !== before.articleNumber) return false;
  return line.ean === null && line.vatBasisPoints === 0 && line.name === 'Pant' && line.quantityMilli === before.quantityMilli;
}
