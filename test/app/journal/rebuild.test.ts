import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotAJournalError } from '../../../app/journal/journal-errors.ts';
import { openOutbox } from '../../../app/journal/outbox.ts';
import { REGISTER_PROJECTIONS } from '../../../app/journal/projections/all.ts';
import { rebuildDerived } from '../../../app/journal/rebuild.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { cashSale, dumpDerived, journalFile, openJournalIn, verifyIn } from './journal-in-folder.ts';
import { randomDay } from './random-day.ts';

describe('a rebuild', () => {
  it('makes the very rows that the live register made, whatever happened that day', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1_000_000 }), { minLength: 20, maxLength: 160 }), (choices) => {
        const { journal, database } = openJournalIn(temporaryFolder());
        database.exec('PRAGMA synchronous = OFF');
        for (const group of randomDay(choices)) for (const { type } of journal.append(group)) seen.add(type);
        const live = dumpDerived(database);
        const head = rebuildDerived(database, REGISTER_PROJECTIONS);
        expect(dumpDerived(database)).toBe(live);
        expect(head).toEqual(journal.head());
        journal.close();
      }),
      { numRuns: 30 },
    );
    // The days were worth something: sales were completed, payments lived, paper came and did not come.
    for (const type of [
      'sale.completed',
      'sale.resumed',
      'payment.captured',
      'payment.released',
      'receipt.printed',
      'receipt.print-answered',
    ]) {
      expect(seen).toContain(type);
    }
  });

  it('mends derived rows that somebody changed', () => {
    const { journal, database } = openJournalIn(temporaryFolder());
    journal.append(cashSale(1));
    const live = dumpDerived(database);
    database.exec('UPDATE totals_by_day SET amount_ore = 1; DELETE FROM sales');
    expect(rebuildDerived(database, REGISTER_PROJECTIONS).seq).toBe(5);
    expect(dumpDerived(database)).toBe(live);
    journal.close();
  });

  it('mends derived tables that are gone', () => {
    const { journal, database } = openJournalIn(temporaryFolder());
    journal.append(cashSale(1));
    const live = dumpDerived(database);
    database.exec('DROP TABLE sales; DROP TABLE open_intents');
    rebuildDerived(database, REGISTER_PROJECTIONS);
    expect(dumpDerived(database)).toBe(live);
    journal.close();
  });

  it('leaves the entries and the outbox as they were', () => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    journal.append(cashSale(1));
    openOutbox(database, 'head-office').confirm(3);
    rebuildDerived(database, REGISTER_PROJECTIONS);
    expect(openOutbox(database, 'head-office').confirmedSeq()).toBe(3);
    journal.append(cashSale(2));
    journal.close();
    expect(verifyIn(folder)).toMatchObject({ ok: true, entries: 9 });
  });

  it('changes nothing when a projection fails', () => {
    const { journal, database } = openJournalIn(temporaryFolder());
    journal.append(cashSale(1));
    const live = dumpDerived(database);
    const failing = REGISTER_PROJECTIONS.map((projection) => ({
      ...projection,
      attach: () => () => {
        throw new RangeError('not today');
      },
    }));
    expect(() => rebuildDerived(database, failing)).toThrow('not today');
    expect(dumpDerived(database)).toBe(live);
    journal.close();
  });

  it('of a file without a journal is refused', () => {
    const database = openDatabase(journalFile(temporaryFolder()));
    expect(() => rebuildDerived(database, REGISTER_PROJECTIONS)).toThrow(NotAJournalError);
    database.close();
  });
});

describe('the outbox', () => {
  it('remembers how far each receiver is, and never goes back', () => {
    const { journal, database } = openJournalIn(temporaryFolder());
    journal.append(cashSale(1));
    const outbox = openOutbox(database, 'head-office');
    expect(outbox.confirmedSeq()).toBe(0);
    outbox.confirm(4);
    outbox.confirm(2);
    expect(outbox.confirmedSeq()).toBe(4);
    expect(openOutbox(database, 'somebody-else').confirmedSeq()).toBe(0);
    expect(journal.read(outbox.confirmedSeq() + 1, 10).map(({ seq }) => seq)).toEqual([5]);
    journal.close();
  });
});
