/**
 * The adapter against the practice provider, over real HTTP. The sandbox is written from the provider's documents alone,
 * so where the two agree, two readings of the documents agree.
 */
import { PNG } from 'pngjs';
import { afterEach, describe, expect, it } from 'vitest';
import type { PaymentOrder, ProviderView } from '../../../../app/payment/provider.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../../server/sandbox/sandbox.ts';
import { readQr } from '../../../support/read-qr.ts';
import { ecomAt } from '../../../support/scripted-provider.ts';

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

let numbers = 0;
function anOrder(amountOre = 49_900): PaymentOrder {
  numbers += 1;
  return { reference: `kiosk-1-2611-ab12cd-${numbers}-1`, amountOre, currency: 'NOK', text: `Kvittering ${numbers}, blåbær` };
}

async function start(msn = '123456', options: SandboxOptions = {}) {
  const sandbox: Sandbox = await startSandbox({ port: 0, ...options });
  const unit = sandbox.salesUnits.find((each) => each.msn === msn);
  if (unit === undefined) throw new Error(`the sandbox has no sales unit ${msn}`);
  const { clientId, clientSecret, subscriptionKey } = unit;
  const { provider, close, log } = ecomAt(sandbox.url, { keys: { merchantSerialNumber: msn, clientId, clientSecret, subscriptionKey } });
  endings.push(() => sandbox.close(), close);

  async function view(order: PaymentOrder): Promise<ProviderView> {
    const answer = await provider.read(order);
    if (answer.kind !== 'ok' || answer.value === null) throw new Error(`not read: ${JSON.stringify(answer)}`);
    return answer.value;
  }
  async function create(order: PaymentOrder): Promise<string> {
    const answer = await provider.create(order);
    if (answer.kind !== 'ok') throw new Error(`not created: ${JSON.stringify(answer)}`);
    return answer.value.url;
  }
  return { sandbox, provider, log, view, create };
}

describe('a payment', () => {
  it('goes from the QR to the captured money, and is read back with our key', async () => {
    const { sandbox, provider, view, create } = await start();
    const order = anOrder();
    expect(await provider.warm()).toEqual({ kind: 'ok', value: null });
    expect(await provider.read(order)).toEqual({ kind: 'ok', value: null });
    const url = await create(order);

    const qr = await provider.fetchQr(order, { url });
    if (qr.kind !== 'ok') throw new Error('no picture');
    expect(readQr(qr.value.png)).toBe(url);
    expect(PNG.sync.read(Buffer.from(qr.value.png)).width).toBe(720);
    expect(qr.value.expiresInMs).toBeGreaterThan(240_000);

    expect(await view(order)).toMatchObject({ state: 'open', opened: false, authorisedOre: 0 });
    sandbox.control.customer('open', order.reference);
    expect(await view(order)).toMatchObject({ state: 'open', opened: true });
    sandbox.control.customer('approve', order.reference);
    expect(await view(order)).toMatchObject({
      state: 'authorised',
      authorisedOre: 49_900,
      capturedOre: 0,
      transactionId: expect.any(String),
    });

    expect(await provider.capture(order, 49_900, 'key-c1')).toEqual({ kind: 'ok', value: null });
    const read = await view(order);
    expect(read).toMatchObject({ state: 'authorised', authorisedOre: 49_900, capturedOre: 49_900, releasedOre: 0 });
    expect(read.operations[0]).toEqual({ kind: 'capture', key: 'key-c1', amountOre: 49_900, ok: true });
  });

  it('at a unit with direct capture is captured by the approval', async () => {
    const { sandbox, provider, view, create } = await start('654321');
    const order = anOrder();
    await create(order);
    sandbox.control.customer('approve', order.reference);
    expect(await view(order)).toMatchObject({ state: 'authorised', authorisedOre: 49_900, capturedOre: 49_900 });
    expect(await provider.cancel(order, 'all', 'x')).toMatchObject({ kind: 'refused', error: { code: 'ecom:Payment/51' } });
    expect(await provider.refund(order, 49_900, 'key-r1')).toEqual({ kind: 'ok', value: null });
    expect(await view(order)).toMatchObject({ capturedOre: 49_900, refundedOre: 49_900 });
  });

  it('cancelled before approval is terminated, with nothing charged', async () => {
    const { provider, view, create } = await start();
    const order = anOrder();
    await create(order);
    expect(await provider.cancel(order, 'if-not-approved', 'x')).toEqual({ kind: 'ok', value: null });
    expect(await view(order)).toMatchObject({ state: 'terminated', authorisedOre: 0, releasedOre: 0 });
  });

  it('cancelled a moment after approval is given back', async () => {
    const { sandbox, provider, view, create } = await start();
    const order = anOrder();
    await create(order);
    sandbox.control.customer('approve', order.reference);
    expect(await provider.cancel(order, 'all', 'x')).toEqual({ kind: 'ok', value: null });
    expect(await view(order)).toMatchObject({ state: 'terminated', authorisedOre: 49_900, releasedOre: 49_900 });
    expect(await provider.capture(order, 49_900, 'key-c1')).toMatchObject({ kind: 'refused', error: { code: 'ecom:VippsError/91' } });
  });

  it('captured in part keeps that part, and the rest is given back', async () => {
    const { sandbox, provider, view, create } = await start();
    const order = anOrder();
    await create(order);
    sandbox.control.customer('approve', order.reference);
    expect((await provider.capture(order, 30_000, 'key-c1')).kind).toBe('ok');
    expect(await provider.cancel(order, 'all', 'x')).toMatchObject({ kind: 'refused', error: { code: 'ecom:Payment/51' } });
    expect((await provider.cancel(order, 'remainder', 'x')).kind).toBe('ok');
    expect(await view(order)).toMatchObject({ state: 'authorised', capturedOre: 30_000, releasedOre: 19_900 });
  });

  it.each([
    ['reject', 'terminated'],
    ['no-cover', 'declined'],
  ] as const)('that the customer ends with %s is %s', async (action, state) => {
    const { sandbox, view, create } = await start();
    const order = anOrder();
    await create(order);
    sandbox.control.customer(action, order.reference);
    expect(await view(order)).toMatchObject({ state, authorisedOre: 0, opened: true });
  });

  it.each([
    ['failed-reserve', 'expired'],
    ['silence', 'open'],
  ] as const)('that nobody acts on ends as %s: %s', async (expiry, state) => {
    const { sandbox, view, create } = await start('222333', { salesUnits: [{ msn: '222333', expiry }] });
    const order = anOrder();
    await create(order);
    sandbox.control.advance(615_000);
    expect(await view(order)).toMatchObject({ state, authorisedOre: 0 });
  });
});

