/**
 * One refund's life at head office.
 *
 * ```
 *  asked ──► reserved ──► sending ──► done
 *    │          │            │  ▲
 *    │          │            ▼  │ read by key
 *    │          │          unknown
 *    │          └──► withdrawn (before anything was sent)
 *    └─────────────► refused  (nothing left, too old, above the limit, unknown order)          sending ──► refused (the provider's final no)
 * ```
 * `asked` is on the register's disk alone. Goods and money are held from `reserved` on, until they are returned (`done`) or
 * free again (`refused`, `withdrawn`); never are they freed while it is unknown what the provider did. Each Vipps part is
 * sent by itself, under its own key, and goes through the states below; the refund is as far as the least of its parts.
 *
 * ```
 *  planned ──► sending ──(ok)──► done
 *                │  ▲ └─(final no)──► refused
 *     (lost) ▼      │ the same key again, when the provider's history does not have it
 *            in doubt ──(the history has our key)──► done
 * ```
 */
import type { ApiName } from '../payment/apis.ts';
import type { Answer, ProviderView } from '../payment/provider.ts';

/** How a part that is being sent stands. Written down before each request leaves. */
export interface Sending {
  readonly key: string;
  /** How often it has left. One that has may have arrived, whatever became of the answer. */
  readonly sends: number;
  readonly lastSentMs: number;
  /** It is not known whether the provider did it: read before anything else. */
  readonly doubt: boolean;
  readonly reads: number;
  /** A final no to one that had left before: believed once the history has been read. */
  readonly refusal: PartRefusal | null;
  /** Nothing is done before then. */
  readonly nextMs: number;
  /** It has left through eCom: told by ePayment, it may stand there without its key. */
  readonly leftByEcom?: true;
}

/** Another refund of the same payment, done or being sent. */
export interface OtherRefund {
  readonly key: string;
  readonly amountOre: number;
  readonly progress: PartState;
}

/** Beside what a read says: of whom, and what else is known to have gone back of the payment. */
export interface ReadContext {
  readonly amountOre: number;
  /** The API that the payment was read through. */
  readonly through: ApiName;
  readonly others: readonly OtherRefund[];
}

export interface PartRefusal {
  readonly code: string;
  readonly message: string;
}

export type PartState =
  | { readonly state: 'planned' }
  | { readonly state: 'sending'; readonly sending: Sending }
  | { readonly state: 'done' }
  | { readonly state: 'refused'; readonly refusal: PartRefusal };

export type PartStep = { readonly do: 'send' } | { readonly do: 'read' } | { readonly do: 'wait'; readonly untilMs: number };

/** The provider takes five refunds a minute for one payment. */
const BETWEEN_SENDS_MS = 13_000;
const LONGEST_WAIT_MS = 60_000;
const LONGEST_RETRY_MS = 600_000;

/** The intent: what is on disk before the first request. */
export function beginSending(key: string, nowMs: number): Sending {
  return { key, sends: 0, lastSentMs: 0, doubt: false, reads: 0, refusal: null, nextMs: nowMs };
}

/** What to do with a part now. */
export function nextStep(sending: Sending, nowMs: number): PartStep {
  if (nowMs < sending.nextMs) return { do: 'wait', untilMs: sending.nextMs };
  return sending.doubt ? { do: 'read' } : { do: 'send' };
}

/**
 * To be written down before the request leaves: if nothing is heard of it any more, it is in doubt.
 * @param through the API that it leaves by.
 */
export function leaving(sending: Sending, nowMs: number, through: ApiName): Sending {
  const left = { ...sending, sends: sending.sends + 1, lastSentMs: nowMs, doubt: true, reads: 0, nextMs: nowMs };
  return through === 'ecom' ? { ...left, leftByEcom: true } : left;
}

/** After the answer to a send; `before` is how it stood before it left. */
export function afterSend(sent: Sending, before: Sending, answer: Answer<null>, nowMs: number): PartState {
  switch (answer.kind) {
    case 'ok':
      return { state: 'done' };
    case 'refused': {
      const { code, message } = answer.error;
      // With one that may have arrived behind it, "nothing left to refund" can be about our own.
      if (before.sends > 0) return { state: 'sending', sending: { ...sent, refusal: { code, message }, nextMs: nowMs } };
      return { state: 'refused', refusal: { code, message } };
    }
    case 'retryable': {
      // An account without cover is asked again for as long as it takes, but ever less often.
      const waitMs = Math.max(answer.retryAfterMs ?? 0, Math.min(LONGEST_RETRY_MS, BETWEEN_SENDS_MS * sent.sends));
      return { state: 'sending', sending: { ...sent, doubt: before.sends > 0, nextMs: nowMs + waitMs } };
    }
    case 'unknown':
      return { state: 'sending', sending: { ...sent, nextMs: nowMs } };
  }
}

/** After reading the payment: our own key in its history is the proof, and the only one where the history has all keys. */
export function afterRead(sending: Sending, answer: Answer<ProviderView | null>, nowMs: number, context: ReadContext): PartState {
  const reads = sending.reads + 1;
  if (answer.kind !== 'ok') {
    const toldMs = answer.kind === 'retryable' ? (answer.retryAfterMs ?? 0) : 0;
    return { state: 'sending', sending: { ...sending, reads, nextMs: nowMs + Math.max(toldMs, waitAfter(reads)) } };
  }
  const refunds = answer.value?.operations.filter(({ kind, ok }) => kind === 'refund' && ok) ?? [];
  if (refunds.some(({ key }) => key === sending.key) || isToldWithoutKey(sending, refunds, context)) return { state: 'done' };
  if (sending.refusal !== null) return { state: 'refused', refusal: sending.refusal };
  // The same key again: should it have arrived after all, the provider answers what it answered then.
  const nextMs = Math.max(nowMs, sending.lastSentMs + BETWEEN_SENDS_MS);
  return { state: 'sending', sending: { ...sending, reads, doubt: false, nextMs } };
}

/**
 * What was sent through eCom may stand without a key in ePayment's log (docs/decisions/0010), and sent again under ePayment's
 * own key it could be paid back twice. So one of exactly our amount that no other refund explains is taken for ours. Of several
 * that are in doubt at once the first by its key takes the first: each is told, or sent, once.
 */
function isToldWithoutKey(sending: Sending, refunds: ProviderView['operations'], { amountOre, through, others }: ReadContext): boolean {
  if (sending.leftByEcom !== true || through !== 'epayment') return false;
  const withoutKey = refunds.filter((refund) => refund.key === null && refund.amountOre === amountOre).length;
  const explained = others.filter(({ key, amountOre: otherOre, progress }) => {
    if (otherOre !== amountOre || refunds.some((refund) => refund.key === key)) return false;
    return progress.state === 'done' || (mayHaveGone(progress) && key < sending.key);
  });
  return withoutKey > explained.length;
}

function mayHaveGone(progress: PartState): boolean {
  return progress.state === 'sending' && progress.sending.doubt && progress.sending.leftByEcom === true;
}

/** One second, then twice as long each time, up to a minute. */
function waitAfter(reads: number): number {
  return Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(reads - 1, 10));
}

export type StoredState = 'reserved' | 'sending' | 'done' | 'refused' | 'withdrawn';

/**
 * What the parts make of a refund that is being sent. One that was refused while another went through is `done`: the goods
 * are back, and the refused part is paid out by people.
 */
export function stateOfParts(parts: readonly PartState[]): StoredState {
  if (parts.some(({ state }) => state === 'planned' || state === 'sending')) return 'sending';
  if (parts.length > 0 && parts.every(({ state }) => state === 'refused')) return 'refused';
  return 'done';
}
