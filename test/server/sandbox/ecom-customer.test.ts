import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type Merchant, merchantOf, startMerchant } from './merchant.ts';

let merchant: Merchant;
let count = 0;
const minute = 60_000;
const start = async (amount?: number, of: Merchant = merchant) => {
  count += 1;
  const orderId = `shop-2-${count}`;
  const answer = await of.initiate(orderId, amount);
  expect(answer.status).toBe(200);
  return orderId;
};
type Row = Record<string, unknown>;
const rows = async (orderId: string) => (await merchant.details(orderId)).json.transactionLogHistory as unknown as Row[];

beforeAll(async () => {
  merchant = await startMerchant({
    tokenLifetimeMs: 10 * 365 * 86_400_000,
    salesUnits: [{ msn: '123456' }, { msn: '654321', capture: 'direct' }, { msn: '222222', expiry: 'silence' }],
  });
});
afterAll(() => merchant.sandbox.close());

describe('what /details says while the customer acts', () => {
  it('has one INITIATE row without a transaction id before the code is opened', async () => {
    const [row, ...rest] = await rows(await start());
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ operation: 'INITIATE', operationSuccess: true, amount: 14_770, requestId: '' });
    expect(row).not.toHaveProperty('transactionId');
  });

  it('has the transaction id once the code is opened, and still no summary', async () => {
    const orderId = await start();
    merchant.sandbox.control.customer('open', orderId);
    const answer = await merchant.details(orderId);
    expect((await rows(orderId))[0]).toHaveProperty('transactionId');
    expect(answer.json).not.toHaveProperty('transactionSummary');
  });

  it('has RESERVE on top and a summary after approval', async () => {
    const orderId = await start();
    merchant.sandbox.control.customer('approve', orderId);
    expect(await merchant.history(orderId)).toEqual(['RESERVE', 'INITIATE']);
    expect((await merchant.details(orderId)).json.transactionSummary).toMatchObject({
      capturedAmount: 0,
      refundedAmount: 0,
      remainingAmountToCapture: 14_770,
      remainingAmountToRefund: 0,
    });
  });

  it('has SALE after approval where capture is direct', async () => {
    const direct = await merchantOf(merchant.sandbox, '654321');
    const orderId = await start(undefined, direct);
    merchant.sandbox.control.customer('approve', orderId);
    expect(await direct.history(orderId)).toEqual(['SALE', 'INITIATE']);
    expect((await direct.details(orderId)).json.transactionSummary).toMatchObject({
      capturedAmount: 14_770,
      remainingAmountToRefund: 14_770,
    });
  });

  it('has CANCEL when the customer rejects', async () => {
    const orderId = await start();
    merchant.sandbox.control.customer('reject', orderId);
    expect(await merchant.history(orderId)).toEqual(['CANCEL', 'INITIATE']);
  });

  it('has a failed RESERVE when there is no cover', async () => {
    const orderId = await start();
    merchant.sandbox.control.customer('no-cover', orderId);
    expect(await merchant.history(orderId)).toEqual(['RESERVE failed', 'INITIATE']);
  });

  it('does not know an orderId of another sales unit', async () => {
    const orderId = await start();
    const answer = await (await merchantOf(merchant.sandbox, '654321')).details(orderId);
    expect([answer.status, code(answer)]).toEqual([404, 'Merchant/35']);
  });

  it('is limited to 120 calls a minute for one orderId', async () => {
    const orderId = await start();
    for (let call = 0; call < 120; call += 1) expect((await merchant.details(orderId)).status).toBe(200);
    expect((await merchant.details(orderId)).status).toBe(429);
    expect((await merchant.details(await start())).status).toBe(200);
  });
});

