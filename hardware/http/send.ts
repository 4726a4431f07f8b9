/**
 * The real end of `HttpSend`: one request over Node's own HTTP client.
 *
 * What matters here is honesty. `not-sent` is only said while the connection was still being made, because then not one
 * byte of the request has left: the request is held back until the connection (and its TLS) stands. From then on every
 * failure is `lost`. Nothing with an effect is ever repeated here: whoever holds the idempotency key decides that.
 *
 * Connections are kept, so that a poll costs one leg. A server may close an idle connection just as the next request
 * leaves, and then nobody knows whether it was read. So idle ones are given up early, before servers usually do
 * (and before `Keep-Alive: timeout` where the server names one), and a busy register's polls keep the rest warm.
 */
import http from 'node:http';
import https from 'node:https';
import { getCACertificates } from 'node:tls';
import { BODY_TOO_LARGE, type HttpOutcome, type HttpRequest, type HttpSend, type HttpWarm } from '../../app/till/ports.ts';
import { isMade, type WarmAgent, warmHttpAgent, warmHttpsAgent } from './warm-agents.ts';

const CONNECT_TIMEOUT_MS = 3_000;
const READ_TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 1_048_576;
/** The shortest idle limit in common use is 5 s (Node, Apache); ours must be over first. */
const IDLE_MS = 4_000;
/** Time for one address of a name that has several. The provider asks for 1 s or more to connect. */
const ADDRESS_ATTEMPT_MS = 1_000;

export interface HttpSendOptions {
  /** How long an unused connection is kept. Default 4 000 ms; keep it below the server's own limit. */
  readonly idleMs?: number;
  /** Certificates to trust instead of the well-known ones (PEM). For a test's own server. */
  readonly certificateAuthorities?: string | readonly string[];
  /** Certificates to trust beside the well-known ones (PEM): a chain's own authority. */
  readonly alsoTrusted?: string;
}

/** `HttpSend`, and a way to let go of its kept connections. */
export type NodeHttpSend = HttpSend & {
  readonly warm: HttpWarm;
  /** Ends all kept connections. A request under way becomes `lost`. */
  close(): void;
};

/** Makes a sender with its own kept connections. It never throws and never follows a redirect. */
export function createHttpSend(options: HttpSendOptions = {}): NodeHttpSend {
  const shared = {
    keepAlive: true,
    timeout: options.idleMs ?? IDLE_MS,
    maxFreeSockets: 4,
    scheduling: 'lifo' as const,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
  };
  const also = options.alsoTrusted;
  const trusted = also === undefined ? options.certificateAuthorities : [...getCACertificates('default'), also];
  const plain = warmHttpAgent(shared);
  const secure = warmHttpsAgent({
    ...shared,
    ...(trusted === undefined ? {} : { ca: typeof trusted === 'string' ? trusted : [...trusted] }),
  });

  let closed = false;

  async function send(request: HttpRequest): Promise<HttpOutcome> {
    const first = await attempt(request, { plain, secure });
    if (!first.stale || request.method !== 'GET' || closed) return first.outcome;
    // A read on a kept connection that the server had just closed. Reading twice has no effect, so it may be asked again.
    return (await attempt(request, null)).outcome;
  }

  return Object.assign(send, {
    warm(url: string): void {
      if (closed || !URL.canParse(url)) return;
      const address = new URL(url);
      if (address.protocol === 'https:') secure.warm(address);
      if (address.protocol === 'http:') plain.warm(address);
    },
    close(): void {
      closed = true;
      plain.destroy();
      secure.destroy();
    },
  });
}

interface Attempt {
  readonly outcome: HttpOutcome;
  /** The request went out on a kept connection that ended before one byte of an answer. */
  readonly stale: boolean;
}

