import fc from 'fast-check';
import { toBuffer } from 'qrcode';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer, PaymentOrder } from '../../../../app/payment/provider.ts';
import type { EcomProvider } from '../../../../app/vipps/ecom/provider.ts';
import { isSafeAddress } from '../../../../app/vipps/qr.ts';
import {
  ecomAt,
  type Script,
  type Scripted,
  type ScriptedProvider,
  SECRETS,
  startScriptedProvider,
  tokenBody,
} from '../../../support/scripted-provider.ts';

const order: PaymentOrder = { reference: 'kiosk-1-2611-ab12cd-17-1', amountOre: 49_900, currency: 'NOK', text: 'Kiosken, kvittering 17' };
const PAYMENT_URL = 'https://api.vipps.no/dwo-api-application/v1/deeplink/vippsgateway?v=2&token=eyJraWQiOiJqd3RrZXkiLC';
const CREATE = 'POST /ecomm/v2/payments';
const of = (method: string, operation: string): string => `${method} /ecomm/v2/payments/${order.reference}/${operation}`;

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function start(options: Parameters<typeof ecomAt>[1] = {}) {
  const server = await startScriptedProvider();
  const { provider, close, log } = ecomAt(`${server.url}/`, options);
  endings.push(() => server.close(), close);
  return { server, provider, log };
}

const transaction = (status: string, amount = order.amountOre) => ({
  amount,
  timeStamp: '2018-11-14T15:22:46.736Z',
  transactionText: 'x',
  status,
  transactionId: '5001420058',
});
const transactionSummary = { capturedAmount: 49_900, remainingAmountToCapture: 0, refundedAmount: 0, remainingAmountToRefund: 49_900 };
const details = (rows: readonly object[]) => ({
  orderId: order.reference,
  transactionLogHistory: rows.map((row) => ({ amount: order.amountOre, operationSuccess: true, transactionText: 'x', ...row })),
});

/** Every operation of the port, with the route it uses and an answer that is a success. */
const EFFECTS: readonly {
  readonly name: string;
  readonly route: string;
  readonly good: object;
  readonly run: (provider: EcomProvider) => Promise<Answer<unknown>>;
}[] = [
  { name: 'create', route: CREATE, good: { orderId: order.reference, url: PAYMENT_URL }, run: (provider) => provider.create(order) },
  {
    name: 'capture',
    route: of('POST', 'capture'),
    good: { orderId: order.reference, transactionInfo: transaction('Captured'), transactionSummary },
    run: (provider) => provider.capture(order, order.amountOre, 'key-1'),
  },
  {
    name: 'cancel',
    route: of('PUT', 'cancel'),
    good: { orderId: order.reference, transactionInfo: transaction('Cancelled'), transactionSummary },
    run: (provider) => provider.cancel(order, 'all', 'key-1'),
  },
  {
    name: 'refund',
    route: of('POST', 'refund'),
    good: { orderId: order.reference, transaction: transaction('Refund'), transactionSummary },
    run: (provider) => provider.refund(order, order.amountOre, 'key-1'),
  },
];

describe('creating a payment', () => {
  it('sends exactly what the provider requires', async () => {
    const { server, provider } = await start();
    server.on(CREATE, { body: { orderId: order.reference, url: PAYMENT_URL } });
    expect(await provider.create(order)).toEqual({ kind: 'ok', value: { url: PAYMENT_URL } });
    const { headers, body } = server.last(CREATE);
    expect(JSON.parse(body)).toEqual({
      customerInfo: {},
      merchantInfo: {
        merchantSerialNumber: '123456',
        callbackPrefix: 'https://example.com/callbacks',
        fallBack: 'https://www.vipps.no/thankyoupage/',
      },
      transaction: { orderId: order.reference, amount: 49_900, transactionText: order.text, skipLandingPage: false },
    });
    expect(headers).toMatchObject({
      authorization: 'Bearer token-1',
      'ocp-apim-subscription-key': SECRETS.subscriptionKey,
      'merchant-serial-number': '123456',
      'vipps-system-name': 'tillit',
      'vipps-system-version': '0.1.0',
      'content-type': 'application/json',
    });
    expect(headers['x-request-id']).toBeUndefined();
  });

  it('cuts a text that is longer than the app shows, between characters', async () => {
    const { server, provider } = await start();
    server.on(CREATE, { body: { orderId: order.reference, url: PAYMENT_URL } });
    await provider.create({ ...order, text: `${'x'.repeat(99)}🧦 and more` });
    expect(JSON.parse(server.last(CREATE).body).transaction.transactionText).toBe('x'.repeat(99));
  });

  it('refuses a number that the provider was used to answer for, and leaves it to the machine', async () => {
    const { server, provider } = await start();
    server.on(CREATE, { status: 400, body: [{ errorGroup: 'Merchant', errorCode: '34', errorMessage: 'Duplicate orderId' }] });
    expect(await provider.create(order)).toMatchObject({ kind: 'refused', error: { code: 'ecom:Merchant/34' } });
    expect(server.count(CREATE)).toBe(1);
  });

  it.each([
    ['another order', { orderId: 'kiosk-1-2611-ab12cd-18-1', url: PAYMENT_URL }],
    ['an address without https', { orderId: order.reference, url: 'http://elsewhere.example/pay' }],
    ['an address with a script', { orderId: order.reference, url: 'javascript:alert(1)' }],
    ['no address', { orderId: order.reference }],
  ])('does not believe an answer with %s', async (_name, body) => {
    const { server, provider } = await start();
    server.on(CREATE, { body });
    expect(await provider.create(order)).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
  });
});

