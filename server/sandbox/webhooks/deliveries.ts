import type { SandboxClock } from '../clock.ts';

/** How an attempt went: the answer's status, or `null` when there was no answer. */
export interface Attempt {
  readonly number: number;
  readonly atMs: number;
  readonly kind: 'webhook' | 'callback';
  readonly event: string;
  readonly reference: string | null;
  readonly url: string;
  readonly body: string;
  readonly status: number | null;
}

export interface Delivery {
  readonly kind: 'webhook' | 'callback';
  readonly event: string;
  readonly reference: string | null;
  readonly url: string;
  readonly body: string;
  /** Made for each attempt: a signature has a date in it. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** The waits between attempts; none is one attempt only. */
  readonly retryAfterMs: readonly number[];
  /** Told after each attempt. */
  readonly done: (ok: boolean) => void;
}

interface Queued {
  readonly delivery: Delivery;
  attempts: number;
  dueAtMs: number;
  /** Waits for the next of its line to overtake it. */
  held: boolean;
}

const minuteMs = 60_000;
/** Soon at first, then every hour through seven days. */
export const webhookRetries: readonly number[] = [1_000, 5_000, 30_000, minuteMs, 5 * minuteMs, 15 * minuteMs].concat(
  Array.from({ length: 7 * 24 }, () => 60 * minuteMs),
);
const mostAttempts = 5_000;
/** How long one that is to be overtaken waits for another. */
const overtakenWithinMs = 60_000;

/**
 * Sends what is due, in order within a line: what has not arrived holds up everything after it in its own line.
 * Waits are on the sandbox's clock, so that moving it is enough.
 */
export class Deliveries {
  readonly #clock: SandboxClock;
  readonly #stopped: AbortSignal;
  readonly #lines = new Map<string, Queued[]>();
  readonly #busy = new Set<string>();
  readonly #attempts: Attempt[] = [];
  #count = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(clock: SandboxClock, stopped: AbortSignal) {
    this.#clock = clock;
    this.#stopped = stopped;
    stopped.addEventListener('abort', () => this.#sleep());
  }

  /** Puts one at the end of its line. `delayMs` holds it back; `overtaken` lets the next of its line go first. */
  add(line: string, delivery: Delivery, wish: { readonly delayMs?: number; readonly overtaken?: boolean } = {}): void {
    const nowMs = this.#clock.nowMs();
    const held = wish.overtaken ?? false;
    const queued: Queued = { delivery, attempts: 0, dueAtMs: nowMs + (held ? overtakenWithinMs : (wish.delayMs ?? 0)), held };
    const queue = this.#lines.get(line) ?? [];
    const last = queue.at(-1);
    if (last?.held === true) {
      last.held = false;
      last.dueAtMs = nowMs;
      queue.splice(-1, 0, queued);
    } else queue.push(queued);
    this.#lines.set(line, queue);
    this.#wake();
  }

  /** Oldest first. */
  attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  /** Starts everything that is due. */
  pump(): void {
    if (this.#stopped.aborted) return;
    for (const [line, queue] of this.#lines) {
      const [first] = queue;
      if (first === undefined) {
        this.#lines.delete(line);
        continue;
      }
      if (this.#busy.has(line) || first.dueAtMs > this.#clock.nowMs()) continue;
      this.#busy.add(line);
      void this.#send(line, queue, first);
    }
    if (this.#lines.size === 0) this.#sleep();
  }

  #wake(): void {
    if (this.#timer === null && !this.#stopped.aborted) {
      this.#timer = setInterval(() => this.pump(), 100);
      this.#timer.unref();
    }
    setImmediate(() => this.pump());
  }

  #sleep(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  async #send(line: string, queue: Queued[], queued: Queued): Promise<void> {
    const { delivery } = queued;
    const status = await this.#post(delivery);
    this.#busy.delete(line);
    if (this.#stopped.aborted) return;
    const nowMs = this.#clock.nowMs();
    this.#note({ atMs: nowMs, status, ...pick(delivery) });
    const ok = status !== null && status >= 200 && status < 300;
    const waitMs = delivery.retryAfterMs[queued.attempts];
    queued.attempts += 1;
    if (ok || waitMs === undefined) queue.splice(queue.indexOf(queued), 1);
    else queued.dueAtMs = nowMs + waitMs;
    delivery.done(ok);
    this.pump();
  }

  async #post(delivery: Delivery): Promise<number | null> {
    const signal = AbortSignal.any([AbortSignal.timeout(delivery.timeoutMs), this.#stopped]);
    const headers = { 'content-type': 'application/json', ...delivery.headers() };
    try {
      const answer = await fetch(delivery.url, { method: 'POST', headers, body: delivery.body, redirect: 'manual', signal });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }

  #note(attempt: Omit<Attempt, 'number'>): void {
    this.#count += 1;
    this.#attempts.push({ number: this.#count, ...attempt });
    if (this.#attempts.length > mostAttempts) this.#attempts.splice(0, mostAttempts / 10);
  }
}

function pick({ kind, event, reference, url, body }: Delivery): Omit<Attempt, 'number' | 'atMs' | 'status'> {
  return { kind, event, reference, url, body };
}
