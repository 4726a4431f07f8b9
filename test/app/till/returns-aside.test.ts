/** Money whose way back is not known yet holds nobody up: its sale waits aside, others are served, and the cashier is told. */
import { describe, expect, it } from 'vitest';
import type { OrderView, ReturnAsideRow } from '../../../app/till/contract.ts';
import { atProvider } from '../../server/head-office/refund-wishes.ts';
import { BOOK, BREAD } from '../../simulation/shop.ts';
import { ChainCounter } from './chain-counter.ts';
import { Counter } from './counter.ts';
import { newestOrder, returnStageOf, sellWithVipps, take } from './returning.ts';

const PUT_ASIDE = { type: 'park-sale' } as const;

/** Money leaves for the provider, and nothing is heard of it any more. */
async function giveBackIntoTheDark(shop: Counter, order: OrderView): Promise<() => void> {
  await shop.do(take(order));
  const mend = shop.cutLine();
  await shop.do({ type: 'give-back' });
  await shop.time.until(() => returnStageOf(shop.view).phase === 'checking', 'it is in doubt');
  return mend;
}

async function sellForCash(shop: Counter): Promise<void> {
  await shop.ring(BOOK);
  await shop.do({ type: 'pay-cash', receivedOre: 1_000_000 });
  await shop.time.pass(2_000);
  await shop.do({ type: 'next-customer' });
}

const told = (shop: Counter): ReturnAsideRow => {
  const { returnTold } = shop.view;
  if (returnTold === undefined) throw new RangeError('nothing is told');
  return returnTold;
};

const firstCommand = (shop: Counter) => shop.view.returnsAside[0]?.button.command ?? PUT_ASIDE;

describe('a return in doubt that is set aside', () => {
  it('lets others be served, and is told between sales with its receipt when it is known', async () => {
    const shop = new Counter();
    const mend = await giveBackIntoTheDark(shop, await sellWithVipps(shop, BREAD));
    expect(returnStageOf(shop.view).buttons.map(({ label }) => label)).toEqual(['Sjekk nå', 'Sett på vent']);
    await shop.do(PUT_ASIDE);
    expect(shop.view).toMatchObject({ stage: { kind: 'selling' }, basket: null, parked: [] });
    expect(shop.view.returnsAside).toMatchObject([{ state: 'checking', title: 'Retur av kvittering 1, 21.11.2026', amountOre: 3_990 }]);
    expect(shop.view.returnTold).toBeUndefined();
    await sellForCash(shop);
    await shop.ring(BREAD);
    mend();
    await shop.time.until(() => shop.view.returnsAside[0]?.state === 'done', 'it is known');
    expect(shop.view).toMatchObject({ stage: { kind: 'selling' }, basket: { totalOre: 3_990 } });
    expect(shop.view.returnTold).toBeUndefined();
    expect(await shop.ask(firstCommand(shop))).toMatchObject({ ok: false, code: 'sale-open' });
    const papers = shop.papers.length;
    await shop.do({ type: 'abort-sale' });
    expect(told(shop)).toMatchObject({ state: 'done', text: expect.stringMatching(/gitt tilbake: 39,90.kr til kundens Vipps/) });
    expect(shop.papers).toHaveLength(papers);
    await shop.do(told(shop).button.command);
    await shop.time.pass(3_000);
    expect(shop.finished).toMatchObject({ series: 'return', receiptNumber: 1, receipt: { state: 'printed' } });
    expect(shop.papers.at(-1)).toContain('Returkvittering 1 ');
    await shop.do({ type: 'next-customer' });
    expect(shop.view.returnsAside).toEqual([]);
    expect(shop.asked('refund')).toHaveLength(1);
  });

  it('is one of several, and each goes on by itself', async () => {
    const shop = new Counter();
    const [first, second] = [await sellWithVipps(shop, BREAD), await sellWithVipps(shop, BOOK)];
    const mend = await giveBackIntoTheDark(shop, first);
    await shop.do(PUT_ASIDE, take(second), { type: 'give-back' });
    await shop.time.until(() => returnStageOf(shop.view).phase === 'checking', 'the second is in doubt, too');
    await shop.do(PUT_ASIDE);
    expect(shop.view.returnsAside.map(({ state, amountOre }) => [state, amountOre])).toEqual([
      ['checking', 3_990],
      ['checking', 29_900],
    ]);
    mend();
    await shop.time.until(() => shop.view.returnsAside.every(({ state }) => state === 'done'), 'both are known');
    for (const receiptNumber of [1, 2]) {
      await shop.do(told(shop).button.command);
      await shop.time.pass(3_000);
      expect(shop.finished).toMatchObject({ series: 'return', receiptNumber });
      await shop.do({ type: 'next-customer' });
    }
    expect(shop.asked('refund')).toHaveLength(2);
  });

  it('is still there when the power has gone, before it is known and after', async () => {
    const shop = new Counter();
    const mend = await giveBackIntoTheDark(shop, await sellWithVipps(shop, BREAD));
    await shop.do(PUT_ASIDE);
    shop.restart();
    expect(shop.view.returnsAside).toMatchObject([{ state: 'checking' }]);
    await shop.ring(BOOK);
    mend();
    await shop.time.until(() => shop.view.returnsAside[0]?.state === 'done', 'it is known');
    shop.restart();
    expect(shop.view).toMatchObject({ basket: { totalOre: 29_900 }, returnsAside: [{ state: 'done' }] });
    await shop.do({ type: 'abort-sale' });
    await shop.do(firstCommand(shop));
    await shop.time.pass(3_000);
    expect(shop.papers.at(-1)).toContain('Returkvittering 1 ');
    expect(shop.types('return.done', 'receipt.printed').slice(-2)).toEqual(['return.done', 'receipt.printed']);
  });

  it('is taken up again to be looked at, and set aside again', async () => {
    const shop = new Counter();
    const mend = await giveBackIntoTheDark(shop, await sellWithVipps(shop, BREAD));
    await shop.do(PUT_ASIDE);
    await shop.do(firstCommand(shop));
    expect(returnStageOf(shop.view).phase).toBe('checking');
    await shop.do(PUT_ASIDE);
    await shop.do(firstCommand(shop));
    mend();
    await shop.time.until(() => shop.view.stage.kind === 'finished', 'it ends at the counter');
    expect(shop.finished).toMatchObject({ series: 'return', means: [{ kind: 'vipps', amountOre: -3_990 }] });
  });

  it('whose rest is cash says so when the sent part is known, and the cash is handed out from there', async () => {
    const shop = new Counter();
    await shop.ring(BOOK);
    await shop.showQr(20_000);
    await shop.approve();
    await shop.do({ type: 'pay-cash', receivedOre: 10_000 });
    await shop.time.pass(2_000);
    await shop.do({ type: 'next-customer' });
    const mend = await giveBackIntoTheDark(shop, await newestOrder(shop.box));
    await shop.do(PUT_ASIDE);
    mend();
    await shop.time.until(() => shop.view.returnTold !== undefined, 'the sent part is known');
    expect(told(shop)).toMatchObject({ state: 'hand-out', text: expect.stringMatching(/^Kunden skal ha 99,00.kr kontant/) });
    await shop.do(told(shop).button.command);
    expect(returnStageOf(shop.view)).toMatchObject({ phase: 'hand-out', buttons: [{ label: 'Sett på vent' }] });
    await shop.do({ type: 'part-handed-out', partNo: 2 });
    expect(shop.finished.means.map(({ kind, amountOre }) => [kind, amountOre])).toEqual([
      ['vipps', -20_000],
      ['cash', -9_900],
    ]);
  });
});

