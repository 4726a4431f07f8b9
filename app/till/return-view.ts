/** What both people see of goods that come back: in the basket, and while their money goes back. */

import { dateText } from '../catalog/hears.ts';
import { roundForCash } from '../money/cash.ts';
import { splitOre } from '../money/format.ts';
import type { GoodsReturn, MovingPart, MovingReturn, SoldOrder } from '../refund/goods-return.ts';
import { lessCredit } from '../refund/shares.ts';
import type { Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import { texts } from '../text/index.ts';
import { brandOf, currencyOf } from './brand.ts';
import type { Language, TimelineRow } from './contract.ts';
import type { Desk } from './desk.ts';
import type { CustomerReturn, GiveBackView, ReturnedView, ReturnPartState, ReturnStage } from './return-contract.ts';
import { handedOutNext, hasMovedNothing } from './return-events.ts';
import type { ReturnTrouble } from './return-runner.ts';

type Situation = 'sending' | 'checking' | 'card' | 'cash' | 'refused';

/** The sale at the till with its return; `null` where it has none. */
export interface ReturnFacts {
  readonly ret: GoodsReturn;
  readonly trouble: ReturnTrouble | null;
}

/** What of the basket is goods that came back, and what `give-back` would do. */
export function returnInBasket(
  desk: Desk,
  sale: Sale,
  ret: GoodsReturn | null,
): { readonly returned?: ReturnedView; readonly giveBack?: GiveBackView } {
  if (sale.status === 'completed' || ret === null) {
    return sale.returned === undefined ? {} : { returned: returnedView(desk, sale.returned, 'held') };
  }
  if (ret.state === 'asked') return { returned: holdingView(desk, ret) };
  if (sale.returned === undefined) return {};
  const returned = returnedView(desk, sale.returned, 'held');
  const { dueOre } = saleTotals(sale);
  return ret.state !== 'reserved' || dueOre > 0 ? { returned } : { returned, giveBack: giveBackView(desk, ret, 0 - dueOre) };
}

function returnedView(desk: Desk, goods: NonNullable<Sale['returned']>, state: ReturnedView['state']): ReturnedView {
  return {
    returnId: goods.returnId,
    title: titleOf(desk, goods.order),
    lines: goods.lines.map(({ lineNo, name, quantityMilli, unit, weighed, amountOre }) => ({
      ...{ lineNo, name, quantityMilli, unit, weighed },
      amountOre: 0 - amountOre,
    })),
    amountOre: 0 - goods.amountOre,
    reason: goods.reason,
    state,
  };
}

function holdingView(desk: Desk, { returnId, order, reason }: GoodsReturn): ReturnedView {
  return { returnId, title: titleOf(desk, order), lines: [], amountOre: 0, reason, state: 'holding' };
}

export function titleOf(desk: Desk, { storeId, storeName, receiptNumber, date }: SoldOrder): string {
  const words = desk.words.returns;
  const on = dateText(date, desk.language('cashier'));
  return storeId === desk.configuration.store.id ? words.title(receiptNumber, on) : words.titleOfStore(storeName, receiptNumber, on);
}

function giveBackView(desk: Desk, ret: Extract<GoodsReturn, { state: 'reserved' }>, amountOre: number): GiveBackView {
  const words = desk.words.returns;
  if (amountOre === 0) return { amountOre, label: words.giveBack.even, detail: words.giveBack.evenDetail };
  const { market } = desk.configuration.shop;
  const parts = lessCredit(ret.parts, ret.goods.amountOre - amountOre);
  const detail = parts.map((part) => words.ways[part.kind](brandOf(market).name, desk.money(handedOre(desk, part)))).join(' · ');
  return { amountOre, label: words.giveBack.label(desk.money(amountOre)), detail };
}

/** What really changes hands: cash is rounded. */
export function handedOre(
  desk: Desk,
  part: { readonly kind: MovingPart['kind']; readonly amountOre: number; readonly paidOut?: true },
): number {
  const isCash = part.kind === 'cash' || part.paidOut === true;
  return isCash ? roundForCash(part.amountOre, currencyOf(desk.configuration.shop.market)) : part.amountOre;
}

interface MovingFacts {
  readonly ret: MovingReturn;
  readonly trouble: ReturnTrouble | null;
}

/** Whether others may be served meanwhile: an answer that is about to come is waited for. */
export function mayWait(facts: MovingFacts): boolean {
  return situationOf(facts) !== 'sending';
}

export function situationOf({ ret, trouble }: MovingFacts): Situation {
  if (ret.parts.some(({ progress }) => progress.state === 'refused')) return 'refused';
  const next = handedOutNext(ret);
  if (next !== null) return next.kind === 'card' ? 'card' : 'cash';
  const inDoubt = ret.parts.some(({ progress }) => progress.state === 'sending' && progress.sending.doubt && progress.sending.reads > 0);
  return trouble !== null || inDoubt ? 'checking' : 'sending';
}

/** While money goes back. `null`: it does not, or it has. */
export function returnStage(desk: Desk, facts: ReturnFacts): ReturnStage | null {
  const { ret, trouble } = facts;
  if (ret.state !== 'sending') return null;
  const words = desk.words.returns.stage;
  const situation = situationOf({ ret, trouble });
  const brand = brandOf(desk.configuration.shop.market).name;
  const amountOre = ret.parts.reduce((sum, part) => sum + handedOre(desk, part), 0);
  const said = words[situation](desk.money(concernedOre(desk, ret, situation)), whoOf(situation, ret, brand, words.headOffice));
  const refusals = ret.parts.flatMap(({ progress }) => (progress.state === 'refused' ? [progress.refusal.code] : []));
  return {
    kind: 'return',
    phase: situation === 'card' || situation === 'cash' ? 'hand-out' : situation,
    tone: { sending: 'waiting', checking: 'care', card: 'good', cash: 'good', refused: 'bad' }[situation] as ReturnStage['tone'],
    amountOre,
    ...said,
    timeline: timelineOf(desk, ret),
    parts: ret.parts.map((part) => ({
      partNo: part.partNo,
      kind: part.paidOut === true ? 'cash' : part.kind,
      label: desk.words.returns.ways[part.paidOut === true ? 'cash' : part.kind](brand, desk.money(handedOre(desk, part))),
      amountOre: handedOre(desk, part),
      state: partState(ret, part, situation),
      asksReference: part.kind === 'card' && part.paidOut !== true,
    })),
    buttons: buttonsOf(ret, situation, { ...words, aside: desk.words.returns.aside.put }),
    support: refusals[0] ?? null,
  };
}

function buttonsOf(
  ret: MovingReturn,
  situation: Situation,
  words: { readonly check: string; readonly remove: string; readonly aside: string },
): ReturnStage['buttons'] {
  if (situation === 'sending') return [];
  const aside = { command: { type: 'park-sale' }, label: words.aside, weight: 'plain' } as const;
  if (situation === 'checking') return [{ command: { type: 'check-return' }, label: words.check, weight: 'primary' }, aside];
  if (situation !== 'refused' || !hasMovedNothing(ret)) return [aside];
  return [{ command: { type: 'remove-return' }, label: words.remove, weight: 'plain' }, aside];
}

function whoOf(situation: Situation, { through }: MovingReturn, brand: string, headOffice: string): string {
  return situation === 'checking' && through === 'head-office' ? headOffice : brand;
}

/** What the sentence is about: what is being sent, what is handed out next, what was refused. */
function concernedOre(desk: Desk, ret: MovingReturn, situation: Situation): number {
  const concerned =
    situation === 'card' || situation === 'cash'
      ? [handedOutNext(ret)]
      : ret.parts.filter(({ kind, progress }) => (situation === 'refused' ? progress.state === 'refused' : kind === 'vipps'));
  return concerned.reduce((sum, part) => sum + (part === null ? 0 : handedOre(desk, part)), 0);
}

function partState(ret: MovingReturn, part: MovingPart, situation: Situation): ReturnPartState {
  switch (part.progress.state) {
    case 'done':
    case 'refused':
      return part.progress.state;
    case 'sending':
      return situation === 'checking' ? 'checking' : 'now';
    case 'planned':
      if (part.kind !== 'vipps') return handedOutNext(ret)?.partNo === part.partNo ? 'now' : 'next';
      // Head office sends all of its parts at once.
      return ret.through === 'head-office' ? (situation === 'checking' ? 'checking' : 'now') : 'next';
  }
}

function timelineOf(desk: Desk, ret: MovingReturn): readonly TimelineRow[] {
  const words = desk.words.returns;
  const brand = brandOf(desk.configuration.shop.market).name;
  const row = (state: TimelineRow['state'], text: string, atMs: number | null = null): TimelineRow => ({ state, text, atMs });
  return [
    row('done', words.stage.goodsTaken, ret.askedAtMs),
    ...ret.parts.map((part) => {
      const kind = part.paidOut === true ? 'cash' : part.kind;
      const isNow = part.kind === 'vipps' ? part.progress.state !== 'done' : handedOutNext(ret)?.partNo === part.partNo;
      const state = part.progress.state === 'done' ? 'done' : isNow ? 'now' : 'next';
      return row(state, words.ways[kind](brand, desk.money(handedOre(desk, part))));
    }),
    row('next', words.stage.printed),
  ];
}

/** The customer's screen meanwhile: each step in few words, and never the bank's reason. */
export function customerReturn(desk: Desk, { ret, trouble }: ReturnFacts, language: Language): CustomerReturn | null {
  if (ret.state !== 'sending') return null;
  const words = texts(language).returns.customer;
  const situation = situationOf({ ret, trouble });
  const brand = brandOf(desk.configuration.shop.market).name;
  const said = {
    sending: words.sending(brand),
    checking: words.checking,
    card: words.card,
    cash: words.cash,
    refused: words.waiting,
  }[situation];
  const amountOre =
    situation === 'refused' ? ret.parts.reduce((sum, part) => sum + handedOre(desk, part), 0) : concernedOre(desk, ret, situation);
  return { kind: 'return', ...said, amount: splitOre(amountOre, language) };
}
