/** `main/secrets.ts` against key stores of every kind: a real one, Linux without one, one that refuses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SecretStoreError } from '../../app/till/ports.ts';
import { openSystemSecrets, type SystemSecretsOptions } from '../../main/secrets.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SECRET = 'very-secret-0123456789';
type KeyStore = SystemSecretsOptions['safeStorage'];

/** As the system's: what comes out is not what went in, and only the same store gives it back. */
function keyStore(backend: ReturnType<KeyStore['getSelectedStorageBackend']>, available = true, mask = 0x5a): KeyStore {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ mask));
  return {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => turn(Buffer.from(`v1${text}`)),
    decryptString(bytes) {
      const text = turn(bytes).toString();
      if (!text.startsWith('v1')) throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
      return text.slice(2);
    },
  };
}

const open = (path: string, safeStorage: KeyStore, platform: NodeJS.Platform = 'linux') =>
  openSystemSecrets({ safeStorage, platform, path });
const troubleOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error instanceof SecretStoreError && !error.message.includes(SECRET) ? error.trouble : error;
  }
  return null;
};
const newPath = () => join(temporaryFolder(), 'secrets.json');

it('keeps keys in a real key store over a restart; the file does not say them', () => {
  const path = newPath();
  open(path, keyStore('gnome_libsecret')).write('clientSecret', SECRET);
  expect(open(path, keyStore('gnome_libsecret')).read('clientSecret')).toBe(SECRET);
  expect(readFileSync(path, 'utf8')).not.toContain(SECRET);
});

it('refuses what is no key store, until the owner says so; when the owner takes it back the keys are gone', () => {
  const path = newPath();
  const store = open(path, keyStore('basic_text'));
  expect([store.trouble(), troubleOf(() => store.write('clientSecret', SECRET)), store.has('clientSecret')]).toEqual([
    'weak',
    'weak',
    false,
  ]);
  store.allowWeak(true);
  store.write('clientSecret', SECRET);
  expect([store.trouble(), open(path, keyStore('basic_text')).read('clientSecret')]).toEqual([null, SECRET]);
  store.allowWeak(false);
  expect([store.trouble(), store.has('clientSecret')]).toEqual(['weak', false]);
});

it('does not ask about the backend where only Linux has one', () => {
  for (const platform of ['win32', 'darwin'] as const) expect(open(newPath(), keyStore('basic_text'), platform).trouble()).toBeNull();
});

it('says that a key store refuses, and writes nothing in the clear instead', () => {
  const path = newPath();
  const store = open(path, keyStore('kwallet5', false));
  expect([store.trouble(), troubleOf(() => store.write('clientSecret', SECRET))]).toEqual(['refused', 'refused']);
  expect(troubleOf(() => readFileSync(path))).not.toBeNull();
});

it('says that a kept key cannot be had, when the key store is another or the file damaged, and takes it anew', () => {
  const path = newPath();
  open(path, keyStore('gnome_libsecret')).write('clientSecret', SECRET);
  const other = open(path, keyStore('gnome_libsecret', true, 0x33));
  expect(troubleOf(() => other.read('clientSecret'))).toBe('unreadable');
  writeFileSync(path, '{');
  expect(other.trouble()).toBe('unreadable');
  other.write('clientSecret', SECRET);
  expect(other.read('clientSecret')).toBe(SECRET);
});

it('takes no damaged file for the owner’s word', () => {
  const path = newPath();
  writeFileSync(path, '{"weakAllowed": tru');
  expect(troubleOf(() => open(path, keyStore('basic_text')).write('clientSecret', SECRET))).toBe('weak');
});
