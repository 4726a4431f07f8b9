/**
 * Every error that a register can be told, in one table: what it means for the payment, what people read, and what is done
 * next. Each code is found by itself; those that come to the same for a person share a reason, whose sentences are in
 * `app/text/refusals.ts`. A code that nobody has listed has a careful class, and sentences that promise nothing.
 *
 * `final`: known to have had no effect, and asking again gives the same. `retryable`: no effect either, the same key may be
 * sent again. `unknown`: the effect may have happened; read the payment before anything else.
 */
import type { NextStep, Reason } from '../text/refusals.ts';

export type ErrorClass = 'final' | 'retryable' | 'unknown';

export interface Meaning {
  readonly class: ErrorClass;
  readonly reason: Reason;
  readonly next: NextStep;
  /** The provider's own name for it, for the log; `null` where nobody has one. */
  readonly means: string | null;
  /** Whether it is in the table. What is not is logged whole. */
  readonly isKnown: boolean;
}

type Row = readonly [code: string, errorClass: ErrorClass, reason: Reason, means: string];

/** eCom by group *and* code: 51, 93 and 98 mean two things each. ePayment by `ErrorCode`, with its title. */
const ROWS: readonly Row[] = [
  ['ecom:Payment/41', 'final', 'bank-no', 'no valid card'],
  ['ecom:Payment/42', 'final', 'bank-no', 'refused by the issuer'],
  ['ecom:Payment/43', 'final', 'bank-no', 'refused by the issuer: invalid amount'],
  ['ecom:Payment/44', 'final', 'bank-no', 'refused by the issuer: expired card'],
  ['ecom:Payment/45', 'final', 'not-acted', 'reservation failed, reason unknown (most often: not acted upon)'],
  ['ecom:Payment/51', 'final', 'captured-already', 'cannot cancel what is captured: refund'],
  ['ecom:Payment/52', 'unknown', 'unknown-outcome', 'cancellation failed, reason unknown'],
  ['ecom:Payment/61', 'final', 'more-than-approved', 'capture exceeds the reserved amount'],
  ['ecom:Payment/62', 'final', 'not-approved', 'amount not reserved'],
  ['ecom:Payment/63', 'unknown', 'unknown-outcome', 'capture failed, reason unknown'],
  ['ecom:Payment/71', 'final', 'more-than-left', 'refund above the captured amount'],
  ['ecom:Payment/72', 'final', 'only-reserved', 'cannot refund a reserved order: cancel'],
  ['ecom:Payment/73', 'final', 'cancelled-already', 'cannot refund a cancelled order'],
  ['ecom:Payment/74', 'retryable', 'shop-account-short', 'refund failed while debiting the merchant'],
  ['ecom:Payment/93', 'final', 'sent-before', 'idempotent retry with another body'],
  ['ecom:Payment/95', 'final', 'too-late-or-not-allowed', 'refund period (365 days) over, or direct capture not allowed'],
  ['ecom:Payment/98', 'final', 'capture-too-late', 'capture period (180 days) over'],
  ['ecom:Payment/1082', 'final', 'test-only', 'the test person is not verified with BankID'],
  ['ecom:VippsError/91', 'final', 'wrong-state', 'transaction not allowed (captured after cancel)'],
  ['ecom:VippsError/92', 'unknown', 'done-already', 'already processed'],
  ['ecom:VippsError/93', 'final', 'sent-before', 'idempotent retry must be identical'],
  ['ecom:VippsError/94', 'retryable', 'busy', 'order locked, processing'],
  ['ecom:VippsError/98', 'retryable', 'too-fast', 'too many concurrent requests'],
  ['ecom:VippsError/99', 'unknown', 'internal-error', 'internal error (usually a bad request)'],
  ['ecom:User/81', 'final', 'cannot-charge', 'the customer cannot be charged; the provider does not say why'],
  ['ecom:User/82', 'final', 'app-too-old', 'app version not supported'],
  ['ecom:Merchant/31', 'final', 'unit-blocked', 'merchant blocked'],
  ['ecom:Merchant/32', 'final', 'unit-limit', 'receiving limit exceeded'],
  ['ecom:Merchant/33', 'final', 'unit-limit', 'payment request limit exceeded'],
  ['ecom:Merchant/34', 'final', 'used-before', 'duplicate orderId'],
  ['ecom:Merchant/35', 'final', 'not-found', 'orderId does not exist for this MSN'],
  ['ecom:Merchant/36', 'final', 'agreement-missing', 'agreement not signed'],
  ['ecom:Merchant/37', 'final', 'unit-closed', 'sales unit unavailable, deleted, deactivated or blocked'],
  ['ecom:Merchant/38', 'final', 'push-not-allowed', 'not allowed to skip the landing page'],
  ['ecom:Merchant/39', 'final', 'long-not-allowed', 'long-living payments not allowed'],
  ['ecom:Merchant/51', 'final', 'scope', 'nin scope not allowed'],
  ['ecom:Merchant/97', 'final', 'unit-cannot-take', 'sales unit may not take payments'],
  ['ecom:InvalidRequest/*', 'final', 'bad-request', 'a field is not as it must be'],

  ['epayment:3010', 'unknown', 'internal-error', 'Internal error'],
  ['epayment:4010', 'final', 'sent-before', 'Capture idempotency conflict'],
  ['epayment:4020', 'final', 'sent-before', 'Idempotency error'],
  ['epayment:4040', 'final', 'bad-request', 'Invalid amount'],
  ['epayment:4050', 'final', 'customer-code-over', 'Invalid CustomerToken'],
  ['epayment:4060', 'final', 'no-customer-code', 'Invalid PersonalQr'],
  ['epayment:4070', 'final', 'bad-number', 'Invalid phone number'],
  ['epayment:4080', 'final', 'scope', 'Invalid scope'],
  ['epayment:4090', 'final', 'bad-address', 'Invalid URL'],
  ['epayment:4100', 'final', 'bad-request', 'Metadata capacity exceeded'],
  ['epayment:4110', 'final', 'bad-request', 'Metadata duplicate keys'],
  ['epayment:4120', 'final', 'bad-request', 'Metadata key too long'],
  ['epayment:4130', 'final', 'bad-request', 'Metadata value too long'],
  ['epayment:4140', 'final', 'bad-request', 'Missing required parameter'],
  ['epayment:4150', 'final', 'used-before', 'Reference exists, or refund idempotency conflict'],
  ['epayment:4160', 'final', 'bad-request', 'Invalid payment method type'],
  ['epayment:5010', 'final', 'not-for-unit', 'Blocking sources not applicable'],
  ['epayment:5020', 'final', 'not-for-unit', 'Express payment not allowed'],
  ['epayment:5030', 'final', 'scope', 'Illegal scope'],
  ['epayment:5040', 'final', 'currency', 'Invalid currency for merchant'],
  ['epayment:5050', 'final', 'long-not-allowed', 'Long-living payment (expiresAt) not allowed'],
  ['epayment:5060', 'final', 'bank-account', 'Merchant bank account not verified'],
  ['epayment:5070', 'final', 'unit-cannot-take', 'Payment cannot be created'],
  ['epayment:5080', 'final', 'push-not-allowed', 'PUSH_MESSAGE not allowed'],
  ['epayment:5090', 'final', 'not-found', 'Reference not found'],
  ['epayment:5100', 'final', 'unit-cannot-refund', 'Refund not possible'],
  ['epayment:6010', 'final', 'too-small', 'Amount too small'],
  ['epayment:6020', 'final', 'not-approved', 'Attempted refund before reservation'],
  ['epayment:6030', 'final', 'cancel-too-late', 'Cancel period expired'],
  ['epayment:6040', 'final', 'captured-already', 'Cannot cancel a captured payment'],
  ['epayment:6050', 'final', 'not-approved', 'Cannot cancel a non-reserved payment'],
  ['epayment:6060', 'final', 'approved-already', 'Cannot cancel authorized payment'],
  ['epayment:6070', 'final', 'cancelled-already', 'Cannot capture a cancelled payment'],
  ['epayment:6080', 'final', 'not-approved', 'Cannot capture before reservation'],
  ['epayment:6090', 'final', 'more-than-approved', 'Capture amount too high'],
  ['epayment:6100', 'final', 'capture-too-late', 'Capture period expired'],
  ['epayment:6110', 'final', 'bad-expiry', 'Expiration date too late'],
  ['epayment:6120', 'final', 'bad-expiry', 'Expiration date too soon'],
  ['epayment:6130', 'final', 'needs-receipt', 'Long living payments require a receipt'],
  ['epayment:6140', 'final', 'whole-amount', 'Must capture full amount'],
  ['epayment:6150', 'final', 'more-than-left', 'Not enough refundable'],
  ['epayment:6160', 'retryable', 'busy', 'Order processing'],
  ['epayment:6170', 'final', 'done-already', 'Payment already captured'],
  ['epayment:6180', 'final', 'refunded-already', 'Payment already refunded'],
  ['epayment:6190', 'final', 'wrong-state', 'Payment cannot be cancelled'],
  ['epayment:6200', 'final', 'wrong-state', 'Payment cannot be captured'],
  ['epayment:6210', 'final', 'wrong-state', 'Payment cannot be refunded'],
  ['epayment:6220', 'final', 'refund-too-late', 'Refund period expired'],
  ['epayment:6230', 'final', 'approved-already', 'Payment is already reserved'],
  ['epayment:6250', 'retryable', 'busy', 'Cannot cancel processing payment'],
  ['epayment:6260', 'retryable', 'reservation-gone', 'Funds unavailable'],
  ['epayment:6280', 'retryable', 'capture-later', 'Capture failed, try again later'],
  ['epayment:7010', 'final', 'cannot-charge', 'Customer not found'],
  ['epayment:10010', 'final', 'test-only', 'Approve failed'],
  ['epayment:10020', 'final', 'test-only', 'Approve not allowed'],
  ['epayment:10030', 'final', 'test-only', 'Identification required'],
  ['epayment:10040', 'final', 'test-only', 'Invalid payment source'],
  ['epayment:10050', 'final', 'test-only', 'No cards'],
  ['epayment:10060', 'final', 'test-only', 'Operation not supported'],
  ['epayment:10070', 'final', 'test-only', 'Payment limit exceeded'],
  ['gateway:unauthorized_client', 'final', 'keys-refused', 'the directory does not know the keys'],
  ['gateway:invalid_client', 'final', 'keys-refused', 'the directory does not know the keys'],
  ['gateway:invalid-msn', 'final', 'wrong-unit', 'the sales unit does not belong to the keys'],

  ['qr:400', 'final', 'code-over', 'the payment is over, or its address is none'],
  ['qr:404', 'final', 'code-gone', 'the picture is gone'],

  ['http:3xx', 'unknown', 'someone-else', 'the provider never redirects its API'],
  ['http:400', 'final', 'bad-request', 'bad request'],
  ['http:401', 'final', 'keys-refused', 'no valid keys'],
  ['http:403', 'final', 'no-access', 'no access for this sales unit'],
  ['http:404', 'final', 'wrong-address', 'no such resource'],
  ['http:405', 'final', 'wrong-address', 'no such method there'],
  ['http:408', 'unknown', 'answer-lost', 'the provider gave up waiting'],
  ['http:409', 'final', 'sent-before', 'the key was used with another body'],
  ['http:413', 'final', 'bad-request', 'too large'],
  ['http:415', 'final', 'bad-request', 'not JSON by its headers'],
  ['http:422', 'final', 'bad-request', 'not as it must be'],
  ['http:423', 'retryable', 'busy', 'locked'],
  ['http:429', 'retryable', 'too-fast', 'too many requests'],
  ['http:5xx', 'unknown', 'provider-trouble', 'a fault on the provider’s side'],

  ['head-office:no-key', 'final', 'not-enrolled', 'head office does not know the register’s key'],
  ['head-office:key-revoked', 'final', 'not-enrolled', 'the register’s key was taken back'],
  ['head-office:bad-request', 'final', 'bad-request', 'not what head office lets through'],
  ['head-office:too-large', 'final', 'bad-request', 'larger than head office lets through'],
  ['head-office:not-found', 'final', 'wrong-address', 'no such address at head office'],
  ['head-office:not-relayed', 'final', 'head-office-setup', 'not an operation of registers without keys'],
  ['head-office:not-your-payment', 'final', 'head-office-setup', 'the reference or the key has another register’s name'],
  ['head-office:no-sales-unit', 'final', 'head-office-setup', 'the store has no sales unit at head office'],
  ['head-office:store-closed', 'final', 'head-office-setup', 'the store is closed in the chain'],
  ['head-office:other-environment', 'final', 'head-office-setup', 'the sales unit is in another environment'],
  ['head-office:keys-refused', 'final', 'head-office-setup', 'the provider refuses head office’s keys'],
  ['head-office:above-captured', 'final', 'more-than-left', 'more than the sale left of what was captured'],
  ['head-office:other-refund', 'final', 'sent-before', 'the key was used for another amount'],
  ['head-office:too-many', 'retryable', 'head-office-trouble', 'the register asks too often; never sent'],
  ['head-office:try-later', 'retryable', 'head-office-trouble', 'head office is in trouble; never sent'],
  ['head-office:provider-not-reached', 'retryable', 'head-office-trouble', 'head office does not reach the provider; never sent'],
  ['head-office:provider-silent', 'unknown', 'answer-lost', 'the provider has not answered head office'],
  ['head-office:provider-odd', 'unknown', 'bad-answer', 'the provider’s answer was no answer'],
  ['head-office:internal', 'unknown', 'internal-error', 'a defect at head office'],

  ['not-sent', 'retryable', 'no-network', 'nothing left the register'],
  ['lost', 'unknown', 'answer-lost', 'no answer came'],
  ['bad-answer', 'unknown', 'bad-answer', 'an answer that makes no sense'],
  ['contradiction', 'unknown', 'contradiction', 'an answer that cannot be about this payment'],
  ['local:bad-amount', 'final', 'bad-request', 'not an amount; never sent'],
  ['local:bad-key', 'final', 'bad-request', 'not a key; never sent'],
  ['local:slow', 'retryable', 'too-fast', 'the provider asked to wait; never sent'],
  ['local:no-payer', 'final', 'payer-forgotten', 'nobody to send it to; never sent'],
  ['local:foreign-number', 'final', 'bad-number', 'a number of another country; never sent'],
  ['local:not-a-personal-code', 'final', 'no-customer-code', "not a customer's code; never sent"],
  ['local:no-such-unit', 'retryable', 'unit-unconfigured', 'the register has no keys for that sales unit; never sent'],
  ['local:payment-over', 'final', 'payment-over', 'the payment is over'],
  ['local:no-ledger', 'final', 'no-access', 'no ledger settles for the sales unit'],
  ['local:no-receipt', 'final', 'receipt-unsent', 'there is no receipt to send'],
  ['local:receipt-does-not-add-up', 'final', 'receipt-unsent', 'the receipt does not add up; never sent'],
  ['storage:disk-full', 'unknown', 'unwritten', 'the disk is full'],
  ['storage:read-only', 'unknown', 'unwritten', 'the disk takes nothing'],
  ['storage:locked', 'unknown', 'unwritten', 'another program has the data'],
  ['storage:corrupt', 'unknown', 'unwritten', 'the data cannot be read'],
  ['storage:other', 'unknown', 'unwritten', 'the disk says no'],
];

