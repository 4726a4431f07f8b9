import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../../app/journal/events.ts';
import { JournalNotTakenUpError, openMovements } from '../../../app/journal/movements.ts';
import type { Movements } from '../../../app/report/movement.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { journalFile, MORNING_MS, openJournalIn } from './journal-in-folder.ts';

const ABOUT = { paymentId: 'p1' } as const;
const trouble = { code: 'http:500', message: '', traceId: null, sinceMs: 0 };

function openBoth(unit: object = {}) {
  const folder = temporaryFolder();
  const { journal, clock, database } = openJournalIn(folder);
  journal.append([
    { type: 'sale.opened', version: 1, operator: 'kari', payload: { saleId: 's1', saleNumber: 1 } },
    {
      type: 'payment.planned',
      version: 1,
      operator: 'kari',
      payload: {
        ...ABOUT,
        saleId: 's1',
        attempt: 1,
        order: { reference: 'gr-1-2611-a-1-1', amountOre: 5_000, currency: 'NOK', text: 'Salg 1', ...unit },
      },
    },
  ]);
  const reading = openMovements(openDatabase(journalFile(folder), { readOnly: true }));
  const write = (...events: readonly { readonly type: PaymentEvent['type']; readonly payload: object }[]) => {
    for (const { type, payload } of events) {
      clock.atMs += 1_000;
      journal.append([{ type, version: 1, operator: 'system', payload: { ...ABOUT, ...payload } } as never]);
    }
  };
  return { write, clock, reading, database };
}

const all = (reading: Movements) =>
  reading
    .ofReferences(['gr-1-2611-a-1-1'])
    .map(({ kind, amountOre, fromMs, knownMs, byHand }) => [
      kind,
      amountOre,
      (fromMs - MORNING_MS) / 1_000,
      knownMs === null ? null : (knownMs - MORNING_MS) / 1_000,
      byHand,
    ]);

const approved = { type: 'payment.approved', payload: { authorisedOre: 5_000, transactionId: null, ask: false } } as const;
const intended = { type: 'payment.capture-intended', payload: { key: 'c1', captureOre: 5_000 } } as const;
const captured = { type: 'payment.captured', payload: { capturedOre: 5_000, transactionId: null, ask: true } } as const;

describe('what the record has of money at the provider', () => {
  it('is nothing before anything was captured', () => {
    const { reading } = openBoth();
    expect(all(reading)).toEqual([]);
  });

  it('is a capture from its intent on, and is known once it was read back', () => {
    const { write, reading } = openBoth();
    write(approved, intended);
    expect(all(reading)).toEqual([['capture', 5_000, 2, null, false]]);
    write(captured);
    expect(all(reading)).toEqual([['capture', 5_000, 2, 3, false]]);
    expect(reading.ofDate('2026-11-21')).toHaveLength(1);
    expect(reading.ofDate('2026-11-20')).toEqual([]);
  });

  it('leaves what the sales unit for distance selling took to that unit’s own ledger', () => {
    const { write, reading } = openBoth({ unit: 'distance' });
    write(approved, intended, captured);
    expect(reading.ofDate('2026-11-21')).toEqual([]);
    expect(all(reading)).toHaveLength(1);
  });

  it('has a direct capture, which nobody asked for, from the time it was planned', () => {
    const { write, reading } = openBoth();
    write(captured);
    expect(all(reading)).toEqual([['capture', 5_000, 0, 1, false]]);
  });

  it('has no capture that was refused, and none of a payment that was released', () => {
    const { write, reading } = openBoth();
    write(approved, intended, { type: 'payment.capture-refused', payload: { trouble } });
    expect(all(reading)).toEqual([]);
    write(intended, { type: 'payment.release-intended', payload: { key: 'x', why: 'cashier', evenIfApproved: true } });
    write({ type: 'payment.released', payload: { wasApproved: true } });
    expect(all(reading)).toEqual([]);
  });

  it('has a refund as money that goes out', () => {
    const { write, reading } = openBoth();
    write(captured, { type: 'payment.refund-intended', payload: { key: 'r1', amountOre: 5_000 } });
    expect(all(reading).at(-1)).toEqual(['refund', -5_000, 2, null, false]);
    write({ type: 'payment.refunded', payload: { key: 'r1', amountOre: 5_000 } });
    expect(all(reading).at(-1)).toEqual(['refund', -5_000, 2, 3, false]);
  });

  it('has a refund that the provider refused only once somebody says that it was made by hand', () => {
    const { write, reading } = openBoth();
    write(captured, { type: 'payment.refund-intended', payload: { key: 'r1', amountOre: 5_000 } });
    write({ type: 'payment.refund-refused', payload: { key: 'r1', trouble } });
    expect(all(reading)).toEqual([['capture', 5_000, 0, 1, false]]);
    write({ type: 'payment.refund-left-to-people', payload: {} }, { type: 'payment.refunded-by-hand', payload: {} });
    expect(all(reading).at(-1)).toEqual(['refund', -5_000, 1, 5, true]);
  });

  it('cannot be read from a journal that another version of the program has left, and the sentence says what to do', () => {
    const folder = temporaryFolder();
    const { database } = openJournalIn(folder);
    database.exec("UPDATE derived SET version = 1 WHERE name = 'payments'");
    const open = () => openMovements(openDatabase(journalFile(folder), { readOnly: true }));
    expect(open).toThrow(JournalNotTakenUpError);
    expect(open).toThrow('Start the register once');
  });
});
