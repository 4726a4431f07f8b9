/** The configuration file as the settings write it: whole or not at all, with the one before kept beside it. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Configuration, parseConfiguration } from '../../app/till/configuration.ts';

/** The file is not what the settings could change: not JSON, or not a configuration. */
export class CorruptSettingsError extends Error {
  override readonly name = 'CorruptSettingsError';
}

/** The disk would not take the file. */
export class CannotWriteSettingsError extends Error {
  override readonly name = 'CannotWriteSettingsError';
}

export type RawSettings = Readonly<Record<string, unknown>>;

export interface SettingsOnDisk {
  /** As it stands in the file: what the settings do not know stays as it is. */
  readonly raw: RawSettings;
  readonly configuration: Configuration;
}

/** @throws CorruptSettingsError */
export function readSettingsFile(path: string): SettingsOnDisk {
  try {
    const raw: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)));
    const parsed = parseConfiguration(raw);
    if ('configuration' in parsed && typeof raw === 'object' && raw !== null) {
      return { raw: { ...raw }, configuration: parsed.configuration };
    }
  } catch {
    // The engine's message may quote the text around the mistake, and a key may stand there.
  }
  throw new CorruptSettingsError('The settings file cannot be read as a configuration.');
}

/** Replaces the file. The one before is kept as `<path>.previous`. @throws CannotWriteSettingsError, CorruptSettingsError */
export function writeSettingsFile(path: string, raw: RawSettings): void {
  if ('problems' in parseConfiguration(raw)) throw new CorruptSettingsError('The new settings are no configuration.');
  const draft = `${path}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(draft, 'w', 0o600);
    try {
      chmodSync(draft, 0o600);
      writeSync(file, `${JSON.stringify(raw, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (existsSync(path)) {
      copyFileSync(path, `${path}.previous`);
      chmodSync(`${path}.previous`, 0o600);
    }
    renameSync(draft, path);
  } catch (error) {
    throw new CannotWriteSettingsError('The settings could not be written.', { cause: error });
  }
}

/** Puts the file of before back, when a register would not start with the new one. `false`: there is none. */
export function restorePreviousSettings(path: string): boolean {
  if (!existsSync(`${path}.previous`)) return false;
  copyFileSync(`${path}.previous`, `${path}.new`);
  renameSync(`${path}.new`, path);
  return true;
}
