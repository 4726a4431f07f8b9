/** Every way in which keys, network and sales unit can be wrong, and the sentence that each one gets. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Finding, type FindingCode, findingText } from '../../../app/doctor/finding.ts';
import { type ExaminationOptions, examineProvider, examineQr, examineWebhooks } from '../../../app/doctor/provider-examination.ts';
import { doctorTexts } from '../../../app/text/doctor.ts';
import type { HttpOutcome } from '../../../app/till/ports.ts';
import { createApiCaller } from '../../../app/vipps/call.ts';
import { createTokenSource } from '../../../app/vipps/token.ts';
import { createWebhookClient } from '../../../app/vipps/webhooks/client.ts';
import { nodeClock } from '../../../hardware/clock/node-clock.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../server/sandbox/sandbox.ts';

const running: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.close();
});

interface Bench {
  readonly sandbox: Sandbox;
  readonly options: ExaminationOptions;
}

type Change = (bench: Bench) => Partial<ExaminationOptions>;

async function benchOf(more: SandboxOptions = {}): Promise<Bench> {
  const sandbox = await startSandbox({
    salesUnits: [{ msn: '123456', name: 'Kolonial', skipLandingPage: true }, { msn: '654321' }, { msn: '222222' }],
    partners: [{ msns: ['123456'] }],
    ...more,
  });
  const send = createHttpSend();
  running.push(sandbox, send);
  const [unit] = sandbox.salesUnits;
  if (unit === undefined) throw new RangeError('The sandbox has no sales unit.');
  const { msn: merchantSerialNumber, clientId, clientSecret, subscriptionKey } = unit;
  return {
    sandbox,
    options: {
      provider: { environment: 'sandbox', baseUrl: sandbox.url, keys: 'merchant', merchantSerialNumber, clientId },
      secrets: { clientSecret, subscriptionKey },
      system: { systemName: 'tillit', systemVersion: '0' },
      send,
      clock: nodeClock,
      log: { write: () => undefined },
      proxy: null,
    },
  };
}

const keys =
  (more: object): Change =>
  ({ options }) => ({ provider: { ...options.provider, ...more } });
const secrets =
  (more: object): Change =>
  ({ options }) => ({ secrets: { ...options.secrets, ...more } });
/** Partner keys, for a sales unit. */
const partner =
  (merchantSerialNumber: string): Change =>
  ({ sandbox, options }) => {
    const [own] = sandbox.partners;
    if (own === undefined) throw new RangeError('The sandbox has no partner.');
    const { clientId, clientSecret, subscriptionKey } = own;
    return {
      provider: { ...options.provider, keys: 'partner', merchantSerialNumber, clientId },
      secrets: { clientSecret, subscriptionKey },
    };
  };
const fault =
  (...faults: Parameters<Sandbox['control']['addFault']>[0][]): Change =>
  ({ sandbox }) => {
    for (const each of faults) sandbox.control.addFault(each);
    return {};
  };
/** The network's own words, as Node says them: no test can break a real one in all these ways. */
const network =
  (outcome: HttpOutcome): Change =>
  () => ({ send: () => Promise.resolve(outcome) });

/** Both languages, and no gap left open in a sentence. */
function textsOf(findings: readonly Finding[]): string {
  const said = findings.flatMap((finding) => (['nb', 'en'] as const).map((language) => findingText(finding, language)));
  for (const text of said) expect(text).not.toMatch(/[{}]|undefined/);
  return said.join('\n');
}

async function examine(change: Change, more: SandboxOptions = {}) {
  const bench = await benchOf(more);
  const options = { ...bench.options, ...change(bench) };
  const { findings, answers } = await examineProvider(options);
  const said = textsOf(findings);
  for (const secret of [bench.options.secrets, options.secrets].flatMap((each) => Object.values(each))) expect(said).not.toContain(secret);
  const todo = findings.filter(({ tone }) => tone === 'todo').map(({ code }) => code);
  return { findings, answers, todo, codes: findings.map(({ code }) => code), said };
}

