/**
 * The payment's machine, pure: given a payment and what was heard, which events follow; given a payment and what this
 * process has done so far, what to do next. `app/till/payment-loop.ts` runs it: step, save, repeat, so that a restart is
 * the ordinary path. The table is the one in `docs/payment.md`; the states' diagram opens `payment.ts`.
 */
import type { PaymentEvent } from '../journal/events.ts';
import { captureIntent, createUnknown, declined, released, releaseIntent, troubleOf } from './events.ts';
import { isLetGo, onReadHeld, wantsTheWhole } from './held.ts';
import { newKey, nextKey } from './keys.ts';
import { approvableUntilMs, PAYMENT_LIFETIME_MS } from './lifetime.ts';
import { foundAfterAll, maySendAgain } from './message-to-phone.ts';
import { captured, capturedUnwanted, onReadAsked, onReadRefunding, onReadRest } from './money-back.ts';
import type { Payment, ReleaseReason } from './payment.ts';
import { assertPlausible, ContradictionError, NotKnownError } from './plausible.ts';
import { type Answer, type CreatedPayment, isSentToPhone, type ProviderError, type ProviderView } from './provider.ts';

/** By the older of the provider's rules a customer has five of them from the scan. What is refused after that is an expiry. */
const APPROVAL_MS = 300_000;
/** How late the register may have noticed the scan. */
const NOTICED_WITHIN_MS = 5_000;
/** How long after that the register still waits before it ends the payment itself: clocks differ, answers lag. */
const LIFETIME_MARGIN_MS = 15_000;
/** How long after the ten minutes a customer may still be in the bank's own confirmation: after that, nobody approves any more. */
export const LATE_APPROVAL_MS = 300_000;
/** How long a reference may still turn up at the provider after its creation was lost and it was not found. */
const WATCH_MS = 600_000;
/** Of one payment's cancels the very last: it had been left to people, and was found after all. */
const LEFT_ROUND = 5;

/** What the loop knows that is not on disk: only of this process, gone after a restart. */
export interface Attempt {
  /** Whether this process wrote the open intent itself and has not sent anything for it: only then may it send unread. */
  readonly fresh: boolean;
  /** What became of the last send for the open intent, in this process. */
  readonly lastSend: { readonly outcome: 'ok' | 'refused' | 'retryable' | 'unknown'; readonly error: ProviderError | null } | null;
  /** Whether the provider was read, and answered, after the last send (or after the start). */
  readonly readSinceSend: boolean;
  /** Whether it is still in memory who is to pay: only then can a message to a phone be sent again. */
  readonly payerKnown: boolean;
  /** Whether its sale still waits for it: nobody has put it away or gone on to another payment. */
  readonly wanted: boolean;
  /** Whether *keep* had been said when this read left: what was read before says nothing about what came since. */
  readonly sinceKeep: boolean;
  /** How long until the next request of the limited kind (create, capture, cancel, refund) may leave; ≤ 0: now. */
  readonly sendInMs: number;
  /** How long until the next read; ≤ 0: now. */
  readonly readInMs: number;
}

export type Step =
  | { readonly do: 'write'; readonly events: readonly PaymentEvent[] }
  | { readonly do: 'create' }
  | { readonly do: 'read' }
  | { readonly do: 'capture'; readonly amountOre: number; readonly key: string }
  | { readonly do: 'cancel'; readonly what: 'if-not-approved' | 'all' | 'remainder'; readonly key: string }
  | { readonly do: 'refund'; readonly amountOre: number; readonly key: string }
  | { readonly do: 'wait'; readonly delayMs: number }
  /** A person must answer, or everything is done. */
  | { readonly do: 'rest' };

