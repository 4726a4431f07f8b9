/**
 * What a cashier may do to a basket, and which entries that makes. Pure: a sale and a wish in, events or a refusal out.
 * Every scan is an entry of its own, so a crash in the middle of a basket loses nothing, and the law's line corrections
 * count themselves.
 */
import type { Article } from '../catalog/article.ts';
import type { SaleEvent } from '../journal/events.ts';
import type { Currency } from '../money/amount.ts';
import { cashStepOre, roundForCash } from '../money/cash.ts';
import { applySaleEvent } from './apply.ts';
import type { Discount, Sale, SaleLine } from './sale.ts';
import { saleTotals } from './totals.ts';

export type SaleRefusal =
  | 'unknown-line'
  | 'quantity-not-whole'
  | 'discount-too-large'
  | 'sale-too-large'
  | 'holds-money'
  | 'empty-sale'
  | 'amount-too-large'
  | 'amount-too-small'
  | 'not-whole-kroner'
  | 'nothing-to-pay';

export type SaleDecision =
  | { readonly events: readonly SaleEvent[]; readonly newestLineId?: string }
  | { readonly refusal: SaleRefusal; readonly thing: string };

/** Makes ids that this journal has not used: unpredictable, so that none is ever reused after a removal. */
export type NewId = () => string;

/** A million kroner, the most that one payment may be by the contract: a basket beyond it is a mistyped quantity. */
const MOST_SALE_ORE = 100_000_000;
/** The contract's largest quantity; counting up must not get beyond it either. */
const MOST_QUANTITY_MILLI = 9_999_999;

/** A deposit is a line of its own without VAT, and follows the line it belongs to. */
const DEPOSIT_VAT_BASIS_POINTS = 0;

/**
 * Adds an article. The same piece scanned twice in a row counts up instead of making a second line.
 * @param quantityMilli thousandths; for a piece a multiple of 1 000.
 * @param fixedGrossOre what a price label said the whole thing costs.
 */
export function addArticle(sale: Sale, article: Article, quantityMilli: number, fixedGrossOre: number | null, newId: NewId): SaleDecision {
  if (!article.weighed && quantityMilli % 1000 !== 0) return { refusal: 'quantity-not-whole', thing: article.name };
  const last = sale.lines.findLast((line) => line.depositForLineId === null);
  if (last !== undefined && fixedGrossOre === null && countsUp(last, article)) {
    return changeQuantity(sale, last.lineId, last.quantityMilli + quantityMilli);
  }
  const line: SaleLine = {
    lineId: newId(),
    articleNumber: article.articleNumber,
    ean: article.ean,
    name: article.name,
    groupId: article.groupId,
    groupName: article.groupName,
    unit: article.unit,
    weighed: article.weighed,
    quantityMilli,
    unitPriceOre: article.unitPriceOre,
    vatBasisPoints: article.vatBasisPoints,
    discount: null,
    depositForLineId: null,
    fixedGrossOre,
  };
  const events: SaleEvent[] = [lineAdded(sale, line)];
  if (article.depositOre !== null) events.push(lineAdded(sale, depositLine(line, article.depositOre, newId())));
  return withinLimits(sale, events, { newestLineId: line.lineId });
}

function countsUp(line: SaleLine, article: Article): boolean {
  return (
    line.articleNumber === article.articleNumber &&
    !article.weighed &&
    line.unitPriceOre === article.unitPriceOre &&
    line.name === article.name &&
    line.discount === null &&
    line.fixedGrossOre === null
  );
}

function depositLine(line: SaleLine, depositOre: number, lineId: string): SaleLine {
  return {
    ...line,
    lineId,
    ean: null,
    name: 'Pant',
    unit: 'stk',
    weighed: false,
    unitPriceOre: depositOre,
    vatBasisPoints: DEPOSIT_VAT_BASIS_POINTS,
    depositForLineId: line.lineId,
  };
}

function lineAdded(sale: Sale, line: SaleLine): SaleEvent {
  return { type: 'sale.line-added', version: 1, payload: { saleId: sale.saleId, line } };
}

export function changeQuantity(sale: Sale, lineId: string, quantityMilli: number): SaleDecision {
  const line = sale.lines.find((each) => each.lineId === lineId);
  if (line === undefined || line.depositForLineId !== null) return { refusal: 'unknown-line', thing: '' };
  if (!line.weighed && quantityMilli % 1000 !== 0) return { refusal: 'quantity-not-whole', thing: line.name };
  if (quantityMilli > MOST_QUANTITY_MILLI) return { refusal: 'sale-too-large', thing: String(MOST_SALE_ORE) };
  const { saleId } = sale;
  const events: SaleEvent[] = [line, ...depositsOf(sale, lineId)].map((each) => ({
    type: 'sale.line-quantity-changed',
    version: 1,
    payload: { saleId, lineId: each.lineId, quantityMilli },
  }));
  return withinLimits(sale, events, { newestLineId: lineId });
}

export function removeLine(sale: Sale, lineId: string): SaleDecision {
  const line = sale.lines.find((each) => each.lineId === lineId);
  if (line === undefined || line.depositForLineId !== null) return { refusal: 'unknown-line', thing: '' };
  const { saleId } = sale;
  const events: SaleEvent[] = [...depositsOf(sale, lineId), line].map((each) => ({
    type: 'sale.line-removed',
    version: 1,
    payload: { saleId, lineId: each.lineId },
  }));
  return withinLimits(sale, events, {});
}

