/** Refunds while the provider, the line or head office itself is in trouble. Nothing unknown is freed, sent twice or called refused. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { asks, atProvider, confirms, orderOf, refunds, stateOf, TWO_STORES, wish, withdraws } from './refund-wishes.ts';
import { onBothDatabases, startChain } from './test-chain.ts';

const THREE = [{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }];
/** As long as the provider wants between two tries. */
const A_TRY_LATER_MS = 13_000;

onBothDatabases((newDatabase, kind) => {
  async function aChain() {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
    const sold = await nord.sell(THREE);
    await nord.report();
    return { chain, nord, syd, sold };
  }

  describe('a refund whose answer is lost', () => {
    it('is found by its own key in the provider’s history, and done once', async () => {
      const { chain, syd, sold } = await aChain();
      chain.sandbox.control.addFault({ kind: 'cut-after', route: 'refund' });
      expect(await refunds(syd, wish(syd, sold.orderId))).toMatchObject({ state: 'done' });
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
      expect(chain.sandbox.control.requests({ route: 'refund' })).toHaveLength(1);
    });

    it('is sent again under the same key when the provider has not got it', async () => {
      const { chain, syd, sold } = await aChain();
      chain.sandbox.control.addFault({ kind: 'cut-before', route: 'refund' });
      const asked = wish(syd, sold.orderId);
      expect(await refunds(syd, asked)).toMatchObject({ state: 'sending' });
      await chain.server.sweep();
      expect(chain.sandbox.control.requests({ route: 'refund' })).toHaveLength(1);
      chain.clock.atMs += A_TRY_LATER_MS;
      await chain.server.sweep();
      expect(await stateOf(syd, asked.refundId)).toMatchObject({ state: 'done' });
      const keys = chain.sandbox.control.requests({ route: 'refund' }).map(({ requestId }) => requestId);
      expect(keys).toEqual([`${asked.refundId}-r1`, `${asked.refundId}-r1`]);
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
    });

    it('is unknown while nobody can read it: the goods stay reserved, and nobody can withdraw it', async () => {
      const { chain, nord, syd, sold } = await aChain();
      chain.sandbox.control.addFault({ kind: 'cut-after', route: 'refund' });
      chain.sandbox.control.addFault({ kind: 'server-error', route: 'details', times: null });
      const asked = wish(syd, sold.orderId, [[1, 3_000]]);
      const answer = await refunds(syd, asked);
      expect(answer).toMatchObject({ state: 'unknown', parts: [{ state: 'unknown' }], code: null });
      expect((await withdraws(syd, asked.refundId)).body).toMatchObject({ code: 'already-sent' });
      expect((await asks(nord, wish(nord, sold.orderId))).body).toMatchObject({ state: 'refused', code: 'nothing-left' });
      expect((await orderOf(nord, sold.orderId)).lines[0]).toMatchObject({ reservedMilli: 3_000 });
      chain.sandbox.control.clearFaults();
      chain.clock.atMs += 60_000;
      await chain.server.sweep();
      expect(await stateOf(syd, asked.refundId)).toMatchObject({ state: 'done' });
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 30_000, refunds: 1 });
    });

    it('and reads as not there at first is done once all the same', async () => {
      const { chain, syd, sold } = await aChain();
      chain.clock.atMs += 120_000;
      chain.sandbox.control.addFault({ kind: 'cut-after', route: 'refund' });
      chain.sandbox.control.addFault({ kind: 'stale', route: 'details', behindMs: 1_000 });
      const asked = wish(syd, sold.orderId);
      expect(await refunds(syd, asked)).toMatchObject({ state: 'sending' });
      chain.clock.atMs += A_TRY_LATER_MS;
      await chain.server.sweep();
      expect(await stateOf(syd, asked.refundId)).toMatchObject({ state: 'done' });
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
    });
  });

  describe('a refund whose answer is lost through eCom, before its sales unit moves to ePayment', () => {
    it.each([true, false])('is done once, whether ePayment tells of its key (%s) or not', async (showsEcomKeys) => {
      const chain = await startChain(await newDatabase(), [{ storeId: 'nord', msn: '100001', api: 'ecom' }]);
      chain.sandbox.control.changeUnit('100001', { showsEcomKeys });
      const nord = await chain.register('nord');
      const sold = await nord.sell(THREE);
      await nord.report();
      // Of the same amount, and known: it explains one that has no key, and no more than one.
      expect(await refunds(nord, wish(nord, sold.orderId))).toMatchObject({ state: 'done' });
      chain.sandbox.control.addFault({ kind: 'cut-after', route: 'refund' });
      chain.sandbox.control.addFault({ kind: 'server-error', route: 'details', times: null });
      const asked = wish(nord, sold.orderId);
      expect(await refunds(nord, asked)).toMatchObject({ state: 'unknown' });
      chain.sandbox.control.clearFaults();
      chain.sandbox.control.changeUnit('100001', { migrated: true });
      await chain.office.store.db.updateTable('sales_units').set({ api: 'epayment' }).execute();
      chain.clock.atMs += 60_000;
      await chain.server.sweep();
      expect(await stateOf(nord, asked.refundId)).toMatchObject({ state: 'done' });
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 20_000, refunds: 2 });
      expect(chain.sandbox.control.requests({ route: 'refund' })).toHaveLength(2);
    });
  });

  describe('a provider', () => {
    it('that says slow down is heard, and the refund goes through later', async () => {
      const { chain, syd, sold } = await aChain();
      chain.sandbox.control.addFault({ kind: 'rate-limited', route: 'refund', retryAfterSeconds: 20 });
      const asked = wish(syd, sold.orderId);
      expect(await refunds(syd, asked)).toMatchObject({ state: 'sending' });
      chain.clock.atMs += 19_000;
      await chain.server.sweep();
      expect(chain.sandbox.control.requests({ route: 'refund' })).toHaveLength(1);
      chain.clock.atMs += 1_000;
      await chain.server.sweep();
      expect(await stateOf(syd, asked.refundId)).toMatchObject({ state: 'done' });
    });

    it('that refuses for good frees the goods, and says what it called it', async () => {
      const { chain, nord, syd, sold } = await aChain();
      chain.sandbox.control.addFault({ kind: 'refused', route: 'refund', code: 'Payment/95' });
      const refused = await refunds(syd, wish(syd, sold.orderId, [[1, 3_000]]));
      expect(refused).toMatchObject({
        state: 'refused',
        code: 'provider-refused',
        providerCode: 'ecom:Payment/95',
        parts: [{ state: 'refused' }],
      });
      expect(await orderOf(nord, sold.orderId)).toMatchObject({
        lines: [{ reservedMilli: 0, returnedMilli: 0 }],
        tenders: [{ reservedOre: 0, refundedOre: 0 }],
      });
      expect(await refunds(nord, wish(nord, sold.orderId, [[1, 3_000]]))).toMatchObject({ state: 'done' });
    });
  });

  describe('head office', () => {
    it('that dies after sending is followed by another process, which reads before it does anything', async () => {
      const { chain, syd, sold } = await aChain();
      chain.sandbox.control.addFault({ kind: 'cut-after', route: 'refund' });
      chain.sandbox.control.addFault({ kind: 'server-error', route: 'details', times: 1 });
      const asked = wish(syd, sold.orderId);
      expect(await refunds(syd, asked)).toMatchObject({ state: 'unknown' });
      await chain.server.close();
      // As the process that was killed left it.
      await sql`UPDATE refunds SET leased_by = 'dead', leased_until_ms = ${chain.clock.atMs + 30_000}`.execute(chain.office.store.db);
      const { server } = await chain.beside();
      syd.url = server.url;
      chain.clock.atMs += 29_000;
      await server.sweep();
      expect(await stateOf(syd, asked.refundId)).toMatchObject({ state: 'unknown' });
      chain.clock.atMs += 2_000;
      await server.sweep();
      expect(await stateOf(syd, asked.refundId)).toMatchObject({ state: 'done' });
      expect(chain.sandbox.control.requests({ route: 'refund' })).toHaveLength(1);
    });

    it('has every refund done by one of several processes that look for work at the same time', async () => {
      const { chain, nord, syd, sold } = await aChain();
      const others = kind === 'postgres' ? [await chain.beside(), await chain.beside()] : [];
      chain.sandbox.control.addFault({ kind: 'rate-limited', route: 'refund', retryAfterSeconds: 1, times: 3 });
      const wishes = [wish(syd, sold.orderId), wish(nord, sold.orderId), wish(syd, sold.orderId)];
      await refunds(syd, wishes[0] ?? wish(syd, sold.orderId));
      await refunds(nord, wishes[1] ?? wish(nord, sold.orderId));
      await refunds(syd, wishes[2] ?? wish(syd, sold.orderId));
      chain.clock.atMs += 20_000;
      await Promise.all([chain.server, ...others.map(({ server }) => server)].map((server) => server.sweep()));
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 30_000, refunds: 3 });
      expect(chain.sandbox.control.requests({ route: 'refund' })).toHaveLength(6);
    });
  });

  describe('two stores that want the same goods at the same moment', () => {
    it('get them once: the one is reserved and refunded, the other is told that nothing is left', async () => {
      const { chain, nord, syd, sold } = await aChain();
      const elsewhere = kind === 'postgres' ? (await chain.beside()).server.url : chain.server.url;
      const [mine, theirs] = [wish(nord, sold.orderId, [[1, 2_000]]), wish(syd, sold.orderId, [[1, 2_000]])];
      const answers = await Promise.all([asks(nord, mine), asks(syd, theirs, elsewhere)]);
      expect(answers.map(({ body }) => body.state).sort()).toEqual(['refused', 'reserved']);
      expect(answers.find(({ body }) => body.state === 'refused')?.body.code).toBe('nothing-left');
      const confirmed = await Promise.all([confirms(nord, mine.refundId), confirms(syd, theirs.refundId, elsewhere)]);
      expect(confirmed.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 20_000, refunds: 1 });
    });

    it('piece by piece, from everywhere at once, never get more than was sold', async () => {
      const { chain, nord, syd } = await aChain();
      const sold = await nord.sell([{ articleNumber: '9', priceOre: 3_333, quantityMilli: 5_000 }]);
      await nord.report();
      const elsewhere = kind === 'postgres' ? (await chain.beside()).server.url : chain.server.url;
      const tries = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? nord : syd)).map((register) => ({
        register,
        asked: wish(register, sold.orderId),
      }));
      const answers = await Promise.all(
        tries.map(async ({ register, asked }, index) => {
          const url = index % 3 === 0 ? elsewhere : chain.server.url;
          const reserved = await asks(register, asked, url);
          return reserved.body.state === 'reserved' ? (await confirms(register, asked.refundId, url)).body : reserved.body;
        }),
      );
      // The provider takes five a minute for one payment, so all five go through.
      expect(answers.filter(({ state }) => state === 'done')).toHaveLength(5);
      expect(answers.filter(({ code }) => code === 'nothing-left')).toHaveLength(7);
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 16_665, refunds: 5 });
      expect((await orderOf(syd, sold.orderId)).lines[0]).toMatchObject({ returnedMilli: 5_000, reservedMilli: 0 });
    });
  });
});
