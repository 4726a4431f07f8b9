/** What the chosen goods come to, and which way their money goes: the till's own arithmetic, so that both say the same. */
import { partsOf, returnedOre } from '../../app/refund/shares.ts';
import type { OrderLineView, OrderView } from '../../app/till/contract.ts';

/** How much of each line, in thousandths, by its number. A line that is not there is not chosen. */
export type Chosen = ReadonlyMap<number, number>;

/** What so much of a line gives back, in øre; 0 of nothing, or of more than is left. */
export function amountOf(line: OrderLineView, quantityMilli: number): number {
  const taken = { takenMilli: line.soldMilli - line.leftMilli, takenOre: line.netOre - line.leftOre };
  return returnedOre({ quantityMilli: line.soldMilli, netOre: line.netOre, ...taken }, quantityMilli) ?? 0;
}

/** A deposit comes along with its line, as far as it is left. */
export function chosenOf(chosen: Chosen, line: OrderLineView): number {
  const of = line.belongsToLineNo;
  return of === null ? (chosen.get(line.lineNo) ?? 0) : Math.min(chosen.get(of) ?? 0, line.leftMilli);
}

/** Σ of what is chosen, with its deposits, in øre. */
export function sumOf(order: OrderView, chosen: Chosen): number {
  return order.lines.reduce((sum, line) => sum + amountOf(line, chosenOf(chosen, line)), 0);
}

/** All that is left of the purchase. */
export function everything(order: OrderView): Chosen {
  return new Map(order.lines.filter(isChoosable).map(({ lineNo, leftMilli }) => [lineNo, leftMilli]));
}

/** Something is left of it, and it does not just come along with another line. */
export function isChoosable({ leftMilli, belongsToLineNo }: OrderLineView): boolean {
  return leftMilli > 0 && belongsToLineNo === null;
}

/** Another quantity of a line: never less than nothing, never more than is left. */
export function withQuantity(chosen: Chosen, line: OrderLineView, quantityMilli: number): Chosen {
  const next = new Map(chosen);
  const fitting = Math.min(line.leftMilli, Math.max(0, quantityMilli));
  if (fitting === 0) next.delete(line.lineNo);
  else next.set(line.lineNo, fitting);
  return next;
}

export interface MoneyWay {
  readonly kind: 'vipps' | 'card' | 'cash';
  readonly amountOre: number;
}

/** How so much goes back, each way once, the first first. Empty where more is asked for than was paid. */
export function waysBack(order: OrderView, amountOre: number): readonly MoneyWay[] {
  const tenders = order.paidWith.map(({ kind, leftOre }, index) => ({ tenderNo: index, kind, leftOre }));
  const ways = new Map<MoneyWay['kind'], number>();
  for (const part of partsOf(amountOre, tenders) ?? []) ways.set(part.kind, (ways.get(part.kind) ?? 0) + part.amountOre);
  return [...ways].map(([kind, ore]) => ({ kind, amountOre: ore }));
}
