import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LoggedRequest } from '../control/request-log.ts';
import { header } from '../gateway/authenticate.ts';
import { bodyText, isObject } from '../gateway/json-body.ts';
import { Refusal, tooManyRequests, unauthorized } from '../gateway/refusal.ts';
import type { World } from '../world.ts';
import type { Fault, RouteName } from './fault.ts';
import { refusalOf } from './refused.ts';
import { htmlPage, spoil } from './spoil.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which of the provider's operations a route is. Routes without it are the sandbox's own. */
    route?: RouteName;
  }
  interface FastifyRequest {
    /** The faults that strike this request. */
    faults: readonly Fault[];
    logged: LoggedRequest | null;
  }
}

/** The payment a request is about, for the log and for faults that strike one payment only. */
function referenceOf(request: FastifyRequest): string | null {
  const params = request.params as { readonly orderId?: string; readonly reference?: string } | undefined;
  const inPath = params?.orderId ?? params?.reference;
  if (inPath !== undefined) return inPath;
  try {
    const body: unknown = JSON.parse(bodyText(request));
    if (!isObject(body)) return null;
    if (typeof body.reference === 'string') return body.reference;
    const { transaction } = body;
    return isObject(transaction) && typeof transaction.orderId === 'string' ? transaction.orderId : null;
  } catch {
    return null;
  }
}

function cut(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.destroy();
}

/**
 * Puts the faults, the latency of a leg and the log around the provider's routes.
 * `stopped` ends every wait when the sandbox closes.
 */
export function registerFaults(server: FastifyInstance, world: World, stopped: AbortSignal): void {
  server.decorateRequest('faults', null as unknown as readonly Fault[]);
  server.decorateRequest('logged', null);

  const pause = async (ms: number): Promise<void> => {
    if (ms > 0) await wait(ms, undefined, { signal: stopped }).catch(() => undefined);
  };

  server.addHook('onRequest', async (request) => {
    request.faults = [];
  });

  server.addHook('preHandler', async (request, reply) => {
    const route = request.routeOptions.config.route;
    if (route === undefined) return;
    const reference = referenceOf(request);
    const logged = world.requests.add({
      atMs: world.clock.nowMs(),
      method: request.method,
      path: request.url.split('?')[0] ?? '',
      route,
      reference,
      requestId: header(request.headers, 'x-request-id') ?? header(request.headers, 'idempotency-key'),
      headerNames: Object.keys(request.headers),
      msn: header(request.headers, 'merchant-serial-number'),
      clientId: askedBy(world, header(request.headers, 'authorization')),
    });
    request.logged = logged;
    request.faults = world.faults.take(route, reference);
    if (request.faults.length > 0) logged.fault = request.faults.map((fault) => fault.kind).join('+');
    await pause(world.legLatencyMs);
    for (const fault of request.faults) await strikeBefore(fault, request, reply, pause);
    return reply.sent ? reply : undefined;
  });

  server.addHook('onSend', async (request, reply, payload) => {
    let answer: unknown = payload;
    for (const fault of request.faults) {
      if (fault.kind === 'latency' && fault.afterEffect) await pause(fault.ms);
      if (cutsAfter(fault)) {
        request.logged = null;
        request.raw.socket.destroy();
        return answer;
      }
      answer = await strikeAfter(fault, request, reply, answer);
    }
    if (request.logged !== null) request.logged.status = reply.statusCode;
    return answer;
  });
}

/** The owner of the keys that a token was made with. */
function askedBy({ tokens, salesUnits, partners }: World, authorization: string | null): string | null {
  const owner = tokens.ownerOf((authorization ?? '').replace(/^Bearer /, ''));
  return [...salesUnits, ...partners].find(({ subscriptionKey }) => subscriptionKey === owner)?.clientId ?? null;
}

async function strikeBefore(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  switch (fault.kind) {
    case 'latency':
      if (!fault.afterEffect) await pause(fault.ms);
      return;
    case 'cut-before':
      cut(request, reply);
      return;
    case 'rate-limited':
      if (fault.retryAfterSeconds === null) throw new Refusal(429, { statusCode: 429, message: 'Rate limit is exceeded.' });
      throw tooManyRequests(fault.retryAfterSeconds);
    case 'unauthorized':
      throw unauthorized('The access token is not valid, or has expired.');
    case 'server-error':
      if (!fault.afterEffect) throw serverError(fault.status);
      return;
    case 'html':
      if (!fault.afterEffect) throw new Refusal(fault.status, htmlPage, { 'content-type': 'text/html; charset=utf-8' });
      return;
    case 'refused':
      throw refusalOf(fault.code);
    case 'duplicate':
    case 'reorder':
    case 'lost':
    case 'forged':
    case 'cut-after':
    case 'stale':
    case 'wrong-type':
    case 'missing-field':
    case 'broken-json':
    case 'huge-body':
    case 'not-a-png':
    case 'late':
    case 'other-amount':
      return;
  }
}

function serverError(status: number): Refusal {
  return new Refusal(status, { statusCode: status, message: 'The service is temporarily unavailable.' });
}

function cutsAfter(fault: Fault): boolean {
  return fault.kind === 'cut-after' || (fault.kind === 'late' && fault.answer === 'cut');
}

async function strikeAfter(fault: Fault, request: FastifyRequest, reply: FastifyReply, answer: unknown): Promise<unknown> {
  const fails = (fault.kind === 'server-error' && fault.afterEffect) || (fault.kind === 'late' && fault.answer === 'error');
  if (fails) {
    const status = fault.kind === 'server-error' ? fault.status : 500;
    reply.status(status).type('application/json; charset=utf-8');
    return JSON.stringify(serverError(status).body);
  }
  if (fault.kind === 'html' && fault.afterEffect) {
    reply.status(fault.status).type('text/html; charset=utf-8');
    return htmlPage;
  }
  const route = request.routeOptions.config.route;
  if (route === undefined || reply.statusCode >= 300) return answer;
  if (typeof answer !== 'string' && !Buffer.isBuffer(answer)) return answer;
  return spoil(fault, answer) ?? answer;
}
