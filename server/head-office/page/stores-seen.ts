/** Stores and their registers as people at head office see them, and what they should look at first. */
import type { Overview, PageRequest, RegisterRow, StoreRow } from '../../../app/head-office/page-contract.ts';
import { RefusedByHeadOffice } from '../../../app/refund/problem.ts';
import type { Office } from '../office.ts';
import type { Db } from '../store/store.ts';
import { newestAlarms, openAlarmCount } from './alarms.ts';
import { hasKey, PAGE_ROWS } from './named.ts';

/** A register that says nothing for so long has been off for a whole day of trade. */
const SILENT_MS = 24 * 3_600_000;
const MOST_SILENT = 20;
const MOST_ALARMS = 10;

/** The first page: what needs somebody, and how large the chain is. */
export async function overview({ store: { db }, clock }: Office): Promise<Overview> {
  const nowMs = clock.nowMs();
  return {
    nowMs,
    alarms: await newestAlarms(db, MOST_ALARMS),
    openAlarms: await openAlarmCount(db),
    reserved: await countRefunds(db, 'reserved'),
    sending: await countRefunds(db, 'sending'),
    stores: await count(db, 'stores'),
    registers: await count(db, 'registers'),
    silent: await silentRegisters(db, nowMs),
  };
}

async function count(db: Db, table: 'stores' | 'registers'): Promise<number> {
  const { n } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

async function countRefunds(db: Db, state: 'reserved' | 'sending') {
  const row = await db
    .selectFrom('refunds')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min<number | null>('asked_ms').as('oldestMs')])
    .where('state', '=', state)
    .executeTakeFirstOrThrow();
  return { count: row.count, oldestMs: row.oldestMs };
}

async function silentRegisters(db: Db, nowMs: number): Promise<Overview['silent']> {
  const rows = await db
    .selectFrom('registers')
    .innerJoin('stores', 'stores.store_id', 'registers.store_id')
    .select(['registers.store_id', 'stores.name', 'registers.register_id', 'registers.last_seen_ms'])
    .where('stores.closed_ms', 'is', null)
    .where(({ or, eb }) => or([eb('last_seen_ms', 'is', null), eb('last_seen_ms', '<', nowMs - SILENT_MS)]))
    .where(hasKey)
    .orderBy('last_seen_ms')
    .orderBy('registers.register_no')
    .limit(MOST_SILENT)
    .execute();
  return rows.map((row) => ({
    storeId: row.store_id,
    storeName: row.name,
    registerId: row.register_id,
    lastSeenMs: row.last_seen_ms,
  }));
}

/** Stores by id, with their registers; `find` is part of a name or an id. A chain has few enough stores to look at every name. */
export async function listStores({ store: { db }, clock }: Office, { find, after }: PageRequest<'stores'>) {
  const wanted = find?.toLowerCase() ?? '';
  const all = await db.selectFrom('stores').select(['store_id', 'name']).orderBy('store_id').execute();
  const matching = all.filter(({ store_id, name }) => store_id.includes(wanted) || name.toLowerCase().includes(wanted));
  const ids = matching.map(({ store_id }) => store_id).filter((id) => after === undefined || id > after);
  const shown = ids.slice(0, PAGE_ROWS);
  const next = ids.length > shown.length ? (shown.at(-1) ?? null) : null;
  return { stores: await readStores(db, shown, clock.nowMs()), next, nowMs: clock.nowMs() };
}

/** @throws RefusedByHeadOffice `unknown-store` */
export async function readStore({ store: { db }, clock }: Office, storeId: string): Promise<StoreRow & { readonly nowMs: number }> {
  const [store] = await readStores(db, [storeId], clock.nowMs());
  if (store === undefined) throw new RefusedByHeadOffice('unknown-store');
  return { ...store, nowMs: clock.nowMs() };
}

async function readStores(db: Db, ids: readonly string[], nowMs: number): Promise<readonly StoreRow[]> {
  if (ids.length === 0) return [];
  const stores = await db
    .selectFrom('stores')
    .leftJoin('sales_units', 'sales_units.unit_id', 'stores.unit_id')
    .select(['stores.store_id', 'stores.name', 'stores.currency', 'stores.closed_ms', 'stores.refunds_until_ms'])
    .select(['sales_units.name as unit_name', 'sales_units.way'])
    .where('stores.store_id', 'in', [...ids])
    .orderBy('stores.store_id')
    .execute();
  const registers = await readRegisters(db, ids, nowMs);
  return stores.map((store) => ({
    storeId: store.store_id,
    storeName: store.name,
    currency: store.currency,
    closedMs: store.closed_ms,
    refundsUntilMs: store.refunds_until_ms,
    unit: store.way === null ? null : { name: store.unit_name ?? '', way: store.way as NonNullable<StoreRow['unit']>['way'] },
    registers: registers.get(store.store_id) ?? [],
  }));
}

async function readRegisters(db: Db, storeIds: readonly string[], nowMs: number): Promise<ReadonlyMap<string, readonly RegisterRow[]>> {
  const rows = await db
    .selectFrom('registers')
    .selectAll()
    .where('store_id', 'in', [...storeIds])
    .orderBy('store_id')
    .orderBy('register_no')
    .execute();
  const numbers = rows.map(({ register_no }) => register_no);
  const keys = await readKeys(db, numbers, nowMs);
  const alarms = await readAlarmCounts(db, numbers);
  const byStore = new Map<string, RegisterRow[]>();
  for (const row of rows) {
    const register: RegisterRow = {
      registerId: row.register_id,
      key: keys(row.register_no),
      lastSeenMs: row.last_seen_ms,
      confirmedSeq: row.seq,
      behind: row.newest_seq === null ? null : Math.max(0, row.newest_seq - row.seq),
      software: row.software,
      refundLimitOre: row.refund_limit_ore,
      refundDayLimitOre: row.refund_day_limit_ore,
      alarms: alarms.get(row.register_no) ?? 0,
    };
    byStore.set(row.store_id, [...(byStore.get(row.store_id) ?? []), register]);
  }
  return byStore;
}

async function readKeys(db: Db, numbers: readonly number[], nowMs: number): Promise<(registerNo: number) => RegisterRow['key']> {
  if (numbers.length === 0) return () => 'none';
  const keys = await db.selectFrom('register_keys').select(['register_no', 'revoked_ms']).where('register_no', 'in', numbers).execute();
  const codes = await db
    .selectFrom('enrolment_codes')
    .select('register_no')
    .where('register_no', 'in', numbers)
    .where('used_ms', 'is', null)
    .where('expires_ms', '>', nowMs)
    .execute();
  const active = new Set(keys.flatMap(({ register_no, revoked_ms }) => (revoked_ms === null ? [register_no] : [])));
  const known = new Set(keys.map(({ register_no }) => register_no));
  const waiting = new Set(codes.map(({ register_no }) => register_no));
  return (registerNo) => {
    if (active.has(registerNo)) return 'active';
    if (waiting.has(registerNo)) return 'waiting';
    return known.has(registerNo) ? 'revoked' : 'none';
  };
}

async function readAlarmCounts(db: Db, numbers: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('alarms')
    .select(({ fn }) => ['register_no', fn.countAll<number>().as('n')])
    .where('closed_ms', 'is', null)
    .where('register_no', 'in', numbers)
    .groupBy('register_no')
    .execute();
  return new Map(rows.map(({ register_no, n }) => [register_no ?? 0, n]));
}
