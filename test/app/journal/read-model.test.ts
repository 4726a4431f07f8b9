import { describe, expect, it } from 'vitest';
import type { NewEntry } from '../../../app/journal/entry.ts';
import type { JournalEvent } from '../../../app/journal/events.ts';
import { openReadModel, type ReadModel } from '../../../app/journal/read-model.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { cashSale, journalFile, type MovableClock, openJournalIn } from './journal-in-folder.ts';

function openBoth(): { append: (...events: (JournalEvent | NewEntry)[]) => void; read: ReadModel; clock: MovableClock } {
  const folder = temporaryFolder();
  const { journal, clock } = openJournalIn(folder);
  const read = openReadModel(openDatabase(journalFile(folder), { readOnly: true }));
  return {
    append: (...events) => {
      journal.append(events.map((event) => ({ operator: 'kari', ...event })));
    },
    read,
    clock,
  };
}

const opened = (saleId: string, saleNumber: number): JournalEvent => ({ type: 'sale.opened', version: 1, payload: { saleId, saleNumber } });
const planned = (paymentId: string, saleId: string): JournalEvent => ({
  type: 'payment.planned',
  version: 1,
  payload: { paymentId, saleId, attempt: 1, order: { reference: `ref-${paymentId}`, amountOre: 100, currency: 'NOK', text: 'Takk' } },
});
/** Half a bread comes back, and its money in cash. */
function cashReturn(saleNumber: number, amountOre: number): (JournalEvent | NewEntry)[] {
  const saleId = `return-${saleNumber}`;
  const line = { lineNo: 1, articleNumber: '1', ean: null, name: 'Kneipp', groupId: null, groupName: null, unit: 'stk', weighed: false };
  const order = { orderId: 'kolo-1-2611-a3f4-1', storeId: 'kolo', storeName: 'Kolonialen', registerId: '1', receiptNumber: 1 };
  const returned = {
    returnId: 'kolo-1-a3f4-1',
    order: { ...order, completedAtMs: 0, date: '2026-11-21', currency: 'NOK' },
    lines: [{ ...line, quantityMilli: 500, unitPriceOre: 2_990, amountOre, vatBasisPoints: 1_500 }],
    amountOre,
    reason: 'Angrer',
    approvedBy: null,
  };
  const tender = { kind: 'refund', tenderId: 'back', way: 'cash', amountOre: -amountOre, roundingOre: -5, reference: null } as const;
  const vatOre = Math.round((amountOre * 15) / 115);
  return [
    opened(saleId, saleNumber),
    { type: 'sale.return-added', version: 1, payload: { saleId, returned } },
    { type: 'sale.tender-added', version: 1, payload: { saleId, tender } },
    {
      type: 'sale.completed',
      version: 1,
      payload: { saleId, totalOre: -amountOre, vatOre: -vatOre, roundingOre: -5 },
      series: 'return',
      amounts: { inclVatOre: -amountOre, exclVatOre: vatOre - amountOre },
      operator: 'kari',
    },
  ];
}

const printIntended = (jobId: string, saleId: string): JournalEvent => ({
  type: 'receipt.print-intended',
  version: 1,
  payload: { jobId, saleId, what: 'receipt', sha256: 'ab' },
});

describe('sales', () => {
  it('the open one is found at once, and none is open between customers', () => {
    const { append, read } = openBoth();
    expect(read.openSale()).toBeNull();
    append(opened('a', 1));
    expect(read.openSale()?.saleId).toBe('a');
    append({ type: 'sale.aborted', version: 1, payload: { saleId: 'a', totalOre: 0 } });
    expect(read.openSale()).toBeNull();
    expect(read.sale('a')?.status).toBe('aborted');
  });

  it('parked ones are listed, oldest first, and leave the list when they are resumed', () => {
    const { append, read } = openBoth();
    for (const [index, saleId] of ['a', 'b'].entries())
      append(opened(saleId, index + 1), { type: 'sale.parked', version: 1, payload: { saleId } });
    expect(read.parkedSales().map(({ saleId }) => saleId)).toEqual(['a', 'b']);
    append({ type: 'sale.resumed', version: 1, payload: { saleId: 'a' } });
    expect(read.parkedSales().map(({ saleId }) => saleId)).toEqual(['b']);
    expect(read.openSale()?.saleId).toBe('a');
  });

  it('completed ones come newest first, each with its receipt and total', () => {
    const { append, read } = openBoth();
    for (const number of [1, 2, 3]) append(...cashSale(number));
    expect(read.recentSales(2).map(({ sale, totalOre }) => [sale.receiptNumber, totalOre])).toEqual([
      [3, 2990],
      [2, 2990],
    ]);
    expect(read.saleByReceipt(2)?.saleId).toBe('sale-2');
    expect(read.saleByReceipt(9)).toBeNull();
  });

  it('are unfinished until their receipt has come or was lawfully declined', () => {
    const { append, read } = openBoth();
    const ids = () => read.unfinishedSales().map(({ saleId }) => saleId);
    append(...cashSale(1), ...cashSale(2), opened('next', 3));
    expect(ids()).toEqual(['sale-1', 'sale-2', 'next']);
    append({ type: 'receipt.declined', version: 1, payload: { saleId: 'sale-2' } }, printIntended('j1', 'sale-1'));
    expect(ids()).toEqual(['sale-1', 'next']);
    append(
      { type: 'receipt.print-started', version: 1, payload: { jobId: 'j1' } },
      { type: 'receipt.printed', version: 1, payload: { jobId: 'j1' } },
    );
    expect(ids()).toEqual(['next']);
  });

  it('and documents get the next numbers', () => {
    const { append, read } = openBoth();
    expect([read.nextSaleNumber(), read.nextDocumentNumber('sale'), read.nextDocumentNumber('z')]).toEqual([1, 1, 1]);
    append(...cashSale(1), opened('b', 2));
    expect([read.nextSaleNumber(), read.nextDocumentNumber('sale'), read.nextDocumentNumber('z')]).toEqual([3, 2, 1]);
  });
});

