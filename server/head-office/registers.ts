/**
 * Which register is speaking. It enrols once with a code that a person at head office made, and gets a key of its own; from
 * then on the key says which register of which store it is. Keys and codes are kept as hashes: whoever reads the database
 * cannot speak for anybody.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { FIRST_PREV_HASH } from '../../app/journal/entry-text.ts';
import { REGISTER_ID, STORE_ID } from '../../app/refund/names.ts';
import { RefusedByHeadOffice } from '../../app/refund/problem.ts';
import { writeAudit } from './audit.ts';
import type { Office, Register } from './office.ts';
import type { Tx } from './store/store.ts';

/** Without letters and digits that people mix up; 12 of them are 58 bits. */
const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 12;
export const CODE_LASTS_MS = 24 * 3_600_000;
/** Written down when a key was used, but not at every request. */
const SEEN_EVERY_MS = 60_000;

/** How keys, codes and sessions are kept: each is long and drawn by chance, so it needs no salt. */
export const hashOf = (secret: string): string => createHash('sha256').update(`tillit ${secret}`).digest('hex');
const newKey = (): string => `tr_${randomBytes(32).toString('base64url')}`;
/** People write it with or without its dashes, in capitals or not. */
const plainCode = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** What was asked for by a person at head office makes no sense. */
export class ChainError extends Error {
  override readonly name = 'ChainError';
}

/** Makes a one-time code for a register, new or known, good for a day. Gives it in groups of four. */
export async function makeCode(office: Office, storeId: string, registerId: string, by = HEAD_OFFICE): Promise<string> {
  if (!STORE_ID.test(storeId)) throw new ChainError(`"${storeId}" is no store's id.`);
  if (!REGISTER_ID.test(registerId)) throw new ChainError(`"${registerId}" is no register's id: 1 to 6 small letters or digits.`);
  const nowMs = office.clock.nowMs();
  const code = Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS.charAt(randomInt(CODE_LETTERS.length))).join('');
  await office.store.db.transaction().execute(async (tx) => {
    const store = await tx.selectFrom('stores').select('store_id').where('store_id', '=', storeId).executeTakeFirst();
    if (store === undefined) throw new ChainError(`There is no store "${storeId}". Add it first.`);
    await tx
      .insertInto('registers')
      .values({ store_id: storeId, register_id: registerId, epoch: '', seq: 0, hash: FIRST_PREV_HASH })
      .onConflict((conflict) => conflict.columns(['store_id', 'register_id']).doNothing())
      .execute();
    const { register_no } = await tx
      .selectFrom('registers')
      .select('register_no')
      .where('store_id', '=', storeId)
      .where('register_id', '=', registerId)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('enrolment_codes')
      .values({ code_hash: hashOf(code), register_no, expires_ms: nowMs + CODE_LASTS_MS, used_ms: null })
      .execute();
    await writeAudit(tx, { ...byHeadOffice(nowMs, by), what: 'register.code-made', subject: `${storeId}-${registerId}`, details: {} });
  });
  return (code.match(/.{4}/g) ?? []).join('-');
}

/** Whoever is at head office's command line. */
const HEAD_OFFICE = 'head-office';
/** @param by the person who signed in; nobody does at the command line. */
export const byHeadOffice = (atMs: number, by = HEAD_OFFICE) => ({ atMs, storeId: null, registerId: null, operator: by });

/** Turns a code into a key. Keys that the register had before end. @throws RefusedByHeadOffice `bad-code` */
export async function enrol(
  office: Office,
  code: string,
  software: string,
): Promise<{ readonly key: string; readonly registerNo: number }> {
  const nowMs = office.clock.nowMs();
  const codeHash = hashOf(plainCode(code));
  return office.store.db.transaction().execute(async (tx) => {
    const meant = await tx.selectFrom('enrolment_codes').select('register_no').where('code_hash', '=', codeHash).executeTakeFirst();
    if (meant === undefined) throw new RefusedByHeadOffice('bad-code');
    await holdKeys(office, tx, meant.register_no);
    const used = await sql<{ register_no: number }>`
      UPDATE enrolment_codes SET used_ms = ${nowMs}
      WHERE code_hash = ${codeHash} AND used_ms IS NULL AND expires_ms > ${nowMs}
      RETURNING register_no`.execute(tx);
    const registerNo = used.rows[0]?.register_no;
    if (registerNo === undefined) throw new RefusedByHeadOffice('bad-code');
    await revokeKeys(tx, registerNo, nowMs);
    const key = await addKey(tx, registerNo, nowMs);
    await tx.updateTable('registers').set({ software, last_seen_ms: nowMs }).where('register_no', '=', registerNo).execute();
    const register = await registerOf(tx, registerNo);
    await writeAudit(tx, { ...byRegister(register, nowMs), what: 'register.enrolled', subject: null, details: { software } });
    return { key, registerNo };
  });
}

const byRegister = ({ storeId, registerId }: Register, atMs: number) => ({ atMs, storeId, registerId, operator: null });

/** A register's keys are made and ended one after the other, in whichever process: none is made beside the one who ends them. */
async function holdKeys({ store }: Office, tx: Tx, registerNo: number): Promise<void> {
  await sql`SELECT register_no FROM registers WHERE register_no = ${registerNo} ${store.forUpdate}`.execute(tx);
}

