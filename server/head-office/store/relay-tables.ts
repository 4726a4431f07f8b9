/** What head office keeps of payments that registers without keys make through it. */
import type { Dialect } from './schema.ts';

/** The sixth form: registers without keys sell through head office. */
export function relayTables({ integer: int, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE give_backs (
      reference TEXT NOT NULL, key TEXT NOT NULL, register_no ${int} NOT NULL REFERENCES registers,
      amount_ore ${int} NOT NULL CHECK (amount_ore > 0), at_ms ${int} NOT NULL, PRIMARY KEY (reference, key)
    ) ${strict}`,
    `CREATE TABLE payment_addresses (url_hash TEXT PRIMARY KEY, register_no ${int} NOT NULL, made_ms ${int} NOT NULL) ${strict}`,
    'CREATE INDEX payment_addresses_by_time ON payment_addresses (made_ms)',
  ];
}
