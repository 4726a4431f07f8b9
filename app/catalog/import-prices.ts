/** Prices alone, from a CSV file: the catalogue file's columns for article number or EAN, and price. */
import { type Columns, openCsv, readHeader } from './columns.ts';
import { decodeText } from './decode.ts';
import * as fields from './fields.ts';
import type { CatalogueField, CatalogueProblem, FieldTrouble } from './problem.ts';
import type { PublishedPrice } from './publication.ts';

export interface PriceImport {
  readonly prices: readonly PublishedPrice[];
  /** In the order of the file. */
  readonly problems: readonly CatalogueProblem[];
}

const MOST_NUMBER = 40;

/** Reads a price file's bytes. Never throws, whatever the bytes. A row with both numbers counts by its article number. */
export function importPrices(bytes: Uint8Array): PriceImport {
  const refused = (kind: 'file-empty' | 'file-not-text' | 'file-utf-16' | 'file-no-articles', line = 1): PriceImport => ({
    prices: [],
    problems: [{ line, field: null, kind }],
  });
  const decoded = decodeText(bytes);
  if (!decoded.ok) return refused(decoded.reason === 'utf-16' ? 'file-utf-16' : 'file-not-text');
  const { reader, header } = openCsv(decoded.text);
  if (header === null) return refused('file-empty');
  const { columns, problems } = readHeader(header.names, header.line, ['price']);
  if (problems.length === 0 && columns.at.ean === undefined)
    problems.push(...readHeader(header.names, header.line, ['articleNumber']).problems);
  if (problems.length > 0) return { prices: [], problems };

  const prices: PublishedPrice[] = [];
  const seen = new Map<string, number>();
  for (let row = reader.next(); row !== null; row = reader.next()) {
    const { line } = row;
    if (row.broken !== null) problems.push({ line, field: null, kind: row.broken });
    else if (row.fields.slice(columns.count).some((extra) => extra.trim() !== ''))
      problems.push({ line, field: null, kind: 'too-many-fields', expected: columns.count, found: row.fields.length });
    else {
      const price = readPriceRow(row.fields, line, columns, seen, problems);
      if (price !== null) prices.push(price);
    }
  }
  return prices.length === 0 && problems.length === 0 ? refused('file-no-articles', header.line) : { prices, problems };
}

function readPriceRow(
  row: readonly string[],
  line: number,
  columns: Columns,
  seen: Map<string, number>,
  problems: CatalogueProblem[],
): PublishedPrice | null {
  const before = problems.length;
  const report = (field: CatalogueField, trouble: FieldTrouble): void => {
    problems.push({ line, field, ...trouble });
  };
  const take = <Value>(field: CatalogueField, read: (raw: string) => fields.FieldReading<Value>, otherwise: Value): Value => {
    const index = columns.at[field];
    const reading = read(index === undefined ? '' : (row[index] ?? ''));
    if ('value' in reading) return reading.value;
    report(field, reading.trouble);
    return otherwise;
  };
  const articleNumber = take('articleNumber', (raw) => fields.readText(raw, MOST_NUMBER), '');
  const ean = take('ean', fields.readEanField, null);
  const unitPriceOre = take('price', fields.readPrice, 0);
  if (problems.length > before) return null;
  if (articleNumber === '' && ean === null) {
    report(columns.at.articleNumber === undefined ? 'ean' : 'articleNumber', { kind: 'missing' });
    return null;
  }
  const number = articleNumber === '' ? (ean ?? '') : articleNumber;
  const firstLine = seen.get(number);
  if (firstLine !== undefined) {
    if (articleNumber === '') report('ean', { kind: 'ean-duplicate', ean: number, name: number, firstName: number, firstLine });
    else report('articleNumber', { kind: 'article-number-duplicate', articleNumber, name: number, firstName: number, firstLine });
    return null;
  }
  seen.set(number, line);
  return articleNumber === '' ? { ean: number, unitPriceOre } : { articleNumber, unitPriceOre };
}
