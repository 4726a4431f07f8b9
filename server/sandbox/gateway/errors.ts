import type { FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import { isObject } from './json-body.ts';
import { gatewayRefusal, Refusal } from './refusal.ts';

/** Sends refusals in the shape they carry; anything else that goes wrong is a plain 500 of the gateway. */
export function registerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: Error & { readonly statusCode?: number }, request, reply) => {
    // A query or path of the wrong shape is the caller's.
    const status = error instanceof ZodError ? 400 : (error.statusCode ?? 500);
    const refusal = error instanceof Refusal ? error : gatewayRefusal(status, status < 500 ? error.message : 'Internal server error');
    const asText = typeof refusal.body === 'string';
    reply.status(refusal.status).headers(refusal.headers);
    if (!asText && refusal.headers['content-type'] === undefined) reply.type('application/json; charset=utf-8');
    return reply.send(asText ? refusal.body : JSON.stringify(withInstance(refusal.body, request.url)));
  });
}

/** ePayment's problems name the path they are about, as it is behind the gateway. The other APIs fill in their own. */
function withInstance(body: unknown, url: string): unknown {
  if (!url.startsWith('/epayment/') || !isObject(body) || body.traceId === undefined) return body;
  return { ...body, instance: url.replace('/epayment', '') };
}
