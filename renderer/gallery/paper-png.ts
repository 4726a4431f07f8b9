/** A paper as the virtual printer would draw it, small enough to stand in the source. */
import { RECEIPT } from './cashier-data.ts';

const ROW = 24;
const rows = RECEIPT.trimEnd().split('\n');
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="576" height="${(rows.length + 3) * ROW}" font-family="DejaVu Sans Mono, monospace" font-size="20"><rect width="100%" height="100%" fill="#fff"/>${rows
  .map((row, index) => `<text x="36" y="${(index + 2) * ROW}" xml:space="preserve">${escaped(row)}</text>`)
  .join('')}</svg>`;

export const PAPER_PNG = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
