/** What is published, on the page: what is in it, who published it, and which registers have all of it. On both databases. */
import { expect, it } from 'vitest';
import { closeStore } from '../../../server/head-office/chain.ts';
import { publish, unpublish } from '../../../server/head-office/publications.ts';
import { personAt } from './page-person.ts';
import { TWO_STORES } from './refund-wishes.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';

const prices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ articleNumber: `${index + 1}`, unitPriceOre: 1_000 + index }));
const publishPrices = ({ office }: TestChain, count: number, stores: readonly string[] | null = null, from: string | null = null) =>
  publish(office, { kind: 'prices', name: 'priser.csv', stores, from, by: 'sjefen', rows: prices(count) });

onBothDatabases((newDatabase) => {
  it('every version is listed with who, when, for whom, from when, and how many registers have all of it', async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const [nord] = [await chain.register('nord', '1', false), await chain.register('syd', '1', false)];
    const reader = await personAt(chain, 'reader');
    const all = await publishPrices(chain, 600);
    const forNord = await publishPrices(chain, 2, ['nord'], '2026-12-01T06:00');
    await unpublish(chain.office, await publishPrices(chain, 1, ['syd']), 'kari');
    await nord.call('/v1/published/read', { version: all, page: 1 });
    expect((await reader.ask('publication', { version: all })).body).toMatchObject({ registers: 2, fetched: 0 });
    await nord.call('/v1/published/read', { version: all, page: 2 });
    const { body } = await reader.ask('published', {});
    expect(body).toMatchObject({
      versions: [
        { kind: 'prices', registers: 1, fetched: 0, withdrawn: { atMs: chain.clock.atMs, by: 'kari' } },
        {
          version: forNord,
          stores: [{ storeId: 'nord', storeName: 'Butikken nord' }],
          from: '2026-12-01T06:00',
          rows: 2,
          by: 'sjefen',
          registers: 1,
        },
        { version: all, stores: null, from: null, publishedMs: chain.clock.atMs, rows: 600, registers: 2, fetched: 1, withdrawn: null },
      ],
      next: null,
    });
  });

  it('one is seen a page at a time, with its registers; one that lost its folder has it no more', async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const [nord] = [await chain.register('nord', '1', false), await chain.register('syd', '1', false)];
    const reader = await personAt(chain, 'reader');
    const version = await publishPrices(chain, 501);
    const publishedMs = chain.clock.atMs;
    await nord.call('/v1/published/read', { version, page: 2 });
    await nord.call('/v1/published', { have: [[version, publishedMs]] });
    const first = (await reader.ask('publication', { version })).body;
    expect(first.holders).toEqual([
      { storeId: 'nord', storeName: 'Butikken nord', registerId: '1', fetchedMs: chain.clock.atMs },
      { storeId: 'syd', storeName: 'Butikken syd', registerId: '1', fetchedMs: null },
    ]);
    expect([first.items.length, first.next, first.items[0]]).toMatchObject([500, 2, { id: '1', priceOre: 1_000 }]);
    const second = (await reader.ask('publication', { version, page: 2 })).body;
    expect([second.items.map(({ id }) => id), second.next]).toEqual([['501'], null]);
    await nord.call('/v1/published', { have: [] });
    await closeStore(chain.office, 'syd', 'kari');
    const later = (await reader.ask('publication', { version })).body;
    expect(later.holders).toEqual([{ storeId: 'nord', storeName: 'Butikken nord', registerId: '1', fetchedMs: null }]);
    expect(await reader.ask('publication', { version: 99 })).toMatchObject({ status: 404, body: { code: 'unknown-version' } });
  });

  it('what is sold no more is seen by its numbers', async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const reader = await personAt(chain, 'reader');
    const rows = [{ articleNumber: '1001' }, { articleNumber: '1002' }];
    const version = await publish(chain.office, { kind: 'dropped', name: 'utgått.csv', stores: null, from: null, by: 'sjefen', rows });
    const { body } = await reader.ask('publication', { version });
    expect(body).toMatchObject({ kind: 'dropped', rows: 2, currency: null });
    expect(body.items).toMatchObject([{ id: '1001', name: null, priceOre: null }, { id: '1002' }]);
  });

  it('people are seen with their roles, and nothing of their codes', async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const reader = await personAt(chain, 'reader');
    const rows = [{ operatorId: 'kari', name: 'Kari', role: 'manager', pinHash: 'scrypt$hemmelig' }];
    const version = await publish(chain.office, { kind: 'operators', name: 'folk.json', stores: null, from: null, by: 'sjefen', rows });
    const { body } = await reader.ask('publication', { version });
    expect(body.items).toMatchObject([{ id: 'kari', name: 'Kari', role: 'manager', priceOre: null }]);
    expect(JSON.stringify(body)).not.toContain('hemmelig');
  });
});
