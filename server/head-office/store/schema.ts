/**
 * Head office's tables. What grows with every sale is kept by the month of the sale, so that a look-up by reference, whose
 * month is in its name, reads one month: on PostgreSQL each month is a partition, on SQLite the first column of the key.
 * The checks are the last line: no defect of this program can return more goods than were sold, or more money than was paid.
 */
import type { Generated } from 'kysely';

export interface Tables {
  /** A sales unit at the provider, and which keys speak for it. */
  sales_units: {
    unit_id: string;
    name: string;
    /** `partner`: keys for many units. `store`: its own. `shared`: one unit for several stores. */
    way: string;
    msn: string;
    api: string;
    base_url: string;
    credential_id: string;
  };
  credentials: { credential_id: string; key_id: string; sealed: string; changed_ms: number };
  /** What the provider tells head office of a unit's payments under; the secret is sealed. */
  webhooks: { unit_id: string; webhook_id: string; url: string; key_id: string; sealed: string };
  /** What registers gave back by themselves through the relay, by the key of each. */
  give_backs: { reference: string; key: string; register_no: number; amount_ore: number; at_ms: number };
  /** Which register was given a payment's address, kept for as long as it may lead somewhere. */
  payment_addresses: { url_hash: string; register_no: number; made_ms: number };
  stores: {
    store_id: string;
    name: string;
    unit_id: string | null;
    currency: string;
    closed_ms: number | null;
    /** Until when other stores refund for a closed one; `null`: nobody does. */
    refunds_until_ms: Generated<number | null>;
  };
  registers: {
    register_no: Generated<number>;
    store_id: string;
    register_id: string;
    epoch: string;
    seq: number;
    hash: string;
    last_seen_ms: number | null;
    /** What it said it runs when it enrolled. */
    software: string | null;
    /** How far its journal went when it last reported, as it said itself. */
    newest_seq: number | null;
    refund_limit_ore: number | null;
    refund_day_limit_ore: number | null;
  };
  register_keys: { key_hash: string; register_no: number; made_ms: number; used_ms: number | null; revoked_ms: number | null };
  enrolment_codes: { code_hash: string; register_no: number; expires_ms: number; used_ms: number | null };
  entries: {
    month: number;
    register_no: number;
    epoch: string;
    seq: number;
    hash: string;
    at_ms: number;
    type: string;
    body: string;
  };
  /** Which epochs a register's journal goes through now, and from where to where; `live` is 0 for what a restore left behind. */
  epochs: { register_no: number; epoch: string; from_seq: number; to_seq: number | null; live: number };
  unfinished: { register_no: number; kind: string; id: string; state: string };
  orders: {
    month: number;
    order_id: string;
    store_id: string;
    register_id: string;
    register_no: number;
    sale_id: string;
    receipt_number: number;
    completed_ms: number;
    date: string;
    total_ore: number;
    operator: string;
    /** The entry of the register's journal that completed it; `null` where that was not written down yet. */
    seq: number | null;
  };
  order_lines: {
    month: number;
    order_id: string;
    line_no: number;
    article_number: string;
    ean: string | null;
    name: string;
    unit: string;
    quantity_milli: number;
    unit_price_ore: number;
    net_ore: number;
    vat_basis_points: number;
    returned_milli: Generated<number>;
    reserved_milli: Generated<number>;
    returned_ore: Generated<number>;
    reserved_ore: Generated<number>;
    /** The order's, to find an article's newest sales by. */
    store_id: string;
    date: string;
    completed_ms: number;
  };
  order_tenders: {
    month: number;
    order_id: string;
    tender_no: number;
    kind: string;
    amount_ore: number;
    reference: string | null;
    refunded_ore: Generated<number>;
    reserved_ore: Generated<number>;
  };
  payments: {
    month: number;
    reference: string;
    store_id: string;
    register_no: number;
    order_amount_ore: number;
    captured_ore: number;
    captured_ms: number;
    currency: string;
    text: string;
    order_month: number | null;
    order_id: string | null;
  };
  refunds: {
    refund_id: string;
    state: string;
    /** What was asked for, to tell the same question from another one. */
    asked: string;
    register_no: number;
    order_id: string;
    order_month: number;
    sold_by_store: string;
    refunding_store: string;
    amount_ore: number;
    /** What of it paid for new goods, and so did not move. */
    credit_ore: Generated<number>;
    currency: string;
    operator: string;
    approved_by: string | null;
    reason: string;
    code: string | null;
    asked_ms: number;
    ended_ms: number | null;
    /** When somebody must look again, while it is being sent. */
    next_ms: number | null;
    leased_by: string | null;
    leased_until_ms: number;
  };
  refund_lines: { refund_id: string; line_no: number; name: string; quantity_milli: number; amount_ore: number };
  refund_parts: {
    refund_id: string;
    part_no: number;
    tender_no: number;
    kind: string;
    amount_ore: number;
    reference: string | null;
    state: string;
    /** JSON of how it is being sent, or of why it was refused. */
    memo: string | null;
  };
  /** What is published for registers; never changed but for being taken back or covered. */
  publications: {
    version: number;
    kind: string;
    name: string;
    all_stores: number;
    /** `null`: has no prices in it. */
    currency: string | null;
    from_local: string | null;
    published_ms: number;
    published_by: string;
    row_count: number;
    page_count: number;
    sha256: string;
    withdrawn_ms: number | null;
    /** The version that says all of it again, and from when that one surely stands. */
    covered_by: number | null;
    covered_ms: number | null;
  };
  publication_stores: { version: number; store_id: string };
  publication_pages: { version: number; page_no: number; body: string };
  publications_fetched: { register_no: number; version: number; at_ms: number };
  audit: {
    audit_no: Generated<number>;
    at_ms: number;
    store_id: string | null;
    register_id: string | null;
    operator: string | null;
    what: string;
    subject: string | null;
    details: string | null;
  };
  alarms: {
    alarm_no: Generated<number>;
    at_ms: number;
    register_no: number | null;
    what: string;
    details: string;
    /** How often it was raised again before anybody closed it, and when last. */
    times: Generated<number>;
    last_ms: number;
    closed_ms: Generated<number | null>;
    closed_by: Generated<string | null>;
    note: Generated<string | null>;
  };
  /** Who signs in to head office's page. `password` is a salted hash with what it was made with. */
  people: { name: string; role: string; password: string; changed_ms: number };
  sessions: { token_hash: string; name: string; made_ms: number; used_ms: number };
  /** Who tried to sign in, as a hash, and when they may try as often as ever again. */
  sign_in_attempts: { caller: string; full_ms: number };
}

