/**
 * A sale's payments as a story: what happened to each attempt, when, and what the customer has really paid. Made for whoever
 * says "I was charged twice": nearly always one of the two was only reserved, and the bank's list shows both.
 *
 * What the provider says goes before what the register has on record; where the provider is silent, the record is told, and
 * that it is the record is told too. Pure: the words are `app/text/story.ts`.
 */
import { isAlive, type Payment } from './payment.ts';
import type { ProviderStep, ProviderStory } from './provider.ts';

/** One thing that happened, as people count them. */
export type StoryEvent =
  | 'created'
  | 'reserved'
  /** A bank or a customer's card said no. */
  | 'not-reserved'
  | 'expired'
  /** Ended before anybody had approved: by the customer or by the shop. */
  | 'cancelled'
  | 'captured'
  /** What was reserved, or the rest of it, was let go. */
  | 'released'
  | 'refunded';

export interface StoryRow {
  readonly event: StoryEvent;
  readonly amountOre: number;
  /** `null` where nobody knows. */
  readonly atMs: number | null;
}

/** What the provider said when it was asked: the story, that it knows no such payment, or nothing. */
export type Told = { readonly kind: 'story'; readonly story: ProviderStory } | { readonly kind: 'not-known' } | { readonly kind: 'silent' };

/** A refund that the register has on record. */
export interface RecordedRefund {
  readonly amountOre: number;
  readonly atMs: number;
}

export interface Attempt {
  readonly payment: Payment;
  readonly refunds: readonly RecordedRefund[];
  readonly told: Told;
}

export interface AttemptStory {
  readonly attempt: number;
  readonly reference: string;
  readonly source: Told['kind'];
  /** Oldest first. */
  readonly rows: readonly StoryRow[];
  readonly reservedOre: number;
  readonly capturedOre: number;
  readonly releasedOre: number;
  readonly refundedOre: number;
  /** Nothing more will happen by itself. */
  readonly over: boolean;
}

/**
 * What it comes to for the customer, most important first:
 * `twice` more was taken than the sale has; `open` something is under way; `paid` once; `in-parts` several payments that the
 * sale has; `given-back` all of it refunded; `nothing` no money was taken.
 */
export type Verdict = 'twice' | 'open' | 'paid' | 'in-parts' | 'given-back' | 'nothing';

export interface SaleStory {
  readonly verdict: Verdict;
  /** Captured less refunded, over all attempts. */
  readonly paidOre: number;
  /** What was taken beyond what the sale has; 0 but for `twice`. */
  readonly tooMuchOre: number;
  readonly refundedOre: number;
  /** Reserved and let go again, never taken: what a bank's list may still show. */
  readonly releasedOre: number;
  /** Reserved and neither taken nor let go. */
  readonly stillReservedOre: number;
  readonly attempts: readonly AttemptStory[];
  /** Whether the provider answered about every attempt. */
  readonly asked: boolean;
}

/** @param saleHasOre what the sale has on record as paid this way, in minor units: more than that was not owed. */
export function tellStory(attempts: readonly Attempt[], saleHasOre: number): SaleStory {
  const told = attempts.map(tellAttempt);
  const sum = (of: (attempt: AttemptStory) => number) => told.reduce((total, attempt) => total + of(attempt), 0);
  const paidOre = sum(({ capturedOre, refundedOre }) => capturedOre - refundedOre);
  const refundedOre = sum((attempt) => attempt.refundedOre);
  const tooMuchOre = told.every(({ over }) => over) ? Math.max(0, paidOre - saleHasOre) : 0;
  return {
    verdict: verdictOf(told, paidOre, tooMuchOre),
    paidOre,
    tooMuchOre,
    refundedOre,
    releasedOre: sum((attempt) => attempt.releasedOre),
    stillReservedOre: sum(({ reservedOre, capturedOre, releasedOre }) => Math.max(0, reservedOre - capturedOre - releasedOre)),
    attempts: told,
    asked: told.every(({ source }) => source !== 'silent'),
  };
}

function verdictOf(told: readonly AttemptStory[], paidOre: number, tooMuchOre: number): Verdict {
  if (tooMuchOre > 0) return 'twice';
  if (told.some(({ over }) => !over)) return 'open';
  if (paidOre > 0) return told.filter(({ capturedOre, refundedOre }) => capturedOre > refundedOre).length > 1 ? 'in-parts' : 'paid';
  return told.some(({ capturedOre }) => capturedOre > 0) ? 'given-back' : 'nothing';
}

