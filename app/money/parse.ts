/** Amounts and quantities that a person typed or a file holds. Digits become integers directly: never by way of a float. */

/** Why a text is not an amount or a quantity. */
export type NumberProblem =
  | 'empty'
  | 'not-a-number'
  /** More decimals than there are (two for kroner, three for a quantity), or thousands without decimals: `1.234` could be either. */
  | 'too-many-decimals'
  | 'negative'
  | 'zero'
  | 'too-large';

export type ParsedOre = { readonly ok: true; readonly amountOre: number } | { readonly ok: false; readonly reason: NumberProblem };
export type ParsedQuantity = { readonly ok: true; readonly quantityMilli: number } | { readonly ok: false; readonly reason: NumberProblem };

/** Ten digits before the point: beyond any till, and far inside the safe integers. */
const MAX_WHOLE_DIGITS = 10;
/** Space, tab, no-break space, thin space, narrow no-break space. */
const ALL_SPACES = /[ \t\u00a0\u2009\u202f]/g;

interface Decimal {
  readonly negative: boolean;
  readonly whole: string;
  readonly part: string;
}

/** One to three digits, then groups of exactly three after the given mark. */
function ungroup(text: string, mark: string): string | null {
  const groups = text.split(mark);
  const [first = '', ...rest] = groups;
  if (!/^\d{1,3}$/.test(first) || !rest.every((group) => /^\d{3}$/.test(group))) return null;
  return groups.join('');
}

function wholeDigits(text: string): string | null {
  if (/^\d*$/.test(text)) return text;
  for (const mark of [' ', '.', ',']) {
    if (text.includes(mark)) return ungroup(text, mark);
  }
  return null;
}

/** Splits a number's text at its decimal mark: the last comma or point, unless it stands several times and so groups thousands. */
function readDecimal(text: string): Decimal | 'empty' | 'not-a-number' {
  const spaced = text.replace(ALL_SPACES, ' ').trim();
  if (spaced === '') return 'empty';
  const sign = /^[-\u2212] ?/.exec(spaced)?.[0] ?? '';
  const body = spaced.slice(sign.length);
  const last = Math.max(body.lastIndexOf(','), body.lastIndexOf('.'));
  const mark = last < 0 ? '' : body.charAt(last);
  const onlyGroups = mark !== '' && body.indexOf(mark) !== last && !body.includes(mark === ',' ? '.' : ',');
  const hasDecimals = mark !== '' && !onlyGroups;
  const before = hasDecimals ? body.slice(0, last) : body;
  const part = hasDecimals ? body.slice(last + 1) : '';
  if (hasDecimals && !/^\d+$/.test(part)) return 'not-a-number';
  if (hasDecimals && before.includes(mark)) return 'not-a-number';
  const whole = wholeDigits(before);
  if (whole === null || (whole === '' && part === '')) return 'not-a-number';
  return { negative: sign !== '', whole: whole === '' ? '0' : whole, part };
}

function toInteger(decimal: Decimal, decimals: number): number | 'too-many-decimals' | 'too-large' {
  if (decimal.part.length > decimals) return 'too-many-decimals';
  const digits = decimal.whole.replace(/^0+(?=\d)/, '');
  if (digits.length > MAX_WHOLE_DIGITS) return 'too-large';
  const value = Number.parseInt(digits + decimal.part.padEnd(decimals, '0'), 10);
  return decimal.negative && value !== 0 ? -value : value;
}

/**
 * Reads kroner as øre. Takes a comma or a point (`39,90`, `39.90`), thousands with spaces or the other mark (`1 234,50`,
 * `1.234,50`, `1,234.50`), `39,-`, a minus in front, and `kr`, `€`, `NOK`, `DKK` or `EUR` before or after. `1.234` is refused as
 * `too-many-decimals`: it could be kroner with three decimals or thousands, and money is not guessed.
 */
export function parseKronerToOre(text: string): ParsedOre {
  const bare = text
    .replace(ALL_SPACES, ' ')
    .trim()
    .replace(/^([-\u2212]? ?)(?:kr\.?|nok|dkk|eur|€) ?/i, '$1')
    .replace(/ ?(?:kr\.?|nok|dkk|eur|€)$/i, '')
    .replace(/[,.][-\u2212\u2013]$/, '');
  const decimal = readDecimal(bare);
  if (typeof decimal === 'string') return { ok: false, reason: decimal };
  const amountOre = toInteger(decimal, 2);
  return typeof amountOre === 'string' ? { ok: false, reason: amountOre } : { ok: true, amountOre };
}

/** Reads a quantity as thousandths: `2`, `0,822`, `1.5`. One comma or point is always the decimal mark. Zero and negative quantities are refused. */
export function parseQuantityToMilli(text: string): ParsedQuantity {
  const decimal = readDecimal(text);
  if (typeof decimal === 'string') return { ok: false, reason: decimal };
  const quantityMilli = toInteger(decimal, 3);
  if (typeof quantityMilli === 'string') return { ok: false, reason: quantityMilli };
  if (quantityMilli < 0) return { ok: false, reason: 'negative' };
  if (quantityMilli === 0) return { ok: false, reason: 'zero' };
  return { ok: true, quantityMilli };
}
