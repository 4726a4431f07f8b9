/** What the register's own record says about money at the provider. `app/journal/movements.ts` reads it from the journal. */

/** One capture or refund. */
export interface Movement {
  readonly paymentId: string;
  readonly kind: 'capture' | 'refund';
  readonly reference: string;
  readonly currency: string;
  /** What it adds to the shop's account: a refund is negative. */
  readonly amountOre: number;
  /** When it was about to be asked for. */
  readonly fromMs: number;
  /** When it was read back; `null` while the register waits for an answer. */
  readonly knownMs: number | null;
  /** The local day on which it was read back, `YYYY-MM-DD`; `null` while `knownMs` is. */
  readonly date: string | null;
  /** Somebody paid it back in the provider's portal, and said so. */
  readonly byHand: boolean;
  /** `null` where its sale has no receipt: it was never completed, or not yet. */
  readonly receiptNumber: number | null;
}

/** The movements of one register. */
export interface Movements {
  /** Those that were read back on a local day. */
  ofDate(date: string): readonly Movement[];
  /** All of these payments, whenever they happened, also those that wait for an answer. */
  ofReferences(references: Iterable<string>): readonly Movement[];
}
