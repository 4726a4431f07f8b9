/** What head office publishes, fetched for this register: at the start, every few minutes, and when it has just enrolled. */

import type { PublicationStore } from '../../app/catalog/publication-store.ts';
import type { PublishedDesk } from '../../app/chain/client.ts';
import { type FetchView, PublishedFetch } from '../../app/chain/fetch-published.ts';
import type { MembershipMemory } from '../../app/chain/membership.ts';
import type { Log } from '../../app/till/ports.ts';
import type { Till } from '../../app/till/till.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { nodeHasher } from '../../hardware/crypto/hasher.ts';
import { nodeRandom } from '../../hardware/crypto/random.ts';

export interface FetchedPublished {
  view(): FetchView;
  /** Asks now, for instance because head office has said that there is something. */
  hurry(): void;
  stop(): void;
}

export function fetchPublished(parts: {
  readonly desk: PublishedDesk;
  readonly store: PublicationStore;
  readonly till: Pick<Till, 'publishedArrived'>;
  readonly chainMemory: MembershipMemory | null;
  readonly log: Log;
}): FetchedPublished {
  const { desk, store, till, chainMemory, log } = parts;
  const fetch = new PublishedFetch({
    desk,
    store,
    ports: { clock: nodeClock, timers: nodeTimers, random: nodeRandom, hasher: nodeHasher, log },
    arrived: () => till.publishedArrived(),
  });
  const stopListening = chainMemory?.onChange(() => void fetch.pull());
  fetch.start();
  return {
    view: () => fetch.view(),
    hurry: () => void fetch.pull(),
    stop() {
      stopListening?.();
      fetch.stop();
    },
  };
}