export function discountLine(sale: Sale, lineId: string, discount: Discount | null): SaleDecision {
  const line = sale.lines.find((each) => each.lineId === lineId);
  if (line === undefined || line.depositForLineId !== null) return { refusal: 'unknown-line', thing: '' };
  if (discount?.kind === 'amount') {
    const grossOre = saleTotals({ ...sale, discount: null }).lines.find((each) => each.lineId === lineId)?.grossOre ?? 0;
    if (discount.amountOre > grossOre) return { refusal: 'discount-too-large', thing: line.name };
  }
  return withinLimits(sale, [{ type: 'sale.line-discounted', version: 1, payload: { saleId: sale.saleId, lineId, discount } }], {
    newestLineId: lineId,
  });
}

export function discountSale(sale: Sale, discount: Discount | null): SaleDecision {
  if (sale.lines.length === 0) return { refusal: 'empty-sale', thing: '' };
  if (discount?.kind === 'amount') {
    const before = saleTotals({ ...sale, discount: null });
    const depositOre = before.lines
      .filter((each) => sale.lines.find((line) => line.lineId === each.lineId)?.depositForLineId !== null)
      .reduce((sum, each) => sum + each.netOre, 0);
    // What came back is worth what it was; only what is sold here may become cheaper.
    if (discount.amountOre > before.totalOre + before.returnedOre - depositOre) return { refusal: 'discount-too-large', thing: '' };
  }
  return withinLimits(sale, [{ type: 'sale.discounted', version: 1, payload: { saleId: sale.saleId, discount } }], {});
}

function depositsOf(sale: Sale, lineId: string): readonly SaleLine[] {
  return sale.lines.filter((each) => each.depositForLineId === lineId);
}

/** A basket may not become cheaper than what has been paid into it: the money goes back first. Nor dearer than can be paid. */
function withinLimits(sale: Sale, events: readonly SaleEvent[], more: { readonly newestLineId?: string }): SaleDecision {
  const totals = saleTotals(events.reduce<Sale>((basket, event) => applySaleEvent(basket, { ...event, ...NOT_YET_RECORDED }), sale));
  if (totals.totalOre > MOST_SALE_ORE) return { refusal: 'sale-too-large', thing: String(MOST_SALE_ORE) };
  const holdsMoney = totals.paidOre > 0 && totals.dueOre < 0;
  return holdsMoney ? { refusal: 'holds-money', thing: String(totals.paidOre) } : { events, ...more };
}

/** An event that is only tried out has no moment yet; nothing about a basket's money depends on one. */
const NOT_YET_RECORDED = { atMs: 0, offsetMinutes: 0, operator: '', document: null } as const;

/**
 * Takes cash. Enough for what is due in cash (whole kroner in Norway) settles the sale, with rounding and change; less is a
 * part of a split, without rounding: only what settles the sale is rounded.
 */
export function takeCash(sale: Sale, receivedOre: number, currency: Currency, newId: NewId): SaleDecision {
  if (sale.lines.length === 0) return { refusal: 'empty-sale', thing: '' };
  const { dueOre } = saleTotals(sale);
  const dueInCashOre = roundForCash(dueOre, currency);
  const stepOre = cashStepOre(currency);
  const isEven = dueOre === 0 && (sale.tenders.length > 0 || sale.returned !== undefined);
  if (dueOre < 0 || isEven) return { refusal: 'nothing-to-pay', thing: '' };
  if (receivedOre % stepOre !== 0) return { refusal: 'not-whole-kroner', thing: String(stepOre) };
  const { saleId } = sale;
  const tenderId = newId();
  if (receivedOre >= dueInCashOre) {
    const tender = {
      kind: 'cash',
      tenderId,
      amountOre: dueOre,
      roundingOre: dueInCashOre - dueOre,
      receivedOre,
      changeOre: receivedOre - dueInCashOre,
    } as const;
    return { events: [{ type: 'sale.tender-added', version: 1, payload: { saleId, tender } }] };
  }
  if (receivedOre < stepOre) return { refusal: 'amount-too-small', thing: String(stepOre) };
  const tender = { kind: 'cash', tenderId, amountOre: receivedOre, roundingOre: 0, receivedOre, changeOre: 0 } as const;
  return { events: [{ type: 'sale.tender-added', version: 1, payload: { saleId, tender } }] };
}

/** Records a payment on the separate card terminal. Electronic payments never round. */
export function takeCard(sale: Sale, amountOre: number | undefined, terminalReference: string, newId: NewId): SaleDecision {
  const decided = electronicAmount(sale, amountOre);
  if ('refusal' in decided) return decided;
  const tender = { kind: 'card', tenderId: newId(), amountOre: decided.amountOre, terminalReference } as const;
  return { events: [{ type: 'sale.tender-added', version: 1, payload: { saleId: sale.saleId, tender } }] };
}

/** How much an electronic payment is for: all that is left, or the part that was asked for. */
export function electronicAmount(
  sale: Sale,
  amountOre: number | undefined,
): { readonly amountOre: number } | { readonly refusal: SaleRefusal; readonly thing: string } {
  if (sale.lines.length === 0) return { refusal: 'empty-sale', thing: '' };
  const { dueOre } = saleTotals(sale);
  if (dueOre <= 0) return { refusal: 'nothing-to-pay', thing: '' };
  if (amountOre !== undefined && amountOre > dueOre) return { refusal: 'amount-too-large', thing: String(dueOre) };
  return { amountOre: amountOre ?? dueOre };
}
