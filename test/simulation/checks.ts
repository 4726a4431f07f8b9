/** What must be true of money, requests, paper and journal when the day is over. */
import type { Entry } from '../../app/journal/entry.ts';
import { REGISTER_PROJECTIONS } from '../../app/journal/projections/all.ts';
import { rebuildDerived } from '../../app/journal/rebuild.ts';
import { verifyJournal } from '../../app/journal/verify.ts';
import { isFinal, keptOre, type Payment } from '../../app/payment/payment.ts';
import type { Sale } from '../../app/sale/sale.ts';
import { saleTotals } from '../../app/sale/totals.ts';
import type { Database } from '../../app/till/ports.ts';
import { nodeHasher } from '../../hardware/crypto/hasher.ts';
import { openDatabase } from '../../hardware/store/database.ts';
import { type BoxedRegister, SIGNER } from './boxed-register.ts';
import type { DayReport } from './day.ts';
import type { ModelPrinter } from './model-printer.ts';
import type { ModelProvider } from './model-provider.ts';
import { MORNING_MS, type VirtualTime } from './virtual-time.ts';

export interface World {
  readonly box: BoxedRegister;
  readonly provider: ModelProvider;
  readonly printer: ModelPrinter;
  readonly time: VirtualTime;
  readonly trace: string[];
}

/** Something that must never be. */
export class WrongError extends Error {
  override readonly name = 'WrongError';
}

export function must(isSo: boolean, otherwise: () => string): void {
  if (!isSo) throw new WrongError(otherwise());
}

/** One intent, at most one pulse: nobody opens the drawer a second time for the same reason. */
function eachPulseWasMeant({ printer }: World, entries: readonly Entry[]): void {
  const meant = entries.filter(({ type }) => type === 'drawer.open-intended').length;
  must(printer.pulses <= meant, () => `the drawer got ${printer.pulses} pulses, and ${meant} were meant`);
}

/** @throws WrongError */
export function assertEndOfDay(world: World): Omit<DayReport, 'commands' | 'powerCuts'> {
  const { box, provider } = world;
  const entries = box.entries();
  const ids = entries.flatMap((entry) => (entry.type === 'payment.planned' ? [entry.payload.paymentId] : []));
  const payments = ids.flatMap((id) => box.readModel.payment(id) ?? []);
  const saleIds = entries.flatMap((entry) => (entry.type === 'sale.opened' ? [entry.payload.saleId] : []));
  const sales = saleIds.flatMap((id) => box.readModel.sale(id) ?? []);

  for (const payment of payments) must(isFinal(payment), () => `${payment.order.reference} is still ${payment.state}`);
  const open = box.readModel.openIntents();
  must(open.length === 0, () => `intents without an outcome: ${JSON.stringify(open)}`);

  moneyIsWhereItBelongs(provider, sales, payments);
  if (world.time.isTrue) everyRequestHadItsIntent(provider, entries);
  oneKeyOneEffect(provider);
  nobodyAskedTooMuch(provider, entries);
  if (world.time.isTrue) nothingWasGuessed(provider, entries);
  peopleDecided(entries, payments);
  for (const payment of payments) toldAsItWas(provider, payment);
  salesAddUp(sales);
  paperCame(world, sales);
  appsHaveTheirReceipts(provider, sales);
  eachPulseWasMeant(world, entries);
  journalIsWhole(box.journalFile);

  const paymentStates: Record<string, number> = {};
  for (const payment of payments) paymentStates[payment.state] = (paymentStates[payment.state] ?? 0) + 1;
  const completedSales = sales.filter(({ status }) => status === 'completed').length;
  return {
    payments: payments.length,
    paymentStates,
    completedSales,
    entries: entries.length,
    kinds: [...new Set(entries.map(({ type }) => type))],
  };
}

