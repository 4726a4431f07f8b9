import type { Customer } from '../customers/customers.ts';
import { isObject } from '../gateway/json-body.ts';
import { approveByMs, type Entry, type Payment, type Phase, type Totals, totalsOf } from '../payments/payment.ts';
import { paymentUrl } from '../payments/payment-url.ts';
import type { World } from '../world.ts';

/** One payment as the control API and the phone show it. Amounts are minor units, times are the sandbox's clock. */
export interface PaymentView extends Totals {
  readonly msn: string;
  readonly shop: string;
  readonly reference: string;
  readonly url: string;
  readonly token: string;
  readonly amountOre: number;
  readonly currency: string;
  readonly text: string;
  readonly phase: Phase;
  readonly api: Payment['api'];
  readonly flow: Payment['flow'];
  readonly method: Payment['method'];
  readonly minimumAge: number | null;
  /** How old whoever is asked to pay is. */
  readonly payerAgeYears: number;
  /** What the shop has put on the receipt in the app. */
  readonly receiptLines: readonly { readonly name: string; readonly totalOre: number }[];
  /** Where the customer is sent when it is over, if anywhere. */
  readonly returnUrl: string | null;
  readonly captureMode: 'reserve' | 'direct';
  readonly pushedTo: string | null;
  readonly ignored: boolean;
  readonly threeDSecure: boolean;
  readonly failure: string | null;
  readonly createdAtMs: number;
  readonly openedAtMs: number | null;
  /** While it is waiting: until when the next step is possible. */
  readonly openByMs: number;
  readonly approveByMs: number;
  readonly entries: readonly Entry[];
}

export function describePayment(world: World, payment: Payment): PaymentView {
  const unit = world.salesUnits.find((each) => each.msn === payment.msn);
  return {
    msn: payment.msn,
    shop: unit?.name ?? payment.msn,
    reference: payment.reference,
    url: paymentUrl(world.baseUrl, payment),
    token: payment.token,
    amountOre: payment.amountOre,
    currency: payment.currency,
    text: payment.text,
    phase: payment.phase,
    api: payment.api,
    flow: payment.flow,
    method: payment.method,
    minimumAge: payment.minimumAge,
    payerAgeYears: payerOf(world, payment).ageYears,
    receiptLines: receiptLines(world.orders.receiptOf(payment)),
    returnUrl: payment.extras?.returnUrl ?? null,
    captureMode: payment.captureMode,
    pushedTo: payment.pushedTo,
    ignored: payment.ignored,
    threeDSecure: payment.threeDSecure,
    failure: payment.failure,
    createdAtMs: payment.createdAtMs,
    openedAtMs: payment.openedAtMs,
    openByMs: payment.openByMs,
    approveByMs: approveByMs(payment),
    entries: payment.entries,
    ...totalsOf(payment.entries),
  };
}

/** Whoever is asked: the owner of the number that was pushed to, else who holds the phone. */
export function payerOf(world: World, payment: Payment): Customer {
  const asked =
    payment.pushedTo === null ? null : world.customers.find(payment.api === 'ecom' ? `47${payment.pushedTo}` : payment.pushedTo);
  return asked ?? world.customers.holder;
}

function receiptLines(receipt: unknown): PaymentView['receiptLines'] {
  const lines = isObject(receipt) && Array.isArray(receipt.orderLines) ? receipt.orderLines : [];
  return lines.filter(isObject).map((line) => ({ name: String(line.name), totalOre: Number(line.totalAmount) }));
}

export interface LedgerRow extends Totals {
  readonly msn: string;
  readonly reference: string;
  readonly currency: string;
  readonly amountOre: number;
  readonly phase: Phase;
}

export interface Ledger {
  readonly payments: readonly LedgerRow[];
  readonly total: Totals;
}

/** Per payment and in all: what was authorised, captured, released and refunded. */
export function ledgerOf(world: World): Ledger {
  const payments = world.payments.list().map((payment): LedgerRow => {
    const view = describePayment(world, payment);
    return {
      msn: view.msn,
      reference: view.reference,
      currency: view.currency,
      amountOre: view.amountOre,
      phase: view.phase,
      authorisedOre: view.authorisedOre,
      capturedOre: view.capturedOre,
      releasedOre: view.releasedOre,
      refundedOre: view.refundedOre,
    };
  });
  return { payments, total: totalsOf(world.payments.list().flatMap((payment) => payment.entries)) };
}
