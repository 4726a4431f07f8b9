/** Whoever finds the address from outside: floods, huge and slow bodies, paths that are not there, and the screens' own routes. */
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Inbox } from '../../../../app/vipps/webhooks/inbox.ts';
import { startOutsideListener } from '../../../../server/web/outside-listener.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { type OutsideShop, outsideForTest, whenRegistered } from '../outside-shop.ts';
import { providerOf, registerForTest, sandboxForTest, waitingPayment, writeConfiguration } from './attacked-register.ts';

async function open(): Promise<OutsideShop & { readonly address: string; readonly path: string }> {
  const shop = await outsideForTest({ folder: temporaryFolder() });
  await whenRegistered(shop);
  const address = shop.outside.state().listeningAt ?? '';
  return { ...shop, address, path: new URL(shop.outside.addresses.payments).pathname };
}

/** Says these words on a connection, and gives everything that is answered until it is hung up. */
function say(address: string, words: string): { readonly socket: Socket; readonly answer: Promise<string> } {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname, () => socket.write(words));
  onTestFinished(() => void socket.destroy());
  const answer = new Promise<string>((resolve) => {
    let heard = '';
    socket.on('data', (part: Buffer) => {
      heard += part.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(heard));
  });
  return { socket, answer };
}

const head = (path: string, rest = '') => `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${rest}\r\n`;

it('has nothing behind it but the three addresses: no screen, no command, no view', async () => {
  const { address, path } = await open();
  for (const [method, at] of [
    ['GET', '/'],
    ['GET', '/cashier'],
    ['GET', '/api/views/cashier'],
    ['POST', '/api/commands'],
    ['POST', '/api/settings'],
    ['GET', path],
    ['PUT', path],
    ['OPTIONS', path],
    ['POST', '/'],
  ] as const) {
    const answer = await fetch(address + at, { method, ...(method === 'GET' ? {} : { body: '{"type":"abort-sale"}' }) });
    expect([method, at, answer.status, await answer.text()]).toEqual([method, at, 404, '']);
  }
});

it('takes no path but as it was registered', async () => {
  const { address, path, outside, heard } = await open();
  const callback = new URL(outside.addresses.callbackPrefix).pathname;
  const authorization = `Authorization: ${outside.callbackToken}\r\nContent-Length: 0\r\nConnection: close\r\n`;
  for (const trick of [
    `${path}/`,
    `/${path}`,
    `${path}?x=1`,
    `${path}#x`,
    `${path}%00`,
    path.replace('payments', 'p%61yments'),
    `/x/..${path}`,
    `http://127.0.0.1${path}`,
    `${callback}/v2/payments/`,
    `${callback}/v2/payments/../payments`,
    `${callback}/v2/payments/a%2Fb`,
    `${callback}/v2/payments/${'a'.repeat(65)}`,
    `${callback}/v2/payments/a/b`,
    '*',
  ]) {
    const { answer } = say(address, head(trick, authorization));
    expect([trick, (await answer).split('\r\n')[0]]).toEqual([trick, 'HTTP/1.1 404 Not Found']);
  }
  expect(heard).toEqual([]);
});

it('reads no body that is too large, whatever its header says', async () => {
  const { address, path } = await open();
  const told = say(address, head(path, 'Content-Length: 100000000\r\n'));
  expect(await told.answer).toContain('413');
  const untold = say(address, head(path, 'Transfer-Encoding: chunked\r\n'));
  const part = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
  untold.socket.write(part.repeat(10));
  // Hung up on in the middle: whether the number still gets through is the network's affair.
  expect(await untold.answer).toMatch(/^(?:HTTP\/1\.1 413 .*)?$/s);
});

it('hangs up on who is too slow with headers or body', async () => {
  const { address, path } = await open();
  const slowHead = say(address, `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Slow: `);
  const slowBody = say(address, head(path, 'Content-Length: 1000\r\n'));
  const answers = await Promise.all([slowHead.answer, slowBody.answer]);
  expect(answers.filter((answer) => answer !== '' && !answer.startsWith('HTTP/1.1 408'))).toEqual([]);
}, 30_000);

it('hangs up on what is not HTTP, and on endless headers', async () => {
  const { address, path } = await open();
  for (const words of ['\x16\x03\x01\x02\x00', `POST ${path} HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(10_000)}`]) {
    await say(address, words).answer;
  }
});

it('answers a flood with one number, and reads none of it', async () => {
  let received = 0;
  const listener = await startOutsideListener({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => listener.close());
  const inbox: Pick<Inbox, 'knows' | 'receive'> = {
    knows: () => true,
    receive() {
      received += 1;
      return { status: 401, afterwards: () => {} };
    },
  };
  listener.open(inbox);
  const began = performance.now();
  const hits = Array.from({ length: 400 }, () => fetch(`${listener.address}/x`, { method: 'POST', body: 'x' }));
  const answered = (await Promise.allSettled(hits)).flatMap((one) => (one.status === 'fulfilled' ? [one.value.status] : []));
  const seconds = Math.ceil((performance.now() - began) / 1_000) + 1;
  expect(received).toBeLessThanOrEqual(50 * seconds);
  expect(answered.filter((status) => status !== 401 && status !== 429)).toEqual([]);
});

it('lets the till sell while it is flooded', async () => {
  const sandbox = await sandboxForTest();
  const provider = { ...providerOf(sandbox), api: 'epayment' };
  const register = await registerForTest({ configFile: writeConfiguration(provider, { reachable: { port: 0 } }) });
  const outside = register.ready.outside ?? '';
  let isOver = false;
  const flood = (async () => {
    while (!isOver) {
      const hits = Array.from({ length: 50 }, () => fetch(`${outside}/x`, { method: 'POST', body: 'x' }).catch(() => null));
      await Promise.all(hits);
    }
  })();
  const reference = await waitingPayment(register);
  sandbox.control.customer('approve', reference);
  await register.until((view) => view.stage.kind === 'finished');
  isOver = true;
  await flood;
  expect(sandbox.control.payment(reference).capturedOre).toBe(3_990);
});
