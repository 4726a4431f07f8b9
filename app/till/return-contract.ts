/**
 * Returns and exchange, as the cashier's screen knows them: a part of the contract.
 *
 * One order's goods at a time come back into the open sale, as lines below zero. What is rung up beside them makes it an
 * exchange. While more comes back than is sold the till owes the customer: `give-back` moves that money the way it came, the
 * `vipps` parts by themselves, then the parts that the cashier hands out (`ReturnStage`). When both sides are even, `give-back`
 * ends it; when the customer owes, the sale is paid as any other.
 */
import { z } from 'zod';
import type { Command, PaymentButton, TimelineRow } from './contract.ts';
import type { DrawnAmount } from './customer-contract.ts';
import { plainLine } from './plain-line.ts';

const orderId = z.string().min(1).max(64);
const date = z.iso.date();
const storeId = z.string().regex(/^[a-z][a-z0-9]{1,11}$/);
const PIN = /^\d{4,8}$/;
/** A manager's word for what a cashier may not do alone. */
const approval = z.strictObject({ managerId: z.string().min(1).max(64), pin: z.string().regex(PIN, 'must be 4 to 8 digits') });

export const returnCommands = [
  /**
   * Goods of an order into the open sale (one is opened where there is none). Answered when they are held, or refused.
   * A deposit comes along with its line and is not named: what was chosen of the one is taken of the other.
   */
  z.strictObject({
    type: z.literal('take-return'),
    orderId,
    lines: z
      .array(z.strictObject({ lineNo: z.number().int().min(1), quantityMilli: z.number().int().min(1).max(9_999_999) }))
      .min(1)
      .max(500),
    reason: plainLine.trim().min(1).max(80),
    approval: approval.optional(),
    /** What the provider does not send back any more is paid from the drawer; with an approval. */
    payOut: z.literal('cash').optional(),
  }),
  /** The customer keeps the goods: what is held is let go of. Not once money has begun to move. */
  z.strictObject({ type: z.literal('remove-return') }),
  /** Money goes back, or both sides are even and the sale ends. */
  z.strictObject({ type: z.literal('give-back') }),
  /** A part that the cashier hands out, from the drawer or on the card terminal (then with its reference). */
  z.strictObject({
    type: z.literal('part-handed-out'),
    partNo: z.number().int().min(1),
    terminalReference: plainLine.trim().min(1).max(40).optional(),
  }),
  /** A part that the provider has refused for good is paid from the drawer. */
  z.strictObject({ type: z.literal('pay-part-out'), partNo: z.number().int().min(1), approval }),
  /** Asks now how the parts stand that are not known yet. */
  z.strictObject({ type: z.literal('check-return') }),
  /** A return that came to its end aside (`CashierView.returnsAside`, `done`): shows it, and prints its receipt. */
  z.strictObject({ type: z.literal('show-return'), saleId: z.string().min(1).max(64) }),
  /** Head office cannot be reached: keeps what was searched for, to be offered again. */
  z.strictObject({
    type: z.literal('keep-return-wish'),
    text: plainLine.trim().min(1).max(100),
    note: plainLine.trim().min(1).max(200).optional(),
  }),
  z.strictObject({ type: z.literal('drop-return-wish'), wishId: z.string().min(1).max(64) }),
  /** The receipt that was scanned (`CashierView.foundReceipt`) was looked at, or is not wanted. */
  z.strictObject({ type: z.literal('forget-receipt') }),
] as const;

/** How an order can be searched for. */
const orderSearch = z.discriminatedUnion('by', [
  /** A receipt's code as scanned or typed, a payment's reference, or a receipt's number of this register. */
  z.strictObject({ by: z.literal('text'), text: z.string().trim().min(1).max(100) }),
  z.strictObject({
    by: z.literal('date'),
    date,
    amountOre: z.number().int().min(0).max(100_000_000).optional(),
    storeId: storeId.optional(),
  }),
  /** An article's number, EAN or name, since a date. */
  z.strictObject({
    by: z.literal('article'),
    text: z.string().trim().min(1).max(60),
    fromDate: date,
    toDate: date,
    storeId: storeId.optional(),
  }),
]);
export type OrderSearch = z.infer<typeof orderSearch>;

export const returnQueries = [
  z.strictObject({ type: z.literal('orders'), search: orderSearch }),
  z.strictObject({ type: z.literal('order'), orderId }),
  z.strictObject({ type: z.literal('stores') }),
] as const;

/** Why nothing is shown. `offline`: head office cannot be reached, and the wish can be kept (`keep-return-wish`). */
export interface SearchProblem {
  readonly kind: 'offline' | 'refused' | 'not-ours' | 'unreadable';
  /** A whole sentence with the way out. */
  readonly text: string;
}

export interface OrderRow {
  readonly orderId: string;
  readonly receiptNumber: number;
  /** The store's name where it is another one; `null` for this shop's own. */
  readonly storeName: string | null;
  readonly registerId: string;
  readonly completedAtMs: number;
  readonly totalOre: number;
}

