/**
 * Head office's database: SQLite in a file, or PostgreSQL, behind one query builder. Several processes may work on one
 * PostgreSQL side by side, and the commands beside a server on SQLite: every transaction takes its locks before it reads.
 */
import { type Insertable, Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { isMonth } from '../../../app/refund/names.ts';
import { closureTables } from './closure-tables.ts';
import { CopyingClient, copyStatement, type Row } from './copy-rows.ts';
import { copySqlite } from './copy-sqlite.ts';
import { indexTables } from './index-tables.ts';
import { listenTo } from './listen.ts';
import { attemptTables, peopleTables } from './people-tables.ts';
import { droppedTables, fetchedTables, publicationTables } from './publication-tables.ts';
import { relayTables } from './relay-tables.ts';
import { creditTables, epochTables, firstTables, MONTHLY, POSTGRES, SQLITE, type Tables, webhookTables } from './schema.ts';
import { TwoConnectionsDialect } from './sqlite-dialect.ts';

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
type MonthlyTable = (typeof MONTHLY)[number];

export interface Store {
  readonly kind: 'sqlite' | 'postgres';
  readonly db: Db;
  /** Holds the rows that it has read to change until the transaction ends; on SQLite a transaction holds everything already. */
  readonly forUpdate: RawBuilder<unknown>;
  /** Writes many new rows with the same columns. One that is there already is the database's own error. */
  append<Table extends MonthlyTable>(tx: Tx, table: Table, rows: readonly Insertable<Tables[Table]>[]): Promise<void>;
  /** Has a place for these months before anything is written to them. */
  ensureMonths(months: Iterable<number>): Promise<void>;
  /** Tells every process on this database. Whoever does not listen at that moment never hears of it. */
  notify(message: string): Promise<void>;
  /** Hears what any process tells, this one too; the returned function ends that. */
  listen(hear: (message: string) => void): Promise<() => Promise<void>>;
  /** Writes a whole copy to a new file, while others go on. `null`: this database has its own way (`pg_dump`). @throws CopyError */
  readonly copyTo: ((file: string) => void) | null;
  close(): Promise<void>;
}

/** Where the tables are. */
export type StoreAddress = { readonly file: string } | { readonly url: string };

/** The database was made by a newer version of this program, or cannot be brought to this one's form. */
export class StoreVersionError extends Error {
  override readonly name = 'StoreVersionError';
}

const MOST_CONNECTIONS = 16;

/** Opens the database and brings its tables to this program's form. */
export async function openStore(address: StoreAddress): Promise<Store> {
  const store = 'file' in address ? openSqlite(address.file) : openPostgres(address.url);
  try {
    await migrate(store);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

async function migrate({ db, kind }: Store): Promise<void> {
  const dialect = kind === 'sqlite' ? SQLITE : POSTGRES;
  const step = (statements: readonly string[]): Migration => ({
    up: async (inside) => {
      for (const statement of statements) await sql.raw(statement).execute(inside);
    },
  });
  const migrations = {
    '0001-first': step([...firstTables(dialect), ...(kind === 'sqlite' ? [] : elsewhere())]),
    '0002-epochs': step(epochTables(dialect)),
    '0003-webhooks': step(webhookTables(dialect)),
    '0004-people': step(peopleTables(dialect)),
    '0005-publications': step(publicationTables(dialect)),
    '0006-relay': step(relayTables(dialect)),
    '0007-credit': step(creditTables(dialect)),
    '0008-indexes': step(indexTables(dialect)),
    '0009-closures': step(closureTables(dialect)),
    '0010-attempts': step(attemptTables(dialect)),
    '0011-fetched': step(fetchedTables(dialect)),
    '0012-dropped': step(droppedTables()),
  };
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  throw new StoreVersionError('The database of head office cannot be used: it is of another version of this program, or damaged.', {
    cause: error,
  });
}

function openSqlite(file: string): Store {
  const dialect = new TwoConnectionsDialect(file);
  const db = new Kysely<Tables>({ dialect });
  const hearing = new Set<(message: string) => void>();
  return {
    kind: 'sqlite',
    db,
    forUpdate: sql``,
    // The connection that writes is the transaction's while it lasts.
    async append(_tx, table, rows) {
      const columns = Object.keys(rows[0] ?? {});
      if (columns.length === 0) return;
      const insert = dialect.writer.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
      for (const row of rows as readonly Row[]) insert.run(columns.map((column) => row[column] ?? null));
    },
    ensureMonths: async () => {},
    async notify(message) {
      for (const hear of hearing) hear(message);
    },
    async listen(hear) {
      hearing.add(hear);
      return async () => void hearing.delete(hear);
    },
    copyTo: (to) => copySqlite(file, to),
    close: () => db.destroy(),
  };
}

const INT8 = 20;
const CHANNEL = 'tillit_events';
const CHECK_VIOLATION = '23514';

function openPostgres(url: string): Store {
  const pool = new pg.Pool({
    Client: CopyingClient,
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    application_name: 'tillit-head-office',
    types: {
      // Money and milliseconds: whole numbers that a double holds exactly, or an error.
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? safeInteger : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that dies while nobody uses it is replaced by the next; without a listener it would end the program.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const known = new Set<number>();
  return {
    kind: 'postgres',
    db,
    forUpdate: sql`FOR UPDATE`,
    async append(tx, table, rows) {
      if (rows.length > 0) await tx.executeQuery(copyStatement(table, rows as readonly Row[]));
    },
    async ensureMonths(months) {
      for (const month of new Set(months)) {
        if (known.has(month) || !isMonth(month)) continue;
        try {
          await makeMonth(db, month);
        } catch (error) {
          // A register whose clock was ahead has left rows of this month elsewhere, where they are found as well.
          if ((error as { readonly code?: unknown }).code !== CHECK_VIOLATION) throw error;
        }
        known.add(month);
      }
    },
    async notify(message) {
      await sql`SELECT pg_notify(${CHANNEL}, ${message})`.execute(db);
    },
    listen: (hear) => listenTo(url, CHANNEL, hear),
    copyTo: null,
    close: () => db.destroy(),
  };
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('The database holds a number that is too large to be right.');
  return value;
}

const ADVISORY_LOCK = 7_411_501;

/** A month's partitions, made beside the others and then joined to them, so that nobody who sells has to wait. */
async function makeMonth(db: Db, month: number): Promise<void> {
  const suffix = String(month).padStart(4, '0');
  const there = await sql<{ n: number }>`SELECT count(*) AS n FROM pg_class WHERE relname = ${`${MONTHLY.at(-1)}_${suffix}`}`.execute(db);
  if ((there.rows[0]?.n ?? 0) > 0) return;
  await db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(tx);
    for (const table of MONTHLY) {
      const name = sql.table(`${table}_${suffix}`);
      await sql`CREATE TABLE IF NOT EXISTS ${name} (LIKE ${sql.table(table)} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`.execute(tx);
      const attached = await sql<{ n: number }>`
        SELECT count(*) AS n FROM pg_inherits WHERE inhrelid = to_regclass(${`${table}_${suffix}`})`.execute(tx);
      if ((attached.rows[0]?.n ?? 0) > 0) continue;
      await sql`ALTER TABLE ${sql.table(table)} ATTACH PARTITION ${name} FOR VALUES IN (${sql.lit(month)})`.execute(tx);
    }
  });
}

/** Where what is of no month that was foreseen goes. */
function elsewhere(): readonly string[] {
  return MONTHLY.map((table) => `CREATE TABLE ${table}_elsewhere PARTITION OF ${table} DEFAULT`);
}
