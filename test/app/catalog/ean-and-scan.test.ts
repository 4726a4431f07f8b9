import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../app/catalog/article.ts';
import { createCatalogue } from '../../../app/catalog/catalogue.ts';
import { eanCheckDigit, eansOfGtin, gtinLevel, isGtin14, readEan, readUpcE } from '../../../app/catalog/ean.ts';
import { findScanned } from '../../../app/catalog/find-scanned.ts';
import { readScan } from '../../../app/catalog/scan.ts';
import { receiptCode } from '../../../app/receipt/receipt-code.ts';

const withCheck = (digits: string) => `${digits}${eanCheckDigit(digits)}`;

const ARTICLE: Article = {
  articleNumber: '3001',
  ean: null,
  name: 'Eple, Aroma',
  groupId: 'frukt-og-gront',
  groupName: 'Frukt og grønt',
  unitPriceOre: 3_990,
  vatBasisPoints: 1_500,
  unit: 'kg',
  weighed: true,
  depositOre: null,
  ageLimitYears: null,
};
const BREAD: Article = { ...ARTICLE, articleNumber: '1001', ean: '7090000010010', name: 'Kneipp', unit: 'stk', weighed: false };

describe('an EAN', () => {
  it('has the check digit that the printed examples have', () => {
    // The worked examples of GS1 and of everyday goods: EAN-13, EAN-8, UPC-A.
    expect(eanCheckDigit('629104150021')).toBe(3);
    expect(eanCheckDigit('9638507')).toBe(4);
    expect(eanCheckDigit('03600029145')).toBe(2);
  });
  it('is kept as it is with 8 or 13 digits, and brought to 13 with 12 or 14', () => {
    expect(readEan('96385074')).toEqual({ kind: 'ean', normal: '96385074' });
    expect(readEan('6291041500213')).toEqual({ kind: 'ean', normal: '6291041500213' });
    expect(readEan('036000291452')).toEqual({ kind: 'ean', normal: '0036000291452' });
    expect(readEan('06291041500213')).toEqual({ kind: 'ean', normal: '6291041500213' });
    expect(readEan('6 291041-500213')).toEqual({ kind: 'ean', normal: '6291041500213' });
  });
  it('says what is wrong with it', () => {
    expect(readEan('6291041500214')).toEqual({ kind: 'wrong-check-digit', expected: 3 });
    expect(readEan('629104')).toEqual({ kind: 'wrong-length', length: 6 });
    expect(readEan('62910415002x3')).toEqual({ kind: 'not-digits' });
    expect(readEan('')).toEqual({ kind: 'not-digits' });
  });
  it('may be shortened to a UPC-E, whose sixth digit says where the zeros went', () => {
    // The example of each row in the General Specifications' table of zero suppression.
    expect(readUpcE('04252614')).toBe('0042100005264');
    expect(readUpcE('01234565')).toBe('0012345000065');
    expect(readUpcE('01234531')).toBe('0012300000451');
    expect(readUpcE('01234532')).toBe(null);
    expect(readUpcE('21234565')).toBe(null);
  });
  it('shortened is another way to write the same number', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.constantFrom('0', '1'), fc.array(digit, { minLength: 6, maxLength: 6 }), (system, six) => {
        const all = Array.from({ length: 10 }, (_, check) => readUpcE(`${system}${six.join('')}${check}`)).filter((ean) => ean !== null);
        expect(all).toHaveLength(1);
        expect(readEan(all[0] ?? '')).toEqual({ kind: 'ean', normal: all[0] });
      }),
    );
  });
  it('with fourteen digits says whether it is a piece, a case or a thing that varies', () => {
    expect(isGtin14('07090000010010')).toBe(true);
    expect(gtinLevel('07090000010010')).toBe('piece');
    expect(eansOfGtin('07090000010010')).toEqual(['7090000010010']);
    expect(gtinLevel(withCheck('1709000001001'))).toBe('case');
    expect(eansOfGtin(withCheck('1709000001001'))).toEqual(['7090000010010']);
    expect(gtinLevel(withCheck('9709000001001'))).toBe('variable');
    expect(eansOfGtin(withCheck('9709000001001'))).toEqual(['7090000010010']);
    expect(eansOfGtin('00000096385074')).toEqual(['96385074', '0000096385074']);
  });
  it('with one digit changed is never right', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(digits, fc.nat(12), fc.integer({ min: 1, max: 9 }), (twelve, place, add) => {
        const right = withCheck(twelve);
        const wrong = [...right].map((digit, index) => (index === place ? String((Number(digit) + add) % 10) : digit)).join('');
        expect(readEan(right).kind).toBe('ean');
        expect(readEan(wrong).kind).toBe('wrong-check-digit');
      }),
    );
  });
});

