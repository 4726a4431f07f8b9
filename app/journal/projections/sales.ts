/** Every sale as it stands, and what completed sales come to per day. */
import { applySaleEvent, saleIdOf } from '../../sale/apply.ts';
import { receiptSeriesOf, type Sale } from '../../sale/sale.ts';
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import type { Projection } from '../projection.ts';
import { textOf } from '../rows.ts';
import { countCompletedSale, TOTALS_SQL, TOTALS_TABLES } from './totals-by-day.ts';

/** One projection with the totals, because a completed sale is counted from the sale as it stood. */
export const salesProjection: Projection = {
  name: 'sales',
  version: 2,
  tables: ['sales', ...TOTALS_TABLES],
  createSql: `
    CREATE TABLE sales (
      sale_id TEXT PRIMARY KEY,
      sale_number INTEGER NOT NULL,
      status TEXT NOT NULL,
      unfinished INTEGER NOT NULL, -- open, parked, or completed with no word about its receipt yet
      receipt_series TEXT, -- sale, return
      receipt_number INTEGER,
      total_ore INTEGER, -- of a completed sale
      opened_at INTEGER NOT NULL,
      completed_at INTEGER,
      completed_seq INTEGER, -- order never depends on a clock
      state TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX sales_by_number ON sales (sale_number);
    CREATE UNIQUE INDEX sales_by_receipt ON sales (receipt_series, receipt_number) WHERE receipt_number IS NOT NULL;
    CREATE INDEX sales_by_completion ON sales (completed_seq) WHERE completed_seq IS NOT NULL;
    CREATE INDEX sales_by_time ON sales (completed_at) WHERE completed_at IS NOT NULL;
    CREATE INDEX sales_unfinished ON sales (sale_number) WHERE unfinished = 1;
    ${TOTALS_SQL}
  `,
  attach(database: Database) {
    const load = database.prepare('SELECT state FROM sales WHERE sale_id = ?');
    const insert = database.prepare(
      `INSERT INTO sales (sale_id, sale_number, status, unfinished, receipt_series, receipt_number, total_ore, opened_at, completed_at, completed_seq, state)
       VALUES (?, ?, ?, 1, NULL, NULL, NULL, ?, NULL, NULL, ?)`,
    );
    // Three, because an index costs a page for each statement that names one of its columns.
    const update = database.prepare('UPDATE sales SET state = ? WHERE sale_id = ?');
    const move = database.prepare('UPDATE sales SET status = ?, unfinished = ?, state = ? WHERE sale_id = ?');
    const complete = database.prepare(
      `UPDATE sales SET status = ?, unfinished = ?, receipt_series = ?, receipt_number = ?, total_ore = ?, completed_at = ?, completed_seq = ?, state = ? WHERE sale_id = ?`,
    );
    const count = countCompletedSale(database);

    /** Entries come in runs of one sale: its row is written each time, and read only when another sale comes. */
    let last: Sale | null = null;

    function loadSale(saleId: string): Sale | null {
      const row = load.get(saleId);
      return row === undefined ? null : (JSON.parse(textOf(row, 'state')) as Sale);
    }

    return (entry: Entry) => {
      const saleId = saleIdOf(entry);
      if (saleId === null) return;
      const before = last?.saleId === saleId ? last : loadSale(saleId);
      const sale = applySaleEvent(before, entry);
      last = sale;
      const state = JSON.stringify(sale);
      const unfinished = isUnfinished(sale) ? 1 : 0;
      if (entry.type === 'sale.opened') {
        insert.run(saleId, sale.saleNumber, sale.status, sale.openedAtMs, state);
      } else if (entry.type === 'sale.completed') {
        complete.run(
          sale.status,
          unfinished,
          receiptSeriesOf(sale),
          sale.receiptNumber,
          entry.payload.totalOre,
          sale.completedAtMs,
          entry.seq,
          state,
          saleId,
        );
        count(sale, entry);
      } else if (before === null || before.status !== sale.status || isUnfinished(before) !== isUnfinished(sale)) {
        move.run(sale.status, unfinished, state, saleId);
      } else {
        update.run(state, saleId);
      }
    };
  },
};

/** Whether the till still has something to do with it: a sale ends with its receipt, or with a lawful doing without. */
function isUnfinished(sale: Sale): boolean {
  switch (sale.status) {
    case 'open':
    case 'parked':
      return true;
    case 'completed':
      return sale.receipt === 'none';
    case 'aborted':
      return false;
  }
}
