/**
 * One payment inside the model of the provider, with eCom's rules: unique references, SALE or RESERVE, VOID for an
 * approved one that is cancelled, ten minutes, keys on captures and refunds. Written from the provider's documents, not
 * from the register's code.
 */
import type { ProviderOperation, ProviderState, ProviderStory, ProviderView } from '../../app/payment/provider.ts';

export type RowKind = 'initiate' | 'reserve' | 'sale' | 'capture' | 'refund' | 'cancel' | 'void';

export interface Row {
  readonly kind: RowKind;
  readonly amountOre: number;
  readonly ok: boolean;
  readonly key: string | null;
  readonly atMs: number;
}

export type Phase = 'waiting' | 'reserved' | 'sold' | 'declined' | 'expired' | 'rejected' | 'cancelled' | 'voided';

/** How this sales unit behaves. */
export interface UnitHabits {
  readonly directCapture: boolean;
  /** What stands in the history after the ten minutes: a failed reservation, or nothing. */
  readonly expiry: 'failed-reserve' | 'silence';
  /** Whether a payment that was declined or has expired may still be cancelled. */
  readonly cancelsWhatIsOver: boolean;
  /** Whether it knows a form of cancelling that refuses an approved payment (ePayment does), or voids it (eCom). */
  readonly sparesApproved: boolean;
  /** Whether less than all may be captured. */
  readonly capturesParts: boolean;
  /** How long after the creation its code can be opened: five minutes by the older rule, all ten by the newer. */
  readonly codeLivesMs: number;
  /** How long a picture of it is good for before another one must be asked for. */
  readonly pictureLivesMs: number;
  /** Whether a creation takes the receipt for the customer's app (ePayment). */
  readonly receiptAtCreation?: boolean;
  /** How long a customer who is not there was given; missing is the usual ten minutes. */
  readonly livesMs?: number;
}

export const PLAIN_HABITS: UnitHabits = {
  directCapture: false,
  expiry: 'failed-reserve',
  cancelsWhatIsOver: true,
  sparesApproved: false,
  capturesParts: true,
  codeLivesMs: 600_000,
  pictureLivesMs: 600_000,
};

export class ModelRefusal extends Error {
  override readonly name = 'ModelRefusal';
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export const LIFETIME_MS = 600_000;

export class ModelPayment {
  readonly reference: string;
  readonly amountOre: number;
  readonly createdAtMs: number;
  /** Until then nobody but the provider knows of it. */
  readonly visibleFromMs: number;
  readonly url: string;
  readonly rows: Row[] = [];
  readonly habits: UnitHabits;
  openedAtMs: number | null = null;
  phase: Phase = 'waiting';
  /** Until when a cancel is refused, because the customer is in the bank's own confirmation. */
  bankUntilMs = 0;
  /** Keys whose capture or refund this payment refuses for good. */
  readonly refusedKeys = new Set<string>();
  /** Whether the rest after a capture cannot be let go of, for a reason that nobody tells. */
  refusesRest = false;

  constructor(reference: string, amountOre: number, createdAtMs: number, visibleFromMs: number, habits: UnitHabits) {
    this.reference = reference;
    this.amountOre = amountOre;
    this.createdAtMs = createdAtMs;
    this.visibleFromMs = visibleFromMs;
    this.habits = habits;
    this.url = `https://pay.example/${reference}`;
    this.#add('initiate', amountOre, null, createdAtMs);
  }

  get authorisedOre(): number {
    return this.#sum('reserve', 'sale');
  }
  get capturedOre(): number {
    return this.#sum('capture', 'sale');
  }
  get refundedOre(): number {
    return this.#sum('refund');
  }
  get releasedOre(): number {
    return this.#sum('void');
  }
  /** Whether a bank has said no to it, though another card may have been taken since. */
  get wasDeclined(): boolean {
    return this.rows.some((row) => !row.ok);
  }
  /** Whether a customer's money is in it, or may yet come. */
  get isAlive(): boolean {
    return this.phase === 'waiting' || (this.phase === 'reserved' && this.capturedOre === 0);
  }

