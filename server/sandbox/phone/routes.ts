import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { gatewayRefusal } from '../gateway/refusal.ts';
import { act, CustomerActionRefused } from '../payments/customer.ts';
import { landingPath } from '../payments/payment-url.ts';
import type { World } from '../world.ts';
import { phonePage } from './page.ts';

const landingSchema = z.object({ token: z.string().optional() });
const phoneSchema = z.object({ lang: z.string().optional() });

/** The payment's own address: opening it is scanning it, and leads to the phone with that payment on it. */
export function registerLanding(server: FastifyInstance, world: World): void {
  server.get(landingPath, { config: { route: 'landing' } }, async (request, reply) => {
    const payment = world.payments.findByToken(landingSchema.parse(request.query).token ?? '');
    if (payment === null) throw gatewayRefusal(404, 'Resource not found');
    try {
      act(payment, 'open', world.clock.nowMs());
      world.changes.tell();
    } catch (error) {
      // A code that is over is shown on the phone as what has become of it.
      if (!(error instanceof CustomerActionRefused)) throw error;
    }
    return reply.redirect(`/phone?payment=${payment.token}`, 302);
  });
}

/** `/phone`: a page shaped like a customer's phone. */
export function registerPhone(server: FastifyInstance): void {
  server.get('/phone', async (request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    const language = phoneSchema.parse(request.query).lang === 'en' ? 'en' : 'no';
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    reply.header(
      'content-security-policy',
      `default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
    );
    return reply.send(phonePage(language, nonce));
  });
}
