/** Everything that a register can ask of head office: one function for each request of `app/refund/contract.ts`. */
import type { z } from 'zod';
import type { Entry } from '../journal/entry.ts';
import {
  batchAnswer,
  eventsAnswer,
  journalAnswer,
  keyAnswer,
  MOST_BATCH_BYTES,
  type OrderAsSold,
  orderAnswer,
  pageAnswer,
  publishedAnswer,
  type RefundAnswer,
  type RefundAsk,
  refundAnswer,
  registerAnswer,
  type SearchRequest,
  searchAnswer,
  storesAnswer,
} from '../refund/contract.ts';
import type { GivenUp } from '../till/ports.ts';
import { type ChainCallerOptions, type ChainOutcome, createChainCaller } from './call.ts';

/** Who the register is at head office, and how far its journal has come there. */
export type RegisterAtHeadOffice = z.output<typeof registerAnswer>;
export type FoundOrders = z.output<typeof searchAnswer>;
export type BatchConfirmed = z.output<typeof batchAnswer>;
/** An entry as head office gives it back; `checkBatch` says whether it is what was written. */
export type KeptEntries = z.output<typeof journalAnswer>;

/** Head office holds the answer to a confirmation for 8 s, in case the provider is quick. */
const CONFIRM_TIMEOUT_MS = 15_000;
/** It holds the wait for 25 s. */
const WAIT_TIMEOUT_MS = 35_000;
const BATCH_TIMEOUT_MS = 30_000;

export type ChainStore = z.output<typeof storesAnswer>['stores'][number];

/** What returns and exchanges ask of head office. */
export interface RefundDesk {
  /** By name. */
  stores(): Promise<ChainOutcome<readonly ChainStore[]>>;
  search(request: SearchRequest): Promise<ChainOutcome<FoundOrders>>;
  order(orderId: string): Promise<ChainOutcome<OrderAsSold>>;
  /** Reserves goods and amount. The same id with the same contents is the same refund, so it may be asked again. */
  ask(wish: RefundAsk): Promise<ChainOutcome<RefundAnswer>>;
  /**
   * The money goes back. The answer may still say `sending` or `unknown`: ask for the state.
   * @param creditOre what of the goods' worth pays for new goods, and does not move
   */
  confirm(refundId: string, creditOre?: number): Promise<ChainOutcome<RefundAnswer>>;
  withdraw(refundId: string): Promise<ChainOutcome<RefundAnswer>>;
  state(refundId: string): Promise<ChainOutcome<RefundAnswer>>;
}

export type PublishedNews = z.output<typeof publishedAnswer>;
export type PublishedPage = z.output<typeof pageAnswer>;

/** What is published for the register's store. */
export interface PublishedDesk {
  /** What is new to a register that has these versions (number, and when it was published), and which of them are gone. */
  published(have: readonly (readonly [version: number, publishedAtMs: number])[]): Promise<ChainOutcome<PublishedNews>>;
  /** A page of a version, from 1 on. */
  publishedPage(version: number, page: number): Promise<ChainOutcome<PublishedPage>>;
}

export interface ChainClient extends RefundDesk, PublishedDesk {
  /** `patience`: for whoever cannot wait as long as usual. */
  whoAmI(patience?: { readonly connectTimeoutMs: number; readonly readTimeoutMs: number }): Promise<ChainOutcome<RegisterAtHeadOffice>>;
  /** A new key. The old one serves until the new one is used. */
  newKey(): Promise<ChainOutcome<string>>;
  /** @param newestSeq the journal's last number: what is left is shown to people at head office. */
  sendBatch(entries: readonly Entry[], newestSeq: number, givenUp?: GivenUp): Promise<ChainOutcome<BatchConfirmed>>;
  /** What head office has of this register's journal, from a number on. */
  readJournal(fromSeq: number, most: number): Promise<ChainOutcome<KeptEntries>>;
  /** References of payments of this register that the provider has said something about; none after half a minute. */
  waitForEvents(givenUp: GivenUp): Promise<ChainOutcome<readonly string[]>>;
}

export interface ClientHints {
  /** Head office has said how far it has come with what it publishes: another number than before is something new. */
  readonly published?: (edition: number) => void;
  /** What somebody at the counter asked for was answered, or not. A "not now" of head office's own says neither. */
  readonly desk?: (isAnswered: boolean) => void;
}

/** The contract's requests under the register's own key. Nothing is sent before something is asked. */
export function createChainClient(options: ChainCallerOptions, hints: ClientHints = {}): ChainClient {
  const { call } = createChainCaller(options);
  const atDesk = async <T>(asked: Promise<ChainOutcome<T>>): Promise<ChainOutcome<T>> => {
    const outcome = await asked;
    if (outcome.kind !== 'refused') hints.desk?.(outcome.kind === 'ok');
    return outcome;
  };
  const refund = (path: string, body: unknown, readTimeoutMs?: number) =>
    atDesk(call({ path, body, answer: refundAnswer, ...(readTimeoutMs === undefined ? {} : { readTimeoutMs }) }));

  return {
    whoAmI: (patience = undefined) => call({ method: 'GET', path: '/v1/register', answer: registerAnswer, ...patience }),
    async newKey() {
      const outcome = await call({ path: '/v1/key', answer: keyAnswer });
      return outcome.kind === 'ok' ? { kind: 'ok', value: outcome.value.key } : outcome;
    },
    sendBatch: (entries, newestSeq, givenUp) =>
      call({
        path: '/v1/journal',
        body: { entries, newestSeq },
        answer: batchAnswer,
        readTimeoutMs: BATCH_TIMEOUT_MS,
        ...(givenUp === undefined ? {} : { givenUp }),
      }),
    readJournal: (fromSeq, most) =>
      call({
        path: '/v1/journal/read',
        body: { fromSeq, most },
        answer: journalAnswer,
        readTimeoutMs: BATCH_TIMEOUT_MS,
        // As much as went there in batches, and the names of the fields around it.
        maxBodyBytes: 4 * MOST_BATCH_BYTES,
      }),
    async waitForEvents(givenUp) {
      const outcome = await call({ path: '/v1/events/wait', answer: eventsAnswer, readTimeoutMs: WAIT_TIMEOUT_MS, givenUp });
      if (outcome.kind === 'ok' && outcome.value.published !== undefined) hints.published?.(outcome.value.published);
      return outcome.kind === 'ok' ? { kind: 'ok', value: outcome.value.references } : outcome;
    },
    published: (have) => call({ path: '/v1/published', body: { have }, answer: publishedAnswer }),
    publishedPage: (version, page) =>
      call({ path: '/v1/published/read', body: { version, page }, answer: pageAnswer, maxBodyBytes: MOST_BATCH_BYTES }),
    async stores() {
      const outcome = await atDesk(call({ method: 'GET', path: '/v1/stores', answer: storesAnswer }));
      return outcome.kind === 'ok' ? { kind: 'ok', value: outcome.value.stores } : outcome;
    },
    search: (request) => atDesk(call({ path: '/v1/orders/search', body: request, answer: searchAnswer })),
    order: (orderId) => atDesk(call({ path: '/v1/orders/read', body: { orderId }, answer: orderAnswer })),
    ask: (wish) => refund('/v1/refunds', wish),
    confirm: (refundId, creditOre = 0) => refund('/v1/refunds/confirm', { refundId, creditOre }, CONFIRM_TIMEOUT_MS),
    withdraw: (refundId) => refund('/v1/refunds/withdraw', { refundId }),
    state: (refundId) => refund('/v1/refunds/state', { refundId }),
  };
}
