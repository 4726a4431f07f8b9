/**
 * Every return as it stands, what they take of each order's lines and means, and the wishes that wait for head office. What
 * is taken is counted by the very steps that change a return, so that "never twice" is a query.
 */
import type { GoodsReturn } from '../../refund/goods-return.ts';
import { applyReturnEvent, type Holdings, holdingsOf, isReturnOver, returnIdOf } from '../../sale/apply-return.ts';
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import type { Projection } from '../projection.ts';
import { textOf } from '../rows.ts';

export const returnsProjection: Projection = {
  name: 'returns',
  version: 1,
  tables: ['returns', 'returned_goods', 'returned_money', 'return_wishes'],
  createSql: `
    CREATE TABLE returns (
      return_id TEXT PRIMARY KEY,
      number INTEGER NOT NULL, -- at the end of its id
      sale_id TEXT NOT NULL,
      order_id TEXT NOT NULL,
      state_name TEXT NOT NULL,
      unfinished INTEGER NOT NULL,
      refused_by_provider INTEGER NOT NULL, -- a part of it, for good
      asked_seq INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;
    CREATE INDEX returns_unfinished ON returns (asked_seq) WHERE unfinished = 1;
    CREATE INDEX returns_by_number ON returns (number);
    CREATE INDEX returns_by_order ON returns (order_id);
    CREATE INDEX returns_by_sale ON returns (sale_id);
    CREATE TABLE returned_goods (
      order_id TEXT NOT NULL,
      line_no INTEGER NOT NULL,
      reserved_milli INTEGER NOT NULL,
      reserved_ore INTEGER NOT NULL,
      returned_milli INTEGER NOT NULL,
      returned_ore INTEGER NOT NULL,
      PRIMARY KEY (order_id, line_no)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE returned_money (
      order_id TEXT NOT NULL,
      tender_no INTEGER NOT NULL,
      reference TEXT, -- the payment's, where the money went back to it
      reserved_ore INTEGER NOT NULL, -- held, or being sent
      refunded_ore INTEGER NOT NULL,
      PRIMARY KEY (order_id, tender_no)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX returned_money_by_reference ON returned_money (reference) WHERE reference IS NOT NULL;
    CREATE TABLE return_wishes (
      wish_id TEXT PRIMARY KEY,
      text TEXT NOT NULL,
      note TEXT,
      kept_at INTEGER NOT NULL,
      kept_seq INTEGER NOT NULL
    ) STRICT;
  `,
  attach(database: Database) {
    const load = database.prepare('SELECT state FROM returns WHERE return_id = ?');
    const insert = database.prepare(
      `INSERT INTO returns (return_id, number, sale_id, order_id, state_name, unfinished, refused_by_provider, asked_seq, state)
       VALUES (?, ?, ?, ?, ?, 1, 0, ?, ?)`,
    );
    const update = database.prepare(
      'UPDATE returns SET state_name = ?, unfinished = ?, refused_by_provider = max(refused_by_provider, ?), state = ? WHERE return_id = ?',
    );
    const addGoods = database.prepare(`
      INSERT INTO returned_goods (order_id, line_no, reserved_milli, reserved_ore, returned_milli, returned_ore) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (order_id, line_no) DO UPDATE
      SET reserved_milli = reserved_milli + excluded.reserved_milli, reserved_ore = reserved_ore + excluded.reserved_ore,
          returned_milli = returned_milli + excluded.returned_milli, returned_ore = returned_ore + excluded.returned_ore`);
    const addMoney = database.prepare(`
      INSERT INTO returned_money (order_id, tender_no, reference, reserved_ore, refunded_ore) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (order_id, tender_no) DO UPDATE
      SET reserved_ore = reserved_ore + excluded.reserved_ore, refunded_ore = refunded_ore + excluded.refunded_ore,
          reference = coalesce(reference, excluded.reference)`);
    const keepWish = database.prepare('INSERT INTO return_wishes (wish_id, text, note, kept_at, kept_seq) VALUES (?, ?, ?, ?, ?)');
    const dropWish = database.prepare('DELETE FROM return_wishes WHERE wish_id = ?');

    function add(orderId: string, { lines, money }: Holdings, sign: 1 | -1): void {
      for (const { lineNo, reservedMilli, reservedOre, returnedMilli, returnedOre } of lines)
        addGoods.run(orderId, lineNo, sign * reservedMilli, sign * reservedOre, sign * returnedMilli, sign * returnedOre);
      for (const { tenderNo, reference, reservedOre, refundedOre } of money)
        addMoney.run(orderId, tenderNo, reference, sign * reservedOre, sign * refundedOre);
    }

    return (entry: Entry) => {
      if (entry.type === 'return.wish-kept') {
        const { wishId, text, note } = entry.payload;
        keepWish.run(wishId, text, note, entry.atMs, entry.seq);
      }
      if (entry.type === 'return.wish-dropped') dropWish.run(entry.payload.wishId);
      const returnId = returnIdOf(entry);
      if (returnId === null) return;
      const row = load.get(returnId);
      const before = row === undefined ? null : (JSON.parse(textOf(row, 'state')) as GoodsReturn);
      const after = applyReturnEvent(before, entry);
      const { orderId } = after.order;
      const state = JSON.stringify(after);
      if (before === null) insert.run(returnId, numberOf(returnId), after.saleId, orderId, after.state, entry.seq, state);
      else update.run(after.state, isReturnOver(after) ? 0 : 1, isNo(entry) ? 1 : 0, state, returnId);
      const [held, holds] = [holdingsOf(before), holdingsOf(after)];
      if (JSON.stringify(held) === JSON.stringify(holds)) return;
      add(orderId, held, -1);
      add(orderId, holds, 1);
    };
  },
};

const numberOf = (returnId: string): number => Number(returnId.slice(returnId.lastIndexOf('-') + 1));

function isNo(entry: Entry): boolean {
  return entry.type === 'return.part-refused';
}
