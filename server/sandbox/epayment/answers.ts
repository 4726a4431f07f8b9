import { createHash } from 'node:crypto';
import { capturePeriodEndMs } from '../payments/merchant.ts';
import { type Entry, type Payment, totalsOf } from '../payments/payment.ts';
import { appSwitchUrl, paymentUrl, qrImageUrl } from '../payments/payment-url.ts';
import type { SalesUnit } from '../sales-units.ts';

export type State = 'CREATED' | 'ABORTED' | 'EXPIRED' | 'AUTHORIZED' | 'TERMINATED';
export type EventName = 'CREATED' | 'ABORTED' | 'EXPIRED' | 'CANCELLED' | 'CAPTURED' | 'REFUNDED' | 'AUTHORIZED' | 'TERMINATED';

export interface PaymentEvent {
  readonly reference: string;
  readonly pspReference: string;
  readonly name: EventName;
  readonly amount: Amount;
  readonly timestamp: string;
  readonly idempotencyKey: string | null;
  readonly success: boolean;
}

interface Amount {
  readonly currency: string;
  readonly value: number;
}

const entriesUntil = (payment: Payment, asOfMs: number): readonly Entry[] =>
  payment.entries.filter((entry, index) => index === 0 || entry.atMs <= asOfMs);

/** The five states say what became of the request; captured and refunded are told by the amounts. */
export function stateOf(entries: readonly Entry[]): State {
  let state: State = 'CREATED';
  for (const entry of entries) {
    if (entry.kind === 'reserve' || entry.kind === 'sale') state = entry.ok ? 'AUTHORIZED' : 'ABORTED';
    if (entry.kind === 'reject') state = 'ABORTED';
    if (entry.kind === 'expire') state = 'EXPIRED';
    if (entry.kind === 'cancel' && state === 'CREATED') state = 'TERMINATED';
  }
  return state;
}

function eventNames(entry: Entry): readonly EventName[] {
  switch (entry.kind) {
    case 'initiate':
      return ['CREATED'];
    case 'attempt':
      return ['AUTHORIZED'];
    case 'reserve':
      return entry.ok ? ['AUTHORIZED'] : ['AUTHORIZED', 'ABORTED'];
    case 'sale':
      return entry.ok ? ['AUTHORIZED', 'CAPTURED'] : ['AUTHORIZED', 'ABORTED'];
    case 'capture':
      return ['CAPTURED'];
    case 'refund':
      return ['REFUNDED'];
    case 'reject':
      return ['ABORTED'];
    case 'cancel':
      return ['TERMINATED'];
    case 'void':
      return ['CANCELLED'];
    case 'expire':
      return ['EXPIRED'];
  }
}

/** What one entry is in the event log: mostly one event, two for a direct sale and for a payment that the bank declined. */
export function eventsOf(payment: Payment, entry: Entry): PaymentEvent[] {
  return eventNames(entry).map((name) => ({
    reference: payment.reference,
    pspReference: entry.kind === 'initiate' ? payment.pspReference : entry.transactionId,
    name,
    amount: { currency: payment.currency, value: entry.amountOre },
    timestamp: new Date(entry.atMs).toISOString(),
    idempotencyKey: entry.key === '' || entry.keyStaysInEcom === true ? null : entry.key,
    // The bank's no is an authorisation without success; that it ended the payment is a plain fact.
    success: entry.ok || name === 'ABORTED',
  }));
}

/** The whole event log, oldest first, as it was at `asOfMs`. */
export function eventLog(payment: Payment, asOfMs: number): PaymentEvent[] {
  return entriesUntil(payment, asOfMs).flatMap((entry) => eventsOf(payment, entry));
}

function aggregateOf(payment: Payment, entries: readonly Entry[]): Record<string, Amount> {
  const totals = totalsOf(entries);
  const amount = (value: number): Amount => ({ currency: payment.currency, value });
  return {
    authorizedAmount: amount(totals.authorisedOre),
    cancelledAmount: amount(totals.releasedOre),
    capturedAmount: amount(totals.capturedOre),
    refundedAmount: amount(totals.refundedOre),
  };
}

/** Where the customer goes; nowhere for a pushed message. */
export function redirectUrl(baseUrl: string, payment: Payment): string | null {
  const qr = payment.extras?.qr ?? null;
  if (payment.flow === 'push') return null;
  if (payment.flow === 'app') return appSwitchUrl(payment);
  if (qr === null || qr.format === 'target') return paymentUrl(baseUrl, payment);
  return qrImageUrl(baseUrl, payment, qr.format, qr.sizePx);
}

/** `GET /epayment/v1/payments/{reference}` as it was at `asOfMs`. */
export function paymentAnswer(baseUrl: string, payment: Payment, unit: SalesUnit, asOfMs: number): object {
  const entries = entriesUntil(payment, asOfMs);
  const state = stateOf(entries);
  const url = redirectUrl(baseUrl, payment);
  const authorised = state === 'AUTHORIZED';
  const scope = payment.extras?.scope ?? null;
  const guaranteedUntilMs = authorised ? capturePeriodEndMs(payment, unit) : null;
  return {
    aggregate: aggregateOf(payment, entries),
    amount: { currency: payment.currency, value: payment.amountOre },
    state,
    paymentMethod: { type: payment.method === 'card' ? 'CARD' : 'WALLET', ...(authorised ? { cardBin: '540185' } : {}) },
    profile: authorised && scope !== null ? { sub: createHash('sha256').update(payment.token).digest('hex').slice(0, 32) } : {},
    pspReference: payment.pspReference,
    ...(url === null ? {} : { redirectUrl: url }),
    reference: payment.reference,
    ...(payment.extras?.metadata == null ? {} : { metadata: payment.extras.metadata }),
    ...(guaranteedUntilMs === null ? {} : { captureGuaranteedUntil: new Date(guaranteedUntilMs).toISOString() }),
  };
}

/** The answer to a capture, a cancel or a refund: the payment as a whole, with the payment's own id. */
export function adjustmentAnswer(payment: Payment): object {
  return {
    amount: { currency: payment.currency, value: payment.amountOre },
    state: stateOf(payment.entries),
    aggregate: aggregateOf(payment, payment.entries),
    pspReference: payment.pspReference,
    reference: payment.reference,
  };
}
