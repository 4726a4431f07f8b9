/**
 * A link over the desktop program's bridge (`window.tillit`). The program sends the view again every two seconds; a program
 * that hangs is noticed by its silence.
 */
import type { Query, QueryAnswer } from '../../app/till/contract.ts';
import type { CashierBridge, CustomerBridge, DesktopBridge } from '../../app/till/desktop-bridge.ts';
import { type CashierLink, type CustomerLink, type Delivery, LinkLostError, type LinkState, QueryRefusedError } from './link.ts';
import { SILENCE_MS } from './web-link.ts';

/** The bridge of this window, or `null` in a browser. */
export function findBridge(place: object = window): DesktopBridge | null {
  const found = (place as { readonly tillit?: DesktopBridge }).tillit;
  return found !== undefined && (found.role === 'cashier' || found.role === 'customer') ? found : null;
}

const LOOK_EVERY_MS = 500;

interface Bridged<View> {
  onView(listener: (view: View) => void): () => void;
}

/** Views and the state that follows from them: offline until the first one. */
function listenTo<View extends { readonly version: number }>(bridge: Bridged<View>) {
  const viewListeners = new Set<(view: View) => void>();
  const stateListeners = new Set<(state: LinkState) => void>();
  let state: LinkState = 'offline';
  const become = (next: LinkState) => {
    if (state === next) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  };
  let end: (() => void) | null = null;
  let shown: number | null = null;
  let heard = { monotonicMs: 0, wallMs: 0 };
  const waiting = new Set<() => void>();
  const lose = () => {
    become('offline');
    for (const one of [...waiting]) one();
  };
  /** Both clocks: the monotonic one may stand still while a machine sleeps, the wall clock may be set back. */
  const look = () => {
    const silenceMs = Math.max(performance.now() - heard.monotonicMs, Date.now() - heard.wallMs);
    if (state === 'online' && silenceMs > SILENCE_MS) lose();
  };
  const receive = (view: View) => {
    heard = { monotonicMs: performance.now(), wallMs: Date.now() };
    // The view first: `online` with an earlier view would show what may be over.
    if (state === 'offline' || view.version !== shown) for (const one of viewListeners) one(view);
    shown = view.version;
    become('online');
  };
  return {
    /** What was asked, or `lost` when the line dies before the answer. */
    orLost<Answer, Lost>(asked: Promise<Answer>, lost: () => Lost): Promise<Answer | Lost> {
      return new Promise((resolve) => {
        const settle = (value: Answer | Lost) => {
          waiting.delete(giveUp);
          resolve(value);
        };
        const giveUp = () => settle(lost());
        waiting.add(giveUp);
        // A bridge that breaks leaves it unknown whether it arrived.
        asked.then(settle, giveUp);
      });
    },
    /** The first listener opens the line: a view that came sooner would have nobody to go to. */
    onView(listener: (view: View) => void) {
      viewListeners.add(listener);
      if (end === null) {
        const timer = setInterval(look, LOOK_EVERY_MS);
        const stop = bridge.onView(receive);
        end = () => {
          clearInterval(timer);
          stop();
        };
      }
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
      lose();
    },
  };
}

export function bridgedCustomerLink(bridge: CustomerBridge): CustomerLink {
  const { orLost: _, ...line } = listenTo(bridge);
  return { role: 'customer', ...line };
}

export function bridgedCashierLink(bridge: CashierBridge): CashierLink {
  const { orLost, ...line } = listenTo(bridge);
  return {
    role: 'cashier',
    ...line,
    // Whoever refused it, the sentence is for people.
    send: (command) => orLost(bridge.send(command) as Promise<Delivery>, () => ({ ok: 'lost' as const })),
    ask: async <T extends Query>(query: T) => {
      const answer = await orLost(bridge.ask(query), () => null);
      if (answer === null) throw new LinkLostError(`The program ended before "${query.type}" was answered.`);
      if ('type' in answer && answer.type === query.type) return answer as Extract<QueryAnswer, { type: T['type'] }>;
      throw new QueryRefusedError(`The till did not answer the query "${query.type}".`);
    },
  };
}
