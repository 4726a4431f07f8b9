/** What a payment by phone may be of now: the rules of the sale, and the provider's. */
import { isAlive } from '../payment/payment.ts';
import { electronicAmount } from '../sale/decide.ts';
import type { Sale } from '../sale/sale.ts';
import { currencyOf } from './brand.ts';
import type { Desk, Refusal } from './desk.ts';

/** The provider's smallest amounts, in minor units. */
const LEAST_ORE = { NOK: 100, DKK: 1, EUR: 1 } as const;

/** `amountOre`: what the customer is asked for. */
export interface Payable {
  readonly sale: Sale;
  readonly amountOre: number;
}

/** The provider's smallest amount here, in minor units. */
export function leastOreOf(desk: Desk): number {
  return LEAST_ORE[currencyOf(desk.configuration.shop.market)];
}

/**
 * The open sale and what of it can be asked for, or why nothing can.
 * @param amountOre a part; without it all that is left.
 * @param reserveOre what is to be reserved: at least what is left.
 */
export function payableNow(desk: Desk, amountOre: number | undefined, reserveOre: number | undefined): Payable | Refusal {
  const { register } = desk;
  const alive = register.shownPayment;
  if (alive !== null && isAlive(alive)) return desk.refuse('payment-alive');
  const sale = register.openSale;
  if (sale === null) return desk.refuse(register.finishedSale === null ? 'empty-sale' : 'nothing-to-pay');
  const amount = electronicAmount(sale, amountOre);
  if ('refusal' in amount) return desk.refuse(amount.refusal, amount.thing === '' ? '' : desk.money(Number(amount.thing)));
  const leastOre = Math.max(leastOreOf(desk), amount.amountOre);
  const askedOre = reserveOre ?? amount.amountOre;
  // What is captured is at least what the provider captures, and what is reserved at least what is in the basket.
  const isEnough = amount.amountOre >= leastOreOf(desk) && askedOre >= leastOre;
  return isEnough ? { sale, amountOre: askedOre } : desk.refuse('amount-too-small', desk.money(leastOre));
}
