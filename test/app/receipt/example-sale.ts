/** A completed sale with a bit of everything: weight, deposit, discount, three rates, one tender. */
import type { SalesReceiptFacts } from '../../../app/receipt/sales-receipt.ts';
import type { LineTotals, RateTotals, Sale, SaleLine, SaleTotals, Tender } from '../../../app/sale/sale.ts';

interface LineSpec {
  readonly name: string;
  readonly priceOre: number;
  readonly vat: number;
  readonly quantityMilli?: number;
  readonly weighed?: boolean;
  readonly unit?: string;
  readonly discount?: SaleLine['discount'];
  readonly discountOre?: number;
  readonly depositFor?: string;
  readonly vatOre: number;
}

export function exampleLine(index: number, spec: LineSpec): { readonly line: SaleLine; readonly totals: LineTotals } {
  const lineId = `l${index}`;
  const quantityMilli = spec.quantityMilli ?? 1_000;
  const grossOre = Math.round((spec.priceOre * quantityMilli) / 1_000);
  const ownDiscountOre = spec.discountOre ?? 0;
  return {
    line: {
      lineId,
      articleNumber: String(1_000 + index),
      ean: null,
      name: spec.name,
      groupId: 'g',
      groupName: 'Varer',
      unit: spec.unit ?? 'stk',
      weighed: spec.weighed ?? false,
      quantityMilli,
      unitPriceOre: spec.priceOre,
      vatBasisPoints: spec.vat,
      discount: spec.discount ?? null,
      depositForLineId: spec.depositFor ?? null,
      fixedGrossOre: null,
    },
    totals: { lineId, grossOre, ownDiscountOre, saleDiscountOre: 0, netOre: grossOre - ownDiscountOre, vatOre: spec.vatOre },
  };
}

const LINES = [
  { name: 'Kneipp, grovt', priceOre: 3_990, vat: 1_500, quantityMilli: 2_000, vatOre: 1_041 },
  { name: 'TINE Lettmelk 1 l', priceOre: 2_490, vat: 1_500, vatOre: 325 },
  { name: 'Eple, Aroma', priceOre: 3_990, vat: 1_500, quantityMilli: 822, weighed: true, unit: 'kg', vatOre: 428 },
  { name: 'Farris 0,5 l', priceOre: 2_700, vat: 2_500, vatOre: 540 },
  { name: 'Pant', priceOre: 200, vat: 0, depositFor: 'l3', vatOre: 0 },
  {
    name: 'Kaffe, stor',
    priceOre: 3_900,
    vat: 1_500,
    discount: { kind: 'percent', basisPoints: 1_000, reason: 'Stamkunde' } as const,
    discountOre: 390,
    vatOre: 457,
  },
].map((spec, index) => exampleLine(index, spec));

const RATES: readonly RateTotals[] = [
  { vatBasisPoints: 2_500, baseOre: 2_160, vatOre: 540, netOre: 2_700 },
  { vatBasisPoints: 1_500, baseOre: 15_009, vatOre: 2_251, netOre: 17_260 },
  { vatBasisPoints: 0, baseOre: 200, vatOre: 0, netOre: 200 },
];

const VIPPS: Tender = {
  kind: 'vipps',
  tenderId: 't1',
  amountOre: 20_160,
  reference: 'kolo-1-2611-a3f-1042-1',
  transactionId: '5001420062',
};

/** 2026-11-20 12:41:09 in Oslo. */
const COMPLETED_AT_MS = Date.UTC(2026, 10, 20, 11, 41, 9);

export function exampleSale(changes: Partial<Sale> = {}): Sale {
  return {
    saleId: 's1',
    saleNumber: 1_050,
    status: 'completed',
    openedAtMs: COMPLETED_AT_MS - 60_000,
    offsetMinutes: 60,
    operatorId: '12',
    lines: LINES.map((entry) => entry.line),
    discount: null,
    tenders: [VIPPS],
    ageConfirmedYears: 0,
    paymentAttempts: 1,
    receiptNumber: 1_042,
    completedAtMs: COMPLETED_AT_MS,
    completedOffsetMinutes: 60,
    completedBy: '12',
    receipt: 'intended',
    copyIntended: false,
    ...changes,
  };
}

export function exampleTotals(changes: Partial<SaleTotals> = {}): SaleTotals {
  return {
    lines: LINES.map((entry) => entry.totals),
    rates: RATES,
    returnedRates: [],
    returnedOre: 0,
    discountOre: 390,
    totalOre: 20_160,
    vatOre: 2_791,
    paidOre: 20_160,
    dueOre: 0,
    ...changes,
  };
}

export function exampleFacts(changes: Partial<SalesReceiptFacts> = {}): SalesReceiptFacts {
  return {
    sale: exampleSale(),
    practice: false,
    totals: exampleTotals(),
    shop: {
      name: 'Kolonialen på hjørnet AS',
      address: ['Storgata 1', '0155 Oslo'],
      orgNumber: '999999999',
      vatRegistered: true,
      foretaksregisteret: true,
      market: 'NO',
    },
    store: { id: 'kolo' },
    register: { id: '1', name: 'Kasse 1' },
    operatorName: 'Kari N.',
    language: 'nb',
    brandName: 'Vipps',
    footer: 'Takk for handelen!',
    copy: null,
    ...changes,
  };
}
