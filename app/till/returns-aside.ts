/**
 * Returns that were set aside while their money was on its way, so that others can be served: their sales are parked, and the
 * runner goes on with them. Whatever it comes to is told between sales. All of it follows from what is on disk.
 */
import type { MovingReturn } from '../refund/goods-return.ts';
import { meansOf, type Sale } from '../sale/sale.ts';
import { brandOf } from './brand.ts';
import type { Desk } from './desk.ts';
import type { Register } from './register.ts';
import type { ReturnAsideRow } from './return-contract.ts';
import { handedOutNext } from './return-events.ts';
import type { ReturnTrouble } from './return-runner.ts';
import { handedOre, situationOf, titleOf } from './return-view.ts';

/** All of its money is back, and nobody has seen its receipt: it was completed aside, not at the counter. */
export function isDoneAside(register: Register, sale: Sale): boolean {
  return sale.status === 'completed' && sale.returned !== undefined && sale.receipt === 'none' && sale.saleId !== register.finishedSaleId;
}

/** Oldest first. */
export function returnsAside(desk: Desk, troubleOf: (returnId: string) => ReturnTrouble | null): readonly ReturnAsideRow[] {
  const { register } = desk;
  return [...register.sales.values()].flatMap((sale): ReturnAsideRow[] => {
    if (isDoneAside(register, sale)) return [doneRow(desk, sale)];
    const ret = sale.status === 'parked' ? register.returnOf(sale.saleId) : null;
    return ret?.state === 'sending' ? [movingRow(desk, ret, troubleOf(ret.returnId))] : [];
  });
}

function movingRow(desk: Desk, ret: MovingReturn, trouble: ReturnTrouble | null): ReturnAsideRow {
  const words = desk.words.returns.aside;
  const situation = situationOf({ ret, trouble });
  const next = handedOutNext(ret);
  const brand = brandOf(desk.configuration.shop.market).name;
  const texts = {
    sending: words.checking,
    checking: words.checking,
    card: words.card(next === null ? '' : desk.money(handedOre(desk, next))),
    cash: words.cash(next === null ? '' : desk.money(handedOre(desk, next))),
    refused: words.refused(brand),
  };
  return {
    saleId: ret.saleId,
    title: titleOf(desk, ret.order),
    amountOre: ret.parts.reduce((sum, part) => sum + handedOre(desk, part), 0),
    state: situation === 'refused' ? 'refused' : situation === 'card' || situation === 'cash' ? 'hand-out' : 'checking',
    text: texts[situation],
    button: { label: words.resume, command: { type: 'resume-sale', saleId: ret.saleId } },
  };
}

function doneRow(desk: Desk, { saleId, returned, tenders }: Sale): ReturnAsideRow {
  const words = desk.words.returns;
  const brand = brandOf(desk.configuration.shop.market).name;
  const moved = tenders.flatMap((tender) => (tender.kind === 'refund' ? [tender] : []));
  const ways = moved.map((tender) => words.ways[meansOf(tender)](brand, desk.money(0 - tender.amountOre - tender.roundingOre)));
  return {
    saleId,
    title: returned === undefined ? '' : titleOf(desk, returned.order),
    amountOre: moved.reduce((sum, { amountOre, roundingOre }) => sum - amountOre - roundingOre, 0),
    state: 'done',
    text: words.aside.done(ways.join(' · ')),
    button: { label: words.aside.show, command: { type: 'show-return', saleId } },
  };
}
