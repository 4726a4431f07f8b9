/**
 * What a register asks of whoever moves the money. Each adapter (eCom, ePayment) reduces its API to this, and the
 * payment's machine (`payment.ts`) never sees anything else.
 */
import type { GivenUp } from '../till/ports.ts';

/** When what a customer approves is taken: as soon as it is known, or once the cashier collects it, all or less. */
export type Collect = 'at-once' | 'when-told';

/** The facts of one payment that never change after its intent is on disk. */
export interface PaymentOrder {
  /** eCom `orderId`, ePayment `reference`. */
  readonly reference: string;
  readonly amountOre: number;
  readonly currency: 'NOK' | 'DKK' | 'EUR';
  /** What the customer reads in the app; at most 100 characters. */
  readonly text: string;
  /** How the customer gets at it; missing is `qr`. What tells who the customer is is not in here: the journal keeps it for ever. */
  readonly flow?: PaymentFlow;
  /** Missing is `at-once`. */
  readonly collect?: Collect;
  /** The sales unit for customers who are not there took it; missing is the counter's (`units.ts`). */
  readonly unit?: 'distance';
  /** The provider's API that it is begun through; missing is the configured one (`apis.ts`). */
  readonly api?: 'ecom' | 'epayment';
  /** How the provider gives its code: missing is a picture in pixels. `target-url`: the content alone, which is drawn here. */
  readonly code?: 'svg' | 'target-url';
  /** The creation carries the receipt for the customer's app; missing is that it does not, and one follows when the sale is complete. */
  readonly receipt?: 'at-creation';
}

/** Where the provider's customers have their numbers. */
export type PhoneCountry = 'NO' | 'DK' | 'FI';

/** The ways to a customer. */
export type PaymentFlow =
  /** The one-time code on the screen that faces them. */
  | { readonly kind: 'qr' }
  /**
   * A message to their phone. `shown` has the number with its middle hidden, for the record. With `expiresAtMs` they are not
   * there, and have until then to approve; without it the usual ten minutes.
   */
  | { readonly kind: 'push'; readonly shown: string; readonly expiresAtMs?: number }
  /** They showed their own code, and the cashier scanned it. */
  | { readonly kind: 'personal-qr' }
  /** They scanned the register's own sign. */
  | { readonly kind: 'checked-in' }
  /** They are not there: a link to open, until then (the usual ten minutes: no API lets it live longer). `card`: without the app. */
  | { readonly kind: 'link'; readonly card: boolean; readonly expiresAtMs: number };

/** Whether the customer is asked on their own phone: nothing is on a screen to scan, and it can be paid though its creation was never answered. */
export function isSentToPhone({ flow }: PaymentOrder): boolean {
  return flow !== undefined && (flow.kind === 'push' || flow.kind === 'personal-qr' || flow.kind === 'checked-in');
}

/** Whether its customer is not there: the sales unit for distance selling takes it. */
export const isAway = (flow: PaymentFlow | undefined): boolean =>
  flow?.kind === 'link' || (flow?.kind === 'push' && flow.expiresAtMs !== undefined);

/** Whether its customer has longer than the usual ten minutes to approve. */
export const isForLater = ({ flow }: PaymentOrder): boolean => flow?.kind === 'push' && flow.expiresAtMs !== undefined;

/** Who is to pay, where the way needs to know. In memory only, never in a journal or a log: gone after a restart. */
export type Payer =
  /** Digits only, with the country's: `4791234567`. */
  | { readonly kind: 'phone'; readonly msisdn: string }
  /** The complete content of the customer's own code. */
  | { readonly kind: 'personal-qr'; readonly content: string }
  | { readonly kind: 'customer-token'; readonly token: string };

/** One line of the receipt in the customer's app. amount = base + VAT, and all lines together are the payment's amount. */
export interface AppReceiptLine {
  readonly lineId: string;
  readonly name: string;
  readonly quantityMilli: number;
  readonly unit: string;
  readonly unitPriceOre: number;
  /** VAT included, after discounts. */
  readonly amountOre: number;
  readonly vatOre: number;
  readonly vatBasisPoints: number;
  readonly discountOre: number;
}

