import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownAddresses, placeOf } from '../../../../app/vipps/webhooks/addresses.ts';
import type { ListedWebhook } from '../../../../app/vipps/webhooks/client.ts';
import { CHECK_IN_EVENT, PAYMENT_EVENTS, readCheckIn, readPaymentEvent } from '../../../../app/vipps/webhooks/events.ts';
import { type KeptWebhook, planWebhooks, type WantedWebhook } from '../../../../app/vipps/webhooks/plan.ts';

const publicUrl = 'https://kasse.example.no/tillit';
const addresses = ownAddresses(`${publicUrl}/`, 'torg', '1');
const own = [addresses.payments, addresses.checkIns];
const wanted: readonly WantedWebhook[] = [
  { kind: 'payments', url: addresses.payments, events: PAYMENT_EVENTS },
  { kind: 'check-ins', url: addresses.checkIns, events: [CHECK_IN_EVENT] },
];

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const url = fc.constantFrom(...own, 'https://kasse.example.no/gammel', 'https://other.example/hook');
const listed = fc.uniqueArray(fc.record({ id, url, events: fc.constantFrom([...PAYMENT_EVENTS], [CHECK_IN_EVENT], ['x']) }), {
  selector: (one) => one.id,
});
const kept = fc.uniqueArray(
  fc.record({ id, url, kind: fc.constantFrom('payments' as const, 'check-ins' as const), secret: fc.constant('s') }),
  { selector: (one) => one.id },
);

/** What the provider lists, and what is kept, once the plan has been carried out. */
function carriedOut(keptNow: readonly KeptWebhook[], there: readonly ListedWebhook[]) {
  const plan = planWebhooks(wanted, keptNow, there, own);
  const made = plan.register.map((wish, index) => ({ ...wish, id: `new-${index}`, secret: 's' }));
  return { plan, kept: [...plan.good, ...made], listed: [...there.filter((one) => !plan.remove.includes(one.id)), ...made] };
}

describe('the plan for the webhooks', () => {
  it('ends with exactly what is wanted, whatever was there, and has nothing more to do', () => {
    fc.assert(
      fc.property(kept, listed, (keptNow, there) => {
        const after = carriedOut(keptNow, there);
        expect(
          after.listed
            .filter((one) => own.includes(one.url))
            .map((one) => one.url)
            .toSorted(),
        ).toEqual(own.toSorted());
        const again = planWebhooks(wanted, after.kept, after.listed, own);
        expect([again.remove, again.register]).toEqual([[], []]);
      }),
    );
  });

  it('never deletes what is neither kept here nor leads here', () => {
    fc.assert(
      fc.property(kept, listed, (keptNow, there) => {
        const removed = new Set(planWebhooks(wanted, keptNow, there, own).remove);
        const touched = there.filter((one) => removed.has(one.id));
        expect(touched.filter((one) => !own.includes(one.url) && !keptNow.some((mine) => mine.id === one.id))).toEqual([]);
      }),
    );
  });

  it('keeps what is good: the same id, address and events, in whatever order', () => {
    const good = { kind: 'payments', id: 'a', url: addresses.payments, secret: 's' } as const;
    const there = { id: 'a', url: addresses.payments, events: PAYMENT_EVENTS.toReversed() };
    expect(planWebhooks(wanted, [good], [there], own)).toMatchObject({ remove: [], good: [good], register: [{ kind: 'check-ins' }] });
  });
});

describe('the place of a request', () => {
  const path = '/vipps/torg-1';
  it.each([
    [`/tillit${path}/payments`, { kind: 'payments' }],
    [`${path}/payments`, { kind: 'payments' }],
    [`${path}/check-ins`, { kind: 'check-ins' }],
    [`/tillit${path}/ecom/v2/payments/torg-1-2611-ab-17-1`, { kind: 'callback', reference: 'torg-1-2611-ab-17-1' }],
    [`${path}/ecom/v2/payments/x`, { kind: 'callback', reference: 'x' }],
  ])('%s is known, with the address’s own part of the path or without', (raw, place) => {
    expect(placeOf(raw, publicUrl, addresses)).toEqual(place);
  });

  it('is none for any other path', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
        expect(placeOf(address.replace(/^https?:\/\/[^/]+/, ''), publicUrl, addresses)).toBeNull();
      }),
      { numRuns: 30 },
    );
    for (const raw of [
      '',
      '/',
      '*',
      '/tillit',
      path,
      `/tillit/tillit${path}/payments`,
      '/vipps/torg-2/payments',
      `${path}/ecom/v2/payments`,
    ]) {
      expect(placeOf(raw, publicUrl, addresses)).toBeNull();
    }
  });
});

describe('what is read of an event', () => {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const checkIn = { customerToken: 'eyJra', merchantQrId: 'kasse-1', msn: '123456', initiatedAt: '2026-11-21T11:00:00.000Z' };

  it('is the reference, and nothing else of a payment', () => {
    expect(readPaymentEvent(bytes({ reference: 'torg-1', name: 'NEW_NAME', success: 'maybe', amount: null }))).toBe('torg-1');
  });

  it('is all of a check-in, when it is whole', () => {
    expect(readCheckIn(bytes(checkIn))).toEqual({
      customerToken: 'eyJra',
      merchantQrId: 'kasse-1',
      merchantSerialNumber: '123456',
      initiatedAtMs: Date.UTC(2026, 10, 21, 11),
    });
    for (const field of Object.keys(checkIn)) expect(readCheckIn(bytes({ ...checkIn, [field]: undefined }))).toBeNull();
    expect(readCheckIn(bytes({ ...checkIn, customerToken: 'a b' }))).toBeNull();
  });

  it('is nothing of what is no event, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => new TextEncoder().encode(text)),
        ),
        (body) => {
          const reference = readPaymentEvent(body);
          expect(reference === null || typeof reference === 'string').toBe(true);
          expect(readCheckIn(body)).toBeNull();
        },
      ),
    );
  });
});
