/** Draws paper dot for dot, as the printer's head would have burnt it. */
import { type Bitmap, bitmapToPng, createBitmap, fillRectangle } from './bitmap.ts';
import { CAPTION_DOTS } from './commands.ts';
import { FONT_HEIGHT_DOTS, FONT_WIDTH_DOTS, glyphOf } from './font-a.ts';
import type { Paper, PaperBlock, PaperCharacter } from './paper.ts';

/** White at the sides: 80 mm paper is 640 dots, its printer prints 576. */
const SIDE_DOTS = 32;
/** The knife sits above the head, so that paper begins with white, and what was fed before a cut is the next one's beginning. */
const TOP_DOTS = 64;
const BOTTOM_DOTS = 40;

function isWhite(block: PaperBlock): boolean {
  return (
    block.kind === 'cut' ||
    block.kind === 'feed' ||
    block.kind === 'drawer-kick' ||
    (block.kind === 'line' && block.characters.length === 0)
  );
}

/** The blocks as they are seen on torn-off paper: without the white that was fed for the knife. */
function seen(paper: Paper): readonly PaperBlock[] {
  const last = paper.blocks.findLastIndex((block) => !isWhite(block));
  return paper.blocks.slice(0, last + 1);
}

function blockHeight(block: PaperBlock): number {
  switch (block.kind) {
    case 'line':
    case 'feed':
    case 'image':
      return block.heightDots;
    case 'qr':
      return block.sizeModules * block.moduleDots;
    case 'barcode': {
      const captions = block.caption === 'none' ? 0 : block.caption === 'both' ? 2 : 1;
      return block.heightDots + captions * CAPTION_DOTS;
    }
    case 'cut':
    case 'drawer-kick':
      return 0;
  }
}

function drawCharacter(bitmap: Bitmap, set: PaperCharacter, left: number, bottom: number): void {
  const x = left + set.xDots;
  const width = FONT_WIDTH_DOTS * set.widthTimes;
  const height = FONT_HEIGHT_DOTS * set.heightTimes;
  // Characters of different heights stand on one line: the cell's bottom is common.
  const y = bottom - height;
  const glyph = glyphOf(set.character);
  // What a font lacks is drawn as a box, so that it is seen.
  if (glyph === undefined) fillRectangle(bitmap, { x: x + 1, y: y + 1, width: width - 2, height: height - 2 }, 1);
  else {
    glyph.forEach((bits, row) => {
      // Emphasis is the same row burnt once more, one dot to the right.
      const burnt = set.bold ? bits | (bits >> 1) : bits;
      for (let column = 0; column < FONT_WIDTH_DOTS; column += 1) {
        if ((burnt & (0x800 >> column)) === 0) continue;
        const dot = { x: x + column * set.widthTimes, y: y + row * set.heightTimes, width: set.widthTimes, height: set.heightTimes };
        fillRectangle(bitmap, dot, 1);
      }
    });
  }
  if (set.underlineDots > 0) fillRectangle(bitmap, { x, y: bottom - set.underlineDots, width, height: set.underlineDots }, 1);
  if (set.inverted) fillRectangle(bitmap, { x, y, width, height }, 'invert');
}

function drawLine(bitmap: Bitmap, characters: readonly PaperCharacter[], left: number, y: number): void {
  const tallest = characters.reduce((times, set) => Math.max(times, set.heightTimes), 1);
  for (const set of characters) drawCharacter(bitmap, set, left, y + tallest * FONT_HEIGHT_DOTS);
}

function drawCaption(bitmap: Bitmap, text: string, center: number, y: number): void {
  const start = Math.round(center - (text.length * FONT_WIDTH_DOTS) / 2);
  const plain = { widthTimes: 1, heightTimes: 1, bold: false, underlineDots: 0, inverted: false } as const;
  const characters = [...text].map((character, index) => ({ ...plain, character, xDots: start + index * FONT_WIDTH_DOTS }));
  drawLine(bitmap, characters, 0, y);
}

function drawBlock(bitmap: Bitmap, block: PaperBlock, left: number, top: number): void {
  switch (block.kind) {
    case 'line':
      drawLine(bitmap, block.characters, left, top);
      return;
    case 'image': {
      const rowBytes = block.widthDots / 8;
      for (let y = 0; y < block.heightDots; y += 1) {
        for (let x = 0; x < block.widthDots; x += 1) {
          if (((block.rows[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0) continue;
          fillRectangle(bitmap, { x: left + block.xDots + x, y: top + y, width: 1, height: 1 }, 1);
        }
      }
      return;
    }
    case 'qr': {
      const { moduleDots: side, sizeModules } = block;
      block.modules.forEach((dark, index) => {
        const x = left + block.xDots + (index % sizeModules) * side;
        const y = top + Math.floor(index / sizeModules) * side;
        if (dark === 1) fillRectangle(bitmap, { x, y, width: side, height: side }, 1);
      });
      return;
    }
    case 'barcode': {
      const above = block.caption === 'above' || block.caption === 'both';
      const barsTop = top + (above ? CAPTION_DOTS : 0);
      block.modules.forEach((dark, index) => {
        const bar = { x: left + block.xDots + index * block.moduleDots, y: barsTop, width: block.moduleDots, height: block.heightDots };
        if (dark === 1) fillRectangle(bitmap, bar, 1);
      });
      const center = left + block.xDots + (block.modules.length * block.moduleDots) / 2;
      if (above) drawCaption(bitmap, block.content, center, top);
      if (block.caption === 'below' || block.caption === 'both') drawCaption(bitmap, block.content, center, barsTop + block.heightDots + 4);
      return;
    }
    case 'feed':
    case 'cut':
    case 'drawer-kick':
      return;
  }
}

/** The paper as dots, with the white around the print. */
export function drawPaper(paper: Paper): Bitmap {
  const blocks = seen(paper);
  const height = blocks.reduce((dots, block) => dots + blockHeight(block), TOP_DOTS + BOTTOM_DOTS);
  const bitmap = createBitmap(paper.widthDots + 2 * SIDE_DOTS, height);
  let y = TOP_DOTS;
  for (const block of blocks) {
    drawBlock(bitmap, block, SIDE_DOTS, y);
    y += blockHeight(block);
  }
  return bitmap;
}

/** The paper as a PNG, 8 dots a millimetre. */
export function paperToPng(paper: Paper): Uint8Array {
  return bitmapToPng(drawPaper(paper));
}
