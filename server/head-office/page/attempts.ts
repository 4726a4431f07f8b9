/**
 * How often somebody may try to sign in, counted in the database: several head offices on one PostgreSQL let in as much as one.
 * Of each caller only the moment is kept at which they may try as often as ever again, under a hash: people type their
 * passwords where their names belong.
 */
import { RefusedByHeadOffice } from '../../../app/refund/problem.ts';
import type { Limit } from '../limits.ts';
import type { Office } from '../office.ts';
import { hashOf } from '../registers.ts';
import type { Tx } from '../store/store.ts';

/** Counts one attempt. @throws RefusedByHeadOffice `too-many`, with the seconds to wait; that attempt is not counted. */
export async function takeAttempt({ store, clock }: Office, { burst, perMinute }: Limit, caller: string): Promise<void> {
  const nowMs = clock.nowMs();
  const eachMs = 60_000 / perMinute;
  const mostMs = Math.round((burst - 1) * eachMs);
  const who = hashOf(caller);
  const taken = await store.db
    .insertInto('sign_in_attempts')
    .values({ caller: who, full_ms: nowMs + eachMs })
    .onConflict((conflict) =>
      conflict
        .column('caller')
        .doUpdateSet(({ between, eb, ref, val }) => ({
          full_ms: eb
            .case()
            .when(between('sign_in_attempts.full_ms', val(nowMs), val(nowMs + mostMs)))
            .then(eb(ref('sign_in_attempts.full_ms'), '+', eachMs))
            .else(val(nowMs + eachMs))
            .end(),
        }))
        // Further ahead than anybody can come: the clock was set back.
        .where(({ not, between, val }) => not(between('sign_in_attempts.full_ms', val(nowMs + mostMs + 1), val(nowMs + mostMs + eachMs)))),
    )
    .returning('full_ms')
    .executeTakeFirst();
  if (taken !== undefined) return;
  const row = await store.db.selectFrom('sign_in_attempts').select('full_ms').where('caller', '=', who).executeTakeFirst();
  const waitMs = (row?.full_ms ?? nowMs) - nowMs - mostMs;
  throw new RefusedByHeadOffice('too-many', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) });
}

/** Whoever may try as often as ever again is nobody to remember. */
export async function forgetAttempts(tx: Tx, nowMs: number): Promise<void> {
  await tx.deleteFrom('sign_in_attempts').where('full_ms', '<', nowMs).execute();
}
