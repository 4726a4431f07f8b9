/**
 * What happened to payments, for people who ask: finding them, and their story as the provider tells it now. The provider is
 * asked one payment after the other, and the same sale not again within some seconds, however often a button is pressed.
 */
import { localDateAndTime } from '../journal/entry-text.ts';
import type { ReadModel } from '../journal/read-model.ts';
import { formatOre } from '../money/format.ts';
import { parseKronerToOre } from '../money/parse.ts';
import { isAlive, keptOre, type Payment } from '../payment/payment.ts';
import type { Answer, PaymentProvider, ProviderStory } from '../payment/provider.ts';
import { type Attempt, type AttemptStory, type SaleStory, type Told, tellStory } from '../payment/story.ts';
import type { Sale } from '../sale/sale.ts';
import { type StoryTexts, storyTexts } from '../text/story.ts';
import { brandOf, currencyOf } from './brand.ts';
import type { PaymentRow, PaymentStoryView } from './contract.ts';
import type { Desk } from './desk.ts';
import type { PaymentLoops } from './payment-loops.ts';

const MOST_ROWS = 50;
/** An answer is as good as new for so long. */
const FRESH_MS = 3_000;
/** Attempts of one sale that are asked about; more than this never happens. */
const MOST_ATTEMPTS = 20;

export class Stories {
  readonly #desk: Desk;
  readonly #readModel: ReadModel;
  readonly #loops: Pick<PaymentLoops, 'between'>;
  readonly #provider: PaymentProvider | null;
  #queue: Promise<unknown> = Promise.resolve();
  #last: { readonly saleId: string; readonly atMs: number; readonly told: Promise<readonly Told[]> } | null = null;

  constructor(desk: Desk, readModel: ReadModel, loops: Pick<PaymentLoops, 'between'>, provider: PaymentProvider | null) {
    this.#desk = desk;
    this.#readModel = readModel;
    this.#loops = loops;
    this.#provider = provider;
  }

  get #words(): StoryTexts {
    return storyTexts[this.#desk.language('cashier')];
  }

