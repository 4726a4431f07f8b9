/** The register's place in a chain: enrolled with a code, and everything that it says to head office from then on. */
import type { ChainOutcome } from '../../app/chain/call.ts';
import { type ChainClient, createChainClient } from '../../app/chain/client.ts';
import { type Enrolled, enrol } from '../../app/chain/enrol.ts';
import { type ChainLink, type ChainStatus, openChainLink } from '../../app/chain/link.ts';
import { keyFor, type MembershipMemory } from '../../app/chain/membership.ts';
import type { Journal } from '../../app/journal/journal.ts';
import { openOutbox } from '../../app/journal/outbox.ts';
import { entryReader } from '../../app/journal/rows.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { Database, HttpSend, Log } from '../../app/till/ports.ts';
import type { Till } from '../../app/till/till.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { nodeRandom } from '../../hardware/crypto/random.ts';
import { SOFTWARE } from './software.ts';

const software = `${SOFTWARE.name} ${SOFTWARE.version}`;

/** What became of a code. */
export type Enrolment =
  | { readonly kind: 'enrolled'; readonly storeName: string }
  /** The code is another register's; it is used up now. */
  | { readonly kind: 'other-register'; readonly storeId: string; readonly registerId: string }
  | Exclude<ChainOutcome<Enrolled>, { kind: 'ok' }>;

/** Head office did not take the code. The message says what to do. */
export class CannotEnrolError extends Error {
  override readonly name = 'CannotEnrolError';
}

/** Why a code did not become a key, for whoever starts a register from a command line. */
export function enrolmentSentence(enrolment: Exclude<Enrolment, { kind: 'enrolled' }>, { store, register }: Configuration): string {
  switch (enrolment.kind) {
    case 'other-register':
      return `The code was for register "${enrolment.registerId}" of store "${enrolment.storeId}", and this is "${register.id}" of "${store.id}". It is used up: ask head office for a code for this register.`;
    case 'refused':
      return enrolment.message;
    case 'unreachable':
      return enrolment.sent === 'no'
        ? `Head office cannot be reached (${enrolment.reason}). Check "headOffice.address" and the network, then start again.`
        : `Head office did not answer (${enrolment.reason}). The code may be used up: start again, and ask for a new one if it is not taken.`;
  }
}

/** Turns a code into this register's key and keeps it. Errors of the disk are thrown as they come. */
export async function enrolRegister(
  wish: { readonly address: string; readonly code: string },
  { configuration, memory, send }: { readonly configuration: Configuration; readonly memory: MembershipMemory; readonly send: HttpSend },
): Promise<Enrolment> {
  const outcome = await enrol({ ...wish, software }, { send, clock: nodeClock });
  if (outcome.kind !== 'ok') return outcome;
  const { key, storeId, registerId, storeName } = outcome.value;
  if (storeId !== configuration.store.id || registerId !== configuration.register.id)
    return { kind: 'other-register', storeId, registerId };
  memory.write({ address: wish.address, key, keyMadeAtMs: nodeClock.nowMs(), storeId, registerId, storeName });
  return { kind: 'enrolled', storeName };
}

export interface Chain {
  readonly address: string;
  /** What is asked of head office. */
  readonly client: ChainClient;
  status(): ChainStatus;
  /** Calls back after each change; the returned function ends that. */
  onStatus(listener: () => void): () => void;
  /** Begins: the journal goes up, and what comes down goes to this till. */
  serve(till: Pick<Till, 'heard' | 'onChange'>): void;
  /** Calls back when head office has said how far it is with publishing; the returned function ends that. */
  onPublished(listener: (edition: number) => void): () => void;
  /** A person has looked: what was halted is tried again. */
  retry(): void;
  /** The machine slept. */
  wake(): void;
  close(): void;
}

export interface ChainSurroundings {
  readonly configuration: Configuration;
  readonly memory: MembershipMemory;
  readonly journal: Pick<Journal, 'head'>;
  /** The journal's own connection, and another one to read with. */
  readonly database: Database;
  readonly reading: Database;
  readonly send: HttpSend;
  readonly log: Log;
}

/** `null` where the register is in no chain. Nothing is sent before there is a till to serve. */
export function openChain({ configuration, memory, journal, database, reading, send, log }: ChainSurroundings): Chain | null {
  const address = configuration.headOffice?.address;
  if (address === undefined) return null;
  const readers = new Set<(edition: number) => void>();
  const hear = (edition: number) => {
    for (const reader of [...readers]) reader(edition);
  };
  let link: ChainLink | null = null;
  const client = createChainClient(
    { address, key: () => keyFor(memory, address), send, clock: nodeClock },
    { published: hear, desk: (isAnswered) => link?.told(isAnswered) },
  );
  const outbox = openOutbox(database, 'head-office');
  const read = entryReader(reading);
  const listeners = new Set<() => void>();
  let stopPoking: (() => void) | null = null;
  return {
    address,
    client,
    status: () => link?.status() ?? { state: { kind: 'asking' }, waiting: journal.head().seq - outbox.confirmedSeq(), lastHeardMs: null },
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    serve(till) {
      link = openChainLink({
        address,
        client,
        memory,
        read: (fromSeq, most) => read(fromSeq, most).map(({ entry }) => entry),
        headSeq: () => journal.head().seq,
        outbox,
        heard: (reference) => void till.heard(reference),
        changed: () => {
          for (const listener of [...listeners]) listener();
        },
        clock: nodeClock,
        timers: nodeTimers,
        random: nodeRandom,
        log,
      });
      stopPoking = till.onChange(() => link?.poke());
    },
    onPublished(listener) {
      readers.add(listener);
      return () => readers.delete(listener);
    },
    retry: () => link?.retry(),
    wake: () => link?.wake(),
    close() {
      stopPoking?.();
      link?.stop();
    },
  };
}