/** One request over one connection. Without agents the connection is new and is closed afterwards. */
function attempt(request: HttpRequest, agents: { readonly plain: WarmAgent; readonly secure: WarmAgent } | null): Promise<Attempt> {
  return new Promise((resolve) => {
    const connectTimeoutMs = request.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
    const readTimeoutMs = request.readTimeoutMs ?? READ_TIMEOUT_MS;
    const maxBodyBytes = request.maxBodyBytes ?? MAX_BODY_BYTES;
    let phase: 'connecting' | 'waiting' | 'reading' | 'over' = 'connecting';
    let reused = false;
    let timer: NodeJS.Timeout | undefined;
    let outgoing: http.ClientRequest | undefined;

    let stopListening = (): void => {};

    function finish(outcome: HttpOutcome, stale = false): void {
      if (phase === 'over') return;
      phase = 'over';
      clearTimeout(timer);
      stopListening();
      resolve({ outcome, stale });
      if (outcome.kind !== 'answered') outgoing?.destroy();
    }

    function fail(reason: string, isTimeout = false): void {
      if (phase === 'connecting') finish({ kind: 'not-sent', reason });
      else finish({ kind: 'lost', reason }, reused && phase === 'waiting' && !isTimeout);
    }

    let address: URL;
    try {
      address = new URL(request.url);
      if (address.protocol !== 'http:' && address.protocol !== 'https:') throw new TypeError('not an http address');
      const isSecure = address.protocol === 'https:';
      const agent = agents === null ? false : isSecure ? agents.secure : agents.plain;
      const body = request.body === undefined ? undefined : Buffer.from(request.body, 'utf8');
      outgoing = (isSecure ? https : http).request(address, {
        method: request.method,
        headers: {
          ...request.headers,
          'accept-encoding': 'identity',
          ...(body === undefined ? {} : { 'content-length': String(body.byteLength) }),
        },
        agent,
      });
      const client = outgoing;

      client.on('error', (error) => fail(describe(error)));
      client.on('close', () => fail('the connection was closed'));
      // Only reached when the server changes protocol, which no register asks for.
      client.on('upgrade', (_response, socket) => {
        socket.destroy();
        fail('the server changed protocol');
      });
      client.on('socket', (socket) => {
        const leave = (): void => {
          if (phase !== 'connecting') return;
          phase = 'waiting';
          clearTimeout(timer);
          timer = setTimeout(() => fail(`no whole answer within ${readTimeoutMs} ms`, true), readTimeoutMs);
          client.end(body);
        };
        // One that stood ready is like a kept one: the server may just have given it up.
        reused = client.reusedSocket || isMade(socket);
        if (reused) leave();
        else socket.once(isSecure ? 'secureConnect' : 'connect', leave);
      });
      client.on('response', (response) => {
        if (phase === 'over') {
          response.resume();
          return;
        }
        phase = 'reading';
        collect(response, maxBodyBytes, (result) => {
          if (typeof result === 'string') fail(result);
          else
            finish({ kind: 'answered', response: { status: response.statusCode ?? 0, headers: flatten(response.headers), body: result } });
        });
      });
      timer = setTimeout(() => fail(`no connection within ${connectTimeoutMs} ms`), connectTimeoutMs);
      stopListening = request.givenUp?.onGivenUp(() => fail('given up', true)) ?? stopListening;
    } catch (error) {
      // A header or an address that cannot be sent at all.
      fail(describe(error));
    }
  });
}

/** Gathers a body up to the cap; calls back once, with the bytes or with why there are none. */
function collect(response: http.IncomingMessage, maxBodyBytes: number, done: (result: Uint8Array | string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let tooLarge = Number(response.headers['content-length'] ?? 0) > maxBodyBytes;
  const giveUp = (): void => {
    tooLarge = true;
    done(`${BODY_TOO_LARGE}: more than ${maxBodyBytes} bytes`);
    response.destroy();
  };
  if (tooLarge) {
    response.on('error', () => undefined);
    giveUp();
    return;
  }
  response.on('data', (chunk: Buffer) => {
    if (tooLarge) return;
    size += chunk.byteLength;
    if (size > maxBodyBytes) giveUp();
    else chunks.push(chunk);
  });
  response.on('error', (error) => done(`the answer was cut off: ${describe(error)}`));
  response.on('end', () => {
    if (tooLarge) return;
    if (response.complete) done(new Uint8Array(Buffer.concat(chunks)));
    else done('the answer was cut off');
  });
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/** The error's code (`ECONNREFUSED`), which is stable, before its words. Never the request: that has the keys in it. */
function describe(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describe(error.errors[0]);
  if (!(error instanceof Error)) return 'unknown trouble';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === 'ERR_INVALID_CHAR' || code === 'ERR_INVALID_URL') return code;
  return code === null ? error.message : `${code}: ${error.message}`;
}
