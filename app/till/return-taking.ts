/**
 * Goods of an order into the open sale. The wish is on disk first; then they are held: in a shop that is no chain by the
 * register's own journal, in a chain by head office, and where head office does not answer by nobody, with a manager's word.
 */
import type { ReturnEvent, SaleEvent } from '../journal/events.ts';
import type { GoodsReturn, MovingReturn, ReturnThrough, ReturnWish, SoldOrder } from '../refund/goods-return.ts';
import type { OrderOnHand } from '../refund/order-on-hand.ts';
import { handsOutCredit, planReturn, wishProblem, withDeposits } from '../refund/plan-return.ts';
import { returnedOre } from '../refund/shares.ts';
import { saleTotals } from '../sale/totals.ts';
import type { Basket } from './basket.ts';
import type { Command, CommandAnswer } from './contract.ts';
import { type Desk, DONE, type Refusal } from './desk.ts';
import { letGo, NOT_SENT, notSent } from './return-events.ts';
import type { Finding, ReturnFinding } from './return-finding.ts';
import { approvalNeeded, planRefused, refusedByOffice } from './return-refusals.ts';
import type { ReturnRunner } from './return-runner.ts';
import type { ReturnWriter } from './return-writer.ts';

export type TakeReturn = Extract<Command, { type: 'take-return' }>;
export interface TakingParts {
  readonly basket: Basket;
  readonly finding: ReturnFinding;
  readonly runner: ReturnRunner;
  readonly writer: ReturnWriter;
}

/** How long the cashier waits for head office's word. */
const ANSWER_WITHIN_MS = 15_000;

export class ReturnTaking {
  readonly #desk: Desk;
  readonly #parts: TakingParts;
  /** Between a question and the entry that follows from its answer. */
  #taking = false;

  constructor(desk: Desk, parts: TakingParts) {
    this.#desk = desk;
    this.#parts = parts;
  }

