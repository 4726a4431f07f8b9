/**
 * What head office publishes for the registers: numbered versions, for the whole chain or some of its stores, that never
 * change. A version that says everything again that an earlier one said takes its place: a register that joins later fetches
 * what still counts, and not the years before it.
 */
import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import {
  digestText,
  PUBLICATION_KINDS,
  type PublicationHead,
  type PublicationKind,
  publicationHead,
  ROWS_A_PAGE,
  readPage,
} from '../../app/catalog/publication.ts';
import { MOST_NEWS } from '../../app/refund/contract.ts';
import { RefusedByHeadOffice } from '../../app/refund/problem.ts';
import { writeAudit } from './audit.ts';
import { noteFetched, noteHad } from './fetched.ts';
import type { Office, Register } from './office.ts';
import { byHeadOffice, ChainError } from './registers.ts';
import type { Tables } from './store/schema.ts';
import type { Db, Tx } from './store/store.ts';

export interface PublicationWish {
  readonly kind: PublicationKind;
  /** What it is called: the file's name. */
  readonly name: string;
  /** `null`: every store of the chain, those that come later too. */
  readonly stores: readonly string[] | null;
  /** The shops' own time from which it stands; `null`: at once. */
  readonly from: string | null;
  /** Who publishes it. */
  readonly by: string;
  /** As the kind has them (`app/catalog/publication.ts`). */
  readonly rows: readonly object[];
}

type Row = Selectable<Tables['publications']>;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The currency that these stores sell in. @throws ChainError when there are several, or no such store. */
export async function currencyOfStores(db: Db | Tx, stores: readonly string[] | null): Promise<string> {
  const found = await db.selectFrom('stores').select(['store_id', 'currency']).execute();
  const unknown = stores?.find((storeId) => found.every((store) => store.store_id !== storeId));
  if (unknown !== undefined) throw new ChainError(`There is no store "${unknown}".`);
  const meant = stores === null ? found : found.filter((store) => stores.includes(store.store_id));
  const [currency, ...others] = [...new Set(meant.map((store) => store.currency))];
  if (currency === undefined) throw new ChainError('There is no store to publish for yet.');
  if (others.length > 0)
    throw new ChainError('The stores sell in several currencies: publish for the stores of one at a time, with --stores.');
  return currency;
}

