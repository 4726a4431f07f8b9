import type { JsonObject } from '../gateway/json-body.ts';
import type { Callback } from '../payments/payment.ts';
import { internalError } from './errors.ts';
import { Fields } from './fields.ts';

const leastAmountOre = 100;
const longestText = 100;
const longestRequestId = 40;

export interface InitiateRequest {
  readonly msn: string;
  readonly orderId: string;
  readonly amountOre: number;
  readonly text: string;
  readonly mobileNumber: string | null;
  readonly skipLandingPage: boolean;
  readonly callback: Callback;
}

/** Reads an initiate request, or throws what the API would answer. */
export function readInitiate(body: JsonObject | null): InitiateRequest {
  if (body === null) throw internalError();
  const fields = new Fields();
  const customer = fields.object(body, 'customerInfo');
  const merchant = fields.object(body, 'merchantInfo');
  const transaction = fields.object(body, 'transaction');
  // Without fallBack, spelled so, the API does not say which field is wrong.
  if (typeof merchant.fallBack !== 'string') throw internalError();
  const isApp = fields.flag(merchant, 'isApp');
  const msn = fields.text(merchant, 'merchantInfo.merchantSerialNumber', { most: 6, pattern: /^\d{5,6}$/ });
  const prefix = fields.address(merchant, 'merchantInfo.callbackPrefix', false);
  fields.address(merchant, 'merchantInfo.fallBack', isApp);
  const authToken = fields.optionalText(merchant, 'authToken');
  const orderId = fields.text(transaction, 'transaction.orderId', { most: 50, pattern: /^[a-zA-Z0-9-]{1,50}$/ });
  const text = fields.text(transaction, 'transaction.transactionText', { most: longestText });
  const amountOre = fields.amount(transaction, 'transaction.amount');
  fields.require(amountOre !== null && amountOre >= leastAmountOre, 'transaction.amount', `amount must be at least ${leastAmountOre}.`);
  const skipLandingPage = fields.flag(transaction, 'skipLandingPage');
  const mobileNumber = fields.optionalText(customer, 'mobileNumber');
  fields.done();
  return { msn, orderId, amountOre: amountOre ?? 0, text, mobileNumber, skipLandingPage, callback: { prefix, authToken } };
}

export interface ActionRequest {
  readonly msn: string;
  /** `null` is everything that is left: the amount was missing, `null` or 0. */
  readonly amountOre: number | null;
  readonly text: string;
  readonly shouldReleaseRemainingFunds: boolean;
}

/** Reads a capture, refund or cancel request, or throws what the API would answer. */
export function readAction(body: JsonObject | null): ActionRequest {
  if (body === null) throw internalError();
  const fields = new Fields();
  const merchant = fields.object(body, 'merchantInfo');
  const transaction = fields.object(body, 'transaction');
  const msn = fields.text(merchant, 'merchantInfo.merchantSerialNumber', { most: 6, pattern: /^\d{5,6}$/ });
  const text = fields.text(transaction, 'transaction.transactionText', { most: longestText });
  const amountOre = fields.amount(transaction, 'transaction.amount') ?? 0;
  fields.require(
    amountOre === 0 || amountOre >= leastAmountOre,
    'transaction.amount',
    `amount must be at least ${leastAmountOre}, or left out for all of it.`,
  );
  const shouldReleaseRemainingFunds = fields.flag(body, 'shouldReleaseRemainingFunds');
  fields.done();
  return { msn, amountOre: amountOre === 0 ? null : amountOre, text, shouldReleaseRemainingFunds };
}

/** Reads the idempotency key of capture and refund, which must be there. */
export function readRequestId(value: string | null): string {
  const fields = new Fields();
  fields.require(value !== null, 'X-Request-Id', 'X-Request-Id is required.');
  fields.require((value ?? '').length <= longestRequestId, 'X-Request-Id', `X-Request-Id may have at most ${longestRequestId} characters.`);
  fields.done();
  return value ?? '';
}
