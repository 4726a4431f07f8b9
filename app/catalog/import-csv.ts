/**
 * A catalogue from a CSV file. Good rows become articles, bad ones become problems with their line number; a file that
 * cannot be understood as a whole gives no articles and says why. Nothing is guessed where money or tax is concerned.
 */
import type { Market } from '../money/amount.ts';
import { vatRatesOn } from '../money/vat.ts';
import type { Article } from './article.ts';
import { type Columns, openCsv, readHeader } from './columns.ts';
import type { Delimiter } from './csv.ts';
import { decodeTextInSteps, type TextEncoding } from './decode.ts';
import * as fields from './fields.ts';
import { groupIdOf } from './group.ts';
import type { CatalogueField, CatalogueProblem, FieldTrouble } from './problem.ts';
import { atOnce, ROWS_A_STEP, type Steps } from './steps.ts';

export interface ImportOptions {
  /** The local day, `YYYY-MM-DD`: VAT rates must be in force then. Without it, the newest rates count. */
  readonly day?: string;
  /** Whose VAT rates; missing is Norway. */
  readonly market?: Market;
  /** Another country's rates, in basis points. */
  readonly vatBasisPoints?: readonly number[];
}

export interface CatalogueImport {
  readonly articles: readonly Article[];
  /** In the order of the file. */
  readonly problems: readonly CatalogueProblem[];
  /** How many rows gave no article. */
  readonly refusedRows: number;
  /** Article number → the line it stands on. */
  readonly lines: ReadonlyMap<string, number>;
  readonly encoding: TextEncoding | null;
  readonly delimiter: Delimiter | null;
}

const NEWEST_DAY = '9999-12-31';
const MOST_NUMBER = 40;
const MOST_NAME = 100;
const MOST_GROUP = 40;
/** Where articles without a group go. */
const NO_GROUP = 'Diverse';

/** Reads a catalogue file's bytes. Never throws, whatever the bytes. */
export function importCatalogue(bytes: Uint8Array, options: ImportOptions = {}): CatalogueImport {
  return atOnce(importCatalogueInSteps(bytes, options));
}

/** The same, giving way every so many rows. */
export function* importCatalogueInSteps(bytes: Uint8Array, options: ImportOptions = {}): Steps<CatalogueImport> {
  const refused = (kind: 'file-empty' | 'file-not-text' | 'file-utf-16' | 'file-no-articles', line = 1): CatalogueImport => ({
    articles: [],
    problems: [{ line, field: null, kind }],
    refusedRows: 0,
    lines: new Map(),
    encoding: null,
    delimiter: null,
  });
  const decoded = yield* decodeTextInSteps(bytes);
  if (!decoded.ok) return refused(decoded.reason === 'utf-16' ? 'file-utf-16' : 'file-not-text');
  const { reader, delimiter, header } = openCsv(decoded.text);
  if (header === null) return refused('file-empty');
  const { columns, problems } = readHeader(header.names, header.line);
  const found = { encoding: decoded.encoding, delimiter };
  if (problems.length > 0) return { articles: [], problems, refusedRows: 0, lines: new Map(), ...found };

  const rates = options.vatBasisPoints ?? [
    ...new Set(vatRatesOn(options.day ?? NEWEST_DAY, options.market).map((rate) => rate.basisPoints)),
  ];
  const articles: Article[] = [];
  const seen: Seen = { byNumber: new Map(), byEan: new Map(), groups: new Map() };
  let refusedRows = 0;
  let read = 0;
  for (let row = reader.next(); row !== null; row = reader.next()) {
    if (read > 0 && read % ROWS_A_STEP === 0) yield;
    read += 1;
    const { line } = row;
    const before = problems.length;
    if (row.broken !== null) {
      problems.push({ line, field: null, kind: row.broken });
    } else if (row.fields.slice(columns.count).some((extra) => extra.trim() !== '')) {
      problems.push({ line, field: null, kind: 'too-many-fields', expected: columns.count, found: row.fields.length });
    } else {
      const article = readRow(row.fields, line, columns, rates, seen, problems);
      if (article !== null) articles.push(article);
    }
    if (problems.length > before) refusedRows += 1;
  }
  if (articles.length === 0 && problems.length === 0) return { ...refused('file-no-articles', header.line), ...found };
  const lines = new Map([...seen.byNumber].map(([articleNumber, first]) => [articleNumber, first.line]));
  return { articles, problems, refusedRows, lines, ...found };
}

