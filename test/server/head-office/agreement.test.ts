/**
 * Whole days of a chain by chance: stores that sell, ask, confirm, withdraw and repeat themselves, over a provider that loses
 * answers. When the faults are over, head office and the provider agree to the øre, and nothing came back twice.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settledPairs, settledRefunds } from '../../../server/head-office/settlement.ts';
import { asks, confirms, wish, withdraws } from './refund-wishes.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';
import type { Sold, TestRegister } from './test-register.ts';

const STORES = [
  { storeId: 'nord', msn: '100001' },
  { storeId: 'syd', msn: '100002', api: 'epayment' },
  { storeId: 'vest', msn: '100003', way: 'shared' },
] as const;

const FAULTS = ['none', 'cut-after', 'cut-before', 'rate-limited', 'server-error', 'stale'] as const;

interface Step {
  readonly who: number;
  readonly order: number;
  readonly quantityMilli: number;
  readonly next: 'confirm' | 'confirm twice' | 'withdraw' | 'nothing';
  readonly fault: (typeof FAULTS)[number];
  readonly passMs: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat({ max: 2 }),
  order: fc.nat({ max: 3 }),
  quantityMilli: fc.integer({ min: 1, max: 2_500 }),
  next: fc.constantFrom('confirm', 'confirm', 'confirm twice', 'withdraw', 'nothing'),
  fault: fc.constantFrom(...FAULTS),
  passMs: fc.constantFrom(0, 3_000, 20_000),
});

async function play(chain: TestChain, registers: readonly TestRegister[], sold: readonly Sold[], plan: Step): Promise<void> {
  const register = registers[plan.who];
  const order = sold[plan.order];
  if (register === undefined || order === undefined) throw new Error('no such register or order');
  const { control } = chain.sandbox;
  const asked = wish(register, order.orderId, [[1, plan.quantityMilli]]);
  const { body } = await asks(register, asked);
  if (plan.fault === 'stale') control.addFault({ kind: 'stale', route: 'details', behindMs: 5_000 });
  else if (plan.fault !== 'none') control.addFault({ kind: plan.fault, route: 'refund' });
  if (body.state === 'reserved') {
    if (plan.next === 'withdraw') await withdraws(register, asked.refundId);
    else if (plan.next === 'confirm') await confirms(register, asked.refundId);
    else if (plan.next === 'confirm twice') await Promise.all([confirms(register, asked.refundId), confirms(register, asked.refundId)]);
  }
  chain.clock.atMs += plan.passMs;
  await chain.server.sweep();
}

/** Once nobody loses anything any more, everything that was sent comes to an end. */
async function calmDown(chain: TestChain): Promise<void> {
  chain.sandbox.control.clearFaults();
  const { db } = chain.office.store;
  for (let turn = 0; turn < 60; turn += 1) {
    const open = await db.selectFrom('refunds').select('refund_id').where('state', '=', 'sending').execute();
    if (open.length === 0) return;
    chain.clock.atMs += 61_000;
    await chain.server.sweep();
  }
  throw new Error('something stays unknown');
}

async function compare(chain: TestChain, sold: readonly Sold[]): Promise<void> {
  const { db } = chain.office.store;
  for (const { orderId, reference } of sold) {
    const tenders = await db.selectFrom('order_tenders').selectAll().where('order_id', '=', orderId).execute();
    const lines = await db.selectFrom('order_lines').selectAll().where('order_id', '=', orderId).execute();
    const refunds = await db.selectFrom('refunds').selectAll().where('order_id', '=', orderId).execute();
    const sumOf = (state: string) => refunds.reduce((sum, each) => (each.state === state ? sum + each.amount_ore : sum), 0);
    const atProvider = chain.sandbox.control.payments().find((payment) => payment.reference === reference);
    const viaVipps = tenders.filter(({ kind }) => kind === 'vipps').reduce((sum, each) => sum + each.refunded_ore, 0);
    expect(viaVipps).toBe(atProvider?.refundedOre ?? 0);
    expect(tenders.reduce((sum, each) => sum + each.refunded_ore, 0)).toBe(sumOf('done'));
    expect(tenders.reduce((sum, each) => sum + each.reserved_ore, 0)).toBe(sumOf('reserved'));
    expect(lines.reduce((sum, each) => sum + each.returned_ore, 0)).toBe(sumOf('done'));
    for (const line of lines) expect(line.returned_milli + line.reserved_milli).toBeLessThanOrEqual(line.quantity_milli);
  }
  const done = await db
    .selectFrom('refunds')
    .selectAll()
    .where('state', '=', 'done')
    .whereRef('refunding_store', '!=', 'sold_by_store')
    .execute();
  const always = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  const sumOf = (rows: readonly { readonly amountOre: number }[]) => rows.reduce((sum, row) => sum + row.amountOre, 0);
  expect(sumOf(await settledPairs(db, always))).toBe(done.reduce((sum, each) => sum + each.amount_ore, 0));
  expect(sumOf(await settledRefunds(db, always))).toBe(sumOf(await settledPairs(db, always)));
}

onBothDatabases((newDatabase) => {
  it('head office, the provider and the settlement agree to the øre after any day', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const chain = await startChain(await newDatabase(), STORES);
        const registers = await Promise.all(STORES.map(({ storeId }) => chain.register(storeId)));
        const [nord, syd, vest] = registers;
        if (nord === undefined || syd === undefined || vest === undefined) throw new Error('no registers');
        const goods = [{ articleNumber: '1', priceOre: 3_333, quantityMilli: 3_000 }];
        const sold = [await nord.sell(goods), await syd.sell(goods), await vest.sell(goods, 4_000), await nord.sell(goods, 'none')];
        for (const register of registers) await register.report();
        for (const plan of steps) await play(chain, registers, sold, plan);
        await calmDown(chain);
        await compare(chain, sold);
      }),
      { numRuns: 6, seed: 20_261_121 },
    );
  });
});
