/** How long a cashier waits for another store's order: every way of asking, over HTTP, at orders drawn from the whole time. */
import { median, percentile } from '../measure.ts';
import type { BenchChain } from './bench-chain.ts';
import { type OrdersPlan, type PlannedOrder, plannedMonths, plannedOrder } from './filled-orders.ts';

export interface LookUp {
  readonly name: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

type Asking = (order: PlannedOrder) => readonly [path: string, body: object];

const season = (date: string) => ({ fromDate: new Date(Date.parse(date) - 91 * 86_400_000).toISOString().slice(0, 10), toDate: date });
const search = (body: object): readonly [string, object] => ['/v1/orders/search', body];
/** In every sixth order or so. */
const BEST_SELLER = '10000';
const NOBODYS = 'other-';

const ASKINGS: Readonly<Record<string, Asking>> = {
  'payment reference': ({ reference }) => search({ by: 'reference', reference }),
  'the order itself': ({ orderId }) => ['/v1/orders/read', { orderId }],
  'receipt number, store, register and date': ({ receiptNumber, storeId, registerId, date }) =>
    search({ by: 'receipt', receiptNumber, storeId, registerId, date }),
  'receipt number alone': ({ receiptNumber }) => search({ by: 'receipt', receiptNumber }),
  'store, date and amount': ({ storeId, date, totalOre }) => search({ by: 'date', storeId, date, amountOre: totalOre }),
  'store and date': ({ storeId, date }) => search({ by: 'date', storeId, date }),
  'article, three months': ({ article, date }) => search({ by: 'article', article, ...season(date) }),
  'article and store, three months': ({ article, storeId, date }) => search({ by: 'article', article, storeId, ...season(date) }),
  'the best seller, three months': ({ date }) => search({ by: 'article', article: BEST_SELLER, ...season(date) }),
  'a reference of somebody else': ({ orderId }) => search({ by: 'reference', reference: `${NOBODYS}${orderId}` }),
};

/** Orders from all over the plan, the same ones at every run. */
export function someOrders(plan: OrdersPlan, count: number): readonly PlannedOrder[] {
  const months = plannedMonths(plan);
  return Array.from({ length: count }, (_, index) => {
    const month = months[(index * 7) % months.length];
    if (month === undefined) throw new RangeError('a plan has a month at least');
    return plannedOrder(plan, month, (index * 7_368_787) % month.orders);
  });
}

/** Asks one thing after another, as many times each. */
export async function lookUps(chain: BenchChain, plan: OrdersPlan, times: number): Promise<readonly LookUp[]> {
  const results: LookUp[] = [];
  // Every way draws orders of its own: what one has read is not yet in memory for the next.
  const drawn = someOrders(plan, (times + WARMING) * Object.keys(ASKINGS).length);
  for (const [index, [name, asking]] of Object.entries(ASKINGS).entries()) {
    const orders = drawn.slice(index * (times + WARMING), (index + 1) * (times + WARMING));
    const tookMs: number[] = [];
    for (const [turn, order] of orders.entries()) tookMs.push(await lookUp(chain, turn, order, asking));
    const counted = tookMs.slice(WARMING);
    results.push({ name, p50Ms: median(counted), p99Ms: percentile(counted, 0.99) });
  }
  return results;
}

/** So many are asked before any is counted: connections are made, and the program is warm. */
const WARMING = 20;

async function lookUp(chain: BenchChain, turn: number, order: PlannedOrder, asking: Asking): Promise<number> {
  const [path, question] = asking(order);
  const register = chain.registers[turn % chain.registers.length];
  if (register === undefined) throw new RangeError('a chain has a register at least');
  const { status, body, tookMs } = await chain.ask(register, path, question);
  if (status !== 200) throw new Error(`head office answered ${status}: ${body}`);
  // What is there is found, and what is not there is not. Nobody has planned when the best seller was sold.
  const isFound = path !== '/v1/orders/search' || !body.includes('"orders":[]');
  const isThere = !('reference' in question && String(question.reference).startsWith(NOBODYS));
  const isPlanned = !('article' in question) || question.article === order.article;
  if (isPlanned && isFound !== isThere) throw new Error(`head office has answered ${JSON.stringify(question)} with ${body.slice(0, 200)}`);
  return tookMs;
}

/** Keeps looking up by reference until told to stop; gives how long each took. */
async function keepLookingUp(chain: BenchChain, plan: OrdersPlan, goOn: () => boolean): Promise<readonly number[]> {
  const orders = someOrders(plan, 5_000);
  const tookMs: number[] = [];
  const names = ['payment reference', 'receipt number, store, register and date', 'store, date and amount', 'article, three months'];
  for (let turn = 0; goOn(); turn += 1) {
    const order = orders[turn % orders.length];
    const asking = ASKINGS[names[turn % names.length] ?? ''];
    if (order === undefined || asking === undefined) break;
    tookMs.push(await lookUp(chain, turn, order, asking));
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
  return tookMs;
}
/** A cashier here and there, not a load of its own. */
const BETWEEN_MS = 10;

/** Looks things up while something else goes on. */
export async function lookUpsDuring<Result>(
  chain: BenchChain,
  plan: OrdersPlan,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly tookMs: readonly number[] }> {
  let over = false;
  const looking = keepLookingUp(chain, plan, () => !over);
  try {
    const result = await work();
    over = true;
    return { result, tookMs: await looking };
  } finally {
    over = true;
  }
}
