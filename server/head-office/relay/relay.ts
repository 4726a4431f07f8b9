/**
 * Sells for registers that hold no keys: `/relay` and then the provider's own paths. The register's key says which store's
 * sales unit speaks, and which references are its own; whatever else the request says about that is dropped or refused.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseRequest } from '../../../app/refund/contract.ts';
import { RefusedByHeadOffice } from '../../../app/refund/problem.ts';
import type { GivenUp, HttpResponse } from '../../../app/till/ports.ts';
import { answerFromResponse } from '../../../app/vipps/errors.ts';
import { type Asked, askedOf, OPERATIONS, type Operation } from '../../../app/vipps/relay-operations.ts';
import { callbackPlace } from '../callbacks.ts';
import type { Office, Register } from '../office.ts';
import type { UnitRow } from '../providers.ts';
import { forward } from './forward.ts';
import { forgetGiveBack, noteGiveBack } from './give-backs.ts';
import { createKeySets, type KeySet } from './key-sets.ts';
import { isPictureOf, notePicture } from './pictures.ts';

/** A receipt with a few hundred lines. */
const MOST_BODY_BYTES = 262_144;
const REFERENCE = /^[A-Za-z0-9-]{8,50}$/;
/** Of a picture: which form, and how large. And what system is calling, for the provider's support. */
const PLAIN_HEADERS = [
  'Accept',
  'Size',
  'Vipps-System-Name',
  'Vipps-System-Version',
  'Vipps-System-Plugin-Name',
  'Vipps-System-Plugin-Version',
];
const PLAIN = /^[\x20-\x7e]{1,100}$/;
const ANSWER_HEADERS = ['content-type', 'retry-after', 'date'];
const PRODUCTION_HOST = 'api.vipps.no';
const TEST_HOST = 'apitest.vipps.no';

export interface RelayOptions {
  /** Who is asking; counts the request. @throws RefusedByHeadOffice */
  readonly registerFor: (request: FastifyRequest) => Promise<Register>;
  /** Where the provider reaches head office; `null`: nowhere. */
  readonly whereReached: () => string | null;
}

/** Adds the relay's addresses. */
export function addRelay(server: FastifyInstance, office: Office, options: RelayOptions): void {
  const keySets = createKeySets(office);
  for (const operation of OPERATIONS) {
    server.route({
      method: operation.method,
      url: `/relay${operation.path}`,
      bodyLimit: MOST_BODY_BYTES,
      handler: async (request, reply) => {
        const register = await whileUnsent(() => options.registerFor(request));
        const { reference: inPath = null } = request.params as { readonly reference?: string };
        const body = operation.body === null ? null : parseRequest(operation.body, request.body ?? null);
        const asked = askedOf(operation, inPath, body);
        return relay(operation, register, asked, request, reply);
      },
    });
  }
  /** Whether the register could sell now: its store's unit, and a token for it. */
  server.get('/relay/ready', async (request) => {
    const { unit } = await unitOf(office, await options.registerFor(request));
    assertEnvironment(unit, request);
    const token = await keySets.of(unit).tokens.get();
    if (token.kind === 'refused') throw new RefusedByHeadOffice('keys-refused', { providerCode: token.error.code });
    if (token.kind !== 'ok') throw new RefusedByHeadOffice('provider-not-reached', { retryAfterSeconds: 2 });
    return { ready: true };
  });
  server.all('/relay/*', async (request) => {
    await options.registerFor(request);
    throw new RefusedByHeadOffice('not-relayed');
  });

  /** Everything that may stand in the way, while nothing has been sent. */
  async function permit(operation: Operation, register: Register, asked: Asked, request: FastifyRequest) {
    const own = `${register.storeId}-${register.registerId}-`;
    const { reference } = asked;
    if (reference !== null && !(REFERENCE.test(reference) && reference.startsWith(own))) throw new RefusedByHeadOffice('not-your-payment');
    const headers = headersOf(operation, register, request);
    const { unit, isClosed } = await unitOf(office, register);
    assertEnvironment(unit, request);
    if (isClosed && operation.kind === 'begins') {
      throw new RefusedByHeadOffice('store-closed', {}, 'This store is closed in the chain: no new payment is begun for it.');
    }
    if (operation.kind === 'tests' && hostOf(unit) === PRODUCTION_HOST) throw new RefusedByHeadOffice('not-relayed');
    if (asked.url !== null && !(await isPictureOf(office, register, asked.url))) throw new RefusedByHeadOffice('not-your-payment');
    const keySet = keySets.of(unit);
    const key = operation.keyHeader === null ? '' : (headers[operation.keyHeader] ?? '');
    const giveBack = operation.kind === 'gives-back' ? { reference: reference ?? '', key, amountOre: asked.amountOre } : null;
    if (giveBack !== null) await noteGiveBack(office, register, giveBack);
    const path = operation.path.replace(':reference', encodeURIComponent(reference ?? ''));
    return { request: { operation, unit, keySet, path, headers, body: bodyFor(operation, asked, unit, register) }, keySet, giveBack };
  }

  async function relay(operation: Operation, register: Register, asked: Asked, request: FastifyRequest, reply: FastifyReply) {
    const permitted = await whileUnsent(() => permit(operation, register, asked, request));
    const { keySet, giveBack } = permitted;
    const response = await forward(office, { ...permitted.request, givenUp: whenGone(reply) });
    if (giveBack !== null && isRefusal(operation, response, keySet)) await forgetGiveBack(office, giveBack.reference, giveBack.key);
    if (operation.api === 'ecom' && operation.name === 'create' && response.status === 200) await notePicture(office, register, response);
    return answer(reply, response, keySet);
  }

  const isRefusal = (operation: Operation, response: HttpResponse, { redact }: KeySet): boolean =>
    response.status >= 300 && answerFromResponse(operation.api, response, redact, office.clock.nowMs()).kind === 'refused';

  /** What breaks here broke before anything left: whoever asked may ask again, and is told so. */
  async function whileUnsent<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof RefusedByHeadOffice) throw error;
      office.log.write('error', 'relay.trouble', { message: error instanceof Error ? error.message : '' });
      throw new RefusedByHeadOffice('try-later', { retryAfterSeconds: 2 });
    }
  }

  function bodyFor(operation: Operation, { body }: Asked, unit: UnitRow, register: Register): Asked['body'] {
    if (body === null || operation.api !== 'ecom' || operation.kind === 'tests') return body;
    const callback = operation.name === 'create' ? callbackPlace(office, options.whereReached(), register) : {};
    return { ...body, merchantInfo: { ...(body.merchantInfo as object), merchantSerialNumber: unit.msn, ...callback } };
  }
}

