/** What a refund would come to, and why it may not be. Runs with the order held; it changes nothing. */
import { sql } from 'kysely';
import type { RefundAsk } from '../../app/refund/contract.ts';
import { parseOrderId } from '../../app/refund/names.ts';
import type { ProblemCode } from '../../app/refund/problem.ts';
import { type PaidTender, partsOf, type RefundPart, returnedOre } from '../../app/refund/shares.ts';
import { CREDIT_TENDER_NO } from '../../app/refund/taken-back.ts';
import type { Office, Register } from './office.ts';
import { paymentOf } from './payment-order.ts';
import type { Tx } from './store/store.ts';

/** The provider's limit. */
const REFUNDABLE_MS = 365 * 86_400_000;
const DAY_MS = 86_400_000;

export interface Plan {
  readonly code: ProblemCode | null;
  readonly soldByStore: string;
  readonly currency: string;
  readonly lines: readonly { readonly lineNo: number; readonly name: string; readonly quantityMilli: number; readonly amountOre: number }[];
  readonly parts: readonly (RefundPart & { readonly reference: string | null })[];
}

/** What the refund comes to; with a `code` it is refused, and nothing of it is reserved. */
export async function planRefund(office: Office, tx: Tx, register: Register, wish: RefundAsk, nowMs: number): Promise<Plan> {
  const month = parseOrderId(wish.orderId)?.month ?? 0;
  const order = await tx
    .selectFrom('orders')
    .innerJoin('stores', 'stores.store_id', 'orders.store_id')
    .select(['orders.store_id', 'stores.currency', 'stores.closed_ms', 'stores.refunds_until_ms', 'stores.unit_id'])
    .where('month', '=', month)
    .where('order_id', '=', wish.orderId)
    .executeTakeFirst();
  const refused = (code: ProblemCode, soldByStore = order?.store_id ?? ''): Plan => ({
    code,
    soldByStore,
    currency: order?.currency ?? '',
    lines: [],
    parts: [],
  });
  if (order === undefined) return refused('unknown-order', parseOrderId(wish.orderId)?.storeId ?? '');
  if (await isClosed(tx, register.storeId)) return refused('this-store-closed');
  if (isClosedFor(order, nowMs)) return refused('store-closed');
  const lines = await planLines(tx, month, wish);
  if (typeof lines === 'string') return refused(lines);
  const amountOre = lines.reduce((sum, line) => sum + line.amountOre, 0);
  const tooMuch = await aboveLimit(office, tx, register, amountOre, nowMs);
  if (tooMuch !== null) return refused(tooMuch);
  const tenders = await tx
    .selectFrom('order_tenders')
    .selectAll()
    .where('month', '=', month)
    .where('order_id', '=', wish.orderId)
    .orderBy('tender_no')
    .execute();
  const parts = partsOf(
    amountOre,
    tenders.map((tender) => ({
      tenderNo: tender.tender_no,
      kind: tender.kind as PaidTender['kind'],
      leftOre: tender.amount_ore - tender.refunded_ore - tender.reserved_ore,
    })),
  );
  if (parts === null) return refused('nothing-left');
  const withReferences = parts.map((part) => ({
    ...part,
    reference: tenders.find(({ tender_no }) => tender_no === part.tenderNo)?.reference ?? null,
  }));
  // Cash for what nobody has paid: otherwise a payment could be turned into cash by changing goods twice.
  if (wish.approvedBy === null && parts.some(({ tenderNo }) => tenderNo === CREDIT_TENDER_NO)) return refused('needs-approval');
  let inCash = false;
  for (const part of withReferences.filter(({ kind }) => kind === 'vipps')) {
    const code = await unsendable(tx, order, part, nowMs);
    if (wish.payOut === 'as-it-came' && code !== null) return refused(code);
    if (wish.payOut === 'cash') {
      if (wish.approvedBy === null) return refused('needs-approval');
      if (code !== 'too-old' && !(await refusedBefore(tx, wish.orderId))) return refused('not-in-cash');
      inCash = true;
    }
  }
  const paidOut = inCash ? withReferences.map((part) => ({ ...part, kind: 'cash' as const, reference: null })) : withReferences;
  return { code: null, soldByStore: order.store_id, currency: order.currency, lines, parts: paidOut };
}

