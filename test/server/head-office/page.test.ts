/** Head office's page over real HTTP: what people see, and what managers do. */
import { describe, expect, it } from 'vitest';
import type { PageRequest } from '../../../app/head-office/page-contract.ts';
import { personAt, sampleChain } from './page-person.ts';
import { atProvider, orderOf } from './refund-wishes.ts';
import { onBothDatabases } from './test-chain.ts';

const DAY = { fromDate: '2026-11-21', toDate: '2026-11-21' };

onBothDatabases((newDatabase) => {
  describe('what people see', () => {
    it('first is what needs somebody: alarms, what is reserved, registers that are silent', async () => {
      const { chain } = await sampleChain(await newDatabase());
      const kari = await personAt(chain, 'reader');
      const { body } = await kari.ask('overview', {});
      expect(body).toMatchObject({ openAlarms: 1, reserved: { count: 1 }, sending: { count: 0, oldestMs: null }, stores: 2, registers: 2 });
      expect(body.alarms).toMatchObject([
        { what: 'journal.bad-entry', times: 2, closed: null, register: { storeId: 'nord', storeName: 'Butikken nord', registerId: '1' } },
      ]);
      expect(body.silent).toEqual([]);
      chain.clock.atMs += 25 * 3_600_000;
      const later = await personAt(chain, 'reader');
      expect((await later.ask('overview', {})).body.silent.map(({ storeId }) => storeId)).toEqual(['nord', 'syd']);
    });

    it('a register shows its key, its software, and how far behind its journal is', async () => {
      const { chain, nord } = await sampleChain(await newDatabase());
      const kari = await personAt(chain, 'reader');
      await nord.sell([{ articleNumber: '1', priceOre: 100 }], 'none');
      const entries = nord.entries();
      const { body: registered } = await nord.call<{ position: { seq: number } }>('/v1/register');
      const from = registered.position.seq;
      await nord.call('/v1/journal', { entries: entries.slice(from, from + 1), newestSeq: entries.length });
      const { body } = await kari.ask('stores', {});
      expect(body.stores.map(({ storeId, unit }) => [storeId, unit?.way])).toEqual([
        ['nord', 'store'],
        ['syd', 'store'],
      ]);
      expect(body.stores[0]?.registers).toMatchObject([
        { registerId: '1', key: 'active', software: 'tillit-test', confirmedSeq: from + 1, behind: entries.length - from - 1, alarms: 1 },
      ]);
      expect(body.stores[1]?.registers).toMatchObject([{ behind: null, alarms: 0 }]);
      expect((await kari.ask('stores', { find: 'SYD' })).body.stores.map(({ storeId }) => storeId)).toEqual(['syd']);
      expect((await kari.ask('store', { storeId: 'ost' })).status).toBe(404);
    });

    it('an order is shown as it was sold, with its place in the journal and everything that has come back', async () => {
      const { chain, nord, split, refundIds } = await sampleChain(await newDatabase());
      const kari = await personAt(chain, 'reader');
      const search = { by: 'reference', reference: split.reference ?? '' } as const;
      const found = await kari.ask('orders', search);
      expect(found.body.orders.map(({ orderId }) => orderId)).toEqual([split.orderId]);
      const { body } = await kari.ask('order', { orderId: split.orderId });
      expect(body).toMatchObject(await orderOf(nord, split.orderId));
      expect(body.refunds.map(({ refundId, state }) => [refundId, state])).toEqual([[refundIds.split, 'done']]);
      const completed = nord.entries().find((entry) => entry.type === 'sale.completed');
      expect(body.journal).toEqual({ epoch: nord.journal.epoch, seq: completed?.seq });
      expect(body.operator).toBe('kari');
    });

    it('refunds are found by store, day and state, and come a page at a time', async () => {
      const { chain, refundIds } = await sampleChain(await newDatabase());
      const kari = await personAt(chain, 'reader');
      const list = async (filter: PageRequest<'refunds'>) =>
        (await kari.ask('refunds', filter)).body.refunds.map(({ refundId }) => refundId);
      expect(await list({})).toEqual([refundIds.reserved, refundIds.own, refundIds.vipps, refundIds.split]);
      expect(await list({ state: 'done', refundedBy: 'syd' })).toEqual([refundIds.vipps, refundIds.split]);
      expect(await list({ soldBy: 'syd' })).toEqual([]);
      expect(await list({ ...DAY, state: 'reserved' })).toEqual([refundIds.reserved]);
      expect(await list({ fromDate: '2026-11-22' })).toEqual([]);
      // More than a page, all of one moment.
      const { db } = chain.office.store;
      const row = await db.selectFrom('refunds').selectAll().where('refund_id', '=', refundIds.own).executeTakeFirstOrThrow();
      const many = Array.from({ length: 60 }, (_, index) => ({ ...row, refund_id: `nord-1-abcd-${index + 1}` }));
      await db.insertInto('refunds').values(many).execute();
      const first = (await kari.ask('refunds', {})).body;
      const second = (await kari.ask('refunds', first.next === null ? {} : { after: first.next })).body;
      expect([first.refunds.length, second.refunds.length, second.next]).toEqual([50, 14, null]);
      expect(new Set([...first.refunds, ...second.refunds].map(({ refundId }) => refundId)).size).toBe(64);
    });

    it("a refund tells its whole story: when, where, who, why, and the provider's word for a no", async () => {
      const { chain, nord, refundIds } = await sampleChain(await newDatabase());
      const kari = await personAt(chain, 'reader');
      const { body } = await kari.ask('refund', { refundId: refundIds.split });
      expect(body).toMatchObject({
        state: 'done',
        reason: 'angrer',
        operator: 'ola',
        refundedBy: { storeId: 'syd', registerId: '1' },
        soldBy: { storeId: 'nord' },
        lines: [{ quantityMilli: 3_000, amountOre: 30_000 }],
        parts: [
          { kind: 'vipps', amountOre: 12_000, state: 'done', providerCode: null },
          { kind: 'cash', amountOre: 18_000, state: 'done' },
        ],
      });
      expect(body.deeds.map(({ what, operator, register }) => [what, operator, register?.storeName ?? null])).toEqual([
        ['refund.reserved', 'ola', 'Butikken syd'],
        ['refund.confirmed', 'ola', 'Butikken syd'],
        ['refund.part-done', null, null],
        ['refund.done', null, null],
      ]);
      chain.sandbox.control.addFault({ kind: 'refused', route: 'refund', code: 'Payment/95' });
      const sold = await nord.sell([{ articleNumber: '1', priceOre: 100 }]);
      await nord.report();
      const refundId = nord.newRefundId();
      const asked = {
        orderId: sold.orderId,
        lines: [{ lineNo: 1, quantityMilli: 1_000 }],
        reason: 'feil',
        operator: 'ola',
        approvedBy: 'sjef',
      };
      await nord.call('/v1/refunds', { refundId, ...asked });
      await nord.call('/v1/refunds/confirm', { refundId });
      const refused = (await kari.ask('refund', { refundId })).body;
      expect(refused).toMatchObject({
        state: 'refused',
        code: 'provider-refused',
        approvedBy: 'sjef',
        parts: [{ providerCode: expect.stringContaining('Payment/95') }],
      });
      expect(refused.deeds.map(({ what, code }) => [what, code])).toContainEqual([
        'refund.part-refused',
        expect.stringContaining('Payment/95'),
      ]);
    });
  });

  describe('the settlement between stores', () => {
    it('adds up to what was refunded for others, here, in the file and at the provider', async () => {
      const { chain, vipps, split, refundIds } = await sampleChain(await newDatabase());
      const kari = await personAt(chain, 'reader');
      const { body } = await kari.ask('settlement', DAY);
      const sums = { currency: 'NOK', refunds: 2, amountOre: 40_000, vippsOre: 22_000, handedOutOre: 18_000 };
      expect(body.pairs).toEqual([
        { ...sums, refundedBy: { storeId: 'syd', storeName: 'Butikken syd' }, soldBy: { storeId: 'nord', storeName: 'Butikken nord' } },
      ]);
      expect(body.sums).toEqual([sums]);
      expect(body.owed).toMatchObject([{ from: { storeId: 'nord' }, to: { storeId: 'syd' }, amountOre: 18_000 }]);
      const rows = (await kari.ask('settled', { ...DAY, refundedBy: 'syd', soldBy: 'nord', currency: 'NOK' })).body.refunds;
      expect(rows.map(({ refundId, amountOre, receiptNumber }) => [refundId, amountOre, receiptNumber])).toEqual([
        [refundIds.split, 30_000, split.receiptNumber],
        [refundIds.vipps, 10_000, vipps.receiptNumber],
      ]);
      const own = 10_000;
      expect(atProvider(chain, split).refundedOre + atProvider(chain, vipps).refundedOre).toBe(sums.vippsOre + own);
      const file = await kari.send('/page/settlement.csv?from=2026-11-21&to=2026-11-21');
      expect(file.headers.get('content-disposition')).toContain('settlement-2026-11-21-2026-11-21.csv');
      const lines = (await file.text()).trimEnd().split('\n').slice(1);
      expect(lines.reduce((sum, line) => sum + Number(line.split(';')[6]), 0)).toBe(sums.amountOre);
    });

    it('is what the journals of the stores that refunded say', async () => {
      const { chain, syd, split, vipps, refundIds } = await sampleChain(await newDatabase());
      const kari = await personAt(chain, 'reader');
      syd.takeBack(refundIds.split, split, { quantityMilli: 3_000, amountOre: 30_000 });
      syd.takeBack(refundIds.vipps, vipps, { quantityMilli: 1_000, amountOre: 10_000, way: 'vipps' });
      await syd.report();
      const journaled = syd.entries().reduce((sumOre, { type, payload }) => {
        const { returned } = payload as { readonly returned?: { readonly amountOre: number } };
        return type === 'sale.return-added' ? sumOre + (returned?.amountOre ?? 0) : sumOre;
      }, 0);
      expect((await kari.ask('settlement', DAY)).body.sums).toMatchObject([{ refunds: 2, amountOre: journaled }]);
      expect((await kari.ask('overview', {})).body.openAlarms).toBe(1);
    });

    it('counts whole days of head office’s own clock, and refuses a period that ends before it begins', async () => {
      const { chain, refundIds } = await sampleChain(await newDatabase());
      const kari = await personAt(chain, 'reader');
      const endedMs = Date.UTC(2026, 10, 20, 23, 30);
      await chain.office.store.db.updateTable('refunds').set({ ended_ms: endedMs }).where('refund_id', '=', refundIds.vipps).execute();
      expect((await kari.ask('settlement', DAY)).body.sums[0]?.amountOre).toBe(40_000);
      expect((await kari.ask('settlement', { fromDate: '2026-11-20', toDate: '2026-11-20' })).body.pairs).toEqual([]);
      expect(await kari.ask('settlement', { fromDate: '2026-11-21', toDate: '2026-11-20' })).toMatchObject({ status: 400 });
    });
  });

  describe('a manager', () => {
    it('lets a register in with a code, and takes its key back', async () => {
      const { chain, syd } = await sampleChain(await newDatabase());
      const sjef = await personAt(chain, 'manager', 'sjef');
      const { body } = await sjef.ask('make-code', { storeId: 'syd', registerId: '2' });
      const keyOf = async (registerId: string) =>
        (await sjef.ask('store', { storeId: 'syd' })).body.registers.find((register) => register.registerId === registerId)?.key;
      expect(await keyOf('2')).toBe('waiting');
      const enrolled = await syd.call<{ storeId: string; registerId: string }>('/v1/enrol', { code: body.code, software: 'tillit-test' });
      expect(enrolled.body).toMatchObject({ storeId: 'syd', registerId: '2' });
      expect(await keyOf('2')).toBe('active');
      expect((await sjef.ask('revoke', { storeId: 'syd', registerId: '1' })).status).toBe(200);
      expect(await keyOf('1')).toBe('revoked');
      expect((await syd.call('/v1/register')).status).toBe(401);
      expect(await sjef.ask('revoke', { storeId: 'syd', registerId: '9' })).toMatchObject({
        status: 404,
        body: { code: 'unknown-register' },
      });
      expect(await sjef.ask('make-code', { storeId: 'vest', registerId: '1' })).toMatchObject({
        status: 404,
        body: { code: 'unknown-store' },
      });
    });

    it('frees what a register left reserved, and nothing that was sent', async () => {
      const { chain, refundIds } = await sampleChain(await newDatabase());
      const sjef = await personAt(chain, 'manager', 'sjef');
      expect((await sjef.ask('open', {})).body.refunds.map(({ refundId }) => refundId)).toEqual([refundIds.reserved]);
      expect((await sjef.ask('withdraw', { refundId: refundIds.reserved, why: 'Kunden gikk.' })).status).toBe(200);
      expect((await sjef.ask('open', {})).body.refunds).toEqual([]);
      expect(await sjef.ask('withdraw', { refundId: refundIds.split, why: 'feil' })).toMatchObject({
        status: 409,
        body: { code: 'already-sent' },
      });
      const { deeds } = (await sjef.ask('refund', { refundId: refundIds.reserved })).body;
      expect(deeds.at(-1)).toMatchObject({ what: 'refund.withdrawn', operator: 'sjef', register: null, why: 'Kunden gikk.' });
    });

    it('closes an alarm once, with a word about it', async () => {
      const { chain } = await sampleChain(await newDatabase());
      const sjef = await personAt(chain, 'manager', 'sjef');
      const alarmNo = (await sjef.ask('alarms', { closed: false })).body.alarms[0]?.alarmNo ?? 0;
      expect((await sjef.ask('close-alarm', { alarmNo, note: 'Sett på med butikken.' })).status).toBe(200);
      expect((await sjef.ask('alarms', { closed: false })).body.alarms).toEqual([]);
      expect((await sjef.ask('alarms', { closed: true })).body.alarms).toMatchObject([
        { alarmNo, closed: { by: 'sjef', note: 'Sett på med butikken.' } },
      ]);
      expect(await sjef.ask('close-alarm', { alarmNo, note: 'en gang til' })).toMatchObject({
        status: 409,
        body: { code: 'closed-already' },
      });
      expect(await sjef.ask('close-alarm', { alarmNo: 999, note: 'hva?' })).toMatchObject({ status: 404, body: { code: 'unknown-alarm' } });
    });

    it('is on record with every act', async () => {
      const { chain, refundIds } = await sampleChain(await newDatabase());
      const sjef = await personAt(chain, 'manager', 'sjef');
      await sjef.ask('make-code', { storeId: 'syd', registerId: '2' });
      await sjef.ask('revoke', { storeId: 'syd', registerId: '2' });
      await sjef.ask('withdraw', { refundId: refundIds.reserved, why: 'Kunden gikk.' });
      await sjef.ask('close-alarm', { alarmNo: 1, note: 'sett' });
      const deeds = await chain.office.store.db
        .selectFrom('audit')
        .select('what')
        .where('operator', '=', 'sjef')
        .orderBy('audit_no')
        .execute();
      expect(deeds.map(({ what }) => what)).toEqual([
        'person.signed-in',
        'register.code-made',
        'register.revoked',
        'refund.withdrawn',
        'alarm.closed',
      ]);
    });
  });
});
