/** A register's journal for benchmarks: the real one on the real disk, filled with believable sales. */

import { mkdirSync } from 'node:fs';
import type { NewEntry } from '../../app/journal/entry.ts';
import { type Journal, openJournal } from '../../app/journal/journal.ts';
import { REGISTER_PROJECTIONS } from '../../app/journal/projections/all.ts';
import type { SaleLine } from '../../app/sale/sale.ts';
import { saleTotals } from '../../app/sale/totals.ts';
import { nodeClock } from '../../hardware/clock/node-clock.ts';
import { nodeHasher } from '../../hardware/crypto/hasher.ts';
import { nodeRandom } from '../../hardware/crypto/random.ts';
import { openSigningKey } from '../../hardware/crypto/signing-key.ts';
import { dataFolderPaths } from '../../hardware/store/data-folder.ts';
import { openDatabase } from '../../hardware/store/database.ts';

/** The journal belongs to this store's register 1. */
export const BENCH_STORE = 'bench';
const LINES_PER_SALE = 5;
const OPERATOR = '12';

/** Opens the journal of a data folder. `durable: false` is for filling it only. */
export function openBenchJournal(directory: string, { durable }: { readonly durable: boolean }): Journal {
  mkdirSync(directory, { recursive: true });
  const paths = dataFolderPaths(directory);
  const database = openDatabase(paths.journal);
  if (!durable) database.exec('PRAGMA synchronous = OFF');
  const signer = openSigningKey(paths.keys);
  return openJournal({
    database,
    hasher: nodeHasher,
    signer,
    clock: nodeClock,
    random: nodeRandom,
    projections: REGISTER_PROJECTIONS,
    software: 'tillit bench',
    storeId: BENCH_STORE,
    registerId: '1',
    publicKeyPem: signer.publicKeyPem,
  });
}

function line(saleNumber: number, index: number): SaleLine {
  return {
    lineId: `line-${saleNumber}-${index}`,
    articleNumber: String(1000 + ((saleNumber * 7 + index) % 150)),
    ean: null,
    name: `Vare ${1000 + ((saleNumber * 7 + index) % 150)}`,
    groupId: 'bakst',
    groupName: 'Bakst',
    unit: 'stk',
    weighed: false,
    quantityMilli: 1000,
    unitPriceOre: 1990 + ((saleNumber * 13 + index * 500) % 9000),
    vatBasisPoints: index % 2 === 0 ? 1500 : 2500,
    discount: null,
    depositForLineId: null,
    fixedGrossOre: null,
  };
}

/** The entries of a basket that is rung up and not yet paid. */
export function basketEntries(saleNumber: number): NewEntry[] {
  const saleId = `sale-${saleNumber}`;
  return [
    { type: 'sale.opened', version: 1, operator: OPERATOR, payload: { saleId, saleNumber } },
    ...Array.from(
      { length: LINES_PER_SALE },
      (_, index): NewEntry => ({
        type: 'sale.line-added',
        version: 1,
        operator: OPERATOR,
        payload: { saleId, line: line(saleNumber, index) },
      }),
    ),
  ];
}

/** The entries that complete it with a card: what a register commits when a customer has paid. */
export function completionEntries(saleNumber: number): NewEntry[] {
  const saleId = `sale-${saleNumber}`;
  const totals = saleTotals({
    lines: Array.from({ length: LINES_PER_SALE }, (_, index) => line(saleNumber, index)),
    discount: null,
    tenders: [],
  });
  const { totalOre, vatOre } = totals;
  return [
    {
      type: 'sale.tender-added',
      version: 1,
      operator: OPERATOR,
      payload: { saleId, tender: { kind: 'card', tenderId: `t${saleNumber}`, amountOre: totalOre, terminalReference: String(saleNumber) } },
    },
    {
      type: 'sale.completed',
      version: 1,
      operator: OPERATOR,
      payload: { saleId, totalOre, vatOre, roundingOre: 0 },
      series: 'sale',
      amounts: { inclVatOre: totalOre, exclVatOre: totalOre - vatOre },
    },
  ];
}

function paperEntries(saleNumber: number): NewEntry[] {
  const jobId = `job-${saleNumber}`;
  return [
    {
      type: 'receipt.print-intended',
      version: 1,
      operator: OPERATOR,
      payload: { jobId, saleId: `sale-${saleNumber}`, what: 'receipt', sha256: '0'.repeat(64) },
    },
    { type: 'receipt.print-started', version: 1, operator: OPERATOR, payload: { jobId } },
    { type: 'receipt.printed', version: 1, operator: OPERATOR, payload: { jobId } },
  ];
}

const SALES_PER_APPEND = 200;

/** Fills a data folder with completed sales, `LINES_PER_SALE` lines each, receipts printed. Not durable while it runs. */
export function fill(directory: string, sales: number, tell: (done: number) => void = () => {}): void {
  const journal = openBenchJournal(directory, { durable: false });
  for (let from = 1; from <= sales; from += SALES_PER_APPEND) {
    const entries: NewEntry[] = [];
    for (let number = from; number < Math.min(from + SALES_PER_APPEND, sales + 1); number++) {
      entries.push(...basketEntries(number), ...completionEntries(number), ...paperEntries(number));
    }
    journal.append(entries);
    tell(Math.min(from + SALES_PER_APPEND - 1, sales));
  }
  journal.close();
}
