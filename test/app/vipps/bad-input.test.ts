/**
 * Whatever one thing is wrong with an answer, no money follows from it: a read is unknown or says no more than the answer does,
 * and an effect whose answer is not whole is unknown. Every wrong thing at every place, one at a time, in both adapters.
 */
import { toBuffer } from 'qrcode';
import { describe, expect, it } from 'vitest';
import type { PaymentOrder, PaymentProvider, ProviderView } from '../../../app/payment/provider.ts';
import type { HttpSend } from '../../../app/till/ports.ts';
import { createRedact } from '../../../app/vipps/secrets.ts';
import { createTokenSource } from '../../../app/vipps/token.ts';
import { ecomAt, epaymentAt, keptLog, movableClock, SECRETS, tokenBody } from '../../support/scripted-provider.ts';
import { type Json, type Spoilt, spoil } from '../../support/spoil.ts';

const order: PaymentOrder = { reference: 'oslo-1-2611-kx7q-1042-1', amountOre: 24_900, currency: 'NOK', text: 'Kiosken, kvittering 17' };
const OTHER = 'oslo-1-2611-kx7q-1042-2';
const KEY = '1-2611-kx7q-1042-1-c1';
const URL = 'https://api.example.com';

type Answers = Readonly<Record<string, string | Uint8Array>>;

/** Answers each path that ends so with this text; everything else is silence. */
function answering(answers: Answers): HttpSend {
  return async ({ url }) => {
    const ending = Object.keys(answers).find((each) => url.split('?')[0]?.endsWith(each));
    const said = ending === undefined ? url.endsWith('/accesstoken/get') && JSON.stringify(tokenBody('token-1')) : answers[ending];
    if (said === false || said === undefined) return { kind: 'lost', reason: 'silence' };
    const body = typeof said === 'string' ? new TextEncoder().encode(said) : said;
    return { kind: 'answered', response: { status: 200, headers: {}, body } };
  };
}

const APIS = { ecom: ecomAt, epayment: epaymentAt } as const;
const provider = (api: keyof typeof APIS, answers: Answers): PaymentProvider =>
  APIS[api](URL, { send: answering(answers), log: keptLog() }).provider;

interface Money {
  readonly authorisedOre: number;
  readonly capturedOre: number;
  readonly refundedOre: number;
}
const moneyOf = ({ authorisedOre, capturedOre, refundedOre }: ProviderView): Money => ({ authorisedOre, capturedOre, refundedOre });
const NONE: Money = { authorisedOre: 0, capturedOre: 0, refundedOre: 0 };

type Fields = Readonly<Record<string, Json>>;
const fieldsOf = (json: Json | undefined): Fields => (typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {});
const numberOf = (json: Json | undefined): number => (typeof json === 'number' ? json : Number.NaN);

/** eCom's history, counted by hand. */
function toldByHistory(details: Json | undefined): Money {
  const { transactionLogHistory } = fieldsOf(details);
  const rows = (Array.isArray(transactionLogHistory) ? transactionLogHistory : []).map(fieldsOf);
  const sum = (...kinds: readonly Json[]): number =>
    rows.reduce(
      (total, row) => (row.operationSuccess === true && kinds.includes(row.operation ?? null) ? total + numberOf(row.amount) : total),
      0,
    );
  return { authorisedOre: sum('RESERVE', 'SALE'), capturedOre: sum('CAPTURE', 'SALE'), refundedOre: sum('REFUND') };
}

const amounts = (details: Json | undefined): readonly Json[] => {
  const { transactionLogHistory } = fieldsOf(details);
  return (Array.isArray(transactionLogHistory) ? transactionLogHistory : []).map((each) => fieldsOf(each).amount ?? null);
};

/** ePayment's sums, as they stand there. */
function toldByAggregate(payment: Json | undefined): Money {
  const aggregate = fieldsOf(fieldsOf(payment).aggregate);
  const value = (name: string): number => numberOf(fieldsOf(aggregate[name]).value);
  return { authorisedOre: value('authorizedAmount'), capturedOre: value('capturedAmount'), refundedOre: value('refundedAmount') };
}

