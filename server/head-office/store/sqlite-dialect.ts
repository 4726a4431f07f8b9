/**
 * SQLite on two connections: one writes, a transaction at a time, and one reads what is committed. A cashier who looks
 * something up never waits for the journals that are being taken in.
 */
import BetterSqlite3 from 'better-sqlite3';
import { type CompiledQuery, type DatabaseConnection, type Driver, type QueryResult, SqliteAdapter, SqliteDialect } from 'kysely';

const BUSY_TIMEOUT_MS = 5_000;

export class TwoConnectionsDialect extends SqliteDialect {
  readonly writer: BetterSqlite3.Database;
  readonly #reader: BetterSqlite3.Database;

  constructor(file: string) {
    const writer = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS });
    writer.pragma('journal_mode = WAL');
    writer.pragma('synchronous = FULL');
    writer.pragma('foreign_keys = ON');
    super({ database: writer });
    this.writer = writer;
    this.#reader = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS, readonly: true });
  }

  override createAdapter(): SqliteAdapter {
    return new ManyAskers();
  }

  override createDriver(): Driver {
    return new TwoConnections(this.writer, this.#reader);
  }
}

/** The driver below lets one at a time write; nobody else has to wait. */
class ManyAskers extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class TwoConnections implements Driver {
  readonly #writer: BetterSqlite3.Database;
  readonly #reader: BetterSqlite3.Database;
  readonly #waiting: (() => void)[] = [];
  #isWriting = false;

  constructor(writer: BetterSqlite3.Database, reader: BetterSqlite3.Database) {
    this.#writer = writer;
    this.#reader = reader;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new Asker((query) => this.#once(query));
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(asker: Asker): Promise<void> {
    await this.#turn();
    try {
      // With the lock for writing at once: one that is asked for half-way may be refused when it is too late to wait.
      this.#writer.exec('begin immediate');
    } catch (error) {
      this.#next();
      throw error;
    }
    asker.run = async (query) => answer(this.#writer, query);
  }

  async commitTransaction(asker: Asker): Promise<void> {
    this.#writer.exec('commit');
    this.#end(asker);
  }

  async rollbackTransaction(asker: Asker): Promise<void> {
    try {
      // SQLite itself has rolled back after some errors, as of a full disk.
      if (this.#writer.inTransaction) this.#writer.exec('rollback');
    } finally {
      this.#end(asker);
    }
  }

  async destroy(): Promise<void> {
    this.#reader.close();
    this.#writer.close();
  }

  /** A statement that stands alone. */
  async #once(query: CompiledQuery): Promise<QueryResult<never>> {
    if (isReading(this.#reader, query)) return answer(this.#reader, query);
    await this.#turn();
    try {
      return answer(this.#writer, query);
    } finally {
      this.#next();
    }
  }

  #end(asker: Asker): void {
    asker.run = (query) => this.#once(query);
    this.#next();
  }

  #turn(): Promise<void> {
    if (this.#isWriting) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#isWriting = true;
    return Promise.resolve();
  }

  #next(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isWriting = false;
    else next();
  }
}

/** One who asks: outside a transaction each statement goes where it belongs, inside all go to the one connection that writes. */
class Asker implements DatabaseConnection {
  run: (query: CompiledQuery) => Promise<QueryResult<never>>;
  constructor(run: Asker['run']) {
    this.run = run;
  }
  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.run(query);
  }
  streamQuery(): never {
    throw new RangeError('Nothing is streamed from SQLite.');
  }
}

function isReading(database: BetterSqlite3.Database, { sql }: CompiledQuery): boolean {
  return /^\s*(?:select|with|explain)\b/i.test(sql) && database.prepare(sql).readonly;
}

function answer(database: BetterSqlite3.Database, { sql, parameters }: CompiledQuery): QueryResult<never> {
  const statement = database.prepare(sql);
  if (statement.reader) return { rows: statement.all(parameters) as never[] };
  const { changes, lastInsertRowid } = statement.run(parameters);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}
