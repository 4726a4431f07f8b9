/** The rows of the table that differ where the customer is asked on their own phone: a lost answer does not mean that nobody can pay. */
import { describe, expect, it } from 'vitest';
import { nextStep, onCreated, onRead } from '../../../app/payment/decide.ts';
import { PAYMENT_LIFETIME_MS } from '../../../app/payment/lifetime.ts';
import type { Payment } from '../../../app/payment/payment.ts';
import type { PaymentFlow, ProviderView } from '../../../app/payment/provider.ts';
import {
  answered,
  attempt,
  BEGAN_MS,
  cancelRequested,
  createIntended,
  createUnknown,
  failure,
  PUSH,
  toPhone,
  typesOf,
  views,
  watchStarted,
} from './payments.ts';

const SOON_MS = BEGAN_MS + 10_000;
const FLOWS: readonly PaymentFlow[] = [PUSH, { kind: 'personal-qr' }, { kind: 'checked-in' }];
const read = (payment: Payment, view: ProviderView | null, more: Parameters<typeof attempt>[0] = {}, nowMs = SOON_MS) =>
  onRead(payment, view, attempt(more), nowMs);
const lost = (flow: PaymentFlow = PUSH) => toPhone(flow, createIntended, createUnknown);

describe.each(FLOWS.map((flow) => ({ name: flow.kind, flow })))('$name, its creation never answered', ({ flow }) => {
  it('is read before anything else', () => {
    expect(nextStep(lost(flow), attempt({ payerKnown: true }))).toEqual({ do: 'read' });
  });
  it('found, goes on without a URL, whether the customer has approved it already or not', () => {
    for (const view of [views.open, views.authorised]) {
      expect(read(lost(flow), view)).toMatchObject([{ type: 'payment.created', payload: { url: null } }]);
    }
  });
  it('not found, is sent again while it is remembered to whom', () => {
    expect(read(lost(flow), null, { payerKnown: true })).toEqual([]);
    expect(nextStep(lost(flow), attempt({ payerKnown: true, readSinceSend: true }))).toEqual({ do: 'create' });
  });
  it('not found, is watched when nobody remembers to whom', () => {
    expect(typesOf(read(lost(flow), null))).toEqual(['payment.watch-started']);
  });
});

describe('sent again', () => {
  it('waits for the provider’s limit, and reads meanwhile: it may turn up', () => {
    const soon = attempt({ payerKnown: true, readSinceSend: true, sendInMs: 5_000 });
    expect(nextStep(lost(), soon)).toEqual({ do: 'read' });
  });
  it('and refused as a duplicate, is the first one: it is read', () => {
    expect(typesOf(onCreated(lost(), { kind: 'refused', error: failure('ecom:Merchant/34') }, SOON_MS))).toEqual([
      'payment.create-unknown',
    ]);
  });
  it('and refused otherwise, says nothing of the first one: it is read, and watched when it is not there', () => {
    expect(onCreated(lost(), { kind: 'refused', error: failure('gateway:401') }, SOON_MS)).toEqual([]);
    const refused = { payerKnown: true, lastSend: answered('refused', 'gateway:401') };
    expect(nextStep(lost(), attempt(refused))).toEqual({ do: 'read' });
    expect(typesOf(read(lost(), null, refused))).toEqual(['payment.watch-started']);
  });
  it('is given up when nobody could approve it in time any more', () => {
    const late = read(lost(), null, { payerKnown: true }, BEGAN_MS + 1_000 + PAYMENT_LIFETIME_MS);
    expect(typesOf(late)).toEqual(['payment.watch-started']);
  });
  it('is not when the cashier wants it ended', () => {
    const cancelled = toPhone(PUSH, createIntended, createUnknown, cancelRequested);
    expect(nextStep(cancelled, attempt({ payerKnown: true, readSinceSend: true }))).toEqual({ do: 'read' });
    expect(typesOf(read(cancelled, null, { payerKnown: true }))).toEqual(['payment.watch-started']);
    expect(read(cancelled, views.authorised)).toMatchObject([{ type: 'payment.created' }]);
  });
  it('is never what a refused first try is', () => {
    const first = toPhone(PUSH, createIntended);
    expect(onCreated(first, { kind: 'refused', error: failure('epayment:7010') }, SOON_MS)).toMatchObject([
      { type: 'payment.declined', payload: { reason: 'refused', errorCode: 'epayment:7010' } },
    ]);
  });
});

describe('watched', () => {
  const watched = toPhone(PUSH, createIntended, createUnknown, watchStarted);
  it('and found while its sale still waits, goes on', () => {
    expect(read(watched, views.open, { wanted: true })).toMatchObject([{ type: 'payment.created', payload: { url: null } }]);
  });
  it('and found after its sale has gone on, is given back, approved or not', () => {
    for (const view of [views.open, views.authorised]) {
      expect(read(watched, view, { wanted: false })).toMatchObject([
        { type: 'payment.release-intended', payload: { why: 'appeared-late', evenIfApproved: true } },
      ]);
    }
  });
});
