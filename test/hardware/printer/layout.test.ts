import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceiptBlock } from '../../../app/receipt/document.ts';
import { layOut, wrap } from '../../../hardware/printer/layout.ts';
import { documents } from './documents.ts';

function setIn(columns: number, ...blocks: ReceiptBlock[]): string[] {
  return layOut({ series: 'sale', title: '', blocks }, columns).map((line) =>
    line.kind === 'text' ? ' '.repeat(line.indent) + line.text : line.kind,
  );
}

describe('a document in lines', () => {
  it('has an article, its price and its amount in their own columns', () => {
    expect(
      setIn(
        42,
        { kind: 'item', name: '2 x Kneipp, grovt', each: '39,90', amount: '79,80' },
        { kind: 'item', name: '  Pant', each: null, amount: '1 002,00' },
      ),
    ).toEqual(['2 x Kneipp, grovt     39,90          79,80', '  Pant                            1 002,00']);
  });

  it('breaks a long name between words, and has the amounts at its end', () => {
    expect(
      setIn(32, { kind: 'item', name: '3 x Økologisk surdeigsbrød med gulrot og solsikkefrø', each: '64,90', amount: '194,70' }),
    ).toEqual(['3 x Økologisk surdeigsbrød med', 'gulrot og solsikkefrø', '                   64,90  194,70']);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('x'.repeat(50), 20)).toEqual(['x'.repeat(20), 'x'.repeat(20), 'x'.repeat(10)]);
    expect(wrap('  deposit on bottles', 12)).toEqual(['  deposit on', '  bottles']);
  });

  it('gives an amount a line of its own when the label leaves it no place', () => {
    expect(setIn(32, { kind: 'pair', left: 'Receipt 1042 of register 7', right: '20 Nov 2026' })).toEqual([
      'Receipt 1042 of register 7',
      '                     20 Nov 2026',
    ]);
  });

  it('sets the VAT table with its columns under one another', () => {
    const rows = [
      ['Mva', 'Grunnlag', 'Mva', 'Totalt'],
      ['25 %', '21,60', '5,40', '27,00'],
    ];
    expect(setIn(42, { kind: 'table', rows })).toEqual([
      'Mva       Grunnlag         Mva      Totalt',
      '25 %         21,60        5,40       27,00',
    ]);
  });

  it('puts a double line under the total', () => {
    expect(setIn(32, { kind: 'pair', left: 'TOTALT NOK', right: '201,60', large: true })).toEqual([
      'TOTALT NOK                201,60',
      '='.repeat(32),
    ]);
  });

  it('makes the mark twice the width and height of an amount', () => {
    const blocks: ReceiptBlock[] = [
      { kind: 'mark', text: 'Salgskvittering' },
      { kind: 'pair', left: 'TOTALT NOK', right: '201,60', large: true },
      { kind: 'item', name: 'Kaffe', each: '39,00', amount: '39,00' },
    ];
    const [mark, ...others] = layOut({ series: 'sale', title: '', blocks }, 42);
    expect(mark).toMatchObject({ indent: 6, style: { widthTimes: 2, heightTimes: 2 } });
    for (const line of others) expect(line).toMatchObject({ style: { widthTimes: 1, heightTimes: 1 } });
  });

  it('never has a line that is wider than the paper', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom(32, 42), (document, columns) => {
        for (const line of layOut(document, columns)) {
          if (line.kind === 'text') expect(line.indent + line.text.length * line.style.widthTimes).toBeLessThanOrEqual(columns);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('loses no word of a name', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zæøå]{1,50}$/), { minLength: 1, maxLength: 20 }),
        fc.stringMatching(/^\d{1,9},\d\d$/),
        (words, amount) => {
          const shown = setIn(32, { kind: 'item', name: words.join(' '), each: null, amount });
          expect(shown.join('').replaceAll(' ', '')).toBe(words.join('') + amount);
        },
      ),
    );
  });
});
