/**
 * Head office's page over HTTP: the built page at `/`, its questions under `/page/`. A person is proved by the session's
 * cookie alone; a register's key opens nothing here, and a cookie nothing under `/v1/`.
 *
 * A page of another site cannot ask in somebody's name: its requests carry no cookie (SameSite), cannot be JSON without
 * asking first, and say where they come from.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  PAGE_ASKS,
  type PageAsk,
  type PageProblem,
  type PageRequest,
  settlementFileRequest,
} from '../../../app/head-office/page-contract.ts';
import { parseRequest } from '../../../app/refund/contract.ts';
import { problemStatus, RefusedByHeadOffice } from '../../../app/refund/problem.ts';
import { SECURITY_HEADERS } from '../../web/guard.ts';
import type { Office } from '../office.ts';
import { ChainError } from '../registers.ts';
import { ANSWERS, type SignedInAsk, settlementFile } from './answers.ts';
import { takeAttempt } from './attempts.ts';
import { findPerson, type Person, plainName } from './people.ts';
import { PageRefusal } from './refusal.ts';
import { beginSession, endSession, personOf, SESSION_LASTS_MS } from './sessions.ts';

export interface PageOptions {
  /** The built screens. */
  readonly rendererDir: string;
  /** Makes a refusal of what went wrong elsewhere in the program. */
  readonly refusalOf: (error: FastifyError) => RefusedByHeadOffice;
}

const COOKIE = 'tillit_session';
/** Guessing is slow work: from one address, and at one name from everywhere. */
const ADDRESS_LIMIT = { burst: 10, perMinute: 10 };
const NAME_LIMIT = { burst: 10, perMinute: 2 };
const SMALL_BYTES = 16_384;
const NOT_BUILT = 'The page of head office is not built. Run "npm run build" where the program lies, then load this page again.\n';

/** Adds the page to a server, in a scope of its own. */
export async function addPage(server: FastifyInstance, office: Office, options: PageOptions): Promise<void> {
  server.addHook('onSend', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS);
  });
  await servePage(server, options.rendererDir);
  await server.register(async (own) => answerAsks(own, office, options), { prefix: '/page' });
}

async function servePage(server: FastifyInstance, rendererDir: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: join(rendererDir, 'assets'),
    prefix: '/assets/',
    index: false,
    cacheControl: false,
    // Built files have their digest in the name and never change.
    setHeaders: (reply) => void reply.header('cache-control', 'public, max-age=31536000, immutable'),
  });
  server.get('/', (_request, reply) => {
    const file = join(rendererDir, 'head-office.html');
    if (!existsSync(file)) return reply.status(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    return reply.type('text/html; charset=utf-8').send(readFileSync(file));
  });
}

async function answerAsks(server: FastifyInstance, office: Office, { refusalOf }: PageOptions): Promise<void> {
  async function signedIn(request: FastifyRequest): Promise<Person> {
    const token = sessionToken(request.headers);
    const person = token === null ? null : await personOf(office, token, request.headers['x-by-itself'] === undefined);
    if (person === null) throw new PageRefusal('not-signed-in');
    return person;
  }

  server.addHook('onRequest', async (request) => refuseOtherSites(request));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const refused = problemOf(error, refusalOf);
    if (refused.problem.code === 'internal') {
      office.log.write('error', 'server.defect', { path: request.routeOptions.url ?? '', message: error.message });
    }
    return refuse(reply, refused);
  });
  const post = (ask: PageAsk, answer: (request: FastifyRequest, reply: FastifyReply) => Promise<object>) =>
    server.post(`/${ask}`, { bodyLimit: SMALL_BYTES }, answer);

  post('sign-in', async (request, reply) => {
    const { name, password } = parseRequest(PAGE_ASKS['sign-in'].request, request.body);
    await takeAttempt(office, ADDRESS_LIMIT, `address ${request.ip}`);
    await takeAttempt(office, NAME_LIMIT, `name ${plainName(name)}`);
    const person = await findPerson(office, name, password);
    if (person === null) {
      office.log.write('warn', 'page.wrong-password', { address: request.ip });
      throw new PageRefusal('wrong-password');
    }
    reply.header('set-cookie', cookieOf(request, await beginSession(office, person), SESSION_LASTS_MS / 1_000));
    return { name: person.name, role: person.role };
  });
  post('sign-out', async (request, reply) => {
    const token = sessionToken(request.headers);
    if (token !== null) await endSession(office, token);
    reply.header('set-cookie', cookieOf(request, '', 0));
    return {};
  });

  function answerSignedIn<Ask extends SignedInAsk>(ask: Ask): void {
    const { by, request: schema } = PAGE_ASKS[ask];
    post(ask, async (request) => {
      const person = await signedIn(request);
      if (by === 'manager' && person.role !== 'manager') throw new PageRefusal('not-allowed');
      return ANSWERS[ask](office, parseRequest(schema, request.body) as PageRequest<Ask>, person);
    });
  }
  for (const ask of Object.keys(ANSWERS) as SignedInAsk[]) answerSignedIn(ask);

  server.get('/settlement.csv', async (request, reply) => {
    await signedIn(request);
    const { from, to } = parseRequest(settlementFileRequest, request.query);
    const text = await settlementFile(office, { fromDate: from, toDate: to });
    return reply
      .header('content-disposition', `attachment; filename="settlement-${from}-${to}.csv"`)
      .type('text/csv; charset=utf-8')
      .send(text);
  });
}

/** What another site's page sends is refused, whatever cookie came with it; so is what no page of ours would send. */
function refuseOtherSites({ method, headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && !(site === 'none' && method === 'GET')) throw new PageRefusal('other-site');
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase().replace(/^https?:\/\//, '') !== (headers.host ?? '').toLowerCase()) {
    throw new PageRefusal('other-site');
  }
  if (method === 'POST' && !/^application\/json(?:;|$)/i.test(headers['content-type'] ?? '')) throw new PageRefusal('not-json');
}

/** Under TLS, our own or that of what stands in front, the cookie never travels without it. */
function cookieOf(request: FastifyRequest, token: string, lastsSeconds: number): string {
  const isSecure = request.protocol === 'https' || request.headers.origin?.toLowerCase().startsWith('https://') === true;
  const parts = [`${COOKIE}=${token}`, 'Path=/page', `Max-Age=${lastsSeconds}`, 'HttpOnly', 'SameSite=Strict'];
  return [...parts, ...(isSecure ? ['Secure'] : [])].join('; ');
}

function sessionToken(headers: IncomingHttpHeaders): string | null {
  return /(?:^|; )tillit_session=([A-Za-z0-9_-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1] ?? null;
}

function problemOf(error: FastifyError, refusalOf: PageOptions['refusalOf']): { readonly status: number; readonly problem: PageProblem } {
  if (error instanceof PageRefusal) return { status: error.status, problem: { code: error.code, message: error.message } };
  const said = error instanceof ChainError ? new RefusedByHeadOffice('bad-request', {}, error.message) : error;
  const { code, message, facts } = said instanceof RefusedByHeadOffice ? said : refusalOf(said);
  const { retryAfterSeconds } = facts;
  const problem = { code, message, ...(typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}) };
  return { status: problemStatus(code), problem };
}

function refuse(reply: FastifyReply, { status, problem }: ReturnType<typeof problemOf>): FastifyReply {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  return reply.status(status).send(problem);
}
