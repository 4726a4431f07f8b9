/**
 * Takes a register's journal, batch by batch. A batch is one transaction with everything that follows from it; the answer
 * says up to where all entries are safe. Sent twice, late or in pieces it comes to the same.
 */
import { sql } from 'kysely';
import { type CheckedEntry, checkBatch, type JournalPosition, newEntries, restoredAt } from '../../app/refund/batch.ts';
import type { WireEntry } from '../../app/refund/contract.ts';
import { type Month, monthOf } from '../../app/refund/names.ts';
import { concerned, indexEntries } from '../../app/refund/order-index.ts';
import { RefusedByHeadOffice } from '../../app/refund/problem.ts';
import { nodeHasher } from '../../hardware/crypto/hasher.ts';
import { raiseAlarm } from './audit.ts';
import { knownEpochs, noteEpochs, takeBack } from './kept-journal.ts';
import { keepOrders } from './kept-orders.ts';
import type { Office, Register } from './office.ts';
import type { Tx } from './store/store.ts';
import { keepTakenBack } from './taken-back.ts';
import { keepUnfinished, loadUnfinished } from './unfinished.ts';

/** The months that have a place of their own: a clock that is years off does not make one for itself. */
const MONTHS_BACK = 37;

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

const monthOfEntry = ({ entry }: CheckedEntry): Month => monthOf(entry.atMs, entry.offsetMinutes);
const monthsOf = (checked: readonly CheckedEntry[]) => new Set(checked.map(monthOfEntry));

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
  await keepEntries(office, tx, registerNo, fresh);
  const entries = fresh.map(({ entry }) => entry);
  await noteEpochs(tx, registerNo, entries);
  const before = await loadUnfinished(tx, registerNo, concerned(entries));
  const step = indexEntries(register, before, entries);
  await keepUnfinished(tx, registerNo, before, step);
  await keepOrders(office, tx, register, step);
  await keepTakenBack(office, tx, register, step.takenBack);
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
  if (!checked.some(({ entry }) => entry.type === 'register.epoch-started')) return position;
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
    .where('month', 'in', [...monthsOf(again)])
    .where('register_no', '=', registerNo)
    .where('epoch', 'in', [...new Set(again.map(({ entry }) => entry.epoch))])
    .where('seq', '>=', first)
    .where('seq', '<=', last)
    .execute();
  const hashes = new Map(kept.map(({ epoch, seq, hash }) => [`${epoch} ${seq}`, hash]));
  const other = again.find(({ entry }) => hashes.get(`${entry.epoch} ${entry.seq}`) !== entry.hash);
  if (other !== undefined) throw new RefusedByHeadOffice('other-entry', { seq: other.entry.seq });
}

async function keepEntries({ store }: Office, tx: Tx, registerNo: number, fresh: readonly CheckedEntry[]): Promise<void> {
  const rows = fresh.map((checked) => ({
    month: monthOfEntry(checked),
    register_no: registerNo,
    epoch: checked.entry.epoch,
    seq: checked.entry.seq,
    hash: checked.entry.hash,
    at_ms: checked.entry.atMs,
    type: checked.entry.type,
    body: checked.hashedText,
  }));
  await store.append(tx, 'entries', rows);
}
