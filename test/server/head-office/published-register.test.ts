/** From a file at head office to the price at a counter: real HTTP, both databases, a register that sells meanwhile. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createChainClient } from '../../../app/chain/client.ts';
import { PublishedFetch } from '../../../app/chain/fetch-published.ts';
import { GiveUp } from '../../../app/till/given-up.ts';
import type { HttpSend } from '../../../app/till/ports.ts';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';
import { nodeRandom } from '../../../hardware/crypto/random.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { type PublicationWish, publish, unpublish } from '../../../server/head-office/publications.ts';
import { Counter } from '../../app/till/counter.ts';
import { asPublished, priceOf } from '../../app/till/published-versions.ts';
import { BREAD, FISH } from '../../simulation/shop.ts';
import { onBothDatabases, startChain, type TestChain, until } from './test-chain.ts';

const STORES = [
  { storeId: 'nord', msn: '100001' },
  { storeId: 'syd', msn: '100002' },
] as const;

interface Linked {
  readonly counter: Counter;
  readonly fetch: PublishedFetch;
  /** What becomes of the answers on their way. */
  spoil: (path: string, text: string) => string | null;
  readonly asked: string[];
  /** Waits once for what head office tells. */
  hears(): Promise<void>;
}

/** A counter of this store, whose register is enrolled. Head office's clock and the shop's go together. */
async function link(chain: TestChain, storeId: string, url = chain.server.url): Promise<Linked> {
  const { key } = await chain.register(storeId);
  const counter = new Counter();
  const real = createHttpSend();
  onTestFinished(() => real.close());
  const linked: { spoil: Linked['spoil']; asked: string[] } = { spoil: (_path, text) => text, asked: [] };
  const send: HttpSend = async (request) => {
    const path = new URL(request.url).pathname;
    linked.asked.push(path);
    const outcome = await real(request);
    if (outcome.kind !== 'answered') return outcome;
    const text = linked.spoil(path, new TextDecoder().decode(outcome.response.body));
    if (text === null) return { kind: 'lost', reason: 'the line went' };
    return { kind: 'answered', response: { ...outcome.response, body: new TextEncoder().encode(text) } };
  };
  const { clock } = counter.time;
  const client = createChainClient({ address: url, key: () => key, send, clock }, { published: (edition) => fetch.heard(edition) });
  const fetch = new PublishedFetch({
    desk: client,
    store: counter.box.publications,
    ports: {
      clock,
      timers: { after: () => ({ cancel: () => undefined }) },
      random: nodeRandom,
      hasher: nodeHasher,
      log: { write: (level, event, facts = {}) => void counter.box.log.push({ level, event, facts }) },
    },
    arrived: () => counter.box.till.publishedArrived(),
  });
  return Object.assign(linked, { counter, fetch, hears: async () => void (await client.waitForEvents(new GiveUp())) });
}

async function pulls({ counter, fetch }: Linked): Promise<void> {
  await fetch.pull();
  await counter.time.pass(5_000);
}

async function breadOre({ counter }: Linked): Promise<number | undefined> {
  await counter.ring(BREAD);
  const dueOre = counter.view.basket?.dueOre;
  await counter.do({ type: 'abort-sale' });
  return dueOre;
}

const publishes = (chain: TestChain, wish: Partial<PublicationWish> & Pick<PublicationWish, 'kind' | 'rows'>) =>
  publish(chain.office, { name: 'fil.csv', stores: null, from: null, by: 'sjefen', ...wish });

