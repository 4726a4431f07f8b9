/**
 * Who is signed in. The browser holds a token in a cookie that no script can read; the database holds the token's hash, so
 * whoever reads it is nobody. A session ends when it was not used for some hours, at the end of a long day, and at sign-out.
 */
import { randomBytes } from 'node:crypto';
import { writeAudit } from '../audit.ts';
import type { Office } from '../office.ts';
import { byHeadOffice, hashOf } from '../registers.ts';
import { forgetAttempts } from './attempts.ts';
import type { Person, PersonRole } from './people.ts';

export const SESSION_RESTS_MS = 4 * 3_600_000;
export const SESSION_LASTS_MS = 12 * 3_600_000;
/** Written down when it was used, but not at every request. */
const USED_EVERY_MS = 60_000;

/** Begins a session. Gives its token, which is kept nowhere. */
export async function beginSession(office: Office, person: Person): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const nowMs = office.clock.nowMs();
  await office.store.db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('sessions')
      .where(({ or, eb }) => or([eb('used_ms', '<', nowMs - SESSION_RESTS_MS), eb('made_ms', '<', nowMs - SESSION_LASTS_MS)]))
      .execute();
    await forgetAttempts(tx, nowMs);
    await tx
      .insertInto('sessions')
      .values({ token_hash: hashOf(token), name: person.name, made_ms: nowMs, used_ms: nowMs })
      .execute();
    await writeAudit(tx, { ...byHeadOffice(nowMs, person.name), what: 'person.signed-in', subject: person.name, details: {} });
  });
  return token;
}

/**
 * The person whose session this is; `null` when it is none, or over.
 * @param isUse `false`: the page looked by itself, while its person may be away.
 */
export async function personOf(office: Office, token: string, isUse: boolean): Promise<Person | null> {
  const tokenHash = hashOf(token);
  const found = await office.store.db
    .selectFrom('sessions')
    .innerJoin('people', 'people.name', 'sessions.name')
    .select(['people.name', 'people.role', 'sessions.made_ms', 'sessions.used_ms'])
    .where('sessions.token_hash', '=', tokenHash)
    .executeTakeFirst();
  const nowMs = office.clock.nowMs();
  if (found === undefined || nowMs - found.used_ms > SESSION_RESTS_MS || nowMs - found.made_ms > SESSION_LASTS_MS) return null;
  if (isUse && nowMs - found.used_ms > USED_EVERY_MS) {
    await office.store.db.updateTable('sessions').set({ used_ms: nowMs }).where('token_hash', '=', tokenHash).execute();
  }
  return { name: found.name, role: found.role as PersonRole };
}

/** Ends a session; one that is over already stays so. */
export async function endSession(office: Office, token: string): Promise<void> {
  await office.store.db.deleteFrom('sessions').where('token_hash', '=', hashOf(token)).execute();
}
