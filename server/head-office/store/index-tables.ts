/**
 * The tables' form for very many orders: one index serves each question, newest first, and none is there for nothing.
 * Another migration, as those in `schema.ts`: it never changes again.
 */
import type { Dialect } from './schema.ts';

/**
 * - An entry is found by register and epoch; its month only says where it lies.
 * - A payment is found by its reference, also by one whose month cannot be read.
 * - A line of an order knows store and moment, so that an article's newest sales are read and not all of them sorted.
 */
export function indexTables(dialect: Dialect): readonly string[] {
  return [
    ...(dialect.byMonth === '' ? remade(dialect) : altered()),
    'DROP INDEX orders_by_date',
    'CREATE INDEX orders_by_date ON orders (store_id, date, completed_ms, total_ore)',
    'CREATE INDEX order_lines_by_article ON order_lines (article_number, date, completed_ms, store_id)',
    'CREATE INDEX order_lines_by_ean ON order_lines (ean, date, completed_ms, store_id) WHERE ean IS NOT NULL',
  ];
}

function altered(): readonly string[] {
  return [
    'DROP INDEX entries_by_place',
    'ALTER TABLE entries DROP CONSTRAINT entries_pkey, ADD PRIMARY KEY (register_no, epoch, seq, month)',
    'ALTER TABLE payments DROP CONSTRAINT payments_pkey, ADD PRIMARY KEY (reference, month, store_id)',
    'DROP INDEX order_lines_by_article',
    'DROP INDEX order_lines_by_ean',
    `ALTER TABLE order_lines ADD COLUMN store_id TEXT NOT NULL DEFAULT '', ADD COLUMN date TEXT NOT NULL DEFAULT '',
      ADD COLUMN completed_ms BIGINT NOT NULL DEFAULT 0`,
    `UPDATE order_lines SET store_id = orders.store_id, date = orders.date, completed_ms = orders.completed_ms
      FROM orders WHERE orders.month = order_lines.month AND orders.order_id = order_lines.order_id`,
  ];
}

/** SQLite cannot give a table another key, so each is written anew; its indexes go with the old one. */
function remade({ integer: int, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE entries_new (
      month ${int} NOT NULL, register_no ${int} NOT NULL, epoch TEXT NOT NULL, seq ${int} NOT NULL, hash TEXT NOT NULL,
      at_ms ${int} NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (register_no, epoch, seq, month)
    ) ${strict}`,
    'INSERT INTO entries_new SELECT month, register_no, epoch, seq, hash, at_ms, type, body FROM entries',
    'DROP TABLE entries',
    'ALTER TABLE entries_new RENAME TO entries',
    `CREATE TABLE payments_new (
      month ${int} NOT NULL, reference TEXT NOT NULL, store_id TEXT NOT NULL, register_no ${int} NOT NULL,
      order_amount_ore ${int} NOT NULL, captured_ore ${int} NOT NULL, captured_ms ${int} NOT NULL, currency TEXT NOT NULL,
      text TEXT NOT NULL, order_month ${int}, order_id TEXT, PRIMARY KEY (reference, month, store_id)
    ) ${strict}`,
    `INSERT INTO payments_new SELECT month, reference, store_id, register_no, order_amount_ore, captured_ore, captured_ms, currency,
      text, order_month, order_id FROM payments`,
    'DROP TABLE payments',
    'ALTER TABLE payments_new RENAME TO payments',
    'DROP INDEX order_lines_by_article',
    'DROP INDEX order_lines_by_ean',
    "ALTER TABLE order_lines ADD COLUMN store_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE order_lines ADD COLUMN date TEXT NOT NULL DEFAULT ''",
    `ALTER TABLE order_lines ADD COLUMN completed_ms ${int} NOT NULL DEFAULT 0`,
    `UPDATE order_lines SET (store_id, date, completed_ms) = (SELECT store_id, date, completed_ms FROM orders
      WHERE orders.month = order_lines.month AND orders.order_id = order_lines.order_id)`,
  ];
}
