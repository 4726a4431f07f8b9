/** The table of a payment's life, from the customer's approval on: in which state, what comes, and what then. */
import { describe, expect, it } from 'vitest';
import { LATE_APPROVAL_MS, nextStep, onRead, onSent } from '../../../app/payment/decide.ts';
import { PAYMENT_LIFETIME_MS } from '../../../app/payment/lifetime.ts';
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
  capturedPayment,
  captureRefused,
  capturing,
  declinedPayment,
  failure,
  operation,
  REFUND_KEY,
  refundIntended,
  releasing,
  TROUBLE,
  typesOf,
  views,
  watched,
} from './payments.ts';

const SOON_MS = BEGAN_MS + 10_000;
const read = (payment: Payment, view: ProviderView | null, more: Parameters<typeof attempt>[0] = {}, nowMs = SOON_MS) =>
  onRead(payment, view, attempt(more), nowMs);

describe('approved', () => {
  it('is captured in full, intent first', () => {
    expect(nextStep(approvedPayment(), attempt())).toMatchObject({
      do: 'write',
      events: [{ type: 'payment.capture-intended', payload: { key: CAPTURE_KEY, captureOre: AMOUNT_ORE } }],
    });
  });
  it('with a question waits for the answer', () => {
    expect(nextStep(approvedPayment(true), attempt())).toEqual({ do: 'rest' });
  });
  it('needs no reading', () => {
    expect(read(approvedPayment(), views.open)).toEqual([]);
  });
});

describe('capturing', () => {
  const send = { do: 'capture', amountOre: AMOUNT_ORE, key: CAPTURE_KEY };

  it('is sent once when its intent has just been written', () => {
    expect(nextStep(capturing(), attempt({ fresh: true }))).toEqual(send);
  });
  it('is read back after any answer, a good one too', () => {
    expect(nextStep(capturing(), attempt({ lastSend: answered('ok') }))).toEqual({ do: 'read' });
  });
  it('is captured when our own key is found', () => {
    expect(read(capturing(), views.captured(CAPTURE_KEY))).toMatchObject([
      { type: 'payment.captured', payload: { capturedOre: AMOUNT_ORE, ask: false } },
    ]);
  });
  it('is captured where the provider records no keys', () => {
    expect(typesOf(read(capturing(), views.captured(null)))).toEqual(['payment.captured']);
  });
  it('is not captured by a row of our key that did not succeed', () => {
    const failed = { ...views.authorised, operations: [{ ...operation('capture', CAPTURE_KEY), ok: false }, operation('authorise')] };
    expect(read(capturing(), failed, { lastSend: answered('unknown') })).toEqual([]);
    expect(typesOf(read(capturing(), failed, { lastSend: answered('refused') }))).toEqual(['payment.capture-refused']);
  });
  it('recorded with another amount under our key, is a contradiction', () => {
    const view = { ...views.captured(CAPTURE_KEY), operations: [operation('capture', CAPTURE_KEY, 100)] };
    expect(() => read(capturing(), view)).toThrow(ContradictionError);
  });
  it('without an answer, is unknown and read', () => {
    expect(typesOf(onSent(capturing(), { kind: 'unknown', error: failure('lost') }, SOON_MS))).toEqual(['payment.capture-unknown']);
    const unknown = capturing({ type: 'payment.capture-unknown', version: 1, payload: { paymentId: 'p1', trouble: TROUBLE } });
    expect(nextStep(unknown, attempt({ fresh: true }))).toEqual({ do: 'read' });
  });
  it('is told as unknown once', () => {
    const unknown = capturing({ type: 'payment.capture-unknown', version: 1, payload: { paymentId: 'p1', trouble: TROUBLE } });
    expect(onSent(unknown, { kind: 'unknown', error: failure('lost') }, SOON_MS)).toEqual([]);
  });
  it('read and not there, is sent again with the same key', () => {
    expect(read(capturing(), views.authorised, { lastSend: answered('unknown') })).toEqual([]);
    expect(nextStep(capturing(), attempt({ lastSend: answered('unknown'), readSinceSend: true }))).toEqual(send);
  });
  it('keeps to the provider’s budget, and reads meanwhile', () => {
    expect(nextStep(capturing(), attempt({ lastSend: answered('retryable'), readSinceSend: true, sendInMs: 9_000 }))).toEqual({
      do: 'read',
    });
  });
  it('refused for good and not captured, asks whether to try again or release', () => {
    expect(read(capturing(), views.authorised, { lastSend: answered('refused') })).toMatchObject([
      { type: 'payment.capture-refused', payload: { trouble: { code: 'ecom:Payment/61', traceId: 'trace-1' } } },
    ]);
    expect(nextStep(capturing(captureRefused), attempt())).toEqual({ do: 'rest' });
  });
  it('refused, but found captured, is captured', () => {
    expect(typesOf(read(capturing(), views.captured(CAPTURE_KEY), { lastSend: answered('refused') }))).toEqual(['payment.captured']);
  });
  it('found released by somebody else, was given back', () => {
    expect(read(capturing(), views.voided)).toMatchObject([{ type: 'payment.released', payload: { wasApproved: true } }]);
  });
  it('after a restart is read before anything is sent', () => {
    expect(nextStep(capturing(), attempt())).toEqual({ do: 'read' });
  });
});

