/** Every state of the cashier's screen by name. */
import { formatBasisPoints, formatOre } from '../../app/money/format.ts';
import type { CashierView, Language, Theme } from '../../app/till/contract.ts';
import type { Pane } from '../cashier/pane.ts';
import type { LinkState } from '../link/link.ts';
import { ARTICLES, baseView, basketOf, cashPart, lines, longLines, parkedSales } from './cashier-data.ts';
import { drawerStates } from './drawer-states.ts';
import { heldStates } from './held-states.ts';
import { finishedStages, paymentStages, printQueue } from './payment-data.ts';
import { returnStates } from './return-states.ts';
import { waysStates } from './ways-states.ts';
import { wordsOf } from './words.ts';

export interface CashierState {
  readonly view: CashierView;
  readonly link: LinkState;
  readonly start: { readonly pane?: Pane; readonly searchText?: string; readonly quantityMilli?: number };
}

export function cashierStates(language: Language, theme: Theme): Readonly<Record<string, CashierState>> {
  const words = wordsOf(language);
  const base = baseView(language, theme);
  const make = (more: Partial<CashierView> = {}, start: CashierState['start'] = {}, link: LinkState = 'online'): CashierState => ({
    view: { ...base, ...more },
    link,
    start,
  });
  const pane = (value: Pane, more: Partial<CashierView> = {}) => make(more, { pane: value });
  const practice = { text: words.till.practice, phoneUrl: 'http://127.0.0.1:1/phone', printerUrl: 'http://127.0.0.1:1/printer' };
  const partlyPaid = basketOf(lines(words), { tenders: [cashPart(words)] });
  const large = basketOf(
    lines(words).map((each) => (each.lineId === 'l5' ? { ...each, name: 'Kaffemaskin', amountOre: 12_345_650, discountText: null } : each)),
  );
  const troubled = [
    { device: 'printer', state: 'down', text: words.till.lights.printerPaperOut },
    { device: 'head-office', state: 'unknown', text: words.headOfficeMissing },
    { device: 'provider', state: 'down', text: words.till.lights.providerDown('Vipps') },
  ] as const;
  const attention = (attempt: number) => ({
    paymentId: `p${attempt}`,
    title: words.till.attention.title(formatOre(20_160, language, 'NOK')),
    text: words.till.attention.text('Vipps', `kolo-1-2611-a3f-1042-${attempt}`),
    reference: `kolo-1-2611-a3f-1042-${attempt}`,
    amountOre: 20_160,
    capturedAtMs: base.nowMs - 240_000,
    doneCommand: { type: 'refunded-by-hand', paymentId: `p${attempt}` } as const,
    doneLabel: words.till.attention.done,
    moreText: null,
    support: '61 · 4f0e2a7c91d34b1e',
  });
  const receiptless = { ...base, basket: null };

  return {
    selling: make(),
    'selling-practice': make({ practice }),
    empty: make({ basket: null }),
    'empty-with-parked': make({ basket: null, parked: parkedSales() }),
    'no-articles': make({ basket: null, groups: [] }),
    'long-basket': make({ basket: basketOf(longLines(words)) }),
    'long-names': make({
      shopName: 'Østre Gjerdrum Samvirkelag og Landhandel avdeling Torget',
      registerName: words.longRegister,
      operator: { operatorId: '12', name: 'Anne-Margrethe Kristoffersen' },
      practice,
      groups: [...base.groups, ...words.moreGroups.map((name, index) => ({ groupId: `x${index}`, name }))],
      basket: basketOf(longLines(words).slice(-3)),
    }),
    'large-amounts': make({ basket: large }),
    'sale-discount': make({
      basket: basketOf(lines(words), {
        saleDiscountOre: 1_008,
        saleDiscountText: words.till.discountPercent(formatBasisPoints(500, language), words.campaign),
      }),
    }),
    'partly-paid': make({ basket: partlyPaid }),
    'search-results': make({}, { searchText: 'ka' }),
    'search-nothing': make({}, { searchText: 'xyz' }),
    'search-quantity': make({}, { quantityMilli: 3_000 }),
    'devices-down': make({ lights: troubled, parked: parkedSales() }),
    'notice-unknown-code': make({
      notice: { id: 'n1', tone: 'care', text: words.till.refusals['unknown-article']('7039999999994'), support: null },
    }),
    'notice-restarted': make({ notice: { id: 'n2', tone: 'info', text: words.restarted, support: null } }),
    attention: make({ attention: [attention(1)] }),
    'attention-many': make({
      attention: [{ ...attention(1), moreText: words.till.attention.more(1) }, attention(2)],
      notice: { id: 'n5', tone: 'care', text: words.till.refusals['unknown-article']('7039999999994'), support: null },
    }),
    'attention-empty': make({ basket: null, attention: [attention(1)] }),
    'notice-disk': make({ notice: { id: 'n3', tone: 'bad', text: words.till.storage['disk-full'], support: 'SQLITE_FULL' } }),
    ...drawerStates(language, make, practice),
    ...waysStates(language, make),
    offline: make({}, {}, 'offline'),
    'line-quantity': pane({ kind: 'line', lineId: 'l1', part: 'quantity' }),
    'line-weight': pane({ kind: 'line', lineId: 'l3', part: 'quantity' }),
    'line-discount': pane({ kind: 'line', lineId: 'l5', part: 'discount' }),
    'sale-discount-form': pane({ kind: 'sale-discount' }),
    parked: pane({ kind: 'parked' }, { parked: parkedSales() }),
    abort: pane({ kind: 'abort' }),
    'abort-holds-money': pane({ kind: 'abort' }, { basket: partlyPaid }),
    menu: pane({ kind: 'menu', page: 'root' }, { parked: parkedSales(), printQueue: printQueue(words) }),
    'menu-operator': pane({ kind: 'menu', page: 'operator' }),
    'menu-screens': pane({ kind: 'menu', page: 'screens' }),
    'menu-copies': pane({ kind: 'menu', page: 'copies' }),
    payments: pane({ kind: 'payments', text: '' }),
    'payment-story': pane({ kind: 'payment-story', saleId: 'once', text: '' }),
    'payment-story-twice': pane({ kind: 'payment-story', saleId: 'twice', text: '' }),
    'payment-story-silent': pane({ kind: 'payment-story', saleId: 'silent', text: '' }),
    'menu-queue': pane({ kind: 'menu', page: 'queue' }, { printQueue: printQueue(words) }),
    'menu-catalogue': pane({ kind: 'menu', page: 'catalogue' }),
    'menu-devices': pane({ kind: 'menu', page: 'devices' }, { practice, lights: troubled }),
    'cash-no-printer': pane({ kind: 'pay', means: 'cash' }, { lights: troubled }),
    'card-no-printer': pane({ kind: 'pay', means: 'card' }, { lights: troubled }),
    cash: pane({ kind: 'pay', means: 'cash' }),
    'cash-rest': pane({ kind: 'pay', means: 'cash' }, { basket: partlyPaid }),
    card: pane({ kind: 'pay', means: 'card' }),
    split: pane({ kind: 'pay', means: 'vipps' }),
    'prompt-weight': make({
      prompt: { kind: 'weight', articleNumber: ARTICLES[16]?.articleNumber ?? '', name: 'Eple, Aroma', unit: 'kg', unitPriceOre: 3_990 },
    }),
    'prompt-age': make({ prompt: { kind: 'age', years: 18, name: 'Pilsner 0,5 l', bornOnOrBefore: '2008-11-20' } }),
    'prompt-age-notice': make({
      prompt: { kind: 'age', years: 18, name: 'Pilsner 0,5 l', bornOnOrBefore: '2008-11-20' },
      notice: { id: 'n4', tone: 'care', text: words.till.refusals['answer-first'](''), support: null },
    }),
    'prompt-paper': make({ prompt: { kind: 'paper', jobId: 'j2', title: words.till.receiptTitle.sale(874) } }),
    ...Object.fromEntries(Object.entries(paymentStages(words)).map(([name, stage]) => [name, make({ stage })])),
    ...Object.fromEntries(
      Object.entries(finishedStages(words)).map(([name, stage]) => [name, { ...make({ stage }), view: { ...receiptless, stage } }]),
    ),
    ...heldStates(words, make),
    ...returnStates(words, make),
    'pay-offline': make({ stage: paymentStages(words)['pay-waiting-for-scan'] ?? base.stage }, {}, 'offline'),
  };
}
