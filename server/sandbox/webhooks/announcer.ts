import { randomBytes } from 'node:crypto';
import { callbackOf } from '../ecom/callback.ts';
import { eventsOf, type PaymentEvent } from '../epayment/answers.ts';
import { isLoopback } from '../gateway/loopback.ts';
import type { Entry, Payment } from '../payments/payment.ts';
import type { World } from '../world.ts';
import { type Delivery, webhookRetries } from './deliveries.ts';
import { checkInEvent, type Registration } from './registrations.ts';
import { signedHeaders } from './signature.ts';

const webhookTimeoutMs = 10_000;
const callbackTimeoutMs = 3_000;

/** Turns what has happened to payments into webhooks and callbacks. Everything goes to loopback only. */
export class Announcer {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Announces every entry that has not been announced yet. Called after each change and now and then, for expiries. */
  look(): void {
    for (const payment of this.#world.payments.list()) {
      for (const entry of payment.entries.slice(payment.told)) this.#announce(payment, entry);
      payment.told = payment.entries.length;
    }
    this.#world.deliveries.pump();
  }

  /** Tells that a customer has scanned the merchant's own code. Gives how many registrations wanted to know. */
  checkIn(msn: string, merchantQrId: string): number {
    const world = this.#world;
    const wanting = world.registrations.wanting(msn, checkInEvent);
    const body = {
      customerToken: world.customers.tokenFor(world.customers.holder, world.clock.nowMs()),
      merchantQrId,
      msn,
      initiatedAt: new Date(world.clock.nowMs()).toISOString(),
    };
    for (const registration of wanting) this.#webhook(registration, checkInEvent, null, `check-in ${msn}`, JSON.stringify(body));
    return wanting.length;
  }

  #announce(payment: Payment, entry: Entry): void {
    if (payment.api === 'ecom') {
      this.#callback(payment, entry);
      return;
    }
    for (const event of eventsOf(payment, entry)) this.#paymentEvent(payment, event);
  }

  #paymentEvent(payment: Payment, event: PaymentEvent): void {
    const name = `epayments.payment.${event.name.toLowerCase()}.v1`;
    const body = JSON.stringify({ msn: payment.msn, ...event });
    for (const registration of this.#world.registrations.wanting(payment.msn, name)) {
      this.#webhook(registration, name, payment.reference, `${payment.msn}/${payment.reference}`, body);
    }
  }

  #webhook(registration: Registration, event: string, reference: string | null, about: string, body: string): void {
    const url = URL.parse(registration.url);
    if (url === null || !isLoopback(url)) return;
    const { clock, deliveries } = this.#world;
    const faults = this.#world.faults.take('webhook', reference);
    const has = (kind: string): boolean => faults.some((fault) => fault.kind === kind);
    if (has('lost')) return;
    const secret = has('forged') ? randomBytes(32).toString('base64') : registration.secret;
    const delivery: Delivery = {
      kind: 'webhook',
      event,
      reference,
      url: registration.url,
      body,
      // The receiver judges the date by its own clock, which nobody moves.
      headers: () => ({ ...signedHeaders({ secret, url, body, date: new Date(clock.wallMs()) }), 'webhook-id': registration.id }),
      timeoutMs: webhookTimeoutMs,
      retryAfterMs: webhookRetries,
      done: (ok) => {
        registration.silentSinceMs = ok ? null : (registration.silentSinceMs ?? clock.nowMs());
      },
    };
    const latency = faults.find((fault) => fault.kind === 'latency');
    const line = `${registration.id} ${about}`;
    deliveries.add(line, delivery, { delayMs: latency?.kind === 'latency' ? latency.ms : 0, overtaken: has('reorder') });
    if (has('duplicate')) deliveries.add(line, delivery);
  }

  #callback(payment: Payment, entry: Entry): void {
    const sent = callbackOf(payment, entry);
    const url = sent === null ? null : URL.parse(sent.url);
    if (sent === null || url === null || !isLoopback(url)) return;
    const faults = this.#world.faults.take('callback', payment.reference);
    if (faults.some((fault) => fault.kind === 'lost')) return;
    const authToken = payment.callback?.authToken ?? null;
    const delivery: Delivery = {
      kind: 'callback',
      event: sent.status,
      reference: payment.reference,
      url: sent.url,
      body: sent.body,
      headers: () => (authToken === null ? {} : { authorization: authToken }),
      timeoutMs: callbackTimeoutMs,
      retryAfterMs: [],
      done: () => undefined,
    };
    const line = `callback ${payment.msn}/${payment.reference}`;
    const latency = faults.find((fault) => fault.kind === 'latency');
    this.#world.deliveries.add(line, delivery, { delayMs: latency?.kind === 'latency' ? latency.ms : 0 });
    if (faults.some((fault) => fault.kind === 'duplicate')) this.#world.deliveries.add(line, delivery);
  }
}
