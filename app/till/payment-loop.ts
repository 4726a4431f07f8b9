/**
 * Runs one payment: step, save, repeat. All decisions are in `app/payment/decide.ts`; here are only the clock, the one
 * request in flight, and what this process remembers of its own sends. A restart makes a new loop that knows nothing
 * but the payment on disk, and that is the ordinary path.
 */
import type { PaymentEvent } from '../journal/events.ts';
import { type Attempt, ContradictionError, nextStep, onCreated, onRead, onSent } from '../payment/decide.ts';
import type { Payment } from '../payment/payment.ts';
import type { Answer, CreationExtras, PaymentProvider, ProviderError, ProviderView } from '../payment/provider.ts';
import { type Clock, type Log, StorageError, type Timer, type Timers } from './ports.ts';

/** In a shop: every second, from the QR to the end (the provider allows 120 reads a minute and reference). */
const READ_EVERY_MS = 1_000;
/** However often a person asks: the provider's own limit. */
const LEAST_BETWEEN_READS_MS = 500;
/** A watched reference is not urgent: nobody has seen its QR. */
const WATCH_EVERY_MS = 5_000;
/** Capture, cancel and refund: five a minute and reference. */
const SEND_EVERY_MS = 13_000;
/** eCom initiate: two a minute and reference. */
const CREATE_EVERY_MS = 31_000;
/** Nothing reached the provider, so no budget was spent. */
const NOT_SENT_EVERY_MS = 1_500;

export interface LoopPorts {
  readonly clock: Clock;
  readonly timers: Timers;
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
  /** `unwritten`: something was heard that the disk does not take, so the screens' last word is behind what happened. */
  readonly kind: 'unreachable' | 'contradiction' | 'refused' | 'unwritten';
  readonly error: ProviderError;
  /** By the wall clock as it stands now: people may have set it meanwhile. */
  readonly sinceMs: number;
}

export class PaymentLoop {
  readonly #ports: LoopPorts;
  #fresh = false;
  #lastSend: Attempt['lastSend'] = null;
  #readSinceSend = false;
  #sendAtMs = 0;
  #readAtMs = 0;
  #lastReadAtMs = Number.MIN_SAFE_INTEGER;
  /** The provider said not to read before. */
  #slowUntilMs = Number.MIN_SAFE_INTEGER;
  #sendsInARow = 0;
  #timer: Timer | null = null;
  #busy = false;
  #stopped = false;
  #trouble: Omit<LoopTrouble, 'sinceMs'> | null = null;
  /** When the trouble began, on the monotonic clock: a wall clock that is set makes it neither older nor younger. */
  #troubleSinceMs = 0;

  constructor(ports: LoopPorts) {
    this.#ports = ports;
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
    const soonestMs = Math.max(this.#lastReadAtMs + LEAST_BETWEEN_READS_MS, this.#slowUntilMs);
    if (this.#trouble?.kind !== 'refused') this.#readAtMs = Math.min(this.#readAtMs, soonestMs);
    this.wake();
  }

  /** Told of every batch of events written for this payment, also by commands: a new intent has not left yet. */
  noteRecorded(events: readonly PaymentEvent[]): void {
    for (const event of events) {
      if (!INTENTS.has(event.type)) continue;
      this.#fresh = true;
      this.#lastSend = null;
      this.#readSinceSend = false;
      this.#sendAtMs = 0;
      this.#sendsInARow = 0;
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#timer = null;
  }

  #turn(): void {
    const { clock, timers } = this.#ports;
    for (;;) {
      if (this.#stopped) return;
      const now = clock.monotonicMs();
      const attempt: Attempt = {
        fresh: this.#fresh,
        lastSend: this.#lastSend,
        readSinceSend: this.#readSinceSend,
        wanted: this.#ports.wanted(),
        sendInMs: this.#sendAtMs - now,
        readInMs: this.#readAtMs - now,
      };
      const payment = this.#ports.payment();
      const step = nextStep(payment, attempt);
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
          this.#lastReadAtMs = now;
          this.#readAtMs = now + (payment.state === 'watched' || !attempt.wanted ? WATCH_EVERY_MS : READ_EVERY_MS);
          this.#request(this.#read(payment, attempt));
          return;
        case 'create':
          this.#request(this.#create(payment));
          return;
        case 'capture':
          this.#request(this.#send(this.#ports.provider.capture(payment.order, step.amountOre, step.key)));
          return;
        case 'cancel':
          this.#request(this.#send(this.#ports.provider.cancel(payment.order, step.what, step.key)));
          return;
        case 'refund':
          this.#request(this.#send(this.#ports.provider.refund(payment.order, step.amountOre, step.key)));
          return;
      }
    }
  }

  /** What cannot be written is not done: without room on the disk the payment stays where it is until there is. */
  #recordOrWait(events: readonly PaymentEvent[]): boolean {
    try {
      this.#ports.record(events);
      return true;
    } catch (error) {
      this.#tellUnwritten(error);
      this.#timer = this.#ports.timers.after(READ_EVERY_MS, () => this.wake());
      return false;
    }
  }

  /** One request in flight per payment. Whatever goes wrong in here is logged, and the loop goes on from the disk. */
  #request(work: Promise<void>): void {
    this.#busy = true;
    work
      .catch((error: unknown) => {
        this.#tellUnwritten(error);
        this.#readAtMs = this.#ports.clock.monotonicMs() + READ_EVERY_MS;
        this.#sendAtMs = Math.max(this.#sendAtMs, this.#readAtMs);
      })
      .finally(() => {
        this.#busy = false;
        this.wake();
      });
  }

