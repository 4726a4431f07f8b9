import { createHash, createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultWish } from '../../../server/sandbox/faults/fault.ts';
import { type EpaymentMerchant, problem, startEpayment } from './epayment-merchant.ts';
import type { Answer } from './merchant.ts';
import { type Received, type Receiver, startReceiver } from './receiver.ts';

const every = ['created', 'aborted', 'expired', 'cancelled', 'captured', 'refunded', 'authorized', 'terminated'].map(
  (name) => `epayments.payment.${name}.v1`,
);
const hooks = '/webhooks/v1/webhooks';
let shop: EpaymentMerchant;
let receiver: Receiver;
let count = 0;
const next = () => {
  count += 1;
  return `shop-hooks-${count}`;
};
const register = (url: string, events: readonly string[] = every): Promise<Answer> => shop.merchant.send('POST', hooks, { url, events });
const listed = async () => (await shop.merchant.send('GET', hooks)).json.webhooks as unknown as { id: string; url: string }[];
const names = (reference: string) =>
  receiver.received
    .map((each) => JSON.parse(each.body) as { reference: string; name: string })
    .filter((each) => each.reference === reference)
    .map((each) => each.name);
const fault = (wish: FaultWish) => shop.control.addFault(wish);

beforeAll(async () => {
  shop = await startEpayment({ tokenLifetimeMs: 10 * 365 * 86_400_000 });
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  shop.control.clearFaults();
  for (const each of await listed()) await shop.merchant.send('DELETE', `${hooks}/${each.id}`);
  await receiver.close();
});
afterAll(() => shop.merchant.sandbox.close());

/** What a receiver computes from what it has received. */
function signature(secret: string, one: Received, url: URL): string {
  const hash = createHash('sha256').update(one.body).digest('base64');
  const text = `POST\n${url.pathname}${url.search}\n${String(one.headers['x-ms-date'])};${url.host};${hash}`;
  const signed = createHmac('sha256', secret).update(text).digest('base64');
  return `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signed}`;
}

