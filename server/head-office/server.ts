/** Head office over HTTP: the contract of `app/refund/contract.ts` for registers, and a page for people (`page/`). */
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  enrolRequest,
  journalRequest,
  orderRequest,
  pageRequest,
  parseRequest,
  publishedRequest,
  refundAsk,
  refundConfirm,
  refundNamed,
  searchRequest,
} from '../../app/refund/contract.ts';
import { type ProblemCode, problemSentence, problemStatus, RefusedByHeadOffice } from '../../app/refund/problem.ts';
import { rendererDir } from '../web/built-screens.ts';
import { takeCallbacks } from './callbacks.ts';
import { type Events, openEvents } from './events.ts';
import { readJson, takeJournals } from './journal-route.ts';
import { readJournal } from './kept-journal.ts';
import { type Limit, Limits } from './limits.ts';
import type { Office, Register } from './office.ts';
import { namesOfStores, readOrder, searchOrders } from './orders.ts';
import { addPage } from './page/routes.ts';
import { editionOf, newsFor, pageFor } from './publications.ts';
import { tellRefund } from './refund-rows.ts';
import { ask, confirm, withdraw } from './refunds.ts';
import { authenticate, enrol, registerOf, rotateKey } from './registers.ts';
import { addRelay, type RelayOptions } from './relay/relay.ts';
import { createSender } from './sender.ts';
import { keepWebhooks, provenReference } from './webhooks.ts';

export interface ServerOptions {
  /** 0: any free port. */
  readonly port: number;
  /** An address of this machine. Anything but loopback needs TLS. */
  readonly host: string;
  /** Certificate and key, PEM files. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** Of one register. */
  readonly limit?: Limit;
  /** Of one address, for codes and for keys that are none. */
  readonly strangers?: Limit;
  /** How long a register's wait for events is held. */
  readonly eventsWithinMs?: number;
  /** Looks for refunds to go on with by itself. Default true. */
  readonly sweeps?: boolean;
  /** Where the provider reaches this server, for webhooks. `null`: they are not wanted. */
  readonly publicUrl?: string | null;
  /** The built page for people. Default: where `npm run build` puts it. */
  readonly rendererDir?: string;
}

export interface HeadOfficeServer {
  readonly url: string;
  /** Goes on with everything that is due at the provider now. */
  sweep(): Promise<void>;
  /** Has the provider tell this address of payments, by webhooks from now on and by the callbacks of what is begun. `false`: not all of it could be arranged. */
  keepWebhooks(publicUrl: string): Promise<boolean>;
  close(): Promise<void>;
}

/** The options make no sense. The message says what to do. */
export class ServerOptionsError extends Error {
  override readonly name = 'ServerOptionsError';
}

const SMALL_BYTES = 65_536;
/** As long as a cashier looks at "being sent" before it is worth saying that it takes longer. */
const ANSWER_WITHIN_MS = 8_000;
/** Shorter than what lies between usually waits for an answer. */
const EVENTS_WITHIN_MS = 25_000;
const WEBHOOK_BYTES = 65_536;
const REGISTER_LIMIT: Limit = { burst: 300, perMinute: 3_000 };
const STRANGER_LIMIT: Limit = { burst: 10, perMinute: 10 };

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/** Starts answering. @throws ServerOptionsError; a port in use is Node's own error. */
export async function startServer(office: Office, options: ServerOptions): Promise<HeadOfficeServer> {
  const { host, port, tls } = options;
  if (tls === null && !isLoopback(host)) {
    throw new ServerOptionsError(
      'Without a certificate head office listens on this machine only. Give --tls-cert and --tls-key, or --host 127.0.0.1.',
    );
  }
  const https = tls === null ? null : { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
  const server = Fastify({
    https,
    bodyLimit: SMALL_BYTES,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    requestTimeout: 30_000,
  }) as unknown as FastifyInstance;
  const sender = createSender(office);
  const events = await openEvents(office.store, office.clock);
  answerErrors(server, office);
  let publicUrl = options.publicUrl ?? null;
  addRoutes(server, office, { ...options, whereReached: () => publicUrl }, events, (refundId) => sender.advance(refundId));
  await server.register(async (own) => takeWebhooks(own, office, events));
  await server.register(async (own) => addPage(own, office, { rendererDir: options.rendererDir ?? rendererDir, refusalOf }));
  await server.listen({ host, port });
  if (options.sweeps !== false) sender.start();
  const stopKeeping = keepKeeping(office, publicUrl);
  const address = server.server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${tls === null ? 'http' : 'https'}://${name}:${address.port}`,
    sweep: () => sender.sweep(),
    keepWebhooks(url) {
      publicUrl = url;
      return keepWebhooks(office, url);
    },
    async close() {
      stopKeeping();
      await events.close();
      await server.close();
      await sender.stop();
    },
  };
}

