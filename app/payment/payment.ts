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
 *                          ▲   │ approved a moment │ capture intent          direct capture units arrive here at once
 *                          │   │ ago: ask a person ▼                                  │
 *                          └───┴──────────── capturing ──── read back ────► captured ◄┘
 *                                                                                │ the rest of what was reserved, and refunds (own small machines)
 * approved ──(to be collected when told)──► held ──(the cashier collects it, or less)──► capturing
 *                                             ├──(the cashier gives it back)──► releasing
 *                                             └──(gone at the provider, or captured in its portal)──► released, captured
 * creating ──(lost, and the provider knows nothing)──► watched ──(ten minutes passed)──► released
 *                                                         └─────(it appeared after all)──► releasing ──► released
 * creating (a message to a phone) ──(lost)──► read: found ──► awaiting; not found ──► sent again; nobody remembers to whom ──► watched
 * declined (by a bank) ──(the customer tried another card)──► approved, or releasing when the sale has gone on
 * awaiting, declined (by a bank) ──(the cashier wants a new code)──► releasing ──► the next attempt, or approved after all
 * ```
 * The rest after a capture of less: releasing ──(read back)──► released, or (refused for good)──► left ──(seen)──► over.
 * Where only the whole may be captured, all of it is, and the difference is refunded beside the sale.
 * Final: `declined`, `released`, `captured`. Every arrow is one journal event; every intent is on disk before its
 * request leaves. `decide.ts` has the table; `app/till/payment-loop.ts` runs it: step, save, repeat.
 */
import type { Collect, PaymentOrder } from './provider.ts';

/** Why a payment ended without money. Each has its own text on both screens. */
export type DeclineReason =
  | 'rejected' // the customer said no in the app
  | 'no-cover' // the bank or card said no
  | 'expired' // nobody acted in time
  | 'refused'; // the provider would not create it; `errorCode` says why

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
  /** When that attempt is collected: as the order of it will say. */
  readonly replaceCollect: Collect;
  /** What its sale takes of it: what was asked for, or less once the basket became cheaper. 0: nothing, it is to be ended. */
  readonly collectOre: number;
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

/**
 * Or it was held, and is no longer: its time was over, or somebody ended it in the provider's portal. `by-hand`: the provider did
 * not know it, and a person has looked after it; what became of its money is not known here.
 */
export type EndReason = ReleaseReason | 'gone' | 'by-hand';

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
      /** `null`: the provider did not know what it had created; it is looked out for until a person has seen to it. */
      readonly untilMs: number | null;
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
      /** The customer approved while the cashier was cancelling: a person says whether the money is kept for this sale, or released. */
      readonly question: 'keep-or-release' | null;
    })
  | (Common & {
      /** Approved and reserved, until the cashier collects it, all or less. Its sale may wait, set aside. */
      readonly state: 'held';
      readonly approvedAtMs: number;
      readonly authorisedOre: number;
      readonly transactionId: string | null;
      /** Until when the provider keeps it; `null` where it does not tell. */
      readonly captureUntilMs: number | null;
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
      /** The provider refused the capture for good and nothing was captured: a person says whether to retry, or to release. */
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
      /** Captured while the cashier was cancelling (direct capture): a person says whether it is kept for this sale, or refunded. */
      readonly question: 'keep-or-refund' | null;
      /** The answer was *keep*: it is the sale's once it is read that the money is still there. */
      readonly keepRequested: boolean;
      /** All of it, which the cashier chose for a payment captured during a cancel; or the part that the sale does not take (`refundsPart`). */
      readonly refund: PaymentRefund | null;
      /** What was reserved and not captured; `null` where there is none. */
      readonly rest: PaymentRest | null;
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
      readonly why: EndReason;
    });

export type PaymentRest =
  | { readonly state: 'releasing'; readonly key: string; readonly amountOre: number; readonly unknown: boolean }
  | { readonly state: 'released'; readonly amountOre: number }
  /** Refused for good: nothing is charged, the bank lets go of it by itself, and until somebody has seen that it is on the list. */
  | { readonly state: 'left'; readonly amountOre: number; readonly errorCode: string; readonly seen: boolean };

export type PaymentRefund =
  | { readonly state: 'sending'; readonly key: string; readonly amountOre: number; readonly unknown: boolean }
  | { readonly state: 'done'; readonly key: string; readonly amountOre: number }
  | { readonly state: 'refused'; readonly key: string; readonly amountOre: number; readonly errorCode: string }
  /** Refused for good, and its sale has gone on: somebody must pay it back in the provider's own portal. */
  | { readonly state: 'needs-hand'; readonly key: string; readonly amountOre: number; readonly errorCode: string }
  /** Somebody has said that they did. */
  | { readonly state: 'by-hand'; readonly key: string; readonly amountOre: number };

type Captured = Extract<Payment, { state: 'captured' }>;

/** Whether its refund gives back only what the sale does not take: then the tender stands, and nobody waits for it. */
export function refundsPart(payment: Captured): boolean {
  return payment.refund !== null && payment.refund.amountOre < payment.capturedOre;
}

/** What of a captured payment belongs to its sale. A refused refund moved nothing. */
export function keptOre(payment: Payment): number {
  if (payment.state !== 'captured' || payment.question !== null) return 0;
  if (payment.refund === null) return payment.capturedOre;
  if (refundsPart(payment)) return payment.capturedOre - payment.refund.amountOre;
  return payment.refund.state === 'refused' ? payment.capturedOre : 0;
}

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
      return payment.question !== null || (payment.refund?.state === 'sending' && !refundsPart(payment));
    case 'planned':
    case 'creating':
    case 'awaiting':
    case 'approved':
    case 'held':
    case 'capturing':
      return true;
  }
}

/** Whether the machine has nothing more to do or to ask. */
export function isFinal(payment: Payment): boolean {
  if (payment.state === 'declined') return payment.watchUntilMs === null;
  if (payment.state === 'captured') {
    const { refund, rest } = payment;
    if (refund?.state === 'needs-hand' || refund?.state === 'sending') return false;
    if (rest?.state === 'releasing' || (rest?.state === 'left' && !rest.seen)) return false;
  }
  return !isAlive(payment) && payment.state !== 'watched' && payment.state !== 'releasing';
}
