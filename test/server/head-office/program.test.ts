/** `npm run head-office` as a process of its own: set up by commands, stopped as a person stops it. */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tellHeadOffice } from '../../support/head-office-process.ts';
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

  it('lets a person in to the page with a password that never stands on a command line', { timeout: 60_000 }, async () => {
    const data = join(folder(), 'chain');
    const { api } = await serve(data);
    const password = 'en lang nok setning';
    const put = await tellHeadOffice(`${password}\n`, 'put-user', '--data', data, '--name', 'kari', '--role', 'reader');
    expect(put).toMatchObject({ code: 0, stdout: 'kari may sign in to the page as a reader.\n' });
    const signIn = () =>
      fetch(`${api}/page/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'kari', password }),
      });
    expect((await signIn()).status).toBe(200);
    expect((await run('remove-user', '--data', data, '--name', 'kari')).code).toBe(0);
    expect((await signIn()).status).toBe(403);
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
    [['settlement', '--data', 'DATA', '--from', '2026-12-31', '--to', '2026-12-01'], 2, '--from 2026-12-31 is after --to 2026-12-01.'],
    [['remove-user', '--data', 'DATA', '--name', 'kari'], 1, 'There is nobody called "kari".'],
    [['withdraw', '--data', 'DATA', '--refund', 'syd-1-abcd-1'], 2, '--by is missing'],
    [['withdraw', '--data', 'DATA', '--refund', 'syd-1-abcd-1', '--by', 'kari'], 2, '--reason is missing'],
    [
      ['withdraw', '--data', 'DATA', '--refund', 'syd-1-abcd-1', '--by', 'kari', '--reason', 'x'],
      1,
      'Head office knows of no such refund.',
    ],
    [['close-store', '--data', 'DATA', '--store', 'nord', '--refunds-until', '2020-01-01'], 1, 'is past'],
    [['open-store', '--data', 'DATA', '--store', 'nord'], 1, 'There is no closed store "nord".'],
    [['put-store', '--data', 'DATA', '--store', 'nord', '--name', 'Nord', '--unit', 'x', '--no-unit'], 2, 'exclude each other'],
  ])('says in a sentence why %j cannot be', async (args, code, sentence) => {
    const data = folder();
    if (!args.includes('serve')) await run('put-store', '--data', data, '--store', 'nord', '--name', 'Butikken nord');
    const ended = await run(...args.map((arg) => (arg === 'DATA' ? data : arg)));
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) });
    expect(ended.stderr).not.toContain('    at ');
  });
});
