/** The shop that simulations and the till's own tests sell in. */
import type { Article } from '../../app/catalog/article.ts';
import { groupIdOf } from '../../app/catalog/group.ts';
import { type Configuration, parseConfiguration } from '../../app/till/configuration.ts';

export function shopConfiguration(changes: Readonly<Record<string, unknown>> = {}): Configuration {
  const parsed = parseConfiguration({
    shop: { name: 'Torgboden', address: ['Torget 1', '0101 Oslo'], orgNumber: '987654321' },
    store: { id: 'oslo' },
    register: { id: '1', name: 'Kasse 1' },
    operators: [
      { id: 'kari', name: 'Kari' },
      { id: 'ola', name: 'Ola' },
    ],
    ...changes,
  });
  if ('problems' in parsed) throw new RangeError(parsed.problems.join(' '));
  return parsed.configuration;
}

function article(
  articleNumber: string,
  name: string,
  groupName: string,
  unitPriceOre: number,
  vatBasisPoints: number,
  more: Partial<Article> = {},
): Article {
  return {
    articleNumber,
    ean: null,
    name,
    groupId: groupIdOf(groupName),
    groupName,
    unitPriceOre,
    vatBasisPoints,
    unit: 'stk',
    weighed: false,
    depositOre: null,
    ageLimitYears: null,
    ...more,
  };
}

export const BREAD = article('1001', 'Kneipp', 'Bakst', 3_990, 1_500, { ean: '7038010000010' });
export const SODA = article('1002', 'Farris 0,5 l', 'Drikke', 2_490, 1_500, { depositOre: 200 });
export const APPLES = article('1003', 'Eple, Aroma', 'Frukt', 3_490, 1_500, { unit: 'kg', weighed: true });
export const BEER = article('1004', 'Pils 0,5 l', 'Drikke', 3_450, 2_500, { depositOre: 300, ageLimitYears: 18 });
export const BAG = article('1005', 'Bærepose', 'Diverse', 450, 2_500);
export const BOOK = article('1006', 'Lokalhistorie', 'Diverse', 29_900, 0);
export const FISH = article('1007', 'Torsk', 'Fisk', 18_933, 1_111, { unit: 'kg', weighed: true });
export const TICKET = article('1008', 'Bussbillett', 'Diverse', 4_400, 1_200);

export const ARTICLES: readonly Article[] = [BREAD, SODA, APPLES, BEER, BAG, BOOK, FISH, TICKET];
