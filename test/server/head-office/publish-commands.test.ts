/** A person's files become versions: what is said to the person, of what is right and of what is not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { scryptHasher } from '../../../hardware/crypto/slow-hash.ts';
import { runCommand } from '../../../server/head-office/commands.ts';
import { readOptions } from '../../../server/head-office/options.ts';
import { startChain, type TestChain } from './test-chain.ts';

/** A chain of one store, and a folder with these files. */
async function office(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-publish-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const chain: TestChain = await startChain({ file: join(folder, 'chain.db') }, [{ storeId: 'nord', msn: '100001' }]);
  const does = (...args: string[]) =>
    runCommand(chain.office, readOptions(args.map((arg) => (Object.hasOwn(files, arg) ? join(folder, arg) : arg))));
  return { chain, does };
}

const ARTICLES = 'Varenr;Navn;Pris;Mva\n1001;Kneipp;39,90;15\n1002;Farris;24,90;7';

describe('what a person publishes', () => {
  it('is all right or not published, unless the rows that are wrong are left out on purpose', async () => {
    const { does } = await office({ 'varer.csv': ARTICLES });
    const publish = ['publish-catalogue', '--file', 'varer.csv', '--by', 'sjefen'];
    await expect(does(...publish)).rejects.toThrow(
      'varer.csv is not right:\nline 3: The VAT is “7”, which is not a rate in force. The rates are 25%, 15%, 12%, 11.11% and 0%.\nNothing is published. Put the line right, or leave it out with --skip-bad.',
    );
    expect(await does('published')).toBe('Nothing is published.');
    expect(await does(...publish, '--skip-bad', '--from', '2026-12-01T06:00', '--stores', 'nord')).toBe(
      'Version 1 is published: 1 row of varer.csv, for nord, from 2026-12-01 06:00.\n1 row was left out.',
    );
    expect(await does('published')).toBe(
      '1 catalogue varer.csv: 1 rows for nord, from 2026-12-01 06:00; by sjefen 2026-11-21T09:00:00.000Z',
    );
  });

  it('may be prices or people, and can be taken back', async () => {
    const { does, chain } = await office({
      'priser.csv': 'EAN;Price\n7038010000010;42',
      'folk.json': '[{"id": "eva", "name": "Eva Berg", "role": "manager", "pin": "4711"}, {"id": "per", "name": "Per Dal"}]',
    });
    expect(await does('publish-prices', '--file', 'priser.csv')).toBe(
      'Version 1 is published: 1 row of priser.csv, for all stores, from now.',
    );
    expect(await does('publish-operators', '--file', 'folk.json')).toContain('Version 2 is published: 2 rows');
    expect(await does('unpublish', '--version', '1')).toContain('Version 1 is taken back');
    expect(await does('published')).toMatch(/^2 operators folk\.json.+\n1 prices priser\.csv: .+ \(taken back\)$/);
    // A code is kept as nothing that it can be read from.
    const { body } = await chain.office.store.db
      .selectFrom('publication_pages')
      .select('body')
      .where('version', '=', 2)
      .executeTakeFirstOrThrow();
    expect(body).not.toContain('4711');
    const [eva, per] = JSON.parse(body);
    expect(per).toEqual({ operatorId: 'per', name: 'Per Dal', role: 'cashier' });
    expect(await scryptHasher.matches('4711', eva.pinHash)).toBe(true);
  });

  it('may be that articles are sold no more, by number or from a file, and numbers that nobody published are said', async () => {
    const { does } = await office({ 'varer.csv': ARTICLES.replace(';7', ';15'), 'ut.csv': 'Varenr;Navn\n1002;Farris\n;Brus' });
    await does('publish-catalogue', '--file', 'varer.csv');
    expect(await does('drop-articles', '--articles', '1001', '--from', '2026-12-01', '--by', 'sjefen')).toBe(
      'Version 2 is published: 1 article is dropped, for all stores, from 2026-12-01 00:00.',
    );
    expect(await does('drop-articles', '--articles', '1001, 77,1002,77', '--stores', 'nord')).toBe(
      'Version 3 is published: 3 articles are dropped, for nord, from now.\nHead office has not published 77: what a store has of its own under such a number goes, and does not come again where version 3 is taken back.',
    );
    await expect(does('drop-articles', '--file', 'ut.csv')).rejects.toThrow('ut.csv is not right:\nline 3: ');
    expect(await does('drop-articles', '--file', 'ut.csv', '--skip-bad')).toBe(
      'Version 4 is published: 1 article is dropped, for all stores, from now.\n1 row was left out.',
    );
    expect(await does('published')).toMatch(/^4 dropped ut\.csv: 1 rows for all stores/);
  });

  it('says in a sentence why it cannot be', async () => {
    const { does } = await office({
      'tom.csv': '',
      'priser.csv': 'Varenr;Pris\n1001;10',
      'folk.json': '{}',
      'lett.json': '[{"id": "eva", "name": "Eva", "role": "manager", "pin": "1234"}]',
      'kode.json': '[{"id": "eva", "name": "Eva", "pin": "4711"}]',
      'to.json': '[{"id": "eva", "name": "Eva"}, {"id": "eva", "name": "Eva B"}]',
      'felt.json': '[{"id": "eva", "name": "Eva", "phone": "1"}]',
    });
    for (const [args, sentence] of [
      [['publish-prices'], '--file is missing'],
      [['publish-prices', '--file', 'ingen.csv'], 'ingen.csv cannot be read.'],
      [['publish-prices', '--file', 'tom.csv'], 'The file is empty.'],
      [['publish-prices', '--file', 'priser.csv', '--from', '2026-02-30T06:00'], '--from must be a time such as 2026-12-01T06:00'],
      [['publish-prices', '--file', 'priser.csv', '--stores', 'vest'], 'There is no store "vest".'],
      [['publish-prices', '--file', 'priser.csv', '--stores', ','], '--stores names no store.'],
      [['publish-operators', '--file', 'folk.json'], 'must hold a list such as'],
      [['publish-operators', '--file', 'priser.csv'], 'cannot be read as JSON.'],
      [['publish-operators', '--file', 'lett.json'], 'number 1 needs a code of 4 to 8 digits, not one digit repeated'],
      [['publish-operators', '--file', 'kode.json'], 'number 1 has a code, and is no manager'],
      [['publish-operators', '--file', 'to.json'], 'has the id "eva" twice.'],
      [['publish-operators', '--file', 'felt.json'], 'number 1 has the field "phone", which is not known.'],
      [['drop-articles'], '--articles is missing'],
      [['drop-articles', '--articles', '1001,,1002'], '--articles must be article numbers with commas between them'],
      [['drop-articles', '--articles', '1001', '--file', 'priser.csv'], 'Say either --articles or --file.'],
      [['drop-articles', '--articles', '1001', '--stores', 'vest'], 'There is no store "vest".'],
      [['unpublish', '--version', '7'], 'No version 7 is published.'],
    ] as const) {
      await expect(does(...args)).rejects.toThrow(sentence);
    }
    expect(await does('published')).toBe('Nothing is published.');
  });
});
