/**
 * From ePayment's payment and its event log to what the payment's machine sees.
 *
 * | the payment says | state |
 * |---|---|
 * | CREATED | open |
 * | ABORTED, and the log has an AUTHORIZED without success | declined: the bank said no |
 * | ABORTED otherwise | terminated: the customer said no |
 * | EXPIRED | expired |
 * | AUTHORIZED | authorised |
 * | AUTHORIZED, all of it cancelled, nothing captured | terminated: approved, and then released |
 * | TERMINATED | terminated |
 *
 * Sums come from the aggregate; the log tells which of our own requests happened. Where the log knows more money than the
 * aggregate, one of the two is older than the other, and neither is used.
 */
import type { Answer, PaymentOrder, ProviderOperation, ProviderState, ProviderStep, ProviderView } from '../../payment/provider.ts';
import { badAnswer } from '../errors.ts';
import type { PaymentAnswer, PaymentEvent } from './answers.ts';

/**
 * The view of a payment and its events; `unknown` with code `bad-answer` when they cannot be about this order, or contradict
 * each other. While it is CREATED no events are needed: nothing has happened.
 */
export function viewOfPayment(order: PaymentOrder, payment: PaymentAnswer, events: readonly PaymentEvent[]): Answer<ProviderView> {
  const problem = contradictionIn(order, payment) ?? contradictionWith(order, payment, events);
  if (problem !== null) return badAnswer(`the payment contradicts itself or the order: ${problem}`, 200);
  return { kind: 'ok', value: reduce(payment, events) };
}

/** All that happened, oldest first. */
export function stepsOfEvents(events: readonly PaymentEvent[]): readonly ProviderStep[] {
  return newestFirst(events)
    .toReversed()
    .map((event) => {
      const { kind, amountOre, ok } = operationOf(event);
      return { kind: event.name === 'EXPIRED' ? 'expire' : kind, amountOre, ok, atMs: Date.parse(event.timestamp) };
    });
}

function reduce(payment: PaymentAnswer, events: readonly PaymentEvent[]): ProviderView {
  const { authorizedAmount, capturedAmount, cancelledAmount, refundedAmount } = payment.aggregate;
  const state = stateOf(payment, events);
  return {
    opened: null, // this API does not tell
    state,
    // Its own document calls ABORTED final.
    ...(state === 'declined' ? { declinedForGood: true } : {}),
    authorisedOre: authorizedAmount.value,
    capturedOre: capturedAmount.value,
    releasedOre: cancelledAmount.value,
    refundedOre: refundedAmount.value,
    transactionId: payment.pspReference === '' ? null : payment.pspReference,
    ...captureUntil(payment),
    operations: newestFirst(events).map(operationOf),
  };
}

function captureUntil({ captureGuaranteedUntil }: PaymentAnswer): { readonly captureUntilMs?: number } {
  const untilMs = captureGuaranteedUntil === undefined ? Number.NaN : Date.parse(captureGuaranteedUntil);
  return Number.isSafeInteger(untilMs) ? { captureUntilMs: untilMs } : {};
}

function stateOf(payment: PaymentAnswer, events: readonly PaymentEvent[]): ProviderState {
  const { authorizedAmount, cancelledAmount } = payment.aggregate;
  switch (payment.state) {
    case 'CREATED':
      return 'open';
    case 'ABORTED':
      return events.some(({ name, success }) => name === 'AUTHORIZED' && !success) ? 'declined' : 'terminated';
    case 'EXPIRED':
      return 'expired';
    case 'AUTHORIZED':
      return cancelledAmount.value === authorizedAmount.value ? 'terminated' : 'authorised';
    case 'TERMINATED':
      return 'terminated';
  }
}

function newestFirst(events: readonly PaymentEvent[]): PaymentEvent[] {
  return [...events].reverse().sort((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp));
}

function operationOf({ name, idempotencyKey, amount, success }: PaymentEvent): ProviderOperation {
  // An expiry is what eCom writes down as a reservation that did not succeed.
  return { kind: KINDS[name], key: idempotencyKey, amountOre: amount.value, ok: success && name !== 'EXPIRED' };
}

const KINDS: Readonly<Record<PaymentEvent['name'], ProviderOperation['kind']>> = {
  CREATED: 'initiate',
  AUTHORIZED: 'authorise',
  EXPIRED: 'authorise',
  CAPTURED: 'capture',
  REFUNDED: 'refund',
  ABORTED: 'cancel',
  TERMINATED: 'cancel',
  CANCELLED: 'void',
};

/**
 * What cannot be true of a payment of this order, in words; `null` when all is well. Also for the answers to a capture, a
 * cancel and a refund, which have the same form.
 */
export function contradictionIn(order: PaymentOrder, { reference, amount, state, aggregate }: PaymentAnswer): string | null {
  if (reference !== order.reference) return 'another reference';
  if (amount.value !== order.amountOre) return `${amount.value}, asked for ${order.amountOre}`;
  const currencies = [amount, ...Object.values(aggregate)].map(({ currency }) => currency);
  const other = currencies.find((currency) => currency !== order.currency);
  if (other !== undefined) return `${other}, asked for ${order.currency}`;
  const authorised = aggregate.authorizedAmount.value;
  const captured = aggregate.capturedAmount.value;
  const cancelled = aggregate.cancelledAmount.value;
  const refunded = aggregate.refundedAmount.value;
  if (authorised !== 0 && authorised !== order.amountOre) return `approved ${authorised}, asked for ${order.amountOre}`;
  if (captured + cancelled > authorised) return `captured ${captured} and released ${cancelled} of ${authorised} approved`;
  if (refunded > captured) return `refunded ${refunded} of ${captured} captured`;
  switch (state) {
    case 'AUTHORIZED':
      return authorised === 0 ? 'approved without an amount' : null;
    case 'TERMINATED':
      // One page says that a payment is also terminated when it was approved and then released as a whole.
      return authorised === cancelled ? null : `terminated with ${authorised - cancelled} still approved`;
    default:
      return authorised === 0 ? null : `${state} with ${authorised} approved`;
  }
}

function contradictionWith(order: PaymentOrder, { aggregate }: PaymentAnswer, events: readonly PaymentEvent[]): string | null {
  for (const { reference, amount, name } of events) {
    if (reference !== order.reference) return 'an event of another reference';
    if (amount.currency !== order.currency) return `an event in ${amount.currency}, asked for ${order.currency}`;
    if (amount.value > order.amountOre) return `an event of ${amount.value}, asked for ${order.amountOre}`;
    if (name === 'CREATED' && amount.value !== order.amountOre) return `created with ${amount.value}, asked for ${order.amountOre}`;
  }
  const sum = (wanted: PaymentEvent['name']): number =>
    events.reduce((total, { name, success, amount }) => (success && name === wanted ? total + amount.value : total), 0);
  const captured = sum('CAPTURED');
  const refunded = sum('REFUNDED');
  if (captured > aggregate.capturedAmount.value) return `captured ${captured} in the log, ${aggregate.capturedAmount.value} in all`;
  if (refunded > aggregate.refundedAmount.value) return `refunded ${refunded} in the log, ${aggregate.refundedAmount.value} in all`;
  return null;
}
