/** The store behind a screen: the latest view of the till, when it came, and whether the line lives. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LinkState } from '../link/link.ts';

export interface ViewState<View> {
  readonly view: View | null;
  /** Monotonic milliseconds (`performance.now`) when the view came: with `view.nowMs` it gives the till's clock. */
  readonly receivedAtMs: number;
  readonly link: LinkState;
}

export type ViewStore<View> = StoreApi<ViewState<View>>;

interface Source<View> {
  onView(listener: (view: View) => void): () => void;
  onState(listener: (state: LinkState) => void): () => void;
}

/**
 * Follows a link. Within one connection a view with a lower version is late and is dropped; after a broken line the first
 * view counts whatever its number, since the till may have started anew.
 */
export function createViewStore<View extends { readonly version: number }>(
  source: Source<View>,
  nowMs: () => number = () => performance.now(),
): ViewStore<View> {
  const store = createStore<ViewState<View>>(() => ({ view: null, receivedAtMs: 0, link: 'offline' }));
  let fresh = true;
  source.onState((link) => {
    if (link === 'offline') fresh = true;
    store.setState({ link });
  });
  source.onView((view) => {
    const known = store.getState().view;
    if (!fresh && known !== null && view.version < known.version) return;
    fresh = false;
    store.setState({ view, receivedAtMs: nowMs() });
  });
  return store;
}
