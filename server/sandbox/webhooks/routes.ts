import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { authenticate } from '../gateway/authenticate.ts';
import { readJsonObject } from '../gateway/json-body.ts';
import { isLoopback } from '../gateway/loopback.ts';
import { Refusal } from '../gateway/refusal.ts';
import type { World } from '../world.ts';
import { knownEvents } from './registrations.ts';

const base = '/webhooks/v1/webhooks';
const problemType = { 'content-type': 'application/problem+json; charset=utf-8' };

function refusal(instance: string, name: string, reason: string): Refusal {
  const traceId = `00-${randomUUID().replaceAll('-', '')}-${randomUUID().slice(0, 8)}00000000-00`;
  const body = {
    type: 'https://httpstatuses.io/400',
    title: 'Bad Request',
    status: 400,
    detail: 'One or more validation errors occurred.',
  };
  return new Refusal(400, { ...body, instance, traceId, extraDetails: [{ name, reason }] }, problemType);
}

function readUrl(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw refusal(base, 'url', 'The property is required and cannot be null or empty.');
  const url = URL.parse(value);
  if (url === null || (url.protocol !== 'https:' && !isLoopback(url))) throw refusal(base, 'url', 'The url must be a valid https address.');
  return value;
}

function readEvents(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) throw refusal(base, 'events', 'The property is required and cannot be null or empty.');
  const events = value.map((each: unknown) => String(each));
  const unknown = events.find((each) => !knownEvents.includes(each));
  if (unknown !== undefined) throw refusal(base, 'events', `The event ${unknown} does not exist.`);
  return [...new Set(events)];
}

/** The Webhooks API: register, list, delete. The secret is shown once. */
export function registerWebhooks(server: FastifyInstance, world: World): void {
  server.post(base, { config: { route: 'webhooks' } }, async (request, reply) => {
    const unit = authenticate(world, request.headers);
    const body = readJsonObject(request) ?? {};
    const url = readUrl(body.url);
    const events = readEvents(body.events);
    const full = world.registrations.full(unit.msn, events);
    if (full !== null) throw refusal(base, 'events', `There are as many webhooks for ${full} as there can be.`);
    const { id, secret } = world.registrations.add(unit.msn, url, events);
    return reply.status(201).send({ id, secret });
  });

  server.get(base, { config: { route: 'webhooks' } }, async (request) => {
    const unit = authenticate(world, request.headers);
    return { webhooks: world.registrations.of(unit.msn).map(({ id, url, events }) => ({ id, url, events })) };
  });

  server.delete(`${base}/:id`, { config: { route: 'webhooks' } }, async (request, reply) => {
    const unit = authenticate(world, request.headers);
    const { id } = request.params as { readonly id: string };
    if (!world.registrations.remove(unit.msn, id)) throw refusal(`${base}/${id}`, 'id', 'There is no such webhook.');
    return reply.status(204).send();
  });
}
