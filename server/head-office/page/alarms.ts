/** What somebody must look at: read by everybody at head office, closed by a manager with a word about it. */
import type { AlarmRow, PageRequest } from '../../../app/head-office/page-contract.ts';
import { writeAudit } from '../audit.ts';
import type { Office } from '../office.ts';
import { byHeadOffice } from '../registers.ts';
import type { Db } from '../store/store.ts';
import { PAGE_ROWS } from './named.ts';
import type { Person } from './people.ts';
import { PageRefusal } from './refusal.ts';

const alarmRows = (db: Db, most: number) =>
  db
    .selectFrom('alarms')
    .leftJoin('registers', 'registers.register_no', 'alarms.register_no')
    .leftJoin('stores', 'stores.store_id', 'registers.store_id')
    .selectAll('alarms')
    .select(['registers.store_id', 'registers.register_id', 'stores.name'])
    .orderBy('alarms.alarm_no', 'desc')
    .limit(most);

type Row = Awaited<ReturnType<ReturnType<typeof alarmRows>['execute']>>[number];

const seen = (row: Row): AlarmRow => ({
  alarmNo: row.alarm_no,
  what: row.what,
  details: row.details,
  register:
    row.store_id === null ? null : { storeId: row.store_id, storeName: row.name ?? row.store_id, registerId: row.register_id ?? '' },
  firstMs: row.at_ms,
  lastMs: row.last_ms,
  times: row.times,
  closed: row.closed_ms === null ? null : { atMs: row.closed_ms, by: row.closed_by ?? '', note: row.note ?? '' },
});

/** The newest that nobody has closed. */
export async function newestAlarms(db: Db, most: number): Promise<readonly AlarmRow[]> {
  return (await alarmRows(db, most).where('alarms.closed_ms', 'is', null).execute()).map(seen);
}

export async function openAlarmCount(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('alarms')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('closed_ms', 'is', null)
    .executeTakeFirstOrThrow();
  return n;
}

/** A page of them, the newest first; `closed`: those that were closed instead of those that wait. */
export async function listAlarms({ store: { db } }: Office, { closed, after }: PageRequest<'alarms'>) {
  let query = alarmRows(db, PAGE_ROWS + 1).where('alarms.closed_ms', closed ? 'is not' : 'is', null);
  if (after !== undefined) query = query.where('alarms.alarm_no', '<', after);
  const rows = await query.execute();
  const shown = rows.slice(0, PAGE_ROWS);
  return { alarms: shown.map(seen), next: rows.length > PAGE_ROWS ? (shown.at(-1)?.alarm_no ?? null) : null };
}

/** Somebody has looked. @throws PageRefusal `unknown-alarm`, `closed-already` */
export async function closeAlarm({ store: { db }, clock }: Office, person: Person, alarmNo: number, note: string): Promise<void> {
  const nowMs = clock.nowMs();
  await db.transaction().execute(async (tx) => {
    const closed = await tx
      .updateTable('alarms')
      .set({ closed_ms: nowMs, closed_by: person.name, note })
      .where('alarm_no', '=', alarmNo)
      .where('closed_ms', 'is', null)
      .returning('what')
      .executeTakeFirst();
    if (closed === undefined) {
      const there = await tx.selectFrom('alarms').select('alarm_no').where('alarm_no', '=', alarmNo).executeTakeFirst();
      throw new PageRefusal(there === undefined ? 'unknown-alarm' : 'closed-already');
    }
    const details = { what: closed.what, note };
    await writeAudit(tx, { ...byHeadOffice(nowMs, person.name), what: 'alarm.closed', subject: `alarm-${alarmNo}`, details });
  });
}
