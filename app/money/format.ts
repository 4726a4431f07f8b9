/** Amounts, quantities and rates as text, the same on every machine: no locale data of the host is used. */
import type { Language } from '../till/contract.ts';
import { type Currency, requireInteger } from './amount.ts';

const NO_BREAK_SPACE = '\u00a0';
const MINUS = '\u2212';

interface Marks {
  readonly group: string;
  readonly point: string;
  readonly minus: string;
}

function marksOf(language: Language): Marks {
  switch (language) {
    case 'nb':
      return { group: NO_BREAK_SPACE, point: ',', minus: MINUS };
    case 'en':
      return { group: ',', point: '.', minus: MINUS };
  }
}

/** Digits before and after the point of `value / 10^decimals`, without a sign. */
function digitsOf(value: number, decimals: number): { readonly whole: string; readonly part: string } {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  return { whole: digits.slice(0, digits.length - decimals), part: digits.slice(digits.length - decimals) };
}

function grouped(whole: string, mark: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, mark);
}

/** What a currency is called beside an amount: `kr` or `€` in bokmål; in English the three letters, since kr alone says not whose. */
export function currencyName(language: Language, currency: Currency): string {
  if (language === 'en') return currency;
  return currency === 'EUR' ? '€' : 'kr';
}

/** The name stands after the number in bokmål, in front in English. */
function withCurrency(text: string, language: Language, currency: Currency): string {
  const name = currencyName(language, currency);
  return language === 'en' ? `${name}${NO_BREAK_SPACE}${text}` : `${text}${NO_BREAK_SPACE}${name}`;
}

/**
 * An amount in øre as people read it: `1 234,50` in bokmål (no-break space), `1,234.50` in English; a negative one has
 * the real minus sign (U+2212). With a currency: `1 234,50 kr`, `NOK 1,234.50`. Throws `NotAnAmountError` for a float.
 */
export function formatOre(amountOre: number, language: Language, currency?: Currency): string {
  const { text } = splitOre(amountOre, language);
  return currency === undefined ? text : withCurrency(text, language, currency);
}

/** The same for paper: ASCII space and hyphen-minus, decimal comma in bokmål and point in English, so that every printer has the characters. */
export function formatOrePlain(amountOre: number, language: Language): string {
  return formatOre(amountOre, language).replaceAll(NO_BREAK_SPACE, ' ').replaceAll(MINUS, '-');
}

/** An amount in two parts, so that a screen can draw the øre smaller: `major` has the sign and the groups, `minor` two digits, `text` is the whole. */
export function splitOre(amountOre: number, language: Language): { readonly major: string; readonly minor: string; readonly text: string } {
  requireInteger(amountOre, 'amount');
  const marks = marksOf(language);
  const { whole, part } = digitsOf(amountOre, 2);
  const major = `${amountOre < 0 ? marks.minus : ''}${grouped(whole, marks.group)}`;
  return { major, minor: part, text: `${major}${marks.point}${part}` };
}

/**
 * A quantity in thousandths: `2` for 2 000; always three decimals when it is weighed (`0,822`); otherwise only the
 * decimals that it has (`1,5`).
 */
export function formatQuantityMilli(quantityMilli: number, language: Language, how: { readonly weighed: boolean }): string {
  requireInteger(quantityMilli, 'quantity');
  const marks = marksOf(language);
  const { whole, part } = digitsOf(quantityMilli, 3);
  const decimals = how.weighed ? part : part.replace(/0+$/, '');
  const sign = quantityMilli < 0 ? marks.minus : '';
  return `${sign}${grouped(whole, marks.group)}${decimals === '' ? '' : marks.point + decimals}`;
}

/** A rate in hundredths of a percent: `15 %`, `11,11 %` in bokmål (no-break space before the sign), `11.11%` in English. */
export function formatBasisPoints(basisPoints: number, language: Language = 'nb'): string {
  requireInteger(basisPoints, 'rate');
  const marks = marksOf(language);
  const { whole, part } = digitsOf(basisPoints, 2);
  const decimals = part.replace(/0+$/, '');
  const number = `${basisPoints < 0 ? marks.minus : ''}${whole}${decimals === '' ? '' : marks.point + decimals}`;
  return language === 'nb' ? `${number}${NO_BREAK_SPACE}%` : `${number}%`;
}

/** An amount for machines: `-12.50`, `0.00`; no groups, a point, always two decimals (SAF-T and what is signed). */
export function oreToDecimalText(amountOre: number): string {
  requireInteger(amountOre, 'amount');
  const { whole, part } = digitsOf(amountOre, 2);
  return `${amountOre < 0 ? '-' : ''}${whole}.${part}`;
}
