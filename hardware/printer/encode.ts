/**
 * Turns a document into the bytes that a receipt printer takes: ESC/POS, one code page from beginning to end.
 * `layout.ts` decides what stands where; the encoder library turns styles, codes and the cut into commands.
 */
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import type { ReceiptBlock, ReceiptDocument } from '../../app/receipt/document.ts';
import type { DrawerPin } from '../../app/till/ports.ts';
import { layOut, type PrintedLine, wrap } from './layout.ts';
import { type LogoRaster, logoBytes } from './logo.ts';
import { modelForColumns, type PrinterModel } from './models.ts';
import { code128 } from './paper/barcodes.ts';
import { qrModules } from './paper/qr.ts';
import { chooseCodePage, printable, type ReceiptCodePage } from './printable.ts';

export interface EncodeOptions {
  /** Characters a line: 42 on 80 mm paper, 32 on 58 mm. */
  readonly columns: 42 | 32;
  /** The printer, when it is known; else a common one of that width. Its `columns` must be the same. */
  readonly model?: PrinterModel;
  /** Set to pin the page; else the Nordic one, or the one with € where it has more of the document's characters. */
  readonly codePage?: ReceiptCodePage;
  /** Opens the drawer before anything is printed. */
  readonly kickDrawer?: boolean;
  /** Above everything else. */
  readonly logo?: LogoRaster;
}

const LF = 0x0a;
const FONT_A_DOTS = 12;
const QR_MODULE_DOTS = 6;
const QR_LEVEL = 'M';
const BARCODE_HEIGHT_DOTS = 80;
/** A barcode needs ten modules of white at each side. */
const QUIET_MODULES = 20;

/** Drawer on pin 2: 100 ms on, 500 ms off (`ESC p`). */
const DRAWER_KICK = Uint8Array.of(0x1b, 0x70, 0x00, 0x32, 0xfa);

/** The bytes that open the drawer on this pin of the plug, as a job of their own. */
export function drawerKick(pin: DrawerPin = 2): Uint8Array {
  const bytes = DRAWER_KICK.slice();
  bytes[2] = pin === 2 ? 0 : 1;
  return bytes;
}

/** The bytes of a document. Any text is printable afterwards; a code that does not fit the paper is printed as text. */
export function encodeDocument(document: ReceiptDocument, options: EncodeOptions): Uint8Array {
  const model = options.model ?? modelForColumns(options.columns);
  const codePage = options.codePage ?? chooseCodePage(document.blocks.flatMap(textsOf));
  const blocks = document.blocks.map((block) => mapTexts(block, (text) => printable(text, codePage)));
  const encoder = encoderFor(model, options.columns);
  encoder.initialize().codepage(codePage);
  const areaDots = options.columns * FONT_A_DOTS;
  encoder.raw(printArea((model.widthDots - areaDots) >> 1, areaDots));
  if (options.kickDrawer === true) encoder.raw(DRAWER_KICK);
  if (options.logo !== undefined) encoder.raw(logoBytes(options.logo));
  for (const line of layOut({ ...document, blocks }, options.columns)) encodeLine(encoder, line, options.columns, codePage);
  return encodeEnd(encoder, model);
}

/** The bytes that end what lies on the paper, without a document: half a receipt must not stand above the next one. */
export function tearOff(model: PrinterModel): Uint8Array {
  return encodeEnd(encoderFor(model, model.columns), model);
}

function encoderFor(model: PrinterModel, columns: number): ReceiptPrinterEncoder {
  return new ReceiptPrinterEncoder({
    columns,
    language: 'esc-pos',
    newline: '\n',
    feedAfterBlock: false,
    feedBeforeCut: model.feedBeforeCutLines,
    codepageMapping: { ...model.codePages },
    errors: 'strict',
  });
}

function encodeEnd(encoder: ReceiptPrinterEncoder, model: PrinterModel): Uint8Array {
  if (model.cut === 'none') return encoder.newline(model.feedBeforeCutLines).encode();
  const bytes = encoder.cut(model.cut).encode();
  // The encoder ends every line with a feed, the cut too: that would be white on top of the next receipt.
  return bytes.at(-1) === LF ? bytes.slice(0, -1) : bytes;
}

