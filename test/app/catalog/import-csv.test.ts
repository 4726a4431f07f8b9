import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../app/catalog/article.ts';
import { createCatalogue } from '../../../app/catalog/catalogue.ts';
import { eanCheckDigit } from '../../../app/catalog/ean.ts';
import { groupIdOf } from '../../../app/catalog/group.ts';
import { importCatalogue } from '../../../app/catalog/import-csv.ts';
import { utf8, utf8WithMark, windows1252 } from './bytes.ts';

const HEADER = 'varenr;ean;navn;gruppe;pris;mva;enhet;vektvare;pant;aldersgrense';
const read = (...rows: string[]) => importCatalogue(utf8([HEADER, ...rows].join('\n')));
const kinds = (...rows: string[]) => read(...rows).problems.map(({ line, field, kind }) => [line, field, kind]);

const BREAD: Article = {
  articleNumber: '1001',
  ean: '7090000010010',
  name: 'Kneipp, grovt',
  groupId: 'bakst',
  groupName: 'Bakst',
  unitPriceOre: 3_990,
  vatBasisPoints: 1_500,
  unit: 'stk',
  weighed: false,
  depositOre: null,
  ageLimitYears: null,
};

describe('a row that is right', () => {
  it('becomes an article', () => {
    expect(read('1001;7090000010010;Kneipp, grovt;Bakst;39,90;15 %;stk;nei;;')).toEqual({
      articles: [BREAD],
      problems: [],
      refusedRows: 0,
      lines: new Map([['1001', 2]]),
      encoding: 'utf-8',
      delimiter: ';',
    });
  });
  it('may have a deposit, an age limit and a weight', () => {
    const { articles } = read('2;;Pils;Drikke;36,90;25;;;2,00;18 år', '3;;Banan;Frukt;26.90;15,0;kg;;;', '4;;Ost;Disk;199;15%;;ja;0;');
    expect(articles).toMatchObject([
      { unit: 'stk', weighed: false, depositOre: 200, ageLimitYears: 18, vatBasisPoints: 2_500 },
      { unit: 'kg', weighed: true, unitPriceOre: 2_690, depositOre: null },
      { unit: 'kg', weighed: true, unitPriceOre: 19_900, depositOre: null },
    ]);
  });
  it('may leave out the optional columns', () => {
    const { articles } = importCatalogue(utf8('Article no,Name,Price,VAT\nA-1,"Bread, dark",39.90,15'));
    expect(articles).toEqual([
      { ...BREAD, articleNumber: 'A-1', ean: null, name: 'Bread, dark', groupId: 'diverse', groupName: 'Diverse' },
    ]);
  });
  it('keeps leading zeros of an article number, and a UPC as the EAN-13 that it is', () => {
    expect(read('007;036000291452;Is;Kiosk;10;15;;;;').articles).toMatchObject([{ articleNumber: '007', ean: '0036000291452' }]);
  });
  it('may have line breaks inside quotes, and the lines after it are still counted right', () => {
    const { articles, problems } = read('1;;"To\nlinjer";Bakst;10;15;;;;', '2;;Feil;Bakst;x;15;;;;');
    expect(articles).toMatchObject([{ name: 'To linjer' }]);
    expect(problems).toEqual([{ line: 4, field: 'price', kind: 'not-a-number', text: 'x' }]);
  });
  it('shares its group with the same name in other letters', () => {
    const { articles } = read('1;;A;Frukt og grønt;1;15;;;;', '2;;B;FRUKT OG GRØNT;1;15;;;;');
    expect(articles.map(({ groupId, groupName }) => [groupId, groupName])).toEqual([
      ['frukt-og-gront', 'Frukt og grønt'],
      ['frukt-og-gront', 'Frukt og grønt'],
    ]);
  });
});

describe('the header', () => {
  it.each([
    'Varenummer\tStrekkode\tVarenavn\tVaregruppe\tUtsalgspris\tMva-sats\tEnhet\tVektvare\tPant\tAldersgrense',
    'ARTIKKELNR\tEAN-13\tNavn\tKategori\tPris (kr)\tMVA %\tSalgsenhet\tVeies\tPant (kr)\tMinstealder',
    'Article number\tBarcode\tName\tCategory\tPrice\tVAT rate\tUnit\tWeighed\tDeposit\tAge limit',
    'sku\tgtin\tproduct_name\tdepartment\tunit_price\tvat_rate\tuom\tsold_by_weight\tdeposit\tmin_age',
  ])('is understood: %s', (header) => {
    const { articles, problems } = importCatalogue(utf8(`${header}\n1001\t7090000010010\tKneipp, grovt\tBakst\t39,90\t15\tstk\tnei\t\t\n`));
    expect(problems).toEqual([]);
    expect(articles).toEqual([BREAD]);
  });
  it('may come after a line that names the separator, and in any order with other columns between', () => {
    const { articles } = importCatalogue(utf8('sep=;\r\nMva;Lager;Navn;Pris;Varenr\r\n15;7;Kneipp;39,90;1001\r\n'));
    expect(articles).toMatchObject([{ articleNumber: '1001', name: 'Kneipp', unitPriceOre: 3_990, vatBasisPoints: 1_500 }]);
  });
  it('prefers the name to the description', () => {
    const { articles } = importCatalogue(utf8('varenr;beskrivelse;navn;pris;mva\n1;lang tekst;Kneipp;1;15'));
    expect(articles).toMatchObject([{ name: 'Kneipp' }]);
  });
  it('that lacks a column gets it named', () => {
    expect(importCatalogue(utf8('varenr;navn;pris\n1;Kneipp;39,90'))).toMatchObject({
      articles: [],
      problems: [{ line: 1, field: 'vat', kind: 'column-missing', accepted: ['mva', 'vat'] }],
    });
  });
  it('with two prices is refused, because a program should not choose', () => {
    expect(importCatalogue(utf8('varenr;navn;pris;utsalgspris;mva\n1;Kneipp;39,90;49,90;15')).problems).toEqual([
      { line: 1, field: 'price', kind: 'column-twice', first: 'pris', second: 'utsalgspris' },
    ]);
  });
  it('that is not there is missed', () => {
    expect(importCatalogue(utf8('1001;Kneipp;39,90;15\n')).problems).toEqual([{ line: 1, field: null, kind: 'header-missing' }]);
  });
});

