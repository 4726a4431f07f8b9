/**
 * The journal's envelope, final from the first sale (`docs/journal.md`). Nothing in an entry is ever changed or removed.
 */
import type { DocumentSeries } from '../receipt/document.ts';
import type { JournalEvent } from './events.ts';

/** A number in a gapless series of its own kind. */
export interface DocumentNumber {
  readonly series: DocumentSeries;
  readonly number: number;
}

/** SAF-T's signed transaction: exactly the text that was signed can be made again from these fields. */
export interface SignedTransaction {
  /** Gapless per register, shared by all kinds of transaction. */
  readonly number: number;
  /** Local, `YYYY-MM-DD`. */
  readonly date: string;
  /** Local, `HH:MM:SS`. */
  readonly time: string;
  /** Decimal text, VAT included, `-?\d+\.\d{2}`. */
  readonly amountIn: string;
  /** Decimal text, VAT excluded. */
  readonly amountEx: string;
  readonly signature: string;
  readonly keyVersion: number;
}

/** What is to be written, before it is known in whose name. */
export type PlannedEntry = JournalEvent & {
  /** The series whose next number this entry takes. */
  readonly series?: DocumentSeries;
  /** Makes the entry a signed transaction of these amounts. */
  readonly amounts?: { readonly inclVatOre: number; readonly exclVatOre: number };
};

/** What a command wants written. The journal adds sequence, epoch, time, numbers, signature and hashes. */
export type NewEntry = PlannedEntry & {
  /** Operator id, or `system`. */
  readonly operator: string;
};

export type Entry = JournalEvent & {
  readonly seq: number;
  readonly epoch: string;
  readonly atMs: number;
  readonly offsetMinutes: number;
  readonly operator: string;
  readonly document: DocumentNumber | null;
  readonly transaction: SignedTransaction | null;
  readonly prevHash: string;
  readonly hash: string;
};
