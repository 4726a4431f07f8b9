/** Fixed purchases and returns, in the till's own sentences where it has them. */
import { formatOre } from '../../app/money/format.ts';
import type { CashierView, OrderLineView, OrderRow, OrderView, Query, QueryAnswer, ReturnedView } from '../../app/till/contract.ts';
import { NOW_MS, VIPPS } from './cashier-data.ts';
import type { GalleryWords } from './words.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const NORTH = 'Kolonialen nord';

/** What the gallery's searches find, by what is searched for. */
export const SEARCH = { many: 'several', none: 'none', offline: 'offline', foreign: 'foreign' } as const;

function row(orderId: string, more: Partial<OrderRow> = {}): OrderRow {
  return {
    orderId,
    receiptNumber: 874,
    storeName: null,
    registerId: 'k1',
    completedAtMs: NOW_MS - 2 * DAY_MS - HOUR_MS,
    totalOre: 20_160,
    ...more,
  };
}

const rows = (): readonly OrderRow[] => [
  row('own'),
  row('north', { storeName: NORTH, receiptNumber: 1_042, registerId: 'k2', completedAtMs: NOW_MS - 9 * DAY_MS }),
  row('partly', { receiptNumber: 861, completedAtMs: NOW_MS - 11 * DAY_MS - 3 * HOUR_MS }),
];

function line(lineNo: number, name: string, soldMilli: number, unitPriceOre: number, more: Partial<OrderLineView> = {}): OrderLineView {
  const netOre = more.netOre ?? (soldMilli * unitPriceOre) / 1_000;
  return {
    lineNo,
    name,
    articleNumber: String(1_000 + lineNo),
    ean: null,
    unit: 'stk',
    weighed: false,
    soldMilli,
    leftMilli: soldMilli,
    unitPriceOre,
    netOre,
    leftOre: netOre,
    note: null,
    belongsToLineNo: null,
    ...more,
  };
}

function lines(w: GalleryWords): readonly OrderLineView[] {
  return [
    line(1, 'Kneipp, grovt', 2_000, 3_990),
    line(2, 'TINE Lettmelk 1 l', 1_000, 2_490),
    line(3, 'Eple, Aroma', 822, 3_990, { unit: 'kg', weighed: true, netOre: 3_280, leftOre: 3_280 }),
    line(4, 'Farris 0,5 l', 1_000, 2_700),
    line(5, w.till.deposit, 1_000, 200, { belongsToLineNo: 4 }),
    line(6, 'Kaffe, stor', 1_000, 3_900, { netOre: 3_510, leftOre: 3_510 }),
  ];
}

function order(w: GalleryWords, orderId: string): OrderView | null {
  const found = rows().find((each) => each.orderId === orderId);
  const base = found ?? row(orderId);
  const money = (ore: number) => formatOre(ore, w.language, 'NOK');
  const view: OrderView = {
    ...base,
    lines: lines(w),
    paidWith: [
      { kind: 'vipps', text: `${VIPPS.name} ${money(15_160)}`, leftOre: 15_160 },
      { kind: 'cash', text: `${w.till.means.cash} ${money(5_000)}`, leftOre: 5_000 },
    ],
    approvalAboveOre: 100_000,
    approvalText: null,
    problem: null,
    cashOnly: null,
  };
  const back = { leftMilli: 0, leftOre: 0 };
  switch (orderId) {
    case 'partly':
      return {
        ...view,
        lines: view.lines.map((each) => {
          if (each.lineNo === 1) return { ...each, leftMilli: 1_000, leftOre: 3_990, note: w.oneReturned };
          if (each.lineNo === 2) return { ...each, ...back, note: w.beingReturned };
          return each.lineNo === 6 ? { ...each, ...back, note: w.allReturned } : each;
        }),
      };
    case 'long':
      return {
        ...view,
        totalOre: 12_345_650,
        lines: Array.from({ length: 30 }, (_, index) =>
          line(
            index + 1,
            index === 3 ? 'Wienerbrød med vaniljekrem og ristede mandler fra bakeriet i Øvregaten' : `Vare ${index + 1}`,
            12_000,
            4_290,
          ),
        ),
      };
    case 'old':
      return { ...view, completedAtMs: NOW_MS - 380 * DAY_MS, cashOnly: w.till.refusals['return-too-old'](VIPPS.name) };
    case 'all-back':
      return { ...view, lines: view.lines.map((each) => ({ ...each, ...back, note: w.allReturned })), problem: w.nothingLeft };
    case 'must-wait':
      return { ...view, problem: w.till.refusals['head-office-away']('') };
    case 'gone':
      return null;
    default:
      return view;
  }
}

