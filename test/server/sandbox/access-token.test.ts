import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../server/sandbox/sandbox.ts';
import { merchantOf, request, tokenHeaders } from './merchant.ts';

let sandbox: Sandbox;
const get = (headers: Record<string, string>) => request(`${sandbox.url}/accesstoken/get`, 'POST', undefined, headers);

beforeAll(async () => {
  sandbox = await startSandbox({ partners: [{ msns: ['123456', '654321'] }] });
});
afterAll(() => sandbox.close());

describe('the access token', () => {
  it('comes with every number as a string and lives an hour', async () => {
    const answer = await get(tokenHeaders(sandbox, '123456'));
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ token_type: 'Bearer', expires_in: '3600', ext_expires_in: '3600' });
    expect(Number(answer.json.expires_on) - Number(answer.json.not_before)).toBe(3600);
  });

  it('looks like a token: three parts and more than a thousand characters', async () => {
    const token = String((await get(tokenHeaders(sandbox, '123456'))).json.access_token);
    expect(token.length).toBeGreaterThan(1000);
    expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({ typ: 'JWT', alg: 'RS256' });
    expect(token.split('.')).toHaveLength(3);
  });

  it('may be asked for without an MSN', async () => {
    const { 'Merchant-Serial-Number': _msn, ...headers } = tokenHeaders(sandbox, '123456');
    expect((await get(headers)).status).toBe(200);
  });

  it('is refused by the gateway without a subscription key', async () => {
    const { 'Ocp-Apim-Subscription-Key': _key, ...headers } = tokenHeaders(sandbox, '123456');
    const answer = await get(headers);
    expect(answer.status).toBe(401);
    expect(answer.json.statusCode).toBe(401);
    expect(String(answer.json.message)).toContain('missing subscription key');
  });

  it('is refused by the gateway with a wrong subscription key', async () => {
    const answer = await get({ ...tokenHeaders(sandbox, '123456'), 'Ocp-Apim-Subscription-Key': 'wrong' });
    expect(answer.status).toBe(401);
    expect(String(answer.json.message)).toContain('invalid subscription key');
  });

  it('is refused as unauthorized_client to an unknown client_id', async () => {
    const answer = await get({ ...tokenHeaders(sandbox, '123456'), client_id: 'e9b6c99d-2442-4a5d-84a2-c53a807fe0c4' });
    expect(answer.status).toBe(401);
    expect(answer.json).toMatchObject({ error: 'unauthorized_client', error_codes: [700016] });
  });

  it('is refused as invalid_client to a wrong secret', async () => {
    const answer = await get({ ...tokenHeaders(sandbox, '123456'), client_secret: 'wrong' });
    expect(answer.status).toBe(401);
    expect(answer.json.error).toBe('invalid_client');
  });

  it('is refused to keys of two different sales units', async () => {
    const key = tokenHeaders(sandbox, '654321')['Ocp-Apim-Subscription-Key'] ?? '';
    const answer = await get({ ...tokenHeaders(sandbox, '123456'), 'Ocp-Apim-Subscription-Key': key });
    expect(answer.status).toBe(401);
    expect(answer.json.error).toBe('unauthorized_client');
  });

  it('is refused for an MSN that the keys do not belong to', async () => {
    const answer = await get({ ...tokenHeaders(sandbox, '123456'), 'Merchant-Serial-Number': '654321' });
    expect(answer.status).toBe(401);
    expect(String(answer.json.errorMessage)).toMatch(/^Invalid MSN: 654321\./);
  });
});

describe('the gateway in front of the APIs', () => {
  const details = async (change: Record<string, string | null>) => {
    const merchant = await merchantOf(sandbox, '123456');
    const headers = Object.fromEntries(Object.entries({ ...merchant.headers, ...change }).filter(([, value]) => value !== null));
    return request(`${sandbox.url}/ecomm/v2/payments/nothing-here/details`, 'GET', undefined, headers as Record<string, string>);
  };

  it('lets the right headers through', async () => {
    expect((await details({})).status).toBe(404);
  });

  it('refuses a call without Authorization', async () => {
    const answer = await details({ Authorization: null });
    expect(answer.status).toBe(401);
    expect(answer.json.responseInfo).toEqual({ responseCode: 401, responseMessage: 'Unauthorized' });
  });

  it('minds the case of "Bearer"', async () => {
    const merchant = await merchantOf(sandbox, '123456');
    const authorization = (merchant.headers.Authorization ?? '').replace('Bearer', 'bearer');
    expect((await details({ Authorization: authorization })).status).toBe(401);
  });

  it('refuses a call without a subscription key', async () => {
    const answer = await details({ 'Ocp-Apim-Subscription-Key': null });
    expect(answer.json.statusCode).toBe(401);
  });

  it('refuses a token that was issued to another sales unit', async () => {
    const other = await merchantOf(sandbox, '654321');
    const answer = await details({ Authorization: other.headers.Authorization ?? '' });
    expect(answer.status).toBe(401);
    expect(answer.json).toMatchObject({ errorCode: 'Unauthorized', errorMessage: 'Subscription not found' });
  });

  it('refuses an MSN of another sales unit', async () => {
    const answer = await details({ 'Merchant-Serial-Number': '654321' });
    expect(String(answer.json.errorMessage)).toContain('Invalid MSN: 654321');
  });

  it('refuses a system name of more than 30 characters', async () => {
    expect((await details({ 'Vipps-System-Name': 'x'.repeat(31) })).status).toBe(400);
  });

  it('answers an address that does not exist in its own shape', async () => {
    const merchant = await merchantOf(sandbox, '123456');
    const answer = await merchant.send('GET', '/ecomm/v3/payments');
    expect(answer.json).toEqual({ statusCode: 404, message: 'Resource not found' });
  });

  it('refuses a token that is too old', async () => {
    const own = await startSandbox();
    const merchant = await merchantOf(own, '123456');
    own.control.advance(3_599_000);
    expect((await merchant.details('nothing')).status).toBe(404);
    own.control.advance(1_000);
    expect((await merchant.details('nothing')).status).toBe(401);
    await own.close();
  });
});

describe('partner keys', () => {
  const partner = async (msn: string | null) => {
    const [keys] = sandbox.partners;
    const common = { 'Ocp-Apim-Subscription-Key': keys?.subscriptionKey ?? '', ...(msn === null ? {} : { 'Merchant-Serial-Number': msn }) };
    const token = await get({ client_id: keys?.clientId ?? '', client_secret: keys?.clientSecret ?? '', ...common });
    return request(`${sandbox.url}/ecomm/v2/payments/nothing/details`, 'GET', undefined, {
      Authorization: `Bearer ${String(token.json.access_token)}`,
      ...common,
    });
  };

  it('speak for the sales unit that the header names', async () => {
    expect(JSON.stringify((await partner('654321')).json)).toContain('does not exist for MSN 654321');
  });

  it('are refused with 403 when no sales unit is named', async () => {
    expect((await partner(null)).status).toBe(403);
  });
});
