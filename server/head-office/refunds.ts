/**
 * Refunds on the database's side: what is asked for is reserved, and what became of it is recorded, each in one short
 * transaction that holds the order; between them the provider is called with no lock held (`sender.ts`). All refunds of an
 * order stand in line at that lock, whichever store, register or process they come from.
 *
 * Locks are taken in one order: the order, then the refund.
 */
import { sql } from 'kysely';
import { canonicalJson } from '../../app/journal/canonical.ts';
import type { RefundAsk } from '../../app/refund/contract.ts';
import { monthOf, parseOrderId, refundKey } from '../../app/refund/names.ts';
import { type ProblemCode, RefusedByHeadOffice } from '../../app/refund/problem.ts';
import { beginSending, type PartState, type Sending, type StoredState, stateOfParts } from '../../app/refund/refund.ts';
import { lessCredit } from '../../app/refund/shares.ts';
import type { TakenBack } from '../../app/refund/taken-back.ts';
import { writeAudit } from './audit.ts';
import type { Office, Register } from './office.ts';
import { isOver, type Plan, planRefund } from './refund-plan.ts';
import { memoOf, partStateOf, type RefundRow, readRefund } from './refund-rows.ts';
import type { Tx } from './store/store.ts';

/**
 * Reserves goods and money, or refuses for a named reason; both are kept under the refund's id for ever.
 * @throws RefusedByHeadOffice `not-your-refund`, `other-refund`: then nothing was done.
 */
