import { closeSync, existsSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../app/till/ports.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function storageErrorOf(act: () => unknown): StorageError {
  try {
    act();
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
  throw new Error('There was no error.');
}

describe('a database', () => {
  it('keeps what was written, and gives it back with its types', () => {
    const path = join(temporaryFolder(), 'a.db');
    const writer = openDatabase(path);
    writer.exec('CREATE TABLE t (i INTEGER, s TEXT, b BLOB, n TEXT) STRICT');
    writer.prepare('INSERT INTO t VALUES (?, ?, ?, ?)').run(9007199254740991, 'æøå 🙈', new Uint8Array([1, 2]), null);
    writer.close();
    const reader = openDatabase(path, { readOnly: true });
    const row = reader.prepare('SELECT * FROM t').get();
    expect(row).toMatchObject({ i: 9007199254740991, s: 'æøå 🙈', n: null });
    expect(row?.b).toEqual(Buffer.from([1, 2]));
    expect(reader.prepare('SELECT i FROM t WHERE i = 0').get()).toBeUndefined();
    reader.close();
  });

  it('writes ahead, syncs every commit and keeps foreign keys', () => {
    const database = openDatabase(join(temporaryFolder(), 'a.db'));
    const ask = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect([ask('journal_mode'), ask('synchronous'), ask('foreign_keys')]).toEqual(['wal', 2, 1]);
    database.close();
  });

  it('shows a reader what is committed, and nothing before', () => {
    const path = join(temporaryFolder(), 'a.db');
    const writer = openDatabase(path);
    writer.exec('CREATE TABLE t (i INTEGER)');
    const reader = openDatabase(path, { readOnly: true });
    const count = reader.prepare('SELECT count(*) AS count FROM t');
    writer.exec('BEGIN IMMEDIATE; INSERT INTO t VALUES (1)');
    expect(count.get()).toEqual({ count: 0 });
    writer.exec('COMMIT');
    expect(count.get()).toEqual({ count: 1 });
    reader.close();
    writer.close();
  });
});

describe('trouble with the disk has a name and a sentence', () => {
  it('full', () => {
    const database = openDatabase(join(temporaryFolder(), 'a.db'));
    database.exec('CREATE TABLE t (b BLOB); PRAGMA max_page_count = 4');
    const error = storageErrorOf(() => database.exec('INSERT INTO t VALUES (zeroblob(1000000))'));
    expect(error).toMatchObject({ trouble: 'disk-full', message: expect.stringMatching(/a\.db is full\. Free some space/) });
    database.close();
  });

  it('read-only', () => {
    const path = join(temporaryFolder(), 'a.db');
    openDatabase(path).close();
    const database = openDatabase(path, { readOnly: true });
    expect(storageErrorOf(() => database.exec('CREATE TABLE t (i)'))).toMatchObject({ trouble: 'read-only' });
    database.close();
  });

  it('locked by another writer', () => {
    const path = join(temporaryFolder(), 'a.db');
    const [one, other] = [openDatabase(path), openDatabase(path, { busyTimeoutMs: 1 })];
    one.exec('BEGIN IMMEDIATE');
    expect(storageErrorOf(() => other.exec('BEGIN IMMEDIATE'))).toMatchObject({ trouble: 'locked' });
    one.close();
    other.close();
  });

  it('not a database', () => {
    const path = join(temporaryFolder(), 'a.db');
    writeFileSync(path, 'Kjære dagbok, '.repeat(1_000));
    expect(storageErrorOf(() => openDatabase(path))).toMatchObject({ trouble: 'corrupt' });
  });

  it('damaged in the middle', () => {
    const path = join(temporaryFolder(), 'a.db');
    const database = openDatabase(path);
    database.exec('CREATE TABLE t (s TEXT); INSERT INTO t VALUES (hex(zeroblob(20000)))');
    database.close();
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, 4096);
    closeSync(file);
    const again = openDatabase(path);
    expect(storageErrorOf(() => again.prepare('SELECT * FROM t').all())).toMatchObject({ trouble: 'corrupt' });
    again.close();
  });

  it('not there', () => {
    const folder = temporaryFolder();
    expect(storageErrorOf(() => openDatabase(join(folder, 'a.db'), { readOnly: true }))).toMatchObject({ trouble: 'other' });
    expect(storageErrorOf(() => openDatabase(join(folder, 'no', 'such', 'a.db')))).toMatchObject({ trouble: 'other' });
    expect(existsSync(join(folder, 'a.db'))).toBe(false);
  });

  it('a broken rule of a table, which is no fault of the disk', () => {
    const database = openDatabase(join(temporaryFolder(), 'a.db'));
    database.exec('CREATE TABLE t (i INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)');
    const error = storageErrorOf(() => database.prepare('INSERT INTO t VALUES (?)').run(1));
    expect(error).toMatchObject({ trouble: 'other', message: expect.stringContaining('refused') });
    database.close();
  });
});
