/**
 * Receipts: when one must be printed, the queue to the printer, the one copy, and doing without. A job is an intent in
 * the journal before its bytes leave; what was cut off in the middle is asked about, never guessed.
 */
import type { ReceiptEvent } from '../journal/events.ts';
import { isDone, type PrintJob } from '../receipt/print-job.ts';
import { salesReceipt } from '../receipt/sales-receipt.ts';
import type { Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import type { AppReceipts } from './app-receipts.ts';
import { isPaidFromAfar } from './away.ts';
import { brandOf } from './brand.ts';
import type { Command, CommandAnswer } from './contract.ts';
import { type Desk, DONE } from './desk.ts';
import { type PrintOutcome, StorageError } from './ports.ts';
import { movesNoMoney } from './practice.ts';

/** How long a receipt that did not come out waits before it is tried again, when the printer says nothing by itself. */
const RETRY_MS = 3_000;
/** How long the customer reads the result of a finished sale. */
const RESULT_MS = 8_000;

export class Paper {
  /** The same sales' receipts in customers' apps. */
  readonly app: AppReceipts;
  readonly #desk: Desk;
  /** A sale that was put away, for a copy: from disk. */
  readonly #saleOnDisk: (saleId: string) => Sale | null;
  #printing = false;
  #stopped = false;

  constructor(desk: Desk, app: AppReceipts, saleOnDisk: (saleId: string) => Sale | null) {
    this.app = app;
    this.#desk = desk;
    this.#saleOnDisk = saleOnDisk;
  }

  /** What was cut off is unknown; what was never intended is intended now; then the queue goes on. */
  recover(): void {
    const { register } = this.#desk;
    for (const job of register.jobs.values()) {
      if (job.state === 'sending')
        this.#record([{ type: 'receipt.print-unknown', version: 1, payload: { jobId: job.jobId, reason: 'restart' } }]);
    }
    const finished = register.finishedSale;
    if (finished?.receipt === 'none' && !this.#mayAsk(finished)) this.#intend(finished.saleId, 'receipt');
    this.#desk.ports.printer.onStatus(() => {
      this.#desk.changed();
      this.#printNext();
    });
    this.#printNext();
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Right after a sale was completed: print, or ask a customer who paid all of it by an integrated payment. */
  afterCompletion(sale: Sale): void {
    const { register, ports } = this.#desk;
    register.finishedSaleId = sale.saleId;
    register.pending = null; // what was being added when the last of it was paid belongs to nobody
    register.resultUntilMs = ports.clock.monotonicMs() + RESULT_MS;
    ports.timers.after(RESULT_MS, () => this.#desk.changed());
    if (!this.#mayAsk(sale)) this.#intendWhenPossible(sale.saleId);
    this.#desk.changed();
    this.#printNext();
    this.app.wake();
  }

  print(): CommandAnswer {
    const sale = this.#desk.register.finishedSale;
    if (sale === null) return this.#desk.refuse('sale-not-finished');
    if (sale.receipt !== 'none') return this.#desk.refuse('nothing-to-answer');
    return this.#intendAndGo(sale.saleId, 'receipt');
  }

  /** The law's exception: the whole sum was paid by an integrated payment, and the customer wants no receipt (13030). */
  decline(): CommandAnswer {
    const sale = this.#desk.register.finishedSale;
    if (sale === null) return this.#desk.refuse('sale-not-finished');
    if (!isWhollyIntegrated(sale)) return this.#desk.refuse('receipt-required');
    if (sale.receipt !== 'none') return this.#desk.refuse('nothing-to-answer');
    this.#record([{ type: 'receipt.declined', version: 1, payload: { saleId: sale.saleId } }]);
    this.#desk.changed();
    return DONE;
  }

  /** The one copy that the law allows, marked KOPI. */
  printCopy(command: Extract<Command, { type: 'print-copy' }>): CommandAnswer {
    const { register } = this.#desk;
    const sale = register.sales.get(command.saleId) ?? this.#saleOnDisk(command.saleId);
    if (sale === null) return this.#desk.refuse('unknown-sale');
    if (sale.status !== 'completed') return this.#desk.refuse('sale-not-finished');
    if (sale.copyIntended) return this.#desk.refuse('copy-already-printed');
    if (sale.receipt === 'none' || (sale.receipt === 'intended' && register.jobsOf(sale.saleId).some((job) => !isDone(job))))
      return this.#desk.refuse('answer-first');
    register.sales.set(sale.saleId, sale);
    return this.#intendAndGo(sale.saleId, 'copy');
  }

  /** A person looked at the paper. A receipt that did not come is printed once more, as the copy; a copy is sent again. */
  answer(command: Extract<Command, { type: 'answer-print' }>): CommandAnswer {
    const { register } = this.#desk;
    const job = register.jobs.get(command.jobId);
    if (job?.state !== 'unknown') return this.#desk.refuse('nothing-to-answer');
    const { jobId, saleId } = job;
    const sale = register.sales.get(saleId) ?? this.#saleOnDisk(saleId);
    const replace = !command.paperCame && job.what === 'receipt' && sale !== null && !sale.copyIntended;
    const replacedBy = replace ? this.#desk.newId() : null;
    this.#record([
      { type: 'receipt.print-answered', version: 1, payload: { jobId, paperCame: command.paperCame, replacedBy } },
      ...(replacedBy === null ? [] : [this.#intention(saleId, 'copy', replacedBy)]),
    ]);
    this.#desk.changed();
    this.#printNext();
    return DONE;
  }

  /** From the finished sale to the next customer; `null` when the way is free. */
  nextCustomer(): CommandAnswer | null {
    const { register } = this.#desk;
    const sale = register.finishedSale;
    if (sale === null) return null;
    if (!this.mayContinue(sale)) return this.#desk.refuse('receipt-required');
    register.forgetFinished();
    register.notice = null;
    register.newestLineId = null;
    return null;
  }

  /** No sale ends without its receipt, but for the law's exception: then its paper may come when the printer can. */
  mayContinue(sale: Sale): boolean {
    if (sale.receipt === 'declined') return true;
    if (sale.receipt === 'none') return false;
    const jobs = this.#desk.register.jobsOf(sale.saleId);
    return jobs.every(isDone) || (isWhollyIntegrated(sale) && jobs.every((job) => job.state !== 'unknown'));
  }

  /** A receipt's paper as text: of the same bytes that a printer gets. */
  textOf(saleId: string): string | null {
    const sale = this.#desk.register.sales.get(saleId) ?? this.#saleOnDisk(saleId);
    if (sale === null || sale.status !== 'completed') return null;
    return this.#desk.ports.paperText(this.#bytes(sale, null));
  }

  /** A customer who is not there cannot say no: the receipt goes along with the goods. */
  #mayAsk(sale: Sale): boolean {
    return isWhollyIntegrated(sale) && !isPaidFromAfar(this.#desk, sale) && this.#desk.configuration.receipt.afterVipps === 'ask';
  }

  #intendAndGo(saleId: string, what: 'receipt' | 'copy'): CommandAnswer {
    this.#intend(saleId, what);
    this.#desk.changed();
    this.#printNext();
    return DONE;
  }

  /** The sale is complete and on disk, so it is told as such; a receipt that the disk does not take now is asked for by hand. */
  #intendWhenPossible(saleId: string): void {
    try {
      this.#intend(saleId, 'receipt');
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#desk.ports.log.write('error', 'receipt.intend', { saleId, message: error.message });
    }
  }

  #intend(saleId: string, what: 'receipt' | 'copy'): void {
    this.#record([this.#intention(saleId, what, this.#desk.newId())]);
  }

  #intention(saleId: string, what: 'receipt' | 'copy', jobId: string): ReceiptEvent {
    const sale = this.#desk.register.sales.get(saleId) ?? this.#saleOnDisk(saleId);
    // The digest is of the receipt itself: a copy differs from it by its mark and its own number, which it gets now.
    const sha256 = sale === null ? '' : this.#desk.ports.hasher.sha256Hex(this.#bytes(sale, null));
    return { type: 'receipt.print-intended', version: 1, payload: { jobId, saleId, what, sha256 } };
  }

  #record(events: readonly ReceiptEvent[]): void {
    const { register } = this.#desk;
    const { operatorId } = this.#desk.operator;
    register.append(
      events.map((event) => ({
        ...event,
        operator: operatorId,
        ...(event.type === 'receipt.print-intended' && event.payload.what === 'copy' ? { series: 'copy' as const } : {}),
      })),
    );
  }

  #bytes(sale: Sale, copy: PrintJob | null): Uint8Array {
    const { configuration, ports } = this.#desk;
    const document = salesReceipt({
      sale,
      totals: saleTotals(sale),
      shop: configuration.shop,
      store: configuration.store,
      register: configuration.register,
      operatorName: this.#desk.operatorName(sale.completedBy ?? sale.operatorId),
      approverName: sale.returned?.approvedBy == null ? null : this.#desk.operatorName(sale.returned.approvedBy),
      language: 'nb', // the marks that the law prescribes are Norwegian, whatever the screens speak
      brandName: brandOf(configuration.shop.market).name,
      footer: configuration.receipt.footer,
      practice: movesNoMoney(configuration),
      copy:
        copy === null || copy.what !== 'copy'
          ? null
          : { number: copy.copyNumber ?? 0, printedAtMs: copy.intendedAtMs, offsetMinutes: ports.clock.offsetMinutes(copy.intendedAtMs) },
    });
    return ports.encodeDocument(document);
  }

  /** Prints the oldest job that waits; one at a time. A job that did not come out is tried again by and by. */
  #printNext(): void {
    if (this.#printing || this.#stopped) return;
    const { register, ports } = this.#desk;
    const job = [...register.jobs.values()].find(({ state }) => state === 'waiting');
    if (job === undefined) return;
    const sale = register.sales.get(job.saleId) ?? this.#saleOnDisk(job.saleId);
    if (sale === null) return;
    this.#printing = true;
    this.#print(job, sale)
      .catch((error: unknown) => {
        if (!(error instanceof StorageError))
          ports.log.write('error', 'receipt.print', { message: error instanceof Error ? error.message : 'unknown' });
        return false;
      })
      .then((cameOut) => {
        this.#printing = false;
        this.#desk.changed();
        if (cameOut) this.#printNext();
        else ports.timers.after(RETRY_MS, () => this.#printNext());
      });
  }

  async #print(job: PrintJob, sale: Sale): Promise<boolean> {
    const { jobId } = job;
    if (NOT_READY.has(this.#desk.ports.printer.status().state)) return false;
    const bytes = this.#bytes(sale, job);
    this.#record([{ type: 'receipt.print-started', version: 1, payload: { jobId } }]);
    this.#desk.changed();
    const outcome = await this.#desk.ports.printer.print(bytes);
    await this.#recordInTheEnd(outcomeEvent(jobId, outcome));
    return outcome.kind !== 'not-printed';
  }

  /** What the paper came to is known now and never again: a disk that does not take it is asked until it does. */
  async #recordInTheEnd(event: ReceiptEvent): Promise<void> {
    while (!this.#stopped) {
      try {
        this.#record([event]);
        return;
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        await new Promise<void>((resolve) => {
          this.#desk.ports.timers.after(RETRY_MS, resolve);
        });
      }
    }
  }
}

/** In these states bytes would be lost or half printed: the job waits without having been sent. */
const NOT_READY: ReadonlySet<string> = new Set(['offline', 'paper-out', 'cover-open', 'error', 'gone']);

function outcomeEvent(jobId: string, outcome: PrintOutcome): ReceiptEvent {
  switch (outcome.kind) {
    case 'printed':
      return { type: 'receipt.printed', version: 1, payload: { jobId } };
    case 'not-printed':
      return { type: 'receipt.not-printed', version: 1, payload: { jobId, reason: outcome.reason } };
    case 'unknown':
      return { type: 'receipt.print-unknown', version: 1, payload: { jobId, reason: outcome.reason } };
  }
}

/** The amount was sent from the register and the result came back by itself, for all of the sale. */
export function isWhollyIntegrated(sale: Sale): boolean {
  if (sale.returned !== undefined) return false; // a return has its receipt, always
  return sale.tenders.length > 0 && sale.tenders.every((tender) => tender.kind === 'vipps');
}
