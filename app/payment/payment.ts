/**
 * One payment's life at a provider.
 *
 * ```
 *            create intent                    QR on screen
 * planned ───────────────► creating ─────────► awaiting ──(opened, where the API tells)──► awaiting·opened
 *                            │    │                │  │                                        │
 *                    refused │    │ unknown        │  └───────────── declined / expired ◄───────┤
 *                            ▼    ▼                │                                           │
 *                        declined  read, then…     │ customer approves                         │
 *                                                  ▼                                           │
 *                  release intent             approved ◄───────────────────────────────────────┘
 * released ◄─────────── releasing ◄───────────────│
 *    ▲                     ▲   │ approved a moment │ capture intent          direct capture units arrive here at once
 *    │                     │   │ ago: ask a person ▼                                  │
 *    │                     └───┴──────────── capturing ──── read back ────► captured ◄┘
 *                                                                                │ refund intents (own small machine)
 * creating ──(lost, and the provider knows nothing)──► watched ──(ten minutes passed)──► released
 *                                                         └─────(it appeared after all)──► releasing ──► released
 * creating (a message to a phone) ──(lost)──► read: found ──► awaiting; not found ──► sent again; nobody remembers to whom ──► watched
 * declined (by a bank) ──(the customer tried another card)──► approved, or releasing when the sale has gone on
 * awaiting, declined (by a bank) ──(the cashier wants a new code)──► releasing ──► the next attempt, or approved after all
 * ```
 * Final: `declined`, `released`, `captured`. Every arrow is one journal event; every intent is on disk before its
 * request leaves. `decide.ts` has the table; `app/till/payment-loop.ts` runs it: step, save, repeat.
 */
import type { PaymentOrder } from './provider.ts';

/** Why a payment ended without money. Each has its own text on both screens. */
export type DeclineReason =
  | 'rejected' // the customer said no in the app
  | 'no-cover' // the bank or card said no
  | 'expired' // nobody acted in time
  | 'refused'; // the provider would not create it; `errorCode` says why

/** A question that only a person can answer. Each has exactly two answers. */
export type PaymentQuestion =
  /** The customer approved while the cashier was cancelling: `keep` the money for this sale, or `release` it. */
  | 'keep-or-release'
  /** Captured while the cashier was cancelling (direct capture): `keep` it for this sale, or `refund` it. */
  | 'keep-or-refund'
  /** The provider refused the capture for good and nothing was captured: `retry` or `release`. */
  | 'retry-or-release';

interface Common {
  readonly paymentId: string;
  readonly saleId: string;
  readonly attempt: number;
  readonly order: PaymentOrder;
  readonly plannedAtMs: number;
  readonly moments: PaymentMoments;
  /** The provider's last named trouble, for support; cleared by the next good answer. */
  readonly trouble: PaymentTrouble | null;
  /**
   * The cashier wants another attempt of this amount in its place: it is ended first, unless the customer turns out to have
   * approved it. `null`: nobody asked for that.
   */
  readonly replaceByOre: number | null;
}

/** When the customer could see what; kept through all later states, for the timeline. */
export interface PaymentMoments {
  readonly createdAtMs: number | null;
  readonly openedAtMs: number | null;
  readonly approvedAtMs: number | null;
}

export interface PaymentTrouble {
  readonly code: string;
  readonly message: string;
  readonly traceId: string | null;
  readonly sinceMs: number;
}

/**
 * Why a payment is being ended. `url-lost`: its creation was never answered, and its URL is gone with the answer.
 * `appeared-late`: its sale has gone on without it, and a customer could still pay it, or has.
 */
export type ReleaseReason = 'cashier' | 'expired' | 'url-lost' | 'appeared-late';

