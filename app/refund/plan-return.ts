/**
 * What goods that are brought back come to, and which way their money goes, where the register's own journal holds them. The
 * same rules as head office's (`server/head-office/refund-plan.ts`). Pure: it changes nothing.
 */
import type { MoneyPart, ReturnedGoods, ReturnedLine, ReturnWish } from './goods-return.ts';
import { refundKey } from './names.ts';
import type { LineOnHand, OrderOnHand, TenderOnHand } from './order-on-hand.ts';
import { partsOf, returnedOre } from './shares.ts';

/** The provider's limit (eCom and ePayment: a refund within 365 days of the capture). */
const REFUNDABLE_MS = 365 * 86_400_000;

export type PlanRefusal = 'unknown-line' | 'quantity-not-whole' | 'nothing-left' | 'too-old' | 'needs-approval' | 'not-in-cash';

export interface PlanFacts {
  readonly returnId: string;
  readonly reason: string;
  /** The manager's id, where one has approved it. */
  readonly approvedBy: string | null;
  readonly payOut: 'as-it-came' | 'cash';
  readonly nowMs: number;
}

export type Plan =
  | { readonly goods: ReturnedGoods; readonly parts: readonly MoneyPart[] }
  | { readonly refusal: PlanRefusal; readonly thing: string };

/** The wish with the deposits of its lines, in the order's own order. */
export function withDeposits(lines: readonly LineOnHand[], wish: readonly ReturnWish[]): readonly ReturnWish[] {
  const wished = new Map(wish.map(({ lineNo, quantityMilli }) => [lineNo, quantityMilli]));
  return lines.flatMap(({ lineNo, belongsToLineNo }) => {
    const quantityMilli = wished.get(belongsToLineNo ?? lineNo);
    return quantityMilli === undefined ? [] : [{ lineNo, quantityMilli }];
  });
}

/** Why a wish cannot be of these lines; `null` when it can. Each line is named once, deposits are not, and pieces are whole. */
export function wishProblem(lines: readonly LineOnHand[], wish: readonly ReturnWish[]): Extract<Plan, { refusal: PlanRefusal }> | null {
  for (const { lineNo, quantityMilli } of wish) {
    const line = lines.find((each) => each.lineNo === lineNo);
    const isTwice = wish.filter((each) => each.lineNo === lineNo).length > 1;
    if (line === undefined || line.belongsToLineNo !== null || isTwice) return { refusal: 'unknown-line', thing: '' };
    const isPart = quantityMilli % 1000 !== 0 && quantityMilli !== line.quantityMilli;
    if (isPart && !line.weighed) return { refusal: 'quantity-not-whole', thing: line.name };
  }
  return null;
}

/** Goods and money of an order of this register's own, or why not. @param wish with its deposits */
export function planReturn(onHand: OrderOnHand, wish: readonly ReturnWish[], facts: PlanFacts): Plan {
  const lines: ReturnedLine[] = [];
  for (const { lineNo, quantityMilli } of wish) {
    const line = onHand.lines.find((each) => each.lineNo === lineNo);
    if (line === undefined) return { refusal: 'unknown-line', thing: '' };
    const takenMilli = line.returnedMilli + line.reservedMilli;
    const amountOre = returnedOre({ ...line, takenMilli }, quantityMilli);
    if (amountOre === null) return { refusal: 'nothing-left', thing: line.name };
    lines.push(returnedLine(line, quantityMilli, amountOre));
  }
  const amountOre = lines.reduce((sum, line) => sum + line.amountOre, 0);
  const parts = partsOf(amountOre, onHand.tenders);
  if (parts === null) return { refusal: 'nothing-left', thing: '' };
  const { returnId, reason, approvedBy, payOut, nowMs } = facts;
  const moving = parts.map((part, index): MoneyPart & { readonly tender: TenderOnHand } => {
    const tender = onHand.tenders.find(({ tenderNo }) => tenderNo === part.tenderNo);
    if (tender === undefined) throw new RangeError(`The order has no means ${part.tenderNo}.`);
    const partNo = index + 1;
    const key = part.kind === 'vipps' ? refundKey(returnId, partNo) : null;
    return { partNo, kind: part.kind, amountOre: part.amountOre, reference: tender.reference, key, tenderNo: part.tenderNo, tender };
  });
  const sent = moving.filter(({ kind }) => kind === 'vipps');
  const tooOld = sent.some(({ tender }) => isTooOld(tender, nowMs));
  if (payOut === 'as-it-came' && tooOld) return { refusal: 'too-old', thing: '' };
  if (payOut === 'cash' && sent.length > 0) {
    if (!tooOld && !onHand.refusedBefore) return { refusal: 'not-in-cash', thing: '' };
    if (approvedBy === null) return { refusal: 'needs-approval', thing: '' };
  }
  if (moving.some(({ tender }) => tender.forCredit) && approvedBy === null) return { refusal: 'needs-approval', thing: '' };
  return {
    goods: { returnId, order: onHand.order, lines, amountOre, reason, approvedBy },
    parts: moving.map(({ tender: _, ...part }) =>
      payOut === 'cash' && part.kind === 'vipps' ? { ...part, kind: 'cash', reference: null, key: null } : part,
    ),
  };
}

/**
 * Whether some of it would be cash for what nobody has paid: the goods were got in an exchange. A manager has to say yes to that,
 * whatever it comes to (docs/decisions/0019).
 * @param amountOre what the goods are worth
 */
export function handsOutCredit({ tenders }: OrderOnHand, amountOre: number): boolean {
  const parts = partsOf(amountOre, tenders) ?? [];
  return parts.some((part) => tenders.some(({ tenderNo, forCredit }) => forCredit && tenderNo === part.tenderNo));
}

/** So much of a line, as the sale that takes it has it. */
export function returnedLine(line: LineOnHand, quantityMilli: number, amountOre: number): ReturnedLine {
  const { lineNo, articleNumber, ean, name, groupId, groupName, unit, weighed, unitPriceOre, vatBasisPoints } = line;
  return {
    ...{ lineNo, articleNumber, ean, name, groupId, groupName, unit, weighed },
    ...{ quantityMilli, unitPriceOre, amountOre, vatBasisPoints },
  };
}

/** Whether the provider takes no refund of it any more. */
export function isTooOld({ kind, capturedAtMs }: TenderOnHand, nowMs: number): boolean {
  return kind === 'vipps' && capturedAtMs !== null && nowMs - capturedAtMs > REFUNDABLE_MS;
}
