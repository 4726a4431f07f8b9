/**
 * The one door that the internet may knock at. It has a port of its own, and nothing of the screens is behind it: a request
 * must be a POST to one of three addresses, small, soon there, and proven; then it is answered, and only then acted on.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Inbox } from '../../app/vipps/webhooks/inbox.ts';

/** A webhook is half a kilobyte. */
const MOST_BYTES = 32_768;
const MOST_CONNECTIONS = 100;
/** A whole sales unit's webhooks are a few a second; more than this is a flood, and polling goes on without them. */
const MOST_PER_SECOND = 50;
/** Both the headers and the body must be there within these. */
const HEADERS_WITHIN_MS = 3_000;
const REQUEST_WITHIN_MS = 5_000;
const LOOK_FOR_SLOW_MS = 500;
const IDLE_MS = 5_000;
const LONGEST_HEADERS = 16_384;

export interface OutsideListener {
  /** `http://127.0.0.1:8450`: for whatever passes requests on. */
  readonly address: string;
  /** Requests are judged from now on; until then each is answered 503, and comes again. */
  open(inbox: Pick<Inbox, 'knows' | 'receive'>): void;
  close(): Promise<void>;
}

/** Starts listening. Errors of listening (the port is in use, there is no such address) are thrown as they come. */
export async function startOutsideListener(options: { readonly port: number; readonly host: string }): Promise<OutsideListener> {
  let inbox: Pick<Inbox, 'knows' | 'receive'> | null = null;
  let second = 0;
  let inThisSecond = 0;

  function isFlood(): boolean {
    const now = Math.floor(performance.now() / 1_000);
    if (now !== second) {
      second = now;
      inThisSecond = 0;
    }
    inThisSecond += 1;
    return inThisSecond > MOST_PER_SECOND;
  }

  /** What is wrong with a request before its body is read; `null` when it may go on. */
  function refusal({ method, url = '', headers }: IncomingMessage): number | null {
    if (isFlood()) return 429;
    if (inbox === null) return 503;
    if (method !== 'POST' || !inbox.knows(url)) return 404;
    return Number(headers['content-length'] ?? 0) > MOST_BYTES ? 413 : null;
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const status = refusal(request);
    if (status !== null) {
      refuse(response, status);
      return;
    }
    const parts: Buffer[] = [];
    let byteCount = 0;
    request.on('data', (part: Buffer) => {
      byteCount += part.length;
      if (byteCount <= MOST_BYTES) parts.push(part);
      else if (!response.headersSent) refuse(response, 413);
    });
    request.on('end', () => {
      if (response.headersSent || inbox === null) return;
      const judged = inbox.receive(request.url ?? '', { headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(judged.status, { 'content-length': '0' }).end();
      setImmediate(judged.afterwards);
    });
  }

  const server = createServer(
    {
      headersTimeout: HEADERS_WITHIN_MS,
      requestTimeout: REQUEST_WITHIN_MS,
      connectionsCheckingInterval: LOOK_FOR_SLOW_MS,
      keepAliveTimeout: IDLE_MS,
      maxHeaderSize: LONGEST_HEADERS,
    },
    answer,
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on('clientError', (_error, socket) => socket.destroy());
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    open(opened) {
      inbox = opened;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Says nothing but the number, reads no further, and hangs up. */
function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': '0', connection: 'close' }).end(() => response.req.socket.destroySoon());
}

function listen(server: Server, { port, host }: { readonly port: number; readonly host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