/** What is done next, by reason. */
const NEXT: Readonly<Record<Reason, NextStep>> = {
  'bank-no': 'try-again',
  'not-acted': 'try-again',
  'cannot-charge': 'other-means',
  'app-too-old': 'try-again',
  'customer-code-over': 'scan-again',
  'no-customer-code': 'scan-again',
  'payer-forgotten': 'try-again',
  'bad-number': 'offer-qr',
  'captured-already': 'refund',
  'done-already': 'check',
  'refunded-already': 'check',
  'approved-already': 'check',
  'not-approved': 'check',
  'only-reserved': 'release',
  'cancelled-already': 'try-again',
  'wrong-state': 'check',
  'more-than-approved': 'call-support',
  'more-than-left': 'check',
  'whole-amount': 'refund',
  'capture-too-late': 'try-again',
  'cancel-too-late': 'refund',
  'refund-too-late': 'other-means',
  'too-late-or-not-allowed': 'other-means',
  'reservation-gone': 'try-again',
  'capture-later': 'wait',
  'shop-account-short': 'owner-portal',
  'unit-cannot-refund': 'owner-portal',
  'unknown-outcome': 'check',
  busy: 'wait',
  'too-fast': 'wait',
  'provider-trouble': 'wait',
  'internal-error': 'check',
  'no-network': 'wait',
  'answer-lost': 'check',
  'bad-answer': 'check',
  'someone-else': 'check',
  contradiction: 'check',
  unwritten: 'wait',
  'not-found': 'check',
  'used-before': 'check',
  'sent-before': 'call-support',
  'code-over': 'try-again',
  'code-gone': 'wait',
  'payment-over': 'try-again',
  'push-not-allowed': 'offer-qr',
  'too-small': 'other-means',
  currency: 'owner-settings',
  'bank-account': 'owner-portal',
  'agreement-missing': 'owner-portal',
  'unit-cannot-take': 'owner-portal',
  'unit-closed': 'owner-portal',
  'unit-blocked': 'call-provider',
  'unit-limit': 'call-provider',
  'not-for-unit': 'call-provider',
  'long-not-allowed': 'call-provider',
  'bad-expiry': 'call-support',
  'needs-receipt': 'call-support',
  'receipt-unsent': 'call-support',
  scope: 'owner-settings',
  'bad-address': 'owner-settings',
  'bad-request': 'call-support',
  'keys-refused': 'owner-settings',
  'wrong-unit': 'owner-settings',
  'unit-unconfigured': 'wait',
  'no-access': 'owner-portal',
  'wrong-address': 'owner-settings',
  'not-enrolled': 'call-head-office',
  'head-office-setup': 'call-head-office',
  'head-office-trouble': 'wait',
  'test-only': 'try-again',
  unknown: 'call-support',
};

