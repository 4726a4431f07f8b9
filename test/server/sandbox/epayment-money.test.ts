import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base, type EpaymentMerchant, epaymentOf, problem, startEpayment } from './epayment-merchant.ts';
import { merchantOf } from './merchant.ts';

let shop: EpaymentMerchant;
let count = 0;
const dayMs = 86_400_000;
const start = async (of = shop) => {
  count += 1;
  const reference = `shop-money-${count}`;
  await of.create(reference);
  return reference;
};
const approved = async (of = shop) => {
  const reference = await start(of);
  shop.control.customer('approve', reference);
  return reference;
};
const unit = async (msn: string) => epaymentOf(await merchantOf(shop.merchant.sandbox, msn));

beforeAll(async () => {
  shop = await startEpayment({
    tokenLifetimeMs: 10 * 365 * dayMs,
    salesUnits: [
      { msn: '123456' },
      { msn: '222222', partialCapture: false },
      { msn: '333333', capture: 'direct' },
      { msn: '444444', market: 'FI' },
    ],
  });
});
afterAll(() => shop.merchant.sandbox.close());

describe('what the customer does', () => {
  it.each([
    ['approve', 'AUTHORIZED 14770/0/0/0', ['CREATED', 'AUTHORIZED']],
    ['reject', 'ABORTED 0/0/0/0', ['CREATED', 'ABORTED']],
    ['no-cover', 'ABORTED 0/0/0/0', ['CREATED', 'AUTHORIZED!', 'ABORTED']],
    ['open', 'CREATED 0/0/0/0', ['CREATED']],
  ] as const)('%s: %s', async (action, sums, story) => {
    const reference = await start();
    shop.control.customer(action, reference);
    expect(await shop.sums(reference)).toBe(sums);
    expect(await shop.story(reference)).toEqual(story);
  });

  it('tries one card and then another: an AUTHORIZED without success, and then one with', async () => {
    const reference = await start();
    shop.control.customer('other-card', reference);
    expect(await shop.sums(reference)).toBe('CREATED 0/0/0/0');
    shop.control.customer('approve', reference);
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/0/0/0');
    expect(await shop.story(reference)).toEqual(['CREATED', 'AUTHORIZED!', 'AUTHORIZED']);
  });

  it('nothing at all: it expires after ten minutes, and not before', async () => {
    const reference = await start();
    shop.control.advance(599_000);
    expect(await shop.sums(reference)).toBe('CREATED 0/0/0/0');
    shop.control.advance(1_000);
    expect(await shop.sums(reference)).toBe('EXPIRED 0/0/0/0');
    expect(await shop.story(reference)).toEqual(['CREATED', 'EXPIRED']);
  });

  it('cannot approve when too young for the basket, and somebody older can', async () => {
    const reference = await start();
    const limited = `${reference}-limited`;
    await shop.create(limited, { minimumUserAge: 18 });
    shop.control.holdPhone('4748059528');
    expect(() => shop.control.customer('approve', limited)).toThrow('16');
    expect(await shop.sums(limited)).toBe('CREATED 0/0/0/0');
    shop.control.holdPhone('4791234567');
    shop.control.customer('approve', limited);
    expect(await shop.sums(limited)).toBe('AUTHORIZED 14770/0/0/0');
  });

  it('captures at once where the unit takes direct capture', async () => {
    const reference = await approved(await unit('333333'));
    const of = await unit('333333');
    expect(await of.sums(reference)).toBe('AUTHORIZED 14770/14770/0/0');
    expect(await of.story(reference)).toEqual(['CREATED', 'AUTHORIZED', 'CAPTURED']);
    expect(problem(await of.capture(reference, 14_770, 'k'))).toBe('6170');
  });
});

