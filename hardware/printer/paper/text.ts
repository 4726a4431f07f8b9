/** What stands on the paper, as plain text: what tests read, and what a screen reader says of a drawn receipt. */
import { FONT_WIDTH_DOTS } from './font-a.ts';
import type { Paper, PaperBlock, PaperCharacter } from './paper.ts';

interface Word {
  readonly text: string;
  readonly startDots: number;
  readonly endDots: number;
}

/** The words of a line as it stands, each a run without a gap as wide as two of its spaces. */
function wordsOf(characters: readonly PaperCharacter[]): Word[] {
  const words: Word[] = [];
  let text = '';
  let startDots = 0;
  let endDots = 0;
  let spaces = 0;
  const finish = () => {
    if (text !== '') words.push({ text, startDots, endDots });
    text = '';
    spaces = 0;
  };
  for (const { character, xDots, widthTimes } of characters) {
    if (character === ' ' || character === '\u00a0') {
      spaces += 1;
      if (spaces > 1) finish();
      continue;
    }
    if (text === '') startDots = xDots;
    else if (spaces === 1) text += ' ';
    text += character;
    spaces = 0;
    endDots = xDots + widthTimes * FONT_WIDTH_DOTS;
  }
  finish();
  return words;
}

/** A line of wide characters keeps its places: what stood left, right or in the middle still does, in single width. */
function wideLine(characters: readonly PaperCharacter[], firstDots: number, lastDots: number): string {
  let line = '';
  for (const word of wordsOf(characters)) {
    const columns = Math.round((word.endDots - word.startDots) / FONT_WIDTH_DOTS);
    const spare = Math.max(0, columns - word.text.length);
    const atLeft = word.startDots - firstDots < FONT_WIDTH_DOTS;
    const atRight = lastDots - word.endDots < FONT_WIDTH_DOTS;
    const shift = atLeft ? 0 : atRight ? spare : Math.floor(spare / 2);
    const column = Math.round((word.startDots - firstDots) / FONT_WIDTH_DOTS) + shift;
    line = line.padEnd(column) + (line === '' || line.length < column ? '' : ' ') + word.text;
  }
  return line;
}

function lineText(characters: readonly PaperCharacter[], firstDots: number, lastDots: number): string {
  const first = characters[0];
  if (first === undefined) return '';
  if (characters.some((set) => set.widthTimes > 1)) return wideLine(characters, firstDots, lastDots);
  const indent = ' '.repeat(Math.max(0, Math.round((first.xDots - firstDots) / FONT_WIDTH_DOTS)));
  return (indent + characters.map((set) => set.character).join('')).trimEnd();
}

/** The left and right edges of all that is printed. */
function edges(blocks: readonly PaperBlock[]): { readonly firstDots: number; readonly lastDots: number } {
  let firstDots = Number.POSITIVE_INFINITY;
  let lastDots = 0;
  for (const block of blocks) {
    if (block.kind !== 'line') continue;
    for (const set of block.characters) {
      firstDots = Math.min(firstDots, set.xDots);
      lastDots = Math.max(lastDots, set.xDots + set.widthTimes * FONT_WIDTH_DOTS);
    }
  }
  return { firstDots: Number.isFinite(firstDots) ? firstDots : 0, lastDots };
}

const BARCODE_NAMES = { code128: 'Code 128', ean13: 'EAN-13', ean8: 'EAN-8' } as const;

function blockLines(block: PaperBlock, firstDots: number, lastDots: number): string[] {
  switch (block.kind) {
    case 'line':
      return [lineText(block.characters, firstDots, lastDots)];
    case 'qr':
      return [`[QR ${block.content}]`];
    case 'barcode':
      return [`[${BARCODE_NAMES[block.symbology]} ${block.content}]`];
    case 'image':
      return ['[image]'];
    case 'feed':
    case 'cut':
    case 'drawer-kick':
      return [];
  }
}

/** The paper's lines, without spaces at their ends. Codes stand as `[QR …]`, `[Code 128 …]`; a cut and a kick say nothing. */
export function paperToLines(paper: Paper): string[] {
  const { firstDots, lastDots } = edges(paper.blocks);
  return paper.blocks.flatMap((block) => blockLines(block, firstDots, lastDots));
}

/** The paper as one text, without empty lines at its beginning and end. */
export function paperToText(paper: Paper): string {
  return paperToLines(paper)
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}
