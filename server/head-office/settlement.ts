/** Who refunded how much for whom: what the stores of a chain owe each other. Made of the refunds that are done, and nothing else. */
import type { Db } from './store/store.ts';

export interface SettlementRow {
  readonly refundedBy: string;
  readonly soldBy: string;
  readonly currency: string;
  readonly refunds: number;
  readonly amountOre: number;
}

export interface SettledRefund {
  readonly endedAtMs: number;
  readonly refundId: string;
  readonly orderId: string;
  readonly refundedBy: string;
  readonly soldBy: string;
  readonly currency: string;
  readonly amountOre: number;
  /** Of it, what the provider sent back from the sales unit of the store that sold. */
  readonly vippsOre: number;
  /** Of it, what the store that refunded handed out itself. */
  readonly handedOutOre: number;
}

/** Every refund of another store's sale that was done from `fromMs` on and before `toMs`, the oldest first. */
export async function settledRefunds(db: Db, fromMs: number, toMs: number): Promise<readonly SettledRefund[]> {
  const refunds = await db
    .selectFrom('refunds')
    .select(['refund_id', 'order_id', 'refunding_store', 'sold_by_store', 'currency', 'ended_ms'])
    .where('state', '=', 'done')
    .where('ended_ms', '>=', fromMs)
    .where('ended_ms', '<', toMs)
    .whereRef('refunding_store', '!=', 'sold_by_store')
    .orderBy('ended_ms')
    .orderBy('refund_id')
    .execute();
  const settled: SettledRefund[] = [];
  for (const refund of refunds) {
    const parts = await db
      .selectFrom('refund_parts')
      .select(['kind', 'amount_ore', 'state'])
      .where('refund_id', '=', refund.refund_id)
      .execute();
    const sum = (isVipps: boolean) =>
      parts.reduce((total, part) => (part.state === 'done' && (part.kind === 'vipps') === isVipps ? total + part.amount_ore : total), 0);
    const [vippsOre, handedOutOre] = [sum(true), sum(false)];
    settled.push({
      endedAtMs: refund.ended_ms ?? 0,
      refundId: refund.refund_id,
      orderId: refund.order_id,
      refundedBy: refund.refunding_store,
      soldBy: refund.sold_by_store,
      currency: refund.currency,
      amountOre: vippsOre + handedOutOre,
      vippsOre,
      handedOutOre,
    });
  }
  return settled;
}

/** Per pair of stores and currency. */
export function settlementOf(refunds: readonly SettledRefund[]): readonly SettlementRow[] {
  const rows = new Map<string, SettlementRow>();
  for (const { refundedBy, soldBy, currency, amountOre } of refunds) {
    const key = `${refundedBy} ${soldBy} ${currency}`;
    const before = rows.get(key) ?? { refundedBy, soldBy, currency, refunds: 0, amountOre: 0 };
    rows.set(key, { ...before, refunds: before.refunds + 1, amountOre: before.amountOre + amountOre });
  }
  return [...rows.values()].sort((a, b) => `${a.refundedBy} ${a.soldBy}`.localeCompare(`${b.refundedBy} ${b.soldBy}`));
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
