/**
 * What a register may do at the provider through head office: these operations and nothing else. Each says where the payment's
 * reference stands, which must begin with the register's own name, and which fields its body may have. What is not in this
 * table (tokens, webhooks, printed codes, ledgers, sales units) is refused before anything is sent.
 *
 * | API | operations |
 * |---|---|
 * | ePayment | create, get, events, capture, cancel, give back; in test: approve |
 * | eCom | initiate, details, capture, cancel, give back; in test: approve |
 * | QR | the picture of an eCom payment; a customer's own code, or their check-in, exchanged for a number |
 * | Order Management | the receipt in the customer's app |
 */
import { z } from 'zod';
import type { ApiName } from './errors.ts';

/** What a request is about, once its body has been read. */
export interface Asked {
  /** `null`: the operation has none. */
  readonly reference: string | null;
  /** Of a give-back, in minor units; else 0. */
  readonly amountOre: number;
  /** The address that a picture is wanted of. */
  readonly url: string | null;
  /** To be sent on: made anew from what was read, so that nothing else is in it. `null`: without a body. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

export interface Operation {
  /** For the log. */
  readonly name: string;
  readonly api: ApiName;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** From the root of the provider's address; `:reference` is the payment's. */
  readonly path: string;
  /** `begins`: not for a closed store. `gives-back`: no more than was captured. `tests`: never in production. */
  readonly kind: 'begins' | 'goes-on' | 'gives-back' | 'tests';
  /** A read may be given up when nobody waits for it; an effect goes on to its end. */
  readonly isRead: boolean;
  /** The header with the register's key for it, which goes through as it is. */
  readonly keyHeader: 'idempotency-key' | 'x-request-id' | null;
  /** `null`: there is none. One that may be left out is nullable. */
  readonly body: z.ZodType<Readonly<Record<string, unknown>> | null> | null;
}

const text = z.string().max(8_192);
const anything = z.unknown();
const amountOre = z.int().min(1).max(100_000_000_000);
const object = z.record(z.string(), z.unknown());

const epaymentCreation = z.strictObject({
  reference: text,
  amount: object,
  paymentMethod: object,
  customerInteraction: text.optional(),
  userFlow: text,
  customer: object.optional(),
  qrFormat: object.optional(),
  expiresAt: text.optional(),
  returnUrl: text.optional(),
  paymentDescription: text.optional(),
  receipt: object.optional(),
  metadata: object.optional(),
  minimumUserAge: z.int().optional(),
  profile: object.optional(),
});
const modification = z.strictObject({ modificationAmount: z.strictObject({ currency: text, value: amountOre }) });
/** Whatever a register says of the sales unit and of callbacks is dropped: head office has its own. */
const merchantInfo = z.looseObject({ fallBack: text.optional() }).transform(({ fallBack }) => (fallBack === undefined ? {} : { fallBack }));
const ecomInitiation = z.strictObject({
  merchantInfo,
  customerInfo: z.strictObject({ mobileNumber: text.optional() }).optional(),
  transaction: z.strictObject({ orderId: text, amount: amountOre, transactionText: text, skipLandingPage: z.boolean().optional() }),
});
const ecomCancel = z.strictObject({
  merchantInfo,
  transaction: z.strictObject({ transactionText: text }),
  shouldReleaseRemainingFunds: z.boolean().optional(),
});
/** Left out, the amount would be all of it. */
const ecomAmount = z.strictObject({ merchantInfo, transaction: z.strictObject({ amount: amountOre, transactionText: text }) });
const onlyTheNumber = z.tuple([z.literal('MSISDN')]);

const EPAYMENT = '/epayment/v1/payments';
const ECOM = '/ecomm/v2/payments';
const epayment = { api: 'epayment', keyHeader: 'idempotency-key' } as const;
const ecom = { api: 'ecom', keyHeader: 'x-request-id' } as const;
const read = { method: 'GET', kind: 'goes-on', isRead: true, keyHeader: null, body: null } as const;
const effect = { method: 'POST', kind: 'goes-on', isRead: false } as const;