describe('releasing', () => {
  it('is sent in the form that spares an approved payment, where it must', () => {
    expect(nextStep(releasing('cashier', false), attempt({ fresh: true }))).toMatchObject({ do: 'cancel', what: 'if-not-approved' });
  });
  it('is sent in the form that voids, where a person decided so', () => {
    expect(nextStep(releasing('cashier', true), attempt({ fresh: true }))).toMatchObject({ do: 'cancel', what: 'all' });
  });
  it('terminated and never authorised, is released and nothing was charged', () => {
    expect(read(releasing('cashier', false), views.terminated)).toMatchObject([
      { type: 'payment.released', payload: { wasApproved: false } },
    ]);
  });
  it('authorised and all of it released, was approved a moment ago and given back', () => {
    expect(read(releasing('cashier', false), views.voided)).toMatchObject([{ type: 'payment.released', payload: { wasApproved: true } }]);
  });
  it('refused because the customer had approved, asks', () => {
    expect(read(releasing('cashier', false), views.authorised, { lastSend: answered('refused') })).toMatchObject([
      { type: 'payment.approved', payload: { ask: true } },
    ]);
  });
  it('not yet released though a person decided so, is sent again', () => {
    expect(read(releasing('cashier', true), views.authorised)).toEqual([]);
    expect(nextStep(releasing('cashier', true), attempt({ lastSend: answered('unknown'), readSinceSend: true }))).toMatchObject({
      do: 'cancel',
    });
  });
  it('found captured, asks whether to keep or refund', () => {
    expect(read(releasing('cashier', false), views.sale)).toMatchObject([{ type: 'payment.captured', payload: { ask: true } }]);
  });
  it('found captured after it had appeared late, is refunded without a question', () => {
    expect(read(releasing('appeared-late', true), views.sale)).toMatchObject([
      { type: 'payment.captured' },
      { type: 'payment.refund-intended', payload: { key: REFUND_KEY, amountOre: AMOUNT_ORE } },
    ]);
  });
  it('expired meanwhile, is told as expired when that is why', () => {
    expect(read(releasing('expired', false), views.expired)).toMatchObject([{ type: 'payment.declined', payload: { reason: 'expired' } }]);
    expect(typesOf(read(releasing('cashier', false), views.expired))).toEqual(['payment.released']);
  });
  it('refused by the bank meanwhile, has no cover', () => {
    expect(read(releasing('cashier', false), views.declined)).toMatchObject([
      { type: 'payment.declined', payload: { reason: 'no-cover' } },
    ]);
  });
  it('refused while the customer is in the bank’s own confirmation, is read and sent again', () => {
    expect(read(releasing('cashier', false), views.opened, { lastSend: answered('refused') })).toEqual([]);
    expect(nextStep(releasing('cashier', false), attempt({ lastSend: answered('refused'), readSinceSend: true }))).toMatchObject({
      do: 'cancel',
    });
  });
  it('refused, and told as open when nobody can approve any more, is over', () => {
    const longAfter = BEGAN_MS + PAYMENT_LIFETIME_MS + LATE_APPROVAL_MS;
    expect(read(releasing('expired', false), views.open, { lastSend: answered('refused') }, longAfter)).toMatchObject([
      { type: 'payment.declined', payload: { reason: 'expired' } },
    ]);
    expect(read(releasing('expired', false), views.open, { lastSend: answered('refused') }, longAfter - 1)).toEqual([]);
    expect(read(releasing('expired', false), views.open, { lastSend: answered('unknown') }, longAfter)).toEqual([]);
  });
  it('without an answer, is unknown and read', () => {
    expect(typesOf(onSent(releasing('cashier', false), { kind: 'unknown', error: failure('lost') }, SOON_MS))).toEqual([
      'payment.release-unknown',
    ]);
    expect(nextStep(releasing('cashier', false), attempt({ lastSend: answered('unknown') }))).toEqual({ do: 'read' });
  });
  it('after a restart is read before anything is sent', () => {
    expect(nextStep(releasing('cashier', false), attempt())).toEqual({ do: 'read' });
  });
});

