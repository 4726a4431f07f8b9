import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceiptBlock, ReceiptDocument } from '../../../app/receipt/document.ts';
import { salesReceipt } from '../../../app/receipt/sales-receipt.ts';
import { drawerKick, encodeDocument } from '../../../hardware/printer/encode.ts';
import { codePageNumbers, PRINTER_MODELS } from '../../../hardware/printer/models.ts';
import type { Paper } from '../../../hardware/printer/paper/paper.ts';
import { readPaper } from '../../../hardware/printer/paper/read.ts';
import { paperToLines, paperToText } from '../../../hardware/printer/paper/text.ts';
import { exampleFacts } from '../../app/receipt/example-sale.ts';
import { documents } from './documents.ts';

function documentOf(...blocks: ReceiptBlock[]): ReceiptDocument {
  return { series: 'sale', title: 'Kvittering 1', blocks };
}

function printed(document: ReceiptDocument, columns: 42 | 32 = 42): Paper {
  return readPaper(encodeDocument(document, { columns }), { widthDots: columns === 42 ? 576 : 384 });
}

function bytesOf(...parts: (string | number)[]): number[] {
  return parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')]));
}

describe('a document in ESC/POS', () => {
  it('is these bytes', () => {
    const document = documentOf(
      { kind: 'mark', text: 'Salgskvittering' },
      { kind: 'text', text: 'Blåbær på hjørnet', align: 'center', bold: true },
      { kind: 'item', name: 'Smør', each: null, amount: '39,90' },
      { kind: 'qr', content: 'T1S.KOLO.1.1042.5G' },
    );
    const [esc, gs, lf] = [0x1b, 0x1d, 0x0a];
    const qr = [gs, '(k'] as const;
    expect([...encodeDocument(document, { columns: 32, kickDrawer: true })]).toEqual(
      bytesOf(
        ...[esc, '@', 0x1c, '.', esc, 'M', 0],
        ...[gs, 'L', 0, 0, gs, 'W', 0x80, 0x01],
        ...[esc, 'p', 0, 0x32, 0xfa],
        // Mark: one column in, bold, twice as wide and high. The code page is set before the first text.
        ...[esc, 't', 5, ' ', esc, 'E', 1, gs, '!', 0x11, 'Salgskvittering', esc, 'E', 0, gs, '!', 0, lf],
        ...['       ', esc, 'E', 1, 'Bl', 0x86, 'b', 0x91, 'r p', 0x86, ' hj', 0x9b, 'rnet', esc, 'E', 0, lf],
        ...['Sm', 0x9b, 'r                       39,90', lf],
        ...[esc, 'a', 1, ...qr, 4, 0, '1A2', 0, ...qr, 3, 0, '1C', 6, ...qr, 3, 0, '1E1'],
        ...[...qr, 21, 0, '1P0T1S.KOLO.1.1042.5G', ...qr, 3, 0, '1Q0', esc, 'a', 0],
        ...[lf, lf, lf, lf, gs, 'V', 1],
      ),
    );
  });

  it('says on paper what the document says', () => {
    expect(paperToText(printed(salesReceipt(exampleFacts())))).toBe(`             Salgskvittering

         Kolonialen på hjørnet AS
          Storgata 1, 0155 Oslo
          Org.nr 999 999 999 MVA
            Foretaksregisteret

Kvittering 1042        20.11.2026 12:41:09
Kasse 1                       Kari N. (12)
------------------------------------------
2 x Kneipp, grovt     39,90          79,80
TINE Lettmelk 1 l                    24,90
0,822 kg Eple, Aroma  39,90          32,80
Farris 0,5 l                         27,00
  Pant                                2,00
Kaffe, stor                          39,00
  -10 % Stamkunde                    -3,90
------------------------------------------
TOTALT NOK                          201,60
==========================================
Vipps                               201,60
  kolo-1-2611-a3f-1042-1
  Transaksjon 5001420062
------------------------------------------
Mva       Grunnlag         Mva      Totalt
25 %         21,60        5,40       27,00
15 %        150,09       22,51      172,60
 0 %          2,00        0,00        2,00

            Takk for handelen!

[QR T1S.KOLO.1.1042.5G]
            T1S.KOLO.1.1042.5G`);
  });

  it('opens the drawer with the bytes that drawers know', () => {
    expect([...drawerKick()]).toEqual([0x1b, 0x70, 0x00, 0x32, 0xfa]);
  });

  it('is pinned to one code page: the Nordic one, and the one with € when that is needed', () => {
    const nordic = printed(documentOf({ kind: 'text', text: 'æøåÆØÅéüäö½', align: 'left' }));
    expect(paperToText(nordic)).toBe('æøåÆØÅéüäö½');
    const bytes = encodeDocument(
      documentOf({ kind: 'text', text: 'ø 10 € ×2', align: 'left' }, { kind: 'text', text: 'æ', align: 'left' }),
      { columns: 42 },
    );
    expect(paperToText(readPaper(bytes, { widthDots: 576 }))).toBe('ø 10 € ×2\næ');
    expect(Buffer.from(bytes).toString('latin1').split('\u001bt')).toHaveLength(2);
  });

  it('is readable with any name: emoji, control bytes, right to left, 200 characters', () => {
    const names = ['🍎 Epler 🍏', 'Ost\u001b@\u001dV\u0000', '\u202eשוקו', 'Ærlig talt ganske lange navn '.repeat(7)];
    const paper = printed(documentOf(...names.map((name): ReceiptBlock => ({ kind: 'item', name, each: null, amount: '10,00' }))), 32);
    const lines = paperToLines(paper).filter((line) => line !== '');
    expect(lines.slice(0, 3)).toEqual([
      'Epler                      10,00',
      'Ost @ V                    10,00',
      '????                       10,00',
    ]);
    expect(lines.slice(3).join(' ').replace(/ +/g, ' ')).toBe(`${'Ærlig talt ganske lange navn '.repeat(7)}10,00`);
    expect(paper.blocks.filter((block) => block.kind === 'cut')).toHaveLength(1);
  });

  it('prints a barcode as Code 128, digits in pairs', () => {
    const paper = printed(documentOf({ kind: 'barcode', content: '70446100' }, { kind: 'barcode', content: 'AB{12}c' }));
    expect(paperToLines(paper).filter((line) => line !== '')).toEqual(['[Code 128 70446100]', '[Code 128 AB{12}c]']);
  });

  it('prints the words of a code that does not fit the paper', () => {
    const long = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    expect(paperToText(printed(documentOf({ kind: 'barcode', content: long }), 32))).toBe(`${long.slice(0, 32)}\n${long.slice(32)}`);
    expect(paperToLines(printed(documentOf({ kind: 'qr', content: 'x'.repeat(3_000) })))[0]).toBe('x'.repeat(42));
  });

  it('keeps the content of a QR in any script', () => {
    expect(paperToText(printed(documentOf({ kind: 'qr', content: 'blåbær 🫐 שלום' })))).toBe('[QR blåbær 🫐 שלום]');
  });

  it.each(Object.values(PRINTER_MODELS))('fits the paper of $name, and stands in its middle', (model) => {
    const bytes = encodeDocument(salesReceipt(exampleFacts()), { columns: model.columns, model });
    const paper = readPaper(bytes, { widthDots: model.widthDots, codePages: codePageNumbers(model) });
    const characters = paper.blocks.flatMap((block) => (block.kind === 'line' ? block.characters : []));
    const left = Math.min(...characters.map((set) => set.xDots));
    const right = Math.max(...characters.map((set) => set.xDots + 12 * set.widthTimes));
    expect([left, model.widthDots - right]).toEqual([left, left]);
    const qr = paper.blocks.find((block) => block.kind === 'qr');
    expect(qr === undefined ? null : 2 * qr.xDots + qr.sizeModules * qr.moduleDots).toBe(model.widthDots);
    expect(paper.blocks.some((block) => block.kind === 'cut')).toBe(model.cut !== 'none');
  });

  it('is never refused by a strict reader, and never runs over a line, whatever it says', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom(42 as const, 32 as const), (document, columns) => {
        const paper = printed(document, columns);
        expect(paper.blocks.filter((block) => block.kind === 'line' && block.overflowed)).toEqual([]);
        expect(paper.blocks.at(-1)?.kind).toBe('cut');
      }),
      { numRuns: 300 },
    );
  });

  it('is the same bytes every time', () => {
    const document = salesReceipt(exampleFacts());
    expect(encodeDocument(document, { columns: 42 })).toEqual(encodeDocument(document, { columns: 42 }));
  });
});
