/** A customer who scans the sign at the register gets the amount on their phone, once, and nobody else's. */
import { describe, expect, it } from 'vitest';
import type { CheckIn } from '../../../app/vipps/webhooks/events.ts';
import { BEER, BREAD } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

const MSN = '123456';
const provider = {
  environment: 'sandbox',
  baseUrl: 'http://127.0.0.1:1',
  api: 'epayment',
  merchantSerialNumber: MSN,
  clientId: 'client',
  clientSecret: 'secret-secret',
  subscriptionKey: 'key-key-key',
};
const opened = (checkIns: 'off' | 'ask' | 'at-once' = 'ask') => new Counter({ configuration: { provider, reachable: { checkIns } } });
const SEND = { type: 'pay-vipps', way: 'checked-in' } as const;

/** The provider's word that somebody has scanned this counter's sign. */
function scans(counter: Counter, customerToken = 'token-1', changes: Partial<CheckIn> = {}): boolean {
  const initiatedAtMs = counter.time.clock.nowMs() - 400;
  return counter.box.till.checkedIn({
    customerToken,
    merchantQrId: 'oslo-1',
    merchantSerialNumber: MSN,
    initiatedAtMs,
    ...changes,
  });
}

const tokens = (counter: Counter) => counter.provider.creations.map(({ extras }) => extras.payer);

