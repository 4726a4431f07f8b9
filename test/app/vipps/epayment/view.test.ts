import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentOrder } from '../../../../app/payment/provider.ts';
import { eventsAnswer, paymentAnswer } from '../../../../app/vipps/epayment/answers.ts';
import { viewOfPayment } from '../../../../app/vipps/epayment/view.ts';

const order: PaymentOrder = { reference: 'acme-shop-123-order123abc', amountOre: 20_000, currency: 'NOK', text: 'Socks' };
const { reference } = order;
const amount = (value: number, currency = 'NOK') => ({ currency, value });

/** A payment as the provider sends it; `sums` are authorised, captured, cancelled and refunded. */
function payment(state: string, sums: readonly [number, number, number, number] = [0, 0, 0, 0], more: object = {}) {
  const [authorised, captured, cancelled, refunded] = sums.map((sum) => amount(sum));
  return {
    aggregate: { authorizedAmount: authorised, capturedAmount: captured, cancelledAmount: cancelled, refundedAmount: refunded },
    amount: amount(order.amountOre),
    state,
    paymentMethod: { type: 'WALLET' },
    profile: {},
    pspReference: '5001420062',
    reference,
    ...more,
  };
}
let second = 0;
const event = (name: string, more: object = {}) => {
  second += 1;
  const timestamp = new Date(Date.UTC(2026, 10, 21, 12, 0, second % 60)).toISOString();
  return { reference, pspReference: '1', name, amount: amount(20_000), timestamp, idempotencyKey: null, success: true, ...more };
};

/** The view as the machine would get it from these answers. */
function view(told: unknown, log: unknown = [event('CREATED')]) {
  const parsed = paymentAnswer.safeParse(told);
  const events = eventsAnswer.safeParse(log);
  return parsed.success && events.success ? viewOfPayment(order, parsed.data, events.data) : { kind: 'unknown' as const };
}

describe('a payment', () => {
  it.each([
    ['waits', payment('CREATED'), [event('CREATED')], { state: 'open', opened: null }],
    ['was refused by the customer', payment('ABORTED'), [event('CREATED'), event('ABORTED')], { state: 'terminated' }],
    [
      'was refused by the bank',
      payment('ABORTED'),
      [event('CREATED'), event('AUTHORIZED', { success: false }), event('ABORTED')],
      { state: 'declined', declinedForGood: true },
    ],
    ['ran out', payment('EXPIRED'), [event('CREATED'), event('EXPIRED')], { state: 'expired' }],
    ['was approved', payment('AUTHORIZED', [20_000, 0, 0, 0]), [event('AUTHORIZED')], { state: 'authorised', authorisedOre: 20_000 }],
    ['was ended by the shop', payment('TERMINATED'), [event('TERMINATED')], { state: 'terminated', authorisedOre: 0 }],
    [
      'was approved and released',
      payment('AUTHORIZED', [20_000, 0, 20_000, 0]),
      [event('CANCELLED')],
      { state: 'terminated', releasedOre: 20_000 },
    ],
    [
      'was captured in part',
      payment('AUTHORIZED', [20_000, 5_000, 15_000, 0]),
      [event('CREATED')],
      { state: 'authorised', capturedOre: 5_000 },
    ],
  ] as const)('that %s is told as such', (_what, told, log, expected) => {
    expect(view(told, log)).toMatchObject({ kind: 'ok', value: expected });
  });

  it('has its operations newest first, in whatever order the log came, each with our key', () => {
    const log = [
      event('CREATED', { timestamp: '2026-11-21T12:00:00Z' }),
      event('CAPTURED', { timestamp: '2026-11-21T12:00:09.5+00:00', idempotencyKey: 'c1' }),
    ];
    for (const told of [log, [...log].reverse()]) {
      expect(view(payment('AUTHORIZED', [20_000, 20_000, 0, 0]), told)).toMatchObject({
        value: {
          operations: [
            { kind: 'capture', key: 'c1', amountOre: 20_000, ok: true },
            { kind: 'initiate', key: null },
          ],
        },
      });
    }
  });
});

describe('what cannot be true is unknown', () => {
  it.each([
    ['another reference', payment('AUTHORIZED', [20_000, 0, 0, 0], { reference: 'acme-shop-123-order123abd' })],
    ['another amount', payment('AUTHORIZED', [20_000, 0, 0, 0], { amount: amount(20_001) })],
    ['another currency', payment('AUTHORIZED', [20_000, 0, 0, 0], { amount: amount(20_000, 'DKK') })],
    ['less approved than asked for', payment('AUTHORIZED', [19_999, 0, 0, 0])],
    ['approved without an amount', payment('AUTHORIZED')],
    ['more captured than approved', payment('AUTHORIZED', [20_000, 20_001, 0, 0])],
    ['captured and released more than approved', payment('AUTHORIZED', [20_000, 15_000, 5_001, 0])],
    ['more refunded than captured', payment('AUTHORIZED', [20_000, 5_000, 0, 5_001])],
    ['approved and still waiting', payment('CREATED', [20_000, 0, 0, 0])],
    ['terminated with money', payment('TERMINATED', [20_000, 20_000, 0, 0])],
    ['a state nobody knows', payment('PAID', [20_000, 20_000, 0, 0])],
    ['a state in small letters', payment('authorized', [20_000, 0, 0, 0])],
    ['an amount as text', payment('AUTHORIZED', [20_000, 0, 0, 0], { amount: { currency: 'NOK', value: '20000' } })],
    ['an amount with decimals', payment('AUTHORIZED', [20_000, 0, 0, 0], { amount: amount(20_000.5) })],
    ['no sums', payment('AUTHORIZED', [20_000, 0, 0, 0], { aggregate: undefined })],
  ])('%s', (_what, told) => {
    expect(view(told).kind).toBe('unknown');
  });

  it.each([
    ['of another reference', event('CAPTURED', { reference: 'another-reference' })],
    ['in another currency', event('CAPTURED', { amount: amount(20_000, 'EUR') })],
    ['of more than the payment', event('CAPTURED', { amount: amount(20_001) })],
    ['created with another amount', event('CREATED', { amount: amount(1) })],
    ['that knows of a refund which the payment does not', event('REFUNDED')],
    ['with a name nobody knows', event('SETTLED')],
    ['without a word on its success', event('CAPTURED', { success: undefined })],
    ['at a time that is none', event('CAPTURED', { timestamp: 'yesterday' })],
  ])('an event %s', (_what, told) => {
    expect(view(payment('AUTHORIZED', [20_000, 20_000, 0, 0]), [told]).kind).toBe('unknown');
  });

  it('whatever one field becomes, it is never captured but in full, by the payment’s own sums', () => {
    const good = payment('AUTHORIZED', [20_000, 0, 0, 0]);
    const log = [event('CREATED'), event('AUTHORIZED')];
    const paths = [
      ['amount', 'value'],
      ['amount', 'currency'],
      ['state'],
      ['reference'],
      ['pspReference'],
      ['aggregate', 'authorizedAmount'],
      ['aggregate'],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const spoilt = structuredClone(good) as Record<string, unknown>;
        const holder = path.length === 1 ? spoilt : (spoilt[path[0] ?? ''] as Record<string, unknown>);
        holder[path.at(-1) ?? ''] = value;
        const read = view(spoilt, log);
        if (read.kind === 'ok') expect(read.value).toMatchObject({ authorisedOre: 20_000, capturedOre: 0 });
      }),
    );
  });

  it('nor does anything follow from any other JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (told, log) => view(told, log).kind === 'unknown'));
  });
});
