/**
 * Goods that come back, at the register that takes them. It has a life of its own beside the sale it stands in: the sale is
 * the document (returned lines, new lines, the difference), this is what is done about the order and its money.
 *
 * ```
 *  asked ──► reserved ──► sending ──► done
 *    │          │          │  ▲ └──► (a part was refused: people pay it out, and say so) ──► done
 *    │          │          ▼  │ read by key, or asked of head office again
 *    │          │        in doubt
 *    │          └──► withdrawing ──► withdrawn (the cashier, before anything was sent)
 *    └─────────────► refused (nothing left, too old, above the limit, unknown order, no permission)
 * ```
 * `asked` is on disk before anything leaves the register. `through` says who holds the goods and the money meanwhile: the
 * register's own journal where the shop is no chain, head office in a chain, or nobody yet (`unchecked`: head office could not
 * be reached, a manager has approved it, and head office checks it when it hears of it).
 */
import type { PartState } from './refund.ts';
import type { TenderKind } from './shares.ts';

/** What was sold, when, and where: what a return points to. */
export interface SoldOrder {
  /** As `names.ts` makes it, the same for the register and for head office. */
  readonly orderId: string;
  readonly storeId: string;
  readonly storeName: string;
  readonly registerId: string;
  readonly receiptNumber: number;
  readonly completedAtMs: number;
  /** Local, `YYYY-MM-DD`. */
  readonly date: string;
  readonly currency: string;
}

/** So much of a line of the order, at the price of then. */
export interface ReturnedLine {
  readonly lineNo: number;
  readonly articleNumber: string;
  readonly ean: string | null;
  readonly name: string;
  /** Of this shop's catalogue; `null` where it does not know the article. */
  readonly groupId: string | null;
  readonly groupName: string | null;
  readonly unit: string;
  readonly weighed: boolean;
  readonly quantityMilli: number;
  readonly unitPriceOre: number;
  /** What it gives back, after all discounts of then, VAT included. Positive. */
  readonly amountOre: number;
  readonly vatBasisPoints: number;
}

/** The goods as the sale that takes them has them. */
export interface ReturnedGoods {
  readonly returnId: string;
  readonly order: SoldOrder;
  readonly lines: readonly ReturnedLine[];
  /** Σ lines. Positive. */
  readonly amountOre: number;
  readonly reason: string;
  /** The manager's id, where one had to approve. */
  readonly approvedBy: string | null;
}

export type ReturnThrough = 'register' | 'head-office' | 'unchecked';

/** One way back for a part of the money, the way it came. The `vipps` parts are sent; the others are handed out. */
export interface MoneyPart {
  readonly partNo: number;
  readonly kind: TenderKind;
  /** Positive. */
  readonly amountOre: number;
  /** The payment's reference at the provider. */
  readonly reference: string | null;
  /** The provider's idempotency key, whoever sends it (`refundKey`); `null` for what is handed out. */
  readonly key: string | null;
  /** Which of the order's means it goes back to, counted from 1; missing where head office keeps count of that. */
  readonly tenderNo?: number;
}

/** A part that moves, and how far it has come. */
export interface MovingPart extends MoneyPart {
  readonly progress: PartState;
  /** The provider has refused it for good, and people have paid it out of the drawer instead. */
  readonly paidOut?: true;
}

export interface ReturnWish {
  readonly lineNo: number;
  readonly quantityMilli: number;
}

interface ReturnFacts {
  /** `<store>-<register>-<epoch>-<number>`: the refund's id at head office too. */
  readonly returnId: string;
  /** The sale that it stands in. */
  readonly saleId: string;
  readonly order: SoldOrder;
  readonly wish: readonly ReturnWish[];
  readonly reason: string;
  readonly approvedBy: string | null;
  /** `cash`: what the provider does not send back any more, a manager has paid out from the drawer. */
  readonly payOut: 'as-it-came' | 'cash';
  readonly through: ReturnThrough;
  /** Who asked: head office is asked again in the same name, whoever has signed in since. */
  readonly askedBy: string;
  readonly askedAtMs: number;
}

export type GoodsReturn = ReturnFacts &
  (
    | { readonly state: 'asked' }
    | { readonly state: 'refused'; readonly code: string; readonly providerCode: string | null }
    /** `parts`: how the money would go back if all of it did. */
    | { readonly state: 'reserved'; readonly goods: ReturnedGoods; readonly parts: readonly MoneyPart[] }
    /** `goods`: `null` where nobody knows whether head office holds any; then it is asked that first. */
    | { readonly state: 'withdrawing'; readonly goods: ReturnedGoods | null; readonly parts: readonly MoneyPart[] }
    | { readonly state: 'withdrawn' }
    | {
        readonly state: 'sending' | 'done';
        readonly goods: ReturnedGoods;
        /** What of the goods' worth pays for new goods, and so does not move. */
        readonly creditOre: number;
        /** What people hand out may be handed out: the rest has moved, and head office knows of it where it holds the goods. */
        readonly cleared: boolean;
        readonly parts: readonly MovingPart[];
      }
  );

/** Its money has begun to move, or has moved. */
export type MovingReturn = Extract<GoodsReturn, { readonly creditOre: number }>;
