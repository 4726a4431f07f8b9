/** Journals that fit their hashes and hold what no register writes: a stolen key, a defect. They spoil nothing for anybody else. */
import { describe, expect, it } from 'vitest';
import { orderAnswer, searchAnswer } from '../../../app/refund/contract.ts';
import { asks, orderOf, refunds, TWO_STORES, wish } from './refund-wishes.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';
import type { Sold, TestRegister } from './test-register.ts';

const THREE = [{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }];
const NUL = String.fromCharCode(0);

const LINE = {
  lineId: 'l1',
  articleNumber: '1',
  ean: null,
  name: 'Vare 1',
  groupId: 'g',
  groupName: 'Gruppe',
  unit: 'stk',
  weighed: false,
  quantityMilli: 1_000,
  unitPriceOre: 10_000,
  vatBasisPoints: 2_500,
  discount: null,
  depositForLineId: null,
  fixedGrossOre: null,
};
const TENDER = { kind: 'cash', tenderId: 't1', amountOre: 10_000, roundingOre: 0, receivedOre: 10_000, changeOre: 0 };

interface Oddity {
  readonly line?: object;
  readonly tender?: object;
  readonly saleId?: unknown;
  readonly saleNumber?: unknown;
}

/** A sale as nobody rings it up. */
function writeOdd(register: TestRegister, { line = {}, tender = {}, saleId = 'odd', saleNumber = 900 }: Oddity): void {
  const events = [
    { type: 'sale.opened', version: 1, payload: { saleId, saleNumber } },
    { type: 'sale.line-added', version: 1, payload: { saleId, line: { ...LINE, ...line } } },
    { type: 'sale.tender-added', version: 1, payload: { saleId, tender: { ...TENDER, ...tender } } },
    {
      type: 'sale.completed',
      version: 1,
      series: 'sale',
      amounts: { inclVatOre: 10_000, exclVatOre: 8_000 },
      payload: { saleId, totalOre: 10_000, vatOre: 2_000, roundingOre: 0 },
    },
  ];
  register.write(events as never);
}

/** The alarms that there are, which nobody needs afterwards. */
async function alarmsOf({ office }: TestChain): Promise<readonly string[]> {
  const rows = await office.store.db.selectFrom('alarms').select('what').orderBy('alarm_no').execute();
  await office.store.db.deleteFrom('alarms').execute();
  return [...new Set(rows.map(({ what }) => what))];
}
const refundsOf = ({ office }: TestChain) => office.store.db.selectFrom('refunds').selectAll().execute();

const ODDITIES: readonly (readonly [string, Oddity])[] = [
  ['a name with a NUL in it', { line: { name: `Vare${NUL}1` } }],
  ['a name that is a number', { line: { name: 5 } }],
  ['a name of megabytes', { line: { name: 'x'.repeat(1_000_000) } }],
  ['a price below zero', { line: { unitPriceOre: -10_000 } }],
  ['a price that is a text', { line: { unitPriceOre: '10000' } }],
  ['an amount beyond all money', { line: { quantityMilli: Number.MAX_SAFE_INTEGER, unitPriceOre: 1_000_000 } }],
  ['a quantity below zero', { line: { quantityMilli: -1_000 } }],
  ['a way to pay that nobody knows', { tender: { kind: 'gold' } }],
  ['a payment below zero', { tender: { amountOre: -10_000 } }],
  ['a sale’s number that is a text', { saleNumber: '900; --' }],
  ['a sale’s number beyond all counting', { saleNumber: Number.MAX_SAFE_INTEGER }],
  ['a sale’s id with a NUL in it', { saleId: `odd${NUL}` }],
  ['a sale’s id that is a list', { saleId: ['odd'] }],
];

type Returned = Record<string, unknown> & { readonly order: object; readonly lines: object[] };

/** What `takeBack` writes, and one thing other than it is. */
function tellsOdd(register: TestRegister, sold: Sold, change: (returned: Returned) => void): void {
  const write = register.write.bind(register);
  register.write = (events) => {
    const odd = structuredClone(events) as unknown as { readonly type: string; readonly payload: { readonly returned: Returned } }[];
    for (const { type, payload } of odd) if (type === 'sale.return-added') change(payload.returned);
    write(odd as never);
  };
  register.takeBack(register.newRefundId(), sold, { quantityMilli: 1_000, amountOre: 10_000 });
  register.write = write;
}

const ODD_RETURNS: readonly (readonly [string, (returned: Returned) => void])[] = [
  ['another register’s id', (returned) => Object.assign(returned, { returnId: 'syd-1-abcd-7' })],
  ['an id that is none', (returned) => Object.assign(returned, { returnId: '=1+1;\nx' })],
  ['a quantity below zero', ({ lines }) => Object.assign(lines[0] ?? {}, { quantityMilli: -2_000 })],
  ['an amount below zero', ({ lines }) => Object.assign(lines[0] ?? {}, { amountOre: -10_000 })],
  ['the same line twice', ({ lines }) => lines.push({ ...lines[0] })],
  ['more money than goods', ({ lines }) => Object.assign(lines[0] ?? {}, { amountOre: 9_000 })],
  ['a NUL in its reason', (returned) => Object.assign(returned, { reason: `a${NUL}b` })],
];