describe('what the provider refuses', () => {
  it('has its own name each', async () => {
    const { sandbox, provider, create } = await start();
    const order = anOrder();
    expect(await provider.capture(order, 49_900, 'k0')).toMatchObject({ kind: 'refused', error: { code: 'ecom:Merchant/35' } });
    await create(order);
    expect(await provider.create(order)).toMatchObject({ kind: 'refused', error: { code: 'ecom:Merchant/34' } });
    expect(await provider.capture(order, 49_900, 'k1')).toMatchObject({ kind: 'refused', error: { code: 'ecom:Payment/62' } });
    sandbox.control.customer('approve', order.reference);
    expect(await provider.refund(order, 49_900, 'k2')).toMatchObject({ kind: 'refused', error: { code: 'ecom:Payment/72' } });
    expect(await provider.capture(order, 49_901, 'k3')).toMatchObject({ kind: 'refused', error: { code: 'ecom:Payment/61' } });
    expect((await provider.capture(order, 30_000, 'k4')).kind).toBe('ok');
    expect(await provider.refund(order, 30_001, 'k5')).toMatchObject({ kind: 'refused', error: { code: 'ecom:Payment/71' } });
  });

  it('a key with another body is refused, and with the same body has happened once', async () => {
    const { sandbox, provider, view, create } = await start();
    const order = anOrder();
    await create(order);
    sandbox.control.customer('approve', order.reference);
    expect((await provider.capture(order, 30_000, 'k1')).kind).toBe('ok');
    expect((await provider.capture(order, 30_000, 'k1')).kind).toBe('ok');
    expect(await provider.capture(order, 10_000, 'k1')).toMatchObject({
      kind: 'refused',
      error: { code: expect.stringMatching(/^ecom:\w+\/93$/) },
    });
    expect((await view(order)).capturedOre).toBe(30_000);
  });

  it('an amount below one krone is refused by the name of its field or its rule', async () => {
    const { provider } = await start();
    expect(await provider.create(anOrder(99))).toMatchObject({ kind: 'refused', error: { code: expect.stringMatching(/^ecom:/) } });
  });

  it('too many tries are told to wait, not refused', async () => {
    const { provider, create } = await start();
    const order = anOrder();
    await create(order);
    await provider.create(order);
    expect(await provider.create(order)).toMatchObject({ kind: 'retryable', retryAfterMs: expect.any(Number) });
  });

  it("another unit's payment does not exist", async () => {
    const { sandbox, create } = await start();
    const order = anOrder();
    await create(order);
    const other = sandbox.salesUnits.find((unit) => unit.msn === '654321');
    if (other === undefined) throw new Error('no other unit');
    const { clientId, clientSecret, subscriptionKey, msn } = other;
    const { provider, close } = ecomAt(sandbox.url, { keys: { merchantSerialNumber: msn, clientId, clientSecret, subscriptionKey } });
    endings.push(close);
    expect(await provider.read(order)).toEqual({ kind: 'ok', value: null });
  });

  it('wrong keys are refused before anything is created', async () => {
    const { sandbox } = await start();
    for (const keys of [{ clientSecret: 'wrong-secret-wrong' }, { subscriptionKey: 'wrong-key-wrong-key' }]) {
      const { clientId, clientSecret, subscriptionKey } = sandbox.salesUnits[0] ?? { clientId: '', clientSecret: '', subscriptionKey: '' };
      const { provider, close } = ecomAt(sandbox.url, { keys: { clientId, clientSecret, subscriptionKey, ...keys } });
      endings.push(close);
      expect(await provider.create(anOrder())).toMatchObject({
        kind: 'refused',
        error: { code: expect.stringMatching(/^(gateway|http):/) },
      });
    }
    expect(sandbox.control.payments()).toHaveLength(0);
  });
});