describe('a scanned code', () => {
  it('is an article when it is an EAN, whatever the scanner adds', () => {
    for (const code of ['7090000010010', ' 7090000010010\r\n', ']E07090000010010', '7090000010010\t']) {
      expect(readScan(code)).toEqual({ kind: 'article', ean: '7090000010010' });
    }
    expect(readScan('036000291452')).toEqual({ kind: 'article', ean: '0036000291452' });
  });
  it('may be a UPC-E, and of eight digits that can be both an EAN-8 comes first', () => {
    expect(readScan('04252614')).toEqual({ kind: 'article', ean: '0042100005264' });
    const both = ['0', '1']
      .flatMap((system) => Array.from({ length: 5_000 }, (_, six) => `${system}${String(six * 7).padStart(6, '0')}`))
      .map(withCheck)
      .find((digits) => readUpcE(digits) !== null);
    expect(both).toBeDefined();
    expect(readScan(both ?? '')).toEqual({ kind: 'article', ean: both, orEan: readUpcE(both ?? '') });
  });
  it('is a magazine without its issue, when the scanner says that there is one', () => {
    expect(readScan(']E3977123456700304')).toMatchObject({ kind: 'article', ean: '9771234567003' });
  });
  it('is plain text in a Code 128, also with a sign of its kind in front', () => {
    expect(readScan(']C0A-100')).toEqual({ kind: 'unknown', code: 'A-100', why: 'plain-text' });
  });
  it('is a weight label with prefix 23 to 25', () => {
    expect(readScan(withCheck('230300100822'))).toEqual({
      kind: 'weight-label',
      quantityMilli: 822,
      ean: withCheck('230300100822'),
      itemNumber: '03001',
      emptyEan: withCheck('230300100000'),
    });
  });
  it('is a price label with prefix 20 to 22', () => {
    expect(readScan(withCheck('200300103280'))).toMatchObject({ kind: 'price-label', priceOre: 3_280, itemNumber: '03001' });
  });
  it('is an ordinary article with prefix 26 to 29', () => {
    expect(readScan(withCheck('290000000001'))).toEqual({ kind: 'article', ean: withCheck('290000000001') });
  });
  it('can have another layout, as data', () => {
    const layouts = [{ prefix: '24', itemDigits: 6, value: 'weight', step: 10 }] as const;
    expect(readScan(withCheck('240030010082'), { layouts })).toMatchObject({
      kind: 'weight-label',
      itemNumber: '003001',
      quantityMilli: 820,
    });
    expect(readScan(withCheck('200300103280'), { layouts })).toMatchObject({ kind: 'article' });
  });
  it('is a receipt when it is what receipts print', () => {
    const receipt = { series: 'sale', storeId: 'kolo', registerId: '1', receiptNumber: 1042 } as const;
    expect(readScan(receiptCode(receipt))).toEqual({ kind: 'receipt', receipt });
    expect(readScan(receiptCode(receipt).toLowerCase())).toEqual({ kind: 'receipt', receipt });
  });
  it("is the customer's own code, untouched", () => {
    const content = 'https://qr.vipps.no/28/2/01/031/4791234567?v=1';
    expect(readScan(content)).toEqual({ kind: 'personal-qr', content });
    expect(readScan('https://qr.vipps.no/p/qwjhewqhueheuqwhuqwhe')).toMatchObject({ kind: 'personal-qr' });
    expect(readScan('https://qr.mobilepay.dk/whatever-it-becomes')).toMatchObject({ kind: 'personal-qr' });
  });
  it("is not the customer's own code when it only looks like it", () => {
    expect(readScan('https://qr.vipps.no.example.com/28/2/01/x')).toMatchObject({ kind: 'unknown' });
    expect(readScan(`https://qr.vipps.no/p/${'x'.repeat(255)}`)).toMatchObject({ kind: 'unknown' });
    expect(readScan('https://qr.vipps.no/generate/qr.png')).toMatchObject({ kind: 'unknown' });
  });
  it('is unknown otherwise, with the reason', () => {
    expect(readScan('7090000010011')).toEqual({ kind: 'unknown', code: '7090000010011', why: 'bad-check-digit' });
    expect(readScan('A-100')).toEqual({ kind: 'unknown', code: 'A-100', why: 'plain-text' });
    expect(readScan('')).toMatchObject({ kind: 'unknown', why: 'unreadable' });
    expect(readScan('a\u0000b')).toMatchObject({ kind: 'unknown', why: 'unreadable' });
    expect(readScan('x'.repeat(5_000))).toMatchObject({ kind: 'unknown', why: 'unreadable' });
  });
  it('is always something', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'0123456789') })), (code) => {
        expect(readScan(code).kind).toBeTypeOf('string');
      }),
    );
  });
});

