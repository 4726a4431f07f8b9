/**
 * What head office has published, as far as the register has fetched it: in the catalogue's own database, so that a version
 * stands from the same commit as the articles that it made.
 *
 * ```
 *  coming ──► whole ──► standing
 *    ▲  │                  │
 *    └──┴─ (spoiled)       └──► gone, forgotten once the articles are without it
 * ```
 */
import type { z } from 'zod';
import { inTransaction } from '../journal/transaction.ts';
import type { Database, SqlRow } from '../till/ports.ts';
import type { StandingVersion } from './fold-publications.ts';
import { type PublicationHead, type PublicationKind, type PublishedOperator, publicationHead, publishedOperator } from './publication.ts';

/** A version as the register has it. */
export interface KeptVersion extends StandingVersion {
  readonly head: PublicationHead;
  /** All pages are here, and are what they should be. */
  readonly whole: boolean;
  /** What the register sells by has it in it. */
  readonly standing: boolean;
  /** Head office has it no more. */
  readonly gone: boolean;
  /** When the last page came; `null` before. */
  readonly arrivedAtMs: number | null;
  /** When it began to stand here; `null` before. */
  readonly stoodAtMs: number | null;
}

export interface KeptPage {
  readonly text: string;
  /** The text's. */
  readonly sha256: string;
  readonly rows: number;
}

export interface KeptOperator extends PublishedOperator {
  /** On the list now; others were once, and have signed what they did. */
  readonly listed: boolean;
}

/** A row is not what this program writes: somebody else wrote to the table. */
export class PublicationRowError extends Error {
  override readonly name = 'PublicationRowError';
}

/** All errors of the disk are `StorageError`. */
export interface PublicationStore {
  /** Every version, by number. @throws PublicationRowError */
  all(): readonly KeptVersion[];
  /** Begins a version that is not here yet. */
  begin(head: PublicationHead, startMs: number): void;
  /** Adds the next page. */
  addPage(version: number, page: number, kept: KeptPage): void;
  /** What is here of it: pages come in order. */
  pagesHad(version: number): readonly Omit<KeptPage, 'text'>[];
  /** @throws PublicationRowError when the page is not here. */
  page(version: number, page: number): string;
  finish(version: number, atMs: number): void;
  /** Throws its pages away: they were not what they should be. */
  spoil(version: number): void;
  /** Head office has these no more. What stands stays until the articles are without it. */
  markGone(versions: readonly number[]): void;
  /** Does it in one transaction, which is none of the articles'. */
  together(work: () => void): void;
  /** These stand now, and no others: those that are gone are forgotten. Inside the transaction of the articles, or `together`. */
  stand(versions: readonly number[], atMs: number, operators: readonly PublishedOperator[] | null): void;
  /** @throws PublicationRowError */
  operators(): readonly KeptOperator[];
}

const TABLES = `
  CREATE TABLE IF NOT EXISTS published_version (
    arrival INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL UNIQUE, kind TEXT NOT NULL, start_ms INTEGER NOT NULL, head TEXT NOT NULL, whole INTEGER NOT NULL,
    standing INTEGER NOT NULL, gone INTEGER NOT NULL, arrived_ms INTEGER, stood_ms INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS published_page (
    version INTEGER NOT NULL, page INTEGER NOT NULL, sha256 TEXT NOT NULL, row_count INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (version, page)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS published_person (operator_id TEXT PRIMARY KEY, body TEXT NOT NULL, listed INTEGER NOT NULL) STRICT;
`;

/** Opens the store on the catalogue's connection, making its tables the first time. */
export function openPublicationStore(database: Database): PublicationStore {
  database.exec(TABLES);

  const drop = (version: number): void => {
    database.prepare('DELETE FROM published_page WHERE version = ?').run(version);
    database.prepare('DELETE FROM published_version WHERE version = ?').run(version);
  };

  return {
    all: () => database.prepare('SELECT * FROM published_version ORDER BY version').all().map(versionOf),
    begin(head, startMs) {
      const statement = database.prepare(
        'INSERT INTO published_version (version, kind, start_ms, head, whole, standing, gone) VALUES (?, ?, ?, ?, 0, 0, 0)',
      );
      statement.run(head.version, head.kind, startMs, JSON.stringify(head));
    },
    addPage(version, page, { text, sha256, rows }) {
      database.prepare('INSERT INTO published_page VALUES (?, ?, ?, ?, ?)').run(version, page, sha256, rows, text);
    },
    pagesHad: (version) =>
      database
        .prepare('SELECT sha256, row_count FROM published_page WHERE version = ? ORDER BY page')
        .all(version)
        .map((row) => ({ sha256: String(row.sha256), rows: Number(row.row_count) })),
    page(version, page) {
      const row = database.prepare('SELECT body FROM published_page WHERE version = ? AND page = ?').get(version, page);
      if (typeof row?.body !== 'string') throw new PublicationRowError(`page ${page} of version ${version} is not there`);
      return row.body;
    },
    finish(version, atMs) {
      database.prepare('UPDATE published_version SET whole = 1, arrived_ms = ? WHERE version = ?').run(atMs, version);
    },
    spoil(version) {
      database.prepare('DELETE FROM published_page WHERE version = ?').run(version);
    },
    markGone: (versions) =>
      inTransaction(database, () => {
        for (const version of versions) {
          const row = database.prepare('SELECT standing FROM published_version WHERE version = ?').get(version);
          if (row?.standing === 1) database.prepare('UPDATE published_version SET gone = 1 WHERE version = ?').run(version);
          else drop(version);
        }
      }),
    together: (work) => inTransaction(database, work),
    stand(versions, atMs, operators) {
      const goneOnes = database.prepare('SELECT version FROM published_version WHERE gone = 1').all();
      for (const { version } of goneOnes) drop(Number(version));
      const standing = new Set(versions);
      for (const { version } of database.prepare('SELECT version FROM published_version WHERE standing = 0').all()) {
        if (!standing.has(Number(version))) continue;
        database.prepare('UPDATE published_version SET standing = 1, stood_ms = ? WHERE version = ?').run(atMs, version ?? null);
      }
      database.exec('UPDATE published_person SET listed = 0');
      const put = database.prepare(
        'INSERT INTO published_person VALUES (?, ?, 1) ON CONFLICT (operator_id) DO UPDATE SET body = excluded.body, listed = 1',
      );
      for (const operator of operators ?? []) put.run(operator.operatorId, JSON.stringify(operator));
    },
    operators: () =>
      database
        .prepare('SELECT body, listed FROM published_person ORDER BY rowid')
        .all()
        .map(({ body, listed }) => ({ ...read(publishedOperator, body), listed: listed === 1 })),
  };
}

function versionOf(row: SqlRow): KeptVersion {
  const head = read(publicationHead, row.head);
  const timeOf = (value: SqlRow[string] | undefined) => (value === null || value === undefined ? null : Number(value));
  return {
    version: head.version,
    arrival: Number(row.arrival),
    kind: head.kind satisfies PublicationKind,
    startMs: Number(row.start_ms),
    pages: head.pages,
    head,
    whole: row.whole === 1,
    standing: row.standing === 1,
    gone: row.gone === 1,
    arrivedAtMs: timeOf(row.arrived_ms),
    stoodAtMs: timeOf(row.stood_ms),
  };
}

function read<Schema extends z.ZodType>(schema: Schema, text: SqlRow[string] | undefined): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(String(text)));
  } catch (cause) {
    throw new PublicationRowError('a row of what is published is not what this program writes', { cause });
  }
}
