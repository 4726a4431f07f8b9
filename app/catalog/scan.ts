/**
 * What a scanner read. One parser decides, from the code alone, which kind of thing it is; `findScanned` then looks
 * for the article.
 */

import type { Currency } from '../money/amount.ts';
import { parseReceiptCode, type ReceiptCode } from '../receipt/receipt-code.ts';
import { eanCheckDigit, isGtin14, readEan, readUpcE } from './ean.ts';
import { type Gs1, readGs1 } from './gs1.ts';
import { type Elements, GROUP_SEPARATOR, type Gs1Trouble, readBracketed, readElementString } from './gs1-elements.ts';
import { readDigitalLink } from './gs1-link.ts';

/**
 * How a label from a scale is laid out: an EAN-13 that begins with a two-digit prefix, then the item number, then a
 * price or a weight, then the check digit. GS1 leaves the prefixes 20–29 to each country and each shop, so it is data.
 */
export interface LabelLayout {
  readonly prefix: string;
  /** Item digits and value digits together are ten. */
  readonly itemDigits: number;
  readonly value: 'price' | 'weight';
  /** What one step of the value is: øre for a price, grams (thousandths of the unit) for a weight. */
  readonly step: number;
}

/**
 * The layouts a register starts with: a five-digit item number, then five digits of øre (20–22) or of grams (23–25).
 * The split between price and weight is Scandinavian practice; the prefixes 26–29 stay free for a shop's own numbers
 * and are read as an ordinary EAN.
 */
const DEFAULT_LABEL_LAYOUTS: readonly LabelLayout[] = [
  { prefix: '20', itemDigits: 5, value: 'price', step: 1 },
  { prefix: '21', itemDigits: 5, value: 'price', step: 1 },
  { prefix: '22', itemDigits: 5, value: 'price', step: 1 },
  { prefix: '23', itemDigits: 5, value: 'weight', step: 1 },
  { prefix: '24', itemDigits: 5, value: 'weight', step: 1 },
  { prefix: '25', itemDigits: 5, value: 'weight', step: 1 },
];

/** What every scale label tells, whatever its value is. */
interface Label {
  /** The whole code: a shop may have an article with exactly this EAN. */
  readonly ean: string;
  /** As on the label, with leading zeros. */
  readonly itemNumber: string;
  /** The same label with value and check digit as for nothing: how some article files write the item. */
  readonly emptyEan: string;
}

export type Scan =
  /**
   * A whole EAN-8 or EAN-13; a UPC-A has become an EAN-13. `orEan`: eight digits that may as well be a UPC-E, as an EAN-13.
   */
  | { readonly kind: 'article'; readonly ean: string; readonly orEan?: string }
  | ({ readonly kind: 'weight-label'; readonly quantityMilli: number } & Label)
  | ({ readonly kind: 'price-label'; readonly priceOre: number } & Label)
  /** Everything that a GS1 code or link told, or the GTIN-14 of a case. */
  | { readonly kind: 'gs1'; readonly gs1: Gs1 }
  /** It says that it is GS1, and is not right. */
  | { readonly kind: 'gs1-trouble'; readonly code: string; readonly trouble: Gs1Trouble }
  | { readonly kind: 'receipt'; readonly receipt: ReceiptCode }
  /** The customer's own code in the payment app. Its whole content is what the provider wants, untouched. */
  | { readonly kind: 'personal-qr'; readonly content: string }
  /**
   * Nothing with a form of its own; `code` may still be an article number. `bad-check-digit`: as long as an EAN, so
   * most likely a bad read. `unreadable`: empty, far too long, or with control characters in it.
   */
  | { readonly kind: 'unknown'; readonly code: string; readonly why: 'plain-text' | 'bad-check-digit' | 'unreadable' };

export interface ScanOptions {
  readonly layouts?: readonly LabelLayout[];
  /** The shop's date, `2026-11-21`. Without it no date of a code is told: two digits of a year need a century. */
  readonly today?: string;
  /** The shop's own; missing is NOK. */
  readonly currency?: Currency;
}

/** The longest thing that could be an article number or a code of ours. */
const MOST_TEXT = 128;
/** The longest link, and more than the largest GS1 symbol at a counter holds. */
const MOST_LINK = 2_048;
/** `https://qr.vipps.no/28/2/01/…` today, `…/p/…` when made a token; MobilePay's hosts alike. What follows may change: the provider says whether it is one. */
const PERSONAL_QR = /^https:\/\/qr\.(?:vipps|mobilepay|vippsmobilepay)\.[a-z]{2,3}\/(?!generate\/)\S+$/i;
/** The provider's own limit (`epayment.yaml`, PersonalQr). */
const LONGEST_PERSONAL_QR = 255;
/** A piece of such a code, badly read: it is nobody's article, and may not stand on a screen. */
const PIECE_OF_PERSONAL_QR = /qr\.(?:vipps|mobilepay|vippsmobilepay)\./i;
/** Whether somebody's own code is in it, whole or in pieces: then it may stand on no screen. */
export function mayNameCustomer(code: string): boolean {
  return PIECE_OF_PERSONAL_QR.test(code);
}

