/** What a cashier's screen is told of payments that are over or that it asks about: a part of the contract. */
import type { Command } from './contract.ts';

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

/** Money that a customer must get back and that the register cannot give: people do, and say so (`doneCommand`). It stays until then. */
export interface Attention {
  readonly paymentId: string;
  readonly title: string;
  /** What to do, with the amount, the reference and where. */
  readonly text: string;
  readonly reference: string;
  readonly amountOre: number;
  readonly capturedAtMs: number;
  /** What says that it was done, and its button's label. */
  readonly doneCommand: Command;
  readonly doneLabel: string;
  /** "og 2 til", on the first of several: a screen may show one at a time. */
  readonly moreText: string | null;
  readonly support: string | null;
}
