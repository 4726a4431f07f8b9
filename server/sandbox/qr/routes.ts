import type { FastifyInstance } from 'fastify';
import { authenticate, header } from '../gateway/authenticate.ts';
import { readJsonObject } from '../gateway/json-body.ts';
import { invalidParams, unsupportedMediaType, validationError } from '../gateway/problem.ts';
import { gatewayRefusal } from '../gateway/refusal.ts';
import { paymentUrl, qrImageUrl, tokenInUrl } from '../payments/payment-url.ts';
import type { World } from '../world.ts';
import { readFormat, readSize } from './format.ts';
import { qrPng, qrSvg } from './image.ts';

/** The one-time payment QR (`POST /qr/v1`) and the pictures it leads to. */
export function registerQr(server: FastifyInstance, world: World): void {
  server.post('/qr/v1', { config: { route: 'qr' } }, async (request) => {
    authenticate(world, request.headers);
    const format = readFormat(header(request.headers, 'accept'));
    const sizePx = readSize(header(request.headers, 'size'));
    const body = readJsonObject(request, unsupportedMediaType);
    if (typeof body?.url !== 'string' || body.url === '') {
      throw invalidParams([{ name: 'Url', reason: 'The Url field is required.' }]);
    }
    const token = tokenInUrl(world.baseUrl, body.url.trim());
    const payment = token === null ? null : world.payments.findByToken(token);
    if (payment === null) throw validationError(400, 'Validation error', 'Supplied landing page token is not valid');
    const leftMs = payment.openByMs - world.clock.nowMs();
    if (leftMs <= 0) throw validationError(400, 'Order timeout', 'Payment has already timed out');
    const expiresIn = Math.ceil(leftMs / 1000);
    if (format === 'text/targetUrl') return { url: paymentUrl(world.baseUrl, payment), expiresIn };
    const kind = format === 'image/png' ? 'png' : 'svg';
    return { url: qrImageUrl(world.baseUrl, payment, kind, sizePx), expiresIn };
  });

  for (const kind of ['png', 'svg'] as const) {
    server.get(`/qr/generate/qr.${kind}`, { config: { route: 'qr-image' } }, async (request, reply) => {
      const query = request.query as { readonly token?: string; readonly size?: string };
      const payment = world.payments.findByToken(query.token ?? '');
      if (payment === null || world.clock.nowMs() >= payment.openByMs) throw gatewayRefusal(404, 'Resource not found');
      const text = paymentUrl(world.baseUrl, payment);
      const sizePx = readSize(query.size ?? null);
      reply.header('cache-control', 'no-store');
      if (kind === 'png') return reply.type('image/png').send(qrPng(text, sizePx));
      return reply.type('image/svg+xml').send(await qrSvg(text, sizePx));
    });
  }
}
