import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../../app/journal/events.ts';
import { applyPaymentEvent, PaymentEntryError, paymentIdOf } from '../../../app/payment/apply.ts';
import { isAlive, isFinal, type Payment } from '../../../app/payment/payment.ts';
import {
  applied,
  approvedPayment,
  awaiting,
  BEGAN_MS,
  cancelRequested,
  captured,
  capturedPayment,
  captureIntended,
  captureRefused,
  capturing,
  created,
  createIntended,
  creating,
  declinedPayment,
  planned,
  refundIntended,
  releasing,
  TROUBLE,
  watched,
  watchStarted,
} from './payments.ts';

const released = (wasApproved: boolean): PaymentEvent => ({
  type: 'payment.released',
  version: 1,
  payload: { paymentId: 'p1', wasApproved },
});
const kept: PaymentEvent = { type: 'payment.kept', version: 1, payload: { paymentId: 'p1' } };
const opened: PaymentEvent = { type: 'payment.opened', version: 1, payload: { paymentId: 'p1' } };
const refunded: PaymentEvent = { type: 'payment.refunded', version: 1, payload: { paymentId: 'p1', key: 'k', amountOre: 24_900 } };
const unknown = (what: 'create' | 'capture' | 'release' | 'refund'): PaymentEvent =>
  what === 'refund'
    ? { type: 'payment.refund-unknown', version: 1, payload: { paymentId: 'p1', trouble: TROUBLE } }
    : { type: `payment.${what}-unknown`, version: 1, payload: { paymentId: 'p1', trouble: TROUBLE } };

describe('what entries make of a payment', () => {
  it('keeps the order as it was planned through every state', () => {
    for (const payment of [creating(), awaiting(), capturing(), releasing('cashier', false), capturedPayment(false), declinedPayment()]) {
      expect(payment.order.reference).toBe('oslo-1-2611-kx7q-1042-1');
      expect(payment.plannedAtMs).toBe(BEGAN_MS);
    }
  });
  it('keeps the moments that the customer could see', () => {
    expect(capturedPayment(false).moments).toMatchObject({ createdAtMs: BEGAN_MS, approvedAtMs: BEGAN_MS + 1_000 });
  });
  it('forgets a trouble with the next good word', () => {
    expect(applied(capturing(unknown('capture')), captured(false)).trouble).toBeNull();
  });
  it('carries a cancel from the creation into the wait', () => {
    expect(applied(creating(cancelRequested), created)).toMatchObject({ state: 'awaiting', cancelRequested: true });
  });
  it('carries a cancel into the watch', () => {
    expect(applied(creating(cancelRequested), watchStarted)).toMatchObject({ state: 'watched', cancelRequested: true });
  });
  it('remembers why it was being ended', () => {
    expect(applied(releasing('expired', false), released(false))).toMatchObject({ state: 'released', why: 'expired', wasApproved: false });
  });
  it('remembers what was authorised while it is being released', () => {
    const releaseIntent = {
      type: 'payment.release-intended',
      version: 1,
      payload: { paymentId: 'p1', key: 'x', why: 'cashier', evenIfApproved: true },
    } as const;
    expect(applied(approvedPayment(), releaseIntent)).toMatchObject({ authorisedOre: 24_900, transactionId: '5001' });
  });
  it('ends a watch as released, nothing charged', () => {
    const ended = { type: 'payment.watch-ended', version: 1, payload: { paymentId: 'p1', appeared: false } } as const;
    expect(applied(watched(), ended)).toMatchObject({ state: 'released', wasApproved: false });
  });
  it('knows which entries are about a payment', () => {
    expect(paymentIdOf(created)).toBe('p1');
    expect(paymentIdOf({ type: 'sale.parked', version: 1, payload: { saleId: 's1' } })).toBeNull();
  });
});

describe('an entry that cannot follow', () => {
  it('is refused when the payment was never planned', () => {
    expect(() => applied(null, createIntended)).toThrow(PaymentEntryError);
  });
  it.each<[string, Payment, PaymentEvent]>([
    ['an unknown creation of one that waits', awaiting(), unknown('create')],
    ['a watch of one that was created', awaiting(), watchStarted],
    ['opened when it is being captured', capturing(), opened],
    ['a cancel of one that is captured', capturedPayment(false), cancelRequested],
    ['a capture of one that waits', awaiting(), captureIntended],
    ['an unknown capture of one that waits', awaiting(), unknown('capture')],
    ['a refused capture of one that waits', awaiting(), captureRefused],
    ['an unknown release of one that waits', awaiting(), unknown('release')],
    ['kept when it is being released', releasing('cashier', false), kept],
    ['a refund of one that is not captured', approvedPayment(), refundIntended],
    ['a refund’s unknown outcome without a refund', capturedPayment(false), unknown('refund')],
  ])('is refused: %s', (_what, payment, event) => {
    expect(() => applied(payment, event)).toThrow(PaymentEntryError);
  });
  it('is refused when it is about something else', () => {
    const sale = { type: 'sale.parked', version: 1, payload: { saleId: 's1' } } as const;
    const moment = { atMs: 0, offsetMinutes: 0, operator: 'x', document: null };
    expect(() => applyPaymentEvent(awaiting(), { ...sale, ...moment })).toThrow(PaymentEntryError);
  });

  it('is refused when a newer program wrote it, and the sentence says what to do', () => {
    const coming = { ...kept, type: 'payment.insured' } as unknown as PaymentEvent;
    expect(() => applied(awaiting(), coming)).toThrow(
      'an entry payment.insured, which this program does not know: a newer version wrote it. Update',
    );
  });
});

describe('whether a sale must wait for its payment', () => {
  it.each<[string, Payment, boolean]>([
    ['planned', applied(null, planned), true],
    ['creating', creating(), true],
    ['awaiting', awaiting(), true],
    ['approved', approvedPayment(), true],
    ['capturing', capturing(), true],
    ['releasing', releasing('cashier', false), true],
    ['released though it had appeared late', releasing('appeared-late', true), false],
    ['watched', watched(), false],
    ['captured', capturedPayment(false), false],
    ['captured with a question', capturedPayment(true), true],
    ['refunding', capturedPayment(true, refundIntended), true],
    ['refunded', capturedPayment(true, refundIntended, refunded), false],
    ['declined', declinedPayment(), false],
  ])('%s', (_state, payment, isSo) => {
    expect(isAlive(payment)).toBe(isSo);
  });
});

describe('whether nothing more is to be done for it', () => {
  it.each<[string, Payment, boolean]>([
    ['watched', watched(), false],
    ['released though it had appeared late', releasing('appeared-late', true), false],
    ['declined by the bank, and another card may be taken', declinedPayment(), false],
    ['captured', capturedPayment(false), true],
    ['refunded', capturedPayment(true, refundIntended, refunded), true],
    ['released', applied(releasing('cashier', false), released(false)), true],
  ])('%s', (_state, payment, isSo) => {
    expect(isFinal(payment)).toBe(isSo);
  });
});