describe('declined by the bank', () => {
  it('is watched while another card may be taken', () => {
    expect(nextStep(declinedPayment(), attempt())).toEqual({ do: 'read' });
    expect(read(declinedPayment(), views.declined)).toEqual([]);
  });
  it('is approved after all when the sale still waits for it', () => {
    expect(read(declinedPayment(), views.authorised, { wanted: true })).toMatchObject([
      { type: 'payment.approved', payload: { ask: false } },
    ]);
  });
  it('is captured after all by a direct capture unit when the sale still waits for it', () => {
    expect(read(declinedPayment(), views.sale, { wanted: true })).toMatchObject([{ type: 'payment.captured', payload: { ask: false } }]);
  });
  it('is released when the sale has gone on', () => {
    expect(read(declinedPayment(), views.authorised, { wanted: false })).toMatchObject([
      { type: 'payment.release-intended', payload: { why: 'appeared-late', evenIfApproved: true } },
    ]);
  });
  it('is refunded when it was captured and the sale has gone on', () => {
    expect(typesOf(read(declinedPayment(), views.sale, { wanted: false }))).toEqual(['payment.captured', 'payment.refund-intended']);
  });
  it('is over with an answer from after its time', () => {
    expect(typesOf(read(declinedPayment(), views.declined, {}, BEGAN_MS + 615_000))).toEqual(['payment.watch-ended']);
  });
  it('is over at once where no bank was asked', () => {
    const rejected = applied(declinedPayment(), { type: 'payment.watch-ended', version: 1, payload: { paymentId: 'p1', appeared: false } });
    expect(nextStep(rejected, attempt())).toEqual({ do: 'rest' });
  });
});

