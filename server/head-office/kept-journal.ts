/**
 * The journals as they are kept: which entries make up a register's journal now, and what becomes of it after a restore.
 *
 * A register that is restored from a backup goes on from an earlier entry, in an epoch of its own. What it had reported after
 * that entry has happened all the same, so its orders stay; but its journal goes on without them.
 */
import { sql } from 'kysely';
import type { Entry } from '../../app/journal/entry.ts';
import type { JournalPosition } from '../../app/refund/batch.ts';
import type { WireEntry } from '../../app/refund/contract.ts';
import { indexEntries } from '../../app/refund/order-index.ts';
import type { Register } from './office.ts';
import type { Db, Tx } from './store/store.ts';

const PAGE = 1_000;

interface Span {
  readonly epoch: string;
  readonly from_seq: number;
  readonly to_seq: number | null;
}

const liveSpans = (db: Db | Tx, registerNo: number): Promise<readonly Span[]> =>
  db
    .selectFrom('epochs')
    .select(['epoch', 'from_seq', 'to_seq'])
    .where('register_no', '=', registerNo)
    .where('live', '=', 1)
    .orderBy('from_seq')
    .execute();

/** Entries of a register's journal as it is now, in order, from a number on. */
export async function readJournal(db: Db | Tx, registerNo: number, fromSeq: number, most: number): Promise<readonly WireEntry[]> {
  const entries: WireEntry[] = [];
  for (const { epoch, from_seq, to_seq } of await liveSpans(db, registerNo)) {
    if ((to_seq !== null && to_seq < fromSeq) || entries.length >= most) continue;
    const rows = await db
      .selectFrom('entries')
      .select(['body', 'hash'])
      .where('register_no', '=', registerNo)
      .where('epoch', '=', epoch)
      .where('seq', '>=', Math.max(from_seq, fromSeq))
      .where('seq', '<=', to_seq ?? Number.MAX_SAFE_INTEGER)
      .orderBy('seq')
      .limit(most - entries.length)
      .execute();
    entries.push(...rows.map(({ body, hash }) => readBody(body, hash)));
  }
  return entries;
}

/** A body is what its hash was made of: the hash before it, then the entry. The first ones were kept as JSON, with the payload as a text in it. */
function readBody(body: string, hash: string): WireEntry {
  if (body.startsWith('{')) {
    const { payloadText, ...envelope } = JSON.parse(body) as Omit<WireEntry, 'payload'> & { readonly payloadText: string };
    return { ...envelope, payload: JSON.parse(payloadText) as WireEntry['payload'] };
  }
  const facts = JSON.parse(body.slice(hash.length)) as Omit<WireEntry, 'prevHash' | 'hash'>;
  return { ...facts, prevHash: body.slice(0, hash.length), hash };
}

export async function knownEpochs(tx: Tx, registerNo: number): Promise<ReadonlySet<string>> {
  const rows = await tx.selectFrom('epochs').select('epoch').where('register_no', '=', registerNo).execute();
  return new Set(rows.map(({ epoch }) => epoch));
}

/** Notes the epochs that begin among new entries. */
export async function noteEpochs(tx: Tx, registerNo: number, entries: readonly Entry[]): Promise<void> {
  for (const { type, epoch, seq } of entries) {
    if (type !== 'register.installed' && type !== 'register.epoch-started') continue;
    await sql`UPDATE epochs SET to_seq = ${seq - 1} WHERE register_no = ${registerNo} AND live = 1 AND to_seq IS NULL`.execute(tx);
    await tx.insertInto('epochs').values({ register_no: registerNo, epoch, from_seq: seq, to_seq: null, live: 1 }).execute();
  }
}

/**
 * Takes a journal back to the entry before `restored`, if that entry is the one it follows. What was unfinished then is made
 * again from the entries before it, which takes as long as the journal is long: a restore is rare.
 * @returns where the journal stands then; `null` when `restored` follows nothing that head office has.
 */
export async function takeBack(tx: Tx, register: Register, restored: Entry): Promise<JournalPosition | null> {
  const { registerNo } = register;
  const [before] = await readJournal(tx, registerNo, restored.seq - 1, 1);
  if (before?.seq !== restored.seq - 1 || before.hash !== restored.prevHash) return null;
  await sql`UPDATE epochs SET live = 0 WHERE register_no = ${registerNo} AND live = 1 AND from_seq >= ${restored.seq}`.execute(tx);
  await sql`UPDATE epochs SET to_seq = ${before.seq} WHERE register_no = ${registerNo} AND live = 1
    AND (to_seq IS NULL OR to_seq > ${before.seq})`.execute(tx);
  await remakeUnfinished(tx, register);
  return { seq: before.seq, hash: before.hash, epoch: before.epoch };
}

async function remakeUnfinished(tx: Tx, register: Register): Promise<void> {
  const { registerNo } = register;
  const sales = new Map<string, never>();
  const payments = new Map<string, never>();
  for (let fromSeq = 1; ; ) {
    const page = (await readJournal(tx, registerNo, fromSeq, PAGE)) as unknown as readonly Entry[];
    const last = page.at(-1);
    if (last === undefined) break;
    const step = indexEntries(register, { sales, payments }, page);
    for (const [known, changed] of [
      [sales, step.sales],
      [payments, step.payments],
    ] as const) {
      for (const [id, state] of changed) {
        if (state === null) known.delete(id);
        else known.set(id, state as never);
      }
    }
    fromSeq = last.seq + 1;
  }
  await tx.deleteFrom('unfinished').where('register_no', '=', registerNo).execute();
  for (const [kind, known] of [
    ['sale', sales],
    ['payment', payments],
  ] as const) {
    for (const [id, state] of known) {
      await tx
        .insertInto('unfinished')
        .values({ register_no: registerNo, kind, id, state: JSON.stringify(state) })
        .execute();
    }
  }
}