  /** Whether something is still reserved beyond what was captured. */
  get hasRest(): boolean {
    return this.phase === 'reserved' && this.capturedOre > 0 && this.capturedOre + this.releasedOre < this.authorisedOre;
  }

  get #endsAtMs(): number {
    return this.createdAtMs + (this.habits.livesMs ?? LIFETIME_MS);
  }

  settle(nowMs: number): void {
    // Who is in the bank's own confirmation when the time is up may still finish there.
    if (this.phase !== 'waiting' || nowMs < Math.max(this.#endsAtMs, this.bankUntilMs)) return;
    this.phase = 'expired';
    if (this.habits.expiry === 'failed-reserve') this.#add('reserve', this.amountOre, null, this.#endsAtMs, false);
  }

  // What the customer does. Gives whether the phone let them.

  open(nowMs: number): boolean {
    this.settle(nowMs);
    if (this.phase !== 'waiting') return false;
    if (this.openedAtMs === null && nowMs >= this.createdAtMs + this.habits.codeLivesMs) return false;
    this.openedAtMs ??= nowMs;
    return true;
  }

  /** In the app a customer whose card was refused may take another one, in the same payment, while its time lasts. */
  approve(nowMs: number): boolean {
    const anotherCard = this.phase === 'declined' && nowMs < this.#endsAtMs;
    if (!anotherCard && !this.open(nowMs)) return false;
    this.phase = this.habits.directCapture ? 'sold' : 'reserved';
    this.#add(this.habits.directCapture ? 'sale' : 'reserve', this.amountOre, null, nowMs);
    return true;
  }

  reject(nowMs: number): boolean {
    if (!this.open(nowMs)) return false;
    this.phase = 'rejected';
    this.#add('cancel', this.amountOre, null, nowMs);
    return true;
  }

  hasNoCover(nowMs: number): boolean {
    if (!this.open(nowMs)) return false;
    this.phase = 'declined';
    this.#add(this.habits.directCapture ? 'sale' : 'reserve', this.amountOre, null, nowMs, false);
    return true;
  }

  // What the merchant does. Throws `ModelRefusal` when it may not; then nothing has changed.

  capture(amountOre: number, key: string, nowMs: number): void {
    this.settle(nowMs);
    if (this.#isDone('capture', amountOre, key)) return;
    if (this.refusedKeys.has(key)) throw new ModelRefusal('ecom:Payment/99-test');
    if (this.phase !== 'reserved') throw new ModelRefusal(this.phase === 'voided' ? 'ecom:Payment/62' : 'ecom:Payment/61-test');
    if (amountOre > this.authorisedOre - this.capturedOre - this.releasedOre) throw new ModelRefusal('ecom:Payment/61');
    if (!this.habits.capturesParts && amountOre < this.authorisedOre) throw new ModelRefusal('epayment:6140');
    this.#add('capture', amountOre, key, nowMs);
  }

  cancel(nowMs: number, what: 'if-not-approved' | 'all' | 'remainder' = 'all'): void {
    this.settle(nowMs);
    switch (this.phase) {
      case 'waiting':
        if (nowMs < this.bankUntilMs) throw new ModelRefusal('ecom:Payment/3ds-test');
        this.phase = 'cancelled';
        this.#add('cancel', this.amountOre, null, nowMs);
        return;
      case 'reserved':
        if (this.capturedOre > 0) {
          this.#cancelRest(what, nowMs);
          return;
        }
        if (what === 'if-not-approved' && this.habits.sparesApproved) throw new ModelRefusal('epayment:6060');
        this.phase = 'voided';
        this.#add('void', this.amountOre, null, nowMs);
        return;
      case 'declined':
      case 'expired':
        if (!this.habits.cancelsWhatIsOver) throw new ModelRefusal('ecom:Payment/over-test');
        this.phase = 'cancelled';
        this.#add('cancel', this.amountOre, null, nowMs);
        return;
      case 'sold':
        throw new ModelRefusal('ecom:Payment/51');
      case 'rejected':
      case 'cancelled':
      case 'voided':
        throw new ModelRefusal('ecom:Payment/95');
    }
  }

  #cancelRest(what: 'if-not-approved' | 'all' | 'remainder', nowMs: number): void {
    const restOre = this.authorisedOre - this.capturedOre - this.releasedOre;
    if (what !== 'remainder' || restOre === 0 || this.refusesRest) throw new ModelRefusal('ecom:Payment/51');
    this.#add('void', restOre, null, nowMs);
  }

  refund(amountOre: number, key: string, nowMs: number): void {
    this.settle(nowMs);
    if (this.#isDone('refund', amountOre, key)) return;
    if (this.refusedKeys.has(key)) throw new ModelRefusal('ecom:Payment/99-test');
    if (amountOre > this.capturedOre - this.refundedOre) throw new ModelRefusal('ecom:Payment/93');
    this.#add('refund', amountOre, key, nowMs);
  }

  /** What is told of it at that moment, or was told then. `null`: nothing is known of it yet. */
  viewAt(atMs: number): ProviderView | null {
    if (atMs < this.visibleFromMs || atMs < this.createdAtMs) return null;
    const rows = this.rows.filter((row) => row.atMs <= atMs);
    const sum = (...kinds: RowKind[]) =>
      rows.reduce((total, row) => (row.ok && kinds.includes(row.kind) ? total + row.amountOre : total), 0);
    const has = (...kinds: RowKind[]) => rows.some((row) => row.ok && kinds.includes(row.kind));
    const failed = rows.some((row) => !row.ok && (row.kind === 'reserve' || row.kind === 'sale'));
    const isOpened = this.openedAtMs !== null && this.openedAtMs <= atMs;
    const isRestGone = has('void') && has('capture');
    const state: ProviderState = isRestGone
      ? 'authorised'
      : has('cancel', 'void')
        ? 'terminated'
        : has('reserve', 'sale')
          ? 'authorised'
          : failed
            ? 'declined'
            : 'open';
    return {
      opened: isOpened,
      state,
      authorisedOre: sum('reserve', 'sale'),
      capturedOre: sum('capture', 'sale'),
      releasedOre: sum('void'),
      refundedOre: sum('refund'),
      transactionId: isOpened ? `5${this.reference.length}00${this.createdAtMs}` : null,
      operations: rows.map(toOperation).reverse(),
    };
  }

  /** The same, with all that happened until then, by a wall clock that is so far ahead. */
  storyAt(atMs: number, wallAheadMs: number): ProviderStory | null {
    const view = this.viewAt(atMs);
    if (view === null) return null;
    const steps = this.rows.filter((row) => row.atMs <= atMs).map((row) => ({ ...toOperation(row), atMs: row.atMs + wallAheadMs }));
    return { view, steps: steps.map(({ key: _key, ...step }) => step) };
  }

  #isDone(kind: RowKind, amountOre: number, key: string): boolean {
    const before = this.rows.find((row) => row.kind === kind && row.key === key);
    if (before === undefined) return false;
    if (before.amountOre !== amountOre) throw new ModelRefusal('ecom:Payment/96');
    return true;
  }

  #sum(...kinds: RowKind[]): number {
    return this.rows.reduce((total, row) => (row.ok && kinds.includes(row.kind) ? total + row.amountOre : total), 0);
  }

  #add(kind: RowKind, amountOre: number, key: string | null, atMs: number, ok = true): void {
    this.rows.push({ kind, amountOre, ok, key, atMs });
  }
}

function toOperation(row: Row): ProviderOperation {
  return { kind: row.kind === 'reserve' ? 'authorise' : row.kind, key: row.key, amountOre: row.amountOre, ok: row.ok };
}
