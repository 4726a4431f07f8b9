/** The table of a payment's life, row by row, until the customer approves: in which state, what comes, and what then. */
import { describe, expect, it } from 'vitest';
import { nextStep, onCreated, onRead } from '../../../app/payment/decide.ts';
import { PAYMENT_LIFETIME_MS } from '../../../app/payment/lifetime.ts';
import type { Payment } from '../../../app/payment/payment.ts';
import { ContradictionError } from '../../../app/payment/plausible.ts';
import type { ProviderView } from '../../../app/payment/provider.ts';
import {
  AMOUNT_ORE,
  answered,
  applied,
  attempt,
  awaiting,
  BEGAN_MS,
  cancelRequested,
  creating,
  failure,
  planned,
  TROUBLE,
  typesOf,
  views,
  watched,
} from './payments.ts';

const SOON_MS = BEGAN_MS + 10_000;
const read = (payment: Payment, view: ProviderView | null, more: Parameters<typeof attempt>[0] = {}, nowMs = SOON_MS) =>
  onRead(payment, view, attempt(more), nowMs);
const createUnknown = { type: 'payment.create-unknown', version: 1, payload: { paymentId: 'p1', trouble: TROUBLE } } as const;

describe('planned', () => {
  it('has its intent written before anything leaves', () => {
    expect(nextStep(applied(null, planned), attempt())).toMatchObject({ do: 'write', events: [{ type: 'payment.create-intended' }] });
  });
});

describe('creating', () => {
  it('is sent when its intent has just been written', () => {
    expect(nextStep(creating(), attempt({ fresh: true }))).toEqual({ do: 'create' });
  });
  it('accepted, waits for the customer', () => {
    expect(onCreated(creating(), { kind: 'ok', value: { url: 'https://pay.example/1' } }, SOON_MS)).toMatchObject([
      { type: 'payment.created', payload: { url: 'https://pay.example/1' } },
    ]);
  });
  it('refused for good, is declined with the reason’s name', () => {
    expect(onCreated(creating(), { kind: 'refused', error: failure('ecom:Merchant/37') }, SOON_MS)).toMatchObject([
      { type: 'payment.declined', payload: { reason: 'refused', errorCode: 'ecom:Merchant/37', watchUntilMs: null } },
    ]);
  });
  it('refused as a duplicate, may be our own try: that is unknown, not refused', () => {
    expect(typesOf(onCreated(creating(), { kind: 'refused', error: failure('ecom:Merchant/34') }, SOON_MS))).toEqual([
      'payment.create-unknown',
    ]);
  });
  it('without an answer, is unknown', () => {
    expect(typesOf(onCreated(creating(), { kind: 'unknown', error: failure('lost') }, SOON_MS))).toEqual(['payment.create-unknown']);
  });
  it('that never left is sent again with the same reference', () => {
    const answer = { kind: 'retryable', error: failure('not-sent'), retryAfterMs: null } as const;
    expect(onCreated(creating(), answer, SOON_MS)).toEqual([]);
    expect(nextStep(creating(), attempt({ lastSend: answered('retryable') }))).toEqual({ do: 'create' });
  });
  it('that never left waits as long as it was told to', () => {
    expect(nextStep(creating(), attempt({ lastSend: answered('retryable'), sendInMs: 7_000 }))).toEqual({ do: 'wait', delayMs: 7_000 });
  });
  it('that never left ends at once when the cashier cancels', () => {
    expect(nextStep(creating(cancelRequested), attempt({ lastSend: answered('retryable') }))).toMatchObject({
      do: 'write',
      events: [{ type: 'payment.released', payload: { wasApproved: false } }],
    });
  });
  it('unknown is read before anything else, and never sent again', () => {
    expect(nextStep(creating(createUnknown), attempt({ fresh: true }))).toEqual({ do: 'read' });
    expect(nextStep(creating(createUnknown), attempt({ readInMs: 400 }))).toEqual({ do: 'wait', delayMs: 400 });
  });
  it('found after all, is ended: its address is lost', () => {
    expect(read(creating(createUnknown), views.open)).toMatchObject([
      { type: 'payment.release-intended', payload: { why: 'url-lost', evenIfApproved: true } },
    ]);
  });
  it('found after all while the cashier cancels, is ended for the cashier', () => {
    expect(read(creating(createUnknown, cancelRequested), views.open)).toMatchObject([{ payload: { why: 'cashier' } }]);
  });
  it('not found, is watched for ten minutes', () => {
    expect(read(creating(createUnknown), null)).toMatchObject([{ type: 'payment.watch-started', payload: { untilMs: SOON_MS + 600_000 } }]);
  });
  it('after a restart is read, because nobody knows whether it left', () => {
    expect(nextStep(creating(), attempt())).toEqual({ do: 'read' });
  });
});

