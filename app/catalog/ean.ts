/** EAN-8, EAN-13, UPC-A, UPC-E and GTIN-14: digits with a check digit (GS1 General Specifications, check digit calculation). */

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

/**
 * The EAN-13 that eight digits of a UPC-E stand for (number system 0 or 1, six digits, the check digit of the whole), or null
 * when they are none. The sixth digit says where the zeros were left out (GS1 General Specifications, 5.2.2.4.2).
 */
export function readUpcE(digits: string): string | null {
  const match = /^([01])(\d)(\d)(\d)(\d)(\d)(\d)(\d)$/.exec(digits);
  if (match === null) return null;
  const [, system, a, b, c, d, e, last = '', check] = match;
  const body =
    last <= '2'
      ? `${a}${b}${last}0000${c}${d}${e}`
      : last === '3'
        ? `${a}${b}${c}00000${d}${e}`
        : last === '4'
          ? `${a}${b}${c}${d}00000${e}`
          : `${a}${b}${c}${d}${e}0000${last}`;
  const eleven = `${system}${body}`;
  return String(eanCheckDigit(eleven)) === check ? `0${eleven}${check}` : null;
}

/** Whether fourteen digits are a GTIN-14. */
export function isGtin14(digits: string): boolean {
  return /^\d{14}$/.test(digits) && String(eanCheckDigit(digits.slice(0, -1))) === digits.at(-1);
}

/** Who a GTIN-14 stands for: the thing itself (indicator 0), a case of things (1–8), or a thing of which each weighs differently (9). */
export type GtinLevel = 'piece' | 'case' | 'variable';

export function gtinLevel(gtin14: string): GtinLevel {
  if (gtin14.startsWith('0')) return 'piece';
  return gtin14.startsWith('9') ? 'variable' : 'case';
}

/**
 * The EANs that an article of this GTIN-14 may be kept under, best first. Without its indicator a case or a variable thing
 * has another check digit: that of the piece inside, or of the article that is weighed.
 */
export function eansOfGtin(gtin14: string): readonly string[] {
  const twelve = gtin14.slice(1, 13);
  const ean13 = gtin14.startsWith('0') ? gtin14.slice(1) : `${twelve}${eanCheckDigit(twelve)}`;
  // Leading zeros do not change a check digit, so a GTIN-8 is the end of its GTIN-14.
  return ean13.startsWith('00000') ? [ean13.slice(5), ean13] : [ean13];
}