/** Every captured payment has exactly one sale, or was refunded in full; every tender was captured for that amount. */
function moneyIsWhereItBelongs(provider: ModelProvider, sales: readonly Sale[], payments: readonly Payment[]): void {
  const tenders = sales.flatMap((sale) => sale.tenders.flatMap((tender) => (tender.kind === 'vipps' ? [{ sale, tender }] : [])));
  for (const payment of provider.payments.values()) {
    const { reference, amountOre, authorisedOre, capturedOre, refundedOre, releasedOre } = payment;
    must(
      refundedOre <= capturedOre && capturedOre <= authorisedOre && authorisedOre <= amountOre,
      () => `${reference}: more came out than went in`,
    );
    const known = payments.find(({ order }) => order.reference === reference);
    const isKnownToBeLeft = known?.state === 'captured' && known.rest?.state === 'left';
    must(
      isKnownToBeLeft || authorisedOre === capturedOre + releasedOre,
      () => `${reference}: of ${authorisedOre} captured ${capturedOre} and released ${releasedOre}: the rest is reserved for ever`,
    );
    const held = tenders.filter(({ tender }) => tender.reference === reference);
    if (capturedOre > refundedOre) {
      must(held.length === 1, () => `${reference}: ${capturedOre} captured, in ${held.length} sales`);
    } else {
      must(held.length === 0, () => `${reference} holds no money, and is a tender`);
    }
  }
  for (const { sale, tender } of tenders) {
    must(sale.status === 'completed' || sale.status === 'open', () => `a sale that is ${sale.status} holds money`);
    const { capturedOre, refundedOre } = provider.payment(tender.reference);
    must(
      capturedOre - refundedOre === tender.amountOre,
      () => `${tender.reference}: tender of ${tender.amountOre}, captured ${capturedOre}, refunded ${refundedOre}`,
    );
  }
  must(provider.wrongs.length === 0, () => provider.wrongs.join('; '));
}

/** Never more than the provider takes of one payment in a minute. A register that starts again does not know what it asked before. */
function nobodyAskedTooMuch(provider: ModelProvider, entries: readonly Entry[]): void {
  if (entries.filter(({ type }) => type === 'register.started').length > 1) return;
  const times = new Map<string, number[]>();
  for (const { operation, reference, leftAtMs } of provider.arrivals) {
    const name = `${operation} ${reference}`;
    times.set(
      name,
      [...(times.get(name) ?? []), leftAtMs].sort((a, b) => a - b),
    );
  }
  for (const [name, left] of times) {
    const most = name.startsWith('create ') ? 2 : 5;
    must(!left.some((atMs, index) => atMs - (left[index - most] ?? -60_000) < 60_000), () => `${name}: more than ${most} in a minute`);
  }
}

/** What was paid with one payment by phone is in that customer's app: all of it, and nothing of a sale that is not complete. */
function appsHaveTheirReceipts(provider: ModelProvider, sales: readonly Sale[]): void {
  const meant = sales.flatMap((sale) => {
    const byPhone = sale.tenders.flatMap((tender) => (tender.kind === 'vipps' ? [tender.reference] : []));
    return sale.status === 'completed' && byPhone.length === 1 ? byPhone : [];
  });
  const there = [...provider.receipts.keys()];
  must(meant.toSorted().join() === there.toSorted().join(), () => `receipts in apps of ${there.join(', ')}, meant for ${meant.join(', ')}`);
}

/** Nothing left the register before its intent was on disk. */
function everyRequestHadItsIntent(provider: ModelProvider, entries: readonly Entry[]): void {
  const since = new Map<string, number>();
  const note = (name: string, entry: Entry) => {
    if (!since.has(name)) since.set(name, entry.atMs - MORNING_MS);
  };
  const references = referencesOf(entries);
  for (const entry of entries) {
    if (entry.type === 'payment.create-intended') note(`create ${references.get(entry.payload.paymentId)}`, entry);
    if (entry.type === 'payment.capture-intended') note(`capture ${entry.payload.key}`, entry);
    if (entry.type === 'payment.rest-release-intended') note(`cancel ${entry.payload.key}`, entry);
    if (entry.type === 'payment.release-intended') note(`cancel ${entry.payload.key}`, entry);
    if (entry.type === 'payment.refund-intended') note(`refund ${entry.payload.key}`, entry);
  }
  for (const arrival of provider.arrivals) {
    const name = `${arrival.operation} ${arrival.key ?? arrival.reference}`;
    const intendedAtMs = since.get(name);
    must(intendedAtMs !== undefined && intendedAtMs <= arrival.atMs, () => `${name} arrived and was not intended before`);
  }
}

