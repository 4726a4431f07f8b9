import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readQr } from '../../support/read-qr.ts';
import { createBody, type EpaymentMerchant, epaymentOf, problem, startEpayment } from './epayment-merchant.ts';
import { merchantOf } from './merchant.ts';

let shop: EpaymentMerchant;
let count = 0;
const next = () => {
  count += 1;
  return `shop-create-${count}`;
};
const refusal = async (changes: Readonly<Record<string, unknown>>, of = shop) => problem(await of.create(next(), changes));

beforeAll(async () => {
  shop = await startEpayment({
    salesUnits: [
      { msn: '123456', skipLandingPage: true, longLiving: true },
      { msn: '222222', card: false },
      { msn: '333333', market: 'DK' },
      { msn: '444444', market: 'FI' },
    ],
  });
});
afterAll(() => shop.merchant.sandbox.close());

const line = (totalAmount: number) => ({
  name: 'Loaf',
  id: '1',
  totalAmount,
  totalAmountExcludingTax: totalAmount - 1000,
  totalTaxAmount: 1000,
});
const receipt = { orderLines: [line(14_770)], bottomLine: { currency: 'NOK' } };
const inMinutes = (minutes: number) => new Date(shop.control.nowMs() + minutes * 60_000).toISOString();

describe('a new payment', () => {
  it('answers 201 with its reference and where the customer goes', async () => {
    const reference = next();
    const answer = await shop.create(reference);
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ reference, redirectUrl: expect.stringContaining('/qr/generate/qr.svg') });
  });

  it('is CREATED, with every sum at nothing', async () => {
    const reference = next();
    await shop.create(reference, { metadata: { order: '17' } });
    const { json } = await shop.get(reference);
    expect(json).toMatchObject({
      reference,
      state: 'CREATED',
      amount: { currency: 'NOK', value: 14_770 },
      paymentMethod: { type: 'WALLET' },
      metadata: { order: '17' },
    });
    expect(await shop.sums(reference)).toBe('CREATED 0/0/0/0');
    expect(await shop.story(reference)).toEqual(['CREATED']);
  });

  it('keeps the create’s key in the event log', async () => {
    const reference = next();
    await shop.create(reference, {}, 'the-key');
    expect((await shop.events(reference)).json).toMatchObject([{ name: 'CREATED', idempotencyKey: 'the-key', success: true }]);
  });

  it('has a picture of exactly the size asked for, which reads as the payment’s address', async () => {
    const answer = await shop.create(next(), { qrFormat: { format: 'IMAGE/PNG', size: 400 } });
    const image = await fetch(String(answer.json.redirectUrl));
    expect(image.headers.get('content-type')).toBe('image/png');
    const picture = Buffer.from(await image.arrayBuffer());
    expect(picture.readUInt32BE(16)).toBe(400);
    expect(readQr(picture)).toContain(shop.merchant.sandbox.url);
  });

  it('gives the code’s content itself when that is asked for', async () => {
    const answer = await shop.create(next(), { qrFormat: { format: 'TEXT/TARGETURL' } });
    expect(String(answer.json.redirectUrl)).toMatch(/token=/);
    expect((await fetch(String(answer.json.redirectUrl), { redirect: 'manual' })).status).toBe(302);
  });

  it('goes to the customer’s phone without an address when it is pushed', async () => {
    const reference = next();
    const answer = await shop.create(reference, { userFlow: 'PUSH_MESSAGE', customer: { phoneNumber: '4791234567' } });
    expect(answer.json).toEqual({ reference });
    expect(shop.control.payment(reference)).toMatchObject({ pushedTo: '4791234567', flow: 'push' });
  });

  it('finds the customer by the personal code the app shows, old kind and new', async () => {
    const first = next();
    await shop.create(first, { userFlow: 'PUSH_MESSAGE', customer: { personalQr: 'https://qr.vipps.no/28/2/01/031/4791234567?v=1' } });
    expect(shop.control.payment(first).pushedTo).toBe('4791234567');
    const second = next();
    const { content } = shop.control.personalCode('4748059528');
    await shop.create(second, { userFlow: 'PUSH_MESSAGE', customer: { personalQr: content } });
    expect(shop.control.payment(second).pushedTo).toBe('4748059528');
  });

  it('leads a card to a web page, and another app to this one', async () => {
    const returnUrl = 'https://example.com/done';
    const web = await shop.create(next(), { userFlow: 'WEB_REDIRECT', paymentMethod: { type: 'CARD' }, returnUrl });
    expect(String(web.json.redirectUrl)).toContain(shop.merchant.sandbox.url);
    const app = await shop.create(next(), { userFlow: 'NATIVE_REDIRECT', returnUrl: 'myshop://done' });
    expect(String(app.json.redirectUrl)).toMatch(/^vippsmt:\/\//);
  });

  it('lives as long as the merchant asked for', async () => {
    const reference = next();
    await shop.create(reference, { expiresAt: inMinutes(60), receipt });
    expect(shop.control.payment(reference).approveByMs).toBeGreaterThan(shop.control.nowMs() + 59 * 60_000);
  });

  it('is made although its receipt does not add up', async () => {
    const answer = await shop.create(next(), { receipt: { ...receipt, orderLines: [line(14_000)] } });
    expect(answer.status).toBe(201);
  });

  it('is all there is outside Norway: eCom is not for their sales units', async () => {
    const danish = await merchantOf(shop.merchant.sandbox, '333333');
    expect((await danish.initiate(next())).status).toBe(403);
  });

  it('takes the market’s own money', async () => {
    for (const msn of ['333333', '444444']) {
      const of = epaymentOf(await merchantOf(shop.merchant.sandbox, msn));
      const reference = next();
      expect((await of.create(reference)).status).toBe(201);
      expect((await of.get(reference)).json.amount?.currency).toBe(msn === '333333' ? 'DKK' : 'EUR');
    }
  });
});