export type Payment =
  | (Common & { readonly state: 'planned' })
  | (Common & {
      readonly state: 'creating';
      readonly intendedAtMs: number;
      /** Set when the answer was lost: the provider must be read before anything else. */
      readonly unknown: boolean;
      /** The cashier pressed cancel: end it as soon as it is known that nothing, or what, was created. */
      readonly cancelRequested: boolean;
    })
  | (Common & {
      /** Its creation was lost and the provider knows nothing of it. It may yet appear; then it is released. */
      readonly state: 'watched';
      readonly untilMs: number;
      readonly cancelRequested: boolean;
    })
  | (Common & {
      readonly state: 'awaiting';
      readonly createdAtMs: number;
      /** `null` where there is nothing to show: a message went to the customer's phone. */
      readonly url: string | null;
      readonly opened: boolean;
      /** The cashier pressed cancel: read first, then end it. */
      readonly cancelRequested: boolean;
    })
  | (Common & {
      readonly state: 'approved';
      readonly approvedAtMs: number;
      readonly authorisedOre: number;
      readonly transactionId: string | null;
      readonly question: 'keep-or-release' | null;
    })
  | (Common & {
      readonly state: 'capturing';
      readonly approvedAtMs: number;
      readonly intendedAtMs: number;
      readonly authorisedOre: number;
      readonly transactionId: string | null;
      readonly key: string;
      readonly captureOre: number;
      /** Whether the request went out and its answer is still unknown: read before it is sent again. */
      readonly unknown: boolean;
      readonly question: 'retry-or-release' | null;
    })
  | (Common & {
      readonly state: 'releasing';
      readonly intendedAtMs: number;
      readonly key: string;
      readonly why: ReleaseReason;
      /** Whether the form that also voids an approved payment may be used. */
      readonly evenIfApproved: boolean;
      readonly authorisedOre: number;
      readonly transactionId: string | null;
      readonly unknown: boolean;
    })
  | (Common & {
      readonly state: 'captured';
      readonly capturedAtMs: number;
      readonly capturedOre: number;
      readonly transactionId: string | null;
      readonly question: 'keep-or-refund' | null;
      /** A refund in full that the cashier chose for a payment captured during a cancel. */
      readonly refund: PaymentRefund | null;
    })
  | (Common & {
      readonly state: 'declined';
      readonly endedAtMs: number;
      readonly reason: DeclineReason;
      readonly errorCode: string | null;
      /**
       * Until when it may still be approved after all: in the app a customer whose card was refused can try another one
       * in the same payment. Watched until then; `null` when it is over for good.
       */
      readonly watchUntilMs: number | null;
    })
  | (Common & {
      readonly state: 'released';
      readonly endedAtMs: number;
      /** `true`: it had been approved a moment ago and was given back; both screens say so. */
      readonly wasApproved: boolean;
      readonly why: ReleaseReason;
    });

export type PaymentRefund =
  | { readonly state: 'sending'; readonly key: string; readonly amountOre: number; readonly unknown: boolean }
  | { readonly state: 'done'; readonly key: string; readonly amountOre: number }
  | { readonly state: 'refused'; readonly key: string; readonly amountOre: number; readonly errorCode: string }
  /** Refused for good, and its sale has gone on: somebody must pay it back in the provider's own portal. */
  | { readonly state: 'needs-hand'; readonly key: string; readonly amountOre: number; readonly errorCode: string }
  /** Somebody has said that they did. */
  | { readonly state: 'by-hand'; readonly key: string; readonly amountOre: number };

/** Whether money is in it, or may yet be: while this is true the sale can neither be aborted nor paid otherwise. */
export function isAlive(payment: Payment): boolean {
  switch (payment.state) {
    case 'released':
    case 'watched':
      return false;
    case 'declined':
      return payment.replaceByOre !== null;
    case 'releasing':
      return payment.why !== 'appeared-late' || payment.replaceByOre !== null;
    case 'captured':
      return payment.question !== null || (payment.refund !== null && payment.refund.state === 'sending');
    case 'planned':
    case 'creating':
    case 'awaiting':
    case 'approved':
    case 'capturing':
      return true;
  }
}

/** Whether the machine has nothing more to do or to ask. */
export function isFinal(payment: Payment): boolean {
  if (payment.state === 'declined') return payment.watchUntilMs === null;
  if (payment.state === 'captured' && payment.refund?.state === 'needs-hand') return false;
  return !isAlive(payment) && payment.state !== 'watched' && payment.state !== 'releasing';
}
