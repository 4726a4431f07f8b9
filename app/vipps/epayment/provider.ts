/**
 * The payment port over the ePayment API: create with a QR → read with events → capture, cancel, refund (`epayment.yaml`).
 *
 * Everything is answered, nothing is thrown. A request is sent as asked and not repeated here, with two exceptions that
 * cannot do anything twice: after a 401, and a creation whose answer was lost, which has the same key and is answered the same.
 */
import {
  type Answer,
  type CallLimits,
  type CreatedPayment,
  type CreationExtras,
  isSentToPhone,
  NO_EXTRAS,
  type OpenablePayment,
  type PaymentOrder,
  type PaymentProvider,
  type ProviderStory,
  type ProviderView,
  type QrImage,
} from '../../payment/provider.ts';
import type { GivenUp } from '../../till/ports.ts';
import { type AdapterOptions, createAdapter, done, wrongAmount, wrongKey } from '../adapter.ts';
import type { ApiRequest } from '../call.ts';
import { badAnswer } from '../errors.ts';
import type { Access, CallingSystem } from '../headers.ts';
import { addReceipt } from '../order-management/receipts.ts';
import { fetchPicture, isSafeAddress } from '../qr.ts';
import { createAnswer, eventsAnswer, type PaymentAnswer, type PaymentEvent, paymentAnswer } from './answers.ts';
import { creationBody } from './creation.ts';
import { contradictionIn, stepsOfEvents, viewOfPayment } from './view.ts';

export type EpaymentConfiguration = Access & CallingSystem & EpaymentChoices;

export interface EpaymentChoices {
  /** Where the customer's phone goes afterwards. `https://`. */
  readonly fallBack: string;
  /** What the customer is asked to share with the shop (`name phoneNumber`); without it nothing. */
  readonly profileScope?: string;
}

export type EpaymentProviderOptions = AdapterOptions<EpaymentConfiguration>;

/** The provider's limits (`epayment.yaml`). */
const LONGEST_KEY = 50;
const READ_TIMEOUT_MS = 5_000;
/** How long a code can be opened; the provider does not say when its picture ends. The machine ends it with the payment. */
const PICTURE_LASTS_MS = 600_000;

/**
 * Per reference and minute (the provider's guide on rate limits). A creation whose answer was lost is sent again at once, and
 * a read asks for the events too.
 */
const LIMITS: CallLimits = {
  create: { perMinute: 5, requests: 2 },
  read: { perMinute: 120, requests: 2 },
  capture: { perMinute: 5, requests: 1 },
  cancel: { perMinute: 5, requests: 1 },
  refund: { perMinute: 5, requests: 1 },
};

