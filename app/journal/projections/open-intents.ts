/**
 * What the register was about to do and has no outcome of yet, for auditors and tests. Recovery goes by the states of the
 * payments and print jobs (`unfinished`), which are made of the same entries.
 */
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import type { JournalEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

export type IntentKind =
  | 'payment.create'
  | 'payment.capture'
  | 'payment.release'
  | 'payment.rest'
  | 'payment.refund'
  | 'payment.watch'
  | 'receipt.print'
  | 'app-receipt.send'
  | 'drawer.open'
  | 'return.ask'
  | 'return.withdraw'
  | 'return.send';

interface Change {
  readonly id: string;
  readonly opens?: IntentKind;
  readonly closes?: readonly IntentKind[];
}

/**
 * What an event opens and closes. An outcome may answer more than the intent it was asked for: a release that finds the
 * money captured also ends the release. `…-unknown` closes nothing: not to know is no outcome.
 */
function intentChange(event: JournalEvent): Change | null {
  switch (event.type) {
    case 'payment.create-intended':
      return { id: event.payload.paymentId, opens: 'payment.create' };
    case 'payment.created':
      return { id: event.payload.paymentId, closes: ['payment.create', 'payment.watch'] };
    case 'payment.watch-started':
      return { id: event.payload.paymentId, opens: 'payment.watch', closes: ['payment.create'] };
    case 'payment.left-to-people':
      return { id: event.payload.paymentId, opens: 'payment.watch', closes: ['payment.capture', 'payment.release', 'payment.rest'] };
    case 'payment.settled-by-hand':
    case 'payment.watch-ended':
      return { id: event.payload.paymentId, closes: ['payment.watch'] };
    case 'payment.capture-intended':
      return { id: event.payload.paymentId, opens: 'payment.capture' };
    case 'payment.capture-refused':
      return { id: event.payload.paymentId, closes: ['payment.capture'] };
    case 'payment.release-intended':
      return { id: event.payload.paymentId, opens: 'payment.release', closes: ['payment.create', 'payment.capture', 'payment.watch'] };
    case 'payment.approved':
      return { id: event.payload.paymentId, closes: ['payment.create', 'payment.release', 'payment.watch'] };
    case 'payment.declined':
      return {
        id: event.payload.paymentId,
        ...(event.payload.watchUntilMs === null ? {} : { opens: 'payment.watch' as const }),
        closes: ['payment.create', 'payment.capture', 'payment.release', 'payment.watch'],
      };
    case 'payment.captured':
    case 'payment.released':
      return { id: event.payload.paymentId, closes: ['payment.create', 'payment.capture', 'payment.release', 'payment.watch'] };
    case 'payment.rest-release-intended':
      return { id: event.payload.paymentId, opens: 'payment.rest' };
    case 'payment.rest-released':
    case 'payment.rest-left':
      return { id: event.payload.paymentId, closes: ['payment.rest'] };
    case 'payment.refund-intended':
      return { id: event.payload.paymentId, opens: 'payment.refund' };
    case 'payment.refunded':
    case 'payment.refund-refused':
      return { id: event.payload.paymentId, closes: ['payment.refund'] };
    case 'receipt.print-intended':
      return { id: event.payload.jobId, opens: 'receipt.print' };
    case 'receipt.printed':
      return { id: event.payload.jobId, closes: ['receipt.print'] };
    case 'receipt.print-answered':
      // Neither came nor was replaced: it is sent again, so the intent stands.
      if (!event.payload.paperCame && event.payload.replacedBy === null) return null;
      return { id: event.payload.jobId, closes: ['receipt.print'] };
    case 'app-receipt.intended':
      return { id: event.payload.paymentId, opens: 'app-receipt.send' };
    case 'app-receipt.sent':
    case 'app-receipt.left':
      return { id: event.payload.paymentId, closes: ['app-receipt.send'] };
    case 'drawer.open-intended':
      return { id: event.payload.openingId, opens: 'drawer.open' };
    case 'drawer.open-sent':
    case 'drawer.not-opened':
    // Unlike money and paper, nobody ever finds out, and nobody repeats it.
    case 'drawer.open-unknown':
      return { id: event.payload.openingId, closes: ['drawer.open'] };
    case 'return.asked':
      return { id: event.payload.returnId, opens: 'return.ask' };
    case 'return.reserved':
      return { id: event.payload.returnId, closes: ['return.ask'] };
    case 'return.withdraw-intended':
      return { id: event.payload.returnId, opens: 'return.withdraw', closes: ['return.ask'] };
    case 'return.confirm-intended':
      return { id: event.payload.returnId, opens: 'return.send' };
    case 'return.refused':
    case 'return.withdrawn':
    case 'return.done':
      return { id: event.payload.returnId, closes: ['return.ask', 'return.withdraw', 'return.send'] };
    default:
      return null;
  }
}

export const openIntentsProjection: Projection = {
  name: 'open-intents',
  version: 2,
  tables: ['open_intents'],
  createSql: `
    CREATE TABLE open_intents (
      id TEXT NOT NULL, -- the payment's, the print job's, the opening's or the return's
      kind TEXT NOT NULL,
      seq INTEGER NOT NULL, -- the entry with everything that is needed to do it again
      PRIMARY KEY (id, kind)
    ) STRICT, WITHOUT ROWID;
  `,
  attach(database: Database) {
    const open = database.prepare(
      'INSERT INTO open_intents (id, kind, seq) VALUES (?, ?, ?) ON CONFLICT (id, kind) DO UPDATE SET seq = excluded.seq',
    );
    const close = database.prepare('DELETE FROM open_intents WHERE id = ? AND kind = ?');

    return (entry: Entry) => {
      const change = intentChange(entry);
      if (change === null) return;
      for (const kind of change.closes ?? []) close.run(change.id, kind);
      if (change.opens !== undefined) open.run(change.id, change.opens, entry.seq);
    };
  },
};