/** What to do next. Never two requests at once: the loop asks again after each. */
export function nextStep(payment: Payment, attempt: Attempt): Step {
  switch (payment.state) {
    case 'planned':
      return write({ type: 'payment.create-intended', version: 1, payload: { paymentId: payment.paymentId } });

    case 'creating': {
      if (payment.unknown && maySendAgain(payment, attempt)) return act(true, attempt, { do: 'create' });
      if (payment.unknown) return readWhenDue(attempt);
      if (attempt.fresh) return sendWhenDue(attempt, { do: 'create' });
      if (attempt.lastSend?.outcome === 'retryable') {
        // Every answer so far said that nothing happened: it can be given up, or sent again.
        if (payment.cancelRequested) return write(released(payment, false));
        return sendWhenDue(attempt, { do: 'create' });
      }
      return readWhenDue(attempt); // started again in the middle: whether it left is unknown
    }

    case 'watched':
      return readWhenDue(attempt);

    case 'awaiting':
      return readWhenDue(attempt);

    case 'approved':
      if (payment.question !== null) return { do: 'rest' };
      // Everything was taken out of the basket: nothing of it is wanted any more.
      if (payment.collectOre === 0) return write(releaseIntent(payment, 'cashier', true, 2));
      if (payment.order.collect === 'when-told')
        return write({ type: 'payment.held', version: 1, payload: { paymentId: payment.paymentId, captureUntilMs: null } });
      return write(captureIntent(payment, payment.collectOre, newKey(payment.order.reference, 'c', 1)));

    case 'held':
      return readWhenDue(attempt);

    case 'capturing':
      if (payment.question !== null) return { do: 'rest' };
      return act(payment.unknown, attempt, { do: 'capture', amountOre: payment.captureOre, key: payment.key });

    case 'releasing':
      return act(payment.unknown, attempt, {
        do: 'cancel',
        what: payment.evenIfApproved ? 'all' : 'if-not-approved',
        key: payment.key,
      });

    case 'captured':
      if (payment.rest?.state === 'releasing')
        return act(payment.rest.unknown, attempt, { do: 'cancel', what: 'remainder', key: payment.rest.key });
      if (payment.question !== null) return readWhenDue(attempt);
      if (payment.refund?.state !== 'sending') return { do: 'rest' };
      return act(payment.refund.unknown, attempt, { do: 'refund', amountOre: payment.refund.amountOre, key: payment.refund.key });

    case 'declined':
      return payment.watchUntilMs === null ? { do: 'rest' } : readWhenDue(attempt);

    case 'released':
      return { do: 'rest' };
  }
}

/**
 * Capture, cancel and refund share one rule: send what was just written; after any answer read back; send again (the
 * same key) only after a read has shown that it did not happen.
 */
function act(unknown: boolean, attempt: Attempt, send: Step): Step {
  const maySend = (attempt.fresh && !unknown) || attempt.readSinceSend;
  if (!maySend) return readWhenDue(attempt);
  if (attempt.sendInMs <= 0) return send;
  // It has to wait for its turn, and is read meanwhile: the customer may approve just then.
  return attempt.readInMs <= 0 ? { do: 'read' } : { do: 'wait', delayMs: Math.min(attempt.sendInMs, attempt.readInMs) };
}

function readWhenDue(attempt: Attempt): Step {
  return attempt.readInMs <= 0 ? { do: 'read' } : { do: 'wait', delayMs: attempt.readInMs };
}

function sendWhenDue(attempt: Attempt, send: Step): Step {
  return attempt.sendInMs <= 0 ? send : { do: 'wait', delayMs: attempt.sendInMs };
}

/** What the answer to the creation means. A duplicate reference may be our own earlier try: that is unknown, not refused. */
export function onCreated(payment: Payment, answer: Answer<CreatedPayment>, nowMs: number): readonly PaymentEvent[] {
  const { paymentId } = payment;
  switch (answer.kind) {
    case 'ok':
      return [{ type: 'payment.created', version: 1, payload: { paymentId, url: answer.value.url } }];
    case 'refused':
      if (MAY_BE_OUR_OWN.has(answer.error.code)) return [createUnknown(paymentId, answer.error, nowMs)];
      // An earlier try of the same may have arrived: that this one did not says nothing of it. It is read.
      if (payment.state === 'creating' && payment.unknown) return [];
      return [declined(payment, 'refused', answer.error.code)];
    case 'retryable':
      return [];
    case 'unknown':
      return [createUnknown(paymentId, answer.error, nowMs)];
  }
}

