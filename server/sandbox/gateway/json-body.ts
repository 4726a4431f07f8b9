import type { FastifyRequest } from 'fastify';
import { gatewayRefusal } from './refusal.ts';

export type JsonObject = { readonly [name: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The raw body as text; empty when there is none. */
export function bodyText(request: FastifyRequest): string {
  return Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
}

/** The body as a JSON object, `null` if it is not one. Another content type is a 415: of the gateway, unless the API has its own. */
export function readJsonObject(
  request: FastifyRequest,
  otherType: (reason: string) => Error = (reason) => gatewayRefusal(415, reason),
): JsonObject | null {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) throw otherType('The content type must be application/json.');
  try {
    const value: unknown = JSON.parse(bodyText(request));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