async function addKey(tx: Tx, registerNo: number, nowMs: number): Promise<string> {
  const key = newKey();
  await tx
    .insertInto('register_keys')
    .values({ key_hash: hashOf(key), register_no: registerNo, made_ms: nowMs, used_ms: null, revoked_ms: null })
    .execute();
  return key;
}

async function revokeKeys(tx: Tx, registerNo: number, nowMs: number, but: string | null = null): Promise<void> {
  let query = tx
    .updateTable('register_keys')
    .set({ revoked_ms: nowMs })
    .where('register_no', '=', registerNo)
    .where('revoked_ms', 'is', null);
  if (but !== null) query = query.where('key_hash', '!=', but);
  await query.execute();
}

/**
 * A new key beside the old one, which ends when the new one is first used: an answer that was lost locks nobody out.
 * @param key the one that asks.
 * @throws RefusedByHeadOffice `key-revoked` when it was taken back since it was looked at.
 */
export async function rotateKey(office: Office, register: Register, key: string): Promise<string> {
  const nowMs = office.clock.nowMs();
  return office.store.db.transaction().execute(async (tx) => {
    await holdKeys(office, tx, register.registerNo);
    const own = await tx.selectFrom('register_keys').select('revoked_ms').where('key_hash', '=', hashOf(key)).executeTakeFirst();
    if (own?.revoked_ms !== null) throw new RefusedByHeadOffice('key-revoked');
    // One that was made before and never used was lost on the way.
    await tx.deleteFrom('register_keys').where('register_no', '=', register.registerNo).where('used_ms', 'is', null).execute();
    const newer = await addKey(tx, register.registerNo, nowMs);
    await writeAudit(tx, { ...byRegister(register, nowMs), what: 'register.key-rotated', subject: null, details: {} });
    return newer;
  });
}

/** Ends all keys and codes of a register at once. */
export async function revoke(office: Office, storeId: string, registerId: string, by = HEAD_OFFICE): Promise<void> {
  const nowMs = office.clock.nowMs();
  await office.store.db.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom('registers')
      .select('register_no')
      .where('store_id', '=', storeId)
      .where('register_id', '=', registerId)
      .executeTakeFirst();
    if (found === undefined) throw new ChainError(`There is no register "${registerId}" in store "${storeId}".`);
    await holdKeys(office, tx, found.register_no);
    await revokeKeys(tx, found.register_no, nowMs);
    await tx.deleteFrom('enrolment_codes').where('register_no', '=', found.register_no).where('used_ms', 'is', null).execute();
    await writeAudit(tx, { ...byHeadOffice(nowMs, by), what: 'register.revoked', subject: `${storeId}-${registerId}`, details: {} });
  });
}

/** The register that a key belongs to. @throws RefusedByHeadOffice `no-key`, `key-revoked` */
export async function authenticate(office: Office, key: string | null): Promise<Register> {
  if (key === null) throw new RefusedByHeadOffice('no-key');
  const keyHash = hashOf(key);
  const { db } = office.store;
  const found = await registersWithStores(db)
    .innerJoin('register_keys', 'register_keys.register_no', 'registers.register_no')
    .select(['used_ms', 'revoked_ms'])
    .where('key_hash', '=', keyHash)
    .executeTakeFirst();
  if (found === undefined) throw new RefusedByHeadOffice('no-key');
  if (found.revoked_ms !== null) throw new RefusedByHeadOffice('key-revoked');
  const nowMs = office.clock.nowMs();
  if (found.used_ms === null || nowMs - found.used_ms > SEEN_EVERY_MS) {
    await db.transaction().execute(async (tx) => {
      if (found.used_ms === null) await holdKeys(office, tx, found.register_no);
      if (found.used_ms === null) await revokeKeys(tx, found.register_no, nowMs, keyHash);
      await tx.updateTable('register_keys').set({ used_ms: nowMs }).where('key_hash', '=', keyHash).execute();
      await tx.updateTable('registers').set({ last_seen_ms: nowMs }).where('register_no', '=', found.register_no).execute();
    });
  }
  return registerIn(found);
}

export async function registerOf(db: Office['store']['db'] | Tx, registerNo: number): Promise<Register> {
  return registerIn(await registersWithStores(db).where('register_no', '=', registerNo).executeTakeFirstOrThrow());
}

const registersWithStores = (db: Office['store']['db'] | Tx) =>
  db
    .selectFrom('registers')
    .innerJoin('stores', 'stores.store_id', 'registers.store_id')
    .select(['registers.register_no', 'registers.store_id', 'register_id', 'stores.name', 'refund_limit_ore', 'refund_day_limit_ore']);

type RegisterRow = Awaited<ReturnType<ReturnType<typeof registersWithStores>['executeTakeFirstOrThrow']>>;

function registerIn(row: RegisterRow): Register {
  return {
    registerNo: row.register_no,
    storeId: row.store_id,
    registerId: row.register_id,
    storeName: row.name,
    refundLimitOre: row.refund_limit_ore,
    refundDayLimitOre: row.refund_day_limit_ore,
  };
}
