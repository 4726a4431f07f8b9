/** What is open on the cashier's own side of the screen. The till knows nothing of it: it is lost without loss. */
import type { BasketView, CashierView } from '../../app/till/contract.ts';

export type MenuPage = 'root' | 'drawer' | 'operator' | 'screens' | 'copies' | 'queue' | 'catalogue' | 'devices';
export type Means = 'vipps' | 'cash' | 'card';

export type Pane =
  | { readonly kind: 'tiles' }
  | { readonly kind: 'line'; readonly lineId: string; readonly part: 'quantity' | 'discount' }
  | { readonly kind: 'sale-discount' }
  | { readonly kind: 'parked' }
  | { readonly kind: 'abort' }
  /** The ways to pay by phone beside the QR. */
  | { readonly kind: 'ways' }
  /** How much is to be reserved. */
  | { readonly kind: 'reserve' }
  | { readonly kind: 'menu'; readonly page: MenuPage }
  /** `text`: what is searched for; empty shows the latest. */
  | { readonly kind: 'payments'; readonly text: string }
  | { readonly kind: 'payment-story'; readonly saleId: string; readonly text: string }
  | { readonly kind: 'pay'; readonly means: Means };

export const TILES: Pane = { kind: 'tiles' };

/** A menu that looks after the register itself, which a payment or a finished sale does not close. */
function isRegisterMenu(pane: Pane): boolean {
  return pane.kind === 'menu' || pane.kind === 'payments' || pane.kind === 'payment-story';
}

/**
 * The pane that still makes sense after a new view: a line that left the sale closes its editor, a sale that is paid, aborted
 * or parked closes what belonged to it. Gives the same object when nothing changes.
 */
export function paneAfter(pane: Pane, before: CashierView | null, now: CashierView): Pane {
  if (pane.kind === 'tiles') return pane;
  // A line may be corrected while its customer approves, and what is held may be filled.
  if (now.stage.kind === 'payment' && now.stage.basket !== undefined) return whileBasketMoves(pane, now);
  const stageChanged = before !== null && before.stage.kind !== now.stage.kind;
  if (now.stage.kind !== 'selling') return isRegisterMenu(pane) && !stageChanged ? pane : TILES;
  if (stageChanged) return TILES;
  if (before !== null && before.operator.operatorId !== now.operator.operatorId) return TILES;
  const saleChanged = before !== null && before.basket?.saleId !== now.basket?.saleId;
  switch (pane.kind) {
    case 'line':
      return now.basket?.lines.some((line) => line.lineId === pane.lineId) ? pane : TILES;
    case 'pay':
      // A part was taken or given back: what was typed has had its effect, and a second Enter must not repeat it.
      if (before !== null && tenderCount(before) !== tenderCount(now)) return TILES;
      return saleChanged || now.basket === null || now.basket.lines.length === 0 ? TILES : pane;
    case 'sale-discount':
    case 'abort':
    case 'ways':
    case 'reserve':
      return saleChanged || now.basket === null || now.basket.lines.length === 0 ? TILES : pane;
    case 'parked':
      return saleChanged ? TILES : pane;
    case 'menu':
    case 'payments':
    case 'payment-story':
      return pane;
  }
}

function whileBasketMoves(pane: Pane, now: CashierView): Pane {
  switch (pane.kind) {
    case 'line':
      return now.basket?.lines.some((line) => line.lineId === pane.lineId) ? pane : TILES;
    case 'sale-discount':
    case 'menu':
      return pane;
    default:
      return TILES;
  }
}

/** Whether a means can take what is left. A sale that comes to nothing ends with cash: nothing is handed over, and its receipt prints. */
export function canPayBy(basket: BasketView | null, means: Means): boolean {
  if (basket === null || basket.lines.length === 0) return false;
  return basket.dueOre > 0 || (means === 'cash' && basket.tenders.length === 0);
}

const tenderCount = (view: CashierView): number => view.basket?.tenders.length ?? 0;
