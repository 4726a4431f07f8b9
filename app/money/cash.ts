/** Cash in each currency: what it is rounded to, and what a customer is likely to hand over. */
import { type Currency, requireInteger } from './amount.ts';
import { roundDiv } from './rounding.ts';

interface Cash {
  /** The smallest amount that can be paid, in minor units. */
  readonly stepOre: number;
  /** What people round up to when they hand money over. */
  readonly handedOre: readonly number[];
  /** The notes and coins in use, largest first. */
  readonly piecesOre: readonly number[];
}

/**
 * Norway: FOR-2011-03-16-294 § 2, whole kroner. Denmark: BEK nr. 928 of 19 September 2008 § 2, 50 øre; the note of 1 000 kr
 * ended in May 2025. Finland: the law on the rounding of payments in euros (890/2000), 5 cents; nobody need take the note of
 * 500 €. See docs/decisions.
 */
const CASH: Readonly<Record<Currency, Cash>> = {
  NOK: {
    stepOre: 100,
    handedOre: [1_000, 5_000, 10_000, 20_000, 50_000, 100_000],
    piecesOre: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100],
  },
  DKK: {
    stepOre: 50,
    handedOre: [1_000, 5_000, 10_000, 20_000, 50_000, 100_000],
    piecesOre: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
  },
  EUR: {
    stepOre: 5,
    handedOre: [100, 500, 1_000, 2_000, 5_000, 10_000],
    piecesOre: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
  },
};
const MOST_AMOUNTS = 5;

/** The smallest amount that can be paid in cash, in minor units: 1 kr, 50 øre, 5 cents. */
export function cashStepOre(currency: Currency): number {
  return CASH[currency].stepOre;
}

/**
 * What an amount costs in cash: the nearest that can be paid, halves away from zero, mirrored for negative amounts, so that
 * a return gives back what the sale took.
 */
export function roundForCash(amountOre: number, currency: Currency): number {
  const { stepOre } = CASH[currency];
  return roundDiv(amountOre, stepOre) * stepOre;
}

/** How many notes and coins it takes at the least. */
function pieces(amountOre: number, piecesOre: readonly number[]): number {
  let left = amountOre;
  let count = 0;
  for (const pieceOre of piecesOre) {
    const here = Math.trunc(left / pieceOre);
    count += here;
    left -= here * pieceOre;
  }
  return count;
}

/**
 * Sensible amounts for what is due in cash, smallest first: the exact one, then the next ones that people hand over, at most
 * five without doubles. Where there are more, those made of the fewest notes and coins stay. Empty when nothing is due.
 */
export function quickCashAmounts(dueInCashOre: number, currency: Currency): number[] {
  if (requireInteger(dueInCashOre, 'amount due') <= 0) return [];
  const { handedOre, piecesOre } = CASH[currency];
  const larger = new Set<number>();
  for (const stepOre of handedOre) {
    const nextOre = Math.ceil(dueInCashOre / stepOre) * stepOre;
    if (nextOre > dueInCashOre) larger.add(nextOre);
  }
  const likely = [...larger].sort((a, b) => pieces(a, piecesOre) - pieces(b, piecesOre) || a - b).slice(0, MOST_AMOUNTS - 1);
  return [dueInCashOre, ...likely].sort((a, b) => a - b);
}