/** What a dialect calls things. */
export interface Dialect {
  readonly integer: string;
  readonly counted: string;
  readonly byMonth: string;
  readonly strict: string;
}

export const SQLITE: Dialect = { integer: 'INTEGER', counted: 'INTEGER PRIMARY KEY AUTOINCREMENT', byMonth: '', strict: 'STRICT' };
export const POSTGRES: Dialect = {
  integer: 'BIGINT',
  counted: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  byMonth: 'PARTITION BY LIST (month)',
  strict: '',
};

/** The tables that are kept by month. */
export const MONTHLY = ['entries', 'orders', 'order_lines', 'order_tenders', 'payments'] as const;

/** The first form of the tables. A later change is another migration; this one never changes again. */
export function firstTables({ integer: int, counted, byMonth, strict }: Dialect): readonly string[] {
  const monthly = [byMonth, strict].filter((word) => word !== '').join(' ');
  return [
    `CREATE TABLE credentials (credential_id TEXT PRIMARY KEY, key_id TEXT NOT NULL, sealed TEXT NOT NULL, changed_ms ${int} NOT NULL) ${strict}`,
    `CREATE TABLE sales_units (
      unit_id TEXT PRIMARY KEY, name TEXT NOT NULL, way TEXT NOT NULL CHECK (way IN ('partner', 'store', 'shared')),
      msn TEXT NOT NULL UNIQUE, api TEXT NOT NULL CHECK (api IN ('ecom', 'epayment')), base_url TEXT NOT NULL,
      credential_id TEXT NOT NULL REFERENCES credentials
    ) ${strict}`,
    `CREATE TABLE stores (
      store_id TEXT PRIMARY KEY, name TEXT NOT NULL, unit_id TEXT REFERENCES sales_units, currency TEXT NOT NULL, closed_ms ${int}
    ) ${strict}`,
    `CREATE TABLE registers (
      register_no ${counted}, store_id TEXT NOT NULL REFERENCES stores, register_id TEXT NOT NULL,
      epoch TEXT NOT NULL, seq ${int} NOT NULL, hash TEXT NOT NULL, last_seen_ms ${int},
      refund_limit_ore ${int}, refund_day_limit_ore ${int}, UNIQUE (store_id, register_id)
    ) ${strict}`,
    `CREATE TABLE register_keys (
      key_hash TEXT PRIMARY KEY, register_no ${int} NOT NULL REFERENCES registers, made_ms ${int} NOT NULL, used_ms ${int}, revoked_ms ${int}
    ) ${strict}`,
    'CREATE INDEX register_keys_of ON register_keys (register_no)',
    `CREATE TABLE enrolment_codes (
      code_hash TEXT PRIMARY KEY, register_no ${int} NOT NULL REFERENCES registers, expires_ms ${int} NOT NULL, used_ms ${int}
    ) ${strict}`,
    // The record itself, as the registers wrote it. Everything below but the refunds can be made of it again.
    `CREATE TABLE entries (
      month ${int} NOT NULL, register_no ${int} NOT NULL, epoch TEXT NOT NULL, seq ${int} NOT NULL, hash TEXT NOT NULL,
      at_ms ${int} NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (month, register_no, epoch, seq)
    ) ${monthly}`,
    'CREATE INDEX entries_by_place ON entries (register_no, seq)',
    `CREATE TABLE unfinished (
      register_no ${int} NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (register_no, kind, id)
    ) ${strict}`,
    `CREATE TABLE orders (
      month ${int} NOT NULL, order_id TEXT NOT NULL, store_id TEXT NOT NULL, register_id TEXT NOT NULL, register_no ${int} NOT NULL,
      sale_id TEXT NOT NULL, receipt_number ${int} NOT NULL, completed_ms ${int} NOT NULL, date TEXT NOT NULL,
      total_ore ${int} NOT NULL, operator TEXT NOT NULL, PRIMARY KEY (month, order_id)
    ) ${monthly}`,
    'CREATE INDEX orders_by_receipt ON orders (receipt_number, store_id, register_id)',
    'CREATE INDEX orders_by_date ON orders (store_id, date, total_ore)',
    `CREATE TABLE order_lines (
      month ${int} NOT NULL, order_id TEXT NOT NULL, line_no ${int} NOT NULL, article_number TEXT NOT NULL, ean TEXT,
      name TEXT NOT NULL, unit TEXT NOT NULL, quantity_milli ${int} NOT NULL, unit_price_ore ${int} NOT NULL,
      net_ore ${int} NOT NULL, vat_basis_points ${int} NOT NULL,
      returned_milli ${int} NOT NULL DEFAULT 0, reserved_milli ${int} NOT NULL DEFAULT 0,
      returned_ore ${int} NOT NULL DEFAULT 0, reserved_ore ${int} NOT NULL DEFAULT 0,
      PRIMARY KEY (month, order_id, line_no),
      CHECK (returned_milli >= 0 AND reserved_milli >= 0 AND (returned_milli + reserved_milli = 0 OR returned_milli + reserved_milli <= quantity_milli)),
      CHECK (returned_ore >= 0 AND reserved_ore >= 0 AND (returned_ore + reserved_ore = 0 OR returned_ore + reserved_ore <= net_ore))
    ) ${monthly}`,
    'CREATE INDEX order_lines_by_article ON order_lines (article_number)',
    'CREATE INDEX order_lines_by_ean ON order_lines (ean) WHERE ean IS NOT NULL',
    `CREATE TABLE order_tenders (
      month ${int} NOT NULL, order_id TEXT NOT NULL, tender_no ${int} NOT NULL, kind TEXT NOT NULL, amount_ore ${int} NOT NULL,
      reference TEXT, refunded_ore ${int} NOT NULL DEFAULT 0, reserved_ore ${int} NOT NULL DEFAULT 0,
      PRIMARY KEY (month, order_id, tender_no),
      CHECK (refunded_ore >= 0 AND reserved_ore >= 0 AND (refunded_ore + reserved_ore = 0 OR refunded_ore + reserved_ore <= amount_ore))
    ) ${monthly}`,
    `CREATE TABLE payments (
      month ${int} NOT NULL, reference TEXT NOT NULL, store_id TEXT NOT NULL, register_no ${int} NOT NULL,
      order_amount_ore ${int} NOT NULL, captured_ore ${int} NOT NULL, captured_ms ${int} NOT NULL, currency TEXT NOT NULL,
      text TEXT NOT NULL, order_month ${int}, order_id TEXT, PRIMARY KEY (month, reference, store_id)
    ) ${monthly}`,
    `CREATE TABLE refunds (
      refund_id TEXT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('reserved', 'sending', 'done', 'refused', 'withdrawn')),
      asked TEXT NOT NULL, register_no ${int} NOT NULL, order_id TEXT NOT NULL, order_month ${int} NOT NULL,
      sold_by_store TEXT NOT NULL, refunding_store TEXT NOT NULL, amount_ore ${int} NOT NULL, currency TEXT NOT NULL,
      operator TEXT NOT NULL, approved_by TEXT, reason TEXT NOT NULL, code TEXT, asked_ms ${int} NOT NULL, ended_ms ${int},
      next_ms ${int}, leased_by TEXT, leased_until_ms ${int} NOT NULL DEFAULT 0
    ) ${strict}`,
    "CREATE INDEX refunds_under_way ON refunds (next_ms) WHERE state = 'sending'",
    'CREATE INDEX refunds_by_order ON refunds (order_id)',
    'CREATE INDEX refunds_by_end ON refunds (ended_ms)',
    'CREATE INDEX refunds_by_register ON refunds (register_no, asked_ms)',
    `CREATE TABLE refund_lines (
      refund_id TEXT NOT NULL REFERENCES refunds, line_no ${int} NOT NULL, name TEXT NOT NULL, quantity_milli ${int} NOT NULL,
      amount_ore ${int} NOT NULL, PRIMARY KEY (refund_id, line_no)
    ) ${strict}`,
    `CREATE TABLE refund_parts (
      refund_id TEXT NOT NULL REFERENCES refunds, part_no ${int} NOT NULL, tender_no ${int} NOT NULL, kind TEXT NOT NULL,
      amount_ore ${int} NOT NULL, reference TEXT, state TEXT NOT NULL, memo TEXT, PRIMARY KEY (refund_id, part_no)
    ) ${strict}`,
    `CREATE TABLE audit (
      audit_no ${counted}, at_ms ${int} NOT NULL, store_id TEXT, register_id TEXT, operator TEXT, what TEXT NOT NULL,
      subject TEXT, details TEXT
    ) ${strict}`,
    'CREATE INDEX audit_by_subject ON audit (subject)',
    `CREATE TABLE alarms (alarm_no ${counted}, at_ms ${int} NOT NULL, register_no ${int}, what TEXT NOT NULL, details TEXT NOT NULL) ${strict}`,
  ];
}

