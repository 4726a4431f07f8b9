/** Versions of head office's on a register's disk, as if they had just been fetched. */

import type { Article } from '../../../app/catalog/article.ts';
import {
  type PublicationHead,
  type PublicationKind,
  type PublishedArticle,
  ROWS_A_PAGE,
  startOf,
  toPublished,
} from '../../../app/catalog/publication.ts';
import type { PublicationStore } from '../../../app/catalog/publication-store.ts';
import { BREAD } from '../../simulation/shop.ts';
import { MORNING_MS } from '../../simulation/virtual-time.ts';
import type { Counter } from './counter.ts';

export interface Version {
  readonly version: number;
  readonly kind: PublicationKind;
  readonly rows: readonly object[];
  readonly from?: string;
  readonly publishedAtMs?: number;
}

/** Puts it on disk, whole. The shop is in Oslo, in winter. */
export function keep(store: PublicationStore, { version, kind, rows, from, publishedAtMs = MORNING_MS }: Version): void {
  const pages = Math.ceil(rows.length / ROWS_A_PAGE);
  const sha256 = String(version).padStart(64, '0');
  const head: PublicationHead = {
    version,
    kind,
    name: `fil-${version}`,
    from: from ?? null,
    publishedAtMs,
    rows: rows.length,
    pages,
    sha256,
  };
  store.begin(
    head,
    startOf(head, () => 60),
  );
  for (let page = 1; page <= pages; page += 1) {
    const own = rows.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE);
    store.addPage(version, page, { text: JSON.stringify(own), sha256, rows: own.length });
  }
  store.finish(version, publishedAtMs);
}

export const priceOf = ({ articleNumber }: { readonly articleNumber: string }, unitPriceOre: number) => ({ articleNumber, unitPriceOre });

export const asPublished = (article: Article, changes: Partial<PublishedArticle> = {}): PublishedArticle => ({
  ...toPublished(article),
  ...changes,
});

/** The fetched versions are there: the register hears of it. */
export async function arrives(counter: Counter, ...versions: readonly Version[]): Promise<void> {
  for (const version of versions) keep(counter.box.publications, version);
  counter.box.till.publishedArrived();
  await counter.time.pass(5_000);
}

export async function breadOre(counter: Counter): Promise<number | undefined> {
  await counter.ring(BREAD);
  const dueOre = counter.view.basket?.dueOre;
  await counter.do({ type: 'abort-sale' });
  return dueOre;
}

export const imports = (counter: Counter) =>
  counter.box.entries().flatMap(({ type, payload }) => (type === 'catalogue.imported' ? [payload] : []));
export const paysCash = (counter: Counter) => counter.do({ type: 'pay-cash', receivedOre: 100_000 });
