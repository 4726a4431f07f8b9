import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configurationSchema, parseConfiguration } from '../../../app/till/configuration.ts';
import { PRINTER_MODEL_IDS } from '../../../app/till/device-configuration.ts';
import { PRINTER_MODELS } from '../../../hardware/printer/models.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');
const example = (): Record<string, unknown> => JSON.parse(text.split('```json\n')[1]?.split('```')[0] ?? '');

/** Rows that say what a whole section is for. */
const SECTIONS: readonly string[] = ['provider', 'reachable', 'distance', 'headOffice'];

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
}

/** Every field's path; what can be written in several ways (a secret) is one field, and a device of several kinds has the fields of all. */
function paths(schema: Schema, path = ''): string[] {
  if (schema.oneOf !== undefined) return [...new Set(schema.oneOf.flatMap((kind) => paths(kind, path)))];
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const isOneOf = (field.anyOf ?? []).filter(({ properties }) => properties !== undefined).length > 1;
    const kinds = [field, ...(field.anyOf ?? [])].find((each) => each.oneOf !== undefined);
    if (kinds !== undefined) return paths(kinds, here);
    // A picture that is named or not is one field too.
    if (here === 'receipt.logo') return [here];
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
    expect(rows.filter((name) => !SECTIONS.includes(name ?? '')).toSorted()).toEqual(fields.toSorted());
  });

  it('takes a sales unit for distance selling with keys of its own, or a partner’s', () => {
    const { provider, ...rest } = example();
    const keys = { clientId: 'id', clientSecret: 'secret', subscriptionKey: 'key' };
    const read = (more: object, distance: object) => {
      const parsed = parseConfiguration({ ...rest, provider: { ...(provider as object), ...more }, distance });
      return 'problems' in parsed ? parsed.problems.join(' ') : 'taken';
    };
    expect(read({}, { merchantSerialNumber: '654321', ...keys })).toBe('taken');
    expect(read({ keys: 'partner' }, { merchantSerialNumber: '654321' })).toBe('taken');
    expect(read({}, { merchantSerialNumber: '654321' })).toContain('"distance" must have "clientId"');
    expect(read({ keys: 'partner' }, { merchantSerialNumber: '654321', clientId: 'id' })).toContain('"distance" must have');
    expect(read({}, { merchantSerialNumber: '123456', ...keys })).toContain('must be another sales unit than the counter');
    const without = parseConfiguration({ ...rest, distance: { merchantSerialNumber: '654321', ...keys } });
    expect(without).toMatchObject({ problems: [expect.stringContaining('"distance" needs "provider"')] });
  });

  it('takes a register without keys, which then has none of what only keys open', () => {
    const { provider: _own, ...rest } = example();
    const headOffice = { address: 'https://hovedkontor.example.no' };
    const provider = { through: 'head-office', environment: 'production', api: 'epayment' };
    const read = (more: object) => {
      const parsed = parseConfiguration({ ...rest, provider, headOffice, ...more });
      return 'problems' in parsed ? parsed.problems.join(' ') : 'taken';
    };
    expect(read({})).toBe('taken');
    expect(read({ headOffice: null })).toContain('"headOffice" is needed beside "provider.through": "head-office"');
    expect(read({ provider: { ...provider, clientSecret: 'x' } })).toContain('"provider" has a field that is not known: "clientSecret"');
    expect(read({ provider: { ...provider, through: 'pigeon' } })).toContain('"provider.through" must be "keys" or "head-office"');
    expect(read({ reachable: { publicUrl: 'https://kasse.example.no' } })).toContain('"reachable" cannot be set while');
    const distance = { merchantSerialNumber: '654321', clientId: 'id', clientSecret: 'secret', subscriptionKey: 'key' };
    expect(read({ distance })).toContain('"distance" cannot be set while');
  });

  it('says the defaults as they are', () => {
    const { shop, store, register, operators } = example();
    const { name, address, orgNumber } = shop as Record<string, unknown>;
    const parsed = parseConfiguration({ shop: { name, address, orgNumber }, store, register, operators });
    if (!('configuration' in parsed)) throw new RangeError(parsed.problems.join());
    const outside = parseConfiguration({ shop: { name, address, orgNumber }, store, register, operators, reachable: {} });
    for (const [, cell = '', told = ''] of text.matchAll(/^\| (`[^|]+) \| `([^`|]+)` \|/gm)) {
      for (const [, path = ''] of cell.matchAll(/`([^`]+)`/g)) {
        const inProvider = path.startsWith('provider.') ? parseConfiguration(example()) : path.startsWith('reachable.') ? outside : parsed;
        const value = path
          .split('.')
          .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], 'configuration' in inProvider && inProvider.configuration);
        expect([path, value]).toEqual([path, JSON.parse(told)]);
      }
    }
  });
});

describe('the address from outside', () => {
  const problems = (reachable: object | null, changes: object = {}) => {
    const parsed = parseConfiguration({ ...example(), ...changes, reachable });
    return 'problems' in parsed ? parsed.problems.join() : '';
  };

  it.each(['https://kasse.example.no', 'https://kasse.example.no:8080/tillit', 'https://kasse.example.no/', 'http://127.0.0.1:9000'])(
    '%s can be called',
    (publicUrl) => expect(problems({ publicUrl })).toBe(''),
  );

  it.each([
    'http://kasse.example.no',
    'https://kasse.example.no:8443',
    'https://kasse.example.no?x=1',
    'https://kasse.example.no/#x',
    'https://user@kasse.example.no',
    'kasse.example.no',
    '',
  ])('"%s" cannot', (publicUrl) => expect(problems({ publicUrl })).toContain('"reachable.publicUrl" must be an https:// address'));

  it('may be left out only where the provider is on this machine', () => {
    expect(problems({})).toContain('"reachable.publicUrl" is needed');
    expect(problems({}, { provider: null })).toBe('');
  });
});

describe('what the provider gives in one place and not in another', () => {
  const problems = (market: string, more: object) => {
    const { provider, shop, ...rest } = example();
    const parsed = parseConfiguration({
      ...rest,
      shop: { ...(shop as object), market, orgNumber: { NO: '999999999', DK: '12345674', FI: '1234567-1' }[market] ?? '' },
      provider: { ...(provider as object), ...more },
    });
    return 'problems' in parsed ? parsed.problems.join() : '';
  };

  it('is refused in a sentence: eCom outside Norway, partner keys in the test environment', () => {
    const test = { environment: 'test', baseUrl: 'https://apitest.vipps.no' };
    expect(problems('DK', {})).toContain('"provider.api" must be "epayment" in "DK" and "FI"');
    expect(problems('FI', { api: 'ecom' })).toContain('"provider.api" must be "epayment"');
    expect(problems('NO', { ...test, keys: 'partner' })).toContain('"provider.keys" must be "merchant" in "test"');
    for (const [market, more] of [
      ['NO', {}],
      ['DK', { api: 'epayment' }],
      ['FI', { api: 'epayment', keys: 'partner' }],
    ] as const) {
      expect([market, problems(market, more)]).toEqual([market, '']);
    }
  });
});

it('takes the business number that the country has', () => {
  const problems = (market: string, orgNumber: string) => {
    const { shop, ...rest } = example();
    const parsed = parseConfiguration({ ...rest, provider: null, shop: { ...(shop as object), market, orgNumber } });
    return 'problems' in parsed ? parsed.problems.join() : '';
  };
  for (const [market, number] of [
    ['NO', '999999999'],
    ['DK', '12345674'],
    ['FI', '1234567-1'],
  ] as const)
    expect([market, problems(market, number)]).toEqual([market, '']);
  expect(problems('DK', '999999999')).toContain('"shop.orgNumber" must be nine digits in Norway, the eight of a CVR number in Denmark');
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

describe('the devices', () => {
  const withDevices = (devices: Readonly<Record<string, unknown>>) => parseConfiguration({ ...example(), ...devices });
  const taken = (devices: Readonly<Record<string, unknown>>) => {
    const parsed = withDevices(devices);
    if ('problems' in parsed) throw new RangeError(parsed.problems.join());
    return parsed.configuration;
  };
  const problem = (devices: Readonly<Record<string, unknown>>) => {
    const parsed = withDevices(devices);
    return 'problems' in parsed ? parsed.problems.join() : '';
  };

  it('of a file from before there were others are a virtual printer, a scanner that types and no drawer', () => {
    expect(taken({})).toMatchObject({
      printer: { kind: 'virtual', columns: 42 },
      scanner: { kind: 'keyboard' },
      drawer: { connected: false },
    });
    expect(taken({ printer: { columns: 32 } }).printer).toEqual({ kind: 'virtual', columns: 32 });
    expect(taken({ printer: { kind: 'virtual' } }).printer).toEqual({ kind: 'virtual', columns: 42 });
  });

  it('are taken with no more than where they are', () => {
    expect(taken({ printer: { kind: 'serial', path: 'COM3' } }).printer).toEqual({
      kind: 'serial',
      path: 'COM3',
      baudRate: 9_600,
      dataBits: 8,
      stopBits: 1,
      parity: 'none',
      flowControl: 'none',
      model: null,
      columns: 42,
    });
    expect(taken({ printer: { kind: 'network', host: '192.168.1.87' } }).printer).toMatchObject({ port: 9_100, shared: false });
    expect(taken({ printer: { kind: 'network', host: 'fe80::1' } }).printer).toMatchObject({ host: 'fe80::1' });
    expect(taken({ scanner: { kind: 'serial', path: '/dev/ttyACM0', suffix: 'tab' } }).scanner).toMatchObject({
      suffix: 'tab',
      prefix: '',
    });
  });

  it('that cannot be are named, with what they could be', () => {
    expect(problem({ printer: { kind: 'usb' } })).toBe('"printer.kind" must be "virtual", "serial" or "network"');
    expect(problem({ printer: { kind: 'serial', path: 'COM3', baudRate: 9_601 } })).toContain('"printer.baudRate" must be one of 1200, ');
    expect(problem({ printer: { kind: 'network', host: 'tcp://192.168.1.87' } })).toContain('"printer.host" must be an address or a name');
    expect(problem({ printer: { kind: 'network', host: 'kasse', port: 0 } })).toBe('"printer.port" must be a port');
    expect(problem({ printer: { kind: 'serial', path: '' } })).toBe('"printer.path" must not be empty');
    expect(problem({ scanner: { kind: 'serial', path: 'COM4', prefix: '\u0002' } })).toContain('"scanner.prefix" must be at most 8');
    expect(problem({ drawer: { pin: 3 } })).toBe('"drawer.pin" must be 2 or 5');
    expect(problem({ drawer: { openWhen: 'up' } })).toBe('"drawer.openWhen" must be "high", "low" or null');
    expect(problem({ drawer: { alarmAfterSeconds: 1 } })).toBe('"drawer.alarmAfterSeconds" must be whole seconds, 5 to 600');
  });

  it('name only printers that are known', () => {
    expect(Object.keys(PRINTER_MODELS)).toEqual(expect.arrayContaining([...PRINTER_MODEL_IDS]));
  });
});