function addRoutes(
  server: FastifyInstance,
  office: Office,
  options: ServerOptions & Pick<RelayOptions, 'whereReached'>,
  events: Events,
  advance: (refundId: string) => Promise<void>,
): void {
  const registers = new Limits(options.limit ?? REGISTER_LIMIT, office.clock);
  /** A day's journal that is being sent must not stand in a payment's way. */
  const sellers = new Limits(options.limit ?? REGISTER_LIMIT, office.clock);
  const strangers = new Limits(options.strangers ?? STRANGER_LIMIT, office.clock);
  const { db } = office.store;

  /** Who is asking: the key says it, and nothing else does. */
  async function registerFor(request: FastifyRequest, limits = registers): Promise<Register> {
    try {
      const register = await authenticate(office, bearerKey(request.headers));
      limits.take(String(register.registerNo));
      return register;
    } catch (error) {
      if (error instanceof RefusedByHeadOffice && error.code !== 'too-many') strangers.take(request.ip);
      throw error;
    }
  }

  const post = (path: string, answer: (register: Register, body: unknown) => Promise<object>) =>
    server.post(path, async (request) => answer(await registerFor(request), request.body));

  server.get('/health', async () => ({ ok: true }));
  server.post('/v1/enrol', async (request) => {
    strangers.take(request.ip);
    const { code, software } = parseRequest(enrolRequest, request.body);
    const { key, registerNo } = await enrol(office, code, software);
    return { key, ...(await tellRegister(office, await registerOf(db, registerNo))) };
  });
  server.get('/v1/register', async (request) => tellRegister(office, await registerFor(request)));
  server.post('/v1/key', async (request) => {
    const register = await registerFor(request);
    return { key: await rotateKey(office, register, bearerKey(request.headers) ?? '') };
  });
  server.register(async (own) => takeJournals(own, office, registerFor));
  post('/v1/journal/read', async (register, body) => {
    const { fromSeq, most } = parseRequest(journalRequest, body);
    return { entries: await readJournal(db, register.registerNo, fromSeq, most) };
  });
  server.get('/v1/stores', async (request) => {
    await registerFor(request);
    return { stores: await namesOfStores(db) };
  });
  post('/v1/orders/search', async (_register, body) => searchOrders(db, parseRequest(searchRequest, body)));
  post('/v1/orders/read', async (_register, body) => readOrder(db, parseRequest(orderRequest, body).orderId));

  post('/v1/published', async (register, body) => newsFor(office, register, parseRequest(publishedRequest, body).have));
  post('/v1/published/read', async (register, body) => {
    const { version, page } = parseRequest(pageRequest, body);
    return pageFor(office, register, version, page);
  });

  server.post('/v1/events/wait', async (request) => {
    const register = await registerFor(request);
    const references = await events.wait(register, options.eventsWithinMs ?? EVENTS_WITHIN_MS);
    try {
      // The key may have been taken back while it waited.
      await authenticate(office, bearerKey(request.headers));
    } catch (error) {
      // The next key of this register hears it.
      for (const reference of references) await events.tell(reference);
      throw error;
    }
    return { references, published: await editionOf(office) };
  });

  post('/v1/refunds', async (register, body) => {
    const wish = parseRequest(refundAsk, body);
    await ask(office, register, wish);
    return tellRefund(db, wish.refundId, register.registerNo);
  });
  post('/v1/refunds/confirm', async (register, body) => {
    const { refundId, creditOre } = parseRequest(refundConfirm, body);
    await confirm(office, register, refundId, creditOre);
    await withinMs(advance(refundId), ANSWER_WITHIN_MS);
    return tellRefund(db, refundId, register.registerNo);
  });
  post('/v1/refunds/withdraw', async (register, body) => {
    const { refundId } = parseRequest(refundNamed, body);
    await withdraw(office, register, refundId);
    return tellRefund(db, refundId, register.registerNo);
  });
  post('/v1/refunds/state', async (register, body) => tellRefund(db, parseRequest(refundNamed, body).refundId, register.registerNo));

  addRelay(server, office, { registerFor: (request) => registerFor(request, sellers), whereReached: options.whereReached });
}

