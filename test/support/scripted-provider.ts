import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PaymentProvider } from '../../app/payment/provider.ts';
import type { Clock, Log } from '../../app/till/ports.ts';
import { createEcomProvider, type EcomConfiguration, type EcomProvider, type EcomProviderOptions } from '../../app/vipps/ecom/provider.ts';
import { createEpaymentProvider } from '../../app/vipps/epayment/provider.ts';
import { createHttpSend } from '../../hardware/http/send.ts';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
  /** Reads the request and hangs up. */
  readonly hangUp?: boolean;
}

export type Script = (seen: Seen, count: number) => Scripted;

/**
 * A real HTTP server that answers as each test says, and keeps every request. The token is granted by itself, unless a
 * test scripts `POST /accesstoken/get` too.
 */
export interface ScriptedProvider {
  readonly url: string;
  readonly seen: Seen[];
  /** How many connections were ever made to it. */
  connections(): number;
  /** Answers `METHOD /path` from now on. */
  on(route: string, script: Script | Scripted): void;
  /** How often a route was asked for. */
  count(route: string): number;
  last(route: string): Seen;
  close(): Promise<void>;
}

export async function startScriptedProvider(): Promise<ScriptedProvider> {
  const scripts = new Map<string, Script | Scripted>();
  const seen: Seen[] = [];
  const count = (route: string): number => seen.filter((one) => `${one.method} ${one.path}` === route).length;
  let tokens = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one: Seen = {
        method: request.method ?? '',
        path: (request.url ?? '').split('?')[0] ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
      };
      seen.push(one);
      const route = `${one.method} ${one.path}`;
      const script = scripts.get(route);
      let answer: Scripted;
      if (script !== undefined) answer = typeof script === 'function' ? script(one, count(route)) : script;
      else if (route === 'POST /accesstoken/get') answer = { body: tokenBody(`token-${++tokens}`) };
      else answer = { status: 404, body: { statusCode: 404, message: 'Resource not found' } };
      if (answer.hangUp === true) {
        request.socket.destroy();
        return;
      }
      const isRaw = typeof answer.body === 'string' || answer.body instanceof Uint8Array;
      const body = answer.body === undefined ? '' : isRaw ? (answer.body as string | Uint8Array) : JSON.stringify(answer.body);
      response.writeHead(answer.status ?? 200, { 'content-type': isRaw ? 'text/html' : 'application/json', ...answer.headers });
      response.end(body);
    });
  });
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    connections: () => connections,
    on: (route, script) => {
      scripts.set(route, script);
    },
    count,
    last(route) {
      const one = seen.findLast((each) => `${each.method} ${each.path}` === route);
      if (one === undefined) throw new Error(`nobody asked for ${route}`);
      return one;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The token endpoint's own example, with the seconds as a string. */
export function tokenBody(token: string, expiresIn: string | number = '3600'): Record<string, unknown> {
  return {
    token_type: 'Bearer',
    expires_in: expiresIn,
    ext_expires_in: '3600',
    expires_on: '1547823408',
    not_before: '1547819508',
    resource: '00000002-0000-0000-c000-000000000000',
    access_token: token,
  };
}

/** A clock that a test moves. */
export function movableClock(): Clock & { advance(ms: number): void } {
  let atMs = 1_000_000;
  return {
    nowMs: () => Date.UTC(2026, 10, 21, 12) + atMs,
    offsetMinutes: () => 60,
    monotonicMs: () => atMs,
    advance(ms) {
      atMs += ms;
    },
  };
}

export interface Line {
  readonly level: string;
  readonly event: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

export function keptLog(): Log & { readonly lines: Line[] } {
  const lines: Line[] = [];
  return { lines, write: (level, event, facts = {}) => lines.push({ level, event, facts }) };
}

export const SECRETS = { clientSecret: 'Y8Kteew6GE2ZmeycEt6egg==', subscriptionKey: 'da7d5b0e18a84aeda961c0c31b75c2a9' };

type Choices = Partial<Omit<EcomProviderOptions, 'configuration'>> & { readonly keys?: Partial<EcomConfiguration> };

interface At<Provider> {
  readonly provider: Provider;
  readonly close: () => void;
  readonly log: ReturnType<typeof keptLog>;
}

/** An adapter over the real sender, against this address. */
function providerAt<Provider>(make: (options: EcomProviderOptions) => Provider, url: string, { keys, ...others }: Choices): At<Provider> {
  const send = createHttpSend();
  const log = keptLog();
  const provider = make({
    configuration: {
      baseUrl: url,
      merchantSerialNumber: '123456',
      clientId: 'fb492b5e-7907-4d83-ba20-c7fb60ca35de',
      ...SECRETS,
      fallBack: 'https://www.vipps.no/thankyoupage/',
      callbackPrefix: 'https://example.com/callbacks',
      systemName: 'tillit',
      systemVersion: '0.1.0',
      ...keys,
    },
    send,
    warm: send.warm,
    clock: movableClock(),
    log,
    qrSize: 720,
    ...others,
  });
  return { provider, close: () => send.close(), log };
}

/** The eCom adapter at an address. */
export const ecomAt = (url: string, options: Choices = {}): At<EcomProvider> => providerAt(createEcomProvider, url, options);

/** The ePayment adapter at an address. */
export const epaymentAt = (url: string, options: Choices = {}): At<PaymentProvider> => providerAt(createEpaymentProvider, url, options);
