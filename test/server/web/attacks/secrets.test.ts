import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { registerForTest, writeConfiguration } from './attacked-register.ts';
import { type Asked, HandMadeProvider } from './hand-made-provider.ts';

/** Every file under a folder, as text. */
function filesIn(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path, 'latin1')] as const);
}

/** In each form that errors and answers have, everything that the register sent is sent back to it. */
function echoes(everything: string): readonly ((asked: Asked) => void)[] {
  const part = { errorGroup: everything, errorCode: everything, errorMessage: everything, contextId: everything };
  return [
    ({ answer }) => answer([part], 400),
    ({ answer }) => answer({ title: everything, detail: everything, traceId: everything }, 500),
    ({ answer }) => answer(`<html>${everything}</html>`, 502),
    ({ answer }) => answer({ statusCode: 401, message: everything, activityId: everything }, 401),
    ({ answer }) => answer({ orderId: everything, url: everything, transactionLogHistory: [{ operation: everything }] }),
    ({ leg, answer, right }) => {
      const id = everything.slice(-150);
      const row = { operation: 'RESERVE', amount: 1, operationSuccess: true, transactionId: id, requestId: id };
      answer(leg === 'details' ? { transactionLogHistory: [row] } : right);
    },
  ];
}

it('a provider that sends back all it was sent puts no key into a log, a view, an answer or the journal', async () => {
  const provider = await HandMadeProvider.start();
  const dataDir = temporaryFolder();
  const register = await registerForTest({ configFile: writeConfiguration(provider.configuration), dataDir });
  const { clientSecret, subscriptionKey, token } = provider.keys;
  const secrets = [clientSecret, subscriptionKey, token];
  const seen: unknown[] = [await register.command({ type: 'add-article', articleNumber: '1001' })];
  for (const echo of echoes(`{"authorization":"Bearer ${token}"} ${secrets.join(' ')}`)) {
    let lies = 0;
    provider.lie = (asked) => {
      if (asked.leg === 'token') return false;
      lies += 1;
      echo(asked);
      return true;
    };
    seen.push(await register.command({ type: 'pay-vipps' }));
    await expect.poll(() => lies, { timeout: 25_000 }).toBeGreaterThan(0);
    seen.push(await register.cashierView(), await register.customerView());
    provider.lie = () => false;
    await register.command({ type: 'cancel-payment' });
    await register.until((view) => view.stage.kind !== 'payment' || ['not-paid', 'given-back'].includes(view.stage.phase));
    seen.push(await register.cashierView(), await register.command({ type: 'close-payment' }));
  }
  const { stdout, stderr } = await register.stop();
  expect(stderr).toContain('[hidden]');
  const places = [['stdout', stdout], ['stderr', stderr], ['what was answered', JSON.stringify(seen)], ...filesIn(dataDir)] as const;
  const found = places.flatMap(([place, text]) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
  );
  expect(found).toEqual([]);
});
