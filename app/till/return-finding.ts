/**
 * Finding what was sold: in a shop that is no chain in the register's own journal, in a chain at head office. Where head office
 * does not answer the own journal is looked in, and whoever asks is told so.
 */
import type { ChainOutcome } from '../chain/call.ts';
import type { ChainStore, RefundDesk } from '../chain/client.ts';
import type { ReadModel } from '../journal/read-model.ts';
import type { OwnOrder, ReturnsReadModel } from '../journal/read-returns.ts';
import { isPieceOfReceiptCode, looksLikeReceipt, parseReceiptCode, type ReceiptCode } from '../receipt/receipt-code.ts';
import { LONGEST_SEARCH_DAYS, MOST_FOUND, type OrderSummary, type SearchRequest } from '../refund/contract.ts';
import { dateOf, monthOf, ORDER_ID, orderIdOf, parseOrderId } from '../refund/names.ts';
import { type OrderOnHand, officeOrder, ownOrder } from '../refund/order-on-hand.ts';
import type { ProblemCode } from '../refund/problem.ts';
import type { Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import { currencyOf } from './brand.ts';
import type { Desk } from './desk.ts';
import type { OrderRow, OrderSearch, SearchProblem } from './return-contract.ts';

/** What became of looking for an order. */
export type Finding =
  | { readonly kind: 'found'; readonly from: 'journal' | 'office'; readonly onHand: OrderOnHand }
  /** Head office does not answer; what the own journal has of it. */
  | { readonly kind: 'away'; readonly onHand: OrderOnHand | null }
  /** Head office does not know it yet; what the own journal has of it. */
  | { readonly kind: 'unknown'; readonly onHand: OrderOnHand | null }
  | { readonly kind: 'refused'; readonly code: ProblemCode };

export interface FoundOrders {
  readonly orders: readonly OrderRow[];
  readonly more: boolean;
  readonly problem: SearchProblem | null;
}

const NOTHING: FoundOrders = { orders: [], more: false, problem: null };
/** How many articles of a name are looked for at head office, one request each. */
const MOST_ARTICLES = 5;
const DAY_MS = 86_400_000;

export class ReturnFinding {
  readonly #desk: Desk;
  readonly #readModel: ReadModel;
  readonly #returns: ReturnsReadModel;
  readonly #office: RefundDesk | null;

  constructor(desk: Desk, readModel: ReadModel, office: RefundDesk | null) {
    this.#desk = desk;
    this.#readModel = readModel;
    this.#returns = readModel.returns;
    this.#office = office;
  }

  /** Whether other registers take the same goods back: then head office holds them. */
  get inChain(): boolean {
    return this.#office !== null;
  }

  async find(orderId: string): Promise<Finding> {
    if (this.#office === null) {
      const onHand = this.own(orderId);
      return onHand === null ? { kind: 'unknown', onHand } : { kind: 'found', from: 'journal', onHand };
    }
    const outcome = await this.#office.order(orderId);
    if (outcome.kind === 'ok') return { kind: 'found', from: 'office', onHand: officeOrder(outcome.value, this.#groupOf) };
    if (outcome.kind === 'unreachable' || isAway(outcome.code)) return { kind: 'away', onHand: this.own(orderId) };
    return outcome.code === 'unknown-order' || outcome.code === 'bad-request'
      ? { kind: 'unknown', onHand: this.own(orderId) }
      : { kind: 'refused', code: outcome.code };
  }

  /** An order of this register's own, with what has come back of it here. */
  own(orderId: string): OrderOnHand | null {
    const names = parseOrderId(orderId);
    const sale = names === null ? null : this.#readModel.saleByNumber(names.saleNumber);
    const order = sale === null ? null : this.#returns.order(sale.saleId);
    return order === null || this.#orderIdOf(order) !== orderId ? null : this.#onHand(order);
  }

  async search(search: OrderSearch): Promise<FoundOrders> {
    if (this.#office === null) return this.#here(search);
    const requests = this.#requests(search);
    if ('problem' in requests) return { ...NOTHING, problem: requests.problem };
    const found = await this.#atOffice(this.#office, requests);
    if ('problem' in found) return this.#notAnswered(search, found.request, found.problem);
    const isNumber = search.by === 'text' && 'number' in this.#readText(search.text);
    // Every register has a receipt of that number: the others' are shown where this store has none.
    const everywhere = requests.flatMap((request): SearchRequest[] =>
      request.by === 'receipt' ? [{ by: 'receipt', receiptNumber: request.receiptNumber }] : [],
    );
    const wider = isNumber && found.rows.length === 0 ? await this.#atOffice(this.#office, everywhere) : found;
    if ('problem' in wider) return this.#notAnswered(search, wider.request, wider.problem);
    const { rows, more } = wider;
    const once = [...new Map(rows.map((row) => [row.orderId, row])).values()].sort((a, b) => b.completedAtMs - a.completedAtMs);
    return { orders: once.slice(0, MOST_FOUND).map((row) => this.#officeRow(row)), more: more || once.length > MOST_FOUND, problem: null };
  }

  async otherStores(): Promise<readonly ChainStore[]> {
    const outcome = await this.#office?.stores();
    if (outcome?.kind !== 'ok') return [];
    return outcome.value.filter(({ storeId }) => storeId !== this.#desk.configuration.store.id);
  }

  async #atOffice(
    office: RefundDesk,
    requests: readonly SearchRequest[],
  ): Promise<
    | { readonly rows: readonly OrderSummary[]; readonly more: boolean }
    | { readonly problem: Exclude<ChainOutcome<unknown>, { kind: 'ok' }>; readonly request: SearchRequest }
  > {
    const rows: OrderSummary[] = [];
    let more = false;
    for (const request of requests) {
      const outcome = await office.search(request);
      if (outcome.kind !== 'ok') return { problem: outcome, request };
      rows.push(...outcome.value.orders);
      more ||= outcome.value.more;
    }
    return { rows, more };
  }

  #notAnswered(search: OrderSearch, request: SearchRequest, outcome: Exclude<ChainOutcome<unknown>, { kind: 'ok' }>): FoundOrders {
    const words = this.#words;
    if (outcome.kind === 'unreachable' || isAway(outcome.code)) {
      const here = this.#isElsewhere(search) ? NOTHING : this.#here(search);
      return here.orders.length > 0 ? here : { ...NOTHING, problem: { kind: 'offline', text: words.offline } };
    }
    if (outcome.code === 'unknown-store' && request.by === 'receipt')
      return { ...NOTHING, problem: { kind: 'not-ours', text: words.otherChain } };
    const text = outcome.code === 'no-key' || outcome.code === 'key-revoked' ? words.noKey : words.refused;
    return { ...NOTHING, problem: { kind: 'refused', text } };
  }

  /** What head office is asked for it. */
  #requests(search: OrderSearch): readonly SearchRequest[] | { readonly problem: SearchProblem } {
    const ownStore = this.#desk.configuration.store.id;
    switch (search.by) {
      case 'date': {
        const { date, storeId, amountOre } = search;
        // A day of the whole chain is too much to read through; what was paid finds it in whichever store.
        if (amountOre === undefined) return [{ by: 'date', date, storeId: storeId ?? ownStore }];
        return [{ by: 'date', date, amountOre, ...(storeId === undefined ? {} : { storeId }) }];
      }
      case 'article': {
        const { fromDate, toDate, storeId } = search;
        if (Date.parse(toDate) - Date.parse(fromDate) > LONGEST_SEARCH_DAYS * DAY_MS)
          return { problem: { kind: 'refused', text: this.#words.tooManyDays(LONGEST_SEARCH_DAYS) } };
        const articles = this.#articles(search.text).slice(0, MOST_ARTICLES);
        return articles.map((article) => ({ by: 'article', article, fromDate, toDate, ...(storeId === undefined ? {} : { storeId }) }));
      }
      case 'text': {
        const read = this.#readText(search.text);
        if ('problem' in read) return read;
        if ('receipt' in read) {
          const { receiptNumber, storeId, registerId } = read.receipt;
          return [{ by: 'receipt', receiptNumber, storeId, registerId }];
        }
        if ('number' in read) return [{ by: 'receipt', receiptNumber: read.number, storeId: ownStore }];
        // Ours are in small letters; somebody else's may not be.
        const { reference } = read;
        return [...new Set([reference, reference.toLowerCase()])].map((each) => ({ by: 'reference', reference: each }));
      }
    }
  }

  /** What the own journal has. */
  #here(search: OrderSearch): FoundOrders {
    switch (search.by) {
      case 'date':
        return this.#list(this.#returns.ordersOfDay(search.date, search.amountOre ?? null, MOST_FOUND + 1));
      case 'article':
        return this.#list(this.#returns.ordersWithArticle(this.#articles(search.text), search.fromDate, search.toDate, MOST_FOUND + 1));
      case 'text': {
        const read = this.#readText(search.text);
        if ('problem' in read) return { ...NOTHING, problem: read.problem };
        if ('receipt' in read) {
          const problem = this.inChain ? null : this.#notOurs(read.receipt);
          if (problem !== null) return { ...NOTHING, problem };
          return this.#isOwn(read.receipt) ? this.#listSale(this.#readModel.saleByReceipt(read.receipt.receiptNumber)) : NOTHING;
        }
        if ('number' in read) return this.#listSale(this.#readModel.saleByReceipt(read.number));
        return this.#list(this.#ofReference(read.reference));
      }
    }
  }

  /** A receipt's code, a receipt's number, or a payment's reference. */
  #readText(
    typed: string,
  ):
    | { readonly receipt: ReceiptCode }
    | { readonly number: number }
    | { readonly reference: string }
    | { readonly problem: SearchProblem } {
    const text = typed.trim();
    const receipt = parseReceiptCode(text);
    if (receipt !== null)
      return receipt.series === 'sale' ? { receipt } : { problem: { kind: 'refused', text: this.#words.returnReceipt } };
    if (isPieceOfReceiptCode(text)) return { problem: { kind: 'unreadable', text: this.#words.cutShort } };
    if (looksLikeReceipt(text)) return { problem: { kind: 'unreadable', text: this.#words.unreadable } };
    return /^[1-9]\d{0,8}$/.test(text) ? { number: Number(text) } : { reference: text };
  }

  /** The own journal has nothing of another store's. */
  #isElsewhere(search: OrderSearch): boolean {
    return search.by !== 'text' && search.storeId !== undefined && search.storeId !== this.#desk.configuration.store.id;
  }

  #isOwn({ storeId, registerId }: ReceiptCode): boolean {
    const { store, register } = this.#desk.configuration;
    return storeId === store.id && registerId === register.id;
  }

  /** A shop that is no chain has its own register's receipts and nobody else's. */
  #notOurs(receipt: ReceiptCode): SearchProblem | null {
    if (this.#isOwn(receipt)) return null;
    const isOwnStore = receipt.storeId === this.#desk.configuration.store.id;
    return { kind: 'not-ours', text: isOwnStore ? this.#words.otherRegister(receipt.registerId) : this.#words.otherStore };
  }

  /** Exactly, or the whole of an order's name; a reference may also be typed from its beginning on. */
  #ofReference(text: string): readonly OwnOrder[] {
    const reference = text.toLowerCase();
    if (ORDER_ID.test(reference)) {
      const sale = this.#readModel.saleByNumber(parseOrderId(reference)?.saleNumber ?? 0);
      const order = sale === null ? null : this.#returns.order(sale.saleId);
      if (order !== null && this.#orderIdOf(order) === reference) return [order];
    }
    const payments = [this.#readModel.paymentByReference(text), this.#readModel.paymentByReference(reference)];
    const exact = payments.flatMap((payment) => (payment === null ? [] : [payment.saleId]));
    const saleIds =
      exact.length > 0
        ? exact
        : this.#readModel
            .paymentsByReference(reference, MOST_FOUND)
            .flatMap((ofSale) => ofSale.slice(0, 1))
            .map(({ saleId }) => saleId);
    return [...new Set(saleIds)].flatMap((saleId) => this.#returns.order(saleId) ?? []);
  }

  /** The numbers and EANs that somebody may mean: what was typed itself, and the articles of that name. */
  #articles(text: string): readonly string[] {
    const { catalogue } = this.#desk.register;
    const exact = catalogue.byArticleNumber(text) ?? catalogue.byEan(text);
    if (exact !== null) return [exact.articleNumber];
    return [...new Set([text, ...catalogue.search(text, MOST_ARTICLES).map(({ articleNumber }) => articleNumber)])];
  }

  #listSale(sale: Sale | null): FoundOrders {
    const order = sale === null ? null : this.#returns.order(sale.saleId);
    return order === null ? NOTHING : this.#list([order]);
  }

  #list(found: readonly OwnOrder[]): FoundOrders {
    return { orders: found.slice(0, MOST_FOUND).map((order) => this.#ownRow(order)), more: found.length > MOST_FOUND, problem: null };
  }

  #ownRow(order: OwnOrder): OrderRow {
    const { totalOre, returnedOre } = saleTotals(order.sale);
    return {
      orderId: this.#orderIdOf(order),
      receiptNumber: order.sale.receiptNumber ?? 0,
      storeName: null,
      registerId: this.#desk.configuration.register.id,
      completedAtMs: order.sale.completedAtMs ?? 0,
      totalOre: totalOre + returnedOre,
    };
  }

  #officeRow({ orderId, receiptNumber, soldBy, completedAtMs, totalOre }: OrderSummary): OrderRow {
    const storeName = soldBy.storeId === this.#desk.configuration.store.id ? null : soldBy.storeName;
    return { orderId, receiptNumber, storeName, registerId: soldBy.registerId, completedAtMs, totalOre };
  }

  #orderIdOf({ sale, epoch }: OwnOrder): string {
    const { store, register } = this.#desk.configuration;
    const month = monthOf(sale.completedAtMs ?? 0, sale.completedOffsetMinutes ?? 0);
    return orderIdOf({ storeId: store.id, registerId: register.id, month, epoch, saleNumber: sale.saleNumber });
  }

  #onHand(order: OwnOrder): OrderOnHand {
    const { configuration } = this.#desk;
    const { sale } = order;
    const orderId = this.#orderIdOf(order);
    const completedAtMs = sale.completedAtMs ?? 0;
    const sold = {
      orderId,
      storeId: configuration.store.id,
      storeName: configuration.shop.name,
      registerId: configuration.register.id,
      receiptNumber: sale.receiptNumber ?? 0,
      completedAtMs,
      date: dateOf(completedAtMs, sale.completedOffsetMinutes ?? 0),
      currency: currencyOf(configuration.shop.market),
    };
    const capturedAtMs = (reference: string): number | null => {
      const payment = this.#readModel.paymentByReference(reference);
      return payment?.state === 'captured' ? payment.capturedAtMs : null;
    };
    return ownOrder(sale, sold, this.#returns.taken(orderId), capturedAtMs);
  }

  readonly #groupOf = (articleNumber: string) => {
    const article = this.#desk.register.catalogue.byArticleNumber(articleNumber);
    return article === null ? null : { groupId: article.groupId, groupName: article.groupName };
  };

  get #words() {
    return this.#desk.words.returns.search;
  }
}

/** Head office is there, and cannot answer now: for whoever sells it is the same as being away. */
export function isAway(code: ProblemCode): boolean {
  return code === 'try-later' || code === 'internal' || code === 'too-many';
}
