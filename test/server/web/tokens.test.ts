import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newTokens, openTokens, ROLES, roleFinder } from '../../../server/web/tokens.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('makes 32 random bytes for each role', () => {
  const all = [newTokens(), newTokens()].flatMap((tokens) => ROLES.map((role) => tokens[role]));
  expect(new Set(all).size).toBe(8);
  for (const token of all) expect(Buffer.from(token, 'base64url').length).toBe(32);
});

it('keeps the tokens over a restart, in a file that only its owner can read', () => {
  const folder = temporaryFolder();
  const first = openTokens(folder);
  chmodSync(join(folder, 'tokens.json'), 0o644);
  expect(openTokens(folder)).toEqual(first);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'tokens.json')).mode & 0o777).toBe(0o600);
});

it('makes new tokens when the file is broken, short or gives two roles the same', () => {
  const folder = temporaryFolder();
  const same = newTokens().cashier;
  for (const text of ['', '{', 'null', '[]', '{"cashier":"a"}', JSON.stringify({ cashier: same, customer: same, printer: same })]) {
    writeFileSync(join(folder, 'tokens.json'), text);
    const tokens = openTokens(folder);
    expect(new Set(ROLES.map((role) => tokens[role])).size).toBe(4);
    expect(JSON.parse(readFileSync(join(folder, 'tokens.json'), 'utf8'))).toEqual(tokens);
  }
});

it('finds the role of a token and of nothing else', () => {
  const tokens = newTokens();
  const roleOf = roleFinder(tokens);
  for (const role of ROLES) expect(roleOf(tokens[role])).toBe(role);
  for (const other of ['', 'cashier', tokens.cashier.slice(1), `${tokens.cashier}A`, newTokens().cashier]) expect(roleOf(other)).toBeNull();
});

it('gives a folder from before there was a manager a manager, and keeps its pairings', () => {
  const folder = temporaryFolder();
  const { manager: _none, ...before } = newTokens();
  writeFileSync(join(folder, 'tokens.json'), JSON.stringify(before));
  const tokens = openTokens(folder);
  expect(tokens).toMatchObject(before);
  expect(openTokens(folder)).toEqual(tokens);
});