/** What scanners may put in front to tell the kind of bars (ISO/IEC 15424): `]E0` EAN, `]C0` Code 128, `]Q1` QR, … */
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z](?=.)/s;
/** Those that say the content is GS1's: GS1-128, DataMatrix, DataBar and composite, QR, DotCode. */
const GS1_SYMBOLOGIES = [']C1', ']d2', ']e0', ']e1', ']e2', ']Q3', ']J1'];
/** An EAN-13 with the two or five digits of a magazine's issue beside it. */
const EAN_WITH_ISSUE = ']E3';

/** The element strings of a text that is marked as GS1's; null when it is not. */
function gs1Elements(symbology: string, text: string): Elements | null {
  if (GS1_SYMBOLOGIES.includes(symbology) || text.includes(GROUP_SEPARATOR)) return readElementString(text);
  if (/^\(\d{2,4}\)/.test(text)) return readBracketed(text);
  return null;
}

/** Says what a scanned (or typed) code is. Takes any text and never throws. */
export function readScan(code: string, options: ScanOptions = {}): Scan {
  const layouts = options.layouts ?? DEFAULT_LABEL_LAYOUTS;
  const year = /^(\d{4})-\d\d-\d\d$/.exec(options.today ?? '')?.[1];
  const yearNow = year === undefined ? null : Number(year);
  const trimmed = code.trim();
  const symbology = SYMBOLOGY.exec(trimmed)?.[0] ?? '';
  const text = trimmed.slice(symbology.length);
  if (text.length > MOST_LINK) return { kind: 'unknown', code: text.slice(0, MOST_TEXT), why: 'unreadable' };
  if (PERSONAL_QR.test(text) && text.length <= LONGEST_PERSONAL_QR) return { kind: 'personal-qr', content: text };
  const elements = readDigitalLink(text) ?? gs1Elements(symbology, text);
  if (elements !== null) {
    const reading = readGs1(elements, yearNow, options.currency);
    return 'gs1' in reading ? { kind: 'gs1', gs1: reading.gs1 } : { kind: 'gs1-trouble', code: text, trouble: reading.trouble };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what makes a read unreadable
  const readable = text !== '' && text.length <= MOST_TEXT && !/[\u0000-\u001f\u007f]/.test(text);
  if (!readable) return { kind: 'unknown', code: text.slice(0, MOST_TEXT), why: 'unreadable' };
  const receipt = parseReceiptCode(text);
  if (receipt !== null) return { kind: 'receipt', receipt };
  if (!/^\d+$/.test(text)) return { kind: 'unknown', code: text, why: 'plain-text' };
  const hasIssue = symbology === EAN_WITH_ISSUE && (text.length === 15 || text.length === 18);
  return readDigits(hasIssue ? text.slice(0, 13) : text, layouts, yearNow, options.currency);
}

function readDigits(digits: string, layouts: readonly LabelLayout[], yearNow: number | null, currency: Currency = 'NOK'): Scan {
  const ean = readEan(digits);
  if (ean.kind === 'ean') {
    const orEan = readUpcE(digits);
    return readLabel(ean.normal, layouts) ?? { kind: 'article', ean: ean.normal, ...(orEan === null ? {} : { orEan }) };
  }
  const upcE = readUpcE(digits);
  if (upcE !== null) return { kind: 'article', ean: upcE };
  // A scanner that does not tell the kind of bars: only what is right all through is taken for GS1's.
  const unmarked = isGtin14(digits) ? `01${digits}` : digits;
  if (/^0[12]/.test(unmarked) && isGtin14(unmarked.slice(2, 16))) {
    const reading = readGs1(readElementString(unmarked), yearNow, currency);
    if ('gs1' in reading) return { kind: 'gs1', gs1: reading.gs1 };
  }
  return { kind: 'unknown', code: digits, why: ean.kind === 'wrong-check-digit' ? 'bad-check-digit' : 'plain-text' };
}

function readLabel(ean: string, layouts: readonly LabelLayout[]): Scan | null {
  if (ean.length !== 13) return null;
  const layout = layouts.find((one) => ean.startsWith(one.prefix));
  if (layout === undefined) return null;
  const itemEnd = layout.prefix.length + layout.itemDigits;
  const value = Number.parseInt(ean.slice(itemEnd, 12), 10) * layout.step;
  const label: Label = { ean, itemNumber: ean.slice(layout.prefix.length, itemEnd), emptyEan: withoutValue(ean.slice(0, itemEnd)) };
  return layout.value === 'price'
    ? { kind: 'price-label', priceOre: value, ...label }
    : { kind: 'weight-label', quantityMilli: value, ...label };
}

function withoutValue(prefixAndItem: string): string {
  const digits = prefixAndItem.padEnd(12, '0');
  return `${digits}${eanCheckDigit(digits)}`;
}