onBothDatabases((newDatabase) => {
  describe('a register of a chain', () => {
    it('takes what is published for its store, and nothing that is for another', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const [nord, syd] = [await link(chain, 'nord'), await link(chain, 'syd')];
      await publishes(chain, { kind: 'catalogue', rows: [asPublished(BREAD, { unitPriceOre: 4_100 }), asPublished(FISH)] });
      await publishes(chain, { kind: 'prices', rows: [priceOf(BREAD, 4_900)], stores: ['syd'] });
      await publishes(chain, { kind: 'operators', rows: [{ operatorId: 'eva', name: 'Eva' }], stores: ['nord'] });
      for (const linked of [nord, syd]) await pulls(linked);
      expect([await breadOre(nord), await breadOre(syd)]).toEqual([4_100, 4_900]);
      expect(nord.counter.view.operators).toEqual([{ operatorId: 'eva', name: 'Eva' }]);
      expect(syd.counter.view.operators.map(({ name }) => name)).toEqual(['Kari', 'Ola']);
      expect(nord.fetch.view()).toEqual({ askedAtMs: expect.any(Number), trouble: null });
      // Nothing new: one small question.
      nord.asked.length = 0;
      await pulls(nord);
      expect(nord.asked).toEqual(['/v1/published']);
    });

    it('that has fetched a price keeps its time without head office, and stops with it when it is taken back before', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const [nord, syd] = [await link(chain, 'nord'), await link(chain, 'syd')];
      const version = await publishes(chain, { kind: 'prices', rows: [priceOf(BREAD, 4_900)], from: '2026-11-24T06:00' });
      for (const linked of [nord, syd]) await pulls(linked);
      await unpublish(chain.office, version, 'sjefen');
      await pulls(syd);
      await chain.server.close();
      for (const { counter, fetch } of [nord, syd]) {
        await counter.time.pass(4 * 86_400_000);
        await fetch.pull();
      }
      expect([await breadOre(nord), await breadOre(syd)]).toEqual([4_900, 3_990]);
    });

    it('goes on where it was when the line went, and keeps what it has over a restart', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await link(chain, 'nord');
      const rows = Array.from({ length: 2_200 }, (_, index) => asPublished(BREAD, { articleNumber: `L${index}`, ean: null }));
      const version = await publishes(chain, { kind: 'catalogue', rows });
      let pages = 0;
      nord.spoil = (path, text) => (path.endsWith('/read') && ++pages === 4 ? null : text);
      await pulls(nord);
      expect(nord.counter.box.publications.pagesHad(version)).toHaveLength(3);
      nord.counter.restart();
      expect(nord.counter.box.till.published()?.standing).toBeNull();
      nord.asked.length = 0;
      await pulls(nord);
      expect(nord.asked).toEqual(['/v1/published', '/v1/published/read', '/v1/published/read']);
      await nord.counter.ring({ articleNumber: 'L2199' });
      expect(nord.counter.view.basket?.dueOre).toBe(BREAD.unitPriceOre);
    });

    it('changes nothing for what was spoiled on its way, says so, takes the others, and fetches it again', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await link(chain, 'nord');
      const bad = await publishes(chain, { kind: 'prices', rows: [priceOf(BREAD, 4_900)] });
      await publishes(chain, { kind: 'prices', rows: [priceOf(FISH, 20_000)] });
      nord.spoil = (_path, text) => text.replace('4900', '4901');
      await pulls(nord);
      expect(nord.fetch.view().trouble).toEqual({ why: 'damaged', version: bad });
      const told = nord.counter.box.log.filter(({ event }) => event === 'published.damaged');
      expect(told).toEqual([{ level: 'error', event: 'published.damaged', facts: expect.objectContaining({ version: bad }) }]);
      expect(await breadOre(nord)).toBe(BREAD.unitPriceOre);
      expect(nord.counter.box.till.published()?.standing).not.toBeNull();
      nord.spoil = (_path, text) => text;
      await pulls(nord);
      expect(nord.fetch.view().trouble).toBeNull();
      expect(await breadOre(nord)).toBe(4_900);
    });

    it('hears while it waits that there is something, and asks no more often than that', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const { server } = await chain.beside({ eventsWithinMs: 1 });
      const nord = await link(chain, 'nord', server.url);
      const news = () => nord.asked.filter((path) => path === '/v1/published').length;
      await nord.hears();
      await pulls(nord);
      const before = news();
      await nord.hears();
      expect(news()).toBe(before);
      const version = await publishes(chain, { kind: 'prices', rows: [priceOf(BREAD, 4_900)] });
      await nord.hears();
      await until(async () => nord.counter.box.publications.all().some(({ whole }) => whole));
      await unpublish(chain.office, version, 'sjefen');
      await nord.hears();
      await until(async () => nord.counter.box.publications.all().every(({ gone }) => gone));
    });

    it('takes what a head office that was restored from a backup publishes under a number that was given before', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await link(chain, 'nord');
      const wish = (unitPriceOre: number) => ({ kind: 'prices' as const, rows: [priceOf(BREAD, unitPriceOre)] });
      const lost = await publishes(chain, wish(4_900));
      await pulls(nord);
      const { db } = chain.office.store;
      for (const table of ['publications_fetched', 'publication_pages', 'publications'] as const) await db.deleteFrom(table).execute();
      chain.clock.atMs += 1_000;
      expect(await publishes(chain, wish(5_100))).toBe(lost);
      await pulls(nord);
      await pulls(nord);
      expect(await breadOre(nord)).toBe(5_100);
    });

    it('sells no more what the chain has dropped, of head office’s and of its own, and one of before that goes on as it was', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const [nord, syd] = [await link(chain, 'nord'), await link(chain, 'syd')];
      syd.spoil = (_path, text) => text.replaceAll('"kind":"dropped"', '"kind":"of-later"');
      await publishes(chain, { kind: 'catalogue', rows: [asPublished(BREAD, { unitPriceOre: 4_100 })] });
      const gone = [BREAD, FISH].map(({ articleNumber }) => ({ articleNumber }));
      const drop = await publishes(chain, { kind: 'dropped', rows: gone });
      await nord.counter.ring(FISH);
      for (const linked of [nord, syd]) await pulls(linked);
      expect(nord.counter.view.prompt).toMatchObject({ kind: 'weight' });
      await nord.counter.do({ type: 'answer-weight', quantityMilli: 1_000 }, { type: 'pay-cash', receivedOre: 100_000 });
      await nord.counter.time.pass(5_000);
      for (const { articleNumber } of gone) {
        expect(await nord.counter.ask({ type: 'add-article', articleNumber })).toMatchObject({ ok: false });
      }
      expect(await breadOre(syd)).toBe(4_100);
      expect(syd.fetch.view().trouble).toBeNull();
      // With a newer program it fetches what it had left alone.
      syd.spoil = (_path, text) => text;
      await pulls(syd);
      expect(await syd.counter.ask({ type: 'add-article', articleNumber: BREAD.articleNumber })).toMatchObject({ ok: false });
      await unpublish(chain.office, drop, 'sjefen');
      for (const linked of [nord, syd]) await pulls(linked);
      await nord.counter.do({ type: 'next-customer' });
      expect([await breadOre(nord), await breadOre(syd)]).toEqual([4_100, 4_100]);
    });

    it('that joins late fetches what counts, and comes to the same as one that was always there', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await link(chain, 'nord');
      for (const [unitPriceOre, articleNumber] of [
        [4_100, BREAD.articleNumber],
        [4_200, BREAD.articleNumber],
        [9_000, FISH.articleNumber],
        [4_300, BREAD.articleNumber],
      ] as const) {
        await publishes(chain, { kind: 'prices', rows: [{ articleNumber, unitPriceOre }] });
        await pulls(nord);
      }
      const late = await link(chain, 'syd');
      await pulls(late);
      expect(late.counter.box.publications.all().map(({ version }) => version)).toEqual([3, 4]);
      expect([await breadOre(nord), await breadOre(late)]).toEqual([4_300, 4_300]);
    });
  });
});
