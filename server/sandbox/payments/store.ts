import { randomBytes, randomUUID } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import type { SalesUnit } from '../sales-units.ts';
import { addOwn, type Callback, type Extras, type Flow, type Payment, settle } from './payment.ts';

/** How long a customer has. The provider: 5 minutes to open, 5 more to approve, 10 in all. */
export interface Timing {
  readonly openWithinMs: number;
  readonly approveWithinMs: number;
  readonly totalMs: number;
}

export const defaultTiming: Timing = { openWithinMs: 300_000, approveWithinMs: 300_000, totalMs: 600_000 };

export interface NewPayment {
  readonly reference: string;
  readonly amountOre: number;
  readonly text: string;
  readonly pushedTo: string | null;
  readonly flow: Flow;
  readonly callback?: Callback | null;
  /** Only for a payment that is begun in ePayment. */
  readonly epayment?: EpaymentPart;
  /** How long after its making it can first be seen; 0 but for the fault that makes it late. */
  readonly appearsAfterMs: number;
}

export interface EpaymentPart {
  readonly createKey: string;
  readonly method: 'wallet' | 'card';
  readonly minimumAge: number | null;
  readonly extras: Extras;
  /** When it ends by the merchant's own wish, else `null`. */
  readonly expiresAtMs: number | null;
}

/** What is written down so that a sandbox can be stopped and started again. */
export interface StoredPayments {
  readonly payments: readonly Payment[];
  readonly lastTransaction: number;
}

/** All payments of all sales units. A reference is unique within its MSN only. */
export class PaymentStore {
  readonly #clock: SandboxClock;
  readonly #timing: Timing;
  readonly #byKey = new Map<string, Payment>();
  readonly #byToken = new Map<string, Payment>();
  #lastTransaction = 5_001_446_000;

  constructor(clock: SandboxClock, timing: Timing, stored: StoredPayments | null) {
    this.#clock = clock;
    this.#timing = timing;
    if (stored === null) return;
    this.#lastTransaction = stored.lastTransaction;
    for (const payment of stored.payments) this.#keep(payment);
  }

  #keep(payment: Payment): void {
    this.#byKey.set(`${payment.msn}/${payment.reference}`, payment);
    this.#byToken.set(payment.token, payment);
  }

  /** The next id of a transaction: ten digits, never the same twice. */
  nextTransactionId(): string {
    this.#lastTransaction += 1;
    return String(this.#lastTransaction);
  }

  /** Whether the reference has been used for this sales unit, seen yet or not. */
  has(msn: string, reference: string): boolean {
    return this.#byKey.has(`${msn}/${reference}`);
  }

  create(unit: SalesUnit, wish: NewPayment): Payment {
    const nowMs = this.#clock.nowMs();
    const { epayment } = wish;
    const transactionId = this.nextTransactionId();
    const endsAtMs = epayment?.expiresAtMs ?? nowMs + this.#timing.totalMs;
    // In ePayment the code lives as long as the payment, and nothing tells when it was opened.
    const openByMs = epayment === undefined ? nowMs + Math.min(this.#timing.openWithinMs, this.#timing.totalMs) : endsAtMs;
    const payment: Payment = {
      api: epayment === undefined ? 'ecom' : 'epayment',
      msn: unit.msn,
      reference: wish.reference,
      token: randomBytes(18).toString('base64url'),
      amountOre: wish.amountOre,
      currency: unit.currency,
      text: wish.text,
      transactionId,
      pspReference: epayment === undefined ? transactionId : randomUUID(),
      flow: wish.flow,
      method: epayment?.method ?? 'wallet',
      minimumAge: epayment?.minimumAge ?? null,
      extras: epayment?.extras ?? null,
      callback: wish.callback ?? null,
      told: 0,
      captureMode: unit.capture,
      expiry: unit.expiry,
      pushedTo: wish.pushedTo,
      createdAtMs: nowMs,
      openByMs,
      approveWithinMs: epayment === undefined ? this.#timing.approveWithinMs : endsAtMs - nowMs,
      endsAtMs,
      visibleFromMs: nowMs + wish.appearsAfterMs,
      openedAtMs: null,
      actedAtMs: null,
      phase: 'waiting',
      ignored: false,
      threeDSecure: false,
      outcomeDueMs: null,
      failure: null,
      entries: [],
    };
    addOwn(payment, 'initiate', true, nowMs, epayment?.createKey);
    this.#keep(payment);
    return payment;
  }

  /** The payment as it is now, or `null` if there is none that can be seen. */
  find(msn: string, reference: string): Payment | null {
    return this.#seen(this.#byKey.get(`${msn}/${reference}`));
  }

  findByToken(token: string): Payment | null {
    return this.#seen(this.#byToken.get(token));
  }

  /** Newest first. Late ones are not among them before they appear. */
  list(): Payment[] {
    return [...this.#byKey.values()].filter((payment) => this.#seen(payment) !== null).reverse();
  }

  #seen(payment: Payment | undefined): Payment | null {
    if (payment === undefined) return null;
    const nowMs = this.#clock.nowMs();
    settle(payment, nowMs);
    return nowMs >= payment.visibleFromMs ? payment : null;
  }

  /** Everything, for the file that a restart reads. */
  stored(): StoredPayments {
    return { payments: [...this.#byKey.values()], lastTransaction: this.#lastTransaction };
  }
}