describe('a create that is refused', () => {
  const push = { userFlow: 'PUSH_MESSAGE' };
  it.each<[string, string, Record<string, unknown>]>([
    ['without an amount', '4140', { amount: null }],
    ['with a fraction of an øre', '4040', { amount: { currency: 'NOK', value: 100.5 } }],
    ['below the least amount', '6010', { amount: { currency: 'NOK', value: 99 } }],
    ['in another market’s money', '5040', { amount: { currency: 'EUR', value: 1000 } }],
    ['without a flow', '4140', { userFlow: null }],
    ['in a flow nobody knows', 'HTTP 400 userFlow', { userFlow: 'PIGEON' }],
    ['with a reference that is too short', 'HTTP 400 reference', { reference: 'short' }],
    ['with a way of paying nobody knows', '4160', { paymentMethod: { type: 'CASH' } }],
    ['with a card at the counter', '4160', { paymentMethod: { type: 'CARD' } }],
    ['as a push to nobody', '4140', push],
    ['with a number that is not one', '4070', { ...push, customer: { phoneNumber: '+47 91 23 45 67' } }],
    ['with a number that nobody pays with', '7010', { ...push, customer: { phoneNumber: '4790000000' } }],
    ['with somebody who is too young', '7010', { ...push, minimumUserAge: 18, customer: { phoneNumber: '4748059528' } }],
    ['with a product’s barcode for a customer’s code', '4060', { ...push, customer: { personalQr: '7038010000010' } }],
    ['with a token nobody has', '4050', { ...push, customer: { customerToken: 'made-up' } }],
    ['with a customer named twice', 'HTTP 400 customer', { ...push, customer: { phoneNumber: '4791234567', personalQr: 'x' } }],
    ['for the web without an address to return to', '4140', { userFlow: 'WEB_REDIRECT' }],
    ['with an address nobody can open', '4090', { userFlow: 'WEB_REDIRECT', returnUrl: 'http://example.com' }],
    ['with a scope that does not exist', '4080', { profile: { scope: 'name shoeSize' } }],
    ['with a scope the unit has no right to', '5030', { profile: { scope: 'nin' } }],
    ['with too much metadata', '4100', { metadata: { a: '', b: '', c: '', d: '', e: '', f: '' } }],
    ['with too long a key', '4120', { metadata: { ['k'.repeat(101)]: '' } }],
    ['with too long a value', '4130', { metadata: { k: 'v'.repeat(501) } }],
    ['with shipping', '5020', { shipping: { fixedOptions: [] } }],
    ['with blocked sources in Norway', '5010', { paymentMethod: { type: 'WALLET', blockedSources: ['CREDIT'] } }],
    ['with a receipt without lines', 'HTTP 400 receipt.orderLines', { receipt: { bottomLine: { currency: 'NOK' } } }],
  ])('%s: %s', async (_what, code, changes) => {
    expect(await refusal(changes)).toBe(code);
  });

  it('says when the end is too soon, too late, or has no receipt', async () => {
    expect(await refusal({ expiresAt: inMinutes(9), receipt })).toBe('6120');
    expect(await refusal({ expiresAt: inMinutes(61 * 24 * 60), receipt })).toBe('6110');
    expect(await refusal({ expiresAt: inMinutes(60) })).toBe('6130');
  });

  it('says what the sales unit may not do', async () => {
    const of = epaymentOf(await merchantOf(shop.merchant.sandbox, '222222'));
    expect(await refusal({ ...push, customer: { phoneNumber: '4791234567' } }, of)).toBe('5080');
    expect(await refusal({ expiresAt: inMinutes(60), receipt }, of)).toBe('5050');
    const card = { userFlow: 'WEB_REDIRECT', paymentMethod: { type: 'CARD' }, returnUrl: 'https://example.com' };
    expect(await refusal(card, of)).toBe('5070');
  });

  it('is a problem with its code in extraDetails, and only its status in the type', async () => {
    const answer = await shop.create(next(), { amount: { currency: 'NOK', value: 1 } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.json).toMatchObject({
      type: 'https://httpstatuses.io/400',
      title: 'Amount too small',
      status: 400,
      instance: '/v1/payments',
    });
    expect(answer.json.traceId).toBeTruthy();
  });
});

describe('the same create again', () => {
  it('with the same key and the same content is the same answer, in whatever order', async () => {
    const reference = next();
    const first = await shop.create(reference, {}, 'again');
    const body = Object.fromEntries(Object.entries(createBody(reference, 'NOK')).reverse());
    const again = await shop.merchant.send('POST', '/epayment/v1/payments', body, { 'Idempotency-Key': 'again' });
    expect([again.status, again.text]).toEqual([201, first.text]);
  });

  it('with the same key and other content is a conflict', async () => {
    const answer = await shop.create(next(), {}, 'again');
    expect([answer.status, problem(answer)]).toEqual([409, '4020']);
  });

  it('with another key says that the reference exists', async () => {
    const reference = next();
    await shop.create(reference);
    const answer = await shop.create(reference, {}, 'other-key');
    expect([answer.status, problem(answer)]).toEqual([409, '4150']);
  });

  it('needs a key of at most 50 characters', async () => {
    const without = await shop.merchant.send('POST', '/epayment/v1/payments', createBody(next(), 'NOK'));
    expect(problem(without)).toBe('4140');
    expect(problem(await shop.create(next(), {}, 'k'.repeat(51)))).toBe('HTTP 400 Idempotency-Key');
  });

  it('shares one limit with all others whose reference is spelled otherwise', async () => {
    const statuses: number[] = [];
    for (let call = 0; call < 6; call += 1)
      statuses.push((await shop.create('', { reference: null, Reference: next() }, `k${call}`)).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  });

  it('is answered five times a minute, however often it is asked', async () => {
    const reference = next();
    const statuses: number[] = [];
    for (let call = 0; call < 6; call += 1) statuses.push((await shop.create(reference)).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
  });
});
