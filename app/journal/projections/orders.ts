/**
 * Completed sales as orders, for whoever brings goods back: found by day and amount, and by article. Keeps the epoch of the
 * entry that completed each, which is a part of the order's name and of no sale. Reads the sales' own table, which each entry
 * reaches first.
 */
import type { Sale } from '../../sale/sale.ts';
import { saleTotals } from '../../sale/totals.ts';
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import { localDateAndTime } from '../entry-text.ts';
import type { Projection } from '../projection.ts';
import { textOf } from '../rows.ts';

export const ordersProjection: Projection = {
  name: 'orders',
  version: 1,
  tables: ['orders', 'order_articles'],
  createSql: `
    CREATE TABLE orders (
      seq INTEGER PRIMARY KEY, -- of the entry that completed the sale
      sale_id TEXT NOT NULL UNIQUE,
      epoch TEXT NOT NULL,
      date TEXT NOT NULL, -- local
      total_ore INTEGER NOT NULL -- of the goods; in an exchange less was paid
    ) STRICT;
    CREATE INDEX orders_by_day ON orders (date, total_ore);
    -- What was sold: the article's number, and its EAN where it has one.
    CREATE TABLE order_articles (article TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (article, seq)) STRICT, WITHOUT ROWID;
  `,
  attach(database: Database) {
    const saleOf = database.prepare('SELECT state FROM sales WHERE sale_id = ?');
    const insert = database.prepare('INSERT INTO orders (seq, sale_id, epoch, date, total_ore) VALUES (?, ?, ?, ?, ?)');
    const insertArticle = database.prepare('INSERT INTO order_articles (article, seq) VALUES (?, ?)');

    return (entry: Entry) => {
      if (entry.type !== 'sale.completed') return;
      const row = saleOf.get(entry.payload.saleId);
      const sale = row === undefined ? null : (JSON.parse(textOf(row, 'state')) as Sale);
      // Of a document of nothing but returned goods nothing can come back.
      if (sale === null || sale.lines.length === 0) return;
      const { totalOre, returnedOre } = saleTotals(sale);
      const { date } = localDateAndTime(entry.atMs, entry.offsetMinutes);
      insert.run(entry.seq, sale.saleId, entry.epoch, date, totalOre + returnedOre);
      const articles = sale.lines.flatMap(({ articleNumber, ean }) => (ean === null ? [articleNumber] : [articleNumber, ean]));
      for (const article of new Set(articles)) insertArticle.run(article, entry.seq);
    };
  },
};
