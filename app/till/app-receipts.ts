/**
 * Receipts in customers' apps that could not go along with the payment: after its sale is complete each is sent, again and
 * again with growing waits, through restarts, until the provider has it. What it refuses for good, and what it has not taken
 * for a week, is left, with a line in the log. Nothing waits for it, and nobody at the counter is told: the paper is the receipt.
 */
import type { NewEntry } from '../journal/entry.ts';
import type { AppReceiptEvent } from '../journal/events.ts';
import { keptOre, type Payment } from '../payment/payment.ts';
import type { Answer, CreationExtras, PaymentOrder, PaymentProvider } from '../payment/provider.ts';
import { receiptAfterwards, receiptForCreation } from '../receipt/app-receipt.ts';
import type { AppReceiptTask } from '../receipt/app-receipt-task.ts';
import type { Sale } from '../sale/sale.ts';
import type { Desk } from './desk.ts';
import type { Timer } from './ports.ts';

/** Before the second try, the third and so on; then the last one for ever. */
const WAITS_MS = [10_000, 60_000, 300_000, 900_000, 3_600_000] as const;
const LONGEST_WAIT_MS = 3_600_000;
/** How long a receipt is tried: a shop may be offline over a weekend and a holiday. */
export const TRIED_FOR_MS = 604_800_000;
/** Our own mistake, or the sale's: asking again gives the same. Keys may be mended, and an order may appear late. */
const REFUSED_FOR_GOOD: ReadonlySet<number | null> = new Set([null, 400, 405, 410, 415, 422]);

/** What of the journal is looked up. */
interface Records {
  sale(saleId: string): Sale | null;
  payment(paymentId: string): Payment | null;
}

export class AppReceipts {
  readonly #desk: Desk;
  readonly #provider: PaymentProvider | null;
  readonly #records: Records;
  /** How often each was tried by this process, and when it is due, on the monotonic clock. */
  readonly #tries = new Map<string, { readonly count: number; readonly dueMs: number }>();
  #timer: Timer | null = null;
  #busy = false;
  #stopped = false;

  constructor(desk: Desk, provider: PaymentProvider | null, records: Records) {
    this.#desk = desk;
    this.#provider = provider;
    this.#records = records;
  }

  /** What an order says of its receipt: that of a part of a sale comes when the sale is complete. */
  atCreation(sale: Sale, amountOre: number): Pick<PaymentOrder, 'receipt'> {
    if (!this.#desk.configuration.receipt.inApp || this.#provider?.receiptAtCreation !== true) return {};
    return receiptForCreation(sale, amountOre) === null ? {} : { receipt: 'at-creation' };
  }

  /** What goes along with the creation of a payment whose order says so. */
  linesOf({ order, saleId }: Payment): CreationExtras['receipt'] {
    const sale = this.#desk.register.sales.get(saleId);
    return order.receipt === 'at-creation' && sale !== undefined ? receiptForCreation(sale, order.amountOre) : null;
  }

  /** What belongs into the entry that completes a sale: its payments by phone whose creation said nothing, or something else by now. */
  intended(sale: Sale): readonly AppReceiptEvent[] {
    if (!this.#desk.configuration.receipt.inApp || this.#provider?.addReceipt === undefined) return [];
    return sale.tenders.flatMap((tender): AppReceiptEvent[] => {
      if (tender.kind !== 'vipps' || receiptAfterwards(sale, tender.tenderId) === null) return [];
      const order = this.#desk.register.payments.get(tender.tenderId)?.order;
      const isThere = order?.receipt === 'at-creation' && order.amountOre === tender.amountOre;
      if (isThere && receiptForCreation(sale, tender.amountOre) !== null) return [];
      return [{ type: 'app-receipt.intended', version: 1, payload: { paymentId: tender.tenderId, saleId: sale.saleId } }];
    });
  }

  /** Sends what is due: at the start, after a sale was completed. Whoever has been refused a moment ago is not asked sooner for it. */
  wake(): void {
    if (this.#stopped || this.#busy || this.#provider?.addReceipt === undefined) return;
    this.#timer?.cancel();
    this.#timer = null;
    const waiting = [...this.#desk.register.appReceipts.values()];
    const [next] = waiting.sort((a, b) => this.#dueMs(a) - this.#dueMs(b) || a.intendedAtMs - b.intendedAtMs);
    if (next === undefined) return;
    const { clock, timers, log } = this.#desk.ports;
    const waitMs = this.#dueMs(next) - clock.monotonicMs();
    if (waitMs > 0) {
      this.#timer = timers.after(waitMs, () => this.wake());
      return;
    }
    this.#busy = true;
    this.#send(next)
      .catch((error: unknown) => {
        const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
        log.write('error', 'app-receipt.outbox', { message });
        this.#later(next, null);
      })
      .finally(() => {
        this.#busy = false;
        this.wake();
      });
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #dueMs({ paymentId }: AppReceiptTask): number {
    return this.#tries.get(paymentId)?.dueMs ?? Number.MIN_SAFE_INTEGER;
  }

  async #send(task: AppReceiptTask): Promise<void> {
    const sale = this.#records.sale(task.saleId);
    const payment = this.#records.payment(task.paymentId);
    const receipt = sale === null ? null : receiptAfterwards(sale, task.paymentId);
    if (payment?.state !== 'captured' || receipt === null || this.#provider?.addReceipt === undefined) {
      this.#record({ type: 'app-receipt.left', version: 1, payload: { paymentId: task.paymentId, code: 'local:no-receipt' } });
      return;
    }
    const answer = await this.#provider.addReceipt(payment.order, keptOre(payment), receipt);
    if (this.#stopped) return;
    if (answer.kind === 'ok') {
      const alreadyThere = answer.value === 'there-already';
      this.#record({ type: 'app-receipt.sent', version: 1, payload: { paymentId: task.paymentId, alreadyThere } });
      return;
    }
    if (!this.#isHopeless(task, answer)) {
      this.#later(task, answer.kind === 'retryable' ? answer.retryAfterMs : null);
      return;
    }
    const { code, message, traceId } = answer.error;
    const { reference } = payment.order;
    // Nobody has to do anything: the customer has the receipt on paper, or has said no to it.
    this.#desk.ports.log.write('warn', 'app-receipt.left', { reference, code, message, traceId });
    this.#record({ type: 'app-receipt.left', version: 1, payload: { paymentId: task.paymentId, code } });
  }

  #isHopeless(task: AppReceiptTask, answer: Exclude<Answer<unknown>, { kind: 'ok' }>): boolean {
    if (answer.kind === 'refused' && REFUSED_FOR_GOOD.has(answer.error.httpStatus)) return true;
    return this.#desk.ports.clock.nowMs() - task.intendedAtMs >= TRIED_FOR_MS;
  }

  #later({ paymentId }: AppReceiptTask, toldMs: number | null): void {
    const count = (this.#tries.get(paymentId)?.count ?? 0) + 1;
    const waitMs = Math.max(WAITS_MS[count - 1] ?? LONGEST_WAIT_MS, toldMs ?? 0);
    this.#tries.set(paymentId, { count, dueMs: this.#desk.ports.clock.monotonicMs() + waitMs });
  }

  #record(event: AppReceiptEvent): void {
    const entry: NewEntry = { ...event, operator: 'system' };
    this.#desk.register.append([entry]);
    this.#tries.delete(event.payload.paymentId);
  }
}
