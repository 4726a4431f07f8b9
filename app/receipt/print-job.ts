/**
 * One receipt on its way to paper.
 *
 * ```
 *  intended ─► waiting ──started──► sending ──printed──► printed
 *                 ▲                  │   │                  ▲
 *                 ├────not printed───┘   └─► unknown ───────┤ a person looked: the paper came
 *                 │                            │            └ it did not: a receipt is `replaced` by the one copy,
 *                 └────────────────────────────┘              a copy is sent again
 * ```
 * Found `sending` at a start, it was cut off: nobody knows whether its paper came.
 */
import type { Recorded } from '../sale/apply.ts';

export type PrintJobState = 'waiting' | 'sending' | 'printed' | 'unknown' | 'replaced';

export interface PrintJob {
  readonly jobId: string;
  readonly saleId: string;
  readonly what: 'receipt' | 'copy';
  readonly state: PrintJobState;
  /** A copy's number in the series of copies. */
  readonly copyNumber: number | null;
  /** When it was asked for; what stands on a copy. */
  readonly intendedAtMs: number;
  /** The printer's trouble while it waits. */
  readonly reason: string | null;
}

/** An entry that names a job which was never intended. */
export class PrintJobEntryError extends Error {
  override readonly name = 'PrintJobEntryError';
}

/** The job that an entry changes, or `null` when it changes none. */
export function printJobIdOf(entry: Pick<Recorded, 'type'> & { readonly payload: object }): string | null {
  return entry.type.startsWith('receipt.') && 'jobId' in entry.payload && typeof entry.payload.jobId === 'string'
    ? entry.payload.jobId
    : null;
}

/** Applies one entry. @throws PrintJobEntryError */
export function applyPrintEvent(job: PrintJob | null, entry: Recorded): PrintJob {
  if (entry.type === 'receipt.print-intended') {
    const { jobId, saleId, what } = entry.payload;
    return { jobId, saleId, what, state: 'waiting', copyNumber: entry.document?.number ?? null, intendedAtMs: entry.atMs, reason: null };
  }
  if (job === null) throw new PrintJobEntryError(`An entry ${entry.type} names a receipt that was never to be printed.`);
  switch (entry.type) {
    case 'receipt.print-started':
      return { ...job, state: 'sending', reason: null };
    case 'receipt.printed':
      return { ...job, state: 'printed', reason: null };
    case 'receipt.not-printed':
      return { ...job, state: 'waiting', reason: entry.payload.reason };
    case 'receipt.print-unknown':
      return { ...job, state: 'unknown', reason: entry.payload.reason };
    case 'receipt.print-answered': {
      if (entry.payload.paperCame) return { ...job, state: 'printed', reason: null };
      return { ...job, state: entry.payload.replacedBy === null ? 'waiting' : 'replaced', reason: null };
    }
    default:
      throw new PrintJobEntryError(`An entry ${entry.type} is not about printing.`);
  }
}

/** Nothing more will come of it. */
export function isDone(job: PrintJob): boolean {
  return job.state === 'printed' || job.state === 'replaced';
}