it('while the answer is only about to come nothing is set aside', async () => {
  const shop = new Counter();
  await shop.do(take(await sellWithVipps(shop, BREAD)));
  shop.provider.weather = { ...shop.provider.weather, legMs: () => 300 };
  await shop.do({ type: 'give-back' });
  expect(returnStageOf(shop.view)).toMatchObject({ phase: 'sending', buttons: [] });
  expect(await shop.ask(PUT_ASIDE)).toMatchObject({ ok: false, code: 'return-under-way' });
});

it('a head office that has fallen silent is waited for by nobody: the return is set aside, and told when it answers', async () => {
  const shop = await ChainCounter.open();
  const sold = await shop.nord.sell([{ articleNumber: '1', priceOre: 10_000, quantityMilli: 1_000 }]);
  await shop.nord.report();
  await shop.do(take(sold));
  shop.line.down = true;
  await shop.do({ type: 'give-back' });
  await shop.until(({ stage }) => stage.kind === 'return' && stage.phase === 'checking');
  await shop.do(PUT_ASIDE, { type: 'add-article', articleNumber: BREAD.articleNumber }, { type: 'pay-cash', receivedOre: 10_000 });
  await shop.until(({ stage }) => stage.kind === 'finished' && stage.canContinue);
  await shop.do({ type: 'next-customer' });
  expect(shop.view.returnsAside).toMatchObject([{ state: 'checking' }]);
  shop.setLine('up');
  const { returnTold } = await shop.until((view) => view.returnTold !== undefined);
  expect(returnTold).toMatchObject({ state: 'done', title: expect.stringContaining('Butikken nord') });
  expect(atProvider(shop.chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
  await shop.report();
  expect(await shop.alarms()).toEqual([]);
});
