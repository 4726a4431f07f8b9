/**
 * The receipt of a completed sale, and its one copy: of goods sold, of goods that came back, or of both (an exchange, which
 * carries both marks). What must be on it is listed in the law's order in `salesReceipt`.
 * Everything is read from the completed sale, so that the same receipt can be made again from the journal, byte for byte.
 */
import { formatBasisPoints, formatOrePlain, formatQuantityMilli } from '../money/format.ts';
import type { ReturnedGoods } from '../refund/goods-return.ts';
import {
  cashRoundingOre,
  type Discount,
  type LineTotals,
  receiptSeriesOf,
  type Sale,
  type SaleLine,
  type SaleTotals,
  type Tender,
} from '../sale/sale.ts';
import { type ReceiptTexts, receiptTexts } from '../text/receipt.ts';
import { currencyOf } from '../till/brand.ts';
import type { Configuration } from '../till/configuration.ts';
import type { Language } from '../till/contract.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import { localDateTime } from './local-time.ts';
import { FORETAKSREGISTERET, LEGAL_MARKS, orgNumberLine, PRACTICE_MARK } from './marks.ts';
import { receiptCode } from './receipt-code.ts';

export interface ReceiptCopy {
  /** In the copies' own gapless series. */
  readonly number: number;
  readonly printedAtMs: number;
  readonly offsetMinutes: number;
}

export interface SalesReceiptFacts {
  readonly sale: Sale;
  readonly totals: SaleTotals;
  readonly shop: Configuration['shop'];
  readonly store: Configuration['store'];
  readonly register: Configuration['register'];
  /** Who completed the sale. */
  readonly operatorName: string;
  /** The manager who approved the return, where one had to. */
  readonly approverName?: string | null;
  readonly language: Language;
  /** The provider's name in this market: `Vipps`, `MobilePay`. */
  readonly brandName: string;
  /** Empty for none. */
  readonly footer: string;
  /** Set for the copy; `null` for the receipt itself. */
  readonly copy: ReceiptCopy | null;
  /** No money moved (the sandbox, the provider's test environment): nobody may take the paper for a real receipt. */
  readonly practice: boolean;
}

/** Only a completed sale has a receipt: it takes its number and time from there. */
export class SaleNotCompletedError extends Error {
  override readonly name = 'SaleNotCompletedError';
}

/** Totals that are not this sale's: a line has none. */
export class TotalsMismatchError extends Error {
  override readonly name = 'TotalsMismatchError';
}

const PRICE_OF_ONE = 1_000;

interface Writer {
  readonly texts: ReceiptTexts;
  readonly language: Language;
  readonly ore: (amountOre: number) => string;
}

/** Sums and rates for paper: plain spaces and hyphens. */
function paperPlain(text: string): string {
  return text.replaceAll('\u00a0', ' ').replaceAll('\u2212', '-');
}

function discountText(discount: Discount, write: Writer): string {
  switch (discount.kind) {
    case 'percent':
      return `-${paperPlain(formatBasisPoints(discount.basisPoints, write.language))} ${discount.reason}`;
    case 'amount':
      return write.texts.discount(discount.reason);
  }
}

/** The register's name, with its id where the name does not say it. */
function registerText(register: Configuration['register']): string {
  return register.name.toLowerCase().split(/\s+/).includes(register.id) ? register.name : `${register.name} (${register.id})`;
}

/** `2 x Kneipp`, `0,822 kg Eple`, `Kaffe`. */
function itemName(line: Pick<SaleLine, 'quantityMilli' | 'weighed' | 'unit' | 'name'>, language: Language): string {
  const quantity = paperPlain(formatQuantityMilli(line.quantityMilli, language, { weighed: line.weighed }));
  if (line.weighed) return `${quantity} ${line.unit} ${line.name}`;
  if (line.quantityMilli === PRICE_OF_ONE) return line.name;
  if (line.quantityMilli % PRICE_OF_ONE === 0) return `${quantity} x ${line.name}`;
  return `${quantity} ${line.unit} ${line.name}`;
}

function lineBlocks(line: SaleLine, totals: LineTotals, write: Writer): ReceiptBlock[] {
  const indent = line.depositForLineId === null ? '' : '  ';
  const single = !line.weighed && line.quantityMilli === PRICE_OF_ONE;
  const item: ReceiptBlock = {
    kind: 'item',
    name: indent + itemName(line, write.language),
    each: single ? null : write.ore(line.unitPriceOre),
    amount: write.ore(totals.grossOre),
  };
  if (line.discount === null) return [item];
  const name = `${indent}  ${discountText(line.discount, write)}`;
  return [item, { kind: 'item', name, each: null, amount: write.ore(-totals.ownDiscountOre) }];
}