export const OPERATIONS: readonly Operation[] = [
  { ...epayment, ...effect, name: 'create', path: EPAYMENT, kind: 'begins', body: epaymentCreation },
  { ...epayment, ...read, name: 'get', path: `${EPAYMENT}/:reference` },
  { ...epayment, ...read, name: 'events', path: `${EPAYMENT}/:reference/events` },
  { ...epayment, ...effect, name: 'capture', path: `${EPAYMENT}/:reference/capture`, body: modification },
  {
    ...epayment,
    ...effect,
    name: 'cancel',
    path: `${EPAYMENT}/:reference/cancel`,
    body: z.strictObject({ cancelTransactionOnly: z.boolean().optional() }).nullable(),
  },
  { ...epayment, ...effect, name: 'refund', path: `${EPAYMENT}/:reference/refund`, kind: 'gives-back', body: modification },
  {
    ...epayment,
    ...effect,
    name: 'approve',
    path: '/epayment/v1/test/payments/:reference/approve',
    kind: 'tests',
    keyHeader: null,
    body: z.strictObject({ customer: object }),
  },

  { ...ecom, ...effect, name: 'create', path: ECOM, kind: 'begins', keyHeader: null, body: ecomInitiation },
  { ...ecom, ...read, name: 'details', path: `${ECOM}/:reference/details` },
  { ...ecom, ...effect, name: 'capture', path: `${ECOM}/:reference/capture`, body: ecomAmount },
  { ...ecom, ...effect, name: 'cancel', method: 'PUT', path: `${ECOM}/:reference/cancel`, keyHeader: null, body: ecomCancel },
  { ...ecom, ...effect, name: 'refund', path: `${ECOM}/:reference/refund`, kind: 'gives-back', body: ecomAmount },
  {
    ...ecom,
    ...effect,
    name: 'approve',
    path: '/ecomm/v2/integration-test/payments/:reference/approve',
    kind: 'tests',
    keyHeader: null,
    body: z.strictObject({ customerPhoneNumber: text, token: text.optional() }),
  },

  { ...effect, api: 'qr', name: 'qr', path: '/qr/v1', isRead: true, keyHeader: null, body: z.strictObject({ url: text }) },
  {
    ...effect,
    api: 'qr',
    name: 'exchange',
    path: '/qr/v1/exchange',
    kind: 'begins',
    isRead: true,
    keyHeader: null,
    body: z.strictObject({ qrCode: text, requestedData: onlyTheNumber }),
  },
  {
    ...effect,
    api: 'qr',
    name: 'exchange',
    path: '/qr/v1/exchange/customer',
    kind: 'begins',
    isRead: true,
    keyHeader: null,
    body: z.strictObject({ customer: z.strictObject({ customerToken: text }), requestedData: onlyTheNumber }),
  },

  {
    ...effect,
    api: 'order-management',
    name: 'add-receipt',
    path: '/order-management/v2/ECOM/receipts/:reference',
    keyHeader: null,
    body: z.strictObject({ orderLines: z.array(anything), bottomLine: object }),
  },
];

/** What a request that fits its operation is about. @param inPath the reference in its path. */
export function askedOf(operation: Operation, inPath: string | null, body: Readonly<Record<string, unknown>> | null): Asked {
  const transaction = (body?.transaction ?? {}) as { readonly orderId?: string; readonly amount?: number };
  const amount = (body?.modificationAmount ?? {}) as { readonly value?: number };
  const reference = inPath ?? (body?.reference as string | undefined) ?? transaction.orderId ?? null;
  const amountOre = operation.kind === 'gives-back' ? (amount.value ?? transaction.amount ?? 0) : 0;
  return { reference, amountOre, url: operation.name === 'qr' ? String(body?.url) : null, body };
}
