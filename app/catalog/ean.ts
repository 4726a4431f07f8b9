/** EAN-8, EAN-13 and UPC-A: digits with a check digit (GS1 General Specifications, check digit calculation). */

/** The check digit that belongs after `digits`: weights 3 and 1 in turn, from the right. Takes digits only. */
export function eanCheckDigit(digits: string): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    sum += index % 2 === 0 ? digit * 3 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** What a text is as an EAN: `normal` is EAN-8 or EAN-13, with a UPC-A (12 digits) or a GTIN-14 of one piece brought to 13. */
export type EanReading =
  | { readonly kind: 'ean'; readonly normal: string }
  | { readonly kind: 'not-digits' }
  | { readonly kind: 'wrong-length'; readonly length: number }
  | { readonly kind: 'wrong-check-digit'; readonly expected: number };

/** Reads an EAN; spaces and hyphens between the digits do not matter. Never throws. */
export function readEan(text: string): EanReading {
  const digits = text.replace(/[\s\u00a0-]/g, '');
  if (!/^\d+$/.test(digits)) return { kind: 'not-digits' };
  const { length } = digits;
  const fits = length === 8 || length === 12 || length === 13 || (length === 14 && digits.startsWith('0'));
  if (!fits) return { kind: 'wrong-length', length };
  const expected = eanCheckDigit(digits.slice(0, -1));
  if (expected !== digits.charCodeAt(length - 1) - 48) return { kind: 'wrong-check-digit', expected };
  if (length === 12) return { kind: 'ean', normal: `0${digits}` };
  return { kind: 'ean', normal: length === 14 ? digits.slice(1) : digits };
}
