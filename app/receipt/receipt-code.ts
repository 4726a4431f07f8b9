/**
 * The code at the bottom of every receipt, which says which receipt it is: `T1S.KOLO.1.1042.5G`
 *
 * | part | what |
 * |---|---|
 * | `T1S` | Tillit, form 1, sale (`T1R`: return) |
 * | `KOLO` | the store's id |
 * | `1` | the register's id |
 * | `1042` | the number of the receipt in its series at that register |
 * | `5G` | two check characters over all before them |
 *
 * The check is the remainder modulo the prime 1289 of the text read as a number in base 37 (0–9, A–Z, the point), as two
 * digits of base 36. A prime above the base finds every single wrong character and every two neighbours changed about.
 *
 * Only digits, capitals and the point: a QR code packs them densely, and a scanner that types as a keyboard gets them
 * right in every layout. Nothing in it is a secret or a person; it finds a receipt, it does not prove one.
 */

export interface ReceiptCode {
  readonly series: 'sale' | 'return';
  readonly storeId: string;
  readonly registerId: string;
  readonly receiptNumber: number;
}

const FORMS = { sale: 'T1S', return: 'T1R' } as const;
const PARTS = /^(T1[SR])\.([A-Z][A-Z0-9]{1,11})\.([A-Z0-9]{1,6})\.([1-9]\d{0,14})\.([0-9A-Z]{2})$/;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.';
/** The largest prime below 36², so that two characters can say every remainder. */
const MODULUS = 1289;

function checkCharacters(text: string): string {
  let rest = 0;
  for (const character of text) rest = (rest * ALPHABET.length + ALPHABET.indexOf(character)) % MODULUS;
  return rest.toString(36).toUpperCase().padStart(2, '0');
}

/** Whether it begins like a receipt's code, whole or not. No other code of a shop does. */
export const looksLikeReceipt = (text: string): boolean => /^T1[SR]\./i.test(text.trim());

/**
 * Whether it is a piece of a receipt's code: its beginning, or the code without its beginning. No payment's reference has a
 * point.
 */
export function isPieceOfReceiptCode(text: string): boolean {
  const code = text.trim().toUpperCase();
  if (/^T1[SR]?$/.test(code)) return true;
  return /^[A-Z0-9.]+$/.test(code) && /[A-Z]/.test(code) && code.includes('.') && code.split('.').length <= 5 && !PARTS.test(code);
}

/** The code of a receipt. Ids as in the configuration (small letters and digits), the number from 1. */
export function receiptCode(code: ReceiptCode): string {
  const body = [FORMS[code.series], code.storeId, code.registerId, String(code.receiptNumber)].join('.').toUpperCase();
  return `${body}.${checkCharacters(`${body}.`)}`;
}

/** Reads a code, in capitals or not. `null` when it is something else, or was misread: the check says so. */
export function parseReceiptCode(text: string): ReceiptCode | null {
  const match = PARTS.exec(text.trim().toUpperCase());
  if (match === null) return null;
  const [whole, form, storeId = '', registerId = '', number = '', check] = match;
  if (checkCharacters(whole.slice(0, -2)) !== check) return null;
  return {
    series: form === FORMS.sale ? 'sale' : 'return',
    storeId: storeId.toLowerCase(),
    registerId: registerId.toLowerCase(),
    receiptNumber: Number(number),
  };
}
