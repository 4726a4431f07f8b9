/**
 * Very many orders, made where they are kept: the database counts them out itself, by the same rules as the functions below,
 * so that any of them can be asked for without having been read before. Months, stores and registers have equally many; of
 * the articles a few are in very many orders. The entries that they would have come from are not made: no search reads them.
 */
import { sql } from 'kysely';
import { type Month, monthOf } from '../../../app/refund/names.ts';
import { MONTHLY } from '../../../server/head-office/store/schema.ts';
import type { Db, Tx } from '../../../server/head-office/store/store.ts';
import { storeOf } from './bench-chain.ts';

export interface OrdersPlan {
  readonly orders: number;
  readonly linesPerOrder: number;
  readonly months: number;
  readonly stores: number;
  readonly registersPerStore: number;
  /** In the last month, which is filled as the others are. */
  readonly nowMs: number;
}

export interface PlannedOrder {
  readonly orderId: string;
  readonly storeId: string;
  readonly registerId: string;
  readonly receiptNumber: number;
  readonly date: string;
  readonly totalOre: number;
  readonly article: string;
  readonly reference: string;
}

const EPOCH = 'zyxw';
const OFFSET_MS = 3_600_000;
const ARTICLES = 5_000;
const PRIME = 10_007;

interface PlannedMonth {
  readonly month: Month;
  readonly orders: number;
  readonly fromMs: number;
  readonly everyMs: number;
  /** How many receipts each register had printed before. */
  readonly before: number;
}

export function plannedMonths({ orders, months, stores, registersPerStore, nowMs }: OrdersPlan): readonly PlannedMonth[] {
  const perRegister = Math.max(1, Math.floor(orders / months / (stores * registersPerStore)));
  const now = new Date(nowMs);
  return Array.from({ length: months }, (_, index) => {
    const fromMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1 + index, 1);
    const count = perRegister * stores * registersPerStore;
    const endMs = Date.UTC(new Date(fromMs).getUTCFullYear(), new Date(fromMs).getUTCMonth() + 1, 1) - 2 * OFFSET_MS;
    return { month: monthOf(fromMs, 0), orders: count, fromMs, everyMs: Math.floor((endMs - fromMs) / count), before: index * perRegister };
  });
}

/** The order that stands at a place of a month. */
export function plannedOrder(plan: OrdersPlan, month: PlannedMonth, index: number): PlannedOrder {
  const register = index % (plan.stores * plan.registersPerStore);
  const storeId = storeOf(Math.floor(register / plan.registersPerStore));
  const registerId = String((register % plan.registersPerStore) + 1);
  const receiptNumber = month.before + Math.floor(index / (plan.stores * plan.registersPerStore)) + 1;
  const orderId = [storeId, registerId, String(month.month).padStart(4, '0'), EPOCH, receiptNumber].join('-');
  let totalOre = 0;
  for (let line = 1; line <= plan.linesPerOrder; line += 1) totalOre += priceOf(index, line);
  const date = new Date(month.fromMs + index * month.everyMs + OFFSET_MS).toISOString().slice(0, 10);
  return { orderId, storeId, registerId, receiptNumber, date, totalOre, article: articleOf(index, 1), reference: `${orderId}-1` };
}

const priceOf = (index: number, line: number): number => 1_990 + ((index * 13 + line * 500) % 90_000);
/** The cube of an even spread: the best seller is in every sixth order or so, half of all articles sell seldom. */
function articleOf(index: number, line: number): string {
  const spread = (index * 7_919 + line * 104_729) % PRIME;
  return String(10_000 + Math.floor((spread ** 3 * ARTICLES) / PRIME ** 3));
}

/** Fills an empty head office's tables. Indexes are made when a month's rows are there, as a database is loaded. */
export async function fillOrders(db: Db, kind: 'sqlite' | 'postgres', plan: OrdersPlan, tell: (text: string) => void): Promise<void> {
  if (kind === 'sqlite') await fillSqlite(db, plan, tell);
  else await fillPostgres(db, plan, tell);
}

/** As many months side by side: the database makes rows on one processor at a time for each who asks. */
const MONTHS_AT_ONCE = 2;

async function fillPostgres(db: Db, plan: OrdersPlan, tell: (text: string) => void): Promise<void> {
  const months = plannedMonths(plan);
  const waiting = months.values();
  let done = 0;
  async function fillMonths(): Promise<void> {
    for (const month of waiting) {
      await fillMonth(db, plan, month);
      done += 1;
      if (done % 6 === 0) tell(`${done} of ${months.length} months are there`);
    }
  }
  await Promise.all(Array.from({ length: MONTHS_AT_ONCE }, fillMonths));
  await run(db, `VACUUM (ANALYZE) ${MONTHLY.join(', ')}`);
  await run(db, 'CHECKPOINT');
}

