/** What is open on the cashier's own side of the screen. The till knows nothing of it: it is lost without loss. */
import type { BasketView, CashierView, Stage } from '../../app/till/contract.ts';

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
  | { readonly kind: 'pay'; readonly means: Means }
  /** A purchase is looked for. `run`: at once, as often as its id changes; `opens`: a single hit is opened. */
  | {
      readonly kind: 'return';
      readonly form: ReturnForm;
      readonly run?: { readonly id: string; readonly opens: boolean };
      readonly wishId?: string;
    }
  /** Goods of a purchase are chosen. `form`: what it was found by. */
  | {
      readonly kind: 'return-order';
      readonly orderId: string;
      readonly form: ReturnForm;
      readonly wishId?: string;
      readonly begun?: BegunReturn;
    }
  /** A manager pays out what the provider has refused. */
  | { readonly kind: 'pay-part-out'; readonly partNo: number };

/** What was chosen already: thousandths by the line's number. */
export interface BegunReturn {
  readonly chosen: readonly (readonly [lineNo: number, quantityMilli: number])[];
  readonly reason: string;
  readonly asksManager?: boolean;
}

/** How a purchase is looked for, as it stands in the fields. */
export interface ReturnForm {
  readonly by: 'text' | 'date' | 'article';
  readonly text: string;
  /** `YYYY-MM-DD`; empty: today. */
  readonly date: string;
  readonly amount: string;
  readonly article: string;
  readonly days: number;
  /** Another store of the chain; empty: wherever it is. */
  readonly storeId: string;
}

export const TILES: Pane = { kind: 'tiles' };

export function returnForm(text = ''): ReturnForm {
  return { by: 'text', text, date: '', amount: '', article: '', days: 30, storeId: '' };
}

/** Nothing is rung up, and nothing came back. */
export function isEmptyBasket(basket: BasketView | null): boolean {
  return basket === null || (basket.lines.length === 0 && basket.returned === undefined);
}

/** A menu that looks after the register itself, which a payment or a finished sale does not close. */
function isRegisterMenu(pane: Pane): boolean {
  return pane.kind === 'menu' || pane.kind === 'payments' || pane.kind === 'payment-story';
}

/**
 * The pane that still makes sense after a new view: a line that left the sale closes its editor, a sale that is paid, aborted
 * or parked closes what belonged to it. Gives the same object when nothing changes.
 */
export function paneAfter(pane: Pane, before: CashierView | null, now: CashierView): Pane {
  const { foundReceipt } = now;
  if (now.stage.kind === 'selling' && foundReceipt !== undefined && foundReceipt.scan !== before?.foundReceipt?.scan) {
    const { code, scan } = foundReceipt;
    // Scanned once more while its goods are being chosen: what was chosen stays.
    if (pane.kind === 'return-order' && pane.form.text === code) return pane;
    return { kind: 'return', form: returnForm(code), run: { id: `scan ${scan}`, opens: true } };
  }
  if (pane.kind === 'tiles') return pane;
  if (pane.kind === 'pay-part-out') return partIsRefused(now.stage, pane.partNo) ? pane : TILES;
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
    case 'abort':
      return saleChanged || isEmptyBasket(now.basket) ? TILES : pane;
    case 'return':
    case 'return-order':
      // The goods are held: what is left to do stands in the basket.
      return isHeld(now) && !isHeld(before) ? TILES : pane;
    case 'sale-discount':
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

const isHeld = (view: CashierView | null): boolean => view?.basket?.returned?.state === 'held';

function partIsRefused(stage: Stage, partNo: number): boolean {
  return stage.kind === 'return' && stage.parts.some((part) => part.partNo === partNo && part.state === 'refused');
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
  if (basket.giveBack !== undefined || basket.returned?.state === 'holding') return false;
  return basket.dueOre > 0 || (means === 'cash' && basket.tenders.length === 0);
}

const tenderCount = (view: CashierView): number => view.basket?.tenders.length ?? 0;
