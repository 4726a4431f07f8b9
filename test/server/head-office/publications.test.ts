/** What head office publishes, and which register is told of it. On both databases, over HTTP. */
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { readPage } from '../../../app/catalog/publication.ts';
import type { pageAnswer, publishedAnswer } from '../../../app/refund/contract.ts';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';
import { putStore } from '../../../server/head-office/chain.ts';
import { type PublicationWish, publish, published, unpublish } from '../../../server/head-office/publications.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';
import type { TestRegister } from './test-register.ts';

const STORES = [
  { storeId: 'nord', msn: '100001' },
  { storeId: 'syd', msn: '100002' },
] as const;

type News = z.output<typeof publishedAnswer>;

const article = (articleNumber: string, unitPriceOre: number, ean: string | null = null) => ({
  articleNumber,
  ean,
  name: `Vare ${articleNumber}`,
  group: 'Diverse',
  unitPriceOre,
  vatBasisPoints: 2_500,
  unit: 'stk',
  weighed: false,
  depositOre: null,
  ageLimitYears: null,
});

const publishes = (chain: TestChain, wish: Partial<PublicationWish> & Pick<PublicationWish, 'kind' | 'rows'>) =>
  publish(chain.office, { name: 'fil.csv', stores: null, from: null, by: 'sjefen', ...wish });

/** Head office's clock, until a test moves it. */
const MORNING_MS = Date.UTC(2026, 10, 21, 9);
const asks = async (register: TestRegister, have: readonly number[] = []): Promise<News> =>
  (await register.call<News>('/v1/published', { have: have.map((version) => [version, MORNING_MS]) })).body;
const versions = async (register: TestRegister, have: readonly number[] = []) =>
  (await asks(register, have)).news.map(({ version }) => version);