/** The provider's older names of ePayment's errors, where they are not today's titles. */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  'Amount invalid': '4040',
  'Missing static shipping details': '4140',
  'merchantinfo.StaticShippingDetailsPrefix.missing': '4140',
  'Cannot cancel pending': '6250',
  'Reference exists': '4150',
  'Refund idempotency conflict': '4150',
  'Direct capture not allowed': '5070',
  'Reserve capture not allowed': '5070',
  'Skip landing page not allowed': '5080',
  'PUSH_MESSAGE flow not allowed': '5080',
  'Long-living payment not allowed': '5050',
  'ExpiresAt not allowed': '5050',
  'Expiration date invalid': '6110',
};

const BY_CODE: ReadonlyMap<string, Row> = new Map(ROWS.map((row) => [row[0], row]));

const EPAYMENT = 'epayment:';
const nameOf = (words: string): string => words.toLowerCase().replace(/[^a-z0-9]/g, '');
const EPAYMENT_NAMES: ReadonlyMap<string, string> = new Map([
  ...ROWS.flatMap(([code, , , means]): [string, string][] =>
    code.startsWith(EPAYMENT) ? [[nameOf(means), code.slice(EPAYMENT.length)]] : [],
  ),
  ...Object.entries(OLDER_NAMES).map(([name, code]): [string, string] => [nameOf(name), code]),
]);

