import type { FastifyInstance } from 'fastify';
import { authenticate } from '../gateway/authenticate.ts';
import { isObject, readJsonObject } from '../gateway/json-body.ts';
import { Refusal } from '../gateway/refusal.ts';
import type { World } from '../world.ts';

function refusal(name: string, reason: string): Refusal {
  const detail = 'The request body contains one or more invalid parameters.';
  return new Refusal(400, { title: 'Bad request', status: 400, detail, extraDetails: [{ name, reason }] });
}

/** What a shown code, or a token from a check-in, says about its customer. */
export function registerExchange(server: FastifyInstance, world: World): void {
  server.post('/qr/v1/exchange', { config: { route: 'qr-exchange' } }, async (request) => {
    authenticate(world, request.headers);
    const { qrCode } = readJsonObject(request) ?? {};
    const customer = typeof qrCode === 'string' ? world.customers.byPersonalCode(qrCode) : null;
    if (customer === null) throw refusal('qrCode', 'The complete data contained in the QR code is required.');
    if (String(qrCode).includes('?v=1')) return { msisdn: customer.msisdn, version: '1.0' };
    return { msisdn: customer.msisdn, timestamp: Math.floor(world.clock.nowMs() / 1000), version: '2.0' };
  });

  server.post('/qr/v1/exchange/customer', { config: { route: 'qr-exchange' } }, async (request) => {
    authenticate(world, request.headers);
    const { customer: named } = readJsonObject(request) ?? {};
    const token = isObject(named) ? named.customerToken : null;
    const customer = typeof token === 'string' ? world.customers.byToken(token, world.clock.nowMs()) : null;
    if (customer === null) throw refusal('customer', 'Customer object is required.');
    return { msisdn: customer.msisdn, timestamp: Math.floor(world.clock.nowMs() / 1000) };
  });
}
