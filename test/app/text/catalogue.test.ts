import { describe, expect, it } from 'vitest';
import { importCatalogue } from '../../../app/catalog/import-csv.ts';
import type { CatalogueProblem } from '../../../app/catalog/problem.ts';
import { catalogueTexts, describeCatalogueProblem } from '../../../app/text/catalogue.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const HEADER = 'varenr;ean;navn;gruppe;pris;mva;enhet;vektvare;pant;aldersgrense';

/** One file or more for every kind of problem. */
const FILES: readonly Uint8Array[] = [
  bytes(''),
  new Uint8Array([0]),
  new Uint8Array([0xff, 0xfe]),
  bytes(`${HEADER}\n`),
  bytes('noe;annet'),
  bytes('varenr'),
  bytes('varenr;varenr;navn;pris;mva'),
  ...[
    '1;;"A;G;1;15;;;;',
    '1;;"A"B;G;1;15;;;;',
    '1;;A;G;1;15;;;;;x',
    '1;;;G;1;15;;;;',
    `1;;${'A'.repeat(101)};G;1;15;;;;`,
    '1;;\u001b;G;1;15;;;;',
    '1;;A;G;x;15;;;;',
    '1;;A;G;1.234;15;;;;',
    '1;;A;G;-1;15;;;;',
    '1;;A;G;99999999;15;;;;',
    '1;;A;G;1;14;;;;',
    '1;;A;G;1;0,15;;;;',
    '1;;A;G;1;15;;kanskje;;',
    '1;;A;G;1;15;stk;ja;;',
    '1;;A;G;1;15;5;;;',
    '1;;A;G;1;15;;;;gammel',
    '1;x;A;G;1;15;;;;',
    '1;7,09E+12;A;G;1;15;;;;',
    '1;709;A;G;1;15;;;;',
    '1;7090000010011;A;G;1;15;;;;',
    '1;7090000010010;A;G;1;15;;;;\n2;7090000010010;B;G;1;15;;;;',
    '1;;A;G;1;15;;;;\n1;;B;G;1;15;;;;',
  ].map((rows) => bytes(`${HEADER}\n${rows}`)),
];
const problems: readonly CatalogueProblem[] = [
  ...FILES.flatMap((file) => importCatalogue(file).problems),
  { line: 2, field: 'ean', kind: 'ean-held', ean: '7090000010010', name: 'Loff', heldByName: 'Kneipp', heldByNumber: '1001' },
];

describe('what a catalogue import says', () => {
  it('has a sentence for every kind of problem, in both languages', () => {
    const seen = new Set<string>(problems.map((problem) => problem.kind));
    expect([...seen].sort()).toEqual(Object.keys(catalogueTexts.nb.problems).sort());
    expect(Object.keys(catalogueTexts.en.problems).sort()).toEqual([...seen].sort());
  });
  it('is a whole sentence without holes', () => {
    for (const problem of problems) {
      for (const language of ['nb', 'en'] as const) {
        const sentence = describeCatalogueProblem(problem, language);
        expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
        expect(sentence).not.toMatch(/undefined|NaN|\[object/);
        expect(sentence.length).toBeLessThan(240);
      }
    }
  });
  it('names both articles of a duplicate EAN', () => {
    const [problem] = importCatalogue(bytes(`${HEADER}\n1;7090000010010;Kneipp;G;1;15;;;;\n2;7090000010010;Loff;G;1;15;;;;`)).problems;
    expect(problem === undefined ? '' : describeCatalogueProblem(problem, 'nb')).toBe(
      'EAN 7090000010010 på «Loff» er allerede brukt av «Kneipp» på linje 2.',
    );
    expect(problem === undefined ? '' : describeCatalogueProblem(problem, 'en')).toBe(
      'EAN 7090000010010 on “Loff” is already used by “Kneipp” on line 2.',
    );
  });
  it('names the missing column and what to call it', () => {
    const [problem] = importCatalogue(bytes('varenr;navn;pris\n1;A;1')).problems;
    expect(problem === undefined ? '' : describeCatalogueProblem(problem, 'nb')).toBe(
      'Kolonnen for mva mangler. Kall den «mva» eller «vat».',
    );
  });
});
