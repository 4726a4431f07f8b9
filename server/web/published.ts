/** What head office publishes, fetched for this register: at the start, when head office says so, every few minutes, and when it has just enrolled. */

import type { PublicationStore } from '../../app/catalog/publication-store.ts';
import { type FetchView, PublishedFetch } from '../../app/chain/fetch-published.ts';
import type { MembershipMemory } from '../../app/chain/membership.ts';
import type { Log } from '../../app/till/ports.ts';
import type { Till } from '../../app/till/till.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { nodeHasher } from '../../hardware/crypto/hasher.ts';
import { nodeRandom } from '../../hardware/crypto/random.ts';
import type { Chain } from './chain.ts';

export interface FetchedPublished {
  view(): FetchView;
  stop(): void;
}

export function fetchPublished(parts: {
  readonly store: PublicationStore;
  readonly till: Pick<Till, 'publishedArrived'>;
  readonly chain: Pick<Chain, 'client' | 'onPublished'>;
  readonly chainMemory: MembershipMemory | null;
  readonly log: Log;
}): FetchedPublished {
  const { chain, store, till, chainMemory, log } = parts;
  const fetch = new PublishedFetch({
    desk: chain.client,
    store,
    ports: { clock: nodeClock, timers: nodeTimers, random: nodeRandom, hasher: nodeHasher, log },
    arrived: () => till.publishedArrived(),
  });
  const stopListening = chainMemory?.onChange(() => void fetch.pull());
  const stopHearing = chain.onPublished((edition) => fetch.heard(edition));
  fetch.start();
  return {
    view: () => fetch.view(),
    stop() {
      stopListening?.();
      stopHearing();
      fetch.stop();
    },
  };
}
