/** Customers who are not there: an order is reserved, waits aside while the register goes on, and is collected when it is delivered. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../app/till/contract.ts';
import { BREAD, SODA } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const keys = { clientId: 'id', clientSecret: 'secret', subscriptionKey: 'key' };
const configuration = {
  provider: {
    environment: 'production',
    baseUrl: 'https://api.vipps.no',
    api: 'epayment',
    merchantSerialNumber: '123456',
    ...keys,
  },
  distance: { merchantSerialNumber: '654321', ...keys },
};

const atDistance = () => new Counter({ configuration, habits: { sparesApproved: true } });

/** A telephone order of bread and a bottle: 66,80 kr with its deposit. */
async function ordered(counter = atDistance(), deadlineHours = 24): Promise<Counter> {
  await counter.ring(BREAD, SODA);
  await counter.do({ type: 'pay-vipps', way: 'away-phone' }, { type: 'answer-phone', number: '912 34 567' });
  await counter.do({ type: 'confirm-phone', send: true, deadlineHours });
  await counter.time.until(() => counter.view.stage.kind === 'selling', 'the sale is set aside');
  return counter;
}

const order = (counter: Counter) => {
  const entry = counter.box.entries().find(({ type }) => type === 'payment.planned');
  if (entry?.type !== 'payment.planned') throw new RangeError('nothing was planned');
  return entry.payload.order;
};

async function takeUp(counter: Counter): Promise<void> {
  const saleId = counter.view.reservations[0]?.saleId ?? counter.view.parked[0]?.saleId ?? 'none';
  await counter.do({ type: 'resume-sale', saleId });
}

describe('an order by telephone', () => {
  it('is asked for by number, with a deadline to choose', async () => {
    const counter = atDistance();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way: 'away-phone' }, { type: 'answer-phone', number: '91234567' });
    expect(counter.view.prompt).toMatchObject({
      kind: 'phone-confirm',
      amountOre: 3_990,
      deadlines: [{ label: '2 timer' }, { label: '1 døgn' }, { label: '3 døgn' }, { label: '7 døgn' }],
    });
  });

  it('is the distance unit’s, with a deadline and the receipt that the provider wants; no number is on disk', async () => {
    const counter = await ordered();
    expect(order(counter)).toMatchObject({
      unit: 'distance',
      collect: 'when-told',
      receipt: 'at-creation',
      flow: { kind: 'push', expiresAtMs: expect.any(Number) },
    });
    expect(JSON.stringify(counter.box.entries())).not.toContain('91234567');
  });

  it('has a deadline that reads as a day in English too', async () => {
    const counter = atDistance();
    await counter.do({ type: 'set-language', screen: 'cashier', language: 'en' });
    await ordered(counter);
    expect(counter.view.notice?.text).toMatch(/The customer has until \d{1,2} [A-Z][a-z]{2} \d{4} at \d\d:\d\d\./);
  });

  it('waits aside with its deadline, and the next customer is served', async () => {
    const counter = await ordered();
    expect(counter.view.notice?.text).toMatch(
      /^Salg 1 er sendt og satt til side\. Kunden har frist til \d\d\.\d\d\.\d{4} kl\. \d\d:\d\d\./,
    );
    expect(counter.view.reservations).toMatchObject([
      { state: 'waits', deadline: { text: expect.stringContaining('Må godkjennes innen') } },
    ]);
    expect(counter.screen.kind).toBe('idle');
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    expect(counter.finished.totalOre).toBe(3_990);
  });

  it('is approved hours later, through a restart, and stands there with the time it must be delivered by', async () => {
    const counter = await ordered();
    await counter.time.pass(2 * HOUR_MS);
    counter.restart();
    await counter.time.pass(3 * HOUR_MS);
    expect(counter.view.reservations).toMatchObject([{ state: 'waits' }]);
    counter.latest.approve(counter.time.nowMs);
    await counter.time.pass(60_000);
    expect(counter.view.reservations).toMatchObject([{ state: 'held', deadline: { text: expect.stringContaining('Må leveres innen') } }]);
    expect(counter.view.stage.kind).toBe('selling');
  });

  it('is collected when it is delivered, as far as it is: the rest is let go of, and the receipt is printed unasked', async () => {
    const counter = await ordered();
    counter.latest.approve(counter.time.nowMs);
    await counter.time.pass(60_000);
    await takeUp(counter);
    expect(counter.payment.buttons.map(({ label }) => label)).toEqual(['Levert: ta betalt 66,80', 'Gi alt tilbake']);
    const bread = counter.view.basket?.lines.find(({ name }) => name === 'Kneipp')?.lineId ?? 'none';
    await counter.do({ type: 'remove-line', lineId: bread }, { type: 'collect-payment' });
    await counter.time.until(() => counter.view.stage.kind === 'finished' && !counter.latest.hasRest, 'it is collected');
    await counter.time.pass(5_000);
    expect(counter.latest).toMatchObject({ authorisedOre: 6_680, capturedOre: 2_690, releasedOre: 3_990 });
    expect(counter.papers.at(-1)).toContain('Salgskvittering');
    expect(counter.screen.kind).toBe('idle');
  });

  it('is not paid in time: it is said once, and the sale is an ordinary parked one', async () => {
    const counter = await ordered(atDistance(), 2);
    await counter.time.pass(2 * HOUR_MS + 60_000);
    expect(counter.view.reservations).toEqual([]);
    expect(counter.view.parked).toHaveLength(1);
    expect(counter.view.notice?.text).toContain('godkjente ikke salg 1 i tide');
    await takeUp(counter);
    expect(counter.view.stage.kind).toBe('selling');
    await counter.do({ type: 'abort-sale' });
  });

  it('to which the customer says no is said as such', async () => {
    const counter = await ordered();
    counter.latest.reject(counter.time.nowMs);
    await counter.time.pass(60_000);
    expect(counter.view.notice?.text).toContain('Kunden sa nei til salg 1');
  });

  it('is called off with the money given back', async () => {
    const counter = await ordered();
    counter.latest.approve(counter.time.nowMs);
    await counter.time.pass(60_000);
    await takeUp(counter);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.until(() => counter.latest.phase === 'voided', 'it is given back');
    await counter.time.pass(2_000);
    expect(counter.payment.phase).toBe('given-back');
  });

  it('shines a light when its time is nearly over', async () => {
    const counter = await ordered(atDistance(), 2);
    const light = () => counter.view.lights.find(({ device }) => device === 'reservations')?.text;
    expect(light()).toBeUndefined();
    await counter.time.pass(70 * 60_000);
    expect(light()).toBe('Reservert: 1 går snart ut');
  });

  it('is kept for 180 days in Norway', async () => {
    const counter = await ordered();
    counter.latest.approve(counter.time.nowMs);
    await counter.time.pass(60_000);
    const [row] = counter.view.reservations;
    expect(row?.untilMs).toBe((row?.sinceMs ?? 0) + 180 * DAY_MS);
  });

  it('is asked about now and then, not every second for days', async () => {
    const counter = await ordered();
    const before = counter.asked('read').length;
    await counter.time.pass(HOUR_MS);
    expect(counter.asked('read').length - before).toBeLessThan(130);
  });

  it('of a sale that is partly paid is refused: the customer’s receipt would not add up', async () => {
    const counter = atDistance();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 1_000 });
    expect(await counter.ask({ type: 'pay-vipps', way: 'away-phone' })).toMatchObject({ ok: false, code: 'holds-money' });
  });
});

