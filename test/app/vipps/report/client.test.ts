import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createReportClient } from '../../../../app/vipps/report/client.ts';
import { createHttpSend } from '../../../../hardware/http/send.ts';
import { type EpaymentMerchant, startEpayment } from '../../../server/sandbox/epayment-merchant.ts';
import { keptLog, movableClock, type ScriptedProvider, startScriptedProvider } from '../../../support/scripted-provider.ts';

const DATE = '2026-03-10';
const DAY_MS = 86_400_000;
const DATES = '/report/v2/ledgers/30123456/funds/dates/2026-03-10';

/** A client whose waits pass at once, and are counted. */
function clientAt(url: string, keys: Readonly<Record<string, string>>, waits: number[] = []) {
  const send = createHttpSend();
  onTestFinished(() => send.close());
  return createReportClient({
    configuration: {
      baseUrl: url,
      merchantSerialNumber: '123456',
      clientId: 'client',
      clientSecret: 'secret-of-the-client',
      subscriptionKey: 'subscription-key',
      systemName: 'tillit',
      systemVersion: '0.1.0',
      ...keys,
    },
    send,
    clock: movableClock(),
    timers: {
      after: (delayMs, run) => {
        waits.push(delayMs);
        queueMicrotask(run);
        return { cancel: () => {} };
      },
    },
    log: keptLog(),
    currency: 'NOK',
  });
}

describe('against the sandbox', () => {
  let shop: EpaymentMerchant;
  const client = (waits: number[] = []) => {
    const unit = shop.merchant.sandbox.salesUnits.find(({ msn }) => msn === '123456');
    if (unit === undefined) throw new Error('no unit');
    const { clientId, clientSecret, subscriptionKey } = unit;
    return clientAt(shop.merchant.sandbox.url, { clientId, clientSecret, subscriptionKey }, waits);
  };

  beforeAll(async () => {
    shop = await startEpayment({
      nowMs: () => Date.parse('2026-03-10T12:00:00Z'),
      tokenLifetimeMs: 30 * DAY_MS,
      reportPageSize: 2,
      salesUnits: [{ msn: '123456' }, { msn: '654321' }],
    });
    for (const reference of ['ledger-one', 'ledger-two', 'ledger-three']) {
      await shop.create(reference);
      shop.control.customer('approve', reference);
      await shop.capture(reference, 10_000, 'k');
    }
  });
  afterAll(() => shop.merchant.sandbox.close());

  it('finds the ledger of its sales unit', async () => {
    expect(await client().ledgerId()).toEqual({ kind: 'ok', value: '30123456' });
  });

  it('reads a day that is under way, and says that it is', async () => {
    const day = await client().day('30123456', 'funds', DATE);
    expect(day).toMatchObject({ kind: 'ok', value: { closed: false } });
  });

  it('reads a whole day, whatever the number of pages', async () => {
    shop.control.advance(DAY_MS);
    const funds = await client().day('30123456', 'funds', DATE);
    if (funds.kind !== 'ok') throw new Error(funds.error.message);
    expect(funds.value.closed).toBe(true);
    expect(funds.value.rows.map(({ entryType, amountOre, reference }) => `${entryType} ${amountOre} ${reference}`)).toEqual([
      'capture 10000 ledger-one',
      'capture 10000 ledger-two',
      'capture 10000 ledger-three',
      'fees-retained -525 ',
      'scheduled-for-payout -29475 123456-20260310',
    ]);
    expect(await client().day('30123456', 'fees', DATE)).toMatchObject({ kind: 'ok', value: { closed: true } });
  });

  it('a day that has not come is refused with a 404', async () => {
    expect(await client().day('30123456', 'funds', '2026-03-20')).toMatchObject({ kind: 'refused', error: { httpStatus: 404 } });
  });

  it('somebody else’s ledger is refused with a 403', async () => {
    expect(await client().day('30654321', 'funds', DATE)).toMatchObject({ kind: 'refused', error: { httpStatus: 403 } });
  });

  it('a page that came too fast is asked for again, when the provider said so', async () => {
    const waits: number[] = [];
    const patient = client(waits);
    await patient.ledgerId();
    shop.control.addFault({ kind: 'rate-limited', route: 'report', retryAfterSeconds: 4, skip: 1, times: 2 });
    expect(await patient.day('30123456', 'funds', DATE)).toMatchObject({ kind: 'ok' });
    expect(waits).toEqual([4_000, 4_000]);
  });

  it('a wait that is too long is the person’s to decide on', async () => {
    shop.control.addFault({ kind: 'rate-limited', route: 'report', retryAfterSeconds: 60 });
    const day = await client().day('30123456', 'funds', DATE);
    expect(day).toMatchObject({ kind: 'retryable', retryAfterMs: 60_000, error: { httpStatus: 429 } });
  });

  it.each([
    { kind: 'cut-after' },
    { kind: 'broken-json' },
    { kind: 'html', status: 502 },
    { kind: 'wrong-type', field: 'items.0.amount' },
  ] as const)('half of a day is no day: $kind on its second page', async (fault) => {
    const one = client();
    await one.ledgerId();
    shop.control.addFault({ ...fault, route: 'report', skip: 1, times: 5 });
    expect(await one.day('30123456', 'funds', DATE)).toMatchObject({ kind: 'unknown' });
    shop.control.clearFaults();
  });
});

