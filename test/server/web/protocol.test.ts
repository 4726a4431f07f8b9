import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandSchema, querySchema } from '../../../app/till/contract.ts';
import { settingsRequestSchema } from '../../../app/till/settings.ts';
import { CONDITIONS } from '../../../server/web/printer-routes.ts';
import { ROLES } from '../../../server/web/tokens.ts';
import { openShell } from './shell.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docs/protocol.md'), 'utf8');

/** The table under a heading: first column → second column. */
function table(heading: string): Map<string, string> {
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| `([^`]+)` \|([^|]*)\|/gm)].map(([, name = '', fields = '']) => [name, fields] as const);
  // The heading row calls the column `type`.
  return new Map(rows.filter(([name]) => name !== 'type'));
}

/** `` `a`, `b`? `` → a: needed, b: not. */
function fieldsOf(cell: string): Record<string, boolean> {
  return Object.fromEntries([...cell.matchAll(/`([^`]+)`(\?)?/g)].map(([, name = '', optional]) => [name, optional === undefined]));
}

type Option = (typeof commandSchema.options)[number] | (typeof querySchema.options)[number];

function schemaFields(option: Option): Record<string, boolean> {
  const fields = Object.entries(option.shape).filter(([name]) => name !== 'type');
  return Object.fromEntries(fields.map(([name, field]) => [name, !field.safeParse(undefined).success]));
}

describe('docs/protocol.md', () => {
  it('lists every command with its fields, and none that is not', () => {
    const documented = Object.fromEntries([...table('Commands')].map(([name, cell]) => [name, fieldsOf(cell)]));
    expect(documented).toEqual(Object.fromEntries(commandSchema.options.map((option) => [option.shape.type.value, schemaFields(option)])));
  });

  it('lists every query with its fields, and none that is not', () => {
    const documented = Object.fromEntries([...table('Queries')].map(([name, cell]) => [name, fieldsOf(cell)]));
    expect(documented).toEqual(Object.fromEntries(querySchema.options.map((option) => [option.shape.type.value, schemaFields(option)])));
  });

  it('lists every role and every condition of the practice printer', () => {
    expect([...table('Tokens').keys()]).toEqual([...ROLES]);
    for (const condition of CONDITIONS) expect(text).toContain(`\`${condition}\``);
  });

  it('names every request of the settings', () => {
    const schema = JSON.stringify(z.toJSONSchema(settingsRequestSchema, { io: 'input', unrepresentable: 'any' }));
    const requests = new Set([...schema.matchAll(/"type":\{"type":"string","const":"([a-z-]+)"/g)].map(([, name = '']) => name));
    expect(requests.size).toBeGreaterThan(10);
    const section = text.split('\n## Settings\n')[1]?.split('\n## ')[0] ?? '';
    expect([...requests].filter((name) => !section.includes(`"type": "${name}"`) && !section.includes(`\`${name}\``))).toEqual([]);
  });

  it('names addresses that are there', async () => {
    const shell = await openShell();
    for (const [, method = '', path = ''] of text.matchAll(/`(GET|POST) (\/api\/[A-Za-z./]+)`/g)) {
      const response = await fetch(shell.url + path, { method });
      expect([method, path, response.status]).toEqual([method, path, 401]);
    }
  });

  it('lists every code that the shell can answer with', () => {
    const guard = readFileSync(join(import.meta.dirname, '../../../server/web/guard.ts'), 'utf8');
    const codes = [...(guard.split('export type ShellCode =')[1]?.split(';')[0] ?? '').matchAll(/'([a-z-]+)'/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    const section = text.split('\n## When it goes wrong\n')[1] ?? '';
    for (const code of codes) expect(section).toContain(`\`${code}\``);
  });
});
