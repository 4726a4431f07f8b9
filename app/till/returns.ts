/**
 * Goods that come back: found, held, given back the way the money came (`docs/returns.md`). What is to be done about a return
 * that is not over, and no person does, is the runner's.
 */
import type { z } from 'zod';
import type { RefundDesk } from '../chain/client.ts';
import type { ReturnEvent } from '../journal/events.ts';
import type { ReadModel } from '../journal/read-model.ts';
import type { PaymentProvider } from '../payment/provider.ts';
import type { GoodsReturn, MovingReturn } from '../refund/goods-return.ts';
import { lessCredit } from '../refund/shares.ts';
import type { Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import type { Basket } from './basket.ts';
import { isBetweenSales } from './between-sales.ts';
import type { CashierView, Command, CommandAnswer, QueryAnswer } from './contract.ts';
import { type Desk, DONE, type Refusal } from './desk.ts';
import type { Drawer } from './drawer.ts';
import { orderView } from './order-view.ts';
import type { Paper } from './paper.ts';
import type { ReturnAsideRow, ReturnWishRow, returnCommands, returnQueries } from './return-contract.ts';
import { handedOutNext, letGo, mayLetGo } from './return-events.ts';
import { ReturnFinding } from './return-finding.ts';
import { ownRefundOf, sentTo } from './return-refunds.ts';
import { ReturnRunner, type ReturnTrouble } from './return-runner.ts';
import { ReturnTaking } from './return-taking.ts';
import { mayWait } from './return-view.ts';
import { ReturnWriter } from './return-writer.ts';
import { isDoneAside, returnsAside } from './returns-aside.ts';
import { recordAndComplete } from './tenders.ts';

export type ReturnCommand = z.infer<(typeof returnCommands)[number]>;
export type ReturnQuery = z.infer<(typeof returnQueries)[number]>;
type Of<Type extends ReturnCommand['type']> = Extract<ReturnCommand, { type: Type }>;

export interface ReturnsParts {
  readonly basket: Basket;
  readonly paper: Paper;
  readonly drawer: Drawer;
  readonly readModel: ReadModel;
  /** `null` in a shop that is no chain. */
  readonly office: RefundDesk | null;
  readonly provider: PaymentProvider | null;
}

/** What changes a sale, or ends it: not while goods are asked for, nor once their money has begun to move. */
const FROZEN: ReadonlySet<Command['type']> = new Set<Command['type']>([
  'add-article',
  'scan',
  'answer-weight',
  'answer-age',
  'set-quantity',
  'remove-line',
  'discount-line',
  'discount-sale',
  'park-sale',
  'resume-sale',
  'pay-vipps',
  'answer-phone',
  'choose-phone',
  'confirm-phone',
  'pay-cash',
  'pay-card',
  'return-tender',
  'take-return',
  'give-back',
]);

export class Returns {
  readonly #desk: Desk;
  readonly #parts: ReturnsParts;
  readonly #finding: ReturnFinding;
  readonly #writer: ReturnWriter;
  readonly #runner: ReturnRunner;
  readonly #taking: ReturnTaking;
  #foundReceipt: CashierView['foundReceipt'];
  #scans = 0;
  #wasLinked = false;

  constructor(desk: Desk, parts: ReturnsParts) {
    this.#desk = desk;
    this.#parts = parts;
    const finding = new ReturnFinding(desk, parts.readModel, parts.office);
    const writer = new ReturnWriter(desk, parts.paper, parts.drawer);
    this.#finding = finding;
    this.#writer = writer;
    this.#runner = new ReturnRunner(desk, {
      office: parts.office,
      provider: parts.provider,
      paymentOf: (reference) => parts.readModel.paymentByReference(reference)?.order ?? null,
      otherRefunds: (returnId, orderId, reference) => [
        ...parts.readModel.returns.ofOrder(orderId).flatMap((ret) => (ret.returnId === returnId ? [] : sentTo(ret, reference))),
        ...ownRefundOf(parts.readModel.paymentByReference(reference)),
      ],
      orderAtOffice: async (orderId) => {
        const found = await finding.find(orderId);
        return found.kind === 'found' ? found.onHand : null;
      },
      write: (returnId, events) => writer.write(returnId, events, 'system'),
    });
    this.#taking = new ReturnTaking(desk, { ...parts, finding, runner: this.#runner, writer });
  }

  /** Takes up what was not over: what was asked for is known soon, or is let go of. */
  recover(): void {
    for (const ret of [...this.#desk.register.returns.values()]) if (ret.state === 'asked') void this.#recoverAsked(ret.returnId);
    this.#runner.poke();
  }

  /** Something has changed: whatever has something to do by itself goes on, and at once where head office is back. */
  poke(): void {
    const isLinked = this.#desk.ports.headOffice?.status().state.kind === 'linked';
    const isBack = isLinked && !this.#wasLinked;
    this.#wasLinked = isLinked;
    if (isBack) this.#runner.hurry();
    else this.#runner.poke();
  }

  /** After sleep. */
  wake(): void {
    this.#runner.hurry();
  }

  stop(): void {
    this.#runner.stop();
  }

  /** A sale's goods are being asked for, or their money moves: it stays as it is. `null`: go on. */
  refusal(command: Command): Refusal | null {
    const ret = this.openReturn();
    // Nothing that moves is let go of, and nothing unknown is called refused.
    if (command.type === 'abort-sale') return ret !== null && !mayLetGo(ret) ? this.#desk.refuse('return-under-way') : null;
    // What is not known, and what people have to do, may wait while others are served.
    if (command.type === 'park-sale' && ret?.state === 'sending' && mayWait({ ret, trouble: this.troubleOf(ret.returnId) })) return null;
    if (!FROZEN.has(command.type)) return null;
    return ret?.state === 'asked' || ret?.state === 'sending' ? this.#desk.refuse('return-under-way') : null;
  }

  handle(command: ReturnCommand): CommandAnswer | Promise<CommandAnswer> {
    switch (command.type) {
      case 'take-return':
        return this.#taking.take(command);
      case 'remove-return':
        return this.#remove();
      case 'give-back':
        return this.#giveBack();
      case 'part-handed-out':
        return this.#handOut(command);
      case 'pay-part-out':
        return this.#payOut(command);
      case 'check-return':
        this.#runner.hurry();
        return DONE;
      case 'keep-return-wish': {
        const payload = { wishId: this.#desk.newId(), text: command.text, note: command.note ?? null };
        return this.#record({ type: 'return.wish-kept', version: 1, payload });
      }
      case 'drop-return-wish': {
        if (!this.#desk.register.returnWishes.has(command.wishId)) return this.#desk.refuse('nothing-to-answer');
        const why = this.openReturn() === null ? 'given-up' : 'taken';
        return this.#record({ type: 'return.wish-dropped', version: 1, payload: { wishId: command.wishId, why } });
      }
      case 'show-return':
        return this.#show(command);
      case 'forget-receipt':
        this.#foundReceipt = undefined;
        this.#desk.changed();
        return DONE;
    }
  }

  async ask(query: ReturnQuery): Promise<QueryAnswer> {
    if (query.type === 'orders') return { type: 'orders', ...(await this.#finding.search(query.search)) };
    if (query.type === 'stores') return { type: 'stores', stores: await this.#finding.otherStores() };
    return { type: 'order', ...orderView(this.#desk, await this.#finding.find(query.orderId)) };
  }

  /** A receipt was scanned: the screen looks up which purchase it is of. */
  scanned(code: string): CommandAnswer {
    this.#scans += 1;
    this.#foundReceipt = { code: code.trim().toUpperCase(), scan: this.#scans };
    this.#desk.changed();
    return DONE;
  }

  found(): Pick<CashierView, 'foundReceipt'> {
    return this.#foundReceipt === undefined ? {} : { foundReceipt: this.#foundReceipt };
  }

  wishes(): readonly ReturnWishRow[] {
    const { register, ports } = this.#desk;
    const ready = ports.headOffice === undefined || ports.headOffice.status().state.kind === 'linked';
    return [...register.returnWishes.values()].map((wish) => ({ ...wish, ready }));
  }

  /** The return of the sale at the till, until it is taken out of it. */
  openReturn(): GoodsReturn | null {
    const { openSale } = this.#desk.register;
    return openSale === null ? null : this.#desk.register.returnOf(openSale.saleId);
  }

  troubleOf(returnId: string): ReturnTrouble | null {
    return this.#runner.troubleOf(returnId);
  }

  /** What lets go of a sale's return when the sale is aborted. */
  lettingGo({ saleId }: Sale): readonly ReturnEvent[] {
    const ret = this.#desk.register.returnOf(saleId);
    return ret === null ? [] : letGo(ret);
  }

  moves({ saleId }: Sale): boolean {
    return this.#desk.register.returnOf(saleId)?.state === 'sending';
  }

  /** Those whose sale waits aside, oldest first. */
  aside(): readonly ReturnAsideRow[] {
    return returnsAside(this.#desk, (returnId) => this.troubleOf(returnId));
  }

  async #recoverAsked(returnId: string): Promise<void> {
    const ret = await this.#taking.knownOrLetGo(returnId);
    if (ret === null || ret.state === 'reserved') return;
    this.#desk.register.notice = { id: this.#desk.newId(), tone: 'care', text: this.#desk.words.returns.letGo, support: null };
    this.#desk.changed();
  }

  #remove(): CommandAnswer {
    const ret = this.openReturn();
    if (ret === null) return this.#desk.refuse('no-return');
    if (!mayLetGo(ret)) return this.#desk.refuse('return-under-way');
    this.#writer.write(ret.returnId, letGo(ret), 'operator');
    return DONE;
  }

  /** It came to its end aside: now it is on the screens, and its receipt prints. */
  #show({ saleId }: Of<'show-return'>): CommandAnswer {
    const { register } = this.#desk;
    const sale = register.sales.get(saleId);
    if (sale === undefined || !isDoneAside(register, sale)) return this.#desk.refuse('nothing-to-answer');
    const refusal = this.#parts.basket.mayChange();
    if (refusal !== null) return refusal;
    if (!isBetweenSales(register)) return this.#desk.refuse('sale-open');
    this.#parts.paper.afterCompletion(sale);
    return DONE;
  }

  #giveBack(): CommandAnswer {
    const { openSale } = this.#desk.register;
    const ret = this.openReturn();
    if (openSale === null || ret?.state !== 'reserved') return this.#desk.refuse('no-return');
    const refusal = this.#parts.basket.mayChange();
    if (refusal !== null) return refusal;
    const { dueOre } = saleTotals(openSale);
    if (dueOre > 0) return this.#desk.refuse('nothing-to-answer');
    if (dueOre === 0) {
      recordAndComplete(this.#desk, this.#parts.paper, openSale, [], null, 'even');
      this.#desk.changed();
      return DONE;
    }
    // Begun now it would keep the customer waiting for as long as the line is gone; before it has begun the goods can be let go of.
    const isAway = ret.through === 'head-office' && this.#desk.ports.headOffice?.status().state.kind === 'away';
    if (isAway) return this.#desk.refuse('head-office-away');
    const { returnId } = ret;
    const creditOre = ret.goods.amountOre + dueOre;
    const parts = lessCredit(ret.parts, creditOre);
    this.#writer.write(returnId, [{ type: 'return.confirm-intended', version: 1, payload: { returnId, creditOre, parts } }], 'operator');
    return DONE;
  }

  #handOut({ partNo, terminalReference }: Of<'part-handed-out'>): CommandAnswer {
    const ret = this.openReturn();
    const part = ret?.state === 'sending' ? handedOutNext(ret) : null;
    if (ret === null || part?.partNo !== partNo) return this.#desk.refuse('nothing-to-answer');
    if (part.kind === 'card' && terminalReference === undefined) return this.#desk.refuse('reference-required');
    const { returnId } = ret;
    const hand = { isCash: part.kind === 'cash', ...(terminalReference === undefined ? {} : { terminalReference }) };
    this.#writer.write(returnId, [{ type: 'return.part-done', version: 1, payload: { returnId, partNo } }], 'operator', hand);
    return DONE;
  }

  async #payOut({ partNo, approval }: Of<'pay-part-out'>): Promise<CommandAnswer> {
    if (this.#refusedPart(partNo) === null) return this.#desk.refuse('nothing-to-answer');
    const approved = await this.#desk.approve(approval);
    if (!approved.ok) return approved;
    const ret = this.#refusedPart(partNo);
    if (ret === null) return this.#desk.refuse('nothing-to-answer');
    const { approvedBy } = approved;
    if (!ret.cleared) {
      const answer = await this.#taking.askForCash(ret, approvedBy);
      return answer.ok ? this.#giveBack() : answer;
    }
    const { returnId } = ret;
    const paid: ReturnEvent = { type: 'return.part-paid-out', version: 1, payload: { returnId, partNo, approvedBy } };
    this.#writer.write(returnId, [paid], 'operator', { isCash: true });
    return DONE;
  }

  /** The open return, where the provider has refused this part of it for good. */
  #refusedPart(partNo: number): MovingReturn | null {
    const ret = this.openReturn();
    if (ret?.state !== 'sending') return null;
    return ret.parts.some((part) => part.partNo === partNo && part.progress.state === 'refused') ? ret : null;
  }

  #record(event: ReturnEvent): CommandAnswer {
    this.#writer.append([event], 'operator');
    this.#desk.changed();
    return DONE;
  }
}
