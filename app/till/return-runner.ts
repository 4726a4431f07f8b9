/**
 * Brings returns to their end: step, save, repeat. What is to be done follows from the return as it is on disk, so a restart
 * is the ordinary path. A return that head office holds is asked about with the same id until its answer is known; one of the
 * register's own is sent part by part (`app/refund/refund.ts`).
 */
import type { ChainOutcome } from '../chain/call.ts';
import type { RefundDesk } from '../chain/client.ts';
import type { ReturnEvent } from '../journal/events.ts';
import type { PaymentOrder, PaymentProvider } from '../payment/provider.ts';
import type { RefundAnswer } from '../refund/contract.ts';
import type { GoodsReturn, MovingPart, MovingReturn } from '../refund/goods-return.ts';
import type { OrderOnHand } from '../refund/order-on-hand.ts';
import { afterRead, afterSend, beginSending, leaving, nextStep, type OtherRefund, type PartState } from '../refund/refund.ts';
import type { Desk } from './desk.ts';
import type { Timer } from './ports.ts';
import { reservedEvent } from './return-events.ts';
import { isAway } from './return-finding.ts';

export interface RunnerParts {
  readonly office: RefundDesk | null;
  readonly provider: PaymentProvider | null;
  /** What the provider must be told of a payment again; `null` where this register does not know it. */
  readonly paymentOf: (reference: string) => PaymentOrder | null;
  /** What else went back, or is going back, of this payment: by other returns of the order, and by the payment itself. */
  readonly otherRefunds: (returnId: string, orderId: string, reference: string) => readonly OtherRefund[];
  /** An order at head office, with the facts of its lines. */
  readonly orderAtOffice: (orderId: string) => Promise<OrderOnHand | null>;
  /** Writes events with everything that follows from them for the sale. */
  readonly write: (returnId: string, events: readonly ReturnEvent[]) => void;
}

/** What stands between the register and whoever moves the money. In memory only. */
export type ReturnTrouble = 'away' | 'slow';

type Next = 'again' | 'rest' | { readonly waitMs: number };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** How long after a disk that does not take it, or something unforeseen. */
const AFTER_TROUBLE_MS = 1_000;
/** How long an answer may take before people are told: what has not come by then may take long. */
const TELL_AFTER_MS = 4_000;
/** How often head office is asked how far it has come. */
const STATE_EVERY_MS = 1_000;

interface Task {
  busy: boolean;
  hurry: boolean;
  timer: Timer | null;
  /** Answers that did not come, in a row. */
  misses: number;
  /** Head office knows that the money may move. */
  confirmed: boolean;
  trouble: ReturnTrouble | null;
  /** Whether a question has left whose answer did not come. */
  mayHaveArrived: boolean;
  readonly waiting: (() => void)[];
}

export class ReturnRunner {
  readonly #desk: Desk;
  readonly #parts: RunnerParts;
  readonly #tasks = new Map<string, Task>();
  #stopped = false;

  constructor(desk: Desk, parts: RunnerParts) {
    this.#desk = desk;
    this.#parts = parts;
  }

