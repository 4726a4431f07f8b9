/**
 * What a return's entries add up to: one pure step per entry, for the live register, the derived tables and a rebuild alike.
 */
import type { Entry } from '../journal/entry.ts';
import type { JournalEvent } from '../journal/events.ts';
import type { GoodsReturn, MoneyPart, MovingPart, MovingReturn } from '../refund/goods-return.ts';
import type { PartState } from '../refund/refund.ts';

/** What of an entry a return depends on. An event that is only planned can be tried out with a moment of its own. */
export type RecordedReturn = JournalEvent & Pick<Entry, 'atMs' | 'operator'>;

/** The return that an entry changes; `null` when it changes none. */
export function returnIdOf(entry: JournalEvent): string | null {
  switch (entry.type) {
    case 'return.asked':
    case 'return.reserved':
    case 'return.refused':
    case 'return.withdraw-intended':
    case 'return.withdrawn':
    case 'return.confirm-intended':
    case 'return.cleared':
    case 'return.part-sending':
    case 'return.part-done':
    case 'return.part-refused':
    case 'return.part-paid-out':
    case 'return.done':
      return entry.payload.returnId;
    default:
      return null;
  }
}

/** Whether nothing is left to do for it. */
export function isReturnOver({ state }: GoodsReturn): boolean {
  return state === 'refused' || state === 'withdrawn' || state === 'done';
}

/** An entry that does not fit the return it names: the journal is not what this program wrote. */
export class ReturnEntryError extends Error {
  override readonly name = 'ReturnEntryError';
}

/**
 * Applies one entry.
 * @param before the return so far; `null` before `return.asked`.
 * @throws ReturnEntryError when the entry cannot belong to that return.
 */
export function applyReturnEvent(before: GoodsReturn | null, entry: RecordedReturn): GoodsReturn {
  if (entry.type === 'return.asked') return { ...entry.payload, askedBy: entry.operator, askedAtMs: entry.atMs, state: 'asked' };
  if (before === null) throw new ReturnEntryError(`An entry ${entry.type} names a return that was never asked for.`);
  const { returnId, saleId, order, wish, reason, approvedBy, payOut, through, askedBy, askedAtMs } = before;
  const facts = { returnId, saleId, order, wish, reason, approvedBy, payOut, through, askedBy, askedAtMs };
  switch (entry.type) {
    case 'return.reserved':
      // The cashier may have given up while the answer was on its way: then it is withdrawn, and not taken in.
      if (before.state === 'withdrawing') return { ...before, goods: entry.payload.goods, parts: entry.payload.parts };
      return { ...facts, state: 'reserved', goods: entry.payload.goods, parts: entry.payload.parts };
    case 'return.refused':
      return { ...facts, state: 'refused', code: entry.payload.code, providerCode: entry.payload.providerCode };
    case 'return.withdraw-intended':
      return 'goods' in before
        ? { ...facts, state: 'withdrawing', goods: before.goods, parts: before.parts }
        : { ...facts, state: 'withdrawing', goods: null, parts: [] };
    case 'return.withdrawn':
      return { ...facts, state: 'withdrawn' };
    case 'return.confirm-intended': {
      const { goods } = held(before, entry.type);
      const parts = entry.payload.parts.map((part): MovingPart => ({ ...part, progress: { state: 'planned' } }));
      const { creditOre } = entry.payload;
      return { ...facts, state: 'sending', goods, creditOre, cleared: through !== 'head-office', parts };
    }
    case 'return.cleared':
      return { ...moving(before, entry.type), cleared: true };
    case 'return.part-sending':
      return withPart(before, entry.payload.partNo, { state: 'sending', sending: entry.payload.sending });
    case 'return.part-done':
      return withPart(before, entry.payload.partNo, { state: 'done' });
    case 'return.part-refused':
      return withPart(before, entry.payload.partNo, { state: 'refused', refusal: { code: entry.payload.code, message: '' } });
    case 'return.part-paid-out':
      return withPart(before, entry.payload.partNo, { state: 'done' }, { paidOut: true });
    case 'return.done':
      return { ...moving(before, entry.type), state: 'done' };
    default:
      throw new ReturnEntryError(`An entry ${entry.type} is no return's.`);
  }
}

function held(ret: GoodsReturn, type: string): Extract<GoodsReturn, { state: 'reserved' }> {
  if (ret.state !== 'reserved') throw new ReturnEntryError(`An entry ${type} names return ${ret.returnId}, of which nothing is held.`);
  return ret;
}

function moving(ret: GoodsReturn, type: string): MovingReturn {
  if (ret.state !== 'sending') throw new ReturnEntryError(`An entry ${type} names return ${ret.returnId}, whose money does not move.`);
  return ret;
}

function withPart(before: GoodsReturn, partNo: number, progress: PartState, more: Pick<MovingPart, 'paidOut'> = {}): MovingReturn {
  const ret = moving(before, 'return.part');
  if (!ret.parts.some((part) => part.partNo === partNo)) throw new ReturnEntryError(`Return ${ret.returnId} has no part ${partNo}.`);
  return { ...ret, parts: ret.parts.map((part) => (part.partNo === partNo ? { ...part, progress, ...more } : part)) };
}

/** What a return takes of an order's line: held (`reserved`) or back for good. */
export interface LineHolding {
  readonly lineNo: number;
  readonly reservedMilli: number;
  readonly reservedOre: number;
  readonly returnedMilli: number;
  readonly returnedOre: number;
}

/** What it takes of one of the order's means. A credit moves nothing of it. */
export interface MoneyHolding {
  readonly tenderNo: number;
  readonly reference: string | null;
  /** Held, or being sent. */
  readonly reservedOre: number;
  readonly refundedOre: number;
}

export interface Holdings {
  readonly lines: readonly LineHolding[];
  readonly money: readonly MoneyHolding[];
}

const NOTHING: Holdings = { lines: [], money: [] };

/** What is taken of the order by this return, as it stands. */
export function holdingsOf(ret: GoodsReturn | null): Holdings {
  if (ret === null || !('goods' in ret) || ret.goods === null) return NOTHING;
  const isBack = ret.state === 'done';
  const lines = ret.goods.lines.map(({ lineNo, quantityMilli, amountOre }) => ({
    lineNo,
    reservedMilli: isBack ? 0 : quantityMilli,
    reservedOre: isBack ? 0 : amountOre,
    returnedMilli: isBack ? quantityMilli : 0,
    returnedOre: isBack ? amountOre : 0,
  }));
  return { lines, money: ret.parts.flatMap(moneyOf) };
}

function moneyOf(part: MoneyPart | MovingPart): readonly MoneyHolding[] {
  const { tenderNo, reference, amountOre } = part;
  const progress = 'progress' in part ? part.progress.state : 'planned';
  // What was refused for good has moved nothing, and may yet be paid out: it stays held until the return is over.
  if (tenderNo === undefined) return [];
  const isGone = progress === 'done';
  return [{ tenderNo, reference, reservedOre: isGone ? 0 : amountOre, refundedOre: isGone ? amountOre : 0 }];
}
