import { describe, expect, it } from 'vitest';
import { RunningRegister } from '../../support/running-register.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../head-office/test-chain.ts';
import { chainConfiguration, codeFor, startEnrolled, startShopChain } from './chain-shop.ts';

const headOfficeLight = async (register: RunningRegister) =>
  (await register.cashierView()).lights.find(({ device }) => device === 'head-office');

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

  it('that nobody has enrolled says so, and sells', async () => {
    const chain = await startShopChain();
    const configFile = chainConfiguration(chain);
    const register = await RunningRegister.start({ configFile, dataDir: temporaryFolder() });
    try {
      expect(await headOfficeLight(register)).toEqual({ device: 'head-office', state: 'care', text: 'Hovedkontor: ikke koblet til' });
      await sellForCash(register);
    } finally {
      await register.kill();
    }
  });
});
