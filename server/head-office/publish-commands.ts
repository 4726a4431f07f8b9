/** `publish-catalogue`, `publish-prices`, `publish-operators`, `drop-articles`, `unpublish` and `published`: a person's files become versions. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { importCatalogue } from '../../app/catalog/import-csv.ts';
import { importNumbers } from '../../app/catalog/import-numbers.ts';
import { importPrices } from '../../app/catalog/import-prices.ts';
import type { CatalogueProblem } from '../../app/catalog/problem.ts';
import { droppedArticle, type PublishedOperator, publishedOperator, toPublished } from '../../app/catalog/publication.ts';
import type { Market } from '../../app/money/amount.ts';
import { describeCatalogueProblem } from '../../app/text/catalogue.ts';
import { newPin } from '../../app/till/settings-operators.ts';
import { scryptHasher } from '../../hardware/crypto/slow-hash.ts';
import { whoIsLoggedIn } from './logged-in.ts';
import type { Office } from './office.ts';
import { type Said, UsageError } from './options.ts';
import {
  articlesPublished,
  currencyOfStores,
  type PublicationWish,
  type Published,
  publish,
  published,
  unpublish,
} from './publications.ts';

/** What each currency's rates are those of. */
const MARKETS: Readonly<Partial<Record<string, Market>>> = { NOK: 'NO', DKK: 'DK', EUR: 'FI' };
const MOST_PROBLEMS_TOLD = 20;
const MOST_VERSION = 1_000_000_000;
const KINDS = { 'publish-catalogue': 'catalogue', 'publish-prices': 'prices', 'publish-operators': 'operators' } as const;

export type PublishAction = keyof typeof KINDS | 'drop-articles' | 'unpublish' | 'published';

export const isPublishAction = (action: string): action is PublishAction =>
  action in KINDS || action === 'drop-articles' || action === 'unpublish' || action === 'published';

/** Runs one. Gives what is said to the person. @throws UsageError, ChainError */
export async function runPublishCommand(office: Office, said: Said, action: PublishAction): Promise<string> {
  if (action === 'published') return (await published(office)).map(lineOf).join('\n') || 'Nothing is published.';
  const by = said.get('by') ?? whoIsLoggedIn();
  if (action === 'unpublish') {
    const version = said.number('version', MOST_VERSION) ?? Number(said.must('version'));
    await unpublish(office, version, by);
    return `Version ${version} is taken back: registers go on as if it had never been published.`;
  }
  const stores = storesOf(said.get('stores'));
  const from = said.localTime('from');
  if (action === 'drop-articles') return dropArticles(office, said, { stores, from, by });
  const kind = KINDS[action];
  const file = said.must('file');
  const { rows, left } = await rowsOf(office, { kind, file, stores, day: from?.slice(0, 10) ?? null, skipBad: said.has('skip-bad') });
  const version = await publish(office, { kind, name: basename(file), stores, from, by, rows });
  const what = `Version ${version} is published: ${rows.length} ${rows.length === 1 ? 'row' : 'rows'} of ${basename(file)}, ${meantFor(stores, from)}.`;
  return `${what}${leftOut(left)}`;
}

const leftOut = (rows: number): string => (rows === 0 ? '' : `\n${rows} ${rows === 1 ? 'row was' : 'rows were'} left out.`);

const meantFor = (stores: readonly string[] | null, from: string | null): string =>
  `for ${stores === null ? 'all stores' : stores.join(', ')}, from ${from === null ? 'now' : from.replace('T', ' ')}`;

function lineOf({ version, kind, name, rows, stores, from, by, publishedAtMs, withdrawn, coveredBy }: Published): string {
  const state = withdrawn ? ' (taken back)' : coveredBy === null ? '' : ` (version ${coveredBy} takes its place)`;
  return `${version} ${kind} ${name}: ${rows} rows ${meantFor(stores, from)}; by ${by} ${new Date(publishedAtMs).toISOString()}${state}`;
}

/** Articles that the chain sells no more, by number. Nobody has to have published them: shops' own go as well. */
async function dropArticles(office: Office, said: Said, wish: Pick<PublicationWish, 'stores' | 'from' | 'by'>): Promise<string> {
  const file = said.get('file');
  if (file !== null && said.get('articles') !== null) throw new UsageError('Say either --articles or --file.');
  const { numbers, left } = file === null ? { numbers: listed(said.must('articles')), left: 0 } : numbersIn(file, said.has('skip-bad'));
  const known = await articlesPublished(office);
  const name = file === null ? 'drop-articles' : basename(file);
  const version = await publish(office, { ...wish, kind: 'dropped', name, rows: numbers.map((articleNumber) => ({ articleNumber })) });
  const what = `Version ${version} is published: ${numbers.length === 1 ? '1 article is' : `${numbers.length} articles are`} dropped, ${meantFor(wish.stores, wish.from)}.${leftOut(left)}`;
  const strange = numbers.filter((number) => !known.has(number));
  if (strange.length === 0) return what;
  const named = [...strange.slice(0, MOST_PROBLEMS_TOLD), ...(strange.length > MOST_PROBLEMS_TOLD ? ['…'] : [])].join(', ');
  return `${what}\nHead office has not published ${named}: what a store has of its own under such a number goes, and does not come again where version ${version} is taken back.`;
}

