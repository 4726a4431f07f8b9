/** Finding what any store of the chain has sold. On both databases. */
import { CompiledQuery, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { problemAnswer, searchAnswer } from '../../../app/refund/contract.ts';
import { byDay, byReceipt, linesWith, paymentsByReference } from '../../../server/head-office/orders.ts';
import type { Db } from '../../../server/head-office/store/store.ts';
import { onBothDatabases, startChain } from './test-chain.ts';
import type { TestRegister } from './test-register.ts';

const STORES = [
  { storeId: 'nord', msn: '100001' },
  { storeId: 'syd', msn: '100002' },
] as const;

type Found = z.output<typeof searchAnswer> & z.output<typeof problemAnswer>;
const searches = async (register: TestRegister, body: object) => (await register.call<Found>('/v1/orders/search', body)).body;
const idsOf = async (register: TestRegister, body: object) => (await searches(register, body)).orders.map(({ orderId }) => orderId);

onBothDatabases((newDatabase, kind) => {
  async function aChain() {
    const chain = await startChain(await newDatabase(), STORES);
    const [nord, syd] = [await chain.register('nord', '1', false), await chain.register('syd', '1', false)];
    const first = await nord.sell([{ articleNumber: '1', priceOre: 10_000, ean: '7038010000013' }]);
    chain.clock.atMs += 86_400_000;
    const second = await nord.sell([{ articleNumber: '2', priceOre: 4_990 }]);
    chain.clock.atMs += 20 * 86_400_000;
    const third = await syd.sell([{ articleNumber: '1', priceOre: 10_000 }], 'none');
    await Promise.all([nord.report(), syd.report()]);
    return { chain, nord, syd, first, second, third };
  }

  describe('an order of any store', () => {
    it('is found by its reference, its receipt, its day, its amount and its articles', async () => {
      const { syd, first, second, third } = await aChain();
      expect(await idsOf(syd, { by: 'reference', reference: first.reference })).toEqual([first.orderId]);
      expect(await idsOf(syd, { by: 'receipt', receiptNumber: 2, storeId: 'nord', registerId: '1' })).toEqual([second.orderId]);
      // Every register counts its own receipts, so a number alone may be several; the cashier is shown all of them.
      expect(await idsOf(syd, { by: 'receipt', receiptNumber: 1 })).toEqual([third.orderId, first.orderId]);
      expect(await idsOf(syd, { by: 'receipt', receiptNumber: 1, date: '2026-11-21' })).toEqual([first.orderId]);
      expect(await idsOf(syd, { by: 'date', storeId: 'nord', date: '2026-11-22' })).toEqual([second.orderId]);
      expect(await idsOf(syd, { by: 'date', storeId: 'nord', date: '2026-11-21', amountOre: 10_000 })).toEqual([first.orderId]);
      expect(await idsOf(syd, { by: 'date', storeId: 'nord', date: '2026-11-21', amountOre: 9_999 })).toEqual([]);
      expect(await idsOf(syd, { by: 'date', date: '2026-11-21', amountOre: 10_000 })).toEqual([first.orderId]);
      const season = { fromDate: '2026-11-01', toDate: '2026-12-31' };
      expect(await idsOf(syd, { by: 'article', article: '1', ...season })).toEqual([third.orderId, first.orderId]);
      expect(await idsOf(syd, { by: 'article', article: '7038010000013', ...season })).toEqual([first.orderId]);
      expect(await idsOf(syd, { by: 'article', article: '1', storeId: 'syd', ...season })).toEqual([third.orderId]);
    });

    it('can be searched for in a store by name, and nobody without a key is told which stores there are', async () => {
      const { chain, syd } = await aChain();
      const asked = (key: string) => fetch(`${chain.server.url}/v1/stores`, { headers: { authorization: `Bearer ${key}` } });
      expect(await (await asked(syd.key)).json()).toEqual({
        stores: [
          { storeId: 'nord', storeName: 'Butikken nord' },
          { storeId: 'syd', storeName: 'Butikken syd' },
        ],
      });
      expect((await asked('tr_nobody')).status).toBe(401);
    });

    it('is shown as it was sold, with the store’s name and the prices of then', async () => {
      const { syd, first } = await aChain();
      expect((await syd.call('/v1/orders/read', { orderId: first.orderId })).body).toMatchObject({
        soldBy: { storeId: 'nord', storeName: 'Butikken nord', registerId: '1' },
        receiptNumber: 1,
        date: '2026-11-21',
        totalOre: 10_000,
        currency: 'NOK',
        lines: [{ lineNo: 1, articleNumber: '1', name: 'Vare 1', quantityMilli: 1_000, netOre: 10_000, returnedMilli: 0 }],
        tenders: [{ kind: 'vipps', amountOre: 10_000, reference: first.reference }],
      });
    });

    it('is found once by an article that it has in many lines, newest first, however many there are', async () => {
      const { chain, syd } = await aChain();
      const many = Array.from({ length: 20 }, () => ({ articleNumber: '9', priceOre: 100 }));
      const sold: string[] = [];
      for (let count = 0; count < 12; count += 1) {
        chain.clock.atMs += 60_000;
        sold.unshift((await syd.sell(many, 'none')).orderId);
      }
      await syd.report();
      expect(await idsOf(syd, { by: 'article', article: '9', fromDate: '2026-11-01', toDate: '2026-12-31' })).toEqual(sold);
    });

    it('that nobody has sold is not found, with an answer each', async () => {
      const { syd } = await aChain();
      expect(await idsOf(syd, { by: 'reference', reference: 'nord-1-2611-zzzz-9-1' })).toEqual([]);
      expect(await idsOf(syd, { by: 'reference', reference: 'what somebody typed' })).toEqual([]);
      expect(await searches(syd, { by: 'date', storeId: 'vest', date: '2026-11-21' })).toMatchObject({ code: 'unknown-store' });
      expect(await searches(syd, { by: 'date', storeId: 'nord', date: '2026-11-31' })).toMatchObject({ code: 'bad-request' });
      expect(await searches(syd, { by: 'article', article: '1', fromDate: '2026-01-01', toDate: '2026-12-31' })).toMatchObject({
        code: 'bad-request',
        message: expect.stringContaining('92 days'),
      });
      expect((await syd.call('/v1/orders/read', { orderId: 'nord-1-2611-zzzz-9' })).body).toMatchObject({ code: 'unknown-order' });
    });

    it('among more than fifty is not shown, but that there are more', async () => {
      const { chain, syd } = await aChain();
      for (let count = 0; count < 51; count += 1) await syd.sell([{ articleNumber: '7', priceOre: 100 }], 'none');
      await syd.report();
      const date = new Date(chain.clock.atMs).toISOString().slice(0, 10);
      const found = await searches(syd, { by: 'date', storeId: 'syd', date });
      expect([found.orders.length, found.more]).toEqual([50, true]);
    });
  });

  /** Which months' tables a question reads, and which tables it would have to read from end to end. */
  async function planOf(db: Db, { sql: text, parameters }: CompiledQuery) {
    const explain = kind === 'postgres' ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
    const lines = await db.transaction().execute(async (tx) => {
      // A table with three rows is read fastest from end to end; these will have millions.
      if (kind === 'postgres') await sql`SET LOCAL enable_seqscan = off`.execute(tx);
      return JSON.stringify((await tx.executeQuery(CompiledQuery.raw(`${explain} ${text}`, [...parameters]))).rows);
    });
    return {
      months: [
        ...new Set([...lines.matchAll(/ on (?:orders|order_lines|payments)_(\d{4}|elsewhere)\b/g)].map(([, month]) => month)),
      ].sort(),
      scanned: [...lines.matchAll(/(?:Seq Scan on|SCAN) (?!stores)\w+/g)].map(([found]) => found),
    };
  }

  it('no look-up reads a table from end to end, and one with a month in it reads that month alone', async () => {
    const { chain, first } = await aChain();
    const { db } = chain.office.store;
    const season = { by: 'article', article: '1', fromDate: '2026-11-01', toDate: '2026-12-31' } as const;
    const questions: readonly (readonly [{ compile(): CompiledQuery }, readonly string[]])[] = [
      [paymentsByReference(db, first.reference ?? ''), ['2611']],
      [byReceipt(db, { by: 'receipt', receiptNumber: 1, storeId: 'nord', registerId: '1', date: '2026-11-21' }), ['2611']],
      [byDay(db, { by: 'date', date: '2026-12-12' }, ['nord']), ['2612']],
      [byDay(db, { by: 'date', date: '2026-11-21', amountOre: 10_000 }, ['nord']), ['2611']],
      [byDay(db, { by: 'date', date: '2026-11-21', amountOre: 10_000 }, ['nord', 'syd']), ['2611']],
      [linesWith(db, season, 'article_number', 10), ['2611', '2612']],
      [linesWith(db, { ...season, toDate: '2026-11-30', storeId: 'nord' }, 'ean', 10), ['2611']],
      // Nothing says which month these are of.
      [paymentsByReference(db, 'somebody else’s'), ['2611', '2612', 'elsewhere']],
      [byReceipt(db, { by: 'receipt', receiptNumber: 1 }), ['2611', '2612', 'elsewhere']],
    ];
    for (const [question, months] of questions) {
      const query = question.compile();
      const plan = { months: kind === 'postgres' ? months : [], scanned: [] };
      expect([query.sql, await planOf(db, query)]).toEqual([query.sql, plan]);
    }
  });
});
