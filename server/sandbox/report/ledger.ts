import type { Entry, Payment } from '../payments/payment.ts';
import type { Market, SalesUnit } from '../sales-units.ts';

export type Topic = 'funds' | 'fees';

/** One row of a ledger. Amounts are minor units, from the merchant's side: a refund, a fee and a payout are negative. */
export interface Transaction {
  readonly pspReference: string;
  readonly time: string;
  /** The day in the merchant's own time zone, from midnight to midnight. */
  readonly ledgerDate: string;
  readonly entryType: 'capture' | 'refund' | 'fees-retained' | 'scheduled-for-payout' | 'capture-fee';
  readonly reference: string;
  readonly currency: string;
  readonly amount: number;
  readonly balanceBefore: number;
  readonly balanceAfter: number;
  readonly recipientHandle: string;
}

const timeZones: Readonly<Record<Market, string>> = { NO: 'Europe/Oslo', DK: 'Europe/Copenhagen', FI: 'Europe/Helsinki' };

/** The ledger day of a moment: `2026-11-21`. */
export function ledgerDateOf(market: Market, atMs: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: timeZones[market], dateStyle: 'short' }).format(atMs);
}

/** What the provider keeps of a capture, rounded to the nearest øre. */
function feeOf(unit: SalesUnit, capturedOre: number): number {
  return Math.floor((capturedOre * unit.feeBasisPoints + 5_000) / 10_000);
}

interface Movement {
  readonly payment: Payment;
  readonly entry: Entry;
  readonly ledgerDate: string;
  readonly isCapture: boolean;
}

function movementsOf(payments: readonly Payment[], unit: SalesUnit): Movement[] {
  return payments
    .filter((payment) => payment.msn === unit.msn)
    .flatMap((payment) => payment.entries.map((entry) => ({ payment, entry })))
    .filter(({ entry }) => entry.ok && (entry.kind === 'capture' || entry.kind === 'sale' || entry.kind === 'refund'))
    .sort((left, right) => left.entry.atMs - right.entry.atMs || Number(left.entry.transactionId) - Number(right.entry.transactionId))
    .map(({ payment, entry }) => ({
      payment,
      entry,
      ledgerDate: ledgerDateOf(unit.market, entry.atMs),
      isCapture: entry.kind !== 'refund',
    }));
}

/** Adds rows and keeps the balance. */
class Rows {
  readonly list: Transaction[] = [];
  readonly #unit: SalesUnit;
  #balance = 0;

  constructor(unit: SalesUnit) {
    this.#unit = unit;
  }

  get balance(): number {
    return this.#balance;
  }

  add(row: Pick<Transaction, 'pspReference' | 'time' | 'ledgerDate' | 'entryType' | 'reference' | 'amount'>): void {
    const balanceBefore = this.#balance;
    this.#balance += row.amount;
    this.list.push({
      ...row,
      currency: this.#unit.currency,
      balanceBefore,
      balanceAfter: this.#balance,
      recipientHandle: `api:${this.#unit.msn}`,
    });
  }
}

/**
 * A unit's whole ledger, oldest first. `funds`: what came in and went out, and at the end of each closed day its fees and
 * its payout. `fees`: what each capture cost, and at the end of the day that it was retained.
 */
export function ledgerOf(payments: readonly Payment[], unit: SalesUnit, topic: Topic, nowMs: number): readonly Transaction[] {
  const today = ledgerDateOf(unit.market, nowMs);
  const rows = new Rows(unit);
  const movements = movementsOf(payments, unit);
  const days = [...new Set(movements.map((each) => each.ledgerDate))];
  for (const day of days) {
    const ofDay = movements.filter((each) => each.ledgerDate === day);
    for (const { payment, entry, isCapture } of ofDay) {
      const time = new Date(entry.atMs).toISOString();
      const about = { pspReference: entry.transactionId, time, ledgerDate: day, reference: payment.reference };
      if (topic === 'funds') {
        rows.add({ ...about, entryType: isCapture ? 'capture' : 'refund', amount: isCapture ? entry.amountOre : -entry.amountOre });
      } else if (isCapture) rows.add({ ...about, entryType: 'capture-fee', amount: -feeOf(unit, entry.amountOre) });
    }
    if (day >= today) continue;
    const feesOre = ofDay.reduce((sum, each) => sum + (each.isCapture ? feeOf(unit, each.entry.amountOre) : 0), 0);
    const lastMs = ofDay.at(-1)?.entry.atMs ?? 0;
    const about = { pspReference: `${unit.msn}-${day}`, time: new Date(lastMs).toISOString(), ledgerDate: day, reference: '' };
    if (feesOre > 0) rows.add({ ...about, entryType: 'fees-retained', amount: topic === 'funds' ? -feesOre : feesOre });
    if (topic === 'funds' && rows.balance > 0) {
      rows.add({ ...about, entryType: 'scheduled-for-payout', reference: `${unit.msn}-${day.replaceAll('-', '')}`, amount: -rows.balance });
    }
  }
  return rows.list;
}
