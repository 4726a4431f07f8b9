/**
 * Sends the journal to head office, and gives way to selling: one small batch at a time, each read in a moment, with a pause
 * after it. What is to be sent is the journal itself after the last entry that head office has confirmed, so nothing is lost
 * when the line or the power goes, and what arrives twice is one.
 *
 * ```
 *  idle ──appended──► soon (1 s) ──► sending ──confirmed, more──► sending
 *   ▲                                  │  │
 *   └─────────confirmed, no more───────┘  ├──no answer, "not now"──► waits (1 s … 1 min) ──► sending
 *                                         └──a "no" to the journal or the key──► halted, until a person has looked
 * ```
 */
import type { Entry } from '../journal/entry.ts';
import type { Outbox } from '../journal/outbox.ts';
import { GiveUp } from '../till/given-up.ts';
import type { Clock, Log, Random, Timer, Timers } from '../till/ports.ts';
import { backoffMs } from './backoff.ts';
import type { ChainOutcome } from './call.ts';
import type { ChainClient } from './client.ts';
import { type Contact, type HaltCode, isHalting } from './contact.ts';

export interface SenderParts {
  readonly client: Pick<ChainClient, 'whoAmI' | 'sendBatch'>;
  /** Entries in order from a number on, on a connection that is not the journal's. */
  readonly read: (fromSeq: number, most: number) => readonly Entry[];
  /** The journal's last number. */
  readonly headSeq: () => number;
  /** Between two appends, on the journal's connection. */
  readonly outbox: Outbox;
  readonly contact: Contact;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
}

export interface ChainSender {
  /** Something may have been appended. */
  poke(): void;
  /** Tries again now, whatever was in the way: a person has looked, or there is a new key. */
  retry(): void;
  /** The machine slept: what waits to be tried again is tried now. */
  wake(): void;
  /** How many entries head office has not confirmed. */
  waiting(): number;
  stop(): void;
}

/** What is written together is sent together. */
const SOON_MS = 1_000;
const MOST_ENTRIES = 250;
/** Between two full batches: whatever the cashier does in it goes first. */
const GIVE_WAY_MS = 50;
const BACKOFF_MOST_MS = 60_000;
/** Looks by itself whether there is something, in case nobody has said so. */
const LOOK_EVERY_MS = 60_000;
/** After a "no" that this version does not know what to do about. */
const UNKNOWN_NO_MS = 600_000;

export function createSender(parts: SenderParts): ChainSender {
  const { client, outbox, contact, timers, random, log } = parts;
  /** The last entry that head office has; `null` until it has said so since the start. */
  let position: number | null = null;
  let batchSize = MOST_ENTRIES;
  let failures = 0;
  let waits: 'idle' | 'soon' | 'backoff' | 'sending' = 'idle';
  let timer: Timer | null = null;
  let flight: GiveUp | null = null;
  let stopped = false;

  const known = (): number => position ?? outbox.confirmedSeq();
  const waiting = (): number => Math.max(parts.headSeq() - known(), 0);

  function after(ms: number, why: 'idle' | 'soon' | 'backoff'): void {
    timer?.cancel();
    waits = why;
    timer = stopped ? null : timers.after(ms, look);
  }

  function look(): void {
    const { kind } = contact.state;
    if (kind === 'halted' || kind === 'not-enrolled' || (position !== null && waiting() === 0)) {
      after(LOOK_EVERY_MS, 'idle');
      return;
    }
    waits = 'sending';
    flight = new GiveUp();
    turn(flight).then(
      (next) => next === null || after(...next),
      (error: unknown) => {
        // The disk, or a defect: nothing was confirmed, so nothing is lost by trying again.
        log.write('error', 'chain.sender', { message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
        after(LOOK_EVERY_MS, 'backoff');
      },
    );
  }

  /** One request, and what follows from its answer. Gives what to wait for next; `null` once it was stopped meanwhile. */
  async function turn(own: GiveUp): Promise<[number, 'idle' | 'soon' | 'backoff'] | null> {
    if (position === null) {
      const outcome = await client.whoAmI();
      if (own.up) return null;
      if (outcome.kind !== 'ok') return troubled(outcome);
      contact.heard();
      const at = outcome.value.position;
      if (at !== null && parts.read(at.seq, 1)[0]?.hash !== at.hash) return halted('other-entry');
      return confirmed(at?.seq ?? 0);
    }
    const entries = parts.read(position + 1, batchSize);
    const outcome = await client.sendBatch(entries, parts.headSeq(), own);
    if (own.up) return null;
    if (outcome.kind !== 'ok') return troubled(outcome);
    contact.heard();
    if (entries.length === batchSize) batchSize = Math.min(batchSize * 2, MOST_ENTRIES);
    return confirmed(outcome.value.confirmedSeq);
  }

  function confirmed(seq: number): [number, 'idle' | 'soon'] {
    failures = 0;
    position = seq;
    outbox.confirm(seq);
    return waiting() === 0 ? [LOOK_EVERY_MS, 'idle'] : [GIVE_WAY_MS, 'soon'];
  }

  function troubled(outcome: Exclude<ChainOutcome<never>, { kind: 'ok' }>): [number, 'idle' | 'soon' | 'backoff'] {
    if (outcome.kind === 'unreachable') {
      contact.missed();
      failures += 1;
      return [backoffMs(failures, BACKOFF_MOST_MS, random), 'backoff'];
    }
    const { code, confirmedSeq } = outcome;
    // An answer that takes the journal back, once: head office itself may have been restored.
    if (code === 'gap' && confirmedSeq !== null && confirmedSeq !== position) {
      contact.heard();
      position = confirmedSeq;
      return [GIVE_WAY_MS, 'soon'];
    }
    if (code === 'too-large' && batchSize > 1) {
      batchSize = Math.ceil(batchSize / 2);
      return [GIVE_WAY_MS, 'soon'];
    }
    if (isHalting(code)) return halted(code);
    log.write('warn', 'chain.refused', { code, position });
    contact.missed();
    failures += 1;
    const toldMs = outcome.retryAfterMs;
    return code === 'too-many' || code === 'try-later' || code === 'internal'
      ? [backoffMs(failures, BACKOFF_MOST_MS, random, toldMs), 'backoff']
      : [UNKNOWN_NO_MS, 'backoff'];
  }

  function halted(code: HaltCode): [number, 'idle'] {
    log.write('error', 'chain.halted', { code, position });
    contact.halt(code);
    return [LOOK_EVERY_MS, 'idle'];
  }

  function now(): void {
    if (stopped || waits === 'sending') return;
    failures = 0;
    after(0, 'soon');
  }

  const wake = (): void => {
    if (waits === 'backoff') now();
  };
  const stopHearing = contact.onBack(wake);
  after(0, 'soon');

  return {
    poke() {
      if (!stopped && waits === 'idle' && contact.state.kind !== 'halted' && (position === null || waiting() > 0)) after(SOON_MS, 'soon');
    },
    retry() {
      if (waits !== 'sending') position = null;
      now();
    },
    wake,
    waiting,
    stop() {
      stopped = true;
      stopHearing();
      timer?.cancel();
      flight?.giveUp();
    },
  };
}
