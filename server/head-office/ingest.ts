/**
 * Takes a register's journal, batch by batch. A batch is one transaction with everything that follows from it; the answer
 * says up to where all entries are safe. Sent twice, late or in pieces it comes to the same.
 */
import { sql } from 'kysely';
import { type CheckedEntry, checkBatch, type JournalPosition, newEntries, restoredAt } from '../../app/refund/batch.ts';
import type { WireEntry } from '../../app/refund/contract.ts';
import { monthOf, monthOfReference } from '../../app/refund/names.ts';
import { concerned, type IndexStep, indexEntries, type Order, type Unfinished } from '../../app/refund/order-index.ts';
import { RefusedByHeadOffice } from '../../app/refund/problem.ts';
import { nodeHasher } from '../../hardware/crypto/hasher.ts';
import { raiseAlarm } from './audit.ts';
import { bodyOf, knownEpochs, noteEpochs, takeBack } from './kept-journal.ts';
import type { Office, Register } from './office.ts';
import type { Tables } from './store/schema.ts';
import type { Tx } from './store/store.ts';

type Insertable<Table extends keyof Tables> = Parameters<ReturnType<typeof insertInto<Table>>['values']>[0];
const insertInto = <Table extends keyof Tables>(tx: Tx, table: Table) => tx.insertInto(table);

/** The months that have a place of their own: a clock that is years off does not make one for itself. */
const MONTHS_BACK = 37;
/** Placeholders in one statement: SQLite takes 32 766, PostgreSQL 65 535. */
const MOST_PARAMETERS = 30_000;

/**
 * @param newestSeq how far the register says its journal goes; `null` where it does not say.
 * @returns how far the journal is safe now.
 * @throws RefusedByHeadOffice `gap`, `bad-entry`, `broken-chain`, `other-entry`, `not-this-register`; then nothing was taken.
 */
export async function ingest(
  office: Office,
  register: Register,
  wire: readonly WireEntry[],
  newestSeq: number | null = null,
): Promise<{ readonly confirmedSeq: number; readonly hash: string }> {
  const { store, clock } = office;
  try {
    const checked = checkBatch(wire, nodeHasher);
    await store.ensureMonths(foreseen(monthsOf(checked), clock.nowMs()));
    return await store.db.transaction().execute((tx) => take(office, tx, register, checked, newestSeq));
  } catch (error) {
    if (error instanceof RefusedByHeadOffice && ALARMING.has(error.code)) {
      const place = `entries ${wire[0]?.seq} to ${wire.at(-1)?.seq}`;
      await raiseAlarm(store.db, clock.nowMs(), register.registerNo, `journal.${error.code}`, place);
      office.log.write('error', 'journal.refused', { store: register.storeId, register: register.registerId, code: error.code });
    }
    throw error;
  }
}

/** What no register does by itself: somebody has changed a journal, or two registers go by one name. */
const ALARMING: ReadonlySet<string> = new Set(['other-entry', 'broken-chain', 'bad-entry', 'not-this-register']);

const monthsOf = (checked: readonly CheckedEntry[]) => new Set(checked.map(({ entry }) => monthOf(entry.atMs, entry.offsetMinutes)));

function foreseen(months: ReadonlySet<number>, nowMs: number): readonly number[] {
  const count = (month: number) => Math.floor(month / 100) * 12 + (month % 100);
  const now = count(monthOf(nowMs, 0));
  return [...months].filter((month) => count(month) <= now + 1 && count(month) >= now - MONTHS_BACK);
}

async function take(office: Office, tx: Tx, register: Register, checked: readonly CheckedEntry[], newestSeq: number | null) {
  const { registerNo } = register;
  const position = await goOnFrom(office, tx, register, checked, await lockPosition(office, tx, registerNo));
  const fresh = newEntries(checked, position, register);
  await compareKept(tx, registerNo, checked.slice(0, checked.length - fresh.length));
  const last = fresh.at(-1)?.entry;
  if (last === undefined) return { confirmedSeq: position.seq, hash: position.hash };
  await keepEntries(tx, registerNo, fresh);
  const entries = fresh.map(({ entry }) => entry);
  await noteEpochs(tx, registerNo, entries);
  const step = indexEntries(register, await loadUnfinished(tx, registerNo, concerned(entries)), entries);
  await keepUnfinished(tx, registerNo, step);
  await keepIndex(tx, register, step, office.clock.nowMs());
  await tx
    .updateTable('registers')
    .set({ seq: last.seq, hash: last.hash, epoch: last.epoch, newest_seq: newestSeq })
    .where('register_no', '=', registerNo)
    .execute();
  return { confirmedSeq: last.seq, hash: last.hash };
}

/** Two batches of one register wait for each other here, in whichever process they arrive. */
async function lockPosition({ store }: Office, tx: Tx, registerNo: number): Promise<JournalPosition> {
  const found = await sql<JournalPosition>`
    SELECT seq, hash, epoch FROM registers WHERE register_no = ${registerNo} ${store.forUpdate}`.execute(tx);
  const position = found.rows[0];
  if (position === undefined) throw new RefusedByHeadOffice('no-key');
  return position;
}

/** Where the batch goes on from: the journal's end, or an earlier entry when the register was restored from a backup. */
async function goOnFrom(
  { clock }: Office,
  tx: Tx,
  register: Register,
  checked: readonly CheckedEntry[],
  position: JournalPosition,
): Promise<JournalPosition> {
  const restored = restoredAt(checked, position, await knownEpochs(tx, register.registerNo));
  const earlier = restored === null ? null : await takeBack(tx, register, restored);
  if (earlier === null) return position;
  const lost = `entries ${earlier.seq + 1} to ${position.seq} of ${position.epoch} are not in the register's journal any more`;
  await raiseAlarm(tx, clock.nowMs(), register.registerNo, 'journal.restored-behind', lost);
  return earlier;
}

