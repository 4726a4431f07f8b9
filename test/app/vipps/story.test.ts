/** A payment's story through both APIs, against the sandbox: the same steps, with their times. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentOrder, PaymentProvider } from '../../../app/payment/provider.ts';
import { detailsAnswer } from '../../../app/vipps/ecom/answers.ts';
import { stepsOfDetails } from '../../../app/vipps/ecom/view.ts';
import { type Sandbox, startSandbox } from '../../../server/sandbox/sandbox.ts';
import { ecomAt, epaymentAt } from '../../support/scripted-provider.ts';

const NOON_MS = Date.UTC(2026, 10, 20, 11);

describe.each([
  ['eCom', ecomAt, 'ecom'],
  ['ePayment', epaymentAt, 'epay'],
] as const)('through %s, a payment’s story', (_name, providerAt, prefix) => {
  let sandbox: Sandbox;
  let provider: PaymentProvider;
  let close: () => void;
  let number = 0;

  beforeAll(async () => {
    sandbox = await startSandbox({ rateLimits: false, nowMs: () => NOON_MS, tokenLifetimeMs: 20 * 86_400_000 });
    const [unit] = sandbox.salesUnits;
    if (unit === undefined) throw new Error('no unit');
    const { msn: merchantSerialNumber, clientId, clientSecret, subscriptionKey } = unit;
    ({ provider, close } = providerAt(sandbox.url, { keys: { merchantSerialNumber, clientId, clientSecret, subscriptionKey } }));
  });
  afterAll(async () => {
    close();
    await sandbox.close();
  });

  async function created(): Promise<PaymentOrder> {
    number += 1;
    const order: PaymentOrder = {
      reference: `kolo-1-2611-${prefix}-${number}-1`,
      amountOre: 10_000,
      currency: 'NOK',
      text: 'Salg 1, Kasse 1',
    };
    expect(await provider.create(order)).toMatchObject({ kind: 'ok' });
    return order;
  }

  const wait = (minutes: number) => sandbox.control.advance(minutes * 60_000);

  /** `reserve 100.00 after 1 min`, and so on. */
  async function told(order: PaymentOrder): Promise<readonly string[]> {
    const answer = await provider.story(order);
    if (answer.kind !== 'ok' || answer.value === null) throw new Error('no story');
    const [first] = answer.value.steps;
    return answer.value.steps.map(
      ({ kind, amountOre, ok, atMs }) => `${kind}${ok ? '' : '!'} ${amountOre} +${((atMs ?? Number.NaN) - (first?.atMs ?? 0)) / 60_000}`,
    );
  }

  it('has the reservation, the capture and the refund, oldest first, with the time of each', async () => {
    const order = await created();
    wait(1);
    sandbox.control.customer('approve', order.reference);
    wait(1);
    await provider.capture(order, 10_000, `c-${prefix}-1`);
    wait(2 * 24 * 60);
    await provider.refund(order, 4_000, `r-${prefix}-1`);
    expect(await told(order)).toEqual(['initiate 10000 +0', 'authorise 10000 +1', 'capture 10000 +2', 'refund 4000 +2882']);
  });

  it('has what was approved and let go', async () => {
    const order = await created();
    sandbox.control.customer('approve', order.reference);
    wait(1);
    await provider.cancel(order, 'all', `x-${prefix}-2`);
    expect(await told(order)).toEqual(['initiate 10000 +0', 'authorise 10000 +0', 'void 10000 +1']);
  });

  it('tells an expiry from a bank’s no', async () => {
    const late = await created();
    wait(30);
    expect((await told(late)).at(-1)).toMatch(/^expire! 10000 \+(?:5|10)$/);
    const refused = await created();
    sandbox.control.customer('no-cover', refused.reference);
    expect((await told(refused)).filter((step) => step.startsWith('authorise!'))).toHaveLength(1);
  });

  it('is told while nothing has happened yet, too', async () => {
    expect(await told(await created())).toEqual(['initiate 10000 +0']);
  });

  it('of a reference that the provider does not know is none', async () => {
    const order: PaymentOrder = { reference: `kolo-1-2611-${prefix}-999-1`, amountOre: 10_000, currency: 'NOK', text: 'Salg' };
    expect(await provider.story(order)).toEqual({ kind: 'ok', value: null });
  });
});

it('an eCom history without readable times is a story all the same', () => {
  const rows = [{ timeStamp: 'yesterday' }, { timeStamp: 12 }, {}].map((time) => ({
    operation: 'INITIATE',
    amount: 100,
    operationSuccess: true,
    ...time,
  }));
  const details = detailsAnswer.parse({ transactionLogHistory: rows });
  expect(stepsOfDetails(details).map(({ atMs }) => atMs)).toEqual([null, null, null]);
});
