/** Value added tax: each country's rates with their dates, and the tax inside a price. */
import { type Market, NotAnAmountError, requireInteger } from './amount.ts';
import { mulDivRound } from './rounding.ts';

/** The standard tax codes of SAF-T Cash Register (list "Standard Tax Codes"). */
export type SaftVatCode = '3' | '31' | '33' | '32' | '5' | '6';

export interface VatRate {
  /** Norway's alone: the law of the cash register is Norwegian here. */
  readonly code: SaftVatCode | null;
  /** Hundredths of a percent. */
  readonly basisPoints: number;
  /** First day, `YYYY-MM-DD`, local. */
  readonly from: string;
  /** Last day, or null while it lasts. */
  readonly to: string | null;
  readonly name: { readonly nb: string; readonly en: string };
}

const OUTPUT = { nb: 'Alminnelig sats', en: 'General rate' } as const;
const FOOD = { nb: 'Næringsmidler', en: 'Food' } as const;
const LOW = { nb: 'Lav sats', en: 'Low rate' } as const;

/**
 * The rates as data: a new year's change is a row with a date and no code. They reach back to 2018, before any sale of
 * this register. Sources: the VAT Act chapter 5 and Parliament's yearly decisions (the low rate was 6 % from April 2020 to September 2021).
 */
const NORWEGIAN_VAT_RATES: readonly VatRate[] = [
  { code: '3', basisPoints: 2500, from: '2018-01-01', to: null, name: OUTPUT },
  { code: '31', basisPoints: 1500, from: '2018-01-01', to: null, name: FOOD },
  { code: '33', basisPoints: 1200, from: '2018-01-01', to: '2020-03-31', name: LOW },
  { code: '33', basisPoints: 600, from: '2020-04-01', to: '2021-09-30', name: LOW },
  { code: '33', basisPoints: 1200, from: '2021-10-01', to: null, name: LOW },
  { code: '32', basisPoints: 1111, from: '2018-01-01', to: null, name: { nb: 'Råfisk', en: 'Raw fish' } },
  { code: '5', basisPoints: 0, from: '2018-01-01', to: null, name: { nb: 'Fritatt (0 %)', en: 'Zero-rated' } },
  { code: '6', basisPoints: 0, from: '2018-01-01', to: null, name: { nb: 'Utenfor avgiftsområdet', en: 'Outside VAT' } },
];

const ZERO = { nb: 'Fritatt (0 %)', en: 'Zero-rated' } as const;

/**
 * Denmark has one rate (momsloven § 33). Finland: arvonlisäverolaki 84–85 a §, the general rate since September 2024, the
 * reduced one 13.5 % since January 2026.
 */
const RATES: Readonly<Record<Market, readonly VatRate[]>> = {
  NO: NORWEGIAN_VAT_RATES,
  DK: [
    { code: null, basisPoints: 2500, from: '2018-01-01', to: null, name: OUTPUT },
    { code: null, basisPoints: 0, from: '2018-01-01', to: null, name: ZERO },
  ],
  FI: [
    { code: null, basisPoints: 2400, from: '2018-01-01', to: '2024-08-31', name: OUTPUT },
    { code: null, basisPoints: 2550, from: '2024-09-01', to: null, name: OUTPUT },
    { code: null, basisPoints: 1400, from: '2018-01-01', to: '2025-12-31', name: FOOD },
    { code: null, basisPoints: 1350, from: '2026-01-01', to: null, name: FOOD },
    { code: null, basisPoints: 1000, from: '2018-01-01', to: null, name: LOW },
    { code: null, basisPoints: 0, from: '2018-01-01', to: null, name: ZERO },
  ],
};

/** The rates in force on a local day (`YYYY-MM-DD`), in the list's order. */
export function vatRatesOn(day: string, market: Market = 'NO'): readonly VatRate[] {
  return RATES[market].filter((rate) => rate.from <= day && (rate.to === null || day <= rate.to));
}

/** The SAF-T code of a rate, for the file that the tax administration may ask for. Nothing percent is zero-rated (5), unless it is a deposit, which is outside VAT (6). Null for a rate that Norway does not have. */
export function vatCodeOf(basisPoints: number, what: 'goods' | 'deposit' = 'goods'): SaftVatCode | null {
  if (basisPoints === 0) return what === 'deposit' ? '6' : '5';
  return NORWEGIAN_VAT_RATES.find((rate) => rate.basisPoints === basisPoints)?.code ?? null;
}

/**
 * The VAT inside an amount that includes it: gross × rate / (1 + rate), to the nearest øre, halves away from zero; so a
 * return's VAT mirrors the sale's. Throws `NotAnAmountError` for a float or a negative rate.
 */
export function vatInsideOre(grossOre: number, basisPoints: number): number {
  requireInteger(grossOre, 'gross');
  if (requireInteger(basisPoints, 'rate') < 0) throw new NotAnAmountError(`a VAT rate must not be negative: ${basisPoints}`);
  return mulDivRound(grossOre, basisPoints, 10_000 + basisPoints);
}
