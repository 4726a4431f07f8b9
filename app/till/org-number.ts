/**
 * The number that a company has in its country, with its check digit (modulus 11): nine digits in Norway (weights 3 2 7 6 5 4
 * 3 2; Brønnøysundregistrene), eight in Denmark (CVR, 2 7 6 5 4 3 2 1), seven and one after a hyphen in Finland (Y-tunnus, 7 9
 * 10 5 8 4 2).
 */
import type { Market } from '../money/amount.ts';

const FORMS: Readonly<Record<Market, RegExp>> = { NO: /^\d{9}$/, DK: /^\d{8}$/, FI: /^\d{7}-\d$/ };
const WEIGHTS: Readonly<Record<Market, readonly number[]>> = {
  NO: [3, 2, 7, 6, 5, 4, 3, 2, 1],
  DK: [2, 7, 6, 5, 4, 3, 2, 1],
  FI: [7, 9, 10, 5, 8, 4, 2, 1],
};

export type OrgNumberMistake = 'not-nine-digits' | 'bad-check-digit';

/** The digits without the spaces that people write between them, and without what stands around them in a VAT number. */
export function tidyOrgNumber(text: string): string {
  return text
    .replace(/[\s\u00a0.]/g, '')
    .replace(/^(?:NO|DK)/i, '')
    .replace(/MVA$/i, '');
}

/** Whose form the number has; `null` for nobody's. */
export function countryOfOrgNumber(text: string): Market | null {
  return (['NO', 'DK', 'FI'] as const).find((market) => FORMS[market].test(text)) ?? null;
}

/** `null` when the number can be one of this country. It does not say that somebody has it. */
export function orgNumberMistake(text: string, market: Market = 'NO'): OrgNumberMistake | null {
  if (!FORMS[market].test(text)) return 'not-nine-digits';
  const digits = text.replace('-', '');
  // The check digit brings the sum to a multiple of eleven; where that would take a ten, the number is never given out.
  const sum = WEIGHTS[market].reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return sum % 11 === 0 ? null : 'bad-check-digit';
}
