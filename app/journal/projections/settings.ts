/** Settings that people changed at the register: the newest value of each. */
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import type { Projection } from '../projection.ts';

export const settingsProjection: Projection = {
  name: 'settings',
  version: 1,
  tables: ['settings'],
  createSql: 'CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;',
  attach(database: Database) {
    const set = database.prepare(
      'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    );
    return (entry: Entry) => {
      if (entry.type === 'register.setting-changed') set.run(entry.payload.name, entry.payload.value);
    };
  },
};
