import type { FaultWish } from '../faults/fault.ts';
import { act, type CustomerAction } from '../payments/customer.ts';
import type { Payment } from '../payments/payment.ts';
import type { World } from '../world.ts';
import { describePayment, type Ledger, ledgerOf, type PaymentView } from './describe.ts';
import type { LoggedRequest } from './request-log.ts';

/** There is no such payment, or none yet. */
export class NoSuchPayment extends Error {
  override readonly name = 'NoSuchPayment';
  constructor(reference: string) {
    super(`no payment has the reference ${reference}`);
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
  addFault(wish: FaultWish): void;
  clearFaults(): void;
  setLegLatency(latencyMs: number): void;
  revokeTokens(): void;
  requests(filter?: { readonly route?: string | undefined; readonly reference?: string | undefined }): readonly LoggedRequest[];
  clearRequests(): void;
  ledger(): Ledger;
}

export function makeControl(world: World): Control {
  const find = (reference: string, msn?: string): Payment => {
    const found = world.payments.list().find((each) => each.reference === reference && (msn === undefined || each.msn === msn));
    if (found === undefined) throw new NoSuchPayment(reference);
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
      act(payment, action, world.clock.nowMs());
      world.changes.tell();
      return describePayment(world, payment);
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
