import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, placeOf, readConfiguration } from '../../../server/web/configuration-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SHOP = {
  shop: { name: 'Kolonial på hjørnet', address: ['Storgata 1', '0155 Oslo'], orgNumber: '123456785' },
  store: { id: 'oslo1' },
  register: { id: '1', name: 'Kasse 1' },
  operators: [{ id: '1', name: 'Kari' }],
};
const PROVIDER = {
  environment: 'test',
  baseUrl: 'https://apitest.vipps.no',
  merchantSerialNumber: '123456',
  clientId: 'client',
  clientSecret: 'sk-in-the-file',
  subscriptionKey: 'sub-in-the-file',
};

function file(content: unknown): string {
  const path = join(temporaryFolder(), 'tillit.json');
  writeFileSync(path, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
  return path;
}

function problems(content: unknown, environment = {}): readonly string[] {
  try {
    readConfiguration(file(content), environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the file', () => {
  it('is read with and without a byte order mark', () => {
    for (const mark of ['', '\uFEFF']) {
      const read = readConfiguration(file(mark + JSON.stringify(SHOP)), {});
      expect(read.configuration.shop.name).toBe('Kolonial på hjørnet');
      expect(read.secrets).toBeNull();
    }
  });

  it('that is missing, a folder or not UTF-8 is said to be so', () => {
    expect(() => readConfiguration(join(temporaryFolder(), 'none.json'), {})).toThrow('There is no such file.');
    expect(() => readConfiguration(temporaryFolder(), {})).toThrow('This is a folder, not a file.');
    expect(problems(Uint8Array.from([0x7b, 0xe5, 0x7d]))).toEqual(['The file is not text in UTF-8.']);
  });

  it('that is not JSON is answered with line and column, and never with its content', () => {
    const broken = '{\n  "provider": {\n    "clientSecret": "sk-very-secret" "x": 1\n  }\n}';
    const [problem = ''] = problems(broken);
    expect(problem).toContain('Line 3, column 38');
    expect(problem).not.toContain('secret');
    for (const text of ['', '{', '{"shop": ', '[1,', 'nonsense', '{\n"a": tru }'])
      expect(problems(text)[0]).toMatch(/^Line \d+, column \d+: this is not JSON/);
  });

  it('with wrong fields is answered with each of their names', () => {
    const wrong = { ...SHOP, store: { id: 'Oslo 1' }, shop: { ...SHOP.shop, orgNumber: '12' }, registers: [] };
    const found = problems(wrong).join('\n');
    for (const name of ['store.id', 'shop.orgNumber', 'registers']) expect(found).toContain(name);
  });

  it('may name a provider at any https address, and at http on this machine only', () => {
    for (const baseUrl of [
      'https://apitest.vipps.no',
      'https://proxy.example:8443/vipps',
      'http://127.0.0.1:9000',
      'http://localhost:9000',
    ]) {
      expect(problems({ ...SHOP, provider: { ...PROVIDER, baseUrl } })).toEqual([]);
    }
    for (const baseUrl of ['http://apitest.vipps.no', 'http://localhost.evil.example', 'ftp://x', 'vipps']) {
      expect(problems({ ...SHOP, provider: { ...PROVIDER, baseUrl } }).join()).toContain('provider.baseUrl');
    }
  });
});

describe('secrets', () => {
  it('come from the file, the environment or another file beside it', () => {
    const path = file({
      ...SHOP,
      provider: { ...PROVIDER, clientSecret: { fromEnv: 'SHOP_SECRET' }, subscriptionKey: { fromFile: 'key.txt' } },
    });
    writeFileSync(join(path, '..', 'key.txt'), '\uFEFFsub-from-file\r\n');
    expect(readConfiguration(path, { SHOP_SECRET: 'sk-from-env' }).secrets).toEqual({
      clientSecret: 'sk-from-env',
      subscriptionKey: 'sub-from-file',
    });
    expect(readConfiguration(file({ ...SHOP, provider: PROVIDER }), {}).secrets?.clientSecret).toBe('sk-in-the-file');
  });

  it('that cannot be had are named by their field, all at once', () => {
    const provider = { ...PROVIDER, clientSecret: { fromEnv: 'SHOP_SECRET' }, subscriptionKey: { fromFile: 'none.txt' } };
    expect(problems({ ...SHOP, provider })).toEqual([
      '"provider.clientSecret" is to be read from the environment variable SHOP_SECRET, which is not set',
      '"provider.subscriptionKey" is to be read from none.txt. There is no such file.',
    ]);
    expect(problems({ ...SHOP, provider }, { SHOP_SECRET: ' ' })[0]).toContain('which is empty');
    expect(problems({ ...SHOP, provider }, { SHOP_SECRET: 'two\nlines' })[0]).toContain('not one line');
    expect(problems({ ...SHOP, provider }, { SHOP_SECRET: 'two\nlines' }).join()).not.toContain('two');
  });
});

it('finds the line and column of a position', () => {
  expect(placeOf('abc', 0)).toEqual({ line: 1, column: 1 });
  expect(placeOf('abc\ndef', 5)).toEqual({ line: 2, column: 2 });
  expect(placeOf('abc\n', 4)).toEqual({ line: 2, column: 1 });
});
