/** A provider's ledger as a register reads it: the port, and the rows. `app/vipps/report` is behind it. */
import type { Answer } from '../payment/provider.ts';

/** One row of a ledger. Amounts are from the shop's side: a refund, a fee and a payout are negative. */
export interface LedgerRow {
  /** The provider's own id of what happened; one payment may have several. */
  readonly pspReference: string;
  readonly atMs: number;
  /** The provider's day, `YYYY-MM-DD`: the merchant's own time zone, from midnight to midnight unless another hour was agreed. */
  readonly ledgerDate: string;
  /** As the provider spells it: `capture`, `refund`, `fees-retained`, `scheduled-for-payout` … New kinds may come. */
  readonly entryType: string;
  /** The payment's reference; empty where a row is about no payment. */
  readonly reference: string;
  readonly currency: string;
  readonly amountOre: number;
  readonly balanceAfterOre: number | null;
  /** `api:123456`: which sales unit it was paid to. */
  readonly recipientHandle: string;
}

/** All rows of one day, whatever the number of pages. */
export interface LedgerDay {
  readonly rows: readonly LedgerRow[];
  /** `false`: the day is not over at the provider, and more rows may come. */
  readonly closed: boolean;
}

/** `funds`: what came in and went out. `fees`: what each capture cost. */
export type LedgerTopic = 'funds' | 'fees';

/** Answers about the ledger of one sales unit. Nothing is thrown. */
export interface LedgerSource {
  /** The id of the sales unit's ledger. Refused with `local:no-ledger` where the keys have none for it. */
  ledgerId(): Promise<Answer<string>>;
  /** A whole day. A day that the provider has no report of yet is refused with the HTTP status 404. */
  day(ledgerId: string, topic: LedgerTopic, date: string): Promise<Answer<LedgerDay>>;
}