const row = (operation: string, requestId: string, more: Fields = {}): Json => ({
  amount: order.amountOre,
  transactionText: order.text,
  transactionId: operation === 'INITIATE' ? '' : '5001420062',
  timeStamp: '2026-11-21T12:00:00.000Z',
  operation,
  requestId,
  operationSuccess: true,
  ...more,
});
const details = (capturedAmount: number, ...rows: readonly Json[]): Json => ({
  orderId: order.reference,
  transactionSummary: {
    capturedAmount,
    remainingAmountToCapture: 0,
    refundedAmount: 0,
    remainingAmountToRefund: capturedAmount,
    bankIdentificationNumber: 0,
  },
  transactionLogHistory: [...rows],
});
const nok = (value: number): Json => ({ currency: 'NOK', value });
const payment = (state: string, authorised: number, captured = 0, cancelled = 0, refunded = 0): Json => ({
  aggregate: {
    authorizedAmount: nok(authorised),
    capturedAmount: nok(captured),
    cancelledAmount: nok(cancelled),
    refundedAmount: nok(refunded),
  },
  amount: nok(order.amountOre),
  state,
  pspReference: '5001420062',
  reference: order.reference,
});
const event = (name: string, idempotencyKey: string, second: number): Json => ({
  reference: order.reference,
  pspReference: '5001420062',
  name,
  amount: nok(order.amountOre),
  timestamp: `2026-11-21T12:00:0${second}Z`,
  idempotencyKey,
  success: true,
});

async function readEcom(spoilt: Spoilt) {
  return provider('ecom', { '/details': spoilt.text }).read(order);
}
const EVENTS: Json = [event('CREATED', order.reference, 1), event('AUTHORIZED', 'app', 2), event('CAPTURED', KEY, 3)];
async function readEpayment(told: string, events = JSON.stringify(EVENTS)) {
  return provider('epayment', { '/events': events, [order.reference]: told }).read(order);
}

describe('a read of a payment that nobody has approved', () => {
  it('is never approved or captured through eCom, whatever is wrong with the answer', async () => {
    const wrongs = spoil(details(0, row('INITIATE', '')));
    expect(wrongs.length).toBeGreaterThan(250);
    for (const spoilt of wrongs) {
      const answer = await readEcom(spoilt);
      if (answer.kind === 'ok') {
        expect([spoilt.what, answer.value && moneyOf(answer.value), answer.value?.state]).toEqual([spoilt.what, NONE, 'open']);
        expect([spoilt.what, amounts(spoilt.json)]).toEqual([spoilt.what, [order.amountOre]]);
      } else expect([spoilt.what, answer.kind]).toEqual([spoilt.what, 'unknown']);
    }
  });

  it('is never approved or captured through ePayment, whatever is wrong with the answer', async () => {
    const wrongs = spoil(payment('CREATED', 0));
    expect(wrongs.length).toBeGreaterThan(250);
    for (const spoilt of wrongs) {
      const answer = await readEpayment(spoilt.text);
      if (answer.kind === 'ok')
        expect([spoilt.what, answer.value && moneyOf(answer.value), answer.value?.state]).toEqual([spoilt.what, NONE, 'open']);
      else expect([spoilt.what, answer.kind]).toEqual([spoilt.what, 'unknown']);
    }
  });
});

