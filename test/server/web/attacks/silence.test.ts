import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { providerOf, registerForTest, sandboxForTest, writeConfiguration } from './attacked-register.ts';

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const keysOf = async () => providerOf(await sandboxForTest());

describe('a provider that is not there when the register starts', () => {
  it('is waited for, and taken as soon as it comes: the code stands on the screen by itself', async () => {
    const port = await freePort();
    const configFile = writeConfiguration({ ...(await keysOf()), baseUrl: `http://127.0.0.1:${port}` });
    const register = await registerForTest({ configFile });
    expect((await register.until((view) => view.lights.some(({ state }) => state === 'down'))).lights).toContainEqual(
      expect.objectContaining({ device: 'provider', text: 'Vipps: ingen kontakt' }),
    );
    await register.must({ type: 'add-article', articleNumber: '1001' });
    await register.must({ type: 'pay-vipps' });
    await register.until((view) => view.stage.kind === 'payment' && view.stage.phase === 'checking');
    const sandbox = await sandboxForTest({ port });
    await expect.poll(async () => (await register.customerView()).screen.kind, { timeout: 25_000 }).toBe('qr');
    sandbox.control.customer('approve', sandbox.control.payments()[0]?.reference ?? '');
    expect((await register.until((view) => view.stage.kind === 'finished')).lights).toContainEqual(
      expect.objectContaining({ device: 'provider', state: 'ok' }),
    );
    expect(sandbox.control.payments()).toHaveLength(1);
  });

  it.each([
    ['has no name in the network', 'https://provider.invalid'],
    ['refuses the connection', 'http://127.0.0.1:1'],
  ])('and %s can be given up at once for cash, because nothing was ever sent', async (_, baseUrl) => {
    const register = await registerForTest({ configFile: writeConfiguration({ ...(await keysOf()), baseUrl }) });
    await register.must({ type: 'add-article', articleNumber: '1001' });
    await register.must({ type: 'pay-vipps' });
    await register.until((view) => view.stage.kind === 'payment' && view.stage.phase === 'checking');
    await register.must({ type: 'cancel-payment' });
    await register.until((view) => view.stage.kind === 'payment' && view.stage.phase === 'not-paid');
    await register.must({ type: 'pay-cash', receivedOre: 4_000 });
    await register.until((view) => view.stage.kind === 'finished');
  });
});
