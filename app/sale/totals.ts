/**
 * A sale's money. Everything is integer øre, and three sums always agree to the øre: the lines', the VAT rates' and the
 * total. Prices include VAT, so a rate's VAT is taken out of the rate's whole sum (not line by line, which would drift)
 * and then shared over its lines.
 */
import { allocate, roundDiv } from '../money/rounding.ts';
import { vatInsideOre } from '../money/vat.ts';
import type { Discount, LineTotals, RateTotals, Sale, SaleLine, SaleTotals } from './sale.ts';

/** A line before any discount: the label's own price, or quantity × price rounded half away from zero. */
export function lineGrossOre(line: SaleLine): number {
  return line.fixedGrossOre ?? roundDiv(line.unitPriceOre * line.quantityMilli, 1000);
}

/** What a discount takes off an amount: never more than all of it. */
export function discountOre(discount: Discount | null, ofOre: number): number {
  if (discount === null) return 0;
  switch (discount.kind) {
    case 'amount':
      return Math.min(discount.amountOre, ofOre);
    case 'percent':
      return roundDiv(ofOre * discount.basisPoints, 10_000);
  }
}

/**
 * All sums of a sale. A deposit (pant) is money held for the customer: no discount touches it.
 * A discount on the whole sale is shared over the other lines in proportion, by largest remainder.
 */
export function saleTotals(sale: Pick<Sale, 'lines' | 'discount' | 'tenders' | 'returned'>): SaleTotals {
  const beforeSaleDiscount = sale.lines.map((line) => {
    const grossOre = lineGrossOre(line);
    const ownDiscountOre = line.depositForLineId === null ? discountOre(line.discount, grossOre) : 0;
    return { line, grossOre, ownDiscountOre, leftOre: grossOre - ownDiscountOre };
  });
  const discountable = beforeSaleDiscount.map(({ line, leftOre }) => (line.depositForLineId === null ? leftOre : 0));
  const discountableOre = discountable.reduce((sum, each) => sum + each, 0);
  const shares = allocate(discountOre(sale.discount, discountableOre), discountable);

  const nets = beforeSaleDiscount.map(({ line, leftOre }, index) => ({ line, netOre: leftOre - (shares[index] ?? 0) }));
  const soldRates = rateTotals(nets.map(({ line, netOre }) => ({ vatBasisPoints: line.vatBasisPoints, netOre })));
  const vatOfLine = vatPerLine(nets, soldRates);
  const returnedRates = rateTotals(
    (sale.returned?.lines ?? []).map(({ vatBasisPoints, amountOre }) => ({ vatBasisPoints, netOre: amountOre })),
  );
  const rates = less(soldRates, returnedRates);
  const returnedOre = returnedRates.reduce((sum, rate) => sum + rate.netOre, 0);

  const lines: LineTotals[] = beforeSaleDiscount.map(({ line, grossOre, ownDiscountOre }, index) => ({
    lineId: line.lineId,
    grossOre,
    ownDiscountOre,
    saleDiscountOre: shares[index] ?? 0,
    netOre: nets[index]?.netOre ?? 0,
    vatOre: vatOfLine.get(line.lineId) ?? 0,
  }));
  const totalOre = lines.reduce((sum, line) => sum + line.netOre, 0) - returnedOre;
  const paidOre = sale.tenders.reduce((sum, tender) => sum + tender.amountOre, 0);
  return {
    lines,
    rates,
    returnedRates,
    returnedOre,
    discountOre: lines.reduce((sum, line) => sum + line.ownDiscountOre + line.saleDiscountOre, 0),
    totalOre,
    vatOre: rates.reduce((sum, rate) => sum + rate.vatOre, 0),
    paidOre,
    dueOre: totalOre - paidOre,
  };
}

interface LineNet {
  readonly line: SaleLine;
  readonly netOre: number;
}

/** Highest rate first, as receipts list them. */
function rateTotals(nets: readonly { readonly vatBasisPoints: number; readonly netOre: number }[]): RateTotals[] {
  const netOfRate = new Map<number, number>();
  for (const { vatBasisPoints, netOre } of nets) netOfRate.set(vatBasisPoints, (netOfRate.get(vatBasisPoints) ?? 0) + netOre);
  return [...netOfRate]
    .sort(([a], [b]) => b - a)
    .map(([vatBasisPoints, netOre]) => {
      const vatOre = vatInsideOre(netOre, vatBasisPoints);
      return { vatBasisPoints, netOre, vatOre, baseOre: netOre - vatOre };
    });
}

/** Each side is rounded by itself: what a return takes back is what it would say alone. */
function less(sold: readonly RateTotals[], returned: readonly RateTotals[]): readonly RateTotals[] {
  if (returned.length === 0) return sold;
  const rates = [...new Set([...sold, ...returned].map(({ vatBasisPoints }) => vatBasisPoints))].sort((a, b) => b - a);
  const of = (side: readonly RateTotals[], rate: number) => side.find(({ vatBasisPoints }) => vatBasisPoints === rate);
  return rates.map((vatBasisPoints) => {
    const [plus, minus] = [of(sold, vatBasisPoints), of(returned, vatBasisPoints)];
    return {
      vatBasisPoints,
      baseOre: (plus?.baseOre ?? 0) - (minus?.baseOre ?? 0),
      vatOre: (plus?.vatOre ?? 0) - (minus?.vatOre ?? 0),
      netOre: (plus?.netOre ?? 0) - (minus?.netOre ?? 0),
    };
  });
}

function vatPerLine(nets: readonly LineNet[], rates: readonly RateTotals[]): Map<string, number> {
  const vatOfLine = new Map<string, number>();
  for (const rate of rates) {
    const ofRate = nets.filter(({ line }) => line.vatBasisPoints === rate.vatBasisPoints);
    const shares = allocate(
      rate.vatOre,
      ofRate.map(({ netOre }) => netOre),
    );
    ofRate.forEach(({ line }, index) => {
      vatOfLine.set(line.lineId, shares[index] ?? 0);
    });
  }
  return vatOfLine;
}
