/** What versions say together, and how their files are read. The counter's own stories are in `test/app/till/publications.test.ts`. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCatalogueStore } from '../../../app/catalog/catalogue-store.ts';
import { foldPublications, inOrder, type StandingVersion, supply } from '../../../app/catalog/fold-publications.ts';
import { importNumbers } from '../../../app/catalog/import-numbers.ts';
import { importPrices } from '../../../app/catalog/import-prices.ts';
import { momentOf, PageError, readPage, startOf } from '../../../app/catalog/publication.ts';
import { atOnce } from '../../../app/catalog/steps.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { ARTICLES, BREAD } from '../../simulation/shop.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { asPublished } from '../till/published-versions.ts';

interface Said extends StandingVersion {
  readonly prices: readonly { readonly articleNumber: string; readonly unitPriceOre: number }[];
}

const numbers = ARTICLES.map(({ articleNumber }) => articleNumber);
const someVersions = fc
  .array(
    fc.record({
      startMs: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom('catalogue', 'prices', 'dropped'),
      prices: fc.uniqueArray(fc.record({ articleNumber: fc.constantFrom(...numbers), unitPriceOre: fc.integer({ min: 0, max: 10_000 }) }), {
        selector: ({ articleNumber }) => articleNumber,
        minLength: 1,
        maxLength: 4,
      }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all): readonly Said[] =>
    all.map(({ startMs, kind, prices }, index) => ({ version: index + 1, arrival: index + 1, kind, startMs, pages: 1, prices })),
  );

const pageOf = (versions: readonly Said[]) => (version: number) => {
  const found = versions.find((each) => each.version === version);
  const rows = found?.kind === 'catalogue' ? found.prices.map((price) => asPublished({ ...BREAD, ...price, ean: null })) : found?.prices;
  return JSON.stringify(rows);
};

/** A register that these come to, a few at a time. */
function comesTo(versions: readonly Said[], batches: readonly (readonly Said[])[]) {
  const database = openDatabase(':memory:');
  const store = openCatalogueStore(database);
  store.save(ARTICLES, 'replace');
  let here: readonly Said[] = [];
  for (const batch of batches) {
    const stood = new Set(here.map(({ arrival }) => arrival));
    here = [...here, ...batch];
    const told = atOnce(foldPublications(here, pageOf(versions)));
    const { articles, origins } = atOnce(supply(atOnce(store.shelved()), told, stood));
    atOnce(store.prepare(articles, 'replace', origins)).commit();
  }
  const prices = new Map(store.load().map(({ articleNumber, unitPriceOre }) => [articleNumber, unitPriceOre]));
  database.close();
  return prices;
}

describe('versions of what is published', () => {
  it('come to the same articles and prices in whatever order they arrive, and that is what the last to start says', () => {
    fc.assert(
      fc.property(
        someVersions,
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
        (versions, size, dice) => {
          const shuffled = versions
            .map((version, index) => ({ version, at: dice[index] ?? 0 }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ version }) => version);
          const batches = Array.from({ length: Math.ceil(shuffled.length / size) }, (_, n) => shuffled.slice(n * size, (n + 1) * size));
          const right = new Map(ARTICLES.map(({ articleNumber, unitPriceOre }) => [articleNumber, unitPriceOre]));
          for (const { kind, prices } of inOrder(versions) as readonly Said[]) {
            for (const { articleNumber, unitPriceOre } of prices) {
              if (kind === 'dropped') right.delete(articleNumber);
              else if (kind === 'catalogue' || right.has(articleNumber)) right.set(articleNumber, unitPriceOre);
            }
          }
          expect(comesTo(versions, batches)).toEqual(right);
          expect(comesTo(versions, [versions])).toEqual(right);
        },
      ),
      { numRuns: 150, seed: 6 },
    );
  });

  it('stand from the shop’s own time, in summer and in winter, and never from before they were published', () => {
    const oslo = (atMs: number) => (atMs < Date.UTC(2026, 9, 25, 1) ? 120 : 60);
    expect(momentOf('2026-10-24T06:00', oslo)).toBe(Date.UTC(2026, 9, 24, 4));
    expect(momentOf('2026-10-25T06:00', oslo)).toBe(Date.UTC(2026, 9, 25, 5));
    const head = { version: 1, kind: 'prices', name: 'a', rows: 1, pages: 1, sha256: '0'.repeat(64), publishedAtMs: 5_000 } as const;
    expect(startOf({ ...head, from: null }, oslo)).toBe(5_000);
    expect(startOf({ ...head, from: '1970-01-01T00:00' }, oslo)).toBe(5_000);
  });

  it('have pages that are refused where a row is none, and fields of a newer head office are left alone', () => {
    expect(readPage('prices', '[{"articleNumber":"1","unitPriceOre":100,"unit":"kr"}]')).toEqual([
      { articleNumber: '1', unitPriceOre: 100 },
    ]);
    expect(readPage('operators', '[{"operatorId":"eva","name":"Eva","color":"red"}]')).toEqual([
      { operatorId: 'eva', name: 'Eva', role: 'cashier' },
    ]);
    expect(readPage('operators', '[{"operatorId":"eva","name":"Eva","role":"owner"}]')).toMatchObject([{ role: 'cashier' }]);
    for (const text of ['', '{}', '[{"articleNumber":"1"}]', '[{"articleNumber":"1","unitPriceOre":1.5}]', '[{"unitPriceOre":1}]', '[1]']) {
      expect(() => readPage('prices', text)).toThrow(PageError);
    }
    expect(() => readPage('catalogue', JSON.stringify([asPublished(BREAD, { name: 'a\nb' })]))).toThrow(PageError);
  });
});

