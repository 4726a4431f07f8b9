import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runToTheEnd } from '../../../support/running-register.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { providerOf, registerForTest, sandboxForTest, waitingPayment, writeConfiguration } from './attacked-register.ts';

/** A data folder in which a register has sold for cash, and stopped. */
async function soldBefore(): Promise<{ readonly dataDir: string; readonly configFile: string }> {
  const dataDir = join(temporaryFolder(), 'data');
  const configFile = writeConfiguration(null);
  const register = await registerForTest({ configFile, dataDir });
  await register.must({ type: 'add-article', articleNumber: '1001' });
  await register.must({ type: 'pay-cash', receivedOre: 4_000 });
  await register.until((view) => view.stage.kind === 'finished' && view.stage.receipt.state === 'printed');
  await register.stop();
  return { dataDir, configFile };
}

/** The one sentence that a register ends with which cannot start. */
async function refusal({ dataDir, configFile }: { readonly dataDir: string; readonly configFile: string }): Promise<string> {
  const ended = await runToTheEnd(['--config', configFile, '--data', dataDir]);
  expect([ended.code, ended.stdout, ended.stderr.trim().split('\n').length]).toEqual([1, '', 1]);
  return ended.stderr;
}

describe('a data folder that has sold', () => {
  it('is not taken for a new one when its journal is gone', async () => {
    const folder = await soldBefore();
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder.dataDir, `journal.db${end}`), { force: true });
    expect(await refusal(folder)).toMatch(/^The journal .*journal\.db is gone\. Restore it from the latest backup/);
    expect(existsSync(join(folder.dataDir, 'journal.db'))).toBe(false);
  });

  it('gets no new signing key when its own is gone, and none that is another’s', async () => {
    const folder = await soldBefore();
    const other = await soldBefore();
    const key = join('keys', 'signing-1.pem');
    const own = readFileSync(join(folder.dataDir, key));
    rmSync(join(folder.dataDir, 'keys'), { recursive: true });
    expect(await refusal(folder)).toMatch(/^The signing key of the journal is gone from .*keys\./);
    mkdirSync(join(folder.dataDir, 'keys'), { recursive: true });
    writeFileSync(join(folder.dataDir, key), readFileSync(join(other.dataDir, key)));
    expect(await refusal(folder)).toMatch(/^The signing key in .*keys is not the one that the journal was begun with\./);
    writeFileSync(join(folder.dataDir, key), own);
    expect((await (await registerForTest(folder)).cashierView()).stage.kind).toBe('selling');
  });

  it('says which file is damaged', async () => {
    const folder = await soldBefore();
    writeFileSync(join(folder.dataDir, 'journal.db'), Buffer.alloc(50_000, 'no journal '));
    expect(await refusal(folder)).toMatch(/journal\.db is damaged\. Stop selling on it and restore the latest backup\./);
  });

  it('is nobody else’s to read', async () => {
    const { dataDir } = await soldBefore();
    for (const name of ['', 'journal.db', 'catalogue.db', 'tokens.json', 'purpose.txt', 'paper', 'log', 'keys', 'keys/signing-1.pem']) {
      expect([name, statSync(join(dataDir, name)).mode & 0o077]).toEqual([name, 0]);
    }
  });
});

describe('a register whose articles are damaged', () => {
  it('starts, finishes the payment that was under way, and asks for the articles instead of old prices', async () => {
    const sandbox = await sandboxForTest();
    const configFile = writeConfiguration(providerOf(sandbox));
    const dataDir = temporaryFolder();
    const before = await registerForTest({ configFile, dataDir });
    const reference = await waitingPayment(before);
    await before.stop();
    writeFileSync(join(dataDir, 'catalogue.db'), Buffer.alloc(9_000, 'no articles '));
    sandbox.control.customer('approve', reference);

    for (const start of ['first', 'second']) {
      const after = await registerForTest({ configFile, dataDir });
      const view = await after.until(({ stage }) => stage.kind === 'finished');
      expect([start, view.groups, view.notice?.text]).toEqual([start, [], expect.stringContaining('Importer varefilen på nytt')]);
      await after.stop();
    }
    const last = await registerForTest({ configFile, dataDir });
    const base64 = Buffer.from('varenr;navn;pris;mva\n1;Brød;45,00;15\n').toString('base64');
    await last.must({ type: 'import-catalogue', fileName: 'varer.csv', base64 });
    await last.stop();
    expect((await (await registerForTest({ configFile, dataDir })).cashierView()).groups).toHaveLength(1);
  }, 90_000); // five starts of a register
});
