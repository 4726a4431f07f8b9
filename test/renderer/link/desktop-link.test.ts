import { describe, expect, it } from 'vitest';
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
