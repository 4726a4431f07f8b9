/** Goods that come back to a shop that is no chain: found in its own journal, held by it, and paid back the way they were paid. */
import { describe, expect, it } from 'vitest';
import type { OrderView } from '../../../app/till/contract.ts';
import { APPLES, BOOK, BREAD, SODA } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';
import { MANAGER, newestOrder, orderOf, returnStageOf, sellWithVipps, take, WITH_A_MANAGER } from './returning.ts';

const PUT_ASIDE = { command: { type: 'park-sale' } };

async function sellForCash(shop: Counter, ...articles: readonly { readonly articleNumber: string }[]): Promise<OrderView> {
  await shop.ring(...articles);
  await shop.do({ type: 'pay-cash', receivedOre: 1_000_000 });
  await shop.time.pass(2_000);
  await shop.do({ type: 'next-customer' });
  return newestOrder(shop.box);
}

describe('goods paid in cash', () => {
  it('come back into a sale of their own, and cash goes back', async () => {
    const shop = new Counter();
    const order = await sellForCash(shop, BREAD, BREAD, SODA);
    expect(order.lines.map(({ name, leftMilli, leftOre, belongsToLineNo }) => [name, leftMilli, leftOre, belongsToLineNo])).toEqual([
      ['Kneipp', 2_000, 7_980, null],
      ['Farris 0,5 l', 1_000, 2_490, null],
      ['Pant', 1_000, 200, 2],
    ]);
    await shop.do(
      take(order, [
        [1, 1_000],
        [2, 1_000],
      ]),
    );
    expect(shop.view.basket).toMatchObject({
      totalOre: -6_680,
      returned: { amountOre: -6_680, state: 'held', reason: 'Angrer', title: 'Retur av kvittering 1, 21.11.2026' },
      giveBack: { amountOre: 6_680, detail: expect.stringMatching(/^67,00.kr kontant$/) },
    });
    await shop.do({ type: 'give-back' });
    expect(returnStageOf(shop.view)).toMatchObject({
      phase: 'hand-out',
      parts: [{ partNo: 1, kind: 'cash', amountOre: 6_700, state: 'now' }],
    });
    await shop.do({ type: 'part-handed-out', partNo: 1 });
    expect(shop.finished).toMatchObject({ series: 'return', receiptNumber: 1, totalOre: -6_680, paidOre: -6_700 });
    expect((await orderOf(shop.box, order.orderId)).lines.map(({ leftMilli, note }) => [leftMilli, note])).toEqual([
      [1_000, '1 er levert tilbake'],
      [0, '1 er levert tilbake'],
      [0, '1 er levert tilbake'],
    ]);
    await shop.time.pass(3_000);
    expect(shop.papers.at(-1)).toContain('Returkvittering 1 ');
  });

  it('are never taken twice', async () => {
    const shop = new Counter();
    const order = await sellForCash(shop, BREAD);
    await shop.do(take(order), { type: 'park-sale' });
    expect(await shop.ask(take(order))).toMatchObject({ ok: false, code: 'nothing-left' });
    await shop.do({ type: 'resume-sale', saleId: shop.view.parked[0]?.saleId ?? '' });
    await shop.do({ type: 'give-back' }, { type: 'part-handed-out', partNo: 1 });
    await shop.time.pass(3_000);
    expect(await shop.ask(take(order))).toMatchObject({ ok: false, code: 'nothing-left' });
    expect((await orderOf(shop.box, order.orderId)).problem).toBe('Alt er levert tilbake.');
  });

  it('are let go of when the cashier takes them out again, or ends the sale', async () => {
    const shop = new Counter();
    const order = await sellForCash(shop, BREAD);
    await shop.do(take(order), { type: 'remove-return' });
    expect(shop.view.basket).toBeNull();
    await shop.ring(BOOK);
    await shop.do(take(order), { type: 'abort-sale' });
    expect((await orderOf(shop.box, order.orderId)).lines[0]).toMatchObject({ leftMilli: 1_000, note: null });
    expect(shop.types('return.')).toEqual([
      ...['return.asked', 'return.reserved', 'return.withdraw-intended', 'return.withdrawn'],
      ...['return.asked', 'return.reserved', 'return.withdraw-intended', 'return.withdrawn'],
    ]);
  });

  it('are weighed or whole, as they were sold', async () => {
    const shop = new Counter();
    await shop.do({ type: 'add-article', articleNumber: APPLES.articleNumber, quantityMilli: 822 });
    const order = await sellForCash(shop, BREAD);
    expect(await shop.ask(take(order, [[2, 500]]))).toMatchObject({ ok: false, code: 'quantity-not-whole' });
    expect(await shop.ask(take(order, [[1, 823]]))).toMatchObject({ ok: false, code: 'nothing-left' });
    await shop.do(take(order, [[1, 400]]));
    expect(shop.view.basket?.totalOre).toBe(-1_396);
  });
});

