/** One file for whoever helps: logs, versions, the configuration without secrets, the last failures with their trace ids. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { RawSettings } from './settings-file.ts';

const HIDDEN = '[hidden]';
const LAST_FAILURES = 100;
/** Shorter ones would hide ordinary words; no key of the provider is this short. */
const SHORTEST_SECRET = 6;
/** Fields that are never shown, whatever stands in them. */
const SECRET_FIELDS = ['clientSecret', 'subscriptionKey', 'clientId'];

export interface BundleFacts {
  readonly dataDir: string;
  /** `null` when the file cannot be read. */
  readonly configuration: RawSettings | null;
  readonly versions: Readonly<Record<string, string>>;
  /** Every secret that is known here: taken out of everything, wherever it might stand. */
  readonly secrets: readonly string[];
  readonly nowMs: number;
}

/** The zip's bytes. */
export function makeSupportBundle(facts: BundleFacts): Uint8Array {
  const logs = readLogs(join(facts.dataDir, 'log'));
  const hide = hider(facts.secrets);
  const texts: Record<string, string> = {
    'versions.json': pretty({ ...facts.versions, madeAt: new Date(facts.nowMs).toISOString() }),
    'configuration.json': facts.configuration === null ? 'The file cannot be read.\n' : pretty(withoutSecrets(facts.configuration)),
    'failures.json': pretty(lastFailures(logs.map((log) => log.text))),
    ...Object.fromEntries(logs.map((log) => [`log/${log.name}`, log.text])),
  };
  return zipSync(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(hide(text))])), {
    level: 6,
    mtime: new Date(facts.nowMs),
  });
}

const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Oldest first: `tillit.3.log` … `tillit.log`. */
function readLogs(folder: string): readonly { readonly name: string; readonly text: string }[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => /^tillit(\.\d)?\.log$/.test(name));
  } catch {
    return [];
  }
  const age = (name: string) => Number(/\.(\d)\.log$/.exec(name)?.[1] ?? 0);
  return names.sort((a, b) => age(b) - age(a)).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** Warnings and errors, the newest last. Their facts were named one by one when they were written. */
function lastFailures(logs: readonly string[]): readonly unknown[] {
  return logs
    .flatMap((text) => text.split('\n'))
    .flatMap((line) => {
      try {
        const entry = JSON.parse(line) as { readonly level?: unknown };
        return entry.level === 'warn' || entry.level === 'error' ? [entry] : [];
      } catch {
        return [];
      }
    })
    .slice(-LAST_FAILURES);
}

/** A copy in which keys, and the names of those who work in the shop, are not. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (SECRET_FIELDS.includes(name)) return [name, HIDDEN];
      if (name === 'operators' && Array.isArray(inner)) return [name, `${inner.length}`];
      return [name, withoutSecrets(inner)];
    }),
  );
}

/** Takes known secrets out, as they are, as JSON writes them and as an address does; and whatever looks like a token. */
function hider(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(
    secrets
      .filter((secret) => secret.length >= SHORTEST_SECRET)
      .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]),
  );
  const known = [...forms].sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, HIDDEN);
    return clean
      .replace(/eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}/g, HIDDEN)
      .replace(/\b(bearer)\s+[^\s"',;]+/gi, `$1 ${HIDDEN}`)
      .replace(/([?&#]token=)[^\s"'&]+/gi, `$1${HIDDEN}`);
  };
}
