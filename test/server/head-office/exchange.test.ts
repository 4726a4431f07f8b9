/** Goods that pay for other goods: they come back whole, and only the difference moves. On both databases. */
import { describe, expect, it } from 'vitest';
import type { RefundAnswer } from '../../../app/refund/contract.ts';
import { settledRefunds } from '../../../server/head-office/settlement.ts';
import { asks, atProvider, orderOf, refunds, stateOf, TWO_STORES, wish } from './refund-wishes.ts';
import { onBothDatabases, startChain } from './test-chain.ts';
import type { TestRegister } from './test-register.ts';

const THREE = [{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }];
const confirmsWith = (register: TestRegister, refundId: string, creditOre: number) =>
  register.call<RefundAnswer>('/v1/refunds/confirm', { refundId, creditOre });

onBothDatabases((newDatabase) => {
  describe('goods that come back in an exchange', () => {
    it('come back whole, while only what they are worth more goes back to the customer', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      const asked = wish(syd, sold.orderId, [[1, 2_000]]);
      await asks(syd, asked);
      const done = await confirmsWith(syd, asked.refundId, 14_950);
      expect(done.body).toMatchObject({
        state: 'done',
        amountOre: 20_000,
        creditOre: 14_950,
        parts: [{ kind: 'vipps', amountOre: 5_050, state: 'done' }],
      });
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 5_050, refunds: 1 });
      expect(await orderOf(nord, sold.orderId)).toMatchObject({
        lines: [{ returnedMilli: 2_000, reservedMilli: 0, takenOre: 20_000 }],
        tenders: [{ refundedOre: 5_050, reservedOre: 0 }],
      });
    });

    it('move no money where they pay for new goods only, and asked again it stays so', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE, 12_000);
      await nord.report();
      const asked = wish(syd, sold.orderId, [[1, 3_000]]);
      await asks(syd, asked);
      expect((await confirmsWith(syd, asked.refundId, 30_000)).body).toMatchObject({ state: 'done', creditOre: 30_000, parts: [] });
      expect((await confirmsWith(syd, asked.refundId, 0)).body).toMatchObject({ state: 'done', creditOre: 30_000, parts: [] });
      expect(atProvider(chain, sold).refundedOre).toBe(0);
      expect(await refunds(nord, wish(nord, sold.orderId))).toMatchObject({ state: 'refused', code: 'nothing-left' });
    });

    it('leave to the integrated payment what is left to move, and let go of the rest', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE, 12_000);
      await nord.report();
      const asked = wish(syd, sold.orderId, [[1, 2_000]]);
      expect((await asks(syd, asked)).body.parts).toMatchObject([{ amountOre: 12_000 }, { amountOre: 8_000 }]);
      expect((await confirmsWith(syd, asked.refundId, 9_000)).body.parts).toMatchObject([
        { kind: 'vipps', amountOre: 11_000, state: 'done' },
      ]);
      expect((await orderOf(nord, sold.orderId)).tenders).toMatchObject([
        { refundedOre: 11_000, reservedOre: 0 },
        { refundedOre: 0, reservedOre: 0 },
      ]);
    });

    it('are never worth more than they are', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      const asked = wish(syd, sold.orderId);
      await asks(syd, asked);
      expect(await confirmsWith(syd, asked.refundId, 10_001)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
      expect((await stateOf(syd, asked.refundId)).state).toBe('reserved');
    });

    it('are settled between the stores: new goods count as handed out', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      const asked = wish(syd, sold.orderId, [[1, 2_000]]);
      await asks(syd, asked);
      await confirmsWith(syd, asked.refundId, 14_950);
      const settled = await settledRefunds(chain.office.store.db, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
      expect(settled).toMatchObject([{ refundedBy: 'syd', soldBy: 'nord', amountOre: 20_000, vippsOre: 5_050, handedOutOre: 14_950 }]);
    });
  });
});
