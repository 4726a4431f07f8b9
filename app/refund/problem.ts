/**
 * Every "no" between a register and head office: a stable code for programs, the HTTP status it travels under, and a plain
 * sentence. What a cashier reads is chosen by the code.
 */

const PROBLEMS = {
  // Who is asking
  'no-key': [401, 'This register has no key. Enrol it with a code from head office.'],
  'key-revoked': [401, 'The key of this register was taken back. Enrol it again with a new code from head office.'],
  'bad-code': [403, 'The code is not known, was used already, or is too old. Ask head office for a new one.'],
  'too-many': [429, 'Too many requests. Wait a little, then try again.'],
  // What was asked
  'bad-request': [400, 'The request is not as it must be.'],
  'not-found': [404, 'There is no such address at head office.'],
  'too-large': [413, 'The request is too large. Send fewer entries at a time.'],
  // The journal
  gap: [409, 'Entries are missing: go on right after the last one that head office has confirmed.'],
  'other-entry': [409, 'Head office has another entry at this place. Nothing was taken; a person at head office must look.'],
  'broken-chain': [409, 'The first new entry does not follow the last one that head office has. Nothing was taken.'],
  'bad-entry': [422, 'An entry is not what its hash says. Nothing was taken.'],
  'not-this-register': [403, 'The journal belongs to another register than the key.'],
  // Orders
  'unknown-store': [404, 'No store of this chain has that id.'],
  'unknown-order': [404, 'No store of this chain has reported such an order.'],
  // What is published
  'unknown-publication': [404, 'Nothing of that number is published for this store.'],
  // Refunds
  'not-your-refund': [403, 'The refund was begun at another register.'],
  'unknown-refund': [404, 'Head office knows of no such refund.'],
  'other-refund': [409, 'This id belongs to a refund with other contents.'],
  'already-sent': [409, 'The refund has been sent to the provider, and cannot be withdrawn any more.'],
  'not-reserved': [409, 'Nothing is reserved for this refund any more.'],
  // The reasons of a refused refund
  'unknown-line': [409, 'The order has no such line.'],
  'nothing-left': [409, 'That much is not left: it was returned already, or is being returned right now.'],
  'too-old': [409, 'The purchase is older than 365 days: the provider does not refund it any more.'],
  'above-limit': [409, 'The amount is above what this register may refund.'],
  'above-day-limit': [409, 'This register has refunded as much as it may today.'],
  'store-closed': [409, 'The store that sold this is closed, and nobody refunds for it now. Head office can allow it.'],
  'this-store-closed': [409, 'This store is closed in the chain: it takes no returns any more.'],
  'no-sales-unit': [409, 'Head office cannot refund for the store that sold this: no sales unit is set up for it.'],
  'payment-unknown': [409, 'Head office has not heard that the purchase was paid. Try again when its register has reported it.'],
  'not-its-prefix': [409, "The payment's reference does not begin with the store that sold it."],
  'needs-approval': [409, 'A manager must approve that this is paid out in cash.'],
  'not-in-cash': [409, 'The provider has not refused to send this back the way it came, so it is not paid out in cash.'],
  'provider-refused': [409, 'The provider has refused the refund for good.'],
  // Selling through head office
  'not-relayed': [403, 'Registers do not do this at the provider through head office.'],
  'not-your-payment': [403, 'The payment, or the key for it, is not of this register’s own making.'],
  'other-environment': [409, 'The sales unit of this store is in another environment than the register says it sells in.'],
  'above-captured': [409, 'That is more than was captured beyond what the sale took. Goods that come back are refunded as a return.'],
  'keys-refused': [409, 'The provider does not take the keys that head office has for this store. Head office must look.'],
  'provider-not-reached': [503, 'Head office does not reach the provider. Nothing was sent; ask again.'],
  'provider-silent': [504, 'The provider has not answered head office. It may have been done: read before asking again.'],
  'provider-odd': [
    502,
    'The provider has answered head office with something that is no answer. It may have been done: read before asking again.',
  ],
  // Head office itself
  'try-later': [503, 'Head office cannot answer right now. Ask again with the same id a little later.'],
  internal: [500, 'Something went wrong at head office. Ask again with the same id to learn what was done.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];

export const problemStatus = (code: ProblemCode): number => PROBLEMS[code][0];
export const problemSentence = (code: ProblemCode): string => PROBLEMS[code][1];

/** A "no" on its way to whoever asked. Nothing of what was asked for has been done, unless its code says otherwise. */
export class RefusedByHeadOffice extends Error {
  override readonly name = 'RefusedByHeadOffice';
  readonly code: ProblemCode;
  /** What else the answer says: the place in the journal to go on from, how long to wait. */
  readonly facts: Readonly<Record<string, string | number | null>>;
  constructor(code: ProblemCode, facts: Readonly<Record<string, string | number | null>> = {}, sentence = problemSentence(code)) {
    super(sentence);
    this.code = code;
    this.facts = facts;
  }
}
