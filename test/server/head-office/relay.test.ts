/** Selling through head office: what it lets through and what it does not, and whose sales unit speaks. On both databases. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PaymentOrder } from '../../../app/payment/provider.ts';
import { closeStore, putStore, putUnit } from '../../../server/head-office/chain.ts';
import { revoke } from '../../../server/head-office/registers.ts';
import { startScriptedProvider } from '../../support/scripted-provider.ts';
import { relayedAt } from './relayed.ts';
import { onBothDatabases, startChain, type TestChain, type TestStore } from './test-chain.ts';

const PARTNERED: readonly TestStore[] = [
  { storeId: 'nord', msn: '100001', way: 'partner', api: 'epayment' },
  { storeId: 'syd', msn: '100002', way: 'partner', api: 'ecom' },
];
const orderOf = (storeId: string, number = 1, registerId = '1'): PaymentOrder => ({
  reference: `${storeId}-${registerId}-2611-abcd-${number}-1`,
  amountOre: 49_900,
  currency: 'NOK',
  text: `Kvittering ${number}`,
});

interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly code: string | null;
}

/** Says something to the relay that no adapter of ours would. */
async function says(chain: TestChain, key: string, method: string, path: string, body?: unknown, headers = {}): Promise<Said> {
  const response = await fetch(`${chain.server.url}/relay${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': '1-k',
      'x-request-id': '1-k',
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    headers: response.headers,
    text: await response.text(),
    code: response.headers.get('x-tillit-head-office'),
  };
}

/** What the provider was asked beside tokens. */
const asked = ({ sandbox }: TestChain) => sandbox.control.requests().filter(({ route }) => route !== 'token');

const CREATION = { amount: { currency: 'NOK', value: 100 }, paymentMethod: { type: 'WALLET' }, userFlow: 'QR' };
const CHANGE = { modificationAmount: { currency: 'NOK', value: 100 } };
const ECOM_CHANGE = { merchantInfo: {}, transaction: { amount: 100, transactionText: 'x' } };
/** Everything that is about a payment. */
const aboutPayment = (reference: string): readonly (readonly [string, string, unknown?])[] => [
  ['POST', '/epayment/v1/payments', { ...CREATION, reference }],
  ['GET', `/epayment/v1/payments/${reference}`],
  ['GET', `/epayment/v1/payments/${reference}/events`],
  ['POST', `/epayment/v1/payments/${reference}/capture`, CHANGE],
  ['POST', `/epayment/v1/payments/${reference}/cancel`],
  ['POST', `/epayment/v1/payments/${reference}/refund`, CHANGE],
  ['POST', `/epayment/v1/test/payments/${reference}/approve`, { customer: { phoneNumber: '4791234567' } }],
  ['POST', '/ecomm/v2/payments', { merchantInfo: {}, transaction: { orderId: reference, amount: 100, transactionText: 'x' } }],
  ['GET', `/ecomm/v2/payments/${reference}/details`],
  ['POST', `/ecomm/v2/payments/${reference}/capture`, ECOM_CHANGE],
  ['PUT', `/ecomm/v2/payments/${reference}/cancel`, { merchantInfo: {}, transaction: { transactionText: 'x' } }],
  ['POST', `/ecomm/v2/payments/${reference}/refund`, ECOM_CHANGE],
  ['POST', `/ecomm/v2/integration-test/payments/${reference}/approve`, { customerPhoneNumber: '91234567' }],
  ['POST', `/order-management/v2/ECOM/receipts/${reference}`, { orderLines: [], bottomLine: { currency: 'NOK' } }],
];

onBothDatabases((newDatabase, kind) => {
  async function aChain(stores = PARTNERED) {
    const chain = await startChain(await newDatabase(), stores);
    return { chain, nord: await chain.enrol('nord', '1'), syd: await chain.enrol('syd', '1') };
  }

  describe('a register without keys', () => {
    it.each([
      ['A: partner keys', 'partner'],
      ['B: the store’s own keys', 'store'],
      ['C: one unit for all', 'shared'],
    ] as const)('sells by its own store’s unit, %s', async (_title, way) => {
      const msns = way === 'shared' ? ['100001', '100001'] : ['100001', '100002'];
      const stores = (['nord', 'syd'] as const).map((storeId, index) => ({
        storeId,
        msn: msns[index] ?? '',
        way,
        api: 'epayment' as const,
      }));
      const { chain, nord, syd } = await aChain(stores);
      for (const [index, [storeId, key]] of [['nord', nord] as const, ['syd', syd] as const].entries()) {
        for (const [number, api] of (['epayment', 'ecom'] as const).entries()) {
          const { provider } = relayedAt(api, chain.server.url, key);
          const order = orderOf(storeId, number + 1);
          const created = await provider.create(order);
          const url = (created.kind === 'ok' && created.value.url) || '';
          expect(await provider.fetchQr(order, { url })).toMatchObject({ kind: 'ok', value: { kind: 'png' } });
          chain.sandbox.control.customer('approve', order.reference);
          expect(await provider.capture(order, 49_900, `${order.reference}-c1`)).toEqual({ kind: 'ok', value: null });
          expect(await provider.read(order)).toMatchObject({ kind: 'ok', value: { capturedOre: 49_900 } });
          expect(chain.sandbox.control.payment(order.reference)).toMatchObject({ msn: msns[index], capturedOre: 49_900 });
        }
      }
      // One set of keys, one token, whoever asks.
      expect(chain.sandbox.control.requests({ route: 'token' })).toHaveLength(way === 'store' ? 2 : 1);
    });

    it('does not choose the unit: what it says of one is not heard', async () => {
      const { chain, syd } = await aChain();
      const { reference } = orderOf('syd');
      const lie = { 'merchant-serial-number': '100001', 'ocp-apim-subscription-key': 'x', client_id: 'x' };
      const merchantInfo = {
        merchantSerialNumber: '100001',
        callbackPrefix: 'https://example.com/mine',
        authToken: 'mine',
        fallBack: 'https://example.com/',
      };
      const transaction = { orderId: reference, amount: 49_900, transactionText: 'Kvittering' };
      expect((await says(chain, syd, 'POST', '/ecomm/v2/payments', { merchantInfo, customerInfo: {}, transaction }, lie)).status).toBe(200);
      expect(chain.sandbox.control.payment(reference).msn).toBe('100002');
      const capture = { merchantInfo: { merchantSerialNumber: '100001' }, transaction: { amount: 49_900, transactionText: 'x' } };
      chain.sandbox.control.customer('approve', reference);
      expect((await says(chain, syd, 'POST', `/ecomm/v2/payments/${reference}/capture`, capture, lie)).status).toBe(200);
      expect(chain.sandbox.control.payment(reference)).toMatchObject({ capturedOre: 49_900 });
    });

    it('whose store has no unit, or whose store is unknown to the provider’s keys, reads that head office must look', async () => {
      const { chain, nord } = await aChain();
      await putStore(chain.office, { storeId: 'nord', name: 'Nord', unitId: { none: true } });
      const { provider } = relayedAt('epayment', chain.server.url, nord);
      expect(await provider.create(orderOf('nord'))).toMatchObject({ kind: 'refused', error: { code: 'head-office:no-sales-unit' } });
      expect(await provider.warm()).toMatchObject({ kind: 'refused', error: { code: 'head-office:no-sales-unit' } });
    });
  });

  describe('money that a register gives back by itself', () => {
    const giveBack = (chain: TestChain, key: string, reference: string, amountOre: number, id: string) =>
      relayedAt('ecom', chain.server.url, key).provider.refund({ ...orderOf('nord'), reference }, amountOre, id);

    async function sold(capturedOre: number) {
      const chain = await startChain(await newDatabase(), [{ storeId: 'nord', msn: '100001' }]);
      const register = await chain.register('nord');
      const order = { ...orderOf('nord', 1), amountOre: capturedOre };
      const { provider } = relayedAt('ecom', chain.server.url, register.key);
      await provider.create(order);
      chain.sandbox.control.customer('approve', order.reference);
      await provider.capture(order, capturedOre, `${order.reference}-c1`);
      return { chain, register, order, provider };
    }

    it('is at most what was captured', async () => {
      const { chain, register, order } = await sold(10_000);
      const { reference } = order;
      expect(await giveBack(chain, register.key, reference, 10_001, '1-r1')).toMatchObject({
        kind: 'refused',
        error: { code: 'ecom:Payment/71' },
      });
      expect(await giveBack(chain, register.key, reference, 10_000, '1-r2')).toEqual({ kind: 'ok', value: null });
      expect(await giveBack(chain, register.key, reference, 10_000, '1-r2')).toEqual({ kind: 'ok', value: null });
      expect((await giveBack(chain, register.key, reference, 1, '1-r3')).kind).toBe('refused');
      expect(chain.sandbox.control.payment(reference)).toMatchObject({ refundedOre: 10_000 });
    });

    it('is never what pays for a sale: goods come back as a return', async () => {
      const chain = await startChain(await newDatabase(), [{ storeId: 'nord', msn: '100001' }]);
      const register = await chain.register('nord');
      const { reference } = await register.sell([{ articleNumber: '1', priceOre: 10_000 }]);
      await register.report();
      const before = asked(chain).length;
      expect(await giveBack(chain, register.key, reference ?? '', 1, '1-r1')).toMatchObject({
        kind: 'refused',
        error: { code: 'head-office:above-captured' },
      });
      expect(asked(chain)).toHaveLength(before);
    });

    it('is written down with its register, and its key is for one amount', async () => {
      const { chain, register, order } = await sold(10_000);
      await giveBack(chain, register.key, order.reference, 4_000, '1-r1');
      expect(await giveBack(chain, register.key, order.reference, 5_000, '1-r1')).toMatchObject({
        error: { code: 'head-office:other-refund' },
      });
      const deeds = await chain.office.store.db.selectFrom('audit').selectAll().where('what', '=', 'payment.given-back').execute();
      expect(deeds).toMatchObject([{ store_id: 'nord', register_id: '1', subject: order.reference, details: '{"amount_ore":4000}' }]);
    });
  });

  // What follows asks the database nothing that the above has not.
  if (kind === 'postgres') return;

  describe('a stolen register’s key', () => {
    it.each([
      ['another store’s', orderOf('syd').reference],
      ['another register’s of the same store', orderOf('nord', 1, '2').reference],
      ['one that only begins alike', 'nord-12-2611-abcd-1-1'],
      ['one with a path in it', 'nord-1-..%2f..%2fsyd-1'],
    ])('touches no payment of %s', async (_title, reference) => {
      const { chain, nord } = await aChain();
      for (const [method, path, body] of aboutPayment(reference)) {
        expect([path, await says(chain, nord, method, path, body)]).toMatchObject([path, { status: 403, code: 'not-your-payment' }]);
      }
      expect(asked(chain)).toEqual([]);
    });

    it('shows no picture of another register’s payment', async () => {
      const { chain, nord, syd } = await aChain();
      const created = await relayedAt('ecom', chain.server.url, syd).provider.create(orderOf('syd'));
      const url = created.kind === 'ok' ? created.value.url : null;
      expect(await says(chain, nord, 'POST', '/qr/v1', { url }, { accept: 'image/png', size: '200' })).toMatchObject({
        code: 'not-your-payment',
      });
      expect(await says(chain, syd, 'POST', '/qr/v1', { url }, { accept: 'image/png', size: '200' })).toMatchObject({ status: 200 });
    });

    it('uses no key that another register could have made', async () => {
      const { chain, nord } = await aChain();
      for (const key of ['syd-1-2611-abcd-1-1', '2-2611-abcd-1-1-c1', '12-k']) {
        const headers = { 'idempotency-key': key };
        const path = `/epayment/v1/payments/${orderOf('nord').reference}/capture`;
        expect(await says(chain, nord, 'POST', path, CHANGE, headers)).toMatchObject({ code: 'not-your-payment' });
      }
      expect(
        await says(
          chain,
          nord,
          'POST',
          '/epayment/v1/payments',
          { ...CREATION, reference: orderOf('nord').reference },
          { 'idempotency-key': '' },
        ),
      ).toMatchObject({
        code: 'bad-request',
      });
      expect(asked(chain)).toEqual([]);
    });

    it('opens nothing but the operations of a sale', async () => {
      const { chain, nord } = await aChain();
      for (const [method, path] of [
        ['POST', '/accesstoken/get'],
        ['GET', '/webhooks/v1/webhooks'],
        ['POST', '/webhooks/v1/webhooks'],
        ['DELETE', '/webhooks/v1/webhooks/1'],
        ['GET', '/qr/v1/merchant-redirect'],
        ['PUT', '/qr/v1/merchant-callback/kasse'],
        ['GET', '/settlement/v1/ledgers'],
        ['GET', '/report/v2/ledgers/1/funds/dates/2026-11-21'],
        ['GET', '/management/v1/sales-units'],
        ['GET', '/management/v1/sales-units/100002'],
        ['DELETE', `/epayment/v1/payments/${orderOf('nord').reference}`],
        ['GET', '/'],
      ] as const) {
        expect([path, await says(chain, nord, method, path)]).toMatchObject([path, { status: 403, code: 'not-relayed' }]);
      }
      expect(asked(chain)).toEqual([]);
    });

    it('puts nothing in a body that was not foreseen, by whatever spelling', async () => {
      const { chain, nord } = await aChain();
      const { reference } = orderOf('nord');
      for (const body of [
        { ...CREATION, reference, Reference: orderOf('syd').reference },
        { ...CREATION, reference, merchantSerialNumber: '100002' },
        { ...CREATION, reference: [reference] },
        '{"reference": "nord-1-2611-abcd-1-1",',
      ]) {
        expect(await says(chain, nord, 'POST', '/epayment/v1/payments', body)).toMatchObject({ status: 400, code: 'bad-request' });
      }
      const twice = `{"reference":"${orderOf('syd').reference}","reference":"${reference}","amount":{"currency":"NOK","value":100},"paymentMethod":{"type":"WALLET"},"customerInteraction":"CUSTOMER_PRESENT","userFlow":"QR","returnUrl":"https://example.com/"}`;
      await says(chain, nord, 'POST', '/epayment/v1/payments', twice, { 'idempotency-key': reference });
      expect(chain.sandbox.control.payments().map((payment) => payment.reference)).toEqual([reference]);
    });

    it('is of no use once it was taken back, and neither is none', async () => {
      const { chain, nord } = await aChain();
      await revoke(chain.office, 'nord', '1');
      const { provider } = relayedAt('epayment', chain.server.url, nord);
      expect(await provider.create(orderOf('nord'))).toMatchObject({ kind: 'refused', error: { code: 'head-office:key-revoked' } });
      const without = relayedAt('epayment', chain.server.url, null);
      expect(await without.provider.create(orderOf('nord'))).toMatchObject({ kind: 'refused', error: { code: 'head-office:no-key' } });
      expect(await says(chain, 'tr_x', 'GET', '/ready')).toMatchObject({ status: 401, code: 'no-key' });
      expect(asked(chain)).toEqual([]);
    });
  });

  describe('a store that is closed', () => {
    it('begins no payment, and finishes what it began', async () => {
      const { chain, nord } = await aChain();
      const { provider } = relayedAt('epayment', chain.server.url, nord);
      const order = orderOf('nord');
      await provider.create(order);
      chain.sandbox.control.customer('approve', order.reference);
      await closeStore(chain.office, 'nord', 'kari');
      expect(await provider.create(orderOf('nord', 2))).toMatchObject({ kind: 'refused', error: { code: 'head-office:store-closed' } });
      expect(await provider.read(order)).toMatchObject({ kind: 'ok', value: { authorisedOre: 49_900 } });
      expect(await provider.cancel(order, 'all', `${order.reference}-x1`)).toEqual({ kind: 'ok', value: null });
    });
  });

  describe('a provider in trouble', () => {
    it('that did not answer leaves it unknown, before the effect or after it', async () => {
      const { chain, syd } = await aChain();
      const { provider } = relayedAt('ecom', chain.server.url, syd);
      const order = orderOf('syd');
      for (const kind of ['cut-before', 'cut-after'] as const) {
        chain.sandbox.control.addFault({ kind, route: 'initiate' });
        expect(await provider.create(order)).toMatchObject({
          kind: 'unknown',
          error: { code: 'head-office:provider-silent', httpStatus: 504 },
        });
        expect(await provider.read(order)).toMatchObject({ kind: 'ok', value: kind === 'cut-before' ? null : { state: 'open' } });
      }
    });

    it('that cannot be reached was sent nothing, and may be asked again', async () => {
      const { chain, nord } = await aChain();
      await chain.sandbox.close();
      const { provider } = relayedAt('epayment', chain.server.url, nord);
      expect(await provider.create(orderOf('nord'))).toMatchObject({
        kind: 'retryable',
        retryAfterMs: 2_000,
        error: { code: 'head-office:provider-not-reached', httpStatus: 503 },
      });
    });

    it('that has taken the keys away is head office’s to mend, and nothing was sent', async () => {
      const { chain, nord } = await aChain();
      const credentials = { clientId: 'x', clientSecret: 'wrong-secret', subscriptionKey: 'wrong-key' };
      const unit = { unitId: 'unit-100001', name: 'nord', way: 'store', msn: '100001', api: 'epayment' } as const;
      await putUnit(chain.office, { ...unit, baseUrl: chain.sandbox.url, credentials });
      const { provider } = relayedAt('epayment', chain.server.url, nord);
      expect(await provider.create(orderOf('nord'))).toMatchObject({ kind: 'refused', error: { code: 'head-office:keys-refused' } });
      expect(asked(chain)).toEqual([]);
    });
  });

  describe('secrets', () => {
    it('are in no answer, even of a gateway that repeats what it was sent, and in no log', async () => {
      const chain = await startChain(await newDatabase(), [{ storeId: 'nord', msn: '100001', api: 'epayment' }]);
      const gateway = await startScriptedProvider();
      onTestFinished(() => gateway.close());
      const credentials = { clientId: 'the-client-id', clientSecret: 'the-client-secret', subscriptionKey: 'the-subscription-key' };
      const unit = { unitId: 'unit-100001', name: 'nord', way: 'store', msn: '100001', api: 'epayment' } as const;
      await putUnit(chain.office, { ...unit, baseUrl: gateway.url, credentials });
      const key = await chain.enrol('nord', '1');
      const { reference } = orderOf('nord');
      const path = `/epayment/v1/payments/${reference}`;
      gateway.on(`GET ${path}`, ({ headers }) => ({
        status: 418,
        headers: { 'x-echo': 'the-client-secret' },
        body: { said: headers, also: 'the-client-secret' },
      }));
      const said = await says(chain, key, 'GET', path);
      expect(said.status).toBe(418);
      expect(said.text).toContain('[hidden]');
      gateway.on('POST /accesstoken/get', {
        status: 401,
        body: { error: 'invalid_client', error_description: 'the-client-secret is wrong' },
      });
      const other = { ...credentials, subscriptionKey: 'another-subscription-key' };
      await putUnit(chain.office, { ...unit, baseUrl: gateway.url, credentials: other });
      const refused = await says(chain, key, 'GET', path);
      expect(refused.code).toBe('keys-refused');
      const everything = JSON.stringify([said.text, [...said.headers], refused.text, [...refused.headers], chain.logged]);
      for (const secret of [...Object.values(credentials), other.subscriptionKey, 'token-1', key]) expect(everything).not.toContain(secret);
    });
  });

  describe('too much', () => {
    it('of a register’s requests waits, and another register’s does not', async () => {
      const { chain, nord, syd } = await aChain();
      const { server } = await chain.beside({ limit: { burst: 2, perMinute: 6 } });
      const [first, second] = [relayedAt('epayment', server.url, nord).provider, relayedAt('ecom', server.url, syd).provider];
      for (let count = 0; count < 2; count += 1) expect((await first.warm()).kind).toBe('ok');
      expect(await first.read(orderOf('nord'))).toMatchObject({
        kind: 'retryable',
        retryAfterMs: 10_000,
        error: { code: 'head-office:too-many' },
      });
      expect((await second.warm()).kind).toBe('ok');
    });

    it('in a body is not read', async () => {
      const { chain, nord } = await aChain();
      const metadata = { much: 'x'.repeat(300_000) };
      const body = { ...CREATION, reference: orderOf('nord').reference, metadata };
      expect(await says(chain, nord, 'POST', '/epayment/v1/payments', body)).toMatchObject({ status: 413, code: 'too-large' });
      expect(asked(chain)).toEqual([]);
    });
  });

  describe('a register whose screens say that it is for real', () => {
    it('sells nothing by a unit of the test environment', async () => {
      const { chain, nord } = await aChain();
      const unit = {
        unitId: 'unit-100001',
        name: 'nord',
        way: 'partner',
        msn: '100001',
        api: 'epayment',
        credentialId: 'partner',
        credentials: null,
      } as const;
      await putUnit(chain.office, { ...unit, baseUrl: 'https://apitest.vipps.no' });
      const { provider } = relayedAt('epayment', chain.server.url, nord, { environment: 'production' });
      expect(await provider.create(orderOf('nord'))).toMatchObject({ kind: 'refused', error: { code: 'head-office:other-environment' } });
      expect(await provider.warm()).toMatchObject({ kind: 'refused', error: { code: 'head-office:other-environment' } });
    });
  });
});