const OTHER_STORES = [
  { storeId: 'bygdoy', storeName: 'Kolonial på Bygdøy' },
  { storeId: 'torget', storeName: 'Kolonial ved torget' },
];

export function answerReturns(query: Extract<Query, { type: 'orders' | 'order' | 'stores' }>, w: GalleryWords): QueryAnswer {
  if (query.type === 'order') {
    const found = order(w, query.orderId);
    return { type: 'order', order: found, problem: query.orderId === 'must-wait' ? { kind: 'offline', text: found?.problem ?? '' } : null };
  }
  if (query.type === 'stores') return { type: 'stores', stores: OTHER_STORES };
  const text = query.search.by === 'date' ? SEARCH.many : query.search.text;
  const none = { type: 'orders', orders: [], more: false } as const;
  switch (text) {
    case SEARCH.none:
      return { ...none, problem: null };
    case SEARCH.offline:
      return { ...none, problem: { kind: 'offline', text: w.till.refusals['head-office-away']('') } };
    case SEARCH.foreign:
      return { ...none, problem: { kind: 'not-ours', text: w.notOurs } };
    case SEARCH.many:
      return { type: 'orders', orders: rows(), more: true, problem: null };
    default:
      return { type: 'orders', orders: rows().slice(0, 1), more: false, problem: null };
  }
}

/** Two Kneipp and the apples, from the other store. */
export function returnedGoods(w: GalleryWords, state: ReturnedView['state'] = 'held'): ReturnedView {
  return {
    returnId: 'kolo-1-a3f-7',
    title: w.returnedFrom,
    lines: [
      { lineNo: 1, name: 'Kneipp, grovt', quantityMilli: 2_000, unit: 'stk', weighed: false, amountOre: -7_980 },
      { lineNo: 3, name: 'Eple, Aroma', quantityMilli: 822, unit: 'kg', weighed: true, amountOre: -3_280 },
    ],
    amountOre: -11_260,
    reason: w.screen.returns.choose.reasons[0],
    state,
  };
}

/** Three that were put aside: not known yet, known in part, and back as a whole. */
export function returnsAside(w: GalleryWords): CashierView['returnsAside'] {
  const said = w.returns.aside;
  const money = (ore: number) => formatOre(ore, w.language, 'NOK');
  const on = { nb: '21.11.2026', en: '21 November 2026' }[w.language];
  const resume = (saleId: string) => ({ label: said.resume, command: { type: 'resume-sale', saleId } as const });
  return [
    { saleId: 's1', title: w.returns.title(1_038, on), amountOre: 34_900, state: 'checking', text: said.checking, button: resume('s1') },
    {
      ...{ saleId: 's2', title: w.returnedFrom, amountOre: 11_260, state: 'hand-out' as const },
      ...{ text: said.cash(money(5_000)), button: resume('s2') },
    },
    {
      ...{ saleId: 's3', title: w.returns.title(1_031, on), amountOre: 12_000, state: 'done' as const },
      text: said.done(w.returnStage.toVipps(money(12_000))),
      button: { label: said.show, command: { type: 'show-return', saleId: 's3' } },
    },
  ];
}
