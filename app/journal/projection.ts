/**
 * Derived tables: what the entries add up to, kept up to date in the entries' own transaction and made anew from them
 * at will. A projection reads and writes its own tables and nothing else, so one can be made anew without the others.
 */
import type { Database } from '../till/ports.ts';
import type { Entry } from './entry.ts';
import { entryReader, integerOf, textOf } from './rows.ts';

export interface Projection {
  readonly name: string;
  /** One more whenever the tables or what goes into them change: then they are made anew at the next start. */
  readonly version: number;
  /** The tables that `createSql` makes. */
  readonly tables: readonly string[];
  readonly createSql: string;
  /**
   * Prepares its statements once and gives the step that is run for every entry, in order, inside a transaction. A step
   * may remember what it wrote: after a transaction that was rolled back, it is attached anew.
   */
  attach(database: Database): (entry: Entry) => void;
}

/** Entries per read while replaying: bounded memory, whatever the journal's length. */
const PAGE = 500;

/** The projections whose tables are missing or of another version, and the names of tables nobody derives any more. */
export function outdatedProjections(
  database: Database,
  projections: readonly Projection[],
): { readonly outdated: readonly Projection[]; readonly abandoned: readonly string[] } {
  const made = new Map(
    database
      .prepare('SELECT name, version FROM derived')
      .all()
      .map((row) => [textOf(row, 'name'), integerOf(row, 'version')]),
  );
  const known = new Set(projections.map(({ name }) => name));
  return {
    outdated: projections.filter(({ name, version }) => made.get(name) !== version),
    abandoned: [...made.keys()].filter((name) => !known.has(name)),
  };
}

/** Drops a projection's tables, those of its earlier versions too. Runs inside the caller's transaction. */
export function dropDerived(database: Database, name: string): void {
  const row = database.prepare('SELECT tables FROM derived WHERE name = ?').get(name);
  if (row === undefined) return;
  for (const table of textOf(row, 'tables').split(' ')) database.exec(`DROP TABLE IF EXISTS ${table}`);
  database.prepare('DELETE FROM derived WHERE name = ?').run(name);
}

/** Makes the tables of these projections anew and replays the journal into them. Runs inside the caller's transaction. */
export function remakeDerived(database: Database, projections: readonly Projection[]): void {
  const record = database.prepare('INSERT INTO derived (name, version, tables) VALUES (?, ?, ?)');
  for (const { name, version, tables, createSql } of projections) {
    dropDerived(database, name);
    database.exec(createSql);
    record.run(name, version, tables.join(' '));
  }
  const steps = projections.map((projection) => projection.attach(database));
  const read = entryReader(database);
  for (let page = read(1, PAGE); page.length > 0; page = read((page.at(-1)?.entry.seq ?? 0) + 1, PAGE)) {
    for (const { entry } of page) for (const step of steps) step(entry);
  }
}