/** The second form: a journal that was restored from a backup goes on from an earlier entry, in an epoch of its own. */
export function epochTables({ integer: int, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE epochs (
      register_no ${int} NOT NULL, epoch TEXT NOT NULL, from_seq ${int} NOT NULL, to_seq ${int}, live ${int} NOT NULL,
      PRIMARY KEY (register_no, epoch)
    ) ${strict}`,
    `INSERT INTO epochs (register_no, epoch, from_seq, to_seq, live)
      SELECT entries.register_no, entries.epoch, min(entries.seq),
        CASE WHEN entries.epoch = registers.epoch THEN NULL ELSE max(entries.seq) END, 1
      FROM entries JOIN registers ON registers.register_no = entries.register_no
      GROUP BY entries.register_no, entries.epoch, registers.epoch`,
  ];
}

/** The third form: head office hears of payments by webhook. */
export function webhookTables({ strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE webhooks (
      unit_id TEXT NOT NULL REFERENCES sales_units, webhook_id TEXT NOT NULL, url TEXT NOT NULL, key_id TEXT NOT NULL,
      sealed TEXT NOT NULL, PRIMARY KEY (unit_id, webhook_id)
    ) ${strict}`,
  ];
}

/** Goods that pay for other goods: a refund knows what of it did not move. */
export function creditTables({ integer: int }: Dialect): readonly string[] {
  return [`ALTER TABLE refunds ADD COLUMN credit_ore ${int} NOT NULL DEFAULT 0`];
}
