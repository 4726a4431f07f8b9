import { describe, expect, it } from 'vitest';
import { NotCanonicalError } from '../../../app/journal/canonical.ts';
import type { NewEntry } from '../../../app/journal/entry.ts';
import { signedText } from '../../../app/journal/entry-text.ts';
import { JournalDamagedError, JournalTooNewError, NotAJournalError } from '../../../app/journal/journal-errors.ts';
import { REGISTER_PROJECTIONS } from '../../../app/journal/projections/all.ts';
import { rebuildDerived } from '../../../app/journal/rebuild.ts';
import { SaleEntryError } from '../../../app/sale/apply.ts';
import { StorageError } from '../../../app/till/ports.ts';
import { openSigningKey } from '../../../hardware/crypto/signing-key.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { cashSale, dumpDerived, journalFile, MORNING_MS, openJournalIn, verifyIn } from './journal-in-folder.ts';

const setting = (name: string, value: string): NewEntry => ({
  type: 'register.setting-changed',
  version: 1,
  operator: 'kari',
  payload: { name, value },
});

function troubleOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof StorageError) return error.trouble;
    throw error;
  }
}

describe('a new journal', () => {
  it('begins with the installation of the register in a first epoch', () => {
    const { journal } = openJournalIn(temporaryFolder());
    const [first, ...rest] = journal.read(1, 10);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ seq: 1, type: 'register.installed', operator: 'system', atMs: MORNING_MS, prevHash: '0'.repeat(64) });
    expect(journal.installation).toMatchObject({ storeId: 'gr', registerId: '1', keyVersion: 1, epoch: journal.epoch });
    expect(journal.head()).toEqual({ seq: 1, hash: first?.hash });
    journal.close();
  });

  it('is the same journal when it is opened again', () => {
    const folder = temporaryFolder();
    const first = openJournalIn(folder);
    first.journal.append(cashSale(1));
    const before = { head: first.journal.head(), epoch: first.journal.epoch };
    first.journal.close();
    const again = openJournalIn(folder);
    expect({ head: again.journal.head(), epoch: again.journal.epoch }).toEqual(before);
    expect(again.journal.append(cashSale(2)).at(-1)).toMatchObject({ document: { number: 2 }, transaction: { number: 2 } });
    again.journal.close();
    expect(verifyIn(folder)).toMatchObject({ ok: true, entries: 9, transactions: 2 });
  });
});

