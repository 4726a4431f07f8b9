/**
 * The payment port over the eCom API v2: initiate → QR → details → capture, cancel, refund (`ecom.yaml`, `qr.yaml`).
 *
 * Everything is answered, nothing is thrown. A request is sent as asked and never repeated here, but for one second try
 * after a 401: when to ask, and whether to ask again, is the payment's machine to say.
 */
import type { z } from 'zod';
import type { Answer, CreatedPayment, PaymentOrder, PaymentProvider, ProviderView, QrContent, QrImage } from '../../payment/provider.ts';
import type { Clock, HttpSend, HttpWarm, Log } from '../../till/ports.ts';
import { type ApiRequest, createApiCaller } from '../call.ts';
import { badAnswer } from '../errors.ts';
import type { CallingSystem, SalesUnitKeys } from '../headers.ts';
import { createQrApi, isSafeAddress } from '../qr.ts';
import { createRedact, type Redact } from '../secrets.ts';
import { createTokenSource } from '../token.ts';
import { cancelAnswer, captureAnswer, detailsAnswer, initiateAnswer, refundAnswer } from './answers.ts';
import { viewOfDetails } from './view.ts';

export interface EcomConfiguration extends SalesUnitKeys, CallingSystem {
  /** Where the customer's phone goes afterwards. `https://`. */
  readonly fallBack: string;
  /** Where the provider would call back. A register polls; the provider still requires an address. `https://`. */
  readonly callbackPrefix: string;
}

export interface EcomProviderOptions {
  readonly configuration: EcomConfiguration;
  readonly send: HttpSend;
  /** Has connections ready before they are needed; without it each is made when it is. */
  readonly warm?: HttpWarm;
  readonly clock: Clock;
  readonly log: Log;
  /** The picture's width in pixels, 100 to 2 000. */
  readonly qrSize: number;
}

export interface EcomProvider extends PaymentProvider {
  /** As the port has it; waits at most about `withinMs` (2 000) for the content. */
  fetchQrText(order: PaymentOrder, created: CreatedPayment, withinMs?: number): Promise<Answer<QrContent>>;
}

/** The provider's limits (`ecom.yaml`). */
const LONGEST_TEXT = 100;
const LONGEST_KEY = 40;
const READ_TIMEOUT_MS = 10_000;
const DETAILS_TIMEOUT_MS = 5_000;
const TEXT_WITHIN_MS = 2_000;
/** How much of an answer that makes no sense is logged. */
const LONGEST_ANSWER = 4_000;

