/**
 * Runs one payment: step, save, repeat. All decisions are in `app/payment/decide.ts`; here are only the clock, the one
 * request in flight, and what this process remembers of its own sends. A restart makes a new loop that knows nothing
 * but the payment on disk, and that is the ordinary path.
 */
import type { PaymentEvent } from '../journal/events.ts';
import { type Attempt, nextStep, onCreated, onRead, onSent, type Step } from '../payment/decide.ts';
import type { Payment } from '../payment/payment.ts';
import { ContradictionError, NotKnownError } from '../payment/plausible.ts';
import {
  type Answer,
  type CreationExtras,
  isForLater,
  type PaymentProvider,
  type ProviderCall,
  type ProviderError,
  type ProviderView,
} from '../payment/provider.ts';
import { type Asked, dueAtMs, NOTHING_ASKED, noteCall, noteHurry, noteIntent, type Pace } from '../payment/schedule.ts';
import { type Clock, type Log, type Random, StorageError, type Timer, type Timers } from './ports.ts';

/** How long a payment may be held up for somebody else's question. */
const LONGEST_BETWEEN_MS = 1_500;
/** Longer than any payment at the counter: ten minutes, the bank's own confirmation, and a watch. */
const AT_THE_COUNTER_MS = 1_800_000;
/** How long what the disk did not take waits until it is tried again. */
const WRITE_AGAIN_MS = 1_000;

export interface LoopPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
  readonly provider: PaymentProvider;
  /** The payment as it is on disk. */
  readonly payment: () => Payment;
  /** What its creation says beside the order. */
  readonly extras: () => CreationExtras;
  /** Whether the sale still waits for this payment. */
  readonly wanted: () => boolean;
  /** Writes events to the journal, durably, before anything else happens. */
  readonly record: (events: readonly PaymentEvent[]) => void;
  /** Told after each answer: `null` when the provider was reached. */
  readonly onContact: (trouble: LoopTrouble | null) => void;
}

/** What stands between the register and the provider right now. Only in memory: it says nothing about the payment. */
export interface LoopTrouble {
  /**
   * `missing`: the provider says that it does not know the payment. `unwritten`: something was heard that the disk does not take, so the screens'
   * last word is behind what happened.
   */
  readonly kind: 'unreachable' | 'contradiction' | 'missing' | 'refused' | 'unwritten';
  readonly error: ProviderError;
  /** By the wall clock as it stands now: people may have set it meanwhile. */
  readonly sinceMs: number;
}

export class PaymentLoop {
  readonly #ports: LoopPorts;
  #fresh = false;
  #lastSend: Attempt['lastSend'] = null;
  #readSinceSend = false;
  /** What was asked and when: `schedule.ts` makes of it when the next request may leave. */
  #asked: Asked = NOTHING_ASKED;
  #timer: Timer | null = null;
  #busy = false;
  /** Questions of others, which go out when the request in flight is back. */
  readonly #waiting: (() => void)[] = [];
  #stopped = false;
  #trouble: Omit<LoopTrouble, 'sinceMs'> | null = null;
  /** When the trouble began, on the monotonic clock: a wall clock that is set makes it neither older nor younger. */
  #troubleSinceMs = 0;

  /** One moment by both clocks: from it on time is counted by the one that nobody sets. */
  #began: { readonly wallMs: number; readonly monotonicMs: number };

  constructor(ports: LoopPorts) {
    this.#ports = ports;
    this.#began = this.#moment();
  }

