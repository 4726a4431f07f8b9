import Fastify from 'fastify';
import { registerAccessToken } from './access-token/routes.ts';
import { SandboxClock } from './clock.ts';
import { type Control, makeControl } from './control/control.ts';
import { RequestLog } from './control/request-log.ts';
import { registerControl } from './control/routes.ts';
import { Customers } from './customers/customers.ts';
import { registerEcom } from './ecom/routes.ts';
import { registerEpayment } from './epayment/routes.ts';
import { Faults } from './faults/fault.ts';
import { registerFaults } from './faults/plugin.ts';
import { registerErrors } from './gateway/errors.ts';
import { RateLimits } from './gateway/rate-limits.ts';
import { gatewayRefusal } from './gateway/refusal.ts';
import { Tokens } from './gateway/tokens.ts';
import { registerManagement } from './management/routes.ts';
import { readMemory, writeMemory } from './memory-file.ts';
import { Orders, registerOrderManagement } from './order-management/routes.ts';
import { IdempotentAnswers } from './payments/idempotent-answers.ts';
import { defaultTiming, PaymentStore, type Timing } from './payments/store.ts';
import { registerLanding, registerPhone } from './phone/routes.ts';
import { registerExchange } from './qr/exchange.ts';
import { MerchantCodes, registerMerchantCodes } from './qr/merchant-codes.ts';
import { registerQr } from './qr/routes.ts';
import { registerReport } from './report/routes.ts';
import {
  defaultSalesUnits,
  makePartners,
  makeSalesUnits,
  type Partner,
  type PartnerOptions,
  type SalesUnit,
  type SalesUnitOptions,
} from './sales-units.ts';
import { Announcer } from './webhooks/announcer.ts';
import { Deliveries } from './webhooks/deliveries.ts';
import { Registrations } from './webhooks/registrations.ts';
import { registerWebhooks } from './webhooks/routes.ts';
import { Changes, type World } from './world.ts';

export interface SandboxOptions {
  /** 0 takes any free port, which is the default. */
  readonly port?: number;
  /** Default 127.0.0.1. The control API has no keys: keep it on loopback. */
  readonly host?: string;
  /** Default: one unit that reserves (123456) and one with direct capture (654321). Keys that are not given follow from the MSN. */
  readonly salesUnits?: readonly SalesUnitOptions[];
  readonly partners?: readonly PartnerOptions[];
  /** What every leg takes beyond the machine's own time. Default 0. */
  readonly legLatencyMs?: number;
  /** How long a customer has. */
  readonly timing?: Partial<Timing>;
  /** How long an access token lives. Default one hour. */
  readonly tokenLifetimeMs?: number;
  /** Switch the limits per reference and minute off for a test that is about something else. Default true. */
  readonly rateLimits?: boolean;
  /** How many rows of a ledger come at once. Default 1000. */
  readonly reportPageSize?: number;
  /** Where time comes from before it is moved. Default the machine's clock. */
  readonly nowMs?: () => number;
  /** A file that keeps the payments from one start to the next. Default: they are forgotten. */
  readonly memoryFile?: string;
}

export interface Sandbox {
  /** The provider's address, without a slash at the end: `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly phoneUrl: string;
  /** With their keys. */
  readonly salesUnits: readonly SalesUnit[];
  readonly partners: readonly Partner[];
  readonly control: Control;
  /** Ends the server and every connection to it. */
  close(): Promise<void>;
}

/** Starts a provider to practise against and resolves when it answers. A port in use or a bad memory file is an error. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const memory = options.memoryFile === undefined ? null : readMemory(options.memoryFile);
  const clock = new SandboxClock(options.nowMs ?? Date.now, memory?.clockOffsetMs ?? 0);
  const stop = new AbortController();
  const world: World = {
    clock,
    salesUnits: makeSalesUnits(options.salesUnits ?? defaultSalesUnits),
    partners: makePartners(options.partners ?? []),
    customers: new Customers(),
    tokens: new Tokens(clock, options.tokenLifetimeMs ?? 3_600_000),
    limits: new RateLimits(clock, options.rateLimits ?? true),
    payments: new PaymentStore(clock, { ...defaultTiming, ...options.timing }, memory?.payments ?? null),
    answers: new IdempotentAnswers(memory?.answers),
    faults: new Faults(),
    requests: new RequestLog(),
    orders: new Orders(),
    merchantCodes: new MerchantCodes(),
    registrations: new Registrations(clock),
    deliveries: new Deliveries(clock, stop.signal),
    changes: new Changes(),
    reportPageSize: options.reportPageSize ?? 1000,
    legLatencyMs: options.legLatencyMs ?? 0,
    baseUrl: '',
  };
  const announcer = new Announcer(world);
  const control = makeControl(world, announcer);
  // A client that keeps its connections open must not keep the sandbox alive, and a HEAD must not scan a payment.
  const server = Fastify({ forceCloseConnections: true, exposeHeadRoutes: false, routerOptions: { maxParamLength: 500 } });

  registerErrors(server);
  server.setNotFoundHandler(async () => {
    throw gatewayRefusal(404, 'Resource not found');
  });
  await server.register(async (provider) => {
    // The APIs judge their bodies themselves, so that a broken one is answered in their own shape.
    provider.removeAllContentTypeParsers();
    provider.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    registerFaults(provider, world, stop.signal);
    registerAccessToken(provider, world);
    registerEcom(provider, world);
    registerEpayment(provider, world);
    registerWebhooks(provider, world);
    registerReport(provider, world);
    registerManagement(provider, world);
    registerOrderManagement(provider, world);
    registerMerchantCodes(provider, world, announcer);
    registerExchange(provider, world);
    registerQr(provider, world);
    registerLanding(provider, world);
  });
  await server.register(async (own) => registerControl(own, world, control));
  await server.register(async (own) => registerPhone(own));

  world.changes.watch(() => announcer.look());
  const { memoryFile } = options;
  if (memoryFile !== undefined) {
    const save = (): void => {
      writeMemory(memoryFile, { clockOffsetMs: clock.offsetMs, payments: world.payments.stored(), answers: world.answers.stored() });
    };
    world.changes.watch(save);
  }

  world.baseUrl = await server.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  // An expiry is nobody's doing: somebody must look for it. Not before it listens: one that could not start must not send.
  const expiries = setInterval(() => announcer.look(), 500);
  expiries.unref();
  return {
    url: world.baseUrl,
    phoneUrl: `${world.baseUrl}/phone`,
    salesUnits: world.salesUnits,
    partners: world.partners,
    control,
    async close() {
      clearInterval(expiries);
      stop.abort();
      await server.close();
    },
  };
}