describe('capture, cancel and refund', () => {
  it('capture has its key, its amount and a text', async () => {
    const { server, provider } = await start();
    const route = of('POST', 'capture');
    server.on(route, { body: { orderId: order.reference, transactionInfo: transaction('Captured', 30_000), transactionSummary } });
    expect(await provider.capture(order, 30_000, 'key-c1')).toEqual({ kind: 'ok', value: null });
    expect(server.last(route).headers['x-request-id']).toBe('key-c1');
    expect(JSON.parse(server.last(route).body)).toEqual({
      merchantInfo: { merchantSerialNumber: '123456' },
      transaction: { amount: 30_000, transactionText: order.text },
    });
  });

  it('a repeated capture is the same to the byte', async () => {
    const { server, provider } = await start();
    const route = of('POST', 'capture');
    server.on(route, (_seen, count) =>
      count === 1 ? { hangUp: true } : { body: { orderId: order.reference, transactionInfo: transaction('Captured'), transactionSummary } },
    );
    expect((await provider.capture(order, order.amountOre, 'key-c1')).kind).toBe('unknown');
    expect((await provider.capture(order, order.amountOre, 'key-c1')).kind).toBe('ok');
    const [first, second] = server.seen.filter((one) => one.path.endsWith('/capture'));
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['x-request-id']).toBe(first?.headers['x-request-id']);
  });

  it('cancel has no key, and frees the remainder only when that was meant', async () => {
    const { server, provider } = await start();
    const route = of('PUT', 'cancel');
    server.on(route, { body: { orderId: order.reference, transactionInfo: transaction('Cancelled'), transactionSummary } });
    for (const what of ['if-not-approved', 'all', 'remainder'] as const) {
      expect(await provider.cancel(order, what, 'key-x1')).toEqual({ kind: 'ok', value: null });
      const { headers, body } = server.last(route);
      expect(headers['x-request-id']).toBeUndefined();
      expect(JSON.parse(body)).toEqual({
        merchantInfo: { merchantSerialNumber: '123456' },
        transaction: { transactionText: order.text },
        ...(what === 'remainder' ? { shouldReleaseRemainingFunds: true } : {}),
      });
    }
  });

  it('refund has its key, and its answer calls the transaction another name', async () => {
    const { server, provider } = await start();
    const route = of('POST', 'refund');
    server.on(route, { body: { orderId: order.reference, transaction: transaction('Refund', 100), transactionSummary } });
    expect(await provider.refund(order, 100, 'key-r1')).toEqual({ kind: 'ok', value: null });
    expect(server.last(route).headers['x-request-id']).toBe('key-r1');
    server.on(route, { body: { orderId: order.reference, transactionInfo: transaction('Refund', 100) } });
    expect((await provider.refund(order, 100, 'key-r1')).kind).toBe('unknown');
  });

  it.each([0, -1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])(
    'an amount of %d is never sent: none would mean all',
    async (amountOre) => {
      const { server, provider } = await start();
      for (const answer of [
        await provider.capture(order, amountOre, 'k'),
        await provider.refund(order, amountOre, 'k'),
        await provider.create({ ...order, amountOre }),
      ]) {
        expect(answer).toMatchObject({ kind: 'refused', error: { code: 'local:bad-amount' } });
      }
      expect(server.seen).toHaveLength(0);
    },
  );

  it.each(['', 'k'.repeat(41), 'a b', 'a\nb', 'æ'])('a key %j is never sent', async (key) => {
    const { server, provider } = await start();
    expect(await provider.capture(order, 100, key)).toMatchObject({ kind: 'refused', error: { code: 'local:bad-key' } });
    expect(server.seen).toHaveLength(0);
  });

  it.each([
    ['another amount', { orderId: order.reference, transactionInfo: transaction('Captured', 1) }],
    ['another order', { orderId: 'other', transactionInfo: transaction('Captured') }],
    ['another thing done', { orderId: order.reference, transactionInfo: transaction('Cancelled') }],
    ['no transaction', { orderId: order.reference }],
  ])('a capture that answers with %s is unknown', async (_name, body) => {
    const { server, provider } = await start();
    server.on(of('POST', 'capture'), { body });
    expect(await provider.capture(order, order.amountOre, 'k')).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
  });
});

