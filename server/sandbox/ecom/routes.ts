import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate, header, invalidMsn } from '../gateway/authenticate.ts';
import { type JsonObject, readJsonObject } from '../gateway/json-body.ts';
import type { LimitedOperation } from '../gateway/rate-limits.ts';
import { gatewayRefusal } from '../gateway/refusal.ts';
import { act, CustomerActionRefused } from '../payments/customer.ts';
import { canonical } from '../payments/idempotent-answers.ts';
import { cancel, capture, OperationRefused, refund } from '../payments/merchant.ts';
import type { Payment } from '../payments/payment.ts';
import { paymentUrl } from '../payments/payment-url.ts';
import type { SalesUnit } from '../sales-units.ts';
import type { World } from '../world.ts';
import { actionAnswer, detailsAnswer } from './answers.ts';
import { ecomRefusal, internalError, notIdentical, orderNotFound, refusedOperation } from './errors.ts';
import { type ActionRequest, readAction, readInitiate, readRequestId } from './requests.ts';

const base = '/ecomm/v2';

function orderIdOf(request: FastifyRequest): string {
  const params = request.params as { readonly orderId?: string };
  return params.orderId ?? '';
}

function checkStanding(unit: SalesUnit): void {
  // eCom is Norwegian; elsewhere there has never been anything but ePayment.
  if (unit.market !== 'NO') throw gatewayRefusal(403, 'Merchant Not Allowed for Ecommerce Payment');
  switch (unit.standing) {
    case 'active':
      return;
    case 'deactivated':
      throw ecomRefusal(400, 'Merchant', '37', 'The sales unit is unavailable, deleted, deactivated or blocked for payments.');
    case 'no-payments':
      throw ecomRefusal(403, 'Merchant', '97', 'The sales unit is not allowed to perform payments.');
  }
}

function findPayment(world: World, unit: SalesUnit, orderId: string): Payment {
  const payment = world.payments.find(unit.msn, orderId);
  // What was begun in ePayment does not exist here.
  if (payment === null || payment.api !== 'ecom') throw orderNotFound(orderId, unit.msn);
  return payment;
}

