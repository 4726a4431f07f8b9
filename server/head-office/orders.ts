/** Finding an order of any store, and reading it as it was sold. */
import { LONGEST_SEARCH_DAYS, MOST_FOUND, type OrderAsSold, type OrderSummary, type SearchRequest } from '../../app/refund/contract.ts';
import { type Month, monthOfDate, monthOfReference, parseOrderId } from '../../app/refund/names.ts';
import { RefusedByHeadOffice } from '../../app/refund/problem.ts';
import type { Db, Tx } from './store/store.ts';

export interface Found {
  readonly orders: readonly OrderSummary[];
  readonly more: boolean;
}

/**
 * Searches all stores, newest first, at most 50.
 * @throws RefusedByHeadOffice `unknown-store`, `bad-request` for a search over too many days.
 */
export async function searchOrders(db: Db, request: SearchRequest): Promise<Found> {
  if ('storeId' in request && request.storeId !== undefined) await knowsStore(db, request.storeId);
  const query = orders(db);
  switch (request.by) {
    case 'reference':
      return found(await byReference(db, request.reference));
    case 'receipt': {
      let receipts = query.where('orders.receipt_number', '=', request.receiptNumber);
      if (request.storeId !== undefined) receipts = receipts.where('orders.store_id', '=', request.storeId);
      if (request.registerId !== undefined) receipts = receipts.where('orders.register_id', '=', request.registerId);
      if (request.date !== undefined) {
        receipts = receipts.where('orders.month', '=', monthOfDate(request.date)).where('orders.date', '=', request.date);
      }
      return found(await receipts.execute());
    }
    case 'date': {
      let ofDay = query
        .where('orders.month', '=', monthOfDate(request.date))
        .where('orders.store_id', '=', request.storeId)
        .where('orders.date', '=', request.date);
      if (request.amountOre !== undefined) ofDay = ofDay.where('orders.total_ore', '=', request.amountOre);
      return found(await ofDay.execute());
    }
    case 'article': {
      const { article, storeId } = request;
      const months = monthsBetween(request.fromDate, request.toDate);
      const sold = db
        .selectFrom('order_lines')
        .select('order_lines.order_id')
        .where('order_lines.month', 'in', months)
        .where((is) => is.or([is('order_lines.article_number', '=', article), is('order_lines.ean', '=', article)]));
      let withArticle = query
        .where('orders.month', 'in', months)
        .where('orders.date', '>=', request.fromDate)
        .where('orders.date', '<=', request.toDate)
        .where('orders.order_id', 'in', sold);
      if (storeId !== undefined) withArticle = withArticle.where('orders.store_id', '=', storeId);
      return found(await withArticle.execute());
    }
  }
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
