/** A refund as it is kept, and as a register is told of it. */
import type { RefundAnswer } from '../../app/refund/contract.ts';
import { parseOrderId, refundKey } from '../../app/refund/names.ts';
import { type ProblemCode, problemSentence, RefusedByHeadOffice } from '../../app/refund/problem.ts';
import type { OtherRefund, PartRefusal, PartState, Sending, StoredState } from '../../app/refund/refund.ts';
import type { TenderKind } from '../../app/refund/shares.ts';
import type { Db, Tx } from './store/store.ts';

export interface PartRow {
  readonly part_no: number;
  readonly tender_no: number;
  readonly kind: TenderKind;
  readonly amount_ore: number;
  readonly reference: string | null;
  readonly state: PartState;
}

export interface RefundRow {
  readonly refund_id: string;
  readonly state: StoredState;
  readonly register_no: number;
  readonly order_id: string;
  readonly order_month: number;
  readonly sold_by_store: string;
  readonly refunding_store: string;
  readonly amount_ore: number;
  /** What of it pays for new goods. */
  readonly credit_ore: number;
  readonly currency: string;
  readonly operator: string;
  /** JSON of what was asked for. */
  readonly asked: string;
  readonly code: ProblemCode | null;
  readonly asked_ms: number;
  readonly ended_ms: number | null;
  readonly lines: readonly { readonly lineNo: number; readonly name: string; readonly quantityMilli: number; readonly amountOre: number }[];
  readonly parts: readonly PartRow[];
}

/** @throws RefusedByHeadOffice `unknown-refund` */
export async function readRefund(db: Db | Tx, refundId: string): Promise<RefundRow> {
  const row = await db.selectFrom('refunds').selectAll().where('refund_id', '=', refundId).executeTakeFirst();
  if (row === undefined) throw new RefusedByHeadOffice('unknown-refund');
  const lines = await db.selectFrom('refund_lines').selectAll().where('refund_id', '=', refundId).orderBy('line_no').execute();
  const parts = await db.selectFrom('refund_parts').selectAll().where('refund_id', '=', refundId).orderBy('part_no').execute();
  return {
    ...row,
    state: row.state as StoredState,
    code: row.code as ProblemCode | null,
    lines: lines.map((line) => ({
      lineNo: line.line_no,
      name: line.name,
      quantityMilli: line.quantity_milli,
      amountOre: line.amount_ore,
    })),
    parts: parts.map((part) => ({ ...part, kind: part.kind as TenderKind, state: readPartState(part.state, part.memo) })),
  };
}

/** What else went back, or is going back, of the payment that a part goes to. */
export async function otherRefunds(db: Db, refund: RefundRow, part: PartRow): Promise<readonly OtherRefund[]> {
  const rows = await db
    .selectFrom('refunds')
    .innerJoin('refund_parts', 'refund_parts.refund_id', 'refunds.refund_id')
    .selectAll('refund_parts')
    .where('refunds.order_id', '=', refund.order_id)
    .where('refund_parts.kind', '=', 'vipps')
    .where('refund_parts.reference', '=', part.reference)
    .execute();
  return rows
    .filter(({ refund_id, part_no }) => refund_id !== refund.refund_id || part_no !== part.part_no)
    .map(({ refund_id, part_no, amount_ore, state, memo }) => {
      return { key: refundKey(refund_id, part_no), amountOre: amount_ore, progress: readPartState(state, memo) };
    });
}

export const partStateOf = (state: PartState): string => state.state;

export function memoOf(state: PartState): string | null {
  if (state.state === 'sending') return JSON.stringify(state.sending);
  return state.state === 'refused' ? JSON.stringify(state.refusal) : null;
}

/** What this program wrote itself, a moment or a release ago. */
function readPartState(state: string, memo: string | null): PartState {
  switch (state) {
    case 'sending':
      return { state, sending: JSON.parse(memo ?? '{}') as Sending };
    case 'refused':
      return { state, refusal: JSON.parse(memo ?? '{}') as PartRefusal };
    case 'done':
      return { state };
    default:
      return { state: 'planned' };
  }
}

/** The refund as the contract tells it. */
export async function tellRefund(db: Db, refundId: string, registerNo: number): Promise<RefundAnswer> {
  const refund = await readRefund(db, refundId);
  if (refund.register_no !== registerNo) throw new RefusedByHeadOffice('not-your-refund');
  const store = await db.selectFrom('stores').select('name').where('store_id', '=', refund.sold_by_store).executeTakeFirst();
  const refusals = refund.parts.flatMap(({ state }) => (state.state === 'refused' ? [state.refusal.code] : []));
  return {
    refundId,
    state: inDoubt(refund) ? 'unknown' : refund.state,
    orderId: refund.order_id,
    soldBy: {
      storeId: refund.sold_by_store,
      storeName: store?.name ?? '',
      registerId: parseOrderId(refund.order_id)?.registerId ?? '',
    },
    amountOre: refund.amount_ore,
    creditOre: refund.credit_ore,
    currency: refund.currency,
    lines: [...refund.lines],
    parts: refund.parts.map((part) => ({
      partNo: part.part_no,
      kind: part.kind,
      amountOre: part.amount_ore,
      reference: part.reference,
      state: partInDoubt(part) ? 'unknown' : part.state.state,
    })),
    code: refund.code,
    providerCode: refusals[0] ?? null,
    message: refund.code === null ? null : problemSentence(refund.code),
    askedAtMs: refund.asked_ms,
    endedAtMs: refund.ended_ms,
  };
}

/** A request that has left and was not answered. */
export const partInDoubt = ({ state }: PartRow): boolean => state.state === 'sending' && state.sending.doubt;
const inDoubt = (refund: RefundRow): boolean => refund.state === 'sending' && refund.parts.some(partInDoubt);
