/** What returned goods are worth, and which of the payments it goes back through. Integer øre, and never more than was paid. */
import { mulDivRound } from '../money/rounding.ts';

export interface ReturnableLine {
  readonly quantityMilli: number;
  /** Of the whole line, after discounts, VAT included. */
  readonly netOre: number;
  /** Returned already, or reserved by a refund under way. */
  readonly takenMilli: number;
  readonly takenOre: number;
}

/**
 * What so much of a line gives back: its part of the line's price, so that the pieces of a line never add up to more than
 * it cost, and its last piece takes what is left. `null`: that much is not left.
 */
export function returnedOre(line: ReturnableLine, quantityMilli: number): number | null {
  const { quantityMilli: soldMilli, netOre, takenMilli, takenOre } = line;
  const leftOre = netOre - takenOre;
  if (quantityMilli <= 0 || takenMilli + quantityMilli > soldMilli || leftOre < 0) return null;
  if (takenMilli + quantityMilli === soldMilli) return leftOre;
  const partOre = mulDivRound(netOre, takenMilli + quantityMilli, soldMilli) - mulDivRound(netOre, takenMilli, soldMilli);
  // A refund that was withdrawn in between leaves roundings behind, which must not add up.
  return Math.min(partOre, leftOre);
}

export type TenderKind = 'vipps' | 'card' | 'cash';

export interface PaidTender {
  readonly tenderNo: number;
  readonly kind: TenderKind;
  /** Paid, less what went back or is going back. */
  readonly leftOre: number;
}

export interface RefundPart {
  readonly tenderNo: number;
  readonly kind: TenderKind;
  readonly amountOre: number;
}

const ORDER: readonly TenderKind[] = ['vipps', 'card', 'cash'];

/** Shares an amount over what it was paid with, the integrated part first. `null`: so much was not paid, or is not left. */
export function partsOf(amountOre: number, tenders: readonly PaidTender[]): readonly RefundPart[] | null {
  const parts: RefundPart[] = [];
  let restOre = amountOre;
  for (const kind of ORDER) {
    for (const tender of tenders.filter((each) => each.kind === kind)) {
      const partOre = Math.min(restOre, Math.max(0, tender.leftOre));
      if (partOre === 0) continue;
      parts.push({ tenderNo: tender.tenderNo, kind, amountOre: partOre });
      restOre -= partOre;
    }
  }
  return restOre === 0 ? parts : null;
}

/**
 * What of the parts moves when so much of the goods' worth pays for new goods: the first parts stay whole, so that what is left
 * goes back to the integrated payment.
 */
export function lessCredit<Part extends { readonly amountOre: number }>(parts: readonly Part[], creditOre: number): readonly Part[] {
  let restOre = parts.reduce((sum, { amountOre }) => sum + amountOre, 0) - creditOre;
  return parts.flatMap((part) => {
    const amountOre = Math.min(part.amountOre, Math.max(0, restOre));
    restOre -= amountOre;
    return amountOre === 0 ? [] : [{ ...part, amountOre }];
  });
}
