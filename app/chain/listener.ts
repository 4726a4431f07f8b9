/**
 * Waits for what the provider has told head office about this register's payments: one request at a time that head office
 * answers as soon as there is something, over the register's own connection, so that nobody has to reach the register. What
 * comes is a hint to read the payment now. When nothing comes the register polls, as it does anyway.
 */
import { GiveUp } from '../till/given-up.ts';
import type { Log, Random, Timer, Timers } from '../till/ports.ts';
import { backoffMs } from './backoff.ts';
import type { ChainClient } from './client.ts';
import { type Contact, isHalting } from './contact.ts';

export interface ListenerParts {
  readonly client: Pick<ChainClient, 'waitForEvents'>;
  /** Something has happened to the payment with this reference. */
  readonly heard: (reference: string) => void;
  readonly contact: Contact;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
}

export interface ChainListener {
  /** Waits again at once, whatever was in the way. */
  retry(): void;
  /** The machine slept: what it waited for then is gone, whether it knows or not. */
  wake(): void;
  stop(): void;
}

/** A head office that answers nothing at once does not make the register ask as fast as it can. */
const PAUSE_MS = 200;
const BACKOFF_MOST_MS = 30_000;
const LOOK_EVERY_MS = 60_000;

export function createListener({ client, heard, contact, timers, random, log }: ListenerParts): ChainListener {
  let failures = 0;
  let timer: Timer | null = null;
  let flight: GiveUp | null = null;
  let stopped = false;

  function after(ms: number): void {
    timer?.cancel();
    timer = stopped ? null : timers.after(ms, look);
  }

  function look(): void {
    const { kind } = contact.state;
    if (kind === 'not-enrolled' || isAboutKey(contact)) {
      after(LOOK_EVERY_MS);
      return;
    }
    timer = null;
    const own = new GiveUp();
    flight = own;
    void wait(own).then((ms) => {
      flight = null;
      after(ms);
    });
  }

  /** One wait. Gives how long until the next. */
  async function wait(own: GiveUp): Promise<number> {
    const outcome = await client.waitForEvents(own);
    if (own.up) return 0;
    if (outcome.kind === 'ok') {
      failures = 0;
      contact.heard();
      for (const reference of outcome.value) hear(reference);
      return outcome.value.length > 0 ? 0 : PAUSE_MS;
    }
    if (outcome.kind === 'refused' && isHalting(outcome.code)) {
      contact.halt(outcome.code);
      return LOOK_EVERY_MS;
    }
    contact.missed();
    failures += 1;
    return backoffMs(failures, BACKOFF_MOST_MS, random, outcome.kind === 'refused' ? outcome.retryAfterMs : null);
  }

  /** What follows from a hint may fail, on a full disk say; the next one is waited for all the same. */
  function hear(reference: string): void {
    try {
      heard(reference);
    } catch (error) {
      log.write('error', 'chain.heard', { message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
    }
  }

  const stopHearing = contact.onBack(() => {
    if (timer !== null) after(0);
  });
  after(0);

  return {
    retry() {
      failures = 0;
      if (flight === null) after(0);
    },
    wake() {
      failures = 0;
      if (flight === null) after(0);
      else flight.giveUp();
    },
    stop() {
      stopped = true;
      stopHearing();
      timer?.cancel();
      flight?.giveUp();
    },
  };
}

const isAboutKey = ({ state }: Contact): boolean => state.kind === 'halted' && (state.code === 'no-key' || state.code === 'key-revoked');
