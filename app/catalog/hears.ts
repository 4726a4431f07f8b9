/** What a page shows on which a scanner is tried: what came in, sign for sign, and what the register takes it for. */
import type { Currency } from '../money/amount.ts';
import { formatOre, formatQuantityMilli } from '../money/format.ts';
import { type ScanTexts, scanTexts } from '../text/scan.ts';
import type { Language } from '../till/contract.ts';
import type { Gs1 } from './gs1.ts';
import { readScan, type Scan, type ScanOptions } from './scan.ts';

/** One read: of a scanner on a line with its bytes, of one that types without. `dropped`: what could not become a code. */
export type ScannerRead =
  | { readonly kind: 'code'; readonly code: string; readonly raw?: Uint8Array }
  | { readonly kind: 'dropped'; readonly raw: Uint8Array; readonly byteCount: number; readonly why: 'too-long' | 'cut-off' };

export interface Hears {
  /** Every byte as something that can be seen: `]C10107…<GS>10A`, `BL<C3><85>`. A customer's own code is cut short: it has a phone number in it. */
  readonly shown: string;
  /** One line for people. */
  readonly said: string;
  /** Null when it could not become a code. */
  readonly scan: Scan | null;
}

const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(' ');
const MOST_SHOWN = 256;
/** As much of a customer's own code as says that it is one. */
const OWN_CODE = /^https:\/\/[^/]+\//i;

/** Bytes as text: ASCII as it is, control characters by name, all others in hexadecimal. */
export function printableBytes(bytes: Uint8Array): string {
  return shorten(
    [...bytes.subarray(0, MOST_SHOWN + 1)].map((byte) => named(byte) ?? (byte < 0x80 ? String.fromCharCode(byte) : hex(byte))),
  );
}

/** The same for what is text already: letters of any language are seen as they are. */
export function printableText(text: string): string {
  return shorten(
    [...text.slice(0, MOST_SHOWN + 1)].map((character) => {
      const code = character.codePointAt(0) ?? 0;
      return named(code) ?? (/^[\p{L}\p{N}\p{P}\p{S} ]$/u.test(character) ? character : hex(code));
    }),
  );
}

const named = (code: number): string | null => (code === 0x7f ? '<DEL>' : CONTROLS[code] === undefined ? null : `<${CONTROLS[code]}>`);
const hex = (code: number): string => `<${code.toString(16).toUpperCase().padStart(2, '0')}>`;
const shorten = (signs: readonly string[]): string =>
  signs.length > MOST_SHOWN ? `${signs.slice(0, MOST_SHOWN).join('')}…` : signs.join('');

/** What to show of one read. Never throws. */
export function hears(read: ScannerRead, language: Language, options: ScanOptions = {}): Hears {
  const words = scanTexts[language];
  if (read.kind === 'dropped') {
    return {
      shown: printableBytes(read.raw),
      said: read.why === 'too-long' ? words.tooLong(String(read.byteCount)) : words.cutOff,
      scan: null,
    };
  }
  const scan = readScan(read.code, options);
  const shown = read.raw === undefined ? printableText(read.code) : printableBytes(read.raw);
  const own = scan.kind === 'personal-qr' ? `${OWN_CODE.exec(scan.content)?.[0] ?? ''}…` : null;
  return { shown: own ?? shown, said: say(scan, words, language, options.currency ?? 'NOK'), scan };
}

function say(scan: Scan, words: ScanTexts, language: Language, currency: Currency): string {
  switch (scan.kind) {
    case 'article':
      return words.article(scan.ean);
    case 'weight-label':
      return words.weightLabel(scan.itemNumber, formatQuantityMilli(scan.quantityMilli, language, { weighed: true }));
    case 'price-label':
      return words.priceLabel(scan.itemNumber, formatOre(scan.priceOre, language, currency));
    case 'gs1':
      return sayGs1(scan.gs1, words.gs1, language, currency);
    case 'gs1-trouble':
      return words.gs1Trouble[scan.trouble.why](scan.trouble.identifier);
    case 'receipt':
      return words.receipt(String(scan.receipt.receiptNumber), scan.receipt.registerId);
    case 'personal-qr':
      return words.personalQr;
    case 'unknown':
      return { 'plain-text': words.plainText, 'bad-check-digit': words.badCheckDigit, unreadable: words.unreadable }[scan.why];
  }
}

function sayGs1(gs1: Gs1, words: ScanTexts['gs1'], language: Language, currency: Currency): string {
  const measured = (milli: number | null, unit: string) =>
    milli === null ? null : `${formatQuantityMilli(milli, language, { weighed: true })} ${unit}`;
  const dated = (date: string | null, word: (date: string) => string) => (date === null ? null : word(dateText(date, language)));
  return [
    gs1.gtin === null ? words.noGtin : words.gtin(gs1.gtin),
    measured(gs1.weightGrams, 'kg'),
    measured(gs1.volumeMilliliters, 'l'),
    measured(gs1.lengthMillimeters, 'm'),
    gs1.priceOre === null ? null : formatOre(gs1.priceOre, language, currency),
    gs1.foreignCurrency === null ? null : words.foreignPrice,
    gs1.count === null ? null : words.count(String(gs1.count)),
    dated(gs1.useBy, words.useBy),
    dated(gs1.bestBefore, words.bestBefore),
    dated(gs1.sellBy, words.sellBy),
    dated(gs1.packedOn, words.packedOn),
    dated(gs1.producedOn, words.producedOn),
    gs1.batch === null ? null : words.batch(printableText(gs1.batch)),
    gs1.serial === null ? null : words.serial(printableText(gs1.serial)),
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** `31.12.2026` in bokmål, the ISO date in English. */
export function dateText(iso: string, language: Language): string {
  return language === 'nb' ? iso.split('-').reverse().join('.') : iso;
}