/** Publishes a version. Gives its number. @throws ChainError when nothing can be published so. */
export async function publish(office: Office, wish: PublicationWish): Promise<number> {
  const { kind, name, stores, from, rows, by } = wish;
  if (rows.length === 0) throw new ChainError('There is nothing in it to publish.');
  const pages = pagesOf(rows);
  for (const page of pages) readPage(kind, page);
  const nowMs = office.clock.nowMs();
  const digest = sha256(digestText(pages.map(sha256)));
  const head = { version: 1, kind, name, from, publishedAtMs: nowMs, rows: rows.length, pages: pages.length, sha256: digest };
  if (!publicationHead.safeParse(head).success)
    throw new ChainError(`"${name}" cannot be published under that name: it must be one line of at most 120 characters.`);
  return office.store.db.transaction().execute(async (tx) => {
    // One after the other, so that a number that is seen has none before it that comes later.
    if (office.store.kind === 'postgres') await sql`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(tx);
    const currency = hasPrices(kind) ? await currencyOfStores(tx, stores) : null;
    if (currency === null && stores !== null) await assertStores(tx, stores);
    const last = await tx
      .selectFrom('publications')
      .select(({ fn }) => fn.max('version').as('version'))
      .executeTakeFirst();
    const version = (last?.version ?? 0) + 1;
    const covered = await coveredBy(tx, wish, currency, nowMs);
    await tx
      .insertInto('publications')
      .values({
        version,
        kind,
        name,
        all_stores: stores === null ? 1 : 0,
        currency,
        from_local: from,
        published_ms: nowMs,
        published_by: by,
        row_count: rows.length,
        page_count: pages.length,
        sha256: digest,
        withdrawn_ms: null,
        covered_by: null,
        covered_ms: null,
      })
      .execute();
    for (const store_id of stores ?? []) await tx.insertInto('publication_stores').values({ version, store_id }).execute();
    for (const [index, body] of pages.entries()) {
      await tx
        .insertInto('publication_pages')
        .values({ version, page_no: index + 1, body })
        .execute();
    }
    for (const earlier of covered) {
      const change = { covered_by: version, covered_ms: latestStart(from, nowMs) };
      await tx.updateTable('publications').set(change).where('version', '=', earlier).execute();
    }
    const details = { kind, name, stores: stores?.join(',') ?? null, from, rows: rows.length };
    await writeAudit(tx, { ...byHeadOffice(nowMs), operator: by, what: 'publication.published', subject: subjectOf(version), details });
    return version;
  });
}

const ADVISORY_LOCK = 7_411_502;

const hasPrices = (kind: PublicationKind): boolean => kind === 'catalogue' || kind === 'prices';

export const subjectOf = (version: number): string => `publication-${version}`;

function pagesOf(rows: readonly object[]): readonly string[] {
  const pages: string[] = [];
  for (let from = 0; from < rows.length; from += ROWS_A_PAGE) pages.push(JSON.stringify(rows.slice(from, from + ROWS_A_PAGE)));
  return pages;
}

async function assertStores(tx: Tx, stores: readonly string[]): Promise<void> {
  for (const storeId of stores) {
    const there = await tx.selectFrom('stores').select('store_id').where('store_id', '=', storeId).executeTakeFirst();
    if (there === undefined) throw new ChainError(`There is no store "${storeId}".`);
  }
}

/** The clocks of Norway, Denmark and Finland are ahead of UTC: by then it stands in each of them. */
const latestStart = (from: string | null, publishedMs: number): number =>
  from === null ? publishedMs : Math.max(publishedMs, Date.parse(`${from}:00Z`));

/** The versions that say nothing any more once this one stands: each store and each row of theirs is among its own. */
async function coveredBy(tx: Tx, wish: PublicationWish, currency: string | null, nowMs: number): Promise<readonly number[]> {
  const said = new Set(wish.rows.flatMap((row) => namesIn(wish.kind, row)));
  const rivals = await tx
    .selectFrom('publications')
    .selectAll()
    .where('kind', 'in', wish.kind === 'catalogue' ? ['catalogue', 'prices'] : [wish.kind])
    .where('withdrawn_ms', 'is', null)
    .where('covered_by', 'is', null)
    .execute();
  const covered: number[] = [];
  for (const rival of rivals) {
    if (rival.currency !== currency) continue;
    if (latestStart(rival.from_local, rival.published_ms) > latestStart(wish.from, nowMs)) continue;
    if (!(await areAmong(tx, rival, wish.stores))) continue;
    if (wish.kind === 'operators' || (await saysNoMore(tx, rival, said))) covered.push(rival.version);
  }
  return covered;
}

async function areAmong(tx: Tx, { version, all_stores }: Row, stores: readonly string[] | null): Promise<boolean> {
  if (stores === null) return true;
  if (all_stores === 1) return false;
  const own = await tx.selectFrom('publication_stores').select('store_id').where('version', '=', version).execute();
  return own.every(({ store_id }) => stores.includes(store_id));
}

async function saysNoMore(tx: Tx, { version, kind }: Row, said: ReadonlySet<string>): Promise<boolean> {
  const pages = tx.selectFrom('publication_pages').select('body').where('version', '=', version).orderBy('page_no');
  for (const { body } of await pages.execute()) {
    for (const row of readPage(kindOf(kind), body)) {
      const [name = ''] = namesIn(kindOf(kind), row);
      if (!said.has(name)) return false;
    }
  }
  return true;
}

/** What a row is about: the number that a price list would call it by first. */
function namesIn(kind: PublicationKind, row: object): readonly string[] {
  if (kind === 'operators') return [];
  const { articleNumber, ean } = row as { readonly articleNumber?: string; readonly ean?: string | null };
  return [articleNumber === undefined ? [] : [`number ${articleNumber}`], ean === undefined || ean === null ? [] : [`ean ${ean}`]].flat();
}

export function kindOf(text: string): PublicationKind {
  const kind = PUBLICATION_KINDS.find((each) => each === text);
  if (kind === undefined) throw new RangeError('the database holds a publication of no known kind');
  return kind;
}

/** Takes a version back: registers go on as if it had never been published. @throws ChainError */
export async function unpublish(office: Office, version: number, by: string): Promise<void> {
  const nowMs = office.clock.nowMs();
  await office.store.db.transaction().execute(async (tx) => {
    const taken = await tx
      .updateTable('publications')
      .set({ withdrawn_ms: nowMs })
      .where('version', '=', version)
      .where('withdrawn_ms', 'is', null)
      .returning('version')
      .executeTakeFirst();
    if (taken === undefined) throw new ChainError(`No version ${version} is published.`);
    // What it had taken the place of counts again.
    await tx.updateTable('publications').set({ covered_by: null, covered_ms: null }).where('covered_by', '=', version).execute();
    await writeAudit(tx, { ...byHeadOffice(nowMs), operator: by, what: 'publication.withdrawn', subject: subjectOf(version), details: {} });
  });
}

/** The versions that a store's registers are to have now. */
function forStore(db: Db | Tx, { storeId }: Pick<Register, 'storeId'>, nowMs: number) {
  return db
    .selectFrom('publications')
    .innerJoin('stores', (join) => join.on('stores.store_id', '=', storeId))
    .where('withdrawn_ms', 'is', null)
    .where(({ or, eb }) => or([eb('covered_by', 'is', null), eb('covered_ms', '>', nowMs)]))
    .where(({ or, eb, ref }) => or([eb('publications.currency', 'is', null), eb('publications.currency', '=', ref('stores.currency'))]))
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('all_stores', '=', 1),
        exists(
          selectFrom('publication_stores')
            .select('publication_stores.version')
            .whereRef('publication_stores.version', '=', 'publications.version')
            .where('publication_stores.store_id', '=', storeId),
        ),
      ]),
    );
}

/** What is new to a register that has these versions. */
export async function newsFor(
  { store, clock }: Office,
  register: Register,
  have: readonly (readonly [version: number, publishedMs: number])[],
) {
  const standing = await forStore(store.db, register, clock.nowMs())
    .select(['version', 'kind', 'publications.name', 'from_local', 'published_ms', 'row_count', 'page_count', 'sha256'])
    .orderBy('version')
    .execute();
  const had = new Map(have);
  await noteHad(store.db, register, new Set(had.keys()));
  const stands = new Map(standing.map(({ version, published_ms }) => [version, published_ms]));
  const fresh = standing.filter(({ version, published_ms }) => had.get(version) !== published_ms);
  return {
    news: fresh.slice(0, MOST_NEWS).map(
      (row): PublicationHead => ({
        version: row.version,
        kind: kindOf(row.kind),
        name: row.name,
        from: row.from_local,
        publishedAtMs: row.published_ms,
        rows: row.row_count,
        pages: row.page_count,
        sha256: row.sha256,
      }),
    ),
    gone: have.flatMap(([version, publishedMs]) => (stands.get(version) === publishedMs ? [] : [version])),
    more: fresh.length > MOST_NEWS,
  };
}

/** Another number after everything that is published or taken back, in the whole chain. */
export async function editionOf({ store: { db } }: Office): Promise<number> {
  const { newest, withdrawn } = await db
    .selectFrom('publications')
    .select(({ fn }) => [fn.max('version').as('newest'), fn.count<number>('withdrawn_ms').as('withdrawn')])
    .executeTakeFirstOrThrow();
  return (newest ?? 0) + Number(withdrawn);
}

/** One page of a version that this register's store is to have. @throws RefusedByHeadOffice `unknown-publication` */
export async function pageFor({ store, clock }: Office, register: Register, version: number, page: number) {
  const found = await forStore(store.db, register, clock.nowMs())
    .innerJoin('publication_pages', 'publication_pages.version', 'publications.version')
    .select(['body', 'page_count'])
    .where('publications.version', '=', version)
    .where('page_no', '=', page)
    .executeTakeFirst();
  if (found === undefined) throw new RefusedByHeadOffice('unknown-publication');
  if (page === found.page_count) await noteFetched(store.db, register, version, clock.nowMs());
  return { text: found.body, sha256: sha256(found.body) };
}

/** The numbers of all articles in a catalogue that is not taken back, whichever stores it is for. */
export async function articlesPublished({ store: { db } }: Office): Promise<ReadonlySet<string>> {
  const pages = await db
    .selectFrom('publication_pages')
    .innerJoin('publications', 'publications.version', 'publication_pages.version')
    .select('body')
    .where('kind', '=', 'catalogue')
    .where('withdrawn_ms', 'is', null)
    .execute();
  return new Set(pages.flatMap(({ body }) => readPage('catalogue', body).map(({ articleNumber }) => articleNumber)));
}

export interface Published extends PublicationHead {
  readonly stores: readonly string[] | null;
  readonly by: string;
  readonly withdrawn: boolean;
  /** The version that has taken its place, or will. */
  readonly coveredBy: number | null;
}

/** Everything that was ever published, the newest first. */
export async function published({ store: { db } }: Office): Promise<readonly Published[]> {
  const rows = await db.selectFrom('publications').selectAll().orderBy('version', 'desc').execute();
  const stores = await db.selectFrom('publication_stores').selectAll().orderBy('store_id').execute();
  return rows.map((row) => ({
    version: row.version,
    kind: kindOf(row.kind),
    name: row.name,
    from: row.from_local,
    publishedAtMs: row.published_ms,
    rows: row.row_count,
    pages: row.page_count,
    sha256: row.sha256,
    stores: row.all_stores === 1 ? null : stores.flatMap(({ version, store_id }) => (version === row.version ? [store_id] : [])),
    by: row.published_by,
    withdrawn: row.withdrawn_ms !== null,
    coveredBy: row.covered_by,
  }));
}
