import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryHash, FIRST_PREV_HASH } from '../../../app/journal/entry-text.ts';
import { entryReader } from '../../../app/journal/rows.ts';
import { verifyJournal } from '../../../app/journal/verify.ts';
import type { Database } from '../../../app/till/ports.ts';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';
import { openSigningKey } from '../../../hardware/crypto/signing-key.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { cashSale, journalFile, openJournalIn, verifyIn } from './journal-in-folder.ts';

const SALES = 4;
const LAST = 1 + 4 * SALES;
/** The third sale's completion: it has a document and a transaction. */
const COMPLETED = 13;

function folderWithSales(): string {
  const folder = temporaryFolder();
  const { journal } = openJournalIn(folder);
  for (let number = 1; number <= SALES; number += 1) journal.append(cashSale(number));
  journal.close();
  return folder;
}

/** What somebody with a database tool can do: the guards are taken away, the change is made, the guards are put back. */
function tamper(folder: string, change: (database: Database) => void): void {
  const database = openDatabase(journalFile(folder));
  database.exec('PRAGMA synchronous = OFF');
  const guards = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of guards) database.exec(`DROP TRIGGER ${name}`);
  change(database);
  for (const { sql } of guards) database.exec(String(sql));
  database.close();
}

/** Writes into the file wherever a text stands in it: SQLite leaves old copies in pages that it has emptied. */
function overwrite(file: string, text: string, what: (at: number) => { readonly at: number; readonly bytes: Buffer }): void {
  const content = readFileSync(file);
  const handle = openSync(file, 'r+');
  let found = 0;
  for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) {
    const { at: position, bytes } = what(at);
    writeSync(handle, bytes, 0, bytes.length, position);
    found += 1;
  }
  closeSync(handle);
  expect(found).toBeGreaterThan(0);
}

/** Makes every hash after a change fit again, the noted end too: a forger who has the program but not the key. */
function rechain(database: Database): void {
  let prevHash = FIRST_PREV_HASH;
  let seq = 0;
  for (const { entry, payloadText } of entryReader(database)(1, 1_000)) {
    const hash = entryHash(nodeHasher, prevHash, entry, payloadText);
    database.prepare('UPDATE entries SET prev_hash = ?, hash = ? WHERE seq = ?').run(prevHash, hash, entry.seq);
    prevHash = hash;
    seq = entry.seq;
  }
  database.prepare('UPDATE head SET seq = ?, hash = ?').run(seq, prevHash);
}

describe('an untouched journal', () => {
  it('verifies, and says how much there is', () => {
    const folder = folderWithSales();
    const result = verifyIn(folder);
    expect(result).toMatchObject({ ok: true, entries: LAST, transactions: SALES, head: { seq: LAST } });
  });

  it('verifies while a register is selling', () => {
    const folder = folderWithSales();
    const { journal } = openJournalIn(folder);
    journal.append(cashSale(SALES + 1));
    expect(verifyIn(folder)).toMatchObject({ ok: true, entries: LAST + 4 });
    journal.append(cashSale(SALES + 2));
    journal.close();
  });

  it('verifies over several pages of entries', () => {
    const folder = temporaryFolder();
    const { journal } = openJournalIn(folder);
    for (let number = 1; number <= 300; number += 50) {
      journal.append(Array.from({ length: 50 }, (_, index) => cashSale(number + index)).flat());
    }
    journal.close();
    expect(verifyIn(folder)).toMatchObject({ ok: true, entries: 1_201, transactions: 300 });
  });
});

