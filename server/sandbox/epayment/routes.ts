import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate, header } from '../gateway/authenticate.ts';
import { bodyText, type JsonObject, readJsonObject } from '../gateway/json-body.ts';
import type { LimitedOperation } from '../gateway/rate-limits.ts';
import { act, CustomerActionRefused } from '../payments/customer.ts';
import { canonical } from '../payments/idempotent-answers.ts';
import { cancel, capture, OperationRefused, refund } from '../payments/merchant.ts';
import { type Payment, remainingToCapture, remainingToRefund, totalsOf } from '../payments/payment.ts';
import type { SalesUnit } from '../sales-units.ts';
import type { World } from '../world.ts';
import { adjustmentAnswer, eventLog, paymentAnswer, redirectUrl } from './answers.ts';
import { readCustomer } from './create-customer.ts';
import { readCreate, referenceIn } from './create-request.ts';
import { leastAmount, missing, readAmount } from './fields.ts';
import { forbidden, invalidField, referenceNotFound, refusedWith, unreadableBody } from './problems.ts';
import { refusedOperation } from './refused-operation.ts';

const base = '/epayment/v1';
const json = 'application/json; charset=utf-8';

type Operation = 'capture' | 'cancel' | 'refund';

/** The ePayment API: create, get, events, capture, cancel, refund, and force approve as in its test environment. */
export function registerEpayment(server: FastifyInstance, world: World): void {
  server.post(`${base}/payments`, { config: { route: 'initiate' } }, async (request, reply) => {
    const unit = openUnit(world, request);
    const body = readJsonObject(request);
    // Without a reference under exactly that name all payments of the unit share one limit.
    world.limits.count('create', unit.msn, referenceIn(body));
    const key = idempotencyKey(request);
    const answer = create(world, request, unit, body, key);
    return reply.status(201).type(json).send(answer);
  });

  server.get(`${base}/payments/:reference`, { config: { route: 'details' } }, async (request) => {
    const { unit, payment } = begin(world, request, 'details');
    return paymentAnswer(world.baseUrl, payment, unit, asOfMs(world, request));
  });

  server.get(`${base}/payments/:reference/events`, { config: { route: 'events' } }, async (request) => {
    const { payment } = begin(world, request, 'events');
    return eventLog(payment, asOfMs(world, request));
  });

  for (const operation of ['capture', 'cancel', 'refund'] as const) {
    server.post(`${base}/payments/:reference/${operation}`, { config: { route: operation } }, async (request, reply) =>
      reply.type(json).send(adjust(world, request, operation)),
    );
  }

  server.post(`${base}/test/payments/:reference/approve`, { config: { route: 'force-approve' } }, async (request, reply) => {
    const { payment } = begin(world, request, null);
    forceApprove(world, payment, readJsonObject(request));
    return reply.status(200).send();
  });
}

function openUnit(world: World, request: FastifyRequest): SalesUnit {
  const unit = authenticate(world, request.headers);
  if (unit.standing === 'no-payments') throw forbidden('Merchant Not Allowed for Ecommerce Payment');
  if (unit.standing === 'deactivated') throw refusedWith(5070, 'The sales unit is deactivated or blocked.');
  return unit;
}

function idempotencyKey(request: FastifyRequest): string {
  const key = header(request.headers, 'idempotency-key');
  if (key === null) throw missing('Idempotency-Key');
  if (key.length > 50) throw invalidField('Idempotency-Key', 'The key can have at most 50 characters.');
  return key;
}

function referenceOf(request: FastifyRequest): string {
  return (request.params as { readonly reference?: string }).reference ?? '';
}

/** What was begun in eCom is here too, once its sales unit has migrated. */
function begin(world: World, request: FastifyRequest, limit: LimitedOperation | null): { unit: SalesUnit; payment: Payment } {
  const unit = openUnit(world, request);
  const reference = referenceOf(request);
  if (limit !== null) world.limits.count(limit, unit.msn, reference);
  const payment = world.payments.find(unit.msn, reference);
  if (payment === null || (payment.api === 'ecom' && !unit.migrated)) throw referenceNotFound(reference, unit.msn);
  return { unit, payment };
}

function asOfMs(world: World, request: FastifyRequest): number {
  const stale = request.faults.find((fault) => fault.kind === 'stale');
  return world.clock.nowMs() - (stale?.kind === 'stale' ? stale.behindMs : 0);
}