/** Money counts as captured, and as released, only when that was read back; and what a start finds open is read before it is sent. */
function nothingWasGuessed(provider: ModelProvider, entries: readonly Entry[]): void {
  const references = referencesOf(entries);
  const starts = entries.flatMap((entry) => (entry.type === 'register.started' ? [entry.atMs - MORNING_MS] : []));
  const wasRead = (reference: string, fromMs: number, toMs: number) =>
    (provider.reads.get(reference) ?? []).some((atMs) => atMs >= fromMs && atMs <= toMs);
  for (const entry of entries) {
    if (entry.type !== 'payment.captured') continue;
    const reference = references.get(entry.payload.paymentId) ?? '';
    const happened = provider.payment(reference).rows.find(({ kind, ok }) => ok && (kind === 'capture' || kind === 'sale'));
    must(
      happened !== undefined && wasRead(reference, happened.atMs, entry.atMs - MORNING_MS),
      () => `${reference} was captured and not read back`,
    );
  }
  const intended = new Map<string, number>();
  for (const entry of entries) {
    if (entry.type === 'payment.create-intended')
      intended.set(`create ${references.get(entry.payload.paymentId)}`, entry.atMs - MORNING_MS);
    if ('payload' in entry && 'key' in entry.payload && entry.type.endsWith('-intended'))
      intended.set(`key ${entry.payload.key}`, entry.atMs - MORNING_MS);
  }
  for (const { operation, key, reference, leftAtMs } of provider.arrivals) {
    const intendedAtMs = intended.get(key === null ? `create ${reference}` : `key ${key}`) ?? 0;
    const start = starts.findLast((atMs) => atMs <= leftAtMs) ?? 0;
    const isOlder = intendedAtMs < start;
    must(!isOlder || wasRead(reference, start, leftAtMs), () => `${operation} of ${reference} left after a start without being read first`);
  }
}

/** Once the cashier had cancelled, money was kept only when the cashier said so. */
function peopleDecided(entries: readonly Entry[], payments: readonly Payment[]): void {
  for (const payment of payments) {
    if (keptOre(payment) === 0) continue;
    const own = entries.filter((entry) => 'paymentId' in entry.payload && entry.payload.paymentId === payment.paymentId);
    const cancelled = own.findLastIndex(({ type }) => type === 'payment.cancel-requested');
    if (cancelled === -1) continue;
    // A bank's no came in between: the customer, told to try again, took another card. Or the cashier asked for another one.
    const after = own.slice(cancelled).map(({ type }) => type);
    must(
      ['payment.kept', 'payment.declined', 'payment.replace-requested'].some((type) => (after as string[]).includes(type)),
      () => `${payment.order.reference} was cancelled and kept without a word: ${after.join(' ')}`,
    );
  }
}

/** Both people read whether an approved payment was given back: what they read is what happened. */
function toldAsItWas(provider: ModelProvider, payment: Payment): void {
  if (payment.state !== 'released') return;
  const { reference } = payment.order;
  const wasApproved = (provider.payments.get(reference)?.authorisedOre ?? 0) > 0;
  must(payment.wasApproved === wasApproved, () => `${reference} was ${wasApproved ? '' : 'never '}approved, and is told otherwise`);
}

