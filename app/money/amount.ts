/** Money is an integer count of the currency's hundredth (øre, cent). Nothing here is ever a float. */

/** The currencies of the markets where the provider works. */
export type Currency = 'NOK' | 'DKK' | 'EUR';

/** The countries where the provider works: Norway, Denmark, Finland. */
export type Market = 'NO' | 'DK' | 'FI';

/** Thrown when a number that should be an amount, a rate or a weight is not a safe integer in its range. A programming error, not a person's. */
export class NotAnAmountError extends Error {
  override readonly name = 'NotAnAmountError';
}

/** Returns the number itself when it is a safe integer; else throws `NotAnAmountError` naming `what`. */
export function requireInteger(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new NotAnAmountError(`${what} must be a safe integer, not ${value}`);
  return value;
}