function tenderBlocks(tender: Tender, brandName: string, write: Writer): ReceiptBlock[] {
  const { texts, ore } = write;
  const detail = (text: string): ReceiptBlock => ({ kind: 'text', text: `  ${text}`, align: 'left' });
  switch (tender.kind) {
    case 'cash':
      return [
        { kind: 'pair', left: texts.cash, right: ore(tender.amountOre + tender.roundingOre) },
        { kind: 'pair', left: texts.received, right: ore(tender.receivedOre), indent: 2 },
        { kind: 'pair', left: texts.change, right: ore(tender.changeOre), indent: 2 },
      ];
    case 'card':
      return [{ kind: 'pair', left: texts.card, right: ore(tender.amountOre) }, detail(texts.terminalReference(tender.terminalReference))];
    case 'vipps':
      return [
        { kind: 'pair', left: brandName, right: ore(tender.amountOre) },
        ...beyondBlocks(tender, write),
        detail(tender.reference),
        ...(tender.transactionId === null ? [] : [detail(texts.transaction(tender.transactionId))]),
      ];
    case 'refund':
      return [
        {
          kind: 'pair',
          left: texts.backBy({ cash: texts.cash, card: texts.card, vipps: brandName }[tender.way]),
          right: ore(tender.amountOre + tender.roundingOre),
        },
        ...(tender.reference === null ? [] : [detail(tender.reference)]),
      ];
  }
}

/** What was reserved or taken beyond what the sale is paid with. When it prints the rest is on its way back, and no more is said. */
function beyondBlocks({ amountOre, reservedOre, takenOre }: Extract<Tender, { kind: 'vipps' }>, { texts, ore }: Writer): ReceiptBlock[] {
  const row = (left: string, rowOre: number): ReceiptBlock => ({ kind: 'pair', left, right: ore(rowOre), indent: 2 });
  if (takenOre !== undefined) return [row(texts.taken, takenOre), row(texts.givenBack, takenOre - amountOre)];
  if (reservedOre === undefined) return [];
  return [row(texts.reserved, reservedOre), row(texts.taken, amountOre), row(texts.released, reservedOre - amountOre)];
}

/** Goods that came back, below zero, with the receipt that they stood on: where another store or register sold them, which. */
function returnedBlocks(
  returned: ReturnedGoods,
  { store, register, approverName = null }: SalesReceiptFacts,
  write: Writer,
): ReceiptBlock[] {
  const { texts, language } = write;
  const { order, approvedBy } = returned;
  const [year = 0, month = 0, day = 0] = order.date.split('-').map(Number);
  const left = (text: string, bold = false): ReceiptBlock => ({ kind: 'text', text, align: 'left', ...(bold ? { bold } : {}) });
  const isOwn = order.storeId === store.id && order.registerId === register.id;
  const registerWord = `${texts.register} ${order.registerId}`;
  return [
    left(texts.returnOf(order.receiptNumber, { year, month, day }), true),
    ...(isOwn ? [] : [left(texts.soldAt(order.storeId === store.id ? registerWord : `${order.storeName}, ${registerWord}`))]),
    ...returned.lines.map(
      (line): ReceiptBlock => ({
        kind: 'item',
        name: itemName(line, language),
        each: !line.weighed && line.quantityMilli === PRICE_OF_ONE ? null : write.ore(line.unitPriceOre),
        amount: write.ore(-line.amountOre),
      }),
    ),
    left(texts.reason(returned.reason)),
    ...(approvedBy === null ? [] : [left(texts.approvedBy(approverName ?? approvedBy, approvedBy))]),
  ];
}

function vatTable(totals: SaleTotals, write: Writer): ReceiptBlock {
  const { texts, ore, language } = write;
  const rates = totals.rates.map((rate) => paperPlain(formatBasisPoints(rate.vatBasisPoints, language)));
  const widest = rates.reduce((width, rate) => Math.max(width, rate.length), 0);
  const rows = totals.rates.map((rate, index) => [
    (rates[index] ?? '').padStart(widest),
    ore(rate.baseOre),
    ore(rate.vatOre),
    ore(rate.netOre),
  ]);
  return { kind: 'table', rows: [[texts.vatRate, texts.vatBase, texts.vatAmount, texts.vatTotal], ...rows] };
}

function centered(text: string): ReceiptBlock {
  return { kind: 'text', text, align: 'center' };
}

