/** What follows for a sale when its return goes on: lines in and out, the money that went back, and the end of both. Pure. */
import type { PlannedEntry } from '../journal/entry.ts';
import type { AppReceiptEvent, ReturnEvent, SaleEvent } from '../journal/events.ts';
import type { Currency } from '../money/amount.ts';
import { roundForCash } from '../money/cash.ts';
import type { RefundAnswer } from '../refund/contract.ts';
import type { GoodsReturn, MoneyPart, MovingPart, MovingReturn } from '../refund/goods-return.ts';
import { refundKey } from '../refund/names.ts';
import type { OrderOnHand } from '../refund/order-on-hand.ts';
import { returnedLine } from '../refund/plan-return.ts';
import { applyReturnEvent } from '../sale/apply-return.ts';
import type { Sale, Tender } from '../sale/sale.ts';
import { afterEvents } from './payment-basket.ts';
import { withCompletion } from './tenders.ts';

/** Head office holds the goods: what they are is the order's, what they are worth is head office's word. */
export function reservedEvent(ret: GoodsReturn, answer: RefundAnswer, onHand: OrderOnHand): ReturnEvent {
  const { returnId, reason, approvedBy } = ret;
  const lines = answer.lines.flatMap(({ lineNo, quantityMilli, amountOre }) => {
    const line = onHand.lines.find((each) => each.lineNo === lineNo);
    return line === undefined ? [] : [returnedLine(line, quantityMilli, amountOre)];
  });
  const parts = answer.parts.map(({ partNo, kind, amountOre, reference }): MoneyPart => {
    return { partNo, kind, amountOre, reference, key: kind === 'vipps' ? refundKey(returnId, partNo) : null };
  });
  const goods = { returnId, order: onHand.order, lines, amountOre: answer.amountOre, reason, approvedBy };
  return { type: 'return.reserved', version: 1, payload: { returnId, goods, parts } };
}

/** How a return stands after events that are only planned. */
export function afterReturnEvents(ret: GoodsReturn, events: readonly ReturnEvent[]): GoodsReturn {
  return events.reduce<GoodsReturn>((state, event) => applyReturnEvent(state, { ...event, atMs: 0, operator: '' }), ret);
}

export interface FollowPorts {
  readonly currency: Currency;
  readonly app: { intended(sale: Sale): readonly AppReceiptEvent[] };
  /** The card terminal's own reference, of the part that is handed out now. */
  readonly terminalReference?: string;
}

/** The events with all that follows for the sale; `sale`: the one it stands in, or stood in. */
export function withSale(ret: GoodsReturn, events: readonly ReturnEvent[], sale: Sale | null, ports: FollowPorts): readonly PlannedEntry[] {
  const after = afterReturnEvents(ret, events);
  const isHere = sale !== null && (sale.status === 'open' || sale.status === 'parked');
  const { returnId, saleId } = ret;
  if (after.state === 'reserved' && ret.state === 'asked' && isHere)
    return [...events, { type: 'sale.return-added', version: 1, payload: { saleId, returned: after.goods } }];
  if ((after.state === 'refused' || after.state === 'withdrawn' || after.state === 'withdrawing') && isHere)
    return [...events, ...takenOut(sale, returnId)];
  if (after.state !== 'sending') return events;
  const tenders = isHere ? after.parts.flatMap((part) => tenderOf(ret, part, saleId, ports)) : [];
  const isOver = after.cleared && after.parts.every(({ progress }) => progress.state === 'done');
  if (!isOver) return [...events, ...tenders];
  const done: ReturnEvent = { type: 'return.done', version: 1, payload: { returnId } };
  return [...events, done, ...(isHere ? withCompletion(sale, tenders, ports.app) : [])];
}

/** Its goods leave the sale; a sale of nothing else is over. */
function takenOut(sale: Sale, returnId: string): readonly SaleEvent[] {
  const { saleId } = sale;
  const removed: SaleEvent[] =
    sale.returned?.returnId === returnId ? [{ type: 'sale.return-removed', version: 1, payload: { saleId, returnId } }] : [];
  const left = afterEvents(sale, removed);
  const isEmpty = left.lines.length === 0 && left.tenders.length === 0 && left.returned === undefined;
  return isEmpty ? [...removed, { type: 'sale.aborted', version: 1, payload: { saleId, totalOre: 0 } }] : removed;
}

/** A part that is done just now, as what the sale is paid back with. */
function tenderOf(before: GoodsReturn, part: MovingPart, saleId: string, ports: FollowPorts): readonly SaleEvent[] {
  const was = before.state === 'sending' ? before.parts.find(({ partNo }) => partNo === part.partNo) : undefined;
  if (part.progress.state !== 'done' || was?.progress.state === 'done') return [];
  const way = part.paidOut === true ? 'cash' : part.kind;
  const roundingOre = way === 'cash' ? part.amountOre - roundForCash(part.amountOre, ports.currency) : 0;
  const reference = way === 'vipps' ? part.reference : way === 'card' ? (ports.terminalReference ?? null) : null;
  const tender: Tender = {
    kind: 'refund',
    tenderId: `${before.returnId}-${part.partNo}`,
    way,
    amountOre: -part.amountOre,
    roundingOre,
    reference,
  };
  return [{ type: 'sale.tender-added', version: 1, payload: { saleId, tender } }];
}

/** It never left the register: head office knows nothing of it, and never will. */
export const NOT_SENT = 'not-sent';

export const notSent = (returnId: string): ReturnEvent => ({
  type: 'return.refused',
  version: 1,
  payload: { returnId, code: NOT_SENT, providerCode: null },
});

/** What lets go of a return, as far as that can be said here and now: head office is told by the runner. */
export function letGo(ret: GoodsReturn): readonly ReturnEvent[] {
  const { returnId } = ret;
  if (!mayLetGo(ret)) throw new RangeError('The money of this return moves: it is not let go of.');
  if (ret.state === 'sending')
    return [{ type: 'return.refused', version: 1, payload: { returnId, code: 'provider-refused', providerCode: refusalOf(ret) } }];
  const intended: ReturnEvent = { type: 'return.withdraw-intended', version: 1, payload: { returnId } };
  if (ret.through === 'head-office') return [intended];
  return [intended, { type: 'return.withdrawn', version: 1, payload: { returnId } }];
}

/** As long as nothing of its money moves, or all that was to be sent was refused. */
export function mayLetGo(ret: GoodsReturn): boolean {
  return ret.state !== 'sending' || hasMovedNothing(ret);
}

function refusalOf({ parts }: MovingReturn): string | null {
  return parts.flatMap(({ progress }) => (progress.state === 'refused' ? [progress.refusal.code] : []))[0] ?? null;
}

/** Everything that was to be sent was refused, and nothing has been handed out. */
export function hasMovedNothing({ parts }: MovingReturn): boolean {
  const isRefused = parts.some(({ progress }) => progress.state === 'refused');
  return (
    isRefused && parts.every(({ kind, progress }) => progress.state === 'refused' || (kind !== 'vipps' && progress.state === 'planned'))
  );
}

/** The part that the cashier hands out now: when all that is sent has arrived. */
export function handedOutNext({ cleared, parts }: MovingReturn): MovingPart | null {
  const isOpen = ({ kind, progress }: MovingPart) => progress.state === 'refused' || (kind === 'vipps' && progress.state !== 'done');
  if (!cleared || parts.some(isOpen)) return null;
  return parts.find(({ progress }) => progress.state === 'planned') ?? null;
}
