/** Who refunded how much for whom: what the stores of a chain owe each other. Made of the refunds that are done, and nothing else. */
import { sql } from 'kysely';
import type { Clock } from '../../app/till/ports.ts';
import type { Db } from './store/store.ts';

interface Sums {
  readonly amountOre: number;
  /** Of it, what the provider sent back from the sales unit of the store that sold. */
  readonly vippsOre: number;
  /** Of it, what the store that refunded handed out itself: money, and new goods for the worth of those that came back. */
  readonly handedOutOre: number;
}

export interface SettlementRow extends Sums {
  readonly refundedBy: string;
  readonly soldBy: string;
  readonly currency: string;
  readonly refunds: number;
}

export interface SettledRefund extends Sums {
  readonly endedAtMs: number;
  readonly refundId: string;
  readonly orderId: string;
  readonly orderMonth: number;
  readonly refundedBy: string;
  readonly soldBy: string;
  readonly currency: string;
}

export interface Period {
  readonly fromMs: number;
  /** No longer part of it. */
  readonly toMs: number;
}

/** Whole days by head office's own clock, the last one too. */
export function periodOf(clock: Pick<Clock, 'offsetMinutes'>, fromDate: string, toDate: string): Period {
  const startMs = (atMs: number): number => {
    const guessMs = atMs - clock.offsetMinutes(atMs) * 60_000;
    // On the day that the clocks change, midnight has another offset than what the first guess hit.
    return atMs - clock.offsetMinutes(guessMs) * 60_000;
  };
  return { fromMs: startMs(Date.parse(fromDate)), toMs: startMs(Date.parse(toDate) + DAY_MS) };
}

const DAY_MS = 86_400_000;

/** Refunds of other stores' sales that were done in a period, each with what it came to. */
const settled = (db: Db, { fromMs, toMs }: Period) =>
  db
    .selectFrom('refunds')
    .select(['refund_id', 'order_id', 'order_month', 'refunding_store', 'sold_by_store', 'currency', 'ended_ms'])
    .select([
      sql<number>`${doneParts(sql`kind = 'vipps'`)}`.as('vipps_ore'),
      // New goods are handed out as money is.
      sql<number>`credit_ore + ${doneParts(sql`kind <> 'vipps'`)}`.as('handed_out_ore'),
    ])
    .where('state', '=', 'done')
    .where('ended_ms', '>=', fromMs)
    .where('ended_ms', '<', toMs)
    .whereRef('refunding_store', '!=', 'sold_by_store');

const whole = (sum: ReturnType<typeof sql>) => sql<number>`CAST(coalesce(${sum}, 0) AS BIGINT)`;
const doneParts = (what: ReturnType<typeof sql>) =>
  whole(sql`(SELECT sum(amount_ore) FROM refund_parts WHERE refund_parts.refund_id = refunds.refund_id AND state = 'done' AND ${what})`);

const sumsOf = (row: { readonly vipps_ore: number; readonly handed_out_ore: number }): Sums => ({
  amountOre: row.vipps_ore + row.handed_out_ore,
  vippsOre: row.vipps_ore,
  handedOutOre: row.handed_out_ore,
});

/** One pair of stores, and where a page of its refunds begins. */
export interface SettledOf {
  readonly refundedBy: string;
  readonly soldBy: string;
  readonly currency: string;
  readonly most: number;
  readonly after: { readonly atMs: number; readonly refundId: string } | null;
}

/** Every refund of another store's sale that was done in a period, the oldest first; of one pair of stores a page at a time. */
export async function settledRefunds(db: Db, period: Period, of: SettledOf | null = null): Promise<readonly SettledRefund[]> {
  let query = settled(db, period).orderBy('ended_ms').orderBy('refund_id');
  if (of !== null) {
    query = query
      .where('refunding_store', '=', of.refundedBy)
      .where('sold_by_store', '=', of.soldBy)
      .where('currency', '=', of.currency)
      .limit(of.most);
    if (of.after !== null) query = query.where(sql<boolean>`(ended_ms, refund_id) > (${of.after.atMs}, ${of.after.refundId})`);
  }
  return (await query.execute()).map((row) => ({
    endedAtMs: row.ended_ms ?? 0,
    refundId: row.refund_id,
    orderId: row.order_id,
    orderMonth: row.order_month,
    refundedBy: row.refunding_store,
    soldBy: row.sold_by_store,
    currency: row.currency,
    ...sumsOf(row),
  }));
}

/** Per pair of stores and currency. */
export async function settledPairs(db: Db, period: Period): Promise<readonly SettlementRow[]> {
  const rows = await db
    .selectFrom(settled(db, period).as('settled'))
    .select(['refunding_store', 'sold_by_store', 'currency'])
    .select(({ fn }) => fn.countAll<number>().as('refunds'))
    .select([whole(sql`sum(vipps_ore)`).as('vipps_ore'), whole(sql`sum(handed_out_ore)`).as('handed_out_ore')])
    .groupBy(['refunding_store', 'sold_by_store', 'currency'])
    .orderBy('refunding_store')
    .orderBy('sold_by_store')
    .orderBy('currency')
    .execute();
  return rows.map((row) => ({
    refundedBy: row.refunding_store,
    soldBy: row.sold_by_store,
    currency: row.currency,
    refunds: row.refunds,
    ...sumsOf(row),
  }));
}

/** What a store owes another for what it handed out, once both ways are set off against each other. */
export interface Owed {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly amountOre: number;
}

/** Only what was handed out is owed: what went back by Vipps came from the sales unit of the store that sold. */
export function owedOf(rows: readonly SettlementRow[]): readonly Owed[] {
  const owed = new Map<string, Owed>();
  for (const { refundedBy, soldBy, currency, handedOutOre } of rows) {
    const [from = '', to = ''] = [soldBy, refundedBy].sort();
    const before = owed.get(`${from} ${to} ${currency}`)?.amountOre ?? 0;
    const amountOre = before + (from === soldBy ? handedOutOre : -handedOutOre);
    owed.set(`${from} ${to} ${currency}`, { from, to, currency, amountOre });
  }
  return [...owed.values()].flatMap(({ from, to, currency, amountOre }) => {
    if (amountOre === 0) return [];
    return [amountOre > 0 ? { from, to, currency, amountOre } : { from: to, to: from, currency, amountOre: -amountOre }];
  });
}

/** One line a refund, amounts in minor units. No field needs quotes: ids, dates and numbers. */
export function settlementCsv(refunds: readonly SettledRefund[]): string {
  const head = 'ended;refund;order;refunded_by;sold_by;currency;amount_ore;vipps_ore;handed_out_ore';
  const lines = refunds.map((refund) =>
    [
      new Date(refund.endedAtMs).toISOString(),
      refund.refundId,
      refund.orderId,
      refund.refundedBy,
      refund.soldBy,
      refund.currency,
      refund.amountOre,
      refund.vippsOre,
      refund.handedOutOre,
    ].join(';'),
  );
  return `${[head, ...lines].join('\n')}\n`;
}