export async function ask(office: Office, register: Register, wish: RefundAsk): Promise<void> {
  try {
    await askOnce(office, register, wish);
  } catch (error) {
    // The same id at the same moment, for another purchase or one that nobody knows: the other has it, and is answered for.
    if ((error as { readonly code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    await askOnce(office, register, wish);
  }
}

/** PostgreSQL's; SQLite lets in one writer after the other. */
const UNIQUE_VIOLATION = '23505';

async function askOnce(office: Office, register: Register, wish: RefundAsk): Promise<void> {
  if (!wish.refundId.startsWith(`${register.storeId}-${register.registerId}-`)) throw new RefusedByHeadOffice('not-your-refund');
  const { refundId: _, ...contents } = wish;
  const asked = canonicalJson(contents);
  await office.store.db.transaction().execute(async (tx) => {
    await lockOrder(office, tx, wish.orderId);
    // Only now: who asked the same a moment earlier has finished.
    const before = await tx
      .selectFrom('refunds')
      .select(['asked', 'register_no'])
      .where('refund_id', '=', wish.refundId)
      .executeTakeFirst();
    if (before !== undefined) {
      if (before.register_no !== register.registerNo || before.asked !== asked) throw new RefusedByHeadOffice('other-refund');
      return;
    }
    const nowMs = office.clock.nowMs();
    const plan = await planRefund(office, tx, register, wish, nowMs);
    await keepRefund(tx, register, wish, asked, plan, nowMs);
  });
}

/** On PostgreSQL every refund of an order waits here for the one before it; SQLite has let in only one writer. */
async function lockOrder({ store }: Office, tx: Tx, orderId: string): Promise<void> {
  const month = parseOrderId(orderId)?.month ?? 0;
  await sql`SELECT order_id FROM orders WHERE month = ${month} AND order_id = ${orderId} ${store.forUpdate}`.execute(tx);
}

async function keepRefund(tx: Tx, register: Register, wish: RefundAsk, asked: string, plan: Plan, nowMs: number): Promise<void> {
  const { code, lines, parts } = plan;
  const amountOre = lines.reduce((sum, line) => sum + line.amountOre, 0);
  const state: StoredState = code === null ? 'reserved' : 'refused';
  const month = parseOrderId(wish.orderId)?.month ?? monthOf(nowMs, 0);
  await tx
    .insertInto('refunds')
    .values({
      refund_id: wish.refundId,
      state,
      asked,
      register_no: register.registerNo,
      order_id: wish.orderId,
      order_month: month,
      sold_by_store: plan.soldByStore,
      refunding_store: register.storeId,
      amount_ore: amountOre,
      currency: plan.currency,
      operator: wish.operator,
      approved_by: wish.approvedBy,
      reason: wish.reason,
      code,
      asked_ms: nowMs,
      ended_ms: code === null ? null : nowMs,
      next_ms: null,
      leased_by: null,
      leased_until_ms: 0,
    })
    .execute();
  for (const line of lines) {
    await tx
      .insertInto('refund_lines')
      .values({
        refund_id: wish.refundId,
        line_no: line.lineNo,
        name: line.name,
        quantity_milli: line.quantityMilli,
        amount_ore: line.amountOre,
      })
      .execute();
  }
  for (const [index, part] of parts.entries()) {
    await tx
      .insertInto('refund_parts')
      .values({
        refund_id: wish.refundId,
        part_no: index + 1,
        tender_no: part.tenderNo,
        kind: part.kind,
        amount_ore: part.amountOre,
        reference: part.reference,
        state: 'planned',
        memo: null,
      })
      .execute();
  }
  if (code === null) await moveLines(tx, { order_month: month, order_id: wish.orderId }, lines, 1, 0);
  if (code === null)
    for (const part of parts) await moveTender(tx, { order_month: month, order_id: wish.orderId }, part.tenderNo, part.amountOre, 0);
  await writeAudit(tx, {
    atMs: nowMs,
    storeId: register.storeId,
    registerId: register.registerId,
    operator: wish.operator,
    what: `refund.${state}`,
    subject: wish.refundId,
    details: { order: wish.orderId, amountOre, reason: wish.reason, approvedBy: wish.approvedBy, payOut: wish.payOut, code },
  });
}

type OrderKey = Pick<RefundRow, 'order_month' | 'order_id'>;

/** @param reserved, returned 1 takes the goods there, -1 takes them away. The table's own checks refuse what cannot be. */
async function moveLines(tx: Tx, order: OrderKey, lines: Plan['lines'], reserved: -1 | 1, returned: 0 | 1): Promise<void> {
  for (const { lineNo, quantityMilli, amountOre } of lines) {
    await sql`
      UPDATE order_lines SET
        reserved_milli = reserved_milli + ${reserved * quantityMilli}, reserved_ore = reserved_ore + ${reserved * amountOre},
        returned_milli = returned_milli + ${returned * quantityMilli}, returned_ore = returned_ore + ${returned * amountOre}
      WHERE month = ${order.order_month} AND order_id = ${order.order_id} AND line_no = ${lineNo}`.execute(tx);
  }
}

async function moveTender(tx: Tx, order: OrderKey, tenderNo: number, reservedOre: number, refundedOre: number): Promise<void> {
  await sql`
    UPDATE order_tenders SET reserved_ore = reserved_ore + ${reservedOre}, refunded_ore = refunded_ore + ${refundedOre}
    WHERE month = ${order.order_month} AND order_id = ${order.order_id} AND tender_no = ${tenderNo}`.execute(tx);
}

/** Runs with the order and the refund held. @throws RefusedByHeadOffice `unknown-refund`, `not-your-refund` */
async function withRefund<T>(
  office: Office,
  refundId: string,
  register: Register | null,
  run: (tx: Tx, refund: RefundRow, nowMs: number) => Promise<T>,
): Promise<T> {
  const found = await office.store.db
    .selectFrom('refunds')
    .select(['order_id', 'register_no'])
    .where('refund_id', '=', refundId)
    .executeTakeFirst();
  if (found === undefined) throw new RefusedByHeadOffice('unknown-refund');
  if (register !== null && found.register_no !== register.registerNo) throw new RefusedByHeadOffice('not-your-refund');
  return office.store.db.transaction().execute(async (tx) => {
    await lockOrder(office, tx, found.order_id);
    return run(tx, await readRefund(tx, refundId), office.clock.nowMs());
  });
}

/**
 * The cashier has confirmed: from here on the money goes back. Asked again it changes nothing.
 * @param creditOre what of the goods' worth pays for new goods: the goods come back whole, and so much less money moves.
 * @throws RefusedByHeadOffice `not-reserved` when it was refused or withdrawn before, `bad-request` for a credit above the amount.
 */
export async function confirm(office: Office, register: Register, refundId: string, creditOre = 0): Promise<void> {
  await withRefund(office, refundId, register, async (tx, refund, nowMs) => {
    if (refund.state === 'refused' || refund.state === 'withdrawn') throw new RefusedByHeadOffice('not-reserved');
    if (refund.state !== 'reserved') return;
    if (creditOre > refund.amount_ore) {
      throw new RefusedByHeadOffice('bad-request', {}, 'Field "creditOre" must not be more than the goods are worth.');
    }
    // What has paid for new goods has done so; money does not move any more.
    if (creditOre < refund.amount_ore && (await isOver(tx, refund.sold_by_store, nowMs))) {
      await free(tx, refund);
      await end(tx, refundId, 'refused', 'store-closed', nowMs);
      await audit(tx, refund, register, 'refund.refused', nowMs, { code: 'store-closed' });
      return;
    }
    const moving = await takeCredit(tx, refund, creditOre);
    const parts = moving.map((part) => ({
      ...part,
      state: part.kind === 'vipps' ? sendingOf(refundId, part.part_no, nowMs) : part.state,
    }));
    for (const part of parts) await keepPart(tx, refundId, part.part_no, part.state);
    await audit(tx, refund, register, 'refund.confirmed', nowMs, creditOre === 0 ? {} : { creditOre });
    await settle(tx, { ...refund, parts }, nowMs);
  });
}

/**
 * The register's journal has a return as made that is only reserved here: its word came before its own confirmation, or head
 * office was restored from a backup. Runs in the batch's transaction. Whether money has gone is the provider's to say, by our
 * key: it is read before anything is sent.
 */
export async function confirmAsReported(
  office: Office,
  tx: Tx,
  register: Register,
  { returnId, creditOre, seq }: Pick<TakenBack, 'returnId' | 'creditOre' | 'seq'>,
): Promise<void> {
  await lockOrder(office, tx, (await readRefund(tx, returnId)).order_id);
  const refund = await readRefund(tx, returnId);
  if (refund.state !== 'reserved' || creditOre > refund.amount_ore) return;
  const nowMs = office.clock.nowMs();
  const moving = await takeCredit(tx, refund, creditOre);
  const parts = moving.map((part) =>
    part.kind === 'vipps' ? { ...part, state: inDoubt(sendingOf(returnId, part.part_no, nowMs)) } : part,
  );
  for (const part of parts) await keepPart(tx, returnId, part.part_no, part.state);
  await audit(tx, refund, register, 'refund.confirmed', nowMs, { creditOre, entry: seq });
  await settle(tx, { ...refund, parts }, nowMs);
}

const inDoubt = (part: PartState): PartState =>
  part.state === 'sending' ? { ...part, sending: { ...part.sending, sends: 1, doubt: true } } : part;

/** What pays for new goods is let go of on the order's means; the parts that are left move. */
async function takeCredit(tx: Tx, refund: RefundRow, creditOre: number): Promise<RefundRow['parts']> {
  if (creditOre === 0) return refund.parts;
  const left = lessCredit(
    refund.parts.map((part) => ({ ...part, amountOre: part.amount_ore })),
    creditOre,
  );
  const moving = left.map(({ amountOre, ...part }) => ({ ...part, amount_ore: amountOre }));
  for (const part of refund.parts) {
    const stays = moving.find(({ part_no }) => part_no === part.part_no)?.amount_ore ?? 0;
    await moveTender(tx, refund, part.tender_no, stays - part.amount_ore, 0);
    const ofPart = { refund_id: refund.refund_id, part_no: part.part_no };
    if (stays === 0)
      await tx
        .deleteFrom('refund_parts')
        .where((is) => is.and(ofPart))
        .execute();
    else
      await tx
        .updateTable('refund_parts')
        .set({ amount_ore: stays })
        .where((is) => is.and(ofPart))
        .execute();
  }
  await tx.updateTable('refunds').set({ credit_ore: creditOre }).where('refund_id', '=', refund.refund_id).execute();
  return moving;
}

const sendingOf = (refundId: string, partNo: number, nowMs: number): PartState => ({
  state: 'sending',
  sending: beginSending(refundKey(refundId, partNo), nowMs),
});

/** A person at head office, and why they do it. */
export interface AtHeadOffice {
  readonly name: string;
  readonly why: string;
}

/**
 * Frees what was reserved, as long as nothing has been sent.
 * @param register `null`: head office itself, and then `by` is the person there.
 * @throws RefusedByHeadOffice `already-sent`, `not-reserved`
 */
export async function withdraw(office: Office, register: Register | null, refundId: string, by: AtHeadOffice | null = null): Promise<void> {
  await withRefund(office, refundId, register, async (tx, refund, nowMs) => {
    switch (refund.state) {
      case 'withdrawn':
        return;
      case 'sending':
      case 'done':
        throw new RefusedByHeadOffice('already-sent');
      case 'refused':
        throw new RefusedByHeadOffice('not-reserved');
      case 'reserved':
        await free(tx, refund);
        await end(tx, refund.refund_id, 'withdrawn', null, nowMs);
        await audit(tx, refund, register, 'refund.withdrawn', nowMs, by === null ? {} : { why: by.why }, by?.name ?? null);
    }
  });
}

/**
 * Records how a part stands, and what that makes of the refund. Nothing that is over is changed by what comes late; and what
 * another process has sent again since is not known to be refused by an answer to the request before it.
 * @param seen how the part stood when its caller read or wrote it last.
 * @returns `false`: nothing was recorded, and whoever was sending it stops.
 */
export async function recordPart(office: Office, refundId: string, partNo: number, seen: Sending, state: PartState): Promise<boolean> {
  return withRefund(office, refundId, null, async (tx, refund, nowMs) => {
    const before = refund.parts.find(({ part_no }) => part_no === partNo);
    if (refund.state !== 'sending' || before?.state.state !== 'sending') return false;
    if (state.state !== 'done' && before.state.sending.sends !== seen.sends) return false;
    await keepPart(tx, refundId, partNo, state);
    const parts = refund.parts.map((part) => (part.part_no === partNo ? { ...part, state } : part));
    if (state.state !== 'sending') {
      const code = state.state === 'refused' ? state.refusal.code : null;
      await audit(tx, refund, null, `refund.part-${state.state}`, nowMs, { part: partNo, code });
    }
    await settle(tx, { ...refund, parts }, nowMs);
    return true;
  });
}

/** Brings a refund that was confirmed as far as its parts have come. */
async function settle(tx: Tx, refund: RefundRow, nowMs: number): Promise<void> {
  const sent = refund.parts.filter(({ kind }) => kind === 'vipps');
  const state = stateOfParts(sent.map((part) => part.state));
  switch (state) {
    case 'sending': {
      const waiting = sent.flatMap((part) => (part.state.state === 'sending' ? [part.state.sending.nextMs] : []));
      await tx
        .updateTable('refunds')
        .set({ state, next_ms: Math.min(...waiting) })
        .where('refund_id', '=', refund.refund_id)
        .execute();
      return;
    }
    case 'refused':
      await free(tx, refund);
      await end(tx, refund.refund_id, 'refused', 'provider-refused', nowMs);
      await audit(tx, refund, null, 'refund.refused', nowMs);
      return;
    case 'done':
      await moveLines(tx, refund, refund.lines, -1, 1);
      for (const part of refund.parts) {
        const isPaid = part.state.state !== 'refused';
        await moveTender(tx, refund, part.tender_no, -part.amount_ore, isPaid ? part.amount_ore : 0);
        // The register hands these out now.
        if (part.kind !== 'vipps') await keepPart(tx, refund.refund_id, part.part_no, { state: 'done' });
      }
      await end(tx, refund.refund_id, 'done', null, nowMs);
      await audit(tx, refund, null, 'refund.done', nowMs);
      return;
    default:
      throw new RangeError(`Parts cannot make a refund ${state}.`);
  }
}

async function free(tx: Tx, refund: RefundRow): Promise<void> {
  await moveLines(tx, refund, refund.lines, -1, 0);
  for (const part of refund.parts) await moveTender(tx, refund, part.tender_no, -part.amount_ore, 0);
}

async function end(tx: Tx, refundId: string, state: StoredState, code: ProblemCode | null, nowMs: number): Promise<void> {
  await tx
    .updateTable('refunds')
    .set({ state, code, ended_ms: nowMs, next_ms: null, leased_by: null, leased_until_ms: 0 })
    .where('refund_id', '=', refundId)
    .execute();
}

async function keepPart(tx: Tx, refundId: string, partNo: number, state: PartState): Promise<void> {
  await tx
    .updateTable('refund_parts')
    .set({ state: partStateOf(state), memo: memoOf(state) })
    .where('refund_id', '=', refundId)
    .where('part_no', '=', partNo)
    .execute();
}

async function audit(
  tx: Tx,
  refund: RefundRow,
  register: Register | null,
  what: string,
  atMs: number,
  more: Readonly<Record<string, string | number | null>> = {},
  by: string | null = null,
): Promise<void> {
  await writeAudit(tx, {
    atMs,
    storeId: register?.storeId ?? null,
    registerId: register?.registerId ?? null,
    operator: register === null ? by : refund.operator,
    what,
    subject: refund.refund_id,
    details: { order: refund.order_id, amountOre: refund.amount_ore, ...more },
  });
}
