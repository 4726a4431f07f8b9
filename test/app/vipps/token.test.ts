import { afterEach, describe, expect, it } from 'vitest';
import { createRedact } from '../../../app/vipps/secrets.ts';
import { createTokenSource, type TokenSource } from '../../../app/vipps/token.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import {
  keptLog,
  movableClock,
  type ScriptedProvider,
  SECRETS,
  startScriptedProvider,
  tokenBody,
} from '../../support/scripted-provider.ts';

const ROUTE = 'POST /accesstoken/get';
const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function start(url?: string) {
  const server: ScriptedProvider = await startScriptedProvider();
  const send = createHttpSend();
  endings.push(
    () => server.close(),
    () => send.close(),
  );
  const clock = movableClock();
  const log = keptLog();
  const keys = { baseUrl: url ?? server.url, merchantSerialNumber: '123456', clientId: 'fb492b5e-7907', ...SECRETS };
  const system = { systemName: 'a system with a name of more than thirty characters', systemVersion: '1.2.3 — æ' };
  const tokens: TokenSource = createTokenSource({ keys, system, send, clock, log, redact: createRedact(Object.values(SECRETS)) });
  return { server, tokens, clock, log };
}

describe('the access token', () => {
  it('is asked for with the keys in the headers and an empty body', async () => {
    const { server, tokens } = await start();
    expect(await tokens.get()).toEqual({ kind: 'ok', value: 'token-1' });
    const { headers, body } = server.last(ROUTE);
    expect(body).toBe('');
    expect(headers['content-length']).toBe('0');
    expect(headers.client_id).toBe('fb492b5e-7907');
    expect(headers.client_secret).toBe(SECRETS.clientSecret);
    expect(headers['ocp-apim-subscription-key']).toBe(SECRETS.subscriptionKey);
    expect(headers['merchant-serial-number']).toBe('123456');
    expect(headers['vipps-system-name']).toHaveLength(30);
    expect(headers['vipps-system-version']).toBe('1.2.3');
  });

  it('is fetched once for everybody who asks at the same time', async () => {
    const { server, tokens } = await start();
    const answers = await Promise.all(Array.from({ length: 20 }, () => tokens.get()));
    expect(new Set(answers.map((answer) => answer.kind === 'ok' && answer.value))).toEqual(new Set(['token-1']));
    expect(server.count(ROUTE)).toBe(1);
  });

  it('is kept for the next call', async () => {
    const { server, tokens, clock } = await start();
    await tokens.get();
    clock.advance(60_000);
    await tokens.get();
    expect(server.count(ROUTE)).toBe(1);
  });

  it('is fetched anew before its end, while calls still use the old one', async () => {
    const { server, tokens, clock } = await start();
    await tokens.get();
    clock.advance(3_300_000); // 55 of 60 minutes
    expect(await tokens.get()).toEqual({ kind: 'ok', value: 'token-1' });
    await expect.poll(() => server.count(ROUTE)).toBe(2);
    await expect.poll(async () => tokens.get()).toEqual({ kind: 'ok', value: 'token-2' });
    expect(server.count(ROUTE)).toBe(2);
  });

  it('is not used at its very end', async () => {
    const { tokens, clock } = await start();
    await tokens.get();
    clock.advance(3_599_000);
    expect(await tokens.get()).toEqual({ kind: 'ok', value: 'token-2' });
  });

  it('still serves when the early refresh fails, and that is not tried at every call', async () => {
    const { server, tokens, clock } = await start();
    await tokens.get();
    server.on(ROUTE, { status: 503, body: 'busy' });
    clock.advance(3_300_000);
    for (let count = 0; count < 5; count += 1) expect((await tokens.get()).kind).toBe('ok');
    await expect.poll(() => server.count(ROUTE)).toBe(2);
    for (let count = 0; count < 5; count += 1) expect((await tokens.get()).kind).toBe('ok');
    expect(server.count(ROUTE)).toBe(2);
  });

  it('is replaced once when an API refuses it, for everybody at once', async () => {
    const { server, tokens } = await start();
    await tokens.get();
    const both = await Promise.all([tokens.replace('token-1'), tokens.replace('token-1')]);
    expect(both).toEqual([
      { kind: 'ok', value: 'token-2' },
      { kind: 'ok', value: 'token-2' },
    ]);
    expect(server.count(ROUTE)).toBe(2);
  });

  it('is not replaced again when the new one is refused too', async () => {
    const { server, tokens, clock } = await start();
    await tokens.get();
    await tokens.replace('token-1');
    expect(await tokens.replace('token-2')).toBeNull();
    clock.advance(61_000);
    expect(await tokens.replace('token-2')).toEqual({ kind: 'ok', value: 'token-3' });
    expect(server.count(ROUTE)).toBe(3);
  });

  it('that has worked since it was replaced may be replaced again', async () => {
    const { tokens } = await start();
    await tokens.get();
    await tokens.replace('token-1');
    tokens.accepted('token-2');
    expect(await tokens.replace('token-2')).toEqual({ kind: 'ok', value: 'token-3' });
  });

  it.each([['3600'], [3600]])('takes its life of %j seconds', async (expiresIn) => {
    const { server, tokens } = await start();
    server.on(ROUTE, { body: tokenBody('t', expiresIn) });
    expect((await tokens.get()).kind).toBe('ok');
  });
});

