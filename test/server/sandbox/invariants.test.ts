import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerActions } from '../../../server/sandbox/payments/customer.ts';
import { type Merchant, merchantOf, startMerchant } from './merchant.ts';

const amountOre = 14_770;
let units: Merchant[];
let count = 0;
/** Which operations the random sequences reached; a property about nothing proves nothing. */
const reached = new Set<string>();

beforeAll(async () => {
  const first = await startMerchant({ rateLimits: false, tokenLifetimeMs: 10 * 365 * 86_400_000 });
  units = [first, await merchantOf(first.sandbox, '654321')];
});
afterAll(() => units[0]?.sandbox.close());

const someAmount = fc.option(fc.integer({ min: 100, max: amountOre + 100 }), { nil: undefined });
const someKey = fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6');
// Mostly approvals: without one there is no money to move.
const someAction = fc.oneof(
  { weight: 3, arbitrary: fc.constant('approve' as const) },
  { weight: 1, arbitrary: fc.constantFrom(...customerActions) },
);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('customer' as const), action: someAction }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('capture' as const), key: someKey, amount: someAmount }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('refund' as const), key: someKey, amount: someAmount }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('cancel' as const), rest: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 6 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Chance may leave an operation out; these make sure that each is reached, with reserve capture and with direct. */
const CERTAIN: readonly (readonly Step[])[] = [
  [{ what: 'cancel', rest: true }],
  [
    { what: 'customer', action: 'approve' },
    { what: 'cancel', rest: true },
  ],
  [
    { what: 'customer', action: 'approve' },
    { what: 'capture', key: 'k1', amount: 1_000 },
    { what: 'refund', key: 'k2', amount: 500 },
  ],
];

interface Row {
  readonly operation: string;
  readonly operationSuccess: boolean;
  readonly amount: number;
  readonly requestId: string;
  readonly timeStamp: string;
}

async function take(merchant: Merchant, orderId: string, each: Step): Promise<void> {
  const { control } = merchant.sandbox;
  switch (each.what) {
    case 'customer':
      await merchant.send('POST', `/sandbox/payments/${orderId}/${each.action}`);
      return;
    case 'capture':
      await merchant.capture(orderId, each.key, each.amount);
      return;
    case 'refund':
      await merchant.refund(orderId, each.key, each.amount);
      return;
    case 'cancel':
      await merchant.cancel(orderId, each.rest);
      return;
    case 'wait':
      control.advance(each.minutes * 60_000);
  }
}

const sum = (rows: readonly Row[], ...operations: string[]) =>
  rows.filter((row) => row.operationSuccess && operations.includes(row.operation)).reduce((total, row) => total + row.amount, 0);

describe('whatever the customer and the merchant do, in whatever order', () => {
  it('refunded ≤ captured ≤ authorised, and the history says so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 1), fc.array(step, { minLength: 4, maxLength: 16, size: 'max' }), async (unit, steps) => {
        const merchant = units[unit];
        if (merchant === undefined) return;
        count += 1;
        const orderId = `random-${count}`;
        await merchant.initiate(orderId, amountOre);
        let before: Row[] = [];
        for (const each of steps) {
          await take(merchant, orderId, each);
          const details = await merchant.details(orderId);
          const rows = details.json.transactionLogHistory as unknown as Row[];
          const payment = merchant.sandbox.control.payment(orderId);

          expect(payment.refundedOre).toBeLessThanOrEqual(payment.capturedOre);
          expect(payment.capturedOre + payment.releasedOre).toBeLessThanOrEqual(payment.authorisedOre);
          expect(payment.authorisedOre).toBeLessThanOrEqual(amountOre);

          expect(sum(rows, 'RESERVE', 'SALE')).toBe(payment.authorisedOre);
          expect(sum(rows, 'CAPTURE', 'SALE')).toBe(payment.capturedOre);
          expect(sum(rows, 'REFUND')).toBe(payment.refundedOre);
          expect(sum(rows, 'VOID')).toBe(payment.releasedOre);
          if (details.json.transactionSummary !== undefined) {
            expect(details.json.transactionSummary).toMatchObject({
              capturedAmount: payment.capturedOre,
              refundedAmount: payment.refundedOre,
              remainingAmountToCapture: payment.authorisedOre - payment.capturedOre - payment.releasedOre,
              remainingAmountToRefund: payment.capturedOre - payment.refundedOre,
            });
          }

          // History only grows, at the top; times never run backwards; a key has one effect an operation.
          expect(rows.slice(rows.length - before.length).map((row) => row.operation)).toEqual(before.map((row) => row.operation));
          const times = rows.map((row) => row.timeStamp);
          expect(times).toEqual(times.toSorted().reverse());
          const keys = rows.filter((row) => row.requestId !== '').map((row) => `${row.operation} ${row.requestId}`);
          expect(new Set(keys).size).toBe(keys.length);
          expect(rows.every((row) => row.amount > 0)).toBe(true);
          for (const row of rows) reached.add(row.operation);
          before = rows;
        }
      }),
      { numRuns: 100, examples: CERTAIN.flatMap((steps) => [0, 1].map((unit): [number, Step[]] => [unit, [...steps]])) },
    );
    expect([...reached].sort()).toEqual(['CANCEL', 'CAPTURE', 'INITIATE', 'REFUND', 'RESERVE', 'SALE', 'VOID']);
  });
});
