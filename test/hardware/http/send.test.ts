import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { BODY_TOO_LARGE } from '../../../app/till/ports.ts';
import { createHttpSend, type NodeHttpSend } from '../../../hardware/http/send.ts';
import { testCertificate, testKey } from './test-certificate.ts';

interface Counted {
  readonly url: string;
  requests: number;
  connections: number;
  readonly bodies: string[];
}

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function sender(options?: Parameters<typeof createHttpSend>[0]): NodeHttpSend {
  const send = createHttpSend(options);
  endings.push(() => send.close());
  return send;
}

function listen(server: TcpServer): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

/** A real HTTP server that counts. The handler gets the body and the number of the request, from 1. */
async function serve(
  handle: (request: IncomingMessage, response: ServerResponse, body: string, count: number) => void,
  keepAliveTimeoutMs = 5_000,
): Promise<Counted> {
  const server = createServer({ keepAliveTimeout: keepAliveTimeoutMs });
  const counted = { url: '', requests: 0, connections: 0, bodies: [] as string[] };
  server.on('connection', () => {
    counted.connections += 1;
  });
  server.on('request', (request, response) => {
    counted.requests += 1;
    const count = counted.requests;
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      counted.bodies.push(body);
      handle(request, response, body, count);
    });
  });
  counted.url = `http://127.0.0.1:${await listen(server)}`;
  endings.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return counted;
}

/** A bare TCP server, for answers that no HTTP library would send. */
async function serveRaw(handle: (socket: Socket, counted: Counted) => void): Promise<Counted> {
  const counted = { url: '', requests: 0, connections: 0, bodies: [] as string[] };
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    counted.connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    handle(socket, counted);
  });
  counted.url = `http://127.0.0.1:${await listen(server)}`;
  endings.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return counted;
}

/** An HTTPS server with the test's own certificate. */
async function serveTls(): Promise<Counted> {
  const counted = { url: '', requests: 0, connections: 0, bodies: [] as string[] };
  const server = createTlsServer({ cert: testCertificate, key: testKey }, (_request, response) => {
    counted.requests += 1;
    response.end('ok');
  });
  server.on('secureConnection', () => {
    counted.connections += 1;
  });
  counted.url = `https://127.0.0.1:${await listen(server)}`;
  endings.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return counted;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('an answer', () => {
  it('comes back with status, headers in lower case and the very bytes', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(201, { 'Content-Type': 'application/json', 'X-Some': 'Thing' }).end('{"æ":"ø"}');
    });
    const outcome = await sender()({ method: 'GET', url: `${server.url}/a`, headers: {} });
    expect(outcome.kind).toBe('answered');
    if (outcome.kind !== 'answered') return;
    expect(outcome.response.status).toBe(201);
    expect(outcome.response.headers['x-some']).toBe('Thing');
    expect(text(outcome.response.body)).toBe('{"æ":"ø"}');
  });

  it('has been asked for with our method, headers and body', async () => {
    const seen: IncomingMessage[] = [];
    const server = await serve((request, response) => {
      seen.push(request);
      response.end();
    });
    await sender()({ method: 'PUT', url: `${server.url}/p?q=1`, headers: { 'X-Request-Id': 'k1' }, body: 'blåbær' });
    expect(seen[0]?.method).toBe('PUT');
    expect(seen[0]?.url).toBe('/p?q=1');
    expect(seen[0]?.headers['x-request-id']).toBe('k1');
    expect(seen[0]?.headers['content-length']).toBe('8');
    expect(server.bodies).toEqual(['blåbær']);
  });

  it('to an empty POST says that the body has no length', async () => {
    const server = await serve((request, response) => response.end(request.headers['content-length']));
    const outcome = await sender()({ method: 'POST', url: server.url, headers: {} });
    expect(outcome.kind === 'answered' && text(outcome.response.body)).toBe('0');
  });

  it('that is an error status is still an answer', async () => {
    const server = await serve((_request, response) => response.writeHead(503).end('busy'));
    const outcome = await sender()({ method: 'POST', url: server.url, headers: {}, body: '{}' });
    expect(outcome.kind === 'answered' && outcome.response.status).toBe(503);
    expect(server.requests).toBe(1);
  });

  it('that redirects is not followed', async () => {
    const server = await serve((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    const outcome = await sender()({ method: 'GET', url: server.url, headers: {} });
    expect(outcome.kind === 'answered' && outcome.response.status).toBe(302);
    expect(server.requests).toBe(1);
  });

  it('uses one connection for requests that follow each other', async () => {
    const server = await serve((_request, response) => response.end('ok'));
    const send = sender();
    for (let count = 0; count < 5; count += 1) await send({ method: 'POST', url: server.url, headers: {}, body: '{}' });
    expect(server.requests).toBe(5);
    expect(server.connections).toBe(1);
  });
});