function create(world: World, request: FastifyRequest, unit: SalesUnit, body: JsonObject | null, key: string): string {
  const content = canonical(body);
  const before = world.answers.find('create', unit.msn, '', key);
  if (before !== null) {
    if (before.body === content) return before.answer;
    throw refusedWith(4020, `Idempotency-Key ${key} already exists.`);
  }
  const wish = readCreate(body, unit, world.customers, world.clock.nowMs());
  if (world.payments.has(unit.msn, wish.reference)) throw refusedWith(4150, `Reference ${wish.reference} already exists.`);
  const late = request.faults.find((fault) => fault.kind === 'late');
  const payment = world.payments.create(unit, {
    reference: wish.reference,
    amountOre: wish.amountOre,
    text: wish.text,
    flow: wish.flow,
    pushedTo: wish.flow === 'push' ? (wish.customer?.msisdn ?? null) : null,
    epayment: { createKey: key, method: wish.method, minimumAge: wish.minimumAge, extras: wish.extras, expiresAtMs: wish.expiresAtMs },
    appearsAfterMs: late?.kind === 'late' ? late.appearsAfterMs : 0,
  });
  const url = redirectUrl(world.baseUrl, payment);
  const answer = JSON.stringify({ ...(url === null ? {} : { redirectUrl: url }), reference: payment.reference });
  world.answers.remember('create', unit.msn, '', key, content, answer);
  world.changes.tell();
  return answer;
}

/** A capture, cancel or refund with its key: done once, and answered the same however often it is asked again. */
function adjust(world: World, request: FastifyRequest, operation: Operation): string {
  const { unit, payment } = begin(world, request, operation);
  const key = idempotencyKey(request);
  // A cancel needs no body, and then says nothing about its type either.
  const body = operation === 'cancel' && bodyText(request) === '' ? {} : readJsonObject(request);
  if (body === null) throw unreadableBody();
  const content = canonical(body);
  const before = world.answers.find(operation, unit.msn, payment.reference, key);
  if (before !== null) {
    if (before.body === content) return before.answer;
    throw notIdentical(operation, key);
  }
  try {
    run(world, unit, payment, operation, body, key);
  } catch (error) {
    if (error instanceof OperationRefused) throw refusedOperation(operation, error.because, payment);
    throw error;
  }
  const answer = JSON.stringify(adjustmentAnswer(payment));
  world.answers.remember(operation, unit.msn, payment.reference, key, content, answer);
  world.changes.tell();
  return answer;
}

function notIdentical(operation: Operation, key: string): Error {
  const detail = `The ${operation} request with Idempotency-Key ${key} must be identical to the previous one.`;
  switch (operation) {
    case 'capture':
      return refusedWith(4010, detail);
    case 'refund':
      return refusedWith(4150, detail);
    case 'cancel':
      return refusedWith(4020, detail);
  }
}

function run(world: World, unit: SalesUnit, payment: Payment, operation: Operation, body: JsonObject, key: string): void {
  const amountOre = operation === 'cancel' ? null : readAmount(body, 'modificationAmount', unit.currency);
  if (amountOre !== null && amountOre < leastAmount[unit.currency]) throw refusedWith(6010, `The amount ${amountOre} is too small.`);
  const wish = { amountOre, key, text: payment.text, transactionId: world.payments.nextTransactionId(), nowMs: world.clock.nowMs() };
  const totals = totalsOf(payment.entries);
  switch (operation) {
    case 'capture':
      if (totals.capturedOre > 0 && remainingToCapture(totals) === 0) throw refusedWith(6170, 'The payment is already captured.');
      capture(payment, wish, unit);
      return;
    case 'refund':
      if (totals.refundedOre > 0 && remainingToRefund(totals) === 0) throw refusedWith(6180, 'The payment is already refunded.');
      refund(payment, wish);
      return;
    case 'cancel':
      release(payment, wish, body.cancelTransactionOnly === true);
  }
}

/** Ends a payment that waits; lets go of what an approved one has not captured, unless only the waiting kind was meant. */
function release(payment: Payment, wish: Parameters<typeof cancel>[2], transactionOnly: boolean): void {
  if (payment.phase === 'declined' || payment.phase === 'expired') {
    throw refusedWith(6190, `Reference ${payment.reference} cannot be cancelled. Invalid state: ${payment.phase}.`);
  }
  if (payment.phase === 'reserved' && transactionOnly) throw refusedWith(6060, 'The payment has been authorized and is not cancelled.');
  cancel(payment, true, wish);
}

function forceApprove(world: World, payment: Payment, body: JsonObject | null): void {
  if (body === null) throw unreadableBody();
  if (payment.method === 'card') throw refusedWith(10060, 'A free-standing card payment cannot be approved by force.');
  const named = readCustomer(body, world.customers, world.clock.nowMs());
  if (named.by === null && typeof body.token !== 'string') throw missing('customer');
  if (named.by !== null && named.customer === null) throw refusedWith(10010, 'Force approve payment failed. Reason: no such customer.');
  if (typeof body.token === 'string' && body.token !== payment.token) {
    throw refusedWith(10010, 'Force approve payment failed. Reason: the token belongs to another payment.');
  }
  try {
    act(payment, 'approve', world.clock.nowMs(), named.customer?.ageYears ?? null);
  } catch (error) {
    if (error instanceof CustomerActionRefused) throw refusedWith(10010, `Force approve payment failed. Reason: ${error.message}.`);
    throw error;
  }
  world.changes.tell();
}
