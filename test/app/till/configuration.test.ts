import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configurationSchema, parseConfiguration } from '../../../app/till/configuration.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');
const example = (): Record<string, unknown> => JSON.parse(text.split('```json\n')[1]?.split('```')[0] ?? '');

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
}

/** Every field's path; what can be written in several ways (a secret) is one field. */
function paths(schema: Schema, path = ''): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const isOneOf = (field.anyOf ?? []).filter(({ properties }) => properties !== undefined).length > 1;
    const inner = isOneOf ? undefined : [field, field.items, ...(field.anyOf ?? [])].find((each) => each?.properties !== undefined);
    return inner === undefined ? [here] : paths(inner, here);
  });
}

describe('docs/configuration.md', () => {
  it('has an example that a register takes', () => {
    expect(parseConfiguration(example())).toMatchObject({ configuration: { provider: { environment: 'production', api: 'ecom' } } });
  });

  it('names every field, and none that is not', () => {
    const rows = [...text.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const fields = paths(z.toJSONSchema(configurationSchema, { io: 'input' }) as Schema);
    expect(fields.length).toBeGreaterThan(25);
    expect(rows.filter((name) => name !== 'provider').toSorted()).toEqual(fields.toSorted());
  });

  it('says the defaults as they are', () => {
    const { shop, store, register, operators } = example();
    const { name, address, orgNumber } = shop as Record<string, unknown>;
    const parsed = parseConfiguration({ shop: { name, address, orgNumber }, store, register, operators });
    if (!('configuration' in parsed)) throw new RangeError(parsed.problems.join());
    for (const [, cell = '', told = ''] of text.matchAll(/^\| (`[^|]+) \| `([^`|]+)` \|/gm)) {
      for (const [, path = ''] of cell.matchAll(/`([^`]+)`/g)) {
        const inProvider = path.startsWith('provider.') ? parseConfiguration(example()) : parsed;
        const value = path
          .split('.')
          .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], 'configuration' in inProvider && inProvider.configuration);
        expect([path, value]).toEqual([path, JSON.parse(told)]);
      }
    }
  });
});

describe('the provider’s own addresses', () => {
  const problems = (environment: string, baseUrl: string) => {
    const { provider, ...shop } = example();
    const parsed = parseConfiguration({ ...shop, provider: { ...(provider as object), environment, baseUrl } });
    return 'problems' in parsed ? parsed.problems : [];
  };

  it('take real money where the screens say that it is real, and nowhere else', () => {
    expect(problems('production', 'https://api.vipps.no')).toEqual([]);
    expect(problems('test', 'https://apitest.vipps.no')).toEqual([]);
    for (const [environment, address] of [
      ['test', 'https://api.vipps.no'],
      ['sandbox', 'https://API.vipps.no/'],
      ['production', 'https://apitest.vipps.no'],
    ] as const) {
      expect(problems(environment, address).join()).toContain('"provider.environment" does not fit "provider.baseUrl"');
    }
  });

  it('leave a relay to the shop, whatever it leads to', () => {
    expect(problems('production', 'https://relay.example/vipps')).toEqual([]);
    expect(problems('test', 'http://127.0.0.1:9000')).toEqual([]);
  });
});
