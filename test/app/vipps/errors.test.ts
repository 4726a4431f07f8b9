import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentOrder } from '../../../app/payment/provider.ts';
import { BODY_TOO_LARGE } from '../../../app/till/ports.ts';
import { answerFromResponse, answerFromSilence } from '../../../app/vipps/errors.ts';
import { createRedact } from '../../../app/vipps/secrets.ts';
import { epaymentAt, SECRETS, startScriptedProvider } from '../../support/scripted-provider.ts';

const NOW = Date.UTC(2026, 10, 21);
const redact = createRedact(['Y8Kteew6GE2ZmeycEt6egg==']);

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return answerFromResponse('ecom', { status, headers, body: new TextEncoder().encode(text) }, redact, NOW);
}

describe('an error answer', () => {
  it('in the form of the eCom API is named by group and code', () => {
    const body = [
      { errorGroup: 'Payment', errorMessage: 'Refused by issuer because of expired card', errorCode: '44', contextId: 'f70b8bf7' },
    ];
    expect(answer(400, body)).toEqual({
      kind: 'refused',
      error: { code: 'ecom:Payment/44', message: expect.stringContaining('expired card'), httpStatus: 400, traceId: 'f70b8bf7' },
    });
  });

  it('keeps its class whatever the status says', () => {
    expect(answer(500, [{ errorGroup: 'Payment', errorCode: '61', errorMessage: '' }]).kind).toBe('refused');
    expect(answer(400, [{ errorGroup: 'Payment', errorCode: '63', errorMessage: '' }]).kind).toBe('unknown');
    expect(answer(400, [{ errorGroup: 'VippsError', errorCode: 94, errorMessage: '' }]).kind).toBe('retryable');
  });

  it('names the field that the provider did not like', () => {
    const refused = answer(400, [{ errorGroup: 'InvalidRequest', errorCode: 'transaction.amount', errorMessage: 'too small' }]);
    expect(refused).toMatchObject({ kind: 'refused', error: { code: 'ecom:InvalidRequest/transaction.amount' } });
  });

  it('with several errors is as bad as the worst', () => {
    const both = [
      { errorGroup: 'VippsError', errorCode: '94', errorMessage: '' },
      { errorGroup: 'Payment', errorCode: '63', errorMessage: '' },
    ];
    expect(answer(400, both)).toMatchObject({ kind: 'unknown', error: { code: 'ecom:Payment/63' } });
  });

  it('of the gateway is named by its status', () => {
    const denied = answer(401, { statusCode: 401, message: 'Access denied due to invalid subscription key.' });
    expect(denied).toMatchObject({
      kind: 'refused',
      error: { code: 'gateway:401', message: expect.stringContaining('invalid subscription key') },
    });
    expect(
      answer(401, { responseInfo: { responseCode: 401, responseMessage: 'Unauthorized' }, result: { message: '(An error from Azure)' } }),
    ).toMatchObject({
      kind: 'refused',
      error: { code: 'gateway:401', message: expect.stringContaining('Azure') },
    });
    expect(answer(401, { errorCode: 'Unauthorized', errorMessage: 'Subscription not found', contextId: 'ff0b3ca8' })).toMatchObject({
      kind: 'refused',
      error: { code: 'gateway:401', traceId: 'ff0b3ca8' },
    });
    expect(answer(403, { statusCode: 403, message: 'Merchant Not Allowed for Ecommerce Payment' }).error.code).toBe('gateway:403');
  });

  it('of the token directory says that the keys are wrong', () => {
    const body = {
      error: 'unauthorized_client',
      error_description: 'AADSTS70001: Application was not found',
      error_codes: [70001],
      trace_id: '3bc2b2a0',
    };
    expect(answer(400, body)).toMatchObject({ kind: 'refused', error: { code: 'gateway:unauthorized_client', traceId: '3bc2b2a0' } });
    expect(answer(500, body).kind).toBe('refused');
  });

  it('says that the sales unit is not of these keys, as JSON and as plain text', () => {
    const words = 'Invalid MSN: 654321. Check your API keys on portal.vipps.no and see the eCom FAQ for tips.';
    expect(answer(403, { statusCode: 403, message: words })).toMatchObject({ kind: 'refused', error: { code: 'gateway:invalid-msn' } });
    expect(answer(401, words)).toMatchObject({ kind: 'refused', error: { code: 'gateway:invalid-msn' } });
  });

  it('of the QR API has its title, detail and instance', () => {
    const body = { title: 'Order timeout', detail: 'Payment has already timed out', instance: '3cff3564' };
    const refused = answerFromResponse(
      'qr',
      { status: 400, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) },
      redact,
      NOW,
    );
    expect(refused).toEqual({
      kind: 'refused',
      error: { code: 'qr:400', message: 'HTTP 400: Order timeout: Payment has already timed out', httpStatus: 400, traceId: '3cff3564' },
    });
  });

  it('that is a page is named by its status, and its words survive without markup', () => {
    const page = '<html><head><style>body{color:red}</style></head><body><h1>502 Bad Gateway</h1></body></html>';
    expect(answer(502, page)).toEqual({
      kind: 'unknown',
      error: { code: 'http:502', message: 'HTTP 502: 502 Bad Gateway', httpStatus: 502, traceId: null },
    });
    expect(answer(404, page).kind).toBe('refused');
  });

  it('of too many requests is never a failure, and says when to come back', () => {
    expect(answer(429, { statusCode: 429, message: 'Rate limit is exceeded.' }, { 'retry-after': '12' })).toMatchObject({
      kind: 'retryable',
      retryAfterMs: 12_000,
      error: { code: 'http:429' },
    });
    expect(answer(429, '').kind).toBe('retryable');
    expect(answer(429, [{ errorGroup: 'Payment', errorCode: '62', errorMessage: '' }]).kind).toBe('retryable');
  });

  it('never carries a secret', () => {
    const leaked = answer(400, { statusCode: 400, message: 'no such secret Y8Kteew6GE2ZmeycEt6egg== for Bearer abc.def.ghi' });
    expect(JSON.stringify(leaked)).not.toMatch(/Y8Kteew6|abc\.def/);
  });

  it('of any shape is one of the three, with a code that fits on a support sheet', () => {
    const errorLike = fc.record(
      {
        errorGroup: fc.anything(),
        errorCode: fc.anything(),
        errorMessage: fc.anything(),
        error: fc.anything(),
        message: fc.anything(),
        statusCode: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 599 }),
        fc.oneof(
          fc.json(),
          fc.string(),
          errorLike.map((value) => JSON.stringify(value)),
          fc.array(errorLike).map((value) => JSON.stringify(value)),
        ),
        (status, body) => {
          const judged = answer(status, body);
          expect(['refused', 'retryable', 'unknown']).toContain(judged.kind);
          expect(judged.error.code).toMatch(/^[a-z]+:[\w.[\]/-]{1,130}$/i);
        },
      ),
    );
  });
});

