/**
 * A manager's word for what a cashier may not do alone. Codes are short, so that they can be typed at a counter, and can be
 * guessed by whoever may try often: after five wrong ones in a row a manager's code is taken no more for a minute, not even the
 * right one. What was tried is in memory only; whoever restarts the register to try again waits longer than that.
 */
import type { Clock, Log, PinHasher } from './ports.ts';

/** As a manager's word comes from a screen. The code is compared and forgotten. */
export interface ApprovalGiven {
  readonly managerId: string;
  /** Four to eight digits. */
  readonly pin: string;
}

/** Who may be asked: with the role and a code. */
export interface Approver {
  readonly id: string;
  readonly role: 'cashier' | 'manager';
  readonly pinHash?: string | undefined;
}

export type Approval =
  /** For the journal: who approved. */
  | { readonly ok: true; readonly approvedBy: string }
  /** Nobody of that number may approve anything here. */
  | { readonly ok: false; readonly why: 'no-manager' }
  | { readonly ok: false; readonly why: 'wrong-pin' }
  /** `waitMs`: until the next try counts. */
  | { readonly ok: false; readonly why: 'pin-locked'; readonly waitMs: number };

const MOST_WRONG = 5;
const LOCKED_MS = 60_000;

interface Tries {
  /** Wrong ones since the last right one, and those that are being compared just now. */
  readonly count: number;
  /** On the monotonic clock. */
  readonly lastMs: number;
}

export interface ApprovalPorts {
  readonly clock: Clock;
  readonly pins: PinHasher;
  readonly log: Log;
}

/** Whether somebody may approve, once they have typed their code. */
export const mayApprove = ({ role, pinHash }: Approver): boolean => role === 'manager' && pinHash !== undefined;

export class Approvals {
  readonly #operators: () => readonly Approver[];
  readonly #ports: ApprovalPorts;
  readonly #tries = new Map<string, Tries>();

  /** @param operators those of now: they change while the program runs. */
  constructor(operators: () => readonly Approver[], ports: ApprovalPorts) {
    this.#operators = operators;
    this.#ports = ports;
  }

  /** Compares the code. Every try counts from the moment that it is made: many at once are no way around the limit. */
  async approve({ managerId, pin }: ApprovalGiven): Promise<Approval> {
    const manager = this.#operators().find(({ id }) => id === managerId);
    if (manager?.pinHash === undefined || !mayApprove(manager)) return { ok: false, why: 'no-manager' };
    const nowMs = this.#ports.clock.monotonicMs();
    const waitMs = this.#lockedForMs(managerId, nowMs);
    if (waitMs > 0) return { ok: false, why: 'pin-locked', waitMs };
    const { count, lastMs } = this.#tries.get(managerId) ?? { count: 0, lastMs: nowMs };
    const isLongAgo = count >= MOST_WRONG || nowMs >= lastMs + LOCKED_MS;
    this.#tries.set(managerId, { count: isLongAgo ? 1 : count + 1, lastMs: nowMs });
    if (await this.#ports.pins.matches(pin, manager.pinHash)) {
      this.#tries.delete(managerId);
      return { ok: true, approvedBy: managerId };
    }
    const lockedMs = this.#lockedForMs(managerId, this.#ports.clock.monotonicMs());
    if (lockedMs <= 0) return { ok: false, why: 'wrong-pin' };
    this.#ports.log.write('warn', 'approval.locked', { managerId });
    return { ok: false, why: 'pin-locked', waitMs: lockedMs };
  }

  /** How long no code of this manager's is taken yet; ≤ 0: it is. */
  #lockedForMs(managerId: string, nowMs: number): number {
    const tries = this.#tries.get(managerId);
    return tries === undefined || tries.count < MOST_WRONG ? 0 : tries.lastMs + LOCKED_MS - nowMs;
  }
}
