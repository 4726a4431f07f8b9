/** What a printer is tried with: every letter that a shop here needs, amounts in their column, a mark, both kinds of codes. */
import { printerTexts } from '../text/printer.ts';
import type { ReceiptDocument } from './document.ts';

/** Letters beyond ASCII that stand on receipts in Norway, and the sign of the one other currency. */
export const TEST_LETTERS = 'æøåÆØÅéüäö€';
export const TEST_BARCODE = '12345678';
export const TEST_QR = 'TILLIT';

export interface TestPageFacts {
  readonly shopName: string;
  readonly registerName: string;
  /** What the printer is called: its model, its port. */
  readonly printerName: string;
  readonly language: 'nb' | 'en';
}

export function testPage(facts: TestPageFacts): ReceiptDocument {
  const words = printerTexts[facts.language].testPage;
  return {
    series: 'training',
    title: words.title,
    blocks: [
      { kind: 'mark', text: words.title },
      { kind: 'blank' },
      { kind: 'text', text: facts.shopName, align: 'center', bold: true },
      { kind: 'text', text: facts.registerName, align: 'center' },
      { kind: 'text', text: facts.printerName, align: 'center' },
      { kind: 'rule' },
      { kind: 'pair', left: words.letters, right: TEST_LETTERS },
      { kind: 'mark', text: TEST_LETTERS },
      { kind: 'rule' },
      { kind: 'text', text: words.amounts, align: 'left' },
      { kind: 'item', name: words.article, each: '39,90', amount: '79,80' },
      { kind: 'item', name: words.longArticle, each: null, amount: '1 064,90' },
      { kind: 'pair', left: words.total, right: '1 144,70', large: true },
      { kind: 'blank' },
      { kind: 'text', text: words.barcode, align: 'left' },
      { kind: 'barcode', content: TEST_BARCODE },
      { kind: 'blank' },
      { kind: 'text', text: words.qr, align: 'left' },
      { kind: 'qr', content: TEST_QR },
      { kind: 'blank' },
      { kind: 'text', text: words.end, align: 'center' },
    ],
  };
}
