/**
 * The till over HTTP and WebSocket: the built screens as files, the commands, the queries, the views and the virtual
 * printer's papers. Every answer that is not what was asked for is `{ok: false, code, message}`; `docs/protocol.md`
 * tells the whole to those who write programs against it.
 */
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Log } from '../../app/till/ports.ts';
import { bearerToken, type Refusal, refuseHost, refuseOrigin, refuseRole, SECURITY_HEADERS } from './guard.ts';
import { startLive } from './live.ts';
import { handleCommand, handleQuery, LARGE_BYTES, SMALL_BYTES } from './messages.ts';
import { addPrinterRoutes, type PaperDesk } from './printer-routes.ts';
import type { ShownTill } from './till.ts';
import { type Role, roleFinder, type Tokens } from './tokens.ts';

export interface WebShellOptions {
  readonly till: ShownTill;
  /** `null` where a real printer stands: its paper is on the counter. */
  readonly virtualPrinter: PaperDesk | null;
  /** 0: any free port. */
  readonly port: number;
  /** Default `127.0.0.1`: this machine only. `0.0.0.0` lets tablets of the same network in. */
  readonly host?: string;
  readonly tokens: Tokens;
  /** The built screens, `dist/renderer`. */
  readonly rendererDir: string;
  readonly log: Log;
  /** Answers the manager's page; without it there are no settings. */
  readonly settings?: ((request: unknown) => Promise<unknown>) | undefined;
  readonly beatMs?: number;
}

export interface WebShell {
  /** Where it answers, the most useful first: `http://127.0.0.1:8420`. */
  readonly addresses: readonly string[];
  readonly port: number;
  close(): Promise<void>;
}

/** Somebody else listens on that port. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
}

/** The machine has no such address, or a port that it may not open. */
export class CannotListenError extends Error {
  override readonly name = 'CannotListenError';
}

const PAGES = ['cashier', 'customer', 'printer', 'settings', 'gallery'] as const;

/** Starts listening. Throws `PortInUseError` or `CannotListenError` with a sentence. */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const host = options.host ?? '127.0.0.1';
  const roleOf = roleFinder(options.tokens);
  const server = fastify({ logger: false, bodyLimit: SMALL_BYTES, requestTimeout: 60_000, forceCloseConnections: true });
  guardEverything(server, host, options.log);
  const need = roleGuard(roleOf);

  server.post<{ Body: JsonBody }>('/api/commands', { onRequest: need('cashier'), bodyLimit: LARGE_BYTES }, async (request, reply) => {
    const handled = await handleCommand(options.till, options.log, request.body.value, request.body.byteCount);
    return reply.code(handled.status).send(handled.answer);
  });
  server.post<{ Body: JsonBody }>('/api/queries', { onRequest: need('cashier') }, async (request, reply) => {
    const handled = await handleQuery(options.till, options.log, request.body.value);
    return reply.code(handled.status).send(handled.answer);
  });
  server.get('/api/views/cashier', { onRequest: need('cashier') }, () => options.till.cashierView());
  server.get('/api/views/customer', { onRequest: need('customer', 'cashier') }, () => options.till.customerView());
  server.post<{ Body: JsonBody }>('/api/settings', { onRequest: need('manager') }, (request, reply) => {
    if (options.settings !== undefined) return options.settings(request.body.value);
    return refuse(reply, { status: 404, code: 'not-found', message: 'This register has no settings to change from here.' });
  });
  const practice = () => options.till.cashierView().practice?.text ?? null;
  if (options.virtualPrinter !== null) {
    const language = () => options.till.cashierView().language;
    addPrinterRoutes(server, { desk: options.virtualPrinter, practice, language, need, refuse });
  }
  await servePages(server, options.rendererDir);

  await server.ready();
  const stopLive = startLive({
    server: server.server,
    till: options.till,
    log: options.log,
    host,
    roleOf,
    ...(options.beatMs === undefined ? {} : { beatMs: options.beatMs }),
  });
  try {
    await server.listen({ port: options.port, host });
  } catch (error) {
    stopLive();
    await server.close();
    throw listenError(error, host, options.port);
  }
  const { port } = server.server.address() as AddressInfo;
  return {
    addresses: addressesOf(host).map((name) => `http://${name}:${port}`),
    port,
    async close() {
      stopLive();
      await server.close();
    },
  };
}

interface JsonBody {
  readonly value: unknown;
  readonly byteCount: number;
}

class BadJsonError extends Error {
  override readonly name = 'BadJsonError';
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(refusal.status).send({ ok: false, code: refusal.code, message: refusal.message });
}

