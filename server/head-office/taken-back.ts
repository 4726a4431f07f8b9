/**
 * Returns that a register's journal tells of. One that went through head office must be what head office did; one that did not
 * (its register was alone) is taken into the index here, so that the same goods do not come back a second time elsewhere. When
 * they have already, nobody can undo it: a person must look.
 */
import { sql } from 'kysely';
import { parseOrderId } from '../../app/refund/names.ts';
import type { TakenBack } from '../../app/refund/taken-back.ts';
import { raiseAlarm, writeAudit } from './audit.ts';
import type { Office, Register } from './office.ts';
import { confirmAsReported } from './refunds.ts';
import type { Tx } from './store/store.ts';

/** Runs in the batch's own transaction; a refund of the same order waits meanwhile. */
export async function keepTakenBack(office: Office, tx: Tx, register: Register, takenBack: readonly TakenBack[]): Promise<void> {
  for (const back of takenBack) {
    const known = await tx
      .selectFrom('refunds')
      .select(['register_no', 'order_id', 'state', 'amount_ore'])
      .where('refund_id', '=', back.returnId)
      .executeTakeFirst();
    if (known === undefined) await takeIn(office, tx, register, back);
    else if (known.register_no !== register.registerNo || known.order_id !== back.orderId || known.amount_ore !== back.amountOre)
      await alarm(office, tx, register, 'return.differs', back, `head office gave ${known.amount_ore} back for ${known.order_id}`);
    else if (known.state === 'reserved') await confirmAsReported(office, tx, register, back);
    // What was let go of after it had been asked for is returned all the same.
    else if (known.state === 'withdrawn' || known.state === 'refused')
      await alarm(office, tx, register, 'return.not-reserved', back, `at head office it is ${known.state}`);
  }
}

async function takeIn(office: Office, tx: Tx, register: Register, back: TakenBack): Promise<void> {
  const month = parseOrderId(back.orderId)?.month ?? 0;
  const order = await sql<{ store_id: string }>`
    SELECT store_id FROM orders WHERE month = ${month} AND order_id = ${back.orderId} ${office.store.forUpdate}`.execute(tx);
  const soldBy = order.rows[0]?.store_id;
  if (soldBy === undefined) {
    await alarm(office, tx, register, 'return.unknown-order', back, 'head office has no such order');
    return;
  }
  await keepRefund(tx, register, back, soldBy, month);
  // Without head office a register takes its own store's goods and no others.
  if (soldBy !== register.storeId) await alarm(office, tx, register, 'return.not-asked', back, `goods of ${soldBy}`);
  const twice = await takeLines(tx, back, month);
  if (twice.length > 0) await alarm(office, tx, register, 'return.twice', back, `came back before: ${twice.join(', ')}`);
  const beyond = await takeTenders(tx, back, month);
  if (beyond.length > 0) await alarm(office, tx, register, 'return.money-beyond', back, `more than was paid: ${beyond.join(', ')}`);
  await writeAudit(tx, {
    atMs: back.atMs,
    storeId: register.storeId,
    registerId: register.registerId,
    operator: back.operator,
    what: 'refund.reported',
    subject: back.returnId,
    details: { order: back.orderId, amountOre: back.amountOre, approvedBy: back.approvedBy, entry: back.seq },
  });
}

async function keepRefund(tx: Tx, register: Register, back: TakenBack, soldBy: string, month: number): Promise<void> {
  const { currency } = await tx.selectFrom('stores').select('currency').where('store_id', '=', soldBy).executeTakeFirstOrThrow();
  await tx
    .insertInto('refunds')
    .values({
      refund_id: back.returnId,
      state: 'done',
      asked: JSON.stringify({ reported: back.seq }),
      register_no: register.registerNo,
      order_id: back.orderId,
      order_month: month,
      sold_by_store: soldBy,
      refunding_store: register.storeId,
      amount_ore: back.amountOre,
      credit_ore: back.creditOre,
      currency,
      operator: back.operator,
      approved_by: back.approvedBy,
      reason: back.reason,
      code: null,
      asked_ms: back.atMs,
      ended_ms: back.atMs,
      next_ms: null,
      leased_by: null,
      leased_until_ms: 0,
    })
    .execute();
  await tx
    .insertInto('refund_lines')
    .values(
      back.lines.map(({ lineNo, name, quantityMilli, amountOre }) => ({
        refund_id: back.returnId,
        line_no: lineNo,
        name,
        quantity_milli: quantityMilli,
        amount_ore: amountOre,
      })),
    )
    .execute();
}

