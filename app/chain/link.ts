/** A register's link to head office, whole: its journal goes up, hints about payments come down, and its key is changed now and then. */
import type { Entry } from '../journal/entry.ts';
import type { Outbox } from '../journal/outbox.ts';
import type { Clock, Log, Random, Timer, Timers } from '../till/ports.ts';
import type { ChainClient } from './client.ts';
import { Contact, type LinkState } from './contact.ts';
import { createListener } from './listener.ts';
import { keyFor, type MembershipMemory } from './membership.ts';
import { createSender } from './sender.ts';

export interface ChainLinkParts {
  readonly address: string;
  readonly client: ChainClient;
  readonly memory: MembershipMemory;
  readonly read: (fromSeq: number, most: number) => readonly Entry[];
  readonly headSeq: () => number;
  readonly outbox: Outbox;
  /** A payment of this register is to be read now. */
  readonly heard: (reference: string) => void;
  /** A screen may show something else. */
  readonly changed: () => void;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
}

/** What people are shown of it. Nothing in it is a secret. */
export interface ChainStatus {
  readonly state: LinkState;
  /** Entries that head office has not confirmed. */
  readonly waiting: number;
  /** When head office last answered; `null`: not since the start. */
  readonly lastHeardMs: number | null;
}

export interface ChainLink {
  status(): ChainStatus;
  /** Somebody at the counter asked head office something, and was answered, or not. */
  told(isAnswered: boolean): void;
  /** Something may have been appended to the journal. */
  poke(): void;
  /** A person has looked: what was halted is tried again. */
  retry(): void;
  /** The machine slept, or its network came back: nothing is waited for any longer than it must. */
  wake(): void;
  stop(): void;
}

const DAY_MS = 86_400_000;
/** A key that somebody copied is good for no longer than this. */
const KEY_LASTS_MS = 30 * DAY_MS;
const LOOK_AT_KEY_EVERY_MS = 3_600_000;

/** Begins at once, as far as there is a key. */
export function openChainLink(parts: ChainLinkParts): ChainLink {
  const { address, client, memory, clock, timers, log } = parts;
  const isEnrolled = () => keyFor(memory, address) !== null;
  const contact = new Contact(clock, isEnrolled(), parts.changed);
  const sender = createSender({ ...parts, contact });
  const listener = createListener({ ...parts, contact });
  let ownWrite = false;
  let timer: Timer | null = null;

  function retry(): void {
    if (!isEnrolled()) return;
    contact.begin();
    sender.retry();
    listener.retry();
  }

  const stopListening = memory.onChange(() => {
    if (!ownWrite) retry();
  });

  /** A lost answer harms nobody: the old key serves until the new one is used. */
  async function changeKey(): Promise<void> {
    const before = memory.read();
    if (contact.state.kind !== 'linked' || before?.address !== address) return;
    const ageMs = clock.nowMs() - before.keyMadeAtMs;
    if (ageMs >= 0 && ageMs < KEY_LASTS_MS) return;
    const outcome = await client.newKey();
    // Somebody may have enrolled it anew meanwhile.
    if (timer === null || outcome.kind !== 'ok' || memory.read() !== before) return;
    ownWrite = true;
    try {
      memory.write({ ...before, key: outcome.value, keyMadeAtMs: clock.nowMs() });
    } finally {
      ownWrite = false;
    }
    log.write('info', 'chain.key-changed');
  }

  function lookAtKey(): void {
    timer = timers.after(LOOK_AT_KEY_EVERY_MS, () => {
      changeKey().catch(() => log.write('error', 'chain.key-not-kept'));
      lookAtKey();
    });
  }
  lookAtKey();

  return {
    status: () => ({ state: contact.state, waiting: sender.waiting(), lastHeardMs: contact.lastHeardMs }),
    told(isAnswered) {
      if (isAnswered) contact.heard();
      // Asked once more at once, and ever less often: nobody is kept waiting for the next look.
      else if (contact.lost()) sender.retry();
    },
    poke: () => sender.poke(),
    retry,
    wake() {
      sender.wake();
      listener.wake();
    },
    stop() {
      stopListening();
      timer?.cancel();
      timer = null;
      listener.stop();
      sender.stop();
    },
  };
}