describe('goods paid with the phone', () => {
  it('are paid back to it, once, and the receipt prints by itself', async () => {
    const shop = new Counter();
    const order = await sellWithVipps(shop, BREAD, BREAD);
    expect(order.paidWith).toMatchObject([{ kind: 'vipps', leftOre: 7_980 }]);
    await shop.do(take(order), { type: 'give-back' });
    expect(returnStageOf(shop.view)).toMatchObject({ phase: 'sending', parts: [{ kind: 'vipps', amountOre: 3_990, state: 'now' }] });
    expect(shop.screen).toMatchObject({ kind: 'return', title: 'Du får pengene tilbake' });
    await shop.time.pass(2_000);
    expect(shop.finished).toMatchObject({ series: 'return', means: [{ kind: 'vipps', amountOre: -3_990 }], receipt: { state: 'printed' } });
    expect(shop.latest.refundedOre).toBe(3_990);
    expect(shop.asked('refund')).toHaveLength(1);
  });

  it.each(['lost-before', 'lost-after'] as const)('are paid back once where the answer is %s', async (kind) => {
    const shop = new Counter();
    const order = await sellWithVipps(shop, BREAD);
    await shop.do(take(order));
    shop.next('refund', { kind });
    await shop.do({ type: 'give-back' });
    await shop.time.until(() => shop.view.stage.kind === 'finished', 'the money is back');
    expect(shop.latest.refundedOre).toBe(3_990);
  });

  it('are still being paid back when the line is gone, and nobody calls it failed', async () => {
    const shop = new Counter();
    const order = await sellWithVipps(shop, BREAD);
    await shop.do(take(order));
    const mend = shop.cutLine();
    await shop.do({ type: 'give-back' });
    await shop.time.pass(20_000);
    const stage = returnStageOf(shop.view);
    expect(stage).toMatchObject({ phase: 'checking', buttons: [{ command: { type: 'check-return' } }, PUT_ASIDE] });
    expect(`${stage.title} ${stage.detail}`).not.toMatch(/feil|mislyk/i);
    expect(await shop.ask({ type: 'remove-return' })).toMatchObject({ ok: false, code: 'return-under-way' });
    expect(await shop.ask({ type: 'abort-sale' })).toMatchObject({ ok: false, code: 'return-under-way' });
    expect((await orderOf(shop.box, order.orderId)).lines[0]).toMatchObject({ leftMilli: 0 });
    mend();
    await shop.do({ type: 'check-return' });
    await shop.time.until(() => shop.view.stage.kind === 'finished', 'the money is back');
    expect(shop.latest.refundedOre).toBe(3_990);
  });

  it('that the provider refuses for good are the customer’s again, or a manager’s to pay out', async () => {
    const shop = new Counter();
    const order = await sellWithVipps(shop, BREAD);
    await shop.do(take(order));
    shop.next('refund', { kind: 'refused', code: 'ecom:Payment/63' });
    await shop.do({ type: 'give-back' });
    await shop.time.until(() => returnStageOf(shop.view).phase === 'refused', 'it is refused');
    expect(returnStageOf(shop.view)).toMatchObject({
      parts: [{ state: 'refused' }],
      buttons: [{ command: { type: 'remove-return' } }, PUT_ASIDE],
    });
    expect(shop.screen).toMatchObject({ kind: 'return', title: 'Vent litt' });
    await shop.do({ type: 'remove-return' });
    expect((await orderOf(shop.box, order.orderId)).lines[0]).toMatchObject({ leftMilli: 1_000 });
    expect((await orderOf(shop.box, order.orderId)).cashOnly).toContain('leder');
  });
});

