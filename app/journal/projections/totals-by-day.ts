/**
 * What completed sales come to: per local day, and inside it per VAT rate and per means of payment. The grand totals
 * are the sum over all days, so they are never reset and cost a sale nothing.
 */
import { meansOf, receiptSeriesOf, type Sale } from '../../sale/sale.ts';
import { saleTotals } from '../../sale/totals.ts';
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import { localDateAndTime } from '../entry-text.ts';

export const TOTALS_TABLES = ['totals_by_day'] as const;

/**
 * `kind` and `key`: `sales` (empty key; goods sold, amount incl. VAT, before cash rounding), `returns` (empty key; goods that
 * came back, positive), `vat` (rate in basis points; amount incl. VAT, sold less returned), `means` (`cash`, `card`, `vipps`;
 * taken less given back), `rounding` (empty key; what cash rounding added or took). An exchange counts on both sides.
 */
export const TOTALS_SQL = `
  CREATE TABLE totals_by_day (
    date TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    count INTEGER NOT NULL,
    amount_ore INTEGER NOT NULL,
    vat_ore INTEGER NOT NULL,
    PRIMARY KEY (date, kind, key)
  ) STRICT, WITHOUT ROWID;
`;

type Completed = Extract<Entry, { type: 'sale.completed' }>;

/** The step that adds one completed sale to its day. */
export function countCompletedSale(database: Database): (sale: Sale, entry: Completed) => void {
  const add = database.prepare(`
    INSERT INTO totals_by_day (date, kind, key, count, amount_ore, vat_ore) VALUES (?, ?, ?, 1, ?, ?)
    ON CONFLICT (date, kind, key) DO UPDATE
    SET count = count + 1, amount_ore = amount_ore + excluded.amount_ore, vat_ore = vat_ore + excluded.vat_ore`);

  return (sale, entry) => {
    const { date } = localDateAndTime(entry.atMs, entry.offsetMinutes);
    const { totalOre, vatOre, roundingOre } = entry.payload;
    const { rates, returnedRates, returnedOre } = saleTotals(sale);
    const returnedVatOre = returnedRates.reduce((sum, rate) => sum + rate.vatOre, 0);
    if (receiptSeriesOf(sale) === 'sale') add.run(date, 'sales', '', totalOre + returnedOre, vatOre + returnedVatOre);
    if (sale.returned !== undefined) add.run(date, 'returns', '', returnedOre, returnedVatOre);
    for (const rate of rates) add.run(date, 'vat', String(rate.vatBasisPoints), rate.netOre, rate.vatOre);
    for (const tender of sale.tenders) add.run(date, 'means', meansOf(tender), tender.amountOre, 0);
    if (roundingOre !== 0) add.run(date, 'rounding', '', roundingOre, 0);
  };
}