describe('capture', () => {
  it('takes what is asked for, and answers with the payment as a whole', async () => {
    const reference = await approved();
    const answer = await shop.capture(reference, 10_000, 'k1');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      reference,
      state: 'AUTHORIZED',
      aggregate: { capturedAmount: { value: 10_000, currency: 'NOK' } },
    });
    await shop.capture(reference, 4_770, 'k2');
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/14770/0/0');
    const events = (await shop.events(reference)).json;
    expect(events).toMatchObject([{}, {}, { name: 'CAPTURED', idempotencyKey: 'k1', amount: { value: 10_000 } }, { idempotencyKey: 'k2' }]);
  });

  it('with the same key is done once, and other content is a conflict', async () => {
    const reference = await approved();
    const first = await shop.capture(reference, 5_000, 'same');
    const again = await shop.capture(reference, 5_000, 'same');
    expect([again.status, again.text]).toEqual([200, first.text]);
    const other = await shop.capture(reference, 6_000, 'same');
    expect([other.status, problem(other)]).toEqual([409, '4010']);
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/5000/0/0');
  });

  it('is refused with the code of what is wrong', async () => {
    expect(problem(await shop.capture(await start(), 14_770, 'k'))).toBe('6080');
    const reference = await approved();
    expect(problem(await shop.capture(reference, 14_771, 'k'))).toBe('6090');
    expect(problem(await shop.capture(reference, 99, 'k'))).toBe('6010');
    await shop.cancel(reference, 'c');
    expect(problem(await shop.capture(reference, 14_770, 'k'))).toBe('6070');
    const twice = await approved();
    await shop.capture(twice, 14_770, 'k');
    expect(problem(await shop.capture(twice, 14_770, 'k2'))).toBe('6170');
  });

  it('must be everything where the unit allows no parts', async () => {
    const of = await unit('222222');
    const reference = await approved(of);
    expect(problem(await of.capture(reference, 14_000, 'k'))).toBe('6140');
    expect((await of.capture(reference, 14_770, 'k')).status).toBe(200);
  });

  it('comes too late after 14 days in Finland, and after 180 in Norway', async () => {
    const of = await unit('444444');
    const finnish = await approved(of);
    const norwegian = await approved();
    shop.control.advance(15 * dayMs);
    expect(problem(await of.capture(finnish, 14_770, 'k'))).toBe('6100');
    expect((await shop.capture(norwegian, 1_000, 'k')).status).toBe(200);
    shop.control.advance(180 * dayMs);
    expect(problem(await shop.capture(norwegian, 1_000, 'k2'))).toBe('6100');
  });

  it('needs an amount in the unit’s own money', async () => {
    const reference = await approved();
    const send = (body: object) =>
      shop.merchant.send('POST', `${base}/payments/${reference}/capture`, body, { 'Idempotency-Key': 'x' }).then(problem);
    expect(await send({})).toBe('4140');
    expect(await send({ modificationAmount: { value: 1000, currency: 'DKK' } })).toBe('5040');
    expect(await send({ modificationAmount: { value: '1000', currency: 'NOK' } })).toBe('4040');
  });

  it('is answered five times a minute for one payment', async () => {
    const reference = await approved();
    const statuses: number[] = [];
    for (let call = 0; call < 6; call += 1) statuses.push((await shop.capture(reference, 100, `k${call}`)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });
});

