import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../app/catalog/article.ts';
import { createCatalogue } from '../../../app/catalog/catalogue.ts';
import { eanCheckDigit } from '../../../app/catalog/ean.ts';
import { findScanned } from '../../../app/catalog/find-scanned.ts';
import { gs1Date } from '../../../app/catalog/gs1.ts';
import { readScan } from '../../../app/catalog/scan.ts';

const FNC1 = '\u001d';
const withCheck = (digits: string) => `${digits}${eanCheckDigit(digits)}`;
const today = '2026-11-21';
const read = (code: string) => readScan(code, { today });
const told = (code: string) => {
  const scan = read(code);
  return scan.kind === 'gs1' ? scan.gs1 : scan;
};
const trouble = (code: string) => {
  const scan = read(code);
  return scan.kind === 'gs1-trouble' ? `${scan.trouble.why} ${scan.trouble.identifier}`.trim() : scan.kind;
};

const MILK: Article = {
  articleNumber: '1001',
  ean: '7090000010010',
  name: 'Lettmelk',
  groupId: 'meieri',
  groupName: 'Meieri',
  unitPriceOre: 2_490,
  vatBasisPoints: 1_500,
  unit: 'stk',
  weighed: false,
  depositOre: null,
  ageLimitYears: null,
};
const CHEESE: Article = {
  ...MILK,
  articleNumber: '2001',
  ean: withCheck('709000002001'),
  name: 'Jarlsberg',
  unit: 'kg',
  weighed: true,
  unitPriceOre: 14_990,
};
const CHEESE_GTIN = withCheck(`9${(CHEESE.ean ?? '').slice(0, 12)}`);

describe('A GS1 code', () => {
  it('tells everything that a register has a use for', () => {
    const code = `]d2010709000001001017261231310300082210A-1/b${FNC1}21SN-9${FNC1}3922${'4990'}${FNC1}3012`;
    expect(told(code)).toEqual({
      gtin: '07090000010010',
      weightGrams: 822,
      volumeMilliliters: null,
      lengthMillimeters: null,
      priceOre: 4_990,
      foreignCurrency: null,
      count: 12,
      useBy: '2026-12-31',
      bestBefore: null,
      sellBy: null,
      packedOn: null,
      producedOn: null,
      batch: 'A-1/b',
      serial: 'SN-9',
    });
  });

  it('is known by its kind of bars, by FNC1, by brackets, or by being right all through', () => {
    const wanted = { kind: 'gs1', gs1: { gtin: '07090000010010', bestBefore: '2027-03-01' } };
    for (const code of [
      ']C1010709000001001015270301',
      ']d2010709000001001015270301',
      ']e0010709000001001015270301',
      ']Q3010709000001001015270301',
      `${FNC1}010709000001001015270301`,
      `0107090000010010${FNC1}15270301\r\n`,
      '(01)07090000010010(15)270301',
      '(01) 07090000010010 (15) 270301',
      '010709000001001015270301',
    ]) {
      expect(read(code)).toMatchObject(wanted);
    }
  });

  it('is not everything that begins with 01', () => {
    expect(read('0112345678')).toMatchObject({ kind: 'unknown', why: 'plain-text' });
    expect(read('0107090000010011')).toMatchObject({ kind: 'unknown', why: 'plain-text' });
    expect(read('010709000001001099')).toMatchObject({ kind: 'unknown', why: 'plain-text' });
  });

  it('has its weight in as many decimals as the identifier says', () => {
    const grams = (element: string) => (told(`(01)${CHEESE_GTIN}${element}`) as { weightGrams?: number }).weightGrams;
    expect(grams('(3100)000002')).toBe(2_000);
    expect(grams('(3101)000012')).toBe(1_200);
    expect(grams('(3102)000123')).toBe(1_230);
    expect(grams('(3103)001234')).toBe(1_234);
    expect(grams('(3104)012345')).toBe(1_235);
    expect(grams('(3105)012344')).toBe(123);
  });

  it('has volume and length too', () => {
    expect(told('(01)07090000010010(3153)000750')).toMatchObject({ volumeMilliliters: 750 });
    expect(told('(01)07090000010010(3112)000125')).toMatchObject({ lengthMillimeters: 1_250 });
  });

  it('has its price in kroner, with or without saying so', () => {
    expect(told('(01)07090000010010(3922)4990')).toMatchObject({ priceOre: 4_990, foreignCurrency: null });
    expect(told('(01)07090000010010(3920)49')).toMatchObject({ priceOre: 4_900 });
    expect(told('(01)07090000010010(3923)49905')).toMatchObject({ priceOre: 4_991 });
    expect(told('(01)07090000010010(3932)5784990')).toMatchObject({ priceOre: 4_990 });
  });

  it('in another currency has no price here', () => {
    expect(told('(01)07090000010010(3932)9784990')).toMatchObject({ priceOre: null, foreignCurrency: '978' });
  });

  it('of a box tells what is inside and how many', () => {
    expect(told(`]C10207090000010010${'15270301'}3724`)).toMatchObject({ gtin: '07090000010010', count: 24, bestBefore: '2027-03-01' });
  });

  it('may hold what a register has no use for', () => {
    expect(told(`]C100370900000000000018`)).toMatchObject({ gtin: null });
    expect(told(`]d201070900000100107003261130120091INTERN${FNC1}8200http://x.no`)).toMatchObject({
      gtin: '07090000010010',
      useBy: '2026-11-30',
    });
  });

  it('tells no dates when nobody says what day it is', () => {
    expect(readScan('(01)07090000010010(17)261231')).toMatchObject({ kind: 'gs1', gs1: { useBy: null } });
  });
});

