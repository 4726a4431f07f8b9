/**
 * A day at the till by chance: whatever the reducers allow may happen, in any order. Every group of entries is one
 * append. The choices come from outside, so that a failing day can be shrunk.
 */
import type { NewEntry } from '../../../app/journal/entry.ts';
import type { JournalEvent } from '../../../app/journal/events.ts';
import { roundForCash } from '../../../app/money/cash.ts';
import { applyPaymentEvent, paymentIdOf } from '../../../app/payment/apply.ts';
import { isAlive, type Payment } from '../../../app/payment/payment.ts';
import { applyPrintEvent, type PrintJob, printJobIdOf } from '../../../app/receipt/print-job.ts';
import { applySaleEvent, type Recorded, saleIdOf } from '../../../app/sale/apply.ts';
import type { Sale } from '../../../app/sale/sale.ts';
import { saleTotals } from '../../../app/sale/totals.ts';

const RATES = [2500, 1500, 1200, 1111, 0];
const DRAWER_EVENTS = 6;
const TROUBLE = { code: 'lost', message: 'ingen svar 🙈', traceId: null, sinceMs: 1 };

/** Each choice is one step; a step that is not possible at that moment is left out. */
export function randomDay(choices: readonly number[]): NewEntry[][] {
  const day = new Day();
  return choices.map((choice) => day.step(choice)).filter((group) => group.length > 0);
}

class Day {
  readonly #sales = new Map<string, Sale>();
  readonly #payments = new Map<string, Payment>();
  readonly #jobs = new Map<string, PrintJob>();
  #count = 0;

  step(choice: number): NewEntry[] {
    const kind = choice % 4;
    const rest = Math.floor(choice / 4);
    const events = kind < 2 ? this.#saleStep(rest) : kind === 2 ? this.#paymentStep(rest) : this.#otherStep(rest);
    return this.#possible(events) ? events.map((event) => this.#toNewEntry(event)) : [];
  }