const MAY_BE_OUR_OWN: ReadonlySet<string> = new Set(['ecom:Merchant/34', 'epayment:4150', 'epayment:4020']);

/** What the answer to a capture, cancel or refund means by itself. Only an unknown one is written: a read decides the rest. */
export function onSent(payment: Payment, answer: Answer<null>, nowMs: number): readonly PaymentEvent[] {
  if (answer.kind !== 'unknown') return [];
  const payload = { paymentId: payment.paymentId, trouble: troubleOf(answer.error, nowMs) };
  switch (payment.state) {
    case 'capturing':
      return payment.unknown ? [] : [{ type: 'payment.capture-unknown', version: 1, payload }];
    case 'releasing':
      return payment.unknown ? [] : [{ type: 'payment.release-unknown', version: 1, payload }];
    case 'captured':
      if (payment.rest?.state === 'releasing') return payment.rest.unknown ? [] : [{ type: 'payment.rest-unknown', version: 1, payload }];
      return payment.refund?.state === 'sending' && !payment.refund.unknown
        ? [{ type: 'payment.refund-unknown', version: 1, payload }]
        : [];
    default:
      return [];
  }
}

/**
 * What a read means. `view` is `null` where the provider knows no such reference.
 * @throws ContradictionError when the answer cannot be about this payment (another amount, captured without authorised).
 */
export function onRead(payment: Payment, view: ProviderView | null, attempt: Attempt, nowMs: number): readonly PaymentEvent[] {
  if (view === null) return onNotFound(payment, attempt, nowMs);
  assertPlausible(payment, view);
  switch (payment.state) {
    case 'creating': {
      if (isSentToPhone(payment.order)) return [foundAfterAll(payment)];
      // Its answer was lost, and its URL with it. Nobody can pay it; it is ended before the next attempt.
      const why: ReleaseReason = payment.cancelRequested ? 'cashier' : 'url-lost';
      return [releaseIntent(payment, why, true, 1)];
    }
    case 'watched':
      if (isSentToPhone(payment.order) && attempt.wanted && !payment.cancelRequested) return [foundAfterAll(payment)];
      return [releaseIntent(payment, 'appeared-late', true, payment.untilMs === null ? LEFT_ROUND : 1)];
    case 'awaiting':
      return onReadAwaiting(payment, view, nowMs);
    case 'capturing':
      return onReadCapturing(payment, view, attempt, nowMs);
    case 'releasing':
      return onReadReleasing(payment, view, attempt, nowMs);
    case 'held':
      return onReadHeld(payment, view);
    case 'captured':
      if (payment.rest?.state === 'releasing') return onReadRest(payment, view, attempt, nowMs);
      return payment.question === null ? onReadRefunding(payment, view, attempt, nowMs) : onReadAsked(payment, view, attempt);
    case 'declined':
      return onReadDeclined(payment, view, attempt, nowMs);
    case 'planned':
    case 'approved':
    case 'released':
      return [];
  }
}

function onNotFound(payment: Payment, attempt: Attempt, nowMs: number): readonly PaymentEvent[] {
  // Not found after a lost creation: it may still appear, so it is watched while the sale goes on with a new attempt.
  // In every other state "not found" contradicts what is known and is not used.
  if (payment.state === 'creating') {
    const isWorthIt = nowMs < payment.intendedAtMs + PAYMENT_LIFETIME_MS;
    if (payment.unknown && maySendAgain(payment, attempt) && isWorthIt) return [];
    return [{ type: 'payment.watch-started', version: 1, payload: { paymentId: payment.paymentId, untilMs: nowMs + WATCH_MS } }];
  }
  if (payment.state === 'watched') return watchEnded(payment, payment.untilMs, nowMs);
  throw new NotKnownError(`the provider does not know ${payment.order.reference}, though it created it`);
}

/** Only an answer from after the watch's last moment ends it: what was read before says nothing about what came since. */
function watchEnded(payment: Payment, untilMs: number | null, nowMs: number): readonly PaymentEvent[] {
  if (untilMs === null || nowMs < untilMs) return [];
  return [{ type: 'payment.watch-ended', version: 1, payload: { paymentId: payment.paymentId, appeared: false } }];
}

