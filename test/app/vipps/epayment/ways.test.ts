/** The ways to a customer through ePayment, against the practice provider. */
import { describe, expect, it } from 'vitest';
import { type CreationExtras, NO_EXTRAS, type PaymentFlow, type PaymentOrder } from '../../../../app/payment/provider.ts';
import { anOrder, endEach, startAt } from '../behaviour.ts';

endEach();

const DAY_MS = 86_400_000;
const DISTANCE = { salesUnits: [{ msn: '222333', longLiving: true, skipLandingPage: true }] };
const receipt = [
  {
    lineId: '1',
    name: 'Kneipp',
    unit: 'stk',
    quantityMilli: 1_000,
    unitPriceOre: 49_900,
    amountOre: 49_900,
    vatOre: 6_509,
    vatBasisPoints: 1_500,
    discountOre: 0,
  },
];
const kari: CreationExtras = { ...NO_EXTRAS, payer: { kind: 'phone', msisdn: '4791234567' }, receipt };
const by = (flow: PaymentFlow): PaymentOrder => ({ ...anOrder(), flow });
const later = (expiresAtMs: number): PaymentOrder => by({ kind: 'push', shown: '91 ** ** 67', expiresAtMs });

describe('a message to a phone with a deadline', () => {
  it('waits for days, is approved hours later and captured in part; the rest is let go of', async () => {
    const { sandbox, provider, view } = await startAt('epayment', '222333', DISTANCE);
    const order = later(sandbox.control.nowMs() + 3 * DAY_MS);
    expect(await provider.create(order, kari)).toEqual({ kind: 'ok', value: { url: null } });
    expect(sandbox.control.payment(order.reference)).toMatchObject({ pushedTo: '4791234567', receiptLines: [{ totalOre: 49_900 }] });
    sandbox.control.advance(5 * 3_600_000);
    expect(await view(order)).toMatchObject({ state: 'open' });
    sandbox.control.customer('approve', order.reference);
    expect(await provider.capture(order, 30_000, 'c1')).toEqual({ kind: 'ok', value: null });
    expect(await provider.cancel(order, 'remainder', 'x1')).toEqual({ kind: 'ok', value: null });
    expect(await view(order)).toMatchObject({ capturedOre: 30_000, releasedOre: 19_900 });
  });

  it('is over when nobody has approved it in time', async () => {
    const { sandbox, provider, view } = await startAt('epayment', '222333', DISTANCE);
    const order = later(sandbox.control.nowMs() + DAY_MS);
    await provider.create(order, kari);
    sandbox.control.advance(DAY_MS + 1_000);
    expect(await view(order)).toMatchObject({ state: 'expired' });
  });

  it('does not leave the register without a receipt that adds up, which the provider wants', async () => {
    const { sandbox, provider } = await startAt('epayment', '222333', DISTANCE);
    const order = later(sandbox.control.nowMs() + DAY_MS);
    const refused = { kind: 'refused', error: { code: 'local:no-receipt' } };
    expect(await provider.create(order, { ...kari, receipt: null })).toMatchObject(refused);
    expect(await provider.create({ ...order, amountOre: 40_000 }, kari)).toMatchObject(refused);
    expect(sandbox.control.requests({ route: 'initiate' })).toEqual([]);
  });

  it.each([
    ['5050', { salesUnits: [{ msn: '222333', skipLandingPage: true }] }, DAY_MS],
    ['5080', { salesUnits: [{ msn: '222333', longLiving: true }] }, DAY_MS],
    ['6110', DISTANCE, 61 * DAY_MS],
    ['6120', DISTANCE, 300_000],
  ] as const)('is refused by name (%s)', async (code, options, forMs) => {
    const { sandbox, provider } = await startAt('epayment', '222333', options);
    const order = later(sandbox.control.nowMs() + forMs);
    expect(await provider.create(order, kari)).toMatchObject({ kind: 'refused', error: { code: `epayment:${code}` } });
  });
});

describe('a link', () => {
  it.each([
    ['in the app', false, 'wallet'],
    ['by card, without the app', true, 'card'],
  ] as const)('is an address that is opened and paid %s', async (_, card, method) => {
    const { sandbox, provider, view } = await startAt('epayment', '222333', DISTANCE);
    const order = by({ kind: 'link', card, expiresAtMs: sandbox.control.nowMs() + 600_000 });
    const created = await provider.create(order, { ...NO_EXTRAS, receipt });
    const payment = sandbox.control.payment(order.reference);
    expect(created).toEqual({ kind: 'ok', value: { url: payment.url } });
    expect(payment).toMatchObject({ flow: 'web', method, receiptLines: [{ name: 'Kneipp' }] });
    sandbox.control.customer('approve', order.reference);
    expect(await view(order)).toMatchObject({ state: 'authorised', authorisedOre: 49_900 });
  });

  it('to a card is refused where the sales unit takes none', async () => {
    const { provider } = await startAt('epayment', '222333', { salesUnits: [{ msn: '222333', card: false }] });
    const order = by({ kind: 'link', card: true, expiresAtMs: 0 });
    expect(await provider.create(order)).toMatchObject({ kind: 'refused', error: { code: 'epayment:5070' } });
  });
});

describe('a message at the counter', () => {
  it('goes to the phone, and there is nothing to show', async () => {
    const { sandbox, provider } = await startAt('epayment');
    const order = by({ kind: 'push', shown: '91 ** ** 67' });
    expect(await provider.create(order, kari)).toEqual({ kind: 'ok', value: { url: null } });
    expect(sandbox.control.payment(order.reference).pushedTo).toBe('4791234567');
  });

  it('goes to whoever has shown their own code', async () => {
    const { sandbox, provider } = await startAt('epayment');
    const { content, customer } = sandbox.control.personalCode();
    const order = by({ kind: 'personal-qr' });
    await provider.create(order, { ...NO_EXTRAS, payer: { kind: 'personal-qr', content } });
    expect(sandbox.control.payment(order.reference).pushedTo).toBe(customer.msisdn);
  });

  it('that nobody is named for is not sent', async () => {
    const { sandbox, provider } = await startAt('epayment');
    const answer = await provider.create(by({ kind: 'push', shown: '91 ** ** 67' }));
    expect(answer).toMatchObject({ kind: 'refused', error: { code: 'local:no-payer' } });
    expect(sandbox.control.requests({ route: 'initiate' })).toEqual([]);
  });

  it('does not reach who is too young, and does not say so', async () => {
    const { provider } = await startAt('epayment');
    const ola: CreationExtras = { ...NO_EXTRAS, payer: { kind: 'phone', msisdn: '4748059528' }, minimumUserAge: 18 };
    const answer = await provider.create(by({ kind: 'push', shown: '48 ** ** 28' }), ola);
    expect(answer).toMatchObject({ kind: 'refused', error: { code: 'epayment:7010' } });
  });
});
