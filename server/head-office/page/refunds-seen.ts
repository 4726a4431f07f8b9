/** Refunds as people at head office see them: lists, what is not over, and one with its whole story. */
import { sql } from 'kysely';
import type { Deed, PageRequest, RefundFilter, RefundRowView, RefundStory } from '../../../app/head-office/page-contract.ts';
import type { ProblemCode } from '../../../app/refund/problem.ts';
import type { Sending } from '../../../app/refund/refund.ts';
import type { Office } from '../office.ts';
import { partInDoubt, readRefund } from '../refund-rows.ts';
import { periodOf } from '../settlement.ts';
import type { Db } from '../store/store.ts';
import { askedFor } from './asked-for.ts';
import { PAGE_ROWS, type Place, readPlace, receiptNumbers, storeNames, writePlace } from './named.ts';
import { operatorNames } from './operators-named.ts';

const columns = [
  'refund_id',
  'state',
  'asked',
  'order_id',
  'order_month',
  'sold_by_store',
  'refunding_store',
  'amount_ore',
  'currency',
  'operator',
  'approved_by',
  'reason',
  'code',
  'asked_ms',
  'ended_ms',
] as const;

const refundRows = (db: Db) => db.selectFrom('refunds').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof refundRows>['execute']>>[number];

/** A refund's name begins with the register that asked for it: head office takes no other. */
const registerIn = (refundId: string): string => refundId.split('-')[1] ?? '';

/** What of these was sent and not answered yet. */
async function inDoubt(db: Db, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  const sending = rows.flatMap(({ state, refund_id }) => (state === 'sending' ? [refund_id] : []));
  if (sending.length === 0) return new Set();
  const parts = await db
    .selectFrom('refund_parts')
    .select(['refund_id', 'memo'])
    .where('refund_id', 'in', sending)
    .where('state', '=', 'sending')
    .execute();
  return new Set(parts.flatMap(({ refund_id, memo }) => ((JSON.parse(memo ?? '{}') as Partial<Sending>).doubt ? [refund_id] : [])));
}

async function seen(db: Db, rows: readonly Row[]): Promise<readonly RefundRowView[]> {
  const named = await storeNames(
    db,
    rows.flatMap(({ sold_by_store, refunding_store }) => [sold_by_store, refunding_store]),
  );
  const numbers = await receiptNumbers(db, rows);
  const doubt = await inDoubt(db, rows);
  const asked = await askedFor(db, rows);
  const operator = await operatorNames(
    db,
    rows.map(({ refunding_store }) => refunding_store),
  );
  return rows.map((row) => ({
    refundId: row.refund_id,
    state: doubt.has(row.refund_id) ? 'unknown' : (row.state as RefundFilter),
    orderId: row.order_id,
    receiptNumber: numbers.get(row.order_id) ?? null,
    soldBy: named(row.sold_by_store),
    refundedBy: { ...named(row.refunding_store), registerId: registerIn(row.refund_id) },
    amountOre: row.amount_ore,
    askedOre: asked.get(row.refund_id)?.reduce((sum, { amountOre }) => sum + amountOre, 0) ?? null,
    currency: row.currency,
    operator: operator(row.refunding_store, row.operator),
    approvedBy: row.approved_by === null ? null : operator(row.refunding_store, row.approved_by),
    reason: row.reason,
    code: row.code as ProblemCode | null,
    askedMs: row.asked_ms,
    endedMs: row.ended_ms,
  }));
}

async function pageOf(db: Db, rows: readonly Row[]) {
  const shown = rows.slice(0, PAGE_ROWS);
  const last = rows.length > PAGE_ROWS ? shown.at(-1) : undefined;
  const next = last === undefined ? null : writePlace({ atMs: last.asked_ms, refundId: last.refund_id });
  return { refunds: await seen(db, shown), next };
}

const beyond = (sign: '<' | '>', { atMs, refundId }: Place) => sql<boolean>`(asked_ms, refund_id) ${sql.raw(sign)} (${atMs}, ${refundId})`;