/** The receipt of a whole sale: Σ lines, less what was paid otherwise, is what the payment took. */
export interface AppReceipt {
  readonly lines: readonly AppReceiptLine[];
  readonly paidByCardOre: number;
  readonly paidInCashOre: number;
}

/** What goes into a creation beside the order. It need not survive a restart: a creation that was cut off is read, never sent unread. */
export interface CreationExtras {
  readonly payer: Payer | null;
  readonly receipt: readonly AppReceiptLine[] | null;
  /** At most 5 pairs, keys of at most 100 and values of at most 500 characters (`epayment.yaml`). */
  readonly metadata: Readonly<Record<string, string>>;
  /** For baskets with an age limit; `null` without one. */
  readonly minimumUserAge: number | null;
}

export const NO_EXTRAS: CreationExtras = { payer: null, receipt: null, metadata: {}, minimumUserAge: null };

/** A created payment with something to show or to open. */
export interface OpenablePayment {
  readonly url: string;
}

/** Where the provider says that a payment is. */
export type ProviderState = 'open' | 'authorised' | 'declined' | 'expired' | 'terminated';

export interface ProviderOperation {
  readonly kind: 'initiate' | 'authorise' | 'sale' | 'capture' | 'cancel' | 'void' | 'refund';
  /** Our own idempotency key, as the provider recorded it; `null` where it tells none. */
  readonly key: string | null;
  readonly amountOre: number;
  readonly ok: boolean;
}

/** One payment as the provider tells it, in the words of both APIs. */
export interface ProviderView {
  /** Whether the customer has opened it in the app; `null` where the API does not tell. */
  readonly opened: boolean | null;
  readonly state: ProviderState;
  /** `declined`, and the customer cannot try another card in the same payment: nothing of it is watched, or ended. */
  readonly declinedForGood?: boolean;
  readonly authorisedOre: number;
  readonly capturedOre: number;
  readonly releasedOre: number;
  readonly refundedOre: number;
  readonly transactionId: string | null;
  /** Until when what is approved can be captured; missing where the API does not tell. */
  readonly captureUntilMs?: number;
  /** Newest first. */
  readonly operations: readonly ProviderOperation[];
}

/** One thing that happened to a payment, in words of both APIs. `expire`: nobody approved in time. */
export interface ProviderStep {
  readonly kind: ProviderOperation['kind'] | 'expire';
  readonly amountOre: number;
  readonly ok: boolean;
  /** `null` where the provider does not say when. */
  readonly atMs: number | null;
}

/** A payment as the provider has it, with all that happened. */
export interface ProviderStory {
  readonly view: ProviderView;
  /** Oldest first. */
  readonly steps: readonly ProviderStep[];
}

/** A refusal or a failure, named. `code` is stable and comes from the provider's own lists (`errors.ts`). */
export interface ProviderError {
  /** `ecom:Payment/61`, `gateway:401`, `epayment:6060`, `http:429`, `not-sent`, `lost`, `bad-answer`. */
  readonly code: string;
  /** Technical words for the log and for support. Never shown to a customer, never with a secret in it. */
  readonly message: string;
  readonly httpStatus: number | null;
  readonly traceId: string | null;
}

/**
 * Every answer is one of these four. `unknown` is not `refused`: the effect may have happened.
 * `retryable` is known to have had no effect; the same key may be sent again, after `retryAfterMs` where given.
 */
export type Answer<T> = Outcome<T> & {
  /** How many requests were made for it; missing: as many as the port can make in such a call. */
  readonly requests?: number;
};

type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly error: ProviderError }
  | {
      readonly kind: 'retryable';
      readonly error: ProviderError;
      readonly retryAfterMs: number | null;
      /** Nothing of it left the register, so that it used up nothing of what the provider takes a minute. */
      readonly unsent?: true;
    }
  | { readonly kind: 'unknown'; readonly error: ProviderError; readonly retryAfterMs?: number | null };