interface First {
  readonly line: number;
  readonly name: string;
}

/** What earlier rows took: a number or an EAN belongs to the first good row that has it. */
interface Seen {
  readonly byNumber: Map<string, First>;
  readonly byEan: Map<string, First>;
  /** Group id → the name it was first written with. */
  readonly groups: Map<string, string>;
}

function readRow(
  row: readonly string[],
  line: number,
  columns: Columns,
  rates: readonly number[],
  seen: Seen,
  problems: CatalogueProblem[],
): Article | null {
  const before = problems.length;
  const report = (field: CatalogueField, trouble: FieldTrouble): void => {
    problems.push({ line, field, ...trouble });
  };
  const raw = (field: CatalogueField): string => {
    const index = columns.at[field];
    return index === undefined ? '' : (row[index] ?? '');
  };
  const take = <Value>(field: CatalogueField, reading: fields.FieldReading<Value>, otherwise: Value): Value => {
    if ('value' in reading) return reading.value;
    report(field, reading.trouble);
    return otherwise;
  };
  const required = (field: CatalogueField, most: number): string => {
    const text = take(field, fields.readText(raw(field), most), null);
    if (text === '') report(field, { kind: 'missing' });
    return text ?? '';
  };

  const articleNumber = required('articleNumber', MOST_NUMBER);
  const ean = take('ean', fields.readEanField(raw('ean')), null);
  const name = required('name', MOST_NAME);
  const group = take('group', fields.readText(raw('group'), MOST_GROUP), '') || NO_GROUP;
  const unitPriceOre = take('price', fields.readPrice(raw('price')), 0);
  const vatBasisPoints = take('vat', fields.readVat(raw('vat'), rates), 0);
  const saidUnit = take('unit', fields.readUnit(raw('unit')), null);
  const saidWeighed = take('weighed', fields.readYesNo(raw('weighed')), null);
  const depositOre = take('deposit', fields.readDeposit(raw('deposit')), null);
  const ageLimitYears = take('ageLimit', fields.readAge(raw('ageLimit')), null);

  // What is priced by the kilo is weighed unless the file says otherwise; what is weighed is priced by the kilo.
  const unit = saidUnit ?? (saidWeighed === true ? 'kg' : 'stk');
  const weighed = saidWeighed ?? unit === 'kg';
  if (weighed && !fields.isMeasured(unit)) report('weighed', { kind: 'weighed-in-pieces', unit });

  const sameNumber = seen.byNumber.get(articleNumber);
  if (articleNumber !== '' && sameNumber !== undefined) {
    report('articleNumber', {
      kind: 'article-number-duplicate',
      articleNumber,
      name,
      firstName: sameNumber.name,
      firstLine: sameNumber.line,
    });
  }
  const sameEan = ean === null ? undefined : seen.byEan.get(ean);
  if (ean !== null && sameEan !== undefined) {
    report('ean', { kind: 'ean-duplicate', ean, name, firstName: sameEan.name, firstLine: sameEan.line });
  }
  if (problems.length > before) return null;

  const first = { line, name };
  seen.byNumber.set(articleNumber, first);
  if (ean !== null) seen.byEan.set(ean, first);
  const groupId = groupIdOf(group);
  const groupName = seen.groups.get(groupId) ?? group;
  seen.groups.set(groupId, groupName);
  return { articleNumber, ean, name, groupId, groupName, unitPriceOre, vatBasisPoints, unit, weighed, depositOre, ageLimitYears };
}
