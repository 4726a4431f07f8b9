/** Article numbers alone, from a CSV file with the catalogue file's column for them; other columns are left alone. */
import { openCsv, readHeader } from './columns.ts';
import { decodeText } from './decode.ts';
import { readText } from './fields.ts';
import type { CatalogueProblem } from './problem.ts';

export interface NumberImport {
  /** Each once, in the order of the file. */
  readonly numbers: readonly string[];
  readonly problems: readonly CatalogueProblem[];
}

const MOST_NUMBER = 40;

/** Reads a file's bytes. Never throws, whatever the bytes. */
export function importNumbers(bytes: Uint8Array): NumberImport {
  const refused = (kind: 'file-empty' | 'file-not-text' | 'file-utf-16' | 'file-no-articles', line = 1): NumberImport => ({
    numbers: [],
    problems: [{ line, field: null, kind }],
  });
  const decoded = decodeText(bytes);
  if (!decoded.ok) return refused(decoded.reason === 'utf-16' ? 'file-utf-16' : 'file-not-text');
  const { reader, header } = openCsv(decoded.text);
  if (header === null) return refused('file-empty');
  const { columns, problems } = readHeader(header.names, header.line, ['articleNumber']);
  if (problems.length > 0) return { numbers: [], problems };

  const numbers = new Set<string>();
  for (let row = reader.next(); row !== null; row = reader.next()) {
    const { line } = row;
    const reading = readText(row.fields[columns.at.articleNumber ?? 0] ?? '', MOST_NUMBER);
    if (row.broken !== null) problems.push({ line, field: null, kind: row.broken });
    else if ('trouble' in reading) problems.push({ line, field: 'articleNumber', ...reading.trouble });
    else if (reading.value === '') problems.push({ line, field: 'articleNumber', kind: 'missing' });
    else numbers.add(reading.value);
  }
  return numbers.size === 0 && problems.length === 0 ? refused('file-no-articles', header.line) : { numbers: [...numbers], problems };
}
