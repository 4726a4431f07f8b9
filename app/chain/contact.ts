/**
 * How it stands with head office. Two lines feed it, the one that sends the journal and the one that waits for events:
 *
 * ```
 *  not-enrolled ──key──► asking ──answer──► linked ◄──answer── away
 *                           └────────5 s of no answer───────────▲
 *                           └─a request that somebody waits for─┘
 *  any ──head office says no to the journal or the key──► halted ──a person, a new key──► asking
 * ```
 *
 * A register sells in every one of them.
 */
import type { ProblemCode } from '../refund/problem.ts';
import type { Clock } from '../till/ports.ts';

/** What is not asked again by itself: a person has to look first. */
export const HALTING = [
  'no-key',
  'key-revoked',
  'not-this-register',
  'bad-entry',
  'other-entry',
  'broken-chain',
  'too-large',
] as const satisfies readonly ProblemCode[];
export type HaltCode = (typeof HALTING)[number];

export const isHalting = (code: ProblemCode): code is HaltCode => (HALTING as readonly ProblemCode[]).includes(code);

export type LinkState =
  | { readonly kind: 'not-enrolled' }
  /** Head office has not been heard since the start. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'linked' }
  /** It does not answer, or says that it cannot now. */
  | { readonly kind: 'away'; readonly sinceMs: number }
  | { readonly kind: 'halted'; readonly code: HaltCode };

/** A line that drops and is back within this is nobody's business. */
const AWAY_AFTER_MS = 5_000;

export class Contact {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #heard = new Set<() => void>();
  #state: LinkState;
  #failing: { readonly sinceMs: number; readonly monotonicMs: number } | null = null;
  #lastHeardMs: number | null = null;

  /** @param changed called when a screen may show something else. */
  constructor(clock: Clock, isEnrolled: boolean, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
    this.#state = { kind: isEnrolled ? 'asking' : 'not-enrolled' };
  }

  get state(): LinkState {
    return this.#state;
  }

  /** When head office last answered; `null`: not since the start. */
  get lastHeardMs(): number | null {
    return this.#lastHeardMs;
  }

  /** Head office has answered something. */
  heard(): void {
    const wasAway = this.#failing !== null;
    this.#failing = null;
    this.#lastHeardMs = this.#clock.nowMs();
    if (this.#state.kind === 'asking' || this.#state.kind === 'away') this.#go({ kind: 'linked' });
    if (wasAway) for (const listener of [...this.#heard]) listener();
  }

  /** It has not, or not to the point. */
  missed(): void {
    const monotonicMs = this.#clock.monotonicMs();
    this.#failing ??= { sinceMs: this.#lastHeardMs ?? this.#clock.nowMs(), monotonicMs };
    const isUp = this.#state.kind === 'asking' || this.#state.kind === 'linked';
    if (isUp && monotonicMs - this.#failing.monotonicMs >= AWAY_AFTER_MS) this.#go({ kind: 'away', sinceMs: this.#failing.sinceMs });
  }

  /**
   * Somebody waited for an answer, and none came: that is how it is now, and nothing is told that it is otherwise.
   * @returns whether nobody knew it before.
   */
  lost(): boolean {
    const { kind } = this.#state;
    this.#failing ??= { sinceMs: this.#lastHeardMs ?? this.#clock.nowMs(), monotonicMs: this.#clock.monotonicMs() };
    if (kind !== 'asking' && kind !== 'linked') return false;
    this.#go({ kind: 'away', sinceMs: this.#failing.sinceMs });
    return true;
  }

  halt(code: HaltCode): void {
    this.#go({ kind: 'halted', code });
  }

  /** From the beginning: a person has looked, or there is a new key. */
  begin(): void {
    this.#failing = null;
    this.#go({ kind: 'asking' });
  }

  /** Calls back when head office answers again after it did not; the returned function ends that. */
  onBack(listener: () => void): () => void {
    this.#heard.add(listener);
    return () => this.#heard.delete(listener);
  }

  #go(state: LinkState): void {
    this.#state = state;
    this.#changed();
  }
}
