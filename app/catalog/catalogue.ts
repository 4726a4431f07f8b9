/** The catalogue in memory: what a scan, a tile and a search look things up in. Built once per import and never changed. */
import type { Article } from './article.ts';
import { fold } from './fold.ts';
import { atOnce, eachInSteps, type Steps } from './steps.ts';

export interface ArticleGroup {
  readonly groupId: string;
  readonly name: string;
}

export interface Catalogue {
  readonly size: number;
  byArticleNumber(articleNumber: string): Article | null;
  /** By an EAN as `readScan` gives it: 8 or 13 digits. */
  byEan(ean: string): Article | null;
  /** In the order of their first articles. */
  groups(): readonly ArticleGroup[];
  /** In the order of the catalogue; empty for an unknown group. */
  articlesOf(groupId: string): readonly Article[];
  /**
   * At most `limit` articles that have every word of `text` somewhere in their name, article number or EAN, without
   * regard to case, accents and punctuation. First the exact article number or EAN, then names that begin with the
   * text, then names with a word that begins with its first word and numbers that begin with it, then the rest;
   * among equals, catalogue order. Empty for a text without a letter or digit.
   */
  search(text: string, limit: number): readonly Article[];
}

/** Makes the indexes. Of two articles with one number or one EAN the first counts; the import lets no such pair through. */
export function createCatalogue(articles: readonly Article[]): Catalogue {
  return atOnce(createCatalogueInSteps(articles));
}

/** The same, giving way every so many articles. */
export function* createCatalogueInSteps(articles: readonly Article[]): Steps<Catalogue> {
  const byNumber = new Map<string, Article>();
  const byEan = new Map<string, Article>();
  const groups: ArticleGroup[] = [];
  const byGroup = new Map<string, Article[]>();
  const keys: string[] = [];
  yield* eachInSteps(articles, (article) => {
    if (!byNumber.has(article.articleNumber)) byNumber.set(article.articleNumber, article);
    if (article.ean !== null && !byEan.has(article.ean)) byEan.set(article.ean, article);
    const group = byGroup.get(article.groupId);
    if (group === undefined) {
      byGroup.set(article.groupId, [article]);
      groups.push({ groupId: article.groupId, name: article.groupName });
    } else {
      group.push(article);
    }
    // A space before every word, a line break before what is not the name.
    keys.push(` ${fold(article.name)}\n ${fold(article.articleNumber)} ${article.ean ?? ''}`);
  });

  function search(text: string, limit: number): readonly Article[] {
    const folded = fold(text);
    if (folded === '' || limit < 1) return [];
    const words = folded.split(' ');
    const [first = ''] = words;
    const begins = ` ${folded}`;
    const wordBegins = ` ${first}`;
    const exact = exactMatch(text.trim());
    const starts: Article[] = [];
    const inside: Article[] = [];
    const rest: Article[] = [];
    const bucketOf = (key: string): Article[] | null => {
      if (inside.length === limit) return null;
      if (rest.length === limit) return key.includes(wordBegins) && hasAll(key, words) ? inside : null;
      if (!hasAll(key, words)) return null;
      return key.includes(wordBegins) ? inside : rest;
    };
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index] ?? '';
      // The cheapest question first, and none whose answer would not count any more.
      const bucket = key.startsWith(begins) ? starts : bucketOf(key);
      if (bucket === null) continue;
      const article = articles[index];
      if (article !== undefined && article !== exact) bucket.push(article);
      if (starts.length === limit) break;
    }
    return [...(exact === null ? [] : [exact]), ...starts, ...inside, ...rest].slice(0, limit);
  }

  function exactMatch(text: string): Article | null {
    return byNumber.get(text) ?? byEan.get(text) ?? null;
  }

  return {
    size: articles.length,
    byArticleNumber: (articleNumber) => byNumber.get(articleNumber) ?? null,
    byEan: (ean) => byEan.get(ean) ?? null,
    groups: () => groups,
    articlesOf: (groupId) => byGroup.get(groupId) ?? [],
    search,
  };
}

function hasAll(key: string, words: readonly string[]): boolean {
  for (const word of words) if (!key.includes(word)) return false;
  return true;
}
