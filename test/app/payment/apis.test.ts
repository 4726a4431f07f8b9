/** Both APIs of one sales unit: a payment begun in one is finished, whichever is configured by then. */
import { afterEach, describe, expect, it } from 'vitest';
import { byApi } from '../../../app/payment/apis.ts';
import { NO_EXTRAS, type PaymentOrder } from '../../../app/payment/provider.ts';
import { startSandbox } from '../../../server/sandbox/sandbox.ts';
import { ecomAt, epaymentAt } from '../../support/scripted-provider.ts';

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function unit(migrated: boolean) {
  const sandbox = await startSandbox({ salesUnits: [{ msn: '123456', migrated }] });
  const [found] = sandbox.salesUnits;
  if (found === undefined) throw new RangeError('The sandbox has no sales unit.');
  const { msn: merchantSerialNumber, clientId, clientSecret, subscriptionKey } = found;
  const keys = { merchantSerialNumber, clientId, clientSecret, subscriptionKey };
  const [ecom, epayment] = [ecomAt(sandbox.url, { keys }), epaymentAt(sandbox.url, { keys })];
  endings.push(ecom.close, epayment.close, () => sandbox.close());
  return { sandbox, apis: { ecom: ecom.provider, epayment: epayment.provider } };
}

let count = 0;
const order = (api?: 'ecom' | 'epayment'): PaymentOrder => {
  count += 1;
  const reference = `kiosk-1-2611-ab12cd-${count}-1`;
  return { reference, amountOre: 19_900, currency: 'NOK', text: 'Salg 1', ...(api === undefined ? {} : { api }) };
};

describe.each(['ecom', 'epayment'] as const)('a payment begun in %s', (api) => {
  it.each(['ecom', 'epayment'] as const)('has its picture, is captured and paid back when %s is configured', async (configured) => {
    const { sandbox, apis } = await unit(true);
    const payment = order(api);
    const created = await byApi(api, apis).create(payment, NO_EXTRAS);
    const url = created.kind === 'ok' ? (created.value.url ?? '') : '';
    const now = byApi(configured, apis);
    expect(await now.fetchQr(payment, { url })).toMatchObject({ kind: 'ok', value: { kind: 'png', bytes: expect.any(Uint8Array) } });
    sandbox.control.customer('approve', payment.reference);
    expect(await now.read(payment)).toMatchObject({ kind: 'ok', value: { state: 'authorised', authorisedOre: 19_900 } });
    expect(await now.capture(payment, 19_900, 'c1')).toMatchObject({ kind: 'ok' });
    expect(await now.refund(payment, 900, 'r1')).toMatchObject({ kind: 'ok' });
    expect(await now.read(payment)).toMatchObject({ kind: 'ok', value: { capturedOre: 19_900, refundedOre: 900 } });
    expect(await now.story(payment)).toMatchObject({ kind: 'ok', value: { view: { capturedOre: 19_900, refundedOre: 900 } } });
  });
});

describe('a payment begun in eCom', () => {
  it('goes on through ePayment where the sales unit has migrated', async () => {
    const { sandbox, apis } = await unit(true);
    const payment = order('ecom');
    await apis.ecom.create(payment);
    sandbox.control.clearRequests();
    const now = byApi('epayment', apis);
    await now.read(payment);
    await now.cancel(payment, 'if-not-approved', 'x1');
    expect(sandbox.control.requests().map(({ path }) => path.split('/')[1])).not.toContain('ecomm');
    expect(await now.read(payment)).toMatchObject({ kind: 'ok', value: { state: 'terminated' } });
  });

  it('stays in eCom where it has not: ePayment does not know it, and nothing is lost', async () => {
    const { sandbox, apis } = await unit(false);
    const payment = order('ecom');
    await apis.ecom.create(payment);
    sandbox.control.customer('approve', payment.reference);
    const now = byApi('epayment', apis);
    // Nobody has read it yet in this process: somebody asks about a sale of yesterday.
    expect(await now.story(payment)).toMatchObject({ kind: 'ok', value: { view: { state: 'authorised' } } });
    expect(await now.read(payment)).toMatchObject({ kind: 'ok', value: { state: 'authorised' } });
    expect(await now.capture(payment, 19_900, 'c1')).toMatchObject({ kind: 'ok' });
    expect(await now.read(payment)).toMatchObject({ kind: 'ok', value: { capturedOre: 19_900 } });
  });

  it('that neither knows is nowhere', async () => {
    const { apis } = await unit(true);
    expect(await byApi('epayment', apis).read(order('ecom'))).toEqual({ kind: 'ok', value: null });
  });
});

it('an order of before the API was written down is the configured API’s', async () => {
  const { sandbox, apis } = await unit(true);
  const payment = order();
  await byApi('epayment', apis).create(payment, NO_EXTRAS);
  expect(sandbox.control.requests({ route: 'initiate' }).map(({ path }) => path)).toEqual(['/epayment/v1/payments']);
});
