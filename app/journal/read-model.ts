/**
 * What screens, recovery and reports ask of the derived tables, on a read-only connection of their own. Each answer is
 * as of the last committed append.
 */
import type { Payment } from '../payment/payment.ts';
import type { AppReceiptTask } from '../receipt/app-receipt-task.ts';
import type { DocumentSeries } from '../receipt/document.ts';
import type { PrintJob } from '../receipt/print-job.ts';
import type { Movement } from '../report/movement.ts';
import type { Sale } from '../sale/sale.ts';
import type { Database, SqlRow } from '../till/ports.ts';
import { MOVEMENTS_OF_REFERENCE, movementOf } from './movements.ts';
import type { IntentKind } from './projections/open-intents.ts';
import { type ReturnsReadModel, readReturns } from './read-returns.ts';
import { integerOf, textOf } from './rows.ts';

export interface OpenIntent {
  readonly kind: IntentKind;
  /** The payment's, the print job's or the drawer's opening's id. */
  readonly id: string;
  /** The entry that opened it. */
  readonly seq: number;
}

export interface CompletedSale {
  readonly sale: Sale;
  readonly totalOre: number;
}

/** A count with its money, VAT included; `vatOre` is inside `amountOre`. */
export interface CountedAmount {
  readonly count: number;
  readonly amountOre: number;
  readonly vatOre: number;
}

export interface Totals {
  /** Goods sold, in exchanges too. */
  readonly sales: CountedAmount;
  /** Goods that came back, in exchanges too; positive. */
  readonly returns: CountedAmount;
  /** Per rate in basis points, highest first. */
  readonly vat: readonly (CountedAmount & { readonly vatBasisPoints: number })[];
  /** Per means of payment; `vatOre` is 0. */
  readonly means: readonly (CountedAmount & { readonly means: 'cash' | 'card' | 'vipps' })[];
  readonly roundingOre: number;
}

/** How often the drawer opened, or may have. */
export interface DrawerOpenings {
  readonly sale: number;
  readonly noSale: number;
  /** With the key, as far as the drawer's switch told. */
  readonly byHand: number;
}

export interface ReadModel {
  /** The sale at the till; `null` between customers. */
  openSale(): Sale | null;
  /** Oldest first. */
  parkedSales(): readonly Sale[];
  /** All that the till still has something to do with, oldest first: open, parked, completed without its receipt, or with paper that has not come. */
  unfinishedSales(): readonly Sale[];
  sale(saleId: string): Sale | null;
  /** By its number in the sales' series, or in the returns'. */
  saleByReceipt(receiptNumber: number, series?: 'sale' | 'return'): Sale | null;
  /** The latest completed sales, newest first. */
  recentSales(limit: number): readonly CompletedSale[];
  payment(paymentId: string): Payment | null;
  paymentByReference(reference: string): Payment | null;
  /** Oldest first. */
  paymentsOfSale(saleId: string): readonly Payment[];
  /** The payments of the latest sales that have any, newest sale first, each sale's oldest first. */
  latestPayments(limit: number): readonly (readonly Payment[])[];
  /** The same, of sales with a payment of exactly this amount, in minor units. */
  paymentsOfAmount(amountOre: number, limit: number): readonly (readonly Payment[])[];
  /** The same, of sales with a payment whose reference begins like this. */
  paymentsByReference(beginning: string, limit: number): readonly (readonly Payment[])[];
  /** Of the sale with this number: `null` when there is none. */
  saleByNumber(saleNumber: number): Sale | null;
  /** Captures and refunds of one payment. */
  movementsOf(reference: string): readonly Movement[];
  /** Payments with money in them, or that may yet get some. */
  alivePayments(): readonly Payment[];
  /** Payments that the register still has something to do for: the living, and references that are watched. */
  unfinishedPayments(): readonly Payment[];
  printJob(jobId: string): PrintJob | null;
  printJobsOfSale(saleId: string): readonly PrintJob[];
  /** Every job whose paper has not come for sure, in the order they were meant. */
  unfinishedPrintJobs(): readonly PrintJob[];
  /** Receipts that customers' apps do not have yet, in the order they were meant. */
  unfinishedAppReceipts(): readonly AppReceiptTask[];
  openIntents(): readonly OpenIntent[];
  /** Of a local day, `YYYY-MM-DD`: what the Z-report counts. */
  drawerOpenings(date: string): DrawerOpenings;
  settings(): ReadonlyMap<string, string>;
  /** For the next sale that is opened. */
  nextSaleNumber(): number;
  /** The number that the next document of a series gets. */
  nextDocumentNumber(series: DocumentSeries): number;
  /** Of a local day, `YYYY-MM-DD`. */
  totalsOfDay(date: string): Totals;
  /** Since the register was installed; never reset. */
  grandTotals(): Totals;
  /** Orders as they were sold, and what has come back of them. */
  readonly returns: ReturnsReadModel;
  close(): void;
}

