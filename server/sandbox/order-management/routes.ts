import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate } from '../gateway/authenticate.ts';
import { type JsonObject, readJsonObject } from '../gateway/json-body.ts';
import { invalidParams, validationError } from '../gateway/problem.ts';
import type { Payment } from '../payments/payment.ts';
import { addsUp, receiptProblems } from '../receipts/receipt.ts';
import type { World } from '../world.ts';

const base = '/order-management';
const json = 'application/json; charset=utf-8';
const categories = ['GENERAL', 'RECEIPT', 'ORDER_CONFIRMATION', 'DELIVERY', 'TICKET', 'BOOKING'];
const imageIdPattern = /^[0-9A-Za-z\-_.]{1,128}$/;

/** What merchants have attached to payments, for the customer's app. */
export class Orders {
  readonly #receipts = new Map<Payment, JsonObject>();
  readonly #categories = new Map<Payment, JsonObject>();
  readonly #images = new Set<string>();

  receiptOf(payment: Payment): unknown {
    return this.#receipts.get(payment) ?? payment.extras?.receipt ?? null;
  }

  addReceipt(payment: Payment, receipt: JsonObject): void {
    this.#receipts.set(payment, receipt);
  }

  categoryOf(payment: Payment): JsonObject | null {
    return this.#categories.get(payment) ?? null;
  }

  setCategory(payment: Payment, category: JsonObject): void {
    this.#categories.set(payment, category);
  }

  hasImage(msn: string, imageId: string): boolean {
    return this.#images.has(`${msn}/${imageId}`);
  }

  addImage(msn: string, imageId: string): void {
    this.#images.add(`${msn}/${imageId}`);
  }
}

/** The Order Management API, as far as a register uses it: a receipt, a link with a picture, and both read back. */
export function registerOrderManagement(server: FastifyInstance, world: World): void {
  server.post(`${base}/v2/:paymentType/receipts/:orderId`, { config: { route: 'order-management' } }, async (request, reply) => {
    const { payment } = orderIn(world, request);
    const receipt = readJsonObject(request);
    if (receipt === null) throw invalidParams([{ name: '$', reason: 'The body must be a JSON object.' }]);
    const problems = receiptProblems(receipt);
    if (problems.length > 0) throw invalidParams(problems);
    if (!addsUp(receipt, null)) {
      throw invalidParams([{ name: 'orderLines', reason: 'totalAmount must be totalAmountExcludingTax and totalTaxAmount together.' }]);
    }
    if (world.orders.receiptOf(payment) !== null)
      throw validationError(409, 'Conflict', `There is a receipt for ${payment.reference} already.`);
    world.orders.addReceipt(payment, receipt);
    world.changes.tell();
    return reply.status(201).type(json).send(JSON.stringify(randomUUID()));
  });

  server.put(`${base}/v2/:paymentType/categories/:orderId`, { config: { route: 'order-management' } }, async (request, reply) => {
    const { payment, msn } = orderIn(world, request);
    const order = readJsonObject(request) ?? {};
    const problems = categoryProblems(order, (imageId) => world.orders.hasImage(msn, imageId));
    if (problems.length > 0) throw invalidParams(problems);
    world.orders.setCategory(payment, order);
    world.changes.tell();
    return reply.type(json).send(JSON.stringify(randomUUID()));
  });

  server.get(`${base}/v2/:paymentType/:orderId`, { config: { route: 'order-management' } }, async (request) => {
    const { payment } = orderIn(world, request);
    const category = world.orders.categoryOf(payment);
    const receipt = world.orders.receiptOf(payment);
    return { ...(category === null ? {} : { category }), ...(receipt === null ? {} : { receipt }) };
  });

  server.post(`${base}/v1/images`, { config: { route: 'order-management' } }, async (request) => {
    const unit = authenticate(world, request.headers);
    const image = readJsonObject(request) ?? {};
    if (typeof image.imageId !== 'string' || !imageIdPattern.test(image.imageId)) {
      throw invalidParams([{ name: 'ImageId', reason: 'The field ImageId must be letters, digits, -, _ and . only.' }]);
    }
    if (image.type !== 'base64') throw invalidParams([{ name: 'Type', reason: 'The field Type must be base64.' }]);
    const src = typeof image.src === 'string' ? Buffer.from(image.src, 'base64') : Buffer.alloc(0);
    if (src.length === 0) throw invalidParams([{ name: 'Src', reason: 'The field Src must be a picture in base64.' }]);
    world.orders.addImage(unit.msn, image.imageId);
    return { imageId: image.imageId };
  });
}

function orderIn(world: World, request: FastifyRequest): { readonly payment: Payment; readonly msn: string } {
  const unit = authenticate(world, request.headers);
  const { paymentType = '', orderId = '' } = request.params as { readonly paymentType?: string; readonly orderId?: string };
  if (paymentType !== 'ECOM' && paymentType !== 'RECURRING') {
    throw invalidParams([{ name: 'paymentType', reason: `The value '${paymentType}' is not valid.` }]);
  }
  const payment = paymentType === 'ECOM' ? world.payments.find(unit.msn, orderId) : null;
  if (payment === null) throw validationError(404, 'Not Found', `There is no order ${orderId}.`);
  return { payment, msn: unit.msn };
}

function categoryProblems(order: JsonObject, hasImage: (imageId: string) => boolean): { name: string; reason: string }[] {
  const problems: { name: string; reason: string }[] = [];
  if (!categories.includes(String(order.category))) {
    problems.push({ name: 'Category', reason: `The category must be one of ${categories.join(', ')}.` });
  }
  const url = typeof order.orderDetailsUrl === 'string' ? URL.parse(order.orderDetailsUrl) : null;
  if (url?.protocol !== 'https:') problems.push({ name: 'OrderDetailsUrl', reason: 'The field OrderDetailsUrl must be an https address.' });
  const { imageId } = order;
  if (imageId !== undefined && imageId !== null && (typeof imageId !== 'string' || !hasImage(imageId))) {
    problems.push({ name: 'ImageId', reason: 'There is no such image.' });
  }
  return problems;
}