/** The eCom groups as the specification spells them; the guide spells one of them in small letters. */
const GROUPS: ReadonlyMap<string, string> = new Map(
  ['Payment', 'VippsError', 'User', 'Merchant', 'InvalidRequest', 'Authentication'].map((group) => [group.toLowerCase(), group]),
);

/** The group as the specification spells it; an unknown one as it came. */
export const ecomGroup = (group: string): string => GROUPS.get(group.toLowerCase()) ?? group;

/**
 * The `ErrorCode` that a problem's own `type` names, when it names one: by its number, or by the error's name. Most have a
 * type that says nothing but the status. `null` then.
 */
export function epaymentCodeOfType(type: string): string | null {
  const last = /[^/#:]*$/.exec(type)?.[0] ?? '';
  if (BY_CODE.has(`${EPAYMENT}${last}`)) return last;
  return EPAYMENT_NAMES.get(nameOf(last)) ?? null;
}

/** Every code of the table, for whoever must know that none is missing. */
export const KNOWN_CODES: readonly string[] = ROWS.map(([code]) => code);

/**
 * What a code means: `ProviderError.code`, as `errors.ts` makes it. `http:`, `gateway:` and an API's own name before a status
 * all mean what the status says.
 */
export function meaningOf(code: string): Meaning {
  const row = BY_CODE.get(code) ?? BY_CODE.get(rowNameOf(code));
  if (row === undefined) return { class: classOfUnknown(code), reason: 'unknown', next: NEXT.unknown, means: null, isKnown: false };
  const [, errorClass, reason, means] = row;
  return { class: errorClass, reason, next: NEXT[reason], means, isKnown: true };
}

function rowNameOf(code: string): string {
  if (code.startsWith('ecom:InvalidRequest/')) return 'ecom:InvalidRequest/*';
  const status = /^[a-z]+:(\d{3})$/.exec(code)?.[1];
  if (status === undefined) return code;
  if (BY_CODE.has(`http:${status}`)) return `http:${status}`;
  return status.startsWith('5') || status.startsWith('3') ? `http:${status.charAt(0)}xx` : code;
}

/**
 * What is not in the table: a refusal where it is said before any money moves (eCom's merchant, user and request, ePayment's
 * 4xxx, 5xxx and 7xxx, a status of 4xx). Anything else may have happened, so it is unknown.
 */
function classOfUnknown(code: string): ErrorClass {
  const isBeforeMoney = /^ecom:(?:Authentication|Merchant|User)\/|^epayment:[457]\d{3}$|^[a-z]+:4\d\d$/.test(code);
  return isBeforeMoney ? 'final' : 'unknown';
}
