/** Who did what, where and why; and what a person should look at. Kept for ever, and nothing of it is a secret or a customer. */
import type { Db, Tx } from './store/store.ts';

export interface Deed {
  readonly atMs: number;
  readonly storeId: string | null;
  readonly registerId: string | null;
  readonly operator: string | null;
  /** `refund.reserved`, `register.enrolled`, `keys.rotated`. */
  readonly what: string;
  /** The refund's, order's, store's or unit's id. */
  readonly subject: string | null;
  readonly details: Readonly<Record<string, string | number | null>>;
}

/** What a register says of itself is read in a terminal too, and PostgreSQL takes no NUL. */
const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, ' ').toWellFormed();

export async function writeAudit(db: Db | Tx, deed: Deed): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      at_ms: deed.atMs,
      store_id: deed.storeId,
      register_id: deed.registerId,
      operator: deed.operator === null ? null : oneLine(deed.operator),
      what: deed.what,
      subject: deed.subject,
      details: JSON.stringify(deed.details),
    })
    .execute();
}

/** Somebody must look. One that is open already is not raised a second time: it counts how often, and when last. */
export async function raiseAlarm(db: Db | Tx, atMs: number, registerNo: number | null, what: string, details: string): Promise<void> {
  const told = oneLine(details.slice(0, 500));
  const again = await db
    .updateTable('alarms')
    .set(({ eb }) => ({ times: eb('times', '+', 1), last_ms: atMs }))
    .where('what', '=', what)
    .where('register_no', registerNo === null ? 'is' : '=', registerNo)
    .where('details', '=', told)
    .where('closed_ms', 'is', null)
    .returning('alarm_no')
    .executeTakeFirst();
  if (again !== undefined) return;
  await db.insertInto('alarms').values({ at_ms: atMs, last_ms: atMs, register_no: registerNo, what, details: told }).execute();
}