/** Headers, the Host and Origin rules, JSON only, and answers instead of stack traces. */
function guardEverything(server: FastifyInstance, host: string, log: Log): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    const refusal = refuseHost(request.headers, host) ?? (request.method === 'GET' ? null : refuseOrigin(request.headers));
    if (refusal === null) done();
    else refuse(reply, refusal);
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => {
    try {
      done(null, { value: JSON.parse(bytes.toString('utf8')), byteCount: bytes.length } satisfies JsonBody);
    } catch {
      done(new BadJsonError('The body is not JSON.'));
    }
  });
  server.setNotFoundHandler((_request, reply) =>
    refuse(reply, { status: 404, code: 'not-found', message: 'There is nothing here. docs/protocol.md lists the addresses.' }),
  );
  server.setErrorHandler<FastifyError>((error, request, reply) => refuse(reply, refusalFor(error, request, log)));
}

function refusalFor(error: FastifyError, request: FastifyRequest, log: Log): Refusal {
  if (error instanceof BadJsonError) return { status: 400, code: 'bad-json', message: error.message };
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { status: 413, code: 'too-large', message: 'The body is too large: 1 MB at most, 60 MB for import-catalogue.' };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { status: 415, code: 'not-json', message: 'Send JSON, with "Content-Type: application/json".' };
    default:
      if (error.statusCode !== undefined && error.statusCode < 500) {
        return { status: error.statusCode, code: 'bad-request', message: 'The request is not of a known form.' };
      }
      log.write('error', 'web.request-failed', { route: request.routeOptions.url ?? '', error: `${error.name}: ${error.message}` });
      return { status: 500, code: 'internal', message: 'The register could not do that. Its log says why.' };
  }
}

/**
 * Lets only these roles on. A browser cannot add a header to a picture or to an event stream, so the printer's reading
 * addresses take `?token=` too: the printer's alone, which opens nothing but practice paper. An address is written down in
 * places where a cashier's token must never stand.
 */
function roleGuard(roleOf: (token: string) => Role | null) {
  return (...allowed: readonly Role[]) =>
    (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
      const { token } = request.query as { readonly token?: unknown };
      const inAddress = request.method === 'GET' && request.url.startsWith('/api/printer/') && typeof token === 'string' ? token : null;
      const paired = inAddress !== null && roleOf(inAddress) === 'printer' ? inAddress : '';
      const refusal = refuseRole(roleOf(bearerToken(request.headers) ?? paired), allowed);
      if (refusal === null) {
        done();
        return;
      }
      if (refusal.status === 401) reply.header('www-authenticate', 'Bearer');
      refuse(reply, refusal);
    };
}

/** The screens at clean addresses: `/cashier` is `cashier.html`. Built files have their digest in the name and never change. */
async function servePages(server: FastifyInstance, rendererDir: string): Promise<void> {
  const assets = `${sep}assets${sep}`;
  await server.register(fastifyStatic, {
    root: rendererDir,
    prefix: '/',
    index: false,
    cacheControl: false,
    dotfiles: 'ignore',
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes(assets) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  server.get('/', (_request, reply) => reply.redirect('/cashier'));
  for (const page of PAGES) {
    server.get(`/${page}`, (_request, reply) => {
      const file = [`${page}.html`, `${page}/index.html`].find((name) => existsSync(join(rendererDir, name)));
      if (file !== undefined) return reply.sendFile(file);
      return refuse(reply, {
        status: 404,
        code: 'not-found',
        message: 'This screen is not built. Run "npm run build", then load the page again.',
      });
    });
  }
}

function listenError(error: unknown, host: string, port: number): Error {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new PortInUseError(`Port ${port} on ${host} is in use by another program. Choose another with --port, or stop that program.`);
    case 'EACCES':
      return new CannotListenError(`This user may not open port ${port}. Choose one above 1023 with --port.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new CannotListenError(
        `This machine has no address ${host}. Use --host 127.0.0.1 for this machine only, or 0.0.0.0 for the network.`,
      );
    default:
      return new CannotListenError(`Cannot listen on ${host}, port ${port}: ${error instanceof Error ? error.message : 'no reason given'}`);
  }
}

/** Names to reach it by. Listening everywhere, that is this machine and each of its network addresses. */
function addressesOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host.includes(':') ? `[${host}]` : host];
  const outer = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => !address.internal && address.family === 'IPv4')
    .map((address) => address.address);
  return ['127.0.0.1', ...outer];
}