describe('a changed entry', () => {
  const columns = [
    'epoch',
    'at_ms',
    'offset_minutes',
    'operator',
    'type',
    'version',
    'payload',
    'document_series',
    'document_number',
    'transaction_number',
    'transaction_date',
    'transaction_time',
    'amount_in',
    'amount_ex',
    'signature',
    'key_version',
    'prev_hash',
    'hash',
  ];

  it.each(columns)('is named, whichever character of its %s was changed', (column) => {
    const folder = folderWithSales();
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (where, what) => {
        const candidates = completedOrAny(column);
        const seq = candidates[where % candidates.length] ?? COMPLETED;
        let before: string | number = '';
        tamper(folder, (database) => {
          const value = database.prepare(`SELECT ${column} AS value FROM entries WHERE seq = ?`).get(seq)?.value;
          before = typeof value === 'number' ? value : String(value);
          database.prepare(`UPDATE entries SET ${column} = ? WHERE seq = ?`).run(changed(before, where, what), seq);
        });
        expect(verifyIn(folder)).toMatchObject({ ok: false, seq });
        tamper(folder, (database) => database.prepare(`UPDATE entries SET ${column} = ? WHERE seq = ?`).run(before, seq));
        expect(verifyIn(folder).ok).toBe(true);
      }),
      { numRuns: 6 },
    );
  });

  it('is named when a character of its payload was changed in the file itself', () => {
    const folder = folderWithSales();
    const file = journalFile(folder);
    overwrite(file, '{"saleId":"sale-3","saleNumber":3}', (at) => ({
      at: at + '{"saleId":"sale-3","saleNumber":'.length,
      bytes: Buffer.from('9'),
    }));
    expect(verifyIn(folder)).toEqual({
      ok: false,
      seq: 10,
      problem: 'Entry 10 (sale.opened) was changed: its hash does not fit what it says.',
    });
  });

  it('is named when its page of the file cannot be read any more', () => {
    const folder = temporaryFolder();
    const { journal } = openJournalIn(folder);
    for (let number = 1; number <= 40; number += 1) journal.append(cashSale(number));
    journal.close();
    const file = journalFile(folder);
    const ofPage = (at: number) => ({ at: Math.floor(at / 4096) * 4096, bytes: Buffer.alloc(200, 0xff) });
    overwrite(file, '{"saleId":"sale-20","saleNumber":20}', ofPage);
    const result = verifyIn(folder);
    expect(result).toMatchObject({ ok: false, problem: expect.stringMatching(/^Entry \d+ cannot be read: .*damaged/) });
    expect(result.ok ? 0 : result.seq).toBeGreaterThan(1);
    expect(result.ok ? 0 : result.seq).toBeLessThanOrEqual(78);
  });

  it('is named when a payload says the same in other characters', () => {
    const folder = folderWithSales();
    tamper(folder, (database) => {
      database.prepare("UPDATE entries SET payload = replace(payload, ',', ', ') WHERE seq = 10").run();
      rechain(database);
    });
    expect(verifyIn(folder)).toMatchObject({ ok: false, seq: 10, problem: expect.stringContaining('canonical form') });
  });

  it('is named when its payload is no JSON', () => {
    const folder = folderWithSales();
    tamper(folder, (database) => database.exec("UPDATE entries SET payload = 'oops' WHERE seq = 7"));
    expect(verifyIn(folder)).toMatchObject({ ok: false, seq: 7, problem: expect.stringContaining('not JSON') });
  });
});

describe('a removed or added entry', () => {
  it.each([1, 2, 9, LAST - 1])('number %i is named when it is gone', (seq) => {
    const folder = folderWithSales();
    tamper(folder, (database) => database.prepare('DELETE FROM entries WHERE seq = ?').run(seq));
    expect(verifyIn(folder)).toMatchObject({ ok: false, seq, problem: expect.stringContaining(`Entry ${seq} is missing`) });
  });

  it('at the end is named too', () => {
    const folder = folderWithSales();
    tamper(folder, (database) => database.exec(`DELETE FROM entries WHERE seq > ${LAST - 2}`));
    expect(verifyIn(folder)).toMatchObject({ ok: false, seq: LAST - 1, problem: expect.stringContaining(`entry ${LAST - 1} is missing`) });
  });

  it('is found when all entries are gone', () => {
    const folder = folderWithSales();
    tamper(folder, (database) => database.exec('DELETE FROM entries'));
    expect(verifyIn(folder)).toMatchObject({ ok: false, seq: 1 });
  });

  it('in the middle is named when the numbers and hashes were made to fit', () => {
    const folder = folderWithSales();
    tamper(folder, (database) => {
      database.exec(`DELETE FROM entries WHERE seq = ${COMPLETED}`);
      for (let seq = COMPLETED + 1; seq <= LAST; seq += 1) database.prepare('UPDATE entries SET seq = ? WHERE seq = ?').run(seq - 1, seq);
      rechain(database);
    });
    expect(verifyIn(folder)).toEqual({
      ok: false,
      seq: LAST - 1,
      problem: `Entry ${LAST - 1} (sale.completed) has number 4 in the series "sale", where 3 comes next.`,
    });
  });
});

