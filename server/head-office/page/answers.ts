/** The page's questions, each with what answers it. Who may ask is checked before; what is asked has its form. */
import type { PageAnswers, PageAsk, PageRequest, SettledPair } from '../../../app/head-office/page-contract.ts';
import { parseOrderId } from '../../../app/refund/names.ts';
import { RefusedByHeadOffice } from '../../../app/refund/problem.ts';
import type { Office } from '../office.ts';
import { readOrder, searchOrders } from '../orders.ts';
import { withdraw } from '../refunds.ts';
import { CODE_LASTS_MS, makeCode, revoke } from '../registers.ts';
import { owedOf, type Period, periodOf, settledPairs, settledRefunds, settlementCsv } from '../settlement.ts';
import { closeAlarm, listAlarms } from './alarms.ts';
import { PAGE_ROWS, readPlace, receiptNumbers, storeNames, writePlace } from './named.ts';
import { operatorNames } from './operators-named.ts';
import type { Person } from './people.ts';
import { listPublished, readPublication } from './published-seen.ts';
import { listRefunds, openRefunds, refundStory, refundsOfOrder } from './refunds-seen.ts';
import { PageRefusal } from './refusal.ts';
import { listStores, overview, readStore } from './stores-seen.ts';

/** Everything but signing in and out, which is about cookies. */
export type SignedInAsk = Exclude<PageAsk, 'sign-in' | 'sign-out'>;

type Answerers = {
  readonly [Ask in SignedInAsk]: (office: Office, request: PageRequest<Ask>, person: Person) => Promise<PageAnswers[Ask]>;
};

export const ANSWERS: Answerers = {
  me: async (_office, _request, { name, role }) => ({ name, role }),
  overview,
  stores: listStores,
  store: (office, { storeId }) => readStore(office, storeId),
  orders: ({ store: { db } }, request) => searchOrders(db, request),
  order: readOrderStory,
  refunds: listRefunds,
  refund: (office, { refundId }) => refundStory(office, refundId),
  settlement: readSettlement,
  settled: readSettled,
  open: openRefunds,
  alarms: listAlarms,
  published: listPublished,
  publication: readPublication,
  async 'make-code'(office, { storeId, registerId }, { name }) {
    await readStore(office, storeId);
    const code = await makeCode(office, storeId, registerId, name);
    return { code, expiresMs: office.clock.nowMs() + CODE_LASTS_MS };
  },
  async revoke(office, { storeId, registerId }, { name }) {
    const { registers } = await readStore(office, storeId);
    if (!registers.some((register) => register.registerId === registerId)) throw new PageRefusal('unknown-register');
    await revoke(office, storeId, registerId, name);
    return {};
  },
  async withdraw(office, { refundId, why }, { name }) {
    await withdraw(office, null, refundId, { name, why });
    return {};
  },
  async 'close-alarm'(office, { alarmNo, note }, person) {
    await closeAlarm(office, person, alarmNo, note);
    return {};
  },
};

async function readOrderStory({ store: { db } }: Office, { orderId }: PageRequest<'order'>): Promise<PageAnswers['order']> {
  const order = await readOrder(db, orderId);
  const names = parseOrderId(orderId);
  const { operator, seq } = await db
    .selectFrom('orders')
    .select(['operator', 'seq'])
    .where('month', '=', names?.month ?? 0)
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  const named = await operatorNames(db, [order.soldBy.storeId]);
  return {
    ...order,
    operator: named(order.soldBy.storeId, operator),
    journal: { epoch: names?.epoch ?? '', seq },
    refunds: await refundsOfOrder(db, orderId),
  };
}

/** @throws RefusedByHeadOffice `bad-request` when it ends before it begins. */
function period({ clock }: Office, { fromDate, toDate }: { readonly fromDate: string; readonly toDate: string }): Period {
  if (toDate < fromDate) throw new RefusedByHeadOffice('bad-request', {}, '"toDate" must not be before "fromDate".');
  return periodOf(clock, fromDate, toDate);
}

async function readSettlement(office: Office, request: PageRequest<'settlement'>): Promise<PageAnswers['settlement']> {
  const { db } = office.store;
  const rows = await settledPairs(db, period(office, request));
  const named = await storeNames(
    db,
    rows.flatMap(({ refundedBy, soldBy }) => [refundedBy, soldBy]),
  );
  const sums = new Map<string, PageAnswers['settlement']['sums'][number]>();
  for (const { currency, refunds, amountOre, vippsOre, handedOutOre } of rows) {
    const before = sums.get(currency) ?? { currency, refunds: 0, amountOre: 0, vippsOre: 0, handedOutOre: 0 };
    sums.set(currency, {
      currency,
      refunds: before.refunds + refunds,
      amountOre: before.amountOre + amountOre,
      vippsOre: before.vippsOre + vippsOre,
      handedOutOre: before.handedOutOre + handedOutOre,
    });
  }
  return {
    pairs: rows.map((row): SettledPair => ({ ...row, refundedBy: named(row.refundedBy), soldBy: named(row.soldBy) })),
    owed: owedOf(rows).map((each) => ({ ...each, from: named(each.from), to: named(each.to) })),
    sums: [...sums.values()],
  };
}

async function readSettled(office: Office, request: PageRequest<'settled'>): Promise<PageAnswers['settled']> {
  const { db } = office.store;
  const { refundedBy, soldBy, currency } = request;
  const of = { refundedBy, soldBy, currency, most: PAGE_ROWS + 1, after: readPlace(request.after) };
  const rows = await settledRefunds(db, period(office, request), of);
  const shown = rows.slice(0, PAGE_ROWS);
  const last = rows.length > PAGE_ROWS ? shown.at(-1) : undefined;
  const numbers = await receiptNumbers(
    db,
    shown.map(({ orderMonth, orderId }) => ({ order_month: orderMonth, order_id: orderId })),
  );
  return {
    refunds: shown.map(({ refundId, orderId, endedAtMs, amountOre, vippsOre, handedOutOre }) => ({
      refundId,
      orderId,
      receiptNumber: numbers.get(orderId) ?? null,
      endedMs: endedAtMs,
      amountOre,
      vippsOre,
      handedOutOre,
    })),
    next: last === undefined ? null : writePlace({ atMs: last.endedAtMs, refundId: last.refundId }),
  };
}

/** The settlement of a period as a file, one line a refund. */
export async function settlementFile(office: Office, request: PageRequest<'settlement'>): Promise<string> {
  return settlementCsv(await settledRefunds(office.store.db, period(office, request)));
}