describe('captured', () => {
  it('is at its end', () => {
    expect(nextStep(capturedPayment(false), attempt())).toEqual({ do: 'rest' });
  });
  it('with a question is read while it waits for the answer', () => {
    expect(nextStep(capturedPayment(true), attempt())).toEqual({ do: 'read' });
    expect(nextStep(capturedPayment(true), attempt({ readInMs: 700 }))).toEqual({ do: 'wait', delayMs: 700 });
    expect(read(capturedPayment(true), views.sale)).toEqual([]);
  });
  it('with a question is given back when nothing of it is left, and asked about anew when a part is', () => {
    expect(read(capturedPayment(true), views.refunded('portal'))).toMatchObject([
      { type: 'payment.released', payload: { wasApproved: true } },
    ]);
    expect(read(capturedPayment(true), { ...views.sale, refundedOre: 100 })).toMatchObject([
      { type: 'payment.partly-given-back', payload: { leftOre: AMOUNT_ORE - 100 } },
    ]);
  });
  it('with a question is not ended by an answer from before the capture', () => {
    expect(read(capturedPayment(true), views.authorised)).toEqual([]);
  });
  it('has its refund sent once, with its own key', () => {
    expect(nextStep(capturedPayment(true, refundIntended), attempt({ fresh: true }))).toEqual({
      do: 'refund',
      amountOre: AMOUNT_ORE,
      key: REFUND_KEY,
    });
  });
  it('is refunded when our own key is found', () => {
    expect(read(capturedPayment(true, refundIntended), views.refunded(REFUND_KEY))).toMatchObject([
      { type: 'payment.refunded', payload: { key: REFUND_KEY, amountOre: AMOUNT_ORE } },
    ]);
  });
  it('is not refunded by somebody else’s refund: totals cannot say which one happened', () => {
    expect(read(capturedPayment(true, refundIntended), views.refunded('another'))).toEqual([]);
  });
  it('begun in eCom, is not paid back twice when ePayment tells the refund without our key', () => {
    const sending = capturedPayment(true, refundIntended);
    const moved = { ...sending, order: { ...sending.order, api: 'ecom' } } as typeof sending;
    const told = { ...views.refunded(REFUND_KEY), operations: [operation('refund')] };
    expect(read(moved, told)).toMatchObject([{ type: 'payment.refunded', payload: { key: REFUND_KEY, amountOre: AMOUNT_ORE } }]);
    expect(read(sending, told)).toEqual([]);
    expect(read(moved, { ...told, operations: [operation('refund', null, 100)] })).toEqual([]);
  });
  it('refused its refund, asks again', () => {
    expect(typesOf(read(capturedPayment(true, refundIntended), views.sale, { lastSend: answered('refused') }))).toEqual([
      'payment.refund-refused',
    ]);
  });
  it('without an answer to its refund, is unknown and read', () => {
    const sending = capturedPayment(true, refundIntended);
    expect(typesOf(onSent(sending, { kind: 'unknown', error: failure('lost') }, SOON_MS))).toEqual(['payment.refund-unknown']);
    expect(nextStep(sending, attempt({ lastSend: answered('unknown') }))).toEqual({ do: 'read' });
  });
  it('read and not refunded, is sent again with the same key', () => {
    expect(nextStep(capturedPayment(true, refundIntended), attempt({ lastSend: answered('unknown'), readSinceSend: true }))).toMatchObject({
      do: 'refund',
      key: REFUND_KEY,
    });
  });
});

describe('released', () => {
  it('is at its end', () => {
    const released = applied(releasing('cashier', false), {
      type: 'payment.released',
      version: 1,
      payload: { paymentId: 'p1', wasApproved: false },
    });
    expect(nextStep(released, attempt())).toEqual({ do: 'rest' });
    expect(read(released, views.voided)).toEqual([]);
  });
});

describe('an answer that cannot be true', () => {
  it.each<[string, Partial<ProviderView>]>([
    ['another amount authorised than asked for', { state: 'authorised', authorisedOre: AMOUNT_ORE + 1 }],
    ['captured without authorised', { capturedOre: AMOUNT_ORE }],
    ['more captured and released than authorised', { authorisedOre: AMOUNT_ORE, capturedOre: AMOUNT_ORE, releasedOre: 1 }],
    ['more refunded than captured', { authorisedOre: AMOUNT_ORE, capturedOre: 100, refundedOre: 101 }],
    ['authorised without an amount', { state: 'authorised' }],
  ])('is not used: %s', (_what, told) => {
    for (const payment of [awaiting(), capturing(), releasing('cashier', false), watched(), declinedPayment()]) {
      expect(() => read(payment, { ...views.open, ...told })).toThrow(ContradictionError);
    }
  });
  it('is not used: not found, once it was created', () => {
    for (const payment of [awaiting(), capturing(), releasing('cashier', false), capturedPayment(true, refundIntended)]) {
      expect(() => read(payment, null)).toThrow(ContradictionError);
    }
  });
});
