import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TEST_BARCODE, TEST_LETTERS, TEST_QR, testPage } from '../../../app/receipt/test-page.ts';
import { drawerKick, encodeDocument } from '../../../hardware/printer/encode.ts';
import { codePageNumbers, PRINTER_MODELS } from '../../../hardware/printer/models.ts';
import { paperToPng } from '../../../hardware/printer/paper/draw.ts';
import { readPaper } from '../../../hardware/printer/paper/read.ts';
import { paperToLines } from '../../../hardware/printer/paper/text.ts';
import { readQr } from '../../support/read-qr.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const zbar = spawnSync('zbarimg', ['--version'], { encoding: 'utf8' });
const noZbar = zbar.error === undefined && zbar.status === 0 ? null : 'The program "zbarimg" (Debian: zbar-tools) is missing';
if (noZbar !== null) process.stderr.write(`NOT TESTED: ${noZbar}: the drawn barcodes are not read back here.\n`);

function page(model = PRINTER_MODELS['generic-80'], language: 'nb' | 'en' = 'nb') {
  const document = testPage({ shopName: 'Kolonialen på hjørnet AS', registerName: 'Kasse 1', printerName: model.name, language });
  const bytes = encodeDocument(document, { columns: model.columns, model });
  return { bytes, paper: readPaper(bytes, { widthDots: model.widthDots, codePages: codePageNumbers(model) }) };
}

describe('the test print', () => {
  it.each(Object.values(PRINTER_MODELS))('has every letter on $name, in one code page with €', (model) => {
    const { bytes, paper } = page(model);
    const text = paperToLines(paper).join('\n');
    expect(text).toContain(TEST_LETTERS);
    for (const letter of 'æøåÆØÅéüäö€') expect(text).toContain(letter);
    expect(Buffer.from(bytes).toString('latin1')).toContain(`\u001bt${String.fromCharCode(model.codePages.cp858)}`);
  });

  it('writes its letters as these bytes', () => {
    const cp858 = [0x91, 0x9b, 0x86, 0x92, 0x9d, 0x8f, 0x82, 0x81, 0x84, 0x94, 0xd5];
    expect(Buffer.from(page().bytes).includes(Buffer.from(cp858))).toBe(true);
  });

  it('sets code page 865 as 5 and 858 as 19', () => {
    const plain = (text: string) =>
      encodeDocument({ series: 'sale', title: '', blocks: [{ kind: 'text', text, align: 'left' }] }, { columns: 42 });
    expect(Buffer.from(plain('blåbær')).toString('hex')).toContain('1b7405');
    expect(Buffer.from(plain('10 €')).toString('hex')).toContain('1b7413');
  });

  it('opens a drawer on either pin with these bytes', () => {
    expect([...drawerKick(2)]).toEqual([0x1b, 0x70, 0, 0x32, 0xfa]);
    expect([...drawerKick(5)]).toEqual([0x1b, 0x70, 1, 0x32, 0xfa]);
  });

  it.each(['generic-80', 'generic-58'] as const)('has a QR code that is read from the drawn paper of %s', (model) => {
    expect(readQr(paperToPng(page(PRINTER_MODELS[model]).paper))).toBe(TEST_QR);
  });

  it.each(['generic-80', 'generic-58'] as const)('has both codes read by another program from the drawn paper of %s', (model) => {
    if (noZbar !== null) return;
    const file = join(temporaryFolder(), 'page.png');
    writeFileSync(file, paperToPng(page(PRINTER_MODELS[model], 'en').paper));
    const read = spawnSync('zbarimg', ['--quiet', file], { encoding: 'utf8' });
    expect(read.stdout.trim().split('\n').sort()).toEqual([`CODE-128:${TEST_BARCODE}`, `QR-Code:${TEST_QR}`]);
  });
});