describe('cancel', () => {
  it('ends a payment that waits, with or without a body', async () => {
    const plain = await start();
    expect((await shop.cancel(plain, 'c')).status).toBe(200);
    expect(await shop.sums(plain)).toBe('TERMINATED 0/0/0/0');
    const careful = await start();
    await shop.cancel(careful, 'c', { cancelTransactionOnly: true });
    expect(await shop.story(careful)).toEqual(['CREATED', 'TERMINATED']);
  });

  it('meant for a waiting payment leaves one alone that the customer has just approved', async () => {
    const reference = await approved();
    expect(problem(await shop.cancel(reference, 'c', { cancelTransactionOnly: true }))).toBe('6060');
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/0/0/0');
  });

  it('lets an approved payment go: its state stays, the amount tells', async () => {
    const reference = await approved();
    await shop.cancel(reference, 'c');
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/0/14770/0');
    expect((await shop.events(reference)).json).toMatchObject([{}, {}, { name: 'CANCELLED', idempotencyKey: 'c' }]);
  });

  it('releases what a partial capture left', async () => {
    const reference = await approved();
    await shop.capture(reference, 10_000, 'k');
    await shop.cancel(reference, 'c');
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/10000/4770/0');
    expect(problem(await shop.capture(reference, 1_000, 'k2'))).toBe('6170');
  });

  it('is refused when all is captured, when it is over already, and while the bank asks', async () => {
    const captured = await approved();
    await shop.capture(captured, 14_770, 'k');
    expect(problem(await shop.cancel(captured, 'c'))).toBe('6040');
    const rejected = await start();
    shop.control.customer('reject', rejected);
    expect(problem(await shop.cancel(rejected, 'c'))).toBe('6190');
    const inBank = await start();
    shop.control.customer('authenticate', inBank);
    expect(problem(await shop.cancel(inBank, 'c'))).toBe('6250');
  });

  it('with the same key is the same answer', async () => {
    const reference = await start();
    const first = await shop.cancel(reference, 'c');
    expect((await shop.cancel(reference, 'c')).text).toBe(first.text);
    expect(problem(await shop.cancel(reference, 'c', { cancelTransactionOnly: true }))).toBe('4020');
    expect(problem(await shop.cancel(reference, 'd'))).toBe('6190');
  });
});

describe('refund', () => {
  const captured = async () => {
    const reference = await approved();
    await shop.capture(reference, 14_770, 'k');
    return reference;
  };

  it('gives back in parts until nothing is left', async () => {
    const reference = await captured();
    await shop.refund(reference, 4_000, 'r1');
    expect(problem(await shop.refund(reference, 10_771, 'r2'))).toBe('6150');
    await shop.refund(reference, 10_770, 'r3');
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/14770/0/14770');
    expect(problem(await shop.refund(reference, 100, 'r4'))).toBe('6180');
  });

  it('with the same key is done once, and another amount is a conflict', async () => {
    const reference = await captured();
    await shop.refund(reference, 4_000, 'r');
    await shop.refund(reference, 4_000, 'r');
    expect(problem(await shop.refund(reference, 5_000, 'r'))).toBe('4150');
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/14770/0/4000');
  });

  it('is refused with the code of what is wrong', async () => {
    expect(problem(await shop.refund(await start(), 1_000, 'r'))).toBe('6020');
    expect(problem(await shop.refund(await approved(), 1_000, 'r'))).toBe('6210');
    const reference = await captured();
    expect(problem(await shop.refund(reference, 123, 'r'))).toBe('5100');
    shop.control.advance(366 * dayMs);
    expect(problem(await shop.refund(reference, 1_000, 'r'))).toBe('6220');
  });
});

describe('a payment that another unit made, or nobody', () => {
  it('does not exist', async () => {
    const reference = await approved();
    const stranger = await unit('222222');
    const answer = await stranger.get(reference);
    expect([answer.status, problem(answer)]).toEqual([404, '5090']);
    expect(problem(await shop.capture('shop-nobody-made', 100, 'k'))).toBe('5090');
  });
});

describe('approval by force', () => {
  it('is the customer’s approval, for tests that have no phone', async () => {
    const reference = await start();
    expect((await shop.forceApprove(reference, { customer: { phoneNumber: '4791234567' } })).status).toBe(200);
    expect(await shop.sums(reference)).toBe('AUTHORIZED 14770/0/0/0');
    expect(problem(await shop.forceApprove(reference, { customer: { phoneNumber: '4791234567' } }))).toBe('10010');
  });

  it('needs somebody, and not a card', async () => {
    expect(problem(await shop.forceApprove(await start(), {}))).toBe('4140');
    count += 1;
    const card = `shop-money-${count}`;
    await shop.create(card, { userFlow: 'WEB_REDIRECT', paymentMethod: { type: 'CARD' }, returnUrl: 'https://example.com' });
    expect(problem(await shop.forceApprove(card, { customer: { phoneNumber: '4791234567' } }))).toBe('10060');
  });
});
