import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRsaSigner, createRsaVerifier } from '../../../hardware/crypto/signer.ts';

const pem = () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const OFFICIAL_TEXT = '0;2016-11-24;10:39:00;2;1.00;0.96';

describe('the RSA signature', () => {
  it('is base64 in one line, of 1024 bits, and the same every time', () => {
    const signer = createRsaSigner({ keyVersion: 1, privateKeyPem: pem() });
    expect(signer.sign(OFFICIAL_TEXT)).toMatch(/^[A-Za-z0-9+/]{171}=$/);
    expect(signer.sign(OFFICIAL_TEXT)).toBe(signer.sign(OFFICIAL_TEXT));
  });

  it('is checked with the public half alone', () => {
    const signer = createRsaSigner({ keyVersion: 1, privateKeyPem: pem() });
    const verifier = createRsaVerifier([{ keyVersion: 1, publicKeyPem: signer.publicKeyPem }]);
    const signature = signer.sign('æøå');
    expect(verifier.verify('æøå', signature, 1)).toBe(true);
    expect(verifier.verify('aoa', signature, 1)).toBe(false);
    expect(verifier.verify('æøå', signature, 2)).toBe(false);
    expect(signer.publicKeyPem).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  });

  it('of an earlier key is still known after a new one', () => {
    const old = createRsaSigner({ keyVersion: 1, privateKeyPem: pem() });
    const signer = createRsaSigner({ keyVersion: 2, privateKeyPem: pem() }, [old]);
    expect(signer.verify('a', old.sign('a'), 1)).toBe(true);
    expect(signer.verify('a', old.sign('a'), 2)).toBe(false);
    expect(signer.verify('a', signer.sign('a'), 2)).toBe(true);
  });

  it('in other characters that decode to the same is refused', () => {
    const signer = createRsaSigner({ keyVersion: 1, privateKeyPem: pem() });
    expect(signer.verify('a', `${signer.sign('a')}\n`, 1)).toBe(false);
    expect(signer.verify('a', signer.sign('a').replaceAll('+', '-').replace(/=$/, ''), 1)).toBe(false);
  });
});
