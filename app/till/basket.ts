/** The basket's commands: ringing up, correcting, discounts, parking. */
import type { Article } from '../catalog/article.ts';
import { type Found, findScanned } from '../catalog/find-scanned.ts';
import { dateText } from '../catalog/hears.ts';
import type { ReturnEvent, SaleEvent } from '../journal/events.ts';
import { looksLikeReceipt } from '../receipt/receipt-code.ts';
import { applySaleEvent } from '../sale/apply.ts';
import { addArticle, changeQuantity, discountLine, discountSale, removeLine, type SaleDecision, type SaleRefusal } from '../sale/decide.ts';
import type { Discount, Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import { currencyOf } from './brand.ts';
import type { Command, CommandAnswer } from './contract.ts';
import { type Desk, DONE } from './desk.ts';
import type { Paper } from './paper.ts';
import { basketFreedom } from './payment-basket.ts';
import type { PendingArticle } from './register.ts';
import { type Reservations, reservationOf } from './reservations.ts';
import { recordAndComplete } from './tenders.ts';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** What returns have to do with a basket. */
export interface ReturnsBeside {
  /** The code of a receipt was scanned. */
  scanned(code: string): CommandAnswer;
  /** What lets go of the sale's return when the sale is aborted. */
  lettingGo(sale: Sale): readonly ReturnEvent[];
  /** The sale's money is on its way back. */
  moves(sale: Sale): boolean;
}

export class Basket {
  readonly #desk: Desk;
  readonly #paper: Paper;
  readonly #reservations: Reservations;
  readonly #returns: () => ReturnsBeside;
  /** Called after each article: whoever will be needed for the payment can get ready, and stay so. */
  readonly #onAdded: () => void;

  constructor(desk: Desk, paper: Paper, reservations: Reservations, returns: () => ReturnsBeside, onAdded: () => void) {
    this.#desk = desk;
    this.#paper = paper;
    this.#reservations = reservations;
    this.#returns = returns;
    this.#onAdded = onAdded;
  }

  addArticle(command: Of<'add-article'>): CommandAnswer {
    const article = this.#desk.register.catalogue.byArticleNumber(command.articleNumber);
    if (article === null) return this.#desk.refuse('unknown-article', command.articleNumber);
    return this.#add(article, command.quantityMilli ?? null, null);
  }

  /** Whatever was scanned. An unknown code says so and loses nothing. */
  scan(command: Of<'scan'>): CommandAnswer {
    const { words, register } = this.#desk;
    const found = findScanned(register.catalogue, command.code, {
      today: this.#desk.today,
      currency: currencyOf(this.#desk.configuration.shop.market),
    });
    switch (found.kind) {
      case 'article':
        return this.#addScanned(found, command.quantityMilli ?? null);
      case 'receipt':
        return basketFreedom(register.shownPayment) === 'free' ? this.#returns().scanned(command.code) : this.#desk.refuse('payment-alive');
      case 'personal-qr':
        return this.#notice(words.till.refusals['no-sale-for-code'](''));
      case 'not-weighed':
        return this.#notice(words.till.refusals['quantity-not-whole'](found.article.name));
      case 'unknown':
        // A receipt that was read in part is no other's: the search says what is wrong with it, in place of what stood there.
        if (looksLikeReceipt(command.code) && basketFreedom(register.shownPayment) === 'free') return this.#returns().scanned(command.code);
        return this.#notice(this.#unknownCode(found));
    }
  }

  #unknownCode({ why, code, trouble, caseOf }: Extract<Found, { kind: 'unknown' }>): string {
    const { till, scan } = this.#desk.words;
    if (caseOf !== undefined) return till.codeOfCase(caseOf.name);
    if (trouble !== undefined) return scan.gs1Trouble[trouble.why](trouble.identifier);
    return why === 'no-such-article' ? till.refusals['unknown-article'](printable(code)) : till.badRead(printable(code));
  }

  /**
   * Food past its last day of use is never sold (Regulation (EU) 1169/2011 article 24 deems it unsafe); past another date it may
   * be, and the cashier is told.
   */
  #addScanned({ article, quantityMilli, fixedGrossOre, expiresOn }: Extract<Found, { kind: 'article' }>, typedMilli: number | null) {
    const past = expiresOn?.isPast === true ? expiresOn : null;
    const { till } = this.#desk.words;
    const on = past === null ? '' : dateText(past.date, this.#desk.language('cashier'));
    if (past?.meaning === 'use-by') return this.#notice(till.pastUseBy(article.name, on));
    const answer = this.#add(article, quantityMilli ?? typedMilli, fixedGrossOre);
    if (past !== null && answer.ok) this.#show(till.pastDate(article.name, on));
    return answer;
  }

  answerWeight(command: Of<'answer-weight'>): CommandAnswer {
    const { register } = this.#desk;
    const { pending } = register;
    const article = pending === null ? null : register.catalogue.byArticleNumber(pending.articleNumber);
    if (pending?.ask !== 'weight' || article === null) return this.#desk.refuse('nothing-to-answer');
    register.pending = null;
    return this.#add(article, command.quantityMilli, null);
  }

  answerAge(command: Of<'answer-age'>): CommandAnswer {
    const { register } = this.#desk;
    const { pending } = register;
    const article = pending === null ? null : register.catalogue.byArticleNumber(pending.articleNumber);
    if (pending?.ask !== 'age' || article === null) return this.#desk.refuse('nothing-to-answer');
    if (article.ageLimitYears === null) {
      register.pending = null; // an import took the limit away while it was asked about
      return this.#add(article, pending.quantityMilli, pending.fixedGrossOre);
    }
    const { articleNumber, ageLimitYears: years } = article;
    const { sale, opening } = this.#openSale();
    const saleId = sale.saleId;
    if (!command.oldEnough) {
      if (opening.length === 0) this.#desk.record([{ type: 'sale.age-refused', version: 1, payload: { saleId, years, articleNumber } }]);
      register.pending = null;
      this.#show(this.#desk.words.till.ageRefused(article.name));
      return DONE;
    }
    this.#desk.record([...opening, { type: 'sale.age-confirmed', version: 1, payload: { saleId, years, articleNumber } }]);
    register.pending = null;
    return this.#add(article, pending.quantityMilli, pending.fixedGrossOre);
  }

  setQuantity(command: Of<'set-quantity'>): CommandAnswer {
    return this.#change((sale) => changeQuantity(sale, command.lineId, command.quantityMilli));
  }

  removeLine(command: Of<'remove-line'>): CommandAnswer {
    return this.#change((sale) => removeLine(sale, command.lineId));
  }

  discountLine(command: Of<'discount-line'>): CommandAnswer {
    return this.#change((sale) => discountLine(sale, command.lineId, command.discount as Discount | null));
  }

  discountSale(command: Of<'discount-sale'>): CommandAnswer {
    return this.#change((sale) => discountSale(sale, command.discount as Discount | null));
  }

  park(): CommandAnswer {
    const { register } = this.#desk;
    const sale = register.openSale;
    if (sale === null || isEmpty(sale)) return this.#desk.refuse('empty-sale');
    const { shownPayment } = register;
    // What is held waits as long as it likes, and so does a customer who is not there.
    const isAside = shownPayment?.state === 'held' || (shownPayment?.state === 'awaiting' && shownPayment.order.unit === 'distance');
    // Of money that goes back a part may be back already: it is on its way out, and nobody's to hand back first.
    const holds = this.#returns().moves(sale) ? null : this.#holdsMoney(sale);
    const refusal = (isAside ? null : this.mayChange()) ?? holds;
    if (refusal !== null) return refusal;
    this.#desk.record([{ type: 'sale.parked', version: 1, payload: { saleId: sale.saleId } }]);
    return this.#settled();
  }

  resume(command: Of<'resume-sale'>): CommandAnswer {
    const { register } = this.#desk;
    const parked = register.sales.get(command.saleId);
    if (parked?.status !== 'parked') return this.#desk.refuse('unknown-sale');
    const refusal = this.mayChange();
    if (refusal !== null) return refusal;
    const open = register.openSale;
    if (open !== null && !isEmpty(open)) return this.#desk.refuse('sale-open');
    const events: SaleEvent[] = open === null ? [] : [{ type: 'sale.aborted', version: 1, payload: { saleId: open.saleId, totalOre: 0 } }];
    this.#desk.record([...events, { type: 'sale.resumed', version: 1, payload: { saleId: parked.saleId } }]);
    const answer = this.#settled();
    register.shownPaymentId = reservationOf(register, parked.saleId)?.paymentId ?? null;
    return answer;
  }

  /** Ends a sale without money: only when no tender holds any. */
  abort(): CommandAnswer {
    const sale = this.#desk.register.openSale;
    if (sale === null) return this.#desk.refuse('empty-sale');
    const refusal = this.mayChange() ?? this.#holdsMoney(sale);
    if (refusal !== null) return refusal;
    const { totalOre } = saleTotals(sale);
    const aborted: SaleEvent = { type: 'sale.aborted', version: 1, payload: { saleId: sale.saleId, totalOre } };
    this.#desk.record([...this.#returns().lettingGo(sale), aborted]);
    return this.#settled();
  }

  dismiss({ noticeId }: Of<'dismiss'>): CommandAnswer {
    const { register } = this.#desk;
    if (noticeId === undefined) register.pending = null;
    if (noticeId === undefined || register.notice?.id === noticeId) register.notice = null;
    this.#desk.changed();
    return DONE;
  }

  #add(article: Article, quantityMilli: number | null, fixedGrossOre: number | null): CommandAnswer {
    const { register } = this.#desk;
    const refusal = this.mayChange('add');
    if (refusal !== null) return refusal;
    if (register.pending?.ask === 'age') return this.#desk.refuse('answer-first');
    if (article.weighed && quantityMilli === null && fixedGrossOre === null)
      return this.#askFirst({ ask: 'weight', articleNumber: article.articleNumber, quantityMilli: null, fixedGrossOre: null });
    const { sale, opening } = this.#openSale();
    if (article.ageLimitYears !== null && article.ageLimitYears > sale.ageConfirmedYears) {
      return this.#askFirst({ ask: 'age', articleNumber: article.articleNumber, quantityMilli, fixedGrossOre });
    }
    const decision = addArticle(sale, article, quantityMilli ?? 1000, fixedGrossOre, () => this.#desk.newId());
    if ('refusal' in decision) return this.#refuse(decision.refusal, decision.thing);
    const { shownPayment } = register;
    if (shownPayment === null) this.#desk.record([...opening, ...decision.events]);
    else {
      const tooMuch = this.#reservations.changeBasket(shownPayment, sale, decision.events);
      if (tooMuch !== null) return tooMuch;
    }
    register.newestLineId = decision.newestLineId ?? null;
    register.notice = null;
    register.pending = null;
    this.#onAdded();
    this.#desk.changed();
    return DONE;
  }

  #askFirst(pending: PendingArticle): CommandAnswer {
    this.#desk.register.pending = pending;
    this.#desk.register.notice = null;
    this.#desk.changed();
    return DONE;
  }

  /** The sale that is open, or the events that open one and the sale as it will be. */
  #openSale(): { readonly sale: Sale; readonly opening: readonly SaleEvent[] } {
    const { register, ports } = this.#desk;
    const open = register.openSale;
    if (open !== null) return { sale: open, opening: [] };
    const saleId = this.#desk.newId();
    const opened: SaleEvent = { type: 'sale.opened', version: 1, payload: { saleId, saleNumber: register.nextSaleNumber } };
    const nowMs = ports.clock.nowMs();
    const sale = applySaleEvent(null, {
      ...opened,
      atMs: nowMs,
      offsetMinutes: ports.clock.offsetMinutes(nowMs),
      operator: this.#desk.operator.operatorId,
      document: null,
    });
    return { sale, opening: [opened] };
  }

  #change(decide: (sale: Sale) => SaleDecision): CommandAnswer {
    const { register } = this.#desk;
    const sale = register.openSale;
    if (sale === null) return this.#desk.refuse('unknown-line');
    const refusal = this.mayChange('correct');
    if (refusal !== null) return refusal;
    const decision = decide(sale);
    if ('refusal' in decision) return this.#refuse(decision.refusal, decision.thing);
    const { shownPayment } = register;
    if (shownPayment === null) {
      // What was paid in part may now be all of it.
      recordAndComplete(this.#desk, this.#paper, sale, decision.events);
    } else {
      const tooMuch = this.#reservations.changeBasket(shownPayment, sale, decision.events);
      if (tooMuch !== null) return tooMuch;
    }
    register.newestLineId = decision.newestLineId ?? null;
    this.#desk.changed();
    return DONE;
  }

  /** While a payment is alive it says what may be done; a finished sale makes room for the next one by itself. */
  mayChange(how?: 'add' | 'correct'): CommandAnswer | null {
    const { register } = this.#desk;
    const payment = register.shownPayment;
    const freedom = basketFreedom(payment);
    if (freedom !== 'free') {
      const isAllowed = freedom === 'goods' ? how !== undefined : freedom === 'corrections' && how === 'correct';
      return isAllowed ? null : this.#desk.refuse('payment-alive');
    }
    if (payment !== null && register.finishedSaleId === null) register.shownPaymentId = null;
    if (register.finishedSale === null) return null;
    return this.#paper.nextCustomer();
  }

  #holdsMoney(sale: Sale): CommandAnswer | null {
    const { paidOre } = saleTotals(sale);
    return sale.tenders.length === 0 ? null : this.#desk.refuse('holds-money', this.#desk.money(paidOre));
  }

  #refuse(code: SaleRefusal, thing: string): CommandAnswer {
    const isAmount = code === 'holds-money' || code === 'amount-too-large' || code === 'amount-too-small' || code === 'sale-too-large';
    return this.#desk.refuse(code, isAmount && thing !== '' ? this.#desk.money(Number(thing)) : thing);
  }

  /** Says it on the screen too: whoever scanned was looking at the goods. */
  #notice(text: string): CommandAnswer {
    this.#show(text);
    return { ok: false, code: 'unknown-article', message: text };
  }

  #show(text: string): void {
    this.#desk.register.notice = { id: this.#desk.newId(), tone: 'care', text, support: null };
    this.#desk.changed();
  }

  #settled(): CommandAnswer {
    const { register } = this.#desk;
    register.newestLineId = null;
    register.pending = null;
    register.notice = null;
    register.shownPaymentId = null;
    register.forgetFinished();
    this.#desk.changed();
    return DONE;
  }
}

/** Nothing is in it: neither goods to sell, nor any that came back. */
function isEmpty(sale: Sale): boolean {
  return sale.lines.length === 0 && sale.returned === undefined;
}

/** A code as it may be shown to a person: short, and nothing that moves the cursor. */
function printable(code: string): string {
  const clean = [...code].filter((character) => character >= ' ' && character !== '\u007f').join('');
  return clean.length <= 40 ? clean : `${clean.slice(0, 40)}…`;
}
