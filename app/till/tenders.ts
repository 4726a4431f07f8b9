/** Cash and card: taking them, handing them back, and completing the sale when nothing is left to pay. */
import type { NewEntry, PlannedEntry } from '../journal/entry.ts';
import type { AppReceiptEvent, ReturnEvent, SaleEvent } from '../journal/events.ts';
import { isAlive } from '../payment/payment.ts';
import { applySaleEvent } from '../sale/apply.ts';
import { type SaleDecision, takeCard, takeCash } from '../sale/decide.ts';
import { cashRoundingOre, receiptSeriesOf, type Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import { currencyOf } from './brand.ts';
import type { Command, CommandAnswer } from './contract.ts';
import { type Desk, DONE } from './desk.ts';
import type { Drawer, Opening } from './drawer.ts';
import type { Paper } from './paper.ts';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

export class Tenders {
  readonly #desk: Desk;
  readonly #paper: Paper;
  readonly #drawer: Drawer;

  constructor(desk: Desk, paper: Paper, drawer: Drawer) {
    this.#desk = desk;
    this.#paper = paper;
    this.#drawer = drawer;
  }

  /** A part opens the drawer as well: its money is in the cashier's hand now. Where nothing is handed over, nothing opens. */
  payCash(command: Of<'pay-cash'>): CommandAnswer {
    return this.#take(
      (sale) => takeCash(sale, command.receivedOre, currencyOf(this.#desk.configuration.shop.market), () => this.#desk.newId()),
      (sale) => (command.receivedOre === 0 ? null : this.#drawer.forCash(sale.saleId)),
    );
  }

  payCard(command: Of<'pay-card'>): CommandAnswer {
    return this.#take((sale) => takeCard(sale, command.amountOre, command.terminalReference, () => this.#desk.newId()));
  }

  /** Cash is handed back, a card payment voided on its terminal. What an integrated payment holds goes back through the payment. */
  returnTender(command: Of<'return-tender'>): CommandAnswer {
    const sale = this.#desk.register.openSale;
    const tender = sale?.tenders.find(({ tenderId }) => tenderId === command.tenderId);
    if (sale === null || tender === undefined || tender.kind === 'vipps' || tender.kind === 'refund')
      return this.#desk.refuse('unknown-line');
    const refusal = this.#paymentAlive();
    if (refusal !== null) return refusal;
    const opening = tender.kind === 'cash' && tender.receivedOre > 0 ? this.#drawer.forCash(sale.saleId) : null;
    this.#desk.record([
      { type: 'sale.tender-returned', version: 1, payload: { saleId: sale.saleId, tenderId: tender.tenderId } },
      ...(opening?.entries ?? []),
    ]);
    opening?.go();
    this.#desk.changed();
    return DONE;
  }

  #take(decide: (sale: Sale) => SaleDecision, openingFor: (sale: Sale) => Opening | null = () => null): CommandAnswer {
    const { register } = this.#desk;
    const sale = register.openSale;
    if (sale === null) return this.#desk.refuse(register.finishedSale === null ? 'empty-sale' : 'nothing-to-pay');
    const refusal = this.#paymentAlive();
    if (refusal !== null) return refusal;
    const decision = decide(sale);
    if ('refusal' in decision) {
      const thing = decision.thing === '' ? '' : this.#desk.money(Number(decision.thing));
      return this.#desk.refuse(decision.refusal, thing);
    }
    recordAndComplete(this.#desk, this.#paper, sale, decision.events, openingFor(sale));
    register.shownPaymentId = null;
    this.#desk.changed();
    return DONE;
  }

  #paymentAlive(): CommandAnswer | null {
    const payment = this.#desk.register.shownPayment;
    return payment !== null && isAlive(payment) ? this.#desk.refuse('payment-alive') : null;
  }
}

/**
 * Writes what was decided about a sale; when nothing is left to pay by that, the sale is complete and its receipt is next.
 * The drawer opens before the receipt: paper can jam.
 */
export function recordAndComplete(
  desk: Desk,
  paper: Paper,
  sale: Sale,
  events: readonly SaleEvent[],
  opening: Opening | null = null,
  how: 'paid' | 'even' = 'paid',
): void {
  const { register } = desk;
  const { operatorId } = desk.operator;
  const planned = [...withCompletion(sale, events, paper.app, how), ...(opening?.entries ?? [])];
  register.append(planned.map((entry): NewEntry => ({ ...entry, operator: operatorId })));
  opening?.go();
  const after = register.sales.get(sale.saleId);
  if (after?.status === 'completed') paper.afterCompletion(after);
}

/**
 * The events that change what is left to pay, and, when nothing is left to pay, the one that completes the sale: it takes the
 * receipt's number and is the signed transaction, and the receipts for its customers' apps are meant. Where all that came back
 * pays for new goods, that is confirmed with it. They are written together or not at all.
 * @param how `even`: an exchange of goods for goods worth the same ends when the cashier says so, and not by itself.
 */
export function withCompletion(
  sale: Sale,
  events: readonly SaleEvent[],
  app: { intended(sale: Sale): readonly AppReceiptEvent[] },
  how: 'paid' | 'even' = 'paid',
): readonly PlannedEntry[] {
  const after = events.reduce<Sale>(
    (state, event) => applySaleEvent(state, { ...event, atMs: 0, offsetMinutes: 0, operator: '', document: null }),
    sale,
  );
  const totals = saleTotals(after);
  if (totals.dueOre !== 0 || (after.tenders.length === 0 && how === 'paid')) return events;
  const roundingOre = after.tenders.reduce((sum, tender) => sum + cashRoundingOre(tender), 0);
  const { totalOre, vatOre } = totals;
  return [
    ...events,
    ...creditConfirmed(after),
    {
      type: 'sale.completed',
      version: 1,
      payload: { saleId: sale.saleId, totalOre, vatOre, roundingOre },
      series: receiptSeriesOf(after),
      amounts: { inclVatOre: totalOre, exclVatOre: totalOre - vatOre },
    },
    ...app.intended(after),
  ];
}

/** New goods take up all that the returned ones are worth: no part of it moves. */
function creditConfirmed({ returned, tenders }: Sale): readonly ReturnEvent[] {
  if (returned === undefined || tenders.some(({ kind }) => kind === 'refund')) return [];
  const { returnId, amountOre } = returned;
  return [{ type: 'return.confirm-intended', version: 1, payload: { returnId, creditOre: amountOre, parts: [] } }];
}