/** @param database a read-only connection of its own to a journal that `openJournal` has opened before. `close` closes it. */
export function openReadModel(database: Database): ReadModel {
  const select = (sql: string) => database.prepare(sql);
  const openSale = select("SELECT state FROM sales WHERE unfinished = 1 AND status = 'open' ORDER BY sale_number DESC LIMIT 1");
  const parkedSales = select("SELECT state FROM sales WHERE unfinished = 1 AND status = 'parked' ORDER BY sale_number");
  // The + keeps SQLite from walking all sales in their order, which is slower than sorting the few.
  const unfinishedSales = select(
    `SELECT state FROM sales WHERE sale_id IN (
       SELECT sale_id FROM sales WHERE unfinished = 1 UNION ALL SELECT sale_id FROM print_jobs WHERE unfinished = 1
     ) ORDER BY +sale_number`,
  );
  const sale = select('SELECT state FROM sales WHERE sale_id = ?');
  const saleByReceipt = select('SELECT state FROM sales WHERE receipt_series = ? AND receipt_number = ?');
  const recentSales = select('SELECT state, total_ore FROM sales WHERE completed_seq IS NOT NULL ORDER BY completed_seq DESC LIMIT ?');
  const payment = select('SELECT state FROM payments WHERE payment_id = ?');
  const paymentByReference = select('SELECT state FROM payments WHERE reference = ?');
  const paymentsOfSale = select('SELECT state FROM payments WHERE sale_id = ? ORDER BY planned_seq');
  const saleByNumber = select('SELECT state FROM sales WHERE sale_number = ?');
  const movementsOf = select(MOVEMENTS_OF_REFERENCE);
  const salesWith = (where: string) =>
    select(`SELECT sale_id, max(planned_seq) AS latest FROM payments WHERE ${where} GROUP BY sale_id ORDER BY latest DESC LIMIT ?`);
  // A sale has a handful of attempts: so many of the newest payments hold the newest sales.
  const latestPayments = salesWith('planned_seq IN (SELECT planned_seq FROM payments ORDER BY planned_seq DESC LIMIT 1000)');
  const paymentsOfAmount = salesWith('amount_ore = ?');
  const paymentsByReference = salesWith("reference >= ? AND reference < ? || '~'");
  const bySale = (rows: readonly SqlRow[]) => rows.map((row) => paymentsOfSale.all(textOf(row, 'sale_id')).map(state<Payment>));
  const alivePayments = select('SELECT state FROM payments WHERE unfinished = 1 AND alive = 1 ORDER BY planned_seq');
  const unfinishedPayments = select('SELECT state FROM payments WHERE unfinished = 1 ORDER BY planned_seq');
  const printJob = select('SELECT state FROM print_jobs WHERE job_id = ?');
  const printJobsOfSale = select('SELECT state FROM print_jobs WHERE sale_id = ? ORDER BY intended_seq');
  const unfinishedPrintJobs = select('SELECT state FROM print_jobs WHERE unfinished = 1 ORDER BY intended_seq');
  const unfinishedAppReceipts = select('SELECT state FROM app_receipts WHERE unfinished = 1 ORDER BY intended_seq');
  const openIntents = select('SELECT kind, id, seq FROM open_intents ORDER BY seq');
  const drawerOpenings = select('SELECT why, count(*) AS count FROM drawer_openings WHERE date = ? AND counts = 1 GROUP BY why');
  const settings = select('SELECT name, value FROM settings ORDER BY name');
  const lastSaleNumber = select('SELECT coalesce(max(sale_number), 0) AS last FROM sales');
  const lastDocument = select('SELECT coalesce(max(document_number), 0) AS last FROM entries WHERE document_series = ?');
  const totalsOfDay = select('SELECT kind, key, count, amount_ore, vat_ore FROM totals_by_day WHERE date = ?');
  const grandTotals = select(
    `SELECT kind, key, sum(count) AS count, sum(amount_ore) AS amount_ore, sum(vat_ore) AS vat_ore
     FROM totals_by_day GROUP BY kind, key`,
  );

  return {
    openSale: () => oneState<Sale>(openSale.get()),
    parkedSales: () => parkedSales.all().map(state<Sale>),
    unfinishedSales: () => unfinishedSales.all().map(state<Sale>),
    sale: (saleId) => oneState<Sale>(sale.get(saleId)),
    saleByReceipt: (receiptNumber, series = 'sale') => oneState<Sale>(saleByReceipt.get(series, receiptNumber)),
    recentSales: (limit) => recentSales.all(limit).map((row) => ({ sale: state<Sale>(row), totalOre: integerOf(row, 'total_ore') })),
    payment: (paymentId) => oneState<Payment>(payment.get(paymentId)),
    paymentByReference: (reference) => oneState<Payment>(paymentByReference.get(reference)),
    paymentsOfSale: (saleId) => paymentsOfSale.all(saleId).map(state<Payment>),
    latestPayments: (limit) => bySale(latestPayments.all(limit)),
    paymentsOfAmount: (amountOre, limit) => bySale(paymentsOfAmount.all(amountOre, limit)),
    paymentsByReference: (beginning, limit) => bySale(paymentsByReference.all(beginning, beginning, limit)),
    saleByNumber: (saleNumber) => oneState<Sale>(saleByNumber.get(saleNumber)),
    movementsOf: (reference) => movementsOf.all(reference).map(movementOf),
    alivePayments: () => alivePayments.all().map(state<Payment>),
    unfinishedPayments: () => unfinishedPayments.all().map(state<Payment>),
    printJob: (jobId) => oneState<PrintJob>(printJob.get(jobId)),
    printJobsOfSale: (saleId) => printJobsOfSale.all(saleId).map(state<PrintJob>),
    unfinishedPrintJobs: () => unfinishedPrintJobs.all().map(state<PrintJob>),
    unfinishedAppReceipts: () => unfinishedAppReceipts.all().map(state<AppReceiptTask>),
    openIntents: () =>
      openIntents.all().map((row) => ({ kind: textOf(row, 'kind') as IntentKind, id: textOf(row, 'id'), seq: integerOf(row, 'seq') })),
    drawerOpenings: (date) => {
      const counts = new Map(drawerOpenings.all(date).map((row) => [textOf(row, 'why'), integerOf(row, 'count')]));
      return { sale: counts.get('sale') ?? 0, noSale: counts.get('no-sale') ?? 0, byHand: counts.get('by-hand') ?? 0 };
    },
    settings: () => new Map(settings.all().map((row) => [textOf(row, 'name'), textOf(row, 'value')])),
    nextSaleNumber: () => integerOf(lastSaleNumber.get(), 'last') + 1,
    nextDocumentNumber: (series) => integerOf(lastDocument.get(series), 'last') + 1,
    totalsOfDay: (date) => toTotals(totalsOfDay.all(date)),
    grandTotals: () => toTotals(grandTotals.all()),
    returns: readReturns(database),
    close: () => database.close(),
  };
}