describe('not sent', () => {
  it('is a refused connection', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const outcome = await sender()({ method: 'POST', url: `http://127.0.0.1:${port}`, headers: {}, body: '{}' });
    expect(outcome).toMatchObject({ kind: 'not-sent', reason: expect.stringContaining('ECONNREFUSED') });
  });

  it('is a name that nobody has', async () => {
    const outcome = await sender()({ method: 'GET', url: 'http://nobody.invalid/', headers: {} });
    expect(outcome.kind).toBe('not-sent');
  });

  it('is an address or a header that cannot be sent', async () => {
    const send = sender();
    expect((await send({ method: 'GET', url: 'not an address', headers: {} })).kind).toBe('not-sent');
    expect((await send({ method: 'GET', url: 'ftp://127.0.0.1/', headers: {} })).kind).toBe('not-sent');
    const outcome = await send({ method: 'GET', url: 'http://127.0.0.1:1/', headers: { secret: 'a\nb' } });
    expect(outcome).toEqual({ kind: 'not-sent', reason: 'ERR_INVALID_CHAR' });
  });

  it('is a handshake that never ends, and the server has not seen one byte of the request', async () => {
    const seen: Buffer[] = [];
    const server = await serveRaw((socket) => socket.on('data', (chunk) => seen.push(chunk)));
    const outcome = await sender()({
      method: 'POST',
      url: server.url.replace('http:', 'https:'),
      headers: { client_secret: 'hush' },
      body: '{}',
      connectTimeoutMs: 150,
    });
    expect(outcome).toMatchObject({ kind: 'not-sent', reason: expect.stringContaining('150 ms') });
    expect(Buffer.concat(seen).includes('hush')).toBe(false);
  });

  it('is a server that does not speak TLS', async () => {
    const server = await serveRaw((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    const outcome = await sender()({ method: 'POST', url: server.url.replace('http:', 'https:'), headers: {}, body: '{}' });
    expect(outcome.kind).toBe('not-sent');
  });
});

describe('lost', () => {
  it('is a connection reset after the request was read', async () => {
    const server = await serve((request) => request.socket.destroy());
    const outcome = await sender()({ method: 'POST', url: server.url, headers: {}, body: '{"amount":1}' });
    expect(outcome.kind).toBe('lost');
    expect(server.bodies).toEqual(['{"amount":1}']);
  });

  it('is an answer that does not come in time', async () => {
    const server = await serve(() => undefined);
    const outcome = await sender()({ method: 'POST', url: server.url, headers: {}, body: '{}', readTimeoutMs: 100 });
    expect(outcome).toMatchObject({ kind: 'lost', reason: expect.stringContaining('100 ms') });
    expect(server.requests).toBe(1);
  });

  it('is an answer that begins and never ends', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200);
      response.write('{"orderId":');
    });
    const outcome = await sender()({ method: 'GET', url: server.url, headers: {}, readTimeoutMs: 150 });
    expect(outcome.kind).toBe('lost');
    expect(server.requests).toBe(1);
  });

  it('is an answer cut off in the middle', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"orderId":');
      setImmediate(() => response.destroy());
    });
    const outcome = await sender()({ method: 'POST', url: server.url, headers: {}, body: '{}' });
    expect(outcome.kind).toBe('lost');
    expect(server.requests).toBe(1);
  });

  it('is something that is not HTTP', async () => {
    const server = await serveRaw((socket) => socket.once('data', () => socket.end('hello there\r\n\r\n')));
    expect((await sender()({ method: 'GET', url: server.url, headers: {} })).kind).toBe('lost');
  });

  it('is a body that says it is larger than the cap, and names that', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': String(10_000_000) });
      response.end(Buffer.alloc(10_000_000, 0x20));
    });
    const outcome = await sender()({ method: 'GET', url: server.url, headers: {}, maxBodyBytes: 1_000 });
    expect(outcome.kind === 'lost' && outcome.reason.startsWith(BODY_TOO_LARGE)).toBe(true);
    expect(server.requests).toBe(1);
  });

  it('is a body without a length that grows past the cap', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200);
      for (let count = 0; count < 100; count += 1) response.write(Buffer.alloc(10_000, 0x20));
      response.end();
    });
    const outcome = await sender()({ method: 'POST', url: server.url, headers: {}, body: '{}', maxBodyBytes: 50_000 });
    expect(outcome.kind === 'lost' && outcome.reason.startsWith(BODY_TOO_LARGE)).toBe(true);
  });

  it('is a request that is given up, and the server sees its connection end', async () => {
    let giveUp = (): void => {};
    const givenUp = {
      onGivenUp(listener: () => void) {
        giveUp = listener;
        return () => {};
      },
    };
    const ended = Promise.withResolvers<void>();
    const server = await serve((request) => {
      request.socket.on('close', () => ended.resolve());
      giveUp();
    });
    const outcome = await sender()({ method: 'GET', url: server.url, headers: {}, givenUp });
    expect(outcome).toEqual({ kind: 'lost', reason: 'given up' });
    await ended.promise;
    expect(server.requests).toBe(1);
  });

  it('is a request under way when the sender is closed', async () => {
    const send = sender();
    const server = await serve(() => send.close());
    expect((await send({ method: 'POST', url: server.url, headers: {}, body: '{}' })).kind).toBe('lost');
    expect(server.requests).toBe(1);
  });
});