/** Whether nobody refunds for the store that sold: it is closed, and the day until which others do is past. */
const isClosedFor = (
  { closed_ms, refunds_until_ms }: { readonly closed_ms: number | null; readonly refunds_until_ms: number | null },
  nowMs: number,
): boolean => closed_ms !== null && nowMs >= (refunds_until_ms ?? 0);

/** Whether nobody refunds for a store any more. */
export async function isOver(tx: Tx, storeId: string, nowMs: number): Promise<boolean> {
  const store = await tx
    .selectFrom('stores')
    .select(['closed_ms', 'refunds_until_ms'])
    .where('store_id', '=', storeId)
    .executeTakeFirstOrThrow();
  return isClosedFor(store, nowMs);
}

/** A closed store's own registers take nothing back, for whichever store. */
async function isClosed(tx: Tx, storeId: string): Promise<boolean> {
  const store = await tx.selectFrom('stores').select('closed_ms').where('store_id', '=', storeId).executeTakeFirst();
  return typeof store?.closed_ms === 'number';
}

async function planLines(tx: Tx, month: number, wish: RefundAsk): Promise<Plan['lines'] | ProblemCode> {
  const sold = await tx.selectFrom('order_lines').selectAll().where('month', '=', month).where('order_id', '=', wish.orderId).execute();
  const planned: Plan['lines'][number][] = [];
  for (const { lineNo, quantityMilli } of wish.lines) {
    const line = sold.find(({ line_no }) => line_no === lineNo);
    if (line === undefined) return 'unknown-line';
    const amountOre = returnedOre(
      {
        quantityMilli: line.quantity_milli,
        netOre: line.net_ore,
        takenMilli: line.returned_milli + line.reserved_milli,
        takenOre: line.returned_ore + line.reserved_ore,
      },
      quantityMilli,
    );
    if (amountOre === null) return 'nothing-left';
    planned.push({ lineNo, name: line.name, quantityMilli, amountOre });
  }
  return planned;
}

async function aboveLimit({ store }: Office, tx: Tx, register: Register, amountOre: number, nowMs: number): Promise<ProblemCode | null> {
  const { refundLimitOre, refundDayLimitOre } = register;
  if (refundLimitOre !== null && amountOre > refundLimitOre) return 'above-limit';
  if (refundDayLimitOre === null) return null;
  // Two refunds of two orders at once must not each be the last that is allowed.
  await sql`SELECT register_no FROM registers WHERE register_no = ${register.registerNo} ${store.forUpdate}`.execute(tx);
  const { sum } = await tx
    .selectFrom('refunds')
    .select(({ fn }) => fn.sum<number | string | null>('amount_ore').as('sum'))
    .where('register_no', '=', register.registerNo)
    .where('asked_ms', '>', nowMs - DAY_MS)
    .where('state', 'in', ['reserved', 'sending', 'done'])
    .executeTakeFirstOrThrow();
  return Number(sum ?? 0) + amountOre > refundDayLimitOre ? 'above-day-limit' : null;
}

/** Whether the provider has said a final no to a refund of this order: the user is gone, or it was too late. */
async function refusedBefore(tx: Tx, orderId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('refunds')
    .innerJoin('refund_parts', 'refund_parts.refund_id', 'refunds.refund_id')
    .select('refunds.refund_id')
    .where('refunds.order_id', '=', orderId)
    .where('refund_parts.state', '=', 'refused')
    .executeTakeFirst();
  return found !== undefined;
}

/** Why the provider cannot be asked to pay this part back; `null` when it can. */
async function unsendable(
  tx: Tx,
  order: { readonly store_id: string; readonly unit_id: string | null },
  { reference }: { readonly reference: string | null },
  nowMs: number,
): Promise<ProblemCode | null> {
  if (order.unit_id === null) return 'no-sales-unit';
  if (reference === null) return 'payment-unknown';
  // With one sales unit for several stores nothing else would keep their payments apart.
  if (!reference.startsWith(`${order.store_id}-`)) return 'not-its-prefix';
  const payment = await paymentOf(tx, order.store_id, reference);
  if (payment === null) return 'payment-unknown';
  return nowMs - payment.capturedMs > REFUNDABLE_MS ? 'too-old' : null;
}