/** What is made and filled in one transaction is not written twice (`wal_level=minimal`). */
async function fillMonth(db: Db, plan: OrdersPlan, month: PlannedMonth): Promise<void> {
  const suffix = String(month.month).padStart(4, '0');
  const counted = `generate_series(0::bigint, ${month.orders - 1}) AS n(i)`;
  const rows = new Map(rowsOf(plan, month, counted, `generate_series(1, ${plan.linesPerOrder}) AS l(j)`, POSTGRES_WORDS));
  for (const table of MONTHLY) {
    await db.transaction().execute(async (tx) => {
      await run(tx, `CREATE TABLE ${table}_${suffix} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
      const values = rows.get(table);
      if (values !== undefined) await run(tx, `INSERT INTO ${table}_${suffix} ${values}`);
    });
    await run(db, `ALTER TABLE ${table} ATTACH PARTITION ${table}_${suffix} FOR VALUES IN (${month.month})`);
  }
}

async function fillSqlite(db: Db, plan: OrdersPlan, tell: (text: string) => void): Promise<void> {
  const named = await sql<{ name: string; sql: string }>`
    SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name LIKE 'order%'`.execute(db);
  for (const { name } of named.rows) await run(db, `DROP INDEX ${name}`);
  for (const month of plannedMonths(plan)) {
    const counted = `(WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < ${month.orders - 1}) SELECT i FROM c) AS n`;
    const lines = `(WITH RECURSIVE d(j) AS (SELECT 1 UNION ALL SELECT j + 1 FROM d WHERE j < ${plan.linesPerOrder}) SELECT j FROM d) AS l`;
    for (const [table, rows] of rowsOf(plan, month, counted, lines, SQLITE_WORDS)) await run(db, `INSERT INTO ${table} ${rows}`);
    if (month.month % 6 === 0) tell(`${month.before * plan.stores * plan.registersPerStore + month.orders} orders are there`);
  }
  for (const index of named.rows) await run(db, index.sql);
  await run(db, 'ANALYZE');
}

const run = (db: Db | Tx, text: string) => sql.raw(text).execute(db);

interface Words {
  readonly date: (ms: string) => string;
}
const POSTGRES_WORDS: Words = { date: (ms) => `to_char(timestamp '1970-01-01' + (${ms}) * interval '1 millisecond', 'YYYY-MM-DD')` };
const SQLITE_WORDS: Words = { date: (ms) => `strftime('%Y-%m-%d', (${ms}) / 1000, 'unixepoch')` };

/** The statements behind `INSERT INTO <table>`: `i` counts the orders of a month, `j` the lines of an order. */
function rowsOf(
  plan: OrdersPlan,
  month: PlannedMonth,
  counted: string,
  lines: string,
  words: Words,
): readonly (readonly [string, string])[] {
  const registers = plan.stores * plan.registersPerStore;
  const store = `'store' || (i % ${registers} / ${plan.registersPerStore} + 1)`;
  const register = `(i % ${plan.registersPerStore} + 1)`;
  const receipt = `(${month.before + 1} + i / ${registers})`;
  const id = `${store} || '-' || ${register} || '-${String(month.month).padStart(4, '0')}-${EPOCH}-' || ${receipt}`;
  const completed = `(${month.fromMs} + i * ${month.everyMs})`;
  const date = words.date(`${completed} + ${OFFSET_MS}`);
  const price = (line: string) => `(1990 + (i * 13 + ${line} * 500) % 90000)`;
  const total = `(${Array.from({ length: plan.linesPerOrder }, (_, index) => price(String(index + 1))).join(' + ')})`;
  const spread = `((i * 7919 + j * 104729) % ${PRIME})`;
  const article = `(10000 + ${spread} * ${spread} * ${spread} * ${ARTICLES} / ${PRIME ** 3})`;
  return [
    [
      'orders',
      `(month, order_id, store_id, register_id, register_no, sale_id, receipt_number, completed_ms, date, total_ore, operator)
       SELECT ${month.month}, ${id}, ${store}, '' || ${register}, i % ${registers} + 1, '${EPOCH}-sale-' || ${receipt}, ${receipt},
         ${completed}, ${date}, ${total}, '12' FROM ${counted}`,
    ],
    [
      'order_lines',
      `(month, order_id, line_no, article_number, ean, name, unit, quantity_milli, unit_price_ore, net_ore, vat_basis_points,
         store_id, date, completed_ms)
       SELECT ${month.month}, ${id}, j, '' || ${article}, '70' || (10000000000 + ${article}), 'Vare nr. ' || ${article}, 'stk', 1000,
         ${price('j')}, ${price('j')}, 2500, ${store}, ${date}, ${completed} FROM ${counted} CROSS JOIN ${lines}`,
    ],
    [
      'order_tenders',
      `(month, order_id, tender_no, kind, amount_ore, reference)
       SELECT ${month.month}, ${id}, 1, 'vipps', ${total}, ${id} || '-1' FROM ${counted}`,
    ],
    [
      'payments',
      `(month, reference, store_id, register_no, order_amount_ore, captured_ore, captured_ms, currency, text, order_month, order_id)
       SELECT ${month.month}, ${id} || '-1', ${store}, i % ${registers} + 1, ${total}, ${total}, ${completed}, 'NOK',
         'Kvittering ' || ${receipt}, ${month.month}, ${id} FROM ${counted}`,
    ],
  ];
}
