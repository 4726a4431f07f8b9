import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, initiateBody, type Merchant, merchantOf, startMerchant } from './merchant.ts';

let merchant: Merchant;
let count = 0;
const fresh = () => {
  count += 1;
  return `shop-1-${count}`;
};
/** An initiate body with one part of it changed. */
const changed = (
  change: (body: { customerInfo: object; merchantInfo: Record<string, unknown>; transaction: Record<string, unknown> }) => void,
) => {
  const body = initiateBody(merchant.msn, fresh(), 14_770) as Parameters<typeof change>[0];
  change(body);
  return merchant.send('POST', '/ecomm/v2/payments', body);
};

beforeAll(async () => {
  merchant = await startMerchant({
    salesUnits: [
      { msn: '123456' },
      { msn: '222222', skipLandingPage: true },
      { msn: '333333', standing: 'deactivated' },
      { msn: '444444', standing: 'no-payments' },
    ],
  });
});
afterAll(() => merchant.sandbox.close());

describe('initiating a payment', () => {
  it('gives the order and the address that the QR leads to', async () => {
    const orderId = fresh();
    const answer = await merchant.initiate(orderId);
    expect(answer.status).toBe(200);
    expect(answer.json.orderId).toBe(orderId);
    expect(String(answer.json.url)).toContain('/dwo-api-application/v1/deeplink/vippsgateway?v=2&token=');
  });

  it('refuses an orderId that was used before', async () => {
    const orderId = fresh();
    await merchant.initiate(orderId);
    const again = await merchant.initiate(orderId);
    expect([again.status, code(again)]).toEqual([400, 'Merchant/34']);
  });

  it('lets two sales units use the same orderId, and tells an orderId by its case', async () => {
    const orderId = fresh();
    await merchant.initiate(orderId);
    const other = await merchantOf(merchant.sandbox, '222222');
    expect((await other.initiate(orderId)).status).toBe(200);
    expect((await merchant.initiate(orderId.toUpperCase())).status).toBe(200);
  });

  it('names the fields that break a rule', async () => {
    const answer = await changed((body) => {
      body.transaction.amount = 99;
      body.transaction.transactionText = 'x'.repeat(101);
      body.merchantInfo.callbackPrefix = 'http://example.com';
    });
    expect(answer.status).toBe(400);
    const errors = answer.json as unknown as { errorGroup: string; errorCode: string }[];
    expect(errors.map((error) => error.errorCode).sort()).toEqual([
      'merchantInfo.callbackPrefix',
      'transaction.amount',
      'transaction.transactionText',
    ]);
    expect(new Set(errors.map((error) => error.errorGroup))).toEqual(new Set(['InvalidRequest']));
  });

  it('takes 1,00 kr and no less', async () => {
    expect((await merchant.initiate(fresh(), 100)).status).toBe(200);
    expect((await merchant.initiate(fresh(), 99)).status).toBe(400);
  });

  it('takes orderIds of letters, digits and hyphens, at most 50', async () => {
    expect((await merchant.initiate('a'.repeat(50))).status).toBe(200);
    expect(code(await merchant.initiate('a'.repeat(51)))).toBe('InvalidRequest/transaction.orderId');
    expect(code(await merchant.initiate('a_b'))).toBe('InvalidRequest/transaction.orderId');
  });

  it.each<[string, Parameters<typeof changed>[0]]>([
    ['fallBack is missing', (body) => delete body.merchantInfo.fallBack],
    ['fallBack is spelled fallback', (body) => Object.assign(body.merchantInfo, { fallBack: undefined, fallback: 'https://example.com' })],
    ['fallBack is a number', (body) => Object.assign(body.merchantInfo, { fallBack: 1 })],
    ['the MSN is a number', (body) => Object.assign(body.merchantInfo, { merchantSerialNumber: 123456 })],
    ['the amount is a text', (body) => Object.assign(body.transaction, { amount: '14770' })],
    ['the amount has decimals', (body) => Object.assign(body.transaction, { amount: 147.7 })],
    ['orderId is spelled orderid', (body) => Object.assign(body.transaction, { orderId: undefined, orderid: 'x' })],
    ['transaction is a list', (body) => Object.assign(body, { transaction: [] })],
  ])('answers 500 when %s', async (_what, change) => {
    const answer = await changed(change);
    expect([answer.status, code(answer)]).toEqual([500, 'VippsError/99']);
  });

  it('answers 500 to a body that is not JSON, and 415 to another content type', async () => {
    expect((await merchant.send('POST', '/ecomm/v2/payments', '{"half')).status).toBe(500);
    expect((await merchant.send('POST', '/ecomm/v2/payments', '{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
  });

  it('names a part that is missing', async () => {
    expect(code(await changed((body) => Object.assign(body, { customerInfo: undefined })))).toBe('InvalidRequest/customerInfo');
  });

  it('refuses an MSN in the body that is not the keys’', async () => {
    const answer = await changed((body) => Object.assign(body.merchantInfo, { merchantSerialNumber: '222222' }));
    expect([answer.status, answer.json.errorCode]).toEqual([401, 'Unauthorized']);
  });

  it('refuses to skip the landing page unless the unit may', async () => {
    expect(code(await merchant.initiate(fresh(), 14_770, { skipLandingPage: true }))).toBe('Merchant/38');
  });

  it('pushes to a phone number where the unit may, and never says why a number is refused', async () => {
    const other = await merchantOf(merchant.sandbox, '222222');
    const push = (mobileNumber: string | undefined) =>
      other.send('POST', '/ecomm/v2/payments', {
        ...initiateBody('222222', fresh(), 14_770, { skipLandingPage: true }),
        customerInfo: mobileNumber === undefined ? {} : { mobileNumber },
      });
    expect((await push('91234567')).status).toBe(200);
    expect(merchant.sandbox.control.payments()[0]?.pushedTo).toBe('91234567');
    expect(code(await push('12345678'))).toBe('User/81');
    expect(code(await push(undefined))).toBe('User/81');
  });

  it('refuses units that are deactivated or may not take payments', async () => {
    expect(code(await (await merchantOf(merchant.sandbox, '333333')).initiate(fresh()))).toBe('Merchant/37');
    const login = await (await merchantOf(merchant.sandbox, '444444')).initiate(fresh());
    expect([login.status, code(login)]).toEqual([403, 'Merchant/97']);
  });

  it('is limited to two calls a minute for one orderId, and says how long to wait', async () => {
    const orderId = fresh();
    await merchant.initiate(orderId);
    await merchant.initiate(orderId);
    const third = await merchant.initiate(orderId);
    expect([third.status, third.json.statusCode]).toEqual([429, 429]);
    const waitSeconds = Number(third.headers.get('retry-after'));
    expect(waitSeconds).toBeGreaterThan(50);
    merchant.sandbox.control.advance(waitSeconds * 1000);
    expect((await merchant.initiate(orderId)).status).toBe(400);
    expect((await merchant.initiate(fresh())).status).toBe(200);
  });
});
