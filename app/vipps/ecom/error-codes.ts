/**
 * Every error that the eCom API names, as the provider's guide lists them, and what each means for a register. The key is
 * group *and* code: 51, 93 and 98 mean two things each.
 *
 * `final`: known to have had no effect, and asking again gives the same. `retryable`: no effect either, the same key may
 * be sent again. `unknown`: the effect may have happened; read the payment before anything else.
 */
import type { ErrorClass } from '../error-class.ts';

export interface EcomError {
  readonly group: 'Payment' | 'VippsError' | 'User' | 'Merchant';
  readonly code: string;
  readonly means: string;
  readonly class: ErrorClass;
}

export const ECOM_ERRORS: readonly EcomError[] = [
  { group: 'Payment', code: '41', class: 'final', means: 'the customer has no valid card' },
  { group: 'Payment', code: '42', class: 'final', means: 'the bank refused' },
  { group: 'Payment', code: '43', class: 'final', means: 'the bank refused the amount' },
  { group: 'Payment', code: '44', class: 'final', means: 'the card has expired' },
  { group: 'Payment', code: '45', class: 'final', means: 'not reserved; most often nobody acted upon it' },
  { group: 'Payment', code: '51', class: 'final', means: 'captured already, so it can only be refunded' },
  { group: 'Payment', code: '52', class: 'unknown', means: 'the cancellation failed, the reason is not known' },
  { group: 'Payment', code: '61', class: 'final', means: 'more than what is reserved' },
  { group: 'Payment', code: '62', class: 'final', means: 'nothing is reserved' },
  { group: 'Payment', code: '63', class: 'unknown', means: 'the capture failed, the reason is not known' },
  { group: 'Payment', code: '71', class: 'final', means: 'more than what was captured' },
  { group: 'Payment', code: '72', class: 'final', means: 'only reserved, so it can only be cancelled' },
  { group: 'Payment', code: '73', class: 'final', means: 'cancelled, so there is nothing to refund' },
  { group: 'Payment', code: '74', class: 'retryable', means: "the refund could not be taken from the shop's account" },
  { group: 'Payment', code: '93', class: 'final', means: 'the key was used before with another body' },
  { group: 'Payment', code: '95', class: 'final', means: 'the 365 days for a refund are over, or direct capture is not allowed' },
  { group: 'Payment', code: '98', class: 'final', means: 'the 180 days for a capture are over' },
  { group: 'Payment', code: '1082', class: 'final', means: 'the test person is not verified with BankID' },
  { group: 'VippsError', code: '91', class: 'final', means: 'not allowed; typically a capture after a cancellation' },
  { group: 'VippsError', code: '92', class: 'unknown', means: 'processed already' },
  { group: 'VippsError', code: '93', class: 'final', means: 'a retry must be identical to the first request' },
  { group: 'VippsError', code: '94', class: 'retryable', means: 'the order is locked while something else is done with it' },
  { group: 'VippsError', code: '98', class: 'retryable', means: 'too many requests at once' },
  { group: 'VippsError', code: '99', class: 'unknown', means: 'internal error; usually a request it did not understand' },
  { group: 'User', code: '81', class: 'final', means: 'the customer cannot be charged; the provider does not say why' },
  { group: 'User', code: '82', class: 'final', means: "the customer's app is too old" },
  { group: 'Merchant', code: '31', class: 'final', means: 'the merchant is blocked' },
  { group: 'Merchant', code: '32', class: 'final', means: 'the merchant has received more than it may' },
  { group: 'Merchant', code: '33', class: 'final', means: 'the merchant has asked for more than it may' },
  { group: 'Merchant', code: '34', class: 'final', means: 'the order number was used before; it may have been by ourselves' },
  { group: 'Merchant', code: '35', class: 'final', means: 'the sales unit has no such order, or not yet' },
  { group: 'Merchant', code: '36', class: 'final', means: 'the agreement has not been signed' },
  { group: 'Merchant', code: '37', class: 'final', means: 'the sales unit is closed, deleted or blocked' },
  { group: 'Merchant', code: '38', class: 'final', means: 'the sales unit may not skip the landing page' },
  { group: 'Merchant', code: '39', class: 'final', means: 'the sales unit may not have long-living payments' },
  { group: 'Merchant', code: '51', class: 'final', means: "the sales unit may not ask for a person's national identity number" },
  { group: 'Merchant', code: '97', class: 'final', means: 'the sales unit may not take payments' },
];

const BY_KEY: ReadonlyMap<string, EcomError> = new Map(ECOM_ERRORS.map((error) => [`${error.group}/${error.code}`, error]));
/** The guide spells one group in small letters, the specification does not. */
const GROUPS: ReadonlyMap<string, string> = new Map(
  ['Payment', 'VippsError', 'User', 'Merchant', 'InvalidRequest', 'Authentication'].map((group) => [group.toLowerCase(), group]),
);

/** The group as the specification spells it; an unknown one as it came. */
export function ecomGroup(group: string): string {
  return GROUPS.get(group.toLowerCase()) ?? group;
}

/**
 * What an eCom error means, by group and code. A code that nobody has listed: in the groups that look at the request
 * before any money moves it is a refusal; among the payment's own errors it may have happened, so it is unknown.
 */
export function classifyEcom(group: string, code: string): { readonly class: ErrorClass; readonly means: string | null } {
  const listed = BY_KEY.get(`${ecomGroup(group)}/${code}`);
  if (listed !== undefined) return { class: listed.class, means: listed.means };
  switch (ecomGroup(group)) {
    case 'InvalidRequest':
      return { class: 'final', means: `the field ${code} is not as it must be` };
    case 'Authentication':
    case 'Merchant':
    case 'User':
      return { class: 'final', means: null };
    default:
      return { class: 'unknown', means: null };
  }
}
