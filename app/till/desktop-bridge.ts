/** What a page finds at `window.tillit` inside the desktop program, and nowhere else. Types only: `main/preload.ts` makes it, `renderer/link/desktop-link.ts` uses it. */
import type { CashierView, Command, CommandAnswer, CustomerView, Query, QueryAnswer } from './contract.ts';

/** What main decided that a window is. A page cannot choose it. */
export type WindowRole = 'cashier' | 'customer';

/** The desktop's own refusal: the sender was wrong, or the message was no message. For programs; a screen says that the line is lost. */
export interface BridgeRefusal {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
}

interface Shown<View> {
  /** Calls back with the first view as soon as main answers, then with each new one. The returned function ends that. */
  onView(listener: (view: View) => void): () => void;
}

export interface CustomerBridge extends Shown<CustomerView> {
  readonly role: 'customer';
}

export interface CashierBridge extends Shown<CashierView> {
  readonly role: 'cashier';
  send(command: Command): Promise<CommandAnswer | BridgeRefusal>;
  ask(query: Query): Promise<QueryAnswer | BridgeRefusal>;
  /** The settings' own contract; main parses it. */
  settings(request: unknown): Promise<unknown>;
}

export type DesktopBridge = CashierBridge | CustomerBridge;
