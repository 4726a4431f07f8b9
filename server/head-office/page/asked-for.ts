/** What a refund that was refused at once had been asked for: nothing of it was kept but the question itself. */
import { mulDivRound } from '../../../app/money/rounding.ts';
import type { RefundAsk } from '../../../app/refund/contract.ts';
import type { Db } from '../store/store.ts';

interface Asked {
  readonly refund_id: string;
  readonly state: string;
  readonly asked: string;
  readonly amount_ore: number;
  readonly order_id: string;
  readonly order_month: number;
}

/** A line that was asked for, with what so much of it cost. */
export interface AskedLine {
  readonly lineNo: number;
  readonly name: string;
  readonly quantityMilli: number;
  readonly amountOre: number;
}

/** By the refund's id, where its order is known. Month by month, so that each question reads one partition. */
export async function askedFor(db: Db, refunds: readonly Asked[]): Promise<ReadonlyMap<string, readonly AskedLine[]>> {
  const refused = refunds.filter(({ state, amount_ore }) => state === 'refused' && amount_ore === 0);
  const asked = new Map<string, readonly AskedLine[]>();
  for (const month of new Set(refused.map(({ order_month }) => order_month))) {
    const ofMonth = refused.filter(({ order_month }) => order_month === month);
    const sold = await db
      .selectFrom('order_lines')
      .select(['order_id', 'line_no', 'name', 'quantity_milli', 'net_ore'])
      .where('month', '=', month)
      .where('order_id', 'in', [...new Set(ofMonth.map(({ order_id }) => order_id))])
      .execute();
    for (const refund of ofMonth) {
      const { lines = [] } = JSON.parse(refund.asked) as Partial<Pick<RefundAsk, 'lines'>>;
      const known = lines.flatMap(({ lineNo, quantityMilli }): readonly AskedLine[] => {
        const line = sold.find(({ order_id, line_no }) => order_id === refund.order_id && line_no === lineNo);
        if (line === undefined) return [];
        return [{ lineNo, name: line.name, quantityMilli, amountOre: mulDivRound(line.net_ore, quantityMilli, line.quantity_milli) }];
      });
      if (known.length > 0) asked.set(refund.refund_id, known);
    }
  }
  return asked;
}
