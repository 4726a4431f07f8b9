/** Everything that can be wrong with a catalogue file, as data. `app/text/catalogue.ts` makes sentences of it. */

export const FIELDS = ['articleNumber', 'ean', 'name', 'group', 'price', 'vat', 'unit', 'weighed', 'deposit', 'ageLimit'] as const;
export type CatalogueField = (typeof FIELDS)[number];

/** What each kind of problem tells beside where it is. */
interface Facts {
  // The whole file
  'file-empty': object;
  'file-not-text': object;
  'file-utf-16': object;
  'file-no-articles': object;
  /** No known column name at all on the first line. */
  'header-missing': object;
  'column-missing': { readonly accepted: readonly string[] };
  'column-twice': { readonly first: string; readonly second: string };
  // A row
  'quote-not-closed': object;
  'text-after-quote': object;
  'too-many-fields': { readonly expected: number; readonly found: number };
  // A field
  missing: object;
  'too-long': { readonly most: number };
  'control-character': object;
  'not-a-number': { readonly text: string };
  'too-many-decimals': { readonly text: string };
  negative: { readonly text: string };
  'too-large': { readonly text: string };
  'vat-not-a-rate': { readonly text: string; readonly rates: readonly number[] };
  /** `0,15`: a fraction where percent belong. */
  'vat-fraction': { readonly text: string };
  'not-yes-or-no': { readonly text: string };
  'weighed-in-pieces': { readonly unit: string };
  'bad-unit': { readonly text: string };
  'bad-age': { readonly text: string };
  'ean-not-digits': { readonly text: string };
  /** A spreadsheet wrote it as 7,09E+12 and the digits are lost. */
  'ean-spreadsheet': { readonly text: string };
  'ean-wrong-length': { readonly text: string; readonly length: number };
  'ean-wrong-check-digit': { readonly text: string; readonly expected: number };
  'ean-duplicate': { readonly ean: string; readonly name: string; readonly firstName: string; readonly firstLine: number };
  /** Merging: an article that the shop has already, and that the file does not name, has this EAN. */
  'ean-held': { readonly ean: string; readonly name: string; readonly heldByName: string; readonly heldByNumber: string };
  'article-number-duplicate': {
    readonly articleNumber: string;
    readonly name: string;
    readonly firstName: string;
    readonly firstLine: number;
  };
}

export type CatalogueProblemKind = keyof Facts;

/** One problem: where (line of the file, from 1; null field: the row or the file), which, and what belongs to it. */
export type CatalogueProblemOf<Kind extends CatalogueProblemKind> = {
  readonly line: number;
  readonly field: CatalogueField | null;
  readonly kind: Kind;
} & Facts[Kind];

export type CatalogueProblem = { [Kind in CatalogueProblemKind]: CatalogueProblemOf<Kind> }[CatalogueProblemKind];

/** A problem before its place is known. */
export type FieldTrouble = { [Kind in CatalogueProblemKind]: { readonly kind: Kind } & Facts[Kind] }[CatalogueProblemKind];