describe('over TLS', () => {
  it('a trusted server answers, on one connection', async () => {
    const server = await serveTls();
    const send = sender({ certificateAuthorities: testCertificate });
    for (let count = 0; count < 3; count += 1) {
      expect((await send({ method: 'POST', url: server.url, headers: {}, body: '{}' })).kind).toBe('answered');
    }
    expect(server.connections).toBe(1);
  });

  it('a server that cannot prove its name gets no request', async () => {
    const server = await serveTls();
    const outcome = await sender()({ method: 'POST', url: server.url, headers: { client_secret: 'hush' }, body: '{}' });
    expect(outcome.kind).toBe('not-sent');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.requests).toBe(0);
  });
});

describe('a kept connection', () => {
  /** Answers the first request of each connection, then reads the second and hangs up without a word. */
  function hangsUpOnTheSecond(): Promise<Counted> {
    return serveRaw((socket, counted) => {
      let answered = false;
      socket.on('data', (chunk) => {
        counted.requests += 1;
        counted.bodies.push(chunk.toString('utf8').split('\r\n')[0] ?? '');
        if (answered) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok');
        answered = true;
      });
    });
  }

  it('that the server ends under a POST makes it lost, and it is not sent again', async () => {
    const server = await hangsUpOnTheSecond();
    const send = sender();
    expect((await send({ method: 'GET', url: server.url, headers: {} })).kind).toBe('answered');
    expect((await send({ method: 'POST', url: server.url, headers: {}, body: '{}' })).kind).toBe('lost');
    expect(server.bodies.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  it('that the server ends under a GET is asked once more on a new one', async () => {
    const server = await hangsUpOnTheSecond();
    const send = sender();
    await send({ method: 'GET', url: server.url, headers: {} });
    expect((await send({ method: 'GET', url: server.url, headers: {} })).kind).toBe('answered');
    expect(server.connections).toBe(2);
    expect(server.requests).toBe(3);
  });

  it('is given up before the server gives it up, so that a POST after a pause finds a new one', async () => {
    const server = await serve((_request, response) => response.end('ok'), 5_000);
    const send = sender({ idleMs: 60 });
    await send({ method: 'GET', url: server.url, headers: {} });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await send({ method: 'POST', url: server.url, headers: {}, body: '{}' })).kind).toBe('answered');
    expect(server.connections).toBe(2);
    expect(server.requests).toBe(2);
  });

  it('is not given up while an answer is on its way, however long that takes', async () => {
    const server = await serve((_request, response) => setTimeout(() => response.end('ok'), 250));
    expect((await sender({ idleMs: 50 })({ method: 'POST', url: server.url, headers: {}, body: '{}' })).kind).toBe('answered');
    expect(server.requests).toBe(1);
  });

  it('that the server closed while it was idle is not used again', async () => {
    const server = await serveRaw((socket, counted) => {
      socket.on('data', () => {
        counted.requests += 1;
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok');
      });
    });
    const send = sender();
    await send({ method: 'GET', url: server.url, headers: {} });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await send({ method: 'POST', url: server.url, headers: {}, body: '{}' })).kind).toBe('answered');
    expect(server.requests).toBe(2);
  });
});