onBothDatabases((newDatabase) => {
  async function aChain() {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const [nord, syd] = [await chain.register('nord', '1', false), await chain.register('syd', '1', false)];
    return { chain, nord, syd };
  }

  it('sales that cannot be are kept and are an alarm each; their journal goes on, and others search as before', async () => {
    const { chain, nord, syd } = await aChain();
    for (const [index, [what, oddity]] of ODDITIES.entries()) {
      writeOdd(syd, { saleId: `odd-${index}`, saleNumber: 900 + index, ...oddity });
      const after = await syd.sell(THREE, 'none');
      await syd.report();
      expect([what, await alarmsOf(chain)]).toEqual([what, [expect.stringMatching(/^journal\.(?:impossible|not-understood)$/)]]);
      const found = await nord.call('/v1/orders/search', { by: 'date', date: '2026-11-21' });
      expect([what, searchAnswer.parse(found.body).orders[0]]).toMatchObject([what, { orderId: after.orderId }]);
      expect(orderAnswer.parse(await orderOf(nord, after.orderId))).toMatchObject({ totalOre: 30_000 });
      chain.clock.atMs += 1_000;
    }
    expect((await chain.office.store.db.selectFrom('orders').select('order_id').execute()).length).toBe(ODDITIES.length);
  });

  it('an entry of a time that no calendar has is refused in a sentence; one of 1970, or of years ahead, is a register whose clock is wrong', async () => {
    const { chain, nord, syd } = await aChain();
    for (const atMs of [0, Date.UTC(2061, 1, 1)]) {
      chain.clock.atMs = atMs;
      const register = atMs === 0 ? nord : syd;
      const sold = await register.sell(THREE, 'none');
      await register.report();
      expect(await orderOf(register, sold.orderId)).toMatchObject({ totalOre: 30_000 });
    }
    const [first] = nord.entries();
    for (const atMs of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, -8.64e15, 8.64e15, 2 ** 53, 1.5, '0']) {
      const answer = await nord.call('/v1/journal', { entries: [{ ...first, atMs }] });
      expect([atMs, answer]).toMatchObject([
        atMs,
        { status: 400, body: { code: 'bad-request', message: expect.stringContaining('atMs') } },
      ]);
    }
    for (const seq of [2 ** 53, -1, 0, 1.5, '1', null]) {
      expect(await nord.call('/v1/journal', { entries: [{ ...first, seq }] })).toMatchObject({
        status: 400,
        body: { code: 'bad-request' },
      });
    }
    expect(await nord.call('/v1/journal', { entries: [{ ...first, seq: Number.MAX_SAFE_INTEGER }] })).toMatchObject({ status: 422 });
  });

  describe('a return that a journal tells of', () => {
    /** Goods of `nord`, two of three of which have come back. */
    async function aSale() {
      const { chain, nord, syd } = await aChain();
      const sold = await nord.sell(THREE, 'none');
      await nord.report();
      expect(await refunds(nord, wish(nord, sold.orderId, [[1, 2_000]]))).toMatchObject({ state: 'done' });
      return { chain, nord, syd, sold };
    }

    it('of another store’s goods, which head office was not asked for, is taken in and is an alarm', async () => {
      const { chain, nord, syd, sold } = await aSale();
      // Nor does it say which money that was: the order does.
      tellsOdd(syd, sold, ({ order }) => void Object.assign(order, { currency: '=cmd|;\n9' }));
      await syd.report();
      expect((await orderOf(nord, sold.orderId)).lines).toMatchObject([{ returnedMilli: 3_000 }]);
      expect(await alarmsOf(chain)).toEqual(['return.not-asked']);
      expect((await refundsOf(chain)).map(({ currency }) => currency)).toEqual(['NOK', 'NOK']);
    });

    it('that cannot be is not taken in, and is an alarm: nothing comes free of it, and no other register’s id is used up', async () => {
      const { chain, nord, syd, sold } = await aSale();
      for (const [what, change] of ODD_RETURNS) {
        tellsOdd(nord, sold, change);
        await nord.report();
        expect([what, await alarmsOf(chain)]).toEqual([what, ['journal.impossible']]);
        expect((await orderOf(nord, sold.orderId)).lines).toMatchObject([{ returnedMilli: 2_000, takenOre: 20_000 }]);
      }
      expect(await refundsOf(chain)).toHaveLength(1);
      expect((await asks(syd, { ...wish(syd, sold.orderId), refundId: 'syd-1-abcd-7' })).body).toMatchObject({ state: 'reserved' });
    });
  });
});
