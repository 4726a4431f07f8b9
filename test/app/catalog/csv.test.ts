import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRow, DELIMITERS, type Delimiter, readCsv } from '../../../app/catalog/csv.ts';

function rows(text: string, delimiter: Delimiter = ';'): CsvRow[] {
  const reader = readCsv(text, delimiter);
  const all: CsvRow[] = [];
  for (let row = reader.next(); row !== null; row = reader.next()) all.push(row);
  return all;
}

describe('rows of a CSV', () => {
  it('counts physical lines, those inside quotes too', () => {
    expect(rows('a;b\n"x\r\ny";2\n\n3;4').map(({ line, fields }) => [line, ...fields])).toEqual([
      [1, 'a', 'b'],
      [2, 'x\r\ny', '2'],
      [5, '3', '4'],
    ]);
  });
  it('takes every line ending', () => {
    expect(rows('a\r\nb\rc\nd').map((row) => row.line)).toEqual([1, 2, 3, 4]);
  });
  it('keeps a quote that is not at the beginning of a field', () => {
    expect(rows('Rør 5" langt;2')[0]?.fields).toEqual(['Rør 5" langt', '2']);
  });
  it('leaves out blank rows', () => {
    expect(rows(';;\n  \nx;\n').map((row) => row.line)).toEqual([3]);
  });
  it('loses one row and no more to a quote that is never closed', () => {
    expect(rows('1;a\n2;"b\n3;c\n4;d').map(({ line, broken }) => [line, broken])).toEqual([
      [1, null],
      [2, 'quote-not-closed'],
      [3, null],
      [4, null],
    ]);
  });
  it('loses one row and no more to a quote that a later row seems to close', () => {
    expect(rows('1;"a"\n2;"b\n3;"c"\n4;"d"').map(({ line, broken }) => [line, broken])).toEqual([
      [1, null],
      [2, 'text-after-quote'],
      [3, null],
      [4, null],
    ]);
  });
  it('reads back whatever was written', () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'å', '"', ';', ',', '\t', '\n', '\r\n', ' ', '1'), maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...DELIMITERS),
        fc.constantFrom('\n', '\r\n', '\r'),
        (table, delimiter, ending) => {
          const text = table.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter)).join(ending);
          const expected = table.filter((row) => row.some((one) => one.trim() !== ''));
          expect(rows(text, delimiter).map((row) => row.fields)).toEqual(expected);
        },
      ),
    );
  });
  it('comes to the end of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ';', '\n', '\r', 'x') }), (text) => {
        const all = rows(text);
        expect(all.every((row, index) => row.line > (all[index - 1]?.line ?? 0))).toBe(true);
      }),
    );
  });
});