/** Builds the port for one sales unit. */
export function createEcomProvider(options: EcomProviderOptions): EcomProvider {
  const { configuration, send, clock, log } = options;
  const keys: SalesUnitKeys = { ...configuration, baseUrl: configuration.baseUrl.replace(/\/+$/, '') };
  const secrets = [keys.clientSecret, keys.subscriptionKey, keys.clientId];
  const redact = createRedact(secrets);
  const redactWhole = createRedact(secrets, LONGEST_ANSWER);
  const onToken = (token: string) => {
    // The newest and the one before it, which a late answer may still repeat.
    secrets.splice(3, Math.max(0, secrets.length - 4));
    secrets.push(token);
  };
  const tokens = createTokenSource({ keys, system: configuration, send, clock, log, redact, onToken });
  const caller = createApiCaller({ keys, system: configuration, tokens, send, clock, log, redact });
  const qr = createQrApi({ caller, send, clock, log, redact, baseUrl: keys.baseUrl, sizePixels: options.qrSize });
  const merchantInfo = { merchantSerialNumber: keys.merchantSerialNumber };

  const pathOf = (order: PaymentOrder, operation: string): string =>
    `/ecomm/v2/payments/${encodeURIComponent(order.reference)}/${operation}`;

  /** An effect: sent, then its answer compared with what was asked. What does not agree is unknown, and the machine reads. */
  async function effect<Schema extends z.ZodType>(
    request: Omit<ApiRequest, 'api' | 'readTimeoutMs'>,
    schema: Schema,
    disagrees: (answer: z.output<Schema>) => string | null,
  ): Promise<Answer<z.output<Schema>>> {
    const answer = await caller.call({ ...request, api: 'ecom', readTimeoutMs: READ_TIMEOUT_MS }, schema);
    if (answer.kind !== 'ok') return answer;
    const problem = disagrees(answer.value);
    if (problem === null) return answer;
    return contradicts(request.operation, request.reference, `the answer is about something else: ${problem}`);
  }

  function contradicts(operation: string, reference: string, message: string): Exclude<Answer<never>, { kind: 'ok' }> {
    const answer = badAnswer(redact(message), 200);
    log.write('warn', 'vipps.contradiction', { operation, reference, message: answer.error.message });
    return answer;
  }

  async function create(order: PaymentOrder): Promise<Answer<CreatedPayment>> {
    const wrong = wrongAmount(order.amountOre);
    if (wrong !== null) return wrong;
    const answer = await effect(
      {
        operation: 'create',
        method: 'POST',
        path: '/ecomm/v2/payments',
        // These names and capitals exactly: the provider answers 500 to `fallback`, and to a number for the sales unit.
        body: {
          customerInfo: {},
          merchantInfo: { ...merchantInfo, callbackPrefix: configuration.callbackPrefix, fallBack: configuration.fallBack },
          transaction: {
            orderId: order.reference,
            amount: order.amountOre,
            transactionText: transactionText(order),
            skipLandingPage: false,
          },
        },
        reference: order.reference,
      },
      initiateAnswer,
      (created) =>
        created.orderId !== order.reference ? 'another order' : isSafeAddress(created.url, keys.baseUrl) ? null : 'its url is not https',
    );
    return answer.kind === 'ok' ? { kind: 'ok', value: { url: answer.value.url } } : answer;
  }

  const fetchQr = (order: PaymentOrder, created: CreatedPayment): Promise<Answer<QrImage>> => qr.fetchPicture(order.reference, created.url);

  async function fetchQrText(order: PaymentOrder, created: CreatedPayment, withinMs = TEXT_WITHIN_MS): Promise<Answer<QrContent>> {
    const content = await qr.fetchContent(order.reference, created.url, withinMs);
    // 400: the payment is over, or its URL is not one. A QR for that may not be drawn.
    if (content.kind === 'ok' || content.error.code === 'qr:400') return content;
    return { kind: 'ok', value: { text: created.url, expiresInMs: null } };
  }

  async function read(order: PaymentOrder): ReturnType<PaymentProvider['read']> {
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
      },
      detailsAnswer,
    );
    if (details.kind === 'refused' && details.error.code === 'ecom:Merchant/35') return { kind: 'ok', value: null };
    if (details.kind !== 'ok') return details;
    const view = viewOfDetails(order, details.value);
    if (view.kind === 'unknown') {
      // The parsed answer holds no customer: only operations, amounts, and the provider's and our own ids.
      const answer = redactWhole(JSON.stringify(details.value));
      log.write('warn', 'vipps.contradiction', { operation: 'details', reference: order.reference, message: view.error.message, answer });
    }
    return view.kind === 'ok' ? { kind: 'ok', value: withoutSecrets(view.value, redact) } : view;
  }

  async function capture(order: PaymentOrder, amountOre: number, key: string): Promise<Answer<null>> {
    // No amount, or 0, would capture all of it.
    const wrong = wrongAmount(amountOre) ?? wrongKey(key);
    if (wrong !== null) return wrong;
    const answer = await effect(
      {
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
    const wrong = wrongAmount(amountOre) ?? wrongKey(key);
    if (wrong !== null) return wrong;
    const answer = await effect(
      {
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

  /** The token first: its request leaves a connection behind. Where it is held already, one is made. */
  async function warm(): Promise<Answer<null>> {
    const answer = await caller.warm();
    if (answer.kind !== 'ok') return answer;
    options.warm?.(keys.baseUrl);
    const pictures = qr.pictureAddress();
    if (pictures !== null) options.warm?.(pictures);
    return answer;
  }

  /** A defect of our own must not end a register in the middle of a payment: the outcome is unknown, and is read. */
  function guard<Arguments extends readonly unknown[], T>(
    operation: string,
    run: (...given: Arguments) => Promise<Answer<T>>,
  ): (...given: Arguments) => Promise<Answer<T>> {
    return async (...given) => {
      try {
        return await run(...given);
      } catch (error) {
        const message = redact(error instanceof Error ? `${error.name}: ${error.message}` : 'something that is no error was thrown');
        log.write('error', 'vipps.defect', { operation, message });
        return badAnswer(message, null);
      }
    };
  }

  return {
    warm: guard('warm', warm),
    create: guard('create', create),
    fetchQr: guard('fetchQr', fetchQr),
    fetchQrText: guard('fetchQrText', fetchQrText),
    read: guard('read', read),
    capture: guard('capture', capture),
    cancel: guard('cancel', cancel),
    refund: guard('refund', refund),
  };
}

/** Ids go into the journal, onto the receipt and into the log, and what the provider sends as one is its own affair. */
function withoutSecrets(view: ProviderView, redact: Redact): ProviderView {
  return {
    ...view,
    transactionId: view.transactionId === null ? null : redact(view.transactionId),
    operations: view.operations.map((operation) => ({ ...operation, key: operation.key === null ? null : redact(operation.key) })),
  };
}

function done(answer: Answer<unknown>): Answer<null> {
  return answer.kind === 'ok' ? { kind: 'ok', value: null } : answer;
}

/** What the customer reads in the app; cut to what the provider takes, never in the middle of a character. */
function transactionText(order: PaymentOrder): string {
  let text = '';
  for (const character of order.text) {
    if (text.length + character.length > LONGEST_TEXT) break;
    text += character;
  }
  return text;
}

function differs(order: PaymentOrder, amountOre: number, orderId: string, transaction: { readonly amount: number }): string | null {
  if (orderId !== order.reference) return 'another order';
  return transaction.amount === amountOre ? null : `${transaction.amount} instead of ${amountOre}`;
}

function notStatus(status: string, expected: RegExp): string | null {
  return expected.test(status) ? null : `the status ${status.slice(0, 30)}`;
}

/** A request that this side will not send. Known to have had no effect. */
function local(code: string, message: string): Extract<Answer<never>, { kind: 'refused' }> {
  return { kind: 'refused', error: { code: `local:${code}`, message, httpStatus: null, traceId: null } };
}

function wrongAmount(amountOre: number): Extract<Answer<never>, { kind: 'refused' }> | null {
  return Number.isSafeInteger(amountOre) && amountOre > 0 ? null : local('bad-amount', `${amountOre} is not an amount in minor units`);
}

function wrongKey(key: string): Extract<Answer<never>, { kind: 'refused' }> | null {
  return /^[\x21-\x7e]+$/.test(key) && key.length <= LONGEST_KEY
    ? null
    : local('bad-key', `a key has 1 to ${LONGEST_KEY} plain characters`);
}