/** Builds the port for one sales unit. */
export function createEpaymentProvider(options: EpaymentProviderOptions): PaymentProvider {
  const { configuration, send, clock, log } = options;
  const adapter = createAdapter(options);
  const { baseUrl, redact, caller, effect, guard, about } = adapter;
  let pictures: string | null = null;

  const pathOf = (order: PaymentOrder, operation = ''): string =>
    `/epayment/v1/payments/${encodeURIComponent(order.reference)}${operation === '' ? '' : `/${operation}`}`;
  const amountOf = (order: PaymentOrder, value: number) => ({ currency: order.currency, value });

  async function create(order: PaymentOrder, extras: CreationExtras = NO_EXTRAS): Promise<Answer<CreatedPayment>> {
    // The reference is new for each attempt, so it is the attempt's key too.
    const wrong = wrongAmount(order.amountOre) ?? wrongKey(order.reference, LONGEST_KEY);
    if (wrong !== null) return wrong;
    return about(extras.payer, () => createOrAskAgain(order, extras));
  }

  async function createOrAskAgain(order: PaymentOrder, extras: CreationExtras): Promise<Answer<CreatedPayment>> {
    const first = await createOnce(order, extras);
    if (first.kind !== 'unknown') return first;
    const second = await createOnce(order, extras);
    // Only the API itself knows what became of the first: that the second did not arrive there says nothing.
    const isTold = second.kind === 'ok' || (second.kind === 'refused' && second.error.code.startsWith('epayment:'));
    return isTold ? second : { kind: 'unknown', error: second.error };
  }

  async function createOnce(order: PaymentOrder, extras: CreationExtras): Promise<Answer<CreatedPayment>> {
    const { fallBack: returnUrl, profileScope } = configuration;
    const made = creationBody(order, extras, { qrSize: options.qrSize, returnUrl, profileScope });
    if ('kind' in made) return made;
    const answer = await effect(
      {
        api: 'epayment',
        operation: 'create',
        method: 'POST',
        path: '/epayment/v1/payments',
        headers: { 'Idempotency-Key': order.reference },
        body: made.body,
        reference: order.reference,
      },
      createAnswer,
      ({ reference, redirectUrl }) => {
        if (reference !== order.reference) return 'another reference';
        if (isSentToPhone(order)) return null; // where there is an address too, nobody needs it
        return redirectUrl !== null && isSafeAddress(redirectUrl, baseUrl) ? null : 'its url is not https';
      },
    );
    return answer.kind === 'ok' ? { kind: 'ok', value: { url: isSentToPhone(order) ? null : answer.value.redirectUrl } } : answer;
  }

  async function fetchQr(order: PaymentOrder, created: OpenablePayment): Promise<Answer<QrImage>> {
    if (!isSafeAddress(created.url, baseUrl)) return badAnswer("the picture's address is not https", null);
    if (order.code === 'target-url') return { kind: 'ok', value: { kind: 'content', text: created.url, expiresInMs: PICTURE_LASTS_MS } };
    pictures = created.url;
    const kind = order.code ?? 'png';
    const picture = await fetchPicture({ send, clock, redact }, created.url, kind);
    if (picture.kind === 'ok') return { kind: 'ok', value: { kind, bytes: picture.value, expiresInMs: PICTURE_LASTS_MS } };
    const { code, message, httpStatus } = picture.error;
    const facts = { operation: 'qr-picture', reference: order.reference, kind: picture.kind, code, message, httpStatus, traceId: null };
    log.write('warn', 'vipps.trouble', facts);
    return picture;
  }

  /** The address is a picture's, and the content cannot be had beside it: there is nothing to draw, but it may be over. */
  async function fetchQrText(order: PaymentOrder): Promise<Answer<null>> {
    const payment = await readPayment(order);
    if (payment.kind !== 'ok') return payment;
    const { state } = payment.value;
    if (state === 'CREATED') return { kind: 'ok', value: null };
    return { kind: 'refused', error: { code: 'local:payment-over', message: `the payment is ${state}`, httpStatus: 200, traceId: null } };
  }

  function readPayment(order: PaymentOrder, givenUp?: GivenUp): Promise<Answer<PaymentAnswer>> {
    return caller.call(
      {
        api: 'epayment',
        operation: 'get',
        method: 'GET',
        path: pathOf(order),
        readTimeoutMs: READ_TIMEOUT_MS,
        reference: order.reference,
        givenUp,
      },
      paymentAnswer,
    );
  }

  async function read(order: PaymentOrder, givenUp?: GivenUp): Promise<Answer<ProviderView | null>> {
    const payment = await readPayment(order, givenUp);
    // While nothing has happened there is nothing to ask the log for: half of the requests of a waiting second.
    if (payment.kind !== 'ok' || payment.value.state === 'CREATED') return { ...toldAlone(order, payment), requests: 1 };
    const events = await eventsOf(order, givenUp);
    const answer = events.kind === 'ok' ? viewed(order, payment.value, events.value) : events;
    return { ...answer, requests: 2 };
  }

  /** What a payment says without its log. */
  function toldAlone(order: PaymentOrder, payment: Answer<PaymentAnswer>): Answer<ProviderView | null> {
    if (payment.kind === 'refused' && payment.error.code === 'epayment:5090') return { kind: 'ok', value: null };
    return payment.kind === 'ok' ? adapter.view('get', order, viewOfPayment(order, payment.value, []), payment.value) : payment;
  }

  async function story(order: PaymentOrder): Promise<Answer<ProviderStory | null>> {
    const payment = await readPayment(order);
    if (payment.kind === 'refused' && payment.error.code === 'epayment:5090') return { kind: 'ok', value: null };
    if (payment.kind !== 'ok') return payment;
    const events = await eventsOf(order);
    if (events.kind !== 'ok') return events;
    const view = viewed(order, payment.value, events.value);
    return view.kind === 'ok' ? { kind: 'ok', value: { view: view.value, steps: stepsOfEvents(events.value) } } : view;
  }

  /** Neither parsed answer holds a customer: only states, amounts, times, and the provider's and our own ids. */
  function viewed(order: PaymentOrder, payment: PaymentAnswer, events: readonly PaymentEvent[]): Answer<ProviderView> {
    return adapter.view('get', order, viewOfPayment(order, payment, events), { payment, events });
  }

  async function eventsOf(order: PaymentOrder, givenUp?: GivenUp): Promise<Answer<readonly PaymentEvent[]>> {
    const events = await caller.call(
      {
        api: 'epayment',
        operation: 'events',
        method: 'GET',
        path: pathOf(order, 'events'),
        readTimeoutMs: READ_TIMEOUT_MS,
        reference: order.reference,
        givenUp,
      },
      eventsAnswer,
    );
    // It was there a moment ago: that its log is not says nothing about it.
    return events.kind === 'refused' ? { kind: 'unknown', error: events.error } : events;
  }

  /** Sends a capture, cancel or refund with its key. The answer is the whole payment, and must be this order's. */
  async function adjust(
    order: PaymentOrder,
    change: Pick<ApiRequest, 'operation'> & { readonly to: 'capture' | 'cancel' | 'refund'; readonly key: string; readonly body?: unknown },
    disagrees: (answer: PaymentAnswer) => string | null,
  ): Promise<Answer<null>> {
    const answer = await effect(
      {
        api: 'epayment',
        operation: change.operation,
        method: 'POST',
        path: pathOf(order, change.to),
        headers: { 'Idempotency-Key': change.key },
        ...(change.body === undefined ? {} : { body: change.body }),
        reference: order.reference,
      },
      paymentAnswer,
      (payment) => contradictionIn(order, payment) ?? disagrees(payment),
    );
    return done(answer);
  }

  async function capture(order: PaymentOrder, amountOre: number, key: string): Promise<Answer<null>> {
    const wrong = wrongAmount(amountOre) ?? wrongKey(key, LONGEST_KEY);
    if (wrong !== null) return wrong;
    const body = { modificationAmount: amountOf(order, amountOre) };
    return adjust(order, { operation: 'capture', to: 'capture', key, body }, ({ aggregate }) =>
      atLeast('captured', aggregate.capturedAmount.value, amountOre),
    );
  }

  async function cancel(order: PaymentOrder, what: 'if-not-approved' | 'all' | 'remainder', key: string): Promise<Answer<null>> {
    const wrong = wrongKey(key, LONGEST_KEY);
    if (wrong !== null) return wrong;
    const operation = what === 'remainder' ? 'release-remainder' : 'cancel';
    // Left out, the rest of what was approved is released too; the field's own name is in the guide alone.
    const body = what === 'if-not-approved' ? { body: { cancelTransactionOnly: true } } : {};
    return adjust(order, { operation, to: 'cancel', key, ...body }, ({ state, aggregate }) => {
      if (state === 'TERMINATED' && what !== 'remainder') return null;
      if (what === 'if-not-approved' || state !== 'AUTHORIZED') return `the state ${state}`;
      return atLeast('released', aggregate.cancelledAmount.value, 1);
    });
  }

  async function refund(order: PaymentOrder, amountOre: number, key: string): Promise<Answer<null>> {
    const wrong = wrongAmount(amountOre) ?? wrongKey(key, LONGEST_KEY);
    if (wrong !== null) return wrong;
    const body = { modificationAmount: amountOf(order, amountOre) };
    return adjust(order, { operation: 'refund', to: 'refund', key, body }, ({ aggregate }) =>
      atLeast('refunded', aggregate.refundedAmount.value, amountOre),
    );
  }

  return {
    createdUrl: 'picture',
    limits: LIMITS,
    apiOf: () => 'epayment',
    reaches: ['NO', 'DK', 'FI'],
    warm: guard('warm', () => adapter.warm(pictures)),
    create: guard('create', create),
    fetchQr: guard('fetchQr', fetchQr),
    fetchQrText: guard('fetchQrText', fetchQrText),
    read: guard('read', read),
    story: guard('story', story),
    capture: guard('capture', capture),
    cancel: guard('cancel', cancel),
    refund: guard('refund', refund),
    receiptAtCreation: true,
    addReceipt: guard('addReceipt', (order, amountOre, receipt) => addReceipt(adapter, order, amountOre, receipt)),
  };
}

function atLeast(what: string, foundOre: number, askedOre: number): string | null {
  return foundOre >= askedOre ? null : `${what} ${foundOre}, asked for ${askedOre}`;
}
