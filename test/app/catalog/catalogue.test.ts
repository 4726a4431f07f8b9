import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../app/catalog/article.ts';
import { createCatalogue } from '../../../app/catalog/catalogue.ts';
import { fold } from '../../../app/catalog/fold.ts';
import { groupIdOf } from '../../../app/catalog/group.ts';

function article(articleNumber: string, name: string, more: Partial<Article> = {}): Article {
  return {
    articleNumber,
    ean: null,
    name,
    groupId: 'g',
    groupName: 'G',
    unitPriceOre: 100,
    vatBasisPoints: 1_500,
    unit: 'stk',
    weighed: false,
    depositOre: null,
    ageLimitYears: null,
    ...more,
  };
}

const SHOP = createCatalogue([
  article('10', 'Grovt brød'),
  article('11', 'Brødskive med ost', { groupId: 'h', groupName: 'H' }),
  article('12', 'Sandwichbrød'),
  article('13', 'Blåbær 125 g', { ean: '7090000010010' }),
  article('14', 'Crème fraîche'),
  article('A-100', 'Kaffe, stor'),
  article('1300', 'Kaffe, liten'),
]);
const names = (text: string, limit = 10) => SHOP.search(text, limit).map((one) => one.name);

describe('searching while typing', () => {
  it('puts names that begin with the text first, then words, then the rest', () => {
    expect(names('brød')).toEqual(['Brødskive med ost', 'Grovt brød', 'Sandwichbrød']);
  });
  it('does not mind case, accents or æøå', () => {
    expect(names('BRØDS')).toEqual(['Brødskive med ost']);
    expect(names('brods')).toEqual(['Brødskive med ost']);
    expect(names('blabaer')).toEqual(['Blåbær 125 g']);
    expect(names('blaabær')).toEqual(['Blåbær 125 g']);
    expect(names('creme fra')).toEqual(['Crème fraîche']);
  });
  it('takes several words in any order, with or without commas', () => {
    expect(names('stor kaffe')).toEqual(['Kaffe, stor']);
    expect(names('kaffe, sto')).toEqual(['Kaffe, stor']);
    expect(names('kaffe te')).toEqual(['Kaffe, liten']);
  });
  it('finds by article number and EAN, the exact number first', () => {
    expect(names('13')).toEqual(['Blåbær 125 g', 'Kaffe, liten']);
    expect(names('a-100', 1)).toEqual(['Kaffe, stor']);
    expect(names('7090000010010')).toEqual(['Blåbær 125 g']);
    expect(names('0010010')).toEqual(['Blåbær 125 g']);
  });
  it('gives no more than it is asked for, and nothing for nothing', () => {
    expect(names('e', 2)).toHaveLength(2);
    expect(names('  ')).toEqual([]);
    expect(names(',.')).toEqual([]);
    expect(names('finnes ikke')).toEqual([]);
    expect(names('brød', 0)).toEqual([]);
  });

  const name = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'aåæøAÅÆØeé Lß,-1'), minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  );
  it('finds every article by any part of its name', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 10 }), fc.nat(), fc.nat(), fc.nat(), (all, which, from, length) => {
        const catalogue = createCatalogue(all.map((one, index) => article(`#${index}`, one)));
        const index = which % all.length;
        const characters = [...(all[index] ?? '')];
        const start = from % characters.length;
        const part = characters.slice(start, start + 1 + (length % (characters.length - start))).join('');
        fc.pre(fold(part) !== '');
        expect(catalogue.search(part, all.length).map((one) => one.articleNumber)).toContain(`#${index}`);
      }),
      { numRuns: 500 },
    );
  });
  it('finds every article by any part of its number and its EAN', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.uniqueArray(digits, { minLength: 1, maxLength: 10 }), fc.nat(), (numbers, from) => {
        const catalogue = createCatalogue(numbers.map((number) => article(number, 'vare')));
        for (const number of numbers) {
          const part = number.slice(from % number.length);
          expect(catalogue.search(part, numbers.length).map((one) => one.articleNumber)).toContain(number);
          expect(catalogue.search(number, 1).map((one) => one.articleNumber)).toEqual([number]);
        }
      }),
    );
  });
});

describe('looking up', () => {
  it('finds by number and by EAN, or says null', () => {
    expect(SHOP.byArticleNumber('A-100')?.name).toBe('Kaffe, stor');
    expect(SHOP.byEan('7090000010010')?.name).toBe('Blåbær 125 g');
    expect(SHOP.byArticleNumber('0')).toBe(null);
    expect(SHOP.byEan('0')).toBe(null);
    expect(SHOP.size).toBe(7);
  });
  it('has the groups in the order of the catalogue, and their articles', () => {
    expect(SHOP.groups()).toEqual([
      { groupId: 'g', name: 'G' },
      { groupId: 'h', name: 'H' },
    ]);
    expect(SHOP.articlesOf('h').map((one) => one.name)).toEqual(['Brødskive med ost']);
    expect(SHOP.articlesOf('x')).toEqual([]);
  });
});

describe("a group's id", () => {
  it('is its name in plain letters', () => {
    expect(groupIdOf('Frukt og grønt')).toBe('frukt-og-gront');
    expect(groupIdOf('  Kjøtt & fisk ')).toBe(groupIdOf('Kjøtt & fisk'));
  });
  it('exists, and fits the contract, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (name) => {
        const id = groupIdOf(name);
        expect(id.length).toBeGreaterThan(0);
        expect(id.length).toBeLessThanOrEqual(64);
        expect(id).toMatch(/^[a-z0-9-]+$/);
      }),
    );
  });
});
