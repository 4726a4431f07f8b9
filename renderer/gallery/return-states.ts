/** Returns and exchange on the cashier's screen, from the search to the money. */
import { roundForCash } from '../../app/money/cash.ts';
import { formatOre } from '../../app/money/format.ts';
import type { BasketView, CashierView, ReturnStage } from '../../app/till/contract.ts';
import { type BegunReturn, type Pane, type ReturnForm, returnForm } from '../cashier/pane.ts';
import { baseView, basketOf, lines, NOW_MS, VIPPS } from './cashier-data.ts';
import { finishedStages } from './payment-data.ts';
import { returnedGoods, returnsAside, SEARCH } from './return-data.ts';
import type { GalleryWords } from './words.ts';

type Make<State> = (more: Partial<CashierView>, start?: { readonly pane?: Pane }) => State;
type Part = ReturnStage['parts'][number];

const BACK_ORE = 11_260;
const VIPPS_ORE = 6_260;
const CASH_ORE = 5_000;
const MINUTE_MS = 60_000;

export function returnStates<State>(w: GalleryWords, make: Make<State>): Readonly<Record<string, State>> {
  const base = baseView(w.language, 'light');
  const operators = base.operators.map((each) => ({ ...each, isManager: each.operatorId !== '12' }));
  const find = (form: Partial<ReturnForm>, runs = false): State => {
    const pane: Pane = { kind: 'return', form: { ...returnForm(), ...form } };
    return make({ basket: null }, { pane: runs ? { ...pane, run: { id: 'gallery', opens: false } } : pane });
  };
  const choose = (orderId: string, begun?: BegunReturn, more: Partial<CashierView> = {}): State =>
    make(
      { basket: null, operators, ...more },
      { pane: { kind: 'return-order', orderId, form: returnForm(), ...(begun === undefined ? {} : { begun }) } },
    );
  const begun: BegunReturn = {
    chosen: [
      [1, 2_000],
      [3, 822],
      [4, 1_000],
    ],
    reason: w.screen.returns.choose.reasons[0],
  };
  const said = w.returnStage;
  const money = (ore: number) => formatOre(ore, w.language, 'NOK');
  const returned = returnedGoods(w);
  const basket = (newLines: ReturnType<typeof lines>, more: Partial<BasketView> = {}): BasketView => {
    const sold = basketOf(newLines);
    const dueOre = sold.totalOre - BACK_ORE;
    return { ...sold, vat: [{ vatBasisPoints: 1_500, vatOre: -1_469 }], totalOre: dueOre, dueOre, dueInCashOre: dueOre, returned, ...more };
  };
  const giveBack = {
    amountOre: BACK_ORE,
    label: said.giveBack(money(BACK_ORE)),
    detail: `${said.toVipps(money(VIPPS_ORE))} · ${said.inCash(money(CASH_ORE))}`,
  };
  const returnOnly = basket([], { giveBack });
  const cheaper = lines(w).slice(1, 2);
  const cheaperOre = BACK_ORE - 2_490;
  // The credit is taken from the last part, and cash is rounded.
  const cheaperCashOre = roundForCash(cheaperOre - VIPPS_ORE, 'NOK');
  const cheaperWays = `${said.toVipps(money(VIPPS_ORE))} · ${said.inCash(money(cheaperCashOre))}`;
  const vippsPart: Part = {
    partNo: 1,
    kind: 'vipps',
    label: said.toVipps(money(VIPPS_ORE)),
    amountOre: VIPPS_ORE,
    state: 'done',
    asksReference: false,
  };
  const cashPart: Part = {
    partNo: 2,
    kind: 'cash',
    label: said.inCash(money(CASH_ORE)),
    amountOre: CASH_ORE,
    state: 'next',
    asksReference: false,
  };
  const stage = (more: Partial<ReturnStage> & Pick<ReturnStage, 'phase' | 'tone' | 'title' | 'detail'>): ReturnStage => ({
    kind: 'return',
    amountOre: BACK_ORE,
    timeline: [
      { state: 'done', text: said.timeline.asked, atMs: NOW_MS - 4_000 },
      { state: 'now', text: said.timeline.sent, atMs: null },
    ],
    parts: [vippsPart, cashPart],
    buttons: [],
    support: null,
    ...more,
  });
  const handOut = (part: Part): ReturnStage =>
    stage({
      phase: 'hand-out',
      tone: 'care',
      ...said.handOut,
      timeline: [
        { state: 'done', text: said.timeline.sent, atMs: NOW_MS - 2_000 },
        { state: 'now', text: said.timeline.handOut, atMs: null },
      ],
      parts: [vippsPart, part],
    });
  const putAside = { command: { type: 'park-sale' }, label: w.returns.aside.put, weight: 'plain' } as const;
  const refused = stage({
    phase: 'refused',
    tone: 'bad',
    ...said.refused,
    parts: [{ ...vippsPart, state: 'refused' }, cashPart],
    buttons: [{ command: { type: 'remove-return' }, label: w.returns.stage.remove, weight: 'plain' }, putAside],
    support: '61 · 4f0e2a7c91d34b1e',
  });
  const check = { command: { type: 'check-return' }, label: w.payment.buttons.check, weight: 'primary' } as const;
  const aside = returnsAside(w);
  const { 'done-cash-change': done } = finishedStages(w);
  const wishes: CashierView['returnWishes'] = [
    { wishId: 'w1', text: 'T1S.NORD.2.1042.5G', note: w.wishNote, keptAtMs: NOW_MS - 95 * MINUTE_MS, ready: true },
    { wishId: 'w2', text: '2026-11-12 · 349', note: null, keptAtMs: NOW_MS - 1_500 * MINUTE_MS, ready: false },
  ];
  const shown = (at: ReturnStage) => make({ stage: at, basket: returnOnly, operators });
  return {
    'return-find': find({}),
    'return-find-date': find({ by: 'date' }),
    'return-find-decimals': find({ by: 'date', amount: '149,905' }),
    'return-find-article': find({ by: 'article', article: 'kneipp' }),
    'return-found': find({ text: SEARCH.many }, true),
    'return-found-none': find({ text: SEARCH.none }, true),
    'return-found-foreign': find({ text: SEARCH.foreign }, true),
    'return-offline': find({ text: SEARCH.offline }, true),
    'return-already': make({ basket: returnOnly }, { pane: { kind: 'return', form: returnForm() } }),
    'return-choose': choose('own'),
    'return-chosen': choose('north', begun),
    'return-chosen-exchange': choose('north', begun, { basket: basketOf(lines(w)) }),
    'return-partly-back': choose('partly', { chosen: [[1, 1_000]], reason: w.campaign }),
    'return-long': choose('long', { chosen: [[4, 12_000]], reason: '' }),
    'return-too-old': choose('old', begun),
    'return-all-back': choose('all-back'),
    'return-must-wait': choose('must-wait'),
    'return-gone': choose('gone'),
    'return-approve': choose('north', { ...begun, asksManager: true }),
    'return-approve-nobody': choose('north', { ...begun, asksManager: true }, { operators: base.operators }),
    'basket-return': make({ basket: returnOnly }),
    'basket-return-holding': make({ basket: { ...returnOnly, returned: returnedGoods(w, 'holding') } }),
    'basket-exchange-dearer': make({ basket: basket(lines(w)) }),
    'basket-exchange-cheaper': make({
      basket: basket(cheaper, { giveBack: { amountOre: cheaperOre, label: said.giveBack(money(cheaperOre)), detail: cheaperWays } }),
    }),
    'basket-exchange-even': make({ basket: basket(cheaper, { giveBack: { amountOre: 0, label: said.even, detail: '' } }) }),
    'give-back-sending': shown(
      stage({ phase: 'sending', tone: 'waiting', ...said.sending, parts: [{ ...vippsPart, state: 'now' }, cashPart] }),
    ),
    'give-back-checking': shown(
      stage({
        phase: 'checking',
        tone: 'care',
        ...said.checking,
        parts: [{ ...vippsPart, state: 'checking' }, cashPart],
        buttons: [check, putAside],
      }),
    ),
    'give-back-cash': shown({ ...handOut({ ...cashPart, state: 'now' }), buttons: [putAside] }),
    'give-back-card': shown({
      ...handOut({ ...cashPart, kind: 'card', label: said.onCard(money(CASH_ORE)), state: 'now', asksReference: true }),
      ...said.onTerminal,
      buttons: [putAside],
    }),
    'give-back-refused': shown(refused),
    'give-back-pay-out': make({ stage: refused, basket: returnOnly, operators }, { pane: { kind: 'pay-part-out', partNo: 1 } }),
    ...(done === undefined
      ? {}
      : {
          'gave-back': make({
            basket: null,
            stage: {
              ...done,
              totalOre: -BACK_ORE,
              paidOre: -(BACK_ORE - 60),
              changeOre: 0,
              means: [
                { tenderId: 'r1', kind: 'vipps', label: VIPPS.name, amountOre: -VIPPS_ORE, detail: null, returnable: false },
                { tenderId: 'r2', kind: 'cash', label: w.till.means.cash, amountOre: -CASH_ORE + 60, detail: null, returnable: false },
              ],
            },
          }),
          exchanged: make({ basket: null, stage: { ...done, totalOre: 0, paidOre: 0, changeOre: 0, means: [] } }),
        }),
    'return-wishes': make({ basket: null, returnWishes: wishes }),
    'returns-aside': make({ basket: null, returnsAside: aside, ...(aside[2] === undefined ? {} : { returnTold: aside[2] }) }),
    'returns-aside-owed': make({ basket: null, returnsAside: aside, ...(aside[1] === undefined ? {} : { returnTold: aside[1] }) }),
    'returns-aside-parked': make({ returnsAside: aside, returnWishes: wishes }, { pane: { kind: 'parked' } }),
    'return-wishes-parked': make({ returnWishes: wishes }, { pane: { kind: 'parked' } }),
  };
}
