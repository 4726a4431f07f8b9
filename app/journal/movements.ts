/** Reads the captures and refunds of a journal, on a read-only connection. */
import type { Movement, Movements } from '../report/movement.ts';
import type { Database, SqlRow } from '../till/ports.ts';
import { outdatedProjections } from './projection.ts';
import { paymentsProjection } from './projections/payments.ts';
import { salesProjection } from './projections/sales.ts';
import { integerOf, textOf } from './rows.ts';

/** The journal was written by another version of the program, and has not been opened by this one. */
export class JournalNotTakenUpError extends Error {
  override readonly name = 'JournalNotTakenUpError';
}

const select = (where: string) =>
  `SELECT m.*, s.receipt_number FROM movements m LEFT JOIN sales s ON s.sale_id = m.sale_id WHERE ${where} ORDER BY m.from_ms, m.payment_id, m.kind, m.key`;

/** One parameter: the reference. Its rows are `movementOf`'s. */
export const MOVEMENTS_OF_REFERENCE = select('m.reference = ?');

/**
 * @param database a read-only connection; a register may write to the journal meanwhile.
 * @throws JournalNotTakenUpError when the derived tables are another version's
 */
export function openMovements(database: Database): Movements {
  if (outdatedProjections(database, [paymentsProjection, salesProjection]).outdated.length > 0) {
    throw new JournalNotTakenUpError('The journal was written by another version of the program. Start the register once, then try again.');
  }
  // The ledger is the counter's sales unit's: what another unit took is in another one, and would be missing in this.
  const ofDate = database.prepare(select('m.date = ? AND m.unit IS NULL'));
  const ofReference = database.prepare(MOVEMENTS_OF_REFERENCE);
  return {
    ofDate: (date) => ofDate.all(date).map(movementOf),
    ofReferences: (references) => [...new Set(references)].flatMap((reference) => ofReference.all(reference)).map(movementOf),
  };
}

/** A movement from its row. */
export function movementOf(row: SqlRow): Movement {
  return {
    paymentId: textOf(row, 'payment_id'),
    kind: textOf(row, 'kind') === 'refund' ? 'refund' : 'capture',
    reference: textOf(row, 'reference'),
    currency: textOf(row, 'currency'),
    amountOre: integerOf(row, 'amount_ore'),
    fromMs: integerOf(row, 'from_ms'),
    knownMs: row.known_ms === null ? null : integerOf(row, 'known_ms'),
    date: row.date === null ? null : textOf(row, 'date'),
    byHand: integerOf(row, 'by_hand') === 1,
    receiptNumber: row.receipt_number === null ? null : integerOf(row, 'receipt_number'),
  };
}