  get trouble(): LoopTrouble | null {
    if (this.#trouble === null) return null;
    const { clock } = this.#ports;
    return { ...this.#trouble, sinceMs: clock.nowMs() - (clock.monotonicMs() - this.#troubleSinceMs) };
  }

  /** Goes on now: after an event from outside (a command, a webhook, a wake from sleep) or at the start. */
  wake(): void {
    if (this.#stopped || this.#busy) return;
    this.#timer?.cancel();
    this.#timer = null;
    this.#turn();
  }

  /** Reads as soon as the request in flight is back, whatever the schedule says, but never while told to slow down, nor above the limit. */
  checkNow(): void {
    this.#asked = noteHurry(this.#asked, this.#ports.clock.monotonicMs());
    this.wake();
  }

  /** Told of every batch of events written for this payment, also by commands: a new intent has not left yet. */
  noteRecorded(events: readonly PaymentEvent[]): void {
    for (const event of events) {
      if (event.type === 'payment.created') this.#began = this.#moment();
      if (!INTENTS.has(event.type)) continue;
      this.#fresh = true;
      this.#lastSend = null;
      this.#readSinceSend = false;
      this.#asked = noteIntent(this.#asked);
    }
  }

  #moment(): { readonly wallMs: number; readonly monotonicMs: number } {
    const { clock } = this.#ports;
    return { wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
  }

  /**
   * By the wall clock as it was when the payment began: whoever sets it ahead ends no payment that a customer could still pay.
   * What lives for days goes by the wall clock as it is: the other one may stand still while a machine sleeps.
   */
  #nowMs(): number {
    const { clock } = this.#ports;
    const sinceMs = clock.monotonicMs() - this.#began.monotonicMs;
    return sinceMs < AT_THE_COUNTER_MS ? this.#began.wallMs + Math.round(sinceMs) : clock.nowMs();
  }

  /**
   * Lets somebody else's question about this payment out between the loop's own requests, as one more read: one in flight,
   * and never above the limit. Where that would take long it is answered at once, with how long.
   */
  between<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
    return new Promise((resolve) => {
      const go = () => {
        const waitMs = Math.max(0, dueAtMs(this.#asked, this.#ports.provider.limits, 'read', 'counter') - this.#ports.clock.monotonicMs());
        if (waitMs <= LONGEST_BETWEEN_MS) {
          this.#timer?.cancel();
          this.#request(this.#later(waitMs).then(() => this.#ask('read', ask).then(resolve)));
          return;
        }
        const error = { code: 'local:slow', message: 'the provider asked to wait', httpStatus: null, traceId: null };
        resolve({ kind: 'retryable', error, retryAfterMs: waitMs, unsent: true });
        this.wake();
      };
      if (this.#busy) this.#waiting.push(go);
      else go();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#timer = null;
  }

  #turn(): void {
    const { timers, provider } = this.#ports;
    for (;;) {
      if (this.#stopped) return;
      const payment = this.#ports.payment();
      const { step, attempt } = this.#nextStep(payment);
      switch (step.do) {
        case 'write':
          if (this.#recordOrWait(step.events)) continue;
          return;
        case 'wait':
          this.#timer = timers.after(step.delayMs, () => this.wake());
          return;
        case 'rest':
          return;
        case 'read':
          this.#request(this.#read(payment, attempt));
          return;
        case 'create':
          this.#request(this.#create(payment));
          return;
        case 'capture':
          this.#request(this.#send('capture', () => provider.capture(payment.order, step.amountOre, step.key)));
          return;
        case 'cancel':
          this.#request(this.#send('cancel', () => provider.cancel(payment.order, step.what, step.key)));
          return;
        case 'refund':
          this.#request(this.#send('refund', () => provider.refund(payment.order, step.amountOre, step.key)));
          return;
      }
    }
  }

  /** What to do, first as if anything might be sent now, then with when what is to be sent may leave. */
  #nextStep(payment: Payment): { readonly step: Step; readonly attempt: Attempt } {
    const wanted = this.#ports.wanted();
    const pace = paceOf(payment, wanted);
    const nowMs = this.#ports.clock.monotonicMs();
    const inMs = (call: ProviderCall): number => dueAtMs(this.#asked, this.#ports.provider.limits, call, pace) - nowMs;
    const attempt: Attempt = {
      fresh: this.#fresh,
      lastSend: this.#lastSend,
      readSinceSend: this.#readSinceSend,
      payerKnown: this.#ports.extras().payer !== null,
      wanted,
      sinceKeep: payment.state === 'captured' && payment.keepRequested,
      sendInMs: 0,
      readInMs: inMs('read'),
    };
    const step = nextStep(payment, attempt);
    const sendInMs = step.do === 'create' || step.do === 'capture' || step.do === 'cancel' || step.do === 'refund' ? inMs(step.do) : 0;
    return sendInMs <= 0 ? { step, attempt } : { step: nextStep(payment, { ...attempt, sendInMs }), attempt };
  }

  /** What cannot be written is not done: without room on the disk the payment stays where it is until there is. */
  #recordOrWait(events: readonly PaymentEvent[]): boolean {
    try {
      this.#ports.record(events);
      return true;
    } catch (error) {
      this.#tellUnwritten(error);
      this.#timer = this.#ports.timers.after(WRITE_AGAIN_MS, () => this.wake());
      return false;
    }
  }

  /** One request in flight per payment. Whatever goes wrong in here is logged, and the loop goes on from the disk. */
  #request(work: Promise<void>): void {
    this.#busy = true;
    work
      .catch((error: unknown) => {
        this.#tellUnwritten(error);
        return this.#later(WRITE_AGAIN_MS);
      })
      .finally(() => {
        this.#busy = false;
        const next = this.#waiting.shift();
        if (next === undefined) this.wake();
        else next();
      });
  }

  #later(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#ports.timers.after(delayMs, resolve);
    });
  }

  #tellUnwritten(error: unknown): void {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    this.#ports.log.write('error', 'payment.loop', { message });
    const why = error instanceof StorageError ? error.trouble : 'other';
    this.#setTrouble({ kind: 'unwritten', error: { code: `storage:${why}`, message, httpStatus: null, traceId: null } });
  }

  /** Asks the provider, and keeps when, and what came of it. */
  async #ask<T>(call: ProviderCall, request: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const { clock, random } = this.#ports;
    const leftAtMs = clock.monotonicMs();
    const answer = await request().catch((error: unknown): Answer<T> => {
      // An adapter gives an answer to everything; should it not, the request may have left all the same.
      const message = error instanceof Error ? error.name : 'unknown';
      return { kind: 'unknown', error: { code: 'bad-answer', message, httpStatus: null, traceId: null } };
    });
    const toldMs = answer.kind === 'retryable' || answer.kind === 'unknown' ? (answer.retryAfterMs ?? null) : null;
    const outcome = answer.kind === 'retryable' && answer.unsent === true ? 'unsent' : answer.kind;
    const chance = (random.bytes(1)[0] ?? 0) / 255;
    const requests = answer.requests ?? this.#ports.provider.limits[call].requests;
    this.#asked = noteCall(this.#asked, { call, leftAtMs, overAtMs: clock.monotonicMs(), requests, outcome, toldMs, chance });
    return answer;
  }

