/**
 * Whose payment an address leads to. eCom's picture is asked for by the payment's address, in which no reference stands; so it
 * is remembered, as a hash, which register was given it.
 */
import { createHash } from 'node:crypto';
import type { HttpResponse } from '../../../app/till/ports.ts';
import { readBody } from '../../../app/vipps/wire.ts';
import type { Office, Register } from '../office.ts';

/** A payment's address leads somewhere for ten minutes. */
const KEPT_MS = 3_600_000;

const hashOf = (url: string): string => createHash('sha256').update(url).digest('hex');

/** The provider has just given this register an address. Trouble is logged: the register draws the code itself then. */
export async function notePicture({ store: { db }, clock, log }: Office, register: Register, response: HttpResponse): Promise<void> {
  const body = readBody(response);
  const url = body.kind === 'json' ? (body.value as { readonly url?: unknown } | null)?.url : undefined;
  if (typeof url !== 'string') return;
  const nowMs = clock.nowMs();
  try {
    await db
      .insertInto('payment_addresses')
      .values({ url_hash: hashOf(url), register_no: register.registerNo, made_ms: nowMs })
      .onConflict((conflict) => conflict.column('url_hash').doNothing())
      .execute();
    await db
      .deleteFrom('payment_addresses')
      .where('made_ms', '<', nowMs - KEPT_MS)
      .execute();
  } catch (error) {
    log.write('warn', 'relay.picture', { message: error instanceof Error ? error.message : '' });
  }
}

/** Whether this register was given the address. */
export async function isPictureOf({ store: { db } }: Office, { registerNo }: Register, url: string): Promise<boolean> {
  const row = await db.selectFrom('payment_addresses').select('register_no').where('url_hash', '=', hashOf(url)).executeTakeFirst();
  return row?.register_no === registerNo;
}
