/** Receipts on their way to customers' apps: the outbox of `app/till/app-receipts.ts`. */
import { type AppReceiptTask, applyAppReceiptEvent, appReceiptIdOf } from '../../receipt/app-receipt-task.ts';
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import type { Projection } from '../projection.ts';
import { textOf } from '../rows.ts';

export const appReceiptsProjection: Projection = {
  name: 'app-receipts',
  version: 1,
  tables: ['app_receipts'],
  createSql: `
    CREATE TABLE app_receipts (
      payment_id TEXT PRIMARY KEY,
      sale_id TEXT NOT NULL,
      unfinished INTEGER NOT NULL,
      intended_seq INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;
    CREATE INDEX app_receipts_unfinished ON app_receipts (intended_seq) WHERE unfinished = 1;
  `,
  attach(database: Database) {
    const load = database.prepare('SELECT state FROM app_receipts WHERE payment_id = ?');
    const insert = database.prepare(
      'INSERT INTO app_receipts (payment_id, sale_id, unfinished, intended_seq, state) VALUES (?, ?, 1, ?, ?)',
    );
    const update = database.prepare('UPDATE app_receipts SET unfinished = ?, state = ? WHERE payment_id = ?');

    return (entry: Entry) => {
      const paymentId = appReceiptIdOf(entry);
      if (paymentId === null) return;
      const before = load.get(paymentId);
      const task = applyAppReceiptEvent(before === undefined ? null : (JSON.parse(textOf(before, 'state')) as AppReceiptTask), entry);
      const state = JSON.stringify(task);
      if (entry.type === 'app-receipt.intended') insert.run(paymentId, task.saleId, entry.seq, state);
      else update.run(task.state === 'waiting' ? 1 : 0, state, paymentId);
    };
  },
};
