/**
 * Every capture and refund by itself, with the time between its intent and its being known: what a settlement is compared
 * with. A part of the payments' projection, because an entry names a payment and only the payment has the reference.
 */
import type { Payment } from '../../payment/payment.ts';
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import { localDateAndTime } from '../entry-text.ts';

export const MOVEMENTS_TABLES = ['movements'] as const;

/** A payment is captured once, so its capture has the empty key; `known_ms` and `date` are empty until it was read back. */
export const MOVEMENTS_SQL = `
  CREATE TABLE movements (
    payment_id TEXT NOT NULL,
    kind TEXT NOT NULL, -- capture, refund
    key TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_ore INTEGER NOT NULL, -- a refund is negative
    from_ms INTEGER NOT NULL,
    known_ms INTEGER,
    date TEXT, -- local
    by_hand INTEGER NOT NULL,
    unit TEXT, -- of a sales unit beside the counter's: distance
    PRIMARY KEY (payment_id, kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX movements_by_reference ON movements (reference);
  CREATE INDEX movements_by_date ON movements (date) WHERE date IS NOT NULL;
  CREATE INDEX movements_open ON movements (key) WHERE known_ms IS NULL;
`;

/** The step that notes what an entry says about money at the provider. `payment` is the payment after it. */
export function noteMovements(database: Database): (entry: Entry, payment: Payment) => void {
  const put = database.prepare(`
    INSERT INTO movements (payment_id, kind, key, sale_id, reference, currency, amount_ore, from_ms, known_ms, date, by_hand, unit)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (payment_id, kind, key) DO UPDATE
    SET amount_ore = excluded.amount_ore, known_ms = excluded.known_ms, date = excluded.date, by_hand = excluded.by_hand`);
  const forget = database.prepare('DELETE FROM movements WHERE payment_id = ? AND kind = ? AND known_ms IS NULL');

  return (entry, payment) => {
    const { paymentId, saleId, order, plannedAtMs } = payment;
    const note = (kind: 'capture' | 'refund', key: string, amountOre: number, known: boolean, fromMs: number, byHand = 0) => {
      const when = known ? [entry.atMs, localDateAndTime(entry.atMs, entry.offsetMinutes).date] : [null, null];
      put.run(paymentId, kind, key, saleId, order.reference, order.currency, amountOre, fromMs, ...when, byHand, order.unit ?? null);
    };
    switch (entry.type) {
      case 'payment.capture-intended':
        note('capture', '', entry.payload.captureOre, false, entry.atMs);
        break;
      case 'payment.captured':
        note('capture', '', entry.payload.capturedOre, true, plannedAtMs);
        break;
      case 'payment.capture-refused':
      case 'payment.released':
      case 'payment.settled-by-hand':
        forget.run(paymentId, 'capture');
        break;
      case 'payment.refund-intended':
        note('refund', entry.payload.key, 0 - entry.payload.amountOre, false, entry.atMs);
        break;
      case 'payment.refunded':
        note('refund', entry.payload.key, 0 - entry.payload.amountOre, true, entry.atMs);
        break;
      case 'payment.refund-refused':
        forget.run(paymentId, 'refund');
        break;
      case 'payment.refunded-by-hand':
        // Somebody did it at some time since the money was taken, and says so now.
        if (payment.state !== 'captured' || payment.refund === null) break;
        note('refund', payment.refund.key, 0 - payment.refund.amountOre, true, payment.capturedAtMs, 1);
        break;
    }
  };
}

/** The step that notes what goes back for returned goods: those entries name a return, and the payment by its reference alone. */
export function noteReturnMovements(database: Database): (entry: Entry) => void {
  const begin = database.prepare(`
    INSERT INTO movements (payment_id, kind, key, sale_id, reference, currency, amount_ore, from_ms, known_ms, date, by_hand, unit)
    SELECT payment_id, 'refund', ?, sale_id, reference, json_extract(state, '$.order.currency'), ?, ?, NULL, NULL, 0,
      json_extract(state, '$.order.unit')
    FROM payments WHERE reference = ?`);
  const know = database.prepare("UPDATE movements SET known_ms = ?, date = ? WHERE key = ? AND kind = 'refund' AND known_ms IS NULL");
  const forget = database.prepare("DELETE FROM movements WHERE key = ? AND kind = 'refund' AND known_ms IS NULL");

  return (entry) => {
    switch (entry.type) {
      case 'return.confirm-intended':
        for (const { key, amountOre, reference } of entry.payload.parts) {
          if (key !== null && reference !== null) begin.run(key, 0 - amountOre, entry.atMs, reference);
        }
        break;
      case 'return.part-done': {
        const { date } = localDateAndTime(entry.atMs, entry.offsetMinutes);
        know.run(entry.atMs, date, keyOf(entry.payload));
        break;
      }
      case 'return.part-refused':
        forget.run(keyOf(entry.payload));
        break;
    }
  };
}

/** As `refundKey` makes it: the entries after the first name the part alone. */
const keyOf = ({ returnId, partNo }: { readonly returnId: string; readonly partNo: number }): string => `${returnId}-r${partNo}`;
