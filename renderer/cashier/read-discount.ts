import { parseKronerToOre } from '../../app/money/parse.ts';
import type { Command } from '../../app/till/contract.ts';

/** A discount as the contract has it. */
export type Discount = NonNullable<Extract<Command, { type: 'discount-sale' }>['discount']>;

/** What is typed as a discount, or null while it is none. Both kinds have two decimals, so both are read alike. */
export function readDiscount(kind: Discount['kind'], text: string, reason: string): Discount | null {
  const parsed = parseKronerToOre(text);
  const because = reason.trim();
  if (!parsed.ok || parsed.amountOre < 1 || because === '') return null;
  if (kind === 'amount') return { kind, amountOre: parsed.amountOre, reason: because };
  return parsed.amountOre > 10_000 ? null : { kind, basisPoints: parsed.amountOre, reason: because };
}
