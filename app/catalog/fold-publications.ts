/**
 * What the versions that stand say together, and what that makes of a register's articles. The same versions come to the
 * same, in whatever order they arrived. An article is only touched where a version speaks that did not speak for it before:
 * what the shop itself changed since stays, and so does what no version names.
 */
import type { Article } from './article.ts';
import type { Origin, Shelved } from './catalogue-store.ts';
import { fromPublished, type PublicationKind, type PublishedOperator, readPage } from './publication.ts';
import { eachInSteps, type Steps } from './steps.ts';

/** A version that stands, as it is on disk. */
export interface StandingVersion {
  readonly version: number;
  /** The register's own count: no two that it ever fetched have the same, though head office gave a number again. */
  readonly arrival: number;
  readonly kind: PublicationKind;
  readonly startMs: number;
  readonly pages: number;
}

/** Something said, by which version (its arrival), and how late in their order: the later word is right. */
interface Word<T> {
  readonly value: T;
  readonly by: number;
  readonly order: number;
}

/** What all of them say together. */
export interface Told {
  /** By article number; `null`: the chain sells it no more. */
  readonly facts: ReadonlyMap<string, Word<Article | null>>;
  /** By article number. */
  readonly prices: ReadonlyMap<string, Word<number>>;
  readonly pricesByEan: ReadonlyMap<string, Word<number>>;
  /** The latest list; `null` when there is none. */
  readonly operators: readonly PublishedOperator[] | null;
}

/** The order in which they have their say: by their start, those of one start by their number. */
export function inOrder<Version extends Pick<StandingVersion, 'startMs' | 'version'>>(versions: readonly Version[]): readonly Version[] {
  return versions.toSorted((a, b) => a.startMs - b.startMs || a.version - b.version);
}

/**
 * Reads the versions, page by page. @param pageOf a page's text, from 1 on.
 * Errors: `PageError`, and what `pageOf` throws.
 */
export function* foldPublications(versions: readonly StandingVersion[], pageOf: (version: number, page: number) => string): Steps<Told> {
  const facts = new Map<string, Word<Article | null>>();
  const prices = new Map<string, Word<number>>();
  const pricesByEan = new Map<string, Word<number>>();
  let operators: readonly PublishedOperator[] | null = null;
  for (const [order, { version, arrival: by, kind, pages }] of inOrder(versions).entries()) {
    const people: PublishedOperator[] = [];
    for (let page = 1; page <= pages; page += 1) {
      const text = pageOf(version, page);
      switch (kind) {
        case 'catalogue':
          for (const row of readPage(kind, text)) {
            facts.set(row.articleNumber, { value: fromPublished(row), by, order });
            prices.set(row.articleNumber, { value: row.unitPriceOre, by, order });
          }
          break;
        case 'prices':
          for (const row of readPage(kind, text)) {
            const word = { value: row.unitPriceOre, by, order };
            if ('articleNumber' in row) prices.set(row.articleNumber, word);
            else pricesByEan.set(row.ean, word);
          }
          break;
        case 'dropped':
          for (const { articleNumber } of readPage(kind, text)) {
            facts.set(articleNumber, { value: null, by, order });
            prices.delete(articleNumber);
          }
          break;
        case 'operators':
          people.push(...readPage(kind, text));
      }
      yield;
    }
    if (kind === 'operators') operators = people;
  }
  return { facts, prices, pricesByEan, operators };
}

/** The articles as they are to be, and who said what of each. */
export interface Supplied {
  readonly articles: readonly Article[];
  readonly origins: ReadonlyMap<string, Origin>;
  /** For each version, by its arrival: how many of its prices are for articles that nobody here knows. */
  readonly unknown: ReadonlyMap<number, number>;
  /** For each version, by its arrival: how many articles went with it. */
  readonly dropped: ReadonlyMap<number, number>;
  /** Articles that gave up their EAN to another one. */
  readonly withoutEan: readonly Article[];
}

/**
 * Puts what is told beside what stands. @param stood the arrivals of the versions that stood before: an article that one of
 * them dropped, and that is here without head office's word, is one that the shop has put back since.
 */
export function* supply(standing: readonly Shelved[], told: Told, stood: ReadonlySet<number>): Steps<Supplied> {
  const articles: Article[] = [];
  const origins = new Map<string, Origin>();
  const used = new Set<Word<number>>();
  const dropped = new Map<number, number>();
  const add = (own: Shelved | null, articleNumber: string): void => {
    const word = told.facts.get(articleNumber) ?? null;
    const factsBy = own?.origin.factsBy ?? null;
    const isPutBack = word?.value === null && factsBy === null && stood.has(word.by);
    const isNews = word !== null && word.by !== factsBy && !isPutBack;
    const base = isNews || own === null ? (word?.value ?? null) : own.article;
    if (base === null) {
      if (word !== null && own !== null) dropped.set(word.by, (dropped.get(word.by) ?? 0) + 1);
      return;
    }
    const price = latest(told.prices.get(articleNumber), base.ean === null ? undefined : told.pricesByEan.get(base.ean));
    for (const each of [told.prices.get(articleNumber), base.ean === null ? undefined : told.pricesByEan.get(base.ean)]) {
      if (each !== undefined) used.add(each);
    }
    const isPriceNews = price !== null && price.by !== (own?.origin.priceBy ?? null);
    const unitPriceOre = isPriceNews ? price.value : (own?.article.unitPriceOre ?? base.unitPriceOre);
    articles.push({ ...base, unitPriceOre });
    origins.set(articleNumber, { factsBy: word?.by ?? factsBy, priceBy: price?.by ?? own?.origin.priceBy ?? null });
  };
  const known = new Set(standing.map(({ article }) => article.articleNumber));
  yield* eachInSteps(standing, (own) => add(own, own.article.articleNumber));
  yield* eachInSteps(told.facts.keys(), (articleNumber) => {
    if (!known.has(articleNumber)) add(null, articleNumber);
  });
  const unknown = new Map<number, number>();
  yield* eachInSteps([...told.prices.values(), ...told.pricesByEan.values()], (word) => {
    if (!used.has(word)) unknown.set(word.by, (unknown.get(word.by) ?? 0) + 1);
  });
  return { origins, unknown, dropped, ...(yield* withOneEanEach(articles, told)) };
}

function latest<T>(a: Word<T> | undefined, b: Word<T> | undefined): Word<T> | null {
  if (a === undefined || b === undefined) return a ?? b ?? null;
  return b.order > a.order ? b : a;
}

/** An EAN is one article's: that of the version that spoke last, and head office's before the shop's own. */
function* withOneEanEach(articles: readonly Article[], { facts }: Told): Steps<Pick<Supplied, 'articles' | 'withoutEan'>> {
  const orderOf = ({ articleNumber }: Article): number => facts.get(articleNumber)?.order ?? -1;
  const holders = new Map<string, Article>();
  const withoutEan: Article[] = [];
  yield* eachInSteps(articles, (article) => {
    if (article.ean === null) return;
    const holder = holders.get(article.ean);
    if (holder !== undefined) withoutEan.push(orderOf(article) > orderOf(holder) ? holder : article);
    if (holder === undefined || orderOf(article) > orderOf(holder)) holders.set(article.ean, article);
  });
  const losers = new Set(withoutEan);
  return {
    articles: losers.size === 0 ? articles : articles.map((each) => (losers.has(each) ? { ...each, ean: null } : each)),
    withoutEan,
  };
}
