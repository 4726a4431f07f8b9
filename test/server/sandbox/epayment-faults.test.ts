import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultWish } from '../../../server/sandbox/faults/fault.ts';
import { type EpaymentMerchant, problem, startEpayment } from './epayment-merchant.ts';
import { code, request, tokenHeaders } from './merchant.ts';

let shop: EpaymentMerchant;
let count = 0;
const next = () => {
  count += 1;
  return `shop-faults-${count}`;
};
const fault = (wish: FaultWish) => shop.control.addFault(wish);
const approved = async () => {
  const reference = next();
  await shop.create(reference);
  shop.control.customer('approve', reference);
  return reference;
};

beforeAll(async () => {
  shop = await startEpayment();
});
afterEach(() => shop.control.clearFaults());
afterAll(() => shop.merchant.sandbox.close());

describe('what can go wrong in ePayment', () => {
  it('a capture that is done and whose answer is lost: the same key tells', async () => {
    const reference = await approved();
    fault({ kind: 'cut-after', route: 'capture' });
    await expect(shop.capture(reference, 14_770, 'k')).rejects.toThrow();
    expect((await shop.capture(reference, 14_770, 'k')).status).toBe(200);
    expect(await shop.story(reference)).toEqual(['CREATED', 'AUTHORIZED', 'CAPTURED']);
  });

  it('a create that is cut before anything happened: the same key makes it', async () => {
    const reference = next();
    fault({ kind: 'cut-before', route: 'initiate' });
    await expect(shop.create(reference)).rejects.toThrow();
    expect((await shop.get(reference)).status).toBe(404);
    expect((await shop.create(reference)).status).toBe(201);
  });

  it('a payment that appears a minute after its 404', async () => {
    const reference = next();
    fault({ kind: 'late', answer: 'error' });
    expect((await shop.create(reference)).status).toBe(500);
    expect(problem(await shop.get(reference))).toBe('5090');
    shop.control.advance(60_000);
    expect(await shop.sums(reference)).toBe('CREATED 0/0/0/0');
  });

  it('a stale read: state, amounts and events as they were', async () => {
    const reference = next();
    await shop.create(reference);
    shop.control.advance(30_000);
    shop.control.customer('approve', reference);
    fault({ kind: 'stale', route: '*', behindMs: 20_000, times: 2 });
    expect(await shop.sums(reference)).toBe('CREATED 0/0/0/0');
    expect(await shop.story(reference)).toEqual(['CREATED']);
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/0/0/0');
  });

  it.each(['6260', '6280', '6160', '3010'])('the refusal %s, and nothing done', async (errorCode) => {
    const reference = await approved();
    fault({ kind: 'refused', route: 'capture', code: errorCode });
    expect(problem(await shop.capture(reference, 14_770, 'k'))).toBe(errorCode);
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/0/0/0');
    expect((await shop.capture(reference, 14_770, 'k')).status).toBe(200);
  });

  it('a refusal of eCom by group and code, and never one that no API has', async () => {
    await shop.merchant.initiate('shop-faults-ecom');
    fault({ kind: 'refused', route: 'details', code: 'Payment/63' });
    expect(code(await shop.merchant.details('shop-faults-ecom'))).toBe('Payment/63');
    expect(() => fault({ kind: 'refused', code: '1234' })).toThrow();
  });

  it('amounts nobody asked for, fields that are gone, pages in the way', async () => {
    const reference = await approved();
    fault({ kind: 'other-amount', route: 'details', byOre: 1 });
    expect((await shop.get(reference)).json.amount?.value).toBe(14_771);
    fault({ kind: 'missing-field', route: 'details' });
    expect((await shop.get(reference)).json).not.toHaveProperty('aggregate');
    fault({ kind: 'html', route: 'details' });
    expect((await shop.get(reference)).text).toContain('<!doctype html>');
    fault({ kind: 'rate-limited', route: 'events', retryAfterSeconds: 7 });
    expect((await shop.events(reference)).headers.get('retry-after')).toBe('7');
  });

  it('a token that takes its time', async () => {
    fault({ kind: 'latency', route: 'token', ms: 300 });
    const before = performance.now();
    const answer = await request(
      `${shop.merchant.sandbox.url}/accesstoken/get`,
      'POST',
      undefined,
      tokenHeaders(shop.merchant.sandbox, '123456'),
    );
    expect(answer.status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(290);
  });
});
