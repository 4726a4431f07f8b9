import { describe, expect, it } from 'vitest';
import { onAnswered, onCancelRequested, onLeftBehind, onReplaceRequested } from '../../../app/payment/person.ts';
import {
  AMOUNT_ORE,
  applied,
  approvedPayment,
  awaiting,
  cancelRequested,
  capturedPayment,
  captureRefused,
  capturing,
  creating,
  declinedPayment,
  planned,
  refundIntended,
  refundRefused,
  releasing,
  replaceRequested,
  typesOf,
  watched,
} from './payments.ts';

describe('the cashier cancels', () => {
  it('a payment that waits: it is only asked for, the next read decides', () => {
    expect(typesOf(onCancelRequested(awaiting()))).toEqual(['payment.cancel-requested']);
  });
  it('a payment that is being created', () => {
    expect(typesOf(onCancelRequested(creating()))).toEqual(['payment.cancel-requested']);
  });
  it('a payment of which nothing has left: it is over at once', () => {
    expect(onCancelRequested(applied(null, planned))).toMatchObject([{ type: 'payment.released', payload: { wasApproved: false } }]);
  });
  it('while a lost creation is being ended: no other attempt follows', () => {
    const events = onCancelRequested(releasing('url-lost', true));
    expect(typesOf(events)).toEqual(['payment.cancel-requested']);
    expect(applied(releasing('url-lost', true), ...events)).toMatchObject({ state: 'releasing', why: 'cashier' });
  });
  it('twice: once is enough', () => {
    expect(onCancelRequested(awaiting(cancelRequested))).toEqual([]);
  });
  it.each([
    ['approved', approvedPayment()],
    ['capturing', capturing()],
    ['releasing', releasing('cashier', false)],
    ['captured', capturedPayment(false)],
    ['declined', declinedPayment()],
    ['watched', watched()],
  ])('too late for what is %s', (_state, payment) => {
    expect(onCancelRequested(payment)).toEqual([]);
  });
});

describe('the cashier wants a new code', () => {
  it('in the place of one that waits, or that a bank refused: it is only asked for, the next read decides', () => {
    expect(onReplaceRequested(awaiting(), AMOUNT_ORE)).toEqual([replaceRequested]);
    expect(onReplaceRequested(declinedPayment(), AMOUNT_ORE)).toEqual([replaceRequested]);
  });
  it('in the place of one that its sale went on without and that is still being ended', () => {
    expect(onReplaceRequested(releasing('appeared-late', true), AMOUNT_ORE)).toEqual([replaceRequested]);
  });
  it('twice: once is enough', () => {
    expect(onReplaceRequested(awaiting(replaceRequested), AMOUNT_ORE)).toEqual([]);
  });
  it('while it is being cancelled: then nothing follows', () => {
    expect(onReplaceRequested(awaiting(cancelRequested), AMOUNT_ORE)).toBeNull();
  });
  it.each([
    ['approved', approvedPayment()],
    ['capturing', capturing()],
    ['captured', capturedPayment(false)],
    ['watched, and its code was never seen', watched()],
  ])('not in the place of what is %s', (_state, payment) => {
    expect(onReplaceRequested(payment, AMOUNT_ORE)).toBeNull();
  });
  it('and thinks better of it: it is ended all the same, and nothing follows', () => {
    expect(typesOf(onCancelRequested(awaiting(replaceRequested)))).toEqual(['payment.cancel-requested']);
    const wanted = applied(declinedPayment(), replaceRequested);
    const events = onCancelRequested(wanted);
    expect(typesOf(events)).toEqual(['payment.cancel-requested', 'payment.release-intended']);
    expect(applied(wanted, ...events)).toMatchObject({ state: 'releasing', why: 'cashier', replaceByOre: null });
  });
});

describe('the sale goes on by other means', () => {
  it('and what a bank refused is ended beside it', () => {
    expect(onLeftBehind(declinedPayment())).toMatchObject([
      { type: 'payment.release-intended', payload: { why: 'appeared-late', evenIfApproved: true } },
    ]);
  });
  it('and what is over stays over', () => {
    expect(onLeftBehind(watched())).toEqual([]);
  });
});

