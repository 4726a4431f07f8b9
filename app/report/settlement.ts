/**
 * A day of the provider's ledger against the register's own record, to the øre.
 *
 * | in the ledger | in the record | it is |
 * |---|---|---|
 * | capture or refund | the same amount | matched, on whichever day the record has it |
 * | capture or refund | another amount | a difference: `amount` |
 * | capture or refund of this register | nothing, or a request without an answer | a difference: `missing-here` |
 * | nothing, not on the days beside it either | read back on this day | a difference: `missing-there` |
 * | nothing, but on the day before or after | read back on this day | another day's: `otherDay` |
 * | dispute, correction, or a kind that nobody knows | | a difference: `not-a-sale` |
 * | capture or refund of another register or sales unit | | `elsewhere`: the provider's sum has it, this record cannot |
 * | fees, payouts, money put in | | `account` |
 *
 * What belongs together is found by reference, never by day: the provider's day may end at another hour than the shop's, a
 * capture may be read back the morning after, and a refund may be of an old sale. So
 * Σ ledger = matched + differences + elsewhere + account, and Σ record of the day = what of it is matched, different or
 * another day's. The order of the rows, the pages they came on, and a row that came twice change nothing.
 */
import type { LedgerRow } from './ledger.ts';
import type { Movement } from './movement.ts';

export interface SettlementFacts {
  /** The provider's day, `YYYY-MM-DD`. */
  readonly date: string;
  readonly currency: string;
  /** `api:123456`. */
  readonly handle: string;
  /** How this register's own references begin: `torg-1-`. */
  readonly ownPrefix: string;
  /** The day is over at the provider. */
  readonly closed: boolean;
  readonly funds: readonly LedgerRow[];
  readonly fees: readonly LedgerRow[];
  /** Funds of the day before and of the day after. */
  readonly neighbours: readonly LedgerRow[];
  /** The day after is over as well: what is missing will not come any more. */
  readonly nextClosed: boolean;
  /** All that the record has of the payments in `funds` and of those that were read back on this day. */
  readonly movements: readonly Movement[];
}

export interface MatchedRow {
  readonly row: LedgerRow;
  readonly movement: Movement;
}

export type Difference =
  /** `underWay`: the register has asked for it and waits for the answer. */
  | { readonly kind: 'missing-here'; readonly row: LedgerRow; readonly movement: null; readonly underWay: boolean }
  /** `mayStillCome`: the provider's next day is not over. */
  | { readonly kind: 'missing-there'; readonly row: null; readonly movement: Movement; readonly mayStillCome: boolean }
  | { readonly kind: 'amount'; readonly row: LedgerRow; readonly movement: Movement }
  | { readonly kind: 'not-a-sale'; readonly row: LedgerRow; readonly movement: null };

export interface SettlementTotals {
  /** All rows of the funds, each once. */
  readonly ledgerOre: number;
  readonly matchedOre: number;
  /** The ledger's side of the differences. */
  readonly differencesOre: number;
  readonly elsewhereOre: number;
  readonly accountOre: number;
  /** What the record has of this day. */
  readonly recordOre: number;
  /** Of the sales unit's captures and refunds in the ledger, all registers'; refunds are negative. */
  readonly capturedOre: number;
  readonly refundedOre: number;
  /** What the provider charged for the day's captures; positive. */
  readonly feesOre: number;
  /** Captured, less refunds and fees. */
  readonly netOre: number;
  /** On its way to the shop's bank account; positive. */
  readonly payoutOre: number;
}

export interface Settlement {
  readonly date: string;
  readonly currency: string;
  readonly closed: boolean;
  readonly matched: readonly MatchedRow[];
  readonly differences: readonly Difference[];
  readonly elsewhere: readonly LedgerRow[];
  readonly account: readonly LedgerRow[];
  /** Read back here on this day; the ledger has them on the day before or after. */
  readonly otherDay: readonly Movement[];
  /** What each payment's capture cost, by reference; positive. */
  readonly feeOre: ReadonlyMap<string, number>;
  readonly totals: SettlementTotals;
}