function referencesOf(entries: readonly Entry[]): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap((entry) => (entry.type === 'payment.planned' ? [[entry.payload.paymentId, entry.payload.order.reference]] : [])),
  );
}

/** One intent, one key, one effect: another key only after the provider refused the one before it for good. */
function oneKeyOneEffect(provider: ModelProvider): void {
  for (const operation of ['capture', 'refund'] as const) {
    const ofPayment = new Map<string, Map<string, Set<string>>>();
    for (const arrival of provider.arrivals) {
      if (arrival.operation !== operation || arrival.key === null) continue;
      const keys = ofPayment.get(arrival.reference) ?? new Map<string, Set<string>>();
      ofPayment.set(arrival.reference, keys);
      if (!keys.has(arrival.key)) {
        for (const [key, outcomes] of keys) {
          must(
            outcomes.has('refused') && !outcomes.has('done'),
            () => `${operation} of ${arrival.reference}: ${arrival.key} came while ${key} was not refused`,
          );
        }
        keys.set(arrival.key, new Set());
      }
      keys.get(arrival.key)?.add(arrival.outcome);
    }
    for (const payment of provider.payments.values()) {
      const effects = payment.rows.filter((row) => row.kind === operation && row.ok && row.key?.startsWith('portal') !== true);
      must(effects.length <= 1, () => `${payment.reference}: ${operation} happened ${effects.length} times`);
    }
  }
}

function salesAddUp(sales: readonly Sale[]): void {
  for (const sale of sales) {
    const totals = saleTotals(sale);
    const name = `sale ${sale.saleNumber} (${sale.status})`;
    must(totals.dueOre >= 0, () => `${name}: paid ${totals.paidOre} of ${totals.totalOre}`);
    if (sale.status === 'completed') must(totals.dueOre === 0, () => `${name}: ${totals.dueOre} is not paid`);
    if (sale.status === 'aborted' || sale.status === 'parked') must(sale.tenders.length === 0, () => `${name} holds money`);
  }
  const numbers = sales.flatMap(({ receiptNumber }) => receiptNumber ?? []).sort((a, b) => a - b);
  must(
    numbers.every((number, index) => number === index + 1),
    () => `receipt numbers have a gap: ${numbers.join(' ')}`,
  );
}

/** Every completed sale has its receipt or was lawfully declined, once, and at most one copy. */
function paperCame({ printer }: World, sales: readonly Sale[]): void {
  for (const sale of sales) {
    if (sale.status !== 'completed') continue;
    const receipts = printer.papers.filter((paper) => paper === `sale: Kvittering ${sale.receiptNumber}`).length;
    const copies = printer.papers.filter((paper) => paper.startsWith('copy:') && paper.endsWith(` ${sale.receiptNumber}`)).length;
    const name = `receipt ${sale.receiptNumber}`;
    must(receipts <= 1, () => `${name} was printed ${receipts} times`);
    must(copies <= 1, () => `${name} was copied ${copies} times`);
    if (sale.receipt === 'declined') {
      must(
        sale.tenders.every(({ kind }) => kind === 'vipps'),
        () => `${name} was declined though it was not wholly paid by an integrated payment`,
      );
    } else must(receipts + copies >= 1, () => `${name} never came (${sale.receipt})`);
  }
}

function journalIsWhole(file: string): void {
  const database = openDatabase(file);
  try {
    const verified = verifyJournal({ database, hasher: nodeHasher, signer: SIGNER });
    must(verified.ok, () => (verified.ok ? '' : verified.problem));
    const live = derivedRows(database);
    rebuildDerived(database, REGISTER_PROJECTIONS);
    must(derivedRows(database) === live, () => 'the derived tables are not what the journal adds up to');
  } finally {
    database.close();
  }
}

function derivedRows(database: Database): string {
  return REGISTER_PROJECTIONS.flatMap(({ tables }) => tables)
    .map((table) => JSON.stringify(database.prepare(`SELECT * FROM ${table}`).all()))
    .join('\n');
}
