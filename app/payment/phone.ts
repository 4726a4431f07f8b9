/**
 * A customer's phone number, as somebody typed or pasted it. Read by the sales unit's market, never by guess: eight digits
 * are Norwegian in Norway and Danish in Denmark, and a stranger's phone must not ring. What can be meant in more than one
 * way is asked.
 */
import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneCountry } from './provider.ts';

export interface ReadNumber {
  readonly country: PhoneCountry;
  /** Digits only, with the country's: `4791234567`. */
  readonly msisdn: string;
  /** For people: `+47 912 34 567`. */
  readonly text: string;
}

export type PhoneProblem =
  | 'empty'
  /** Letters, or signs that no number has. */
  | 'not-a-number'
  | 'too-short'
  | 'too-long'
  /** A number that no phone has, or not one that can have an app: a landline, a service. */
  | 'not-mobile'
  /** Of a country where the provider has no customers. */
  | 'other-country';

export type PhoneReading =
  | { readonly kind: 'number'; readonly number: ReadNumber }
  /** What it may be, the market's own first: somebody must say. Also where it is one only, but not as it stands there. */
  | { readonly kind: 'ask'; readonly numbers: readonly ReadNumber[] }
  | { readonly kind: 'no'; readonly why: PhoneProblem };

const COUNTRIES: readonly PhoneCountry[] = ['NO', 'DK', 'FI'];
const CALLING_CODES: Readonly<Record<PhoneCountry, string>> = { NO: '47', DK: '45', FI: '358' };
/** Svalbard and Åland have numbers of these countries. */
const HOME: Readonly<Record<string, PhoneCountry>> = { NO: 'NO', SJ: 'NO', DK: 'DK', FI: 'FI', AX: 'FI' };
const SHORTEST = 5;
/** E.164: fifteen digits with the country's. */
const LONGEST = 15;

/**
 * Reads a number.
 * @param text as typed or pasted: spaces, brackets, hyphens and any digits of Unicode.
 * @param market whose numbers are written without a country code.
 */
export function readPhone(text: string, market: PhoneCountry): PhoneReading {
  const clean = plain(text);
  if (clean === '' || clean === '+') return { kind: 'no', why: 'empty' };
  if (!/^\+?\d+$/.test(clean)) return { kind: 'no', why: 'not-a-number' };
  const international = clean.startsWith('+') ? clean.slice(1) : clean.startsWith('00') ? clean.slice(2) : null;
  if (international !== null) return readInternational(international);
  if (clean.length < SHORTEST) return { kind: 'no', why: 'too-short' };
  if (clean.length > LONGEST) return { kind: 'no', why: 'too-long' };
  const own = national(clean, market);
  const coded = COUNTRIES.flatMap((country) => withCode(clean, country));
  if (own !== null) {
    const others = coded.filter(({ msisdn }) => msisdn !== own.msisdn);
    return others.length === 0 ? { kind: 'number', number: own } : { kind: 'ask', numbers: [own, ...others] };
  }
  const elsewhere = COUNTRIES.filter((country) => country !== market).flatMap((country) => foreign(clean, country));
  const numbers = distinct([...coded, ...elsewhere]);
  return numbers.length === 0 ? { kind: 'no', why: whyNot(clean, market) } : { kind: 'ask', numbers };
}

/** A number as a provider has it (`4791234567`), for people. */
export function phoneText(msisdn: string): string {
  const parsed = parsePhoneNumberFromString(`+${msisdn}`);
  return (parsed === undefined ? null : asRead(parsed))?.text ?? `+${msisdn}`;
}

/** The number with all but its country and its last two digits hidden, for what is kept for ever: `+47 ••••••67`. */
export function hiddenPhone({ country, msisdn }: ReadNumber): string {
  const code = CALLING_CODES[country];
  return `+${code} ${'•'.repeat(Math.max(0, msisdn.length - code.length - 2))}${msisdn.slice(-2)}`;
}

/** Only digits and a plus in front; digits of any script as Western ones, without what people and address books put between them. */
function plain(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)))
      // "+358 (0)40 …": the zero of home, which nobody dials after a country's code.
      .replace(/(?<=^\s*(?:\+|00).*)\(0\)/, '')
      // Spaces, marks of writing direction, hyphens, dots, brackets and slashes.
      .replace(/[\s\p{Cf}\p{Zs}\p{Pd}.,()[\]/'’\u00b7]/gu, '')
      .replace(/^tel:/i, '')
  );
}

/** Every ten decimal digits of Unicode stand in a row, from zero (Unicode Standard, 4.6). */
function digitOf(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  let first = point;
  while (point - first < 9 && /\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return (point - first) % 10;
}

function readInternational(digits: string): PhoneReading {
  if (digits.length > LONGEST) return { kind: 'no', why: 'too-long' };
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  const home = COUNTRIES.find((country) => digits.startsWith(CALLING_CODES[country]));
  if (home === undefined) return { kind: 'no', why: digits.length < SHORTEST ? 'too-short' : 'other-country' };
  const number = parsed === undefined ? null : asRead(parsed);
  if (number !== null) return { kind: 'number', number };
  return { kind: 'no', why: whyNot(digits.slice(CALLING_CODES[home].length), home) };
}

function national(digits: string, country: PhoneCountry): ReadNumber | null {
  const parsed = parsePhoneNumberFromString(digits, country);
  // A reader that is told "Norway" still takes 4791234567 for the same number: only what is written without a code is national.
  const rest = digits.replace(/^0/, '');
  return parsed === undefined || parsed.nationalNumber !== rest ? null : asRead(parsed);
}

/** As people at home in another country write theirs. A Finn's begins with 0: without it, it is a code that somebody forgot the plus of. */
function foreign(digits: string, country: PhoneCountry): readonly ReadNumber[] {
  if (country === 'FI' && !digits.startsWith('0')) return [];
  const number = national(digits, country);
  return number === null ? [] : [number];
}

/** `4791234567`: the country's code, and no plus. */
function withCode(digits: string, country: PhoneCountry): readonly ReadNumber[] {
  if (!digits.startsWith(CALLING_CODES[country])) return [];
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  const number = parsed === undefined ? null : asRead(parsed);
  return number === null || number.country !== country ? [] : [number];
}

/** In Denmark nobody can tell a mobile number from another one. */
function asRead(parsed: PhoneNumber): ReadNumber | null {
  const type = parsed.getType();
  const country = HOME[parsed.country ?? ''];
  if (country === undefined || (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE')) return null;
  return { country, msisdn: parsed.number.slice(1), text: shown(country, parsed) };
}

/** In the groups in which its country reads it out. */
function shown(country: PhoneCountry, parsed: PhoneNumber): string {
  const groups = country === 'NO' ? /^(\d{3})(\d{2})(\d{3})$/.exec(parsed.nationalNumber) : null;
  return groups === null ? parsed.formatInternational() : `+47 ${groups.slice(1).join(' ')}`;
}

function whyNot(digits: string, country: PhoneCountry): PhoneProblem {
  const least = country === 'FI' ? 7 : 8;
  const most = country === 'FI' ? 12 : 8;
  if (digits.length < least) return 'too-short';
  return digits.length > most ? 'too-long' : 'not-mobile';
}

function distinct(numbers: readonly ReadNumber[]): readonly ReadNumber[] {
  return numbers.filter(({ msisdn }, index) => numbers.findIndex((other) => other.msisdn === msisdn) === index);
}
