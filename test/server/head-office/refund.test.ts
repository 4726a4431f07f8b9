/** Refunds for another store, over real HTTP, against the practice provider, on both databases. */
import { describe, expect, it } from 'vitest';
import { limitRegister } from '../../../server/head-office/chain.ts';
import { runCommand } from '../../../server/head-office/commands.ts';
import { Said } from '../../../server/head-office/options.ts';
import { asks, atProvider, confirms, orderOf, refunds, stateOf, TWO_STORES, wish, withdraws } from './refund-wishes.ts';
import { onBothDatabases, startChain } from './test-chain.ts';

const THREE = [{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }];

onBothDatabases((newDatabase) => {
  describe('goods bought in one store and brought to another', () => {
    it('are reserved first, and the money goes back from the sales unit that took it', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell([...THREE, { articleNumber: '2', priceOre: 4_990 }]);
      await nord.report();
      const asked = wish(syd, sold.orderId);
      const reserved = await asks(syd, asked);
      expect(reserved.body).toMatchObject({
        state: 'reserved',
        amountOre: 10_000,
        soldBy: { storeId: 'nord', storeName: 'Butikken nord' },
      });
      expect(atProvider(chain, sold).refundedOre).toBe(0);
      expect((await orderOf(nord, sold.orderId)).lines[0]).toMatchObject({ reservedMilli: 1_000, returnedMilli: 0 });
      const done = await confirms(syd, asked.refundId);
      expect(done.body).toMatchObject({ state: 'done', parts: [{ kind: 'vipps', amountOre: 10_000, state: 'done' }] });
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
      expect(await orderOf(syd, sold.orderId)).toMatchObject({
        lines: [{ returnedMilli: 1_000, reservedMilli: 0 }, { returnedMilli: 0 }],
        tenders: [{ refundedOre: 10_000, reservedOre: 0 }],
      });
    });

    it.each([
      ['A, partner keys', 'partner', 'ecom', ['100001', '100002']],
      ['A, partner keys', 'partner', 'epayment', ['100001', '100002']],
      ["B, each store's own keys", 'store', 'ecom', ['100001', '100002']],
      ["B, each store's own keys", 'store', 'epayment', ['100001', '100002']],
      ['C, one unit for all', 'shared', 'ecom', ['100001', '100001']],
    ] as const)('way %s (%s, %s): nobody but head office knows a sales unit', async (_way, way, api, [north, south]) => {
      const chain = await startChain(await newDatabase(), [
        { storeId: 'nord', msn: north, way, api },
        { storeId: 'syd', msn: south, way, api },
      ]);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      const done = await refunds(syd, wish(syd, sold.orderId, [[1, 2_000]]));
      expect(done).toMatchObject({ state: 'done', amountOre: 20_000 });
      expect(chain.sandbox.control.payment(sold.reference ?? '', north).entries.at(-1)).toMatchObject({
        kind: 'refund',
        amountOre: 20_000,
      });
      const told = JSON.stringify([done, await orderOf(syd, sold.orderId), await syd.call('/v1/register'), chain.logged]);
      const secrets = [...chain.sandbox.salesUnits, ...chain.sandbox.partners].flatMap((keys) => [keys.clientSecret, keys.subscriptionKey]);
      for (const secret of [north, south, ...secrets]) expect(told).not.toContain(secret);
    });

    it('of a sale paid in two ways give back the integrated part first, and the rest by hand', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE, 12_000);
      await nord.report();
      const done = await refunds(syd, wish(syd, sold.orderId, [[1, 2_000]]));
      expect(done.parts).toMatchObject([
        { kind: 'vipps', amountOre: 12_000, state: 'done' },
        { kind: 'cash', amountOre: 8_000, state: 'done' },
      ]);
      expect(atProvider(chain, sold).refundedOre).toBe(12_000);
      expect(await refunds(nord, wish(nord, sold.orderId))).toMatchObject({ state: 'done', parts: [{ kind: 'cash', amountOre: 10_000 }] });
    });

    it('are free again when the cashier withdraws, and not after the money was sent', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      const all = wish(syd, sold.orderId, [[1, 3_000]]);
      await asks(syd, all);
      expect((await asks(nord, wish(nord, sold.orderId))).body).toMatchObject({ state: 'refused', code: 'nothing-left' });
      expect((await withdraws(syd, all.refundId)).body).toMatchObject({ state: 'withdrawn' });
      expect(await confirms(syd, all.refundId)).toMatchObject({ status: 409, body: { code: 'not-reserved' } });
      const again = wish(nord, sold.orderId, [[1, 3_000]]);
      expect(await refunds(nord, again)).toMatchObject({ state: 'done', amountOre: 30_000 });
      expect(await withdraws(nord, again.refundId)).toMatchObject({ status: 409, body: { code: 'already-sent' } });
    });

    it('asked for again under the same id are the same refund, whatever was lost in between', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      const asked = wish(syd, sold.orderId);
      const answers = await Promise.all([asks(syd, asked), asks(syd, asked), asks(syd, asked)]);
      expect(answers.map(({ body }) => body.state)).toEqual(['reserved', 'reserved', 'reserved']);
      const confirmed = await Promise.all([confirms(syd, asked.refundId), confirms(syd, asked.refundId)]);
      expect(confirmed.map(({ status }) => status)).toEqual([200, 200]);
      expect((await confirms(syd, asked.refundId)).body.state).toBe('done');
      expect((await asks(syd, asked)).body.state).toBe('done');
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
      expect(await asks(syd, { ...asked, lines: [{ lineNo: 1, quantityMilli: 2_000 }] })).toMatchObject({ body: { code: 'other-refund' } });
    });
  });

  it('every step of a refund is on record: when, at which register, by whom, why', async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
    const sold = await nord.sell(THREE);
    await nord.report();
    const asked = wish(syd, sold.orderId);
    await refunds(syd, asked);
    const said = new Said('history', { refund: asked.refundId });
    const lines = (await runCommand(chain.office, said)).split('\n');
    expect(lines.map((line) => line.split(' ').slice(1, 5).join(' '))).toEqual([
      'refund.reserved by syd-1 ola',
      'refund.confirmed by syd-1 ola',
      'refund.part-done by head office',
      'refund.done by head office',
    ]);
    expect(lines[0]).toContain('2026-11-21T09:00:00.000Z');
    expect(lines[0]).toContain('"reason":"angrer"');
  });

  describe('what the provider does not send back any more', () => {
    it('is paid out in cash by a manager, once, and only then', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const [gone, old] = [await nord.sell(THREE), await nord.sell(THREE)];
      await nord.report();
      const inCash = (orderId: string, approvedBy: string | null) => ({ ...wish(syd, orderId), payOut: 'cash', approvedBy }) as const;
      expect((await asks(syd, inCash(gone.orderId, 'sjef'))).body).toMatchObject({ state: 'refused', code: 'not-in-cash' });
      chain.sandbox.control.addFault({ kind: 'refused', route: 'refund', code: 'Payment/95' });
      expect(await refunds(syd, wish(syd, gone.orderId))).toMatchObject({ code: 'provider-refused' });
      expect((await asks(syd, inCash(gone.orderId, null))).body).toMatchObject({ state: 'refused', code: 'needs-approval' });
      const paid = await refunds(syd, inCash(gone.orderId, 'sjef'));
      expect(paid).toMatchObject({ state: 'done', parts: [{ kind: 'cash', amountOre: 10_000, state: 'done', reference: null }] });
      expect(atProvider(chain, gone).refundedOre).toBe(0);
      expect(await orderOf(nord, gone.orderId)).toMatchObject({ lines: [{ returnedMilli: 1_000 }], tenders: [{ refundedOre: 10_000 }] });
      chain.clock.atMs += 366 * 86_400_000;
      expect((await asks(syd, wish(syd, old.orderId))).body).toMatchObject({ code: 'too-old' });
      expect(await refunds(syd, inCash(old.orderId, 'sjef'))).toMatchObject({ state: 'done', parts: [{ kind: 'cash' }] });
    });
  });

  describe('a refund that may not be', () => {
    it('is refused for ever under its id, with the reason', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const early = await nord.sell(THREE);
      const unheard = wish(syd, early.orderId);
      expect((await asks(syd, unheard)).body).toMatchObject({ state: 'refused', code: 'unknown-order', message: expect.any(String) });
      await nord.report();
      expect((await asks(syd, unheard)).body).toMatchObject({ state: 'refused', code: 'unknown-order' });
      expect((await asks(syd, wish(syd, early.orderId, [[2, 1_000]]))).body).toMatchObject({ code: 'unknown-line' });
      expect((await asks(syd, wish(syd, early.orderId, [[1, 3_001]]))).body).toMatchObject({ code: 'nothing-left' });
      expect(await stateOf(syd, unheard.refundId)).toMatchObject({ state: 'refused' });
    });

    it('is of goods bought more than 365 days ago', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      chain.clock.atMs += 365 * 86_400_000 + 1;
      expect((await asks(syd, wish(syd, sold.orderId))).body).toMatchObject({ state: 'refused', code: 'too-old' });
    });

    it('is above what the register may refund at once, or in a day', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      await limitRegister(chain.office, 'syd', '1', { refundOre: 10_000, dayOre: 15_000 });
      expect((await asks(syd, wish(syd, sold.orderId, [[1, 2_000]]))).body).toMatchObject({ code: 'above-limit' });
      expect(await refunds(syd, wish(syd, sold.orderId))).toMatchObject({ state: 'done' });
      expect((await asks(syd, wish(syd, sold.orderId))).body).toMatchObject({ code: 'above-day-limit' });
      chain.clock.atMs += 86_400_001;
      expect(await refunds(syd, wish(syd, sold.orderId))).toMatchObject({ state: 'done' });
    });

    it("is in another register's name, or not this register's to see", async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      const mine = wish(nord, sold.orderId);
      expect(await asks(syd, mine)).toMatchObject({ status: 403, body: { code: 'not-your-refund' } });
      await asks(nord, mine);
      expect(await confirms(syd, mine.refundId)).toMatchObject({ status: 403, body: { code: 'not-your-refund' } });
    });
  });
});
