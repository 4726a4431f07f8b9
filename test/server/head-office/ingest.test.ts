/** The registers' journals arriving at head office: whole, in pieces, twice, forged. On both databases. */
import { request } from 'node:http';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Entry } from '../../../app/journal/entry.ts';
import type { Office } from '../../../server/head-office/office.ts';
import { epochTables, POSTGRES, SQLITE } from '../../../server/head-office/store/schema.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';
import type { TestRegister } from './test-register.ts';

const STORES = [
  { storeId: 'nord', msn: '100001' },
  { storeId: 'syd', msn: '100002' },
] as const;

const sends = (register: TestRegister, entries: readonly unknown[]) => register.call<Record<string, unknown>>('/v1/journal', { entries });

const INDEX = ['entries', 'orders', 'order_lines', 'order_tenders', 'payments', 'unfinished', 'epochs'] as const;

/** Everything that head office has made of the journals, in an order of its own. */
async function indexOf({ store }: Office): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of INDEX) {
    const { rows } = await sql<object>`SELECT * FROM ${sql.table(table)}`.execute(store.db);
    tables[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return tables;
}

async function forget({ store }: Office): Promise<void> {
  for (const table of INDEX) await sql`DELETE FROM ${sql.table(table)}`.execute(store.db);
  await sql`UPDATE registers SET seq = 0, epoch = '', hash = ${'0'.repeat(64)}`.execute(store.db);
}

const alarmsOf = async ({ office }: TestChain) =>
  (await office.store.db.selectFrom('alarms').select('what').orderBy('alarm_no').execute()).map(({ what }) => what);

/** Three sales: one by Vipps, one in two ways, one by cash; and one that is still open. */
async function aDay(register: TestRegister): Promise<void> {
  await register.sell([{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }]);
  await register.sell(
    [
      { articleNumber: '2', priceOre: 4_990 },
      { articleNumber: '1', priceOre: 10_000 },
    ],
    9_000,
  );
  await register.sell([{ articleNumber: '3', priceOre: 2_000 }], 'none');
  register.write([{ type: 'sale.opened', version: 1, payload: { saleId: 'open', saleNumber: 1_000 } }]);
}

onBothDatabases((newDatabase) => {
  describe('a journal', () => {
    it('of nobody is refused before it has been read', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const asked = request(`${chain.server.url}/v1/journal`, {
        method: 'POST',
        headers: { authorization: 'Bearer tr_nobody', 'content-type': 'application/json', 'content-length': 4_000_000 },
      });
      onTestFinished(() => void asked.destroy());
      // The rest of what it announces never comes.
      asked.write('{"entries":[');
      const answered = await new Promise<number | undefined>((resolve, reject) => {
        asked.on('response', (response) => resolve(response.statusCode));
        asked.on('error', reject);
      });
      expect(answered).toBe(401);
    });

    it('becomes the orders that were sold, confirmed up to its last entry', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord', '1', false);
      await aDay(nord);
      const entries = nord.entries();
      const answer = await sends(nord, entries);
      expect(answer).toEqual({ status: 200, body: { confirmedSeq: entries.length, hash: entries.at(-1)?.hash } });
      const { orders = [], order_lines = [], order_tenders = [], payments = [], unfinished = [] } = await indexOf(chain.office);
      expect([orders, order_lines, order_tenders, payments, unfinished].map(({ length }) => length)).toEqual([3, 4, 4, 2, 1]);
      expect(await alarmsOf(chain)).toEqual([]);
    });

    it('comes to the same in any pieces, in any order, with any of them lost, repeated or cut off', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord', '1', false);
      await aDay(nord);
      const entries = nord.entries();
      await sends(nord, entries);
      const whole = await indexOf(chain.office);
      const piece = fc.tuple(fc.nat({ max: entries.length - 1 }), fc.integer({ min: 1, max: 12 }), fc.boolean());
      await fc.assert(
        fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
          await forget(chain.office);
          for (const [from, length, twice] of pieces) {
            const batch = entries.slice(from, from + length);
            const answers = await Promise.all(twice ? [sends(nord, batch), sends(nord, batch)] : [sends(nord, batch)]);
            for (const { status, body } of answers) {
              // Either it is safe up to there, or a hole is before it and it is said from where to go on.
              if (status === 200) expect(body.confirmedSeq).toBeGreaterThanOrEqual(batch.at(-1)?.seq ?? 0);
              else expect(body).toMatchObject({ code: 'gap', confirmedSeq: expect.any(Number) });
            }
          }
          await nord.report();
          expect(await indexOf(chain.office)).toEqual(whole);
        }),
        { numRuns: 15, seed: 20_261_121 },
      );
      expect(await alarmsOf(chain)).toEqual([]);
    });

    it('of two registers at once, in two processes of one register, stays two journals', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const [nord, syd] = [await chain.register('nord', '1', false), await chain.register('syd', '1', false)];
      await Promise.all([aDay(nord), aDay(syd)]);
      await Promise.all([nord, syd, nord, syd].map((register) => sends(register, register.entries())));
      const { orders = [], entries = [] } = await indexOf(chain.office);
      expect(orders).toHaveLength(6);
      expect(entries).toHaveLength(nord.entries().length + syd.entries().length);
    });

    it('goes on in a new epoch after a move to another machine', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord', '1', false);
      await aDay(nord);
      await nord.report();
      nord.journal.startEpoch('moved');
      await nord.sell([{ articleNumber: '1', priceOre: 10_000 }]);
      await nord.report();
      const { body } = await nord.call<{ position: unknown }>('/v1/register');
      expect(body.position).toMatchObject({ epoch: nord.journal.epoch, seq: nord.journal.head().seq });
    });
  });

  describe('a register that was restored from a backup', () => {
    it('gets back what it had lost, and goes on as if nothing had happened', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord', '1', false);
      await nord.sell([{ articleNumber: '1', priceOre: 10_000 }]);
      const backup = nord.journal.head();
      await nord.sell([{ articleNumber: '2', priceOre: 20_000 }]);
      await nord.report();
      const answer = await nord.call<{ entries: readonly Entry[] }>('/v1/journal/read', { fromSeq: backup.seq + 1 });
      expect(answer.body.entries).toEqual(nord.entries(backup.seq + 1));
      expect(answer.body.entries[0]?.prevHash).toBe(backup.hash);
      const page = await nord.call<{ entries: readonly Entry[] }>('/v1/journal/read', { fromSeq: 3, most: 4 });
      expect(page.body.entries.map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
    });

    it('gets back entries as they were kept before, as JSON with the payload as a text in it', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord', '1', false);
      await nord.sell([{ articleNumber: '1', priceOre: 10_000 }]);
      await nord.report();
      const [, second, third] = nord.entries();
      for (const entry of [second, third]) {
        if (entry === undefined) continue;
        const { payload, ...envelope } = entry;
        const body = JSON.stringify({ ...envelope, payloadText: JSON.stringify(payload) });
        await chain.office.store.db.updateTable('entries').set({ body }).where('seq', '=', entry.seq).execute();
      }
      const { body } = await nord.call<{ entries: readonly Entry[] }>('/v1/journal/read', { fromSeq: 1 });
      expect(body.entries).toEqual(nord.entries());
    });

    it('and has sold before it asked goes on from the backup; what it lost has happened all the same, and is an alarm', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord', '1', false);
      await nord.sell([{ articleNumber: '1', priceOre: 10_000 }]);
      nord.write([{ type: 'sale.opened', version: 1, payload: { saleId: 'open', saleNumber: 1_000 } }]);
      const restored = await nord.backup();
      const lost = await nord.sell([{ articleNumber: '2', priceOre: 20_000 }]);
      nord.write([{ type: 'sale.aborted', version: 1, payload: { saleId: 'open', totalOre: 0 } }]);
      await nord.report();
      restored.journal.startEpoch('restore');
      const again = await restored.sell([{ articleNumber: '3', priceOre: 30_000 }]);
      expect(await sends(restored, restored.entries())).toMatchObject({ status: 200, body: { confirmedSeq: restored.journal.head().seq } });
      expect(await alarmsOf(chain)).toEqual(['journal.restored-behind']);
      for (const { orderId } of [lost, again]) {
        expect((await nord.call('/v1/orders/read', { orderId })).body).toMatchObject({ orderId });
      }
      // The sale that was open at the backup is open again.
      expect((await indexOf(chain.office)).unfinished).toHaveLength(1);
      const kept = await restored.call<{ entries: readonly Entry[] }>('/v1/journal/read', { fromSeq: 1 });
      expect(kept.body.entries).toEqual(restored.entries());
      // The old machine, should it still be there, is not let in any more.
      await nord.sell([{ articleNumber: '4', priceOre: 40_000 }]);
      const from = restored.journal.head().seq;
      expect((await sends(nord, nord.entries(from + 1))).body).toMatchObject({ code: expect.stringMatching(/gap|broken-chain/) });
      await restored.sell([{ articleNumber: '5', priceOre: 50_000 }]);
      await restored.report();
      expect((await indexOf(chain.office)).orders).toHaveLength(4);
    });
  });

  describe('a batch that cannot be', () => {
    const batches: readonly (readonly [string, (entries: readonly Entry[]) => readonly unknown[], object, readonly string[]])[] = [
      ['begins after a hole', (entries) => entries.slice(6), { code: 'gap', confirmedSeq: 3 }, []],
      ['has a hole in it', (entries) => [entries[3], entries[5]], { code: 'gap' }, []],
      ['comes from the future', (entries) => [{ ...entries[3], seq: 1_000_000 }], { code: 'bad-entry' }, ['journal.bad-entry']],
      [
        'was changed on the way',
        (entries) => entries.slice(3).map((entry, index) => (index === 2 ? { ...entry, operator: 'ola' } : entry)),
        { code: 'bad-entry' },
        ['journal.bad-entry'],
      ],
      [
        'has a number with decimals in it',
        (entries) => [{ ...entries[3], payload: { totalOre: 1.001 } }],
        { code: 'bad-entry' },
        ['journal.bad-entry'],
      ],
      [
        'is of another form',
        (entries) => [{ ...entries[3], msn: '100001' }],
        { code: 'bad-request', message: expect.stringContaining('msn') },
        [],
      ],
    ];

    it.each(batches)('because it %s changes nothing, and the answer says what is wrong', async (_what, make, problem, alarms) => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord', '1', false);
      await aDay(nord);
      const entries = nord.entries();
      await sends(nord, entries.slice(0, 3));
      const before = await indexOf(chain.office);
      const answer = await sends(nord, make(entries));
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).toMatchObject(problem);
      expect(await indexOf(chain.office)).toEqual(before);
      expect(await alarmsOf(chain)).toEqual(alarms);
      expect((await sends(nord, entries)).status).toBe(200);
    });

    it('because another entry stands at its place is an alarm', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const [nord, copy] = [await chain.register('nord', '1', false), await chain.register('nord', '2', false)];
      await aDay(nord);
      await nord.report();
      // The same register started anew, under the same key: another journal with the same numbers.
      copy.key = nord.key;
      expect(await sends(copy, copy.entries())).toMatchObject({ status: 409, body: { code: 'other-entry' } });
      expect(await alarmsOf(chain)).toEqual(['journal.other-entry']);
    });

    it("because it is another register's journal is refused: the key says whose it is", async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const [nord, syd] = [await chain.register('nord', '1', false), await chain.register('syd', '1', false)];
      await aDay(nord);
      expect(await sends(syd, nord.entries())).toMatchObject({ status: 403, body: { code: 'not-this-register' } });
      expect((await indexOf(chain.office)).entries).toEqual([]);
      expect(await alarmsOf(chain)).toEqual(['journal.not-this-register']);
    });

    it("cannot make another store's payment its own", async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const [nord, syd] = [await chain.register('nord', '1', false), await chain.register('syd', '1', false)];
      const sold = await nord.sell([{ articleNumber: '1', priceOre: 10_000 }]);
      const order = { reference: sold.reference ?? '', amountOre: 10_000, currency: 'NOK', text: 'x' } as const;
      const paymentId = 'stolen';
      syd.write([
        { type: 'payment.planned', version: 1, payload: { paymentId, saleId: 's', attempt: 1, order } },
        { type: 'payment.captured', version: 1, payload: { paymentId, capturedOre: 10_000, transactionId: null, ask: false } },
      ]);
      await syd.report();
      expect((await indexOf(chain.office)).payments).toEqual([]);
      expect(await alarmsOf(chain)).toEqual(['journal.not-its-prefix']);
    });
  });

  it('a database that was made before epochs were noted is brought up to date', async () => {
    const chain = await startChain(await newDatabase(), STORES);
    const nord = await chain.register('nord', '1', false);
    await nord.sell([{ articleNumber: '1', priceOre: 10_000 }]);
    nord.journal.startEpoch('moved');
    await nord.report();
    const { epochs } = await indexOf(chain.office);
    const { db, kind } = chain.office.store;
    await sql`DROP TABLE epochs`.execute(db);
    for (const statement of epochTables(kind === 'sqlite' ? SQLITE : POSTGRES)) await sql.raw(statement).execute(db);
    expect(epochs).toHaveLength(2);
    expect((await indexOf(chain.office)).epochs).toEqual(epochs);
  });

  it('a payment pays one order: a second one that names it is an alarm', async () => {
    const chain = await startChain(await newDatabase(), STORES);
    const nord = await chain.register('nord', '1', false);
    const sold = await nord.sell([{ articleNumber: '1', priceOre: 10_000 }]);
    await nord.report();
    const saleId = 'again';
    const tender = { kind: 'vipps', tenderId: 't', amountOre: 10_000, reference: sold.reference ?? '', transactionId: null } as const;
    nord.write([
      { type: 'sale.opened', version: 1, payload: { saleId, saleNumber: 2 } },
      { type: 'sale.tender-added', version: 1, payload: { saleId, tender } },
      { type: 'sale.completed', version: 1, series: 'sale', payload: { saleId, totalOre: 0, vatOre: 0, roundingOre: 0 } },
    ]);
    await nord.report();
    expect(await alarmsOf(chain)).toEqual(['journal.paid-elsewhere']);
    const found = await nord.call<{ orders: { orderId: string }[] }>('/v1/orders/search', { by: 'reference', reference: sold.reference });
    expect(found.body.orders.map(({ orderId }) => orderId)).toEqual([sold.orderId]);
  });

  describe('entries that this program does not know', () => {
    it('are kept, and what comes after them is understood', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord', '1', false);
      nord.write([{ type: 'sale.from-a-later-version', version: 7, payload: { saleId: 's' } } as never]);
      nord.write([{ type: 'sale.line-removed', version: 1, payload: { saleId: 'never-opened', lineId: 'l' } }]);
      await aDay(nord);
      await nord.report();
      expect((await indexOf(chain.office)).orders).toHaveLength(3);
    });
  });
});