describe('an append', () => {
  it('numbers, chains and returns the entries in the order they were given', () => {
    const { journal } = openJournalIn(temporaryFolder());
    const written = journal.append(cashSale(1));
    expect(written.map(({ seq, type }) => [seq, type])).toEqual([
      [2, 'sale.opened'],
      [3, 'sale.line-added'],
      [4, 'sale.tender-added'],
      [5, 'sale.completed'],
    ]);
    expect(journal.read(2, 10)).toEqual(written);
    const chain = journal.read(1, 10);
    expect(chain.slice(1).map(({ prevHash }) => prevHash)).toEqual(chain.slice(0, -1).map(({ hash }) => hash));
    journal.close();
  });

  it('counts every series of documents on its own, without a gap', () => {
    const { journal } = openJournalIn(temporaryFolder());
    journal.append(cashSale(1));
    const copy: NewEntry = {
      type: 'receipt.print-intended',
      version: 1,
      operator: 'kari',
      series: 'copy',
      payload: { jobId: 'j1', saleId: 'sale-1', what: 'copy', sha256: 'ab' },
    };
    journal.append([copy]);
    journal.append(cashSale(2));
    const documents = journal.read(1, 100).flatMap(({ document }) => (document === null ? [] : [`${document.series} ${document.number}`]));
    expect(documents).toEqual(['sale 1', 'copy 1', 'sale 2']);
    journal.close();
  });

  it('signs transactions in one chain that begins with 0', () => {
    const folder = temporaryFolder();
    const { journal } = openJournalIn(folder);
    const signer = openSigningKey(`${folder}/keys`);
    const transactions = [1, 2, 3].flatMap((number) => journal.append(cashSale(number)).flatMap(({ transaction }) => transaction ?? []));
    expect(transactions[0]).toMatchObject({
      number: 1,
      date: '2026-11-21',
      time: '10:00:00',
      amountIn: '29.90',
      amountEx: '26.00',
      keyVersion: 1,
    });
    let previous = '0';
    for (const transaction of transactions) {
      expect(signer.verify(signedText(previous, transaction), transaction.signature, 1)).toBe(true);
      previous = transaction.signature;
    }
    journal.close();
  });

  it('without entries does nothing', () => {
    const { journal } = openJournalIn(temporaryFolder());
    expect(journal.append([])).toEqual([]);
    expect(journal.head().seq).toBe(1);
    journal.close();
  });

  it('puts a clock that went back on record before anything else', () => {
    const folder = temporaryFolder();
    const { journal, clock } = openJournalIn(folder);
    journal.append(cashSale(1));
    clock.atMs -= 3_600_000;
    const written = journal.append([setting('language', 'nb')]);
    expect(written.map(({ type }) => type)).toEqual(['register.setting-changed']);
    expect(journal.read(6, 1)[0]).toMatchObject({
      type: 'register.clock-went-back',
      operator: 'system',
      atMs: clock.atMs,
      payload: { fromMs: MORNING_MS, toMs: clock.atMs },
    });
    journal.close();
    expect(verifyIn(folder)).toMatchObject({ ok: true, entries: 7 });
  });

  it('notices at the next start that the clock went back while the register was off', () => {
    const folder = temporaryFolder();
    openJournalIn(folder).journal.close();
    const { journal, clock } = openJournalIn(folder);
    clock.atMs -= 1;
    journal.append([setting('language', 'nb')]);
    expect(journal.read(2, 1)[0]?.type).toBe('register.clock-went-back');
    journal.close();
  });

  it('keeps what was given, whatever becomes of the object later', () => {
    const { journal } = openJournalIn(temporaryFolder());
    const payload = { name: 'language', value: 'nb' };
    const [entry] = journal.append([{ type: 'register.setting-changed', version: 1, operator: 'kari', payload }]);
    payload.value = 'en';
    expect(entry?.payload).toEqual({ name: 'language', value: 'nb' });
    journal.close();
  });

  it('starts a new epoch in which later entries stand', () => {
    const folder = temporaryFolder();
    const { journal } = openJournalIn(folder);
    const before = journal.epoch;
    const after = journal.startEpoch('restore');
    expect(after).not.toBe(before);
    expect(journal.epoch).toBe(after);
    expect(journal.append([setting('a', 'b')])[0]?.epoch).toBe(after);
    journal.close();
    expect(openJournalIn(folder).journal.epoch).toBe(after);
    expect(verifyIn(folder)).toMatchObject({ ok: true });
  });

  it("tells a sale's whole story, its payment's and its paper's too", () => {
    const { journal } = openJournalIn(temporaryFolder());
    const by = { version: 1, operator: 'kari' } as const;
    const order = { reference: 'gr-1-2611-abcd-1-1', amountOre: 2990, currency: 'NOK', text: 'Takk' } as const;
    journal.append([
      { ...by, type: 'sale.opened', payload: { saleId: 'other', saleNumber: 7 } },
      ...cashSale(1).slice(0, 2),
      { ...by, type: 'payment.planned', payload: { paymentId: 'p1', saleId: 'sale-1', attempt: 1, order } },
      { ...by, type: 'payment.create-intended', payload: { paymentId: 'p1' } },
      { ...by, type: 'payment.declined', payload: { paymentId: 'p1', reason: 'rejected', errorCode: null, watchUntilMs: null } },
      ...cashSale(1).slice(2),
      { ...by, type: 'receipt.print-intended', payload: { jobId: 'j1', saleId: 'sale-1', what: 'receipt', sha256: 'ab' } },
      { ...by, type: 'receipt.print-started', payload: { jobId: 'j1' } },
    ]);
    expect(journal.entriesOfSale('sale-1').map(({ type }) => type)).toEqual([
      'sale.opened',
      'sale.line-added',
      'payment.planned',
      'payment.create-intended',
      'payment.declined',
      'sale.tender-added',
      'sale.completed',
      'receipt.print-intended',
      'receipt.print-started',
    ]);
    expect(journal.entriesOfSale('nobody')).toEqual([]);
    journal.close();
  });
});