describe('A malformed GS1 code says what is wrong', () => {
  it.each([
    ['an identifier that there is none of', ']C1050709', 'unknown-identifier 05'],
    ['letters where an identifier should be', ']C1AB12', 'unknown-identifier AB'],
    ['too few digits', ']C10107090000', 'too-short 01'],
    ['a value cut off by FNC1', `]C1010709${FNC1}0000010010`, 'too-short 01'],
    ['an identifier cut off', ']C10107090000010010310', 'too-short 310'],
    ['nothing after the identifier', ']C1010709000001001010', 'too-short 10'],
    ['a batch that is too long', `]C1010709000001001010${'A'.repeat(21)}`, 'too-long 10'],
    ['letters among digits', ']C1010709000001001X', 'not-digits 01'],
    ['letters in a price', '(01)07090000010010(3922)49,90', 'not-digits 3922'],
    ['a wrong check digit', ']C10107090000010011', 'bad-check-digit 01'],
    ['the 31st of February', ']C1010709000001001017260231', 'bad-date 17'],
    ['a thirteenth month', ']C1010709000001001015261301', 'bad-date 15'],
    ['two weights', '(01)07090000010010(3103)000822(3102)000999', 'contradiction 3102'],
    ['more money than there is', '(01)07090000010010(3920)999999999999999', 'amount-too-large 3920'],
    ['more pieces than anybody buys', '(01)07090000010010(30)99999999', 'amount-too-large 30'],
    ['a control character', '(10)a\u0001', 'control-character 10'],
    ['nothing at all', `]C1${FNC1}`, 'empty'],
    ['a bad part of a link', 'https://id.gs1.org/01/07090000010010/10/%E0%A4', 'control-character 10'],
    ['a wrong check digit in a link', 'https://id.gs1.org/01/07090000010011', 'bad-check-digit 01'],
  ])('%s', (_, code, why) => {
    expect(trouble(code)).toBe(why);
  });

  it('and says the same thing twice without harm', () => {
    expect(told('(01)07090000010010(17)261231(17)261231')).toMatchObject({ useBy: '2026-12-31' });
  });
});