describe('payments', () => {
  it('are alive until nothing can come of them', () => {
    const { append, read } = openBoth();
    append(opened('a', 1), planned('p1', 'a'), { type: 'payment.create-intended', version: 1, payload: { paymentId: 'p1' } });
    expect(read.alivePayments().map(({ state }) => state)).toEqual(['creating']);
    append({ type: 'payment.declined', version: 1, payload: { paymentId: 'p1', reason: 'expired', errorCode: null, watchUntilMs: null } });
    expect(read.alivePayments()).toEqual([]);
    expect(read.payment('p1')?.state).toBe('declined');
    expect(read.paymentByReference('ref-p1')?.paymentId).toBe('p1');
    expect(read.paymentsOfSale('a')).toHaveLength(1);
  });

  it('that are only watched are unfinished, but hold nobody up', () => {
    const { append, read } = openBoth();
    append(
      opened('a', 1),
      planned('p1', 'a'),
      { type: 'payment.create-intended', version: 1, payload: { paymentId: 'p1' } },
      { type: 'payment.watch-started', version: 1, payload: { paymentId: 'p1', untilMs: 9 } },
    );
    expect(read.alivePayments()).toEqual([]);
    expect(read.unfinishedPayments().map(({ state }) => state)).toEqual(['watched']);
  });
});

describe('intents', () => {
  it('are open from the moment they are meant until their outcome is known', () => {
    const { append, read } = openBoth();
    const kinds = () => read.openIntents().map(({ kind, id }) => `${kind} ${id}`);
    append(opened('a', 1), planned('p1', 'a'), { type: 'payment.create-intended', version: 1, payload: { paymentId: 'p1' } });
    expect(kinds()).toEqual(['payment.create p1']);
    append({
      type: 'payment.create-unknown',
      version: 1,
      payload: { paymentId: 'p1', trouble: { code: 'lost', message: '', traceId: null, sinceMs: 0 } },
    });
    expect(kinds()).toEqual(['payment.create p1']);
    append({ type: 'payment.created', version: 1, payload: { paymentId: 'p1', url: 'https://example.invalid' } });
    expect(kinds()).toEqual([]);
    append(
      { type: 'payment.approved', version: 1, payload: { paymentId: 'p1', authorisedOre: 100, transactionId: null, ask: false } },
      { type: 'payment.capture-intended', version: 1, payload: { paymentId: 'p1', key: 'k', captureOre: 100 } },
      printIntended('j1', 'a'),
    );
    expect(kinds()).toEqual(['payment.capture p1', 'receipt.print j1']);
    expect(read.openIntents()[0]?.seq).toBe(8);
    append({ type: 'payment.captured', version: 1, payload: { paymentId: 'p1', capturedOre: 100, transactionId: null, ask: false } });
    expect(kinds()).toEqual(['receipt.print j1']);
  });

  it('to print stay open while the paper may still be wanted', () => {
    const { append, read } = openBoth();
    const answered = (paperCame: boolean, replacedBy: string | null): JournalEvent => ({
      type: 'receipt.print-answered',
      version: 1,
      payload: { jobId: 'j1', paperCame, replacedBy },
    });
    append(...cashSale(1), printIntended('j1', 'sale-1'), {
      type: 'receipt.print-unknown',
      version: 1,
      payload: { jobId: 'j1', reason: 'gone' },
    });
    append(answered(false, null));
    expect(read.openIntents()).toHaveLength(1);
    expect(read.unfinishedPrintJobs().map(({ state }) => state)).toEqual(['waiting']);
    append(answered(false, 'j2'));
    expect(read.openIntents()).toEqual([]);
    expect(read.printJob('j1')?.state).toBe('replaced');
  });
});

