/** The code that unlocks a locked register: kept as a salted hash, compared in constant time. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** Both in base64. */
export interface KeptCode {
  readonly salt: string;
  readonly hash: string;
}

const HASH_BYTES = 32;

/** Hashes a code of 4 to 12 digits. */
export function hashCode(code: string, salt: Buffer = randomBytes(16)): KeptCode {
  return { salt: salt.toString('base64'), hash: scryptSync(code, salt, HASH_BYTES).toString('base64') };
}

/** Whether `code` is the kept one. */
export function isCode(code: string, kept: KeptCode): boolean {
  const known = Buffer.from(kept.hash, 'base64');
  const given = scryptSync(code, Buffer.from(kept.salt, 'base64'), HASH_BYTES);
  return known.length === given.length && timingSafeEqual(known, given);
}
