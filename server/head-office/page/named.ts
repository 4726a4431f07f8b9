/** What the page's answers have in common: stores by name, receipts' numbers, places in a list, which registers count. */
import { sql } from 'kysely';
import type { NamedStore } from '../../../app/head-office/page-contract.ts';
import type { Db } from '../store/store.ts';

/** Of a query of `registers`: those that have a key which still opens. */
export const hasKey = sql<boolean>`EXISTS (
  SELECT 1 FROM register_keys WHERE register_keys.register_no = registers.register_no AND revoked_ms IS NULL
)`;

/** How many rows one answer has; the next ones are asked for. */
export const PAGE_ROWS = 50;

/** The stores of some ids; one that is not known goes by its id. */
export async function storeNames(db: Db, ids: Iterable<string>): Promise<(storeId: string) => NamedStore> {
  const wanted = [...new Set(ids)];
  const rows =
    wanted.length === 0 ? [] : await db.selectFrom('stores').select(['store_id', 'name']).where('store_id', 'in', wanted).execute();
  const names = new Map(rows.map(({ store_id, name }) => [store_id, name]));
  return (storeId) => ({ storeId, storeName: names.get(storeId) ?? storeId });
}

/** The receipts' numbers of some orders. Month by month, so that each question reads one partition. */
export async function receiptNumbers(
  db: Db,
  orders: readonly { readonly order_month: number; readonly order_id: string }[],
): Promise<ReadonlyMap<string, number>> {
  const numbers = new Map<string, number>();
  for (const month of new Set(orders.map(({ order_month }) => order_month))) {
    const ids = [...new Set(orders.flatMap(({ order_month, order_id }) => (order_month === month ? [order_id] : [])))];
    const rows = await db
      .selectFrom('orders')
      .select(['order_id', 'receipt_number'])
      .where('month', '=', month)
      .where('order_id', 'in', ids)
      .execute();
    for (const { order_id, receipt_number } of rows) numbers.set(order_id, receipt_number);
  }
  return numbers;
}

/** A place in a list that is ordered by time and id. */
export interface Place {
  readonly atMs: number;
  readonly refundId: string;
}

export const writePlace = ({ atMs, refundId }: Place): string => `${atMs}.${refundId}`;

export function readPlace(text: string | undefined): Place | null {
  if (text === undefined) return null;
  const point = text.indexOf('.');
  return { atMs: Number(text.slice(0, point)), refundId: text.slice(point + 1) };
}
