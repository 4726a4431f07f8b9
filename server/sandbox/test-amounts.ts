/**
 * Amounts that fail on purpose, as in the provider's test environment: the customer sees an ordinary payment, and the
 * outcome is the one below whatever the customer presses.
 */

/** What a payment of exactly this amount (minor units) comes to when the customer approves it. */
export type PayOutcome =
  | { readonly kind: 'declined'; readonly reason: string }
  | { readonly kind: 'unknown-for'; readonly unknownForMs: number };

export const payTestAmounts: ReadonlyMap<number, PayOutcome> = new Map([
  [151, { kind: 'declined', reason: 'insufficient funds' }],
  [182, { kind: 'declined', reason: 'refused by issuer' }],
  [183, { kind: 'declined', reason: 'suspected fraud' }],
  [184, { kind: 'declined', reason: 'withdrawal limit exceeded' }],
  [186, { kind: 'declined', reason: 'expired card' }],
  [187, { kind: 'declined', reason: 'invalid card' }],
  [197, { kind: 'declined', reason: '3-D Secure denied' }],
  [201, { kind: 'unknown-for', unknownForMs: 3_600_000 }],
  [202, { kind: 'declined', reason: 'strong customer authentication required' }],
]);

/** What a refund of exactly this amount (minor units) is refused for. */
export const refundTestAmounts: ReadonlyMap<number, 'customer-unreachable' | 'refund-period-over'> = new Map([
  [123, 'customer-unreachable'],
  [124, 'refund-period-over'],
]);
