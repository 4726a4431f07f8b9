import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EpaymentMerchant, startEpayment } from './epayment-merchant.ts';

const amountOre = 14_770;
let shop: EpaymentMerchant;
let count = 0;
/** Which operations the random sequences reached; a property about nothing proves nothing. */
const reached = new Set<string>();

beforeAll(async () => {
  shop = await startEpayment({
    rateLimits: false,
    tokenLifetimeMs: 10 * 365 * 86_400_000,
    salesUnits: [{ msn: '123456', migrated: true }],
  });
});
afterAll(() => shop.merchant.sandbox.close());

const api = fc.constantFrom('ecom' as const, 'epayment' as const);
const amount = fc.integer({ min: 100, max: amountOre + 100 });
const key = fc.constantFrom('k1', 'k2', 'k3', 'k4');
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('customer' as const), action: fc.constantFrom('approve' as const, 'reject' as const) }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('capture' as const), api, key, amount }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('refund' as const), api, key, amount }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('cancel' as const), api, rest: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Chance may leave an operation out; these make sure that each is reached. */
const CERTAIN: readonly (readonly Step[])[] = [
  [
    { what: 'customer', action: 'approve' },
    { what: 'cancel', api: 'epayment', rest: true },
  ],
  [{ what: 'cancel', api: 'epayment', rest: true }],
  [{ what: 'customer', action: 'reject' }],
  [
    { what: 'customer', action: 'approve' },
    { what: 'capture', api: 'ecom', key: 'k1', amount: 1_000 },
    { what: 'refund', api: 'epayment', key: 'k2', amount: 500 },
  ],
];

async function take(reference: string, each: Step): Promise<void> {
  const { merchant } = shop;
  switch (each.what) {
    case 'customer':
      await merchant.send('POST', `/sandbox/payments/${reference}/${each.action}`);
      return;
    case 'capture':
      await (each.api === 'ecom' ? merchant.capture(reference, each.key, each.amount) : shop.capture(reference, each.amount, each.key));
      return;
    case 'refund':
      await (each.api === 'ecom' ? merchant.refund(reference, each.key, each.amount) : shop.refund(reference, each.amount, each.key));
      return;
    case 'cancel':
      if (each.api === 'ecom') await merchant.cancel(reference, each.rest);
      else await shop.cancel(reference, `cancel-${each.rest}`, each.rest ? {} : { cancelTransactionOnly: true });
  }
}

describe('a payment begun in eCom and handled through both APIs, in whatever order', () => {
  it('is the same money in both', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14, size: 'max' }), async (steps) => {
        count += 1;
        const reference = `random-both-${count}`;
        await shop.merchant.initiate(reference, amountOre);
        for (const each of steps) {
          await take(reference, each);
          const payment = shop.control.payment(reference);
          expect(payment.refundedOre).toBeLessThanOrEqual(payment.capturedOre);
          expect(payment.capturedOre + payment.releasedOre).toBeLessThanOrEqual(payment.authorisedOre);
          const sums = [payment.authorisedOre, payment.capturedOre, payment.releasedOre, payment.refundedOre].join('/');
          const [state, told] = (await shop.sums(reference)).split(' ');
          expect(told).toBe(sums);
          if (payment.authorisedOre > 0) expect(state).toBe('AUTHORIZED');
          const { json } = await shop.merchant.details(reference);
          if (json.transactionSummary !== undefined) {
            expect(json.transactionSummary).toMatchObject({ capturedAmount: payment.capturedOre, refundedAmount: payment.refundedOre });
          }
          for (const name of await shop.story(reference)) reached.add(name);
        }
      }),
      { numRuns: 60, examples: CERTAIN.map((steps) => [[...steps]]) },
    );
    expect([...reached].sort()).toEqual(['ABORTED', 'AUTHORIZED', 'CANCELLED', 'CAPTURED', 'CREATED', 'REFUNDED', 'TERMINATED']);
  });
});
