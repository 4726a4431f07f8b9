/**
 * The people of head office and their passwords. A password is kept as scrypt of it with a salt of its own (RFC 7914), and
 * beside it what it was made with, so that a later version may make new ones harder and still know the old.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { writeAudit } from '../audit.ts';
import type { Office } from '../office.ts';
import { byHeadOffice, ChainError } from '../registers.ts';

export const ROLES = ['reader', 'manager'] as const;
/** `reader` sees everything; `manager` may act as well. */
export type PersonRole = (typeof ROLES)[number];

export interface Person {
  readonly name: string;
  readonly role: PersonRole;
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} .@_-]{0,59}$/u;
const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;

/** OWASP's password storage cheat sheet: N = 2^15, r = 8, p = 3 is as hard as N = 2^17 with p = 1, in a quarter of the memory. */
const COST = { logN: 15, r: 8, p: 3 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** The name as it is looked up: nobody is two people by a capital letter or a space. */
export const plainName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

function derive(password: string, salt: Buffer, { logN, r, p }: { readonly logN: number; readonly r: number; readonly p: number }) {
  const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r };
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.logN, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

async function isPassword(password: string, kept: string): Promise<boolean> {
  const [, logN, r, p, salt = '', key = ''] = kept.split('$');
  const derived = await derive(password, Buffer.from(salt, 'base64url'), { logN: Number(logN), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'));
}

/** Nobody's password: an unknown name is to take as long to be refused as a known one. */
const NOBODY = hashPassword(randomBytes(SALT_BYTES).toString('base64url'));

/** Adds a person, or changes role and password; who was signed in has to sign in again. @throws ChainError */
export async function putPerson(office: Office, name: string, role: PersonRole, password: string): Promise<void> {
  const plain = plainName(name);
  if (!NAME.test(plain)) throw new ChainError('A name is up to 60 letters, digits, spaces and . @ _ -, a letter or digit first.');
  if (password.length < SHORTEST_PASSWORD) throw new ChainError(`A password has ${SHORTEST_PASSWORD} characters or more.`);
  if (password.length > LONGEST_PASSWORD) throw new ChainError(`A password has ${LONGEST_PASSWORD} characters at most.`);
  const nowMs = office.clock.nowMs();
  const kept = { role, password: await hashPassword(password), changed_ms: nowMs };
  await office.store.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('people')
      .values({ name: plain, ...kept })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(kept))
      .execute();
    await tx.deleteFrom('sessions').where('name', '=', plain).execute();
    await writeAudit(tx, { ...byHeadOffice(nowMs), what: 'person.put', subject: plain, details: { role } });
  });
}

/** Takes a person away; who was signed in is not any more. @throws ChainError */
export async function removePerson(office: Office, name: string): Promise<void> {
  const plain = plainName(name);
  const nowMs = office.clock.nowMs();
  await office.store.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('sessions').where('name', '=', plain).execute();
    const gone = await tx.deleteFrom('people').where('name', '=', plain).returning('name').executeTakeFirst();
    if (gone === undefined) throw new ChainError(`There is nobody called "${plain}".`);
    await writeAudit(tx, { ...byHeadOffice(nowMs), what: 'person.removed', subject: plain, details: {} });
  });
}

/** The person of a name and a password; `null` when either is wrong, which takes as long. */
export async function findPerson(office: Office, name: string, password: string): Promise<Person | null> {
  const row = await office.store.db
    .selectFrom('people')
    .select(['name', 'role', 'password'])
    .where('name', '=', plainName(name))
    .executeTakeFirst();
  const matches = await isPassword(password, row?.password ?? (await NOBODY));
  return row === undefined || !matches ? null : { name: row.name, role: row.role as PersonRole };
}
