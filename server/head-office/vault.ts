/**
 * The provider's keys at rest: AES-256-GCM under a key that is not in the database. A chain may have several such keys; what
 * is sealed says with which, so that they can be changed while head office runs.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** No secret is ever in the message. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}

/** What speaks for a sales unit at the provider. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subscriptionKey: string;
}

export interface Vault {
  /** Of the key that seals from now on. */
  readonly keyId: string;
  /** @param owner is bound into it: what was sealed for one cannot be put in another's place. */
  seal(credentials: Credentials, owner: string): string;
  /** @throws VaultError when the key is not there, or what is kept was changed. */
  open(sealed: string, keyId: string, owner: string): Credentials;
  /** The same for any one secret. */
  sealText(secret: string, owner: string): string;
  openText(sealed: string, keyId: string, owner: string): string;
  /** What only head office can know of a name, for whoever must prove to speak for it: under the newest key first, then under the others. */
  proofs(owner: string): readonly string[];
}

const FORM = 'tillit-head-office-1';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param keys base64 of 32 bytes each; the first one seals, all of them open. */
export function createVault(keys: readonly string[]): Vault {
  const ring = new Map<string, Buffer>();
  for (const text of keys) {
    const key = Buffer.from(text, 'base64');
    if (key.length !== KEY_BYTES) throw new VaultError('A key of head office must be base64 of 32 bytes.');
    ring.set(createHash('sha256').update(FORM).update(key).digest('hex').slice(0, 12), key);
  }
  const [newest] = ring.keys();
  if (newest === undefined) throw new VaultError('Head office has no key to keep the sales units’ keys under.');
  const sealingId: string = newest;
  const keyOf = (id: string): Buffer => {
    const key = ring.get(id);
    if (key === undefined) throw new VaultError(`The keys were sealed under the key ${id}, which head office was not given.`);
    return key;
  };
  function sealText(secret: string, owner: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', keyOf(sealingId), iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(`${FORM}:${owner}`));
    const data = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64');
  }
  function openText(sealed: string, id: string, owner: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const key = keyOf(id);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(`${FORM}:${owner}`));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch {
      // The cause is left out on purpose: it came near the secrets.
      throw new VaultError(`What is kept for ${owner} does not open: it was changed, or is another's.`);
    }
  }
  return {
    keyId: sealingId,
    seal: ({ clientId, clientSecret, subscriptionKey }, owner) =>
      sealText(JSON.stringify({ clientId, clientSecret, subscriptionKey }), owner),
    open: (sealed, id, owner) => JSON.parse(openText(sealed, id, owner)) as Credentials,
    sealText,
    openText,
    proofs: (owner) => [...ring.values()].map((key) => createHmac('sha256', key).update(`${FORM} proof:${owner}`).digest('base64url')),
  };
}

/**
 * The keys from the environment (`TILLIT_HEAD_OFFICE_KEY`, several with commas between, the newest first), else from a file
 * with one a line. A file that is not there is made, with one key, for this user alone.
 */
export function readVaultKeys(environment: Readonly<Record<string, string | undefined>>, keyFile: string): readonly string[] {
  const given = environment.TILLIT_HEAD_OFFICE_KEY ?? '';
  if (given !== '') return lines(given, ',');
  if (!existsSync(keyFile)) writeFileSync(keyFile, `${newVaultKey()}\n`, { mode: 0o600, flag: 'wx' });
  return lines(readFileSync(keyFile, 'utf8'), '\n');
}

export const newVaultKey = (): string => randomBytes(KEY_BYTES).toString('base64');

function lines(text: string, separator: string): readonly string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
