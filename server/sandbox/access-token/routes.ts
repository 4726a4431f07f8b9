import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { checkSystemHeaders, header, invalidMsn, ownerOfSubscriptionKey } from '../gateway/authenticate.ts';
import { Refusal } from '../gateway/refusal.ts';
import type { World } from '../world.ts';

/** A refusal of the identity service behind the API, in its own shape. */
function identityRefusal(status: number, error: string, code: number, description: string, nowMs: number): Refusal {
  const timestamp = new Date(nowMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  const traceId = randomUUID();
  const correlationId = randomUUID();
  return new Refusal(status, {
    error,
    error_description: `AADSTS${code}: ${description}\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.windows.net/error?code=${code}`,
  });
}

/** `POST /accesstoken/get`: the token that every other call needs. */
export function registerAccessToken(server: FastifyInstance, world: World): void {
  server.post('/accesstoken/get', { config: { route: 'token' } }, async (request) => {
    const nowMs = world.clock.nowMs();
    const owner = ownerOfSubscriptionKey(world, request.headers);
    checkSystemHeaders(request.headers);
    const clientId = header(request.headers, 'client_id');
    const clientSecret = header(request.headers, 'client_secret');
    if (clientId === null || clientSecret === null) {
      const missing = clientId === null ? 'client_id' : 'client_secret';
      throw identityRefusal(400, 'invalid_request', 900144, `The request must contain the following parameter: '${missing}'.`, nowMs);
    }
    const known = [...world.salesUnits, ...world.partners].find((each) => each.clientId === clientId);
    if (known === undefined) {
      const description = `Application with identifier '${clientId}' was not found in the directory.`;
      throw identityRefusal(401, 'unauthorized_client', 700016, description, nowMs);
    }
    if (known.clientSecret !== clientSecret) {
      throw identityRefusal(401, 'invalid_client', 7000215, 'Invalid client secret provided.', nowMs);
    }
    if (known.clientId !== owner.clientId) {
      const description = `Application with identifier '${clientId}' does not belong to the subscription.`;
      throw identityRefusal(401, 'unauthorized_client', 70001, description, nowMs);
    }
    const msn = header(request.headers, 'merchant-serial-number');
    if (msn !== null && !owner.msns.includes(msn)) throw invalidMsn(msn);
    const issued = world.tokens.issue(clientId, owner.subscriptionKey);
    // Every one of these is a string, the seconds too.
    return {
      token_type: 'Bearer',
      expires_in: String(issued.lifetimeSeconds),
      ext_expires_in: String(issued.lifetimeSeconds),
      expires_on: String(issued.expiresOnSeconds),
      not_before: String(issued.notBeforeSeconds),
      resource: '00000002-0000-0000-c000-000000000000',
      access_token: issued.accessToken,
    };
  });
}
