/** What a GS1 code says about the thing it stands on. Rules: GS1 General Specifications, chapter 3, and 7.12 for dates. */
import type { Currency } from '../money/amount.ts';
import { roundDiv } from '../money/rounding.ts';
import { eanCheckDigit } from './ean.ts';
import type { Element, Elements, Gs1Trouble } from './gs1-elements.ts';

export interface Gs1 {
  /** Fourteen digits with a right check digit; null when the code names no trade item. */
  readonly gtin: string | null;
  /** Net, of the thing itself: what is packed around it does not count. */
  readonly weightGrams: number | null;
  readonly volumeMilliliters: number | null;
  readonly lengthMillimeters: number | null;
  /** The price of this very thing, in the shop's currency. */
  readonly priceOre: number | null;
  /** ISO 4217 number of a price in another currency, which so is none here. */
  readonly foreignCurrency: string | null;
  /** Pieces inside. */
  readonly count: number | null;
  /** Dates as `2026-12-31`. All are null when nobody said what day it is: two digits of a year need a century. */
  readonly useBy: string | null;
  readonly bestBefore: string | null;
  readonly sellBy: string | null;
  readonly packedOn: string | null;
  readonly producedOn: string | null;
  readonly batch: string | null;
  readonly serial: string | null;
}

export type Gs1Reading = { readonly gs1: Gs1 } | { readonly trouble: Gs1Trouble };

const NOTHING: Gs1 = {
  gtin: null,
  weightGrams: null,
  volumeMilliliters: null,
  lengthMillimeters: null,
  priceOre: null,
  foreignCurrency: null,
  count: null,
  useBy: null,
  bestBefore: null,
  sellBy: null,
  packedOn: null,
  producedOn: null,
  batch: null,
  serial: null,
};

const DATES = {
  '11': 'producedOn',
  '13': 'packedOn',
  '15': 'bestBefore',
  '16': 'sellBy',
  '17': 'useBy',
  // With an hour and a minute behind, which a register has no use for.
  '7003': 'useBy',
} as const;
/** In kilograms, metres and litres. */
const MEASURES = { '310': 'weightGrams', '311': 'lengthMillimeters', '315': 'volumeMilliliters' } as const;
/** The dearest thing that a register takes, the same as the catalogue's: a million kroner. */
const MAX_PRICE_ORE = 100_000_000;
/** More than anybody buys at once, the same as the contract's: of pieces as of kilograms. */
const MAX_QUANTITY_MILLI = 9_999_999;
/** ISO 4217. */
/** ISO 4217. */
const NUMBERS: Readonly<Record<Currency, string>> = { NOK: '578', DKK: '208', EUR: '978' };

const isIn = <Key extends string>(table: Readonly<Record<Key, unknown>>, key: string): key is Key => Object.hasOwn(table, key);

/** `digits × 10^-decimals` in units of 10^-keep, to the nearest; null when too large to count with. */
function scaled(digits: string, decimals: number, keep: number): number | null {
  const value = Number.parseInt(digits, 10);
  if (!Number.isSafeInteger(value)) return null;
  const result = decimals <= keep ? value * 10 ** (keep - decimals) : roundDiv(value, 10 ** (decimals - keep));
  return Number.isSafeInteger(result) ? result : null;
}

/**
 * A date of six digits, YYMMDD, as ISO; day 00 is the month's last. `null` when there is no such day.
 * The century (7.12): a year 51 or more ahead of this one is of the century before, 50 or more behind it of the next.
 */
export function gs1Date(sixDigits: string, yearNow: number): string | null {
  if (!/^\d{6}$/.test(sixDigits)) return null;
  const [yy, month, day] = [sixDigits.slice(0, 2), sixDigits.slice(2, 4), sixDigits.slice(4, 6)].map(Number) as [number, number, number];
  const ahead = yy - (yearNow % 100);
  const year = yearNow - (yearNow % 100) + yy + (ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0);
  if (month < 1 || month > 12) return null;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (day > last) return null;
  return `${year}-${sixDigits.slice(2, 4)}-${String(day === 0 ? last : day).padStart(2, '0')}`;
}

/** What one element says, as the fields it fills; or what is wrong with it. */
function meaning({ identifier, value }: Element, yearNow: number | null, currency: Currency): Partial<Gs1> | Gs1Trouble {
  const trouble = (why: Gs1Trouble['why']): Gs1Trouble => ({ why, identifier });
  const kind = identifier.slice(0, 3);
  if (identifier === '01' || identifier === '02') {
    return eanCheckDigit(value.slice(0, -1)) === Number(value.at(-1)) ? { gtin: value } : trouble('bad-check-digit');
  }
  if (identifier === '10') return { batch: value };
  if (identifier === '21') return { serial: value };
  if (isIn(DATES, identifier)) {
    const digits = value.slice(0, 6);
    if (gs1Date(digits, yearNow ?? 2000) === null) return trouble('bad-date');
    return yearNow === null ? {} : { [DATES[identifier]]: gs1Date(digits, yearNow) };
  }
  if (identifier === '30' || identifier === '37') {
    if (!/^\d+$/.test(value)) return trouble('not-digits');
    const count = Number.parseInt(value, 10);
    return count * 1_000 > MAX_QUANTITY_MILLI ? trouble('amount-too-large') : { count };
  }
  if (identifier.length !== 4) return {};
  const decimals = Number(identifier[3]);
  if (isIn(MEASURES, kind)) {
    const milli = decimals > 5 ? null : scaled(value, decimals, 3);
    if (milli !== null && milli > MAX_QUANTITY_MILLI) return trouble('amount-too-large');
    return milli === null ? trouble('unknown-identifier') : { [MEASURES[kind]]: milli };
  }
  if (kind !== '392' && kind !== '393') return {};
  if (!/^\d+$/.test(value)) return trouble('not-digits');
  const priced = kind === '393' ? value.slice(0, 3) : NUMBERS[currency];
  const amount = kind === '393' ? value.slice(3) : value;
  if (amount === '') return trouble('too-short');
  if (priced !== NUMBERS[currency]) return { foreignCurrency: priced };
  const priceOre = scaled(amount, decimals, 2);
  return priceOre === null || priceOre > MAX_PRICE_ORE ? trouble('amount-too-large') : { priceOre };
}

/**
 * What the elements say together; elements that a register has no use for are passed over.
 * `yearNow`, four digits, decides the century of dates; null leaves them out.
 */
export function readGs1(read: Elements, yearNow: number | null, currency: Currency = 'NOK'): Gs1Reading {
  if ('trouble' in read) return read;
  let gs1 = NOTHING;
  for (const element of read.elements) {
    const said = meaning(element, yearNow, currency);
    if ('why' in said) return { trouble: said };
    for (const [field, value] of Object.entries(said) as [keyof Gs1, unknown][]) {
      if (gs1[field] !== null && gs1[field] !== value) {
        return { trouble: { why: 'contradiction', identifier: element.identifier } };
      }
    }
    gs1 = { ...gs1, ...said };
  }
  return { gs1 };
}
