import type { SandboxClock } from './clock.ts';
import type { RequestLog } from './control/request-log.ts';
import type { Customers } from './customers/customers.ts';
import type { Faults } from './faults/fault.ts';
import type { RateLimits } from './gateway/rate-limits.ts';
import type { Tokens } from './gateway/tokens.ts';
import type { Orders } from './order-management/routes.ts';
import type { IdempotentAnswers } from './payments/idempotent-answers.ts';
import type { PaymentStore } from './payments/store.ts';
import type { MerchantCodes } from './qr/merchant-codes.ts';
import type { Partner, SalesUnit } from './sales-units.ts';
import type { Deliveries } from './webhooks/deliveries.ts';
import type { Registrations } from './webhooks/registrations.ts';

/** Everything the sandbox knows. The APIs, the phone and the control panel are views of it. */
export interface World {
  readonly clock: SandboxClock;
  readonly salesUnits: readonly SalesUnit[];
  readonly partners: readonly Partner[];
  readonly customers: Customers;
  readonly tokens: Tokens;
  readonly limits: RateLimits;
  readonly payments: PaymentStore;
  readonly answers: IdempotentAnswers;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly orders: Orders;
  readonly merchantCodes: MerchantCodes;
  readonly registrations: Registrations;
  readonly deliveries: Deliveries;
  readonly changes: Changes;
  /** How many rows of a ledger come at once. */
  readonly reportPageSize: number;
  /** How long each leg to the provider takes beyond what the machine needs. */
  legLatencyMs: number;
  /** Where the sandbox is reached; known once it listens. */
  baseUrl: string;
}

/** Tells whoever watches that something has changed. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  /** Calls back after each change; the returned function ends that. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
