import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultWish } from '../../../server/sandbox/faults/fault.ts';
import { code, type Merchant, merchantOf, startMerchant } from './merchant.ts';

let merchant: Merchant;
let count = 0;
const fresh = () => {
  count += 1;
  return `shop-5-${count}`;
};
const start = async () => {
  const orderId = fresh();
  await merchant.initiate(orderId);
  return orderId;
};
const approved = async () => {
  const orderId = await start();
  merchant.sandbox.control.customer('approve', orderId);
  return orderId;
};
/** Switches it on over HTTP, as a test in another process would. */
const fault = async (wish: FaultWish) => {
  const answer = await merchant.send('POST', '/sandbox/faults', wish);
  expect(answer.status).toBe(200);
};

beforeAll(async () => {
  merchant = await startMerchant();
});
afterEach(() => merchant.sandbox.control.clearFaults());
afterAll(() => merchant.sandbox.close());

describe('a fault', () => {
  it('strikes as often as it was told to and then no more', async () => {
    const orderId = await start();
    await fault({ kind: 'server-error', route: 'details', times: 2 });
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await merchant.details(orderId)).status);
    expect(statuses).toEqual([500, 500, 200, 200]);
  });

  it('can let some requests pass first, and last until it is taken away', async () => {
    const orderId = await start();
    await fault({ kind: 'server-error', status: 503, route: 'details', skip: 1, times: null });
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await merchant.details(orderId)).status);
    expect(statuses).toEqual([200, 503, 503]);
    await merchant.send('DELETE', '/sandbox/faults');
    expect((await merchant.details(orderId)).status).toBe(200);
  });

  it('strikes its own route and payment only', async () => {
    const [one, other] = [await start(), await start()];
    await fault({ kind: 'server-error', route: 'details', reference: one });
    expect((await merchant.details(other)).status).toBe(200);
    expect((await merchant.cancel(one)).status).toBe(200);
    expect((await merchant.details(one)).status).toBe(500);
  });

  it('of an unknown kind is refused with a sentence', async () => {
    const answer = await merchant.send('POST', '/sandbox/faults', { kind: 'earthquake' });
    expect(answer.status).toBe(400);
    expect(String(answer.json.error)).toContain('kind');
  });
});

