/** Every opening of the drawer, for the reports: for a sale, without one and why, or by hand. */
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import { localDateAndTime } from '../entry-text.ts';
import type { Projection } from '../projection.ts';

export const drawerProjection: Projection = {
  name: 'drawer',
  version: 1,
  tables: ['drawer_openings'],
  createSql: `
    CREATE TABLE drawer_openings (
      seq INTEGER PRIMARY KEY, -- of the intent, or of what was seen
      opening_id TEXT UNIQUE, -- of an opening by the register
      date TEXT NOT NULL, -- local
      why TEXT NOT NULL, -- sale, no-sale, by-hand
      reason TEXT, -- of no-sale
      counts INTEGER NOT NULL -- 0: it is known that it did not open
    ) STRICT;
    CREATE INDEX drawer_openings_by_date ON drawer_openings (date, why) WHERE counts = 1;
  `,
  attach(database: Database) {
    const insert = database.prepare('INSERT INTO drawer_openings (seq, opening_id, date, why, reason, counts) VALUES (?, ?, ?, ?, ?, 1)');
    const didNot = database.prepare('UPDATE drawer_openings SET counts = 0 WHERE opening_id = ?');

    return (entry: Entry) => {
      const { date } = localDateAndTime(entry.atMs, entry.offsetMinutes);
      switch (entry.type) {
        case 'drawer.open-intended': {
          const { openingId, why, reason } = entry.payload;
          insert.run(entry.seq, openingId, date, why, reason);
          return;
        }
        case 'drawer.not-opened':
          didNot.run(entry.payload.openingId);
          return;
        case 'drawer.opened':
          if (entry.payload.how === 'by-hand') insert.run(entry.seq, null, date, 'by-hand', null);
          return;
      }
    };
  },
};
