/**
 * The signature over a transaction's text (UTF-8). Of the two that SAF-T Cash Register allows it is RSA: whoever checks needs
 * the public half only, so there is no shared secret.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Signer } from '../../app/till/ports.ts';

/** A public key with the version that signed transactions name. */
export interface PublicKey {
  readonly keyVersion: number;
  readonly publicKeyPem: string;
}

/** Checks signatures of all these keys; can make none. */
export function createRsaVerifier(publicKeys: readonly PublicKey[]): Pick<Signer, 'verify'> {
  const keys = new Map<number, KeyObject>(publicKeys.map(({ keyVersion, publicKeyPem }) => [keyVersion, createPublicKey(publicKeyPem)]));
  return {
    verify: (text, signatureBase64, keyVersion) => {
      const key = keys.get(keyVersion);
      const signature = decodeBase64(signatureBase64);
      return key !== undefined && signature !== null && verify('RSA-SHA1', Buffer.from(text, 'utf8'), key, signature);
    },
  };
}

/**
 * RSA-SHA1, PKCS#1 v1.5.
 * @param formerKeys public keys of earlier versions, so that their signatures can still be checked.
 */
export function createRsaSigner(
  key: { readonly keyVersion: number; readonly privateKeyPem: string },
  formerKeys: readonly PublicKey[] = [],
): Signer & PublicKey {
  const privateKey = createPrivateKey(key.privateKeyPem);
  const publicKeyPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  const verifier = createRsaVerifier([...formerKeys, { keyVersion: key.keyVersion, publicKeyPem }]);
  return {
    keyVersion: key.keyVersion,
    publicKeyPem,
    sign: (text) => sign('RSA-SHA1', Buffer.from(text, 'utf8'), privateKey).toString('base64'),
    verify: verifier.verify,
  };
}

/** Strict: Node's own decoder skips what it does not know, and then two texts would be the same signature. */
function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
