import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { PaymentOrder, PaymentProvider } from '../../../../app/payment/provider.ts';
import { epaymentAt, startScriptedProvider } from '../../../support/scripted-provider.ts';

const order: PaymentOrder = { reference: 'kiosk-1-2611-ab12cd-17-1', amountOre: 49_900, currency: 'NOK', text: 'Kiosken, kvittering 17' };
const PICTURE = 'https://qr-image.vipps.no/v1?token=eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1Ni';
const CREATE = 'POST /epayment/v1/payments';
const to = (operation: string): string => `POST /epayment/v1/payments/${order.reference}/${operation}`;

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function start() {
  const server = await startScriptedProvider();
  const { provider, close } = epaymentAt(`${server.url}/`);
  endings.push(() => server.close(), close);
  return { server, provider };
}

function adjusted(state: string, authorised: number, captured = 0, cancelled = 0, refunded = 0) {
  const amount = (value: number) => ({ currency: 'NOK', value });
  const aggregate = {
    authorizedAmount: amount(authorised),
    capturedAmount: amount(captured),
    cancelledAmount: amount(cancelled),
    refundedAmount: amount(refunded),
  };
  return { amount: amount(order.amountOre), state, aggregate, pspReference: '1', reference: order.reference };
}
const problem = (code: string) => ({
  type: 'https://httpstatuses.io/400',
  title: 'No',
  status: 400,
  traceId: 't',
  extraDetails: [{ name: 'ErrorCode', reason: code }],
});

