/** The catalogue on disk, in a table of its own. It is no part of the journal: prices come and go, entries do not. */
import { inTransaction } from '../journal/transaction.ts';
import type { Database, SqlRow } from '../till/ports.ts';
import type { Article } from './article.ts';
import { groupIdOf } from './group.ts';
import type { CatalogueProblem } from './problem.ts';
import { atOnce, eachInSteps, ROWS_A_STEP, type Steps } from './steps.ts';

export interface PriceChange {
  readonly articleNumber: string;
  readonly name: string;
  readonly fromOre: number;
  readonly toOre: number;
}

/** What saving did to the catalogue. */
export interface CatalogueChanges {
  readonly added: number;
  /** Articles whose facts changed, price or other. */
  readonly changed: number;
  readonly removed: number;
  readonly priceChanges: readonly PriceChange[];
  /** Merging only: articles left out because another article, not in the import, has their EAN. */
  readonly refused: readonly { readonly article: Article; readonly heldBy: Article }[];
}

/** Which version of head office's said what an article is, and which what it costs, by their arrivals; `null`: none did, the shop itself does. */
export interface Origin {
  readonly factsBy: number | null;
  readonly priceBy: number | null;
}

/** An article as it stands in the register's table. */
export interface Shelved {
  readonly article: Article;
  readonly origin: Origin;
}

/** `replace`: the import is the catalogue. `merge`: by article number; what the import does not name stays. */
export type SaveMode = 'replace' | 'merge';

/** Everything of a save that takes time, done; the catalogue is still the old one. */
export interface PreparedSave {
  readonly changes: CatalogueChanges;
  /** The catalogue as it will be, in its order. */
  readonly articles: readonly Article[];
  /**
   * Puts it in the old one's place in one short durable transaction. When `note`, called within it, throws, nothing is
   * saved. Once. Errors: `StorageError`, and what `note` throws.
   */
  commit(note?: () => void): void;
}

/** Thrown when a row of the table is not an article: somebody else wrote to it. */
export class CatalogueRowError extends Error {
  override readonly name = 'CatalogueRowError';
}

export interface CatalogueStore {
  /** Every article, in the catalogue's order. Errors: `StorageError`, `CatalogueRowError`. */
  load(): Article[];
  /**
   * Saves in one transaction of its own: all or nothing. `note` is told what changes before it is so: when it throws,
   * nothing is saved. Errors: `StorageError`, and what `note` throws.
   */
  save(articles: readonly Article[], mode: SaveMode, note?: (changes: CatalogueChanges) => void): CatalogueChanges;
  /**
   * The same with time for other things between two steps: what comes in is written beside the catalogue, which is not
   * touched before `commit`. One at a time: whoever begins another makes this one's place empty again.
   * @param origins by article number; what is not in it keeps its own. Errors: `StorageError`, `CatalogueRowError`.
   */
  prepare(articles: readonly Article[], mode: SaveMode, origins?: ReadonlyMap<string, Origin>): Steps<PreparedSave>;
  /** Every article with where it comes from. Errors as those of `load`. */
  shelved(): Steps<readonly Shelved[]>;
}

/** Reading is quick. */
const ROWS_READ_A_STEP = 2_000;

const COLUMNS =
  'article_number, ean, name, group_name, unit_price_ore, vat_basis_points, unit, weighed, deposit_ore, age_limit_years, position, facts_by, price_by';

/** Newer than the table. */
const ORIGIN_COLUMNS = ['facts_by', 'price_by'] as const;

