/** The register's signing key: made at the first start, kept in the data folder for this user alone. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer } from '../../app/till/ports.ts';
import { writeWholeFile } from '../store/whole-file.ts';
import { createRsaSigner, type PublicKey } from './signer.ts';

/** A key file that cannot be used. The message names the file, never what is in it. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

const PRIVATE_NAME = /^signing-(\d{1,6})\.pem$/;
/** What SAF-T Cash Register asks for. */
const MODULUS_BITS = 1024;

/**
 * The signer with the newest key of the folder; the first start makes version 1 (`signing-1.pem`, PKCS#8, mode 0600).
 * Older keys stay, so that what they signed can still be checked.
 * @throws SigningKeyError
 */
export function openSigningKey(keysDirectory: string): Signer & PublicKey {
  mkdirSync(keysDirectory, { recursive: true, mode: 0o700 });
  const versions = keyVersions(keysDirectory);
  const newest = versions.at(-1);
  if (newest === undefined) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS });
    // A key that signed anything must never be lost to a power cut.
    writeWholeFile(join(keysDirectory, fileName(1)), privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    return openSigningKey(keysDirectory);
  }
  const privateKeyPem = readKey(keysDirectory, newest);
  try {
    return createRsaSigner({ keyVersion: newest, privateKeyPem }, readPublicKeys(keysDirectory));
  } catch (error) {
    throw unusable(keysDirectory, newest, error);
  }
}

/** The public half of every key in the folder; none when there is no folder. Makes nothing. @throws SigningKeyError */
export function readPublicKeys(keysDirectory: string): readonly PublicKey[] {
  return keyVersions(keysDirectory).map((keyVersion) => {
    const pem = readKey(keysDirectory, keyVersion);
    try {
      return { keyVersion, publicKeyPem: createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString() };
    } catch (error) {
      throw unusable(keysDirectory, keyVersion, error);
    }
  });
}

const fileName = (keyVersion: number) => `signing-${keyVersion}.pem`;

function keyVersions(keysDirectory: string): readonly number[] {
  if (!existsSync(keysDirectory)) return [];
  return readdirSync(keysDirectory)
    .map((name) => Number(PRIVATE_NAME.exec(name)?.[1] ?? Number.NaN))
    .filter((version) => Number.isInteger(version))
    .sort((a, b) => a - b);
}

function readKey(keysDirectory: string, keyVersion: number): string {
  try {
    return readFileSync(join(keysDirectory, fileName(keyVersion)), 'utf8');
  } catch (error) {
    throw unusable(keysDirectory, keyVersion, error);
  }
}

function unusable(keysDirectory: string, keyVersion: number, cause: unknown): SigningKeyError {
  const file = join(keysDirectory, fileName(keyVersion));
  return new SigningKeyError(`The signing key ${file} cannot be used. Restore it from a backup of the data folder.`, { cause });
}
