/**
 * What a register knows right now: the sales that are not over, their payments, the paper on its way. All of it is made
 * from entries, by the same steps as the derived tables; `append` is the only way to change it, and it changes only what
 * is already on disk.
 */
import type { Catalogue } from '../catalog/catalogue.ts';
import type { KeptOperator } from '../catalog/publication-store.ts';
import type { Entry, NewEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { KeptWish } from '../journal/read-returns.ts';
import { applyPaymentEvent, paymentIdOf } from '../payment/apply.ts';
import { isFinal, type Payment } from '../payment/payment.ts';
import { type AppReceiptTask, applyAppReceiptEvent, appReceiptIdOf } from '../receipt/app-receipt-task.ts';
import { applyPrintEvent, isDone, type PrintJob, printJobIdOf } from '../receipt/print-job.ts';
import type { GoodsReturn } from '../refund/goods-return.ts';
import { applySaleEvent, saleIdOf } from '../sale/apply.ts';
import { applyReturnEvent, isReturnOver, returnIdOf } from '../sale/apply-return.ts';
import type { Sale } from '../sale/sale.ts';
import type { Notice } from './contract.ts';

/** What was being added when the register had to ask first. Only in memory: nothing has been sold yet. */
export interface PendingArticle {
  readonly ask: 'weight' | 'age';
  readonly articleNumber: string;
  readonly quantityMilli: number | null;
  readonly fixedGrossOre: number | null;
}

/** What a register finds on disk when it starts. */
export interface Recovered {
  readonly sales: readonly Sale[];
  readonly payments: readonly Payment[];
  readonly jobs: readonly PrintJob[];
  readonly appReceipts: readonly AppReceiptTask[];
  readonly returns: readonly GoodsReturn[];
  readonly returnWishes: readonly KeptWish[];
  readonly nextReturnNumber: number;
  readonly settings: ReadonlyMap<string, string>;
  readonly nextSaleNumber: number;
}

export class Register {
  readonly sales = new Map<string, Sale>();
  readonly payments = new Map<string, Payment>();
  readonly jobs = new Map<string, PrintJob>();
  /** Those that the customer's app does not have yet, by payment. */
  readonly appReceipts = new Map<string, AppReceiptTask>();
  /** Those that are not over, and those whose sale is still here. */
  readonly returns = new Map<string, GoodsReturn>();
  /** What waits for head office, by its id, oldest first. */
  readonly returnWishes = new Map<string, KeptWish>();
  nextReturnNumber: number;
  readonly settings: Map<string, string>;
  nextSaleNumber: number;
  catalogue: Catalogue;
  catalogueVersion = 1;
  /** Everybody whom head office has ever named, and who of them is on its list now. */
  publishedOperators: readonly KeptOperator[] = [];
  /** The completed sale that is still on the screens. */
  finishedSaleId: string | null = null;
  /** The payment that is on the screens: alive, or over and not yet put away. */
  shownPaymentId: string | null = null;
  newestLineId: string | null = null;
  pending: PendingArticle | null = null;
  notice: Notice | null = null;
  /** Until when the customer reads the result of the last sale, on the monotonic clock: people set the other one. */
  resultUntilMs = Number.MIN_SAFE_INTEGER;
  readonly #journal: Journal;

  constructor(journal: Journal, recovered: Recovered, catalogue: Catalogue) {
    this.#journal = journal;
    this.catalogue = catalogue;
    this.settings = new Map(recovered.settings);
    this.nextSaleNumber = recovered.nextSaleNumber;
    this.nextReturnNumber = recovered.nextReturnNumber;
    for (const ret of recovered.returns) this.returns.set(ret.returnId, ret);
    for (const wish of recovered.returnWishes) this.returnWishes.set(wish.wishId, wish);
    for (const sale of recovered.sales) this.sales.set(sale.saleId, sale);
    for (const payment of recovered.payments) this.payments.set(payment.paymentId, payment);
    for (const job of recovered.jobs) this.jobs.set(job.jobId, job);
    for (const task of recovered.appReceipts) this.appReceipts.set(task.paymentId, task);
  }

  /**
   * Writes entries durably, then takes them in.
   * @throws StorageError when the disk does not take them; then nothing has changed.
   */
  append(entries: readonly NewEntry[]): readonly Entry[] {
    const written = this.#journal.append(entries);
    for (const entry of written) this.#take(entry);
    return written;
  }

  get epoch(): string {
    return this.#journal.epoch;
  }

  get openSale(): Sale | null {
    for (const sale of this.sales.values()) if (sale.status === 'open') return sale;
    return null;
  }

  get finishedSale(): Sale | null {
    return this.finishedSaleId === null ? null : (this.sales.get(this.finishedSaleId) ?? null);
  }

  get shownPayment(): Payment | null {
    return this.shownPaymentId === null ? null : (this.payments.get(this.shownPaymentId) ?? null);
  }

  jobsOf(saleId: string): readonly PrintJob[] {
    return [...this.jobs.values()].filter((job) => job.saleId === saleId);
  }

  /** The return that stands in a sale, or is being asked for it. */
  returnOf(saleId: string): GoodsReturn | null {
    return [...this.returns.values()].findLast((ret) => ret.saleId === saleId && standsInSale(ret)) ?? null;
  }

  /** Puts the finished sale away, and forgets all that is over: it is on disk. */
  forgetFinished(): void {
    this.finishedSaleId = null;
    this.shownPaymentId = null;
    for (const job of this.jobs.values()) if (isDone(job)) this.jobs.delete(job.jobId);
    for (const sale of this.sales.values()) {
      // One without a receipt was completed aside, and nobody has been told yet.
      const hasPaper = sale.receipt !== 'none' && this.jobsOf(sale.saleId).length === 0;
      const isOver = sale.status === 'aborted' || (sale.status === 'completed' && hasPaper);
      if (isOver) this.sales.delete(sale.saleId);
    }
    for (const payment of this.payments.values()) {
      if (isFinal(payment) && !this.sales.has(payment.saleId)) this.payments.delete(payment.paymentId);
    }
    for (const ret of this.returns.values()) if (isReturnOver(ret) && !this.sales.has(ret.saleId)) this.returns.delete(ret.returnId);
  }

  #take(entry: Entry): void {
    const saleId = saleIdOf(entry);
    // A copy of a sale that was put away long ago does not bring the sale back.
    if (saleId !== null && (entry.type === 'sale.opened' || this.sales.has(saleId))) {
      this.sales.set(saleId, applySaleEvent(this.sales.get(saleId) ?? null, entry));
    }
    const paymentId = paymentIdOf(entry);
    if (paymentId !== null) this.payments.set(paymentId, applyPaymentEvent(this.payments.get(paymentId) ?? null, entry));
    const returnId = returnIdOf(entry);
    if (returnId !== null) this.returns.set(returnId, applyReturnEvent(this.returns.get(returnId) ?? null, entry));
    const jobId = printJobIdOf(entry);
    if (jobId !== null) this.jobs.set(jobId, applyPrintEvent(this.jobs.get(jobId) ?? null, entry));
    const appReceiptId = appReceiptIdOf(entry);
    if (appReceiptId !== null) {
      const task = applyAppReceiptEvent(this.appReceipts.get(appReceiptId) ?? null, entry);
      if (task.state === 'waiting') this.appReceipts.set(appReceiptId, task);
      else this.appReceipts.delete(appReceiptId);
    }
    if (entry.type === 'register.setting-changed') this.settings.set(entry.payload.name, entry.payload.value);
    if (entry.type === 'return.asked') this.nextReturnNumber += 1;
    if (entry.type === 'return.wish-kept') this.returnWishes.set(entry.payload.wishId, { ...entry.payload, keptAtMs: entry.atMs });
    if (entry.type === 'return.wish-dropped') this.returnWishes.delete(entry.payload.wishId);
    if (entry.type === 'sale.opened') this.nextSaleNumber = entry.payload.saleNumber + 1;
  }
}

/** What was withdrawn or refused stands in it no longer. */
function standsInSale({ state }: GoodsReturn): boolean {
  return state !== 'withdrawing' && state !== 'withdrawn' && state !== 'refused';
}