describe('silence', () => {
  it('before anything was sent may be tried again', () => {
    expect(answerFromSilence({ kind: 'not-sent', reason: 'ECONNREFUSED' }, redact)).toMatchObject({
      kind: 'retryable',
      error: { code: 'not-sent' },
    });
  });

  it('after that is unknown', () => {
    expect(answerFromSilence({ kind: 'lost', reason: 'ECONNRESET' }, redact)).toMatchObject({ kind: 'unknown', error: { code: 'lost' } });
  });

  it('because the answer was too large is a bad answer', () => {
    const lost = answerFromSilence({ kind: 'lost', reason: `${BODY_TOO_LARGE}: more than 10 bytes` }, redact);
    expect(lost).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
  });
});

describe('an error without a name', () => {
  const order: PaymentOrder = { reference: 'oslo-1-2611-kx7q-1042-1', amountOre: 24_900, currency: 'NOK', text: 'Kiosken, kvittering 17' };
  const CREATE = 'POST /epayment/v1/payments';
  const problem = (code: string, detail: string) => ({
    type: 'https://httpstatuses.io/400',
    title: 'Something new',
    detail,
    instance: 'f70b8bf7',
    extraDetails: [{ name: 'ErrorCode', reason: code }],
  });

  async function logged(body: unknown) {
    const server = await startScriptedProvider();
    const { provider, close, log } = epaymentAt(server.url);
    server.on(CREATE, { status: 400, body });
    const answer = await provider.create(order);
    close();
    await server.close();
    return { answer, lines: log.lines.filter(({ event }) => event === 'vipps.unknown-error') };
  }

  it('is logged whole, without secrets and people, and is not endless', async () => {
    const detail = `no ${SECRETS.clientSecret} for +47 912 34 567 kari@example.no ${'and more '.repeat(1_000)}`;
    const { answer, lines } = await logged(problem('5999', detail));
    expect(answer).toMatchObject({ kind: 'refused', error: { code: 'epayment:5999', traceId: 'f70b8bf7' } });
    expect(lines).toHaveLength(1);
    const facts = lines[0]?.facts ?? {};
    expect(facts).toMatchObject({
      operation: 'create',
      reference: order.reference,
      code: 'epayment:5999',
      httpStatus: 400,
      traceId: 'f70b8bf7',
    });
    expect(facts.said).toMatch(
      /^\{"type":"https:\/\/httpstatuses.io\/400","title":"Something new","detail":"no \[hidden\] for \[hidden\] \[hidden\] and more/,
    );
    expect(String(facts.said).length).toBeLessThanOrEqual(2_000);
  });

  it('is the only kind that is: what has a name is named', async () => {
    expect((await logged(problem('5060', 'known'))).lines).toEqual([]);
  });
});
