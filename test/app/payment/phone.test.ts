/** A customer's number, as people write it: by the market and never by guess. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenPhone, type PhoneReading, phoneText, readPhone } from '../../../app/payment/phone.ts';
import type { PhoneCountry } from '../../../app/payment/provider.ts';

const MARKETS = ['NO', 'DK', 'FI'] as const;
/** `ok 4791234567`, `ask 4521234567 4791234567`, `no too-short`. */
function told(text: string, market: PhoneCountry = 'NO'): string {
  const reading: PhoneReading = readPhone(text, market);
  switch (reading.kind) {
    case 'number':
      return `ok ${reading.number.msisdn}`;
    case 'ask':
      return `ask ${reading.numbers.map(({ msisdn }) => msisdn).join(' ')}`;
    case 'no':
      return `no ${reading.why}`;
  }
}

describe('eight digits', () => {
  it('are the market’s: the same digits are Norwegian in Norway and Danish in Denmark', () => {
    expect(told('91234567', 'NO')).toBe('ok 4791234567');
    expect(told('91234567', 'DK')).toBe('ok 4591234567');
  });
  it.each([
    ['Danish only, in Norway', '21 23 45 67', 'NO', 'ask 4521234567'],
    ['an Oslo landline, which could be somebody in Denmark', '22 12 34 56', 'NO', 'ask 4522123456'],
    ['Norwegian or Danish, in Finland', '91234567', 'FI', 'ask 4791234567 4591234567'],
    ['free of charge to call, nobody’s phone', '800 12 345', 'NO', 'no not-mobile'],
  ] as const)('%s, are asked about', (_, text, market, expected) => {
    expect(told(text, market)).toBe(expected);
  });
});

describe('a country’s code', () => {
  it.each([
    ['+47 912 34 567', 'ok 4791234567'],
    ['0047 91234567', 'ok 4791234567'],
    ['+45 21 23 45 67', 'ok 4521234567'],
    ['00358 40 123 4567', 'ok 358401234567'],
    ['+358 (0)40 123 4567', 'ok 358401234567'],
    ['+47 22 12 34 56', 'no not-mobile'],
    ['+47 912 34 56', 'no too-short'],
    ['+47 912 34 5678', 'no too-long'],
    ['+46 70 123 45 67', 'no other-country'],
    ['+1 202 555 0123', 'no other-country'],
  ])('%s is read in every market alike', (text, expected) => {
    for (const market of MARKETS) expect(told(text, market)).toBe(expected);
  });
  it('without its plus is asked about', () => {
    expect(told('4791234567', 'NO')).toBe('ask 4791234567');
    expect(told('4521234567', 'NO')).toBe('ask 4521234567');
    expect(told('358401234567', 'FI')).toBe('ask 358401234567');
  });
  it('of Svalbard or Åland is home', () => {
    expect(told('+358 457 123 4567')).toBe('ok 3584571234567');
  });
});

describe('what people and address books write', () => {
  it.each([
    ['no-break and narrow spaces', '912\u00a034\u202f567'],
    ['Arabic-Indic digits', '٩١٢٣٤٥٦٧'],
    ['Devanagari digits', '९१२३४५६७'],
    ['full-width digits and plus', '＋４７９１２３４５６７'],
    ['marks of writing direction', '\u202a+47 912 34 567\u202c'],
    ['a link', 'tel:+47-912-34-567'],
    ['brackets, dots and hyphens', '(912) 34.5-67'],
    ['a line end of a paste', '\t91234567\r\n'],
  ])('%s', (_, text) => {
    expect(told(text)).toBe('ok 4791234567');
  });
  it.each([
    ['', 'no empty'],
    [' \u00a0', 'no empty'],
    ['+', 'no empty'],
    ['ring meg', 'no not-a-number'],
    ['9123456x', 'no not-a-number'],
    ['+47+91234567', 'no not-a-number'],
    ['113', 'no too-short'],
    ['9123456', 'no too-short'],
    ['9'.repeat(40), 'no too-long'],
    ['https://qr.vipps.no/p/abc', 'no not-a-number'],
  ])('%j is none', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('every number', () => {
  const norwegian = fc.integer({ min: 90_000_000, max: 99_999_999 }).map(String);
  const danish = fc.integer({ min: 20_000_000, max: 99_999_999 }).map(String);
  const spaced = (digits: string) =>
    fc
      .array(fc.constantFrom('', ' ', '\u00a0', '-', '.'), { minLength: digits.length, maxLength: digits.length })
      .map((gaps) => [...digits].map((digit, index) => digit + (gaps[index] ?? '')).join(''));

  it('is the same however it is spaced', () => {
    fc.assert(
      fc.property(
        norwegian.chain((digits) => fc.tuple(fc.constant(digits), spaced(digits))),
        ([digits, text]) => {
          expect(told(text)).toBe(`ok 47${digits}`);
        },
      ),
    );
  });
  it('of the market is never taken for the other country’s, and with the code for the market’s', () => {
    fc.assert(
      fc.property(norwegian, fc.constantFrom(...MARKETS), (digits, market) => {
        expect(told(`+47${digits}`, market)).toBe(`ok 47${digits}`);
        expect(told(digits, 'NO')).toBe(`ok 47${digits}`);
        expect(told(digits, 'DK')).not.toContain('ok 47');
      }),
    );
  });
  it('that is shown back reads as itself again', () => {
    fc.assert(
      fc.property(fc.oneof(norwegian, danish), fc.constantFrom(...MARKETS), (digits, market) => {
        const reading = readPhone(digits, market);
        const numbers = reading.kind === 'number' ? [reading.number] : reading.kind === 'ask' ? reading.numbers : [];
        for (const number of numbers) {
          expect(told(number.text, 'FI')).toBe(`ok ${number.msisdn}`);
          expect(phoneText(number.msisdn)).toBe(number.text);
        }
      }),
    );
  });
  it('is hidden but for its country and two digits', () => {
    fc.assert(
      fc.property(norwegian, (digits) => {
        const shown = hiddenPhone({ country: 'NO', msisdn: `47${digits}`, text: '' });
        expect(shown).toBe(`+47 ••••••${digits.slice(-2)}`);
      }),
    );
  });
  it('or whatever else somebody types is answered, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 64 }), fc.constantFrom(...MARKETS), (text, market) => {
        const reading = readPhone(text, market);
        if (reading.kind === 'number') expect(reading.number.msisdn).toMatch(/^(47|45|358)\d{6,12}$/);
        if (reading.kind === 'ask') expect(reading.numbers.length).toBeGreaterThan(0);
      }),
    );
  });
});
