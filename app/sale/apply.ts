/**
 * What a sale's entries add up to: one pure step per entry. The live register, the derived tables and a rebuild all use
 * this, so they cannot differ.
 */
import type { Entry } from '../journal/entry.ts';
import type { JournalEvent } from '../journal/events.ts';
import type { Sale, SaleLine } from './sale.ts';

/** What of an entry a state depends on. An event that is only planned can be tried out with a moment of its own. */
export type Recorded = JournalEvent & Pick<Entry, 'atMs' | 'offsetMinutes' | 'operator' | 'document'>;

/** The sale that an entry changes, or `null` when it changes none. */
export function saleIdOf(entry: JournalEvent): string | null {
  switch (entry.type) {
    case 'sale.opened':
    case 'sale.line-added':
    case 'sale.line-quantity-changed':
    case 'sale.line-removed':
    case 'sale.line-discounted':
    case 'sale.discounted':
    case 'sale.age-confirmed':
    case 'sale.parked':
    case 'sale.resumed':
    case 'sale.aborted':
    case 'sale.tender-added':
    case 'sale.tender-returned':
    case 'sale.return-added':
    case 'sale.return-removed':
    case 'sale.completed':
    case 'payment.planned':
    case 'receipt.print-intended':
    case 'receipt.declined':
      return entry.payload.saleId;
    default:
      return null;
  }
}

/** An entry that does not fit the sale it names: the journal is not what this program wrote. */
export class SaleEntryError extends Error {
  override readonly name = 'SaleEntryError';
}

/**
 * Applies one entry.
 * @param sale the sale so far; `null` before `sale.opened`.
 * @throws SaleEntryError when the entry cannot belong to that sale.
 */
export function applySaleEvent(sale: Sale | null, entry: Recorded): Sale {
  if (entry.type === 'sale.opened') {
    return {
      saleId: entry.payload.saleId,
      saleNumber: entry.payload.saleNumber,
      status: 'open',
      openedAtMs: entry.atMs,
      offsetMinutes: entry.offsetMinutes,
      operatorId: entry.operator,
      lines: [],
      discount: null,
      tenders: [],
      ageConfirmedYears: 0,
      paymentAttempts: 0,
      receiptNumber: null,
      completedAtMs: null,
      completedOffsetMinutes: null,
      completedBy: null,
      receipt: 'none',
      copyIntended: false,
    };
  }
  if (sale === null) throw new SaleEntryError(`An entry ${entry.type} names a sale that was never opened.`);
  switch (entry.type) {
    case 'sale.line-added':
      return { ...sale, lines: [...sale.lines, entry.payload.line] };
    case 'sale.line-quantity-changed': {
      const { lineId, quantityMilli } = entry.payload;
      return changeLine(sale, lineId, (line) => ({ ...line, quantityMilli, fixedGrossOre: null }));
    }
    case 'sale.line-removed': {
      const { lineId } = entry.payload;
      return { ...sale, lines: sale.lines.filter((line) => line.lineId !== lineId) };
    }
    case 'sale.line-discounted': {
      const { lineId, discount } = entry.payload;
      return changeLine(sale, lineId, (line) => ({ ...line, discount }));
    }
    case 'sale.discounted':
      return { ...sale, discount: entry.payload.discount };
    case 'sale.age-confirmed':
      return { ...sale, ageConfirmedYears: Math.max(sale.ageConfirmedYears, entry.payload.years) };
    case 'sale.parked':
      return { ...sale, status: 'parked' };
    case 'sale.resumed':
      return { ...sale, status: 'open' };
    case 'sale.aborted':
      return { ...sale, status: 'aborted' };
    case 'sale.tender-added':
      return { ...sale, tenders: [...sale.tenders, entry.payload.tender] };
    case 'sale.tender-returned': {
      const { tenderId } = entry.payload;
      return { ...sale, tenders: sale.tenders.filter((tender) => tender.tenderId !== tenderId) };
    }
    case 'sale.return-added':
      return { ...sale, returned: entry.payload.returned };
    case 'sale.return-removed': {
      const { returned, ...rest } = sale;
      if (returned?.returnId !== entry.payload.returnId) throw new SaleEntryError(`Sale ${sale.saleId} has no such return.`);
      return rest;
    }
    case 'sale.completed':
      return {
        ...sale,
        status: 'completed',
        receiptNumber: entry.document?.number ?? null,
        completedAtMs: entry.atMs,
        completedOffsetMinutes: entry.offsetMinutes,
        completedBy: entry.operator,
      };
    case 'payment.planned':
      return { ...sale, paymentAttempts: Math.max(sale.paymentAttempts, entry.payload.attempt) };
    case 'receipt.print-intended':
      return entry.payload.what === 'copy' ? { ...sale, copyIntended: true } : { ...sale, receipt: 'intended' };
    case 'receipt.declined':
      return { ...sale, receipt: 'declined' };
    default:
      throw new SaleEntryError(
        `The journal has an entry ${entry.type}, which this program does not know: a newer version wrote it. Update the program.`,
      );
  }
}

function changeLine(sale: Sale, lineId: string, change: (line: SaleLine) => SaleLine): Sale {
  if (!sale.lines.some((line) => line.lineId === lineId)) throw new SaleEntryError(`Sale ${sale.saleId} has no line ${lineId}.`);
  return { ...sale, lines: sale.lines.map((line) => (line.lineId === lineId ? change(line) : line)) };
}
