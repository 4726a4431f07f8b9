/** Weights that a cashier types: what they come to, and which are more than a counter weighs. */
import { roundDiv } from '../../app/money/rounding.ts';

/** Above this a comma was probably forgotten: nothing that is laid on a shop's counter scale weighs more. In thousandths of a kilogram. */
const SENSIBLE_KG_MILLI = 30_000;

/** What a weight comes to, as the sale will have it. */
export function weighedAmountOre(unitPriceOre: number, quantityMilli: number): number {
  return roundDiv(unitPriceOre * quantityMilli, 1_000);
}

/** The most that a weighed line can be: what the register takes, in thousandths. */
export const MOST_MILLI = 9_999_999;

/** Whether a weight must be confirmed before it is taken. Other units than kilograms have no sensible weight that is known here. */
export function isHeavy(quantityMilli: number, unit: string): boolean {
  return unit.toLowerCase() === 'kg' && quantityMilli > SENSIBLE_KG_MILLI;
}

/** What was probably meant: 822 is 0,822 with its comma forgotten. Null where that makes no whole thousandths. */
export function probablyMeantMilli(quantityMilli: number): number | null {
  return quantityMilli % 1_000 === 0 ? quantityMilli / 1_000 : null;
}
