/** Two sales units of one register: each payment is asked about with the keys of the unit that took it. */
import { afterEach, describe, expect, it } from 'vitest';
import { byApi } from '../../../app/payment/apis.ts';
import { NO_EXTRAS, type PaymentOrder } from '../../../app/payment/provider.ts';
import { byUnit } from '../../../app/payment/units.ts';
import type { GivenUp } from '../../../app/till/ports.ts';
import { type Sandbox, startSandbox } from '../../../server/sandbox/sandbox.ts';
import { epaymentAt } from '../../support/scripted-provider.ts';

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

const COUNTER = '123456';
const DISTANCE = '222333';

async function units() {
  const sandbox = await startSandbox({ salesUnits: [{ msn: COUNTER }, { msn: DISTANCE }] });
  endings.push(() => sandbox.close());
  return { sandbox, counter: unit(sandbox, COUNTER), distance: unit(sandbox, DISTANCE) };
}

function unit(sandbox: Sandbox, msn: string) {
  const found = sandbox.salesUnits.find((each) => each.msn === msn);
  if (found === undefined) throw new RangeError(`no sales unit ${msn}`);
  const { clientId, clientSecret, subscriptionKey } = found;
  const made = epaymentAt(sandbox.url, { keys: { merchantSerialNumber: msn, clientId, clientSecret, subscriptionKey } });
  endings.push(made.close);
  return made.provider;
}

const order = (number: number, more: Partial<PaymentOrder> = {}): PaymentOrder => ({
  reference: `kiosk-1-2611-ab12cd-${number}-1`,
  amountOre: 19_900,
  currency: 'NOK',
  text: 'Salg 1',
  ...more,
});

/** Nobody waits for it from the beginning. */
const GIVEN_UP: GivenUp = {
  onGivenUp(listener) {
    listener();
    return () => {};
  },
};

describe('a register with two sales units', () => {
  it('makes, reads, captures and pays back each payment at the unit that it belongs to', async () => {
    const { sandbox, counter, distance } = await units();
    const both = byUnit(counter, distance);
    const [here, away] = [order(1), order(2, { unit: 'distance' })];
    for (const each of [here, away]) {
      expect((await both.create(each, NO_EXTRAS)).kind).toBe('ok');
      sandbox.control.customer('approve', each.reference);
      expect(await both.capture(each, 19_900, `c-${each.reference}`)).toMatchObject({ kind: 'ok' });
      expect(await both.refund(each, 900, `r-${each.reference}`)).toMatchObject({ kind: 'ok' });
      expect(await both.read(each)).toMatchObject({ kind: 'ok', value: { capturedOre: 19_900, refundedOre: 900 } });
      expect(await both.story(each)).toMatchObject({ kind: 'ok', value: { view: { capturedOre: 19_900, refundedOre: 900 } } });
    }
    expect(sandbox.control.payment(here.reference).msn).toBe(COUNTER);
    expect(sandbox.control.payment(away.reference).msn).toBe(DISTANCE);
  });

  it('ends a read that is given up on its way, at whichever unit', async () => {
    const { sandbox, counter, distance } = await units();
    const both = byApi('epayment', { ecom: byUnit(counter, distance), epayment: byUnit(counter, distance) });
    for (const each of [order(4), order(5, { unit: 'distance' })]) {
      await both.create(each, NO_EXTRAS);
      const read = both.read(each, GIVEN_UP);
      expect(await read).toMatchObject({
        kind: expect.stringMatching(/unknown|retryable/),
        error: { message: expect.stringContaining('given up') },
      });
    }
    expect(sandbox.control.payments()).toHaveLength(2);
  });

  it('asks nothing about a payment whose unit is not configured any more: it waits', async () => {
    const { sandbox, counter, distance } = await units();
    const away = order(3, { unit: 'distance' });
    await byUnit(counter, distance).create(away, NO_EXTRAS);
    sandbox.control.clearRequests();
    const without = byUnit(counter, null);
    for (const answer of [await without.read(away), await without.capture(away, 19_900, 'c'), await without.cancel(away, 'all', 'x')]) {
      expect(answer).toMatchObject({ kind: 'retryable', error: { code: 'local:no-such-unit' } });
    }
    expect(sandbox.control.requests()).toEqual([]);
  });
});
