/** What a cashier's screen is told of payments that it asks about: a part of the contract. */

/** A sale with at least one payment by the provider. */
export interface PaymentRow {
  readonly saleId: string;
  /** "Kvittering 874", or "Salg 1042" where none was made. */
  readonly title: string;
  readonly atMs: number;
  /** "tirsdag 12:01". */
  readonly atText: string;
  /** What was asked for in the last attempt. */
  readonly amountOre: number;
  readonly attempts: number;
  /** By the register's own record: "Betalt". */
  readonly stateText: string;
}

export interface PaymentStoryView {
  readonly saleId: string;
  readonly title: string;
  readonly tone: 'good' | 'care' | 'bad';
  /** What the customer has really paid, in a sentence to say aloud. */
  readonly summary: string;
  /** Whole sentences that explain it: reservation against payment, refunds. */
  readonly explanations: readonly string[];
  readonly attempts: readonly {
    readonly title: string;
    /** Whether this is the provider's word or the register's own record. */
    readonly sourceText: string;
    readonly rows: readonly {
      readonly text: string;
      readonly atText: string;
      readonly amountText: string;
      readonly tone: 'good' | 'plain';
    }[];
  }[];
}
