/**
 * A short secret of a person's at rest: scrypt with a salt of its own (RFC 7914), and beside it what it was made with, so that
 * a later version may make new ones harder and still know the old. Made off the main thread: selling goes on meanwhile.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PinHasher } from '../../app/till/ports.ts';

/** OWASP's password storage cheat sheet: as hard as N = 2^17 with p = 1, in a quarter of the memory (32 MiB). */
const COST = { logN: 15, r: 8, p: 3 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

interface Cost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

function derive(secret: string, salt: Buffer, { logN, r, p }: Cost): Promise<Buffer> {
  const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r };
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

const FORM = /^scrypt\$(\d{1,2})\$(\d)\$(\d)\$([\w-]{22})\$([\w-]{43})$/;
/** What is written in a file may ask for no more than this. */
const HARDEST = { logN: 17, r: 8 } as const;

/** `scrypt$15$8$3$<salt>$<key>`, both in base64url. */
export const scryptHasher: PinHasher = {
  async hash(pin) {
    const salt = randomBytes(SALT_BYTES);
    const key = await derive(pin, salt, COST);
    return ['scrypt', COST.logN, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
  },
  async matches(pin, kept) {
    const [whole, logN, r, p, salt = '', key = ''] = FORM.exec(kept) ?? [];
    const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
    if (whole === undefined || cost.logN > HARDEST.logN || cost.r > HARDEST.r || cost.logN * cost.r * cost.p === 0) return false;
    const derived = await derive(pin, Buffer.from(salt, 'base64url'), cost);
    const expected = Buffer.from(key, 'base64url');
    return expected.byteLength === derived.byteLength && timingSafeEqual(derived, expected);
  },
};