/** @returns the names of goods of which not so much was left. */
async function takeLines(tx: Tx, back: TakenBack, month: number): Promise<readonly string[]> {
  const twice: string[] = [];
  for (const { lineNo, name, quantityMilli, amountOre } of back.lines) {
    const taken = await sql<{ line_no: number }>`
      UPDATE order_lines SET returned_milli = returned_milli + ${quantityMilli}, returned_ore = returned_ore + ${amountOre}
      WHERE month = ${month} AND order_id = ${back.orderId} AND line_no = ${lineNo}
        AND returned_milli + reserved_milli + ${quantityMilli} <= quantity_milli
        AND returned_ore + reserved_ore + ${amountOre} <= net_ore
      RETURNING line_no`.execute(tx);
    if (taken.rows.length === 0) twice.push(name);
  }
  return twice;
}

/** @returns the parts that nothing was left of. */
async function takeTenders(tx: Tx, back: TakenBack, month: number): Promise<readonly string[]> {
  const beyond: string[] = [];
  const tenders = await tx
    .selectFrom('order_tenders')
    .select(['tender_no', 'kind', 'reference', 'amount_ore', 'refunded_ore', 'reserved_ore'])
    .where('month', '=', month)
    .where('order_id', '=', back.orderId)
    .orderBy('tender_no')
    .execute();
  for (const [index, part] of back.parts.entries()) {
    let restOre = part.amountOre;
    // Cash may pay back what another means has refused: then it is looked for among all of them.
    const own = tenders.filter(({ kind, reference }) => kind === part.kind && (part.reference === null || reference === part.reference));
    for (const tender of part.kind === 'cash' ? [...own, ...tenders.filter((each) => !own.includes(each))] : own) {
      const takenOre = Math.min(restOre, tender.amount_ore - tender.refunded_ore - tender.reserved_ore);
      if (takenOre <= 0) continue;
      restOre -= takenOre;
      tender.refunded_ore += takenOre;
      await sql`
        UPDATE order_tenders SET refunded_ore = refunded_ore + ${takenOre}
        WHERE month = ${month} AND order_id = ${back.orderId} AND tender_no = ${tender.tender_no}`.execute(tx);
    }
    if (restOre > 0) beyond.push(`${part.kind} ${restOre}`);
    await tx
      .insertInto('refund_parts')
      .values({
        refund_id: back.returnId,
        part_no: index + 1,
        tender_no: own[0]?.tender_no ?? tenders[0]?.tender_no ?? 1,
        kind: part.kind,
        amount_ore: part.amountOre,
        reference: part.reference,
        state: 'done',
        memo: null,
      })
      .execute();
  }
  return beyond;
}

/** A person must look, and whoever looks at the refund itself must find it there too. */
async function alarm({ clock }: Office, tx: Tx, register: Register, what: string, back: TakenBack, told: string): Promise<void> {
  await writeAudit(tx, {
    atMs: clock.nowMs(),
    storeId: register.storeId,
    registerId: register.registerId,
    operator: back.operator,
    what,
    subject: back.returnId,
    details: { order: back.orderId, amountOre: back.amountOre, creditOre: back.creditOre, entry: back.seq, told },
  });
  await raiseAlarm(tx, clock.nowMs(), register.registerNo, what, `${back.returnId} of ${back.orderId}, entry ${back.seq}: ${told}`);
}
