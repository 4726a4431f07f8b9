/** What a batch of a journal has come to: its orders and captured payments, in one statement a table. */
import { sql } from 'kysely';
import { monthOfReference } from '../../app/refund/names.ts';
import type { CapturedPayment, IndexStep, Order } from '../../app/refund/order-index.ts';
import { raiseAlarm } from './audit.ts';
import type { Office, Register } from './office.ts';
import type { Tx } from './store/store.ts';

/**
 * Keeps them, within the register's own turn: names begin with the register, so nobody else writes the same ones meanwhile.
 * What a register tells a second time in other entries is what it told first.
 */
export async function keepOrders({ store, clock }: Office, tx: Tx, register: Register, step: IndexStep): Promise<void> {
  const { registerNo, storeId, registerId } = register;
  const alarm = (what: string, details: string) => raiseAlarm(tx, clock.nowMs(), registerNo, `journal.${what}`, details);
  const payments = await newPayments(tx, storeId, step.captured);
  const paid = paidBy(step.orders);
  await store.append(
    tx,
    'payments',
    payments.map((payment) => ({
      month: payment.month,
      reference: payment.reference,
      store_id: storeId,
      register_no: registerNo,
      order_amount_ore: payment.orderAmountOre,
      captured_ore: payment.capturedOre,
      captured_ms: payment.capturedAtMs,
      currency: payment.currency,
      text: payment.text,
      order_month: paid.get(payment.reference)?.month ?? null,
      order_id: paid.get(payment.reference)?.orderId ?? null,
    })),
  );
  const orders = await newOrders(tx, step.orders);
  await store.append(
    tx,
    'orders',
    orders.map((order) => ({
      month: order.month,
      order_id: order.orderId,
      store_id: storeId,
      register_id: registerId,
      register_no: registerNo,
      sale_id: order.saleId,
      receipt_number: order.receiptNumber,
      completed_ms: order.completedAtMs,
      date: order.date,
      total_ore: order.totalOre,
      operator: order.operator,
      seq: order.seq,
    })),
  );
  await store.append(
    tx,
    'order_lines',
    orders.flatMap(({ month, orderId, date, completedAtMs, lines }) =>
      lines.map((line) => ({
        month,
        order_id: orderId,
        store_id: storeId,
        date,
        completed_ms: completedAtMs,
        line_no: line.lineNo,
        article_number: line.articleNumber,
        ean: line.ean,
        name: line.name,
        unit: line.unit,
        quantity_milli: line.quantityMilli,
        unit_price_ore: line.unitPriceOre,
        net_ore: line.netOre,
        vat_basis_points: line.vatBasisPoints,
      })),
    ),
  );
  await store.append(
    tx,
    'order_tenders',
    orders.flatMap(({ month, orderId, tenders }) =>
      tenders.map(({ tenderNo, kind, amountOre, reference }) => ({
        month,
        order_id: orderId,
        tender_no: tenderNo,
        kind,
        amount_ore: amountOre,
        reference,
      })),
    ),
  );
  const arrived = new Set(payments.map(({ reference }) => reference));
  for (const { orderId, month, tenders } of step.orders) {
    for (const { reference } of tenders) {
      // Most payments are captured and pay their order in one batch.
      if (reference === null || (arrived.has(reference) && paid.get(reference)?.orderId === orderId)) continue;
      if (await linkPayment(tx, storeId, reference, month, orderId)) continue;
      await alarm('paid-elsewhere', `${reference} is not there, or has paid another order than ${orderId}`);
    }
  }
  for (const { seq, what, details } of step.alarms) await alarm(what, `entry ${seq}: ${details}`);
}

/** Which order of a batch a payment pays: the first that names it. */
function paidBy(orders: readonly Order[]): ReadonlyMap<string, Order> {
  const paid = new Map<string, Order>();
  for (const order of orders) {
    for (const { reference } of order.tenders) if (reference !== null && !paid.has(reference)) paid.set(reference, order);
  }
  return paid;
}

async function newPayments(tx: Tx, storeId: string, captured: readonly CapturedPayment[]): Promise<readonly CapturedPayment[]> {
  const firsts = firstOfEach(captured, ({ reference }) => reference);
  if (firsts.length === 0) return [];
  const known = await tx
    .selectFrom('payments')
    .select('reference')
    .where('month', 'in', monthsOf(firsts))
    .where('store_id', '=', storeId)
    .where(
      'reference',
      'in',
      firsts.map(({ reference }) => reference),
    )
    .execute();
  const there = new Set(known.map(({ reference }) => reference));
  return firsts.filter(({ reference }) => !there.has(reference));
}

async function newOrders(tx: Tx, completed: readonly Order[]): Promise<readonly Order[]> {
  const firsts = firstOfEach(completed, ({ orderId }) => orderId);
  if (firsts.length === 0) return [];
  const known = await tx
    .selectFrom('orders')
    .select('order_id')
    .where('month', 'in', monthsOf(firsts))
    .where(
      'order_id',
      'in',
      firsts.map(({ orderId }) => orderId),
    )
    .execute();
  const there = new Set(known.map(({ order_id }) => order_id));
  return firsts.filter(({ orderId }) => !there.has(orderId));
}

const monthsOf = (these: readonly { readonly month: number }[]): number[] => [...new Set(these.map(({ month }) => month))];

function firstOfEach<Item>(items: readonly Item[], nameOf: (item: Item) => string): readonly Item[] {
  const firsts = new Map<string, Item>();
  for (const item of items) if (!firsts.has(nameOf(item))) firsts.set(nameOf(item), item);
  return [...firsts.values()];
}

/** A payment pays one order. `false`: it is not known as captured, or has paid another. */
async function linkPayment(tx: Tx, storeId: string, reference: string, month: number, orderId: string): Promise<boolean> {
  const linked = await sql<{ reference: string }>`
    UPDATE payments SET order_month = ${month}, order_id = ${orderId}
    WHERE month = ${monthOfReference(reference) ?? month} AND reference = ${reference} AND store_id = ${storeId}
      AND (order_id IS NULL OR order_id = ${orderId})
    RETURNING reference`.execute(tx);
  return linked.rows.length > 0;
}
