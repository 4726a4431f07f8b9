/** A day's settlement from end to end: the ledger is asked, the record is read, the two are compared. One request at a time. */
import type { Answer } from '../payment/provider.ts';
import type { LedgerDay, LedgerSource } from './ledger.ts';
import type { Movements } from './movement.ts';
import { type Settlement, settle } from './settlement.ts';

/** Why there is no settlement. Each has a sentence in both languages. */
export type SettlementTrouble =
  /** The provider has no report of that day, or not yet. */
  | 'not-ready'
  /** The keys may not read the ledger of this sales unit. */
  | 'no-access'
  | 'wrong-keys'
  | 'too-many'
  | 'unreachable'
  | 'garbled'
  | 'provider';

export type Reconciled =
  | { readonly kind: 'settled'; readonly settlement: Settlement }
  | {
      readonly kind: 'trouble';
      readonly trouble: SettlementTrouble;
      /** When it may be asked again; `null` where the provider does not say. */
      readonly retryAfterMs: number | null;
      /** Code and trace id. */
      readonly support: string;
    };

export interface ReconcileParts {
  readonly ledger: LedgerSource;
  readonly movements: Movements;
  readonly merchantSerialNumber: string;
  readonly storeId: string;
  readonly registerId: string;
  readonly currency: string;
}

/** @param date the provider's day, `YYYY-MM-DD`, a day that the calendar has. */
export async function reconcileDay(date: string, parts: ReconcileParts): Promise<Reconciled> {
  const { ledger, movements } = parts;
  const id = await ledger.ledgerId();
  if (id.kind !== 'ok') return troubled(id);
  const funds = await ledger.day(id.value, 'funds', date);
  if (funds.kind !== 'ok') return troubled(funds);
  const fees = await ledger.day(id.value, 'fees', date);
  if (fees.kind !== 'ok') return troubled(fees);

  const recorded = movements.ofDate(date);
  const references = new Set([...recorded, ...funds.value.rows].map(({ reference }) => reference));
  const facts = {
    date,
    currency: parts.currency,
    handle: `api:${parts.merchantSerialNumber}`,
    ownPrefix: `${parts.storeId}-${parts.registerId}-`,
    closed: funds.value.closed && fees.value.closed,
    funds: funds.value.rows,
    fees: fees.value.rows,
    movements: movements.ofReferences(references),
  };
  const alone = settle({ ...facts, neighbours: [], nextClosed: false });
  // The days beside it are asked for only where they can explain something.
  if (alone.differences.length === 0 && alone.matched.every(({ movement }) => movement.date === date)) {
    return { kind: 'settled', settlement: alone };
  }
  const before = await besideOf(ledger, id.value, dayBeside(date, -1));
  if (before.kind !== 'ok') return troubled(before);
  const after = await besideOf(ledger, id.value, dayBeside(date, 1));
  if (after.kind !== 'ok') return troubled(after);
  const neighbours = [...before.value.rows, ...after.value.rows];
  return { kind: 'settled', settlement: settle({ ...facts, neighbours, nextClosed: after.value.closed }) };
}

/** The funds of a day beside the one that is asked about: it need not be there. */
async function besideOf(ledger: LedgerSource, id: string, date: string): Promise<Answer<LedgerDay>> {
  const day = await ledger.day(id, 'funds', date);
  return day.kind !== 'ok' && day.error.httpStatus === 404 ? { kind: 'ok', value: { rows: [], closed: false } } : day;
}

const DAY_MS = 86_400_000;

/** The day so many days later, `YYYY-MM-DD`. */
export function dayBeside(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whether the calendar has this day, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(`${text}T00:00:00Z`)) && dayBeside(text, 0) === text;
}

function troubled(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): Reconciled {
  const { code, traceId } = answer.error;
  return {
    kind: 'trouble',
    trouble: troubleOf(answer.error),
    retryAfterMs: answer.kind === 'retryable' ? answer.retryAfterMs : null,
    support: traceId === null ? code : `${code} · ${traceId}`,
  };
}

function troubleOf({ code, httpStatus }: { readonly code: string; readonly httpStatus: number | null }): SettlementTrouble {
  if (code === 'local:no-ledger') return 'no-access';
  if (code === 'bad-answer') return 'garbled';
  switch (httpStatus) {
    case null:
      return 'unreachable';
    case 400:
      // A directory that refuses the keys says so with a 400; the ledger's addresses are our own making.
      return code.startsWith('gateway:') ? 'wrong-keys' : 'provider';
    case 401:
      return 'wrong-keys';
    case 403:
      return 'no-access';
    case 404:
      return 'not-ready';
    case 429:
      return 'too-many';
    default:
      return 'provider';
  }
}
