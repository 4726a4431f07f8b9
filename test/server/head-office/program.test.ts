/** `npm run head-office` as a process of its own: set up by commands, stopped as a person stops it. */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run, serve } from './running-head-office.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tillit-program-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('npm run head-office', () => {
  it('takes a third store into a chain that is running with one command, whose code lets its register in', async () => {
    const data = join(folder(), 'chain');
    const keys = join(folder(), 'keys.json');
    writeFileSync(keys, JSON.stringify({ clientId: 'id', clientSecret: 'hemmelig', subscriptionKey: 'nokkel' }));
    const { api, database, stop } = await serve(data);
    expect(database).toBe('sqlite');
    const unit = await run(
      ...['put-unit', '--data', data, '--unit', 'felles', '--name', 'Felles', '--way', 'shared', '--msn', '100001'],
      ...['--api', 'ecom', '--base-url', 'http://127.0.0.1:9', '--keys', keys],
    );
    expect(unit).toMatchObject({ code: 0, stderr: '' });
    const joined = await run(
      'put-store',
      '--data',
      data,
      '--store',
      'vest',
      '--name',
      'Butikken vest',
      '--unit',
      'felles',
      '--register',
      '1',
    );
    const code = /: ([A-Z2-9-]{14})$/m.exec(joined.stdout)?.[1];
    const response = await fetch(`${api}/v1/enrol`, { method: 'POST', body: JSON.stringify({ code, software: 'tillit-test' }) });
    expect(await response.json()).toMatchObject({ storeId: 'vest', registerId: '1', storeName: 'Butikken vest', position: null });
    expect((await run('open', '--data', data)).stdout).toBe('0 refunds are not over.\n0 alarms.\n');
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, 'head-office.db')).mode & 0o777).toBe(0o600);
    expect(await stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('publishes files for the registers, says what is wrong in them, and lists what was published', async () => {
    const data = join(folder(), 'chain');
    const file = (name: string, text: string) => {
      writeFileSync(join(data, name), text);
      return join(data, name);
    };
    await run('put-store', '--data', data, '--store', 'nord', '--name', 'Butikken nord');
    const articles = file('varer.csv', 'Varenr;Navn;Pris;Mva\n1001;Kneipp;39,90;15\n1002;Farris;24,90;7');
    const publish = ['publish-catalogue', '--data', data, '--file', articles, '--by', 'sjefen'];
    const refused = await run(...publish);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('line 3: The VAT is “7”, which is not a rate in force.');
    expect(refused.stderr).toContain('Nothing is published. Put the line right, or leave it out with --skip-bad.');
    const skipped = await run(...publish, '--skip-bad', '--from', '2026-12-01T06:00', '--stores', 'nord');
    expect(skipped.stdout).toBe('Version 1 is published: 1 row of varer.csv, for nord, from 2026-12-01 06:00.\n1 row was left out.\n');
    const prices = file('priser.csv', 'EAN;Price\n7038010000010;42');
    expect((await run('publish-prices', '--data', data, '--file', prices)).stdout).toContain('Version 2 is published: 1 row of priser.csv');
    const people = file('folk.json', '[{"id": "eva", "name": "Eva Berg"}, {"id": "per", "name": "Per Dal"}]');
    expect((await run('publish-operators', '--data', data, '--file', people)).stdout).toContain('Version 3 is published: 2 rows');
    expect((await run('unpublish', '--data', data, '--version', '2')).stdout).toContain('Version 2 is taken back');
    const listed = (await run('published', '--data', data)).stdout.trimEnd().split('\n');
    expect(listed).toHaveLength(3);
    expect(listed[1]).toMatch(/^2 prices priser\.csv: 1 rows for all stores, from now; by .+ \(taken back\)$/);
    expect(listed[2]).toMatch(/^1 catalogue varer\.csv: 1 rows for nord, from 2026-12-01 06:00; by sjefen /);
  });

  it('is not begun by a question to a folder that was mistyped', async () => {
    const data = join(folder(), 'chian');
    const ended = await run('open', '--data', data);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`There is no head office in ${data}`) });
    expect(existsSync(data)).toBe(false);
  });

  it.each([
    [['serve'], 2, '--data is missing'],
    [['dance', '--data', 'DATA'], 2, 'There is no "dance"'],
    [['serve', '--data', 'DATA', '--host', '0.0.0.0'], 1, 'Without a certificate head office listens on this machine only'],
    [['serve', '--data', 'DATA', '--tls-cert', 'x.pem'], 2, '--tls-cert and --tls-key go together'],
    [['serve', '--data', 'DATA', '--port', '99999'], 2, '--port must be a whole number up to 65535'],
    [['enrol', '--data', 'DATA', '--store', 'vest', '--register', '1'], 1, 'There is no store "vest". Add it first.'],
    [['settlement', '--data', 'DATA', '--from', '2026-13-01', '--to', '2026-12-31'], 2, '--from must be a date'],
    [['publish-prices', '--data', 'DATA'], 2, '--file is missing'],
    [['publish-prices', '--data', 'DATA', '--file', 'nowhere.csv'], 2, 'nowhere.csv cannot be read.'],
    [['publish-prices', '--data', 'DATA', '--file', 'x.csv', '--from', '2026-02-30T06:00'], 2, '--from must be a time such as'],
    [['publish-prices', '--data', 'DATA', '--file', 'package.json', '--stores', 'vest'], 1, 'There is no store "vest".'],
    [['publish-operators', '--data', 'DATA', '--file', 'package.json'], 2, 'package.json must hold a list such as'],
    [['unpublish', '--data', 'DATA', '--version', '7'], 1, 'No version 7 is published.'],
    [['withdraw', '--data', 'DATA', '--refund', 'syd-1-abcd-1'], 1, 'Head office knows of no such refund.'],
  ])('says in a sentence why %j cannot be', async (args, code, sentence) => {
    const data = folder();
    if (!args.includes('serve')) await run('put-store', '--data', data, '--store', 'nord', '--name', 'Butikken nord');
    const ended = await run(...args.map((arg) => (arg === 'DATA' ? data : arg)));
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) });
    expect(ended.stderr).not.toContain('    at ');
  });
});
