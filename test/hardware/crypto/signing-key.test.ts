import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSigningKey, readPublicKeys, SigningKeyError } from '../../../hardware/crypto/signing-key.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the signing key', () => {
  it('is made at the first start, for this user alone', () => {
    const keys = join(temporaryFolder(), 'keys');
    const signer = openSigningKey(keys);
    expect(signer.keyVersion).toBe(1);
    expect(readdirSync(keys)).toEqual(['signing-1.pem']);
    expect(statSync(join(keys, 'signing-1.pem')).mode & 0o777).toBe(0o600);
  });

  it('is the same at the next start', () => {
    const keys = temporaryFolder();
    const signature = openSigningKey(keys).sign('a');
    const again = openSigningKey(keys);
    expect(again.sign('a')).toBe(signature);
    expect(readPublicKeys(keys)).toEqual([{ keyVersion: 1, publicKeyPem: again.publicKeyPem }]);
  });

  it('of the highest version signs, and the earlier ones are still known', () => {
    const keys = temporaryFolder();
    const signature = openSigningKey(keys).sign('a');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    writeFileSync(join(keys, 'signing-2.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const newer = openSigningKey(keys);
    expect(newer.keyVersion).toBe(2);
    expect(newer.verify('a', signature, 1)).toBe(true);
  });

  it('that cannot be read is named, and nothing of it is told', () => {
    const keys = temporaryFolder();
    writeFileSync(join(keys, 'signing-1.pem'), 'secret words');
    expect(() => openSigningKey(keys)).toThrow(SigningKeyError);
    expect(() => openSigningKey(keys)).toThrow(/signing-1\.pem cannot be used/);
    expect(() => openSigningKey(keys)).not.toThrow(/secret/);
    expect(readFileSync(join(keys, 'signing-1.pem'), 'utf8')).toBe('secret words');
  });

  it('that was not finished is no key', () => {
    const keys = join(temporaryFolder(), 'keys');
    mkdirSync(keys);
    writeFileSync(join(keys, 'signing-1.pem.unfinished'), '-----BEGIN');
    expect(openSigningKey(keys).keyVersion).toBe(1);
  });

  it('of a folder that is not there has no public half', () => {
    expect(readPublicKeys(join(temporaryFolder(), 'nothing'))).toEqual([]);
  });
});
