/** The power goes at each commit of a return: the goods are back once, the money is back once, and nothing waits for ever. */
import { expect, it } from 'vitest';
import type { Command, OrderView } from '../../../app/till/contract.ts';
import { BOOK, BREAD, SODA } from '../../simulation/shop.ts';
import { FlickeringCounter } from './flickering-counter.ts';
import { newestOrder, orderOf, take } from './returning.ts';

const tap = ({ articleNumber }: { readonly articleNumber: string }): Command => ({ type: 'add-article', articleNumber });
const MOST_COMMITS = 60;

/** Paid in two ways: 100 kr in cash, the rest with the phone. */
async function sold(shop: FlickeringCounter): Promise<OrderView> {
  const { counter } = shop;
  await counter.do(tap(BOOK), tap(SODA), { type: 'pay-cash', receivedOre: 10_000 });
  await counter.showQr();
  await counter.approve();
  await counter.time.pass(3_000);
  await counter.do({ type: 'next-customer' });
  return newestOrder(counter.box);
}

/** What a cashier does next, whatever the screen shows; `null`: all is done. */
async function nextPress({ counter }: FlickeringCounter, orderId: string, exchange: boolean): Promise<Command | null> {
  const { view } = counter;
  const { stage, basket, prompt } = view;
  if (prompt?.kind === 'paper') return { type: 'answer-print', jobId: prompt.jobId, paperCame: true };
  if (stage.kind === 'finished') return { type: 'next-customer' };
  if (stage.kind === 'return') {
    const part = stage.parts.find(({ state, kind }) => state === 'now' && kind === 'cash');
    return part === undefined ? { type: 'check-return' } : { type: 'part-handed-out', partNo: part.partNo };
  }
  if (basket?.returned !== undefined) {
    if (exchange && basket.lines.length === 0) return tap(BREAD);
    return { type: 'give-back' };
  }
  if (basket !== null) return { type: 'abort-sale' };
  const order = await orderOf(counter.box, orderId);
  return order.problem === null
    ? take({ orderId }, [
        [1, 1_000],
        [2, 1_000],
      ])
    : null;
}

it.each([
  ['a return', 'cut-before', false],
  ['a return', 'cut-after', false],
  ['an exchange', 'cut-before', true],
  ['an exchange', 'cut-after', true],
] as const)('%s survives the power going at every commit (%s)', { timeout: 120_000 }, async (_name, fate, exchange) => {
  let at = 0;
  for (let wentOut = true; wentOut; ) {
    at += 1;
    const shop = new FlickeringCounter({}, Number.MAX_SAFE_INTEGER, fate);
    const { counter } = shop;
    const { orderId } = await sold(shop);
    shop.goOutAt(at, fate);
    for (let turn = 0; turn < 60; turn += 1) {
      const press = await nextPress(shop, orderId, exchange);
      if (press === null) break;
      await shop.press(press);
      await shop.wait(4_000);
    }
    const order = await orderOf(counter.box, orderId);
    const entries = counter.box.entries();
    const back = entries.reduce((sum, entry) => {
      const tender = entry.type === 'sale.tender-added' ? entry.payload.tender : null;
      return tender?.kind === 'refund' && tender.way === 'vipps' ? sum - tender.amountOre : sum;
    }, 0);
    const { refundedOre, capturedOre } = counter.latest;
    const completed = entries.filter(({ type }) => type === 'sale.completed').length;
    expect({ at, left: order.problem, completed, refundedOre, unfinished: counter.box.readModel.returns.unfinished() }).toEqual({
      at,
      left: 'Alt er levert tilbake.',
      completed: 2,
      refundedOre: back,
      unfinished: [],
    });
    expect(refundedOre).toBeLessThanOrEqual(capturedOre);
    ({ wentOut } = shop);
  }
  expect(at).toBeGreaterThan(5);
  expect(at).toBeLessThan(MOST_COMMITS);
});
