/** Whole registers in processes of their own, with the sales unit's keys and without any: the same sales, to the letter. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunningRegister } from '../../support/running-register.ts';
import { sandboxConfiguration } from '../../support/sandbox-configuration.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestChain } from '../head-office/test-chain.ts';
import { codeFor, startEnrolled, startShopChain } from './chain-shop.ts';

type Api = 'ecom' | 'epayment';

/** The demo shop's register 1: as one that holds its unit's keys, or as one that holds none. */
function configurationOf({ sandbox, server }: TestChain, through: 'keys' | 'head-office', api: Api): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'tillit.json');
  const configuration = { ...sandboxConfiguration(sandbox, api), headOffice: { address: server.url } };
  const provider = { through, environment: 'sandbox', api, phoneUrl: sandbox.phoneUrl };
  writeFileSync(file, JSON.stringify(through === 'keys' ? configuration : { ...configuration, provider }));
  return file;
}

async function aRegister(through: 'keys' | 'head-office', api: Api) {
  const chain = await startShopChain();
  const [configFile, dataDir] = [configurationOf(chain, through, api), temporaryFolder()];
  const register = await startEnrolled(configFile, dataDir, await codeFor(chain));
  return { chain, register, configFile, dataDir };
}

/** Puts something in the basket and asks for the money; gives the payment's reference once the code is there. */
async function asksForMoney(register: RunningRegister): Promise<string> {
  await register.must({ type: 'add-article', articleNumber: '1001' });
  await register.must({ type: 'pay-vipps' });
  const { stage } = await register.until((view) => view.stage.kind === 'payment' && view.stage.phase === 'waiting-for-scan');
  return stage.kind === 'payment' ? stage.reference : '';
}

const isPaid = (register: RunningRegister) => register.until((view) => view.stage.kind === 'finished');

describe.each(['ecom', 'epayment'] as const)('a register through %s', (api) => {
  it.each(['keys', 'head-office'] as const)('sells, with the keys in the place that "%s" says', async (through) => {
    const { chain, register, configFile, dataDir } = await aRegister(through, api);
    await chain.server.keepWebhooks(chain.server.url);
    const reference = await asksForMoney(register);
    chain.sandbox.control.customer('approve', reference);
    await isPaid(register);
    const payment = chain.sandbox.control.payment(reference);
    expect(payment).toMatchObject({ msn: '111111', capturedOre: payment.amountOre });
    await register.stop();
    const unit = chain.sandbox.salesUnits.find(({ msn }) => msn === '111111');
    const onDisk = [configFile, ...filesIn(dataDir)].map((file) => readFileSync(file, 'latin1')).join('\n');
    for (const secret of [unit?.clientSecret ?? '', unit?.subscriptionKey ?? '', unit?.clientId ?? '']) {
      expect(onDisk.includes(secret)).toBe(through === 'keys');
    }
  });

  it.each(['cut-before', 'cut-after'] as const)(
    'without keys takes the money once though the answer to the capture is lost (%s)',
    async (kind) => {
      const { chain, register } = await aRegister('head-office', api);
      const reference = await asksForMoney(register);
      chain.sandbox.control.addFault({ kind, route: 'capture' });
      chain.sandbox.control.customer('approve', reference);
      await isPaid(register);
      const { entries, amountOre } = chain.sandbox.control.payment(reference);
      expect(entries.filter((entry) => entry.kind === 'capture' && entry.ok)).toMatchObject([{ amountOre }]);
    },
  );

  it('without keys ends what was created when that answer is lost, and asks anew', async () => {
    const { chain, register } = await aRegister('head-office', api);
    chain.sandbox.control.addFault({ kind: 'cut-after', route: 'initiate', times: api === 'epayment' ? 2 : 1 });
    const reference = await asksForMoney(register);
    chain.sandbox.control.customer('approve', reference);
    await isPaid(register);
    await expect
      .poll(() => chain.sandbox.control.payments().map(({ phase }) => phase), { timeout: 20_000 })
      .toEqual(expect.arrayContaining(['cancelled']));
    expect(chain.sandbox.control.payments().reduce((sum, { capturedOre }) => sum + capturedOre, 0)).toBe(
      chain.sandbox.control.payment(reference).amountOre,
    );
  });

  it('without keys waits while head office is away in the middle of a payment, and goes on when it is back', async () => {
    const { chain, register } = await aRegister('head-office', api);
    const reference = await asksForMoney(register);
    const port = Number(new URL(chain.server.url).port);
    await chain.server.close();
    chain.sandbox.control.customer('approve', reference);
    const away = await register.until(({ lights }) => lights.some(({ device, state }) => device === 'provider' && state !== 'ok'));
    expect(away.stage).toMatchObject({ kind: 'payment', reference });
    await chain.beside({ port });
    await isPaid(register);
    expect(chain.sandbox.control.payments()).toHaveLength(1);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