describe('without a token', () => {
  it('a wrong key is refused, named, and not asked about at every call', async () => {
    const { server, tokens, clock } = await start();
    server.on(ROUTE, {
      status: 401,
      body: { error: 'unauthorized_client', error_description: `no application for ${SECRETS.clientSecret}` },
    });
    const refused = await tokens.get();
    expect(refused).toMatchObject({ kind: 'refused', error: { code: 'gateway:unauthorized_client' } });
    expect(JSON.stringify(refused)).not.toContain(SECRETS.clientSecret);
    for (let count = 0; count < 10; count += 1) await tokens.get();
    expect(server.count(ROUTE)).toBe(1);
    clock.advance(6_000);
    server.on(ROUTE, { body: tokenBody('good') });
    expect(await tokens.get()).toEqual({ kind: 'ok', value: 'good' });
  });

  it('too many requests wait as long as they are told', async () => {
    const { server, tokens, clock } = await start();
    server.on(ROUTE, { status: 429, headers: { 'retry-after': '20' }, body: '' });
    expect(await tokens.get()).toMatchObject({ kind: 'retryable', retryAfterMs: 20_000 });
    clock.advance(19_000);
    await tokens.get();
    expect(server.count(ROUTE)).toBe(1);
    clock.advance(2_000);
    await tokens.get();
    expect(server.count(ROUTE)).toBe(2);
  });

  it('a call may be tried again soon: it was never sent, and a customer waits', async () => {
    const { server, tokens } = await start();
    server.on(ROUTE, { status: 500, body: '' });
    expect(await tokens.get()).toMatchObject({ kind: 'retryable', retryAfterMs: 2_000 });
    server.on(ROUTE, { body: tokenBody('good') });
    expect(await tokens.get()).toEqual({ kind: 'ok', value: 'good' });
  });

  it.each([
    ['a lost answer', { hangUp: true }, 'lost'],
    ['a page', { body: '<html>log in to the network</html>' }, 'bad-answer'],
    ['an error of the server', { status: 500, body: '' }, 'http:500'],
    ['a token that is no header', { body: tokenBody('a\nb') }, 'bad-answer'],
    ['a life of nothing', { body: tokenBody('t', '0') }, 'bad-answer'],
    ['a life in words', { body: tokenBody('t', 'an hour') }, 'bad-answer'],
    ['an answer without a token', { body: { expires_in: '3600' } }, 'bad-answer'],
    ['a body of ten million bytes', { body: 'x'.repeat(10_000_000) }, 'bad-answer'],
  ] as const)('%s leaves the payment untouched, so it may be tried again', async (_name, scripted, code) => {
    const { server, tokens } = await start();
    server.on(ROUTE, scripted);
    expect(await tokens.get()).toMatchObject({ kind: 'retryable', error: { code } });
    server.on(ROUTE, { body: tokenBody('good') });
    expect(await tokens.get()).toEqual({ kind: 'ok', value: 'good' });
  });

  it('nothing secret is in the log', async () => {
    const { server, tokens, log } = await start();
    await tokens.get();
    server.on(ROUTE, { body: { access_token: 12, expires_in: SECRETS.clientSecret } });
    await tokens.replace('token-1');
    const written = JSON.stringify(log.lines);
    for (const secret of [...Object.values(SECRETS), 'token-1']) expect(written).not.toContain(secret);
  });
});
