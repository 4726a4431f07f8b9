import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { authenticateKeys } from '../gateway/authenticate.ts';
import { plainProblem } from '../gateway/problem.ts';
import type { SalesUnit } from '../sales-units.ts';
import type { World } from '../world.ts';

const base = '/management/v1';
const schemes = { NO: 'business:NO:ORG', DK: 'business:DK:CVR', FI: 'business:FI:Y-tunnus' } as const;
const msnParams = z.object({ msn: z.string() });
const merchantParams = z.object({ scheme: z.string(), id: z.string() });

const identifierOf = (unit: SalesUnit): object => ({ scheme: schemes[unit.market], id: unit.organisation });
const shortly = (unit: SalesUnit): object => ({ msn: unit.msn, name: unit.name });
const send = (reply: FastifyReply, body: object): FastifyReply => reply.type('application/json;charset=UTF-8').send(JSON.stringify(body));

function inFull(unit: SalesUnit): object {
  return {
    msn: unit.msn,
    name: unit.name,
    businessIdentifier: identifierOf(unit),
    configuration: {
      paymentAllowed: unit.standing === 'active',
      captureType: unit.capture === 'direct' ? 'DirectCapture' : 'ReserveCapture',
      skipLandingPageAllowed: unit.skipLandingPage,
      recurringAllowed: false,
    },
  };
}

/** The Management API, as far as it only reads: sales units and the merchants they belong to. */
export function registerManagement(server: FastifyInstance, world: World): void {
  const unitsOf = (headers: Parameters<typeof authenticateKeys>[1]): SalesUnit[] => {
    const owner = authenticateKeys(world, headers);
    return world.salesUnits.filter((unit) => owner.msns.includes(unit.msn));
  };
  const unitsOfMerchant = (request: { readonly headers: Parameters<typeof unitsOf>[0]; readonly params: unknown }): SalesUnit[] => {
    const { scheme, id } = merchantParams.parse(request.params);
    const found = unitsOf(request.headers).filter((unit) => schemes[unit.market] === scheme && unit.organisation === id);
    if (found.length === 0) throw plainProblem(404, 'Not Found', `There is no merchant ${scheme} ${id} for these keys.`);
    return found;
  };

  server.get(`${base}/sales-units`, { config: { route: 'management' } }, async (request, reply) =>
    send(reply, unitsOf(request.headers).map(shortly)),
  );

  server.get(`${base}/sales-units/:msn`, { config: { route: 'management' } }, async (request, reply) => {
    const { msn } = msnParams.parse(request.params);
    const unit = unitsOf(request.headers).find((each) => each.msn === msn);
    if (unit === undefined) throw plainProblem(404, 'Not Found', `There is no sales unit ${msn} for these keys.`);
    return send(reply, inFull(unit));
  });

  server.get(`${base}/merchants/:scheme/:id`, { config: { route: 'management' } }, async (request, reply) => {
    const [unit] = unitsOfMerchant(request);
    if (unit === undefined) throw plainProblem(404, 'Not Found', 'There is no such merchant.');
    return send(reply, { businessIdentifier: identifierOf(unit), name: unit.name, status: 'ACTIVE', countryCode: unit.market });
  });

  server.get(`${base}/merchants/:scheme/:id/sales-units`, { config: { route: 'management' } }, async (request, reply) =>
    send(reply, unitsOfMerchant(request).map(shortly)),
  );
}
