/** How long customers have. */
import type { Payment } from './payment.ts';
import type { PaymentOrder } from './provider.ts';

/** The provider gives the customer ten minutes in all (5 to open and 5 to approve). */
export const PAYMENT_LIFETIME_MS = 600_000;

/** Until when a payment can be approved: for the usual ten minutes, or until its own deadline. */
export function approvableUntilMs({ flow }: PaymentOrder, createdAtMs: number): number {
  const usualMs = createdAtMs + PAYMENT_LIFETIME_MS;
  return flow?.kind === 'push' && flow.expiresAtMs !== undefined ? Math.max(flow.expiresAtMs, usualMs) : usualMs;
}

/** How long the provider keeps what is reserved, where it does not tell: 180 days in Norway, 14 elsewhere unless it was agreed otherwise. */
const RESERVED_FOR_MS = { NO: 180 * 86_400_000, DK: 14 * 86_400_000, FI: 14 * 86_400_000 } as const;

/** Until when somebody has something to do about it: the customer to approve, or the shop to deliver; `null` while nobody has. */
export function deadlineMs(payment: Payment, market: keyof typeof RESERVED_FOR_MS): number | null {
  switch (payment.state) {
    case 'awaiting':
      return approvableUntilMs(payment.order, payment.createdAtMs);
    case 'held':
      return payment.captureUntilMs ?? payment.approvedAtMs + RESERVED_FOR_MS[market];
    default:
      return null;
  }
}