describe('a link', () => {
  const begin = async (way: 'away-link' | 'away-card'): Promise<Counter> => {
    const counter = atDistance();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way } satisfies Command);
    await counter.time.until(() => counter.payment.link !== undefined, 'the link is there');
    return counter;
  };

  it('is there to copy, with what the provider forbids; the customer’s screen shows nothing of it', async () => {
    const counter = await begin('away-card');
    expect(counter.payment.link).toMatchObject({ url: counter.latest.url, warning: expect.stringContaining('SMS eller e-post') });
    expect(order(counter).flow).toMatchObject({ kind: 'link', card: true });
    expect(counter.screen.kind).toBe('idle');
  });

  it('is set aside, paid meanwhile, and collected', async () => {
    const counter = await begin('away-link');
    await counter.do({ type: 'park-sale' });
    expect(counter.view.reservations).toMatchObject([{ state: 'waits' }]);
    counter.latest.approve(counter.time.nowMs);
    await counter.time.pass(60_000);
    await takeUp(counter);
    await counter.do({ type: 'collect-payment' });
    await counter.time.until(() => counter.view.stage.kind === 'finished', 'it is collected');
    expect(counter.finished.totalOre).toBe(3_990);
  });

  it('that nobody opened is over after ten minutes', async () => {
    const counter = await begin('away-link');
    await counter.time.pass(11 * 60_000);
    expect(counter.payment.phase).toBe('not-paid');
  });

  it('whose creation was lost is followed by another link, not by a code for nobody', async () => {
    const counter = atDistance();
    counter.next('create', { kind: 'lost-after' });
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way: 'away-link' });
    await counter.time.until(() => counter.view.stage.kind === 'payment' && counter.payment.link !== undefined, 'another link is there');
    expect(counter.payment.reference).toMatch(/-2$/);
  });
});

describe('a shop without a sales unit for it', () => {
  it('is not offered any of this', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    expect(counter.view.vippsWays.map(({ command }) => (command.type === 'pay-vipps' ? command.way : ''))).toEqual([
      'phone',
      'personal-qr',
    ]);
    expect(await counter.ask({ type: 'pay-vipps', way: 'away-phone' })).toMatchObject({ ok: false, code: 'provider-not-configured' });
  });
});