describe.each(EFFECTS)('$name', ({ route, good, run }) => {
  it.each<[string, Scripted, string, string]>([
    ['a page instead of JSON', { body: '<html><h1>Welcome</h1></html>' }, 'unknown', 'bad-answer'],
    ['a body of ten million bytes', { body: 'x'.repeat(10_000_000) }, 'unknown', 'bad-answer'],
    ['nothing', { body: '' }, 'unknown', 'bad-answer'],
    ['half of the JSON', { body: '{"orderId":"kiosk' }, 'unknown', 'bad-answer'],
    ['null', { body: 'null' }, 'unknown', 'bad-answer'],
    ['a list', { body: [] }, 'unknown', 'bad-answer'],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'unknown', 'http:302'],
    ['a hang-up', { hangUp: true }, 'unknown', 'lost'],
    ['an error of the server', { status: 500, body: '<h1>Oops</h1>' }, 'unknown', 'http:500'],
    ['too many requests', { status: 429, headers: { 'retry-after': '7' }, body: '' }, 'retryable', 'http:429'],
    ['a lock', { status: 423, body: '' }, 'retryable', 'http:423'],
    ['no such page', { status: 404, body: { statusCode: 404, message: 'Resource not found' } }, 'refused', 'gateway:404'],
    ['a merchant that may not', { status: 403, body: { statusCode: 403, message: 'Merchant Not Allowed' } }, 'refused', 'gateway:403'],
  ])('answered with %s', async (_name, scripted, kind, code) => {
    const { server, provider } = await start();
    server.on(route, scripted);
    expect(await run(provider)).toMatchObject({ kind, error: { code } });
    expect(server.count(route)).toBe(1);
  });

  it('gets another token after a 401, and is tried once more', async () => {
    const { server, provider } = await start();
    const script: Script = (_seen, count) =>
      count === 1 ? { status: 401, body: { statusCode: 401, message: 'expired' } } : { body: good };
    server.on(route, script);
    expect((await run(provider)).kind).toBe('ok');
    expect(server.last(route).headers.authorization).toBe('Bearer token-2');
    expect(server.count('POST /accesstoken/get')).toBe(2);
  });

  it('is refused after a second 401, and the third call does not ask for yet another token', async () => {
    const { server, provider } = await start();
    server.on(route, { status: 401, body: { statusCode: 401, message: 'no' } });
    expect(await run(provider)).toMatchObject({ kind: 'refused', error: { code: 'gateway:401' } });
    expect(server.count(route)).toBe(2);
    await run(provider);
    expect(server.count(route)).toBe(3);
    expect(server.count('POST /accesstoken/get')).toBe(2);
  });

  it('is not sent without a token, and says so', async () => {
    const { server, provider } = await start();
    server.on('POST /accesstoken/get', { hangUp: true });
    expect(await run(provider)).toMatchObject({ kind: 'retryable', error: { code: 'lost', message: expect.stringContaining('token') } });
    expect(server.count(route)).toBe(0);
  });

  it('is retryable where nobody listens', async () => {
    const server: ScriptedProvider = await startScriptedProvider();
    await server.close();
    const { provider, close } = ecomAt(server.url);
    endings.push(close);
    expect(await run(provider)).toMatchObject({ kind: 'retryable', error: { code: 'not-sent' } });
  });

  it('never throws and never succeeds on nonsense', async () => {
    const { server, provider } = await start();
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        server.on(route, { body: json });
        const answer = await run(provider);
        expect(answer).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
      }),
      { numRuns: 60 },
    );
  });
});

