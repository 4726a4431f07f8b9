/** `safeStorage`: with a key store of the machine's own, which is a file here, or without one. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SafeStorage } from 'electron';
import type { DoubleOptions } from './world.ts';

type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>;

export class DoubleSafeStorage implements SafeStorage {
  readonly #file: string;
  /** Tests change it: a keyring that is locked, or uninstalled. */
  keyStore: DoubleOptions['keyStore'];

  constructor(file: string, keyStore: DoubleOptions['keyStore']) {
    this.#file = file;
    this.keyStore = keyStore;
  }

  isEncryptionAvailable(): boolean {
    return this.keyStore === 'real' || this.keyStore === 'basic_text' || this.keyStore === 'refuses';
  }

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return this.isEncryptionAvailable();
  }

  getSelectedStorageBackend(): Backend {
    switch (this.keyStore) {
      case 'real':
      case 'refuses':
        return 'gnome_libsecret';
      case 'basic_text':
        return 'basic_text';
      case 'none':
        return 'unknown';
    }
  }

  /** Linux only: from here on a key that is no secret is good enough. */
  setUsePlainTextEncryption(usePlainText: boolean): void {
    if (usePlainText && this.keyStore === 'none') this.keyStore = 'basic_text';
  }

  encryptString(plainText: string): Buffer {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key('encrypting the string'), iv);
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from('v11'), iv, cipher.getAuthTag(), sealed]);
  }

  decryptString(encrypted: Buffer): string {
    const key = this.#key('decrypting the ciphertext provided to safeStorage.decryptString');
    if (!Buffer.isBuffer(encrypted) || encrypted.subarray(0, 3).toString() !== 'v11')
      throw new Error(
        'Error while decrypting the ciphertext provided to safeStorage.decryptString. Ciphertext does not appear to be encrypted.',
      );
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(3, 15));
      decipher.setAuthTag(encrypted.subarray(15, 31));
      return decipher.update(encrypted.subarray(31), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    }
  }

  async encryptStringAsync(plainText: string): Promise<Buffer> {
    return this.encryptString(plainText);
  }

  async decryptStringAsync(encrypted: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> {
    return { result: this.decryptString(encrypted), shouldReEncrypt: false };
  }

  #key(doing: string): Buffer {
    if (this.keyStore === 'none') throw new Error(`Error while ${doing}. Encryption is not available.`);
    if (this.keyStore === 'refuses') throw new Error(`Error while ${doing}.`);
    if (this.keyStore === 'basic_text') return Buffer.alloc(32, 'peanuts');
    if (!existsSync(this.#file)) {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(this.#file, randomBytes(32), { mode: 0o600 });
    }
    return readFileSync(this.#file);
  }
}