describe('a provider in trouble', () => {
  it('whose answer is lost has still created the payment, and a read finds it', async () => {
    const { sandbox, provider, view } = await start();
    const order = anOrder();
    sandbox.control.addFault({ kind: 'cut-after', route: 'initiate' });
    expect(await provider.create(order)).toMatchObject({ kind: 'unknown', error: { code: 'lost' } });
    expect(await view(order)).toMatchObject({ state: 'open' });
    expect(sandbox.control.requests({ route: 'initiate' })).toHaveLength(1);
  });

  it('whose capture answer is lost has captured once, and our key is in its history', async () => {
    const { sandbox, provider, view, create } = await start();
    const order = anOrder();
    await create(order);
    sandbox.control.customer('approve', order.reference);
    sandbox.control.addFault({ kind: 'cut-after', route: 'capture' });
    expect((await provider.capture(order, 49_900, 'k1')).kind).toBe('unknown');
    const read = await view(order);
    expect(read.capturedOre).toBe(49_900);
    expect(read.operations[0]).toMatchObject({ kind: 'capture', key: 'k1', ok: true });
  });

  it('that forgets our token gets another one, without anybody noticing', async () => {
    const { sandbox, provider, view, create } = await start();
    await create(anOrder());
    sandbox.control.revokeTokens();
    const order = anOrder();
    await create(order);
    sandbox.control.customer('approve', order.reference);
    expect((await view(order)).state).toBe('authorised');
    sandbox.control.addFault({ kind: 'unauthorized', route: 'capture' });
    expect(await provider.capture(order, 49_900, 'k1')).toEqual({ kind: 'ok', value: null });
  });

  it.each([
    { kind: 'html', status: 200 },
    { kind: 'huge-body' },
    { kind: 'broken-json' },
    { kind: 'wrong-type' },
    { kind: 'missing-field' },
    { kind: 'other-amount' },
  ] as const)('that answers a read with $kind is not believed', async (fault) => {
    const { sandbox, provider, create } = await start();
    const order = anOrder();
    await create(order);
    sandbox.control.customer('approve', order.reference);
    sandbox.control.addFault({ ...fault, route: 'details' });
    expect(await provider.read(order)).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
    expect((await provider.read(order)).kind).toBe('ok');
  });

  it('that sends no picture says so, and leaves something to draw, which leads to the payment', async () => {
    const { sandbox, provider, create } = await start();
    const order = anOrder();
    const url = await create(order);
    sandbox.control.addFault({ kind: 'not-a-png' });
    expect(await provider.fetchQr(order, { url })).toMatchObject({
      kind: 'unknown',
      error: { code: 'bad-answer', message: expect.stringContaining('not a PNG') },
    });
    expect(await provider.fetchQrText(order, { url })).toMatchObject({ kind: 'ok', value: { text: url } });
  });

  it('that says slow down is heard', async () => {
    const { sandbox, provider, create } = await start();
    const order = anOrder();
    await create(order);
    sandbox.control.addFault({ kind: 'rate-limited', route: 'details', retryAfterSeconds: 3 });
    expect(await provider.read(order)).toMatchObject({ kind: 'retryable', retryAfterMs: 3_000 });
  });

  it('shows no QR for a payment whose time is over', async () => {
    const { sandbox, provider, create } = await start();
    const order = anOrder();
    const url = await create(order);
    sandbox.control.advance(600_000);
    expect(await provider.fetchQr(order, { url })).toMatchObject({ kind: 'refused', error: { code: 'qr:400' } });
    expect(await provider.fetchQrText(order, { url })).toMatchObject({ kind: 'refused', error: { code: 'qr:400' } });
  });
});
