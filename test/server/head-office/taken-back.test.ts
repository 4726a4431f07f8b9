/** Returns that registers tell of in their journals: what head office did itself, and what was done without it. */
import { describe, expect, it } from 'vitest';
import { asks, orderOf, refunds, TWO_STORES, wish } from './refund-wishes.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';

const THREE = [{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }];

const alarmsOf = async ({ office }: TestChain) =>
  (await office.store.db.selectFrom('alarms').select(['what', 'details']).orderBy('alarm_no').execute()).map(({ what }) => what);

onBothDatabases((newDatabase) => {
  describe('goods that came back without head office', () => {
    it('do not come back once more in another store', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE, 'none');
      nord.takeBack(nord.newRefundId(), sold, { quantityMilli: 2_000, amountOre: 20_000 });
      await nord.report();
      expect(await orderOf(syd, sold.orderId)).toMatchObject({
        lines: [{ returnedMilli: 2_000, reservedMilli: 0 }],
        tenders: [{ kind: 'cash', refundedOre: 20_000 }],
      });
      expect((await asks(syd, wish(syd, sold.orderId, [[1, 2_000]]))).body).toMatchObject({ state: 'refused', code: 'nothing-left' });
      expect(await alarmsOf(chain)).toEqual([]);
    });

    it('are on record with who, where and why, and make no order of their own', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const nord = await chain.register('nord');
      const sold = await nord.sell(THREE, 'none');
      const refundId = nord.newRefundId();
      nord.takeBack(refundId, sold, { quantityMilli: 1_000, amountOre: 10_000 });
      await nord.report();
      const kept = await chain.office.store.db.selectFrom('refunds').selectAll().where('refund_id', '=', refundId).executeTakeFirst();
      expect(kept).toMatchObject({ state: 'done', amount_ore: 10_000, reason: 'angrer', operator: 'kari', refunding_store: 'nord' });
      const orders = await chain.office.store.db.selectFrom('orders').select('order_id').execute();
      expect(orders).toEqual([{ order_id: sold.orderId }]);
    });

    it('raise an alarm where they had come back in another store meanwhile', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      expect(await refunds(syd, wish(syd, sold.orderId, [[1, 3_000]]))).toMatchObject({ state: 'done' });
      nord.takeBack(nord.newRefundId(), sold, { quantityMilli: 1_000, amountOre: 10_000 });
      await nord.report();
      expect(await alarmsOf(chain)).toEqual(['return.twice', 'return.money-beyond']);
      expect((await orderOf(syd, sold.orderId)).lines).toMatchObject([{ returnedMilli: 3_000 }]);
    });

    it('are counted once, however often their journal is sent', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const nord = await chain.register('nord');
      const sold = await nord.sell(THREE, 'none');
      nord.takeBack(nord.newRefundId(), sold, { quantityMilli: 1_000, amountOre: 10_000 });
      await nord.report();
      for (let again = 0; again < 2; again += 1) await nord.call('/v1/journal', { entries: nord.entries() });
      expect((await orderOf(nord, sold.orderId)).lines).toMatchObject([{ returnedMilli: 1_000 }]);
      expect(await alarmsOf(chain)).toEqual([]);
    });
  });

  describe('goods that head office took back', () => {
    it('are told of again by the journal, and change nothing', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      const asked = wish(syd, sold.orderId);
      expect(await refunds(syd, asked)).toMatchObject({ state: 'done' });
      syd.takeBack(asked.refundId, sold, { quantityMilli: 1_000, amountOre: 10_000, way: 'vipps' });
      await syd.report();
      expect((await orderOf(nord, sold.orderId)).lines).toMatchObject([{ returnedMilli: 1_000 }]);
      expect(await alarmsOf(chain)).toEqual([]);
    });

    it('for another amount than the journal says raise an alarm', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      const asked = wish(syd, sold.orderId);
      await refunds(syd, asked);
      syd.takeBack(asked.refundId, sold, { quantityMilli: 1_000, amountOre: 11_000, way: 'vipps' });
      await syd.report();
      expect(await alarmsOf(chain)).toEqual(['return.differs']);
    });
  });

  describe('goods of an exchange', () => {
    it('can come back themselves: what returned goods had paid of them goes back in cash, with a manager’s word', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE, 'none');
      const exchanged = nord.takeBack(nord.newRefundId(), sold, { quantityMilli: 1_000, amountOre: 10_000 }, [
        { articleNumber: '2', priceOre: 12_500 },
      ]);
      await nord.report();
      expect(await orderOf(syd, exchanged.orderId)).toMatchObject({
        totalOre: 12_500,
        tenders: [
          { kind: 'cash', amountOre: 2_500 },
          { kind: 'cash', amountOre: 10_000 },
        ],
      });
      expect(await refunds(syd, wish(syd, exchanged.orderId))).toMatchObject({ state: 'refused', code: 'needs-approval' });
      const approved = { ...wish(syd, exchanged.orderId), approvedBy: 'kari' };
      expect(await refunds(syd, approved)).toMatchObject({ state: 'done', amountOre: 12_500 });
    });
  });
});