  /** Everything that is not over goes on, each by itself. Called after every change: what is under way or waits is left alone. */
  poke(): void {
    for (const ret of this.#desk.register.returns.values()) {
      if (this.#stopped || !hasWork(ret)) continue;
      const task = this.#taskOf(ret.returnId);
      if (!task.busy && task.timer === null) this.#schedule(ret.returnId, task, 0);
    }
  }

  /** Head office answers again, the machine has woken, or somebody presses *check now*. */
  hurry(): void {
    for (const [returnId, task] of this.#tasks) {
      task.hurry = task.busy;
      if (task.timer !== null) this.#schedule(returnId, task, 0);
    }
    this.poke();
  }

  troubleOf(returnId: string): ReturnTrouble | null {
    return this.#tasks.get(returnId)?.trouble ?? null;
  }

  /** Whether anything of it may have reached head office. After a restart nobody knows. */
  mayHaveArrived(returnId: string): boolean {
    return this.#tasks.get(returnId)?.mayHaveArrived ?? true;
  }

  /** A return that is asked for now, for the first time: nothing of it has left yet. */
  begin(returnId: string): void {
    this.#taskOf(returnId).mayHaveArrived = false;
    this.poke();
  }

  /** Calls back after each answer, or none, about a return. */
  onTurn(returnId: string, listener: () => void): void {
    this.#taskOf(returnId).waiting.push(listener);
  }

  stop(): void {
    this.#stopped = true;
    for (const task of this.#tasks.values()) task.timer?.cancel();
  }

  #taskOf(returnId: string): Task {
    const known = this.#tasks.get(returnId);
    if (known !== undefined) return known;
    const task: Task = {
      busy: false,
      hurry: false,
      timer: null,
      misses: 0,
      confirmed: false,
      trouble: null,
      mayHaveArrived: true,
      waiting: [],
    };
    this.#tasks.set(returnId, task);
    return task;
  }

  #schedule(returnId: string, task: Task, delayMs: number): void {
    task.timer?.cancel();
    task.timer = this.#desk.ports.timers.after(delayMs, () => {
      task.timer = null;
      void this.#run(returnId, task);
    });
  }

  /** One request in flight for each return. Whatever goes wrong in here is logged, and it goes on from the disk. */
  async #run(returnId: string, task: Task): Promise<void> {
    if (task.busy || this.#stopped) return;
    task.busy = true;
    const telling = this.#desk.ports.timers.after(TELL_AFTER_MS, () => {
      task.trouble ??= 'slow';
      this.#desk.changed();
    });
    const next = await this.#turn(returnId, task).catch((error: unknown): Next => {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
      this.#desk.ports.log.write('error', 'return.run', { return: returnId, message });
      return { waitMs: AFTER_TROUBLE_MS };
    });
    telling.cancel();
    task.busy = false;
    if (this.#stopped) return;
    for (const tell of task.waiting.splice(0)) tell();
    const { hurry } = task;
    task.hurry = false;
    if (next === 'rest') this.#tasks.delete(returnId);
    else this.#schedule(returnId, task, next === 'again' || hurry ? 0 : next.waitMs);
    this.#desk.changed();
  }

  async #turn(returnId: string, task: Task): Promise<Next> {
    const ret = this.#desk.register.returns.get(returnId);
    if (ret === undefined || !hasWork(ret)) return 'rest';
    switch (ret.state) {
      case 'asked':
        return this.#ask(ret, task);
      case 'withdrawing':
        return this.#withdraw(ret, task);
      case 'sending':
        return ret.through === 'head-office' ? this.#confirm(ret, task) : this.#sendNext(ret, task);
      default:
        return 'rest';
    }
  }

  async #ask(ret: GoodsReturn, task: Task): Promise<Next> {
    const answer = await this.#askOffice(ret, task);
    if (answer.kind !== 'ok') return this.#notReserved(ret, answer, task);
    return this.#taken(ret, answer.value, task);
  }

  async #askOffice(ret: GoodsReturn, task: Task): Promise<ChainOutcome<RefundAnswer>> {
    const { returnId, order, wish, reason, askedBy, approvedBy, payOut } = ret;
    const asked = { refundId: returnId, orderId: order.orderId, lines: [...wish], reason, operator: askedBy, approvedBy, payOut };
    const outcome = await (this.#parts.office?.ask(asked) ?? NO_OFFICE);
    if (outcome.kind !== 'unreachable' || outcome.sent === 'perhaps') task.mayHaveArrived = true;
    return outcome;
  }

  /** What head office says to the question. */
  async #taken(ret: GoodsReturn, answer: RefundAnswer, task: Task): Promise<Next> {
    task.misses = 0;
    task.trouble = null;
    const { returnId } = ret;
    if (answer.state === 'refused' || answer.state === 'withdrawn') {
      const code = answer.code ?? 'not-reserved';
      this.#write(returnId, { type: 'return.refused', version: 1, payload: { returnId, code, providerCode: answer.providerCode } });
      return 'rest';
    }
    const onHand = await this.#parts.orderAtOffice(ret.order.orderId);
    if (onHand === null) return this.#missed(task, 'away');
    // The cashier may have given up meanwhile: the events fit either way.
    this.#write(returnId, reservedEvent(ret, answer, onHand));
    return 'again';
  }

  #notReserved(ret: GoodsReturn, outcome: Exclude<ChainOutcome<RefundAnswer>, { kind: 'ok' }>, task: Task): Next {
    if (outcome.kind === 'unreachable' || !isFinalNo(outcome)) return this.#missed(task, 'away', outcome);
    const { returnId } = ret;
    this.#write(returnId, { type: 'return.refused', version: 1, payload: { returnId, code: outcome.code, providerCode: null } });
    return 'rest';
  }

  /** What head office holds, or may hold, is let go of: where that is not known it is asked first, with the same id. */
  async #withdraw(ret: Extract<GoodsReturn, { state: 'withdrawing' }>, task: Task): Promise<Next> {
    const { returnId } = ret;
    const over = (): Next => {
      this.#write(returnId, { type: 'return.withdrawn', version: 1, payload: { returnId } });
      return 'rest';
    };
    if (ret.through !== 'head-office') return over();
    if (ret.goods === null) {
      const asked = await this.#askOffice(ret, task);
      if (asked.kind !== 'ok') return asked.kind === 'refused' && isFinalNo(asked) ? over() : this.#missed(task, 'away', asked);
      if (asked.value.state !== 'reserved') return over();
    }
    const outcome = await (this.#parts.office?.withdraw(returnId) ?? NO_OFFICE);
    if (outcome.kind === 'ok') return over();
    return outcome.kind === 'refused' && isFinalNo(outcome) ? over() : this.#missed(task, 'away', outcome);
  }

  async #confirm(ret: MovingReturn, task: Task): Promise<Next> {
    const { returnId, creditOre } = ret;
    const { office } = this.#parts;
    const outcome = await ((task.confirmed ? office?.state(returnId) : office?.confirm(returnId, creditOre)) ?? NO_OFFICE);
    if (outcome.kind === 'unreachable' || (outcome.kind === 'refused' && !isFinalNo(outcome))) return this.#missed(task, 'away', outcome);
    if (outcome.kind === 'refused') {
      // Somebody at head office has let go of it before any money moved.
      this.#desk.ports.log.write('error', 'return.not-confirmed', { return: returnId, code: outcome.code });
      return this.#refuseAll(ret, outcome.code);
    }
    task.confirmed = true;
    task.misses = 0;
    const { state, parts, providerCode } = outcome.value;
    task.trouble = state === 'unknown' ? 'slow' : null;
    if (state === 'refused') return this.#refuseAll(ret, providerCode ?? outcome.value.code ?? 'provider-refused');
    const events = ret.parts.flatMap((part): ReturnEvent[] => {
      const told = parts.find(({ partNo }) => partNo === part.partNo)?.state;
      if (part.kind !== 'vipps' || part.progress.state !== 'planned') return [];
      const { partNo } = part;
      if (told === 'done') return [{ type: 'return.part-done', version: 1, payload: { returnId, partNo } }];
      if (told !== 'refused') return [];
      return [{ type: 'return.part-refused', version: 1, payload: { returnId, partNo, code: providerCode ?? 'provider-refused' } }];
    });
    if (state === 'done') events.push({ type: 'return.cleared', version: 1, payload: { returnId } });
    if (events.length > 0) this.#parts.write(returnId, events);
    return state === 'done' ? 'rest' : { waitMs: STATE_EVERY_MS };
  }

  #refuseAll(ret: MovingReturn, code: string): Next {
    const { returnId } = ret;
    const events = ret.parts
      .filter(({ progress }) => progress.state === 'planned')
      .map(({ partNo }): ReturnEvent => ({ type: 'return.part-refused', version: 1, payload: { returnId, partNo, code } }));
    if (events.length > 0) this.#parts.write(returnId, events);
    else if (ret.parts.length === 0)
      this.#write(returnId, { type: 'return.refused', version: 1, payload: { returnId, code, providerCode: null } });
    return 'rest';
  }

  /** The next part that this register sends itself, as far as it goes now. */
  async #sendNext(ret: MovingReturn, task: Task): Promise<Next> {
    const part = ret.parts.find(({ kind, progress }) => kind === 'vipps' && (progress.state === 'planned' || progress.state === 'sending'));
    if (part === undefined) {
      // Nothing but new goods: it is over as soon as its sale is.
      this.#parts.write(ret.returnId, []);
      return 'rest';
    }
    const { provider } = this.#parts;
    const order = part.reference === null ? null : this.#parts.paymentOf(part.reference);
    if (provider === null || order === null || part.key === null) return this.#missed(task, 'away');
    return this.#sendPart(ret, part, { provider, order, key: part.key }, task);
  }

  async #sendPart(
    { returnId, order: { orderId } }: MovingReturn,
    part: MovingPart,
    { provider, order, key }: { readonly provider: PaymentProvider; readonly order: PaymentOrder; readonly key: string },
    task: Task,
  ): Promise<Next> {
    const { clock, log } = this.#desk.ports;
    const { partNo, amountOre, progress } = part;
    const keep = (state: PartState): void => this.#write(returnId, partEvent(returnId, partNo, state));
    if (progress.state !== 'sending') {
      keep({ state: 'sending', sending: beginSending(key, clock.nowMs()) });
      return 'again';
    }
    const before = progress.sending;
    const step = nextStep(before, clock.nowMs());
    if (step.do === 'wait') return { waitMs: step.untilMs - clock.nowMs() };
    if (step.do === 'read') {
      const answer = await provider.read(order);
      task.trouble = answer.kind === 'ok' ? null : 'away';
      const others = this.#parts.otherRefunds(returnId, orderId, order.reference);
      keep(afterRead(before, answer, clock.nowMs(), { amountOre, through: provider.apiOf(order), others }));
      return 'again';
    }
    const sent = leaving(before, clock.nowMs(), provider.apiOf(order));
    keep({ state: 'sending', sending: sent });
    const answer = await provider.refund(order, amountOre, sent.key);
    task.trouble = answer.kind === 'ok' || answer.kind === 'refused' ? null : 'away';
    if (answer.kind !== 'ok') {
      const { code, message, traceId } = answer.error;
      log.write('warn', 'return.answer', { return: returnId, part: partNo, outcome: answer.kind, code, message, traceId });
    }
    keep(afterSend(sent, before, answer, clock.nowMs()));
    return 'again';
  }

  #missed(task: Task, trouble: ReturnTrouble, outcome: ChainOutcome<unknown> | null = null): Next {
    task.misses += 1;
    task.trouble = trouble;
    const toldMs = outcome?.kind === 'refused' ? (outcome.retryAfterMs ?? 0) : 0;
    return { waitMs: Math.max(toldMs, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(task.misses - 1, 10))) };
  }

  #write(returnId: string, event: ReturnEvent): void {
    this.#parts.write(returnId, [event]);
  }
}

