/** Finding an order of any store, and reading it as it was sold. */
import { LONGEST_SEARCH_DAYS, MOST_FOUND, type OrderAsSold, type OrderSummary, type SearchRequest } from '../../app/refund/contract.ts';
import { type Month, monthOfDate, monthOfReference, parseOrderId } from '../../app/refund/names.ts';
import { RefusedByHeadOffice } from '../../app/refund/problem.ts';
import type { Db, Tx } from './store/store.ts';

export interface Found {
  readonly orders: readonly OrderSummary[];
  readonly more: boolean;
}

/** Every store that an order may be of, by name. */
export async function namesOfStores(db: Db): Promise<readonly { readonly storeId: string; readonly storeName: string }[]> {
  const rows = await db.selectFrom('stores').select(['store_id', 'name']).orderBy('name').orderBy('store_id').execute();
  return rows.map(({ store_id, name }) => ({ storeId: store_id, storeName: name }));
}

/**
 * Searches all stores, newest first, at most 50.
 * @throws RefusedByHeadOffice `unknown-store`, `bad-request` for a search over too many days.
 */
export async function searchOrders(db: Db, request: SearchRequest): Promise<Found> {
  if ('storeId' in request && request.storeId !== undefined) await knowsStore(db, request.storeId);
  switch (request.by) {
    case 'reference':
      return found(await byReference(db, request.reference));
    case 'receipt':
      return found(await byReceipt(db, request).execute());
    case 'date':
      return found(await byDay(db, request, request.storeId === undefined ? await storeIds(db) : [request.storeId]).execute());
    case 'article':
      return found(await byArticle(db, request));
  }
}

type SearchBy<By extends SearchRequest['by']> = Extract<SearchRequest, { by: By }>;

/** Every register counts its own receipts: a number alone is looked up in every month. */
export function byReceipt(db: Db, { receiptNumber, storeId, registerId, date }: SearchBy<'receipt'>) {
  let query = orders(db).where('orders.receipt_number', '=', receiptNumber);
  if (storeId !== undefined) query = query.where('orders.store_id', '=', storeId);
  if (registerId !== undefined) query = query.where('orders.register_id', '=', registerId);
  return date === undefined ? query : query.where('orders.month', '=', monthOfDate(date)).where('orders.date', '=', date);
}

/** The stores are named even where all are meant: the index begins with them. */
export function byDay(db: Db, { date, amountOre }: Omit<SearchBy<'date'>, 'storeId'>, stores: readonly string[]) {
  const query = orders(db)
    .where('orders.month', '=', monthOfDate(date))
    .where('orders.store_id', 'in', [...stores])
    .where('orders.date', '=', date);
  return amountOre === undefined ? query : query.where('orders.total_ore', '=', amountOre);
}

/** Lines that name an article, newest first. They are read without the orders, so that no more are than are wanted. */
export function linesWith(
  db: Db,
  { article, storeId, fromDate, toDate }: SearchBy<'article'>,
  column: 'article_number' | 'ean',
  most: number,
) {
  const query = db
    .selectFrom('order_lines')
    .select(['month', 'order_id'])
    .where('month', 'in', monthsBetween(fromDate, toDate))
    .where(column, '=', article)
    .where('date', '>=', fromDate)
    .where('date', '<=', toDate)
    .orderBy('date', 'desc')
    .orderBy('completed_ms', 'desc')
    .limit(most);
  return storeId === undefined ? query : query.where('store_id', '=', storeId);
}

/** An order may have an article in several lines; then more lines are read until there are orders enough. */
async function byArticle(db: Db, request: SearchBy<'article'>): Promise<readonly OrderRow[]> {
  const named = new Map<string, Month>();
  for (const column of ['article_number', 'ean'] as const) {
    for (let most = 2 * (MOST_FOUND + 1); ; most *= 4) {
      const lines = await linesWith(db, request, column, most).execute();
      const orders = new Map(lines.map(({ order_id, month }) => [order_id, month]));
      if (orders.size <= MOST_FOUND && lines.length === most) continue;
      for (const [orderId, month] of [...orders].slice(0, MOST_FOUND + 1)) named.set(orderId, month);
      break;
    }
  }
  if (named.size === 0) return [];
  return orders(db)
    .where('orders.month', 'in', [...new Set(named.values())])
    .where('orders.order_id', 'in', [...named.keys()])
    .execute();
}

async function storeIds(db: Db): Promise<readonly string[]> {
  return (await db.selectFrom('stores').select('store_id').execute()).map(({ store_id }) => store_id);
}

async function knowsStore(db: Db, storeId: string): Promise<void> {
  const store = await db.selectFrom('stores').select('store_id').where('store_id', '=', storeId).executeTakeFirst();
  if (store === undefined) throw new RefusedByHeadOffice('unknown-store');
}

