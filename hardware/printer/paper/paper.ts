/**
 * What came out of a printer: blocks from top to bottom, measured in dots. `read.ts` makes it from bytes,
 * `text.ts` and `draw.ts` show it.
 */

/** One character as it was set. `widthTimes` and `heightTimes` are 1 to 8. */
export interface PaperCharacter {
  readonly character: string;
  /** From the left edge of what the printer can print. */
  readonly xDots: number;
  readonly widthTimes: number;
  readonly heightTimes: number;
  readonly bold: boolean;
  readonly underlineDots: 0 | 1 | 2;
  readonly inverted: boolean;
}

export type PaperBlock =
  | {
      readonly kind: 'line';
      readonly characters: readonly PaperCharacter[];
      /** How far the paper moved. */
      readonly heightDots: number;
      /** The printer broke the line by itself, since the text did not fit. */
      readonly overflowed: boolean;
    }
  | { readonly kind: 'feed'; readonly heightDots: number }
  | { readonly kind: 'image'; readonly xDots: number; readonly widthDots: number; readonly heightDots: number; readonly rows: Uint8Array }
  | {
      readonly kind: 'qr';
      readonly content: string;
      readonly xDots: number;
      readonly moduleDots: number;
      /** Square, row by row: 1 is dark. */
      readonly modules: Uint8Array;
      readonly sizeModules: number;
    }
  | {
      readonly kind: 'barcode';
      readonly symbology: 'code128' | 'ean13' | 'ean8';
      readonly content: string;
      readonly xDots: number;
      readonly moduleDots: number;
      /** 1 is a dark module, from left to right. */
      readonly modules: Uint8Array;
      readonly heightDots: number;
      readonly caption: 'none' | 'above' | 'below' | 'both';
    }
  | { readonly kind: 'cut'; readonly partial: boolean }
  | { readonly kind: 'drawer-kick'; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number };

export interface Paper {
  /** The width that can be printed: 576 dots on 80 mm paper, 384 on 58 mm. */
  readonly widthDots: number;
  readonly blocks: readonly PaperBlock[];
}