describe('a row that is wrong', () => {
  it('is reported with its line while the others are imported', () => {
    const result = read('1;;A;G;1;15;;;;', '2;;B;G;;15;;;;', '3;;C;G;3;15;;;;');
    expect(result.articles.map((article) => article.articleNumber)).toEqual(['1', '3']);
    expect(result.problems).toEqual([{ line: 3, field: 'price', kind: 'missing' }]);
    expect(result.refusedRows).toBe(1);
  });
  it('gets every reason at once', () => {
    expect(kinds(';709;;G;-1;14;5;kanskje;1,234;atten')).toEqual([
      [2, 'articleNumber', 'missing'],
      [2, 'ean', 'ean-wrong-length'],
      [2, 'name', 'missing'],
      [2, 'price', 'negative'],
      [2, 'vat', 'vat-not-a-rate'],
      [2, 'unit', 'bad-unit'],
      [2, 'weighed', 'not-yes-or-no'],
      [2, 'deposit', 'too-many-decimals'],
      [2, 'ageLimit', 'bad-age'],
    ]);
  });
  it.each([
    ['1;7090000010011;A;G;1;15;;;;', 'ean', 'ean-wrong-check-digit'],
    ['1;709000001001X;A;G;1;15;;;;', 'ean', 'ean-not-digits'],
    ['1;7,09E+12;A;G;1;15;;;;', 'ean', 'ean-spreadsheet'],
    ['1;;A;G;1.234;15;;;;', 'price', 'too-many-decimals'],
    ['1;;A;G;gratis;15;;;;', 'price', 'not-a-number'],
    ['1;;A;G;1000000,01;15;;;;', 'price', 'too-large'],
    ['1;;A;G;1;0,15;;;;', 'vat', 'vat-fraction'],
    ['1;;A;G;1;.25;;;;', 'vat', 'vat-fraction'],
    ['1;;A;G;1;6;;;;', 'vat', 'vat-not-a-rate'],
    ['1;;A;G;1;;;;;', 'vat', 'missing'],
    ['1;;A;G;1;høy;;;;', 'vat', 'not-a-number'],
    ['1;;A;G;1;15;stk;ja;;', 'weighed', 'weighed-in-pieces'],
    ['1;;A;G;1;15;;;;150', 'ageLimit', 'bad-age'],
    ['1;;\u001b@;G;1;15;;;;', 'name', 'control-character'],
    [`1;;${'A'.repeat(101)};G;1;15;;;;`, 'name', 'too-long'],
    ['1;;A;G;39;90;15;;;;;', 'vat', 'vat-not-a-rate'],
    ['1;;A;G;1;15;;;;;x', null, 'too-many-fields'],
    ['1;;"A;G;1;15;;;;', null, 'quote-not-closed'],
    ['1;;"A"B;G;1;15;;;;', null, 'text-after-quote'],
  ])('%j: %s %s', (row, field, kind) => {
    expect(kinds(row)).toContainEqual([2, field, kind]);
    expect(read(row, '2;;Bra;G;1;15;;;;').articles).toMatchObject([{ articleNumber: '2' }]);
  });
  it('does not take its number or EAN from a later, good one', () => {
    expect(read('1;7090000010010;A;G;x;15;;;;', '1;7090000010010;B;G;1;15;;;;').articles).toMatchObject([{ name: 'B' }]);
  });
});

