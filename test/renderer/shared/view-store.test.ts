import { describe, expect, it } from 'vitest';
import type { LinkState } from '../../../renderer/link/link.ts';
import { createViewStore } from '../../../renderer/shared/view-store.ts';

interface View {
  readonly version: number;
  readonly text: string;
}

function source() {
  let view: (view: View) => void = () => undefined;
  let state: (state: LinkState) => void = () => undefined;
  return {
    onView: (listener: (view: View) => void) => {
      view = listener;
      return () => undefined;
    },
    onState: (listener: (state: LinkState) => void) => {
      state = listener;
      listener('offline');
      return () => undefined;
    },
    view: (version: number, text: string) => view({ version, text }),
    state: (now: LinkState) => state(now),
  };
}

describe('The store of a screen', () => {
  it('drops a view that is older than the one it has', () => {
    const link = source();
    const store = createViewStore<View>(link, () => 0);
    link.view(5, 'five');
    link.state('online');
    link.view(4, 'four');
    expect(store.getState().view?.text).toBe('five');
  });

  it('takes the first view of a new connection whatever its number, since the till may have started anew', () => {
    const link = source();
    const store = createViewStore<View>(link, () => 0);
    link.view(500, 'before');
    link.state('online');
    link.state('offline');
    link.view(1, 'after');
    link.state('online');
    expect(store.getState()).toMatchObject({ view: { text: 'after' }, link: 'online' });
  });

  it('remembers when the view came', () => {
    const link = source();
    const store = createViewStore<View>(link, () => 1_234);
    link.view(1, 'one');
    expect(store.getState().receivedAtMs).toBe(1_234);
  });
});
