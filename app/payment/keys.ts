/**
 * References and idempotency keys. Both are made from what is on disk, so a retry has the same key without remembering
 * anything, and the epoch inside the reference keeps a restored register from ever meeting its own past.
 */

/** The provider's limits: a reference of at most 50 characters, a key of at most 40 (eCom `X-Request-Id`). */
const REFERENCE_PATTERN = /^[a-z][a-zA-Z0-9-]{7,49}$/;

export interface ReferenceParts {
  readonly storeId: string;
  readonly registerId: string;
  /** `yymm` of the attempt, local time: makes lookups cheap. */
  readonly month: string;
  readonly epoch: string;
  readonly saleNumber: number;
  readonly attempt: number;
}

/** `<store>-<register>-<yymm>-<epoch>-<number>-<attempt>`; the customer sees it in the app. */
export function makeReference(parts: ReferenceParts): string {
  const reference = [parts.storeId, parts.registerId, parts.month, parts.epoch, parts.saleNumber, parts.attempt].join('-');
  if (!REFERENCE_PATTERN.test(reference)) throw new RangeError(`"${reference}" is no reference that the provider takes.`);
  return reference;
}

/**
 * The key of one intent: `c` capture, `x` cancel, `r` refund, with its round. Without the store (at most 12 characters
 * of the reference), which is the same for all, it stays within 40.
 */
export function newKey(reference: string, kind: 'c' | 'x' | 'r', round: number): string {
  const key = `${reference.slice(reference.indexOf('-') + 1)}-${kind}${round}`;
  if (key.length > 40) throw new RangeError(`The key "${key}" is longer than 40 characters.`);
  return key;
}

/** The key of the intent after that one, of the same kind: a refusal is final for its own key alone. */
export function nextKey(previous: string, reference: string, kind: 'c' | 'r'): string {
  const round = Number(/(\d+)$/.exec(previous)?.[1] ?? '1');
  return newKey(reference, kind, round + 1);
}
