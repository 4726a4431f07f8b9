/**
 * The provider, in virtual time: the payments' rules are `model-payment.ts`; here are the network in between and what
 * goes wrong with it, the rate limits, and a record of every request that arrived.
 */
import {
  type Answer,
  type AppReceipt,
  type CallLimits,
  type CreatedPayment,
  type CreationExtras,
  isSentToPhone,
  NO_EXTRAS,
  type OpenablePayment,
  type PaymentFlow,
  type PaymentOrder,
  type PaymentProvider,
  type ProviderError,
  type QrImage,
} from '../../app/payment/provider.ts';
import type { Dice } from './dice.ts';
import { ModelPayment, ModelRefusal, PLAIN_HABITS, type UnitHabits } from './model-payment.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Operation = 'warm' | 'create' | 'qr' | 'qr-text' | 'read' | 'capture' | 'cancel' | 'refund' | 'receipt';

/** What becomes of one request. */
export type Fate =
  | { readonly kind: 'good' }
  /** Nothing left the register. */
  | { readonly kind: 'not-sent' }
  /** It never arrived; after a long wait nobody knows. */
  | { readonly kind: 'lost-before' }
  /** It was done, and the answer was lost. */
  | { readonly kind: 'lost-after' }
  /** The register gave up waiting, and it is done this much later all the same. */
  | { readonly kind: 'late'; readonly byMs: number }
  | { readonly kind: 'too-many'; readonly retryAfterMs: number | null }
  /** A 5xx: before it was done, or after. */
  | { readonly kind: 'broken'; readonly done: boolean }
  /** A read as of so long ago. */
  | { readonly kind: 'stale'; readonly behindMs: number }
  /** Refused for good, whatever it was. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Done, and answered this much later. */
  | { readonly kind: 'slow'; readonly byMs: number }
  /** A creation that the provider itself cannot see for so long. */
  | { readonly kind: 'hidden'; readonly forMs: number };

/** Decides each request's fate, and each answer's time on the way. */
export interface Weather {
  fate(operation: Operation): Fate;
  legMs(): number;
}

const FINE_WEATHER: Weather = { fate: () => ({ kind: 'good' }), legMs: () => 40 };

/** One request that had an effect, or could have had one, as it arrived. */
export interface Arrival {
  readonly operation: Operation;
  readonly reference: string;
  readonly key: string | null;
  readonly amountOre: number | null;
  /** When it left the register, and when it arrived. */
  readonly leftAtMs: number;
  readonly atMs: number;
  outcome: 'done' | 'refused' | 'limited';
}

const TIMEOUT_MS = 5_000;
/** Calls a minute and reference. */
const LIMITS = { create: 2, capture: 5, cancel: 5, refund: 5, read: 120 } as const;
const limit = (perMinute: number) => ({ perMinute, requests: 1 });
const MODEL_LIMITS: CallLimits = { create: limit(2), read: limit(120), capture: limit(5), cancel: limit(5), refund: limit(5) };

export class ModelProvider {
  readonly payments = new Map<string, ModelPayment>();
  readonly arrivals: Arrival[] = [];
  /** What each creation that arrived said: the way to the customer, and who it is. */
  readonly creations: { readonly reference: string; readonly flow: PaymentFlow['kind']; readonly extras: CreationExtras }[] = [];
  /** Answers nobody may ever get: two creations of one reference that both were new, one key with two amounts. */
  readonly wrongs: string[] = [];
  weather: Weather = FINE_WEATHER;
  /** What customers' apps show, by reference. */
  readonly receipts = new Map<string, AppReceipt>();
  /** How often a request was refused because there were too many. */
  limited = 0;
  readonly #time: VirtualTime;
  readonly #habits: UnitHabits;
  /** When the request that is being carried out left the register. */
  #leftAtMs = 0;
  readonly #recent = new Map<string, number[]>();
  /** When each payment was read. */
  readonly reads = new Map<string, number[]>();
  /** When requests of each kind arrived. */
  readonly asked = new Map<Operation, number[]>();
  /** Called for each new payment: whoever plays chance may give it bad luck. */
  onCreated: (payment: ModelPayment) => void = () => {};