describe('a manager', () => {
  const managed = (returns: Readonly<Record<string, number>> = {}) =>
    new Counter({ configuration: { operators: WITH_A_MANAGER, returns: { approvalAboveOre: 10_000, ...returns } } });

  /** The code is compared beside the register's own time. */
  async function approved(shop: Counter, command: Parameters<Counter['ask']>[0]): Promise<void> {
    expect(await shop.ask(command)).toEqual({ ok: true });
    await shop.time.pass(0);
  }

  it('approves what comes to more than the limit, and is on the receipt', async () => {
    const shop = managed();
    const order = await sellForCash(shop, BOOK, BREAD);
    expect(order.approvalAboveOre).toBe(10_000);
    await shop.do(take(order, [[2, 1_000]]), { type: 'remove-return' });
    expect(await shop.ask(take(order))).toMatchObject({ ok: false, code: 'needs-approval' });
    expect(await shop.ask(take(order, [[1, 1_000]], { approval: { ...MANAGER, pin: '0000' } }))).toMatchObject({ code: 'wrong-pin' });
    await approved(shop, take(order, [[1, 1_000]], { approval: MANAGER }));
    await shop.do({ type: 'give-back' }, { type: 'part-handed-out', partNo: 1 });
    await shop.time.pass(3_000);
    expect(shop.papers.at(-1)).toContain('Kari');
    expect(shop.box.entries().findLast(({ type }) => type === 'return.asked')?.payload).toMatchObject({ approvedBy: 'kari' });
  });

  it('pays out what the provider has refused for good', async () => {
    const shop = managed();
    const order = await sellWithVipps(shop, BREAD);
    await shop.do(take(order));
    shop.next('refund', { kind: 'refused', code: 'ecom:Payment/63' });
    await shop.do({ type: 'give-back' });
    await shop.time.until(() => returnStageOf(shop.view).phase === 'refused', 'it is refused');
    await approved(shop, { type: 'pay-part-out', partNo: 1, approval: MANAGER });
    expect(shop.finished).toMatchObject({ series: 'return', means: [{ kind: 'cash', amountOre: -4_000 }] });
    expect(shop.latest.refundedOre).toBe(0);
    expect((await orderOf(shop.box, order.orderId)).problem).toBe('Alt er levert tilbake.');
  });

  it('pays out what is older than 365 days, and nobody does while it can still be sent', async () => {
    const shop = managed();
    const order = await sellWithVipps(shop, BREAD);
    expect(await shop.ask(take(order, [[1, 1_000]], { payOut: 'cash', approval: MANAGER }))).toMatchObject({ code: 'head-office-refused' });
    shop.time.setClock(366 * 86_400_000);
    expect(await shop.ask(take(order))).toMatchObject({ ok: false, code: 'return-too-old' });
    expect((await orderOf(shop.box, order.orderId)).cashOnly).toContain('365');
    await approved(shop, take(order, [[1, 1_000]], { payOut: 'cash', approval: MANAGER }));
    await shop.do({ type: 'give-back' }, { type: 'part-handed-out', partNo: 1 });
    expect(shop.finished).toMatchObject({ means: [{ kind: 'cash', amountOre: -4_000 }] });
  });
});

describe('an exchange', () => {
  it('gives back only what the goods that came back were worth more', async () => {
    const shop = new Counter();
    const order = await sellWithVipps(shop, BOOK);
    await shop.do(take(order));
    await shop.ring(BREAD);
    expect(shop.view.basket).toMatchObject({ totalOre: -25_910, giveBack: { amountOre: 25_910 } });
    await shop.do({ type: 'give-back' });
    await shop.time.until(() => shop.view.stage.kind === 'finished', 'the money is back');
    expect(shop.finished).toMatchObject({ series: 'sale', receiptNumber: 2, totalOre: -25_910 });
    expect(shop.latest.refundedOre).toBe(25_910);
  });

  it('of goods worth the same moves no money, and ends when the cashier says so', async () => {
    const shop = new Counter();
    const order = await sellForCash(shop, BREAD);
    await shop.do(take(order));
    await shop.ring(BREAD);
    expect(shop.view.basket).toMatchObject({ totalOre: 0, giveBack: { amountOre: 0, label: 'Fullfør byttet' } });
    expect(await shop.ask({ type: 'pay-cash', receivedOre: 0 })).toMatchObject({ ok: false, code: 'nothing-to-pay' });
    await shop.do({ type: 'give-back' });
    expect(shop.finished).toMatchObject({ series: 'sale', totalOre: 0, means: [] });
    await shop.time.pass(3_000);
    expect(shop.types('return.')).toEqual(['return.asked', 'return.reserved', 'return.confirm-intended', 'return.done']);
    expect((await orderOf(shop.box, order.orderId)).problem).toBe('Alt er levert tilbake.');
  });

  it('may have its new goods made cheaper, and not those that came back', async () => {
    const shop = new Counter();
    const order = await sellForCash(shop, BOOK);
    await shop.do(take(order));
    await shop.ring(BREAD);
    const off = (amountOre: number) => ({ type: 'discount-sale', discount: { kind: 'amount', amountOre, reason: 'Kunde' } }) as const;
    expect(await shop.ask(off(3_991))).toMatchObject({ ok: false, code: 'discount-too-large' });
    await shop.do(off(990));
    expect(shop.view.basket).toMatchObject({ totalOre: 3_000 - 29_900, returned: { amountOre: -29_900 } });
  });

  it('for something dearer is paid as any other sale', async () => {
    const shop = new Counter();
    const order = await sellForCash(shop, BREAD);
    await shop.do(take(order));
    await shop.ring(BOOK);
    expect(shop.view.basket).toMatchObject({ totalOre: 25_910, dueOre: 25_910 });
    expect(shop.view.basket?.giveBack).toBeUndefined();
    await shop.showQr();
    await shop.approve();
    expect(shop.finished).toMatchObject({ totalOre: 25_910 });
    await shop.time.pass(3_000);
    expect(shop.types('return.').slice(-2)).toEqual(['return.confirm-intended', 'return.done']);
    // What the new goods were paid with the old ones comes back in cash, with a manager's word.
    await shop.do({ type: 'next-customer' });
    const exchanged = await newestOrder(shop.box);
    expect(exchanged.paidWith).toMatchObject([
      { kind: 'vipps', leftOre: 25_910 },
      { kind: 'cash', leftOre: 3_990, text: expect.stringMatching(/^Byttet inn 39,90.kr$/) },
    ]);
    expect(await shop.ask(take(exchanged))).toMatchObject({ ok: false, code: 'no-manager' });
  });
});