describe('paper', () => {
  it('that has not come is listed in the order it was meant, a copy with its number', () => {
    const { append, read } = openBoth();
    append(...cashSale(1), printIntended('j2', 'sale-1'));
    append({
      type: 'receipt.print-intended',
      version: 1,
      operator: 'kari',
      series: 'copy',
      payload: { jobId: 'j1', saleId: 'sale-1', what: 'copy', sha256: 'cd' },
    });
    expect(read.unfinishedPrintJobs().map(({ jobId, what, copyNumber }) => [jobId, what, copyNumber])).toEqual([
      ['j2', 'receipt', null],
      ['j1', 'copy', 1],
    ]);
    append({ type: 'receipt.printed', version: 1, payload: { jobId: 'j2' } });
    expect(read.unfinishedPrintJobs().map(({ jobId }) => jobId)).toEqual(['j1']);
    expect(read.printJobsOfSale('sale-1')).toHaveLength(2);
  });
});

const NONE = { count: 0, amountOre: 0, vatOre: 0 };

describe('totals', () => {
  it('count completed sales per local day and since ever, by rate and by means', () => {
    const { append, read, clock } = openBoth();
    append(...cashSale(1));
    append(...cashSale(2));
    clock.atMs += 14 * 3_600_000; // 10:00 to midnight, local time
    append(...cashSale(3));
    const sold = (count: number) => ({
      sales: { count, amountOre: 2990 * count, vatOre: 390 * count },
      returns: NONE,
      vat: [{ vatBasisPoints: 1500, count, amountOre: 2990 * count, vatOre: 390 * count }],
      means: [{ means: 'cash', count, amountOre: 2990 * count, vatOre: 0 }],
      roundingOre: 10 * count,
    });
    expect(read.totalsOfDay('2026-11-21')).toEqual(sold(2));
    expect(read.totalsOfDay('2026-11-22')).toEqual(sold(1));
    expect(read.grandTotals()).toEqual(sold(3));
  });

  it('count goods that came back by themselves, and take them off the rates and the means', () => {
    const { append, read } = openBoth();
    append(...cashSale(1));
    append(...cashReturn(2, 1495));
    expect(read.totalsOfDay('2026-11-21')).toEqual({
      sales: { count: 1, amountOre: 2990, vatOre: 390 },
      returns: { count: 1, amountOre: 1495, vatOre: 195 },
      vat: [{ vatBasisPoints: 1500, count: 2, amountOre: 1495, vatOre: 195 }],
      means: [{ means: 'cash', count: 2, amountOre: 1495, vatOre: 0 }],
      roundingOre: 5,
    });
    expect(read.saleByReceipt(1, 'return')?.saleId).toBe('return-2');
    expect(read.saleByReceipt(1)?.saleId).toBe('sale-1');
    expect(read.recentSales(2).map(({ sale, totalOre }) => [sale.saleId, totalOre])).toEqual([
      ['return-2', -1495],
      ['sale-1', 2990],
    ]);
  });

  it('of a day without sales are nothing', () => {
    const { read } = openBoth();
    expect(read.totalsOfDay('2026-11-21')).toEqual({ sales: NONE, returns: NONE, vat: [], means: [], roundingOre: 0 });
  });
});

describe('settings', () => {
  it('have the value that they were given last', () => {
    const { append, read } = openBoth();
    for (const value of ['nb', 'en']) append({ type: 'register.setting-changed', version: 1, payload: { name: 'language', value } });
    expect([...read.settings()]).toEqual([['language', 'en']]);
  });
});

describe('every question', () => {
  it('is answered by an index, however many sales there are', () => {
    const folder = temporaryFolder();
    openJournalIn(folder).journal.close();
    const database = openDatabase(journalFile(folder), { readOnly: true });
    const asked: string[] = [];
    openReadModel({
      ...database,
      prepare: (sql) => {
        asked.push(sql);
        return database.prepare(sql);
      },
    });
    // Indexes of what is unfinished hold a handful of rows; open intents, settings, days and wishes are few by nature.
    const few =
      /USING (COVERING )?INDEX \w+_unfinished|^SCAN (open_intents|settings|totals_by_day|return_wishes)|ORDER BY (completed_seq|planned_seq) DESC LIMIT/;
    for (const sql of asked) {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(sql.match(/\?/g) ?? []).map(() => 1));
      const walks = plan.map(({ detail }) => String(detail)).filter((step) => step.startsWith('SCAN') && !few.test(`${step} ${sql}`));
      expect({ sql, walks }).toEqual({ sql, walks: [] });
    }
    database.close();
  });
});
