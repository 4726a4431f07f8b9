/** Refunds for another store, over real HTTP, against the practice provider, on both databases. */
import { expect, it } from 'vitest';
import type { RefundAnswer } from '../../../app/refund/contract.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';
import type { Sold, TestRegister } from './test-register.ts';

const TWO_STORES = [
  { storeId: 'nord', msn: '100001' },
  { storeId: 'syd', msn: '100002' },
] as const;

function wish(register: TestRegister, sold: Sold, lines: readonly (readonly [number, number])[]) {
  return {
    refundId: register.newRefundId(),
    orderId: sold.orderId,
    lines: lines.map(([lineNo, quantityMilli]) => ({ lineNo, quantityMilli })),
    reason: 'angrer',
    operator: 'ola',
    approvedBy: null,
  };
}

const refundedOre = ({ sandbox }: TestChain, reference: string | null, msn: string) =>
  sandbox.control.payment(reference ?? '', msn).refundedOre;

onBothDatabases((newDatabase) => {
  it('goods bought in one store come back in another, and the money goes back from the sales unit that took it', async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
    const sold = await nord.sell([
      { articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 },
      { articleNumber: '2', priceOre: 4_990 },
    ]);
    await nord.report();
    const asked = wish(syd, sold, [[1, 1_000]]);
    const reserved = await syd.call<RefundAnswer>('/v1/refunds', asked);
    expect(reserved.body).toMatchObject({ state: 'reserved', amountOre: 10_000, soldBy: { storeId: 'nord', storeName: 'Butikken nord' } });
    expect(refundedOre(chain, sold.reference, '100001')).toBe(0);
    const done = await syd.call<RefundAnswer>('/v1/refunds/confirm', { refundId: asked.refundId });
    expect(done.body).toMatchObject({ state: 'done', parts: [{ kind: 'vipps', amountOre: 10_000, state: 'done' }] });
    expect(refundedOre(chain, sold.reference, '100001')).toBe(10_000);
    const order = await syd.call('/v1/orders/read', { orderId: sold.orderId });
    expect(order.body).toMatchObject({
      lines: [{ returnedMilli: 1_000, reservedMilli: 0 }, { returnedMilli: 0 }],
      tenders: [{ refundedOre: 10_000, reservedOre: 0 }],
    });
  });
});
