/** A chain for tests of the whole register: head office over HTTP, and registers in processes of their own that belong to it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeCode } from '../../../server/head-office/registers.ts';
import { type EndedProcess, RunningRegister, runToTheEnd } from '../../support/running-register.ts';
import { sandboxConfiguration } from '../../support/sandbox-configuration.ts';
import { startChain, type TestChain } from '../head-office/test-chain.ts';

/** The demo shop's store and a neighbour, with head office on SQLite and the real time. */
export async function startShopChain(): Promise<TestChain> {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-chain-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = { atMs: 0, nowMs: () => Date.now(), offsetMinutes: () => 60, monotonicMs: () => performance.now() };
  return startChain(
    { file: join(folder, 'chain.db') },
    [
      { storeId: 'kolo', msn: '111111', api: 'epayment' },
      { storeId: 'nabo', msn: '222222', api: 'epayment' },
    ],
    clock,
  );
}

/** The configuration of register 1 of the demo shop, as one of this chain; or as one that knows of none. */
export function chainConfiguration({ sandbox, server }: TestChain, knowsIt = true): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-chained-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'tillit.json');
  writeFileSync(
    file,
    JSON.stringify({ ...sandboxConfiguration(sandbox, 'epayment'), ...(knowsIt ? { headOffice: { address: server.url } } : {}) }),
  );
  return file;
}

export const codeFor = ({ office }: TestChain, storeId = 'kolo', registerId = '1'): Promise<string> =>
  makeCode(office, storeId, registerId);

/** Starts a register that enrols with this code. It ends with the test. */
export async function startEnrolled(configFile: string, dataDir: string, code: string): Promise<RunningRegister> {
  const register = await RunningRegister.start({ configFile, dataDir, args: ['--enrol', code] });
  onTestFinished(async () => void (await register.kill()));
  return register;
}

export const refusedStart = (configFile: string, dataDir: string, code: string): Promise<EndedProcess> =>
  runToTheEnd(['--config', configFile, '--data', dataDir, '--enrol', code]);