onBothDatabases((newDatabase, kind) => {
  describe('what is published', () => {
    it('is numbered, comes in pages, and every page and the whole have a digest', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord');
      const rows = Array.from({ length: 1_200 }, (_, index) => article(`L${index}`, 1_000 + index));
      expect(await publishes(chain, { kind: 'catalogue', name: 'varer.csv', rows, from: '2026-12-01T06:00' })).toBe(1);
      expect(await publishes(chain, { kind: 'prices', rows: [{ ean: '70380100', unitPriceOre: 500 }] })).toBe(2);
      const { news, more } = await asks(nord);
      expect(news.map(({ version }) => version)).toEqual([1, 2]);
      expect(news[0]).toMatchObject({ kind: 'catalogue', name: 'varer.csv', from: '2026-12-01T06:00', rows: 1_200, pages: 3 });
      expect(more).toBe(false);
      const digests: string[] = [];
      const read: unknown[] = [];
      for (const page of [1, 2, 3]) {
        const { body } = await nord.call<z.output<typeof pageAnswer>>('/v1/published/read', { version: 1, page });
        expect(nodeHasher.sha256Hex(body.text)).toBe(body.sha256);
        digests.push(`${body.sha256}\n`);
        read.push(...readPage('catalogue', body.text));
      }
      expect(read).toEqual(rows);
      expect(nodeHasher.sha256Hex(digests.join(''))).toBe(news[0]?.sha256);
      expect(await nord.call('/v1/published/read', { version: 1, page: 4 })).toMatchObject({
        status: 404,
        body: { code: 'unknown-publication' },
      });
    });

    it('is told to the stores that it is for, and its pages are given to no other', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const forSyd = await publishes(chain, { kind: 'prices', rows: [{ articleNumber: '1', unitPriceOre: 500 }], stores: ['syd'] });
      const forAll = await publishes(chain, { kind: 'prices', rows: [{ articleNumber: '2', unitPriceOre: 500 }] });
      expect(await versions(nord)).toEqual([forAll]);
      expect(await versions(syd)).toEqual([forSyd, forAll]);
      expect(await versions(syd, [forSyd])).toEqual([forAll]);
      const stranger = await nord.call('/v1/published/read', { version: forSyd, page: 1 });
      expect(stranger).toMatchObject({ status: 404, body: { code: 'unknown-publication' } });
    });

    it('in one currency is not for stores of another, who are not forgotten among those of the whole chain', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      await putStore(chain.office, { storeId: 'syd', name: 'Butikken syd', unitId: null, currency: 'DKK' });
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const rows = [{ articleNumber: '1', unitPriceOre: 500 }];
      await expect(publishes(chain, { kind: 'prices', rows })).rejects.toThrow('sell in several currencies');
      const kroner = await publishes(chain, { kind: 'prices', rows, stores: ['nord'] });
      const people = await publishes(chain, { kind: 'operators', rows: [{ operatorId: 'eva', name: 'Eva' }] });
      expect(await versions(nord)).toEqual([kroner, people]);
      expect(await versions(syd)).toEqual([people]);
    });

    it('is not told any more once others that stand have said all of it again, and a new register need not fetch it', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord');
      const catalogue = await publishes(chain, { kind: 'catalogue', rows: [article('1', 500, '7038010000010'), article('2', 600)] });
      const offer = await publishes(chain, { kind: 'prices', rows: [{ ean: '7038010000010', unitPriceOre: 400 }] });
      const local = await publishes(chain, { kind: 'prices', rows: [{ articleNumber: '2', unitPriceOre: 650 }], stores: ['nord'] });
      const other = await publishes(chain, { kind: 'prices', rows: [{ articleNumber: '9', unitPriceOre: 900 }] });
      const later = await publishes(chain, {
        kind: 'catalogue',
        rows: [article('1', 510, '7038010000010'), article('2', 610), article('3', 710)],
        from: '2026-12-01T06:00',
      });
      expect(await versions(nord)).toEqual([catalogue, offer, local, other, later]);
      chain.clock.atMs = Date.UTC(2026, 11, 1, 6);
      expect(await versions(nord)).toEqual([other, later]);
      expect((await asks(nord, [catalogue, offer, local, other, later])).gone).toEqual([catalogue, offer, local]);
    });

    it('may be what is sold no more: for stores of every currency, and the newest drop that names them all is enough', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      await putStore(chain.office, { storeId: 'syd', name: 'Butikken syd', unitId: null, currency: 'DKK' });
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const goods = await publishes(chain, { kind: 'catalogue', rows: [article('1', 500)], stores: ['nord'] });
      await publishes(chain, { kind: 'dropped', rows: [{ articleNumber: '1' }] });
      const drop = await publishes(chain, { kind: 'dropped', rows: [{ articleNumber: '1' }, { articleNumber: '2' }] });
      expect(await versions(nord)).toEqual([goods, drop]);
      expect(await versions(syd)).toEqual([drop]);
      await expect(publishes(chain, { kind: 'dropped', rows: [{ articleNumber: '1' }], stores: ['vest'] })).rejects.toThrow('vest');
      await expect(publishes(chain, { kind: 'dropped', rows: [{ articleNumber: '' }] })).rejects.toThrow('wrong at 0');
    });

    it('can be taken back, and what it had taken the place of counts again', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord');
      const first = await publishes(chain, { kind: 'operators', rows: [{ operatorId: 'eva', name: 'Eva' }] });
      const second = await publishes(chain, { kind: 'operators', rows: [{ operatorId: 'per', name: 'Per' }] });
      expect(await asks(nord, [first])).toMatchObject({ news: [{ version: second }], gone: [first] });
      await unpublish(chain.office, second, 'sjefen');
      expect(await asks(nord, [second])).toMatchObject({ news: [{ version: first }], gone: [second] });
      await expect(unpublish(chain.office, second, 'sjefen')).rejects.toThrow(`No version ${second} is published.`);
      expect(await published(chain.office)).toMatchObject([
        { version: second, withdrawn: true, by: 'sjefen' },
        { version: first, withdrawn: false, coveredBy: null },
      ]);
    });

    it('is on record with who did it', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const version = await publishes(chain, {
        kind: 'prices',
        rows: [{ articleNumber: '1', unitPriceOre: 500 }],
        stores: ['syd', 'nord'],
      });
      const deeds = await chain.office.store.db.selectFrom('audit').selectAll().where('subject', '=', `publication-${version}`).execute();
      expect(deeds).toMatchObject([{ what: 'publication.published', operator: 'sjefen' }]);
      expect(JSON.parse(deeds[0]?.details ?? '')).toMatchObject({ kind: 'prices', stores: 'syd,nord', rows: 1 });
    });

    it('by two people at once gets two numbers without a hole', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      // Two connections of one process cannot wait for each other on SQLite.
      const { office } = kind === 'postgres' ? await chain.beside() : chain;
      const wish = { kind: 'prices', name: 'a.csv', stores: null, from: null, by: 'b' } as const;
      const both = await Promise.all(
        [chain.office, office, chain.office, office].map((at, index) =>
          publish(at, { ...wish, rows: [{ articleNumber: String(index), unitPriceOre: 100 }] }),
        ),
      );
      expect(both.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    });

    it('is refused for a store that is not there, without rows, and with rows that are none', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const rows = [{ articleNumber: '1', unitPriceOre: 500 }];
      await expect(publishes(chain, { kind: 'prices', rows, stores: ['vest'] })).rejects.toThrow('There is no store "vest".');
      await expect(publishes(chain, { kind: 'operators', rows: [{ operatorId: 'a', name: 'A' }], stores: ['vest'] })).rejects.toThrow(
        'vest',
      );
      await expect(publishes(chain, { kind: 'prices', rows: [] })).rejects.toThrow('nothing in it');
      await expect(publishes(chain, { kind: 'prices', rows: [{ articleNumber: '1', unitPriceOre: 1.5 }] })).rejects.toThrow('wrong at 0');
      expect(await published(chain.office)).toEqual([]);
    });
  });
});
