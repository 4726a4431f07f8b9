import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SandboxClock } from '../clock.ts';
import { authenticate, header } from '../gateway/authenticate.ts';
import { readJsonObject } from '../gateway/json-body.ts';
import { invalidParams, unsupportedMediaType, validationError } from '../gateway/problem.ts';
import { gatewayRefusal, Refusal } from '../gateway/refusal.ts';
import type { SalesUnit } from '../sales-units.ts';
import type { Announcer } from '../webhooks/announcer.ts';
import type { World } from '../world.ts';
import { readFormat, readSize } from './format.ts';
import { qrPng, qrSvg } from './image.ts';

interface RedirectCode {
  readonly id: string;
  readonly expiresAtMs: number | null;
  redirectUrl: string;
}

/** The merchants' own printed codes: one kind leads to a page, the other tells the register who is there. */
export class MerchantCodes {
  readonly #redirects = new Map<string, Map<string, RedirectCode>>();
  readonly #callbacks = new Map<string, Map<string, string>>();

  redirectsOf(msn: string): Map<string, RedirectCode> {
    const codes = this.#redirects.get(msn) ?? new Map<string, RedirectCode>();
    this.#redirects.set(msn, codes);
    return codes;
  }

  /** From the code's id to where it hangs: `Kasse 1`. */
  callbacksOf(msn: string): Map<string, string> {
    const codes = this.#callbacks.get(msn) ?? new Map<string, string>();
    this.#callbacks.set(msn, codes);
    return codes;
  }
}