describe('a file of prices', () => {
  const read = (text: string) => importPrices(Buffer.from(text));

  it('names articles by number or by EAN, in any of the catalogue file’s ways', () => {
    expect(read('Varenr;EAN;Pris\n1001;;39,90\n;7038010000010;1 234,50\n1002;7038010000027;10')).toEqual({
      prices: [
        { articleNumber: '1001', unitPriceOre: 3_990 },
        { ean: '7038010000010', unitPriceOre: 123_450 },
        { articleNumber: '1002', unitPriceOre: 1_000 },
      ],
      problems: [],
    });
    expect(read('price,barcode\n42,7038010000010').prices).toEqual([{ ean: '7038010000010', unitPriceOre: 4_200 }]);
  });

  it.each([
    ['Pris\n10', 1, 'articleNumber', 'column-missing'],
    ['Varenr\n10', 1, 'price', 'column-missing'],
    ['Varenr;Pris\n1001;gratis', 2, 'price', 'not-a-number'],
    ['Varenr;Pris\n;10', 2, 'articleNumber', 'missing'],
    ['EAN;Pris\n7038010000011;10', 2, 'ean', 'ean-wrong-check-digit'],
    ['Varenr;Pris\n1001;10\n1001;11', 3, 'articleNumber', 'article-number-duplicate'],
    ['Varenr;Pris\n1001;10;x', 2, null, 'too-many-fields'],
    ['Varenr;Pris\n"1001;10', 2, null, 'quote-not-closed'],
    ['Varenr;Pris', 1, null, 'file-no-articles'],
    ['', 1, null, 'file-empty'],
  ])('that is %j says where and why', (text, line, field, kind) => {
    expect(read(text).problems).toContainEqual(expect.objectContaining({ line, field, kind }));
  });
});

describe('a file of articles that go', () => {
  const read = (text: string) => importNumbers(Buffer.from(text));

  it('has a column for their numbers, whatever else is in it, and each counts once', () => {
    expect(read('Navn;Varenr;Pris\nKneipp;1001;39,90\nFarris;1002;gratis\nKneipp;1001;39,90')).toEqual({
      numbers: ['1001', '1002'],
      problems: [],
    });
  });

  it.each([
    ['Navn;Pris\nKneipp;39', 1, 'articleNumber', 'column-missing'],
    ['Varenr;Navn\n;Kneipp', 2, 'articleNumber', 'missing'],
    ['Varenr;Navn\n"1001;Kneipp', 2, null, 'quote-not-closed'],
    [`Varenr\n${'1'.repeat(41)}`, 2, 'articleNumber', 'too-long'],
    ['Varenr', 1, null, 'file-no-articles'],
    ['', 1, null, 'file-empty'],
  ])('that is %j says where and why', (text, line, field, kind) => {
    expect(read(text).problems).toContainEqual(expect.objectContaining({ line, field, kind }));
  });
});

describe('a register’s table of before head office published anything', () => {
  it('is brought to the new form, with every article in it', () => {
    const database = openDatabase(join(temporaryFolder(), 'catalogue.db'));
    onTestFinished(() => database.close());
    database.exec(`CREATE TABLE catalogue_article (
      article_number TEXT PRIMARY KEY, ean TEXT UNIQUE, name TEXT NOT NULL, group_name TEXT NOT NULL, unit_price_ore INTEGER NOT NULL,
      vat_basis_points INTEGER NOT NULL, unit TEXT NOT NULL, weighed INTEGER NOT NULL, deposit_ore INTEGER, age_limit_years INTEGER,
      position INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO catalogue_article VALUES ('1', NULL, 'Brød', 'Bakst', 3990, 1500, 'stk', 0, NULL, NULL, 0)`);
    const store = openCatalogueStore(database);
    expect(atOnce(store.shelved())).toMatchObject([{ article: { articleNumber: '1' }, origin: { factsBy: null, priceBy: null } }]);
    store.save([{ ...BREAD, articleNumber: '2' }], 'merge');
    expect(openCatalogueStore(database).load()).toHaveLength(2);
  });
});
