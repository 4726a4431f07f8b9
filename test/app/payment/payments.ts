/** Payments in every state, made of their entries; and what a provider may tell of them. */
import type { PaymentEvent } from '../../../app/journal/events.ts';
import { applyPaymentEvent } from '../../../app/payment/apply.ts';
import type { Attempt } from '../../../app/payment/decide.ts';
import type { Payment } from '../../../app/payment/payment.ts';
import type {
  CallLimits,
  PaymentFlow,
  PaymentOrder,
  ProviderError,
  ProviderOperation,
  ProviderView,
} from '../../../app/payment/provider.ts';

export const BEGAN_MS = 1_795_251_600_000;
export const AMOUNT_ORE = 24_900;
export const ORDER: PaymentOrder = {
  reference: 'oslo-1-2611-kx7q-1042-1',
  amountOre: AMOUNT_ORE,
  currency: 'NOK',
  text: 'Torgboden, Kasse 1, 1042',
};
export const CAPTURE_KEY = '1-2611-kx7q-1042-1-c1';
export const REFUND_KEY = '1-2611-kx7q-1042-1-r1';

/** As eCom has them (2 creations a minute, one request a question), and as ePayment (5, two). */
export const limits = (create: number, requests: number): CallLimits => ({
  create: { perMinute: create, requests },
  read: { perMinute: 120, requests },
  capture: { perMinute: 5, requests: 1 },
  cancel: { perMinute: 5, requests: 1 },
  refund: { perMinute: 5, requests: 1 },
});

const paymentId = 'p1';
type State = Payment['state'];
type In<S extends State> = Extract<Payment, { state: S }>;

/** Applies entries, one each second. @throws PaymentEntryError */
export function applied(payment: Payment | null, ...events: readonly PaymentEvent[]): Payment {
  const last = events.reduce<Payment | null>(
    (state, event, index) =>
      applyPaymentEvent(state, { ...event, atMs: BEGAN_MS + index * 1_000, offsetMinutes: 60, operator: 'system', document: null }),
    payment,
  );
  if (last === null) throw new RangeError('no entries');
  return last;
}

export const TROUBLE = { code: 'lost', message: 'no answer', traceId: null, sinceMs: BEGAN_MS };
export const planned: PaymentEvent = {
  type: 'payment.planned',
  version: 1,
  payload: { paymentId, saleId: 's1', attempt: 1, order: ORDER },
};
export const createIntended: PaymentEvent = { type: 'payment.create-intended', version: 1, payload: { paymentId } };
export const created: PaymentEvent = { type: 'payment.created', version: 1, payload: { paymentId, url: 'https://pay.example/1' } };
export const cancelRequested: PaymentEvent = { type: 'payment.cancel-requested', version: 1, payload: { paymentId } };
export const replaceRequested: PaymentEvent = {
  type: 'payment.replace-requested',
  version: 1,
  payload: { paymentId, amountOre: AMOUNT_ORE },
};
export const refundLeftToPeople: PaymentEvent = { type: 'payment.refund-left-to-people', version: 1, payload: { paymentId } };
export const approved = (ask: boolean): PaymentEvent => ({
  type: 'payment.approved',
  version: 1,
  payload: { paymentId, authorisedOre: AMOUNT_ORE, transactionId: '5001', ask },
});
export const captureIntended: PaymentEvent = {
  type: 'payment.capture-intended',
  version: 1,
  payload: { paymentId, key: CAPTURE_KEY, captureOre: AMOUNT_ORE },
};
export const captureRefused: PaymentEvent = { type: 'payment.capture-refused', version: 1, payload: { paymentId, trouble: TROUBLE } };
export const captured = (ask: boolean): PaymentEvent => ({
  type: 'payment.captured',
  version: 1,
  payload: { paymentId, capturedOre: AMOUNT_ORE, transactionId: '5001', ask },
});
export const releaseIntended = (why: 'cashier' | 'expired' | 'url-lost' | 'appeared-late', evenIfApproved: boolean): PaymentEvent => ({
  type: 'payment.release-intended',
  version: 1,
  payload: { paymentId, key: '1-2611-kx7q-1042-1-x1', why, evenIfApproved },
});
export const watchStarted: PaymentEvent = {
  type: 'payment.watch-started',
  version: 1,
  payload: { paymentId, untilMs: BEGAN_MS + 600_000 },
};
export const noCover: PaymentEvent = {
  type: 'payment.declined',
  version: 1,
  payload: { paymentId, reason: 'no-cover', errorCode: null, watchUntilMs: BEGAN_MS + 615_000 },
};
export const refundIntended: PaymentEvent = {
  type: 'payment.refund-intended',
  version: 1,
  payload: { paymentId, key: REFUND_KEY, amountOre: AMOUNT_ORE },
};
export const refundRefused: PaymentEvent = {
  type: 'payment.refund-refused',
  version: 1,
  payload: { paymentId, key: REFUND_KEY, trouble: TROUBLE },
};

