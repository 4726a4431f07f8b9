/** Writes what happens to returns, with everything that follows from it for their sales, in one transaction; then lets the effects go. */
import type { NewEntry, PlannedEntry } from '../journal/entry.ts';
import type { ReturnEvent } from '../journal/events.ts';
import { currencyOf } from './brand.ts';
import type { Desk } from './desk.ts';
import type { Drawer } from './drawer.ts';
import type { Paper } from './paper.ts';
import { withSale } from './return-events.ts';

/** A part that the cashier hands out. */
export interface HandedOut {
  readonly terminalReference?: string;
  /** From the drawer, which opens. */
  readonly isCash?: boolean;
}

export class ReturnWriter {
  readonly #desk: Desk;
  readonly #paper: Paper;
  readonly #drawer: Drawer;

  constructor(desk: Desk, paper: Paper, drawer: Drawer) {
    this.#desk = desk;
    this.#paper = paper;
    this.#drawer = drawer;
  }

  /** @param who did it: what a return goes through by itself is nobody's, the sale is the cashier's all the same. */
  write(returnId: string, events: readonly ReturnEvent[], who: 'operator' | 'system', { isCash = false, ...hand }: HandedOut = {}): void {
    const { register, configuration } = this.#desk;
    const ret = register.returns.get(returnId);
    if (ret === undefined) return;
    const sale = register.sales.get(ret.saleId) ?? null;
    const ports = { currency: currencyOf(configuration.shop.market), app: this.#paper.app, ...hand };
    const opening = isCash ? this.#drawer.forCash(ret.saleId) : null;
    this.append([...withSale(ret, events, sale, ports), ...(opening?.entries ?? [])], who);
    opening?.go();
    const after = register.sales.get(ret.saleId);
    // What waited aside is told between sales (`returns-aside.ts`), and its receipt is asked for there.
    if (sale?.status === 'parked') this.#paper.app.wake();
    else if (sale?.status !== 'completed' && after?.status === 'completed') this.#paper.afterCompletion(after);
    this.#desk.changed();
  }

  append(planned: readonly PlannedEntry[], who: 'operator' | 'system'): void {
    const { operatorId } = this.#desk.operator;
    const operatorOf = (type: string) => (who === 'operator' || type.startsWith('sale.') ? operatorId : 'system');
    this.#desk.register.append(planned.map((entry): NewEntry => ({ ...entry, operator: operatorOf(entry.type) })));
  }
}
