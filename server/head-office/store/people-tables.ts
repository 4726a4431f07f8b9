/** The tables' form for people: who signs in to the page, alarms that somebody closes, and how registers stand. */
import type { Dialect } from './schema.ts';

/** Another migration: attempts to sign in are counted for all processes together. */
export function attemptTables({ integer: int, strict }: Dialect): readonly string[] {
  return [`CREATE TABLE sign_in_attempts (caller TEXT PRIMARY KEY, full_ms ${int} NOT NULL) ${strict}`];
}

/** Another migration, as those in `schema.ts`: it never changes again. */
export function peopleTables({ integer: int, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE people (
      name TEXT PRIMARY KEY, role TEXT NOT NULL CHECK (role IN ('reader', 'manager')), password TEXT NOT NULL, changed_ms ${int} NOT NULL
    ) ${strict}`,
    `CREATE TABLE sessions (
      token_hash TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES people ON DELETE CASCADE, made_ms ${int} NOT NULL, used_ms ${int} NOT NULL
    ) ${strict}`,
    'CREATE INDEX sessions_of ON sessions (name)',
    `ALTER TABLE alarms ADD COLUMN times ${int} NOT NULL DEFAULT 1`,
    `ALTER TABLE alarms ADD COLUMN last_ms ${int} NOT NULL DEFAULT 0`,
    `ALTER TABLE alarms ADD COLUMN closed_ms ${int}`,
    'ALTER TABLE alarms ADD COLUMN closed_by TEXT',
    'ALTER TABLE alarms ADD COLUMN note TEXT',
    'UPDATE alarms SET last_ms = at_ms',
    'CREATE INDEX alarms_open ON alarms (what, register_no) WHERE closed_ms IS NULL',
    'CREATE INDEX alarms_waiting ON alarms (alarm_no) WHERE closed_ms IS NULL',
    'CREATE INDEX enrolment_codes_of ON enrolment_codes (register_no)',
    'ALTER TABLE registers ADD COLUMN software TEXT',
    `ALTER TABLE registers ADD COLUMN newest_seq ${int}`,
    `ALTER TABLE orders ADD COLUMN seq ${int}`,
    'CREATE INDEX refunds_by_asked ON refunds (asked_ms, refund_id)',
    'CREATE INDEX refunds_by_state ON refunds (state, asked_ms, refund_id)',
    'CREATE INDEX refunds_by_refunding_store ON refunds (refunding_store, asked_ms, refund_id)',
    'CREATE INDEX refunds_by_selling_store ON refunds (sold_by_store, asked_ms, refund_id)',
  ];
}
