/**
 * Secrets in an encrypted file: AES-256-GCM, with a key that scrypt makes from a passphrase or from the bytes of a key
 * file. A file that was changed, or another passphrase, is `unreadable`: nothing of it is ever used.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { SECRET_NAMES, type SecretName, type SecretStore, SecretStoreError } from '../../app/till/ports.ts';

/** What opens the file. */
export type Opener = { readonly passphrase: string } | { readonly keyFile: string };

/** scrypt's cost: about 0.1 s and 32 MB on a till, once an hour at most (RFC 7914; OWASP's N = 2^15, r = 8). */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const MAX_MEMORY_BYTES = 64 * 1024 * 1024;
const SHORTEST_PASSPHRASE = 8;
const SHORTEST_KEY_FILE_BYTES = 16;

interface Kept {
  readonly salt: Buffer;
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly data: Buffer;
}

/** Bound into the encryption, so that a file of another form cannot pass for this one. */
const FORM = Buffer.from('tillit-secrets-1', 'utf8');

function readOpener(opener: Opener): Buffer {
  if ('passphrase' in opener) {
    const bytes = Buffer.from(opener.passphrase.normalize('NFKC'), 'utf8');
    if (bytes.length < SHORTEST_PASSPHRASE) throw new SecretStoreError('not-set-up', 'The passphrase must have at least 8 characters.');
    return bytes;
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(opener.keyFile);
  } catch {
    throw new SecretStoreError('not-set-up', 'The key file cannot be read.');
  }
  if (bytes.length < SHORTEST_KEY_FILE_BYTES) throw new SecretStoreError('not-set-up', 'The key file must hold at least 16 bytes.');
  return bytes;
}

function readKept(path: string): Kept | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new SecretStoreError('unreadable', 'The file with the secrets cannot be read.');
  }
  try {
    const value = JSON.parse(text) as Partial<Record<string, unknown>> | null;
    const bytes = (name: string, length: number | null): Buffer => {
      const found = value?.[name];
      if (typeof found !== 'string') throw new TypeError(name);
      const read = Buffer.from(found, 'base64');
      if (length !== null && read.length !== length) throw new TypeError(name);
      return read;
    };
    if (value?.form !== FORM.toString()) throw new TypeError('form');
    return { salt: bytes('salt', 16), iv: bytes('iv', 12), tag: bytes('tag', 16), data: bytes('data', null) };
  } catch {
    throw new SecretStoreError('unreadable', 'The file with the secrets is damaged.');
  }
}

/** Opens (or begins) the file at `path`. Nothing is read before it is asked for. `null` for `opener`: it was never set up. */
export function openFileSecrets(path: string, opener: Opener | null): SecretStore {
  let derived: { readonly salt: Buffer; readonly key: Buffer } | null = null;

  function keyFor(salt: Buffer): Buffer {
    if (opener === null) throw new SecretStoreError('not-set-up', 'There is neither a passphrase nor a key file.');
    if (derived?.salt.equals(salt) === true) return derived.key;
    const key = scryptSync(readOpener(opener), salt, 32, { ...COST, maxmem: MAX_MEMORY_BYTES });
    derived = { salt, key };
    return key;
  }

  function readAll(): Partial<Record<SecretName, string>> {
    const kept = readKept(path);
    if (kept === null) return {};
    try {
      const cipher = createDecipheriv('aes-256-gcm', keyFor(kept.salt), kept.iv, { authTagLength: 16 });
      cipher.setAAD(FORM);
      cipher.setAuthTag(kept.tag);
      const plain = Buffer.concat([cipher.update(kept.data), cipher.final()]);
      const value = JSON.parse(plain.toString('utf8')) as Partial<Record<string, unknown>>;
      return Object.fromEntries(SECRET_NAMES.flatMap((name) => (typeof value[name] === 'string' ? [[name, value[name]]] : [])));
    } catch (error) {
      if (error instanceof SecretStoreError) throw error;
      // The cause is left out on purpose: it can say nothing useful, and it came near the secrets.
      throw new SecretStoreError('unreadable', 'The file with the secrets does not open with this passphrase or key file.');
    }
  }

  function writeAll(secrets: Partial<Record<SecretName, string>>): void {
    const salt = derived?.salt ?? randomBytes(16);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyFor(salt), iv, { authTagLength: 16 });
    cipher.setAAD(FORM);
    const data = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
    const text = (bytes: Buffer) => bytes.toString('base64');
    writeWhole(
      path,
      `${JSON.stringify({ form: FORM.toString(), salt: text(salt), iv: text(iv), tag: text(cipher.getAuthTag()), data: text(data) })}\n`,
    );
  }

  return {
    kind: 'file',
    trouble() {
      try {
        if (opener === null) return 'not-set-up';
        readOpener(opener);
        readAll();
        return null;
      } catch (error) {
        return error instanceof SecretStoreError ? error.trouble : 'refused';
      }
    },
    allowWeak: () => undefined,
    has(name) {
      try {
        return readAll()[name] !== undefined;
      } catch {
        return false;
      }
    },
    read: (name) => readAll()[name] ?? null,
    write(name, value) {
      let kept: Partial<Record<SecretName, string>> = {};
      try {
        kept = readAll();
      } catch (error) {
        // What cannot be read any more is replaced by what was just entered; anything else is a refusal.
        if (!(error instanceof SecretStoreError) || error.trouble !== 'unreadable') throw error;
        derived = null;
        if (existsSync(path)) renameSync(path, `${path}.unreadable`);
      }
      try {
        writeAll({ ...kept, [name]: value });
      } catch (error) {
        if (error instanceof SecretStoreError) throw error;
        throw new SecretStoreError('refused', 'The file with the secrets cannot be written.');
      }
    },
  };
}

/** All of it or nothing, for this user alone. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    chmodSync(draft, 0o600);
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
