/** A document as lines of text, one a row, its columns divided by bars. */
import type { ReceiptBlock, ReceiptDocument } from '../../../app/receipt/document.ts';

function rowOf(block: ReceiptBlock): string[] {
  switch (block.kind) {
    case 'mark':
    case 'text':
      return [block.text];
    case 'pair':
      return [`${' '.repeat(block.indent ?? 0)}${block.left} | ${block.right}`];
    case 'item':
      return [[block.name, block.each ?? '', block.amount].join(' | ')];
    case 'table':
      return block.rows.map((row) => row.join(' | '));
    case 'qr':
    case 'barcode':
      return [`${block.kind} ${block.content}`];
    case 'rule':
    case 'blank':
      return [];
  }
}

export function rows(document: ReceiptDocument): string[] {
  return document.blocks.flatMap(rowOf);
}
