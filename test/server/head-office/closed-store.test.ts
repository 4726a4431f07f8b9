/** A store of the chain that closes: its customers, its own registers, and what head office can say about both. */
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../server/head-office/commands.ts';
import { type OptionName, Said } from '../../../server/head-office/options.ts';
import { personAt } from './page-person.ts';
import { asks, atProvider, confirms, orderOf, refunds, TWO_STORES, wish } from './refund-wishes.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';

const ONE = [{ articleNumber: '1', priceOre: 10_000, quantityMilli: 2_000 }];

const say = ({ office }: TestChain, action: string, values: Readonly<Partial<Record<OptionName, string>>>) =>
  runCommand(office, new Said(action, values));

onBothDatabases((newDatabase) => {
  async function closedAfterSale() {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
    const [sold, ofSyd] = [await nord.sell(ONE), await syd.sell(ONE)];
    await nord.report();
    await syd.report();
    return { chain, nord, syd, sold, ofSyd };
  }

  describe('a closed store', () => {
    it('is refunded for by nobody: a clear answer, and nothing is held or sent', async () => {
      const { chain, syd, sold } = await closedAfterSale();
      expect(await say(chain, 'close-store', { store: 'nord', by: 'kari' })).toContain('Nobody refunds for it.');
      expect(await refunds(syd, wish(syd, sold.orderId))).toMatchObject({
        state: 'refused',
        code: 'store-closed',
        amountOre: 0,
        parts: [],
      });
      expect((await orderOf(syd, sold.orderId)).lines).toMatchObject([{ reservedMilli: 0, returnedMilli: 0 }]);
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 0, refunds: 0 });
    });

    it('is refunded for by other stores to the end of the day that head office has named', async () => {
      const { chain, syd, sold } = await closedAfterSale();
      await say(chain, 'close-store', { store: 'nord', by: 'kari' });
      expect((await asks(syd, wish(syd, sold.orderId))).body).toMatchObject({ state: 'refused' });
      const said = await say(chain, 'close-store', { store: 'nord', by: 'kari', 'refunds-until': '2026-11-22' });
      expect(said).toContain('Other stores refund for it to the end of 2026-11-22.');
      chain.clock.atMs = Date.UTC(2026, 10, 22, 22, 59);
      expect(await refunds(syd, wish(syd, sold.orderId))).toMatchObject({ state: 'done', amountOre: 10_000 });
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
      chain.clock.atMs = Date.UTC(2026, 10, 22, 23);
      expect((await asks(syd, wish(syd, sold.orderId))).body).toMatchObject({ state: 'refused', code: 'store-closed' });
    });

    it('takes nothing back at its own registers, for any store, and finishes what it had begun', async () => {
      const { chain, nord, sold, ofSyd } = await closedAfterSale();
      const begun = wish(nord, sold.orderId);
      await asks(nord, begun);
      await say(chain, 'close-store', { store: 'nord', 'refunds-until': '2027-11-21' });
      for (const { orderId } of [sold, ofSyd])
        expect((await asks(nord, wish(nord, orderId))).body).toMatchObject({ state: 'refused', code: 'this-store-closed' });
      expect((await confirms(nord, begun.refundId)).body).toMatchObject({ state: 'done' });
    });

    it('stays closed when its name is put right, and opens when somebody says so', async () => {
      const { chain, syd, sold } = await closedAfterSale();
      await say(chain, 'close-store', { store: 'nord', by: 'kari' });
      const put = await say(chain, 'put-store', { store: 'nord', name: 'Butikken i nord' });
      expect(put).toContain('It is closed, and stays so. "open-store --store nord" opens it.');
      expect(put).not.toContain('sales unit');
      expect((await asks(syd, wish(syd, sold.orderId))).body).toMatchObject({ code: 'store-closed' });
      await say(chain, 'open-store', { store: 'nord', by: 'kari' });
      expect(await refunds(syd, wish(syd, sold.orderId))).toMatchObject({ state: 'done' });
      const deeds = await chain.office.store.db.selectFrom('audit').select(['what', 'operator']).where('subject', '=', 'nord').execute();
      expect(deeds.slice(-3)).toEqual([
        { what: 'store.closed', operator: 'kari' },
        { what: 'store.put', operator: 'head-office' },
        { what: 'store.opened', operator: 'kari' },
      ]);
    });

    it('is seen on the page, with how long others refund for it', async () => {
      const { chain } = await closedAfterSale();
      await say(chain, 'close-store', { store: 'nord', 'refunds-until': '2026-12-31' });
      const kari = await personAt(chain, 'reader', 'kari');
      const { body } = await kari.ask('store', { storeId: 'nord' });
      expect(body).toMatchObject({ closedMs: chain.clock.atMs, refundsUntilMs: Date.UTC(2026, 11, 31, 23) });
    });
  });

  it('a store without a sales unit is told of, and one that has a unit keeps it', async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    expect(await say(chain, 'put-store', { store: 'vest', name: 'Vest' })).toContain('It has no sales unit');
    expect(await say(chain, 'put-store', { store: 'nord', name: 'Nytt navn' })).toBe('The store nord is in the chain.');
    const { unit_id } = await chain.office.store.db
      .selectFrom('stores')
      .select('unit_id')
      .where('store_id', '=', 'nord')
      .executeTakeFirstOrThrow();
    expect(unit_id).toBe('unit-100001');
  });

  it('whoever withdraws what a register left says who they are and why, and it stands in its history', async () => {
    const { chain, syd, sold } = await closedAfterSale();
    const asked = wish(syd, sold.orderId);
    await asks(syd, asked);
    await expect(say(chain, 'withdraw', { refund: asked.refundId, by: 'kari' })).rejects.toThrow('--reason is missing');
    await say(chain, 'withdraw', { refund: asked.refundId, by: 'kari', reason: 'Kunden gikk.' });
    const story = await say(chain, 'history', { refund: asked.refundId });
    expect(story.split('\n').at(-1)).toMatch(/refund\.withdrawn by kari .*"why":"Kunden gikk\."/);
  });
});
