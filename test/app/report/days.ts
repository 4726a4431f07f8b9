/** Days to reconcile: a row and what the register has of it, with everything that does not matter filled in. */
import fc from 'fast-check';
import type { LedgerRow } from '../../../app/report/ledger.ts';
import type { Movement } from '../../../app/report/movement.ts';
import { type SettlementFacts, settle } from '../../../app/report/settlement.ts';

export const DATE = '2026-11-20';
/** Noon in Oslo. */
export const NOON_MS = Date.UTC(2026, 10, 20, 11);
export const DAY_MS = 86_400_000;
const dateOf = (atMs: number) => new Date(atMs + 3_600_000).toISOString().slice(0, 10);

export function row(reference: string, amountOre: number, more: Partial<LedgerRow> = {}): LedgerRow {
  const atMs = more.atMs ?? NOON_MS;
  return {
    pspReference: `psp-${reference}-${amountOre}`,
    atMs,
    ledgerDate: dateOf(atMs),
    entryType: amountOre < 0 ? 'refund' : 'capture',
    reference,
    currency: 'NOK',
    amountOre,
    balanceAfterOre: null,
    recipientHandle: 'api:123456',
    ...more,
  };
}

export function movement(reference: string, amountOre: number, more: Partial<Movement> = {}): Movement {
  const knownMs = more.knownMs === undefined ? NOON_MS + 500 : more.knownMs;
  return {
    paymentId: `pay-${reference}`,
    kind: amountOre < 0 ? 'refund' : 'capture',
    reference,
    currency: 'NOK',
    amountOre,
    fromMs: (knownMs ?? NOON_MS) - 1_000,
    knownMs,
    date: knownMs === null ? null : dateOf(knownMs),
    byHand: false,
    receiptNumber: 17,
    ...more,
  };
}

export function factsOf(more: Partial<SettlementFacts>): SettlementFacts {
  return {
    date: DATE,
    currency: 'NOK',
    handle: 'api:123456',
    ownPrefix: 'kolo-1-',
    closed: true,
    funds: [],
    fees: [],
    neighbours: [],
    nextClosed: true,
    movements: [],
    ...more,
  };
}

/** The differences in a few words each. */
export function told(facts: Partial<SettlementFacts>): readonly string[] {
  return settle(factsOf(facts)).differences.map((each) =>
    [
      each.kind,
      each.row?.reference ?? each.movement?.reference,
      each.row?.amountOre,
      each.kind === 'amount' || each.kind === 'missing-there' ? each.movement.amountOre : undefined,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  );
}

/** A day on which anything may have happened: payments that agree, that one side lacks, that differ, fees, other registers, disputes. */
export const anyDay: fc.Arbitrary<SettlementFacts> = fc
  .record({
    payments: fc.array(
      fc.record({
        own: fc.boolean(),
        amountOre: fc.integer({ min: 1, max: 5_000_000 }),
        refunds: fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 3 }),
        inLedger: fc.constantFrom('here', 'before', 'after', 'nowhere'),
        recorded: fc.constantFrom('same', 'other', 'none', 'under-way', 'yesterday'),
        atMs: fc.integer({ min: NOON_MS - DAY_MS / 2, max: NOON_MS + DAY_MS / 2 }),
      }),
      { maxLength: 12 },
    ),
    others: fc.array(
      fc.record({
        entryType: fc.constantFrom('fees-retained', 'scheduled-for-payout', 'correction', 'retained-disputed-capture', 'news'),
        amountOre: fc.integer({ min: -100_000, max: 100_000 }),
      }),
      { maxLength: 5 },
    ),
    nextClosed: fc.boolean(),
  })
  .map(({ payments, others, nextClosed }) => {
    const funds: LedgerRow[] = [];
    const neighbours: LedgerRow[] = [];
    const movements: Movement[] = [];
    for (const [index, payment] of payments.entries()) {
      const reference = `${payment.own ? 'kolo-1' : 'kolo-2'}-2611-ab12cd-${index}-1`;
      const money = [payment.amountOre, ...payment.refunds.map((amountOre) => -amountOre)];
      for (const [turn, amountOre] of money.entries()) {
        const at = { pspReference: `${index}-${turn}`, atMs: payment.atMs + turn };
        if (payment.inLedger === 'here') funds.push(row(reference, amountOre, { ...at, ledgerDate: DATE }));
        if (payment.inLedger === 'before') neighbours.push(row(reference, amountOre, { ...at, ledgerDate: '2026-11-19' }));
        if (payment.inLedger === 'after') neighbours.push(row(reference, amountOre, { ...at, ledgerDate: '2026-11-21' }));
        if (!payment.own || payment.recorded === 'none') continue;
        const recordedOre = payment.recorded === 'other' ? amountOre + Math.sign(amountOre) : amountOre;
        const knownMs = { same: at.atMs + 200, other: at.atMs + 200, yesterday: at.atMs - DAY_MS, 'under-way': null }[payment.recorded];
        const about = { paymentId: `${index}-${turn}`, fromMs: at.atMs - 200, knownMs };
        movements.push(movement(reference, recordedOre, about));
      }
    }
    for (const [index, { entryType, amountOre }] of others.entries()) {
      funds.push(row('', amountOre, { pspReference: `other-${index}`, entryType }));
    }
    return factsOf({ funds, neighbours, movements, nextClosed });
  });