function onReadAwaiting(payment: Payment & { state: 'awaiting' }, view: ProviderView, nowMs: number): readonly PaymentEvent[] {
  const { paymentId } = payment;
  if (view.capturedOre > 0)
    return payment.collectOre === 0 ? capturedUnwanted(payment, view) : captured(payment, view, payment.cancelRequested);
  if (view.authorisedOre > 0 && view.releasedOre === 0) {
    const { authorisedOre, transactionId } = view;
    return [
      {
        type: 'payment.approved',
        version: 1,
        payload: { paymentId, authorisedOre, transactionId, ask: payment.cancelRequested && payment.collectOre > 0 },
      },
    ];
  }
  switch (view.state) {
    case 'authorised':
    case 'terminated':
      // Released by somebody else (the provider's portal), or the customer pressed cancel in the app.
      return view.releasedOre > 0 ? [released(payment, true)] : [declined(payment, 'rejected', null)];
    case 'declined': {
      if (view.declinedForGood === true) return [declined(payment, 'no-cover', null)];
      // The customer could still pay it with another card: it is ended before the next one is made.
      const isPayable = nowMs < payment.createdAtMs + PAYMENT_LIFETIME_MS;
      if (payment.replaceByOre !== null && isPayable) return [releaseIntent(payment, 'cashier', false, 1)];
      return [refusedByBank(payment, payment.createdAtMs, nowMs)];
    }
    case 'expired':
      return [declined(payment, 'expired', null)];
    case 'open': {
      if (payment.cancelRequested || payment.replaceByOre !== null) return [releaseIntent(payment, 'cashier', false, 1)];
      const isOver = nowMs >= approvableUntilMs(payment.order, payment.createdAtMs) + LIFETIME_MARGIN_MS;
      if (isOver) return [releaseIntent(payment, 'expired', false, 1)];
      return view.opened === true && !payment.opened ? [{ type: 'payment.opened', version: 1, payload: { paymentId } }] : [];
    }
  }
}

/** A card was refused and the customer tried another one, which worked: welcome while the sale waits, given back after. */
function onReadDeclined(
  payment: Payment & { state: 'declined' },
  view: ProviderView,
  attempt: Attempt,
  nowMs: number,
): readonly PaymentEvent[] {
  if (payment.watchUntilMs === null) return [];
  if (view.authorisedOre === 0 || view.releasedOre > 0) {
    const ended = watchEnded(payment, view.state === 'terminated' ? nowMs : payment.watchUntilMs, nowMs);
    if (ended.length > 0 || payment.replaceByOre === null) return ended;
    return [releaseIntent(payment, 'cashier', false, 3)];
  }
  if (view.capturedOre > 0) return attempt.wanted ? captured(payment, view, false) : capturedUnwanted(payment, view);
  if (!attempt.wanted) return [releaseIntent(payment, 'appeared-late', true, 1)];
  const { authorisedOre, transactionId } = view;
  return [{ type: 'payment.approved', version: 1, payload: { paymentId: payment.paymentId, authorisedOre, transactionId, ask: false } }];
}

