/** Which entries tell a sale's story: its own, its payments', its receipts' and the return's in it. */
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import type { Projection } from '../projection.ts';
import { textOf } from '../rows.ts';

export const saleEntriesProjection: Projection = {
  name: 'sale-entries',
  version: 2,
  tables: ['sale_entries', 'sale_of_part'],
  createSql: `
    CREATE TABLE sale_entries (sale_id TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (sale_id, seq)) STRICT, WITHOUT ROWID;
    -- The sale of a payment, a print job or a return, whose later entries name only themselves.
    CREATE TABLE sale_of_part (part_id TEXT PRIMARY KEY, sale_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  attach(database: Database) {
    const insert = database.prepare('INSERT INTO sale_entries (sale_id, seq) VALUES (?, ?)');
    const remember = database.prepare('INSERT INTO sale_of_part (part_id, sale_id) VALUES (?, ?) ON CONFLICT (part_id) DO NOTHING');
    const find = database.prepare('SELECT sale_id FROM sale_of_part WHERE part_id = ?');

    const saleOf = (entry: Entry): string | null => {
      const { payload } = entry;
      const partId =
        'paymentId' in payload ? payload.paymentId : 'jobId' in payload ? payload.jobId : 'returnId' in payload ? payload.returnId : null;
      if ('saleId' in payload) {
        if (partId !== null) remember.run(partId, payload.saleId);
        return payload.saleId;
      }
      const row = partId === null ? undefined : find.get(partId);
      return row === undefined ? null : textOf(row, 'sale_id');
    };

    return (entry: Entry) => {
      const saleId = saleOf(entry);
      if (saleId !== null) insert.run(saleId, entry.seq);
    };
  },
};
