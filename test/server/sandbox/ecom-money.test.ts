import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type Merchant, merchantOf, startMerchant } from './merchant.ts';

let merchant: Merchant;
let direct: Merchant;
let count = 0;
const dayMs = 86_400_000;
const start = async (of: Merchant = merchant) => {
  count += 1;
  const orderId = `shop-3-${count}`;
  await of.initiate(orderId);
  return orderId;
};
const approved = async (of: Merchant = merchant) => {
  const orderId = await start(of);
  merchant.sandbox.control.customer('approve', orderId);
  return orderId;
};

beforeAll(async () => {
  merchant = await startMerchant({
    tokenLifetimeMs: 10 * 365 * dayMs,
    salesUnits: [{ msn: '123456' }, { msn: '654321', capture: 'direct' }, { msn: '222222', partialCapture: false }],
  });
  direct = await merchantOf(merchant.sandbox, '654321');
});
afterAll(() => merchant.sandbox.close());

describe('capture', () => {
  it('takes what was reserved and answers in transactionInfo', async () => {
    const orderId = await approved();
    const answer = await merchant.capture(orderId, 'k1', 14_770);
    expect(answer.status).toBe(200);
    expect(answer.json.transactionInfo).toMatchObject({ amount: 14_770, status: 'Captured' });
    expect(answer.json.transactionSummary).toMatchObject({
      capturedAmount: 14_770,
      remainingAmountToCapture: 0,
      remainingAmountToRefund: 14_770,
    });
  });

  it('takes everything when no amount is given, and puts the key in the history', async () => {
    const orderId = await approved();
    await merchant.capture(orderId, 'k2');
    const details = await merchant.details(orderId);
    expect(details.json.transactionLogHistory).toMatchObject([{ operation: 'CAPTURE', amount: 14_770, requestId: 'k2' }, {}, {}]);
  });

  it('can be done in parts until nothing is left', async () => {
    const orderId = await approved();
    expect((await merchant.capture(orderId, 'a', 10_000)).status).toBe(200);
    expect(code(await merchant.capture(orderId, 'b', 4_771))).toBe('Payment/61');
    expect((await merchant.capture(orderId, 'c', 4_770)).status).toBe(200);
    expect(code(await merchant.capture(orderId, 'd', 100))).toBe('Payment/61');
  });

  it('is refused before approval, after a rejection and after an expiry', async () => {
    const open = await start();
    expect(code(await merchant.capture(open, 'a'))).toBe('Payment/62');
    merchant.sandbox.control.customer('no-cover', open);
    expect(code(await merchant.capture(open, 'b'))).toBe('Payment/62');
    const rejected = await start();
    merchant.sandbox.control.customer('reject', rejected);
    expect(code(await merchant.capture(rejected, 'a'))).toBe('VippsError/91');
  });

  it('is refused after a cancel, and after 180 days', async () => {
    const cancelled = await approved();
    await merchant.cancel(cancelled);
    expect(code(await merchant.capture(cancelled, 'a'))).toBe('VippsError/91');
    const old = await approved();
    merchant.sandbox.control.advance(180 * dayMs + 1000);
    expect(code(await merchant.capture(old, 'a'))).toBe('Payment/98');
    expect(code(await merchant.cancel(old))).toBe('Payment/52');
  });

  it('has nothing to do after a direct capture', async () => {
    expect(code(await direct.capture(await approved(direct), 'a'))).toBe('VippsError/92');
  });

  it('must be of the full amount where the unit allows no part', async () => {
    const whole = await merchantOf(merchant.sandbox, '222222');
    const orderId = await approved(whole);
    expect(code(await whole.capture(orderId, 'a', 100))).toBe('InvalidRequest/transaction.amount');
    expect((await whole.capture(orderId, 'b')).status).toBe(200);
  });

  it('needs a key of at most 40 characters', async () => {
    const orderId = await approved();
    const body = { merchantInfo: { merchantSerialNumber: '123456' }, transaction: { transactionText: 'x' } };
    expect(code(await merchant.send('POST', `/ecomm/v2/payments/${orderId}/capture`, body))).toBe('InvalidRequest/X-Request-Id');
    expect(code(await merchant.capture(orderId, 'k'.repeat(41)))).toBe('InvalidRequest/X-Request-Id');
    expect((await merchant.capture(orderId, 'k'.repeat(40))).status).toBe(200);
  });

  it('needs a text, and answers 500 to an amount that is not a number', async () => {
    const orderId = await approved();
    const capture = (transaction: object) =>
      merchant.send(
        'POST',
        `/ecomm/v2/payments/${orderId}/capture`,
        { merchantInfo: { merchantSerialNumber: '123456' }, transaction },
        { 'X-Request-Id': 'k' },
      );
    expect(code(await capture({}))).toBe('InvalidRequest/transaction.transactionText');
    expect((await capture({ transactionText: 'x', amount: '100' })).status).toBe(500);
  });
});

