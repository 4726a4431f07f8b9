/** Operators of registers by name, where a list that head office has published knows them: `12 Kari`. */
import { readPage } from '../../../app/catalog/publication.ts';
import type { Db } from '../store/store.ts';

/** Somebody who was published long ago and has not been on a list since goes by their number. */
const MOST_LISTS = 20;

/** What an operator of a store's register is called. */
export type OperatorName = (storeId: string, operator: string) => string;

/** Names operators of these stores. The newest list that has somebody is the one that names them; what was taken back names nobody. */
export async function operatorNames(db: Db, stores: Iterable<string>): Promise<OperatorName> {
  const wanted = new Set(stores);
  const named = new Map<string, string>();
  const lists = await db
    .selectFrom('publications')
    .select(['version', 'all_stores'])
    .where('kind', '=', 'operators')
    .where('withdrawn_ms', 'is', null)
    .orderBy('version', 'desc')
    .limit(MOST_LISTS)
    .execute();
  for (const { version, all_stores } of lists) {
    const own = await db.selectFrom('publication_stores').select('store_id').where('version', '=', version).execute();
    const meant = all_stores === 1 ? [...wanted] : own.map(({ store_id }) => store_id).filter((storeId) => wanted.has(storeId));
    if (meant.length === 0) continue;
    const pages = await db.selectFrom('publication_pages').select('body').where('version', '=', version).orderBy('page_no').execute();
    for (const { operatorId, name } of pages.flatMap(({ body }) => readPage('operators', body))) {
      for (const storeId of meant) if (!named.has(`${storeId} ${operatorId}`)) named.set(`${storeId} ${operatorId}`, name);
    }
  }
  return (storeId, operator) => {
    const name = named.get(`${storeId} ${operator}`);
    return name === undefined || name === operator ? operator : `${operator} ${name}`;
  };
}