function headBlocks(facts: SalesReceiptFacts, receiptNumber: number, texts: ReceiptTexts): ReceiptBlock[] {
  const { copy, sale, shop, practice } = facts;
  const blank: ReceiptBlock = { kind: 'blank' };
  const series = receiptSeriesOf(sale);
  const kinds = sale.returned !== undefined && series === 'sale' ? (['sale', 'return'] as const) : [series];
  const marks: ReceiptBlock[] =
    copy === null
      ? kinds.flatMap((kind) => {
          const under = texts.underMark[kind];
          return [{ kind: 'mark', text: LEGAL_MARKS[kind] } as const, ...(under === null ? [] : [centered(under)])];
        })
      : [
          { kind: 'mark', text: LEGAL_MARKS.copy },
          centered(texts.copyOf[series](receiptNumber)),
          blank,
          {
            kind: 'pair',
            left: texts.copyNumber(copy.number),
            right: texts.copyPrinted(texts.dateTime(localDateTime(copy.printedAtMs, copy.offsetMinutes))),
          },
        ];
  return [
    ...marks,
    ...(practice ? [{ kind: 'text', text: PRACTICE_MARK, align: 'center', bold: true } as const] : []),
    blank,
    centered(shop.name),
    centered(shop.address.join(', ')),
    centered(orgNumberLine(shop.orgNumber, shop.vatRegistered, shop.market)),
    ...(shop.foretaksregisteret ? [centered(FORETAKSREGISTERET)] : []),
    blank,
  ];
}

/**
 * The receipt of a completed sale, or its copy. Throws `SaleNotCompletedError`, and `TotalsMismatchError` when `totals`
 * are not the sale's own.
 */
export function salesReceipt(facts: SalesReceiptFacts): ReceiptDocument {
  const { sale, totals, language, copy } = facts;
  const { receiptNumber, completedAtMs, completedOffsetMinutes } = sale;
  if (receiptNumber === null || completedAtMs === null || completedOffsetMinutes === null) {
    throw new SaleNotCompletedError(`sale ${sale.saleId} is not completed and has no receipt`);
  }
  const texts = receiptTexts[language];
  const write: Writer = { texts, language, ore: (amountOre) => formatOrePlain(amountOre, language) };
  const rule: ReceiptBlock = { kind: 'rule' };
  const lines = sale.lines.flatMap((line) => {
    const lineTotals = totals.lines.find((candidate) => candidate.lineId === line.lineId);
    if (lineTotals === undefined) throw new TotalsMismatchError(`line ${line.lineId} has no totals`);
    return lineBlocks(line, lineTotals, write);
  });
  const saleDiscountOre = totals.lines.reduce((sum, line) => sum + line.saleDiscountOre, 0);
  const saleDiscount: ReceiptBlock[] =
    sale.discount === null
      ? []
      : [
          { kind: 'text', text: texts.saleDiscount, align: 'left' },
          { kind: 'item', name: `  ${discountText(sale.discount, write)}`, each: null, amount: write.ore(-saleDiscountOre) },
        ];
  const roundingOre = sale.tenders.reduce((sum, tender) => sum + cashRoundingOre(tender), 0);
  const operatorId = sale.completedBy ?? sale.operatorId;
  const series = receiptSeriesOf(sale);
  const kind = texts.kinds[series](receiptNumber);
  const code = receiptCode({ series, storeId: facts.store.id, registerId: facts.register.id, receiptNumber });
  return {
    series: copy === null ? series : 'copy',
    title: copy === null ? kind : texts.copyTitle(copy.number, kind),
    blocks: [
      ...headBlocks(facts, receiptNumber, texts),
      {
        kind: 'pair',
        left: kind,
        right: texts.dateTime(localDateTime(completedAtMs, completedOffsetMinutes)),
      },
      { kind: 'pair', left: registerText(facts.register), right: texts.operator(facts.operatorName, operatorId) },
      rule,
      ...lines,
      ...saleDiscount,
      ...(sale.returned === undefined ? [] : [...(lines.length === 0 ? [] : [rule]), ...returnedBlocks(sale.returned, facts, write)]),
      rule,
      { kind: 'pair', left: texts.total(currencyOf(facts.shop.market)), right: write.ore(totals.totalOre), large: true },
      ...(roundingOre === 0 ? [] : [{ kind: 'pair', left: texts.rounding, right: write.ore(roundingOre) } as const]),
      ...sale.tenders.flatMap((tender) => tenderBlocks(tender, facts.brandName, write)),
      ...(facts.shop.vatRegistered ? [rule, vatTable(totals, write)] : []),
      { kind: 'blank' },
      ...(facts.footer.trim() === '' ? [] : [centered(facts.footer.trim()), { kind: 'blank' } as const]),
      { kind: 'qr', content: code },
      // To be typed where it cannot be scanned any more.
      centered(code),
    ],
  };
}
