/** A payment before it leaves: its reference, what its customer reads, the way to them, and what its creation says beside the order. */
import { localDateAndTime } from '../journal/entry-text.ts';
import type { PaymentEvent } from '../journal/events.ts';
import { makeReference } from '../payment/keys.ts';
import { type CreationExtras, isAway, type Payer, type PaymentFlow, type PaymentOrder } from '../payment/provider.ts';
import type { Sale } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import { texts } from '../text/index.ts';
import { currencyOf } from './brand.ts';
import type { Desk } from './desk.ts';

/** How a customer is reached, and who it is where that must be known. The second half is never written down. */
export interface Approach {
  readonly flow: PaymentFlow;
  readonly payer: Payer | null;
}

export const BY_QR: Approach = { flow: { kind: 'qr' }, payer: null };

/**
 * The entry that begins the sale's next attempt.
 * @param amountOre what the customer is asked for: more than what is left to pay only where that much is to be reserved.
 * @param more what else its order says.
 */
export function planPayment(
  desk: Desk,
  sale: Sale,
  amountOre: number,
  flow: PaymentFlow,
  more: Partial<PaymentOrder>,
): Extract<PaymentEvent, { type: 'payment.planned' }> {
  const { configuration, register, ports } = desk;
  const attempt = sale.paymentAttempts + 1;
  const nowMs = ports.clock.nowMs();
  const order: PaymentOrder = {
    reference: makeReference({
      storeId: configuration.store.id,
      registerId: configuration.register.id,
      month: yearAndMonth(nowMs, ports.clock.offsetMinutes(nowMs)),
      epoch: register.epoch,
      saleNumber: sale.saleNumber,
      attempt,
    }),
    amountOre,
    currency: currencyOf(configuration.shop.market),
    // The app has the shop's name above it already.
    text: `${texts(desk.language('customer')).screen.basket.sale.replace('{number}', String(sale.saleNumber))}, ${configuration.register.name}`,
    ...(flow.kind === 'qr' ? codeOf(configuration) : { flow }),
    ...apiOf(configuration, more.unit),
    ...more,
    // Reserved until the goods leave, by the unit for that; the provider wants the receipt at once where it waits for days.
    ...(isAway(flow) ? { unit: 'distance', collect: 'when-told', receipt: 'at-creation' } : {}),
  };
  const { dueOre } = saleTotals(sale);
  const part = amountOre > dueOre ? { collectOre: dueOre } : {};
  return { type: 'payment.planned', version: 1, payload: { paymentId: desk.newId(), saleId: sale.saleId, attempt, order, ...part } };
}

function codeOf({ qr }: Desk['configuration']): Pick<PaymentOrder, 'code'> {
  return qr.code === 'png' ? {} : { code: qr.code };
}

/** The sales unit for distance selling has ePayment alone. */
function apiOf({ provider }: Desk['configuration'], unit: PaymentOrder['unit']): Pick<PaymentOrder, 'api'> {
  return provider === null ? {} : { api: unit === 'distance' ? 'epayment' : provider.api };
}

/** What the creation says beside the order. Made once for each attempt: what is sent again must be the same to the letter. */
export function creationExtras({ configuration, register }: Desk, sale: Sale, payer: Payer | null): CreationExtras {
  const limits = sale.lines.map(({ articleNumber }) => register.catalogue.byArticleNumber(articleNumber)?.ageLimitYears ?? 0);
  const minimumUserAge = Math.max(0, ...limits);
  return {
    payer,
    receipt: null,
    metadata: { store: configuration.store.id, register: configuration.register.id, sale: String(sale.saleNumber) },
    minimumUserAge: minimumUserAge === 0 ? null : minimumUserAge,
  };
}

/** `yymm` of local time. */
function yearAndMonth(atMs: number, offsetMinutes: number): string {
  const { date } = localDateAndTime(atMs, offsetMinutes);
  return date.slice(2, 4) + date.slice(5, 7);
}