function onReadCapturing(
  payment: Payment & { state: 'capturing' },
  view: ProviderView,
  attempt: Attempt,
  nowMs: number,
): readonly PaymentEvent[] {
  const ours = view.operations.find((operation) => operation.kind === 'capture' && operation.ok && operation.key === payment.key);
  // A provider that records no key still cannot have captured the whole amount but through us: the reference is ours.
  const unkeyed =
    view.capturedOre === payment.captureOre && !view.operations.some((operation) => operation.kind === 'capture' && operation.key !== null);
  if (ours !== undefined) {
    if (ours.amountOre !== payment.captureOre)
      throw new ContradictionError(`our capture of ${payment.captureOre} is recorded as ${ours.amountOre}`);
    return captured(payment, view, false);
  }
  if (view.capturedOre >= payment.captureOre && (unkeyed || view.capturedOre === payment.order.amountOre))
    return captured(payment, view, false);
  if (view.authorisedOre > 0 && view.releasedOre === view.authorisedOre) return [released(payment, true)];
  const refusal = attempt.lastSend?.error ?? null;
  if (refusal !== null && (attempt.lastSend?.outcome === 'refused' || isLetGo(refusal))) {
    // Somebody has captured in the provider's portal what ours would have come on top of: that is what was paid.
    if (view.capturedOre > 0) return captured(payment, view, false);
    // All of it then, and the difference goes back: a refusal is final for its key, so this is another intent.
    if (payment.captureOre < payment.authorisedOre && wantsTheWhole(refusal))
      return [captureIntent(payment, payment.authorisedOre, nextKey(payment.key, payment.order.reference, 'c'))];
    return [
      {
        type: 'payment.capture-refused',
        version: 1,
        payload: { paymentId: payment.paymentId, trouble: troubleOf(refusal, nowMs) },
      },
    ];
  }
  return [];
}

function onReadReleasing(
  payment: Payment & { state: 'releasing' },
  view: ProviderView,
  attempt: Attempt,
  nowMs: number,
): readonly PaymentEvent[] {
  // It was to be replaced and turns out to be paid: then it is the payment, and nobody needs to be asked.
  const isWelcome = payment.replaceByOre !== null && attempt.wanted;
  if (view.capturedOre > 0) {
    const isUnwanted = (payment.why === 'appeared-late' && !isWelcome) || payment.collectOre === 0;
    return isUnwanted ? capturedUnwanted(payment, view) : captured(payment, view, !isWelcome);
  }
  if (view.authorisedOre > 0) {
    if (view.releasedOre === view.authorisedOre) return [released(payment, true)];
    if (payment.evenIfApproved) return []; // not there yet: it is sent again
    const { authorisedOre, transactionId } = view;
    const payload = { paymentId: payment.paymentId, authorisedOre, transactionId, ask: !isWelcome && payment.collectOre > 0 };
    return [{ type: 'payment.approved', version: 1, payload }];
  }
  const beganMs = payment.moments.createdAtMs ?? payment.intendedAtMs;
  switch (view.state) {
    case 'terminated':
      return [released(payment, false)];
    case 'expired':
      return [endedUnpaid(payment)];
    case 'declined': {
      if (view.declinedForGood === true) return [declined(payment, 'no-cover', null)];
      // Before another one follows it must be cancelled, or the provider must have said that it cannot be.
      const mayYetBeCancelled = attempt.lastSend?.outcome !== 'refused' && nowMs < beganMs + PAYMENT_LIFETIME_MS;
      return payment.replaceByOre !== null && mayYetBeCancelled ? [] : [refusedByBank(payment, beganMs, nowMs)];
    }
    case 'open': {
      // eCom may keep silent about an expiry, and refuse to cancel what is over. Its time says it then.
      const isOver = nowMs >= approvableUntilMs(payment.order, beganMs) + LATE_APPROVAL_MS;
      return isOver && attempt.lastSend?.outcome === 'refused' ? [endedUnpaid(payment)] : [];
    }
    case 'authorised':
      return [];
  }
}

/** The bank said no; while the ten minutes last the customer may try another card in the same payment, so it is watched. */
function refusedByBank(payment: Payment, createdAtMs: number, nowMs: number): PaymentEvent {
  const endMs = createdAtMs + PAYMENT_LIFETIME_MS;
  if (nowMs >= endMs) return declined(payment, 'expired', null);
  const { openedAtMs } = payment.moments;
  const ranOut = openedAtMs !== null && nowMs >= openedAtMs + APPROVAL_MS - NOTICED_WITHIN_MS;
  return declined(payment, ranOut ? 'expired' : 'no-cover', null, endMs + LIFETIME_MARGIN_MS);
}

/** Nobody approved it, and nobody can any more. */
function endedUnpaid(payment: Payment & { state: 'releasing' }): PaymentEvent {
  return payment.why === 'expired' ? declined(payment, 'expired', null) : released(payment, false);
}

function write(...events: PaymentEvent[]): Step {
  return { do: 'write', events };
}
