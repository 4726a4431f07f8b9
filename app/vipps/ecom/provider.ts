/**
 * The payment port over the eCom API v2: initiate → QR → details → capture, cancel, refund (`ecom.yaml`, `qr.yaml`).
 *
 * Everything is answered, nothing is thrown. A request is sent as asked and never repeated here, but for one second try
 * after a 401: when to ask, and whether to ask again, is the payment's machine to say.
 */
import {
  type Answer,
  type CallLimits,
  type CreatedPayment,
  type CreationExtras,
  isSentToPhone,
  NO_EXTRAS,
  type OpenablePayment,
  type Payer,
  type PaymentOrder,
  type PaymentProvider,
  type QrContent,
  type QrImage,
} from '../../payment/provider.ts';
import type { GivenUp } from '../../till/ports.ts';
import { type AdapterOptions, createAdapter, done, local, nobodyToAsk, transactionText, wrongAmount, wrongKey } from '../adapter.ts';
import { createExchange } from '../exchange.ts';
import type { Access, CallingSystem } from '../headers.ts';
import { addReceipt } from '../order-management/receipts.ts';
import { createQrApi, isSafeAddress } from '../qr.ts';
import { cancelAnswer, captureAnswer, type Details, detailsAnswer, initiateAnswer, refundAnswer } from './answers.ts';
import { stepsOfDetails, viewOfDetails } from './view.ts';

export type EcomConfiguration = Access & CallingSystem & EcomAddresses;

export interface EcomAddresses {
  /** Where the customer's phone goes afterwards. `https://`. */
  readonly fallBack: string;
  /** Where the provider would call back. A register polls; the provider still requires an address. `https://`. */
  readonly callbackPrefix: string;
  /** What the provider sends back with each callback, to prove itself; at most 255 characters. Without one nobody is there to be called. */
  readonly authToken?: string;
}

export type EcomProviderOptions = AdapterOptions<EcomConfiguration>;

export interface EcomProvider extends PaymentProvider {
  /** As the port has it; waits at most about `withinMs` (2 000) for the content. */
  fetchQrText(order: PaymentOrder, created: OpenablePayment, withinMs?: number): Promise<Answer<QrContent>>;
}

/** The provider's limit (`ecom.yaml`). */
const LONGEST_KEY = 40;
const DETAILS_TIMEOUT_MS = 5_000;
const TEXT_WITHIN_MS = 2_000;

/** Per order and minute (the provider's guide on rate limits). A creation is sent once: it is not idempotent. */
const LIMITS: CallLimits = {
  create: { perMinute: 2, requests: 1 },
  read: { perMinute: 120, requests: 1 },
  capture: { perMinute: 5, requests: 1 },
  cancel: { perMinute: 5, requests: 1 },
  refund: { perMinute: 5, requests: 1 },
};

