/**
 * Sets a document in lines of a given number of columns: what stands where, still without a printer's commands.
 * Every line fits; what is too long is broken between words, or inside a word that is longer than a line.
 */
import type { ReceiptAlign, ReceiptBlock, ReceiptDocument } from '../../app/receipt/document.ts';

export interface PrintedStyle {
  readonly bold: boolean;
  readonly widthTimes: 1 | 2;
  readonly heightTimes: 1 | 2;
}

export type PrintedLine =
  /** `indent` single-width spaces, then the text in its style. */
  | { readonly kind: 'text'; readonly indent: number; readonly text: string; readonly style: PrintedStyle }
  | { readonly kind: 'qr'; readonly content: string }
  | { readonly kind: 'barcode'; readonly content: string };

const PLAIN: PrintedStyle = { bold: false, widthTimes: 1, heightTimes: 1 };
/**
 * The law wants a mark at least 50 % larger than the amounts. So no amount, the total neither, is larger than plain text:
 * the total stands out by emphasis and the double line under it.
 */
const MARK: PrintedStyle = { bold: true, widthTimes: 2, heightTimes: 2 };
const BOLD: PrintedStyle = { ...PLAIN, bold: true };
const GAP = 2;
/** On wide paper a broken name leaves this much at the right, so that the amounts' column stays clear. */
const AMOUNT_COLUMNS = 11;

/** Breaks a text into lines of at most `columns` characters. Spaces at the start of the text indent every line. */
export function wrap(text: string, columns: number): string[] {
  const trimmed = text.trim();
  const indent = Math.min(text.length - text.trimStart().length, columns >> 1);
  if (trimmed === '') return [''];
  const width = columns - indent;
  const lines: string[] = [];
  let line = '';
  for (const word of trimmed.split(/ +/)) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    for (; rest.length > width; rest = rest.slice(width)) lines.push(rest.slice(0, width));
    line = rest;
  }
  if (line !== '') lines.push(line);
  return lines.map((wrapped) => ' '.repeat(indent) + wrapped);
}

function aligned(text: string, align: ReceiptAlign, columns: number, style: PrintedStyle): PrintedLine {
  const spare = columns - text.length * style.widthTimes;
  const indent = align === 'left' ? 0 : align === 'center' ? spare >> 1 : spare;
  return { kind: 'text', indent, text, style };
}

function lines(text: string, align: ReceiptAlign, columns: number, style: PrintedStyle): PrintedLine[] {
  const wrapped = wrap(text, Math.floor(columns / style.widthTimes));
  return wrapped.map((line) => aligned(align === 'left' ? line : line.trim(), align, columns, style));
}

interface Value {
  readonly text: string;
  /** The column that it ends at; values stand from left to right. */
  readonly endColumn: number;
}

/** A text at the left whose last line has the values, each at its right edge; where they do not fit beside it they get a line of their own. */
function withValues(text: string, values: readonly Value[], columns: number, style: PrintedStyle): PrintedLine[] {
  const left = (line: string) => aligned(line, 'left', columns, style);
  const shown = values.filter((value) => value.text !== '');
  if (shown.length === 0) return wrap(text, columns).map(left);
  const starts = shown.map((value) => value.endColumn - value.text.length);
  const start = starts[0] ?? 0;
  const apart = starts.every((column, index) => column >= (index === 0 ? 0 : (shown[index - 1]?.endColumn ?? 0) + 1));
  if (!apart) return [...wrap(text, columns).map(left), ...shown.flatMap((value) => lines(value.text, 'right', columns, style))];
  const row = (begun: string) => shown.reduce((line, value) => line.padEnd(value.endColumn - value.text.length) + value.text, begun);
  if (text.trimEnd().length + GAP <= start) return [left(row(text.trimEnd()))];
  const wrapped = wrap(text, columns < 42 ? columns : columns - AMOUNT_COLUMNS);
  const last = wrapped.at(-1) ?? '';
  const begun = last.length + GAP <= start ? last : '';
  return [...(begun === '' ? wrapped : wrapped.slice(0, -1)), row(begun)].map(left);
}

function pair(block: Extract<ReceiptBlock, { kind: 'pair' }>, columns: number): PrintedLine[] {
  const left = ' '.repeat(Math.min(block.indent ?? 0, columns >> 1)) + block.left;
  const large = block.large === true;
  const set = withValues(left, [{ text: block.right, endColumn: columns }], columns, large || block.bold === true ? BOLD : PLAIN);
  return large ? [...set, aligned('='.repeat(columns), 'left', columns, PLAIN)] : set;
}

/** Columns after the first share what is left equally; a row that does not fit is set as words. */
function table(rows: readonly (readonly string[])[], columns: number): PrintedLine[] {
  const count = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const widest = (column: number) => rows.reduce((most, row) => Math.max(most, (row[column] ?? '').length), 0);
  const first = widest(0);
  const others = Array.from({ length: Math.max(0, count - 1) }, (_, index) => widest(index + 1));
  const needed = others.reduce((sum, width) => sum + width + 1, first);
  if (needed > columns) return rows.flatMap((row) => lines(row.filter((cell) => cell !== '').join('  '), 'left', columns, PLAIN));
  const share = others.length === 0 ? 0 : Math.floor((columns - first) / others.length);
  const equal = others.every((width) => width + 1 <= share);
  const extra = others.length === 0 ? 0 : Math.floor((columns - needed) / others.length);
  return rows.map((row) => {
    const head = (row[0] ?? '').padEnd(equal && others.length > 0 ? columns - share * others.length : first);
    const cells = others.map((width, index) => (row[index + 1] ?? '').padStart(equal ? share : width + 1 + extra));
    return aligned((head + cells.join('')).trimEnd(), 'left', columns, PLAIN);
  });
}

/** The price of one ends in the middle column, or further left where the amount needs the place. */
function item(block: Extract<ReceiptBlock, { kind: 'item' }>, columns: number): PrintedLine[] {
  const eachEnd = Math.min(columns - (columns >= 42 ? 15 : 8), columns - block.amount.length - GAP);
  const values = [
    { text: block.each ?? '', endColumn: eachEnd },
    { text: block.amount, endColumn: columns },
  ];
  return withValues(block.name, values, columns, PLAIN);
}

function blockLines(block: ReceiptBlock, columns: number): PrintedLine[] {
  switch (block.kind) {
    case 'mark':
      return lines(block.text, 'center', columns, MARK);
    case 'text':
      return lines(block.text, block.align, columns, block.bold === true ? BOLD : PLAIN);
    case 'pair':
      return pair(block, columns);
    case 'item':
      return item(block, columns);
    case 'table':
      return table(block.rows, columns);
    case 'rule':
      return [aligned('-'.repeat(columns), 'left', columns, PLAIN)];
    case 'blank':
      return [aligned('', 'left', columns, PLAIN)];
    case 'qr':
    case 'barcode':
      return block.content === '' ? [] : [{ kind: block.kind, content: block.content }];
  }
}

/** The document's lines, from top to bottom. Its texts must be printable already (`printable.ts`). */
export function layOut(document: ReceiptDocument, columns: number): PrintedLine[] {
  return document.blocks.flatMap((block) => blockLines(block, columns));
}