describe('an answer that is not about what was asked for', () => {
  const row = {
    pspReference: '1',
    time: '2026-03-10T11:00:00.123456Z',
    ledgerDate: DATE,
    entryType: 'capture',
    reference: 'ledger-one',
    currency: 'NOK',
    amount: 100,
    balanceBefore: 0,
    balanceAfter: 100,
    recipientHandle: 'api:123456',
  };
  async function answered(body: unknown): Promise<ScriptedProvider> {
    const provider = await startScriptedProvider();
    onTestFinished(() => provider.close());
    provider.on(`GET ${DATES}`, { body });
    return provider;
  }

  it('with times to the microsecond, as the provider’s example has them, is read', async () => {
    const provider = await answered({ hasMore: false, items: [row] });
    const day = await clientAt(provider.url, {}).day('30123456', 'funds', DATE);
    expect(day).toMatchObject({ kind: 'ok', value: { closed: true, rows: [{ atMs: Date.parse('2026-03-10T11:00:00.123Z') }] } });
  });

  it.each([
    ['of another day', { hasMore: false, items: [{ ...row, ledgerDate: '2026-03-09' }] }],
    ['in another currency', { hasMore: false, items: [{ ...row, currency: 'DKK' }] }],
    ['with parts of an øre', { hasMore: false, items: [{ ...row, amount: 0.5 }] }],
    ['with more, and no way to it', { hasMore: true, items: [row] }],
    ['that leads in a circle', { hasMore: true, cursor: 'again', items: [row] }],
    ['without saying whether there is more', { items: [row] }],
  ])('%s is not used', async (_what, body) => {
    const provider = await answered(body);
    const day = await clientAt(provider.url, {}).day('30123456', 'funds', DATE);
    expect(day).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
    expect(provider.count(`GET ${DATES}`)).toBeLessThanOrEqual(2);
  });

  it('a ledger that settles for others only is none', async () => {
    const provider = await startScriptedProvider();
    onTestFinished(() => provider.close());
    const items = [{ ledgerId: '1', currency: 'NOK', settlesForRecipientHandles: ['NO:123456'] }];
    provider.on('GET /settlement/v1/ledgers', { body: { cursor: '', items } });
    expect(await clientAt(provider.url, {}).ledgerId()).toMatchObject({ kind: 'refused', error: { code: 'local:no-ledger' } });
  });

  it('a ledger on the second page is found', async () => {
    const provider = await startScriptedProvider();
    onTestFinished(() => provider.close());
    provider.on('GET /settlement/v1/ledgers', (_seen, count) => {
      const handles = count === 1 ? ['api:999999'] : ['api:123456'];
      const items = [{ ledgerId: String(count), currency: 'NOK', settlesForRecipientHandles: handles }];
      return { body: { cursor: count === 1 ? 'next' : '', items } };
    });
    expect(await clientAt(provider.url, {}).ledgerId()).toEqual({ kind: 'ok', value: '2' });
  });
});