function listed(text: string): readonly string[] {
  const numbers = [...new Set(text.split(',').map((number) => number.trim()))];
  if (!numbers.every((articleNumber) => droppedArticle.safeParse({ articleNumber }).success))
    throw new UsageError('--articles must be article numbers with commas between them, such as 1001,1002.');
  return numbers;
}

function numbersIn(file: string, skipBad: boolean): { readonly numbers: readonly string[]; readonly left: number } {
  const { numbers, problems } = importNumbers(readBytes(file));
  const badLines = new Set(problems.map(({ line }) => line)).size;
  if (problems.length > 0 && (!skipBad || numbers.length === 0))
    throw new UsageError(problemText(file, problems, badLines, numbers.length > 0));
  return { numbers, left: badLines };
}

function storesOf(text: string | null): readonly string[] | null {
  if (text === null) return null;
  const stores = [
    ...new Set(
      text
        .split(',')
        .map((store) => store.trim())
        .filter((store) => store !== ''),
    ),
  ];
  if (stores.length === 0) throw new UsageError('--stores names no store.');
  return stores;
}

interface FileWish {
  readonly kind: (typeof KINDS)[keyof typeof KINDS];
  readonly file: string;
  readonly stores: readonly string[] | null;
  readonly day: string | null;
  readonly skipBad: boolean;
}

/** What a file has for its kind. All of it is right, or nothing is published, unless `--skip-bad` was said. */
async function rowsOf(office: Office, { kind, file, stores, day, skipBad }: FileWish): Promise<{ rows: readonly object[]; left: number }> {
  const bytes = readBytes(file);
  if (kind === 'operators') return { rows: await operatorsIn(file, bytes), left: 0 };
  const market = MARKETS[await currencyOfStores(office.store.db, stores)] ?? 'NO';
  const today = new Date(office.clock.nowMs()).toISOString().slice(0, 10);
  const { rows, problems } =
    kind === 'prices' ? pricesIn(bytes) : catalogueIn(bytes, { market, day: day !== null && day > today ? day : today });
  const badLines = new Set(problems.map(({ line }) => line)).size;
  if (problems.length > 0 && (!skipBad || rows.length === 0)) throw new UsageError(problemText(file, problems, badLines, rows.length > 0));
  return { rows, left: badLines };
}

function pricesIn(bytes: Uint8Array) {
  const { prices, problems } = importPrices(bytes);
  return { rows: prices, problems };
}

function catalogueIn(bytes: Uint8Array, options: { readonly market: Market; readonly day: string }) {
  const { articles, problems } = importCatalogue(bytes, options);
  return { rows: articles.map(toPublished), problems };
}

function problemText(file: string, problems: readonly CatalogueProblem[], badLines: number, canSkip: boolean): string {
  const told = problems.slice(0, MOST_PROBLEMS_TOLD).map((problem) => `line ${problem.line}: ${describeCatalogueProblem(problem, 'en')}`);
  const more = problems.length > told.length ? [`… and ${problems.length - told.length} more.`] : [];
  const way = canSkip
    ? [
        `Nothing is published. Put ${badLines === 1 ? 'the line right, or leave it' : 'the lines right, or leave them'} out with --skip-bad.`,
      ]
    : [];
  return [`${basename(file)} is not right:`, ...told, ...more, ...way].join('\n');
}

const OPERATOR_FIELDS = ['id', 'name', 'role', 'pin'];

/** People as a person writes them. A manager's code is only kept as what it comes to. */
async function operatorsIn(file: string, bytes: Uint8Array): Promise<readonly object[]> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw new UsageError(`${file} cannot be read as JSON.`);
  }
  const how = `${file} must hold a list such as [{"id": "kari", "name": "Kari Nordmann", "role": "manager", "pin": "4711"}]`;
  if (!Array.isArray(value) || value.length === 0) throw new UsageError(`${how}.`);
  const people: PublishedOperator[] = [];
  for (const [index, each] of (value as readonly (Partial<Record<string, unknown>> | null)[]).entries()) {
    const wrong = (what: string) => new UsageError(`${how}: number ${index + 1} ${what}.`);
    const unknown = Object.keys(each ?? {}).find((field) => !OPERATOR_FIELDS.includes(field));
    if (unknown !== undefined) throw wrong(`has the field "${unknown}", which is not known`);
    const { id, name, role = 'cashier', pin } = each ?? {};
    if (role !== 'cashier' && role !== 'manager') throw wrong('has a role that is neither "cashier" nor "manager"');
    if (pin !== undefined && role !== 'manager') throw wrong('has a code, and is no manager');
    const code = newPin.optional().safeParse(pin);
    if (!code.success) throw wrong('needs a code of 4 to 8 digits, not one digit repeated, nor digits in a row');
    const parsed = publishedOperator.safeParse({ operatorId: id, name, role });
    if (!parsed.success) throw wrong('needs an id of 1 to 12 letters, digits or -, and a name of at most 40 characters');
    people.push(code.data === undefined ? parsed.data : { ...parsed.data, pinHash: await scryptHasher.hash(code.data) });
  }
  const twice = people.find(({ operatorId }, index) => people.findIndex((other) => other.operatorId === operatorId) < index);
  if (twice !== undefined) throw new UsageError(`${file} has the id "${twice.operatorId}" twice.`);
  return people;
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}
