/**
 * Money that a register itself took too much of (the sale took less, or never came to be) it gives back by itself. Never what
 * pays for a sale that head office knows of: goods come back by `/v1/refunds` alone, where they are reserved. What was captured
 * is the provider's to say, and it refuses more than that; what a register has reported is held against it here as well.
 */
import { sql } from 'kysely';
import { monthOfReference } from '../../../app/refund/names.ts';
import { RefusedByHeadOffice } from '../../../app/refund/problem.ts';
import { writeAudit } from '../audit.ts';
import type { Office, Register } from '../office.ts';
import type { Tx } from '../store/store.ts';

export interface GiveBack {
  readonly reference: string;
  /** The register's idempotency key: the same once more is the same give-back. */
  readonly key: string;
  /** Minor units. */
  readonly amountOre: number;
}

/** Writes it down before it is sent. @throws RefusedByHeadOffice `above-captured`, `other-refund` */
export async function noteGiveBack(office: Office, register: Register, { reference, key, amountOre }: GiveBack): Promise<void> {
  const nowMs = office.clock.nowMs();
  await office.store.db.transaction().execute(async (tx) => {
    // First, since it holds the payment: whoever gave of it a moment earlier has finished.
    const mostOre = await surplusOf(office, tx, register.storeId, reference);
    const before = await tx.selectFrom('give_backs').select(['key', 'amount_ore']).where('reference', '=', reference).execute();
    const same = before.find((each) => each.key === key);
    if (same !== undefined) {
      if (same.amount_ore !== amountOre) throw new RefusedByHeadOffice('other-refund');
      return;
    }
    const givenOre = before.reduce((sum, each) => sum + each.amount_ore, 0);
    if (mostOre !== null && givenOre + amountOre > mostOre) throw new RefusedByHeadOffice('above-captured');
    await tx
      .insertInto('give_backs')
      .values({ reference, key, register_no: register.registerNo, amount_ore: amountOre, at_ms: nowMs })
      .execute();
    const { storeId, registerId } = register;
    const deed = { atMs: nowMs, storeId, registerId, operator: null, what: 'payment.given-back', subject: reference };
    await writeAudit(tx, { ...deed, details: { amount_ore: amountOre } });
  });
}

/** The provider has refused it for good, so nothing of it went. */
export async function forgetGiveBack({ store: { db } }: Office, reference: string, key: string): Promise<void> {
  await db.deleteFrom('give_backs').where('reference', '=', reference).where('key', '=', key).execute();
}

/** What was captured beyond what its sale took of it; `null` while the register has not reported the payment. */
async function surplusOf({ store }: Office, tx: Tx, storeId: string, reference: string): Promise<number | null> {
  const month = monthOfReference(reference);
  if (month === null) return null;
  const { rows } = await sql<{ captured_ore: number; order_month: number | null; order_id: string | null }>`
    SELECT captured_ore, order_month, order_id FROM payments
    WHERE month = ${month} AND reference = ${reference} AND store_id = ${storeId} ${store.forUpdate}`.execute(tx);
  const [payment] = rows;
  if (payment === undefined) return null;
  const { captured_ore, order_month, order_id } = payment;
  if (order_id === null || order_month === null) return captured_ore;
  const taken = await tx
    .selectFrom('order_tenders')
    .select('amount_ore')
    .where('month', '=', order_month)
    .where('order_id', '=', order_id)
    .where('reference', '=', reference)
    .execute();
  return captured_ore - taken.reduce((sum, each) => sum + each.amount_ore, 0);
}