/** A state that a projection wrote: `S` is what its reducer gives. */
function state<S>(row: SqlRow): S {
  return JSON.parse(textOf(row, 'state')) as S;
}

function oneState<S>(row: SqlRow | undefined): S | null {
  return row === undefined ? null : state<S>(row);
}

const NOTHING: CountedAmount = { count: 0, amountOre: 0, vatOre: 0 };

function toTotals(rows: readonly SqlRow[]): Totals {
  const ofKind = (kind: string) => rows.filter((row) => row.kind === kind);
  const [sales] = ofKind('sales').map(toCounted);
  const [returns] = ofKind('returns').map(toCounted);
  return {
    sales: sales ?? NOTHING,
    returns: returns ?? NOTHING,
    vat: ofKind('vat')
      .map((row) => ({ vatBasisPoints: Number(textOf(row, 'key')), ...toCounted(row) }))
      .sort((a, b) => b.vatBasisPoints - a.vatBasisPoints),
    means: ofKind('means').map((row) => ({ means: textOf(row, 'key') as 'cash' | 'card' | 'vipps', ...toCounted(row) })),
    roundingOre: ofKind('rounding').reduce((sum, row) => sum + integerOf(row, 'amount_ore'), 0),
  };
}

function toCounted(row: SqlRow): CountedAmount {
  return { count: integerOf(row, 'count'), amountOre: integerOf(row, 'amount_ore'), vatOre: integerOf(row, 'vat_ore') };
}
