import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../../app/journal/events.ts';
import { applySaleEvent, SaleEntryError, saleIdOf } from '../../../app/sale/apply.ts';
import type { Sale } from '../../../app/sale/sale.ts';
import { aLine, emptySale } from './baskets.ts';

const MOMENT = { atMs: 5_000, offsetMinutes: 60, operator: 'ola', document: null } as const;
const saleId = 's1';
const given = (sale: Sale, event: JournalEvent, more: object = {}) => applySaleEvent(sale, { ...event, ...MOMENT, ...more });

describe('what entries make of a sale', () => {
  it('opens it in the name of whoever did', () => {
    expect(emptySale()).toMatchObject({ status: 'open', operatorId: 'kari', lines: [], tenders: [], receipt: 'none' });
  });
  it('parks and resumes it', () => {
    const parked = given(emptySale(), { type: 'sale.parked', version: 1, payload: { saleId } });
    expect(parked.status).toBe('parked');
    expect(given(parked, { type: 'sale.resumed', version: 1, payload: { saleId } }).status).toBe('open');
  });
  it('completes it with its number, moment and operator', () => {
    const event = { type: 'sale.completed', version: 1, payload: { saleId, totalOre: 0, vatOre: 0, roundingOre: 0 } } as const;
    expect(given(emptySale(), event, { document: { series: 'sale', number: 42 } })).toMatchObject({
      status: 'completed',
      receiptNumber: 42,
      completedAtMs: 5_000,
      completedOffsetMinutes: 60,
      completedBy: 'ola',
    });
  });
  it('keeps the highest age that was confirmed', () => {
    const confirm = (sale: Sale, years: number) =>
      given(sale, { type: 'sale.age-confirmed', version: 1, payload: { saleId, years, articleNumber: '1' } });
    expect(confirm(confirm(emptySale(), 20), 18).ageConfirmedYears).toBe(20);
  });
  it('takes a price label’s price off a line whose quantity is changed', () => {
    const sale = given(emptySale(), { type: 'sale.line-added', version: 1, payload: { saleId, line: aLine({ fixedGrossOre: 4_990 }) } });
    const changed = given(sale, {
      type: 'sale.line-quantity-changed',
      version: 1,
      payload: { saleId, lineId: 'l1', quantityMilli: 2_000 },
    });
    expect(changed.lines[0]).toMatchObject({ quantityMilli: 2_000, fixedGrossOre: null });
  });
  it('tells a receipt from its copy', () => {
    const intended = (sale: Sale, what: 'receipt' | 'copy') =>
      given(sale, { type: 'receipt.print-intended', version: 1, payload: { jobId: 'j', saleId, what, sha256: '' } });
    expect(intended(emptySale(), 'receipt')).toMatchObject({ receipt: 'intended', copyIntended: false });
    expect(intended(emptySale(), 'copy')).toMatchObject({ receipt: 'none', copyIntended: true });
  });
  it('counts the attempts to pay with a phone', () => {
    const order = { reference: 'oslo-1-2611-abcd-1-3', amountOre: 100, currency: 'NOK', text: 'x' } as const;
    const planned = given(emptySale(), { type: 'payment.planned', version: 1, payload: { paymentId: 'p', saleId, attempt: 3, order } });
    expect(planned.paymentAttempts).toBe(3);
  });
  it('refuses a line that was never there', () => {
    const event = { type: 'sale.line-discounted', version: 1, payload: { saleId, lineId: 'gone', discount: null } } as const;
    expect(() => given(emptySale(), event)).toThrow(SaleEntryError);
  });
  it('refuses an entry of a sale that was never opened', () => {
    expect(() => applySaleEvent(null, { type: 'sale.parked', version: 1, payload: { saleId }, ...MOMENT })).toThrow(SaleEntryError);
  });
  it('knows which entries are about a sale', () => {
    expect(saleIdOf({ type: 'sale.parked', version: 1, payload: { saleId } })).toBe('s1');
    expect(saleIdOf({ type: 'receipt.printed', version: 1, payload: { jobId: 'j' } })).toBeNull();
  });
});
