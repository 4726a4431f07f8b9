/**
 * The one way a screen talks with its till. A WebSocket is one adapter; a desktop program's channel is another.
 * A customer's link only listens: there is nothing on it to send with.
 */
import type { CashierView, Command, CommandAnswer, CustomerView, Query, QueryAnswer } from '../../app/till/contract.ts';

export type LinkState = 'online' | 'offline';

/** What became of a command. `lost`: the line died before the answer, so nobody here knows whether it arrived; the next view tells. */
export type Delivery = CommandAnswer | { readonly ok: 'lost' };

/** The line died before a query was answered. It changed nothing; ask again when online. */
export class LinkLostError extends Error {
  override readonly name = 'LinkLostError';
}

/** The till answered a query with a refusal or with something else than asked for. */
export class QueryRefusedError extends Error {
  override readonly name = 'QueryRefusedError';
}

interface Listening<View> {
  /** Calls back with each view that arrives; the returned function ends that. */
  onView(listener: (view: View) => void): () => void;
  /** Calls back at once with the state as it is, then with each change. `online` comes right after a connection's first view. */
  onState(listener: (state: LinkState) => void): () => void;
  close(): void;
}

export interface CustomerLink extends Listening<CustomerView> {
  readonly role: 'customer';
}

export interface CashierLink extends Listening<CashierView> {
  readonly role: 'cashier';
  /** Never rejects. */
  send(command: Command): Promise<Delivery>;
  /** Rejects with `LinkLostError` or `QueryRefusedError`. */
  ask<T extends Query>(query: T): Promise<Extract<QueryAnswer, { type: T['type'] }>>;
}

export type Link = CashierLink | CustomerLink;