describe('a request that is sent again', () => {
  it('is answered the same and done once, for capture and refund alike', async () => {
    const orderId = await approved();
    const first = await merchant.capture(orderId, 'same', 10_000);
    expect((await merchant.capture(orderId, 'same', 10_000)).text).toBe(first.text);
    const refund = await merchant.refund(orderId, 'same', 5_000);
    expect((await merchant.refund(orderId, 'same', 5_000)).text).toBe(refund.text);
    expect(merchant.sandbox.control.payment(orderId)).toMatchObject({ capturedOre: 10_000, refundedOre: 5_000 });
  });

  it('is refused with another body under the same key', async () => {
    const orderId = await approved();
    await merchant.capture(orderId, 'same', 10_000);
    expect(code(await merchant.capture(orderId, 'same', 4_000))).toBe('Payment/93');
    await merchant.refund(orderId, 'same', 1_000);
    expect(code(await merchant.refund(orderId, 'same', 2_000))).toBe('VippsError/93');
    expect(merchant.sandbox.control.payment(orderId)).toMatchObject({ capturedOre: 10_000, refundedOre: 1_000 });
  });

  it('may use the key of a refused attempt', async () => {
    const orderId = await start();
    expect(code(await merchant.capture(orderId, 'k'))).toBe('Payment/62');
    merchant.sandbox.control.customer('approve', orderId);
    expect((await merchant.capture(orderId, 'k')).status).toBe(200);
  });

  it.each(['capture', 'refund', 'cancel'] as const)('is refused after five calls a minute: %s', async (operation) => {
    const orderId = await approved();
    const call = () => (operation === 'cancel' ? merchant.cancel(orderId) : merchant[operation](orderId, 'k'));
    for (let calls = 0; calls < 5; calls += 1) expect((await call()).status).not.toBe(429);
    const sixth = await call();
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0);
    merchant.sandbox.control.advance(60_000);
    expect((await call()).status).not.toBe(429);
  });
});

describe('cancel', () => {
  it('of an open payment is a CANCEL', async () => {
    const orderId = await start();
    const answer = await merchant.cancel(orderId);
    expect(answer.status).toBe(200);
    expect(answer.json.transactionInfo).toMatchObject({ status: 'Cancelled', amount: 14_770 });
    expect(await merchant.history(orderId)).toEqual(['CANCEL', 'INITIATE']);
    expect(() => merchant.sandbox.control.customer('approve', orderId)).toThrow('cancelled');
  });

  it('of an approved payment succeeds as a VOID', async () => {
    const orderId = await approved();
    expect((await merchant.cancel(orderId)).status).toBe(200);
    expect(await merchant.history(orderId)).toEqual(['VOID', 'RESERVE', 'INITIATE']);
    expect(merchant.sandbox.control.payment(orderId)).toMatchObject({ phase: 'voided', releasedOre: 14_770 });
  });

  it('of a captured payment is refused', async () => {
    const orderId = await approved();
    await merchant.capture(orderId, 'k');
    expect(code(await merchant.cancel(orderId))).toBe('Payment/51');
    expect(code(await merchant.cancel(orderId, true))).toBe('Payment/51');
    expect(code(await direct.cancel(await approved(direct)))).toBe('Payment/51');
  });

  it('releases the rest of a partial capture only when asked to', async () => {
    const orderId = await approved();
    await merchant.capture(orderId, 'k', 10_000);
    expect(code(await merchant.cancel(orderId))).toBe('Payment/51');
    const answer = await merchant.cancel(orderId, true);
    expect(answer.json.transactionInfo).toMatchObject({ amount: 4_770, status: 'Cancelled' });
    expect(answer.json.transactionSummary).toMatchObject({
      capturedAmount: 10_000,
      remainingAmountToCapture: 0,
      remainingAmountToRefund: 10_000,
    });
    expect(code(await merchant.capture(orderId, 'k2', 100))).toBe('Payment/61');
    expect((await merchant.refund(orderId, 'k3', 10_000)).status).toBe(200);
  });

  it('is refused while the customer is in the bank’s confirmation', async () => {
    const orderId = await start();
    merchant.sandbox.control.customer('authenticate', orderId);
    expect(code(await merchant.cancel(orderId))).toBe('Payment/52');
    merchant.sandbox.control.customer('approve', orderId);
    expect((await merchant.cancel(orderId)).status).toBe(200);
  });

  it('twice is already processed', async () => {
    const orderId = await start();
    await merchant.cancel(orderId);
    expect(code(await merchant.cancel(orderId))).toBe('VippsError/92');
  });
});

describe('refund', () => {
  it('answers in transaction and adds up', async () => {
    const orderId = await approved();
    await merchant.capture(orderId, 'k');
    const answer = await merchant.refund(orderId, 'r', 5_000);
    expect(answer.json).not.toHaveProperty('transactionInfo');
    expect(answer.json.transaction).toMatchObject({ amount: 5_000, status: 'Refund' });
    expect(answer.json.transactionSummary).toMatchObject({ refundedAmount: 5_000, remainingAmountToRefund: 9_770 });
  });

  it('is never more than was captured', async () => {
    const orderId = await approved();
    await merchant.capture(orderId, 'k', 10_000);
    expect(code(await merchant.refund(orderId, 'a', 10_001))).toBe('Payment/71');
    await merchant.refund(orderId, 'b', 6_000);
    expect(code(await merchant.refund(orderId, 'c', 4_001))).toBe('Payment/71');
    expect((await merchant.refund(orderId, 'd', 4_000)).status).toBe(200);
  });

  it('of a reserved payment is refused, and so is one of a cancelled', async () => {
    const orderId = await approved();
    expect(code(await merchant.refund(orderId, 'a'))).toBe('Payment/72');
    await merchant.cancel(orderId);
    expect(code(await merchant.refund(orderId, 'b'))).toBe('Payment/73');
  });

  it('works on a direct capture, by the sales unit that took it alone', async () => {
    const orderId = await approved(direct);
    expect(code(await merchant.refund(orderId, 'a'))).toBe('Merchant/35');
    expect((await direct.refund(orderId, 'a')).status).toBe(200);
  });

  it('is refused after 365 days', async () => {
    const orderId = await approved();
    await merchant.capture(orderId, 'k');
    merchant.sandbox.control.advance(365 * dayMs + 1000);
    expect(code(await merchant.refund(orderId, 'r'))).toBe('Payment/95');
  });
});
