import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readQr } from '../../support/read-qr.ts';
import { type EpaymentMerchant, startEpayment } from './epayment-merchant.ts';
import { type Answer, request } from './merchant.ts';

let shop: EpaymentMerchant;
const send = (method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> =>
  shop.merchant.send(method, path, body, headers);

beforeAll(async () => {
  shop = await startEpayment({
    salesUnits: [
      { msn: '123456', name: 'Kolonial på hjørnet', skipLandingPage: true },
      { msn: '654321', name: 'Kiosken', capture: 'direct' },
    ],
    partners: [{ msns: ['123456', '654321'] }],
  });
  await shop.create('order-one');
});
afterAll(() => shop.merchant.sandbox.close());

describe('what a sales unit can do', () => {
  it('is in its details', async () => {
    expect((await send('GET', '/management/v1/sales-units/123456')).json).toEqual({
      msn: '123456',
      name: 'Kolonial på hjørnet',
      businessIdentifier: { scheme: 'business:NO:ORG', id: '987654321' },
      configuration: { paymentAllowed: true, captureType: 'ReserveCapture', skipLandingPageAllowed: true, recurringAllowed: false },
    });
  });

  it('of another merchant’s keys is not found', async () => {
    const answer = await send('GET', '/management/v1/sales-units/654321');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
  });

  it('comes with the merchant and its units', async () => {
    expect((await send('GET', '/management/v1/merchants/business:NO:ORG/987654321')).json).toMatchObject({
      status: 'ACTIVE',
      countryCode: 'NO',
    });
    expect((await send('GET', '/management/v1/merchants/business:NO:ORG/987654321/sales-units')).json).toHaveLength(1);
    expect((await send('GET', '/management/v1/merchants/business:NO:ORG/111111111')).status).toBe(404);
  });
});

describe('a partner’s keys', () => {
  const headers = async (msn?: string) => {
    const [partner] = shop.merchant.sandbox.partners;
    const keys = { 'Ocp-Apim-Subscription-Key': partner?.subscriptionKey ?? '' };
    const secret = { client_id: partner?.clientId ?? '', client_secret: partner?.clientSecret ?? '' };
    const token = await request(`${shop.merchant.sandbox.url}/accesstoken/get`, 'POST', undefined, { ...keys, ...secret });
    return {
      ...keys,
      Authorization: `Bearer ${String(token.json.access_token)}`,
      ...(msn === undefined ? {} : { 'Merchant-Serial-Number': msn }),
    };
  };
  const get = async (path: string, msn?: string) => request(shop.merchant.sandbox.url + path, 'GET', undefined, await headers(msn));

  it('see all their units', async () => {
    expect((await get('/management/v1/sales-units')).json).toMatchObject([{ msn: '123456' }, { msn: '654321' }]);
    expect((await get('/settlement/v1/ledgers')).json.items).toHaveLength(2);
  });

  it('read a payment of the unit they name, and none without naming one', async () => {
    expect((await get('/epayment/v1/payments/order-one', '123456')).status).toBe(200);
    expect((await get('/epayment/v1/payments/order-one', '654321')).status).toBe(404);
    expect((await get('/epayment/v1/payments/order-one')).status).toBe(403);
  });
});

describe('a receipt in the customer’s app', () => {
  const line = { name: 'Loaf', id: '1', totalAmount: 14_770, totalAmountExcludingTax: 12_843, totalTaxAmount: 1_927, taxRate: 1500 };
  const receipt = { orderLines: [line], bottomLine: { currency: 'NOK', receiptNumber: '17' } };
  const base = '/order-management/v2/ECOM';

  it('is added once, and read back', async () => {
    expect((await send('POST', `${base}/receipts/order-one`, receipt)).status).toBe(201);
    expect((await send('POST', `${base}/receipts/order-one`, receipt)).status).toBe(409);
    expect((await send('GET', `${base}/order-one`)).json).toEqual({ receipt });
  });

  it('cannot be added where one came with the payment', async () => {
    await shop.create('order-with-receipt', { receipt });
    expect((await send('POST', `${base}/receipts/order-with-receipt`, receipt)).status).toBe(409);
  });

  it.each([
    ['whose line does not add up', { ...receipt, orderLines: [{ ...line, totalTaxAmount: 1 }] }],
    ['without lines', { ...receipt, orderLines: [] }],
    ['without a currency', { orderLines: [line], bottomLine: {} }],
    ['with an amount that is not whole', { ...receipt, orderLines: [{ ...line, totalAmount: 1.5 }] }],
  ])('%s is refused, with the field', async (_what, body) => {
    const answer = await send('POST', `${base}/receipts/order-one`, body);
    expect(answer.status).toBe(400);
    expect(answer.json.invalidParams?.[0]?.name).toBeTruthy();
  });

  it('belongs to an order that exists, of a type in capitals', async () => {
    expect((await send('POST', `${base}/receipts/nobody`, receipt)).status).toBe(404);
    expect((await send('POST', '/order-management/v2/ecom/receipts/order-one', receipt)).status).toBe(400);
  });

  it('can have a link with a picture beside it', async () => {
    const category = { category: 'RECEIPT', orderDetailsUrl: 'https://example.com/17', imageId: 'loaf' };
    expect((await send('PUT', `${base}/categories/order-one`, category)).status).toBe(400);
    expect((await send('POST', '/order-management/v1/images', { imageId: 'loaf', type: 'base64', src: 'aGVp' })).json).toEqual({
      imageId: 'loaf',
    });
    expect((await send('PUT', `${base}/categories/order-one`, category)).status).toBe(200);
    expect((await send('GET', `${base}/order-one`)).json.category).toEqual(category);
  });
});

describe('a code that leads to the shop’s page', () => {
  const base = '/qr/v1/merchant-redirect';
  const png = { Accept: 'image/png', Size: '400' };

  it('is made, listed, changed and deleted; its picture stays the same', async () => {
    const made = await send('POST', base, { id: 'window', redirectUrl: 'https://example.com/a' }, png);
    expect(made.json).toMatchObject({ id: 'window', redirectUrl: 'https://example.com/a', expiresIn: -1 });
    expect((await send('POST', base, { id: 'window', redirectUrl: 'https://example.com/a' }, png)).status).toBe(409);
    const picture = await fetch(String(made.json.url));
    const content = readQr(new Uint8Array(await picture.arrayBuffer()));
    const changed = await send('PUT', `${base}/window`, { redirectUrl: 'https://example.com/b' }, png);
    expect(changed.json.url).toBe(made.json.url);
    expect((await fetch(content ?? '', { redirect: 'manual' })).headers.get('location')).toBe('https://example.com/b');
    expect((await send('GET', base, undefined, png)).json).toHaveLength(1);
    expect((await send('DELETE', `${base}/window`)).status).toBe(200);
    expect((await send('GET', `${base}/window`, undefined, png)).status).toBe(404);
  });
});

describe('a code that tells the register who is there', () => {
  const base = '/qr/v1/merchant-callback';

  it('keeps its content whatever place it is said to hang at', async () => {
    await send('PUT', `${base}/kasse-1`, { locationDescription: 'Kasse 1' });
    const first = (await send('GET', `${base}/kasse-1`)).json;
    expect(first).toMatchObject({ merchantSerialNumber: '123456', merchantQrId: 'kasse-1', locationDescription: 'Kasse 1' });
    await send('PUT', `${base}/kasse-1`, { locationDescription: 'Kassen' });
    expect((await send('GET', base)).json).toMatchObject([{ locationDescription: 'Kassen', qrContent: first.qrContent }]);
    expect((await fetch(String(first.qrContent), { redirect: 'manual' })).status).toBe(302);
    expect((await send('DELETE', `${base}/kasse-1`)).status).toBe(200);
    expect((await send('GET', `${base}/kasse-1`)).status).toBe(404);
  });

  it('a shown code can be exchanged for its number, in full only', async () => {
    const { content } = shop.control.personalCode('4791234567');
    expect((await send('POST', '/qr/v1/exchange', { qrCode: content, requestedData: ['MSISDN'] })).json).toMatchObject({
      msisdn: '4791234567',
      version: '2.0',
    });
    expect((await send('POST', '/qr/v1/exchange', { qrCode: content.slice(0, -1), requestedData: ['MSISDN'] })).status).toBe(400);
  });
});
