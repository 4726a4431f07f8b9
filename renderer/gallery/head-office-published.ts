/** What the gallery's head office has published. */
import type { PublicationStory, PublishedRow } from '../../app/head-office/page-contract.ts';
import { NOW_MS } from './cashier-data.ts';
import { NAMED } from './head-office-data.ts';

const HOUR_MS = 3_600_000;
const version = (number: number, rest: Partial<PublishedRow> = {}): PublishedRow => ({
  version: number,
  kind: 'prices',
  name: 'priser-julen.csv',
  stores: null,
  from: null,
  publishedMs: NOW_MS - (10 - number) * 30 * HOUR_MS,
  by: 'kari',
  rows: 214,
  withdrawn: null,
  coveredBy: null,
  registers: 4,
  fetched: 4,
  ...rest,
});

const CATALOGUE = version(7, { kind: 'catalogue', name: 'varer-2026-11.csv', rows: 4_120, fetched: 3 });

const DROPPED = version(10, { kind: 'dropped', name: 'drop-articles', rows: 2, fetched: 1 });

export const PUBLISHED: readonly PublishedRow[] = [
  DROPPED,
  version(9, { from: '2026-12-01T06:00', fetched: 3 }),
  version(8, { kind: 'operators', name: 'folk.json', rows: 18, stores: NAMED.slice(0, 2), registers: 3, fetched: 3 }),
  CATALOGUE,
  version(6, { withdrawn: { atMs: NOW_MS - 70 * HOUR_MS, by: 'kari' }, fetched: 0 }),
  version(5, { kind: 'catalogue', name: 'varer-2026-10.csv', rows: 4_098, coveredBy: 7, fetched: 0 }),
];

export const PUBLICATION: PublicationStory = {
  ...CATALOGUE,
  currency: 'NOK',
  holders: NAMED.map((store, index) => ({ ...store, registerId: '1', fetchedMs: index === 1 ? null : NOW_MS - index * HOUR_MS })),
  items: [
    { id: '100', name: 'Kneipp grovt', group: 'Brød', ean: '7038010000010', priceOre: 3_990, role: null },
    { id: '210', name: 'Kaffe, stor', group: 'Varm drikke', ean: null, priceOre: 3_900, role: null },
    { id: '4011', name: 'Eple', group: 'Frukt', ean: null, priceOre: 3_990, role: null },
  ],
  next: 2,
};

const numberOnly = (id: string) => ({ id, name: null, group: null, ean: null, priceOre: null, role: null });
export const DROPPED_ARTICLES: PublicationStory = {
  ...PUBLICATION,
  ...DROPPED,
  currency: null,
  items: [numberOnly('977'), numberOnly('4012')],
  next: null,
};
