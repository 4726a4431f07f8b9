/** Whatever a provider tells of a payment: it follows from the amounts asked for, or nothing follows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onRead } from '../../../app/payment/decide.ts';
import type { Payment } from '../../../app/payment/payment.ts';
import { ContradictionError } from '../../../app/payment/plausible.ts';
import type { ProviderView } from '../../../app/payment/provider.ts';
import {
  AMOUNT_ORE,
  answered,
  applied,
  approvedPayment,
  attempt,
  awaiting,
  BEGAN_MS,
  CAPTURE_KEY,
  cancelRequested,
  capturedPayment,
  capturing,
  creating,
  declinedPayment,
  REFUND_KEY,
  refundIntended,
  releasing,
  replaceRequested,
  TROUBLE,
  watched,
} from './payments.ts';

const PAYMENTS: Readonly<Record<string, Payment>> = {
  'whose creation was lost': creating({ type: 'payment.create-unknown', version: 1, payload: { paymentId: 'p1', trouble: TROUBLE } }),
  'that is watched': watched(),
  'that waits': awaiting(),
  'that is being cancelled': awaiting(cancelRequested),
  'that is to be replaced': awaiting(replaceRequested),
  'that is approved': approvedPayment(),
  'that is being captured': capturing(),
  'that is being released': releasing('cashier', false),
  'that is being released, approved or not': releasing('appeared-late', true),
  'that is captured': capturedPayment(false),
  'that is being refunded': capturedPayment(true, refundIntended),
  'that was refused by a bank': declinedPayment(),
};

const amount = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, AMOUNT_ORE) },
  { weight: 2, arbitrary: fc.constantFrom(1, AMOUNT_ORE - 1, AMOUNT_ORE + 1, 2 * AMOUNT_ORE, Number.MAX_SAFE_INTEGER) },
  { weight: 1, arbitrary: fc.nat() },
);
const view: fc.Arbitrary<ProviderView> = fc.record({
  opened: fc.constantFrom(true, false, null),
  state: fc.constantFrom('open', 'authorised', 'declined', 'expired', 'terminated'),
  authorisedOre: amount,
  capturedOre: amount,
  releasedOre: amount,
  refundedOre: amount,
  transactionId: fc.option(fc.string()),
  operations: fc.array(
    fc.record({
      kind: fc.constantFrom('initiate', 'authorise', 'sale', 'capture', 'cancel', 'void', 'refund'),
      key: fc.oneof(fc.constantFrom(CAPTURE_KEY, REFUND_KEY, null), fc.string()),
      amountOre: amount,
      ok: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
});
const lastSend = fc.constantFrom(null, answered('ok'), answered('refused'), answered('retryable'), answered('unknown'));

describe.each(Object.entries(PAYMENTS))('a payment %s', (_name, payment) => {
  it('is approved, captured and refunded only by what was asked for, and nothing but a contradiction is thrown', () => {
    const read = fc.record({ view: fc.option(view, { freq: 20 }), lastSend, wanted: fc.boolean(), laterMs: fc.nat(2_000_000) });
    fc.assert(
      fc.property(read, (told) => {
        const now = { ...attempt({ lastSend: told.lastSend, wanted: told.wanted }) };
        let events: ReturnType<typeof onRead>;
        try {
          events = onRead(payment, told.view, now, BEGAN_MS + told.laterMs);
        } catch (error) {
          expect(error).toBeInstanceOf(ContradictionError);
          return;
        }
        for (const event of events) {
          if (event.type === 'payment.approved') expect(told.view?.authorisedOre).toBe(AMOUNT_ORE);
          if (event.type === 'payment.captured') {
            expect(told.view?.authorisedOre).toBe(AMOUNT_ORE);
            // What was given back in the portal before is not there any more.
            expect(event.payload.capturedOre).toBe((told.view?.capturedOre ?? 0) - (told.view?.refundedOre ?? 0));
            expect(event.payload.capturedOre).toBeGreaterThan(0);
            expect(event.payload.capturedOre).toBeLessThanOrEqual(AMOUNT_ORE);
          }
          if (event.type === 'payment.refunded') {
            expect(told.view?.refundedOre).toBe(AMOUNT_ORE);
            expect(told.view?.operations.some(({ kind, key, ok }) => kind === 'refund' && key === REFUND_KEY && ok)).toBe(true);
          }
        }
        // And each of them fits the payment it is about.
        applied(payment, ...events);
      }),
      { numRuns: 500 },
    );
  });
});
