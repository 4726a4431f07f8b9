/** The people of head office and their passwords, which are kept as scrypt of them (`hardware/crypto/slow-hash.ts`). */
import { randomBytes } from 'node:crypto';
import { scryptHasher } from '../../../hardware/crypto/slow-hash.ts';
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

/** The name as it is looked up: nobody is two people by a capital letter or a space. */
export const plainName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Nobody's password: an unknown name is to take as long to be refused as a known one. */
const NOBODY = scryptHasher.hash(randomBytes(16).toString('base64url'));

/** Adds a person, or changes role and password; who was signed in has to sign in again. @throws ChainError */
export async function putPerson(office: Office, name: string, role: PersonRole, password: string): Promise<void> {
  const plain = plainName(name);
  if (!NAME.test(plain)) throw new ChainError('A name is up to 60 letters, digits, spaces and . @ _ -, a letter or digit first.');
  if (password.length < SHORTEST_PASSWORD) throw new ChainError(`A password has ${SHORTEST_PASSWORD} characters or more.`);
  if (password.length > LONGEST_PASSWORD) throw new ChainError(`A password has ${LONGEST_PASSWORD} characters at most.`);
  const nowMs = office.clock.nowMs();
  const kept = { role, password: await scryptHasher.hash(password), changed_ms: nowMs };
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
  const plain = plainName(name);
  // What can be nobody's name is not asked of the database, which takes no NUL.
  const row = NAME.test(plain)
    ? await office.store.db.selectFrom('people').select(['name', 'role', 'password']).where('name', '=', plain).executeTakeFirst()
    : undefined;
  const matches = await scryptHasher.matches(password, row?.password ?? (await NOBODY));
  return row === undefined || !matches ? null : { name: row.name, role: row.role as PersonRole };
}
