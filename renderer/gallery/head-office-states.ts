/** Head office's page with a fixed head office behind it. */
import type { PageAnswers, PageAsk, PageRole } from '../../app/head-office/page-contract.ts';
import type { OfficeLink, Told } from '../head-office/office-link.ts';
import { NOW_MS } from './cashier-data.ts';
import { ALARMS, NAMED, ORDER, OVERVIEW, PAIRS, REFUND, REFUNDS, REFUSED, STORES } from './head-office-data.ts';
import { DROPPED_ARTICLES, PUBLICATION, PUBLISHED } from './head-office-published.ts';

export interface HeadOfficeState {
  readonly link: OfficeLink;
  readonly place: string;
}

type Answers = { readonly [Ask in PageAsk]: PageAnswers[Ask] | Extract<Told<Ask>, { readonly ok: false }> };

const refused = (code: Extract<Told<'me'>, { readonly ok: false }>['code']) => ({ ok: false, code, retryAfterSeconds: null }) as const;
const ACTS: readonly PageAsk[] = ['sign-in', 'make-code', 'revoke', 'withdraw', 'close-alarm'];
const firstStore = STORES[0];

function answersFor(role: PageRole): Answers {
  const sums = PAIRS.reduce(
    (sum, pair) => ({
      refunds: sum.refunds + pair.refunds,
      amountOre: sum.amountOre + pair.amountOre,
      vippsOre: sum.vippsOre + pair.vippsOre,
      handedOutOre: sum.handedOutOre + pair.handedOutOre,
    }),
    { refunds: 0, amountOre: 0, vippsOre: 0, handedOutOre: 0 },
  );
  const [nord, syd] = NAMED;
  return {
    'sign-in': { name: 'kari', role },
    'sign-out': {},
    me: { name: 'kari', role },
    overview: OVERVIEW,
    stores: { stores: STORES, next: null, nowMs: NOW_MS },
    store: firstStore === undefined ? refused('unknown-store') : { ...firstStore, nowMs: NOW_MS },
    orders: {
      orders: [
        ORDER,
        {
          ...ORDER,
          orderId: 'syd-1-2611-m4qx-1042',
          soldBy: { storeId: 'syd', storeName: 'Kolonialen Syd', registerId: '1' },
          totalOre: 39_900,
        },
      ],
      more: false,
    },
    order: ORDER,
    refunds: { refunds: REFUNDS, next: '1.syd-1-m4qx-9' },
    refund: REFUND,
    settlement: {
      pairs: PAIRS,
      owed: nord === undefined || syd === undefined ? [] : [{ from: nord, to: syd, currency: 'NOK', amountOre: 57_900 }],
      sums: [{ currency: 'NOK', ...sums }],
    },
    settled: {
      refunds: [
        {
          refundId: 'syd-1-m4qx-3',
          orderId: ORDER.orderId,
          receiptNumber: 1042,
          endedMs: NOW_MS,
          amountOre: 7_980,
          vippsOre: 7_980,
          handedOutOre: 0,
        },
        {
          refundId: 'syd-1-m4qx-2',
          orderId: ORDER.orderId,
          receiptNumber: 1031,
          endedMs: NOW_MS,
          amountOre: 82_900,
          vippsOre: 0,
          handedOutOre: 82_900,
        },
      ],
      next: null,
    },
    open: { refunds: REFUNDS.slice(0, 2), next: null, nowMs: NOW_MS },
    alarms: { alarms: ALARMS, next: null },
    published: { versions: PUBLISHED, next: null },
    publication: PUBLICATION,
    'make-code': { code: 'K7FD-2M4Q-XH9P', expiresMs: NOW_MS + 86_400_000 },
    revoke: {},
    withdraw: {},
    'close-alarm': {},
  };
}

function fixed(answers: Answers): OfficeLink {
  return {
    async ask(ask, request) {
      if (ACTS.includes(ask)) document.documentElement.dataset.command = JSON.stringify({ ask, request });
      const answer = answers[ask];
      return 'ok' in answer && answer.ok === false ? answer : { ok: true, answer: answer as PageAnswers[typeof ask] };
    },
    settlementAddress: (fromDate, toDate) => `#settlement-${fromDate}-${toDate}`,
  };
}

const CALM = {
  ...OVERVIEW,
  alarms: [],
  openAlarms: 0,
  reserved: { count: 0, oldestMs: null },
  sending: { count: 0, oldestMs: null },
  silent: [],
};

/** Every page, with much, with nothing, and when something is wrong. */
export function headOfficeStates(): Readonly<Record<string, HeadOfficeState>> {
  const manager = answersFor('manager');
  const at = (place: string, changes: Partial<Answers> = {}): HeadOfficeState => ({ link: fixed({ ...manager, ...changes }), place });
  const none = { refunds: [], next: null };
  return {
    'sign-in': at('#/', { me: refused('not-signed-in') }),
    'sign-in-away': at('#/', { me: refused('lost') }),
    overview: at('#/'),
    'overview-calm': at('#/', { overview: CALM }),
    'overview-empty': at('#/', { overview: { ...CALM, stores: 0, registers: 0 }, stores: { stores: [], next: null, nowMs: NOW_MS } }),
    'overview-trouble': at('#/', { overview: refused('try-later') }),
    store: at('#/store/nord'),
    'store-reader': { link: fixed(answersFor('reader')), place: '#/store/nord' },
    search: at('#/search'),
    'search-by-date': at('#/search?by=date&store=nord&date=2026-11-20'),
    'search-article': at('#/search?by=article'),
    'search-found': at('#/search?by=receipt&number=1042'),
    'search-none': at('#/search?by=reference&reference=nord-1-2611-k7fd-1-1', { orders: { orders: [], more: false } }),
    order: at(`#/order/${ORDER.orderId}`),
    refunds: at('#/refunds'),
    'refunds-none': at('#/refunds?state=done', { refunds: none }),
    refund: at(`#/refund/${REFUND.refundId}`),
    'refund-refused': at(`#/refund/${REFUSED.refundId}`, { refund: REFUSED }),
    settlement: at('#/settlement?from=2026-11-01&to=2026-11-30'),
    'settlement-none': at('#/settlement?from=2026-11-01&to=2026-11-30', { settlement: { pairs: [], owed: [], sums: [] } }),
    open: at('#/open'),
    'open-none': at('#/open', { open: { ...none, nowMs: NOW_MS } }),
    alarms: at('#/alarms'),
    published: at('#/published'),
    'published-none': at('#/published', { published: { versions: [], next: null } }),
    publication: at('#/publication/7'),
    'publication-dropped': at('#/publication/10', { publication: DROPPED_ARTICLES }),
    'alarms-none': at('#/alarms', { alarms: { alarms: [], next: null } }),
  };
}
