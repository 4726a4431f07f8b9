import { describe, expect, it } from 'vitest';
import { onRead } from '../../../app/payment/decide.ts';
import { isAlive, isFinal } from '../../../app/payment/payment.ts';
import {
  answered,
  applied,
  attempt,
  awaiting,
  BEGAN_MS,
  capturedPayment,
  declinedPayment,
  refundIntended,
  refundLeftToPeople,
  refundRefused,
  releaseIntended,
  replaceRequested,
  typesOf,
  views,
} from './payments.ts';

const NOW_MS = BEGAN_MS + 60_000;
const opened = { type: 'payment.opened', version: 1, payload: { paymentId: 'p1' } } as const;

describe('a payment that is to be replaced', () => {
  const waiting = awaiting(replaceRequested);
  const refused = applied(declinedPayment(), replaceRequested);
  const ending = applied(refused, releaseIntended('cashier', false));

  it('keeps its sale waiting, also when a bank has refused it', () => {
    expect([waiting, refused, ending].map(isAlive)).toEqual([true, true, true]);
  });
  it.each([
    ['one that waits', waiting],
    ['one that a bank refused', refused],
  ])('is ended in the form that spares an approved one: %s', (_name, payment) => {
    const view = payment.state === 'declined' ? views.declined : views.open;
    expect(onRead(payment, view, attempt(), NOW_MS)).toMatchObject([
      { type: 'payment.release-intended', payload: { why: 'cashier', evenIfApproved: false } },
    ]);
  });
  it('and is refused by a bank just then, is ended all the same: another card could still pay it', () => {
    expect(typesOf(onRead(waiting, views.declined, attempt(), NOW_MS))).toEqual(['payment.release-intended']);
  });
  it.each([
    ['waiting', waiting],
    ['refused', refused],
    ['being ended', ending],
  ])('and turns out to be approved, is the payment, with nothing to ask: %s', (_name, payment) => {
    expect(onRead(payment, views.authorised, attempt(), NOW_MS)).toMatchObject([{ type: 'payment.approved', payload: { ask: false } }]);
  });
  it('and turns out to be captured, is the payment', () => {
    expect(onRead(ending, views.sale, attempt(), NOW_MS)).toMatchObject([{ type: 'payment.captured', payload: { ask: false } }]);
  });
  it('and no longer fits what is left of its sale, is asked about or given back', () => {
    expect(onRead(ending, views.sale, attempt({ wanted: false }), NOW_MS)).toMatchObject([
      { type: 'payment.captured', payload: { ask: true } },
    ]);
  });
  it('is not over while the provider still tells of the bank’s no and nothing of the cancel', () => {
    expect(onRead(ending, views.declined, attempt({ lastSend: answered('ok') }), NOW_MS)).toEqual([]);
    expect(onRead(ending, views.declined, attempt(), NOW_MS)).toEqual([]);
  });
  it('is over when it was cancelled, or when the provider says that it cannot be', () => {
    expect(typesOf(onRead(ending, views.terminated, attempt(), NOW_MS))).toEqual(['payment.released']);
    expect(typesOf(onRead(ending, views.declined, attempt({ lastSend: answered('refused') }), NOW_MS))).toEqual(['payment.declined']);
  });
});

describe('a failed reservation', () => {
  it('soon after the scan is a bank’s no', () => {
    expect(onRead(awaiting(opened), views.declined, attempt(), NOW_MS)).toMatchObject([{ payload: { reason: 'no-cover' } }]);
  });
  it('five minutes after the scan is an expiry, and watched, because eCom does not tell the two apart', () => {
    const [event] = onRead(awaiting(opened), views.declined, attempt(), BEGAN_MS + 310_000);
    expect(event).toMatchObject({ type: 'payment.declined', payload: { reason: 'expired' } });
    expect(event?.type === 'payment.declined' ? event.payload.watchUntilMs : null).toBeGreaterThan(BEGAN_MS + 600_000);
  });
});

describe('a refund that is refused for good', () => {
  const refunding = capturedPayment(true, refundIntended);
  const refused = attempt({ lastSend: answered('refused') });

  it('is asked about while the sale waits', () => {
    expect(typesOf(onRead(refunding, views.sale, refused, NOW_MS))).toEqual(['payment.refund-refused']);
  });
  it('is left to people when the sale has gone on', () => {
    const events = onRead(refunding, views.sale, { ...refused, wanted: false }, NOW_MS);
    expect(typesOf(events)).toEqual(['payment.refund-refused', 'payment.refund-left-to-people']);
  });
  it('and left to people, keeps no sale waiting and is not forgotten until it was done', () => {
    const left = capturedPayment(true, refundIntended, refundRefused, refundLeftToPeople);
    expect([isAlive(left), isFinal(left)]).toEqual([false, false]);
    const done = applied(left, { type: 'payment.refunded-by-hand', version: 1, payload: { paymentId: 'p1' } });
    expect([isAlive(done), isFinal(done)]).toEqual([false, true]);
  });
});