/** What was sent again must be what was sent before. */
async function compareKept(tx: Tx, registerNo: number, again: readonly CheckedEntry[]): Promise<void> {
  const [first, last] = [again[0]?.entry.seq, again.at(-1)?.entry.seq];
  if (first === undefined || last === undefined) return;
  const kept = await tx
    .selectFrom('entries')
    .select(['epoch', 'seq', 'hash'])
    .where('register_no', '=', registerNo)
    .where('seq', '>=', first)
    .where('seq', '<=', last)
    .execute();
  const hashes = new Map(kept.map(({ epoch, seq, hash }) => [`${epoch} ${seq}`, hash]));
  const other = again.find(({ entry }) => hashes.get(`${entry.epoch} ${entry.seq}`) !== entry.hash);
  if (other !== undefined) throw new RefusedByHeadOffice('other-entry', { seq: other.entry.seq });
}

async function keepEntries(tx: Tx, registerNo: number, fresh: readonly CheckedEntry[]): Promise<void> {
  const rows = fresh.map(({ entry, payloadText }) => ({
    month: monthOf(entry.atMs, entry.offsetMinutes),
    register_no: registerNo,
    epoch: entry.epoch,
    seq: entry.seq,
    hash: entry.hash,
    at_ms: entry.atMs,
    type: entry.type,
    body: bodyOf(entry, payloadText),
  }));
  await insertAll(tx, 'entries', rows);
}

async function loadUnfinished(tx: Tx, registerNo: number, { saleIds, paymentIds }: ReturnType<typeof concerned>): Promise<Unfinished> {
  const load = async (kind: string, ids: readonly string[]): Promise<Map<string, never>> => {
    if (ids.length === 0) return new Map<string, never>();
    const rows = await tx
      .selectFrom('unfinished')
      .select(['id', 'state'])
      .where('register_no', '=', registerNo)
      .where('kind', '=', kind)
      .where('id', 'in', [...ids])
      .execute();
    return new Map(rows.map(({ id, state }) => [id, JSON.parse(state) as never]));
  };
  return { sales: await load('sale', saleIds), payments: await load('payment', paymentIds) };
}

async function keepUnfinished(tx: Tx, registerNo: number, { sales, payments }: IndexStep): Promise<void> {
  for (const [kind, changed] of [
    ['sale', sales],
    ['payment', payments],
  ] as const) {
    const over = [...changed].filter(([, state]) => state === null).map(([id]) => id);
    const open = [...changed].filter(([, state]) => state !== null);
    if (over.length > 0) {
      await tx.deleteFrom('unfinished').where('register_no', '=', registerNo).where('kind', '=', kind).where('id', 'in', over).execute();
    }
    if (open.length === 0) continue;
    await tx
      .insertInto('unfinished')
      .values(open.map(([id, state]) => ({ register_no: registerNo, kind, id, state: JSON.stringify(state) })))
      .onConflict((conflict) => conflict.columns(['register_no', 'kind', 'id']).doUpdateSet({ state: sql`excluded.state` }))
      .execute();
  }
}

async function keepIndex(tx: Tx, register: Register, step: IndexStep, nowMs: number): Promise<void> {
  const { registerNo, storeId, registerId } = register;
  const linked = await keepPayments(tx, register, step);
  await insertAll(
    tx,
    'orders',
    step.orders.map((order) => ({
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
  await insertAll(
    tx,
    'order_lines',
    step.orders.flatMap(({ month, orderId, lines }) =>
      lines.map((line) => ({
        month,
        order_id: orderId,
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
  await insertAll(
    tx,
    'order_tenders',
    step.orders.flatMap(({ month, orderId, tenders }) =>
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
  for (const { orderId, month, tenders } of step.orders) {
    for (const { reference } of tenders) {
      if (reference === null || linked.get(reference) === orderId) continue;
      if (!(await linkPayment(tx, storeId, reference, month, orderId))) {
        await raiseAlarm(
          tx,
          nowMs,
          registerNo,
          'journal.paid-elsewhere',
          `${reference} is not there, or has paid another order than ${orderId}`,
        );
      }
    }
  }
  for (const { seq, what, details } of step.alarms) await raiseAlarm(tx, nowMs, registerNo, `journal.${what}`, `entry ${seq}: ${details}`);
}

/** Most payments are captured and pay their order in one batch. @returns the order that each of those has paid. */
async function keepPayments(
  tx: Tx,
  { registerNo, storeId }: Register,
  { captured, orders }: IndexStep,
): Promise<ReadonlyMap<string, string>> {
  const paid = new Map<string, Order>();
  for (const order of orders) {
    for (const { reference } of order.tenders) if (reference !== null && !paid.has(reference)) paid.set(reference, order);
  }
  const rows = captured.map((payment) => ({
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
  }));
  if (rows.length === 0) return new Map();
  const kept = await tx
    .insertInto('payments')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning(['reference', 'order_id'])
    .execute();
  return new Map(kept.flatMap(({ reference, order_id }) => (order_id === null ? [] : [[reference, order_id]])));
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

async function insertAll<Table extends keyof Tables>(tx: Tx, table: Table, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const atOnce = Math.floor(MOST_PARAMETERS / Object.keys(first).length);
  for (let from = 0; from < rows.length; from += atOnce) {
    const values = rows.slice(from, from + atOnce) as unknown as Insertable<Table>;
    // What a register tells a second time in other entries is what it told first; `order-index.ts` has raised an alarm.
    await insertInto(tx, table)
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
