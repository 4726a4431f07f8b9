/**
 * GS1 element strings: the pieces that GS1-128, GS1 DataMatrix, GS1 QR and GS1 DataBar are made of. Each piece is an
 * application identifier (`01`, `3103`, …) and its value. Lengths and separators as in the GS1 General Specifications:
 * chapter 3 (the identifiers), 7.8 (how a reader takes a string apart).
 */

/** FNC1 as scanners send it between two elements. */
export const GROUP_SEPARATOR = '\u001d';

export interface Element {
  /** Two to four digits. */
  readonly identifier: string;
  readonly value: string;
}

/** Why a GS1 code cannot be believed. `identifier` is where it went wrong, as far as it could be read. */
export interface Gs1Trouble {
  readonly why:
    | 'unknown-identifier'
    | 'too-short'
    | 'too-long'
    | 'not-digits'
    | 'control-character'
    | 'bad-check-digit'
    | 'bad-date'
    /** The same thing said twice, differently. */
    | 'contradiction'
    | 'amount-too-large'
    | 'empty';
  readonly identifier: string;
}

export type Elements = { readonly elements: readonly Element[] } | { readonly trouble: Gs1Trouble };

/** How many digits an identifier has, told by its first two. */
const IDENTIFIER_LENGTHS: readonly (readonly [from: number, to: number, length: number])[] = [
  [0, 4, 2],
  [10, 22, 2],
  [23, 25, 3],
  [30, 30, 2],
  [31, 36, 4],
  [37, 37, 2],
  [39, 39, 4],
  [40, 42, 3],
  [43, 43, 4],
  [70, 70, 4],
  [71, 71, 3],
  [72, 72, 4],
  [80, 82, 4],
  [90, 99, 2],
];

/** Identifier and value together, for those whose length is fixed for ever: no separator follows them (figure 7.8.5-2). */
const FIXED_LENGTHS: readonly (readonly [from: number, to: number, length: number])[] = [
  [0, 0, 20],
  [1, 3, 16],
  [4, 4, 18],
  [11, 19, 8],
  [20, 20, 4],
  [31, 36, 10],
  [41, 41, 16],
];

/** The longest value of those that a register reads; any other may have 90 characters. */
const LONGEST: Readonly<Record<string, number>> = { '10': 20, '21': 20, '30': 8, '37': 8, '392': 15, '393': 18 };
const LONGEST_OF_ALL = 90;

function lengthIn(table: typeof FIXED_LENGTHS, identifier: string): number | null {
  const two = Number.parseInt(identifier.slice(0, 2), 10);
  return table.find(([from, to]) => two >= from && two <= to)?.[2] ?? null;
}

/** How many digits the identifier at the beginning of `text` has; null when none begins like that. */
function identifierLength(text: string): number | null {
  return /^\d\d/.test(text) ? lengthIn(IDENTIFIER_LENGTHS, text) : null;
}

function fixedValueLength(identifier: string): number | null {
  const whole = lengthIn(FIXED_LENGTHS, identifier);
  return whole === null ? null : whole - identifier.length;
}

/** What is wrong with the form of one element; null when nothing is. */
function elementTrouble({ identifier, value }: Element): Gs1Trouble | null {
  if (!/^\d{2,4}$/.test(identifier) || identifierLength(identifier) !== identifier.length) return { why: 'unknown-identifier', identifier };
  const fixed = fixedValueLength(identifier);
  const longest = fixed ?? LONGEST[identifier] ?? LONGEST[identifier.slice(0, 3)] ?? LONGEST_OF_ALL;
  if (value === '' || (fixed !== null && value.length < fixed)) return { why: 'too-short', identifier };
  if (value.length > longest) return { why: 'too-long', identifier };
  if (fixed !== null && !/^\d+$/.test(value)) return { why: 'not-digits', identifier };
  for (const character of value) if (character < ' ' || character === '\u007f') return { why: 'control-character', identifier };
  return null;
}

/** Checks the form of elements that came some other way, as in a link. */
export function checkedElements(elements: readonly Element[]): Elements {
  for (const element of elements) {
    const trouble = elementTrouble(element);
    if (trouble !== null) return { trouble };
  }
  return elements.length === 0 ? { trouble: { why: 'empty', identifier: '' } } : { elements };
}

/** Takes apart a string as a scanner sends it: FNC1 as `\u001d`, one that nobody needed is no harm. Never throws. */
export function readElementString(text: string): Elements {
  const elements: Element[] = [];
  let rest = text;
  while (rest !== '') {
    if (rest.startsWith(GROUP_SEPARATOR)) {
      rest = rest.slice(1);
      continue;
    }
    const length = identifierLength(rest);
    const identifier = rest.slice(0, length ?? 2);
    if (length === null || !/^\d+$/.test(identifier)) return { trouble: { why: 'unknown-identifier', identifier: shown(identifier) } };
    if (identifier.length < length) return { trouble: { why: 'too-short', identifier } };
    const fixed = fixedValueLength(identifier);
    const separator = rest.indexOf(GROUP_SEPARATOR);
    const end = Math.min(fixed === null ? rest.length : length + fixed, separator < 0 ? rest.length : separator);
    elements.push({ identifier, value: rest.slice(length, end) });
    rest = rest.slice(end);
  }
  return checkedElements(elements);
}

/** Takes apart the form that is printed below the bars: `(01)07038010000123(17)261231`. Never throws. */
export function readBracketed(text: string): Elements {
  const parts = text.split(/\((\d{2,4})\)/);
  if (parts[0]?.trim() !== '') return { trouble: { why: 'unknown-identifier', identifier: shown(parts[0] ?? '') } };
  const elements: Element[] = [];
  for (let index = 1; index + 1 < parts.length; index += 2) {
    elements.push({ identifier: parts[index] ?? '', value: (parts[index + 1] ?? '').trim() });
  }
  return checkedElements(elements);
}

/** What stood where an identifier should: short, and nothing that moves a cursor. */
function shown(text: string): string {
  return [...text.slice(0, 4)].map((character) => (character < ' ' || character === '\u007f' ? '·' : character)).join('');
}