  async take(command: TakeReturn): Promise<CommandAnswer> {
    const refusal = this.#mayTake();
    if (refusal !== null) return refusal;
    if (this.#taking) return this.#desk.refuse('return-under-way');
    this.#taking = true;
    try {
      return await this.#takeOf(command, await this.#parts.finding.find(command.orderId));
    } finally {
      this.#taking = false;
    }
  }

  /** Head office has let go of what the provider refused as a whole: the same goods once more, to be paid out in cash. */
  async askForCash(before: MovingReturn, approvedBy: string): Promise<CommandAnswer> {
    const { saleId, returnId, order, wish, reason } = before;
    if (this.#desk.register.openSale?.saleId !== saleId) return this.#desk.refuse('no-return');
    const removed: SaleEvent = { type: 'sale.return-removed', version: 1, payload: { saleId, returnId } };
    const asked = this.#asked({ reason, payOut: 'cash' }, order, wish, 'head-office', approvedBy);
    this.#parts.writer.append([...letGo(before), removed, asked], 'operator');
    return this.#answer(asked.payload.returnId);
  }

  /** Waits for head office's word. Where none comes in time what it may hold is let go of, as soon as it answers again. */
  async knownOrLetGo(returnId: string): Promise<GoodsReturn | null> {
    const { register, ports } = this.#desk;
    const { runner, writer } = this.#parts;
    const untilMs = ports.clock.monotonicMs() + ANSWER_WITHIN_MS;
    for (;;) {
      const ret = register.returns.get(returnId) ?? null;
      if (ret?.state !== 'asked') return ret;
      const wasNotSent = runner.troubleOf(returnId) === 'away' && !runner.mayHaveArrived(returnId);
      if (wasNotSent || ports.clock.monotonicMs() >= untilMs) {
        writer.write(returnId, wasNotSent ? [notSent(returnId)] : letGo(ret), 'system');
        return register.returns.get(returnId) ?? null;
      }
      await new Promise<void>((resolve) => {
        const timer = ports.timers.after(untilMs - ports.clock.monotonicMs(), resolve);
        runner.onTurn(returnId, () => {
          timer.cancel();
          resolve();
        });
      });
    }
  }

  #mayTake(): CommandAnswer | null {
    const { register } = this.#desk;
    const refusal = this.#parts.basket.mayChange();
    if (refusal !== null) return refusal;
    const { openSale } = register;
    if (openSale === null) return null;
    if (openSale.returned !== undefined || register.returnOf(openSale.saleId) !== null) return this.#desk.refuse('return-under-way');
    return openSale.tenders.length === 0 ? null : this.#desk.refuse('holds-money', this.#desk.money(saleTotals(openSale).paidOre));
  }

  async #takeOf(command: TakeReturn, found: Finding): Promise<CommandAnswer> {
    if (found.kind === 'refused') return refusedByOffice(this.#desk, found.code);
    if (found.onHand === null) return this.#desk.refuse(found.kind === 'away' ? 'head-office-away' : 'unknown-order');
    if (found.kind === 'unknown') return { ok: false, code: 'head-office-refused', message: this.#desk.words.returns.problem.notReported };
    const { onHand } = found;
    const problem = wishProblem(onHand.lines, command.lines);
    if (problem !== null) return planRefused(this.#desk, problem);
    const wish = withDeposits(onHand.lines, command.lines);
    const through = found.kind === 'away' ? 'unchecked' : found.from === 'office' ? 'head-office' : 'register';
    // What cannot be at all is not asked a manager about.
    const impossible = through === 'head-office' ? null : this.#plan(command, onHand, wish, through, '');
    if (impossible !== null && 'ok' in impossible) return impossible;
    const approved = await this.#approval(command, onHand, wish, through);
    if (!approved.ok) return approved;
    const refusal = this.#mayTake();
    if (refusal !== null) return refusal;
    if (through === 'head-office') {
      const asked = this.#asked(command, onHand.order, wish, through, approved.approvedBy);
      this.#parts.writer.append([...this.#opening(asked.payload.saleId), asked], 'operator');
      return this.#answer(asked.payload.returnId);
    }
    // The journal may have moved on while a manager typed: what is held is what is left now.
    const now = this.#parts.finding.own(command.orderId) ?? onHand;
    return this.#hold(command, now, wish, through, approved.approvedBy);
  }

  /** The manager's id, or `null` where nobody need approve it. */
  async #approval(
    command: TakeReturn,
    onHand: OrderOnHand,
    wish: readonly ReturnWish[],
    through: ReturnThrough,
  ): Promise<{ readonly ok: true; readonly approvedBy: string | null } | Refusal> {
    const { approvalAboveOre } = this.#desk.configuration.returns;
    const worthOre = worthOf(onHand, wish);
    const isAbove = approvalAboveOre !== null && worthOre > approvalAboveOre;
    const inCash = command.payOut !== undefined || handsOutCredit(onHand, worthOre);
    if (command.approval !== undefined) return this.#desk.approve(command.approval);
    if (!isAbove && !inCash && through !== 'unchecked') return { ok: true, approvedBy: null };
    if (!this.#desk.hasManagers) return this.#desk.refuse('no-manager');
    return approvalNeeded(this.#desk, through, inCash, approvalAboveOre);
  }

  /** Goods and money are held by the register's own journal: in the same moment as they are asked for. */
  #hold(
    command: TakeReturn,
    onHand: OrderOnHand,
    wish: readonly ReturnWish[],
    through: ReturnThrough,
    approvedBy: string | null,
  ): CommandAnswer {
    const plan = this.#plan(command, onHand, wish, through, approvedBy);
    if ('ok' in plan) return plan;
    const asked = this.#asked(command, onHand.order, wish, through, approvedBy);
    const { returnId, saleId } = asked.payload;
    const reserved: ReturnEvent = { type: 'return.reserved', version: 1, payload: { returnId, ...plan } };
    const added: SaleEvent = { type: 'sale.return-added', version: 1, payload: { saleId, returned: plan.goods } };
    this.#parts.writer.append([...this.#opening(saleId), asked, reserved, added], 'operator');
    this.#desk.changed();
    return DONE;
  }

  /** @param approvedBy empty where nobody has been asked yet: then only what no manager can change is said. */
  #plan(
    { reason, payOut }: TakeReturn,
    onHand: OrderOnHand,
    wish: readonly ReturnWish[],
    through: ReturnThrough,
    approvedBy: string | null,
  ): Exclude<ReturnType<typeof planReturn>, { refusal: unknown }> | Refusal {
    const nowMs = this.#desk.ports.clock.nowMs();
    const plan = planReturn(onHand, wish, { returnId: this.#nextId(), reason, approvedBy, payOut: payOut ?? 'as-it-came', nowMs });
    if ('refusal' in plan) {
      const noOneToAsk = plan.refusal === 'needs-approval' && !this.#desk.hasManagers;
      return noOneToAsk ? this.#desk.refuse('no-manager') : planRefused(this.#desk, plan);
    }
    if (through !== 'unchecked') return plan;
    const { offlineMostOre } = this.#desk.configuration.returns;
    if (plan.parts.some(({ kind }) => kind === 'vipps')) return this.#desk.refuse('head-office-away');
    if (plan.goods.amountOre <= offlineMostOre) return plan;
    const message = this.#desk.words.returns.aboveAway(this.#desk.money(offlineMostOre));
    return { ok: false, code: 'head-office-away', message };
  }

  async #answer(returnId: string): Promise<CommandAnswer> {
    this.#desk.changed();
    this.#parts.runner.begin(returnId);
    const ret = await this.knownOrLetGo(returnId);
    if (ret?.state === 'reserved') return DONE;
    return ret?.state === 'refused' && ret.code !== NOT_SENT
      ? refusedByOffice(this.#desk, ret.code)
      : this.#desk.refuse('head-office-away');
  }

  #nextId(): string {
    const { register, configuration } = this.#desk;
    return `${configuration.store.id}-${configuration.register.id}-${register.epoch}-${register.nextReturnNumber}`;
  }

  #asked(
    { reason, payOut = 'as-it-came' }: { readonly reason: string; readonly payOut?: 'as-it-came' | 'cash' | undefined },
    order: SoldOrder,
    wish: readonly ReturnWish[],
    through: ReturnThrough,
    approvedBy: string | null,
  ): Extract<ReturnEvent, { type: 'return.asked' }> {
    const saleId = this.#desk.register.openSale?.saleId ?? this.#desk.newId();
    const payload = { returnId: this.#nextId(), saleId, order, wish, reason, approvedBy, payOut, through };
    return { type: 'return.asked', version: 1, payload };
  }

  /** What opens the sale that the goods come into, where none is open. */
  #opening(saleId: string): readonly SaleEvent[] {
    const { openSale, nextSaleNumber } = this.#desk.register;
    return openSale !== null ? [] : [{ type: 'sale.opened', version: 1, payload: { saleId, saleNumber: nextSaleNumber } }];
  }
}

/** What the wish comes to, as far as that is left. */
function worthOf({ lines }: OrderOnHand, wish: readonly ReturnWish[]): number {
  return wish.reduce((sum, { lineNo, quantityMilli }) => {
    const line = lines.find((each) => each.lineNo === lineNo);
    const takenMilli = line === undefined ? 0 : line.returnedMilli + line.reservedMilli;
    return sum + (line === undefined ? 0 : (returnedOre({ ...line, takenMilli }, quantityMilli) ?? 0));
  }, 0);
}
