/** eCom calls back at the address that a payment was made with: head office's own, for registers that sell through it. */
import { expect, it } from 'vitest';
import type { PaymentOrder } from '../../../app/payment/provider.ts';
import { relayedAt } from './relayed.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';
import type { TestRegister } from './test-register.ts';

const STORES = [
  { storeId: 'nord', msn: '100001' },
  { storeId: 'syd', msn: '100002' },
] as const;

const order: PaymentOrder = { reference: 'nord-1-2611-abcd-1-1', amountOre: 49_900, currency: 'NOK', text: 'Kvittering 1' };
const waits = async (register: TestRegister, url?: string) =>
  (await register.call<{ references: readonly string[] }>('/v1/events/wait', {}, url)).body.references;
const answersTo = ({ sandbox }: TestChain, reference: string) =>
  sandbox.control.deliveries().flatMap((one) => (one.reference === reference ? [one.status] : []));

onBothDatabases((newDatabase, kind) => {
  async function aChain() {
    const chain = await startChain(await newDatabase(), STORES);
    await chain.server.keepWebhooks(chain.server.url);
    const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
    const { provider } = relayedAt('ecom', chain.server.url, nord.key);
    return { chain, nord, syd, provider };
  }

  it('the register that waits hears of its customer’s answer at once, in whichever process it waits', async () => {
    const { chain, nord, provider } = await aChain();
    const elsewhere = kind === 'postgres' ? (await chain.beside()).server.url : chain.server.url;
    await provider.create(order);
    const waiting = waits(nord, elsewhere);
    chain.sandbox.control.customer('approve', order.reference);
    expect(await waiting).toEqual([order.reference]);
    expect(answersTo(chain, order.reference)).toEqual([200]);
  });

  it('a callback that was forged, or that names another register’s payment, tells nobody anything', async () => {
    const { chain, nord, syd } = await aChain();
    const calls = (register: string, reference: string, headers = {}) =>
      fetch(`${chain.server.url}/callbacks/${register}/v2/payments/${reference}`, { method: 'POST', headers, body: '{}' });
    const [proof = ''] = chain.office.vault().proofs('callbacks of nord-1');
    expect((await calls('nord-1', order.reference)).status).toBe(401);
    expect((await calls('syd-1', 'syd-1-2611-abcd-1-1', { authorization: proof })).status).toBe(401);
    expect((await calls('nord-1', 'syd-1-2611-abcd-1-1', { authorization: proof })).status).toBe(200);
    const own = 'nord-1-2611-abcd-7-1';
    expect((await calls('nord-1', own, { authorization: proof })).status).toBe(200);
    expect(await waits(nord)).toEqual([own]);
    const waiting = waits(syd);
    expect((await calls('nord-1', own, { authorization: proof })).status).toBe(200);
    const [another = ''] = chain.office.vault().proofs('callbacks of syd-1');
    await calls('syd-1', 'syd-1-2611-abcd-2-1', { authorization: another });
    expect(await waiting).toEqual(['syd-1-2611-abcd-2-1']);
  });

  it('a register whose head office has no address outside sells without being called', async () => {
    const chain = await startChain(await newDatabase(), STORES);
    const { provider } = relayedAt('ecom', chain.server.url, await chain.enrol('nord', '1'));
    expect((await provider.create(order)).kind).toBe('ok');
    chain.sandbox.control.customer('approve', order.reference);
    expect(await provider.read(order)).toMatchObject({ kind: 'ok', value: { state: 'authorised' } });
  });
});