  /** Tries the events on copies of what is known, and keeps them when all of them fit. */
  #possible(events: readonly JournalEvent[]): boolean {
    if (events.length === 0) return false;
    const sales = new Map(this.#sales);
    const payments = new Map(this.#payments);
    const jobs = new Map(this.#jobs);
    try {
      for (const event of events) {
        const recorded: Recorded = { ...event, atMs: 0, offsetMinutes: 60, operator: 'kari', document: null };
        const [saleId, paymentId, jobId] = [saleIdOf(event), paymentIdOf(event), printJobIdOf(recorded)];
        if (saleId !== null) sales.set(saleId, applySaleEvent(sales.get(saleId) ?? null, recorded));
        if (paymentId !== null) payments.set(paymentId, applyPaymentEvent(payments.get(paymentId) ?? null, recorded));
        if (jobId !== null) jobs.set(jobId, applyPrintEvent(jobs.get(jobId) ?? null, recorded));
      }
    } catch {
      return false;
    }
    for (const [id, sale] of sales) this.#sales.set(id, sale);
    for (const [id, payment] of payments) this.#payments.set(id, payment);
    for (const [id, job] of jobs) this.#jobs.set(id, job);
    return true;
  }

  #toNewEntry(event: JournalEvent): NewEntry {
    const operator = 'kari';
    if (event.type === 'sale.completed') {
      const { totalOre, vatOre } = event.payload;
      return { ...event, operator, series: 'sale', amounts: { inclVatOre: totalOre, exclVatOre: totalOre - vatOre } };
    }
    if (event.type === 'receipt.print-intended' && event.payload.what === 'copy') return { ...event, operator, series: 'copy' };
    return { ...event, operator };
  }

  #saleStep(choice: number): JournalEvent[] {
    const open = [...this.#sales.values()].find(({ status }) => status === 'open');
    const parked = [...this.#sales.values()].find(({ status }) => status === 'parked');
    this.#count += 1;
    if (open === undefined) {
      if (parked !== undefined && choice % 3 === 0) return [{ type: 'sale.resumed', version: 1, payload: { saleId: parked.saleId } }];
      return [{ type: 'sale.opened', version: 1, payload: { saleId: `s${this.#count}`, saleNumber: this.#sales.size + 1 } }];
    }
    return this.#openSaleStep(open, choice % 12, Math.floor(choice / 12));
  }

  #openSaleStep({ saleId, lines, tenders, ...sale }: Sale, which: number, choice: number): JournalEvent[] {
    const last = lines.at(-1)?.lineId ?? 'none';
    switch (which) {
      case 0:
        return [{ type: 'sale.line-quantity-changed', version: 1, payload: { saleId, lineId: last, quantityMilli: 1 + (choice % 5000) } }];
      case 1:
        return [{ type: 'sale.line-removed', version: 1, payload: { saleId, lineId: last } }];
      case 2:
        return [
          {
            type: 'sale.line-discounted',
            version: 1,
            payload: { saleId, lineId: last, discount: { kind: 'percent', basisPoints: 1000, reason: 'skadet' } },
          },
        ];
      case 3:
        return [
          {
            type: 'sale.discounted',
            version: 1,
            payload: { saleId, discount: { kind: 'amount', amountOre: 1 + (choice % 900), reason: 'kupong' } },
          },
        ];
      case 4:
        return [{ type: 'sale.parked', version: 1, payload: { saleId } }];
      case 5:
        return [
          {
            type: 'sale.aborted',
            version: 1,
            payload: { saleId, totalOre: saleTotals({ lines, tenders, discount: sale.discount }).totalOre },
          },
        ];
      case 6:
        return this.#complete({ saleId, lines, tenders, ...sale });
      case 7:
        return [{ type: 'sale.age-confirmed', version: 1, payload: { saleId, years: 18, articleNumber: '1' } }];
      default:
        return [
          {
            type: 'sale.line-added',
            version: 1,
            payload: {
              saleId,
              line: {
                lineId: `l${this.#count}`,
                articleNumber: String(choice % 200),
                ean: null,
                name: 'Øl på brett "6" \\ €',
                groupId: 'drikke',
                groupName: 'Drikke',
                unit: 'stk',
                weighed: false,
                quantityMilli: 1000 * (1 + (choice % 4)),
                unitPriceOre: choice % 20_000,
                vatBasisPoints: RATES[choice % RATES.length] ?? 0,
                discount: null,
                depositForLineId: null,
                fixedGrossOre: null,
              },
            },
          },
        ];
    }
  }

  #complete(sale: Sale): JournalEvent[] {
    const { saleId } = sale;
    const { totalOre, vatOre, dueOre } = saleTotals(sale);
    const dueInCashOre = roundForCash(dueOre, 'NOK');
    const roundingOre = dueInCashOre - dueOre;
    return [
      {
        type: 'sale.tender-added',
        version: 1,
        payload: {
          saleId,
          tender: { kind: 'cash', tenderId: `t${this.#count}`, amountOre: dueOre, roundingOre, receivedOre: dueInCashOre, changeOre: 0 },
        },
      },
      { type: 'sale.completed', version: 1, payload: { saleId, totalOre, vatOre, roundingOre } },
      { type: 'receipt.print-intended', version: 1, payload: { jobId: `j${this.#count}`, saleId, what: 'receipt', sha256: 'ab' } },
    ];
  }

  #paymentStep(choice: number): JournalEvent[] {
    const open = [...this.#sales.values()].find(({ status }) => status === 'open');
    const current = [...this.#payments.values()].findLast(isAlive) ?? [...this.#payments.values()].at(-1);
    if (open !== undefined && (current === undefined || (!isAlive(current) && choice % 2 === 0))) {
      this.#count += 1;
      const paymentId = `p${this.#count}`;
      const order = { reference: `gr-1-2611-abcd-${this.#count}-1`, amountOre: 100, currency: 'NOK', text: 'Takk' } as const;
      return [
        { type: 'payment.planned', version: 1, payload: { paymentId, saleId: open.saleId, attempt: open.paymentAttempts + 1, order } },
        { type: 'payment.create-intended', version: 1, payload: { paymentId } },
      ];
    }
    if (current === undefined) return [];
    const events = paymentEvents(current.paymentId);
    const event = events[choice % events.length];
    return event === undefined ? [] : [event];
  }

  #otherStep(choice: number): JournalEvent[] {
    const job = [...this.#jobs.values()].at(-1);
    const completed = [...this.#sales.values()].findLast(({ status }) => status === 'completed');
    const jobId = job?.jobId ?? 'none';
    this.#count += 1;
    const all: JournalEvent[] = [
      { type: 'register.setting-changed', version: 1, payload: { name: `n${choice % 3}`, value: String(choice) } },
      { type: 'operator.signed-in', version: 1, payload: { operatorId: 'ola', name: 'Ola' } },
      { type: 'receipt.print-started', version: 1, payload: { jobId } },
      { type: 'receipt.printed', version: 1, payload: { jobId } },
      { type: 'receipt.not-printed', version: 1, payload: { jobId, reason: 'paper-out' } },
      { type: 'receipt.print-unknown', version: 1, payload: { jobId, reason: 'gone' } },
      {
        type: 'receipt.print-answered',
        version: 1,
        payload: { jobId, paperCame: choice % 3 === 0, replacedBy: choice % 2 === 0 ? 'x' : null },
      },
      {
        type: 'receipt.print-intended',
        version: 1,
        payload: { jobId: `c${this.#count}`, saleId: completed?.saleId ?? 'none', what: 'copy', sha256: 'cd' },
      },
    ];
    const event = [...all, ...this.#drawerEvents(choice)][choice % (all.length + DRAWER_EVENTS)];
    return event === undefined ? [] : [event];
  }

  #drawerEvents(choice: number): JournalEvent[] {
    const openingId = `d${this.#count - 1 - (choice % 3)}`;
    const note = choice % 2 === 0 ? null : 'Mynt';
    return [
      {
        type: 'drawer.open-intended',
        version: 1,
        payload: { openingId: `d${this.#count}`, why: 'no-sale', saleId: null, reason: note === null ? 'check' : 'other', note },
      },
      { type: 'drawer.open-sent', version: 1, payload: { openingId } },
      { type: 'drawer.not-opened', version: 1, payload: { openingId, reason: 'offline' } },
      { type: 'drawer.open-unknown', version: 1, payload: { openingId, reason: 'restart' } },
      { type: 'drawer.opened', version: 1, payload: { how: 'by-hand', openingId: null } },
      { type: 'drawer.shut', version: 1, payload: { openMs: choice } },
    ];
  }
}

function paymentEvents(paymentId: string): JournalEvent[] {
  const key = `${paymentId}-k`;
  return [
    { type: 'payment.created', version: 1, payload: { paymentId, url: 'https://example.invalid/pay' } },
    { type: 'payment.create-unknown', version: 1, payload: { paymentId, trouble: TROUBLE } },
    { type: 'payment.opened', version: 1, payload: { paymentId } },
    { type: 'payment.cancel-requested', version: 1, payload: { paymentId } },
    { type: 'payment.approved', version: 1, payload: { paymentId, authorisedOre: 100, transactionId: '5001', ask: false } },
    { type: 'payment.capture-intended', version: 1, payload: { paymentId, key, captureOre: 100 } },
    { type: 'payment.capture-unknown', version: 1, payload: { paymentId, trouble: TROUBLE } },
    { type: 'payment.capture-refused', version: 1, payload: { paymentId, trouble: TROUBLE } },
    { type: 'payment.captured', version: 1, payload: { paymentId, capturedOre: 100, transactionId: null, ask: true } },
    { type: 'payment.release-intended', version: 1, payload: { paymentId, key, why: 'cashier', evenIfApproved: true } },
    { type: 'payment.release-unknown', version: 1, payload: { paymentId, trouble: TROUBLE } },
    { type: 'payment.released', version: 1, payload: { paymentId, wasApproved: true } },
    { type: 'payment.declined', version: 1, payload: { paymentId, reason: 'no-cover', errorCode: null, watchUntilMs: null } },
    { type: 'payment.kept', version: 1, payload: { paymentId } },
    { type: 'payment.keep-requested', version: 1, payload: { paymentId } },
    { type: 'payment.partly-given-back', version: 1, payload: { paymentId, leftOre: 50 } },
    { type: 'payment.refund-intended', version: 1, payload: { paymentId, key, amountOre: 100 } },
    { type: 'payment.refund-unknown', version: 1, payload: { paymentId, trouble: TROUBLE } },
    { type: 'payment.refunded', version: 1, payload: { paymentId, key, amountOre: 100 } },
    { type: 'payment.refund-refused', version: 1, payload: { paymentId, key, trouble: TROUBLE } },
    { type: 'payment.watch-started', version: 1, payload: { paymentId, untilMs: 99 } },
    { type: 'payment.watch-ended', version: 1, payload: { paymentId, appeared: false } },
  ];
}