/** Opens the store on a connection, making its table the first time. */
export function openCatalogueStore(database: Database): CatalogueStore {
  const createTable = (name: string) =>
    database.exec(
      `CREATE TABLE IF NOT EXISTS ${name} (
      article_number TEXT PRIMARY KEY,
      ean TEXT UNIQUE,
      name TEXT NOT NULL,
      group_name TEXT NOT NULL,
      unit_price_ore INTEGER NOT NULL,
      vat_basis_points INTEGER NOT NULL,
      unit TEXT NOT NULL,
      weighed INTEGER NOT NULL,
      deposit_ore INTEGER,
      age_limit_years INTEGER,
      position INTEGER NOT NULL,
      ${ORIGIN_COLUMNS.map((name) => `${name} INTEGER`).join(', ')}
    ) STRICT, WITHOUT ROWID`,
    );
  createTable('catalogue_article');
  const there = new Set(
    database
      .prepare("SELECT name FROM pragma_table_info('catalogue_article')")
      .all()
      .map(({ name }) => name),
  );
  for (const name of ORIGIN_COLUMNS) if (!there.has(name)) database.exec(`ALTER TABLE catalogue_article ADD COLUMN ${name} INTEGER`);
  // What an import had written when its register stopped.
  database.exec('DROP TABLE IF EXISTS catalogue_incoming');

  function load(): Article[] {
    return database.prepare(`SELECT ${COLUMNS} FROM catalogue_article ORDER BY position, article_number`).all().map(articleOf);
  }

  /** Along the key, so that no page costs the pages before it; their own order is made in the end. */
  function* shelved(): Steps<readonly Shelved[]> {
    const page = database.prepare(`SELECT ${COLUMNS} FROM catalogue_article WHERE article_number > ? ORDER BY article_number LIMIT ?`);
    const all: (Shelved & { readonly position: number })[] = [];
    for (;;) {
      const rows = page.all(all.at(-1)?.article.articleNumber ?? '', ROWS_READ_A_STEP);
      for (const row of rows) all.push({ article: articleOf(row), origin: originOf(row), position: integer(row, 'position') });
      if (rows.length < ROWS_READ_A_STEP) return all.sort((a, b) => a.position - b.position);
      yield;
    }
  }

  function* writeBeside(articles: readonly Article[], originsOf: (articleNumber: string) => Origin): Steps<void> {
    database.exec('DROP TABLE IF EXISTS catalogue_incoming');
    createTable('catalogue_incoming');
    const insert = database.prepare(`INSERT INTO catalogue_incoming (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    for (let from = 0; from < articles.length; from += ROWS_A_STEP) {
      if (from > 0) yield;
      inTransaction(database, () => {
        for (const [index, article] of articles.slice(from, from + ROWS_A_STEP).entries()) {
          const { factsBy, priceBy } = originsOf(article.articleNumber);
          insert.run(
            ...[article.articleNumber, article.ean, article.name, article.groupName, article.unitPriceOre, article.vatBasisPoints],
            ...[article.unit, article.weighed ? 1 : 0, article.depositOre, article.ageLimitYears, from + index, factsBy, priceBy],
          );
        }
      });
    }
  }

  function* prepare(incoming: readonly Article[], mode: SaveMode, origins?: ReadonlyMap<string, Origin>): Steps<PreparedSave> {
    const standing = yield* shelved();
    const before = standing.map(({ article }) => article);
    const kept = new Map(standing.map(({ article, origin }) => [article.articleNumber, origin]));
    const { articles, refused } = mode === 'replace' ? { articles: incoming, refused: [] } : yield* merge(before, incoming);
    const changes = { ...(yield* compare(before, articles)), refused };
    yield* writeBeside(articles, (articleNumber) => origins?.get(articleNumber) ?? kept.get(articleNumber) ?? THE_SHOPS_OWN);
    return {
      changes,
      articles,
      commit: (note = () => undefined) =>
        inTransaction(database, () => {
          database.exec('DROP TABLE catalogue_article; ALTER TABLE catalogue_incoming RENAME TO catalogue_article');
          note();
        }),
    };
  }

  return {
    load,
    prepare,
    shelved,
    save(articles, mode, note = () => undefined) {
      const { changes, commit } = atOnce(prepare(articles, mode));
      commit(() => note(changes));
      return changes;
    },
  };
}

/** What merging refused, as problems of the import. @param lines of the import: article number → line. */
export function heldEanProblems(refused: CatalogueChanges['refused'], lines: ReadonlyMap<string, number>): CatalogueProblem[] {
  return refused.map(({ article, heldBy }) => ({
    line: lines.get(article.articleNumber) ?? 1,
    field: 'ean',
    kind: 'ean-held',
    ean: article.ean ?? '',
    name: article.name,
    heldByName: heldBy.name,
    heldByNumber: heldBy.articleNumber,
  }));
}

interface Merged {
  readonly articles: readonly Article[];
  readonly refused: readonly { readonly article: Article; readonly heldBy: Article }[];
}

/**
 * An incoming article whose EAN another article keeps is refused. Its own earlier self then stays, and keeps its EAN in
 * turn, so the pass is made again until nobody is refused any more.
 */
function* merge(before: readonly Article[], incoming: readonly Article[]): Steps<Merged> {
  const earlier = new Map(before.map((article) => [article.articleNumber, article]));
  const accepted = new Map(incoming.map((article) => [article.articleNumber, article]));
  const holders = new Map<string, Article>();
  for (const article of before) {
    if (article.ean !== null && !accepted.has(article.articleNumber)) holders.set(article.ean, article);
  }
  const refused: { article: Article; heldBy: Article }[] = [];
  let refusedBefore = -1;
  while (refused.length > refusedBefore) {
    refusedBefore = refused.length;
    yield* eachInSteps(
      [...accepted.values()],
      (article) => {
        const heldBy = article.ean === null ? undefined : holders.get(article.ean);
        if (heldBy === undefined) return;
        accepted.delete(article.articleNumber);
        refused.push({ article, heldBy });
        const stays = earlier.get(article.articleNumber);
        if (stays !== undefined && stays.ean !== null) holders.set(stays.ean, stays);
      },
      ROWS_READ_A_STEP,
    );
  }
  const articles = before.map((article) => accepted.get(article.articleNumber) ?? article);
  return { articles: [...articles, ...[...accepted.values()].filter((article) => !earlier.has(article.articleNumber))], refused };
}

function* compare(before: readonly Article[], after: readonly Article[]): Steps<Omit<CatalogueChanges, 'refused'>> {
  const old = new Map(before.map((article) => [article.articleNumber, article]));
  const priceChanges: PriceChange[] = [];
  let added = 0;
  let changed = 0;
  yield* eachInSteps(
    after,
    (article) => {
      const earlier = old.get(article.articleNumber);
      if (earlier === undefined) {
        added += 1;
        return;
      }
      old.delete(article.articleNumber);
      if (!same(earlier, article)) changed += 1;
      if (earlier.unitPriceOre !== article.unitPriceOre) {
        priceChanges.push({
          articleNumber: article.articleNumber,
          name: article.name,
          fromOre: earlier.unitPriceOre,
          toOre: article.unitPriceOre,
        });
      }
    },
    ROWS_READ_A_STEP,
  );
  return { added, changed, removed: old.size, priceChanges };
}

function same(a: Article, b: Article): boolean {
  return (
    a.ean === b.ean &&
    a.name === b.name &&
    a.groupName === b.groupName &&
    a.unitPriceOre === b.unitPriceOre &&
    a.vatBasisPoints === b.vatBasisPoints &&
    a.unit === b.unit &&
    a.weighed === b.weighed &&
    a.depositOre === b.depositOre &&
    a.ageLimitYears === b.ageLimitYears
  );
}

const THE_SHOPS_OWN: Origin = { factsBy: null, priceBy: null };

function originOf(row: SqlRow): Origin {
  const version = (column: (typeof ORIGIN_COLUMNS)[number]) => (row[column] === null ? null : integer(row, column));
  return { factsBy: version('facts_by'), priceBy: version('price_by') };
}

function articleOf(row: SqlRow): Article {
  const groupName = text(row, 'group_name');
  return {
    articleNumber: text(row, 'article_number'),
    ean: row.ean === null ? null : text(row, 'ean'),
    name: text(row, 'name'),
    groupId: groupIdOf(groupName),
    groupName,
    unitPriceOre: integer(row, 'unit_price_ore'),
    vatBasisPoints: integer(row, 'vat_basis_points'),
    unit: text(row, 'unit'),
    weighed: integer(row, 'weighed') === 1,
    depositOre: row.deposit_ore === null ? null : integer(row, 'deposit_ore'),
    ageLimitYears: row.age_limit_years === null ? null : integer(row, 'age_limit_years'),
  };
}

function text(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new CatalogueRowError(`catalogue_article.${column} is not a text`);
  return value;
}

function integer(row: SqlRow, column: string): number {
  const value = Number(row[column]);
  if (!Number.isSafeInteger(value)) throw new CatalogueRowError(`catalogue_article.${column} is not an integer`);
  return value;
}
