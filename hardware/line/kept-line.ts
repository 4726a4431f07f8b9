/**
 * Keeps a line open for as long as the register runs.
 *
 * ```
 *   opening ──opened──► open ──the line ends──► waiting ──the wait is over, something was plugged in, or somebody asks──┐
 *      ▲ └────────────not opened───────────────────▲                                                                    │
 *      └────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
 * ```
 * Each wait is twice the one before, up to a limit; a line that opened starts that anew.
 */
import type { Timer, Timers } from '../../app/till/ports.ts';
import { type Line, type LineEnd, LineOpenError } from './line.ts';

export interface KeptLineOptions {
  readonly timers: Timers;
  /** Default 250 ms. */
  readonly firstWaitMs?: number;
  /** Default 5 000 ms. */
  readonly longestWaitMs?: number;
}

export type KeptLineState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly line: Line }
  /** `trouble` is why the last attempt failed; `null` when the line was open and ended. */
  | { readonly kind: 'waiting'; readonly trouble: LineOpenError | null; readonly waitMs: number }
  | { readonly kind: 'closed' };

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

export class KeptLine {
  readonly #end: LineEnd;
  readonly #timers: Timers;
  readonly #firstWaitMs: number;
  readonly #longestWaitMs: number;
  readonly #listeners = new Set<(state: KeptLineState) => void>();
  readonly #stopWatching: () => void;
  #state: KeptLineState = { kind: 'opening' };
  #timer: Timer | null = null;
  #nextWaitMs: number;

  constructor(end: LineEnd, options: KeptLineOptions) {
    this.#end = end;
    this.#timers = options.timers;
    this.#firstWaitMs = options.firstWaitMs ?? FIRST_WAIT_MS;
    this.#longestWaitMs = options.longestWaitMs ?? LONGEST_WAIT_MS;
    this.#nextWaitMs = this.#firstWaitMs;
    this.#stopWatching = end.onMaybeBack?.(() => this.tryNow()) ?? (() => undefined);
    this.#open();
  }

  get name(): string {
    return this.#end.name;
  }

  get state(): KeptLineState {
    return this.#state;
  }

  /** Calls back after each change; the returned function ends that. */
  onChange(listener: (state: KeptLineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends a wait: somebody needs the line now. */
  tryNow(): void {
    if (this.#state.kind === 'waiting') this.#open();
  }

  /** The open line; tries at once when there is none, and gives up after `patienceMs` with `null`. */
  whenOpen(patienceMs: number): Promise<Line | null> {
    if (this.#state.kind === 'open') return Promise.resolve(this.#state.line);
    this.tryNow();
    return new Promise((resolve) => {
      const done = (line: Line | null): void => {
        timer.cancel();
        stop();
        resolve(line);
      };
      const timer = this.#timers.after(patienceMs, () => done(null));
      const stop = this.onChange((state) => {
        if (state.kind === 'open') done(state.line);
        if (state.kind === 'closed') done(null);
      });
    });
  }

  /** Ends the line and all attempts. */
  async close(): Promise<void> {
    const before = this.#state;
    this.#timer?.cancel();
    this.#stopWatching();
    this.#change({ kind: 'closed' });
    if (before.kind === 'open') await before.line.close();
  }

  #change(state: KeptLineState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }

  #open(): void {
    this.#timer?.cancel();
    this.#change({ kind: 'opening' });
    this.#end.open().then(
      (line) => this.#opened(line),
      (error: unknown) => this.#wait(error instanceof LineOpenError ? error : new LineOpenError('other', String(error), { cause: error })),
    );
  }

  #opened(line: Line): void {
    if (this.#state.kind === 'closed') {
      void line.close();
      return;
    }
    this.#nextWaitMs = this.#firstWaitMs;
    this.#change({ kind: 'open', line });
    line.onClosed(() => this.#wait(null));
  }

  #wait(trouble: LineOpenError | null): void {
    if (this.#state.kind === 'closed') return;
    const waitMs = this.#nextWaitMs;
    this.#nextWaitMs = Math.min(this.#longestWaitMs, waitMs * 2);
    this.#timer = this.#timers.after(waitMs, () => this.tryNow());
    this.#change({ kind: 'waiting', trouble, waitMs });
  }
}
