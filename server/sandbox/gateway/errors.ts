import type { FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import { gatewayRefusal, Refusal } from './refusal.ts';

/** Sends refusals in the shape they carry; anything else that goes wrong is a plain 500 of the gateway. */
export function registerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
    // A query or path of the wrong shape is the caller's.
    const status = error instanceof ZodError ? 400 : (error.statusCode ?? 500);
    const refusal = error instanceof Refusal ? error : gatewayRefusal(status, status < 500 ? error.message : 'Internal server error');
    const asText = typeof refusal.body === 'string';
    reply.status(refusal.status).headers(refusal.headers);
    if (!asText && refusal.headers['content-type'] === undefined) reply.type('application/json; charset=utf-8');
    return reply.send(asText ? refusal.body : JSON.stringify(refusal.body));
  });
}
