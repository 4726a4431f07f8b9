/** The sales units' keys at rest. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { putStore, putUnit, rotateVault } from '../../../server/head-office/chain.ts';
import type { Office } from '../../../server/head-office/office.ts';
import { createVault, newVaultKey, readVaultKeys, VaultError } from '../../../server/head-office/vault.ts';
import { startChain } from './test-chain.ts';

const CREDENTIALS = { clientId: 'the-client', clientSecret: 'the-secret', subscriptionKey: 'the-subscription' };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tillit-vault-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('keys at rest', () => {
  it('open under the key that sealed them, and look different every time', () => {
    const vault = createVault([newVaultKey()]);
    const [one, other] = [vault.seal(CREDENTIALS, 'nord'), vault.seal(CREDENTIALS, 'nord')];
    expect(one).not.toBe(other);
    expect(Buffer.from(one, 'base64').toString('latin1')).not.toContain('the-secret');
    expect(vault.open(one, vault.keyId, 'nord')).toEqual(CREDENTIALS);
  });

  it('do not open in another one’s place, changed by a bit, or under another key, and the error says nothing of them', () => {
    const vault = createVault([newVaultKey()]);
    const sealed = vault.seal(CREDENTIALS, 'nord');
    const bytes = Buffer.from(sealed, 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => vault.open(changed.toString('base64'), vault.keyId, 'nord')).toThrow(VaultError);
    }
    expect(() => vault.open(sealed, vault.keyId, 'syd')).toThrow(/^What is kept for syd does not open: it was changed, or is another's\.$/);
    expect(() => createVault([newVaultKey()]).open(sealed, vault.keyId, 'nord')).toThrow('which head office was not given');
  });

  it.each([[[]], [['short']], [['']]])('need a key of 32 bytes: %j', (keys) => expect(() => createVault(keys)).toThrow(VaultError));
});

describe('the key they are kept under', () => {
  it('is made once, in a file for this user alone', () => {
    const file = join(folder(), 'head-office.key');
    const keys = readVaultKeys({}, file);
    expect(readVaultKeys({}, file)).toEqual(keys);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('comes from the environment where it stands there, and then no file is made', () => {
    const file = join(folder(), 'head-office.key');
    expect(readVaultKeys({ TILLIT_HEAD_OFFICE_KEY: 'new, old' }, file)).toEqual(['new', 'old']);
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  it('is changed in the file while head office runs, and afterwards the old one opens nothing', async () => {
    const chain = await startChain({ file: join(folder(), 'chain.db') }, []);
    const keyFile = join(folder(), 'head-office.key');
    const office: Office = { ...chain.office, vault: () => createVault(readVaultKeys({}, keyFile)) };
    const [old, fresh] = [newVaultKey(), newVaultKey()];
    writeFileSync(keyFile, `${old}\n`);
    const unit = { name: 'x', way: 'store', api: 'ecom', baseUrl: 'https://api.vipps.no', credentials: CREDENTIALS } as const;
    await putUnit(office, { ...unit, unitId: 'one', msn: '100001' });
    await putUnit(office, { ...unit, unitId: 'two', msn: '100002' });
    const opens = async () => {
      const kept = await office.store.db.selectFrom('credentials').selectAll().execute();
      return kept.map(({ credential_id, key_id, sealed }) => office.vault().open(sealed, key_id, credential_id));
    };
    writeFileSync(keyFile, `${fresh}\n${old}\n`);
    expect(await opens()).toEqual([CREDENTIALS, CREDENTIALS]);
    expect(await rotateVault(office)).toBe(2);
    writeFileSync(keyFile, `${fresh}\n`);
    expect(await opens()).toEqual([CREDENTIALS, CREDENTIALS]);
    writeFileSync(keyFile, `${old}\n`);
    await expect(opens()).rejects.toThrow(VaultError);
  });
});

describe('a sales unit', () => {
  it.each([
    [{ msn: '12' }, 'merchant serial number'],
    [{ baseUrl: 'http://example.com' }, 'https://'],
    [{ unitId: 'No 1' }, 'An id is'],
    [{ credentials: null }, 'There are no keys'],
    [{ credentials: { ...CREDENTIALS, clientSecret: 'two\nlines' } }, 'clientSecret'],
  ])('is not set up with %j', async (change, sentence) => {
    const chain = await startChain({ file: join(folder(), 'chain.db') }, []);
    const good = {
      unitId: 'u',
      name: 'u',
      way: 'store',
      msn: '100001',
      api: 'ecom',
      baseUrl: 'https://api.vipps.no',
      credentials: CREDENTIALS,
    } as const;
    await expect(putUnit(chain.office, { ...good, ...change })).rejects.toThrow(sentence);
    await putUnit(chain.office, good);
  });

  it('serves one store, unless it is a shared one', async () => {
    const chain = await startChain({ file: join(folder(), 'chain.db') }, [{ storeId: 'nord', msn: '100001' }]);
    const second = { storeId: 'syd', name: 'Syd', unitId: 'unit-100001' };
    await expect(putStore(chain.office, second)).rejects.toThrow("is the store nord's, and not a shared one");
  });
});
