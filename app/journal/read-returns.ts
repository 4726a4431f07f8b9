/** What returns ask of the derived tables: orders of this register's own, what of each has come back, and what is not over. */
import type { GoodsReturn } from '../refund/goods-return.ts';
import type { TakenOfOrder } from '../refund/order-on-hand.ts';
import type { Sale } from '../sale/sale.ts';
import type { Database, SqlRow } from '../till/ports.ts';
import { integerOf, textOf } from './rows.ts';

/** A completed sale of this register, with what its name as an order is made of. */
export interface OwnOrder {
  readonly sale: Sale;
  readonly epoch: string;
  /** Local, `YYYY-MM-DD`. */
  readonly date: string;
}

/** Something to be searched for again when head office answers. */
export interface KeptWish {
  readonly wishId: string;
  readonly text: string;
  readonly note: string | null;
  readonly keptAtMs: number;
}

export interface ReturnsReadModel {
  order(saleId: string): OwnOrder | null;
  /** Newest first. @param amountOre of the goods; `null`: any */
  ordersOfDay(date: string, amountOre: number | null, limit: number): readonly OwnOrder[];
  /** With any of these article numbers or EANs (of the first six), newest first. */
  ordersWithArticle(articles: readonly string[], fromDate: string, toDate: string, limit: number): readonly OwnOrder[];
  /** What of an order has come back or is held, by returns at this register. */
  taken(orderId: string): TakenOfOrder;
  /** All returns of an order at this register, whatever became of them. */
  ofOrder(orderId: string): readonly GoodsReturn[];
  /** Refunded and held of a payment, in minor units, by returns at this register. */
  moneyOf(reference: string): { readonly refundedOre: number; readonly reservedOre: number };
  return(returnId: string): GoodsReturn | null;
  /** In the order they were asked for. */
  unfinished(): readonly GoodsReturn[];
  /** Oldest first. */
  wishes(): readonly KeptWish[];
  /** The number in the next return's name. */
  nextNumber(): number;
}

const MOST_ARTICLES = Array.from({ length: 6 }, () => null);
const ORDER = 'SELECT s.state, o.epoch, o.date FROM orders o JOIN sales s ON s.sale_id = o.sale_id';

export function readReturns(database: Database): ReturnsReadModel {
  const select = (sql: string) => database.prepare(sql);
  const order = select(`${ORDER} WHERE o.sale_id = ?`);
  const ofDay = select(`${ORDER} WHERE o.date = ? ORDER BY o.seq DESC LIMIT ?`);
  const ofDayAndAmount = select(`${ORDER} WHERE o.date = ? AND o.total_ore = ? ORDER BY o.seq DESC LIMIT ?`);
  const withArticle = select(
    `${ORDER} WHERE o.seq IN (SELECT seq FROM order_articles WHERE article IN (${MOST_ARTICLES.map(() => '?').join(', ')}))
       AND o.date >= ? AND o.date <= ? ORDER BY o.seq DESC LIMIT ?`,
  );
  const goods = select('SELECT * FROM returned_goods WHERE order_id = ?');
  const money = select('SELECT * FROM returned_money WHERE order_id = ?');
  const refusedBefore = select('SELECT 1 FROM returns WHERE order_id = ? AND refused_by_provider = 1 LIMIT 1');
  const moneyOf = select(
    'SELECT coalesce(sum(refunded_ore), 0) AS refunded, coalesce(sum(reserved_ore), 0) AS reserved FROM returned_money WHERE reference = ?',
  );
  const ofOrder = select('SELECT state FROM returns WHERE order_id = ? ORDER BY asked_seq');
  const one = select('SELECT state FROM returns WHERE return_id = ?');
  const unfinished = select('SELECT state FROM returns WHERE unfinished = 1 ORDER BY asked_seq');
  const wishes = select('SELECT * FROM return_wishes ORDER BY kept_seq');
  const lastNumber = select('SELECT coalesce(max(number), 0) AS last FROM returns');

  return {
    order: (saleId) => oneOrder(order.get(saleId)),
    ordersOfDay: (date, amountOre, limit) =>
      (amountOre === null ? ofDay.all(date, limit) : ofDayAndAmount.all(date, amountOre, limit)).map(orderOf),
    ordersWithArticle: (articles, fromDate, toDate, limit) =>
      withArticle.all(...MOST_ARTICLES.map((_, index) => articles[index] ?? null), fromDate, toDate, limit).map(orderOf),
    taken: (orderId) => ({
      lines: new Map(goods.all(orderId).map((row) => [integerOf(row, 'line_no'), takenLine(row)])),
      money: new Map(
        money.all(orderId).map((row) => [integerOf(row, 'tender_no'), integerOf(row, 'reserved_ore') + integerOf(row, 'refunded_ore')]),
      ),
      refusedBefore: refusedBefore.get(orderId) !== undefined,
    }),
    ofOrder: (orderId) => ofOrder.all(orderId).map(stateOf),
    moneyOf(reference) {
      const row = moneyOf.get(reference) ?? {};
      return { refundedOre: integerOf(row, 'refunded'), reservedOre: integerOf(row, 'reserved') };
    },
    return: (returnId) => {
      const row = one.get(returnId);
      return row === undefined ? null : stateOf(row);
    },
    unfinished: () => unfinished.all().map(stateOf),
    wishes: () =>
      wishes.all().map((row) => ({
        wishId: textOf(row, 'wish_id'),
        text: textOf(row, 'text'),
        note: row.note === null ? null : textOf(row, 'note'),
        keptAtMs: integerOf(row, 'kept_at'),
      })),
    nextNumber: () => integerOf(lastNumber.get(), 'last') + 1,
  };
}

const stateOf = (row: SqlRow): GoodsReturn => JSON.parse(textOf(row, 'state')) as GoodsReturn;

const orderOf = (row: SqlRow): OwnOrder => ({
  sale: JSON.parse(textOf(row, 'state')) as Sale,
  epoch: textOf(row, 'epoch'),
  date: textOf(row, 'date'),
});

const oneOrder = (row: SqlRow | undefined): OwnOrder | null => (row === undefined ? null : orderOf(row));

function takenLine(row: SqlRow) {
  return {
    returnedMilli: integerOf(row, 'returned_milli'),
    reservedMilli: integerOf(row, 'reserved_milli'),
    takenOre: integerOf(row, 'returned_ore') + integerOf(row, 'reserved_ore'),
  };
}
