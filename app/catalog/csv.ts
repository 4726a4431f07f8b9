/**
 * Rows of a CSV text (RFC 4180, with any of three delimiters and any line ending). A field is quoted when it begins with
 * a quote; inside, `""` is a quote and line breaks are text. A row whose quotes do not add up is given as broken, and
 * reading goes on at the next line: one slip costs one row and not the rest of the file.
 */

export const DELIMITERS = [';', ',', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface CsvRow {
  /** The line of the file on which the row begins, from 1; line breaks inside quotes count. */
  readonly line: number;
  readonly fields: readonly string[];
  readonly broken: 'quote-not-closed' | 'text-after-quote' | null;
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** Reads on from anywhere in a text: the header first, then all that follows. */
export interface CsvReader {
  /** The next row that is not blank, or null at the end. */
  next(): CsvRow | null;
}

function lineBreaksIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) count += 1;
  }
  return count;
}

/** Starts reading `text` at its first character. */
export function readCsv(text: string, delimiter: Delimiter): CsvReader {
  const mark = delimiter.charCodeAt(0);
  let at = 0;
  let line = 1;

  function endOfLine(from: number): number {
    let end = from;
    while (end < text.length && text.charCodeAt(end) !== LF && text.charCodeAt(end) !== CR) end += 1;
    return end;
  }

  function afterLineBreak(end: number): number {
    if (text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF) return end + 2;
    return Math.min(end + 1, text.length);
  }

  /** The position of the closing quote, or -1. */
  function closingQuote(from: number): number {
    let quote = text.indexOf('"', from);
    while (quote >= 0 && text.charCodeAt(quote + 1) === QUOTE) quote = text.indexOf('"', quote + 2);
    return quote;
  }

  function brokenRow(start: number, broken: 'quote-not-closed' | 'text-after-quote'): CsvRow {
    const end = endOfLine(start);
    const row: CsvRow = { line, fields: [text.slice(start, end)], broken };
    at = afterLineBreak(end);
    line += 1;
    return row;
  }

  function row(): CsvRow {
    const start = at;
    const fields: string[] = [];
    let breaks = 0;
    let position = at;
    for (;;) {
      if (text.charCodeAt(position) === QUOTE) {
        const close = closingQuote(position + 1);
        if (close < 0) return brokenRow(start, 'quote-not-closed');
        const inside = text.slice(position + 1, close);
        fields.push(inside.includes('"') ? inside.replaceAll('""', '"') : inside);
        breaks += lineBreaksIn(inside);
        position = close + 1;
        const code = text.charCodeAt(position);
        if (position < text.length && code !== mark && code !== LF && code !== CR) return brokenRow(start, 'text-after-quote');
      } else {
        let end = position;
        while (end < text.length) {
          const code = text.charCodeAt(end);
          if (code === mark || code === LF || code === CR) break;
          end += 1;
        }
        fields.push(text.slice(position, end));
        position = end;
      }
      if (position < text.length && text.charCodeAt(position) === mark) {
        position += 1;
        continue;
      }
      const done: CsvRow = { line, fields, broken: null };
      line += breaks + 1;
      at = afterLineBreak(position);
      return done;
    }
  }

  return {
    next() {
      while (at < text.length) {
        const found = row();
        if (found.broken !== null || found.fields.some((field) => field.trim() !== '')) return found;
      }
      return null;
    },
  };
}
