/**
 * When the provider is asked about a payment, and when something is sent for it: the one schedule, pure. Its times are the
 * monotonic clock's, so that a wall clock that somebody sets changes nothing.
 *
 * | what | when |
 * |---|---|
 * | a read | a second after the last one left, from the QR to the end; five where nobody waits for it, half a minute while it is held |
 * | a read after a send | at once: it says what the answer may not have said |
 * | a read that something asks for (a person, a webhook, a wake from sleep) | at once: a few of them a minute as soon as 0,1 s after the last one left, the others as the limit spreads over the minute |
 * | a send that is new | at once |
 * | the same send again | 3 s later, then 6, 12, 24, 30; after 1,5 s (3, 4,5, 6) when nothing had left; 12 s where the provider said yes |
 * | anything that the provider told to wait with | after what it told; without a time: 2 s, 4, 8, up to a minute |
 *
 * Never more requests than the provider takes in any minute, whatever else is said above: each call counts with as many as it
 * made, and the next one with as many as it can make. It counts until a minute after its answer, because nobody knows when on
 * its way it arrived. Chance only ever makes a wait longer: the tills of a shop that get
 * their line back at the same moment do not all ask in the same one.
 */
import type { CallLimits, ProviderCall } from './provider.ts';

/** How urgent it is: a customer at the counter waits for it, or nobody does; or it is reserved, perhaps for hours. */
export type Pace = 'counter' | 'watch' | 'held';

/** One call that was made, or tried. Times are monotonic. */
export interface PastCall {
  readonly call: ProviderCall;
  readonly leftAtMs: number;
  /** When its outcome was known. */
  readonly overAtMs: number;
  /** How many it was: an ePayment read of a payment that still waits is one, and two once something has happened. */
  readonly requests: number;
  /** `unsent`: nothing left the register, so it used up nothing of what the provider takes. */
  readonly outcome: 'ok' | 'refused' | 'retryable' | 'unknown' | 'unsent';
  /** What the provider said to wait, from `overAtMs` on. */
  readonly toldMs: number | null;
  /** From 0 to 1, of no meaning: how much longer than it must the next one waits. */
  readonly chance: number;
}

interface Noted extends PastCall {
  /** How many in a row: sends of one intent, or reads that were told to wait. */
  readonly round: number;
  readonly intent: number;
}

/** What this process has asked about one payment. A restart begins with nothing: then it reads before it sends. */
export interface Asked {
  /** Oldest first; what cannot matter any more is left out. */
  readonly calls: readonly Noted[];
  /** Counts the intents: the first send of a new one is no retry of the last one's. */
  readonly intent: number;
  /** When somebody last asked for a read. */
  readonly hurryAtMs: number;
}

export const NOTHING_ASKED: Asked = { calls: [], intent: 0, hurryAtMs: Number.NEGATIVE_INFINITY };

const MINUTE_MS = 60_000;
const EVERY_MS: Readonly<Record<Pace, number>> = { counter: 1_000, watch: 5_000, held: 30_000 };
const UNSENT_AGAIN_MS = 1_500;
const UNSENT_AT_MOST = 4;
const SEND_AGAIN_MS = 3_000;
const SEND_AGAIN_AT_MOST_MS = 30_000;
/** It was done, by its own word, and the reads do not show it yet. */
const DONE_AGAIN_MS = 12_000;
const SLOWER_MS = 2_000;
const SLOWER_AT_MOST_MS = 60_000;
/** A read a second is all that an API takes which needs two requests for it: so chance may only slow it down, and little. */
const JITTER_MS = 80;
/** What somebody asks for need not wait longer than this after the last read left. */
const HURRIED_AFTER_MS = 100;
/** So many a minute: what comes of a payment, twice each, from whoever calls. More than that is a person at a button. */
const MOST_HURRIED = 6;

/** A call was made: the same facts and this one. */
export function noteCall(asked: Asked, made: PastCall): Asked {
  const last = lastOf(asked, made.call);
  const isAgain = last !== undefined && (made.call === 'read' ? isSlowed(last) && isSlowed(made) : last.intent === asked.intent);
  const noted: Noted = { ...made, intent: asked.intent, round: isAgain ? last.round + 1 : 1 };
  const still = asked.calls.filter((call) => call.overAtMs + Math.max(MINUTE_MS, heldMs(call)) > made.overAtMs || isLast(asked, call));
  return { ...asked, calls: [...still, noted] };
}

/** Something new is to be sent: it need not wait as a retry would. */
export const noteIntent = (asked: Asked): Asked => ({ ...asked, intent: asked.intent + 1 });

/** Somebody asks for a read now. */
export const noteHurry = (asked: Asked, nowMs: number): Asked => ({ ...asked, hurryAtMs: nowMs });

