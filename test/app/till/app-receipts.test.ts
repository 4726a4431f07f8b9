/** Receipts in customers' apps: sent when the sale is complete, and again until they are there. */
import { describe, expect, it } from 'vitest';
import { TRIED_FOR_MS } from '../../../app/till/app-receipts.ts';
import { BREAD, SODA } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

const HOUR_MS = 3_600_000;
const shown = (counter: Counter) => counter.provider.receipts.get(counter.latest.reference)?.lines.map(({ name }) => name) ?? null;

async function paid(counter = new Counter()): Promise<Counter> {
  await counter.ring(BREAD, SODA);
  await counter.showQr();
  await counter.approve();
  return counter;
}

describe('the receipt in the customer’s app', () => {
  it('comes when the sale is complete, with its intent on disk before', async () => {
    const counter = await paid();
    await counter.time.pass(1_000);
    expect(shown(counter)).toEqual(['Kneipp', 'Farris 0,5 l', 'Pant']);
    const types = counter.types('sale.completed', 'app-receipt.');
    expect(types).toEqual(['sale.completed', 'app-receipt.intended', 'app-receipt.sent']);
  });

  it('does not come before the rest of the sale is paid, and then says what was paid otherwise', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr(2_000);
    await counter.approve();
    await counter.time.pass(HOUR_MS / 60);
    expect(counter.asked('receipt')).toEqual([]);
    await counter.do({ type: 'pay-card', terminalReference: 'T1' });
    await counter.time.pass(1_000);
    expect(counter.provider.receipts.get(counter.latest.reference)).toMatchObject({ paidByCardOre: 1_990, paidInCashOre: 0 });
    expect(counter.provider.wrongs).toEqual([]);
  });

  it('is tried again with growing waits while the provider is away, and the counter sells on', async () => {
    const counter = new Counter();
    counter.next('receipt', { kind: 'not-sent' }, { kind: 'broken', done: false }, { kind: 'too-many', retryAfterMs: null });
    await paid(counter);
    await counter.do({ type: 'print-receipt' }, { type: 'next-customer' });
    await counter.time.pass(6 * 60_000); // 10 s, 1 and 5 minutes
    expect(shown(counter)).toBeNull();
    await counter.time.pass(60_000);
    expect(shown(counter)).not.toBeNull();
    await paid(counter);
    expect(counter.finished.means).toHaveLength(1);
  });

  it('is tried again after a restart, and once is enough', async () => {
    const counter = new Counter();
    counter.next('receipt', { kind: 'lost-after' });
    await paid(counter);
    await counter.time.pass(100); // it is there, and its answer is on the way
    counter.restart();
    await counter.time.pass(1_000);
    expect(counter.types('app-receipt.')).toEqual(['app-receipt.intended', 'app-receipt.sent']);
    counter.restart();
    await counter.time.pass(HOUR_MS);
    expect(counter.types('app-receipt.')).toHaveLength(2);
    expect(counter.box.readModel.openIntents()).toEqual([]);
  });

  it('is left after days, with a line in the log, and the sale stands as it was', async () => {
    const counter = new Counter();
    const { weather } = counter.provider;
    counter.provider.weather = {
      ...weather,
      fate: (operation) => (operation === 'receipt' ? { kind: 'not-sent' } : weather.fate(operation)),
    };
    await paid(counter);
    await counter.time.pass(TRIED_FOR_MS + 2 * HOUR_MS);
    expect(counter.types('app-receipt.')).toEqual(['app-receipt.intended', 'app-receipt.left']);
    expect(counter.box.log.filter(({ event }) => event === 'app-receipt.left')).toMatchObject([{ facts: { code: 'not-sent' } }]);
  });

  it('is left at once when it is refused for good', async () => {
    const counter = new Counter();
    counter.next('receipt', { kind: 'refused', code: 'order-management:400' });
    await paid(counter);
    await counter.time.pass(1_000);
    expect(counter.types('app-receipt.')).toEqual(['app-receipt.intended', 'app-receipt.left']);
  });

  it('is not sent where the shop does not want it', async () => {
    const counter = await paid(new Counter({ configuration: { receipt: { inApp: false } } }));
    await counter.time.pass(HOUR_MS);
    expect(counter.types('app-receipt.')).toEqual([]);
    expect(counter.asked('receipt')).toEqual([]);
  });

  it('goes along with the creation where the API takes it, and nothing is sent afterwards', async () => {
    const counter = new Counter({ habits: { receiptAtCreation: true } });
    await counter.ring(BREAD, SODA);
    await counter.showQr();
    expect(shown(counter)).toEqual(['Kneipp', 'Farris 0,5 l', 'Pant']);
    await counter.approve();
    await counter.time.pass(HOUR_MS);
    expect(counter.types('sale.completed', 'app-receipt.')).toEqual(['sale.completed']);
    expect(counter.asked('receipt')).toEqual([]);
  });

  it('of a part of a sale comes afterwards there too', async () => {
    const counter = new Counter({ habits: { receiptAtCreation: true } });
    await counter.ring(BREAD);
    await counter.showQr(2_000);
    expect(shown(counter)).toBeNull();
    await counter.approve();
    await counter.do({ type: 'pay-cash', receivedOre: 2_000 });
    await counter.time.pass(1_000);
    expect(counter.provider.receipts.get(counter.latest.reference)).toMatchObject({ paidInCashOre: 1_990 });
  });

  it('does not follow a sale in cash', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    expect(counter.types('sale.completed', 'app-receipt.')).toEqual(['sale.completed']);
  });
});