describe('what two rows both claim', () => {
  it('is refused by name: an EAN', () => {
    expect(read('1;7090000010010;Kneipp;G;1;15;;;;', '2;7090000010010;Loff;G;1;15;;;;').problems).toEqual([
      { line: 3, field: 'ean', kind: 'ean-duplicate', ean: '7090000010010', name: 'Loff', firstName: 'Kneipp', firstLine: 2 },
    ]);
  });
  it('is the same EAN when one is written as UPC', () => {
    expect(kinds('1;036000291452;A;G;1;15;;;;', '2;0036000291452;B;G;1;15;;;;')).toEqual([[3, 'ean', 'ean-duplicate']]);
  });
  it('is refused by name: an article number', () => {
    expect(read('1;;Kneipp;G;1;15;;;;', '1;;Loff;G;1;15;;;;').problems).toEqual([
      {
        line: 3,
        field: 'articleNumber',
        kind: 'article-number-duplicate',
        articleNumber: '1',
        name: 'Loff',
        firstName: 'Kneipp',
        firstLine: 2,
      },
    ]);
  });
});

describe('a file that is no catalogue', () => {
  it.each([
    ['nothing', new Uint8Array(), 'file-empty'],
    ['only blank lines', utf8('\n \r\n;;\n'), 'file-empty'],
    ['a workbook', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00]), 'file-not-text'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x76, 0x00]), 'file-utf-16'],
    ['only a header', utf8(`${HEADER}\n`), 'file-no-articles'],
  ])('says so: %s', (_name, bytes, kind) => {
    expect(importCatalogue(bytes)).toMatchObject({ articles: [], problems: [{ kind }] });
  });
  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => importCatalogue(bytes).articles.length === 0));
    const almost = fc.array(fc.constantFrom(...'varenr;navn;pris;mva\n1;A;1;15\n"', '"', ';', '\n', 'ø', '\t', ',', '\u0000', '😀'), {
      maxLength: 120,
    });
    fc.assert(
      fc.property(almost, (pieces) => {
        const { articles, problems } = importCatalogue(utf8(`varenr;navn;pris;mva\n${pieces.join('')}`));
        expect(articles.length + problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a large catalogue', () => {
  it('of 50 000 articles comes in at one go, and every one is found again', () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => {
      const digits = `70912${String(index).padStart(7, '0')}`;
      return `${index + 1};${digits}${eanCheckDigit(digits)};Vare ${index};Gruppe ${index % 40};${index % 500},90;15;stk;;;`;
    });
    const { articles, problems } = read(...rows);
    expect(problems).toEqual([]);
    expect(articles).toHaveLength(50_000);
    expect(articles[49_999]).toMatchObject({ articleNumber: '50000', name: 'Vare 49999', unitPriceOre: 49_990 });
    const catalogue = createCatalogue(articles);
    expect(catalogue.groups()).toHaveLength(40);
    expect(catalogue.search('vare 49999', 1)).toEqual([articles[49_999]]);
  });
});

describe('any catalogue', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdefgæøåÆØÅéü 0123456789%-,;"\t\n'), minLength: 1, maxLength: 20 });
  const article = fc.record({
    name: word.map((text) => `x${text}`.replace(/\s+/g, ' ').trim()),
    groupName: fc.constantFrom('Bakst', 'Frukt og grønt', 'Kjøtt; fisk', 'Øl, "sterkt"'),
    unitPriceOre: fc.nat(10_000_000),
    vatBasisPoints: fc.constantFrom(2_500, 1_500, 1_200, 1_111, 0),
    measure: fc.constantFrom(
      { unit: 'stk', weighed: false },
      { unit: 'kg', weighed: true },
      { unit: 'kg', weighed: false },
      { unit: 'pk', weighed: false },
    ),
    depositOre: fc.constantFrom(null, 200, 300),
    ageLimitYears: fc.constantFrom(null, 16, 18, 20),
    hasEan: fc.boolean(),
  });
  const catalogue = fc.array(article, { minLength: 1, maxLength: 20 }).map((list) =>
    list.map(({ measure, hasEan, ...rest }, index): Article => {
      const digits = `70912${String(index).padStart(7, '0')}`;
      return {
        ...rest,
        ...measure,
        articleNumber: `A-${index}`,
        ean: hasEan ? `${digits}${eanCheckDigit(digits)}` : null,
        groupId: groupIdOf(rest.groupName),
      };
    }),
  );
  it('comes back as it was written, in every encoding and with every delimiter', () => {
    fc.assert(
      fc.property(
        catalogue,
        fc.constantFrom(utf8, utf8WithMark, windows1252),
        fc.constantFrom(';', ',', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom(',', '.'),
        (articles, encode, delimiter, ending, point) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const decimal = (hundredths: number) => `${Math.trunc(hundredths / 100)}${point}${String(hundredths % 100).padStart(2, '0')}`;
          const rows = articles.map((one) =>
            [
              one.articleNumber,
              one.ean ?? '',
              one.name,
              one.groupName,
              decimal(one.unitPriceOre),
              `${decimal(one.vatBasisPoints)} %`,
              one.unit,
              one.weighed ? 'ja' : 'no',
              one.depositOre === null ? '' : decimal(one.depositOre),
              one.ageLimitYears === null ? '' : String(one.ageLimitYears),
            ]
              .map(quote)
              .join(delimiter),
          );
          const result = importCatalogue(encode([HEADER.replaceAll(';', delimiter), ...rows].join(ending)));
          expect(result.problems).toEqual([]);
          expect(result.articles).toEqual(articles);
        },
      ),
    );
  });
});
