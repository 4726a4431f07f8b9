import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CashierView } from '../../../app/till/contract.ts';
import type { CashierBridge } from '../../../app/till/desktop-bridge.ts';
import { bridgedCashierLink, findBridge } from '../../../renderer/link/desktop-link.ts';
import { LinkLostError, QueryRefusedError } from '../../../renderer/link/link.ts';

function bridge(more: Partial<CashierBridge> = {}) {
  const shown: ((view: CashierView) => void)[] = [];
  const made: CashierBridge = {
    role: 'cashier',
    onView: (listener) => {
      shown.push(listener);
      return () => void shown.splice(0);
    },
    send: async () => ({ ok: true }),
    ask: async () => ({ type: 'receipt-text', text: 'x' }),
    settings: async () => null,
    ...more,
  };
  return { made, shown };
}
const view = { version: 1 } as CashierView;

describe('the link over the desktop’s bridge', () => {
  it('is there only where the preload put a bridge', () => {
    expect(findBridge({})).toBeNull();
    expect(findBridge({ tillit: { role: 'printer' } })).toBeNull();
    expect(findBridge({ tillit: bridge().made })?.role).toBe('cashier');
  });

  it('is online from its first view on, and offline when closed', () => {
    const { made, shown } = bridge();
    const link = bridgedCashierLink(made);
    const heard: unknown[] = [];
    link.onState((state) => heard.push(state));
    link.onView((one) => heard.push(one.version));
    for (const show of shown) show(view);
    link.close();
    expect(heard).toEqual(['offline', 1, 'online', 'offline']);
  });

  it('is offline after five seconds without a view, loses what was under way, and shows nothing old when it is back', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { made, shown } = bridge({ send: () => new Promise(() => {}) });
    const link = bridgedCashierLink(made);
    const heard: unknown[] = [];
    link.onState((state) => heard.push(state));
    link.onView((one) => heard.push(one.version));
    const beat = (version: number) => {
      for (const show of shown) show({ version } as CashierView);
    };
    beat(1);
    const underWay = link.send({ type: 'dismiss' });
    for (let beats = 0; beats < 5; beats += 1) {
      vi.advanceTimersByTime(2_000);
      beat(1);
    }
    expect(heard).toEqual(['offline', 1, 'online']);
    vi.advanceTimersByTime(6_000);
    expect(heard.slice(3)).toEqual(['offline']);
    expect(await underWay).toEqual({ ok: 'lost' });
    beat(1);
    expect(heard.slice(4)).toEqual([1, 'online']);
    link.close();
  });

  it('does not know whether a command arrived when the bridge breaks', async () => {
    const { made } = bridge({ send: () => Promise.reject(new Error('gone')) });
    expect(await bridgedCashierLink(made).send({ type: 'dismiss' })).toEqual({ ok: 'lost' });
  });

  it('says of a query that it was refused, or lost', async () => {
    const refused = bridge({ ask: async () => ({ ok: false, code: 'forbidden', message: 'No.' }) });
    await expect(bridgedCashierLink(refused.made).ask({ type: 'articles' })).rejects.toThrow(QueryRefusedError);
    const lost = bridge({ ask: () => Promise.reject(new Error('gone')) });
    await expect(bridgedCashierLink(lost.made).ask({ type: 'articles' })).rejects.toThrow(LinkLostError);
    expect(await bridgedCashierLink(bridge().made).ask({ type: 'receipt-text', saleId: 's' })).toEqual({ type: 'receipt-text', text: 'x' });
  });
});
