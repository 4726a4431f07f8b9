/**
 * What a completed sale says of goods that came back in it, for head office: most of it head office has done itself, and then
 * it must agree; a return without head office (the shop was no chain yet, or head office could not be reached) it hears of here.
 */
import type { Entry } from '../journal/entry.ts';
import { meansOf, type Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import type { ReturnWish } from './goods-return.ts';
import type { TenderKind } from './shares.ts';

export interface TakenBack {
  /** The refund's id. */
  readonly returnId: string;
  readonly orderId: string;
  readonly seq: number;
  readonly atMs: number;
  readonly operator: string;
  readonly lines: readonly (ReturnWish & { readonly name: string; readonly amountOre: number })[];
  /** Σ lines. */
  readonly amountOre: number;
  /** What of it paid for new goods. */
  readonly creditOre: number;
  /** What went back, positive, before cash rounding. */
  readonly parts: readonly { readonly kind: TenderKind; readonly amountOre: number; readonly reference: string | null }[];
  readonly reason: string;
  readonly approvedBy: string | null;
}

/** @param sale completed by `entry`. `null`: no goods came back in it. */
export function takenBackOf(sale: Sale, entry: Pick<Entry, 'seq' | 'atMs' | 'operator'>): TakenBack | null {
  const { returned } = sale;
  if (returned === undefined) return null;
  const parts = sale.tenders.flatMap((tender) =>
    tender.kind === 'refund'
      ? [{ kind: meansOf(tender), amountOre: -tender.amountOre, reference: tender.way === 'vipps' ? tender.reference : null }]
      : [],
  );
  return {
    returnId: returned.returnId,
    orderId: returned.order.orderId,
    seq: entry.seq,
    atMs: entry.atMs,
    operator: entry.operator,
    lines: returned.lines.map(({ lineNo, quantityMilli, name, amountOre }) => ({ lineNo, quantityMilli, name, amountOre })),
    amountOre: returned.amountOre,
    creditOre: creditOreOf(sale),
    parts,
    reason: returned.reason,
    approvedBy: returned.approvedBy,
  };
}

/**
 * The number of the means that nobody paid: goods of an earlier order did. Beyond any that a sale counts to, so that head
 * office knows it from money of the same kind, and it is the last to go back.
 */
export const CREDIT_TENDER_NO = 1_000;

/** What of returned goods' worth paid for the new goods beside them; 0 where none came back. */
export function creditOreOf(sale: Pick<Sale, 'lines' | 'discount' | 'tenders' | 'returned'>): number {
  const { totalOre, returnedOre } = saleTotals(sale);
  return Math.min(returnedOre, totalOre + returnedOre);
}
