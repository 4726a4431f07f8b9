import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SecretStoreError } from '../../../app/till/ports.ts';
import { openFileSecrets } from '../../../hardware/secrets/file-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const OPENER = { passphrase: 'en lang nok frase' };
const SECRET = 'c2VjcmV0LXZlcnktc2VjcmV0';

const troubleOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error instanceof SecretStoreError ? error.trouble : error;
  }
  return null;
};

it('keeps keys over a restart, in a file that says nothing and is for this user alone', () => {
  const path = join(temporaryFolder(), 'secrets.json');
  const store = openFileSecrets(path, OPENER);
  expect(store.read('clientSecret')).toBeNull();
  store.write('clientSecret', SECRET);
  store.write('subscriptionKey', 'another');
  const again = openFileSecrets(path, OPENER);
  expect([again.read('clientSecret'), again.read('subscriptionKey'), again.trouble()]).toEqual([SECRET, 'another', null]);
  const text = readFileSync(path, 'utf8');
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(Buffer.from(SECRET).toString('base64'));
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('opens with the bytes of a key file, and with no other', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'secrets.json');
  writeFileSync(join(folder, 'a.key'), Buffer.alloc(32, 1));
  writeFileSync(join(folder, 'b.key'), Buffer.alloc(32, 2));
  writeFileSync(join(folder, 'short.key'), 'short');
  openFileSecrets(path, { keyFile: join(folder, 'a.key') }).write('clientSecret', SECRET);
  expect(openFileSecrets(path, { keyFile: join(folder, 'a.key') }).read('clientSecret')).toBe(SECRET);
  expect(troubleOf(() => openFileSecrets(path, { keyFile: join(folder, 'b.key') }).read('clientSecret'))).toBe('unreadable');
  for (const name of ['short.key', 'none.key']) expect(openFileSecrets(path, { keyFile: join(folder, name) }).trouble()).toBe('not-set-up');
});

it('gives nothing from a file that was changed anywhere', () => {
  const path = join(temporaryFolder(), 'secrets.json');
  openFileSecrets(path, OPENER).write('clientSecret', SECRET);
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  for (const field of ['salt', 'iv', 'tag', 'data'] as const) {
    const bytes = Buffer.from(kept[field] ?? '', 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    writeFileSync(path, JSON.stringify({ ...kept, [field]: bytes.toString('base64') }));
    const store = openFileSecrets(path, OPENER);
    expect([field, troubleOf(() => store.read('clientSecret')), store.has('clientSecret')]).toEqual([field, 'unreadable', false]);
  }
});

it('without a passphrase keeps nothing, and says so', () => {
  const path = join(temporaryFolder(), 'secrets.json');
  expect(troubleOf(() => openFileSecrets(path, null).write('clientSecret', SECRET))).toBe('not-set-up');
  expect(troubleOf(() => openFileSecrets(path, { passphrase: 'kort' }).write('clientSecret', SECRET))).toBe('not-set-up');
});

it('takes new keys when the old cannot be read any more, and keeps the old file aside', () => {
  const path = join(temporaryFolder(), 'secrets.json');
  writeFileSync(path, 'not a file of ours');
  const store = openFileSecrets(path, OPENER);
  store.write('clientSecret', SECRET);
  expect(openFileSecrets(path, OPENER).read('clientSecret')).toBe(SECRET);
  expect(readFileSync(`${path}.unreadable`, 'utf8')).toBe('not a file of ours');
});
