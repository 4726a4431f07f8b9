/** Documents of any content, for property tests. */
import fc from 'fast-check';
import type { ReceiptBlock, ReceiptDocument } from '../../../app/receipt/document.ts';

/** Norwegian words, and everything that has no place on paper: pictures, control bytes, other directions, length. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('a', 'ø', ' ', '€', '×', '–', '\u001b', '\u001d', '\n', '🍎', 'ש', '\u202e', '½', '§'),
    maxLength: 240,
  }),
);
const amount = fc.oneof(fc.constant(''), fc.integer({ min: -9_999_999, max: 9_999_999 }).map(String), nasty);
const align = fc.constantFrom('left' as const, 'center' as const, 'right' as const);

const block: fc.Arbitrary<ReceiptBlock> = fc.oneof(
  fc.record({ kind: fc.constant('mark' as const), text: nasty }),
  fc.record({ kind: fc.constant('text' as const), text: nasty, align, bold: fc.boolean() }),
  fc.record({
    kind: fc.constant('pair' as const),
    left: nasty,
    right: amount,
    bold: fc.boolean(),
    large: fc.boolean(),
    indent: fc.integer({ min: 0, max: 60 }),
  }),
  fc.record({ kind: fc.constant('item' as const), name: nasty, each: fc.option(amount), amount }),
  fc.record({ kind: fc.constant('table' as const), rows: fc.array(fc.array(amount, { maxLength: 6 }), { maxLength: 4 }) }),
  fc.constant({ kind: 'rule' as const }),
  fc.constant({ kind: 'blank' as const }),
  fc.record({ kind: fc.constant('qr' as const), content: nasty }),
  fc.record({
    kind: fc.constant('barcode' as const),
    content: fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^\d{0,30}$/), nasty),
  }),
);

export const documents: fc.Arbitrary<ReceiptDocument> = fc
  .array(block, { maxLength: 12 })
  .map((blocks) => ({ series: 'sale', title: 'Kvittering 1', blocks }));
