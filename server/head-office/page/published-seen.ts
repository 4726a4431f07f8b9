/** What is published as people at head office see it: every version, the newest first, and one with what is in it and who has it. */
import type { Selectable } from 'kysely';
import { type PublicationKind, readPage } from '../../../app/catalog/publication.ts';
import type { PageRequest, PublicationStory, PublishedItem, PublishedRow } from '../../../app/head-office/page-contract.ts';
import type { Office } from '../office.ts';
import { kindOf, subjectOf } from '../publications.ts';
import type { Tables } from '../store/schema.ts';
import type { Db } from '../store/store.ts';
import { hasKey, PAGE_ROWS, storeNames } from './named.ts';
import { PageRefusal } from './refusal.ts';

type Row = Selectable<Tables['publications']>;

/** A page of versions, the highest numbers first. */
export async function listPublished({ store: { db } }: Office, { after }: PageRequest<'published'>) {
  let query = db
    .selectFrom('publications')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(PAGE_ROWS + 1);
  if (after !== undefined) query = query.where('version', '<', after);
  const rows = await query.execute();
  const shown = rows.slice(0, PAGE_ROWS);
  return { versions: await seen(db, shown), next: rows.length > PAGE_ROWS ? (shown.at(-1)?.version ?? null) : null };
}

/** One version, a page of what is in it, and its registers. @throws PageRefusal `unknown-version` */
export async function readPublication({ store: { db } }: Office, request: PageRequest<'publication'>): Promise<PublicationStory> {
  const { version, page = 1 } = request;
  const row = await db.selectFrom('publications').selectAll().where('version', '=', version).executeTakeFirst();
  const body = await db
    .selectFrom('publication_pages')
    .select('body')
    .where('version', '=', version)
    .where('page_no', '=', page)
    .executeTakeFirst();
  if (row === undefined || body === undefined) throw new PageRefusal('unknown-version');
  const [view] = await seen(db, [row]);
  if (view === undefined) throw new RangeError(`Version ${version} has gone while it was read.`);
  const fetched = new Map((await fetchedBy(db, [version])).map(({ register_no, at_ms }) => [register_no, at_ms]));
  const meant = registersOf(row, await storesOf(db, [version]), await livingRegisters(db));
  const named = await storeNames(
    db,
    meant.map(({ store_id }) => store_id),
  );
  return {
    ...view,
    currency: row.currency,
    holders: meant.map(({ store_id, register_id, register_no }) => ({
      ...named(store_id),
      registerId: register_id,
      fetchedMs: fetched.get(register_no) ?? null,
    })),
    items: itemsOf(kindOf(row.kind), body.body),
    next: page < row.page_count ? page + 1 : null,
  };
}

async function seen(db: Db, rows: readonly Row[]): Promise<readonly PublishedRow[]> {
  const versions = rows.map(({ version }) => version);
  const stores = await storesOf(db, versions);
  const named = await storeNames(
    db,
    stores.map(({ store_id }) => store_id),
  );
  const living = await livingRegisters(db);
  const fetched = new Set((await fetchedBy(db, versions)).map(({ register_no, version }) => `${version} ${register_no}`));
  const takenBack = await takenBackBy(db, rows);
  return rows.map((row) => {
    const meant = registersOf(row, stores, living);
    const own = stores.filter(({ version }) => version === row.version);
    return {
      version: row.version,
      kind: kindOf(row.kind),
      name: row.name,
      stores: row.all_stores === 1 ? null : own.map(({ store_id }) => named(store_id)),
      from: row.from_local,
      publishedMs: row.published_ms,
      by: row.published_by,
      rows: row.row_count,
      withdrawn: row.withdrawn_ms === null ? null : { atMs: row.withdrawn_ms, by: takenBack.get(subjectOf(row.version)) ?? '' },
      coveredBy: row.covered_by,
      registers: meant.length,
      fetched: meant.filter(({ register_no }) => fetched.has(`${row.version} ${register_no}`)).length,
    };
  });
}

async function storesOf(db: Db, versions: readonly number[]) {
  if (versions.length === 0) return [];
  return db
    .selectFrom('publication_stores')
    .selectAll()
    .where('version', 'in', [...versions])
    .orderBy('store_id')
    .execute();
}

async function fetchedBy(db: Db, versions: readonly number[]) {
  if (versions.length === 0) return [];
  return db
    .selectFrom('publications_fetched')
    .selectAll()
    .where('version', 'in', [...versions])
    .execute();
}

async function takenBackBy(db: Db, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const subjects = rows.flatMap(({ version, withdrawn_ms }) => (withdrawn_ms === null ? [] : [subjectOf(version)]));
  if (subjects.length === 0) return new Map();
  const deeds = await db
    .selectFrom('audit')
    .select(['subject', 'operator'])
    .where('subject', 'in', subjects)
    .where('what', '=', 'publication.withdrawn')
    .execute();
  return new Map(deeds.map(({ subject, operator }) => [subject ?? '', operator ?? '']));
}

/** Registers that can fetch: with a key, of stores that are open. */
function livingRegisters(db: Db) {
  return db
    .selectFrom('registers')
    .innerJoin('stores', 'stores.store_id', 'registers.store_id')
    .select(['registers.register_no', 'registers.store_id', 'registers.register_id', 'stores.currency'])
    .where('stores.closed_ms', 'is', null)
    .where(hasKey)
    .orderBy('registers.store_id')
    .orderBy('registers.register_id')
    .execute();
}

function registersOf(
  { version, all_stores, currency }: Row,
  stores: Awaited<ReturnType<typeof storesOf>>,
  living: Awaited<ReturnType<typeof livingRegisters>>,
) {
  const own = new Set(stores.flatMap((each) => (each.version === version ? [each.store_id] : [])));
  return living.filter((each) => (all_stores === 1 || own.has(each.store_id)) && (currency === null || currency === each.currency));
}

/** Of a person's code nothing is told. */
function itemsOf(kind: PublicationKind, body: string): readonly PublishedItem[] {
  const blank = { name: null, group: null, ean: null, priceOre: null, role: null };
  switch (kind) {
    case 'catalogue':
      return readPage(kind, body).map(({ articleNumber: id, name, group, ean, unitPriceOre: priceOre }) => {
        return { id, name, group, ean, priceOre, role: null };
      });
    case 'prices':
      return readPage(kind, body).map((row) => {
        return { ...blank, id: 'articleNumber' in row ? row.articleNumber : row.ean, priceOre: row.unitPriceOre };
      });
    case 'dropped':
      return readPage(kind, body).map(({ articleNumber: id }) => ({ ...blank, id }));
    case 'operators':
      return readPage(kind, body).map(({ operatorId: id, name, role }) => ({ ...blank, id, name, role }));
  }
}