function inState<S extends State>(state: S, payment: Payment): In<S> {
  if (payment.state !== state) throw new RangeError(`it is ${payment.state}, not ${state}`);
  return payment as In<S>;
}

const base = () => applied(null, planned, createIntended);
export const creating = (...more: PaymentEvent[]) => inState('creating', applied(base(), ...more));
export const awaiting = (...more: PaymentEvent[]) => inState('awaiting', applied(base(), created, ...more));
export const watched = () => inState('watched', applied(base(), watchStarted));
export const approvedPayment = (ask = false) => inState('approved', applied(base(), created, approved(ask)));
export const capturing = (...more: PaymentEvent[]) =>
  inState('capturing', applied(base(), created, approved(false), captureIntended, ...more));
export const releasing = (why: 'cashier' | 'expired' | 'url-lost' | 'appeared-late', evenIfApproved: boolean, ...more: PaymentEvent[]) =>
  inState('releasing', applied(base(), created, releaseIntended(why, evenIfApproved), ...more));
export const capturedPayment = (ask: boolean, ...more: PaymentEvent[]) =>
  inState('captured', applied(base(), created, captured(ask), ...more));
export const declinedPayment = () => inState('declined', applied(base(), created, noCover));

/** The same entries for a payment whose customer is asked on their own phone. */
export const toPhone = (flow: PaymentFlow, ...more: readonly PaymentEvent[]): Payment => {
  const order = { ...ORDER, flow };
  return applied(null, { type: 'payment.planned', version: 1, payload: { paymentId, saleId: 's1', attempt: 1, order } }, ...more);
};
export const PUSH: PaymentFlow = { kind: 'push', shown: '+47 912 34 567' };
/** Found after all, or accepted: there is nothing to show. */
export const sent: PaymentEvent = { type: 'payment.created', version: 1, payload: { paymentId, url: null } };
export const createUnknown: PaymentEvent = { type: 'payment.create-unknown', version: 1, payload: { paymentId, trouble: TROUBLE } };

/** What the loop knows: nothing yet, and nothing to wait for. */
export function attempt(more: Partial<Attempt> = {}): Attempt {
  return {
    fresh: false,
    lastSend: null,
    readSinceSend: false,
    payerKnown: false,
    wanted: true,
    sinceKeep: false,
    sendInMs: 0,
    readInMs: 0,
    ...more,
  };
}

export function failure(code: string): ProviderError {
  return { code, message: 'words', httpStatus: null, traceId: 'trace-1' };
}

export const answered = (outcome: 'ok' | 'refused' | 'retryable' | 'unknown', code = 'ecom:Payment/61'): Attempt['lastSend'] => ({
  outcome,
  error: outcome === 'ok' ? null : failure(code),
});

const NOTHING: ProviderView = {
  opened: false,
  state: 'open',
  authorisedOre: 0,
  capturedOre: 0,
  releasedOre: 0,
  refundedOre: 0,
  transactionId: null,
  operations: [],
};

export const operation = (kind: ProviderOperation['kind'], key: string | null = null, amountOre = AMOUNT_ORE): ProviderOperation => ({
  kind,
  key,
  amountOre,
  ok: true,
});

/** What the provider tells. */
export const views = {
  open: NOTHING,
  opened: { ...NOTHING, opened: true, transactionId: '5001' },
  authorised: { ...NOTHING, opened: true, state: 'authorised', authorisedOre: AMOUNT_ORE, transactionId: '5001' },
  captured: (key: string | null) => ({
    ...NOTHING,
    opened: true,
    state: 'authorised' as const,
    authorisedOre: AMOUNT_ORE,
    capturedOre: AMOUNT_ORE,
    transactionId: '5001',
    operations: [operation('capture', key), operation('authorise')],
  }),
  sale: {
    ...NOTHING,
    opened: true,
    state: 'authorised',
    authorisedOre: AMOUNT_ORE,
    capturedOre: AMOUNT_ORE,
    transactionId: '5001',
    operations: [operation('sale')],
  },
  refunded: (key: string) => ({
    ...NOTHING,
    opened: true,
    state: 'authorised' as const,
    authorisedOre: AMOUNT_ORE,
    capturedOre: AMOUNT_ORE,
    refundedOre: AMOUNT_ORE,
    operations: [operation('refund', key), operation('sale')],
  }),
  voided: { ...NOTHING, opened: true, state: 'terminated', authorisedOre: AMOUNT_ORE, releasedOre: AMOUNT_ORE, transactionId: '5001' },
  terminated: { ...NOTHING, state: 'terminated' },
  declined: { ...NOTHING, opened: true, state: 'declined' },
  expired: { ...NOTHING, state: 'expired' },
} as const satisfies Record<string, ProviderView | ((key: string) => ProviderView)>;

/** The types of the entries that follow. */
export const typesOf = (events: readonly PaymentEvent[] | null): readonly string[] | null => events?.map(({ type }) => type) ?? null;
