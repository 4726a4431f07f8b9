import type { Currency } from '../sales-units.ts';

/**
 * One payment as the provider keeps it, whichever API it was made through.
 *
 *            open            approve                 capture, refund
 *  waiting ───────► waiting ─────────► reserved ───────────────────► reserved
 *     │             (opened)  │            └── cancel ──► voided      (a partial capture's rest is voided too)
 *     │                │      ├─────────► sold (direct capture)
 *     │                │      ├─────────► declined (no cover, a test amount)
 *     │                │      └─────────► processing ──(an hour)──► reserved or sold
 *     │                ├── reject ──► rejected
 *     ├── cancel ──────┴──► cancelled
 *     └── too late ───────► expired
 *
 * Amounts are computed from the entries, never kept beside them.
 */

/** `attempt` is a card that was refused while the customer has others to try. `reject` is the customer's own no, `cancel` the merchant's before approval, `void` the merchant's after it, `expire` nobody's. */
export type EntryKind = 'initiate' | 'attempt' | 'reserve' | 'sale' | 'capture' | 'refund' | 'reject' | 'cancel' | 'void' | 'expire';

export interface Entry {
  readonly kind: EntryKind;
  readonly amountOre: number;
  readonly ok: boolean;
  /** The merchant's own request id, or empty where the operation has none. */
  readonly key: string;
  readonly text: string;
  readonly transactionId: string;
  readonly atMs: number;
  /** ePayment's event log does not have the key. */
  readonly keyStaysInEcom?: boolean;
}

export type Phase = 'waiting' | 'processing' | 'reserved' | 'sold' | 'rejected' | 'declined' | 'expired' | 'cancelled' | 'voided';

/** How the customer comes to the payment: by the landing page, a pushed message, a code, a web page or another app. */
export type Flow = 'landing' | 'push' | 'qr' | 'web' | 'app';

/** What ePayment keeps with a payment and gives back. */
export interface Extras {
  readonly metadata: Readonly<Record<string, string>> | null;
  /** The scope that was asked for; the customer's consent comes with the approval. */
  readonly scope: string | null;
  /** Kept only when its sums add up. */
  readonly receipt: unknown;
  readonly returnUrl: string | null;
  /** The picture that was asked for in flow `qr`. */
  readonly qr: { readonly format: 'png' | 'svg' | 'target'; readonly sizePx: number } | null;
}

/** Where eCom tells the outcome, with the merchant's own token for the Authorization header. */
export interface Callback {
  readonly prefix: string;
  readonly authToken: string | null;
}

export interface Payment {
  /** The API it was begun in. eCom cannot see what was begun in ePayment. */
  readonly api: 'ecom' | 'epayment';
  readonly msn: string;
  readonly reference: string;
  /** The secret part of the payment's URL. */
  readonly token: string;
  readonly amountOre: number;
  readonly currency: Currency;
  readonly text: string;
  readonly transactionId: string;
  /** What ePayment calls the payment itself; its operations have ids of their own. */
  readonly pspReference: string;
  readonly flow: Flow;
  readonly method: 'wallet' | 'card';
  readonly minimumAge: number | null;
  readonly extras: Extras | null;
  readonly callback: Callback | null;
  /** How many entries webhooks and callbacks have been made of. */
  told: number;
  readonly captureMode: 'reserve' | 'direct';
  readonly expiry: 'failed-reserve' | 'silence';
  /** The phone number a request was pushed to, or `null` for a payment that is scanned. */
  readonly pushedTo: string | null;
  readonly createdAtMs: number;
  /** Until when it can be opened, how long it may then be looked at, and the end of it all. */
  readonly openByMs: number;
  readonly approveWithinMs: number;
  readonly endsAtMs: number;
  /** A payment that appears late is there, but nobody can see it before this moment. */
  readonly visibleFromMs: number;
  openedAtMs: number | null;
  /** When the customer approved, rejected or had no cover; `null` while the customer has done nothing. */
  actedAtMs: number | null;
  phase: Phase;
  /** The customer put the phone away. Nothing follows from it but the expiry. */
  ignored: boolean;
  /** The customer is in the bank's own confirmation; a cancel is refused meanwhile. */
  threeDSecure: boolean;
  /** When a payment whose outcome is unknown gets one. */
  outcomeDueMs: number | null;
  /** Why it was declined, for people who look at the sandbox. The merchant's API does not tell. */
  failure: string | null;
  /** Oldest first. */
  readonly entries: Entry[];
}

export interface Totals {
  readonly authorisedOre: number;
  readonly capturedOre: number;
  readonly releasedOre: number;
  readonly refundedOre: number;
}

/** Adds up the successful entries. Captured includes direct sales. */
export function totalsOf(entries: readonly Entry[]): Totals {
  let authorisedOre = 0;
  let capturedOre = 0;
  let releasedOre = 0;
  let refundedOre = 0;
  for (const entry of entries) {
    if (!entry.ok) continue;
    switch (entry.kind) {
      case 'reserve':
        authorisedOre += entry.amountOre;
        break;
      case 'sale':
        authorisedOre += entry.amountOre;
        capturedOre += entry.amountOre;
        break;
      case 'capture':
        capturedOre += entry.amountOre;
        break;
      case 'refund':
        refundedOre += entry.amountOre;
        break;
      case 'void':
        releasedOre += entry.amountOre;
        break;
      case 'initiate':
      case 'attempt':
      case 'reject':
      case 'cancel':
      case 'expire':
        break;
    }
  }
  return { authorisedOre, capturedOre, releasedOre, refundedOre };
}

/** What can still be captured, in minor units. */
export function remainingToCapture(totals: Totals): number {
  return totals.authorisedOre - totals.capturedOre - totals.releasedOre;
}

/** What can still be refunded, in minor units. */
export function remainingToRefund(totals: Totals): number {
  return totals.capturedOre - totals.refundedOre;
}

/** The last moment for the customer to approve: after opening it counts from there. */
export function approveByMs(payment: Payment): number {
  if (payment.openedAtMs === null) return payment.endsAtMs;
  return Math.min(payment.openedAtMs + payment.approveWithinMs, payment.endsAtMs);
}

/**
 * Lets time have its effect: an expiry, or the late outcome of an unknown one. Called before anything looks at a
 * payment, so that no timer is needed and a moved clock is enough.
 */
export function settle(payment: Payment, nowMs: number): void {
  if (payment.phase === 'processing' && payment.outcomeDueMs !== null && nowMs >= payment.outcomeDueMs) {
    enterApproved(payment, payment.outcomeDueMs);
    return;
  }
  const endMs = approveByMs(payment);
  if (payment.phase !== 'waiting' || nowMs < endMs) return;
  payment.phase = 'expired';
  payment.threeDSecure = false;
  addOwn(payment, 'expire', true, endMs);
}

/** Books the approval: a reservation, or with direct capture a sale. */
export function enterApproved(payment: Payment, atMs: number): void {
  const direct = payment.captureMode === 'direct';
  addOwn(payment, direct ? 'sale' : 'reserve', true, atMs);
  payment.phase = direct ? 'sold' : 'reserved';
  payment.outcomeDueMs = null;
}

/** Appends an entry about the whole payment, which carries the payment's own transaction id and, but for the first, no key. */
export function addOwn(payment: Payment, kind: EntryKind, ok: boolean, atMs: number, key = ''): void {
  payment.entries.push({
    kind,
    amountOre: payment.amountOre,
    ok,
    key,
    text: payment.text,
    transactionId: payment.transactionId,
    atMs,
  });
}
