/**
 * One token per role. They are made once and kept in the data folder, readable by their owner only, so that a paired
 * display still is paired after a restart. A token is only ever compared as a digest, in constant time.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { readWholeFile, writeWholeFile } from '../../hardware/store/whole-file.ts';

export const ROLES = ['cashier', 'customer', 'printer', 'manager'] as const;
export type Role = (typeof ROLES)[number];
export type Tokens = Readonly<Record<Role, string>>;

/** 32 bytes in base64url. */
const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

export function newTokens(): Tokens {
  const token = () => randomBytes(32).toString('base64url');
  return { cashier: token(), customer: token(), printer: token(), manager: token() };
}

function readTokens(path: string): Tokens | null {
  const text = readWholeFile(path);
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Record<Role, unknown>> | null;
    // Folders from before there was a manager keep their pairings.
    const found = ROLES.map((role) => value?.[role] ?? (role === 'manager' ? newTokens().manager : undefined));
    if (!found.every((token) => typeof token === 'string' && TOKEN_FORM.test(token)) || new Set(found).size !== ROLES.length) return null;
    return { cashier: String(found[0]), customer: String(found[1]), printer: String(found[2]), manager: String(found[3]) };
  } catch {
    return null;
  }
}

/**
 * The tokens of a data folder. Missing or unreadable as tokens: new ones are made, and displays are paired again.
 * Errors of the disk are thrown as they come.
 */
export function openTokens(dataDir: string): Tokens {
  const path = join(dataDir, 'tokens.json');
  const kept = readTokens(path);
  if (kept !== null && readWholeFile(path)?.includes(kept.manager) === true) {
    chmodSync(path, 0o600);
    return kept;
  }
  const tokens = kept ?? newTokens();
  writeWholeFile(path, `${JSON.stringify(tokens, null, 2)}\n`);
  return tokens;
}

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();

/** Gives the role of a token, or `null`. Every role is compared, so that time tells nothing. */
export function roleFinder(tokens: Tokens): (token: string) => Role | null {
  const known = ROLES.map((role) => ({ role, digest: digest(tokens[role]) }));
  return (token) => {
    const given = digest(token);
    let found: Role | null = null;
    for (const one of known) if (timingSafeEqual(one.digest, given)) found = one.role;
    return found;
  };
}
