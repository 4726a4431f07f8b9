/** What head office publishes: the versions, the stores that each is for, and its pages. */
import type { Dialect } from './schema.ts';

/** Another migration: which register has fetched which version. */
export function fetchedTables({ integer: int, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE publications_fetched (
      register_no ${int} NOT NULL REFERENCES registers, version ${int} NOT NULL REFERENCES publications, at_ms ${int} NOT NULL,
      PRIMARY KEY (register_no, version)
    ) ${strict}`,
    'CREATE INDEX publications_fetched_of ON publications_fetched (version)',
  ];
}

/** Another migration: a kind more, what is sold no more. A column is all that both databases can change the check of. */
export function droppedTables(): readonly string[] {
  return [
    `ALTER TABLE publications ADD COLUMN kind_now TEXT NOT NULL DEFAULT 'catalogue'
      CHECK (kind_now IN ('catalogue', 'prices', 'operators', 'dropped'))`,
    'UPDATE publications SET kind_now = kind',
    'ALTER TABLE publications DROP COLUMN kind',
    'ALTER TABLE publications RENAME COLUMN kind_now TO kind',
  ];
}

/** Articles, prices and people that head office publishes for the registers. */
export function publicationTables({ integer: int, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE publications (
      version ${int} PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('catalogue', 'prices', 'operators')), name TEXT NOT NULL,
      all_stores ${int} NOT NULL, currency TEXT, from_local TEXT, published_ms ${int} NOT NULL, published_by TEXT NOT NULL,
      row_count ${int} NOT NULL, page_count ${int} NOT NULL, sha256 TEXT NOT NULL, withdrawn_ms ${int},
      covered_by ${int} REFERENCES publications, covered_ms ${int}
    ) ${strict}`,
    `CREATE TABLE publication_stores (
      version ${int} NOT NULL REFERENCES publications, store_id TEXT NOT NULL REFERENCES stores, PRIMARY KEY (version, store_id)
    ) ${strict}`,
    `CREATE TABLE publication_pages (
      version ${int} NOT NULL REFERENCES publications, page_no ${int} NOT NULL, body TEXT NOT NULL, PRIMARY KEY (version, page_no)
    ) ${strict}`,
  ];
}