/** The provider's own requests: raw, because what is signed are the very bytes. */
function takeWebhooks(server: FastifyInstance, office: Office, events: Events): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.post('/hooks/:unitId', { bodyLimit: WEBHOOK_BYTES }, async (request, reply) => {
    const { unitId } = request.params as { readonly unitId: string };
    const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array();
    const reference = await provenReference(office, unitId, { headers: request.headers, body });
    // Nothing more to whoever cannot prove who they are.
    if (reference === null) return reply.status(401).send();
    if (reference !== '') await events.tell(reference);
    return reply.status(200).send();
  });
  takeCallbacks(server, office, events);
}

const DAY_MS = 86_400_000;
const SOON_MS = 60_000;

/** Once a day the provider is asked whether it still has our webhooks; sooner when something was wrong. */
function keepKeeping(office: Office, publicUrl: string | null): () => void {
  let timer: NodeJS.Timeout | null = null;
  let stopped = publicUrl === null;
  const look = async (): Promise<void> => {
    const well = publicUrl === null || (await keepWebhooks(office, publicUrl).catch(() => false));
    if (!well) office.log.write('warn', 'webhooks.not-registered');
    if (!stopped) timer = setTimeout(look, well ? DAY_MS : SOON_MS);
  };
  if (!stopped) void look();
  return () => {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
  };
}

async function tellRegister({ store }: Office, register: Register) {
  const { storeId, registerId, storeName, refundLimitOre } = register;
  const { seq, hash, epoch } = await store.db
    .selectFrom('registers')
    .select(['seq', 'hash', 'epoch'])
    .where('register_no', '=', register.registerNo)
    .executeTakeFirstOrThrow();
  return { storeId, registerId, storeName, refundLimitOre, position: seq === 0 ? null : { seq, hash, epoch } };
}

function bearerKey(headers: IncomingHttpHeaders): string | null {
  return /^bearer (tr_[A-Za-z0-9_-]{43})$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

async function withinMs(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

function answerErrors(server: FastifyInstance, office: Office): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, readJson(body.toString()));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, new RefusedByHeadOffice('not-found')));
  server.setErrorHandler((error: FastifyError | RefusedByHeadOffice, request, reply) => {
    const refusal = error instanceof RefusedByHeadOffice ? error : refusalOf(error);
    if (refusal.code === 'internal') {
      // What broke, never what was sent.
      office.log.write('error', 'server.defect', { path: request.routeOptions.url ?? '', message: error.message });
    }
    return refuse(reply, refusal);
  });
}

function refusalOf(error: FastifyError): RefusedByHeadOffice {
  const code = codeOf(error);
  return new RefusedByHeadOffice(code, {}, problemSentence(code));
}

/** PostgreSQL's own names for "not now": nothing was written. */
const NOT_NOW = new Set(['40001', '40P01', '53300', '57P01', '57P03', 'ECONNREFUSED', 'SQLITE_BUSY']);

function codeOf(error: FastifyError): ProblemCode {
  if (error.statusCode === 413) return 'too-large';
  if (NOT_NOW.has(error.code)) return 'try-later';
  return error.statusCode !== undefined && error.statusCode < 500 ? 'bad-request' : 'internal';
}

function refuse(reply: FastifyReply, { code, message, facts }: RefusedByHeadOffice): FastifyReply {
  const { retryAfterSeconds } = facts;
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', String(retryAfterSeconds));
  // So that whoever speaks to the provider through here can tell whose answer it is.
  return reply
    .status(problemStatus(code))
    .header('x-tillit-head-office', code)
    .send({ code, message, ...facts });
}
