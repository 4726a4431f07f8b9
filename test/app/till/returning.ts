/** What tests of returns look at and press, at a counter of any kind. */
import { scryptSync } from 'node:crypto';
import type { CashierView, Command, OrderView } from '../../../app/till/contract.ts';
import type { ReturnStage } from '../../../app/till/return-contract.ts';
import type { BoxedRegister } from '../../simulation/boxed-register.ts';
import type { Counter } from './counter.ts';

/** The newest order of the shop's own day. */
export async function newestOrder(box: BoxedRegister): Promise<OrderView> {
  const answer = await box.till.ask({ type: 'orders', search: { by: 'date', date: '2026-11-21' } });
  if (answer.type !== 'orders' || answer.orders[0] === undefined) throw new RangeError('there is no order');
  return orderOf(box, answer.orders[0].orderId);
}

export async function orderOf(box: BoxedRegister, orderId: string): Promise<OrderView> {
  const answer = await box.till.ask({ type: 'order', orderId });
  if (answer.type !== 'order' || answer.order === null) throw new RangeError(`there is no such order: ${JSON.stringify(answer)}`);
  return answer.order;
}

type TakeReturn = Extract<Command, { type: 'take-return' }>;

/** So much of these lines, `[lineNo, quantityMilli]`. */
export const take = (
  { orderId }: { readonly orderId: string },
  lines: readonly (readonly [number, number])[] = [[1, 1_000]],
  more: Partial<TakeReturn> = {},
): TakeReturn => ({
  type: 'take-return',
  orderId,
  lines: lines.map(([lineNo, quantityMilli]) => ({ lineNo, quantityMilli })),
  reason: 'Angrer',
  ...more,
});

/** The stage, which must be a return's. */
export function returnStageOf(view: CashierView): ReturnStage {
  if (view.stage.kind !== 'return') throw new RangeError(`the stage is ${view.stage.kind}`);
  return view.stage;
}

/** As the settings make it, and as easy to compare as the form allows: comparing takes time that no test lets pass. */
function quickHash(pin: string): string {
  const salt = Buffer.alloc(16, 7);
  const key = scryptSync(pin, salt, 32, { N: 16, r: 8, p: 1 });
  return ['scrypt', 4, 8, 1, salt.toString('base64url'), key.toString('base64url')].join('$');
}

export const MANAGER = { managerId: 'kari', pin: '4711' };
export const WITH_A_MANAGER = [
  { id: 'ola', name: 'Ola' },
  { id: 'kari', name: 'Kari', role: 'manager', pinHash: quickHash(MANAGER.pin) },
];

/** A sale that the customer has paid with the phone, and gone. */
export async function sellWithVipps(shop: Counter, ...articles: readonly { readonly articleNumber: string }[]): Promise<OrderView> {
  await shop.ring(...articles);
  await shop.showQr();
  await shop.approve();
  await shop.do({ type: 'decline-receipt' }, { type: 'next-customer' });
  return newestOrder(shop.box);
}
