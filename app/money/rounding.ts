/** Integer division and sharing out: with cash rounding (`cash.ts`) the places where an øre could get lost. */
import { NotAnAmountError, requireInteger } from './amount.ts';

function toSafeNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new NotAnAmountError(`${value} does not fit in a safe integer`);
  return number;
}

function roundDivBig(numerator: bigint, denominator: bigint): number {
  if (denominator === 0n) throw new NotAnAmountError('division by zero');
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const rounded = (2n * top + bottom) / (2n * bottom);
  return toSafeNumber(negative ? -rounded : rounded);
}

/** `numerator / denominator` as the nearest integer, halves away from zero. Throws `NotAnAmountError` for anything but safe integers, or zero below. */
export function roundDiv(numerator: number, denominator: number): number {
  requireInteger(numerator, 'numerator');
  requireInteger(denominator, 'denominator');
  return roundDivBig(BigInt(numerator), BigInt(denominator));
}

/** `value × factor / denominator` as the nearest integer, halves away from zero; the product may be larger than a safe integer. */
export function mulDivRound(value: number, factor: number, denominator: number): number {
  requireInteger(value, 'value');
  requireInteger(factor, 'factor');
  requireInteger(denominator, 'denominator');
  return roundDivBig(BigInt(value) * BigInt(factor), BigInt(denominator));
}

/**
 * Shares `totalOre` out in proportion to `weights` (integers, none negative), by the largest remainder; equal
 * remainders go to the earlier one. The parts always add up to the total, and no part is larger than its weight
 * while the total is no larger than the weights' sum. Throws `NotAnAmountError` when there is something to share and no weight to put it on.
 */
export function allocate(totalOre: number, weights: readonly number[]): number[] {
  requireInteger(totalOre, 'total');
  let sum = 0n;
  for (const weight of weights) {
    if (requireInteger(weight, 'weight') < 0) throw new NotAnAmountError(`a weight must not be negative: ${weight}`);
    sum += BigInt(weight);
  }
  if (totalOre === 0) return weights.map(() => 0);
  if (sum === 0n) throw new NotAnAmountError(`${totalOre} cannot be shared: every weight is zero`);
  const sign = totalOre < 0 ? -1 : 1;
  const total = BigInt(Math.abs(totalOre));
  let left = total;
  const shares = weights.map((weight, index) => {
    const product = total * BigInt(weight);
    const floor = product / sum;
    left -= floor;
    return { index, floor, remainder: product % sum };
  });
  const byRemainder = [...shares].sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const share of byRemainder) {
    if (left === 0n) break;
    share.floor += 1n;
    left -= 1n;
  }
  return shares.map((share) => (share.floor === 0n ? 0 : sign * toSafeNumber(share.floor)));
}
