/** What a customer is likely to hand over. */
import { requireInteger } from './amount.ts';

/** Rounding steps and the notes and coins of Norway, in øre. */
const STEPS_ORE = [1_000, 5_000, 10_000, 20_000, 50_000, 100_000] as const;
const MONEY_ORE = [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100] as const;
const MOST_AMOUNTS = 5;

/** How many notes and coins it takes at the least. */
function pieces(amountOre: number): number {
  let left = amountOre;
  let count = 0;
  for (const pieceOre of MONEY_ORE) {
    const here = Math.trunc(left / pieceOre);
    count += here;
    left -= here * pieceOre;
  }
  return count;
}

/**
 * Sensible amounts for what is due in cash, in øre, smallest first: the exact one, then the next ten, fifty, hundred,
 * two hundred, five hundred and thousand kroner, at most five without doubles. Where there are more, those made of the fewest
 * notes and coins stay. Empty when nothing is due.
 */
export function quickCashAmounts(dueInCashOre: number): number[] {
  if (requireInteger(dueInCashOre, 'amount due') <= 0) return [];
  const larger = new Set<number>();
  for (const stepOre of STEPS_ORE) {
    const nextOre = Math.ceil(dueInCashOre / stepOre) * stepOre;
    if (nextOre > dueInCashOre) larger.add(nextOre);
  }
  const likely = [...larger].sort((a, b) => pieces(a) - pieces(b) || a - b).slice(0, MOST_AMOUNTS - 1);
  return [dueInCashOre, ...likely].sort((a, b) => a - b);
}
