/**
 * One receipt on its way to the customer's app, after its sale was complete.
 *
 * ```
 *  intended ─► waiting ──the provider has it──► sent
 *                 │
 *                 └──refused for good, or days without an answer──► left
 * ```
 * It is asked for again until then, in every start of the register. Nothing of the sale waits for it.
 */
import type { Recorded } from '../sale/apply.ts';

export interface AppReceiptTask {
  readonly paymentId: string;
  readonly saleId: string;
  readonly intendedAtMs: number;
  readonly state: 'waiting' | 'sent' | 'left';
}

/** An entry about a receipt that was never to be sent. */
export class AppReceiptEntryError extends Error {
  override readonly name = 'AppReceiptEntryError';
}

/** The payment whose receipt an entry is about, or `null` when it is about none. */
export function appReceiptIdOf(entry: Recorded): string | null {
  switch (entry.type) {
    case 'app-receipt.intended':
    case 'app-receipt.sent':
    case 'app-receipt.left':
      return entry.payload.paymentId;
    default:
      return null;
  }
}

/** Applies one entry. @throws AppReceiptEntryError */
export function applyAppReceiptEvent(task: AppReceiptTask | null, entry: Recorded): AppReceiptTask {
  if (entry.type === 'app-receipt.intended') return { ...entry.payload, intendedAtMs: entry.atMs, state: 'waiting' };
  if (task === null) throw new AppReceiptEntryError(`An entry ${entry.type} is about a receipt that was never to be sent.`);
  switch (entry.type) {
    case 'app-receipt.sent':
      return { ...task, state: 'sent' };
    case 'app-receipt.left':
      return { ...task, state: 'left' };
    default:
      throw new AppReceiptEntryError(`An entry ${entry.type} is not about a receipt in the customer's app.`);
  }
}