describe('a customer who scans the sign', () => {
  it('is told to the cashier, who sends the amount with one tap', async () => {
    const counter = opened();
    await counter.ring(BREAD);
    expect(scans(counter)).toBe(true);
    expect(counter.view.checkedIn).toMatchObject({ text: 'Kunden har skannet skiltet.', button: { command: SEND } });
    expect(counter.view.checkedIn?.button?.label).toContain('39,90');
    expect(counter.asked('create')).toEqual([]);
    await counter.do(SEND);
    await counter.time.pass(500);
    expect(counter.view.checkedIn).toBeUndefined();
    expect(counter.provider.creations).toMatchObject([
      { flow: 'checked-in', extras: { payer: { kind: 'customer-token', token: 'token-1' } } },
    ]);
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });

  it('gets the amount at once where the shop wants that, when there is something to pay', async () => {
    const counter = opened('at-once');
    await counter.ring(BREAD);
    scans(counter);
    await counter.time.pass(500);
    expect(tokens(counter)).toEqual([{ kind: 'customer-token', token: 'token-1' }]);
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });

  it('while the cashier is asked about the next article waits until that is answered', async () => {
    const counter = opened('at-once');
    await counter.ring(BREAD, BEER);
    expect(counter.view.prompt?.kind).toBe('age');
    scans(counter);
    await counter.time.pass(500);
    expect(counter.asked('create')).toEqual([]);
    await counter.do({ type: 'answer-age', oldEnough: true }, SEND);
    await counter.time.pass(500);
    expect(counter.latest.amountOre).toBe(3_990 + 3_450 + 300);
  });

  it('before anything is rung up waits two minutes, and is offered when there is something to pay', async () => {
    const counter = opened('at-once');
    scans(counter);
    expect(counter.view.checkedIn).toMatchObject({ text: expect.stringContaining('Legg inn varene'), button: null });
    await counter.time.pass(110_000);
    await counter.ring(BREAD);
    expect(counter.asked('create')).toEqual([]);
    expect(counter.view.checkedIn?.button?.command).toEqual(SEND);
    expect(counter.view.vippsWays[0]?.command).toEqual(SEND);
    await counter.time.pass(10_001);
    expect(counter.view.checkedIn).toBeUndefined();
    expect(counter.view.vippsWays.map(({ command }) => command)).not.toContainEqual(SEND);
    expect(await counter.ask(SEND)).toMatchObject({ ok: false, code: 'nobody-checked-in' });
  });

  it('instead of the code on the screen gets the amount in its place: the code is ended first', async () => {
    const counter = opened();
    await counter.ring(BREAD);
    const { reference } = await counter.showQr();
    scans(counter);
    expect(counter.view.checkedIn?.text).toBe('Kunden har skannet skiltet i stedet for koden.');
    await counter.do(SEND);
    await counter.time.pass(4_000);
    expect(counter.types('payment.released')).toHaveLength(1);
    expect(counter.latest.reference).not.toBe(reference);
    expect(tokens(counter).at(-1)).toEqual({ kind: 'customer-token', token: 'token-1' });
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
    expect([...counter.provider.payments.values()].filter(({ capturedOre }) => capturedOre > 0)).toHaveLength(1);
  });

  it('and pays in cash after all is not offered to whoever comes next', async () => {
    const counter = opened();
    await counter.ring(BREAD);
    scans(counter);
    expect(counter.view.checkedIn?.button).not.toBeNull();
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    await counter.time.pass(3_000);
    await counter.do({ type: 'next-customer' });
    await counter.ring(BREAD);
    expect(counter.view.checkedIn).toBeUndefined();
    expect(await counter.ask(SEND)).toMatchObject({ ok: false, code: 'nobody-checked-in' });
  });

  it('while another customer’s payment is on a phone is not offered: one living payment of a sale', async () => {
    const counter = opened('at-once');
    await counter.ring(BREAD);
    scans(counter, 'token-1');
    await counter.time.pass(500);
    scans(counter, 'token-2');
    expect(counter.view.checkedIn).toBeUndefined();
    expect(await counter.ask(SEND)).toMatchObject({ ok: false, code: 'payment-alive' });
    await counter.time.pass(500);
    expect(tokens(counter)).toHaveLength(1);
  });

  it('while somebody who is not there has a link is not asked for that order, whoever decides', async () => {
    const keys = { clientId: 'client', clientSecret: 'secret-secret', subscriptionKey: 'key-key-key' };
    const distance = { merchantSerialNumber: '654321', ...keys };
    const counter = new Counter({ configuration: { provider, distance, reachable: { checkIns: 'at-once' } } });
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way: 'away-link' });
    await counter.time.pass(2_000);
    scans(counter);
    expect(counter.view.checkedIn).toBeUndefined();
    expect(await counter.ask(SEND)).toMatchObject({ ok: false, code: 'payment-alive' });
    expect(await counter.ask({ type: 'scan', code: 'https://qr.vipps.no/p/3f0c9a7e51' })).toMatchObject({ code: 'payment-alive' });
    await counter.time.pass(5_000);
    expect(counter.provider.creations.map(({ flow }) => flow)).toEqual(['link']);
    expect(counter.latest.phase).toBe('waiting');
  });

  it('is heard once, however often it is told', async () => {
    const counter = opened();
    await counter.ring(BREAD);
    expect([scans(counter), scans(counter), scans(counter, 'token-2')]).toEqual([true, false, true]);
    await counter.do(SEND);
    expect(scans(counter, 'token-2')).toBe(false);
    await counter.time.pass(500);
    expect(tokens(counter)).toEqual([{ kind: 'customer-token', token: 'token-2' }]);
  });

  it('at another register, of another sales unit, or long ago is not heard', () => {
    const counter = opened();
    expect(scans(counter, 'a', { merchantQrId: 'kolo-99' })).toBe(false);
    expect(scans(counter, 'b', { merchantSerialNumber: '654321' })).toBe(false);
    expect(scans(counter, 'c', { initiatedAtMs: counter.time.clock.nowMs() - 301_000 })).toBe(false);
    expect(scans(opened('off'))).toBe(false);
    expect(counter.view.checkedIn).toBeUndefined();
  });

  it('goes away when the cashier does not want it', async () => {
    const counter = opened();
    scans(counter);
    await counter.do({ type: 'forget-check-in' });
    expect(counter.view.checkedIn).toBeUndefined();
  });

  it('leaves no token on disk, and none on a screen', async () => {
    const counter = opened();
    await counter.ring(BREAD);
    scans(counter, 'token-that-nobody-may-see');
    const shown = () => JSON.stringify([counter.view, counter.box.till.customerView()]);
    expect(shown()).not.toContain('token-that');
    await counter.do(SEND);
    await counter.time.pass(500);
    expect(shown()).not.toContain('token-that');
    await counter.approve();
    expect(JSON.stringify(counter.box.entries())).not.toContain('token-that');
  });
});