/** When the next call of this kind may leave, by the monotonic clock; in the past: now. */
export function dueAtMs(asked: Asked, limits: CallLimits, call: ProviderCall, pace: Pace): number {
  const wished = call === 'read' ? readWished(asked, limits, pace) : sendWished(asked, call);
  const held = asked.calls.filter((past) => past.call === call).map((past) => past.overAtMs + heldMs(past));
  return Math.max(wished, ...held, budgetFromMs(asked, limits, call));
}

function readWished(asked: Asked, limits: CallLimits, pace: Pace): number {
  const latest = asked.calls.at(-1);
  if (latest === undefined) return Number.NEGATIVE_INFINITY;
  const isRead = latest.call === 'read';
  // Nobody can have scanned what is not on the screen yet.
  const isNew = latest.call === 'create' && latest.outcome === 'ok';
  const regularMs = isRead ? latest.leftAtMs + EVERY_MS[pace] + jitter(latest) : latest.overAtMs + (isNew ? EVERY_MS.counter : 0);
  // Whoever is refused a read, with keys that are wrong, is not told more by asking more often.
  if (asked.hurryAtMs <= latest.leftAtMs || (isRead && latest.outcome === 'refused')) return regularMs;
  const soonestMs = isRead ? latest.leftAtMs + hurriedAfterMs(asked, limits, latest) : latest.overAtMs;
  return Math.min(regularMs, Math.max(asked.hurryAtMs, soonestMs));
}

/**
 * How long after the last read a hurried one may leave. At once while there have been few of them and the regular reads of the
 * minute, at what they take now, still fit beside it. Else evenly over the minute: whoever presses a button again and again would
 * use it up, and then nobody could ask.
 */
function hurriedAfterMs(asked: Asked, limits: CallLimits, latest: Noted): number {
  const { perMinute, requests } = limits.read;
  const evenlyMs = MINUTE_MS / Math.floor(perMinute / requests);
  const reads = asked.calls.filter(({ call, overAtMs }) => call === 'read' && overAtMs + MINUTE_MS > latest.overAtMs);
  const hurried = reads.filter(
    (read, index) => read.leftAtMs - (reads[index - 1]?.leftAtMs ?? Number.NEGATIVE_INFINITY) < EVERY_MS.counter,
  );
  if (hurried.length >= MOST_HURRIED) return evenlyMs;
  const regular = (MINUTE_MS / EVERY_MS.counter) * latest.requests;
  const extra = hurried.reduce((sum, read) => sum + read.requests, requests);
  return regular + extra <= perMinute ? Math.min(HURRIED_AFTER_MS, evenlyMs) : evenlyMs;
}

function sendWished(asked: Asked, call: ProviderCall): number {
  const last = lastOf(asked, call);
  if (last === undefined || last.intent !== asked.intent) return Number.NEGATIVE_INFINITY;
  return last.overAtMs + (last.toldMs ?? againMs(last)) + jitter(last);
}

function againMs({ outcome, round }: Noted): number {
  switch (outcome) {
    case 'unsent':
      return UNSENT_AGAIN_MS * Math.min(round, UNSENT_AT_MOST);
    case 'ok':
      return DONE_AGAIN_MS;
    case 'refused':
    case 'retryable':
    case 'unknown':
      return doubled(SEND_AGAIN_MS, round, SEND_AGAIN_AT_MOST_MS);
  }
}

/** How long the provider wants nothing more of this kind. */
function heldMs(call: Noted): number {
  if (call.toldMs !== null) return call.toldMs;
  return isSlowed(call) ? doubled(SLOWER_MS, call.round, SLOWER_AT_MOST_MS) : 0;
}

/** From when on one more call stays within what the provider takes in any minute. */
function budgetFromMs(asked: Asked, limits: CallLimits, call: ProviderCall): number {
  const { perMinute, requests } = limits[call];
  const counted = asked.calls.filter((past) => past.call === call && past.outcome !== 'unsent');
  let room = perMinute - requests;
  const inTheWay = counted.findLast((past) => {
    room -= past.requests;
    return room < 0;
  });
  return inTheWay === undefined ? Number.NEGATIVE_INFINITY : inTheWay.overAtMs + MINUTE_MS;
}

const lastOf = (asked: Asked, call: ProviderCall): Noted | undefined => asked.calls.findLast((past) => past.call === call);
const isLast = (asked: Asked, call: Noted): boolean => lastOf(asked, call.call) === call;
const isSlowed = ({ outcome }: PastCall): boolean => outcome === 'retryable';
const doubled = (firstMs: number, round: number, atMostMs: number): number => Math.min(firstMs * 2 ** (round - 1), atMostMs);
const jitter = ({ chance }: PastCall): number => Math.round(JITTER_MS * chance);