/** The months that two dates lie in and between; a search over more days than a season is refused. */
function monthsBetween(fromDate: string, toDate: string): Month[] {
  const days = (Date.parse(toDate) - Date.parse(fromDate)) / 86_400_000;
  if (days < 0 || days > LONGEST_SEARCH_DAYS) {
    throw new RefusedByHeadOffice('bad-request', {}, `"toDate" must be 0 to ${LONGEST_SEARCH_DAYS} days after "fromDate".`);
  }
  const months: Month[] = [];
  for (let at = Date.parse(`${fromDate.slice(0, 7)}-01`); at <= Date.parse(toDate); ) {
    const text = new Date(at).toISOString();
    months.push(monthOfDate(text.slice(0, 10)));
    const [year, month] = [Number(text.slice(0, 4)), Number(text.slice(5, 7))];
    at = Date.UTC(year, month, 1);
  }
  return months;
}

const orders = (db: Db | Tx) =>
  db
    .selectFrom('orders')
    .innerJoin('stores', 'stores.store_id', 'orders.store_id')
    .select([
      'orders.order_id',
      'orders.store_id',
      'orders.register_id',
      'orders.receipt_number',
      'orders.completed_ms',
      'orders.date',
      'orders.total_ore',
      'stores.name as store_name',
      'stores.currency',
    ])
    .orderBy('orders.completed_ms', 'desc')
    .orderBy('orders.order_id')
    .limit(MOST_FOUND + 1);

type OrderRow = Awaited<ReturnType<ReturnType<typeof orders>['execute']>>[number];

/** Where a reference is: one month, when it is of our making. Unique for one sales unit only, so there may be several. */
export function paymentsByReference(db: Db, reference: string) {
  const month = monthOfReference(reference);
  const query = db
    .selectFrom('payments')
    .select(['order_month', 'order_id'])
    .where('reference', '=', reference)
    .where('order_id', 'is not', null);
  return month === null ? query : query.where('month', '=', month);
}

async function byReference(db: Db, reference: string): Promise<readonly OrderRow[]> {
  const payments = await paymentsByReference(db, reference).execute();
  const rows: OrderRow[] = [];
  for (const { order_month, order_id } of payments) {
    if (order_month === null || order_id === null) continue;
    rows.push(...(await orders(db).where('orders.month', '=', order_month).where('orders.order_id', '=', order_id).execute()));
  }
  return rows;
}

function found(rows: readonly OrderRow[]): Found {
  return { orders: rows.slice(0, MOST_FOUND).map(summaryOf), more: rows.length > MOST_FOUND };
}

function summaryOf(row: OrderRow): OrderSummary {
  return {
    orderId: row.order_id,
    soldBy: { storeId: row.store_id, storeName: row.store_name, registerId: row.register_id },
    receiptNumber: row.receipt_number,
    completedAtMs: row.completed_ms,
    date: row.date,
    totalOre: row.total_ore,
    currency: row.currency,
  };
}

/** An order as it was sold, and what of it has come back. @throws RefusedByHeadOffice `unknown-order` */
export async function readOrder(db: Db | Tx, orderId: string): Promise<OrderAsSold> {
  const month = parseOrderId(orderId)?.month;
  if (month === undefined) throw new RefusedByHeadOffice('unknown-order');
  const row = await orders(db).where('orders.month', '=', month).where('orders.order_id', '=', orderId).executeTakeFirst();
  if (row === undefined) throw new RefusedByHeadOffice('unknown-order');
  const lines = await db
    .selectFrom('order_lines')
    .selectAll()
    .where('month', '=', month)
    .where('order_id', '=', orderId)
    .orderBy('line_no')
    .execute();
  const tenders = await db
    .selectFrom('order_tenders')
    .selectAll()
    .where('month', '=', month)
    .where('order_id', '=', orderId)
    .orderBy('tender_no')
    .execute();
  return {
    ...summaryOf(row),
    lines: lines.map((line) => ({
      lineNo: line.line_no,
      articleNumber: line.article_number,
      ean: line.ean,
      name: line.name,
      unit: line.unit,
      quantityMilli: line.quantity_milli,
      unitPriceOre: line.unit_price_ore,
      netOre: line.net_ore,
      vatBasisPoints: line.vat_basis_points,
      returnedMilli: line.returned_milli,
      reservedMilli: line.reserved_milli,
      takenOre: line.returned_ore + line.reserved_ore,
    })),
    tenders: tenders.map((tender) => ({
      tenderNo: tender.tender_no,
      kind: tender.kind as OrderAsSold['tenders'][number]['kind'],
      amountOre: tender.amount_ore,
      reference: tender.reference,
      refundedOre: tender.refunded_ore,
      reservedOre: tender.reserved_ore,
    })),
  };
}
