/** A link over the desktop program's bridge (`window.tillit`). The till is in the same program, so the line is there as long as the window is. */
import type { Query, QueryAnswer } from '../../app/till/contract.ts';
import type { CashierBridge, CustomerBridge, DesktopBridge } from '../../app/till/desktop-bridge.ts';
import { type CashierLink, type CustomerLink, type Delivery, LinkLostError, type LinkState, QueryRefusedError } from './link.ts';

/** The bridge of this window, or `null` in a browser. */
export function findBridge(place: object = window): DesktopBridge | null {
  const found = (place as { readonly tillit?: DesktopBridge }).tillit;
  return found !== undefined && (found.role === 'cashier' || found.role === 'customer') ? found : null;
}

interface Bridged<View> {
  onView(listener: (view: View) => void): () => void;
}

/** Views and the state that follows from them: offline until the first one. */
function listenTo<View>(bridge: Bridged<View>) {
  const viewListeners = new Set<(view: View) => void>();
  const stateListeners = new Set<(state: LinkState) => void>();
  let state: LinkState = 'offline';
  const become = (next: LinkState) => {
    if (state === next) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  };
  let end: (() => void) | null = null;
  return {
    /** The first listener opens the line: a view that came sooner would have nobody to go to. */
    onView(listener: (view: View) => void) {
      viewListeners.add(listener);
      end ??= bridge.onView((view) => {
        for (const one of viewListeners) one(view);
        become('online');
      });
      return () => viewListeners.delete(listener);
    },
    onState(listener: (state: LinkState) => void) {
      stateListeners.add(listener);
      listener(state);
      return () => stateListeners.delete(listener);
    },
    close() {
      end?.();
      viewListeners.clear();
      become('offline');
    },
  };
}

export function bridgedCustomerLink(bridge: CustomerBridge): CustomerLink {
  return { role: 'customer', ...listenTo(bridge) };
}

export function bridgedCashierLink(bridge: CashierBridge): CashierLink {
  return {
    role: 'cashier',
    ...listenTo(bridge),
    send: (command) =>
      // Whoever refused it, the sentence is for people. A bridge that breaks leaves it unknown whether it arrived.
      bridge.send(command).then(
        (answer) => answer as Delivery,
        () => ({ ok: 'lost' as const }),
      ),
    ask: async <T extends Query>(query: T) => {
      const answer = await bridge.ask(query).catch(() => {
        throw new LinkLostError(`The program ended before "${query.type}" was answered.`);
      });
      if ('type' in answer && answer.type === query.type) return answer as Extract<QueryAnswer, { type: T['type'] }>;
      throw new QueryRefusedError(`The till did not answer the query "${query.type}".`);
    },
  };
}
