import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import type { ReceiptBlock } from '../../../../app/receipt/document.ts';
import { salesReceipt } from '../../../../app/receipt/sales-receipt.ts';
import { encodeDocument } from '../../../../hardware/printer/encode.ts';
import { bitmapToPng, createBitmap } from '../../../../hardware/printer/paper/bitmap.ts';
import { drawPaper, paperToPng } from '../../../../hardware/printer/paper/draw.ts';
import { readPaper } from '../../../../hardware/printer/paper/read.ts';
import { exampleFacts } from '../../../app/receipt/example-sale.ts';
import { readQr } from '../../../support/read-qr.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function pngOf(...blocks: ReceiptBlock[]): Uint8Array {
  const bytes = encodeDocument({ series: 'sale', title: '', blocks }, { columns: 42 });
  return paperToPng(readPaper(bytes, { widthDots: 576 }));
}

/** What zbarimg reads, or `null` where the machine has none: then one line says so. */
function zbarReads(png: Uint8Array): string[] | null {
  const path = join(temporaryFolder(), 'paper.png');
  writeFileSync(path, png);
  const run = spawnSync('zbarimg', ['-q', path], { encoding: 'utf8' });
  if (run.error !== undefined) {
    console.warn('zbarimg is not on this machine: the drawn barcodes were not read by a scanner');
    return null;
  }
  return run.stdout.trim().split('\n');
}

describe('the drawn paper', () => {
  it('is a PNG that others can read, dot for dot', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.infiniteStream(fc.constantFrom(0, 1)),
        (width, height, dots) => {
          const bitmap = createBitmap(width, height);
          for (let at = 0; at < bitmap.dots.length; at += 1) bitmap.dots[at] = dots.next().value ?? 0;
          const read = PNG.sync.read(Buffer.from(bitmapToPng(bitmap)));
          expect([read.width, read.height]).toEqual([width, height]);
          expect([...bitmap.dots].map((dot) => (dot === 1 ? 0 : 255))).toEqual([...bitmap.dots].map((_, at) => read.data[at * 4]));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('shows the receipt with a QR that says which receipt it is', () => {
    const png = paperToPng(readPaper(encodeDocument(salesReceipt(exampleFacts()), { columns: 42 }), { widthDots: 576 }));
    expect(readQr(png)).toBe('T1S.KOLO.1.1042.5G');
  });

  it('is as wide as its paper, with white around the print', () => {
    const paper = readPaper(encodeDocument(salesReceipt(exampleFacts()), { columns: 42 }), { widthDots: 576 });
    const bitmap = drawPaper(paper);
    expect(bitmap.widthDots).toBe(640);
    const inked = (x: number, y: number) => bitmap.dots[y * bitmap.widthDots + x] === 1;
    for (let y = 0; y < bitmap.heightDots; y += 1) expect(inked(10, y) || inked(629, y)).toBe(false);
    for (let x = 0; x < bitmap.widthDots; x += 1) expect(inked(x, 10) || inked(x, bitmap.heightDots - 10)).toBe(false);
  });

  it('has barcodes and QR codes that a scanner reads', () => {
    const codes = [
      { kind: 'barcode', content: '1042001234' },
      { kind: 'blank' },
      { kind: 'barcode', content: 'T1S.KOLO.1.42' },
      { kind: 'blank' },
      { kind: 'qr', content: 'T1S.KOLO.1.1042.5G' },
    ] as const;
    const read = zbarReads(pngOf(...codes));
    if (read !== null) expect(read.sort()).toEqual(['CODE-128:1042001234', 'CODE-128:T1S.KOLO.1.42', 'QR-Code:T1S.KOLO.1.1042.5G']);
  });

  it('has an EAN-13 and an EAN-8 that a scanner reads', () => {
    const escpos = Buffer.from(
      '\u001ba\u0001\u001dw\u0003\u001dH\u0002\u001dk\u00027044610001012\u0000\n\n\u001dk\u00037038010\u0000\n',
      'latin1',
    );
    const read = zbarReads(paperToPng(readPaper(escpos, { widthDots: 576 })));
    if (read !== null) expect(read.sort()).toEqual(['EAN-13:7044610001012', expect.stringMatching(/^EAN-8:7038010\d$/)]);
  });

  it('burns bold one dot wider, and large characters dot by dot', () => {
    const inkOf = (...commands: string[]) =>
      drawPaper(readPaper(Buffer.from(`${commands.join('')}Hø\n`, 'latin1'), { widthDots: 576 })).dots.reduce((sum, dot) => sum + dot, 0);
    const plain = inkOf();
    expect(inkOf('\u001bE\u0001')).toBeGreaterThan(plain);
    expect(inkOf('\u001d!\u0011')).toBe(4 * plain);
  });
});