describe('a receipt that is scanned', () => {
  it('is looked up by its code, and another shop’s is not this one’s', async () => {
    const shop = new Counter();
    await sellForCash(shop, BREAD);
    await shop.time.pass(3_000);
    const code = /T1S\.OSLO\.1\.1\.[0-9A-Z]{2}/.exec(shop.papers.join('\n'))?.[0] ?? '';
    await shop.do({ type: 'scan', code });
    expect(shop.view.foundReceipt).toEqual({ code, scan: 1 });
    const search = (text: string) => shop.box.till.ask({ type: 'orders', search: { by: 'text', text } });
    expect(await search(code)).toMatchObject({ orders: [{ receiptNumber: 1, storeName: null, totalOre: 3_990 }], problem: null });
    expect(await search('1')).toMatchObject({ orders: [{ receiptNumber: 1 }] });
    expect(await search('T1S.KOLO.1.1042.5G')).toMatchObject({ orders: [], problem: { kind: 'not-ours' } });
    expect(await search('T1S.OSLO.1.1.ZZ')).toMatchObject({ orders: [], problem: { kind: 'unreadable' } });
    for (const piece of ['T1S', 'T1S.OSLO', code.slice(0, -1), code.slice(0, -3), code.slice(4), 'oslo.1.1'])
      expect([piece, await search(piece)]).toMatchObject([
        piece,
        { orders: [], problem: { kind: 'unreadable', text: expect.stringContaining('for kort') } },
      ]);
    await shop.do({ type: 'forget-receipt' });
    expect(shop.view.foundReceipt).toBeUndefined();
  });

  it('is searched for each time that it is scanned, and so is one that was read in part', async () => {
    const shop = new Counter();
    await sellForCash(shop, BREAD);
    for (const [index, code] of ['T1S.KOLO.1.1042.5G', 'T1S.KOLO.1.1042.5G', 'T1S.KOLO.1.10', 'T1S.KOLO.1.1042.5G'].entries()) {
      await shop.do({ type: 'scan', code });
      expect(shop.view.foundReceipt).toEqual({ code, scan: index + 1 });
    }
    expect(shop.view.notice).toBeNull();
  });

  it('is not needed: the payment’s reference, the day with the amount, or an article find the purchase as well', async () => {
    const shop = new Counter();
    await sellForCash(shop, SODA);
    const order = await sellWithVipps(shop, BREAD);
    const search = async (wish: Parameters<typeof shop.box.till.ask>[0] & { type: 'orders' }) => {
      const answer = await shop.box.till.ask(wish);
      return answer.type === 'orders' ? answer.orders.map(({ orderId }) => orderId) : [];
    };
    expect(await search({ type: 'orders', search: { by: 'text', text: shop.latest.reference } })).toEqual([order.orderId]);
    expect(await search({ type: 'orders', search: { by: 'date', date: '2026-11-21', amountOre: 3_990 } })).toEqual([order.orderId]);
    expect(await search({ type: 'orders', search: { by: 'date', date: '2026-11-20' } })).toEqual([]);
    for (const text of [BREAD.articleNumber, BREAD.ean ?? '', 'kneipp'])
      expect(await search({ type: 'orders', search: { by: 'article', text, fromDate: '2026-11-01', toDate: '2026-11-21' } })).toEqual([
        order.orderId,
      ]);
  });
});

it('a sale whose goods are being paid back stays as it is', async () => {
  const shop = new Counter();
  const order = await sellForCash(shop, BOOK);
  await shop.do(take(order), { type: 'give-back' });
  for (const command of [
    { type: 'add-article', articleNumber: BREAD.articleNumber },
    { type: 'pay-cash', receivedOre: 0 },
    take(order),
    { type: 'give-back' },
  ] as const)
    expect(await shop.ask(command)).toMatchObject({ ok: false, code: 'return-under-way' });
});