/** The eCom API v2: initiate, details, capture, cancel, refund and force approve. */
export function registerEcom(server: FastifyInstance, world: World): void {
  server.post(`${base}/payments`, { config: { route: 'initiate' } }, async (request) => {
    const unit = authenticate(world, request.headers);
    checkStanding(unit);
    const wish = readInitiate(readJsonObject(request));
    world.limits.count('initiate', unit.msn, wish.orderId);
    if (wish.msn !== unit.msn) throw invalidMsn(wish.msn);
    if (wish.skipLandingPage) {
      if (!unit.skipLandingPage) throw ecomRefusal(400, 'Merchant', '38', 'The sales unit is not allowed to skip the landing page.');
      if (world.customers.find(`47${wish.mobileNumber ?? ''}`) === null) {
        throw ecomRefusal(400, 'User', '81', 'The phone number is wrong, is not a user, or the user cannot pay businesses.');
      }
    }
    if (world.payments.has(unit.msn, wish.orderId)) {
      throw ecomRefusal(400, 'Merchant', '34', 'Duplicate orderId. It has already been used for this MSN.');
    }
    const late = request.faults.find((fault) => fault.kind === 'late');
    const payment = world.payments.create(unit, {
      reference: wish.orderId,
      amountOre: wish.amountOre,
      text: wish.text,
      pushedTo: wish.skipLandingPage ? wish.mobileNumber : null,
      flow: wish.skipLandingPage ? 'push' : 'landing',
      callback: wish.callback,
      appearsAfterMs: late?.kind === 'late' ? late.appearsAfterMs : 0,
    });
    world.changes.tell();
    return { orderId: payment.reference, url: paymentUrl(world.baseUrl, payment) };
  });

  server.get(`${base}/payments/:orderId/details`, { config: { route: 'details' } }, async (request) => {
    const unit = authenticate(world, request.headers);
    const orderId = orderIdOf(request);
    world.limits.count('details', unit.subscriptionKey, orderId);
    const payment = findPayment(world, unit, orderId);
    const stale = request.faults.find((fault) => fault.kind === 'stale');
    return detailsAnswer(payment, world.clock.nowMs() - (stale?.kind === 'stale' ? stale.behindMs : 0));
  });

  server.post(`${base}/payments/:orderId/capture`, { config: { route: 'capture' } }, async (request, reply) =>
    reply.type('application/json; charset=utf-8').send(
      keyed(world, request, 'capture', (unit, payment, action, key) => {
        capture(payment, merchantRequest(world, action, key, unit), unit);
      }),
    ),
  );

  server.post(`${base}/payments/:orderId/refund`, { config: { route: 'refund' } }, async (request, reply) =>
    reply.type('application/json; charset=utf-8').send(
      keyed(world, request, 'refund', (unit, payment, action, key) => {
        refund(payment, merchantRequest(world, action, key, unit));
      }),
    ),
  );

  server.put(`${base}/payments/:orderId/cancel`, { config: { route: 'cancel' } }, async (request) => {
    const { unit, payment, action } = begin(world, request, 'cancel', readJsonObject(request));
    checkMsn(unit, action);
    allowed(() => cancel(payment, action.shouldReleaseRemainingFunds, merchantRequest(world, action, '', unit)));
    world.changes.tell();
    return actionAnswer(payment, 'cancel', world.clock.nowMs());
  });

  server.post(`${base}/integration-test/payments/:orderId/approve`, { config: { route: 'force-approve' } }, async (request, reply) => {
    const unit = authenticate(world, request.headers);
    const payment = findPayment(world, unit, orderIdOf(request));
    const body = readJsonObject(request);
    if (body === null) throw internalError();
    if (typeof body.token === 'string' && body.token !== payment.token) {
      throw ecomRefusal(400, 'VippsError', '91', 'The token does not belong to this order.');
    }
    if (payment.pushedTo !== null) throw ecomRefusal(400, 'VippsError', '91', 'Not supported with skipLandingPage.');
    try {
      act(payment, 'approve', world.clock.nowMs());
    } catch (error) {
      if (error instanceof CustomerActionRefused) throw ecomRefusal(400, 'VippsError', '91', `Not allowed: ${error.message}.`);
      throw error;
    }
    world.changes.tell();
    return reply.status(200).send();
  });
}

function begin(
  world: World,
  request: FastifyRequest,
  operation: LimitedOperation,
  body: JsonObject | null,
): { readonly unit: SalesUnit; readonly payment: Payment; readonly action: ActionRequest } {
  const unit = authenticate(world, request.headers);
  const orderId = orderIdOf(request);
  world.limits.count(operation, unit.msn, orderId);
  const action = readAction(body);
  return { unit, payment: findPayment(world, unit, orderId), action };
}

function checkMsn(unit: SalesUnit, action: ActionRequest): void {
  if (action.msn !== unit.msn) throw invalidMsn(action.msn);
}

function merchantRequest(world: World, action: ActionRequest, key: string, unit: SalesUnit) {
  return {
    amountOre: action.amountOre,
    key,
    text: action.text,
    transactionId: world.payments.nextTransactionId(),
    nowMs: world.clock.nowMs(),
    keyStaysInEcom: !unit.showsEcomKeys,
  };
}

function allowed(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (error instanceof OperationRefused) throw refusedOperation(error.because);
    throw error;
  }
}

/** A capture or refund with its key: done once, and answered the same however often it is asked again. */
function keyed(
  world: World,
  request: FastifyRequest,
  operation: 'capture' | 'refund',
  run: (unit: SalesUnit, payment: Payment, action: ActionRequest, key: string) => void,
): string {
  const body = readJsonObject(request);
  const { unit, payment, action } = begin(world, request, operation, body);
  const key = readRequestId(header(request.headers, 'x-request-id'));
  checkMsn(unit, action);
  const content = canonical(body);
  const before = world.answers.find(operation, unit.msn, payment.reference, key);
  if (before !== null) {
    if (before.body === content) return before.answer;
    throw notIdentical(operation, readAction(JSON.parse(before.body)).amountOre !== action.amountOre);
  }
  allowed(() => run(unit, payment, action, key));
  const answer = JSON.stringify(actionAnswer(payment, operation, world.clock.nowMs()));
  world.answers.remember(operation, unit.msn, payment.reference, key, content, answer);
  world.changes.tell();
  return answer;
}
