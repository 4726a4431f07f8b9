/** Whatever is sold, brought back, exchanged and lost on the line: no goods twice, no money twice, and the journal and the provider agree. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Command, OrderView } from '../../../app/till/contract.ts';
import type { Fate } from '../../simulation/model-provider.ts';
import { BOOK, BREAD, SODA } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';
import { orderOf, take } from './returning.ts';

const GOODS = [BREAD, SODA, BOOK];
const FATES: readonly Fate[] = [
  { kind: 'good' },
  { kind: 'lost-before' },
  { kind: 'lost-after' },
  { kind: 'not-sent' },
  { kind: 'broken', done: true },
  { kind: 'broken', done: false },
  { kind: 'too-many', retryAfterMs: 2_000 },
  { kind: 'refused', code: 'ecom:Payment/63' },
];

const sale = fc.record({
  goods: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 4 }),
  /** Hundredths of a percent off the whole. */
  off: fc.constantFrom(0, 0, 333, 1_250),
  cash: fc.boolean(),
});
const visit = fc.record({
  order: fc.nat({ max: 2 }),
  lines: fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 3 }),
  /** What is bought instead. */
  instead: fc.option(fc.nat({ max: 2 })),
  parks: fc.boolean(),
  removes: fc.constantFrom(false, false, false, true),
  fate: fc.nat({ max: FATES.length - 1 }),
  restarts: fc.boolean(),
});

async function sell(shop: Counter, { goods, off, cash }: { goods: readonly number[]; off: number; cash: boolean }): Promise<string> {
  await shop.ring(...goods.map((index) => GOODS[index] ?? BREAD));
  if (off > 0) await shop.do({ type: 'discount-sale', discount: { kind: 'percent', basisPoints: off, reason: 'Kunde' } });
  if (cash) await shop.do({ type: 'pay-cash', receivedOre: 2_000 });
  if (shop.view.stage.kind !== 'finished') {
    await shop.showQr();
    await shop.approve();
  }
  await shop.time.pass(3_000);
  await shop.ask({ type: 'decline-receipt' });
  await shop.do({ type: 'next-customer' });
  const answer = await shop.box.till.ask({ type: 'orders', search: { by: 'date', date: '2026-11-21' } });
  return answer.type === 'orders' ? (answer.orders[0]?.orderId ?? '') : '';
}

/** What the screen offers is pressed until the visit is over. */
async function finish(shop: Counter): Promise<void> {
  for (let turn = 0; turn < 120; turn += 1) {
    const { stage, basket, parked, prompt } = shop.view;
    if (prompt?.kind === 'paper') await shop.ask({ type: 'answer-print', jobId: prompt.jobId, paperCame: true });
    else if (stage.kind === 'finished') await shop.ask({ type: 'next-customer' });
    else if (stage.kind === 'return') {
      const part = stage.parts.find(({ state, kind }) => state === 'now' && kind === 'cash');
      if (part !== undefined) await shop.ask({ type: 'part-handed-out', partNo: part.partNo });
      else if (stage.phase === 'refused') await shop.ask({ type: 'remove-return' });
    } else if (stage.kind === 'payment') await shop.approve();
    else if (basket?.giveBack !== undefined) await shop.ask({ type: 'give-back' });
    else if (basket !== null && basket.dueOre > 0) await shop.ask({ type: 'pay-cash', receivedOre: 1_000_000 });
    else if (basket !== null) await shop.ask({ type: 'abort-sale' });
    else if (parked[0] !== undefined) await shop.ask({ type: 'resume-sale', saleId: parked[0].saleId });
    else return;
    await shop.time.pass(1_500);
  }
  throw new Error(`the visit does not end: ${JSON.stringify(shop.view.stage)}`);
}