  constructor(time: VirtualTime, habits: UnitHabits = PLAIN_HABITS) {
    this.#time = time;
    this.#habits = habits;
  }

  payment(reference: string): ModelPayment {
    const payment = this.payments.get(reference);
    if (payment === undefined) throw new RangeError(`the provider has no payment ${reference}`);
    payment.settle(this.#time.nowMs);
    return payment;
  }

  /** The provider as one run of the register's program reaches it. Once `isGone`, nothing leaves and no answer comes. */
  connect(isGone: () => boolean): PaymentProvider {
    const call = <T>(operation: Operation, effect: (fate: Fate) => T): Promise<Answer<T>> => {
      if (isGone()) return new Promise(() => {});
      return new Promise((resolve) => {
        this.#send(operation, effect, (answer) => {
          if (!isGone()) resolve(answer);
        });
      });
    };
    return {
      createdUrl: 'payment',
      limits: MODEL_LIMITS,
      apiOf: () => 'epayment',
      reaches: ['NO', 'DK', 'FI'],
      warm: () => call('warm', () => null),
      receiptAtCreation: this.#habits.receiptAtCreation === true,
      create: (order, extras = NO_EXTRAS) => call('create', (fate) => this.#create(order, extras, fate)),
      fetchQr: (order, created) => call('qr', () => this.#picture(order, created)),
      fetchQrText: (order, created) =>
        call('qr-text', () => ({ text: created.url, expiresInMs: this.#picture(order, created).expiresInMs })),
      read: (order) =>
        call('read', (fate) => {
          const { nowMs } = this.#time;
          this.#count('read', order.reference);
          noteTime(this.reads, order.reference, nowMs);
          const payment = this.payments.get(order.reference);
          payment?.settle(nowMs);
          return payment?.viewAt(fate.kind === 'stale' ? nowMs - fate.behindMs : nowMs) ?? null;
        }),
      story: (order) =>
        call('read', () => {
          const { nowMs } = this.#time;
          this.#count('read', order.reference);
          noteTime(this.reads, order.reference, nowMs);
          const payment = this.payments.get(order.reference);
          payment?.settle(nowMs);
          return payment?.storyAt(nowMs, this.#time.clock.nowMs() - nowMs) ?? null;
        }),
      capture: (order, amountOre, key) =>
        call('capture', () => this.#act('capture', order, amountOre, key, (payment, nowMs) => payment.capture(amountOre, key, nowMs))),
      cancel: (order, what, key) =>
        call('cancel', () => this.#act('cancel', order, null, key, (payment, nowMs) => payment.cancel(nowMs, what))),
      refund: (order, amountOre, key) =>
        call('refund', () => this.#act('refund', order, amountOre, key, (payment, nowMs) => payment.refund(amountOre, key, nowMs))),
      addReceipt: (order, amountOre, receipt) => call('receipt', () => this.#addReceipt(order, amountOre, receipt)),
    };
  }

  #send<T>(operation: Operation, act: (fate: Fate) => T, answered: (answer: Answer<T>) => void): void {
    const { weather } = this;
    const leftAtMs = this.#time.nowMs;
    const effect = (as: Fate): T => {
      noteTime(this.asked, operation, this.#time.nowMs);
      this.#leftAtMs = leftAtMs;
      return act(as);
    };
    const fate = weather.fate(operation);
    const answerIn = (delayMs: number, answer: Answer<T>) => this.#time.after(delayMs, () => answered(answer));
    const unknown: Answer<T> = { kind: 'unknown', error: failure('lost') };
    switch (fate.kind) {
      case 'not-sent':
        answerIn(20, { kind: 'retryable', error: failure('not-sent'), retryAfterMs: null, unsent: true });
        return;
      case 'lost-before':
        answerIn(TIMEOUT_MS, unknown);
        return;
      case 'too-many':
        answerIn(weather.legMs(), { kind: 'retryable', error: failure('http:429'), retryAfterMs: fate.retryAfterMs });
        return;
      case 'refused':
        answerIn(weather.legMs(), { kind: 'refused', error: failure(fate.code) });
        return;
      case 'late':
        answerIn(TIMEOUT_MS, unknown);
        this.#time.after(TIMEOUT_MS + fate.byMs, () => run(effect, fate));
        return;
      case 'lost-after':
        this.#time.after(weather.legMs(), () => run(effect, fate));
        answerIn(TIMEOUT_MS, unknown);
        return;
      case 'broken':
        this.#time.after(weather.legMs(), () => {
          if (fate.done) run(effect, fate);
          answerIn(weather.legMs(), { kind: 'unknown', error: failure('http:503') });
        });
        return;
      case 'good':
      case 'stale':
      case 'hidden':
      case 'slow':
        this.#time.after(weather.legMs(), () => {
          const answer = run(effect, fate);
          answerIn(weather.legMs() + (fate.kind === 'slow' ? fate.byMs : 0), answer);
        });
    }
  }

  #create(order: PaymentOrder, extras: CreationExtras, fate: Fate): CreatedPayment {
    const { nowMs } = this.#time;
    const arrival = this.#arrive('create', order.reference, null, order.amountOre);
    this.#count('create', order.reference);
    this.creations.push({ reference: order.reference, flow: order.flow?.kind ?? 'qr', extras });
    if (this.payments.has(order.reference)) throw this.#refuse(arrival, 'ecom:Merchant/34');
    const visibleFromMs = fate.kind === 'hidden' ? nowMs + fate.forMs : nowMs;
    const payment = new ModelPayment(order.reference, order.amountOre, nowMs, visibleFromMs, this.#habitsFor(order));
    this.payments.set(order.reference, payment);
    const lines = this.#habits.receiptAtCreation === true ? extras.receipt : null;
    if (lines !== null) this.receipts.set(order.reference, { lines, paidByCardOre: 0, paidInCashOre: 0 });
    this.onCreated(payment);
    arrival.outcome = 'done';
    return { url: isSentToPhone(order) ? null : payment.url };
  }

  /** Whoever is not there may have days. */
  #habitsFor({ flow }: PaymentOrder): UnitHabits {
    if (flow?.kind !== 'push' || flow.expiresAtMs === undefined) return this.#habits;
    const livesMs = flow.expiresAtMs - this.#time.nowMs;
    return { ...this.#habits, livesMs, codeLivesMs: livesMs };
  }

  #picture(order: PaymentOrder, created: OpenablePayment): QrImage {
    const payment = this.payments.get(order.reference);
    payment?.settle(this.#time.nowMs);
    const leftMs = payment === undefined ? 0 : payment.createdAtMs + payment.habits.codeLivesMs - this.#time.nowMs;
    if (payment?.phase !== 'waiting' || leftMs <= 0) throw new ModelRefusal('qr:400');
    return { kind: 'png', bytes: new TextEncoder().encode(created.url), expiresInMs: Math.min(leftMs, payment.habits.pictureLivesMs) };
  }

  #act(
    operation: 'capture' | 'cancel' | 'refund',
    order: PaymentOrder,
    amountOre: number | null,
    key: string,
    effect: (payment: ModelPayment, nowMs: number) => void,
  ): null {
    const arrival = this.#arrive(operation, order.reference, key, amountOre);
    this.#count(operation, order.reference);
    const payment = this.payments.get(order.reference);
    if (payment === undefined) throw this.#refuse(arrival, 'ecom:Merchant/35');
    try {
      effect(payment, this.#time.nowMs);
    } catch (error) {
      arrival.outcome = 'refused';
      if (error instanceof ModelRefusal && error.code === 'ecom:Payment/96') this.wrongs.push(`${key} came with another amount`);
      throw error;
    }
    arrival.outcome = 'done';
    return null;
  }

  /** The first one stays, whatever comes after it. */
  #addReceipt(order: PaymentOrder, amountOre: number, receipt: AppReceipt): 'added' | 'there-already' {
    const { lines, paidByCardOre, paidInCashOre } = receipt;
    const totalOre = lines.reduce((sum, line) => sum + line.amountOre, 0) - paidByCardOre - paidInCashOre;
    if (totalOre !== amountOre) this.wrongs.push(`the receipt of ${order.reference} comes to ${totalOre}, not ${amountOre}`);
    if (!this.payments.has(order.reference)) throw new ModelRefusal('order-management:404');
    if (this.receipts.has(order.reference)) return 'there-already';
    this.receipts.set(order.reference, receipt);
    return 'added';
  }

  #arrive(operation: Operation, reference: string, key: string | null, amountOre: number | null): Arrival {
    const arrival: Arrival = { operation, reference, key, amountOre, leftAtMs: this.#leftAtMs, atMs: this.#time.nowMs, outcome: 'limited' };
    this.arrivals.push(arrival);
    return arrival;
  }

  #refuse(arrival: Arrival, code: string): ModelRefusal {
    arrival.outcome = 'refused';
    return new ModelRefusal(code);
  }

  #count(operation: keyof typeof LIMITS, reference: string): void {
    const name = `${operation} ${reference}`;
    const { nowMs } = this.#time;
    const recent = (this.#recent.get(name) ?? []).filter((atMs) => atMs > nowMs - 60_000);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= LIMITS[operation]) {
      this.limited += 1;
      throw new TooManyError(oldest + 60_000 - nowMs);
    }
    recent.push(nowMs);
    this.#recent.set(name, recent);
  }
}

class TooManyError extends Error {
  override readonly name = 'TooManyError';
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super('too many requests');
    this.retryAfterMs = retryAfterMs;
  }
}

function noteTime<Name>(times: Map<Name, number[]>, name: Name, atMs: number): void {
  const before = times.get(name);
  if (before === undefined) times.set(name, [atMs]);
  else before.push(atMs);
}

function run<T>(effect: (fate: Fate) => T, fate: Fate): Answer<T> {
  try {
    return { kind: 'ok', value: effect(fate) };
  } catch (error) {
    if (error instanceof TooManyError) return { kind: 'retryable', error: failure('http:429'), retryAfterMs: error.retryAfterMs };
    if (error instanceof ModelRefusal) return { kind: 'refused', error: failure(error.code) };
    throw error;
  }
}

function failure(code: string): ProviderError {
  return { code, message: `the model says ${code}`, httpStatus: null, traceId: null };
}

/** Weather that dice make; `severity` 0 is fine, 1 is as bad as it gets. */
export function badWeather(dice: Dice, severity: () => number): Weather {
  return {
    legMs: () => dice.between(10, 60 + Math.round(1_500 * severity() * dice.next() * dice.next())),
    fate: (operation) => {
      if (!dice.chance(0.5 * severity())) return { kind: 'good' };
      const isEffect = operation === 'create' || operation === 'capture' || operation === 'cancel' || operation === 'refund';
      const kind = dice.weighted({
        good: 3,
        'not-sent': 3,
        'lost-before': 2,
        'lost-after': isEffect ? 4 : 0,
        late: isEffect ? 2 : 0,
        'too-many': 1,
        broken: 2,
        stale: operation === 'read' ? 6 : 0,
        hidden: operation === 'create' ? 1 : 0,
      });
      switch (kind) {
        case 'late':
          return { kind, byMs: dice.between(100, 70_000) };
        case 'too-many':
          return { kind, retryAfterMs: dice.chance(0.7) ? dice.between(1_000, 15_000) : null };
        case 'broken':
          return { kind, done: dice.chance(0.5) };
        case 'stale':
          return { kind, behindMs: dice.between(200, 5_000) };
        case 'hidden':
          return { kind, forMs: dice.between(5_000, 90_000) };
        default:
          return { kind };
      }
    },
  };
}
