import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEMO_CONFIGURATION, runToTheEnd } from '../../support/running-register.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { chainConfiguration, codeFor, refusedStart, startEnrolled, startShopChain } from './chain-shop.ts';

describe('a register with a code from head office', () => {
  it('is one of the chain from its first start on, and the same command starts it again', async () => {
    const chain = await startShopChain();
    const [configFile, dataDir, code] = [chainConfiguration(chain), temporaryFolder(), await codeFor(chain)];
    const first = await startEnrolled(configFile, dataDir, code);
    const kept = join(dataDir, 'keys', 'head-office.json');
    const membership = JSON.parse(readFileSync(kept, 'utf8')) as Record<string, unknown>;
    expect(membership).toMatchObject({ address: chain.server.url, storeId: 'kolo', registerId: '1', storeName: 'Butikken kolo' });
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    await first.stop();
    const again = await startEnrolled(configFile, dataDir, code);
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual(membership);
    const log = readFileSync(join(dataDir, 'log', 'tillit.log'), 'utf8');
    await again.stop();
    for (const secret of [String(membership.key), code, code.replaceAll('-', '')]) expect(log).not.toContain(secret);
  });

  it('that is wrong, or another register’s, does not start, and says why', async () => {
    const chain = await startShopChain();
    const configFile = chainConfiguration(chain);
    const wrong = await refusedStart(configFile, temporaryFolder(), 'AAAA-BBBB-CCCC');
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('Ask head office for a new one')]);
    const others = await refusedStart(configFile, temporaryFolder(), await codeFor(chain, 'nabo', '2'));
    expect([others.code, others.stderr]).toEqual([1, expect.stringContaining('The code was for register "2" of store "nabo"')]);
    await chain.server.close();
    const away = await refusedStart(configFile, temporaryFolder(), 'AAAA-BBBB-CCCC');
    expect([away.code, away.stderr]).toEqual([1, expect.stringContaining('Head office cannot be reached')]);
  });

  it('that practises by itself, or knows of no head office, does not take it', async () => {
    const ended = await runToTheEnd(['--config', DEMO_CONFIGURATION, '--data', temporaryFolder(), '--enrol', 'AAAA-BBBB-CCCC']);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('--enrol needs "headOffice" in the configuration')]);
  });
});