describe('reading', () => {
  it('gives what happened', async () => {
    const { server, provider } = await start();
    server.on(of('GET', 'details'), { body: details([{ operation: 'RESERVE' }, { operation: 'INITIATE', transactionId: '1' }]) });
    expect(await provider.read(order)).toMatchObject({ kind: 'ok', value: { state: 'authorised', authorisedOre: 49_900 } });
  });

  it('of a reference that the sales unit does not have is nothing, not an error', async () => {
    const { server, provider } = await start();
    server.on(of('GET', 'details'), { status: 404, body: [{ errorGroup: 'Merchant', errorCode: '35', errorMessage: 'does not exist' }] });
    expect(await provider.read(order)).toEqual({ kind: 'ok', value: null });
  });

  it('a page that is not found is not the same as a payment that is not found', async () => {
    const { server, provider } = await start();
    server.on(of('GET', 'details'), { status: 404, body: '<html>Not found</html>' });
    expect(await provider.read(order)).toMatchObject({ kind: 'refused', error: { code: 'http:404' } });
  });

  it('an answer about another amount is not used, and all of it is in the log, without the customer', async () => {
    const { server, provider, log } = await start();
    const body = {
      ...details([
        { operation: 'RESERVE', amount: 1 },
        { operation: 'INITIATE', transactionId: '1' },
      ]),
      userDetails: { firstName: 'Ada', mobileNumber: '91234567' },
    };
    server.on(of('GET', 'details'), { body });
    expect(await provider.read(order)).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
    const line = log.lines.find((each) => each.event === 'vipps.contradiction');
    expect(line?.facts.answer).toContain('"operation":"RESERVE"');
    expect(JSON.stringify(log.lines)).not.toMatch(/Ada|91234567/);
  });

  it('encodes the reference', async () => {
    const { server, provider } = await start();
    await provider.read({ ...order, reference: 'a/../b?c' });
    expect(server.seen.at(-1)?.path).toBe('/ecomm/v2/payments/a%2F..%2Fb%3Fc/details');
  });

  it('never throws, and never finds money in nonsense', async () => {
    const { server, provider } = await start();
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        server.on(of('GET', 'details'), { body: json });
        expect(await provider.read(order)).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the QR', () => {
  const created = { url: PAYMENT_URL };
  const CONTENT = 'https://qr.vipps.no/28/2/01/031/abc';

  /** A QR API whose picture is `picture`; the content for drawing is given when it is asked for. */
  async function startQr(picture: Scripted, options: Parameters<typeof start>[0] = {}) {
    const started = await start(options);
    const { server } = started;
    server.on('POST /qr/v1', (seen) => ({
      body:
        seen.headers.accept === 'text/targetUrl'
          ? { url: CONTENT, expiresIn: 540 }
          : { url: `${server.url}/generate/qr.png?id=1`, expiresIn: 544 },
    }));
    server.on('GET /generate/qr.png', picture);
    return started;
  }

  it("is the provider's own picture, asked for by the payment's address and fetched without keys", async () => {
    const png = await toBuffer(CONTENT, { width: 720 });
    const { server, provider } = await startQr({ body: png });
    const answer = await provider.fetchQr(order, created);
    expect(answer).toMatchObject({ kind: 'ok', value: { expiresInMs: 544_000 } });
    expect(answer).toMatchObject({ kind: 'ok', value: { kind: 'png', bytes: new Uint8Array(png) } });
    const asked = server.last('POST /qr/v1');
    expect(JSON.parse(asked.body)).toEqual({ url: PAYMENT_URL });
    expect(asked.headers).toMatchObject({ accept: 'image/png', size: '720', authorization: 'Bearer token-1' });
    const fetched = server.last('GET /generate/qr.png').headers;
    for (const name of ['authorization', 'ocp-apim-subscription-key', 'merchant-serial-number', 'client_secret'])
      expect(fetched[name]).toBeUndefined();
  });

  it.each<[string, Scripted, string]>([
    ['a page', { body: '<html>404</html>' }, 'bad-answer'],
    ['gone', { status: 404, body: '' }, 'http:404'],
    ['cut off', { body: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) }, 'bad-answer'],
    ['ten million bytes', { body: 'x'.repeat(10_000_000) }, 'bad-answer'],
    ['lost', { hangUp: true }, 'lost'],
  ])('whose picture is %s is said to be so, and can be drawn from its content', async (_name, picture, code) => {
    const { provider } = await startQr(picture);
    expect(await provider.fetchQr(order, created)).toMatchObject({ error: { code } });
    expect(await provider.fetchQrText(order, created)).toEqual({ kind: 'ok', value: { text: CONTENT, expiresInMs: 540_000 } });
  });

  it("without the QR API is drawn from the payment's address", async () => {
    const { server, provider } = await start();
    server.on('POST /qr/v1', { status: 503, body: 'busy' });
    expect(await provider.fetchQr(order, created)).toMatchObject({ kind: 'unknown', error: { code: 'http:503' } });
    expect(await provider.fetchQrText(order, created)).toEqual({ kind: 'ok', value: { text: PAYMENT_URL, expiresInMs: null } });
  });

  it('of a payment that is over is neither shown nor drawn', async () => {
    const { server, provider } = await start();
    server.on('POST /qr/v1', {
      status: 400,
      body: { title: 'Order timeout', detail: 'Payment has already timed out', instance: '3cff3564' },
    });
    expect(await provider.fetchQr(order, created)).toMatchObject({ kind: 'refused', error: { code: 'qr:400' } });
    expect(await provider.fetchQrText(order, created)).toMatchObject({ kind: 'refused', error: { code: 'qr:400' } });
  });

  it('that leads to another place over plain http is not fetched', async () => {
    const { server, provider } = await start();
    server.on('POST /qr/v1', { body: { url: 'http://198.51.100.7/qr.png', expiresIn: 500 } });
    expect(await provider.fetchQr(order, created)).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
    expect(await provider.fetchQrText(order, created)).toEqual({ kind: 'ok', value: { text: PAYMENT_URL, expiresInMs: null } });
  });

  it('of a provider at a real address is not taken from this machine over plain http either', () => {
    expect(isSafeAddress('http://127.0.0.1:1/qr.png', 'https://api.vipps.no')).toBe(false);
    expect(isSafeAddress('http://127.0.0.1:1/qr.png', 'http://127.0.0.1:2')).toBe(true);
  });

  it('to draw is there in time even if the provider is not', async () => {
    const { server, provider } = await start();
    server.on('POST /qr/v1', { hangUp: true });
    expect(await provider.fetchQrText(order, created, 200)).toEqual({
      kind: 'ok',
      value: { text: PAYMENT_URL, expiresInMs: null },
    });
  });
});

describe('the keys', () => {
  it('are warmed before they are needed, so that a payment asks for no token', async () => {
    const { server, provider } = await start();
    server.on(CREATE, { body: { orderId: order.reference, url: PAYMENT_URL } });
    expect(await provider.warm()).toEqual({ kind: 'ok', value: null });
    await provider.create(order);
    expect(server.count('POST /accesstoken/get')).toBe(1);
  });

  it('that are held already leave a connection ready all the same, and the payment goes out on it', async () => {
    const { server, provider } = await start();
    server.on('POST /accesstoken/get', { body: tokenBody('token-1'), headers: { connection: 'close' } });
    server.on(CREATE, { body: { orderId: order.reference, url: PAYMENT_URL } });
    await provider.warm();
    await provider.warm();
    await expect.poll(() => server.connections()).toBe(2);
    expect(await provider.create(order)).toMatchObject({ kind: 'ok' });
    expect(server.count('POST /accesstoken/get')).toBe(1);
    expect(server.connections()).toBe(2);
  });

  it('are in no answer and no log line, even if the provider repeats them', async () => {
    const { server, provider, log } = await start();
    const leak = (seen: { headers: Record<string, unknown> }) => ({
      status: 400,
      body: { statusCode: 400, message: `bad request: ${JSON.stringify(seen.headers)} ${SECRETS.clientSecret}` },
    });
    for (const { route, run } of EFFECTS) {
      server.on(route, leak);
      const said = JSON.stringify([await run(provider), log.lines]);
      for (const secret of [...Object.values(SECRETS), 'token-1']) expect(said).not.toContain(secret);
    }
  });
});
