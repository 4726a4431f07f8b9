/** How both adapters ask: how long they wait for an answer, and what they say about how much may be asked. */
import { describe, expect, it } from 'vitest';
import type { PaymentOrder } from '../../../app/payment/provider.ts';
import type { HttpRequest, HttpSend } from '../../../app/till/ports.ts';
import { callsPerMinute } from '../../../server/sandbox/gateway/rate-limits.ts';
import { ecomAt, epaymentAt, tokenBody } from '../../support/scripted-provider.ts';

const order: PaymentOrder = { reference: 'oslo-1-2611-kx7q-1042-1', amountOre: 24_900, currency: 'NOK', text: 'Kiosken, kvittering 17' };
const URL = 'https://api.example.com';

/** Answers the token, and nothing else. */
function listen(): { readonly send: HttpSend; readonly requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  const send: HttpSend = async (request) => {
    requests.push(request);
    if (!request.url.endsWith('/accesstoken/get')) return { kind: 'lost', reason: 'silence' };
    const body = new TextEncoder().encode(JSON.stringify(tokenBody('token-1')));
    return { kind: 'answered', response: { status: 200, headers: {}, body } };
  };
  return { send, requests };
}

describe.each([
  ['eCom', ecomAt],
  ['ePayment', epaymentAt],
] as const)('The adapter for %s', (name, at) => {
  it('gives the provider at least a second to be reached, and five to answer', async () => {
    const { send, requests } = listen();
    const { provider } = at(URL, { send });
    await provider.create(order);
    await provider.read(order);
    await provider.capture(order, 24_900, 'c1');
    await provider.cancel(order, 'all', 'x1');
    await provider.refund(order, 24_900, 'r1');
    await provider.fetchQr(order, { url: `${URL}/picture` });
    expect(requests.length).toBeGreaterThanOrEqual(7);
    for (const { method, url, connectTimeoutMs = 0, readTimeoutMs = 0 } of requests) {
      expect([method, url, connectTimeoutMs >= 1_000, readTimeoutMs >= 5_000]).toEqual([method, url, true, true]);
    }
  });

  it('makes no more requests in a call than it says', async () => {
    const { send, requests } = listen();
    const { provider } = at(URL, { send });
    await provider.warm();
    const made = async (ask: () => Promise<unknown>) => {
      const before = requests.length;
      await ask();
      return requests.length - before;
    };
    expect(await made(() => provider.create(order))).toBe(provider.limits.create.requests);
    expect(await made(() => provider.capture(order, 24_900, 'c1'))).toBe(provider.limits.capture.requests);
    expect(await made(() => provider.cancel(order, 'all', 'x1'))).toBe(provider.limits.cancel.requests);
    expect(await made(() => provider.refund(order, 24_900, 'r1'))).toBe(provider.limits.refund.requests);
    expect(await made(() => provider.read(order))).toBeLessThanOrEqual(provider.limits.read.requests);
  });

  it('says of a read how many requests it was', async () => {
    const { send, requests } = listen();
    const { provider } = at(URL, { send });
    await provider.warm();
    const before = requests.length;
    const { requests: told = provider.limits.read.requests } = await provider.read(order);
    expect(told).toBe(requests.length - before);
  });

  it('says what the provider takes in a minute', () => {
    const { create, read, capture, cancel, refund } = at(URL).provider.limits;
    const { initiate, details, ...others } = callsPerMinute;
    expect(create.perMinute).toBe(name === 'eCom' ? initiate : others.create);
    expect(read.perMinute).toBe(name === 'eCom' ? details : others.events);
    expect([capture, cancel, refund].map(({ perMinute }) => perMinute)).toEqual([others.capture, others.cancel, others.refund]);
  });
});
