import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { authenticate, header } from '../gateway/authenticate.ts';
import { readJsonObject } from '../gateway/json-body.ts';
import { gatewayRefusal, Refusal } from '../gateway/refusal.ts';
import { paymentUrl, qrImageUrl, tokenInUrl } from '../payments/payment-url.ts';
import type { World } from '../world.ts';
import { qrPng, qrSvg } from './image.ts';

const defaultSizePx = 800;
const formats = ['image/png', 'image/svg+xml', 'image/*', 'text/targetUrl'] as const;

function qrRefusal(status: number, title: string, detail: string, invalid?: { readonly name: string; readonly reason: string }): Refusal {
  return new Refusal(status, {
    type: 'https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.1',
    title,
    detail,
    instance: randomUUID(),
    ...(invalid === undefined ? {} : { invalidParams: [invalid] }),
  });
}

function readFormat(accept: string | null): (typeof formats)[number] {
  const asked = (accept ?? '').split(',').map((each) => (each.split(';')[0] ?? '').trim().toLowerCase());
  for (const each of asked) {
    const format = formats.find((known) => known.toLowerCase() === each);
    if (format !== undefined) return format;
  }
  throw qrRefusal(415, 'Unsupported media type', `Accept must be one of ${formats.join(', ')}.`);
}

function readSize(value: string | null): number {
  const sizePx = value === null ? defaultSizePx : Number(value);
  if (Number.isInteger(sizePx) && sizePx >= 100 && sizePx <= 2000) return sizePx;
  throw qrRefusal(400, 'One or more validation errors occurred.', 'BadRequest', {
    name: 'Size',
    reason: 'The field Size must be a whole number between 100 and 2000.',
  });
}

/** The one-time payment QR (`POST /qr/v1`) and the pictures it leads to. */
export function registerQr(server: FastifyInstance, world: World): void {
  server.post('/qr/v1', { config: { route: 'qr' } }, async (request) => {
    authenticate(world, request.headers);
    const format = readFormat(header(request.headers, 'accept'));
    const sizePx = readSize(header(request.headers, 'size'));
    const body = readJsonObject(request);
    if (typeof body?.url !== 'string' || body.url === '') {
      const reason = 'The Url field is required.';
      throw qrRefusal(400, 'One or more validation errors occurred.', 'BadRequest', { name: 'Url', reason });
    }
    const token = tokenInUrl(world.baseUrl, body.url.trim());
    const payment = token === null ? null : world.payments.findByToken(token);
    if (payment === null) throw qrRefusal(400, 'Validation error', 'Supplied landing page token is not valid');
    const leftMs = payment.openByMs - world.clock.nowMs();
    if (leftMs <= 0) throw qrRefusal(400, 'Order timeout', 'Payment has already timed out');
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