/** Per line returned + held ≤ sold; per payment refunded + held ≤ captured. */
function holds(shop: Counter, orders: readonly OrderView[]): void {
  for (const { lines } of orders)
    for (const { leftMilli, leftOre, soldMilli, netOre } of lines) {
      expect(leftMilli).toBeGreaterThanOrEqual(0);
      expect(leftMilli).toBeLessThanOrEqual(soldMilli);
      expect(leftOre).toBeGreaterThanOrEqual(0);
      expect(leftOre).toBeLessThanOrEqual(netOre);
    }
  for (const payment of shop.provider.payments.values()) {
    const { refundedOre, reservedOre } = shop.box.readModel.returns.moneyOf(payment.reference);
    expect(refundedOre + reservedOre).toBeLessThanOrEqual(payment.capturedOre);
    expect(payment.refundedOre).toBeLessThanOrEqual(refundedOre + reservedOre);
  }
}

it('whatever is brought back, sums agree to the øre', { timeout: 120_000 }, async () => {
  const seen = new Set<string>();
  let refundedOre = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(sale, { minLength: 2, maxLength: 3 }),
      fc.array(visit, { minLength: 1, maxLength: 5 }),
      async (sales, visits) => {
        const shop = new Counter();
        const orderIds: string[] = [];
        for (const each of sales) orderIds.push(await sell(shop, each));
        const orders = () => Promise.all(orderIds.map((orderId) => orderOf(shop.box, orderId)));
        for (const { order, lines, instead, parks, removes, fate, restarts } of visits) {
          const orderId = orderIds[order % orderIds.length] ?? '';
          const sold = (await orderOf(shop.box, orderId)).lines.filter(({ belongsToLineNo }) => belongsToLineNo === null);
          const wished = new Map<number, number>();
          for (const [index, pieces] of lines) {
            const line = sold[index % sold.length];
            // Now and then more than is left.
            if (line !== undefined) wished.set(line.lineNo, Math.min(pieces * 1_000, line.soldMilli));
          }
          const answer = await shop.ask(take({ orderId }, [...wished]));
          holds(shop, await orders());
          const presses: Command[] = [];
          if (answer.ok && instead !== null) presses.push({ type: 'add-article', articleNumber: (GOODS[instead] ?? BREAD).articleNumber });
          if (answer.ok && parks) presses.push({ type: 'park-sale' });
          if (answer.ok && removes) presses.push({ type: 'remove-return' });
          for (const press of presses) await shop.ask(press);
          shop.next('refund', FATES[fate] ?? { kind: 'good' });
          if (restarts) {
            await shop.ask({ type: 'give-back' });
            shop.restart();
          }
          await finish(shop);
          holds(shop, await orders());
        }
        const tenders = shop.box.entries().flatMap((entry) => (entry.type === 'sale.tender-added' ? [entry.payload.tender] : []));
        const inJournal = tenders.reduce(
          (sum, tender) => (tender.kind === 'refund' && tender.way === 'vipps' ? sum - tender.amountOre : sum),
          0,
        );
        const atProvider = [...shop.provider.payments.values()].reduce((sum, { refundedOre }) => sum + refundedOre, 0);
        expect(inJournal).toBe(atProvider);
        refundedOre += atProvider;
        for (const type of shop.types('return.')) seen.add(type);
        const movements = [...shop.provider.payments.keys()].flatMap((reference) => shop.box.readModel.movementsOf(reference));
        const moved = movements.reduce(
          (sum, { kind, amountOre, knownMs }) => (kind === 'refund' && knownMs !== null ? sum - amountOre : sum),
          0,
        );
        expect(moved).toBe(atProvider);
        expect(shop.box.readModel.returns.unfinished()).toEqual([]);
        expect(shop.provider.wrongs).toEqual([]);
      },
    ),
    { numRuns: 25, seed: 20_261_121 },
  );
  // The days were worth something.
  expect(refundedOre).toBeGreaterThan(100_000);
  expect([...seen].sort()).toEqual([
    'return.asked',
    'return.confirm-intended',
    'return.done',
    'return.part-done',
    'return.part-refused',
    'return.part-sending',
    'return.refused',
    'return.reserved',
    'return.withdraw-intended',
    'return.withdrawn',
  ]);
});
