/** Goods of other stores, and of one's own, at a register of a chain: head office holds them, over real HTTP. */
import { describe, expect, it } from 'vitest';
import type { OrderSearch } from '../../../app/till/return-contract.ts';
import { atProvider } from '../../server/head-office/refund-wishes.ts';
import { BOOK, BREAD } from '../../simulation/shop.ts';
import { ChainCounter } from './chain-counter.ts';
import { MANAGER, newestOrder, orderOf, returnStageOf, take } from './returning.ts';

const THREE = [{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }];
const ring = ({ articleNumber }: { readonly articleNumber: string }) => ({ type: 'add-article', articleNumber }) as const;

/** A cash sale of this register, at head office. */
async function sellHere(shop: ChainCounter) {
  await shop.do(ring(BREAD), { type: 'pay-cash', receivedOre: 10_000 });
  await shop.until(({ stage }) => stage.kind === 'finished' && stage.canContinue);
  await shop.do({ type: 'next-customer' });
  await shop.report();
  return newestOrder(shop.box);
}

describe('goods of another store', () => {
  it('are found by their receipt, held by head office, and paid back from the store that sold them', async () => {
    const shop = await ChainCounter.open();
    const sold = await shop.nord.sell(THREE);
    await shop.nord.report();
    const found = await shop.box.till.ask({ type: 'orders', search: { by: 'date', date: '2026-11-21', storeId: 'nord' } });
    expect(found).toMatchObject({ orders: [{ orderId: sold.orderId, storeName: 'Butikken nord', totalOre: 30_000 }], problem: null });
    await shop.do(take(sold, [[1, 2_000]]));
    expect(shop.view.basket).toMatchObject({
      totalOre: -20_000,
      returned: { state: 'held', title: expect.stringContaining('Butikken nord') },
    });
    await shop.do({ type: 'give-back' });
    await shop.until(({ stage }) => stage.kind === 'finished');
    expect(shop.view.stage).toMatchObject({ series: 'return', means: [{ kind: 'vipps', amountOre: -20_000 }] });
    expect(atProvider(shop.chain, sold)).toEqual({ refundedOre: 20_000, refunds: 1 });
    await shop.report();
    expect(await shop.alarms()).toEqual([]);
    expect((await orderOf(shop.box, sold.orderId)).lines[0]).toMatchObject({ leftMilli: 1_000, note: '2 er levert tilbake' });
  });

  it('are found by day and amount, by their number and by a reference in capitals, whichever store has sold them', async () => {
    const shop = await ChainCounter.open();
    const sold = await shop.nord.sell(THREE);
    await shop.nord.report();
    const searches: readonly OrderSearch[] = [
      { by: 'date', date: '2026-11-21', amountOre: 30_000 },
      { by: 'text', text: String(sold.receiptNumber) },
      { by: 'text', text: (sold.reference ?? '').toUpperCase() },
    ];
    for (const search of searches) {
      const found = await shop.box.till.ask({ type: 'orders', search });
      expect([search, found]).toMatchObject([search, { orders: [{ orderId: sold.orderId }], problem: null }]);
    }
  });

  it('are searched for in the store that the customer names; the own journal does not answer for it while the line is down', async () => {
    const shop = await ChainCounter.open();
    const sold = await shop.nord.sell(THREE);
    await shop.nord.report();
    const stores = await shop.box.till.ask({ type: 'stores' });
    expect(stores).toEqual({ type: 'stores', stores: [{ storeId: 'nord', storeName: 'Butikken nord' }] });
    await sellHere(shop);
    const onThatDay = { type: 'orders', search: { by: 'date', date: '2026-11-21', storeId: 'nord' } } as const;
    expect(await shop.box.till.ask(onThatDay)).toMatchObject({ orders: [{ orderId: sold.orderId }], problem: null });
    shop.setLine('down');
    expect(await shop.box.till.ask(onThatDay)).toMatchObject({ orders: [], problem: { kind: 'offline' } });
    expect(await shop.box.till.ask({ type: 'stores' })).toEqual({ type: 'stores', stores: [] });
  });

  it('pay for new goods, and only the difference moves', async () => {
    const shop = await ChainCounter.open();
    const sold = await shop.nord.sell(THREE);
    await shop.nord.report();
    await shop.do(take(sold), ring(BREAD), { type: 'give-back' });
    await shop.until(({ stage }) => stage.kind === 'finished');
    expect(atProvider(shop.chain, sold)).toEqual({ refundedOre: 6_010, refunds: 1 });
    await shop.do({ type: 'next-customer' }, take(sold), ring(BOOK), { type: 'pay-cash', receivedOre: 50_000 });
    await shop.until(({ stage }) => stage.kind === 'finished');
    await shop.line.pass(5_000);
    expect(shop.types('return.').slice(-3)).toEqual(['return.confirm-intended', 'return.cleared', 'return.done']);
    expect(atProvider(shop.chain, sold).refundedOre).toBe(6_010);
    await shop.report();
    expect(await shop.alarms()).toEqual([]);
  });

  it('are not cash after two exchanges: what nobody has paid is handed out with a manager’s word alone, at head office too', async () => {
    const shop = await ChainCounter.open();
    const sold = await shop.nord.sell(THREE);
    await shop.nord.report();
    await shop.do(take(sold), ring(BOOK), { type: 'pay-cash', receivedOre: 50_000 });
    await shop.until(({ stage }) => stage.kind === 'finished' && stage.canContinue);
    await shop.do({ type: 'next-customer' });
    await shop.report();
    const exchanged = await newestOrder(shop.box);
    expect(exchanged.paidWith).toMatchObject([
      { kind: 'cash', leftOre: 19_900 },
      { kind: 'cash', leftOre: 10_000, text: expect.stringContaining('Byttet inn') },
    ]);
    const answer = await shop.nord.call('/v1/refunds', {
      ...{ refundId: shop.nord.newRefundId(), orderId: exchanged.orderId, lines: [{ lineNo: 1, quantityMilli: 1_000 }] },
      ...{ reason: 'angrer', operator: 'ola', approvedBy: null, payOut: 'as-it-came' },
    });
    expect(answer.body).toMatchObject({ state: 'refused', code: 'needs-approval' });
    const before = shop.types('return.').length;
    expect(await shop.ask(take(exchanged))).toMatchObject({ ok: false, code: 'needs-approval' });
    expect(shop.types('return.')).toHaveLength(before);
    await shop.do(take(exchanged, [[1, 1_000]], { approval: MANAGER }), { type: 'give-back' });
    await shop.until(({ stage }) => stage.kind === 'return' && stage.phase === 'hand-out');
    await shop.do({ type: 'part-handed-out', partNo: 1 }, { type: 'part-handed-out', partNo: 2 });
    expect(shop.view.stage).toMatchObject({ kind: 'finished', paidOre: -29_900 });
    await shop.report();
    expect(await shop.alarms()).toEqual([]);
  });

  it('are let go of when the customer keeps them', async () => {
    const shop = await ChainCounter.open();
    const sold = await shop.nord.sell(THREE);
    await shop.nord.report();
    await shop.do(take(sold, [[1, 3_000]]), { type: 'remove-return' });
    await shop.line.pass(2_000);
    expect(shop.types('return.').at(-1)).toBe('return.withdrawn');
    expect((await orderOf(shop.box, sold.orderId)).lines[0]).toMatchObject({ leftMilli: 3_000 });
  });

  it.each(['lost', 'twice'] as const)('are asked for and paid back once, whatever is %s on the way', async (mishap) => {
    const shop = await ChainCounter.open();
    const sold = await shop.nord.sell(THREE);
    await shop.nord.report();
    shop.line.mishaps = ['none', mishap, mishap];
    await shop.do(take(sold));
    shop.line.mishaps = [mishap, mishap];
    await shop.do({ type: 'give-back' });
    await shop.until(({ stage }) => stage.kind === 'finished');
    expect(atProvider(shop.chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
    expect((await orderOf(shop.box, sold.orderId)).lines[0]).toMatchObject({ leftMilli: 2_000 });
  });

  it('that the provider refuses for good a manager pays out in cash, and head office knows', async () => {
    const shop = await ChainCounter.open();
    const sold = await shop.nord.sell(THREE);
    await shop.nord.report();
    shop.chain.sandbox.control.addFault({ kind: 'refused', route: 'refund', code: 'Payment/95' });
    await shop.do(take(sold), { type: 'give-back' });
    await shop.until(({ stage }) => stage.kind === 'return' && stage.phase === 'refused');
    expect(await shop.ask({ type: 'pay-part-out', partNo: 1, approval: { ...MANAGER, pin: '1111' } })).toMatchObject({ code: 'wrong-pin' });
    await shop.do({ type: 'pay-part-out', partNo: 1, approval: MANAGER });
    await shop.until(({ stage }) => stage.kind === 'return' && stage.phase === 'hand-out');
    await shop.do({ type: 'part-handed-out', partNo: 1 });
    expect(shop.view.stage).toMatchObject({ kind: 'finished', means: [{ kind: 'cash', amountOre: -10_000 }] });
    await shop.report();
    expect(await shop.alarms()).toEqual([]);
    expect((await orderOf(shop.box, sold.orderId)).lines[0]).toMatchObject({ leftMilli: 2_000 });
  });
});

describe('without head office', () => {
  it('goods of another store wait: the wish is kept, and offered again when the line is back', async () => {
    const shop = await ChainCounter.open();
    const sold = await shop.nord.sell(THREE);
    await shop.nord.report();
    shop.setLine('down');
    expect(await shop.box.till.ask({ type: 'orders', search: { by: 'text', text: 'T1S.NORD.1.1.XX' } })).toMatchObject({
      problem: { kind: 'unreadable' },
    });
    expect(await shop.box.till.ask({ type: 'orders', search: { by: 'text', text: String(sold.receiptNumber) } })).toMatchObject({
      problem: { kind: 'offline' },
    });
    expect(await shop.ask(take(sold))).toMatchObject({ ok: false, code: 'head-office-away' });
    await shop.do({ type: 'keep-return-wish', text: 'kvittering 1', note: 'Kari henter pengene i morgen' });
    expect(shop.view.returnWishes).toMatchObject([{ text: 'kvittering 1', ready: false }]);
    shop.box.cutPower();
    shop.box.start();
    shop.setLine('up');
    expect(shop.view.returnWishes).toMatchObject([{ ready: true }]);
    await shop.do({ type: 'drop-return-wish', wishId: shop.view.returnWishes[0]?.wishId ?? '' }, take(sold));
    expect(shop.view.returnWishes).toEqual([]);
    expect(shop.view.basket).toMatchObject({ totalOre: -10_000 });
  });

  it('own goods that were paid in cash need a manager, and head office hears of it afterwards', async () => {
    const shop = await ChainCounter.open();
    const order = await sellHere(shop);
    shop.setLine('down');
    expect(await orderOf(shop.box, order.orderId)).toMatchObject({ problem: null, approvalText: expect.stringContaining('500') });
    expect(await shop.ask(take(order))).toMatchObject({ ok: false, code: 'needs-approval' });
    await shop.do(take(order, [[1, 1_000]], { approval: MANAGER }), { type: 'give-back' }, { type: 'part-handed-out', partNo: 1 });
    expect(shop.view.stage).toMatchObject({ kind: 'finished', series: 'return' });
    expect(shop.box.entries().find(({ type }) => type === 'return.asked')?.payload).toMatchObject({
      through: 'unchecked',
      approvedBy: 'kari',
    });
    shop.setLine('up');
    await shop.report();
    expect(await shop.alarms()).toEqual([]);
    expect((await orderOf(shop.box, order.orderId)).problem).toBe('Alt er levert tilbake.');
  });

  it('own goods that came back twice meanwhile are an alarm at head office', async () => {
    const shop = await ChainCounter.open();
    const order = await sellHere(shop);
    await shop.nord.call('/v1/refunds', {
      ...{ refundId: shop.nord.newRefundId(), orderId: order.orderId, lines: [{ lineNo: 1, quantityMilli: 1_000 }] },
      ...{ reason: 'angrer', operator: 'ola', approvedBy: null, payOut: 'as-it-came' },
    });
    shop.setLine('down');
    await shop.do(take(order, [[1, 1_000]], { approval: MANAGER }), { type: 'give-back' }, { type: 'part-handed-out', partNo: 1 });
    shop.setLine('up');
    await shop.report();
    expect((await shop.alarms()).join()).toContain('return.twice');
  });

  it('a question whose answer never comes is let go of as soon as head office answers again', async () => {
    const shop = await ChainCounter.open();
    const sold = await shop.nord.sell(THREE);
    await shop.nord.report();
    shop.line.mishaps = ['none', ...Array.from({ length: 12 }, () => 'lost' as const)];
    expect(await shop.ask(take(sold))).toMatchObject({ ok: false, code: 'head-office-away' });
    expect(shop.view.basket).toBeNull();
    shop.line.mishaps = [];
    await shop.do({ type: 'check-return' });
    await shop.line.pass(40_000);
    expect(shop.types('return.').at(-1)).toBe('return.withdrawn');
    expect((await orderOf(shop.box, sold.orderId)).lines[0]).toMatchObject({ leftMilli: 3_000 });
  });
});

it('money on its way back survives the power going, and is sent once', async () => {
  const shop = await ChainCounter.open();
  const sold = await shop.nord.sell(THREE);
  await shop.nord.report();
  await shop.do(take(sold));
  shop.setLine('down');
  expect(await shop.ask({ type: 'give-back' })).toMatchObject({ ok: false, code: 'head-office-away' });
  // The line goes just then, and nobody has noticed yet.
  shop.setLine('up');
  shop.line.down = true;
  await shop.do({ type: 'give-back' });
  await shop.line.pass(3_000);
  expect(returnStageOf(shop.view)).toMatchObject({ phase: 'checking', detail: expect.stringContaining('Hovedkontoret') });
  shop.box.cutPower();
  shop.box.start();
  shop.setLine('up');
  await shop.until(({ stage }) => stage.kind === 'finished');
  expect(atProvider(shop.chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
});
