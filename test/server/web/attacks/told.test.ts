import { describe, expect, it } from 'vitest';
import { Counter } from '../../../app/till/counter.ts';
import { BREAD } from '../../../simulation/shop.ts';

function setClock(counter: Counter, byMs: number): void {
  const { clock } = counter.time;
  const { nowMs } = clock;
  clock.nowMs = () => nowMs() + byMs;
}

describe('a disk that fills up while a customer pays', () => {
  it('takes the code off the screen once the customer has approved, and tells the cashier why nothing goes on', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr();
    counter.box.storageTrouble = 'disk-full';
    await counter.approve();
    expect(counter.screen).toMatchObject({ kind: 'wait', title: 'Vi sjekker med Vipps' });
    expect(counter.payment.phase).toBe('checking');
    expect(counter.view.notice?.text).toMatch(/^Disken er full/);
    expect(counter.view.lights.find(({ device }) => device === 'provider')?.state).toBe('ok');
    counter.box.storageTrouble = null;
    await counter.time.pass(3_000);
    expect(counter.finished.totalOre).toBe(3_990);
  });
});

describe('a clock that somebody sets back an hour', () => {
  it('does not keep one customer’s thanks on the screen for the next', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    expect(counter.screen.kind).toBe('result');
    setClock(counter, -3_600_000);
    await counter.time.pass(10_000);
    expect(counter.screen.kind).toBe('idle');
  });

  it('does not hide for an hour that the provider cannot be reached', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr();
    counter.cutLine();
    await counter.time.pass(2_000);
    setClock(counter, -3_600_000);
    await counter.time.pass(6_000);
    expect(counter.payment.phase).toBe('checking');
  });
});

describe.each([
  ['an hour back', -3_600_000],
  ['a day forward', 86_400_000],
])('a clock that jumps %s while the customer approves', (_, byMs) => {
  it('leaves the customer charged once, and the sale complete', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr();
    setClock(counter, byMs);
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
    expect(counter.latest.rows.map(({ kind }) => kind)).toEqual(['initiate', 'reserve', 'capture']);
  });
});
