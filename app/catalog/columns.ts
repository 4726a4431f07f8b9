/** Which column is what: names in Norwegian and English, and the delimiter that makes most sense of them. */
import { type CsvReader, DELIMITERS, type Delimiter, readCsv } from './csv.ts';
import { type CatalogueField, type CatalogueProblem, FIELDS } from './problem.ts';

/**
 * The names each field goes by, as `plainName` writes them. Earlier names win when a file has several (a `navn` beside
 * a `beskrivelse`); the first is the one that a message suggests.
 */
const NAMES: Readonly<Record<CatalogueField, readonly string[]>> = {
  articleNumber: [
    ...['varenr', 'varenummer', 'artikkelnr', 'artikkelnummer', 'artnr', 'varekode', 'produktnr', 'produktnummer'],
    ...['articlenumber', 'articleno', 'articlenr', 'article', 'itemnumber', 'itemno', 'productnumber', 'productno', 'sku', 'plu'],
  ],
  ean: ['ean', 'ean13', 'eankode', 'eannr', 'eannummer', 'gtin', 'gtin13', 'strekkode', 'barcode', 'eancode', 'upc'],
  name: [
    ...['navn', 'varenavn', 'name', 'articlename', 'productname', 'itemname', 'artikkelnavn', 'produktnavn', 'varetekst'],
    ...['vare', 'produkt', 'artikkel', 'product', 'item', 'betegnelse', 'tekst', 'beskrivelse', 'description'],
  ],
  group: [
    ...['gruppe', 'varegruppe', 'artikkelgruppe', 'produktgruppe', 'hovedgruppe', 'kategori', 'avdeling'],
    ...['group', 'articlegroup', 'productgroup', 'itemgroup', 'category', 'department'],
  ],
  price: [
    ...['pris', 'utsalgspris', 'salgspris', 'utpris', 'priskr', 'prisnok', 'prisikr', 'prisikroner', 'prisinklmva', 'prisinkmva'],
    ...['price', 'salesprice', 'retailprice', 'unitprice', 'pricenok', 'pricekr', 'priceinclvat', 'priceincvat', 'priceinkroner'],
  ],
  vat: [
    ...['mva', 'mvasats', 'mvaprosent', 'momssats', 'moms', 'merverdiavgift', 'avgiftssats'],
    ...['vat', 'vatrate', 'vatpercent', 'vatpct', 'taxrate', 'tax'],
  ],
  unit: ['enhet', 'salgsenhet', 'maleenhet', 'unit', 'salesunit', 'unitofmeasure', 'uom'],
  weighed: [
    ...['veies', 'vektvare', 'veid', 'selgesettervekt', 'losvekt', 'vekt'],
    ...['weighed', 'byweight', 'soldbyweight', 'weighable', 'weighted', 'weight'],
  ],
  deposit: ['pant', 'pantkr', 'pantikr', 'pantikroner', 'pantebelop', 'deposit', 'depositkr', 'bottledeposit'],
  ageLimit: [
    ...['aldersgrense', 'aldersgrenser', 'minstealder', 'alder', 'aldersgrensear'],
    ...['agelimit', 'minimumage', 'minage', 'age', 'agelimityears', 'agerestriction'],
  ],
};

/** Fields without which there is no article. */
const REQUIRED: readonly CatalogueField[] = ['articleNumber', 'name', 'price', 'vat'];

const FIELD_OF_NAME: ReadonlyMap<string, { readonly field: CatalogueField; readonly rank: number }> = new Map(
  FIELDS.flatMap((field) => NAMES[field].map((name, rank) => [name, { field, rank }] as const)),
);

/** A column's name without case, spaces and signs; æ, ø and å as ae, o and a. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('å', 'a')
    .replace(/[^a-z0-9]/g, '');
}

export interface Columns {
  readonly count: number;
  /** Where each field stands, counted from 0. */
  readonly at: Readonly<Partial<Record<CatalogueField, number>>>;
  /** What the file calls it. */
  readonly names: readonly string[];
}

/**
 * The columns that are surely something, and what is wrong with the header.
 * @param required the fields that must have a column; as a rule those without which there is no article.
 */
export function readHeader(
  names: readonly string[],
  line: number,
  required: readonly CatalogueField[] = REQUIRED,
): { readonly columns: Columns; readonly problems: CatalogueProblem[] } {
  const at: Partial<Record<CatalogueField, number>> = {};
  const ranks: Partial<Record<CatalogueField, number>> = {};
  const problems: CatalogueProblem[] = [];
  names.forEach((name, index) => {
    const known = FIELD_OF_NAME.get(plainName(name));
    if (known === undefined) return;
    const { field, rank } = known;
    const earlier = at[field];
    if (earlier === undefined) {
      at[field] = index;
      ranks[field] = rank;
      return;
    }
    const rankOfEarlier = ranks[field] ?? 0;
    // Two columns that could both be the price, the rate or the number are not for a program to choose between.
    if (rank === rankOfEarlier || field === 'price' || field === 'vat' || field === 'articleNumber') {
      problems.push({ line, field, kind: 'column-twice', first: (names[earlier] ?? '').trim(), second: name.trim() });
    } else if (rank < rankOfEarlier) {
      at[field] = index;
      ranks[field] = rank;
    }
  });
  if (Object.keys(at).length === 0) {
    problems.push({ line, field: null, kind: 'header-missing' });
  } else {
    for (const field of required) {
      if (at[field] === undefined) problems.push({ line, field, kind: 'column-missing', accepted: acceptedNames(field) });
    }
  }
  return { columns: { count: names.length, at, names }, problems };
}

/** A Norwegian and an English name for a missing column. */
function acceptedNames(field: CatalogueField): readonly string[] {
  const english: Readonly<Partial<Record<CatalogueField, string>>> = {
    articleNumber: 'articleNumber',
    name: 'name',
    price: 'price',
    vat: 'vat',
  };
  const [first = field] = NAMES[field];
  return [first, english[field] ?? field];
}

export interface OpenedCsv {
  readonly reader: CsvReader;
  readonly delimiter: Delimiter;
  readonly header: { readonly line: number; readonly names: readonly string[] } | null;
}

/** `sep=;`: what spreadsheets write on a first line of its own. */
const SEPARATOR_LINE = /^\s*"?sep=([;,\t])"?[ ;,\t]*$/i;

/** Nothing but separators: a blank line under any delimiter. */
const BLANK = /^[;,\t\s]*$/;

function openWith(text: string, delimiter: Delimiter): OpenedCsv & { readonly known: number } {
  const reader = readCsv(text, delimiter);
  let row = reader.next();
  while (row?.fields.every((field) => BLANK.test(field))) row = reader.next();
  if (row !== null && SEPARATOR_LINE.test(row.fields.join(delimiter))) row = reader.next();
  if (row === null) return { reader, delimiter, header: null, known: 0 };
  const known = row.fields.filter((name) => FIELD_OF_NAME.has(plainName(name))).length;
  return { reader, delimiter, header: { line: row.line, names: row.fields }, known };
}

/** Opens a CSV with the delimiter under which its first row has the most known column names, then the most columns. */
export function openCsv(text: string): OpenedCsv {
  const [best] = DELIMITERS.map((delimiter) => openWith(text, delimiter)).sort(
    (a, b) => b.known - a.known || (b.header?.names.length ?? 0) - (a.header?.names.length ?? 0),
  );
  return best ?? openWith(text, ';');
}
