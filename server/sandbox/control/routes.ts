import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { faultSchema } from '../faults/fault.ts';
import { CustomerActionRefused, customerActions } from '../payments/customer.ts';
import { qrSvg } from '../qr/image.ts';
import type { World } from '../world.ts';
import { type Control, NoSuchCustomer, NoSuchPayment, NoSuchUnit } from './control.ts';

const clockSchema = z.strictObject({ advanceMs: z.int().min(0) });
const latencySchema = z.strictObject({ legLatencyMs: z.int().min(0).max(600_000) });
const referenceSchema = z.object({ reference: z.string(), action: z.enum(customerActions).optional() });
const checkInSchema = z.strictObject({ msn: z.string(), merchantQrId: z.string() });
const capabilitiesSchema = z
  .strictObject({
    migrated: z.boolean(),
    showsEcomKeys: z.boolean(),
    capture: z.enum(['reserve', 'direct']),
    skipLandingPage: z.boolean(),
    partialCapture: z.boolean(),
    standing: z.enum(['active', 'deactivated', 'no-payments']),
  })
  .partial();
const personSchema = z.strictObject({ msisdn: z.string() });
const msnSchema = z.object({ msn: z.string().optional() });
const requestsSchema = z.object({ route: z.string().optional(), reference: z.string().optional() });

/** The control API under `/sandbox/`: for tests and for the phone. It has no keys, so the server belongs on loopback. */
export function registerControl(server: FastifyInstance, world: World, control: Control): void {
  server.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
    if (error instanceof z.ZodError) return reply.status(400).send({ error: z.prettifyError(error) });
    if (error instanceof NoSuchPayment || error instanceof NoSuchCustomer || error instanceof NoSuchUnit)
      return reply.status(404).send({ error: error.message });
    if (error instanceof CustomerActionRefused) return reply.status(409).send({ error: error.message });
    return reply.status(error.statusCode ?? 500).send({ error: error.message });
  });

  // An empty body is an empty object, whatever the content type says it should be.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(body.toString()));
    } catch {
      done(Object.assign(new Error('the body is not JSON'), { statusCode: 400 }));
    }
  });

  // Its keys are the same at every start and open nothing but practice: a register asks for them here.
  server.get('/sandbox/sales-units', async () => ({ phoneUrl: `${world.baseUrl}/phone`, salesUnits: world.salesUnits }));
  server.post('/sandbox/sales-units/:msn', async (request) => {
    const { msn } = request.params as { readonly msn: string };
    control.changeUnit(msn, capabilitiesSchema.parse(request.body));
    return { salesUnits: world.salesUnits };
  });
  server.get('/sandbox/clock', async () => ({ nowMs: control.nowMs() }));
  server.post('/sandbox/clock', async (request) => {
    control.advance(clockSchema.parse(request.body).advanceMs);
    return { nowMs: control.nowMs() };
  });

  server.get('/sandbox/payments', async () => ({
    nowMs: control.nowMs(),
    payments: control.payments(),
    ...control.people(),
    counterCodes: control.counterCodes(),
  }));
  server.get('/sandbox/payments/:reference', async (request) => {
    const { reference } = referenceSchema.parse(request.params);
    return control.payment(reference, msnSchema.parse(request.query).msn);
  });
  server.post('/sandbox/payments/:reference/:action', async (request) => {
    const { reference, action } = referenceSchema.required().parse(request.params);
    return control.customer(action, reference, msnSchema.parse(request.query).msn);
  });

  server.get('/sandbox/people', async () => control.people());
  server.post('/sandbox/people/holder', async (request) => {
    control.holdPhone(personSchema.parse(request.body).msisdn);
    return control.people();
  });
  server.post('/sandbox/people/personal-code', async (request) => {
    const { msisdn } = personSchema.partial().parse(request.body);
    const { content, customer } = control.personalCode(msisdn);
    return { content, customer, svg: await qrSvg(content, 600) };
  });

  server.post('/sandbox/check-in', async (request) => {
    const { msn, merchantQrId } = checkInSchema.parse(request.body);
    return { webhooks: control.checkIn(msn, merchantQrId) };
  });
  server.get('/sandbox/deliveries', async () => ({ deliveries: control.deliveries() }));

  server.get('/sandbox/faults', async () => ({ faults: world.faults.list() }));
  server.post('/sandbox/faults', async (request) => {
    const wishes = Array.isArray(request.body) ? z.array(faultSchema).parse(request.body) : [faultSchema.parse(request.body)];
    for (const wish of wishes) control.addFault(wish);
    return { faults: world.faults.list() };
  });
  server.delete('/sandbox/faults', async () => {
    control.clearFaults();
    return { faults: [] };
  });

  server.post('/sandbox/latency', async (request) => {
    control.setLegLatency(latencySchema.parse(request.body).legLatencyMs);
    return { legLatencyMs: world.legLatencyMs };
  });
  server.post('/sandbox/tokens/revoke', async () => {
    control.revokeTokens();
    return {};
  });

  server.get('/sandbox/requests', async (request) => ({ requests: control.requests(requestsSchema.parse(request.query)) }));
  server.delete('/sandbox/requests', async () => {
    control.clearRequests();
    return { requests: [] };
  });

  server.get('/sandbox/ledger', async () => control.ledger());

  const watchers = new Set<() => void>();
  server.get('/sandbox/stream', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const tell = (): void => {
      raw.write('data: changed\n\n');
    };
    const stop = world.changes.watch(tell);
    const end = (): void => {
      stop();
      watchers.delete(end);
      raw.end();
    };
    watchers.add(end);
    request.raw.socket.on('close', end);
    tell();
  });
  server.addHook('preClose', async () => {
    for (const end of [...watchers]) end();
  });
}
