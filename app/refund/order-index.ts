/**
 * From a register's entries to the orders that any store can find. Entries come in the journal's own order and each once,
 * however they were sent, so what comes out depends on the journal alone.
 */
import type { Entry } from '../journal/entry.ts';
import { applyPaymentEvent, paymentIdOf } from '../payment/apply.ts';
import { isFinal, type Payment } from '../payment/payment.ts';
import { applySaleEvent, saleIdOf } from '../sale/apply.ts';
import { receiptSeriesOf, type Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import { assertOrder, assertPayment, assertTakenBack, isText, NotKeepableError } from './keepable.ts';
import { dateOf, type Month, monthOf, monthOfReference, orderIdOf } from './names.ts';
import type { TenderKind } from './shares.ts';
import { CREDIT_TENDER_NO, creditOreOf, type TakenBack, takenBackOf } from './taken-back.ts';

export interface OrderLine {
  readonly lineNo: number;
  readonly articleNumber: string;
  readonly ean: string | null;
  readonly name: string;
  readonly unit: string;
  readonly quantityMilli: number;
  readonly unitPriceOre: number;
  readonly netOre: number;
  readonly vatBasisPoints: number;
}

export interface OrderTender {
  readonly tenderNo: number;
  readonly kind: TenderKind;
  readonly amountOre: number;
  readonly reference: string | null;
}

/**
 * A completed sale of goods. Of an exchange its new goods: what returned goods paid of them stands among its tenders as cash,
 * since that is how it would be given back.
 */
export interface Order {
  readonly orderId: string;
  readonly month: Month;
  readonly saleId: string;
  readonly receiptNumber: number;
  readonly completedAtMs: number;
  /** Local, `YYYY-MM-DD`. */
  readonly date: string;
  readonly totalOre: number;
  readonly operator: string;
  /** The entry that completed it. */
  readonly seq: number;
  readonly lines: readonly OrderLine[];
  readonly tenders: readonly OrderTender[];
}

/** A payment that was read back as captured, with what the provider must be told of it again. */
export interface CapturedPayment {
  readonly reference: string;
  readonly month: Month;
  readonly orderAmountOre: number;
  readonly capturedOre: number;
  readonly capturedAtMs: number;
  readonly currency: string;
  readonly text: string;
}

/** An entry that is no part of any order that this program can make of it. It is kept, and a person must look. */
export interface IndexAlarm {
  readonly seq: number;
  readonly what: 'not-understood' | 'impossible' | 'not-its-prefix';
  readonly details: string;
}

/** What is not finished yet: kept from one batch to the next. */
export interface Unfinished {
  readonly sales: ReadonlyMap<string, Sale>;
  readonly payments: ReadonlyMap<string, Payment>;
}

export interface IndexStep {
  readonly orders: readonly Order[];
  readonly captured: readonly CapturedPayment[];
  /** Goods that came back in the sales that were completed. */
  readonly takenBack: readonly TakenBack[];
  readonly alarms: readonly IndexAlarm[];
  /** As they stand now; `null` is finished, and forgotten. Only those that changed. */
  readonly sales: ReadonlyMap<string, Sale | null>;
  readonly payments: ReadonlyMap<string, Payment | null>;
}

/** Which unfinished sales and payments a batch is about. */
export function concerned(entries: readonly Entry[]): { readonly saleIds: readonly string[]; readonly paymentIds: readonly string[] } {
  const saleIds = new Set<string>();
  const paymentIds = new Set<string>();
  for (const entry of entries) {
    const [saleId, paymentId] = [saleIdOf(entry), paymentIdOf(entry)];
    if (isText(saleId)) saleIds.add(saleId);
    if (isText(paymentId)) paymentIds.add(paymentId);
  }
  return { saleIds: [...saleIds], paymentIds: [...paymentIds] };
}

/** One batch: new entries of one register, in order, on what was unfinished before them. */
export function indexEntries(
  register: { readonly storeId: string; readonly registerId: string },
  unfinished: Unfinished,
  entries: readonly Entry[],
): IndexStep {
  const sales = new Map<string, Sale | null>();
  const payments = new Map<string, Payment | null>();
  const orders: Order[] = [];
  const captured: CapturedPayment[] = [];
  const takenBack: TakenBack[] = [];
  const alarms: IndexAlarm[] = [];
  const prefix = `${register.storeId}-${register.registerId}-`;

  function onSale(entry: Entry): void {
    const saleId = saleIdOf(entry);
    if (saleId === null) return;
    assertId(saleId);
    const before = sales.has(saleId) ? (sales.get(saleId) ?? null) : (unfinished.sales.get(saleId) ?? null);
    // What comes after the end of a sale (its paper, a payment that is watched) changes no order.
    if (before === null && entry.type !== 'sale.opened' && entry.type !== 'sale.completed') return;
    const sale = applySaleEvent(before, entry);
    sales.set(saleId, sale.status === 'completed' || sale.status === 'aborted' ? null : sale);
    if (entry.type !== 'sale.completed') return;
    if (receiptSeriesOf(sale) === 'sale') {
      const order = orderOf(register, sale, entry);
      assertOrder(order);
      orders.push(order);
    }
    const back = takenBackOf(sale, entry);
    if (back === null) return;
    assertTakenBack(back, prefix);
    takenBack.push(back);
  }

  function onPayment(entry: Entry): void {
    const paymentId = paymentIdOf(entry);
    if (paymentId === null) return;
    assertId(paymentId);
    const before = payments.has(paymentId) ? (payments.get(paymentId) ?? null) : (unfinished.payments.get(paymentId) ?? null);
    if (before === null && entry.type !== 'payment.planned') return;
    const payment = applyPaymentEvent(before, entry);
    payments.set(paymentId, isFinal(payment) ? null : payment);
    if (entry.type !== 'payment.captured') return;
    const { reference, amountOre, currency, text } = payment.order;
    // A stolen key must not be able to call another register's payment its own.
    if (!reference.startsWith(prefix)) {
      alarms.push({ seq: entry.seq, what: 'not-its-prefix', details: reference });
      return;
    }
    const told: CapturedPayment = {
      reference,
      month: monthOfReference(reference) ?? monthOf(entry.atMs, entry.offsetMinutes),
      orderAmountOre: amountOre,
      capturedOre: entry.payload.capturedOre,
      capturedAtMs: entry.atMs,
      currency,
      text,
    };
    assertPayment(told);
    captured.push(told);
  }

  for (const entry of entries) {
    try {
      onSale(entry);
      onPayment(entry);
    } catch (error) {
      // A newer register, or a defect. Its journal goes on being kept; an order may be missing until it is read anew.
      const what = error instanceof NotKeepableError ? 'impossible' : 'not-understood';
      alarms.push({ seq: entry.seq, what, details: `${entry.type}: ${error instanceof Error ? error.message : ''}` });
    }
  }
  return { orders, captured, takenBack, alarms, sales, payments };
}

function assertId(id: unknown): void {
  if (!isText(id)) throw new NotKeepableError('an id is not what a register writes');
}

function orderOf(register: { readonly storeId: string; readonly registerId: string }, sale: Sale, entry: Entry): Order {
  const totals = saleTotals(sale);
  const creditOre = creditOreOf(sale);
  const month = monthOf(entry.atMs, entry.offsetMinutes);
  return {
    orderId: orderIdOf({ ...register, month, epoch: entry.epoch, saleNumber: sale.saleNumber }),
    month,
    saleId: sale.saleId,
    receiptNumber: sale.receiptNumber ?? 0,
    completedAtMs: entry.atMs,
    date: dateOf(entry.atMs, entry.offsetMinutes),
    totalOre: totals.totalOre + totals.returnedOre,
    operator: entry.operator,
    seq: entry.seq,
    lines: sale.lines.map((line, index) => ({
      lineNo: index + 1,
      articleNumber: line.articleNumber,
      ean: line.ean,
      name: line.name,
      unit: line.unit,
      quantityMilli: line.quantityMilli,
      unitPriceOre: line.unitPriceOre,
      netOre: totals.lines[index]?.netOre ?? 0,
      vatBasisPoints: line.vatBasisPoints,
    })),
    tenders: [
      ...sale.tenders.flatMap((tender, index) =>
        tender.kind === 'refund'
          ? []
          : [
              {
                tenderNo: index + 1,
                kind: tender.kind,
                amountOre: tender.amountOre,
                reference: tender.kind === 'vipps' ? tender.reference : null,
              },
            ],
      ),
      ...(creditOre === 0 ? [] : [{ tenderNo: CREDIT_TENDER_NO, kind: 'cash' as const, amountOre: creditOre, reference: null }]),
    ],
  };
}
