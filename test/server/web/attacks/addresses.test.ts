import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isSafeAddress } from '../../../../app/vipps/qr.ts';
import { registerForTest, writeConfiguration } from './attacked-register.ts';
import { HandMadeProvider } from './hand-made-provider.ts';

/** A server that nobody should ask anything. */
async function canary(): Promise<{ readonly port: number; asked: number }> {
  const one = { port: 0, asked: 0 };
  const server = createServer((_request, response) => {
    one.asked += 1;
    response.end('here');
  });
  server.on('connection', () => {
    one.asked += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => void server.close());
  one.port = (server.address() as AddressInfo).port;
  return one;
}

const elsewhere = (port: number): readonly string[] => [
  `http://0.0.0.0:${port}/a.png`,
  `http://127.1:${port}/a.png`,
  `http://2130706433:${port}/a.png`,
  `http://[::ffff:127.0.0.1]:${port}/a.png`,
  `http://someone@127.0.0.1:${port}/a.png`,
  `http://127.0.0.1\\@127.0.0.1:${port}/a.png`,
  `//127.0.0.1:${port}/a.png`,
  `/a.png`,
  'http://169.254.169.254/latest/meta-data/',
  'file:///etc/passwd',
  'data:image/png;base64,AAAA',
  'javascript:alert(1)',
];

describe('a provider’s answer that leads elsewhere', () => {
  it.each(elsewhere(8420))('is not taken: %s', (address) => {
    expect([isSafeAddress(address, 'http://127.0.0.1:4010'), isSafeAddress(address, 'https://api.vipps.no')]).toEqual([false, false]);
  });

  it('is not followed for a picture, and the sale goes on', async () => {
    const bird = await canary();
    const provider = await HandMadeProvider.start();
    const addresses = elsewhere(bird.port).slice(0, 3);
    const told: string[] = [];
    provider.lie = ({ leg, answer }) => {
      const url = leg === 'qr' ? (addresses.shift() ?? null) : null;
      if (url === null) return false;
      told.push(url);
      answer({ url, expiresIn: 600 });
      return true;
    };
    const register = await registerForTest({ configFile: writeConfiguration(provider.configuration, { qr: { drawQr: 'never' } }) });
    await register.must({ type: 'add-article', articleNumber: '1001' });
    await register.must({ type: 'pay-vipps' });
    await expect.poll(() => told.length, { timeout: 25_000 }).toBe(3);
    await expect.poll(async () => (await register.customerView()).screen.kind, { timeout: 25_000 }).toBe('qr');
    expect([bird.asked, provider.count('picture')]).toEqual([0, 1]);
  });

  it('is not shown as a payment’s own address: that payment is ended, and another one made', async () => {
    const provider = await HandMadeProvider.start();
    const addresses = ['http://pay.example/1', 'javascript:alert(1)'];
    provider.lie = ({ leg, right, answer }) => {
      const url = leg === 'create' ? addresses.shift() : undefined;
      if (url === undefined) return false;
      answer({ ...(right as object), url });
      return true;
    };
    const register = await registerForTest({ configFile: writeConfiguration(provider.configuration) });
    await register.must({ type: 'add-article', articleNumber: '1001' });
    await register.must({ type: 'pay-vipps' });
    await expect.poll(async () => (await register.customerView()).screen.kind, { timeout: 25_000 }).toBe('qr');
    expect([...provider.history.values()].map(([newest]) => newest?.operation)).toEqual(['CANCEL', 'CANCEL', 'INITIATE']);
  });
});