function tellAttempt({ payment, refunds, told }: Attempt): AttemptStory {
  const about = { attempt: payment.attempt, reference: payment.order.reference, source: told.kind };
  if (told.kind === 'story') {
    const { view, steps } = told.story;
    const { authorisedOre, capturedOre, releasedOre, refundedOre, state } = view;
    const stillReserved = authorisedOre - capturedOre - releasedOre > 0;
    const over = !isUnderWay(payment) && (state === 'authorised' ? !stillReserved : state !== 'open');
    return { ...about, rows: rowsOf(steps, authorisedOre), reservedOre: authorisedOre, capturedOre, releasedOre, refundedOre, over };
  }
  return { ...about, ...onRecord(payment, refunds) };
}

const EVENTS: Readonly<Record<ProviderStep['kind'], StoryEvent>> = {
  initiate: 'created',
  authorise: 'reserved',
  sale: 'captured',
  capture: 'captured',
  cancel: 'cancelled',
  void: 'released',
  refund: 'refunded',
  expire: 'expired',
};

/** Whether the register itself still does or asks something about its money. */
function isUnderWay(payment: Payment): boolean {
  if (payment.state !== 'captured') return isAlive(payment);
  return isAlive(payment) || payment.refund?.state === 'sending' || payment.rest?.state === 'releasing';
}

/** What failed beside a reservation (a capture, a cancel, a refund that was refused) moved no money: people need not read it. */
function rowsOf(steps: readonly ProviderStep[], authorisedOre: number): readonly StoryRow[] {
  return steps.flatMap(({ kind, amountOre, ok, atMs }): StoryRow[] => {
    if (kind === 'expire') return authorisedOre > 0 ? [] : [{ event: 'expired', amountOre, atMs }];
    if (kind === 'authorise' || kind === 'sale') {
      if (!ok) return [{ event: 'not-reserved', amountOre, atMs }];
      // A direct capture reserves and takes in one.
      return [{ event: kind === 'sale' ? 'captured' : 'reserved', amountOre, atMs }];
    }
    return ok ? [{ event: EVENTS[kind], amountOre, atMs }] : [];
  });
}

type Sums = Pick<AttemptStory, 'rows' | 'reservedOre' | 'capturedOre' | 'releasedOre' | 'refundedOre' | 'over'>;

/** The register's own record of it. */
function onRecord(payment: Payment, refunds: readonly RecordedRefund[]): Sums {
  const { order, moments, plannedAtMs } = payment;
  const { amountOre } = order;
  const refundedOre = refunds.reduce((sum, refund) => sum + refund.amountOre, 0);
  const created: StoryRow[] = [{ event: 'created', amountOre, atMs: moments.createdAtMs ?? plannedAtMs }];
  const reserved: StoryRow[] = moments.approvedAtMs === null ? [] : [{ event: 'reserved', amountOre, atMs: moments.approvedAtMs }];
  const sums = { reservedOre: reserved.length === 0 ? 0 : amountOre, capturedOre: 0, releasedOre: 0, refundedOre };
  const ended = (event: StoryEvent, atMs: number): StoryRow[] => [...created, ...reserved, { event, amountOre, atMs }];
  switch (payment.state) {
    case 'captured': {
      const { capturedOre, capturedAtMs, rest } = payment;
      const releasedOre = rest?.state === 'released' ? rest.amountOre : 0;
      const gone: StoryRow[] = releasedOre === 0 ? [] : [{ event: 'released', amountOre: releasedOre, atMs: null }];
      const back = refunds.map((refund): StoryRow => ({ event: 'refunded', ...refund }));
      const rows = [...created, ...reserved, { event: 'captured', amountOre: capturedOre, atMs: capturedAtMs } as const, ...gone, ...back];
      return { ...sums, rows, capturedOre, reservedOre: amountOre, releasedOre, over: !isUnderWay(payment) };
    }
    case 'released': {
      if (payment.why === 'by-hand') return { ...sums, rows: [...created, ...reserved], over: true };
      if (!payment.wasApproved) return { ...sums, rows: ended('cancelled', payment.endedAtMs), over: true };
      return { ...sums, rows: ended('released', payment.endedAtMs), reservedOre: amountOre, releasedOre: amountOre, over: true };
    }
    case 'declined': {
      const event = { rejected: 'cancelled', 'no-cover': 'not-reserved', expired: 'expired', refused: 'cancelled' } as const;
      return { ...sums, rows: ended(event[payment.reason], payment.endedAtMs), over: payment.watchUntilMs === null };
    }
    case 'planned':
    case 'creating':
    case 'watched':
    case 'awaiting':
    case 'approved':
    case 'held':
    case 'capturing':
    case 'releasing':
      return { ...sums, rows: [...created, ...reserved], over: false };
  }
}