const idParams = z.object({ id: z.string() });
const imageQuery = z.object({ content: z.string(), size: z.string().optional() });
const formatQuery = z.object({ QrImageFormat: z.enum(['PNG', 'SVG']).default('SVG'), QrImageSize: z.string().optional() });
const redirectPattern = /^https:\/\/[\w.]+([\w#!:.?+=&%@\-/]+)?$/;

const contentOf = (world: World, kind: 'redirect' | 'check-in', msn: string, id: string): string =>
  `${world.baseUrl}/qr/${kind}/${msn}/${encodeURIComponent(id)}`;
const imageOf = (world: World, content: string, format: string, sizePx: number): string =>
  `${world.baseUrl}/qr/generate/merchant.${format}?content=${encodeURIComponent(content)}&size=${sizePx}`;

/** Merchant redirect and merchant callback codes, their pictures, and what scanning them does. */
export function registerMerchantCodes(server: FastifyInstance, world: World, announcer: Announcer): void {
  registerRedirects(server, world);
  registerCallbacks(server, world, announcer);
  for (const format of ['png', 'svg'] as const) {
    server.get(`/qr/generate/merchant.${format}`, { config: { route: 'qr-image' } }, async (request, reply) => {
      const { content, size } = imageQuery.parse(request.query);
      if (!content.startsWith(`${world.baseUrl}/qr/`)) throw gatewayRefusal(404, 'Resource not found');
      const sizePx = readSize(size ?? null);
      if (format === 'png') return reply.type('image/png').send(qrPng(content, sizePx));
      return reply.type('image/svg+xml').send(await qrSvg(content, sizePx));
    });
  }
}

function registerRedirects(server: FastifyInstance, world: World): void {
  const base = '/qr/v1/merchant-redirect';
  const config = { config: { route: 'qr-merchant' } } as const;

  const answer = (request: FastifyRequest, unit: SalesUnit, code: RedirectCode): object => {
    const format = readFormat(header(request.headers, 'accept'));
    const content = contentOf(world, 'redirect', unit.msn, code.id);
    const url =
      format === 'text/targetUrl'
        ? content
        : imageOf(world, content, format === 'image/svg+xml' ? 'svg' : 'png', readSize(header(request.headers, 'size')));
    const expiresIn = code.expiresAtMs === null ? -1 : Math.ceil((code.expiresAtMs - world.clock.nowMs()) / 1000);
    return { id: code.id, url, redirectUrl: code.redirectUrl, expiresIn };
  };
  const find = (unit: SalesUnit, request: FastifyRequest): RedirectCode => {
    const { id } = idParams.parse(request.params);
    const code = world.merchantCodes.redirectsOf(unit.msn).get(id);
    if (code === undefined || isOver(code, world.clock)) throw validationError(404, 'Not Found', `There is no code ${id}.`);
    return code;
  };

  server.post(base, config, async (request) => {
    const unit = authenticate(world, request.headers);
    const body = readJsonObject(request, unsupportedMediaType) ?? {};
    const { id, ttl } = body;
    if (typeof id !== 'string' || !/^[-_+%æøåÆØÅ\w\s]{1,128}$/.test(id)) {
      throw invalidParams([{ name: 'Id', reason: 'The Id field is required, and has letters, digits, -, _, + and % only.' }]);
    }
    const redirectUrl = readRedirectUrl(body.redirectUrl);
    const hasTtl = ttl !== undefined && ttl !== null;
    if (hasTtl && (typeof ttl !== 'number' || !Number.isInteger(ttl) || ttl < 300)) {
      throw invalidParams([{ name: 'Ttl', reason: 'The field Ttl must be at least 300.' }]);
    }
    const codes = world.merchantCodes.redirectsOf(unit.msn);
    const existing = codes.get(id);
    if (existing !== undefined && !isOver(existing, world.clock)) throw new Refusal(409, { id });
    const code = { id, redirectUrl, expiresAtMs: hasTtl ? world.clock.nowMs() + Number(ttl) * 1000 : null };
    codes.set(id, code);
    return answer(request, unit, code);
  });
  server.get(base, config, async (request) => {
    const unit = authenticate(world, request.headers);
    const codes = [...world.merchantCodes.redirectsOf(unit.msn).values()].filter((code) => !isOver(code, world.clock));
    return codes.map((code) => answer(request, unit, code));
  });
  server.get(`${base}/:id`, config, async (request) => {
    const unit = authenticate(world, request.headers);
    return answer(request, unit, find(unit, request));
  });
  server.put(`${base}/:id`, config, async (request) => {
    const unit = authenticate(world, request.headers);
    const code = find(unit, request);
    code.redirectUrl = readRedirectUrl(readJsonObject(request, unsupportedMediaType)?.redirectUrl);
    return answer(request, unit, code);
  });
  server.delete(`${base}/:id`, config, async (request, reply) => {
    const unit = authenticate(world, request.headers);
    world.merchantCodes.redirectsOf(unit.msn).delete(find(unit, request).id);
    return reply.status(200).send();
  });
  server.get('/qr/redirect/:msn/:id', { config: { route: 'landing' } }, async (request, reply) => {
    const { msn, id } = z.object({ msn: z.string(), id: z.string() }).parse(request.params);
    const code = world.merchantCodes.redirectsOf(msn).get(id);
    if (code === undefined || isOver(code, world.clock)) throw gatewayRefusal(404, 'Resource not found');
    return reply.redirect(code.redirectUrl, 302);
  });
}

function readRedirectUrl(value: unknown): string {
  if (typeof value === 'string' && redirectPattern.test(value)) return value;
  throw invalidParams([
    { name: 'RedirectUrl', reason: `The field RedirectUrl must match the regular expression '${redirectPattern.source}'.` },
  ]);
}

function isOver(code: RedirectCode, clock: SandboxClock): boolean {
  return code.expiresAtMs !== null && clock.nowMs() >= code.expiresAtMs;
}

function registerCallbacks(server: FastifyInstance, world: World, announcer: Announcer): void {
  const base = '/qr/v1/merchant-callback';
  const config = { config: { route: 'qr-merchant' } } as const;

  const answer = (request: FastifyRequest, msn: string, id: string, locationDescription: string): object => {
    const query = formatQuery.parse(request.query);
    const qrContent = contentOf(world, 'check-in', msn, id);
    const qrImageUrl = imageOf(world, qrContent, query.QrImageFormat.toLowerCase(), readSize(query.QrImageSize ?? null));
    return { merchantSerialNumber: msn, merchantQrId: id, locationDescription, qrImageUrl, qrContent };
  };
  const missing = (): Refusal => validationError(404, 'Not Found', 'There is no such code.');

  server.put(`${base}/:id`, config, async (request, reply: FastifyReply) => {
    const unit = authenticate(world, request.headers);
    const { locationDescription } = readJsonObject(request, unsupportedMediaType) ?? {};
    if (typeof locationDescription !== 'string' || locationDescription === '' || locationDescription.length > 36) {
      throw invalidParams([{ name: 'LocationDescription', reason: 'The field LocationDescription must have from 1 to 36 characters.' }]);
    }
    world.merchantCodes.callbacksOf(unit.msn).set(idParams.parse(request.params).id, locationDescription);
    world.changes.tell();
    return reply.status(200).send();
  });
  server.get(base, config, async (request) => {
    const { msn } = authenticate(world, request.headers);
    return [...world.merchantCodes.callbacksOf(msn)].map(([id, location]) => answer(request, msn, id, location));
  });
  server.get(`${base}/:id`, config, async (request) => {
    const { msn } = authenticate(world, request.headers);
    const { id } = idParams.parse(request.params);
    const location = world.merchantCodes.callbacksOf(msn).get(id);
    if (location === undefined) throw missing();
    return answer(request, msn, id, location);
  });
  server.delete(`${base}/:id`, config, async (request, reply) => {
    const { msn } = authenticate(world, request.headers);
    if (!world.merchantCodes.callbacksOf(msn).delete(idParams.parse(request.params).id)) throw missing();
    return reply.status(200).send();
  });
  // Scanning it is checking in, with the phone that is at hand.
  server.get('/qr/check-in/:msn/:id', { config: { route: 'landing' } }, async (request, reply) => {
    const { msn, id } = z.object({ msn: z.string(), id: z.string() }).parse(request.params);
    if (!world.merchantCodes.callbacksOf(msn).has(id)) throw gatewayRefusal(404, 'Resource not found');
    announcer.checkIn(msn, id);
    return reply.redirect('/phone', 302);
  });
}