describe.each([
  ['approved', 0],
  ['captured', order.amountOre],
])('a read of a payment that is %s', (_state, captured) => {
  it('says through eCom what its history says, or nothing', async () => {
    const rows = [...(captured > 0 ? [row('CAPTURE', KEY)] : []), row('RESERVE', ''), row('INITIATE', '')];
    for (const spoilt of spoil(details(captured, ...rows))) {
      const answer = await readEcom(spoilt);
      if (answer.kind === 'ok' && answer.value !== null) {
        const money = moneyOf(answer.value);
        expect([spoilt.what, money]).toEqual([spoilt.what, toldByHistory(spoilt.json)]);
        expect([spoilt.what, [0, order.amountOre].includes(money.authorisedOre)]).toEqual([spoilt.what, true]);
        expect([spoilt.what, fieldsOf(spoilt.json).orderId ?? order.reference]).toEqual([spoilt.what, order.reference]);
      } else expect([spoilt.what, answer.kind]).toEqual([spoilt.what, 'unknown']);
    }
  });

  it('says through ePayment what its sums say, or nothing', async () => {
    const events = captured > 0 ? EVENTS : (EVENTS as Json[]).slice(0, 2);
    for (const spoilt of spoil(payment('AUTHORIZED', order.amountOre, captured))) {
      const answer = await readEpayment(spoilt.text, JSON.stringify(events));
      if (answer.kind === 'ok' && answer.value !== null) {
        const money = moneyOf(answer.value);
        expect([spoilt.what, money]).toEqual([spoilt.what, toldByAggregate(spoilt.json)]);
        expect([spoilt.what, money.authorisedOre]).toEqual([spoilt.what, order.amountOre]);
        expect([spoilt.what, JSON.stringify(spoilt.json).match(/"currency":"(?!NOK)/)]).toEqual([spoilt.what, null]);
        expect([spoilt.what, fieldsOf(spoilt.json).reference, fieldsOf(fieldsOf(spoilt.json).amount).value]).toEqual([
          spoilt.what,
          order.reference,
          order.amountOre,
        ]);
      } else expect([spoilt.what, answer.kind]).toEqual([spoilt.what, 'unknown']);
    }
  });

  it('says through ePayment what its sums say, or nothing, whatever is wrong with its events', async () => {
    const events = captured > 0 ? EVENTS : (EVENTS as Json[]).slice(0, 2);
    const told = payment('AUTHORIZED', order.amountOre, captured);
    for (const spoilt of spoil(events)) {
      const answer = await readEpayment(JSON.stringify(told), spoilt.text);
      if (answer.kind === 'ok' && answer.value !== null)
        expect([spoilt.what, moneyOf(answer.value)]).toEqual([spoilt.what, toldByAggregate(told)]);
      else expect([spoilt.what, answer.kind]).toEqual([spoilt.what, 'unknown']);
    }
  });
});

/** Whether an answer to an effect is about it, by hand. */
type IsAbout = (told: Fields) => boolean;
const isWhole = (told: Fields): boolean =>
  told.reference === order.reference &&
  fieldsOf(told.amount).value === order.amountOre &&
  !/"currency":"(?!NOK)/.test(JSON.stringify(told));

interface Effect {
  readonly name: string;
  readonly api: keyof typeof APIS;
  readonly path: string;
  readonly good: Json;
  readonly run: (provider: PaymentProvider) => Promise<{ readonly kind: string }>;
  readonly isAbout: IsAbout;
}
const adjusted = (status: string): Json => ({
  amount: order.amountOre,
  status,
  transactionId: '5001420063',
  timeStamp: '2026-11-21T12:00:00.000Z',
});
const isAdjusted = (told: Json | undefined, status: RegExp): boolean =>
  fieldsOf(told).amount === order.amountOre && status.test(String(fieldsOf(told).status));
const sums = (told: Fields): Money => toldByAggregate(told as Json);

const EFFECTS: readonly Effect[] = [
  {
    name: 'the creation of an eCom payment',
    api: 'ecom',
    path: '/ecomm/v2/payments',
    good: { orderId: order.reference, url: 'https://api.vipps.no/dwo-api-application/v1/deeplink/vippsgateway?v=2&token=x' },
    run: (each) => each.create(order),
    isAbout: ({ orderId, url }) => orderId === order.reference && typeof url === 'string' && /^https:\/\//i.test(url),
  },
  {
    name: 'the creation of an ePayment payment',
    api: 'epayment',
    path: '/epayment/v1/payments',
    good: { reference: order.reference, redirectUrl: 'https://qr.vipps.no/p/x.png' },
    run: (each) => each.create(order),
    isAbout: ({ reference, redirectUrl }) =>
      reference === order.reference && typeof redirectUrl === 'string' && /^https:\/\//i.test(redirectUrl),
  },
  {
    name: 'an eCom capture',
    api: 'ecom',
    path: '/capture',
    good: { orderId: order.reference, transactionInfo: adjusted('Captured'), transactionSummary: { capturedAmount: order.amountOre } },
    run: (each) => each.capture(order, order.amountOre, KEY),
    isAbout: ({ orderId, transactionInfo }) => orderId === order.reference && isAdjusted(transactionInfo, /^captured$/i),
  },
  {
    name: 'an eCom refund',
    api: 'ecom',
    path: '/refund',
    good: { orderId: order.reference, transaction: adjusted('Refund'), transactionSummary: { refundedAmount: order.amountOre } },
    run: (each) => each.refund(order, order.amountOre, KEY),
    isAbout: ({ orderId, transaction }) => orderId === order.reference && isAdjusted(transaction, /^refund$/i),
  },
  {
    name: 'an eCom cancel',
    api: 'ecom',
    path: '/cancel',
    good: { orderId: order.reference, transactionInfo: adjusted('Cancelled') },
    run: (each) => each.cancel(order, 'all', KEY),
    // What was released is read back; the answer need not say it.
    isAbout: ({ orderId, transactionInfo }) =>
      orderId === order.reference &&
      (transactionInfo === undefined || transactionInfo === null || /^cancelled$/i.test(String(fieldsOf(transactionInfo).status))),
  },
  {
    name: 'an ePayment capture',
    api: 'epayment',
    path: '/capture',
    good: payment('AUTHORIZED', order.amountOre, order.amountOre),
    run: (each) => each.capture(order, order.amountOre, KEY),
    isAbout: (told) => isWhole(told) && sums(told).capturedOre === order.amountOre,
  },
  {
    name: 'an ePayment refund',
    api: 'epayment',
    path: '/refund',
    good: payment('AUTHORIZED', order.amountOre, order.amountOre, 0, order.amountOre),
    run: (each) => each.refund(order, order.amountOre, KEY),
    isAbout: (told) => isWhole(told) && sums(told).refundedOre === order.amountOre,
  },
  {
    name: 'an ePayment cancel',
    api: 'epayment',
    path: '/cancel',
    good: payment('TERMINATED', 0),
    run: (each) => each.cancel(order, 'if-not-approved', KEY),
    isAbout: (told) => isWhole(told) && told.state === 'TERMINATED' && sums(told).authorisedOre === 0,
  },
];

describe('the answer to an effect', () => {
  it.each(EFFECTS)('$name is good as it should be', async ({ api, path, good, run }) => {
    expect((await run(provider(api, { [path]: JSON.stringify(good) }))).kind).toBe('ok');
  });

  it.each(EFFECTS)('$name is unknown whenever it is not about just that', async ({ api, path, good, run, isAbout }) => {
    for (const spoilt of spoil(good)) {
      const answer = await run(provider(api, { [path]: spoilt.text }));
      const told = spoilt.json !== undefined && !Array.isArray(spoilt.json) && isAbout(fieldsOf(spoilt.json));
      // A wrong thing in what is not read does no harm; one in what is read must never pass for good.
      if (answer.kind === 'ok') expect([spoilt.what, told]).toEqual([spoilt.what, true]);
      else expect([spoilt.what, answer.kind]).toEqual([spoilt.what, 'unknown']);
    }
  });

  it.each(EFFECTS)('$name is unknown when it is about another payment', async ({ api, path, good, run }) => {
    const elsewhere = JSON.stringify(good).replaceAll(order.reference, OTHER);
    expect((await run(provider(api, { [path]: elsewhere }))).kind).toBe('unknown');
  });
});

describe('what comes before and beside a payment', () => {
  it('is a token only where it is one that can be sent, with a life that makes sense', async () => {
    const good = tokenBody('token-1') as Json;
    for (const spoilt of spoil(good)) {
      const log = keptLog();
      const answer = await createTokenSource({
        keys: { ...SECRETS, baseUrl: URL, merchantSerialNumber: '123456', clientId: 'id' },
        system: { systemName: 'tillit', systemVersion: '1' },
        send: answering({ '/accesstoken/get': spoilt.text }),
        clock: movableClock(),
        log,
        redact: createRedact([]),
      }).get();
      const { access_token: token, expires_in: seconds } = fieldsOf(spoilt.json);
      const isGood = typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) && /^\d{1,9}$/.test(String(seconds)) && Number(seconds) > 0;
      if (answer.kind === 'ok') expect([spoilt.what, isGood]).toEqual([spoilt.what, true]);
      else expect([spoilt.what, answer.kind]).toEqual([spoilt.what, 'retryable']);
      expect(JSON.stringify(log.lines)).not.toContain('token-1');
    }
  });

  it('is a QR only where it is a picture at a safe address, for a time that makes sense', async () => {
    const png = new Uint8Array(await toBuffer('https://qr.vipps.no/28/2/01/031/x', { width: 720 }));
    const good: Json = { url: 'https://qr-image.vipps.no/v1/picture', expiresIn: 600 };
    for (const spoilt of spoil(good)) {
      const answer = await provider('ecom', { '/qr/v1': spoilt.text, '/picture': png, '/PICTURE': png }).fetchQr(order, { url: URL });
      const { url, expiresIn } = fieldsOf(spoilt.json);
      const isGood = typeof url === 'string' && /^https:\/\//i.test(url) && Number.isInteger(expiresIn) && Number(expiresIn) > 0;
      if (answer.kind === 'ok') expect([spoilt.what, isGood]).toEqual([spoilt.what, true]);
      else expect([spoilt.what, answer.kind]).toEqual([spoilt.what, 'unknown']);
    }
  });
});
