/**
 * Every error that the ePayment API names by an `ErrorCode`, and what each means for a register.
 *
 * `final`: known to have had no effect, and asking again gives the same. `retryable`: no effect either, the same key may
 * be sent again. `unknown`: the effect may have happened; read the payment before anything else.
 */
import type { ErrorClass } from '../error-class.ts';

export interface EpaymentError {
  readonly code: string;
  readonly class: ErrorClass;
  readonly means: string;
}

export const EPAYMENT_ERRORS: readonly EpaymentError[] = [
  { code: '3010', class: 'unknown', means: 'internal error, often a request it did not understand' },
  { code: '4010', class: 'final', means: 'a repeated capture must be identical to the first' },
  { code: '4020', class: 'final', means: 'the key was used before for something else' },
  { code: '4040', class: 'final', means: 'the amount is no whole number of minor units' },
  { code: '4050', class: 'final', means: "the customer's token is not valid" },
  { code: '4060', class: 'final', means: "not a customer's personal code" },
  { code: '4070', class: 'final', means: 'not a phone number with its country code' },
  { code: '4080', class: 'final', means: 'the scope does not exist' },
  { code: '4090', class: 'final', means: 'an address in the request is not valid' },
  { code: '4100', class: 'final', means: 'more metadata than it takes' },
  { code: '4110', class: 'final', means: 'metadata with the same key twice' },
  { code: '4120', class: 'final', means: 'a key of the metadata is too long' },
  { code: '4130', class: 'final', means: 'a value of the metadata is too long' },
  { code: '4140', class: 'final', means: 'a required field is missing' },
  { code: '4150', class: 'final', means: 'the reference exists, or a repeated refund differs from the first; it may have been our own' },
  { code: '4160', class: 'final', means: 'the means of payment does not exist' },
  { code: '5010', class: 'final', means: 'sources can be blocked in Denmark and Finland only' },
  { code: '5020', class: 'final', means: 'express checkout is not allowed' },
  { code: '5030', class: 'final', means: 'the sales unit may not ask for this scope' },
  { code: '5040', class: 'final', means: "the currency is not the sales unit's" },
  { code: '5050', class: 'final', means: 'the sales unit may not have long-living payments' },
  { code: '5060', class: 'final', means: "the shop's bank account has not been verified" },
  { code: '5070', class: 'final', means: 'the sales unit cannot take this payment' },
  { code: '5080', class: 'final', means: 'the sales unit may not push to a phone number' },
  { code: '5090', class: 'final', means: 'the sales unit has no such reference, or not yet' },
  { code: '5100', class: 'final', means: 'the sales unit cannot pay back' },
  { code: '6010', class: 'final', means: 'the amount is too small' },
  { code: '6020', class: 'final', means: 'a refund before anything was reserved' },
  { code: '6030', class: 'final', means: 'the time in which it could be cancelled is over' },
  { code: '6040', class: 'final', means: 'captured already, so it can only be refunded' },
  { code: '6050', class: 'final', means: 'not reserved, so there is nothing to cancel' },
  { code: '6060', class: 'final', means: 'the customer has approved it' },
  { code: '6070', class: 'final', means: 'cancelled, so it cannot be captured' },
  { code: '6080', class: 'final', means: 'not approved yet' },
  { code: '6090', class: 'final', means: 'more than what is reserved' },
  { code: '6100', class: 'final', means: 'the time in which it could be captured is over' },
  { code: '6110', class: 'final', means: 'it would live too long' },
  { code: '6120', class: 'final', means: 'it would live too briefly' },
  { code: '6130', class: 'final', means: 'a long-living payment needs a receipt' },
  { code: '6140', class: 'final', means: 'only the whole amount may be captured' },
  { code: '6150', class: 'final', means: 'more than what can still be refunded' },
  { code: '6160', class: 'retryable', means: 'locked while something else is done with it' },
  { code: '6170', class: 'final', means: 'captured already' },
  { code: '6180', class: 'final', means: 'refunded already' },
  { code: '6190', class: 'final', means: 'in a state in which it cannot be cancelled' },
  { code: '6200', class: 'final', means: 'in a state in which it cannot be captured' },
  { code: '6210', class: 'final', means: 'in a state in which it cannot be refunded' },
  { code: '6220', class: 'final', means: 'the 365 days for a refund are over' },
  { code: '6230', class: 'final', means: 'reserved already' },
  { code: '6250', class: 'retryable', means: 'something else is done with it; it can be cancelled later' },
  { code: '6260', class: 'retryable', means: 'the bank has let go of the reservation' },
  { code: '6280', class: 'retryable', means: 'the capture did not succeed; it can be tried again' },
  { code: '7010', class: 'final', means: 'the customer cannot be charged; the provider does not say why' },
  { code: '10010', class: 'final', means: 'the forced approval failed' },
  { code: '10020', class: 'final', means: 'a forced approval is not allowed' },
  { code: '10030', class: 'final', means: 'the test person must identify themselves' },
  { code: '10040', class: 'final', means: "the test person's source of money is not valid" },
  { code: '10050', class: 'final', means: 'the test person has no card' },
  { code: '10060', class: 'final', means: 'not supported in the test environment' },
  { code: '10070', class: 'final', means: "above the test person's limit" },
];

const BY_CODE: ReadonlyMap<string, EpaymentError> = new Map(EPAYMENT_ERRORS.map((error) => [error.code, error]));

/** Whether the API has an error of this code. */
export const isEpaymentCode = (code: string): boolean => BY_CODE.has(code);

/**
 * What an ErrorCode means. One that nobody has listed: 4xxx (the request), 5xxx (the sales unit) and 7xxx (the customer)
 * are said before any money moves, so it is a refusal; with any other it may have happened, so it is unknown.
 */
export function classifyEpayment(code: string): { readonly class: ErrorClass; readonly means: string | null } {
  const listed = BY_CODE.get(code);
  if (listed !== undefined) return { class: listed.class, means: listed.means };
  return { class: /^[457]\d{3}$/.test(code) ? 'final' : 'unknown', means: null };
}