/** The unit of the register's store, by its enrolment. @throws RefusedByHeadOffice `no-sales-unit` */
async function unitOf({ store: { db } }: Office, { storeId }: Register): Promise<{ readonly unit: UnitRow; readonly isClosed: boolean }> {
  const unit = await db
    .selectFrom('stores')
    .innerJoin('sales_units', 'sales_units.unit_id', 'stores.unit_id')
    .innerJoin('credentials', 'credentials.credential_id', 'sales_units.credential_id')
    .select(['msn', 'base_url', 'sales_units.credential_id', 'credentials.key_id', 'credentials.sealed', 'stores.closed_ms'])
    .where('stores.store_id', '=', storeId)
    .executeTakeFirst();
  if (unit === undefined) {
    throw new RefusedByHeadOffice(
      'no-sales-unit',
      {},
      'No sales unit is set up for this store at head office, so nothing can be sold through it.',
    );
  }
  return { unit, isClosed: unit.closed_ms !== null };
}

const hostOf = ({ base_url }: UnitRow): string => new URL(base_url).hostname.toLowerCase();

/** What a register says on its screens and its paper about money must be true of the unit that takes it. */
function assertEnvironment(unit: UnitRow, request: FastifyRequest): void {
  const said = request.headers['x-tillit-environment'];
  const host = hostOf(unit);
  const is = host === PRODUCTION_HOST ? 'production' : host === TEST_HOST ? 'test' : said;
  if (typeof said === 'string' && said !== is) throw new RefusedByHeadOffice('other-environment');
}

/** Of the register's headers only those that the provider's answer depends on. Its key for the effect must be of its own making. */
function headersOf({ keyHeader, body }: Operation, { storeId, registerId }: Register, request: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = body === null ? {} : { 'Content-Type': 'application/json' };
  for (const name of PLAIN_HEADERS) {
    const value = request.headers[name.toLowerCase()];
    if (typeof value === 'string' && PLAIN.test(value)) headers[name] = value;
  }
  if (keyHeader === null) return headers;
  const key = request.headers[keyHeader];
  if (typeof key !== 'string' || !/^[A-Za-z0-9-]{1,50}$/.test(key)) {
    throw new RefusedByHeadOffice('bad-request', {}, `The header ${keyHeader} must be the register's own key for this.`);
  }
  const isOwn = key.startsWith(`${storeId}-${registerId}-`) || key.startsWith(`${registerId}-`);
  if (!isOwn) throw new RefusedByHeadOffice('not-your-payment');
  return { ...headers, [keyHeader]: key };
}

/** The register hung up, or stopped waiting. */
function whenGone(reply: FastifyReply): GivenUp {
  return {
    onGivenUp(listener) {
      const gone = (): void => {
        if (!reply.raw.writableFinished) listener();
      };
      if (reply.raw.destroyed) gone();
      reply.raw.once('close', gone);
      return () => void reply.raw.off('close', gone);
    },
  };
}

/** As the provider said it. An answer that repeats a secret (gateways do) says `[hidden]` there. */
function answer(reply: FastifyReply, { status, headers, body }: HttpResponse, keySet: KeySet): FastifyReply {
  for (const name of ANSWER_HEADERS) {
    const value = headers[name];
    if (value !== undefined) reply.header(name, value);
  }
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return reply.status(status).send(withoutSecrets(bytes, keySet.secrets()));
}

function withoutSecrets(bytes: Buffer, secrets: readonly string[]): Buffer {
  if (!secrets.some((secret) => bytes.includes(secret))) return bytes;
  return Buffer.from(secrets.reduce((text, secret) => text.replaceAll(secret, '[hidden]'), bytes.toString('utf8')));
}