describe('a register that is ready', () => {
  it('is told so, line by line', async () => {
    const { codes, todo, answers } = await examine(() => ({}));
    expect(codes).toEqual(['keys-merchant', 'reach-good', 'token-good', 'clock-good', 'unit-good', 'capture-reserve', 'push-good']);
    expect([todo, answers]).toEqual([[], true]);
  });

  it('with a partner’s keys is told on whose behalf it sells', async () => {
    const { said, todo } = await examine(partner('123456'));
    expect(said).toContain('De er partnerens, for øvelse, og det selges på vegne av 123456.');
    expect(todo).toEqual([]);
  });

  it('with direct capture and without push is told what that means, and that it is no fault', async () => {
    const { codes, todo } = await examine(() => ({}), { salesUnits: [{ msn: '123456', capture: 'direct' }] });
    expect(codes).toEqual(expect.arrayContaining(['capture-direct', 'push-off']));
    expect(todo).toEqual([]);
  });

  it('is told of a proxy that it does not use, without who logs in to it', async () => {
    const { said } = await examine(() => ({ proxy: 'proxy.example:8080' }));
    expect(said).toContain('proxy.example:8080');
  });
});

describe('what is wrong gets its own sentence', () => {
  const rows: readonly (readonly [string, Change, FindingCode, SandboxOptions?])[] = [
    ['a client_id that nobody has', keys({ clientId: 'someone-else' }), 'token-client'],
    ['a wrong client_secret', secrets({ clientSecret: 'wrong-secret-0123' }), 'token-secret'],
    ['a wrong subscription key', secrets({ subscriptionKey: 'wrong-key-01234567' }), 'token-subscription'],
    ['somebody else’s sales unit', keys({ merchantSerialNumber: '222222' }), 'token-msn'],
    ['a partner’s keys for a shop that is not the partner’s', partner('222222'), 'token-msn-partner'],
    [
      'keys of another unit beside each other',
      ({ sandbox }) => ({ secrets: { ...unitOf(sandbox, 0), subscriptionKey: unitOf(sandbox, 1).subscriptionKey } }),
      'token-client',
    ],
    ['an address where nobody listens', keys({ baseUrl: 'http://127.0.0.1:1' }), 'reach-refused'],
    ['the provider in trouble', fault({ kind: 'server-error', route: 'token', status: 503 }), 'token-trouble'],
    ['too many requests', fault({ kind: 'rate-limited', route: 'token' }), 'token-busy'],
    ['a proxy’s web page with an error', fault({ kind: 'html', route: 'token' }), 'reach-web-page'],
    ['a guest network’s web page that says all is well', fault({ kind: 'html', route: 'token', status: 200 }), 'reach-web-page'],
    ['half an answer', fault({ kind: 'broken-json', route: 'token' }), 'token-odd'],
    ['a unit that may only log people in', () => ({}), 'unit-no-payments', { salesUnits: [{ msn: '123456', standing: 'no-payments' }] }],
    [
      'a name that there is not',
      network({ kind: 'not-sent', reason: 'ENOTFOUND: getaddrinfo ENOTFOUND api.vipps.example' }),
      'reach-no-name',
    ],
    ['no network', network({ kind: 'not-sent', reason: 'no connection within 3000 ms' }), 'reach-silent'],
    [
      'a certificate that does not fit',
      network({ kind: 'not-sent', reason: 'SELF_SIGNED_CERT_IN_CHAIN: self-signed certificate in certificate chain' }),
      'reach-certificate',
    ],
    ['a token that never comes', network({ kind: 'lost', reason: 'no whole answer within 10000 ms' }), 'token-late'],
    ['a connection that is cut', network({ kind: 'lost', reason: 'ECONNRESET: read ECONNRESET' }), 'reach-other'],
    ['a proxy that wants a password', network(answer(407)), 'reach-proxy-login'],
    ['a 403', network(answer(403, '{"statusCode":403,"message":"Merchant Not Allowed for Ecommerce Payment"}')), 'token-forbidden'],
  ];

  it.each(rows.map(([what, change, code, more]) => ({ what, change, code, more })))('$what: $code', async ({ change, code, more }) => {
    const { todo, answers } = await examine(change, more ?? {});
    expect(todo).toEqual([code]);
    expect(answers).toBe(false);
  });

  it('a server that is not the provider', async () => {
    const server = createServer((_, response) =>
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { todo } = await examine(keys({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
    expect(todo).toEqual(['reach-other-host']);
  });

  it('a clock that is an hour off, either way', async () => {
    for (const [hours, code] of [
      [1, 'clock-fast'],
      [-1, 'clock-slow'],
    ] as const) {
      const { todo, said, answers } = await examine(() => ({ clock: { ...nodeClock, nowMs: () => Date.now() + hours * 3_600_000 } }));
      expect(todo).toEqual([code]);
      expect(said).toMatch(/36\d\d|359\d/);
      expect(answers).toBe(true);
    }
  });

  it('a token that takes its time is said, and is no fault', async () => {
    let lateMs = 0;
    const { codes, todo } = await examine(({ options }) => ({
      clock: { ...nodeClock, monotonicMs: () => nodeClock.monotonicMs() + lateMs },
      send: async (request) => {
        lateMs += 4_000;
        return options.send(request);
      },
    }));
    expect(codes).toContain('token-slow');
    expect(todo).toEqual([]);
  });

  it('a provider that tells nothing of sales units leaves the rest to a test payment', async () => {
    const { codes, todo, answers } = await examine(fault({ kind: 'server-error', route: 'management', status: 503 }));
    expect(codes).toContain('unit-not-told');
    expect([todo, answers]).toEqual([[], true]);
  });

  it('a QR service that does not answer', async () => {
    const bench = await benchOf();
    expect(await examineQr(bench.options)).toMatchObject({ tone: 'note', code: 'qr-answers' });
    bench.sandbox.control.addFault({ kind: 'html', route: 'qr-merchant' });
    const line = await examineQr(bench.options);
    expect(line).toMatchObject({ tone: 'todo', code: 'qr-bad' });
    expect(textsOf([line])).toContain('http:502');
  });
});

it('notifications are counted, with where they go, and nobody needs them', async () => {
  const { options, sandbox } = await benchOf();
  expect(await examineWebhooks(options, false)).toMatchObject({ tone: 'ok', code: 'webhooks-none' });
  expect(await examineWebhooks(options, true)).toMatchObject({ tone: 'note', code: 'webhooks-missing' });
  const { provider, secrets: own, send, clock, log, system } = options;
  const keysOfUnit = { ...provider, ...own };
  const common = { keys: keysOfUnit, system, send, clock, log, redact: (text: string) => text };
  const client = createWebhookClient(createApiCaller({ ...common, tokens: createTokenSource(common) }));
  await client.register('https://kasse.example.no/hooks', ['epayments.payment.captured.v1']);
  const line = await examineWebhooks(options, true);
  expect(line).toMatchObject({ tone: 'ok', code: 'webhooks-some', facts: { count: 1, hosts: 'kasse.example.no' } });
  sandbox.control.addFault({ kind: 'server-error', route: 'webhooks', status: 503 });
  expect(await examineWebhooks(options, true)).toMatchObject({ tone: 'note', code: 'webhooks-not-told' });
});

function unitOf(sandbox: Sandbox, index: number) {
  const unit = sandbox.salesUnits[index];
  if (unit === undefined) throw new RangeError('The sandbox has no such sales unit.');
  return { clientSecret: unit.clientSecret, subscriptionKey: unit.subscriptionKey };
}

function answer(status: number, body = '{}'): HttpOutcome {
  const headers = { 'content-type': 'application/json' };
  return { kind: 'answered', response: { status, headers, body: new TextEncoder().encode(body) } };
}

it('both languages leave the same gaps in every sentence', () => {
  const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).toSorted();
  for (const code of Object.keys(doctorTexts.nb.findings) as FindingCode[]) {
    expect([code, gaps(doctorTexts.en.findings[code])]).toEqual([code, gaps(doctorTexts.nb.findings[code])]);
  }
});