/** Builds the port for one sales unit. */
export function createEcomProvider(options: EcomProviderOptions): EcomProvider {
  const { configuration, send, clock, log } = options;
  const adapter = createAdapter(options);
  const { baseUrl, redact, caller, effect, guard, about } = adapter;
  const qr = createQrApi({ caller, send, clock, log, redact, baseUrl, sizePixels: options.qrSize });
  const authToken = configuration.authToken === undefined ? {} : { authToken: configuration.authToken };
  const exchange = createExchange(caller);
  // Through head office it has no number: that is added there.
  const merchantInfo = adapter.merchantSerialNumber === null ? {} : { merchantSerialNumber: adapter.merchantSerialNumber };

  const pathOf = (order: PaymentOrder, operation: string): string =>
    `/ecomm/v2/payments/${encodeURIComponent(order.reference)}/${operation}`;

  async function create(order: PaymentOrder, extras: CreationExtras = NO_EXTRAS): Promise<Answer<CreatedPayment>> {
    const wrong = wrongAmount(order.amountOre);
    if (wrong !== null) return wrong;
    if (!isSentToPhone(order)) return initiate(order, null);
    return about(extras.payer, () => sendMessage(order, extras.payer));
  }

  async function sendMessage(order: PaymentOrder, payer: Payer | null): Promise<Answer<CreatedPayment>> {
    if (payer === null) return nobodyToAsk();
    // Who showed a code, or checked in, has a number: this API knows customers by nothing else.
    const msisdn =
      payer.kind === 'phone' ? ({ kind: 'ok', value: payer.msisdn } as const) : await exchange.msisdnOf(order.reference, payer);
    if (msisdn.kind !== 'ok') return msisdn;
    // Eight digits without a country: a Danish number would be somebody else's in Norway.
    const number = /^47(\d{8})$/.exec(msisdn.value)?.[1];
    if (number === undefined) return local('foreign-number', 'the API takes Norwegian numbers only');
    return about({ kind: 'phone', msisdn: msisdn.value }, () => initiate(order, number));
  }

  /** @param mobileNumber eight digits: a message goes to that phone. `null`: the customer opens the payment's address. */
  async function initiate(order: PaymentOrder, mobileNumber: string | null): Promise<Answer<CreatedPayment>> {
    const answer = await effect(
      {
        api: 'ecom',
        operation: 'create',
        method: 'POST',
        path: '/ecomm/v2/payments',
        // These names and capitals exactly: the provider answers 500 to `fallback`, and to a number for the sales unit.
        body: {
          customerInfo: mobileNumber === null ? {} : { mobileNumber },
          merchantInfo: { ...merchantInfo, callbackPrefix: configuration.callbackPrefix, fallBack: configuration.fallBack, ...authToken },
          transaction: {
            orderId: order.reference,
            amount: order.amountOre,
            transactionText: transactionText(order),
            skipLandingPage: mobileNumber !== null,
          },
        },
        reference: order.reference,
      },
      initiateAnswer,
      ({ orderId, url }) => {
        if (orderId !== order.reference) return 'another order';
        if (mobileNumber !== null) return null; // what its address shows, the phone shows already
        return url !== null && isSafeAddress(url, baseUrl) ? null : 'its url is not https';
      },
    );
    return answer.kind === 'ok' ? { kind: 'ok', value: { url: mobileNumber === null ? answer.value.url : null } } : answer;
  }

  async function fetchQr(order: PaymentOrder, created: OpenablePayment): Promise<Answer<QrImage>> {
    if (order.code !== 'target-url') return qr.fetchPicture(order.reference, created.url, order.code ?? 'png');
    const content = await qr.fetchContent(order.reference, created.url, DETAILS_TIMEOUT_MS);
    return content.kind === 'ok' ? { kind: 'ok', value: { kind: 'content', ...content.value } } : content;
  }

  async function fetchQrText(order: PaymentOrder, created: OpenablePayment, withinMs = TEXT_WITHIN_MS): Promise<Answer<QrContent>> {
    const content = await qr.fetchContent(order.reference, created.url, withinMs);
    // 400: the payment is over, or its URL is not one. A QR for that may not be drawn.
    if (content.kind === 'ok' || content.error.code === 'qr:400') return content;
    return { kind: 'ok', value: { text: created.url, expiresInMs: null } };
  }

  /** `null`: the sales unit has no such order, or not yet. */
  async function detailsOf(order: PaymentOrder, givenUp?: GivenUp): Promise<Answer<Details | null>> {
    const details = await caller.call(
      {
        api: 'ecom',
        operation: 'details',
        method: 'GET',
        path: pathOf(order, 'details'),
        // The specification lists it for this call too, though there is no body.
        headers: { 'Content-Type': 'application/json' },
        readTimeoutMs: DETAILS_TIMEOUT_MS,
        reference: order.reference,
        givenUp,
      },
      detailsAnswer,
    );
    return details.kind === 'refused' && details.error.code === 'ecom:Merchant/35' ? { kind: 'ok', value: null } : details;
  }

  async function read(order: PaymentOrder, givenUp?: GivenUp): ReturnType<PaymentProvider['read']> {
    const details = await detailsOf(order, givenUp);
    if (details.kind !== 'ok' || details.value === null) return details as Answer<null>;
    // The parsed answer holds no customer: only operations, amounts, times, and the provider's and our own ids.
    return adapter.view('details', order, viewOfDetails(order, details.value), details.value);
  }

  async function story(order: PaymentOrder): ReturnType<PaymentProvider['story']> {
    const details = await detailsOf(order);
    if (details.kind !== 'ok' || details.value === null) return details as Answer<null>;
    const view = adapter.view('details', order, viewOfDetails(order, details.value), details.value);
    return view.kind === 'ok' ? { kind: 'ok', value: { view: view.value, steps: stepsOfDetails(details.value) } } : view;
  }

  async function capture(order: PaymentOrder, amountOre: number, key: string): Promise<Answer<null>> {
    // No amount, or 0, would capture all of it.
    const wrong = wrongAmount(amountOre) ?? wrongKey(key, LONGEST_KEY);
    if (wrong !== null) return wrong;
    const answer = await effect(
      {
        api: 'ecom',
        operation: 'capture',
        method: 'POST',
        path: pathOf(order, 'capture'),
        headers: { 'X-Request-Id': key },
        body: { merchantInfo, transaction: { amount: amountOre, transactionText: transactionText(order) } },
        reference: order.reference,
      },
      captureAnswer,
      ({ orderId, transactionInfo }) =>
        differs(order, amountOre, orderId, transactionInfo) ?? notStatus(transactionInfo.status, /^captured?$/i),
    );
    return done(answer);
  }

  async function cancel(order: PaymentOrder, what: 'if-not-approved' | 'all' | 'remainder'): Promise<Answer<null>> {
    // No X-Request-Id here, and no form that spares an approved payment: the machine reads before and after.
    const answer = await effect(
      {
        api: 'ecom',
        operation: what === 'remainder' ? 'release-remainder' : 'cancel',
        method: 'PUT',
        path: pathOf(order, 'cancel'),
        body: {
          merchantInfo,
          transaction: { transactionText: transactionText(order) },
          ...(what === 'remainder' ? { shouldReleaseRemainingFunds: true } : {}),
        },
        reference: order.reference,
      },
      cancelAnswer,
      ({ orderId, transactionInfo }) => {
        if (orderId !== order.reference) return 'another order';
        return transactionInfo === undefined || transactionInfo === null ? null : notStatus(transactionInfo.status, /^cancell?(?:ed)?$/i);
      },
    );
    return done(answer);
  }

  async function refund(order: PaymentOrder, amountOre: number, key: string): Promise<Answer<null>> {
    const wrong = wrongAmount(amountOre) ?? wrongKey(key, LONGEST_KEY);
    if (wrong !== null) return wrong;
    const answer = await effect(
      {
        api: 'ecom',
        operation: 'refund',
        method: 'POST',
        path: pathOf(order, 'refund'),
        headers: { 'X-Request-Id': key },
        body: { merchantInfo, transaction: { amount: amountOre, transactionText: transactionText(order) } },
        reference: order.reference,
      },
      refundAnswer,
      ({ orderId, transaction }) => differs(order, amountOre, orderId, transaction) ?? notStatus(transaction.status, /^refund(?:ed)?$/i),
    );
    return done(answer);
  }

  return {
    createdUrl: 'payment',
    limits: LIMITS,
    apiOf: () => 'ecom',
    reaches: ['NO'],
    warm: guard('warm', () => adapter.warm(qr.pictureAddress())),
    create: guard('create', create),
    fetchQr: guard('fetchQr', fetchQr),
    fetchQrText: guard('fetchQrText', fetchQrText),
    read: guard('read', read),
    story: guard('story', story),
    capture: guard('capture', capture),
    cancel: guard('cancel', cancel),
    refund: guard('refund', refund),
    addReceipt: guard('addReceipt', (order, amountOre, receipt) => addReceipt(adapter, order, amountOre, receipt)),
  };
}

function differs(order: PaymentOrder, amountOre: number, orderId: string, transaction: { readonly amount: number }): string | null {
  if (orderId !== order.reference) return 'another order';
  return transaction.amount === amountOre ? null : `${transaction.amount} instead of ${amountOre}`;
}

function notStatus(status: string, expected: RegExp): string | null {
  return expected.test(status) ? null : `the status ${status.slice(0, 30)}`;
}