  /** The latest sales with payments, or those that a text means: a receipt's number, a reference or its end, an amount. */
  find(text: string, limit = MOST_ROWS): readonly PaymentRow[] {
    return this.#found(text.trim(), limit)
      .filter((payments) => payments.length > 0)
      .slice(0, limit)
      .map((payments) => this.#row(payments));
  }

  /** The story of a sale's payments; `null` when it has none. */
  async tell(saleId: string): Promise<PaymentStoryView | null> {
    const payments = this.#readModel.paymentsOfSale(saleId).slice(-MOST_ATTEMPTS);
    const sale = this.#readModel.sale(saleId);
    if (payments.length === 0 || sale === null) return null;
    const told = await this.#ask(saleId, payments);
    // What happened meanwhile is on record by now.
    const attempts = this.#readModel.paymentsOfSale(saleId).flatMap((payment): Attempt[] => {
      const index = payments.findIndex(({ paymentId }) => paymentId === payment.paymentId);
      const refunds = this.#readModel
        .movementsOf(payment.order.reference)
        .flatMap(({ kind, amountOre, knownMs }) =>
          kind === 'refund' && knownMs !== null ? [{ amountOre: 0 - amountOre, atMs: knownMs }] : [],
        );
      return index < 0 ? [] : [{ payment, refunds, told: told[index] ?? { kind: 'silent' } }];
    });
    const hasOre = sale.tenders.reduce((sum, tender) => (tender.kind === 'vipps' ? sum + tender.amountOre : sum), 0);
    return this.#view(sale, tellStory(attempts, hasOre));
  }

  #found(text: string, limit: number): readonly (readonly Payment[])[] {
    const model = this.#readModel;
    if (text === '') return model.latestPayments(limit);
    const ofSale = (sale: Sale | null) => (sale === null ? [] : [model.paymentsOfSale(sale.saleId)]);
    const byReference = text.length < 4 ? [] : model.paymentsByReference(text.toLowerCase(), limit);
    // What a customer reads aloud from the app is the end: the sale's number and the attempt.
    const ending = /(?:^|-)(\d{1,9})-\d{1,3}$/.exec(text)?.[1];
    const byEnding = ending === undefined || byReference.length > 0 ? [] : ofSale(model.saleByNumber(Number(ending)));
    const receipt = /^\d{1,9}$/.test(text) ? ofSale(model.saleByReceipt(Number(text))) : [];
    const amount = parseKronerToOre(text);
    const byAmount = amount.ok ? model.paymentsOfAmount(amount.amountOre, limit) : [];
    const all = [...receipt, ...byReference, ...byEnding, ...byAmount];
    return [...new Map(all.map((payments) => [payments[0]?.saleId, payments])).values()];
  }

  #row(payments: readonly Payment[]): PaymentRow {
    const last = payments.at(-1);
    if (last === undefined) throw new RangeError('A sale without payments has no row.');
    const sale = this.#readModel.sale(last.saleId);
    const { states } = this.#words;
    return {
      saleId: last.saleId,
      title: this.#title(sale),
      atMs: last.plannedAtMs,
      atText: this.#when(last.plannedAtMs),
      amountOre: last.order.amountOre,
      attempts: payments.length,
      stateText: payments.some(isAlive)
        ? states.open
        : payments.some((payment) => keptOre(payment) > 0)
          ? states.paid
          : payments.some(({ state }) => state === 'captured')
            ? states['given-back']
            : states.nothing,
    };
  }

  #title(sale: Sale | null): string {
    const receiptNumber = sale?.receiptNumber ?? null;
    return receiptNumber === null ? this.#words.sale(sale?.saleNumber ?? 0) : this.#words.receipt(receiptNumber);
  }

  /** Each payment's story from the provider, in the order of the payments. */
  #ask(saleId: string, payments: readonly Payment[]): Promise<readonly Told[]> {
    const nowMs = this.#desk.ports.clock.monotonicMs();
    const isFresh = this.#last?.saleId === saleId && nowMs - this.#last.atMs < FRESH_MS;
    if (this.#last !== null && isFresh) return this.#last.told;
    const told = this.#queue.then(async () => {
      const all: Told[] = [];
      for (const payment of payments) all.push(await this.#askOne(payment));
      return all;
    });
    this.#queue = told.catch(() => {});
    this.#last = { saleId, atMs: nowMs, told };
    return told;
  }

  async #askOne(payment: Payment): Promise<Told> {
    const provider = this.#provider;
    if (provider === null || payment.state === 'planned') return { kind: 'silent' };
    const answer: Answer<ProviderStory | null> = await this.#loops.between(payment.paymentId, () => provider.story(payment.order));
    if (answer.kind !== 'ok') return { kind: 'silent' };
    return answer.value === null ? { kind: 'not-known' } : { kind: 'story', story: answer.value };
  }

  #view(sale: Sale, story: SaleStory): PaymentStoryView {
    const words = this.#words;
    const brand = brandOf(this.#desk.configuration.shop.market).name;
    return {
      saleId: sale.saleId,
      title: this.#title(sale),
      tone: story.verdict === 'twice' ? 'bad' : story.verdict === 'open' || !story.asked ? 'care' : 'good',
      summary: words.verdicts[story.verdict](this.#money(story.paidOre), this.#money(story.tooMuchOre)),
      explanations: this.#explanations(story, brand),
      attempts: story.attempts.map((attempt) => ({
        title: words.attempt(attempt.attempt, attempt.reference),
        sourceText: words.sources[attempt.source](brand),
        rows: this.#rows(attempt),
      })),
    };
  }

  #explanations({ verdict, refundedOre, releasedOre, stillReservedOre, attempts }: SaleStory, brand: string): readonly string[] {
    const words = this.#words;
    const wasReserved = attempts.some(({ rows, capturedOre }) => capturedOre > 0 && rows.some(({ event }) => event === 'reserved'));
    return [
      ...(verdict === 'twice' ? [words.tooMuchHow(brand)] : []),
      ...(wasReserved && verdict !== 'twice' ? [words.shownTwice] : []),
      ...(releasedOre > 0 ? [words.released(this.#money(releasedOre))] : []),
      ...(stillReservedOre > 0 ? [words.stillReserved(this.#money(stillReservedOre))] : []),
      ...(refundedOre > 0 ? [words.refunded(this.#money(refundedOre))] : []),
    ];
  }

  #rows({ rows }: AttemptStory): PaymentStoryView['attempts'][number]['rows'] {
    return rows.map(({ event, amountOre, atMs }) => ({
      text: this.#words.events[event],
      atText: atMs === null ? this.#words.unknownTime : this.#when(atMs),
      amountText: this.#money(amountOre),
      tone: event === 'captured' ? 'good' : 'plain',
    }));
  }

  #money(amountOre: number): string {
    return formatOre(amountOre, this.#desk.language('cashier'), currencyOf(this.#desk.configuration.shop.market));
  }

  /** As people say it: today the time alone, then yesterday, the weekday, the date. */
  #when(atMs: number): string {
    const { clock } = this.#desk.ports;
    const words = this.#words;
    const { date, time } = localDateAndTime(atMs, clock.offsetMinutes(atMs));
    const minutes = time.slice(0, 5);
    const daysAgo = (Date.parse(this.#desk.today) - Date.parse(date)) / 86_400_000;
    if (daysAgo === 0) return minutes;
    if (daysAgo === 1) return words.yesterday(minutes);
    const day = new Date(Date.parse(date));
    if (daysAgo > 1 && daysAgo < 7) return words.onWeekday(words.weekdays[day.getUTCDay()] ?? '', minutes);
    const month = words.months[day.getUTCMonth()] ?? '';
    return date.slice(0, 4) === this.#desk.today.slice(0, 4)
      ? words.onDate(day.getUTCDate(), month, minutes)
      : words.onDateOfYear(day.getUTCDate(), month, day.getUTCFullYear(), minutes);
  }
}
