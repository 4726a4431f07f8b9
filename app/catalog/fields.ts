/** One field of a row at a time: text in, a value or what is wrong with it out. */
import type { NumberProblem } from '../money/parse.ts';
import { parseKronerToOre } from '../money/parse.ts';
import { readEan } from './ean.ts';
import type { FieldTrouble } from './problem.ts';

export type FieldReading<Value> = { readonly value: Value } | { readonly trouble: FieldTrouble };

/** The dearest thing that a register takes, the same as the contract's: a million kroner. */
const MAX_PRICE_ORE = 100_000_000;
const MAX_AGE_YEARS = 99;

/** A text of at most `most` characters in one line; line breaks and runs of spaces become one space. */
export function readText(raw: string, most: number): FieldReading<string> {
  const value = raw.replace(/[\s\u00a0]+/g, ' ').trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for; a printer would obey them
  if (/[\u0000-\u001f\u007f-\u009f]/.test(value)) return { trouble: { kind: 'control-character' } };
  if (value.length > most) return { trouble: { kind: 'too-long', most } };
  return { value };
}

function numberTrouble(reason: NumberProblem, text: string): FieldTrouble {
  switch (reason) {
    case 'empty':
      return { kind: 'missing' };
    case 'too-many-decimals':
    case 'too-large':
    case 'negative':
      return { kind: reason, text };
    case 'not-a-number':
    case 'zero':
      return { kind: 'not-a-number', text };
  }
}

/** Kroner as øre, none negative. An empty text is `missing`. */
export function readPrice(raw: string): FieldReading<number> {
  const text = raw.trim();
  const parsed = parseKronerToOre(text);
  if (!parsed.ok) return { trouble: numberTrouble(parsed.reason, text) };
  if (parsed.amountOre < 0) return { trouble: { kind: 'negative', text } };
  if (parsed.amountOre > MAX_PRICE_ORE) return { trouble: { kind: 'too-large', text } };
  return { value: parsed.amountOre };
}

/** A deposit: like a price, but empty and zero are none. */
export function readDeposit(raw: string): FieldReading<number | null> {
  if (raw.trim() === '' || raw.trim() === '-') return { value: null };
  const price = readPrice(raw);
  return 'value' in price && price.value === 0 ? { value: null } : price;
}

/** `25`, `25 %`, `11,11`: percent, one of `ratesBasisPoints`. `0,15` is refused by name: percent are not guessed from fractions. */
export function readVat(raw: string, ratesBasisPoints: readonly number[]): FieldReading<number> {
  const text = raw.trim();
  if (text === '') return { trouble: { kind: 'missing' } };
  if (/^0*[.,]0*[1-9]\d*\s*%?$/.test(text)) return { trouble: { kind: 'vat-fraction', text } };
  const match = /^(\d{1,3})(?:[.,](\d{1,2})0*)?\s*%?$/.exec(text);
  if (match === null) return { trouble: { kind: 'not-a-number', text } };
  const basisPoints = Number.parseInt(`${match[1] ?? ''}${(match[2] ?? '').padEnd(2, '0')}`, 10);
  if (ratesBasisPoints.includes(basisPoints)) return { value: basisPoints };
  return { trouble: { kind: 'vat-not-a-rate', text, rates: ratesBasisPoints } };
}

const YES = new Set(['ja', 'j', 'yes', 'y', 'true', 'sann', '1', 'x']);
const NO = new Set(['nei', 'n', 'no', 'false', 'usann', '0', '-']);

/** Yes or no in either language; null when nothing is said. */
export function readYesNo(raw: string): FieldReading<boolean | null> {
  const text = raw.trim().toLowerCase();
  if (text === '') return { value: null };
  if (YES.has(text)) return { value: true };
  if (NO.has(text)) return { value: false };
  return { trouble: { kind: 'not-yes-or-no', text: raw.trim() } };
}

const UNITS: ReadonlyMap<string, string> = new Map(
  [
    { unit: 'stk', words: ['stk', 'stykk', 'stykke', 'pcs', 'pc', 'piece', 'pieces', 'each', 'ea', 'unit', 'st'] },
    { unit: 'kg', words: ['kg', 'kilo', 'kilogram', 'kilos'] },
    { unit: 'l', words: ['l', 'liter', 'litre', 'ltr'] },
    { unit: 'm', words: ['m', 'meter', 'metre', 'mtr'] },
  ].flatMap(({ unit, words }) => words.map((word) => [word, unit] as const)),
);
const MEASURED_UNITS: ReadonlySet<string> = new Set(['kg', 'l', 'm']);

/** Whether a unit is measured and not counted. */
export function isMeasured(unit: string): boolean {
  return MEASURED_UNITS.has(unit);
}

/** A unit: the known words become `stk`, `kg`, `l`, `m`; another short word is the shop's own. Null when nothing is said. */
export function readUnit(raw: string): FieldReading<string | null> {
  const text = raw.trim().toLowerCase().replace(/\.$/, '');
  if (text === '') return { value: null };
  const known = UNITS.get(text);
  if (known !== undefined) return { value: known };
  return /^\p{L}{1,10}$/u.test(text) ? { value: text } : { trouble: { kind: 'bad-unit', text: raw.trim() } };
}

/** An age in whole years, `18`, `18 år`, `18+`; empty and zero are none. */
export function readAge(raw: string): FieldReading<number | null> {
  const text = raw.trim();
  if (text === '' || text === '-') return { value: null };
  const match = /^(\d{1,3})\s*(?:\+|år|ar|years?)?$/i.exec(text);
  const years = Number.parseInt(match?.[1] ?? '', 10);
  if (match === null || years > MAX_AGE_YEARS) return { trouble: { kind: 'bad-age', text } };
  return { value: years === 0 ? null : years };
}

/** An EAN with its check digit; empty is none. */
export function readEanField(raw: string): FieldReading<string | null> {
  const text = raw.trim().replace(/^'/, '');
  if (text === '') return { value: null };
  if (/^\d[.,]?\d*e\+?\d+$/i.test(text)) return { trouble: { kind: 'ean-spreadsheet', text } };
  const reading = readEan(text);
  switch (reading.kind) {
    case 'ean':
      return { value: reading.normal };
    case 'not-digits':
      return { trouble: { kind: 'ean-not-digits', text } };
    case 'wrong-length':
      return { trouble: { kind: 'ean-wrong-length', text, length: reading.length } };
    case 'wrong-check-digit':
      return { trouble: { kind: 'ean-wrong-check-digit', text, expected: reading.expected } };
  }
}