describe('approved while the cashier cancelled', () => {
  it('keep: the money stays for this sale', () => {
    const events = onAnswered(approvedPayment(true), 'keep');
    expect(typesOf(events)).toEqual(['payment.kept']);
    expect(applied(approvedPayment(true), ...(events ?? []))).toMatchObject({ state: 'approved', question: null });
  });
  it('release: in the form that voids, with a key of its own', () => {
    expect(onAnswered(approvedPayment(true), 'release')).toMatchObject([
      { type: 'payment.release-intended', payload: { why: 'cashier', evenIfApproved: true, key: '1-2611-kx7q-1042-1-x2' } },
    ]);
  });
  it.each(['refund', 'retry'] as const)('%s is not what was asked', (answer) => {
    expect(onAnswered(approvedPayment(true), answer)).toBeNull();
  });
});

describe('a capture that was refused for good', () => {
  it('retry: a new intent with a new key', () => {
    expect(onAnswered(capturing(captureRefused), 'retry')).toMatchObject([
      { type: 'payment.capture-intended', payload: { key: '1-2611-kx7q-1042-1-c2', captureOre: AMOUNT_ORE } },
    ]);
  });
  it('retry again: yet another key', () => {
    const again = onAnswered(capturing(captureRefused), 'retry') ?? [];
    expect(onAnswered(applied(capturing(captureRefused), ...again, captureRefused), 'retry')).toMatchObject([
      { payload: { key: '1-2611-kx7q-1042-1-c3' } },
    ]);
  });
  it('release: all of it, also what is approved', () => {
    expect(onAnswered(capturing(captureRefused), 'release')).toMatchObject([
      { type: 'payment.release-intended', payload: { evenIfApproved: true } },
    ]);
  });
  it.each(['keep', 'refund'] as const)('%s is not what was asked', (answer) => {
    expect(onAnswered(capturing(captureRefused), answer)).toBeNull();
  });
});

describe('captured while the cashier cancelled', () => {
  it('keep: the money stays for this sale, once it is read that it is still there', () => {
    const events = onAnswered(capturedPayment(true), 'keep');
    expect(typesOf(events)).toEqual(['payment.keep-requested']);
    const asked = applied(capturedPayment(true), ...(events ?? []));
    expect(asked).toMatchObject({ question: 'keep-or-refund', keepRequested: true });
    expect(onAnswered(asked, 'keep')).toEqual([]);
    expect(typesOf(onAnswered(asked, 'refund'))).toEqual(['payment.refund-intended']);
  });
  it('refund: all of it', () => {
    expect(onAnswered(capturedPayment(true), 'refund')).toMatchObject([
      { type: 'payment.refund-intended', payload: { key: '1-2611-kx7q-1042-1-r1', amountOre: AMOUNT_ORE } },
    ]);
  });
  it('refund again after a refusal: a new key', () => {
    expect(onAnswered(capturedPayment(true, refundIntended, refundRefused), 'refund')).toMatchObject([
      { payload: { key: '1-2611-kx7q-1042-1-r2' } },
    ]);
  });
  it('keep after a refused refund: nothing was given back', () => {
    expect(typesOf(onAnswered(capturedPayment(true, refundIntended, refundRefused), 'keep'))).toEqual(['payment.keep-requested']);
  });
  it.each(['release', 'retry'] as const)('%s is not what was asked', (answer) => {
    expect(onAnswered(capturedPayment(true), answer)).toBeNull();
  });
});

describe('an answer when nothing was asked', () => {
  it.each([
    ['awaiting', awaiting()],
    ['approved', approvedPayment(false)],
    ['capturing', capturing()],
    ['captured', capturedPayment(false)],
    ['refunding', capturedPayment(true, refundIntended)],
  ])('changes nothing while %s', (_state, payment) => {
    for (const answer of ['keep', 'release', 'refund', 'retry'] as const) expect(onAnswered(payment, answer)).toBeNull();
  });
});