describe('what can go wrong', () => {
  it('429 with and without Retry-After', async () => {
    const orderId = await start();
    await fault({ kind: 'rate-limited', route: 'details', retryAfterSeconds: 7 });
    const told = await merchant.details(orderId);
    expect([told.status, told.headers.get('retry-after')]).toEqual([429, '7']);
    await fault({ kind: 'rate-limited', route: 'details', retryAfterSeconds: null });
    const silent = await merchant.details(orderId);
    expect([silent.status, silent.headers.get('retry-after')]).toEqual([429, null]);
  });

  it('a 401 with a token that was good a moment ago', async () => {
    const orderId = await start();
    await fault({ kind: 'unauthorized', route: 'details' });
    expect((await merchant.details(orderId)).status).toBe(401);
    expect((await merchant.details(orderId)).status).toBe(200);
  });

  it('an HTML page instead of JSON', async () => {
    await fault({ kind: 'html', route: 'details', status: 200 });
    const answer = await merchant.details(await start());
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.text).toContain('<html>');
  });

  it('a 500 before the effect, and one after it', async () => {
    const orderId = await approved();
    await fault({ kind: 'server-error', route: 'capture' });
    expect((await merchant.capture(orderId, 'k')).status).toBe(500);
    expect(merchant.sandbox.control.payment(orderId).capturedOre).toBe(0);
    await fault({ kind: 'server-error', route: 'capture', afterEffect: true });
    expect((await merchant.capture(orderId, 'k')).status).toBe(500);
    expect(merchant.sandbox.control.payment(orderId).capturedOre).toBe(14_770);
    expect((await merchant.capture(orderId, 'k')).status).toBe(200);
    expect(merchant.sandbox.control.payment(orderId).capturedOre).toBe(14_770);
  });

  it('a connection that is cut before the effect, and one after it', async () => {
    const orderId = await approved();
    await fault({ kind: 'cut-before', route: 'refund' });
    await merchant.capture(orderId, 'k');
    await expect(merchant.refund(orderId, 'r', 1_000)).rejects.toThrow();
    expect(merchant.sandbox.control.payment(orderId).refundedOre).toBe(0);
    await fault({ kind: 'cut-after', route: 'refund' });
    await expect(merchant.refund(orderId, 'r', 1_000)).rejects.toThrow();
    expect(merchant.sandbox.control.payment(orderId).refundedOre).toBe(1_000);
    expect((await merchant.refund(orderId, 'r', 1_000)).status).toBe(200);
    expect(merchant.sandbox.control.payment(orderId).refundedOre).toBe(1_000);
  });

  it('a wait before the effect: the caller may give up while nothing has happened', async () => {
    const orderId = await approved();
    await fault({ kind: 'latency', route: 'capture', ms: 60_000 });
    const gaveUp = fetch(`${merchant.sandbox.url}/ecomm/v2/payments/${orderId}/capture`, {
      method: 'POST',
      signal: AbortSignal.timeout(100),
    });
    await expect(gaveUp).rejects.toThrow();
    expect(merchant.sandbox.control.payment(orderId).capturedOre).toBe(0);
  });

  it('a wait after the effect: the caller may give up on something that has happened', async () => {
    const orderId = await approved();
    await fault({ kind: 'latency', route: 'cancel', ms: 60_000, afterEffect: true });
    const body = JSON.stringify({ merchantInfo: { merchantSerialNumber: merchant.msn }, transaction: { transactionText: 'x' } });
    const gaveUp = fetch(`${merchant.sandbox.url}/ecomm/v2/payments/${orderId}/cancel`, {
      method: 'PUT',
      headers: merchant.headers,
      body,
      signal: AbortSignal.timeout(300),
    });
    await expect(gaveUp).rejects.toThrow();
    expect(merchant.sandbox.control.payment(orderId).phase).toBe('voided');
  });

  it('a stale read, which shows the payment as it was', async () => {
    const orderId = await start();
    merchant.sandbox.control.advance(30_000);
    merchant.sandbox.control.customer('approve', orderId);
    await fault({ kind: 'stale', behindMs: 20_000 });
    const stale = await merchant.details(orderId);
    expect(stale.json.transactionLogHistory).toMatchObject([{ operation: 'INITIATE' }]);
    expect(stale.json).not.toHaveProperty('transactionSummary');
    expect(await merchant.history(orderId)).toEqual(['RESERVE', 'INITIATE']);
  });

  it('a field of the wrong type, and one that is missing', async () => {
    const orderId = await approved();
    await fault({ kind: 'wrong-type', route: 'details', field: 'transactionLogHistory.0.amount' });
    expect((await merchant.details(orderId)).json.transactionLogHistory).toMatchObject([{ amount: '14770' }, {}]);
    await fault({ kind: 'missing-field', route: 'details' });
    expect((await merchant.details(orderId)).json).not.toHaveProperty('transactionLogHistory');
    await fault({ kind: 'wrong-type', route: 'initiate' });
    expect((await merchant.initiate(fresh())).json.url).toBe(42);
  });

  it('JSON that is cut short', async () => {
    await fault({ kind: 'broken-json', route: 'details' });
    const answer = await merchant.details(await start());
    expect([answer.status, answer.json]).toEqual([200, null]);
  });

  it('a body of 10 MB', async () => {
    await fault({ kind: 'huge-body', route: 'details' });
    expect((await merchant.details(await start())).text.length).toBeGreaterThan(10_485_760);
  });

  it('an image that is not a PNG, but says so', async () => {
    const initiated = await merchant.initiate(fresh());
    const qr = await merchant.send('POST', '/qr/v1', { url: initiated.json.url }, { Accept: 'image/png' });
    await fault({ kind: 'not-a-png' });
    const answer = await fetch(String(qr.json.url));
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(await answer.text()).toContain('<html>');
  });

  it('a payment that appears a minute after its 404', async () => {
    const orderId = fresh();
    await fault({ kind: 'late', appearsAfterMs: 60_000 });
    await expect(merchant.initiate(orderId)).rejects.toThrow();
    const early = await merchant.details(orderId);
    expect([early.status, code(early)]).toEqual([404, 'Merchant/35']);
    expect(merchant.sandbox.control.payments().some((payment) => payment.reference === orderId)).toBe(false);
    merchant.sandbox.control.advance(60_000);
    expect(await merchant.history(orderId)).toEqual(['INITIATE']);
  });

  it('another amount than the one that was asked for', async () => {
    const orderId = await approved();
    await fault({ kind: 'other-amount', byOre: 100 });
    const answer = await merchant.details(orderId);
    expect(answer.json.transactionLogHistory).toMatchObject([{ amount: 14_870 }, { amount: 14_870 }]);
    expect(merchant.sandbox.control.payment(orderId).authorisedOre).toBe(14_770);
  });

  it('keys that stop working: every token is revoked', async () => {
    const orderId = await start();
    await merchant.send('POST', '/sandbox/tokens/revoke');
    expect((await merchant.details(orderId)).status).toBe(401);
    merchant = await merchantOf(merchant.sandbox, merchant.msn);
    expect((await merchant.details(orderId)).status).toBe(200);
  });
});
