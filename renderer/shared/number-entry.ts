/** What stands in a number field, key by key, whether from a pad, a keyboard or a paste. */

export interface EntryLimits {
  /** Digits after the mark; 0 for whole numbers. */
  readonly decimals: number;
  /** Digits before it. */
  readonly wholeDigits: number;
  readonly mark: ',' | '.';
}

export interface NumberEntry {
  readonly text: string;
  /** Nothing was typed yet: the first key replaces what stands there. */
  readonly fresh: boolean;
}

export type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'point' | 'erase';

/** Keeps of a text what fits: digits, one mark (comma and point are the same), no more digits than there is room for. */
export function tidyNumber(text: string, limits: EntryLimits): string {
  let whole = '';
  let part: string | null = null;
  for (const character of text) {
    if (/\d/.test(character)) {
      if (part === null) {
        if (whole.length < limits.wholeDigits) whole += character;
      } else if (part.length < limits.decimals) part += character;
    } else if ((character === ',' || character === '.') && part === null && limits.decimals > 0) part = '';
  }
  const trimmed = whole.replace(/^0+(?=\d)/, '');
  if (part === null) return trimmed;
  return `${trimmed === '' ? '0' : trimmed}${limits.mark}${part}`;
}

/** One key of the pad. */
export function pressPadKey(entry: NumberEntry, key: PadKey, limits: EntryLimits): NumberEntry {
  if (key === 'erase') return { text: entry.fresh ? '' : entry.text.slice(0, -1), fresh: false };
  const before = entry.fresh ? '' : entry.text;
  return { text: tidyNumber(before + (key === 'point' ? limits.mark : key), limits), fresh: false };
}

/** An amount in øre as a person would type it: `147,60`, `150`. */
export function entryOfOre(amountOre: number, mark: ',' | '.'): string {
  const digits = String(amountOre).padStart(3, '0');
  const part = digits.slice(-2);
  return part === '00' ? digits.slice(0, -2) : `${digits.slice(0, -2)}${mark}${part}`;
}

/** A quantity in thousandths as a person would type it: `2`, `0,822`. */
export function entryOfQuantity(quantityMilli: number, mark: ',' | '.'): string {
  const digits = String(quantityMilli).padStart(4, '0');
  const part = digits.slice(-3).replace(/0+$/, '');
  return part === '' ? digits.slice(0, -3) : `${digits.slice(0, -3)}${mark}${part}`;
}
