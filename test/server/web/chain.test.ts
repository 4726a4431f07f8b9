import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RunningRegister } from '../../support/running-register.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../head-office/test-chain.ts';
import { chainConfiguration, codeFor, startEnrolled, startShopChain } from './chain-shop.ts';

const headOfficeLight = async (register: RunningRegister) =>
  (await register.cashierView()).lights.find(({ device }) => device === 'head-office');

async function started(configFile: string, dataDir: string): Promise<RunningRegister> {
  const register = await RunningRegister.start({ configFile, dataDir });
  onTestFinished(async () => void (await register.kill()));
  return register;
}

async function sellForCash(register: RunningRegister): Promise<void> {
  await register.must({ type: 'add-article', articleNumber: '1001' });
  await register.must({ type: 'pay-cash', receivedOre: 10_000 });
  await register.until((view) => view.stage.kind === 'finished' && view.stage.receipt.state === 'printed');
  await register.must({ type: 'next-customer' });
}

describe('a register of a chain', () => {
  it('tells head office what it has sold, sells on without it, and shows on its light how it stands', async () => {
    const chain = await startShopChain();
    const orders = async () => (await chain.office.store.db.selectFrom('orders').select(['order_id', 'total_ore']).execute()).length;
    const register = await startEnrolled(chainConfiguration(chain), temporaryFolder(), await codeFor(chain));
    await register.until((view) => view.lights.some(({ device, state }) => device === 'head-office' && state === 'ok'));
    await sellForCash(register);
    await until(async () => (await orders()) === 1);

    const port = Number(new URL(chain.server.url).port);
    await chain.server.close();
    await sellForCash(register);
    await register.until((view) => view.lights.some(({ device, state }) => device === 'head-office' && state === 'care'));
    expect((await headOfficeLight(register))?.text).toMatch(/^Hovedkontor: ikke nådd siden \d\d:\d\d, \d+ venter$/);
    await sellForCash(register);

    await chain.beside({ port });
    await register.until((view) => view.lights.some(({ device, state }) => device === 'head-office' && state === 'ok'));
    await until(async () => (await orders()) === 3);
  }, 60_000);

  it('that is put back from a copy gets back what it sold after it, and goes on counting from there', async () => {
    const chain = await startShopChain();
    const [configFile, dataDir, copy] = [chainConfiguration(chain), join(temporaryFolder(), 'data'), join(temporaryFolder(), 'copy')];
    const orders = async () => await chain.office.store.db.selectFrom('orders').selectAll().orderBy('receipt_number').execute();
    const first = await startEnrolled(configFile, dataDir, await codeFor(chain));
    await sellForCash(first);
    await first.stop();
    cpSync(dataDir, copy, { recursive: true });
    const second = await started(configFile, dataDir);
    await sellForCash(second);
    await until(async () => (await orders()).length === 2);
    await second.kill();

    const restored = await started(configFile, copy);
    await sellForCash(restored);
    await until(async () => (await orders()).length === 3);
    expect((await orders()).map(({ receipt_number }) => receipt_number)).toEqual([1, 2, 3]);
    expect(await headOfficeLight(restored)).toMatchObject({ state: 'ok' });
    expect(await chain.office.store.db.selectFrom('alarms').select('what').execute()).toEqual([]);
  }, 60_000);

  it('that nobody has enrolled says so, and sells', async () => {
    const chain = await startShopChain();
    const configFile = chainConfiguration(chain);
    const register = await started(configFile, temporaryFolder());
    expect(await headOfficeLight(register)).toEqual({ device: 'head-office', state: 'care', text: 'Hovedkontor: ikke koblet til' });
    await sellForCash(register);
  });
});
