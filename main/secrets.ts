/**
 * The provider's keys, kept by the operating system through `safeStorage`: Keychain, DPAPI, or a Linux secret service.
 * On Linux without one, Chromium falls back to `basic_text`, whose key stands in its own source: that is no key store, and
 * it is used only when the owner says so (https://www.electronjs.org/docs/latest/api/safe-storage).
 */
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { SECRET_NAMES, type SecretName, type SecretStore, SecretStoreError, type SecretStoreTrouble } from '../app/till/ports.ts';
import type { Electron } from './electron.ts';

export interface SystemSecretsOptions {
  readonly safeStorage: Pick<
    Electron['safeStorage'],
    'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
  >;
  readonly platform: NodeJS.Platform;
  /** Where the encrypted text is kept. */
  readonly path: string;
}

interface Kept {
  readonly weakAllowed: boolean;
  readonly secrets: Partial<Record<SecretName, string>>;
}

/** Call it after `app` is ready: before that there is no key store on Linux. */
export function openSystemSecrets({ safeStorage, platform, path }: SystemSecretsOptions): SecretStore {
  const isWeak = () => platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());

  function trouble(): SecretStoreTrouble | null {
    const kept = tryReadKept(path);
    try {
      if (isWeak() && kept?.weakAllowed !== true) return 'weak';
      if (!safeStorage.isEncryptionAvailable()) return 'refused';
    } catch {
      return 'refused';
    }
    return kept === null ? 'unreadable' : null;
  }

  function usable(): void {
    const found = trouble();
    if (found === 'weak') throw new SecretStoreError('weak', 'This machine has no real key store, and the owner has not allowed that.');
    // An unreadable file does not stop new keys from being written.
    if (found === 'refused') throw new SecretStoreError('refused', 'The key store of this machine is not available.');
  }

  return {
    kind: 'system',
    trouble,
    allowWeak(allowed) {
      const kept = tryReadKept(path) ?? NOTHING;
      // Without the owner's word the keys do not stay either.
      writeKept(path, { weakAllowed: allowed, secrets: allowed || !isWeak() ? kept.secrets : {} });
    },
    has(name) {
      return tryReadKept(path)?.secrets[name] !== undefined;
    },
    read(name) {
      usable();
      const text = readKept(path).secrets[name];
      if (text === undefined) return null;
      try {
        return safeStorage.decryptString(Buffer.from(text, 'base64'));
      } catch {
        throw new SecretStoreError('unreadable', 'The key store does not give the kept key back.');
      }
    },
    write(name, value) {
      usable();
      const kept = tryReadKept(path) ?? NOTHING;
      let text: string;
      try {
        text = safeStorage.encryptString(value).toString('base64');
      } catch {
        throw new SecretStoreError('refused', 'The key store of this machine would not take the key.');
      }
      writeKept(path, { ...kept, secrets: { ...kept.secrets, [name]: text } });
    },
  };
}

const NOTHING: Kept = { weakAllowed: false, secrets: {} };

/** `null` when the file is damaged: then nothing of it counts, the owner's word neither. */
function tryReadKept(path: string): Kept | null {
  try {
    return readKept(path);
  } catch {
    return null;
  }
}

function readKept(path: string): Kept {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING;
    throw new SecretStoreError('unreadable', 'The file with the keys cannot be read.');
  }
  try {
    const value = JSON.parse(text) as { readonly weakAllowed?: unknown; readonly secrets?: Readonly<Record<string, unknown>> };
    const secrets = value.secrets ?? {};
    return {
      weakAllowed: value.weakAllowed === true,
      secrets: Object.fromEntries(SECRET_NAMES.flatMap((name) => (typeof secrets[name] === 'string' ? [[name, secrets[name]]] : []))),
    };
  } catch {
    throw new SecretStoreError('unreadable', 'The file with the keys is damaged.');
  }
}

function writeKept(path: string, kept: Kept): void {
  const draft = `${path}.new`;
  try {
    const file = openSync(draft, 'w', 0o600);
    try {
      chmodSync(draft, 0o600);
      writeSync(file, `${JSON.stringify(kept)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch {
    throw new SecretStoreError('refused', 'The file with the keys cannot be written.');
  }
}