describe('a forger who makes the hashes fit', () => {
  it.each([
    ['an amount', "UPDATE entries SET amount_in = '19.90' WHERE seq = 13", /signature/],
    ['a signature', 'UPDATE entries SET signature = (SELECT signature FROM entries WHERE seq = 5) WHERE seq = 13', /signature/],
    ['a key version', 'UPDATE entries SET key_version = 2 WHERE seq = 13', /signature that key 2 did not make/],
    ["a transaction's number", 'UPDATE entries SET transaction_number = 30 WHERE seq = 13', /is transaction 30, where 3 comes next/],
    ["a transaction's date", "UPDATE entries SET transaction_date = '2026-11-20' WHERE seq = 13", /date or time/],
    ["an amount's form", "UPDATE entries SET amount_in = '29,90' WHERE seq = 13", /decimal text/],
    ["a document's number", 'UPDATE entries SET document_number = 30 WHERE seq = 13', /number 30 in the series "sale", where 3/],
    ["a document's series", "UPDATE entries SET document_series = 'return' WHERE seq = 13", /number 3 in the series "return", where 1/],
    ['an epoch', "UPDATE entries SET epoch = 'zzzz' WHERE seq = 13", /epoch zzzz, which never began/],
    ['a moment', 'UPDATE entries SET at_ms = at_ms - 1 WHERE seq = 13', /earlier/],
    ['an installation in the middle', "UPDATE entries SET type = 'register.installed' WHERE seq = 13", /installed before/],
  ])('is found by %s', (_, sql, problem) => {
    const folder = folderWithSales();
    tamper(folder, (database) => {
      database.exec(sql);
      rechain(database);
    });
    expect(verifyIn(folder)).toMatchObject({ ok: false, seq: 13, problem: expect.stringMatching(problem) });
  });

  it('is found by the next entry, which names another hash, when one entry and its own hash were changed', () => {
    const folder = folderWithSales();
    tamper(folder, (database) => {
      database.exec("UPDATE entries SET operator = 'ola' WHERE seq = 13");
      const [forged] = entryReader(database)(13, 1);
      if (forged === undefined) throw new RangeError('no entry 13');
      const hash = entryHash(nodeHasher, forged.entry.prevHash, forged.entry, forged.payloadText);
      database.prepare('UPDATE entries SET hash = ? WHERE seq = 13').run(hash);
    });
    expect(verifyIn(folder)).toMatchObject({ ok: false, seq: 14, problem: expect.stringContaining('does not follow entry 13') });
  });

  it('is found by a first entry that is no installation', () => {
    const folder = folderWithSales();
    tamper(folder, (database) => {
      database.exec("UPDATE entries SET type = 'register.started' WHERE seq = 1");
      rechain(database);
    });
    expect(verifyIn(folder)).toMatchObject({ ok: false, seq: 1 });
  });

  it('is found when the whole record was signed with another key', () => {
    const folder = folderWithSales();
    const database = openDatabase(journalFile(folder), { readOnly: true });
    const result = verifyJournal({ database, hasher: nodeHasher, signer: openSigningKey(`${folder}/other-keys`) });
    expect(result).toMatchObject({ ok: false, seq: 5 });
    database.close();
  });
});

describe('the guards', () => {
  it('are missed when they were removed', () => {
    const folder = folderWithSales();
    const database = openDatabase(journalFile(folder));
    database.exec('DROP TRIGGER entries_never_go');
    database.close();
    expect(verifyIn(folder)).toMatchObject({ ok: false, seq: null, problem: expect.stringContaining('entries_never_go') });
  });
});

/** Entries that have something in a column: only completions have documents and transactions. */
function completedOrAny(column: string): readonly number[] {
  const onlyCompleted = /^(document|transaction|amount|signature|key)/.test(column);
  return onlyCompleted ? [5, 9, 13, 17] : Array.from({ length: LAST }, (_, index) => index + 1);
}

function changed(before: string | number, where: number, what: number): string | number {
  if (typeof before === 'number') return before + 100 + (what % 1_000);
  const at = where % before.length;
  const other = String.fromCharCode(33 + (what % 90));
  return before.slice(0, at) + (other === before[at] ? '~' : other) + before.slice(at + 1);
}
