/**
 * What a receiver of the journal (head office) has not confirmed yet. The outbox is the journal itself after the
 * receiver's mark, so an entry is in it from the moment it is on disk. The mark is no entry: confirming one would make
 * another.
 */
import type { Database } from '../till/ports.ts';
import { integerOf } from './rows.ts';

export interface Outbox {
  /** The last entry that the receiver has confirmed; 0 before any. Go on with `journal.read(confirmedSeq() + 1, …)`. */
  confirmedSeq(): number;
  /** Moves the mark forward; a lower number than before changes nothing (an old confirmation came late). */
  confirm(seq: number): void;
}

/** @param database the journal's own connection, between two appends. */
export function openOutbox(database: Database, destination: string): Outbox {
  const read = database.prepare('SELECT coalesce(max(confirmed_seq), 0) AS seq FROM outbox WHERE destination = ?');
  const write = database.prepare(
    `INSERT INTO outbox (destination, confirmed_seq) VALUES (?, ?)
     ON CONFLICT (destination) DO UPDATE SET confirmed_seq = max(confirmed_seq, excluded.confirmed_seq)`,
  );
  return {
    confirmedSeq: () => integerOf(read.get(destination), 'seq'),
    confirm: (seq) => write.run(destination, seq),
  };
}
