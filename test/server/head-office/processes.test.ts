/** Several head offices, each a process of its own, on one PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { nodeClock } from '../../../hardware/clock/node-clock.ts';
import { openStore, StoreVersionError } from '../../../server/head-office/store/store.ts';
import { newVaultKey } from '../../../server/head-office/vault.ts';
import { type RunningPostgres, startPostgres } from '../../support/postgres.ts';
import { asks, atProvider, confirms, orderOf, TWO_STORES, wish } from './refund-wishes.ts';
import { serve } from './running-head-office.ts';
import { startChain, type TestClock } from './test-chain.ts';

let postgres: RunningPostgres | null = null;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(async () => postgres?.stop());

async function newDatabase(): Promise<string> {
  if (postgres === null) throw new Error('PostgreSQL has not started');
  return postgres.createDatabase();
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tillit-processes-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The processes' own clock. */
const now: TestClock = {
  ...nodeClock,
  get atMs() {
    return nodeClock.nowMs();
  },
};

describe('two processes on one PostgreSQL', () => {
  it('start at the same moment on an empty database, and both serve', async () => {
    const environment = { DATABASE_URL: await newDatabase(), TILLIT_HEAD_OFFICE_KEY: newVaultKey() };
    const [one, other] = await Promise.all([serve(folder(), environment), serve(folder(), environment)]);
    expect([one.database, other.database]).toEqual(['postgres', 'postgres']);
    expect(await (await fetch(`${other.api}/health`)).json()).toEqual({ ok: true });
    expect(await one.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(await other.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('give out the same goods once, however many ask at either of them at once', async () => {
    const url = await newDatabase();
    const key = newVaultKey();
    const chain = await startChain({ url }, TWO_STORES, now, key);
    const environment = { DATABASE_URL: url, TILLIT_HEAD_OFFICE_KEY: key };
    const [one, other] = await Promise.all([serve(folder(), environment), serve(folder(), environment)]);
    const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
    [nord.url, syd.url] = [one.api, other.api];
    const sold = await nord.sell([{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }]);
    await nord.report();
    const wishes = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? nord : syd)).map((register) => ({
      register,
      asked: wish(register, sold.orderId),
    }));
    const answers = await Promise.all(
      wishes.map(async ({ register, asked }) => {
        const { body } = await asks(register, asked);
        return body.state === 'reserved' ? (await confirms(register, asked.refundId)).body : body;
      }),
    );
    expect(answers.filter(({ state }) => state === 'done')).toHaveLength(3);
    expect(answers.filter(({ code }) => code === 'nothing-left')).toHaveLength(7);
    expect(atProvider(chain, sold)).toEqual({ refundedOre: 30_000, refunds: 3 });
  });

  it('when one is killed in the middle of a refund, the other has kept every promise: nothing is free, and nothing is lost', async () => {
    const url = await newDatabase();
    const key = newVaultKey();
    const chain = await startChain({ url }, TWO_STORES, now, key);
    const environment = { DATABASE_URL: url, TILLIT_HEAD_OFFICE_KEY: key };
    const [one, other] = await Promise.all([serve(folder(), environment), serve(folder(), environment)]);
    const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
    [nord.url, syd.url] = [other.api, one.api];
    const sold = await nord.sell([{ articleNumber: '1', priceOre: 10_000 }]);
    await nord.report();
    chain.sandbox.control.addFault({ kind: 'latency', route: 'refund', ms: 60_000, afterEffect: true });
    const asked = wish(syd, sold.orderId);
    await asks(syd, asked);
    const cut = confirms(syd, asked.refundId).catch(() => null);
    await expect.poll(() => atProvider(chain, sold).refunds, { timeout: 20_000 }).toBe(1);
    await one.kill();
    await cut;
    syd.url = other.api;
    expect((await syd.call('/v1/refunds/state', { refundId: asked.refundId })).body).toMatchObject({ state: 'unknown' });
    expect((await asks(nord, wish(nord, sold.orderId))).body).toMatchObject({ state: 'refused', code: 'nothing-left' });
    // The dead process's lease ends by itself; here nobody waits for it.
    await chain.office.store.db.updateTable('refunds').set({ leased_until_ms: 0 }).execute();
    await expect.poll(async () => (await orderOf(nord, sold.orderId)).lines[0]?.returnedMilli, { timeout: 20_000 }).toBe(1_000);
    expect(atProvider(chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
  });
});

describe('a database', () => {
  it('of a newer version is not touched, and the sentence says so', async () => {
    const url = await newDatabase();
    const store = await openStore({ url });
    await store.db
      .insertInto('kysely_migration' as never)
      .values({ name: '9999-later', timestamp: '2030-01-01T00:00:00.000Z' } as never)
      .execute();
    await store.close();
    await expect(openStore({ url })).rejects.toThrow(StoreVersionError);
  });
});