describe('a connection that was made ready', () => {
  const connected = (server: Counted, count: number) => expect.poll(() => server.connections).toBe(count);

  it('is the one that the first request goes out on', async () => {
    const server = await serve((_request, response) => response.end('ok'));
    const send = sender();
    send.warm(`${server.url}/qr/v1`);
    await connected(server, 1);
    expect(server.requests).toBe(0);
    expect((await send({ method: 'POST', url: `${server.url}/pay`, headers: {}, body: '{}' })).kind).toBe('answered');
    expect(server).toMatchObject({ connections: 1, requests: 1 });
  });

  it('is made once, and not beside one that is free', async () => {
    const server = await serve((_request, response) => response.end('ok'));
    const send = sender();
    for (let count = 0; count < 5; count += 1) send.warm(server.url);
    await connected(server, 1);
    await send({ method: 'GET', url: server.url, headers: {} });
    send.warm(server.url);
    await send({ method: 'GET', url: server.url, headers: {} });
    expect(server).toMatchObject({ connections: 1, requests: 2 });
  });

  it('has its TLS done, and only with a server that proves its name', async () => {
    const server = await serveTls();
    const send = sender({ certificateAuthorities: testCertificate });
    send.warm(server.url);
    await connected(server, 1);
    expect((await send({ method: 'POST', url: server.url, headers: {}, body: '{}' })).kind).toBe('answered');
    expect(server.connections).toBe(1);
    const stranger = sender();
    stranger.warm(server.url);
    expect((await stranger({ method: 'POST', url: server.url, headers: {}, body: '{}' })).kind).toBe('not-sent');
    expect(server.requests).toBe(1);
  });

  it('that the server gave up is not used: the next request makes its own', async () => {
    const server = await serveRaw((socket, counted) => {
      if (counted.connections === 1) socket.destroy();
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
      socket.on('error', () => undefined);
    });
    const send = sender();
    send.warm(server.url);
    await connected(server, 1);
    expect((await send({ method: 'GET', url: server.url, headers: {} })).kind).toBe('answered');
    expect(server.connections).toBeGreaterThanOrEqual(2);
  });

  it('to nobody, or to what is no address, is no trouble', async () => {
    const send = sender();
    for (const url of ['http://127.0.0.1:1', 'ftp://127.0.0.1', 'nonsense', '']) send.warm(url);
    expect((await send({ method: 'GET', url: 'http://127.0.0.1:1', headers: {} })).kind).toBe('not-sent');
  });

  it('ends with the sender', async () => {
    const server = await serve((_request, response) => response.end('ok'));
    let ended = 0;
    const raw = await serveRaw((socket) => {
      socket.on('close', () => {
        ended += 1;
      });
      socket.on('data', () => undefined);
    });
    const send = sender();
    send.warm(raw.url);
    await connected(raw, 1);
    send.close();
    send.warm(server.url);
    await expect.poll(() => ended).toBe(1);
    expect(server.connections).toBe(0);
  });
});
