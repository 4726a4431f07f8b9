/** Every payment as it stands. */
import { applyPaymentEvent, paymentIdOf } from '../../payment/apply.ts';
import { isAlive, isFinal, type Payment } from '../../payment/payment.ts';
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import type { Projection } from '../projection.ts';
import { textOf } from '../rows.ts';
import { MOVEMENTS_SQL, MOVEMENTS_TABLES, noteMovements, noteReturnMovements } from './movements.ts';

/**
 * `alive`: money is in it, or may yet be, so its sale waits. `unfinished`: the register still has something to do for
 * it, which also holds for a reference that is watched after its sale went on.
 */
export const paymentsProjection: Projection = {
  name: 'payments',
  version: 6,
  tables: ['payments', ...MOVEMENTS_TABLES],
  createSql: `
    CREATE TABLE payments (
      payment_id TEXT PRIMARY KEY,
      sale_id TEXT NOT NULL,
      reference TEXT NOT NULL,
      amount_ore INTEGER NOT NULL,
      state_name TEXT NOT NULL,
      alive INTEGER NOT NULL,
      unfinished INTEGER NOT NULL,
      planned_seq INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX payments_by_reference ON payments (reference);
    CREATE INDEX payments_by_sale ON payments (sale_id, planned_seq);
    CREATE INDEX payments_by_time ON payments (planned_seq);
    CREATE INDEX payments_by_amount ON payments (amount_ore, planned_seq);
    CREATE INDEX payments_unfinished ON payments (planned_seq) WHERE unfinished = 1;
    ${MOVEMENTS_SQL}
  `,
  attach(database: Database) {
    const load = database.prepare('SELECT state FROM payments WHERE payment_id = ?');
    const insert = database.prepare(
      `INSERT INTO payments (payment_id, sale_id, reference, amount_ore, state_name, alive, unfinished, planned_seq, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const update = database.prepare('UPDATE payments SET state_name = ?, alive = ?, unfinished = ?, state = ? WHERE payment_id = ?');
    const note = noteMovements(database);
    const noteReturn = noteReturnMovements(database);

    return (entry: Entry) => {
      noteReturn(entry);
      const paymentId = paymentIdOf(entry);
      if (paymentId === null) return;
      const before = load.get(paymentId);
      const payment = applyPaymentEvent(before === undefined ? null : (JSON.parse(textOf(before, 'state')) as Payment), entry);
      const flags = [isAlive(payment) ? 1 : 0, isFinal(payment) ? 0 : 1] as const;
      const state = JSON.stringify(payment);
      if (entry.type === 'payment.planned') {
        const { reference, amountOre } = payment.order;
        insert.run(paymentId, payment.saleId, reference, amountOre, payment.state, ...flags, entry.seq, state);
      } else {
        update.run(payment.state, ...flags, state, paymentId);
      }
      note(entry, payment);
    };
  },
};
