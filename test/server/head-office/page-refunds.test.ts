/** Refunds on the page: who did it by name, what a refused one had been asked for, and what came late. On both databases. */
import { expect, it } from 'vitest';
import { publish, unpublish } from '../../../server/head-office/publications.ts';
import { personAt } from './page-person.ts';
import { asks, refunds, TWO_STORES, wish, withdraws } from './refund-wishes.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';

const THREE = [{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }];

const publishPeople = ({ office }: TestChain, names: Readonly<Record<string, string>>, stores: readonly string[] | null = null) => {
  const rows = Object.entries(names).map(([operatorId, name]) => ({ operatorId, name }));
  return publish(office, { kind: 'operators', name: 'folk.json', stores, from: null, by: 'sjefen', rows });
};

onBothDatabases((newDatabase) => {
  async function soldAtNord() {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
    const sold = await nord.sell(THREE);
    await nord.report();
    return { chain, nord, syd, sold, reader: await personAt(chain, 'reader') };
  }

  it('operators have the names of the newest list that knows them at their store; others their number', async () => {
    const { chain, syd, sold, reader } = await soldAtNord();
    await publishPeople(chain, { 12: 'Kari gift', 14: 'Per' });
    await publishPeople(chain, { 12: 'Kari' });
    await publishPeople(chain, { 12: 'Kåre' }, ['nord']);
    await unpublish(chain.office, await publishPeople(chain, { 12: 'Feil' }), 'sjefen');
    const asked = { ...wish(syd, sold.orderId), operator: '12', approvedBy: '14' };
    await refunds(syd, asked);
    await refunds(syd, { ...wish(syd, sold.orderId), operator: '99' });
    const { body } = await reader.ask('refund', { refundId: asked.refundId });
    expect(body).toMatchObject({ operator: '12 Kari', approvedBy: '14 Per' });
    expect(body.deeds.map(({ operator }) => operator)).toEqual(['12 Kari', '12 Kari', null, null]);
    const list = (await reader.ask('refunds', {})).body.refunds;
    expect(list.map(({ operator }) => operator).toSorted()).toEqual(['12 Kari', '99']);
    await publishPeople(chain, { kari: 'Kari Nordmann' });
    expect((await reader.ask('order', { orderId: sold.orderId })).body.operator).toBe('kari Kari Nordmann');
  });

  it('one that was refused at once says what it was asked for, and why it was refused', async () => {
    const { syd, sold, reader } = await soldAtNord();
    await refunds(syd, wish(syd, sold.orderId, [[1, 2_000]]));
    const asked = wish(syd, sold.orderId, [[1, 3_000]]);
    expect((await asks(syd, asked)).body).toMatchObject({ state: 'refused', amountOre: 0 });
    const { body } = await reader.ask('refund', { refundId: asked.refundId });
    const lines = [{ lineNo: 1, quantityMilli: 3_000, amountOre: 30_000 }];
    expect(body).toMatchObject({ state: 'refused', code: 'nothing-left', amountOre: 0, askedOre: 30_000, lines });
    const [refused, done] = (await reader.ask('refunds', {})).body.refunds.toSorted((a, b) => b.state.localeCompare(a.state));
    expect(refused).toMatchObject({ state: 'refused', code: 'nothing-left', askedOre: 30_000 });
    expect(done).toMatchObject({ state: 'done', amountOre: 20_000, askedOre: null });
  });

  it('of a purchase that nobody knows, what was asked for cannot be said', async () => {
    const { syd, reader } = await soldAtNord();
    const asked = wish(syd, 'nord-1-2611-zzzz-99');
    expect((await asks(syd, asked)).body).toMatchObject({ state: 'refused', code: 'unknown-order' });
    expect((await reader.ask('refund', { refundId: asked.refundId })).body).toMatchObject({ askedOre: null, lines: [] });
  });

  it('goods that a register took although their refund was over stand in the history of that refund', async () => {
    const { syd, sold, reader } = await soldAtNord();
    const asked = wish(syd, sold.orderId);
    await asks(syd, asked);
    await withdraws(syd, asked.refundId);
    syd.takeBack(asked.refundId, sold, { quantityMilli: 1_000, amountOre: 10_000 }, [{ articleNumber: '2', priceOre: 12_500 }]);
    await syd.report();
    const { deeds } = (await reader.ask('refund', { refundId: asked.refundId })).body;
    expect(deeds.at(-1)).toMatchObject({ what: 'return.not-reserved', operator: 'kari', register: { storeId: 'syd', registerId: '1' } });
  });
});