/** What a provider counts and limits, for each payment by itself. */
export type ProviderCall = 'create' | 'read' | 'capture' | 'cancel' | 'refund';

/** How much an API takes of one payment in a minute, in requests, and how many requests one call of the port can make. */
export type CallLimits = Readonly<Record<ProviderCall, { readonly perMinute: number; readonly requests: number }>>;

export interface CreatedPayment {
  /**
   * The payment's own URL, which a QR or a link leads to, or the address of the provider's picture of that QR: `createdUrl`
   * says which. `null` where the customer needs none: a message went to the phone.
   */
  readonly url: string | null;
}

/** The provider's own code for a payment: its picture, which is the product, or what to draw where the shop chose that. */
export type QrImage =
  | { readonly kind: 'png' | 'svg'; readonly bytes: Uint8Array; readonly expiresInMs: number }
  | ({ readonly kind: 'content' } & QrContent);

/** What to draw. */
export interface QrContent {
  readonly text: string;
  /** `null` where nobody told: then the payment's own time counts. */
  readonly expiresInMs: number | null;
}

export interface PaymentProvider {
  /** What `CreatedPayment.url` is. The address of a picture may never be drawn: it leads to a picture, not to the payment. */
  readonly createdUrl: 'payment' | 'picture';
  readonly limits: CallLimits;
  /** The API that a payment is read and changed through now. */
  apiOf(order: PaymentOrder): NonNullable<PaymentOrder['api']>;
  /** The countries whose phone numbers a message may go to. */
  readonly reaches: readonly PhoneCountry[];
  /** Fetches the token before it is needed, so that the QR waits for the provider's legs and nothing else. */
  warm(): Promise<Answer<null>>;
  /** Creates the payment. Not idempotent in eCom: after `unknown`, read before anything else. ePayment has asked again itself. */
  create(order: PaymentOrder, extras?: CreationExtras): Promise<Answer<CreatedPayment>>;
  /** The provider's own code for a created payment, as its order says (`code`). Asking twice is harmless. */
  fetchQr(order: PaymentOrder, created: OpenablePayment): Promise<Answer<QrImage>>;
  /**
   * What to draw when the picture is late: the content of the provider's own QR, else the payment's URL
   * (`text === created.url`: only the phone's camera opens that). `null`: the API gives nothing that may be drawn, and the
   * picture is waited for. `refused`: the payment is over, and nothing may be drawn.
   */
  fetchQrText(order: PaymentOrder, created: OpenablePayment): Promise<Answer<QrContent | null>>;
  /**
   * Reads the payment. `null`: the provider knows no such reference (for this sales unit, or not yet). Given up on its way, it
   * is `unknown`, and its request is ended.
   */
  read(order: PaymentOrder, givenUp?: GivenUp): Promise<Answer<ProviderView | null>>;
  /** Reads the payment with all that happened to it, and when: for people who ask. It takes as many requests as a read. */
  story(order: PaymentOrder): Promise<Answer<ProviderStory | null>>;
  capture(order: PaymentOrder, amountOre: number, key: string): Promise<Answer<null>>;
  /**
   * Ends a payment.
   * `if-not-approved`: in the form that refuses an approved payment, where the API has one (eCom has none: there an
   * approved one is voided, so the machine reads before and after). `all`: also what is approved.
   * `remainder`: what is left after a partial capture.
   */
  cancel(order: PaymentOrder, what: 'if-not-approved' | 'all' | 'remainder', key: string): Promise<Answer<null>>;
  refund(order: PaymentOrder, amountOre: number, key: string): Promise<Answer<null>>;
  /** Whether a creation takes a receipt for the customer's app; missing is no. */
  readonly receiptAtCreation?: boolean;
  /**
   * Adds the receipt for the customer's app to a payment that has taken `amountOre`. Missing: there is no such thing.
   * `there-already`: the provider keeps the first one. Asking twice is harmless.
   */
  addReceipt?(order: PaymentOrder, amountOre: number, receipt: AppReceipt): Promise<Answer<'added' | 'there-already'>>;
}
