/** What a register may do ends when it ends, also for what was under way just then; and what happens at the same moment happens once. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { beginSending, leaving } from '../../../app/refund/refund.ts';
import { closeStore } from '../../../server/head-office/chain.ts';
import type { Office } from '../../../server/head-office/office.ts';
import { recordPart } from '../../../server/head-office/refunds.ts';
import { authenticate, enrol, makeCode, revoke, rotateKey } from '../../../server/head-office/registers.ts';
import { noteGiveBack } from '../../../server/head-office/relay/give-backs.ts';
import { asks, atProvider, confirms, orderOf, refunds, stateOf, TWO_STORES, wish } from './refund-wishes.ts';
import { onBothDatabases, startChain, until } from './test-chain.ts';

const THREE = [{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }];

onBothDatabases((newDatabase) => {
  const aChain = async () => startChain(await newDatabase(), TWO_STORES);

  describe('a key that was taken back', () => {
    it('makes no new one, although it was good when the request came', async () => {
      const { office, ...chain } = await aChain();
      const key = await chain.enrol('nord', '1');
      const register = await authenticate(office, key);
      await revoke(office, 'nord', '1');
      await expect(rotateKey(office, register, key)).rejects.toMatchObject({ code: 'key-revoked' });
      const alive = office.store.db.selectFrom('register_keys').select('made_ms').where('revoked_ms', 'is', null);
      expect(await alive.execute()).toEqual([]);
    });

    it('leaves none behind, whichever moment a code becomes a key at', async () => {
      const { office } = await aChain();
      const code = await makeCode(office, 'nord', '1');
      await together(office, 'registers', () => [enrol(office, code, 'tillit-test'), revoke(office, 'nord', '1')]);
      expect(await office.store.db.selectFrom('register_keys').select('made_ms').where('revoked_ms', 'is', null).execute()).toEqual([]);
      await expect(enrol(office, code, 'tillit-test')).rejects.toMatchObject({ code: 'bad-code' });
    });

    it('hears nothing more, also where it waited already; the register’s next key hears it', async () => {
      const chain = await aChain();
      const nord = await chain.register('nord', '1', false);
      const stolen = nord.call('/v1/events/wait');
      const used = chain.office.store.db.selectFrom('register_keys').select('used_ms');
      await until(async () => (await used.executeTakeFirst())?.used_ms !== null);
      await revoke(chain.office, 'nord', '1');
      await chain.office.store.notify('nord-1-2611-abcd-1-1');
      expect(await stolen).toMatchObject({ status: 401, body: { code: 'key-revoked' } });
      nord.key = await chain.enrol('nord', '1');
      expect((await nord.call('/v1/events/wait')).body).toMatchObject({ references: ['nord-1-2611-abcd-1-1'] });
    });
  });

  it('one code lets one machine in, however many use it at the same moment', async () => {
    const { office } = await aChain();
    const code = await makeCode(office, 'nord', '1');
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => enrol(office, code, 'tillit-test')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('what was taken too much is given back once, however many keys ask for it at the same moment', async () => {
    const chain = await aChain();
    const nord = await chain.register('nord', '1', false);
    const { reference } = await nord.sell(THREE);
    await nord.report();
    await chain.office.store.db.updateTable('payments').set({ captured_ore: 35_000 }).execute();
    const register = await authenticate(chain.office, nord.key);
    const asked = Array.from({ length: 8 }, (_, index) => ({ reference: reference ?? '', key: `1-r${index + 1}`, amountOre: 5_000 }));
    const all = await together(chain.office, 'payments', () => asked.map((giveBack) => noteGiveBack(chain.office, register, giveBack)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of all) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'above-captured' });
  });

  describe('a refund', () => {
    it('that is asked for by one id at the same moment is one, also of a purchase that nobody knows', async () => {
      const chain = await aChain();
      const syd = await chain.register('syd', '1', false);
      const asked = wish(syd, 'nord-1-2611-abcd-1');
      const answers = await Promise.all(Array.from({ length: 6 }, () => asks(syd, asked)));
      for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { state: 'refused', code: 'unknown-order' } });
      const others = await Promise.all([1, 2, 3].map((n) => asks(syd, { ...asked, orderId: `nord-1-2611-abcd-${n}` })));
      expect(others.map(({ status }) => status)).toEqual([200, 409, 409]);
    });

    it('of a store that was closed meanwhile is let go of, and nothing is sent', async () => {
      const chain = await aChain();
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd', '1', false)];
      const sold = await nord.sell(THREE);
      await nord.report();
      const asked = wish(syd, sold.orderId);
      await asks(syd, asked);
      await closeStore(chain.office, 'nord', 'kari');
      expect((await confirms(syd, asked.refundId)).body).toMatchObject({ state: 'refused', code: 'store-closed' });
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 0, refunds: 0 });
      expect(await orderOf(nord, sold.orderId)).toMatchObject({ lines: [{ reservedMilli: 0 }], tenders: [{ reservedOre: 0 }] });
    });

    it('of a closed store whose goods have paid for new ones already is done: no money moves', async () => {
      const chain = await aChain();
      const [nord, syd] = [await chain.register('nord', '1', false), await chain.register('syd', '1', false)];
      const sold = await nord.sell(THREE);
      await nord.report();
      const asked = wish(syd, sold.orderId);
      await asks(syd, asked);
      await closeStore(chain.office, 'nord', 'kari');
      const answer = await syd.call('/v1/refunds/confirm', { refundId: asked.refundId, creditOre: 10_000 });
      expect(answer.body).toMatchObject({ state: 'done', parts: [] });
    });
  });

  describe('a process that comes to again after another has gone on with its refund', () => {
    async function sending() {
      const chain = await aChain();
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd', '1', false)];
      const sold = await nord.sell(THREE);
      await nord.report();
      const asked = wish(syd, sold.orderId);
      await asks(syd, asked);
      chain.sandbox.control.addFault({ kind: 'cut-before', route: 'refund' });
      chain.sandbox.control.addFault({ kind: 'server-error', route: 'details', times: 1 });
      await confirms(syd, asked.refundId);
      const nowMs = chain.clock.nowMs();
      const first = leaving(beginSending(`${asked.refundId}-r1`, nowMs), nowMs, 'ecom');
      return { chain, syd, sold, asked, first, nowMs };
    }

    it('believes no late no: the goods are free only when nobody has sent it since', async () => {
      const { chain, syd, sold, asked, first, nowMs } = await sending();
      const again = leaving({ ...first, doubt: false }, nowMs, 'ecom');
      expect(await recordPart(chain.office, asked.refundId, 1, first, { state: 'sending', sending: again })).toBe(true);
      const late = { state: 'refused', refusal: { code: 'ecom:Payment/61', message: '' } } as const;
      expect(await recordPart(chain.office, asked.refundId, 1, first, late)).toBe(false);
      expect(await stateOf(syd, asked.refundId)).toMatchObject({ state: 'unknown' });
      // That it was done is true whoever hears of it.
      expect(await recordPart(chain.office, asked.refundId, 1, first, { state: 'done' })).toBe(true);
      expect(await stateOf(syd, asked.refundId)).toMatchObject({ state: 'done' });
      expect(atProvider(chain, sold).refunds).toBe(0);
    });

    it('sends nothing more once it is over', async () => {
      const { chain, asked, first, nowMs } = await sending();
      const over = { state: 'refused', refusal: { code: 'ecom:Payment/61', message: '' } } as const;
      expect(await recordPart(chain.office, asked.refundId, 1, first, over)).toBe(true);
      const again = { state: 'sending', sending: leaving(first, nowMs, 'ecom') } as const;
      expect(await recordPart(chain.office, asked.refundId, 1, first, again)).toBe(false);
    });
  });

  it('goods that come back with two registers of a store and one of another at the same moment come back once', async () => {
    const chain = await aChain();
    const [nord, second, syd] = [await chain.register('nord'), await chain.register('nord', '2'), await chain.register('syd')];
    const sold = await nord.sell(THREE);
    await nord.report();
    const beside = await chain.beside();
    second.url = beside.server.url;
    const all = await Promise.all([nord, second, syd].map((register) => refunds(register, wish(register, sold.orderId, [[1, 3_000]]))));
    expect(all.map(({ state }) => state).sort()).toEqual(['done', 'refused', 'refused']);
    expect(atProvider(chain, sold)).toEqual({ refundedOre: 30_000, refunds: 1 });
  });
});

/** All of them at one moment: each comes to its lock while somebody else holds the rows of a table. */
async function together({ store }: Office, table: 'registers' | 'payments', begin: () => readonly Promise<unknown>[]) {
  let all: readonly Promise<unknown>[] = [];
  await store.db.transaction().execute(async (tx) => {
    await tx.selectFrom(table).select('register_no').modifyEnd(store.forUpdate).execute();
    all = begin();
    // A rejection is looked at below.
    for (const each of all) each.catch(() => undefined);
    if (store.kind === 'postgres') await until(async () => (await waiting(store.db)) >= all.length);
  });
  return Promise.allSettled(all);
}

/** How many wait for a lock. */
async function waiting(db: Office['store']['db']): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db);
  return rows[0]?.n ?? 0;
}
