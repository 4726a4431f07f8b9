import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EpaymentMerchant, startEpayment } from './epayment-merchant.ts';

interface Row {
  readonly entryType: string;
  readonly amount: number;
  readonly reference: string;
  readonly ledgerDate: string;
  readonly balanceBefore: number;
  readonly balanceAfter: number;
}

const dayMs = 86_400_000;
let shop: EpaymentMerchant;
const rows = async (path: string) => (await shop.merchant.send('GET', path)).json.items as unknown as Row[];
const short = (list: readonly Row[]) => list.map((row) => `${row.entryType} ${row.amount} ${row.reference}`);
const day = (offset: number) => new Date(Date.parse('2026-03-10T12:00:00Z') + offset * dayMs).toISOString().slice(0, 10);

beforeAll(async () => {
  shop = await startEpayment({
    nowMs: () => Date.parse('2026-03-10T12:00:00Z'),
    tokenLifetimeMs: 365 * dayMs,
    reportPageSize: 3,
    salesUnits: [{ msn: '123456' }, { msn: '654321', capture: 'direct' }],
  });
  for (const reference of ['ledger-one', 'ledger-two']) {
    await shop.create(reference);
    shop.control.customer('approve', reference);
    await shop.capture(reference, 10_000, 'k');
  }
  await shop.merchant.initiate('ledger-ecom', 20_000);
  shop.control.customer('approve', 'ledger-ecom');
  await shop.merchant.capture('ledger-ecom', 'k');
});
afterAll(() => shop.merchant.sandbox.close());

describe('the ledgers', () => {
  it('are those of the keys, each with the unit it settles for', async () => {
    const { json } = await shop.merchant.send('GET', '/settlement/v1/ledgers');
    expect(json.items).toMatchObject([{ ledgerId: '30123456', currency: 'NOK', settlesForRecipientHandles: ['api:123456'] }]);
    expect((await shop.merchant.send('GET', '/settlement/v1/ledgers?settlesForRecipientHandles=api:1')).json.items).toEqual([]);
  });

  it('of somebody else are refused', async () => {
    expect((await shop.merchant.send('GET', `/report/v2/ledgers/30654321/funds/dates/${day(0)}`)).status).toBe(403);
  });
});

describe('a day', () => {
  it('that is not over says to come back', async () => {
    const { json } = await shop.merchant.send('GET', `/report/v2/ledgers/30123456/funds/dates/${day(0)}`);
    expect(json).toMatchObject({ tryLater: true, hasMore: false });
    expect(short(json.items as unknown as Row[])).toEqual([
      'capture 10000 ledger-one',
      'capture 10000 ledger-two',
      'capture 20000 ledger-ecom',
    ]);
  });

  it('that has not come is not found', async () => {
    expect((await shop.merchant.send('GET', `/report/v2/ledgers/30123456/funds/dates/${day(2)}`)).status).toBe(404);
  });

  it('that is over has its fees and its payout, page by page, and the balance carries through', async () => {
    shop.control.advance(dayMs);
    await shop.refund('ledger-one', 4_000, 'r');
    const path = `/report/v2/ledgers/30123456/funds/dates/${day(0)}`;
    const first = (await shop.merchant.send('GET', path)).json;
    expect(first).toMatchObject({ hasMore: true, tryLater: false });
    const second = (await shop.merchant.send('GET', `${path}?cursor=${String(first.cursor)}`)).json;
    expect(second.hasMore).toBe(false);
    expect(short(second.items as unknown as Row[])).toEqual(['fees-retained -700 ', 'scheduled-for-payout -39300 123456-20260310']);
    const all = [...(first.items as unknown as Row[]), ...(second.items as unknown as Row[])];
    for (const [index, row] of all.entries()) {
      expect(row.balanceBefore).toBe(index === 0 ? 0 : all[index - 1]?.balanceAfter);
      expect(row.balanceAfter).toBe(row.balanceBefore + row.amount);
    }
    expect(short(await rows(`/report/v2/ledgers/30123456/funds/dates/${day(1)}`))).toEqual(['refund -4000 ledger-one']);
  });

  it('has what each capture cost', async () => {
    const path = `/report/v2/ledgers/30123456/fees/dates/${day(0)}`;
    expect(short(await rows(path))).toEqual(['capture-fee -175 ledger-one', 'capture-fee -175 ledger-two', 'capture-fee -350 ledger-ecom']);
  });

  it('begins at midnight where the shop is', async () => {
    // 23:30 in Greenwich is half an hour into the next day in Oslo.
    shop.control.advance(11.5 * 3_600_000);
    await shop.refund('ledger-two', 1_000, 'r');
    expect(short(await rows(`/report/v2/ledgers/30123456/funds/dates/${day(2)}`))).toEqual(['refund -1000 ledger-two']);
  });

  it('can lose a row or have another amount, for whoever practises to reconcile', async () => {
    const path = `/report/v2/ledgers/30123456/funds/dates/${day(0)}`;
    shop.control.addFault({ kind: 'missing-field', route: 'report', field: 'items.0' });
    expect(short(await rows(path))).toEqual(['capture 10000 ledger-two', 'capture 20000 ledger-ecom']);
    shop.control.addFault({ kind: 'other-amount', route: 'report', byOre: 1 });
    expect(short(await rows(path))[0]).toBe('capture 10001 ledger-one');
    shop.control.addFault({ kind: 'other-amount', route: 'report', byOre: -1, field: 'items.1.amount' });
    expect(short(await rows(path)).slice(0, 2)).toEqual(['capture 10000 ledger-one', 'capture 9999 ledger-two']);
  });
});

describe('the feed', () => {
  it('goes on until there is no more, and its last cursor stays good', async () => {
    const seen: Row[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page += 1) {
      const { json } = await shop.merchant.send('GET', `/report/v2/ledgers/30123456/funds/feed?cursor=${cursor}`);
      seen.push(...(json.items as unknown as Row[]));
      cursor = String(json.cursor);
      if (json.tryLater as unknown) break;
    }
    expect(seen.map((row) => row.entryType).slice(0, 6)).toEqual([
      'capture',
      'capture',
      'capture',
      'fees-retained',
      'scheduled-for-payout',
      'refund',
    ]);
    await shop.refund('ledger-two', 500, 'again');
    const { json } = await shop.merchant.send('GET', `/report/v2/ledgers/30123456/funds/feed?cursor=${cursor}`);
    expect(short(json.items as unknown as Row[])).toEqual(['refund -500 ledger-two']);
  });
});