describe('finding what was scanned', () => {
  const catalogue = createCatalogue([BREAD, ARTICLE]);
  it('finds an article by EAN and by number', () => {
    expect(findScanned(catalogue, '7090000010010')).toEqual({
      kind: 'article',
      article: BREAD,
      quantityMilli: null,
      fixedGrossOre: null,
      expiresOn: null,
    });
    expect(findScanned(catalogue, '3001\n')).toMatchObject({ kind: 'article', article: ARTICLE });
  });
  it('finds the item of a weight label, and its weight', () => {
    expect(findScanned(catalogue, withCheck('230300100822'))).toEqual({
      kind: 'article',
      article: ARTICLE,
      quantityMilli: 822,
      fixedGrossOre: null,
      expiresOn: null,
    });
  });
  it('finds the item of a price label, its price, and the weight that it stands for', () => {
    expect(findScanned(catalogue, withCheck('200300103280'))).toEqual({
      kind: 'article',
      article: ARTICLE,
      quantityMilli: 822,
      fixedGrossOre: 3_280,
      expiresOn: null,
    });
    expect(findScanned(catalogue, withCheck('210100102500'))).toMatchObject({ article: BREAD, quantityMilli: 1_000, fixedGrossOre: 2_500 });
  });
  it('finds the item of a label by its EAN without value', () => {
    const cheese = { ...ARTICLE, articleNumber: 'OST', ean: withCheck('231234500000') };
    const found = findScanned(createCatalogue([cheese]), withCheck('231234500250'));
    expect(found).toMatchObject({ kind: 'article', article: cheese, quantityMilli: 250 });
  });
  it('takes an article with exactly this EAN before any label', () => {
    const parcel = { ...BREAD, articleNumber: 'P', ean: withCheck('200300103280') };
    expect(findScanned(createCatalogue([ARTICLE, parcel]), withCheck('200300103280'))).toMatchObject({
      article: parcel,
      fixedGrossOre: null,
    });
  });
  it('lets the register ask when a label says nothing', () => {
    expect(findScanned(catalogue, withCheck('230300100000'))).toMatchObject({ article: ARTICLE, quantityMilli: null });
    expect(findScanned(catalogue, withCheck('200300100000'))).toMatchObject({ article: ARTICLE, fixedGrossOre: null });
  });
  it('does not sell pieces by weight', () => {
    expect(findScanned(catalogue, withCheck('230100100500'))).toEqual({ kind: 'not-weighed', article: BREAD });
  });
  it('says why there is nothing', () => {
    expect(findScanned(catalogue, withCheck('709999999999'))).toMatchObject({ kind: 'unknown', why: 'no-such-article' });
    expect(findScanned(catalogue, withCheck('239999900100'))).toMatchObject({ kind: 'unknown', why: 'no-such-article' });
    expect(findScanned(catalogue, '7090000010011')).toEqual({ kind: 'unknown', code: '7090000010011', why: 'bad-check-digit' });
    expect(findScanned(catalogue, `${'y'.repeat(5_000)}`)).toEqual({ kind: 'unknown', code: 'y'.repeat(40), why: 'unreadable' });
  });
});