describe('time', () => {
  it('lets a code be opened for five minutes', async () => {
    const orderId = await start();
    merchant.sandbox.control.advance(5 * minute);
    expect(() => merchant.sandbox.control.customer('approve', orderId)).toThrow('too old');
    expect(await merchant.history(orderId)).toEqual(['INITIATE']);
  });

  it('gives five more minutes to approve from when it was opened', async () => {
    const orderId = await start();
    merchant.sandbox.control.advance(4 * minute);
    merchant.sandbox.control.customer('open', orderId);
    merchant.sandbox.control.advance(4.9 * minute);
    merchant.sandbox.control.customer('approve', orderId);
    expect(await merchant.history(orderId)).toEqual(['RESERVE', 'INITIATE']);
  });

  it('ends an opened payment five minutes later with a failed RESERVE', async () => {
    const orderId = await start();
    merchant.sandbox.control.customer('open', orderId);
    merchant.sandbox.control.advance(5 * minute);
    expect(await merchant.history(orderId)).toEqual(['RESERVE failed', 'INITIATE']);
    expect(() => merchant.sandbox.control.customer('approve', orderId)).toThrow('expired');
  });

  it('ends an ignored payment after ten minutes in all', async () => {
    const orderId = await start();
    merchant.sandbox.control.customer('ignore', orderId);
    merchant.sandbox.control.advance(10 * minute - 1000);
    expect(await merchant.history(orderId)).toEqual(['INITIATE']);
    merchant.sandbox.control.advance(1000);
    expect(await merchant.history(orderId)).toEqual(['RESERVE failed', 'INITIATE']);
  });

  it('can also say nothing about an expiry', async () => {
    const silent = await merchantOf(merchant.sandbox, '222222');
    const orderId = await start(undefined, silent);
    merchant.sandbox.control.advance(11 * minute);
    expect(await silent.history(orderId)).toEqual(['INITIATE']);
    expect((await silent.cancel(orderId)).status).toBe(200);
    expect(await silent.history(orderId)).toEqual(['CANCEL', 'INITIATE']);
  });
});

describe('test amounts', () => {
  it.each([151, 182, 183, 184, 186, 187, 197, 202])('declines %d øre however the customer approves', async (amount) => {
    const orderId = await start(amount);
    merchant.sandbox.control.customer('approve', orderId);
    expect(await merchant.history(orderId)).toEqual(['RESERVE failed', 'INITIATE']);
    expect(merchant.sandbox.control.payment(orderId).failure).not.toBeNull();
  });

  it('keeps the outcome of 201 øre unknown for an hour', async () => {
    const orderId = await start(201);
    merchant.sandbox.control.customer('approve', orderId);
    expect(await merchant.history(orderId)).toEqual(['INITIATE']);
    const meanwhile = await merchant.cancel(orderId);
    expect([meanwhile.status, code(meanwhile)]).toEqual([409, 'VippsError/94']);
    merchant.sandbox.control.advance(60 * minute);
    expect(await merchant.history(orderId)).toEqual(['RESERVE', 'INITIATE']);
  });

  it('refuses refunds of 123 and 124 øre', async () => {
    const orderId = await start();
    merchant.sandbox.control.customer('approve', orderId);
    await merchant.capture(orderId, 'c');
    expect(code(await merchant.refund(orderId, 'a', 123))).toBe('VippsError/91');
    expect(code(await merchant.refund(orderId, 'b', 124))).toBe('Payment/95');
    expect((await merchant.refund(orderId, 'c', 125)).status).toBe(200);
  });
});

describe('force approve', () => {
  it('approves without a phone', async () => {
    const orderId = await start();
    const answer = await merchant.send('POST', `/ecomm/v2/integration-test/payments/${orderId}/approve`, {
      customerPhoneNumber: '91234567',
    });
    expect(answer.status).toBe(200);
    expect(await merchant.history(orderId)).toEqual(['RESERVE', 'INITIATE']);
  });

  it('refuses a payment that is over, and a token of another one', async () => {
    const orderId = await start();
    const path = `/ecomm/v2/integration-test/payments/${orderId}/approve`;
    expect((await merchant.send('POST', path, { token: 'wrong' })).status).toBe(400);
    merchant.sandbox.control.customer('reject', orderId);
    expect((await merchant.send('POST', path, {})).status).toBe(400);
  });
});
