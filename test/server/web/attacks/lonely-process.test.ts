import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import type { ReadyLine } from '../../../../server/web/register.ts';
import { root } from '../../../support/source-files.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { providerOf, sandboxForTest, writeConfiguration } from './attacked-register.ts';

it('a register goes on when nobody reads any more what it shows', async () => {
  const sandbox = await sandboxForTest();
  const args = ['--config', writeConfiguration(providerOf(sandbox)), '--data', temporaryFolder()];
  const child = spawn(process.execPath, [join(root, 'server', 'web', 'main.ts'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const line = await new Promise<string>((resolve) => void createInterface({ input: child.stdout }).once('line', resolve));
  const { api, tokens } = JSON.parse(line) as ReadyLine;
  child.stdout.destroy();
  child.stderr.destroy();
  const send = async (command: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${tokens.cashier}`, 'content-type': 'application/json' };
    return (await fetch(`${api}/api/commands`, { method: 'POST', headers, body: JSON.stringify(command) })).json();
  };
  sandbox.control.addFault({ kind: 'server-error', route: 'initiate', times: null });
  await send({ type: 'add-article', articleNumber: '1001' });
  await send({ type: 'pay-vipps' });
  await expect.poll(() => sandbox.control.requests({ route: 'initiate' }).length, { timeout: 20_000 }).toBeGreaterThan(1);
  sandbox.control.clearFaults();
  expect(await send({ type: 'close-payment' })).toBeDefined();
  expect(child.exitCode).toBeNull();
});