/** Rows of the account itself: nothing that a register could have on record. */
const ACCOUNT: ReadonlySet<string> = new Set([
  'fees-retained',
  'fees-invoiced',
  'scheduled-for-payout',
  'payout-aborted',
  'capture-fee',
  'top-up',
]);
/** How far from the time between asking and knowing a refund may be booked. A capture is one per payment, and may be any time away. */
const REFUND_APART_MS = 3 * 86_400_000;

/** Compares a day. Amounts are minor units. */
export function settle(facts: SettlementFacts): Settlement {
  const funds = unique(facts.funds);
  const known = new Set(facts.movements.map(({ reference }) => reference));
  const isSale = ({ entryType }: LedgerRow) => entryType === 'capture' || entryType === 'refund';
  const isOwn = ({ reference, recipientHandle }: LedgerRow) =>
    recipientHandle === facts.handle && (known.has(reference) || reference.startsWith(facts.ownPrefix));
  const own = funds.filter((row) => isSale(row) && isOwn(row));
  const elsewhere = funds.filter((row) => isSale(row) && !isOwn(row));
  const account = funds.filter(({ entryType }) => ACCOUNT.has(entryType));
  const odd = funds.filter((row) => !isSale(row) && !ACCOUNT.has(row.entryType));

  const today = new Set(own.map(keyOf));
  const beside = unique(facts.neighbours).filter((row) => isSale(row) && isOwn(row) && !today.has(keyOf(row)));
  const movements = uniqueMovements(facts.movements);
  const { pairs, rows: lonely, movements: left } = pair([...own, ...beside], movements);

  const isOfToday = (row: LedgerRow) => today.has(keyOf(row));
  const isDue = (movement: Movement) => movement.date === facts.date;
  const matched: MatchedRow[] = [];
  const otherDay: Movement[] = [];
  const differences: Difference[] = [];
  for (const { row, movement } of pairs) {
    if (!isOfToday(row)) {
      if (isDue(movement)) otherDay.push(movement);
    } else if (movement.knownMs === null) differences.push({ kind: 'missing-here', row, movement: null, underWay: true });
    else if (movement.amountOre === row.amountOre) matched.push({ row, movement });
    else differences.push({ kind: 'amount', row, movement });
  }
  for (const row of lonely.filter(isOfToday)) differences.push({ kind: 'missing-here', row, movement: null, underWay: false });
  for (const movement of left.filter(isDue)) {
    differences.push({ kind: 'missing-there', row: null, movement, mayStillCome: !facts.nextClosed });
  }
  for (const row of odd) differences.push({ kind: 'not-a-sale', row, movement: null });

  const { feeOre, feesOre } = feesOf(facts.fees, facts.handle);
  const ofUnit = funds.filter((row) => row.recipientHandle === facts.handle);
  const capturedOre = sumOf(ofUnit.filter(({ entryType }) => entryType === 'capture'));
  const refundedOre = sumOf(ofUnit.filter(({ entryType }) => entryType === 'refund'));
  return {
    date: facts.date,
    currency: facts.currency,
    closed: facts.closed,
    matched: matched.sort((a, b) => inOrder(a.row, b.row)),
    differences: differences.sort(differencesInOrder),
    elsewhere,
    account,
    otherDay: otherDay.sort(movementsInOrder),
    feeOre,
    totals: {
      ledgerOre: sumOf(funds),
      matchedOre: sumOf(matched.map(({ row }) => row)),
      differencesOre: sumOf(differences.flatMap(({ row }) => row ?? [])),
      elsewhereOre: sumOf(elsewhere),
      accountOre: sumOf(account),
      recordOre: sumOf(movements.filter(isDue)),
      capturedOre,
      refundedOre,
      feesOre,
      netOre: capturedOre + refundedOre - feesOre,
      payoutOre: 0 - sumOf(account.filter(({ entryType }) => entryType === 'scheduled-for-payout')),
    },
  };
}

interface Paired {
  readonly pairs: readonly MatchedRow[];
  readonly rows: readonly LedgerRow[];
  readonly movements: readonly Movement[];
}