/** Left margin and print area (`GS L`, `GS W`): the columns stand in the middle of the paper, and codes in the middle of the columns. */
function printArea(marginDots: number, areaDots: number): number[] {
  return [0x1d, 0x4c, marginDots & 0xff, marginDots >> 8, 0x1d, 0x57, areaDots & 0xff, areaDots >> 8];
}

function encodeLine(encoder: ReceiptPrinterEncoder, line: PrintedLine, columns: number, codePage: ReceiptCodePage): void {
  switch (line.kind) {
    case 'text': {
      const { bold, widthTimes, heightTimes } = line.style;
      if (line.indent > 0) encoder.text(' '.repeat(line.indent));
      encoder.bold(bold).size(widthTimes, heightTimes).text(line.text).bold(false).size(1, 1).newline();
      return;
    }
    case 'qr': {
      const moduleDots = qrModuleDots(line.content, columns * FONT_A_DOTS);
      if (moduleDots === null) encodeAsText(encoder, line.content, columns, codePage);
      else {
        encoder.align('center');
        encoder.qrcode(byteText(line.content), { model: 2, size: moduleDots, errorlevel: 'm' });
        encoder.align('left');
      }
      return;
    }
    case 'barcode': {
      const data = code128Data(line.content);
      const widthDots =
        data === null ? Number.POSITIVE_INFINITY : (code128(Buffer.from(data, 'latin1')).modules.length + QUIET_MODULES) * 2;
      if (data === null || widthDots > columns * FONT_A_DOTS) encodeAsText(encoder, line.content, columns, codePage);
      else {
        encoder.align('center');
        encoder.barcode(data, 'code128', { height: BARCODE_HEIGHT_DOTS, width: 1, text: 'below' });
        encoder.align('left');
      }
      return;
    }
  }
}

function encodeAsText(encoder: ReceiptPrinterEncoder, content: string, columns: number, codePage: ReceiptCodePage): void {
  for (const line of wrap(printable(content, codePage), columns)) encoder.text(line).newline();
}

/** The encoder writes a QR's text byte for byte as Latin-1: so it gets its UTF-8 bytes as Latin-1. */
function byteText(content: string): string {
  return Buffer.from(content, 'utf8').toString('latin1');
}

/** Dots a module, as large as the paper allows and no larger than is needed; `null` when it cannot be printed at all. */
function qrModuleDots(content: string, areaDots: number): number | null {
  const drawn = qrModules(Buffer.from(content, 'utf8'), QR_LEVEL);
  if (drawn === null) return null;
  const dots = Math.min(QR_MODULE_DOTS, Math.floor(areaDots / drawn.sizeModules));
  return dots >= 3 ? dots : null;
}

/** The content with Code 128's own escapes: pairs of digits where it is all digits; `null` where it has other than ASCII. */
function code128Data(content: string): string | null {
  if (/^(\d\d)+$/.test(content)) return `{C${content.replace(/\d\d/g, (pair) => String.fromCharCode(Number(pair)))}`;
  if (!/^[\x20-\x7e]+$/.test(content)) return null;
  return `{B${content.replaceAll('{', '{{')}`;
}

function textsOf(block: ReceiptBlock): string[] {
  const texts: string[] = [];
  mapTexts(block, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** The block with every text changed that is printed as characters. What a code holds is left as it is. */
function mapTexts(block: ReceiptBlock, change: (text: string) => string): ReceiptBlock {
  switch (block.kind) {
    case 'mark':
    case 'text':
      return { ...block, text: change(block.text) };
    case 'pair':
      return { ...block, left: change(block.left), right: change(block.right) };
    case 'item':
      return { ...block, name: change(block.name), each: block.each === null ? null : change(block.each), amount: change(block.amount) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(change)) };
    case 'rule':
    case 'blank':
    case 'qr':
    case 'barcode':
      return block;
  }
}