/** Refunds by what was asked for, the newest first. */
export async function listRefunds({ store: { db }, clock }: Office, filter: PageRequest<'refunds'>) {
  let query = refundRows(db)
    .orderBy('asked_ms', 'desc')
    .orderBy('refund_id', 'desc')
    .limit(PAGE_ROWS + 1);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.refundedBy !== undefined) query = query.where('refunding_store', '=', filter.refundedBy);
  if (filter.soldBy !== undefined) query = query.where('sold_by_store', '=', filter.soldBy);
  if (filter.fromDate !== undefined) query = query.where('asked_ms', '>=', periodOf(clock, filter.fromDate, filter.fromDate).fromMs);
  if (filter.toDate !== undefined) query = query.where('asked_ms', '<', periodOf(clock, filter.toDate, filter.toDate).toMs);
  const place = readPlace(filter.after);
  if (place !== null) query = query.where(beyond('<', place));
  return pageOf(db, await query.execute());
}

/** What holds goods and money: reserved, or being sent; the oldest first. */
export async function openRefunds({ store: { db }, clock }: Office, { after }: PageRequest<'open'>) {
  let query = refundRows(db)
    .where('state', 'in', ['reserved', 'sending'])
    .orderBy('asked_ms')
    .orderBy('refund_id')
    .limit(PAGE_ROWS + 1);
  const place = readPlace(after);
  if (place !== null) query = query.where(beyond('>', place));
  return { ...(await pageOf(db, await query.execute())), nowMs: clock.nowMs() };
}

/** The refunds of one order, the oldest first. */
export async function refundsOfOrder(db: Db, orderId: string): Promise<readonly RefundRowView[]> {
  return seen(db, await refundRows(db).where('order_id', '=', orderId).orderBy('asked_ms').orderBy('refund_id').execute());
}

/** One refund with everything that was ever done to it. @throws RefusedByHeadOffice `unknown-refund` */
export async function refundStory({ store: { db } }: Office, refundId: string): Promise<RefundStory> {
  const refund = await readRefund(db, refundId);
  const rows = await refundRows(db).where('refund_id', '=', refundId).execute();
  const [view] = await seen(db, rows);
  if (view === undefined) throw new RangeError(`The refund ${refundId} has gone while it was read.`);
  return {
    ...view,
    soldAtRegister: refund.order_id.split('-')[1] ?? '',
    inCash: (JSON.parse(refund.asked) as { readonly payOut?: unknown }).payOut === 'cash',
    creditOre: refund.credit_ore,
    lines: (await askedFor(db, rows)).get(refundId) ?? refund.lines,
    parts: refund.parts.map((part) => ({
      partNo: part.part_no,
      kind: part.kind,
      amountOre: part.amount_ore,
      reference: part.reference,
      state: partInDoubt(part) ? 'unknown' : part.state.state,
      providerCode: part.state.state === 'refused' ? part.state.refusal.code : null,
    })),
    deeds: await deedsOf(db, refundId),
  };
}

async function deedsOf(db: Db, refundId: string): Promise<readonly Deed[]> {
  const rows = await db.selectFrom('audit').selectAll().where('subject', '=', refundId).orderBy('audit_no').execute();
  const named = await storeNames(
    db,
    rows.flatMap(({ store_id }) => (store_id === null ? [] : [store_id])),
  );
  const operator = await operatorNames(
    db,
    rows.flatMap(({ store_id }) => store_id ?? []),
  );
  return rows.map((row) => {
    const { part, code, why } = JSON.parse(row.details ?? '{}') as Readonly<Partial<Record<'part' | 'code' | 'why', unknown>>>;
    return {
      atMs: row.at_ms,
      what: row.what,
      operator: row.store_id === null || row.operator === null ? row.operator : operator(row.store_id, row.operator),
      register: row.store_id === null ? null : { ...named(row.store_id), registerId: row.register_id ?? '' },
      part: typeof part === 'number' ? part : null,
      code: typeof code === 'string' ? code : null,
      why: typeof why === 'string' ? why : null,
    };
  });
}
