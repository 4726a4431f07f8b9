/** What a typed text in the search field means. */
import { parseQuantityToMilli } from '../../app/money/parse.ts';

/** `3*`, `3x`, `0,5×`: a quantity for the next article. Gives thousandths, or null. */
export function readQuantityPrefix(text: string): { readonly quantityMilli: number; readonly rest: string } | null {
  const match = /^\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*[*x×](.*)$/i.exec(text);
  if (match === null) return null;
  const parsed = parseQuantityToMilli(match[1] ?? '');
  if (!parsed.ok || parsed.quantityMilli > 9_999_999) return null;
  return { quantityMilli: parsed.quantityMilli, rest: (match[2] ?? '').trimStart() };
}

/** Digits alone, long enough for a barcode, or a link, pasted: what nothing matches may still be a code for the till to say something about. */
export function looksLikeCode(text: string): boolean {
  return /^(?:\d{6,20}|https:\/\/qr\.\S+)$/.test(text.trim());
}
