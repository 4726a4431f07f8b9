import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ChainClient, createChainClient } from '../../../app/chain/client.ts';
import { enrol } from '../../../app/chain/enrol.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { makeCode } from '../../../server/head-office/registers.ts';
import { startChain, type TestChain } from '../../server/head-office/test-chain.ts';

const STORES = [
  { storeId: 'nord', msn: '111111' },
  { storeId: 'syd', msn: '222222' },
];

async function chain(): Promise<TestChain> {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-chain-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return startChain({ file: join(folder, 'chain.db') }, STORES);
}

function clientAt(address: string, key: () => string | null): ChainClient {
  const send = createHttpSend();
  onTestFinished(() => send.close());
  return createChainClient({ address, key, send, clock: { nowMs: () => Date.now() } });
}

/** Something that answers at a web address, and is no head office. */
async function somebodyElse(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a register asks head office', () => {
  it('for a key with its code, once, and is told who it is', async () => {
    const { office, server } = await chain();
    const send = createHttpSend();
    onTestFinished(() => send.close());
    const wish = { address: `${server.url}/`, code: await makeCode(office, 'nord', '1'), software: 'tillit-test' };
    const ports = { send, clock: { nowMs: () => Date.now() } };
    const enrolled = await enrol(wish, ports);
    expect(enrolled).toMatchObject({ kind: 'ok', value: { storeId: 'nord', registerId: '1', storeName: 'Butikken nord', position: null } });
    expect(await enrol(wish, ports)).toMatchObject({ kind: 'refused', code: 'bad-code' });
    const key = enrolled.kind === 'ok' ? enrolled.value.key : '';
    expect(await clientAt(server.url, () => key).whoAmI()).toMatchObject({ kind: 'ok', value: { storeId: 'nord', registerId: '1' } });
  });

  it('for an order, and has it returned: asked, confirmed, and known by its id ever after', async () => {
    const { register } = await chain();
    const [nord, syd] = [await register('nord'), await register('syd')];
    const sold = await nord.sell([{ articleNumber: '1', priceOre: 10_000, quantityMilli: 2_000 }]);
    await nord.report();
    const client = clientAt(syd.url, () => syd.key);
    const found = await client.search({ by: 'reference', reference: sold.reference ?? '' });
    expect(found).toMatchObject({ kind: 'ok', value: { orders: [{ orderId: sold.orderId, totalOre: 20_000 }], more: false } });
    expect(await client.order(sold.orderId)).toMatchObject({ kind: 'ok', value: { lines: [{ lineNo: 1, quantityMilli: 2_000 }] } });
    const wish = {
      refundId: syd.newRefundId(),
      orderId: sold.orderId,
      lines: [{ lineNo: 1, quantityMilli: 1_000 }],
      reason: 'for small',
      operator: 'kari',
      approvedBy: null,
      payOut: 'as-it-came' as const,
    };
    expect(await client.ask(wish)).toMatchObject({ kind: 'ok', value: { state: 'reserved', amountOre: 10_000 } });
    expect(await client.confirm(wish.refundId)).toMatchObject({ kind: 'ok', value: { state: 'done' } });
    expect(await client.state(wish.refundId)).toMatchObject({ kind: 'ok', value: { state: 'done' } });
    const another = { ...wish, refundId: syd.newRefundId() };
    expect(await client.ask(another)).toMatchObject({ kind: 'ok', value: { state: 'reserved' } });
    expect(await client.withdraw(another.refundId)).toMatchObject({ kind: 'ok', value: { state: 'withdrawn' } });
  });

  it('and reads its "no" by a code', async () => {
    const { register } = await chain();
    const nord = await register('nord');
    await nord.sell([{ articleNumber: '1', priceOre: 500 }], 'none');
    const client = clientAt(nord.url, () => nord.key);
    expect(await client.order('nord-1-2611-abcd-1')).toMatchObject({ kind: 'refused', code: 'unknown-order' });
    expect(await client.sendBatch(nord.entries(2, 1), 2)).toMatchObject({ kind: 'refused', code: 'gap', confirmedSeq: 0 });
  });

  it('without a key of its own not at all', async () => {
    let asked = 0;
    const url = await somebodyElse(() => {
      asked += 1;
    });
    expect(await clientAt(url, () => null).whoAmI()).toMatchObject({ kind: 'refused', code: 'no-key' });
    expect(asked).toBe(0);
  });

  it('again with the new key, where the old one ended while the request was on its way', async () => {
    const { register } = await chain();
    const nord = await register('nord');
    const [old, made] = [nord.key, await clientAt(nord.url, () => nord.key).newKey()];
    const newer = made.kind === 'ok' ? made.value : '';
    expect(await clientAt(nord.url, () => newer).whoAmI()).toMatchObject({ kind: 'ok' });
    expect(await clientAt(nord.url, () => old).whoAmI()).toMatchObject({ kind: 'refused', code: 'key-revoked' });
    const keys = [old, newer];
    expect(await clientAt(nord.url, () => keys.shift() ?? newer).whoAmI()).toMatchObject({ kind: 'ok' });
  });

  it('and knows that nothing was sent where nobody answers, and not what became of it where the answer is lost', async () => {
    const { server } = await chain();
    await server.close();
    expect(await clientAt(server.url, () => 'key').whoAmI()).toMatchObject({ kind: 'unreachable', sent: 'no' });
    const cut = await somebodyElse((request) => request.socket.destroy());
    expect(await clientAt(cut, () => 'key').sendBatch([], 1)).toMatchObject({ kind: 'unreachable', sent: 'perhaps' });
  });

  it('and takes no page of somebody else for its answer', async () => {
    for (const [status, body] of [
      [200, '<html>Log in to the network</html>'],
      [200, '{"storeId":"nord"}'],
      [502, '<html>Bad gateway</html>'],
      [404, '{"code":"a-code-of-a-later-version","message":"x"}'],
    ] as const) {
      const url = await somebodyElse((_request, response) => response.writeHead(status).end(body));
      expect(await clientAt(url, () => 'key').whoAmI()).toMatchObject({ kind: 'unreachable', sent: 'perhaps' });
    }
  });
});
