/**
 * Every channel between main and a window, in one list. Pages reach them only through `preload.ts`; `ipc.ts` answers.
 * `view` goes from main to a window; all others are asked by a window and answered by main.
 */
import type { CashierView, Command, CommandAnswer, CustomerView, Query, QueryAnswer } from '../app/till/contract.ts';
import type { BridgeRefusal, WindowRole } from '../app/till/desktop-bridge.ts';

export type { WindowRole } from '../app/till/desktop-bridge.ts';

export const CHANNELS = {
  /** main → window: the newest view of the window's role. */
  view: 'tillit:view',
  /** A page has loaded and wants its first view. The only thing that the customer's window may say. */
  hello: 'tillit:hello',
  command: 'tillit:command',
  query: 'tillit:query',
  settings: 'tillit:settings',
} as const;

/** What a window may ask, and what it gets. Requests are `unknown` until main has parsed them. */
export interface Calls {
  readonly hello: { readonly request: undefined; readonly answer: Hello | BridgeRefusal };
  readonly command: { readonly request: Command; readonly answer: CommandAnswer | BridgeRefusal };
  readonly query: { readonly request: Query; readonly answer: QueryAnswer | BridgeRefusal };
  readonly settings: { readonly request: unknown; readonly answer: unknown };
}
export type Call = keyof Calls;

export type Hello =
  | { readonly ok: true; readonly role: 'cashier'; readonly view: CashierView }
  | { readonly ok: true; readonly role: 'customer'; readonly view: CustomerView };

/** Who may ask what. */
export const MAY_ASK: Readonly<Record<Call, readonly WindowRole[]>> = {
  hello: ['cashier', 'customer'],
  command: ['cashier'],
  query: ['cashier'],
  settings: ['cashier'],
};

/** How main tells a window's preload what the window is: one of the process's own arguments, out of the page's reach. */
export const ROLE_ARGUMENT = '--tillit-role=';