describe('an append that fails', () => {
  it('writes nothing at all when one payload cannot be kept, and the next one works', () => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    const before = { head: journal.head(), derived: dumpDerived(database) };
    const bad: NewEntry = { type: 'sale.aborted', version: 1, operator: 'kari', payload: { saleId: 'sale-1', totalOre: 0.5 } };
    expect(() => journal.append([...cashSale(1), bad])).toThrow(NotCanonicalError);
    expect({ head: journal.head(), derived: dumpDerived(database) }).toEqual(before);
    expect(journal.append(cashSale(1)).at(-1)).toMatchObject({ seq: 5, document: { number: 1 }, transaction: { number: 1 } });
    journal.close();
    expect(verifyIn(folder)).toMatchObject({ ok: true, entries: 5 });
  });

  it('leaves no trace in what is derived afterwards: the sale goes on as it is on disk', () => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    journal.append(cashSale(1).slice(0, 2));
    const by = { version: 1, operator: 'kari' } as const;
    const removed: NewEntry = { ...by, type: 'sale.line-removed', payload: { saleId: 'sale-1', lineId: 'l1' } };
    const bad: NewEntry = { ...by, type: 'sale.aborted', payload: { saleId: 'sale-1', totalOre: 0.5 } };
    expect(() => journal.append([removed, bad])).toThrow(NotCanonicalError);
    journal.append([{ ...by, type: 'sale.parked', payload: { saleId: 'sale-1' } }]);
    const live = dumpDerived(database);
    journal.close();
    const again = openDatabase(journalFile(folder));
    rebuildDerived(again, REGISTER_PROJECTIONS);
    expect(dumpDerived(again)).toBe(live);
    again.close();
  });

  it('writes nothing when an entry does not fit what came before', () => {
    const { journal } = openJournalIn(temporaryFolder());
    expect(() => journal.append([{ type: 'sale.parked', version: 1, operator: 'kari', payload: { saleId: 'never' } }])).toThrow(
      SaleEntryError,
    );
    expect(journal.head().seq).toBe(1);
    journal.close();
  });

  it('says that the disk is full, and goes on when there is room again', () => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count);
    database.exec(`PRAGMA max_page_count = ${pages + 3}`);
    let sold = 0;
    let trouble: string | null = null;
    while (trouble === null && sold < 1_000) {
      trouble = troubleOf(() => journal.append(cashSale(sold + 1)));
      if (trouble === null) sold += 1;
    }
    expect(trouble).toBe('disk-full');
    expect(journal.head().seq).toBe(1 + 4 * sold);
    expect(troubleOf(() => journal.append(cashSale(sold + 1)))).toBe('disk-full');
    database.exec('PRAGMA max_page_count = 1000000');
    expect(journal.append(cashSale(sold + 1)).at(-1)?.document?.number).toBe(sold + 1);
    journal.close();
    expect(verifyIn(folder)).toMatchObject({ ok: true, transactions: sold + 1 });
  });

  it('says that the file is read-only, and goes on when it can be written again', () => {
    const { journal, database } = openJournalIn(temporaryFolder());
    database.exec('PRAGMA query_only = ON');
    expect(troubleOf(() => journal.append(cashSale(1)))).toBe('read-only');
    database.exec('PRAGMA query_only = OFF');
    expect(journal.append(cashSale(1))).toHaveLength(4);
    journal.close();
  });

  it('says that another program is writing, and goes on when it has finished', () => {
    const { journal, file } = openJournalIn(temporaryFolder());
    const other = openDatabase(file);
    other.exec('BEGIN IMMEDIATE');
    expect(troubleOf(() => journal.append(cashSale(1)))).toBe('locked');
    other.exec('ROLLBACK');
    expect(journal.append(cashSale(1))).toHaveLength(4);
    other.close();
    journal.close();
  });

  it('goes on from what is on disk when the commit itself failed', () => {
    const folder = temporaryFolder();
    let fail = false;
    const { journal } = openJournalIn(folder, {
      wrap: (database) => ({
        ...database,
        exec: (sql) => {
          if (fail && sql === 'COMMIT') {
            // The worst case: it is on the disk, and we are told that it is not.
            database.exec(sql);
            throw new StorageError('other', 'The disk did not answer.');
          }
          database.exec(sql);
        },
      }),
    });
    fail = true;
    expect(troubleOf(() => journal.append(cashSale(1)))).toBe('other');
    fail = false;
    expect(journal.append(cashSale(2)).at(-1)).toMatchObject({ seq: 9, document: { number: 2 } });
    journal.close();
    expect(verifyIn(folder)).toMatchObject({ ok: true, entries: 9 });
  });
});

