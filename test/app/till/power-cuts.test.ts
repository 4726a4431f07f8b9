/** The power goes at each commit of a sale that waits aside for its money: nothing is taken twice, lost, or stuck. */
import { expect, it } from 'vitest';
import type { Command } from '../../../app/till/contract.ts';
import { BOOK, BREAD, SODA } from '../../simulation/shop.ts';
import type { CounterOptions } from './counter.ts';
import { FlickeringCounter } from './flickering-counter.ts';

const keys = { clientId: 'id', clientSecret: 'secret', subscriptionKey: 'key' };
const production = { environment: 'production', baseUrl: 'https://api.vipps.no', api: 'epayment', merchantSerialNumber: '123456', ...keys };
const AWAY: CounterOptions = {
  configuration: { provider: production, distance: { merchantSerialNumber: '654321', ...keys } },
  habits: { sparesApproved: true },
};
/** More than any of these sales writes. */
const MOST_COMMITS = 60;

const tap = ({ articleNumber }: { readonly articleNumber: string }): Command => ({ type: 'add-article', articleNumber });
const NEXT: readonly Command[] = [tap(BOOK), { type: 'pay-cash', receivedOre: 100_000 }, { type: 'next-customer' }];

/** 500 reserved, the basket filled, set aside, another customer served. */
async function heldAside(shop: FlickeringCounter): Promise<void> {
  await shop.press(tap(BREAD), { type: 'pay-vipps', hold: { reserveOre: 50_000 } });
  await shop.wait(2_000);
  shop.approveAll();
  await shop.wait(3_000);
  await shop.press(tap(SODA), { type: 'park-sale' }, ...NEXT);
}

/** Ordered by telephone, another customer served, and approved meanwhile. */
async function ordered(shop: FlickeringCounter): Promise<void> {
  await shop.press(tap(BREAD), tap(SODA), { type: 'pay-vipps', way: 'away-phone' }, { type: 'answer-phone', number: '91234567' });
  await shop.press({ type: 'confirm-phone', send: true, deadlineHours: 2 });
  await shop.wait(3_000);
  await shop.press(...NEXT);
  shop.approveAll();
  await shop.wait(40_000);
}

/** Whatever the register asks is answered as offered first, until nothing waits. */
async function finishAll(shop: FlickeringCounter): Promise<void> {
  for (let turn = 0; turn < 15; turn += 1) {
    const { view } = shop.counter;
    const aside = view.reservations[0] ?? view.parked[0];
    const first = view.stage.kind === 'payment' ? view.stage.buttons[0]?.command : undefined;
    shop.approveAll();
    if (view.prompt?.kind === 'paper') await shop.press({ type: 'answer-print', jobId: view.prompt.jobId, paperCame: true });
    else if (view.prompt !== null) await shop.press({ type: 'dismiss' });
    if (first !== undefined) await shop.press(first);
    else if (view.stage.kind === 'finished') await shop.press({ type: 'decline-receipt' }, { type: 'next-customer' });
    else if ((view.basket?.dueOre ?? 0) > 0) await shop.press({ type: 'pay-cash', receivedOre: 100_000 });
    else if (aside !== undefined) await shop.press({ type: 'resume-sale', saleId: aside.saleId });
    await shop.wait(20_000);
  }
}

it.each([
  ['held and set aside', 'cut-before', {}, heldAside],
  ['held and set aside', 'cut-after', {}, heldAside],
  ['ordered by telephone', 'cut-before', AWAY, ordered],
  ['ordered by telephone', 'cut-after', AWAY, ordered],
] as const)('what is %s survives the power going at every commit (%s)', { timeout: 60_000 }, async (_name, fate, options, begin) => {
  let at = 0;
  for (let wentOut = true; wentOut; ) {
    at += 1;
    const shop = new FlickeringCounter(options, at, fate);
    const { counter } = shop;
    await begin(shop);
    const aside = counter.view.reservations[0];
    if (aside !== undefined) await shop.press({ type: 'resume-sale', saleId: aside.saleId });
    const line = counter.view.basket?.lines[0];
    if (line !== undefined) await shop.press({ type: 'remove-line', lineId: line.lineId });
    await shop.press({ type: 'collect-payment' }, { type: 'collect-payment' });
    await shop.wait(8_000);
    await finishAll(shop);
    await shop.wait(700_000);
    const payments = [...counter.provider.payments.values()];
    const taken = payments.reduce((sum, { capturedOre, refundedOre }) => sum + capturedOre - refundedOre, 0);
    const reserved = payments.reduce((sum, payment) => sum + payment.authorisedOre - payment.capturedOre - payment.releasedOre, 0);
    const entries = counter.box.entries();
    const tendered = entries.reduce((sum, entry) => {
      const tender = entry.type === 'sale.tender-added' ? entry.payload.tender : null;
      return tender?.kind === 'vipps' ? sum + tender.amountOre : sum;
    }, 0);
    const { stage, reservations, parked } = counter.view;
    expect({ at, taken, reserved, stage: stage.kind, aside: reservations.length + parked.length }).toEqual({
      at,
      taken: tendered,
      reserved: 0,
      stage: 'selling',
      aside: 0,
    });
    expect(JSON.stringify(entries)).not.toMatch(/91234567|912 34 567/);
    ({ wentOut } = shop);
  }
  expect(at).toBeGreaterThan(10);
  expect(at).toBeLessThan(MOST_COMMITS);
});