describe('A date of six digits', () => {
  it('is of the century that the General Specifications say', () => {
    expect(gs1Date('261231', 2026)).toBe('2026-12-31');
    expect(gs1Date('761231', 2026)).toBe('2076-12-31');
    expect(gs1Date('771231', 2026)).toBe('1977-12-31');
    expect(gs1Date('001231', 2026)).toBe('2000-12-31');
    expect(gs1Date('011231', 2051)).toBe('2101-12-31');
    expect(gs1Date('021231', 2051)).toBe('2002-12-31');
    expect(gs1Date('490101', 2099)).toBe('2149-01-01');
  });
  it('with day 00 is the last of its month', () => {
    expect(gs1Date('270200', 2026)).toBe('2027-02-28');
    expect(gs1Date('280200', 2026)).toBe('2028-02-29');
    expect(gs1Date('270400', 2026)).toBe('2027-04-30');
  });
  it('is always within fifty years of now, and a real day', () => {
    const two = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'));
    fc.assert(
      fc.property(two, two, two, fc.integer({ min: 1950, max: 2199 }), (yy, mm, dd, yearNow) => {
        const iso = gs1Date(`${yy}${mm}${dd}`, yearNow);
        if (iso === null) return;
        expect(new Date(`${iso}T00:00:00Z`).toISOString().slice(0, 10)).toBe(iso);
        expect(Number(iso.slice(0, 4)) - yearNow).toBeGreaterThanOrEqual(-49);
        expect(Number(iso.slice(0, 4)) - yearNow).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe('A link on a product', () => {
  it('is read like its bars', () => {
    expect(told('https://id.gs1.org/01/07090000010010/10/A%2F1/21/9?17=261231&3103=000822&linkType=all#top')).toMatchObject({
      gtin: '07090000010010',
      batch: 'A/1',
      serial: '9',
      useBy: '2026-12-31',
      weightGrams: 822,
    });
  });
  it('may be the producer’s own, with its own path and a shorter number', () => {
    expect(told('https://melk.no/p/vare/01/7090000010010')).toMatchObject({ gtin: '07090000010010' });
    expect(told(']Q1HTTP://MELK.NO/01/96385074?x=1')).toMatchObject({ gtin: '00000096385074' });
  });
  it('is not any link', () => {
    expect(read('https://melk.no/om-oss')).toMatchObject({ kind: 'unknown', why: 'plain-text' });
    expect(read('https://melk.no/01/2026')).toMatchObject({ kind: 'unknown', why: 'plain-text' });
  });
  it("is never the customer's own code, nor the other way round", () => {
    expect(read(']Q1https://qr.vipps.no/28/2/01/031/4791234567?v=1')).toEqual({
      kind: 'personal-qr',
      content: 'https://qr.vipps.no/28/2/01/031/4791234567?v=1',
    });
    expect(read('https://qr.vipps.no/28/2/01/07090000010010')).toMatchObject({ kind: 'personal-qr' });
    expect(read('https://vipps.example/01/07090000010010')).toMatchObject({ kind: 'gs1' });
  });
});

describe('Whatever is scanned', () => {
  const batch = fc.string({ unit: fc.constantFrom(...'ABCxyz0123456789-./'), minLength: 1, maxLength: 20 });
  const gtin = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 13, maxLength: 13 }).map(withCheck);
  const day = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it('comes back as it was written, in bars, in brackets and in a link', () => {
    fc.assert(
      fc.property(gtin, day, batch, batch, fc.nat(999_999), fc.integer({ min: 1, max: 9_999 }), (id, date, lot, serial, grams, count) => {
        const weight = String(grams).padStart(6, '0');
        const yymmdd = date.slice(2).replaceAll('-', '');
        const wanted = { gtin: id, bestBefore: date, batch: lot, serial, weightGrams: grams, count };
        expect(told(`]C101${id}10${lot}${FNC1}15${yymmdd}3103${weight}30${count}${FNC1}21${serial}`)).toMatchObject(wanted);
        expect(told(`(01)${id}(15)${yymmdd}(10)${lot}(21)${serial}(3103)${weight}(30)${count}`)).toMatchObject(wanted);
        const link = `https://a.no/01/${id}/10/${encodeURIComponent(lot)}/21/${encodeURIComponent(serial)}?15=${yymmdd}&3103=${weight}&30=${count}`;
        // A dot by itself is a way up in a path, not a name.
        if (!/^\.+$/.test(lot) && !/^\.+$/.test(serial)) expect(told(link)).toMatchObject(wanted);
      }),
    );
  });

  it('never throws, in the parser or in the search', () => {
    const catalogue = createCatalogue([MILK, CHEESE]);
    const piece = fc.constantFrom(
      '01',
      '02',
      '10',
      '17',
      '15',
      '3103',
      '3922',
      '3932',
      '578',
      '30',
      '37',
      '(01)',
      '(17)',
      '(3922)',
      FNC1,
      CHEESE_GTIN,
      '07090000010010',
      '000000',
      '999999',
      '%',
      '/01/',
      '?',
      '&',
      '=',
      'A',
      '\u0000',
      '😀',
    );
    const start = fc.constantFrom('', ']C1', ']d2', ']e0', ']Q3', ']E0', FNC1, 'https://a.no/01/', 'https://a.no');
    fc.assert(
      fc.property(start, fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (first, pieces) => {
        const code = `${first}${pieces.join('')}`;
        expect(read(code).kind).toBeTypeOf('string');
        const found = findScanned(catalogue, code, { today });
        if (found.kind !== 'article') return;
        expect(found.quantityMilli === null || (Number.isSafeInteger(found.quantityMilli) && found.quantityMilli > 0)).toBe(true);
        expect(found.fixedGrossOre === null || (Number.isSafeInteger(found.fixedGrossOre) && found.fixedGrossOre > 0)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('Finding what a GS1 code stands for', () => {
  const catalogue = createCatalogue([MILK, CHEESE]);
  const find = (code: string) => findScanned(catalogue, code, { today });

  it('finds a piece by its EAN, in fourteen digits too', () => {
    for (const code of [']e00107090000010010', '07090000010010', 'https://a.no/01/07090000010010']) {
      expect(find(code)).toMatchObject({ kind: 'article', article: MILK, quantityMilli: null, fixedGrossOre: null });
    }
  });
  it('finds what is weighed by its number without the nine in front, and takes its weight', () => {
    expect(find(`]e001${CHEESE_GTIN}3103000822`)).toMatchObject({ article: CHEESE, quantityMilli: 822, fixedGrossOre: null });
  });
  it('takes a price as the line’s price, with the weight that was told or that it stands for', () => {
    expect(find(`]e001${CHEESE_GTIN}31030008223922012322`)).toMatchObject({ article: CHEESE, quantityMilli: 822, fixedGrossOre: 12_322 });
    expect(find(`]e001${CHEESE_GTIN}392214990`)).toMatchObject({ article: CHEESE, quantityMilli: 1_000, fixedGrossOre: 14_990 });
    expect(find('(01)07090000010010(3922)1990')).toMatchObject({ article: MILK, quantityMilli: 1_000, fixedGrossOre: 1_990 });
  });
  it('lets the register ask when a weight is zero, or in something else than the article is sold in', () => {
    expect(find(`(01)${CHEESE_GTIN}(3103)000000`)).toMatchObject({ article: CHEESE, quantityMilli: null });
    expect(find(`(01)${CHEESE_GTIN}(3153)000750`)).toMatchObject({ article: CHEESE, quantityMilli: null });
  });
  it('does not sell pieces by weight, and lets a weight that is only told be', () => {
    const varies = withCheck(`9${(MILK.ean ?? '').slice(0, 12)}`);
    expect(find(`(01)${varies}(3103)000822`)).toEqual({ kind: 'not-weighed', article: MILK });
    expect(find('(01)07090000010010(3103)001000')).toMatchObject({ article: MILK, quantityMilli: null });
  });
  it('takes the count of pieces', () => {
    expect(find('(02)07090000010010(37)6')).toMatchObject({ article: MILK, quantityMilli: 6_000 });
  });
  it('does not sell a case as one piece, and says what is in it', () => {
    const box = withCheck(`1${(MILK.ean ?? '').slice(0, 12)}`);
    expect(find(box)).toEqual({ kind: 'unknown', code: box, why: 'no-such-article', caseOf: MILK });
    const sold = { ...MILK, articleNumber: box, ean: null, name: 'Lettmelk, brett' };
    expect(findScanned(createCatalogue([MILK, sold]), `]C101${box}`)).toMatchObject({ kind: 'article', article: sold });
  });
  it('finds a shop’s own scale label when it comes as GS1', () => {
    const label = withCheck('230200100822');
    expect(find(`]e0010${label}`)).toMatchObject({ article: CHEESE, quantityMilli: 822 });
  });
  it('says that goods are past their date, which kind of date, and on which day they were good last', () => {
    expect(find('(01)07090000010010(17)261120')).toMatchObject({ expiresOn: { date: '2026-11-20', meaning: 'use-by', isPast: true } });
    expect(find('(01)07090000010010(15)261121')).toMatchObject({
      expiresOn: { date: '2026-11-21', meaning: 'best-before', isPast: false },
    });
    expect(find('(01)07090000010010(15)261101(17)261231')).toMatchObject({ expiresOn: { meaning: 'use-by', isPast: false } });
    expect(findScanned(catalogue, '(01)07090000010010(17)261120')).toMatchObject({ kind: 'article', expiresOn: null });
  });
  it('names what is wrong with a code that is not right', () => {
    expect(find(']C10107090000010011')).toMatchObject({
      kind: 'unknown',
      why: 'bad-gs1',
      trouble: { why: 'bad-check-digit', identifier: '01' },
    });
    expect(find(']C100370900000000000018')).toMatchObject({ kind: 'unknown', why: 'no-such-article' });
  });
});
