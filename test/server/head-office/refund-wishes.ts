/** What tests of refunds ask for, and where they look afterwards. */
import type { OrderAsSold, RefundAnswer, RefundAsk } from '../../../app/refund/contract.ts';
import type { TestChain } from './test-chain.ts';
import type { Sold, TestRegister } from './test-register.ts';

export const TWO_STORES = [
  { storeId: 'nord', msn: '100001' },
  { storeId: 'syd', msn: '100002' },
] as const;

/** So much of these lines, `[lineNo, quantityMilli]`, under a new id. */
export function wish(register: TestRegister, orderId: string, lines: readonly (readonly [number, number])[] = [[1, 1_000]]): RefundAsk {
  return {
    refundId: register.newRefundId(),
    orderId,
    lines: lines.map(([lineNo, quantityMilli]) => ({ lineNo, quantityMilli })),
    reason: 'angrer',
    operator: 'ola',
    approvedBy: null,
    payOut: 'as-it-came',
  };
}

export const asks = (register: TestRegister, asked: unknown, url?: string) => register.call<RefundAnswer>('/v1/refunds', asked, url);
export const confirms = (register: TestRegister, refundId: string, url?: string) =>
  register.call<RefundAnswer>('/v1/refunds/confirm', { refundId }, url);
export const withdraws = (register: TestRegister, refundId: string) => register.call<RefundAnswer>('/v1/refunds/withdraw', { refundId });
export const stateOf = async (register: TestRegister, refundId: string) =>
  (await register.call<RefundAnswer>('/v1/refunds/state', { refundId })).body;
export const orderOf = async (register: TestRegister, orderId: string) =>
  (await register.call<OrderAsSold>('/v1/orders/read', { orderId })).body;

/** Asks and confirms; gives the last answer. */
export async function refunds(register: TestRegister, asked: RefundAsk): Promise<RefundAnswer> {
  const reserved = await asks(register, asked);
  if (reserved.body.state !== 'reserved') return reserved.body;
  return (await confirms(register, asked.refundId)).body;
}

/** What the provider itself has given back of a payment, in how many pieces. */
export function atProvider({ sandbox }: TestChain, sold: Sold): { readonly refundedOre: number; readonly refunds: number } {
  const payment = sandbox.control.payments().find(({ reference }) => reference === sold.reference);
  const refunds = payment?.entries.filter(({ kind, ok }) => kind === 'refund' && ok) ?? [];
  return { refundedOre: refunds.reduce((sum, { amountOre }) => sum + amountOre, 0), refunds: refunds.length };
}
