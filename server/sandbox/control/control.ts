import { type Customer, practiceCustomers } from '../customers/customers.ts';
import type { FaultWish } from '../faults/fault.ts';
import { act, type CustomerAction } from '../payments/customer.ts';
import type { Payment } from '../payments/payment.ts';
import type { Capabilities } from '../sales-units.ts';
import type { Announcer } from '../webhooks/announcer.ts';
import type { Attempt } from '../webhooks/deliveries.ts';
import type { World } from '../world.ts';
import { describePayment, type Ledger, ledgerOf, type PaymentView, payerOf } from './describe.ts';
import type { LoggedRequest } from './request-log.ts';

/** There is no such payment, or none yet. */
export class NoSuchPayment extends Error {
  override readonly name = 'NoSuchPayment';
  constructor(reference: string) {
    super(`no payment has the reference ${reference}`);
  }
}

/** A sign with a code, at a register of a shop. */
export interface CounterCode {
  readonly msn: string;
  readonly shop: string;
  readonly merchantQrId: string;
  readonly location: string;
}

/** Nobody who can pay has this number. */
export class NoSuchCustomer extends Error {
  override readonly name = 'NoSuchCustomer';
  constructor(msisdn: string) {
    super(`nobody who can pay has the number ${msisdn}`);
  }
}

/** The sandbox has no sales unit of this number. */
export class NoSuchUnit extends Error {
  override readonly name = 'NoSuchUnit';
  constructor(msn: string) {
    super(`there is no sales unit ${msn}`);
  }
}

/** What a test or a person can do with the sandbox; `/sandbox/…` is the same over HTTP. */
export interface Control {
  nowMs(): number;
  /** Moves the clock forward. */
  advance(advanceMs: number): void;
  /** Newest first. */
  payments(): readonly PaymentView[];
  payment(reference: string, msn?: string): PaymentView;
  /** Does what the customer does: `open`, `approve`, `reject`, `no-cover`, `ignore`, `authenticate`. Throws what refused it. */
  customer(action: CustomerAction, reference: string, msn?: string): PaymentView;
  /** The people to practise with, and who holds the phone. */
  people(): { readonly holder: Customer; readonly customers: readonly Customer[] };
  /** Puts the phone into somebody's hands. A number that nobody pays with is a `NoSuchCustomer`. */
  holdPhone(msisdn: string): void;
  /** A fresh personal code, for the cashier to scan; the phone's holder's when no number is given. */
  personalCode(msisdn?: string): { readonly content: string; readonly customer: Customer };
  /** The merchants' own codes that a customer can check in with. */
  counterCodes(): readonly CounterCode[];
  /** The customer scans the merchant's own code at a register. Gives how many webhooks will hear of it. */
  checkIn(msn: string, merchantQrId: string): number;
  /** Every attempt to reach the merchant, oldest first. */
  deliveries(): readonly Attempt[];
  /** The provider's people change what a sales unit may do. Payments that were begun keep the capture type that they were begun with. */
  changeUnit(msn: string, capabilities: { readonly [Name in keyof Capabilities]?: Capabilities[Name] | undefined }): void;
  addFault(wish: FaultWish): void;
  clearFaults(): void;
  setLegLatency(latencyMs: number): void;
  revokeTokens(): void;
  requests(filter?: { readonly route?: string | undefined; readonly reference?: string | undefined }): readonly LoggedRequest[];
  clearRequests(): void;
  ledger(): Ledger;
}

export function makeControl(world: World, announcer: Announcer): Control {
  const find = (reference: string, msn?: string): Payment => {
    const found = world.payments.list().find((each) => each.reference === reference && (msn === undefined || each.msn === msn));
    if (found === undefined) throw new NoSuchPayment(reference);
    return found;
  };
  const someone = (msisdn: string): Customer => {
    const found = world.customers.find(msisdn);
    if (found === null) throw new NoSuchCustomer(msisdn);
    return found;
  };
  return {
    nowMs: () => world.clock.nowMs(),
    advance(advanceMs) {
      world.clock.advance(advanceMs);
      world.changes.tell();
    },
    payments: () => world.payments.list().map((payment) => describePayment(world, payment)),
    payment: (reference, msn) => describePayment(world, find(reference, msn)),
    customer(action, reference, msn) {
      const payment = find(reference, msn);
      act(payment, action, world.clock.nowMs(), payerOf(world, payment).ageYears);
      world.changes.tell();
      return describePayment(world, payment);
    },
    people: () => ({ holder: world.customers.holder, customers: practiceCustomers }),
    holdPhone(msisdn) {
      world.customers.holder = someone(msisdn);
      world.changes.tell();
    },
    personalCode(msisdn) {
      const customer = msisdn === undefined ? world.customers.holder : someone(msisdn);
      return { content: world.customers.personalCode(customer), customer };
    },
    counterCodes: () =>
      world.salesUnits.flatMap(({ msn, name }) =>
        [...world.merchantCodes.callbacksOf(msn)].map(([merchantQrId, location]) => ({ msn, shop: name, merchantQrId, location })),
      ),
    checkIn: (msn, merchantQrId) => announcer.checkIn(msn, merchantQrId),
    deliveries: () => world.deliveries.attempts(),
    changeUnit(msn, capabilities) {
      const unit = world.salesUnits.find((each) => each.msn === msn);
      if (unit === undefined) throw new NoSuchUnit(msn);
      Object.assign(unit, Object.fromEntries(Object.entries(capabilities).filter(([, value]) => value !== undefined)));
      world.changes.tell();
    },
    addFault: (wish) => world.faults.add(wish),
    clearFaults: () => world.faults.clear(),
    setLegLatency(latencyMs) {
      world.legLatencyMs = latencyMs;
    },
    revokeTokens: () => world.tokens.revokeAll(),
    requests: (filter) => world.requests.list(filter),
    clearRequests: () => world.requests.clear(),
    ledger: () => ledgerOf(world),
  };
}
