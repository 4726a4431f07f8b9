/** An order as the cashier sees it: what was sold, what is left of it, and why nothing of it can come back. */
import { formatQuantityMilli } from '../money/format.ts';
import type { LineOnHand, OrderOnHand, TenderOnHand } from '../refund/order-on-hand.ts';
import { isTooOld } from '../refund/plan-return.ts';
import { brandOf } from './brand.ts';
import type { Desk } from './desk.ts';
import type { OrderLineView, OrderView, SearchProblem } from './return-contract.ts';
import type { Finding } from './return-finding.ts';
import { refusedByOffice } from './return-refusals.ts';

const YEAR_MS = 365 * 86_400_000;
const IN_THIS_ORDER = ['vipps', 'card', 'cash'] as const;

export function orderView(desk: Desk, found: Finding): { readonly order: OrderView | null; readonly problem: SearchProblem | null } {
  const words = desk.words.returns;
  if (found.kind === 'refused') return { order: null, problem: { kind: 'refused', text: refusedByOffice(desk, found.code).message } };
  if (found.onHand !== null) {
    const order = viewOf(desk, found, found.onHand);
    // That all of it is back the register knows by itself; what else stands in the way while head office is away goes by.
    const waits = found.kind === 'away' && order.problem !== null && order.lines.some(({ leftMilli }) => leftMilli > 0);
    return { order, problem: waits && order.problem !== null ? { kind: 'offline', text: order.problem } : null };
  }
  if (found.kind === 'away') return { order: null, problem: { kind: 'offline', text: words.search.offline } };
  return { order: null, problem: { kind: 'refused', text: desk.words.till.refusals['unknown-order']('') } };
}

function viewOf(desk: Desk, found: Finding, onHand: OrderOnHand): OrderView {
  const { configuration } = desk;
  const { order, tenders, totalOre } = onHand;
  const { returns, shop, store } = configuration;
  const words = desk.words.returns;
  const brand = brandOf(shop.market).name;
  const lines = onHand.lines.map((line) => lineView(desk, line));
  const problem = problemOf(desk, found, lines, tenders, brand);
  return {
    orderId: order.orderId,
    receiptNumber: order.receiptNumber,
    storeName: order.storeId === store.id ? null : order.storeName,
    registerId: order.registerId,
    completedAtMs: order.completedAtMs,
    totalOre,
    lines,
    paidWith: IN_THIS_ORDER.flatMap((kind) => tenders.filter((tender) => tender.kind === kind)).map((tender) => ({
      kind: tender.kind,
      text: `${labelOf(tender, brand, words.paidWith)} ${desk.money(tender.amountOre)}`,
      leftOre: tender.leftOre,
    })),
    approvalAboveOre: returns.approvalAboveOre,
    approvalText: found.kind === 'away' && problem === null ? words.approveAway(desk.money(returns.offlineMostOre)) : null,
    problem,
    cashOnly: problem === null && isCashOnly(desk, onHand) ? words.cashOnly(brand) : null,
  };
}

const labelOf = ({ kind, forCredit }: TenderOnHand, brand: string, words: { card: string; cash: string; credit: string }): string =>
  kind === 'vipps' ? brand : forCredit ? words.credit : words[kind];

function lineView(desk: Desk, line: LineOnHand): OrderLineView {
  const { lineNo, name, articleNumber, ean, unit, weighed, quantityMilli, unitPriceOre, netOre, belongsToLineNo } = line;
  const { note } = desk.words.returns;
  const quantity = (milli: number) => `${formatQuantityMilli(milli, desk.language('cashier'), { weighed })}${weighed ? ` ${unit}` : ''}`;
  const notes = [
    ...(line.returnedMilli > 0 ? [note.back(quantity(line.returnedMilli))] : []),
    ...(line.reservedMilli > 0 ? [note.held(quantity(line.reservedMilli))] : []),
  ];
  return {
    ...{ lineNo, name, articleNumber, ean, unit, weighed, unitPriceOre, netOre, belongsToLineNo },
    soldMilli: quantityMilli,
    leftMilli: quantityMilli - line.returnedMilli - line.reservedMilli,
    leftOre: netOre - line.takenOre,
    note: notes.length === 0 ? null : notes.join(' · '),
  };
}

function problemOf(
  desk: Desk,
  found: Finding,
  lines: readonly OrderLineView[],
  tenders: readonly TenderOnHand[],
  brand: string,
): string | null {
  const words = desk.words.returns.problem;
  if (lines.every(({ leftMilli }) => leftMilli === 0)) return words.allBack;
  if (found.kind === 'unknown') return words.notReported;
  const hasVipps = tenders.some(({ kind, leftOre }) => kind === 'vipps' && leftOre > 0);
  return found.kind === 'away' && hasVipps ? words.awayVipps(brand) : null;
}

/** The integrated part is the first to go back, so that one that cannot keeps the rest from going as it came. */
function isCashOnly({ ports }: Desk, { order, tenders, refusedBefore }: OrderOnHand): boolean {
  const sent = tenders.filter(({ kind, leftOre }) => kind === 'vipps' && leftOre > 0);
  const nowMs = ports.clock.nowMs();
  const isOld = (tender: TenderOnHand) => (tender.capturedAtMs === null ? nowMs - order.completedAtMs > YEAR_MS : isTooOld(tender, nowMs));
  return sent.length > 0 && (refusedBefore || sent.some(isOld));
}