describe('watched', () => {
  it('is read again and again', () => {
    expect(nextStep(watched(), attempt())).toEqual({ do: 'read' });
  });
  it('is released when it appears', () => {
    expect(read(watched(), views.open)).toMatchObject([
      { type: 'payment.release-intended', payload: { why: 'appeared-late', evenIfApproved: true } },
    ]);
  });
  it('goes on while it is not there and the time lasts', () => {
    expect(read(watched(), null, {}, BEGAN_MS + 599_999)).toEqual([]);
  });
  it('ends with an answer from after the ten minutes', () => {
    expect(read(watched(), null, {}, BEGAN_MS + 600_000)).toMatchObject([{ type: 'payment.watch-ended', payload: { appeared: false } }]);
  });
  it('does not end on an answer from before, however late it is now', () => {
    expect(nextStep(watched(), attempt({ readSinceSend: true }))).toEqual({ do: 'read' });
  });
});

describe('awaiting', () => {
  it('is read when it is time, and not before', () => {
    expect(nextStep(awaiting(), attempt())).toEqual({ do: 'read' });
    expect(nextStep(awaiting(), attempt({ readInMs: 300 }))).toEqual({ do: 'wait', delayMs: 300 });
  });
  it('refused by a bank for good, is declined and not watched', () => {
    expect(read(awaiting(), { ...views.declined, declinedForGood: true })).toMatchObject([
      { type: 'payment.declined', payload: { reason: 'no-cover', watchUntilMs: null } },
    ]);
  });
  it('opened in the app, is told as such once', () => {
    const opened = read(awaiting(), views.opened);
    expect(typesOf(opened)).toEqual(['payment.opened']);
    expect(read(applied(awaiting(), ...opened), views.opened)).toEqual([]);
  });
  it('approved, is approved with nothing to ask', () => {
    expect(read(awaiting(), views.authorised)).toMatchObject([
      { type: 'payment.approved', payload: { authorisedOre: AMOUNT_ORE, transactionId: '5001', ask: false } },
    ]);
  });
  it('captured at once by a direct capture unit, is captured', () => {
    expect(read(awaiting(), views.sale)).toMatchObject([{ type: 'payment.captured', payload: { capturedOre: AMOUNT_ORE, ask: false } }]);
  });
  it('terminated without approval, was rejected by the customer', () => {
    expect(read(awaiting(), views.terminated)).toMatchObject([
      { type: 'payment.declined', payload: { reason: 'rejected', watchUntilMs: null } },
    ]);
  });
  it('refused by the bank, has no cover, and is watched in case another card is taken', () => {
    expect(read(awaiting(), views.declined)).toMatchObject([
      { type: 'payment.declined', payload: { reason: 'no-cover', watchUntilMs: BEGAN_MS + PAYMENT_LIFETIME_MS + 15_000 } },
    ]);
  });
  it('with a failed reservation after ten minutes, has expired', () => {
    expect(read(awaiting(), views.declined, {}, BEGAN_MS + PAYMENT_LIFETIME_MS)).toMatchObject([
      { type: 'payment.declined', payload: { reason: 'expired', watchUntilMs: null } },
    ]);
  });
  it('expired by the provider’s own word, has expired', () => {
    expect(read(awaiting(), views.expired)).toMatchObject([{ payload: { reason: 'expired' } }]);
  });
  it('released by somebody else after approval, was given back', () => {
    expect(read(awaiting(), views.voided)).toMatchObject([{ type: 'payment.released', payload: { wasApproved: true } }]);
  });
  it('still open after ten minutes and a margin, is ended in the form that spares an approved one', () => {
    expect(read(awaiting(), views.open, {}, BEGAN_MS + 614_999)).toEqual([]);
    expect(read(awaiting(), views.open, {}, BEGAN_MS + 615_000)).toMatchObject([
      { type: 'payment.release-intended', payload: { why: 'expired', evenIfApproved: false } },
    ]);
  });
  it('not found, contradicts that it was created', () => {
    expect(() => read(awaiting(), null)).toThrow(ContradictionError);
  });
});

describe('awaiting, and the cashier cancels', () => {
  it('is read first, even then', () => {
    expect(nextStep(awaiting(cancelRequested), attempt())).toEqual({ do: 'read' });
  });
  it('still open, is ended in the form that spares an approved one', () => {
    expect(read(awaiting(cancelRequested), views.open)).toMatchObject([
      { type: 'payment.release-intended', payload: { why: 'cashier', evenIfApproved: false } },
    ]);
  });
  it('approved a moment ago, asks whether to keep or release', () => {
    expect(read(awaiting(cancelRequested), views.authorised)).toMatchObject([{ type: 'payment.approved', payload: { ask: true } }]);
  });
  it('captured a moment ago, asks whether to keep or refund', () => {
    expect(read(awaiting(cancelRequested), views.sale)).toMatchObject([{ type: 'payment.captured', payload: { ask: true } }]);
  });
});