/** Who belongs to whom: first what agrees to the øre, then what is of one payment and kind all the same; the nearest in time first. */
function pair(rows: readonly LedgerRow[], movements: readonly Movement[]): Paired {
  const pairs: MatchedRow[] = [];
  const takenRows = new Set<LedgerRow>();
  const takenMovements = new Set<Movement>();
  const ofPayment = grouped(movements);
  for (const agrees of [true, false]) {
    const choices = rows
      .flatMap((row) => (ofPayment.get(`${row.entryType} ${row.reference}`) ?? []).map((movement) => ({ row, movement })))
      .filter(({ row, movement }) => (agrees ? row.amountOre === movement.amountOre : movement.knownMs !== null) && isNear(row, movement))
      .sort(
        (a, b) =>
          apartMs(a.row, a.movement) - apartMs(b.row, b.movement) || inOrder(a.row, b.row) || movementsInOrder(a.movement, b.movement),
      );
    for (const { row, movement } of choices) {
      if (takenRows.has(row) || takenMovements.has(movement)) continue;
      takenRows.add(row);
      takenMovements.add(movement);
      pairs.push({ row, movement });
    }
  }
  return {
    pairs,
    rows: rows.filter((row) => !takenRows.has(row)),
    movements: movements.filter((movement) => !takenMovements.has(movement)),
  };
}

function grouped(movements: readonly Movement[]): ReadonlyMap<string, readonly Movement[]> {
  const groups = new Map<string, Movement[]>();
  for (const movement of movements) {
    const name = `${movement.kind} ${movement.reference}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [movement]);
    else group.push(movement);
  }
  return groups;
}

/** How far a row is from the time in which the register can have caused it. */
function apartMs(row: LedgerRow, { fromMs, knownMs }: Movement): number {
  return Math.max(0, fromMs - row.atMs, row.atMs - (knownMs ?? Number.MAX_SAFE_INTEGER));
}

function isNear(row: LedgerRow, movement: Movement): boolean {
  return movement.kind === 'capture' || apartMs(row, movement) <= REFUND_APART_MS;
}

function feesOf(rows: readonly LedgerRow[], handle: string): { readonly feeOre: ReadonlyMap<string, number>; readonly feesOre: number } {
  const feeOre = new Map<string, number>();
  let feesOre = 0;
  for (const row of unique(rows)) {
    if (row.entryType !== 'capture-fee' || row.recipientHandle !== handle) continue;
    feesOre -= row.amountOre;
    feeOre.set(row.reference, (feeOre.get(row.reference) ?? 0) - row.amountOre);
  }
  return { feeOre, feesOre };
}

/** The whole row: the same reference may rightly be captured twice over the same amount, but never at the same balance. */
function keyOf(row: LedgerRow): string {
  const { pspReference, atMs, ledgerDate, entryType, reference, currency, amountOre, balanceAfterOre, recipientHandle } = row;
  return JSON.stringify([atMs, pspReference, entryType, reference, amountOre, balanceAfterOre, ledgerDate, currency, recipientHandle]);
}

/** Each row once, in an order that the rows alone decide. */
function unique(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()].sort(inOrder);
}

function uniqueMovements(movements: readonly Movement[]): readonly Movement[] {
  return [...new Map(movements.map((movement) => [JSON.stringify(movement), movement])).values()].sort(movementsInOrder);
}

function inOrder(a: LedgerRow, b: LedgerRow): number {
  return a.atMs - b.atMs || byText(keyOf(a), keyOf(b));
}

function movementsInOrder(a: Movement, b: Movement): number {
  return a.fromMs - b.fromMs || byText(JSON.stringify(a), JSON.stringify(b));
}

/** What must be looked at first stands first; within a kind by time. */
const KINDS: readonly Difference['kind'][] = ['missing-there', 'amount', 'missing-here', 'not-a-sale'];

function differencesInOrder(a: Difference, b: Difference): number {
  const timeOf = ({ row, movement }: Difference) => row?.atMs ?? movement?.knownMs ?? 0;
  const nameOf = (each: Difference) => (each.row === null ? JSON.stringify(each.movement) : keyOf(each.row));
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || timeOf(a) - timeOf(b) || byText(nameOf(a), nameOf(b));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sumOf(all: readonly { readonly amountOre: number }[]): number {
  return all.reduce((sum, { amountOre }) => sum + amountOre, 0);
}
