import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EpaymentMerchant, epaymentOf, problem, startEpayment } from './epayment-merchant.ts';
import { code, merchantOf } from './merchant.ts';

let shop: EpaymentMerchant;
let stayed: EpaymentMerchant;
let count = 0;
const begun = async (of: EpaymentMerchant) => {
  count += 1;
  const orderId = `shop-moved-${count}`;
  await of.merchant.initiate(orderId);
  return orderId;
};

beforeAll(async () => {
  shop = await startEpayment({ salesUnits: [{ msn: '123456', migrated: true }, { msn: '222222' }] });
  stayed = epaymentOf(await merchantOf(shop.merchant.sandbox, '222222'));
});
afterAll(() => shop.merchant.sandbox.close());

describe('a payment begun in eCom, after its sales unit has moved', () => {
  it('is read, captured in part, released and refunded through ePayment', async () => {
    const orderId = await begun(shop);
    expect(await shop.sums(orderId)).toBe('CREATED 0/0/0/0');
    shop.control.customer('approve', orderId);
    await shop.capture(orderId, 10_000, 'k');
    await shop.cancel(orderId, 'c');
    await shop.refund(orderId, 4_000, 'r');
    expect(await shop.sums(orderId)).toBe('AUTHORIZED 14770/10000/4770/4000');
    expect(await shop.story(orderId)).toEqual(['CREATED', 'AUTHORIZED', 'CAPTURED', 'CANCELLED', 'REFUNDED']);
  });

  it('shows the same money in eCom', async () => {
    const orderId = await begun(shop);
    shop.control.customer('approve', orderId);
    await shop.capture(orderId, 14_770, 'k');
    expect(await shop.merchant.history(orderId)).toEqual(['CAPTURE', 'RESERVE', 'INITIATE']);
    expect((await shop.merchant.refund(orderId, 'r', 1_000)).status).toBe(200);
    expect(await shop.sums(orderId)).toBe('AUTHORIZED 14770/14770/0/1000');
  });

  it('tells ePayment of an eCom expiry, even one that eCom itself is silent about', async () => {
    const orderId = await begun(shop);
    shop.control.advance(600_000);
    expect(await shop.sums(orderId)).toBe('EXPIRED 0/0/0/0');
  });
});

describe('a payment whose API the other does not know', () => {
  it('begun in eCom does not exist in ePayment before the unit has moved', async () => {
    const orderId = await begun(stayed);
    expect(problem(await stayed.get(orderId))).toBe('5090');
  });

  it('begun in ePayment never exists in eCom, but its reference is taken', async () => {
    await shop.create('shop-moved-new');
    expect(code(await shop.merchant.details('shop-moved-new'))).toBe('Merchant/35');
    expect(code(await shop.merchant.initiate('shop-moved-new'))).toBe('Merchant/34');
  });
});
