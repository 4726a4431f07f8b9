/**
 * What a scanner read. One parser decides, from the code alone, which kind of thing it is; `findScanned` then looks
 * for the article.
 */
import { parseReceiptCode, type ReceiptCode } from '../receipt/receipt-code.ts';
import { eanCheckDigit, readEan } from './ean.ts';

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
export const DEFAULT_LABEL_LAYOUTS: readonly LabelLayout[] = [
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
  /** A whole EAN-8 or EAN-13; a UPC-A has become an EAN-13. */
  | { readonly kind: 'article'; readonly ean: string }
  | ({ readonly kind: 'weight-label'; readonly quantityMilli: number } & Label)
  | ({ readonly kind: 'price-label'; readonly priceOre: number } & Label)
  | { readonly kind: 'receipt'; readonly receipt: ReceiptCode }
  /** The customer's own code in the payment app. Its whole content is what the provider wants, untouched. */
  | { readonly kind: 'personal-qr'; readonly content: string }
  /**
   * Nothing with a form of its own; `code` may still be an article number. `bad-check-digit`: as long as an EAN, so
   * most likely a bad read. `unreadable`: empty, far too long, or with control characters in it.
   */
  | { readonly kind: 'unknown'; readonly code: string; readonly why: 'plain-text' | 'bad-check-digit' | 'unreadable' };

/** The longest thing that could be an article number or a code of ours. */
const MOST_TEXT = 128;
const MOST_QR = 2_048;
/** `https://qr.vipps.no/28/2/01/…` today, `…/p/…` when made a token; MobilePay's hosts alike. What follows may change, so it is not read. */
const PERSONAL_QR = /^https:\/\/qr\.(?:vipps|mobilepay|vippsmobilepay)\.[a-z]{2,3}\/(?:28\/2\/01\/|p\/)\S+$/i;

/** Takes off what scanners add: line ends around, and the symbology identifier in front (`]E0`, ISO/IEC 15424). */
function bare(code: string): string {
  return code.trim().replace(/^\][A-Za-z]\d(?=.)/, '');
}

/** Says what a scanned (or typed) code is. Takes any text and never throws. */
export function readScan(code: string, layouts: readonly LabelLayout[] = DEFAULT_LABEL_LAYOUTS): Scan {
  const text = bare(code);
  if (PERSONAL_QR.test(text) && text.length <= MOST_QR) return { kind: 'personal-qr', content: text };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what makes a read unreadable
  const readable = text !== '' && text.length <= MOST_TEXT && !/[\u0000-\u001f\u007f]/.test(text);
  if (!readable) return { kind: 'unknown', code: text.slice(0, MOST_TEXT), why: 'unreadable' };
  const receipt = parseReceiptCode(text);
  if (receipt !== null) return { kind: 'receipt', receipt };
  if (!/^\d+$/.test(text)) return { kind: 'unknown', code: text, why: 'plain-text' };
  const ean = readEan(text);
  switch (ean.kind) {
    case 'not-digits':
    case 'wrong-length':
      return { kind: 'unknown', code: text, why: 'plain-text' };
    case 'wrong-check-digit':
      return { kind: 'unknown', code: text, why: 'bad-check-digit' };
    case 'ean':
      return readLabel(ean.normal, layouts) ?? { kind: 'article', ean: ean.normal };
  }
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
