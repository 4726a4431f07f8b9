/**
 * Every document a register prints, as data: what it says and in which order, not how a printer says it.
 * `hardware/printer` turns a document into bytes; `hardware/printer/paper` turns the bytes into a picture.
 */

export type ReceiptAlign = 'left' | 'center' | 'right';

/** One block of paper, from top to bottom. */
export type ReceiptBlock =
  /** The document's mark, e.g. Salgskvittering or KOPI: printed double width and height (the law: ≥ 50 % larger than the amounts). */
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly align: ReceiptAlign; readonly bold?: boolean }
  /** A label at the left, a value at the right, on one line where it fits. */
  | {
      readonly kind: 'pair';
      readonly left: string;
      readonly right: string;
      readonly bold?: boolean;
      readonly large?: boolean;
      readonly indent?: number;
    }
  /** Article line: name, an optional price each in a middle column, the amount at the right. */
  | { readonly kind: 'item'; readonly name: string; readonly each: string | null; readonly amount: string }
  /** A small table with right-aligned columns after the first, such as the VAT table. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'rule' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'qr'; readonly content: string }
  /** Code 128. */
  | { readonly kind: 'barcode'; readonly content: string };

export type DocumentSeries = 'sale' | 'return' | 'copy' | 'proforma' | 'training' | 'delivery' | 'z';

export interface ReceiptDocument {
  readonly series: DocumentSeries;
  /** What the printed thing is called in a list: "Kvittering 1042". */
  readonly title: string;
  readonly blocks: readonly ReceiptBlock[];
}
