/**
 * A sale, from the first scan to the receipt.
 *
 * ```
 *            park            resume
 *  open ────────────► parked ───────► open
 *   │ ▲                                 │ a tender settles the rest
 *   │ └───────── (tenders come and go)  ▼
 *   └─► aborted (no tender holds money) completed
 * ```
 * Final: `aborted`, `completed`. The journal's entries are the truth; this is what they add up to.
 *
 * Goods of an earlier sale that come back stand in it as well (`returned`): a sale of nothing else is a return, one with new
 * goods beside them an exchange, and only the difference moves.
 */
import type { ReturnedGoods } from '../refund/goods-return.ts';

/** A quantity in thousandths: 2 pieces are 2 000, 0.822 kg is 822. */
export type QuantityMilli = number;

/** Hundredths of a percent: 25 % is 2 500. The rate's code is SAF-T's (`facts/norwegian-cash-register-law.md`). */
export type VatBasisPoints = number;

/** A discount as the cashier gave it, with the reason that the law wants on it. */
export type Discount =
  | { readonly kind: 'amount'; readonly amountOre: number; readonly reason: string }
  /** `basisPoints`: hundredths of a percent, so 10 % is 1 000. */
  | { readonly kind: 'percent'; readonly basisPoints: number; readonly reason: string };

export interface SaleLine {
  readonly lineId: string;
  readonly articleNumber: string;
  readonly ean: string | null;
  /** As it was when it was rung up. It cannot be edited inside a sale (the law). */
  readonly name: string;
  readonly groupId: string;
  readonly groupName: string;
  /** `stk`, `kg`, `l`, `m`. */
  readonly unit: string;
  readonly weighed: boolean;
  readonly quantityMilli: QuantityMilli;
  /** Price of one unit, VAT included. */
  readonly unitPriceOre: number;
  readonly vatBasisPoints: VatBasisPoints;
  readonly discount: Discount | null;
  /** Set on a deposit (pant) line: the line it belongs to, whose quantity and removal it follows. */
  readonly depositForLineId: string | null;
  /** The label's own price, when a price EAN said it: then it is the line's gross, whatever the weight says. */
  readonly fixedGrossOre: number | null;
}

export type Tender =
  | {
      readonly kind: 'cash';
      readonly tenderId: string;
      /** What of the sale this pays, before rounding. */
      readonly amountOre: number;
      /** Rounding to what can be paid in cash: 295.40 kr paid with 295.00 kr is −40. Zero when this tender does not settle the sale. */
      readonly roundingOre: number;
      readonly receivedOre: number;
      readonly changeOre: number;
    }
  | {
      readonly kind: 'card';
      readonly tenderId: string;
      readonly amountOre: number;
      /** What the separate terminal printed: its own reference for the payment. */
      readonly terminalReference: string;
    }
  | {
      readonly kind: 'vipps';
      readonly tenderId: string;
      readonly amountOre: number;
      /** The payment's reference at the provider (eCom `orderId`). */
      readonly reference: string;
      /** The provider's transaction id, when it told one. */
      readonly transactionId: string | null;
      /** What was reserved, where that was more than what was taken: the rest is let go of. */
      readonly reservedOre?: number;
      /** What was taken, where that was more than what the sale is paid with: the difference goes back. */
      readonly takenOre?: number;
    }
  | {
      /** Money that goes back for returned goods, the way it came. */
      readonly kind: 'refund';
      readonly tenderId: string;
      readonly way: 'vipps' | 'card' | 'cash';
      /** Negative. */
      readonly amountOre: number;
      /** Cash alone: what was handed out is amount + rounding, a whole number of kroner. */
      readonly roundingOre: number;
      /** The provider's reference of the payment, or the terminal's of the refund. */
      readonly reference: string | null;
    };

export type SaleStatus = 'open' | 'parked' | 'completed' | 'aborted';

export interface Sale {
  readonly saleId: string;
  /** Counts every sale opened at this register. Not the receipt's number, which counts completed sales. */
  readonly saleNumber: number;
  readonly status: SaleStatus;
  readonly openedAtMs: number;
  readonly offsetMinutes: number;
  readonly operatorId: string;
  readonly lines: readonly SaleLine[];
  readonly discount: Discount | null;
  readonly tenders: readonly Tender[];
  /** Goods of an earlier sale that came back; missing where none did. */
  readonly returned?: ReturnedGoods;
  /** The highest age that the cashier has confirmed for this sale, in years; 0 before any. */
  readonly ageConfirmedYears: number;
  /** How many payments at a provider were begun for it: the attempt in the next reference is one more. */
  readonly paymentAttempts: number;
  /** Set when completed: the number in its series, a return's in the returns' own (`receiptSeriesOf`). */
  readonly receiptNumber: number | null;
  readonly completedAtMs: number | null;
  readonly completedOffsetMinutes: number | null;
  readonly completedBy: string | null;
  /** What became of its receipt: a print intent is on disk, or the customer did without (lawful after a wholly integrated payment). */
  readonly receipt: 'none' | 'intended' | 'declined';
  /** The law allows one copy, marked KOPI. */
  readonly copyIntended: boolean;
}

/** One line's money. gross − ownDiscount − saleDiscountShare = net; vat is inside net. */
export interface LineTotals {
  readonly lineId: string;
  readonly grossOre: number;
  readonly ownDiscountOre: number;
  readonly saleDiscountOre: number;
  readonly netOre: number;
  readonly vatOre: number;
}

/** One VAT rate's money: base + vat = net. */
export interface RateTotals {
  readonly vatBasisPoints: VatBasisPoints;
  readonly baseOre: number;
  readonly vatOre: number;
  readonly netOre: number;
}

/** Σ lines − returned = Σ rates = total, always, to the øre. */
export interface SaleTotals {
  readonly lines: readonly LineTotals[];
  /** What was sold less what came back, rate by rate. */
  readonly rates: readonly RateTotals[];
  /** What came back, rate by rate; positive. */
  readonly returnedRates: readonly RateTotals[];
  /** Σ of what came back; positive. */
  readonly returnedOre: number;
  readonly discountOre: number;
  readonly totalOre: number;
  readonly vatOre: number;
  /** Σ tenders' amountOre. */
  readonly paidOre: number;
  /** total − paid. */
  readonly dueOre: number;
}

/** A document of nothing but returned goods counts in the returns' series; with new goods beside them in the sales'. */
export function receiptSeriesOf(sale: Pick<Sale, 'lines' | 'returned'>): 'sale' | 'return' {
  return sale.returned !== undefined && sale.lines.length === 0 ? 'return' : 'sale';
}

/** What it was paid with, or goes back with. */
export function meansOf(tender: Tender): 'cash' | 'card' | 'vipps' {
  return tender.kind === 'refund' ? tender.way : tender.kind;
}

/** What a tender rounds off: only what moves in cash is rounded. */
export function cashRoundingOre(tender: Tender): number {
  return tender.kind === 'cash' || tender.kind === 'refund' ? tender.roundingOre : 0;
}