  async #create(payment: Payment): Promise<void> {
    const answer = await this.#ask('create', () => this.#ports.provider.create(payment.order, this.#ports.extras()));
    this.#noteSend(answer);
    this.#recordIfAny(onCreated(this.#ports.payment(), answer, this.#nowMs()));
  }

  async #send(call: ProviderCall, send: () => Promise<Answer<null>>): Promise<void> {
    const answer = await this.#ask(call, send);
    this.#noteSend(answer);
    this.#recordIfAny(onSent(this.#ports.payment(), answer, this.#nowMs()));
  }

  async #read(before: Payment, attempt: Attempt): Promise<void> {
    const answer = await this.#ask('read', () => this.#ports.provider.read(before.order));
    if (answer.kind !== 'ok') {
      // What the disk did not take is still known: that the provider is silent now does not make the screens right again.
      if (this.#trouble?.kind === 'unwritten') return;
      this.#setTrouble({ kind: answer.kind === 'refused' ? 'refused' : 'unreachable', error: answer.error });
      return;
    }
    this.#use(answer.value, { ...attempt, wanted: this.#ports.wanted() });
  }

  #use(view: ProviderView | null, attempt: Attempt): void {
    const { log } = this.#ports;
    const payment = this.#ports.payment();
    try {
      const events = onRead(payment, view, attempt, this.#nowMs());
      this.#recordIfAny(events);
      this.#setTrouble(null);
      // A read that said something new changes what is to be done: only one that said "not yet" allows to send again.
      if (events.length === 0) this.#readSinceSend = true;
    } catch (error) {
      if (!(error instanceof ContradictionError)) throw error;
      log.write('error', 'payment.contradiction', {
        reference: payment.order.reference,
        message: error.message,
        answer: JSON.stringify(view),
      });
      this.#setTrouble({
        kind: error instanceof NotKnownError ? 'missing' : 'contradiction',
        error: { code: 'contradiction', message: error.message, httpStatus: null, traceId: null },
      });
    }
  }

  #noteSend(answer: Answer<unknown>): void {
    this.#fresh = false;
    this.#readSinceSend = false;
    if (answer.kind === 'ok') {
      this.#lastSend = { outcome: 'ok', error: null };
      this.#setTrouble(null);
      return;
    }
    this.#lastSend = { outcome: answer.kind, error: answer.error };
    this.#ports.log.write('warn', 'payment.answer', {
      reference: this.#ports.payment().order.reference,
      outcome: answer.kind,
      code: answer.error.code,
      traceId: answer.error.traceId,
      message: answer.error.message,
    });
    if (answer.kind === 'refused') this.#setTrouble(null);
    else this.#setTrouble({ kind: 'unreachable', error: answer.error });
  }

  #recordIfAny(events: readonly PaymentEvent[]): void {
    if (events.length > 0) this.#ports.record(events);
  }

  #setTrouble(trouble: Omit<LoopTrouble, 'sinceMs'> | null): void {
    // What is not known is certain only where nothing else was heard for long.
    const isNew = this.#trouble === null || (trouble?.kind === 'missing') !== (this.#trouble.kind === 'missing');
    if (isNew) this.#troubleSinceMs = this.#ports.clock.monotonicMs();
    this.#trouble = trouble;
    this.#ports.onContact(this.trouble);
  }
}

/** Whoever has approved what is held is not waiting, nor is whoever has days for it, and only somebody at the provider could change it. */
function paceOf(payment: Payment, wanted: boolean): Pace {
  if (payment.state === 'watched' && payment.untilMs === null) return 'held';
  if (payment.state === 'held' || (payment.state === 'awaiting' && isForLater(payment.order) && !wanted)) return 'held';
  // A person is asked, and nobody waits for the provider.
  const isAsked = payment.state === 'captured' && payment.question !== null && !payment.keepRequested;
  return payment.state === 'watched' || isAsked || !wanted ? 'watch' : 'counter';
}

const INTENTS: ReadonlySet<PaymentEvent['type']> = new Set([
  'payment.create-intended',
  'payment.capture-intended',
  'payment.release-intended',
  'payment.rest-release-intended',
  'payment.refund-intended',
]);
