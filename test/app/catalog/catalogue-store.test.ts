import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Article } from '../../../app/catalog/article.ts';
import { type CatalogueChanges, CatalogueRowError, heldEanProblems, openCatalogueStore } from '../../../app/catalog/catalogue-store.ts';
import { groupIdOf } from '../../../app/catalog/group.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function article(articleNumber: string, more: Partial<Article> = {}): Article {
  return {
    articleNumber,
    ean: null,
    name: `Vare ${articleNumber}`,
    groupId: 'bakst',
    groupName: 'Bakst',
    unitPriceOre: 1_000,
    vatBasisPoints: 1_500,
    unit: 'stk',
    weighed: false,
    depositOre: null,
    ageLimitYears: null,
    ...more,
  };
}

function newDatabase() {
  const database = openDatabase(join(temporaryFolder(), 'register.db'));
  onTestFinished(() => database.close());
  return database;
}

const numbers = (articles: readonly Article[]) => articles.map((one) => one.articleNumber);

describe('the catalogue on disk', () => {
  it('gives back every article as it was, in the same order', () => {
    const store = openCatalogueStore(newDatabase());
    const articles = [
      article('9', {
        ean: '7090000010010',
        depositOre: 200,
        ageLimitYears: 18,
        groupName: 'Kjøtt & fisk',
        groupId: groupIdOf('Kjøtt & fisk'),
      }),
      article('1', { weighed: true, unit: 'kg' }),
    ];
    expect(store.save(articles, 'replace')).toEqual({ added: 2, changed: 0, removed: 0, priceChanges: [], refused: [] });
    expect(store.load()).toEqual(articles);
  });
  it('is still there when it is opened again', () => {
    const database = newDatabase();
    openCatalogueStore(database).save([article('1')], 'replace');
    expect(numbers(openCatalogueStore(database).load())).toEqual(['1']);
  });
  it('replaced, forgets what is not in the import, and tells the new prices', () => {
    const store = openCatalogueStore(newDatabase());
    store.save([article('1'), article('2'), article('3')], 'replace');
    const changes = store.save([article('3', { unitPriceOre: 1_290 }), article('1', { name: 'Nytt navn' }), article('4')], 'replace');
    expect(changes).toEqual({
      added: 1,
      changed: 2,
      removed: 1,
      priceChanges: [{ articleNumber: '3', name: 'Vare 3', fromOre: 1_000, toOre: 1_290 }],
      refused: [],
    });
    expect(numbers(store.load())).toEqual(['3', '1', '4']);
  });
  it('merged, keeps what the import does not name', () => {
    const store = openCatalogueStore(newDatabase());
    store.save([article('1'), article('2')], 'replace');
    expect(store.save([article('2', { unitPriceOre: 900 }), article('3')], 'merge')).toMatchObject({ added: 1, changed: 1, removed: 0 });
    expect(store.load().map((one) => [one.articleNumber, one.unitPriceOre])).toEqual([
      ['1', 1_000],
      ['2', 900],
      ['3', 1_000],
    ]);
  });
  it('merged, refuses an EAN that an article outside the import keeps', () => {
    const store = openCatalogueStore(newDatabase());
    const holder = article('1', { ean: '7090000010010' });
    store.save([holder, article('2', { ean: '7090000010027' })], 'replace');
    const taker = article('2', { ean: '7090000010010' });
    // Article 2 is refused and so keeps its old EAN; then article 3 cannot have that one.
    const third = article('3', { ean: '7090000010027' });
    const { refused, added } = store.save([taker, third], 'merge');
    expect(refused.map((one) => [one.article.articleNumber, one.heldBy.articleNumber])).toEqual([
      ['2', '1'],
      ['3', '2'],
    ]);
    expect(added).toBe(0);
    expect(heldEanProblems(refused, new Map([['3', 7]]))).toMatchObject([
      { line: 1, kind: 'ean-held', ean: '7090000010010', heldByNumber: '1' },
      { line: 7, kind: 'ean-held', name: 'Vare 3', heldByName: 'Vare 2' },
    ]);
  });
  it('lets two articles change EANs with each other', () => {
    const store = openCatalogueStore(newDatabase());
    store.save([article('1', { ean: '7090000010010' }), article('2', { ean: '7090000010027' })], 'replace');
    const swapped = [article('1', { ean: '7090000010027' }), article('2', { ean: '7090000010010' })];
    expect(store.save(swapped, 'merge').refused).toEqual([]);
    expect(store.load()).toEqual(swapped);
  });
  it('stays whole when saving fails half way', () => {
    const store = openCatalogueStore(newDatabase());
    store.save([article('1')], 'replace');
    const twice = '7090000010010';
    expect(() => store.save([article('2', { ean: twice }), article('3', { ean: twice })], 'replace')).toThrow();
    expect(numbers(store.load())).toEqual(['1']);
    expect(store.save([article('4')], 'replace')).toMatchObject({ added: 1, removed: 1 });
  });
  it('saves nothing of what could not be noted', () => {
    const store = openCatalogueStore(newDatabase());
    store.save([article('1', { unitPriceOre: 100 })], 'replace');
    const told: unknown[] = [];
    const note = ({ priceChanges }: CatalogueChanges) => {
      told.push(...priceChanges);
      throw new RangeError('no room to note it');
    };
    expect(() => store.save([article('1', { unitPriceOre: 200 })], 'merge', note)).toThrow('no room to note it');
    expect(told).toMatchObject([{ articleNumber: '1', fromOre: 100, toOre: 200 }]);
    expect(store.load()).toMatchObject([{ unitPriceOre: 100 }]);
  });
  it('names a row that is no article', () => {
    const database = newDatabase();
    const store = openCatalogueStore(database);
    store.save([article('1')], 'replace');
    database.exec("UPDATE catalogue_article SET unit_price_ore = 9223372036854775807 WHERE article_number = '1'");
    expect(() => store.load()).toThrow(CatalogueRowError);
  });
  it('never has one EAN twice, and loses no article that nobody touched, over any imports', () => {
    const ean = fc.constantFrom(null, '7090000010010', '7090000010027', '7090000010034');
    const one = fc.record({ articleNumber: fc.constantFrom('1', '2', '3', '4', '5'), ean, unitPriceOre: fc.nat(5) });
    const batch = fc
      .uniqueArray(one, { selector: (each) => each.articleNumber, maxLength: 5 })
      .map((list) => list.filter((each, index) => each.ean === null || list.findIndex((other) => other.ean === each.ean) === index));
    const database = newDatabase();
    const store = openCatalogueStore(database);
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 6 }), (batches) => {
        store.save([], 'replace');
        for (const list of batches) {
          const before = store.load();
          const articles = list.map(({ articleNumber, ...rest }) => article(articleNumber, rest));
          const { refused } = store.save(articles, 'merge');
          const after = store.load();
          const eans = after.flatMap((each) => each.ean ?? []);
          expect(new Set(eans).size).toBe(eans.length);
          const taken = articles.filter((each) => !refused.some((other) => other.article === each));
          for (const each of taken) expect(after).toContainEqual(each);
          for (const each of before)
            if (!taken.some((other) => other.articleNumber === each.articleNumber)) expect(after).toContainEqual(each);
        }
      }),
      { numRuns: 40 },
    );
  });
});