describe('what is sent', () => {
  it('creates exactly what the provider requires, under a key of its own', async () => {
    const { server, provider } = await start();
    server.on(CREATE, { status: 201, body: { reference: order.reference, redirectUrl: PICTURE } });
    expect(await provider.create(order)).toEqual({ kind: 'ok', value: { url: PICTURE } });
    const { headers, body } = server.last(CREATE);
    expect(JSON.parse(body)).toEqual({
      reference: order.reference,
      amount: { currency: 'NOK', value: 49_900 },
      paymentMethod: { type: 'WALLET' },
      customerInteraction: 'CUSTOMER_PRESENT',
      userFlow: 'QR',
      qrFormat: { format: 'IMAGE/PNG', size: 720 },
      returnUrl: 'https://www.vipps.no/thankyoupage/',
      paymentDescription: order.text,
    });
    expect(headers).toMatchObject({ 'idempotency-key': order.reference, 'merchant-serial-number': '123456' });
  });

  it.each([
    ['too fast', { status: 429, body: '' }],
    ['locked', { status: 423, body: problem('6160') }],
    ['not let in', { status: 403, body: '' }],
    ['lost again', { hangUp: true }],
  ])('takes a lost creation for unknown when the second try is %s: that says nothing of the first', async (_name, second) => {
    const { server, provider } = await start();
    server.on(CREATE, (_seen, count) => (count === 1 ? { hangUp: true } : second));
    expect(await provider.create(order)).toMatchObject({ kind: 'unknown' });
    expect(server.count(CREATE)).toBe(2);
  });

  it('asks again, the same to the byte, when the answer to a creation was lost', async () => {
    const { server, provider } = await start();
    const good = { status: 201, body: { reference: order.reference, redirectUrl: PICTURE } };
    server.on(CREATE, (_seen, count) => (count === 1 ? { hangUp: true } : good));
    expect((await provider.create(order)).kind).toBe('ok');
    const [first, second] = server.seen.filter(({ path }) => path.endsWith('/payments'));
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
  });

  it('leaves it at twice, and does not know then', async () => {
    const { server, provider } = await start();
    server.on(CREATE, { status: 500, body: problem('3010') });
    expect(await provider.create(order)).toMatchObject({ kind: 'unknown', error: { code: 'epayment:3010' } });
    expect(server.count(CREATE)).toBe(2);
  });

  it('captures and refunds with the machine’s key and the order’s currency', async () => {
    const { server, provider } = await start();
    server.on(to('capture'), { body: adjusted('AUTHORIZED', 49_900, 30_000) });
    server.on(to('refund'), { body: adjusted('AUTHORIZED', 49_900, 30_000, 0, 10_000) });
    expect(await provider.capture(order, 30_000, 'key-c1')).toEqual({ kind: 'ok', value: null });
    expect(await provider.refund(order, 10_000, 'key-r1')).toEqual({ kind: 'ok', value: null });
    const sent = ['capture', 'refund'].map((operation) => server.last(to(operation)));
    expect(sent.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-c1', 'key-r1']);
    expect(sent.map(({ body }) => JSON.parse(body).modificationAmount)).toEqual([
      { currency: 'NOK', value: 30_000 },
      { currency: 'NOK', value: 10_000 },
    ]);
  });

  it('spares an approved payment in one form of the cancel, and says nothing in the others', async () => {
    const { server, provider } = await start();
    server.on(to('cancel'), { body: adjusted('TERMINATED', 0) });
    await provider.cancel(order, 'if-not-approved', 'key-x1');
    expect(JSON.parse(server.last(to('cancel')).body)).toEqual({ cancelTransactionOnly: true });
    await provider.cancel(order, 'all', 'key-x2');
    expect(server.last(to('cancel'))).toMatchObject({ body: '', headers: { 'idempotency-key': 'key-x2' } });
  });

  it.each([0, -1, 1.5, Number.NaN])('never has an amount of %d', async (amountOre) => {
    const { server, provider } = await start();
    expect(await provider.capture(order, amountOre, 'k')).toMatchObject({ kind: 'refused', error: { code: 'local:bad-amount' } });
    expect(await provider.capture(order, 100, 'k'.repeat(51))).toMatchObject({ kind: 'refused', error: { code: 'local:bad-key' } });
    expect(server.seen).toHaveLength(0);
  });
});

const EFFECTS: readonly [string, string, (provider: PaymentProvider) => Promise<{ readonly kind: string }>][] = [
  ['create', CREATE, (provider) => provider.create(order)],
  ['capture', to('capture'), (provider) => provider.capture(order, order.amountOre, 'c1')],
  ['cancel', to('cancel'), (provider) => provider.cancel(order, 'if-not-approved', 'x1')],
  ['refund', to('refund'), (provider) => provider.refund(order, order.amountOre, 'r1')],
];

describe.each(EFFECTS)('%s', (_name, route, run) => {
  it.each([
    ['its refusal', { status: 400, body: problem('6190') }, 'refused', 'epayment:6190'],
    ['what can be tried again', { status: 423, body: problem('6160') }, 'retryable', 'epayment:6160'],
    ['a code nobody has listed, about the payment', { status: 400, body: problem('6999') }, 'unknown', 'epayment:6999'],
    ['a code nobody has listed, about the request', { status: 400, body: problem('4999') }, 'refused', 'epayment:4999'],
    ['a refusal that is an error of the server', { status: 500, body: problem('6190') }, 'unknown', 'epayment:6190'],
    ['too many requests', { status: 429, body: problem('6190') }, 'retryable', 'epayment:6190'],
    ['a problem without a code', { status: 400, body: { title: 'Bad Request', type: 'about:blank' } }, 'refused', 'epayment:400'],
    ['a code in the type', { status: 400, body: { title: 'No', type: 'https://example.com/errors#6190' } }, 'refused', 'epayment:6190'],
    ['a page', { status: 502, body: '<h1>Bad gateway</h1>' }, 'unknown', 'http:502'],
  ] as const)('answered with %s', async (_what, scripted, kind, code) => {
    const { server, provider } = await start();
    server.on(route, scripted);
    expect(await run(provider)).toMatchObject({ kind, error: { code } });
  });

  it('never throws and never succeeds on nonsense', async () => {
    const { server, provider } = await start();
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        server.on(route, { body: json });
        expect(await run(provider)).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
      }),
      { numRuns: 40 },
    );
  });
});

describe('an answer about something else', () => {
  it.each([
    ['another amount captured', adjusted('AUTHORIZED', 49_900, 49_899)],
    ['nothing captured', adjusted('AUTHORIZED', 49_900)],
    ['another payment', { ...adjusted('AUTHORIZED', 49_900, 49_900), reference: 'somebody-elses' }],
    ['a payment that is over', adjusted('TERMINATED', 0)],
  ])('of a capture (%s) is unknown', async (_what, body) => {
    const { server, provider } = await start();
    server.on(to('capture'), { body });
    expect(await provider.capture(order, 49_900, 'c1')).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
  });

  it('of a cancel that was to spare the approved is unknown where it did not', async () => {
    const { server, provider } = await start();
    server.on(to('cancel'), { body: adjusted('AUTHORIZED', 49_900, 0, 49_900) });
    expect((await provider.cancel(order, 'if-not-approved', 'x1')).kind).toBe('unknown');
    expect((await provider.cancel(order, 'all', 'x2')).kind).toBe('ok');
  });
});
