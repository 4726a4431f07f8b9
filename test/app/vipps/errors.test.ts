import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { BODY_TOO_LARGE } from '../../../app/till/ports.ts';
import { classifyEcom, ECOM_ERRORS } from '../../../app/vipps/ecom/error-codes.ts';
import { answerFromResponse, answerFromSilence, classifyStatus } from '../../../app/vipps/errors.ts';
import { createRedact } from '../../../app/vipps/secrets.ts';

const NOW = Date.UTC(2026, 10, 21);
const redact = createRedact(['Y8Kteew6GE2ZmeycEt6egg==']);

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return answerFromResponse('ecom', { status, headers, body: new TextEncoder().encode(text) }, redact, NOW);
}

describe('the eCom codes', () => {
  it('are the ones of the published list, with the same class each', () => {
    const list = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'ecom-errors.csv');
    if (!existsSync(list)) {
      console.log('The published list of eCom errors is not beside this checkout: the codes were not compared with it.');
      return;
    }
    const rows = Papa.parse<{ group: string; code: string; class: string }>(readFileSync(list, 'utf8'), {
      header: true,
      skipEmptyLines: true,
    }).data;
    for (const row of rows) {
      const code = row.code.startsWith('<') ? 'transaction.amount' : row.code;
      expect({ ...row, class: classifyEcom(row.group, code).class }).toEqual(row);
    }
    const published = rows.filter((row) => !row.code.startsWith('<')).map((row) => `${row.group}/${row.code}`);
    expect(ECOM_ERRORS.map((error) => `${error.group}/${error.code}`)).toEqual(published);
  });

  it('mean what their group says: 51, 93 and 98 are two things each', () => {
    expect(classifyEcom('Payment', '51').means).not.toBe(classifyEcom('Merchant', '51').means);
    expect(classifyEcom('Payment', '98').class).toBe('final');
    expect(classifyEcom('VippsError', '98').class).toBe('retryable');
    expect(classifyEcom('Payment', '93').means).not.toBe(classifyEcom('VippsError', '93').means);
  });

  it('are known with the group in small letters too', () => {
    expect(classifyEcom('user', '81')).toEqual(classifyEcom('User', '81'));
  });

  it('that nobody has listed are refusals before money moves, and unknown where it may have moved', () => {
    expect(classifyEcom('Merchant', '999').class).toBe('final');
    expect(classifyEcom('Authentication', '1').class).toBe('final');
    expect(classifyEcom('Payment', '999').class).toBe('unknown');
    expect(classifyEcom('VippsError', '999').class).toBe('unknown');
    expect(classifyEcom('Surprise', '1').class).toBe('unknown');
  });
});

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

describe('a status alone', () => {
  it.each([
    [400, 'final'],
    [401, 'final'],
    [403, 'final'],
    [404, 'final'],
    [408, 'unknown'],
    [409, 'final'],
    [415, 'final'],
    [423, 'retryable'],
    [429, 'retryable'],
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'unknown'],
    [504, 'unknown'],
    [302, 'unknown'],
  ] as const)('%i is %s', (status, expected) => {
    expect(classifyStatus(status)).toBe(expected);
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