  #tellUnwritten(error: unknown): void {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    this.#ports.log.write('error', 'payment.loop', { message });
    const why = error instanceof StorageError ? error.trouble : 'other';
    this.#setTrouble({ kind: 'unwritten', error: { code: `storage:${why}`, message, httpStatus: null, traceId: null } });
  }

  async #create(payment: Payment): Promise<void> {
    const answer = await this.#ports.provider.create(payment.order, this.#ports.extras());
    this.#noteSend(answer, CREATE_EVERY_MS);
    if (answer.kind === 'ok') this.#readAtMs += READ_EVERY_MS; // nobody can have scanned what is not on the screen yet
    this.#recordIfAny(onCreated(this.#ports.payment(), answer, this.#ports.clock.nowMs()));
  }

  async #send(sending: Promise<Answer<null>>): Promise<void> {
    const answer = await sending;
    this.#noteSend(answer, SEND_EVERY_MS);
    this.#recordIfAny(onSent(this.#ports.payment(), answer, this.#ports.clock.nowMs()));
  }

  async #read(before: Payment, attempt: Attempt): Promise<void> {
    const answer = await this.#ports.provider.read(before.order);
    const { clock } = this.#ports;
    if (answer.kind !== 'ok') {
      if (answer.kind === 'retryable' && answer.retryAfterMs !== null) {
        this.#slowUntilMs = clock.monotonicMs() + Math.max(READ_EVERY_MS, answer.retryAfterMs);
        this.#readAtMs = this.#slowUntilMs;
      }
      // What the disk did not take is still known: that the provider is silent now does not make the screens right again.
      if (this.#trouble?.kind === 'unwritten') return;
      this.#setTrouble({ kind: answer.kind === 'refused' ? 'refused' : 'unreachable', error: answer.error });
      return;
    }
    this.#use(answer.value, { ...attempt, wanted: this.#ports.wanted() });
  }

  #use(view: ProviderView | null, attempt: Attempt): void {
    const { clock, log } = this.#ports;
    const payment = this.#ports.payment();
    try {
      const events = onRead(payment, view, attempt, clock.nowMs());
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
        kind: 'contradiction',
        error: { code: 'contradiction', message: error.message, httpStatus: null, traceId: null },
      });
    }
  }

  #noteSend(answer: Answer<unknown>, everyMs: number): void {
    const { clock, log } = this.#ports;
    const now = clock.monotonicMs();
    this.#fresh = false;
    this.#readSinceSend = false;
    this.#readAtMs = Math.max(now, this.#slowUntilMs); // read back at once
    this.#sendsInARow += 1;
    if (answer.kind === 'ok') {
      this.#lastSend = { outcome: 'ok', error: null };
      this.#sendAtMs = now + everyMs;
      this.#setTrouble(null);
      return;
    }
    this.#lastSend = { outcome: answer.kind, error: answer.error };
    const notSent = answer.error.code === 'not-sent';
    const toldMs = answer.kind === 'retryable' ? answer.retryAfterMs : null;
    this.#sendAtMs = now + (toldMs ?? (notSent ? NOT_SENT_EVERY_MS * Math.min(this.#sendsInARow, 4) : everyMs));
    log.write('warn', 'payment.answer', {
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
    if (this.#trouble === null) this.#troubleSinceMs = this.#ports.clock.monotonicMs();
    this.#trouble = trouble;
    this.#ports.onContact(this.trouble);
  }
}

const INTENTS: ReadonlySet<PaymentEvent['type']> = new Set([
  'payment.create-intended',
  'payment.capture-intended',
  'payment.release-intended',
  'payment.refund-intended',
]);