describe('what stands in the journal', () => {
  it.each([
    ['changed', "UPDATE entries SET operator = 'ola' WHERE seq = 2"],
    ['removed', 'DELETE FROM entries WHERE seq = 5'],
    ['replaced', 'INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE seq = 3'],
    [
      'followed by a gap',
      'INSERT INTO entries SELECT 99, epoch, at_ms, offset_minutes, operator, type, version, payload, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, prev_hash, hash FROM entries WHERE seq = 2',
    ],
  ])('cannot be %s', (_, sql) => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    journal.append(cashSale(1));
    expect(() => database.exec(sql)).toThrow(/journal/);
    journal.close();
    expect(verifyIn(folder)).toMatchObject({ ok: true, entries: 5 });
  });
});

describe('opening', () => {
  it('refuses a database that is not a journal', () => {
    const folder = temporaryFolder();
    const other = openDatabase(journalFile(folder));
    other.exec('CREATE TABLE recipes (name TEXT)');
    other.close();
    expect(() => openJournalIn(folder)).toThrow(NotAJournalError);
  });

  it('refuses a journal of a newer program', () => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    database.exec('PRAGMA user_version = 2');
    journal.close();
    expect(() => openJournalIn(folder)).toThrow(JournalTooNewError);
  });

  it('refuses a journal whose last entries are gone', () => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    journal.append(cashSale(1));
    database.exec('DROP TRIGGER entries_never_go; DELETE FROM entries WHERE seq >= 4');
    journal.close();
    expect(() => openJournalIn(folder)).toThrow(JournalDamagedError);
  });

  it('refuses a journal whose last entry was changed', () => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    journal.append(cashSale(1));
    database.exec("DROP TRIGGER entries_never_change; UPDATE entries SET operator = 'ola' WHERE seq = 5");
    journal.close();
    expect(() => openJournalIn(folder)).toThrow(/Entry 5/);
  });

  it('of a file that may only be read says so', () => {
    const folder = temporaryFolder();
    openDatabase(journalFile(folder)).close();
    expect(troubleOf(() => openJournalIn(folder, { readOnly: true }))).toBe('read-only');
  });

  it('looks up nothing by walking through the entries or the sales', () => {
    const { journal, database } = openJournalIn(temporaryFolder());
    journal.append(cashSale(1));
    journal.close();
    const asked: string[] = [];
    const again = openJournalIn(database.path.replace(/journal\.db$/, ''), {
      wrap: (inner) => ({
        ...inner,
        prepare: (sql) => {
          asked.push(sql);
          return inner.prepare(sql);
        },
      }),
    });
    const selects = asked.filter((sql) => /^SELECT/.test(sql) && !/epoch = \?/.test(sql));
    expect(selects.length).toBeGreaterThan(5);
    for (const sql of selects) {
      const plan = again.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(sql.match(/\?/g) ?? []).map(() => 1));
      const steps = plan.map((row) => String(row.detail));
      const walks = steps.filter(
        (step) =>
          /^SCAN (entries|sales|payments|print_jobs|sale_entries)\b/.test(step) &&
          !/ORDER BY (seq|transaction_number) DESC LIMIT 1/.test(sql),
      );
      expect(walks).toEqual([]);
    }
    again.journal.close();
  });
});

describe('derived tables of another version', () => {
  it('are made anew at the next start, and the others are left alone', () => {
    const folder = temporaryFolder();
    const first = openJournalIn(folder);
    first.journal.append([...cashSale(1), setting('a', '1')]);
    first.journal.close();
    let calls = 0;
    const newer = REGISTER_PROJECTIONS.map((projection) => ({
      ...projection,
      version: projection.name === 'settings' ? 2 : projection.version,
      createSql: projection.name === 'settings' ? projection.createSql.replace('value TEXT', 'value ANY') : projection.createSql,
      attach: (database: Parameters<typeof projection.attach>[0]) => {
        calls += 1;
        return projection.attach(database);
      },
    }));
    const again = openJournalIn(folder, { projections: newer });
    expect(again.database.prepare('SELECT name, value FROM settings').all()).toEqual([{ name: 'a', value: '1' }]);
    expect(again.database.prepare('SELECT version FROM derived WHERE name = ?').get('settings')).toEqual({ version: 2 });
    expect(calls).toBe(REGISTER_PROJECTIONS.length + 1);
    again.journal.close();
  });

  it('are dropped when nobody derives them any more', () => {
    const folder = temporaryFolder();
    openJournalIn(folder).journal.close();
    const again = openJournalIn(folder, { projections: REGISTER_PROJECTIONS.filter(({ name }) => name !== 'settings') });
    expect(again.database.prepare("SELECT name FROM sqlite_schema WHERE name = 'settings'").all()).toEqual([]);
    again.journal.close();
  });
});