export interface OrderLineView {
  readonly lineNo: number;
  readonly name: string;
  readonly articleNumber: string;
  readonly ean: string | null;
  readonly unit: string;
  readonly weighed: boolean;
  readonly soldMilli: number;
  /** Not returned, and not being returned right now. */
  readonly leftMilli: number;
  readonly unitPriceOre: number;
  /** Of the whole line, after all discounts. */
  readonly netOre: number;
  /** What is left of that: the screen sums up what is chosen by `returnedOre` of `app/refund/shares.ts`. */
  readonly leftOre: number;
  /** What is already back, or held elsewhere, in words; `null` where nothing is. */
  readonly note: string | null;
  /** A deposit line belongs to this one and comes along with it. */
  readonly belongsToLineNo: number | null;
}

/** An order as it was sold, with what is left of it. */
export interface OrderView extends OrderRow {
  readonly lines: readonly OrderLineView[];
  /** "Vipps 120,00 kr", "Kontant 50,00 kr": how it was paid, in the order in which the money goes back. */
  readonly paidWith: readonly { readonly kind: 'vipps' | 'card' | 'cash'; readonly text: string; readonly leftOre: number }[];
  /** A manager's approval is needed above this; `null`: never. */
  readonly approvalAboveOre: number | null;
  /** Approval is needed whatever it comes to: head office cannot be reached. */
  readonly approvalText: string | null;
  /** Why nothing of it can come back (too old, all returned, only through head office); `null` while it can. */
  readonly problem: string | null;
  /** The provider does not send it back any more: a manager may pay it out in cash (`payOut`). */
  readonly cashOnly: string | null;
}

export type ReturnQueryAnswer =
  | { readonly type: 'orders'; readonly orders: readonly OrderRow[]; readonly more: boolean; readonly problem: SearchProblem | null }
  /** `offline` beside an order: nothing of it can come back before head office answers, and the wish can be kept. */
  | { readonly type: 'order'; readonly order: OrderView | null; readonly problem: SearchProblem | null }
  /** The chain's other stores, by name: an order can be searched for in one of them. None in a shop that is no chain, or while head office is away. */
  | { readonly type: 'stores'; readonly stores: readonly { readonly storeId: string; readonly storeName: string }[] };

/** The returned goods in the basket. */
export interface ReturnedView {
  readonly returnId: string;
  /** "Retur fra Butikken nord, kvittering 1042, 12.11.2026" */
  readonly title: string;
  readonly lines: readonly {
    readonly lineNo: number;
    readonly name: string;
    readonly quantityMilli: number;
    readonly unit: string;
    readonly weighed: boolean;
    /** Negative. */
    readonly amountOre: number;
  }[];
  /** Negative. */
  readonly amountOre: number;
  readonly reason: string;
  /** `holding`: being asked for. `held`: nobody else can take it. */
  readonly state: 'holding' | 'held';
}

/** What `give-back` would do; missing while the customer owes. */
export interface GiveBackView {
  /** Positive; 0: both sides are even. */
  readonly amountOre: number;
  readonly label: string;
  /** "120,00 kr til kundens Vipps · 50 kr kontant" */
  readonly detail: string;
}

export type ReturnPartState = 'next' | 'now' | 'checking' | 'done' | 'refused';

/** While money goes back, the right side is this. */
export interface ReturnStage {
  readonly kind: 'return';
  readonly phase: 'sending' | 'checking' | 'hand-out' | 'refused';
  readonly tone: 'waiting' | 'good' | 'care' | 'bad';
  readonly amountOre: number;
  readonly title: string;
  readonly detail: string;
  readonly timeline: readonly TimelineRow[];
  readonly parts: readonly {
    readonly partNo: number;
    readonly kind: 'vipps' | 'card' | 'cash';
    /** With its amount: "120,00 kr til kundens Vipps". */
    readonly label: string;
    readonly amountOre: number;
    readonly state: ReturnPartState;
    /** The card terminal's reference is asked for before `part-handed-out` is sent. */
    readonly asksReference: boolean;
  }[];
  /**
   * At most two; the first is the safe one. What needs more than a tap the screen offers by itself: `part-handed-out` for the
   * part that is `now`, `pay-part-out` for one that is `refused`.
   */
  readonly buttons: readonly PaymentButton[];
  readonly support: string | null;
}

/** A return whose sale was set aside (`park-sale`) while its money was on its way. */
export interface ReturnAsideRow {
  readonly saleId: string;
  /** "Retur av kvittering 1042, 12.11.2026" */
  readonly title: string;
  /** What goes back, or has gone back, in all. Positive. */
  readonly amountOre: number;
  /**
   * `checking`: not known yet; the register asks again by itself. `hand-out`, `refused`: people's turn. `done`: all of it is back,
   * and the receipt has not been printed.
   */
  readonly state: 'checking' | 'hand-out' | 'refused' | 'done';
  /** How it stands, in whole sentences. */
  readonly text: string;
  readonly button: { readonly label: string; readonly command: Command };
}

/** A return that waits for head office to answer again. */
export interface ReturnWishRow {
  readonly wishId: string;
  readonly text: string;
  readonly note: string | null;
  readonly keptAtMs: number;
  /** Head office answers again: it can be taken up now. */
  readonly ready: boolean;
}

/** Money on its way back, on the customer's screen: each step in few words. */
export interface CustomerReturn {
  readonly kind: 'return';
  readonly title: string;
  readonly detail: string | null;
  readonly amount: DrawnAmount;
}