/** Whether something is to be done that no person does. */
function hasWork(ret: GoodsReturn): boolean {
  switch (ret.state) {
    case 'asked':
    case 'withdrawing':
      return true;
    case 'sending': {
      const { parts, cleared } = ret;
      if (!cleared) return !parts.some(({ progress }) => progress.state === 'refused');
      const isOnItsWay = parts.some(
        ({ kind, progress }) => kind === 'vipps' && (progress.state === 'planned' || progress.state === 'sending'),
      );
      return isOnItsWay || parts.every(({ progress }) => progress.state === 'done');
    }
    default:
      return false;
  }
}

const NO_OFFICE: ChainOutcome<never> = { kind: 'unreachable', sent: 'no', reason: 'the register is in no chain any more' };

/** Whether it is head office's word on the return, and not on who is asking, or when. */
function isFinalNo({ code }: Extract<ChainOutcome<unknown>, { kind: 'refused' }>): boolean {
  return !isAway(code) && code !== 'no-key' && code !== 'key-revoked';
}

function partEvent(returnId: string, partNo: number, state: PartState): ReturnEvent {
  switch (state.state) {
    case 'planned':
      throw new RangeError('A part that was sent is planned no longer.');
    case 'sending':
      return { type: 'return.part-sending', version: 1, payload: { returnId, partNo, sending: state.sending } };
    case 'done':
      return { type: 'return.part-done', version: 1, payload: { returnId, partNo } };
    case 'refused':
      return { type: 'return.part-refused', version: 1, payload: { returnId, partNo, code: state.refusal.code } };
  }
}
