/** Reads the register's configuration file. Every problem is a sentence that names the place; no secret is ever in one. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Configuration, ownProviderOf, parseConfiguration } from '../../app/till/configuration.ts';
import { type SecretStore, SecretStoreError } from '../../app/till/ports.ts';

/** The configuration cannot be used. `problems` are whole sentences, in the file's order. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[]) {
    super(problems.length === 1 ? `${file}: ${problems[0]}` : `${file}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** The provider's keys, as they are sent. They never go into a log, a view or a journal. */
export interface ProviderSecrets {
  readonly clientSecret: string;
  readonly subscriptionKey: string;
}

export interface ReadConfiguration {
  readonly configuration: Configuration;
  /** `null` exactly when no sales unit is configured whose keys are here. */
  readonly secrets: ProviderSecrets | null;
  /** Of the sales unit for distance selling; `null` exactly when none is configured. */
  readonly distanceSecrets: ProviderSecrets | null;
  /** The file's folder: other files it names are relative to this. */
  readonly folder: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads, checks and resolves `path`; keys that were entered in the settings come from `store`. Throws `ConfigurationError`. */
export function readConfiguration(
  path: string,
  environment: Environment,
  store: Pick<SecretStore, 'read'> | null = null,
): ReadConfiguration {
  const folder = dirname(resolve(path));
  const parsed = parseConfiguration(parseJson(path, readText(path)));
  if ('problems' in parsed) throw new ConfigurationError(path, parsed.problems);
  const { configuration } = parsed;
  const provider = ownProviderOf(configuration);
  if (provider === null) return { configuration, secrets: null, distanceSecrets: null, folder };

  const problems: string[] = [];
  const secret = (field: 'clientSecret' | 'subscriptionKey') => {
    const setting = provider[field];
    const inStore = typeof setting === 'object' && 'fromKeyStore' in setting;
    const found = inStore ? fromStore(store, field) : resolveSecret(setting, folder, environment);
    if ('secret' in found) return found.secret;
    problems.push(`"provider.${field}" ${found.problem}`);
    return '';
  };
  const secrets = { clientSecret: secret('clientSecret'), subscriptionKey: secret('subscriptionKey') };
  const distance = configuration.distance;
  const ofDistance = (field: 'clientSecret' | 'subscriptionKey') => {
    const setting = distance?.[field];
    if (setting === undefined) return secrets[field];
    const found = resolveSecret(setting, folder, environment);
    if ('secret' in found) return found.secret;
    problems.push(`"distance.${field}" ${found.problem}`);
    return '';
  };
  const distanceSecrets =
    distance === null ? null : { clientSecret: ofDistance('clientSecret'), subscriptionKey: ofDistance('subscriptionKey') };
  if (problems.length > 0) throw new ConfigurationError(path, problems);
  return { configuration, secrets, distanceSecrets, folder };
}

function readText(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new ConfigurationError(path, [whyUnreadable(error)]);
  }
  try {
    // Strict about UTF-8, and the byte order mark that some editors write is left out.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigurationError(path, ['The file is not text in UTF-8.']);
  }
}

/** Reads a file that the configuration names in `field`, relative to the configuration's folder. Throws `ConfigurationError`. */
export function readBeside(folder: string, file: string, field: string): Buffer {
  try {
    return readFileSync(resolve(folder, file));
  } catch (error) {
    throw new ConfigurationError(file, [`"${field}" names this file. ${whyUnreadable(error)}`]);
  }
}

function whyUnreadable(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'There is no such file.';
    case 'EACCES':
      return 'This user may not read the file.';
    case 'EISDIR':
      return 'This is a folder, not a file.';
    default:
      return 'The file cannot be read.';
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's own message may quote the text around the mistake, and a secret may stand there.
    const match = /at position (\d+)/.exec(error instanceof Error ? error.message : '');
    const { line, column } = placeOf(text, match === null ? text.length : Number(match[1]));
    throw new ConfigurationError(path, [
      `Line ${line}, column ${column}: this is not JSON (a comma, quote or bracket too many or too few?).`,
    ]);
  }
}

/** Line and column, both from 1, of a position in a text. */
export function placeOf(text: string, position: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function fromStore(
  store: Pick<SecretStore, 'read'> | null,
  field: keyof ProviderSecrets,
): { readonly secret: string } | { readonly problem: string } {
  try {
    const secret = store?.read(field) ?? null;
    return secret === null ? { problem: 'is to come from the key store, which does not have it. Enter it in the settings' } : { secret };
  } catch (error) {
    if (!(error instanceof SecretStoreError)) throw error;
    return { problem: `is to come from the key store. ${error.message}` };
  }
}

type SecretSetting = string | { readonly fromEnv: string } | { readonly fromFile: string };

function resolveSecret(
  setting: SecretSetting,
  folder: string,
  environment: Environment,
): { readonly secret: string } | { readonly problem: string } {
  if (typeof setting === 'string') return checked(setting, 'is');
  if ('fromEnv' in setting) {
    const value = environment[setting.fromEnv];
    if (value === undefined) return { problem: `is to be read from the environment variable ${setting.fromEnv}, which is not set` };
    return checked(value, `is read from the environment variable ${setting.fromEnv}, which is`);
  }
  try {
    return checked(readFileSync(resolve(folder, setting.fromFile), 'utf8'), `is read from ${setting.fromFile}, which is`);
  } catch (error) {
    return { problem: `is to be read from ${setting.fromFile}. ${whyUnreadable(error)}` };
  }
}

/** A key travels in a header, so it is one line of printable characters. */
function checked(value: string, what: string): { readonly secret: string } | { readonly problem: string } {
  const secret = value.replace(/^\uFEFF/, '').trim();
  if (secret === '') return { problem: `${what} empty` };
  return /^[\x21-\x7e]+$/.test(secret) ? { secret } : { problem: `${what} not one line of plain characters` };
}