describe('a registration', () => {
  it('shows its secret once, is in the list, and can be deleted', async () => {
    const answer = await register(`${receiver.url}/hook`);
    expect(answer.status).toBe(201);
    expect(answer.json.secret).toBeTruthy();
    const [one] = await listed();
    expect(one).toEqual({ id: answer.json.id, url: `${receiver.url}/hook`, events: every });
    expect((await shop.merchant.send('DELETE', `${hooks}/${one?.id}`)).status).toBe(204);
    expect(await listed()).toEqual([]);
  });

  it.each([
    ['without https', { url: 'http://example.com/hook', events: every }],
    ['for nothing', { url: 'https://example.com/hook', events: [] }],
    ['for an event that does not exist', { url: 'https://example.com/hook', events: ['epayments.payment.sneezed.v1'] }],
  ])('%s is refused', async (_what, body) => {
    const answer = await shop.merchant.send('POST', hooks, body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('is one of at most 25 for an event, and the only one for check-ins', async () => {
    const codes: number[] = [];
    for (let call = 0; call < 26; call += 1) codes.push((await register('https://example.com', every.slice(0, 1))).status);
    expect(codes.filter((status) => status === 201)).toHaveLength(25);
    expect(codes.at(-1)).toBe(400);
    expect((await register('https://example.com', ['user.checked-in.v1'])).status).toBe(201);
    expect((await register('https://example.com', ['user.checked-in.v1'])).status).toBe(400);
  });
});

describe('what happens to a payment', () => {
  it('is sent in order, signed over the address as it was registered', async () => {
    const url = new URL(`${receiver.url}/hook?shop=1`);
    const { secret } = (await register(url.href)).json;
    const reference = next();
    await shop.create(reference);
    shop.control.customer('approve', reference);
    await shop.capture(reference, 10_000, 'k');
    await shop.cancel(reference, 'c');
    await shop.refund(reference, 1_000, 'r');
    await expect.poll(() => names(reference)).toEqual(['CREATED', 'AUTHORIZED', 'CAPTURED', 'CANCELLED', 'REFUNDED']);
    for (const one of receiver.received) {
      expect(one.path).toBe('/hook?shop=1');
      expect(one.headers['x-ms-content-sha256']).toBe(createHash('sha256').update(one.body).digest('base64'));
      expect(one.headers.authorization).toBe(signature(String(secret), one, url));
    }
    expect(JSON.parse(receiver.received[2]?.body ?? '')).toMatchObject({
      msn: '123456',
      reference,
      name: 'CAPTURED',
      amount: { currency: 'NOK', value: 10_000 },
      idempotencyKey: 'k',
      success: true,
    });
  });

  it('is sent for an expiry too, which nobody did', async () => {
    await register(receiver.url);
    const reference = next();
    await shop.create(reference);
    shop.control.advance(600_000);
    await expect.poll(() => names(reference)).toEqual(['CREATED', 'EXPIRED']);
  });

  it('waits behind what has not arrived, and comes when the receiver is back', async () => {
    await register(receiver.url);
    receiver.answer = 500;
    const reference = next();
    await shop.create(reference);
    await expect.poll(() => names(reference)).toContain('CREATED');
    shop.control.customer('reject', reference);
    receiver.answer = null;
    shop.control.advance(60_000);
    await expect.poll(() => names(reference).length).toBeGreaterThan(1);
    expect(new Set(names(reference))).toEqual(new Set(['CREATED']));
    receiver.answer = 200;
    shop.control.advance(3_600_000);
    await expect.poll(() => names(reference).slice(-2)).toEqual(['CREATED', 'ABORTED']);
  });

  it('of another payment does not wait', async () => {
    await register(receiver.url);
    receiver.answer = 500;
    const [blocked, free] = [next(), next()];
    await shop.create(blocked);
    await expect.poll(() => names(blocked)).toContain('CREATED');
    receiver.answer = 200;
    await shop.create(free);
    await expect.poll(() => names(free)).toEqual(['CREATED']);
  });

  it('is not tried for longer than seven days, and a registration silent for two weeks is gone', async () => {
    await register(receiver.url);
    receiver.answer = 500;
    const reference = next();
    await shop.create(reference);
    await expect.poll(() => names(reference)).toContain('CREATED');
    expect(await listed()).toHaveLength(1);
    shop.control.advance(15 * 86_400_000);
    expect(await listed()).toEqual([]);
  });

  it('goes nowhere beyond this machine', async () => {
    await register('https://example.com/hook');
    const before = shop.control.deliveries().length;
    const reference = next();
    await shop.create(reference);
    expect(shop.control.deliveries()).toHaveLength(before);
  });
});

describe('faults of webhooks', () => {
  const approvedWith = async (wish: FaultWish) => {
    const { secret } = (await register(receiver.url)).json;
    fault(wish);
    const reference = next();
    await shop.create(reference);
    shop.control.customer('approve', reference);
    return { reference, secret: String(secret) };
  };

  it('duplicate: the same event twice', async () => {
    const { reference } = await approvedWith({ kind: 'duplicate' });
    await expect.poll(() => names(reference)).toEqual(['CREATED', 'CREATED', 'AUTHORIZED']);
  });

  it('reorder: the later event first', async () => {
    const { reference } = await approvedWith({ kind: 'reorder' });
    await expect.poll(() => names(reference)).toEqual(['AUTHORIZED', 'CREATED']);
  });

  it('lost: one never comes', async () => {
    const { reference } = await approvedWith({ kind: 'lost' });
    await expect.poll(() => names(reference)).toEqual(['AUTHORIZED']);
  });

  it('latency: one comes late, and what follows it with it', async () => {
    const { reference } = await approvedWith({ kind: 'latency', route: 'webhook', ms: 60_000 });
    expect(names(reference)).toEqual([]);
    shop.control.advance(60_000);
    await expect.poll(() => names(reference)).toEqual(['CREATED', 'AUTHORIZED']);
  });

  it('forged: a signature that is not the provider’s', async () => {
    const { reference, secret } = await approvedWith({ kind: 'forged' });
    await expect.poll(() => names(reference)).toEqual(['CREATED', 'AUTHORIZED']);
    const good = receiver.received.map((one) => one.headers.authorization === signature(secret, one, new URL(receiver.url)));
    expect(good).toEqual([false, true]);
  });
});

describe('a customer who checks in', () => {
  it('comes with a token that a payment can be pushed to for a quarter of an hour', async () => {
    await register(receiver.url, ['user.checked-in.v1']);
    shop.control.checkIn('123456', 'kasse-1');
    await expect.poll(() => receiver.received).toHaveLength(1);
    const told = JSON.parse(receiver.received[0]?.body ?? '') as { customerToken: string };
    expect(told).toMatchObject({ msn: '123456', merchantQrId: 'kasse-1' });
    const reference = next();
    await shop.create(reference, { userFlow: 'PUSH_MESSAGE', customer: { customerToken: told.customerToken } });
    expect(shop.control.payment(reference).pushedTo).toBe('4791234567');
    shop.control.advance(15 * 60_000);
    const late = await shop.create(next(), { userFlow: 'PUSH_MESSAGE', customer: { customerToken: told.customerToken } });
    expect(problem(late)).toBe('4050');
  });
});

describe('the eCom callback', () => {
  const begin = async (transaction: object = {}) => {
    const orderId = next();
    const merchantInfo = { merchantSerialNumber: '123456', callbackPrefix: `${receiver.url}/vipps`, fallBack: 'https://example.com' };
    await shop.merchant.send('POST', '/ecomm/v2/payments', {
      customerInfo: {},
      merchantInfo: { ...merchantInfo, authToken: 'the-merchants-own' },
      transaction: { orderId, amount: 14_770, transactionText: 'Two loaves', ...transaction },
    });
    return orderId;
  };
  const statuses = () =>
    receiver.received.map((one) => (JSON.parse(one.body) as { transactionInfo: { status: string } }).transactionInfo.status);

  it('tells the outcome once, with the merchant’s own token', async () => {
    const orderId = await begin();
    shop.control.customer('approve', orderId);
    await expect.poll(() => receiver.received).toHaveLength(1);
    expect(receiver.received[0]).toMatchObject({
      method: 'POST',
      path: `/vipps/v2/payments/${orderId}`,
      headers: { authorization: 'the-merchants-own' },
    });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      merchantSerialNumber: '123456',
      orderId,
      transactionInfo: { amount: 14_770, status: 'RESERVED' },
    });
  });

  it.each([
    ['reject', 'CANCELLED'],
    ['no-cover', 'RESERVE_FAILED'],
  ] as const)('%s is %s', async (action, status) => {
    shop.control.customer(action, await begin());
    await expect.poll(statuses).toEqual([status]);
  });

  it('is tried once and never again', async () => {
    receiver.answer = 500;
    const orderId = await begin();
    shop.control.customer('approve', orderId);
    await expect.poll(statuses).toEqual(['RESERVED']);
    shop.control.advance(86_400_000);
    await expect.poll(() => shop.control.deliveries().filter((each) => each.reference === orderId)).toMatchObject([{ status: 500 }]);
    expect(statuses()).toEqual(['RESERVED']);
  });
});
