import { describe, expect, it } from 'vitest';
import type { Fate } from '../../simulation/model-provider.ts';
import { BAG, BREAD, SODA } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

const due = (counter: Counter) => counter.view.basket?.dueOre ?? 0;

/** A counter where the customer can scan the picture for one bread. */
async function waiting(counter = new Counter()): Promise<Counter> {
  await counter.ring(BREAD);
  await counter.showQr();
  return counter;
}

describe('paying by phone', () => {
  it('shows the provider’s own picture with the amount and a countdown', async () => {
    const counter = await waiting();
    expect(counter.screen).toMatchObject({ kind: 'qr', amount: { text: '39,90' }, qr: { kind: 'png' } });
    expect(counter.payment).toMatchObject({ phase: 'waiting-for-scan', amountOre: 3_990 });
    expect(counter.buttons).toEqual(['check-payment', 'cancel-payment']);
  });
  it('says that the phone has the word once it was scanned', async () => {
    const counter = await waiting();
    counter.latest.open(counter.time.nowMs);
    await counter.time.pass(1_500);
    expect(counter.screen.kind).toBe('scanned');
    expect(counter.payment.phase).toBe('waiting-for-approval');
  });
  it('approved, is captured, read back, and the sale is complete', async () => {
    const counter = await waiting();
    await counter.approve();
    expect(counter.finished).toMatchObject({ totalOre: 3_990, means: [{ kind: 'vipps', amountOre: 3_990 }] });
    expect(counter.latest.capturedOre).toBe(3_990);
    expect(counter.screen).toMatchObject({ kind: 'result', tone: 'good' });
  });
  it('is never told as paid before the capture was read back', async () => {
    const counter = await waiting();
    counter.next('capture', { kind: 'lost-before' });
    await counter.approve();
    expect(counter.payment.phase).toBe('collecting');
    expect(counter.screen).toMatchObject({ kind: 'wait' });
  });
  it('completes with its tender in one go', async () => {
    const counter = await waiting();
    await counter.approve();
    const entries = counter.box.entries();
    const captured = entries.findIndex(({ type }) => type === 'payment.captured');
    expect(entries.slice(captured, captured + 3).map(({ type }) => type)).toEqual([
      'payment.captured',
      'sale.tender-added',
      'sale.completed',
    ]);
    expect(new Set(entries.slice(captured, captured + 3).map(({ atMs }) => atMs)).size).toBe(1);
  });
  it('by a direct capture unit is captured without a capture', async () => {
    const counter = await waiting(new Counter({ habits: { directCapture: true } }));
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
    expect(counter.asked('capture')).toEqual([]);
  });
  it('is called by its sale and its register in the app, which names the shop itself', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr();
    const planned = counter.box.entries().find((entry) => entry.type === 'payment.planned');
    expect(planned?.payload).toMatchObject({ order: { text: 'Salg 1, Kasse 1' } });
  });
  it('asks once a second', async () => {
    const counter = await waiting();
    const before = counter.asked('read').length;
    await counter.time.pass(30_000);
    expect(counter.asked('read').length - before).toBeGreaterThanOrEqual(28);
    expect(counter.asked('read').length - before).toBeLessThanOrEqual(31);
  });
  it('freezes the basket while it lasts', async () => {
    const counter = await waiting();
    for (const type of ['park-sale', 'abort-sale', 'pay-vipps'] as const)
      expect(await counter.ask({ type })).toMatchObject({ code: 'payment-alive' });
    expect(await counter.ask({ type: 'add-article', articleNumber: BAG.articleNumber })).toMatchObject({ code: 'payment-alive' });
    expect(await counter.ask({ type: 'pay-cash', receivedOre: 5_000 })).toMatchObject({ code: 'payment-alive' });
  });
  it('is refused without a provider, and says what to do', async () => {
    const counter = new Counter({ provider: 'none' });
    await counter.ring(BREAD);
    expect(await counter.ask({ type: 'pay-vipps' })).toMatchObject({ code: 'provider-not-configured' });
  });
  it('is refused below the provider’s smallest amount', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    expect(await counter.ask({ type: 'pay-vipps', amountOre: 99 })).toMatchObject({ code: 'amount-too-small' });
  });
});

describe('a payment that comes to nothing', () => {
  it('rejected: both read that nothing was charged, and the basket is still there', async () => {
    const counter = await waiting();
    counter.latest.reject(counter.time.nowMs);
    await counter.time.pass(1_500);
    expect(counter.payment.phase).toBe('not-paid');
    expect(counter.screen).toMatchObject({ kind: 'result', tone: 'care', detail: expect.stringContaining('ikke belastet') });
    await counter.do({ type: 'close-payment' });
    expect(due(counter)).toBe(3_990);
    expect(counter.screen.kind).toBe('basket');
  });
  it('no cover: another try, or other means', async () => {
    const counter = await waiting();
    counter.latest.hasNoCover(counter.time.nowMs);
    await counter.time.pass(1_500);
    expect(counter.payment.phase).toBe('not-paid');
    expect(counter.buttons).toEqual(['pay-vipps', 'close-payment']);
  });
  it('no cover, and the customer takes another card: it is approved after all', async () => {
    const counter = await waiting();
    counter.latest.hasNoCover(counter.time.nowMs);
    await counter.time.pass(1_500);
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('no cover, cash instead, and then the customer takes another card: it is given back by itself', async () => {
    const counter = await waiting();
    counter.latest.hasNoCover(counter.time.nowMs);
    await counter.time.pass(1_500);
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    counter.latest.approve(counter.time.nowMs);
    await counter.time.pass(10_000);
    expect(counter.latest).toMatchObject({ phase: 'voided', capturedOre: 0 });
  });
  it('expired: told when the ten minutes are over', async () => {
    const counter = await waiting();
    await counter.time.pass(602_000);
    expect(counter.payment.phase).toBe('not-paid');
    expect(counter.screen).toMatchObject({ kind: 'result', title: 'Tiden gikk ut' });
  });
  it('expired in silence: ended by the register after a margin', async () => {
    const counter = await waiting(new Counter({ habits: { expiry: 'silence' } }));
    await counter.time.pass(602_000);
    expect(counter.payment.phase).toBe('code-ended');
    await counter.time.pass(20_000);
    expect(counter.payment.phase).toBe('not-paid');
  });
  it('expired in silence, and the cancel is refused: it ends all the same', async () => {
    const counter = await waiting(new Counter({ habits: { expiry: 'silence', cancelsWhatIsOver: false } }));
    await counter.time.pass(660_000);
    expect(counter.payment.phase).toBe('cancelling');
    await counter.time.pass(300_000);
    expect(counter.payment.phase).toBe('not-paid');
  });
  it('refused by the provider: says the code for support', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.next('create', { kind: 'refused', code: 'ecom:Merchant/37' });
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(1_000);
    expect(counter.payment).toMatchObject({ phase: 'not-paid', support: 'ecom:Merchant/37' });
  });
  it('refused for a reason that the shop can mend: says it before what to do', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.next('create', { kind: 'refused', code: 'epayment:5060' });
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(1_000);
    expect(counter.payment.detail).toBe(
      'Butikkens bankkonto er ikke bekreftet. Ingenting er trukket. Ta betalt på en annen måte. Eieren må ordne det i bedriftsportalen til Vipps.',
    );
  });
  it('another try has a reference of its own', async () => {
    const counter = await waiting();
    const first = counter.latest;
    first.reject(counter.time.nowMs);
    await counter.time.pass(1_500);
    const second = await counter.showQr();
    expect(second.reference).toBe(first.reference.replace(/1$/, '2'));
  });
});

describe('the picture', () => {
  it('is drawn when it is late, and not changed afterwards', async () => {
    const counter = new Counter();
    counter.next('qr', { kind: 'slow', byMs: 6_000 });
    await waiting(counter);
    expect(counter.screen).toMatchObject({
      kind: 'qr',
      title: 'Skann med telefonens kamera',
      qr: { kind: 'draw', text: counter.latest.url },
    });
    await counter.time.pass(6_000);
    expect(counter.screen).toMatchObject({ kind: 'qr', qr: { kind: 'draw' } });
  });
  it('that could not be had is not drawn before three seconds are over', async () => {
    const counter = new Counter();
    counter.next('qr', ...Array<Fate>(5).fill({ kind: 'not-sent' }));
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(2_900);
    expect(counter.screen.kind).toBe('wait');
    await counter.time.pass(300);
    expect(counter.screen).toMatchObject({ kind: 'qr', qr: { kind: 'draw' } });
  });
  it('is not drawn when the provider says that there is nothing to scan any more', async () => {
    const counter = new Counter();
    counter.next('qr', ...Array<Fate>(5).fill({ kind: 'not-sent' }));
    counter.next('qr-text', { kind: 'refused', code: 'qr:400' });
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(4_000);
    expect(counter.screen).toMatchObject({ kind: 'result', title: 'Koden gikk ut' });
  });
  it('is never drawn where the shop may not', async () => {
    const counter = new Counter({ configuration: { qr: { drawQr: 'never' } } });
    counter.next('qr', { kind: 'slow', byMs: 6_000 });
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(5_000);
    expect(counter.screen.kind).toBe('wait');
    await counter.time.pass(2_000);
    expect(counter.screen).toMatchObject({ kind: 'qr', qr: { kind: 'png' } });
  });
  it('is asked for again when it could not be had', async () => {
    const counter = new Counter();
    counter.next('qr', { kind: 'not-sent' });
    await waiting(counter);
    expect(counter.screen).toMatchObject({ kind: 'qr', qr: { kind: 'png' } });
  });
  it('is gone when its time is over, though the provider says nothing', async () => {
    const counter = await waiting(new Counter({ habits: { expiry: 'silence' } }));
    let changes = 0;
    counter.box.onChange = () => {
      changes += 1;
    };
    await counter.time.pass(600_500);
    expect(counter.screen).toMatchObject({ kind: 'result', title: 'Koden gikk ut' });
    expect(changes).toBeGreaterThan(0);
  });
  it('is gone as soon as the cashier cancels', async () => {
    const counter = await waiting();
    await counter.do({ type: 'cancel-payment' });
    expect(counter.screen.kind).toBe('wait');
  });
});

describe('the provider cannot be reached', () => {
  it('is no reason to call a payment failed: both are told that it is being checked', async () => {
    const counter = await waiting();
    counter.cutLine();
    await counter.time.pass(6_000);
    expect(counter.payment.phase).toBe('checking');
    expect(counter.screen).toMatchObject({ kind: 'wait', title: 'Vi sjekker med Vipps' });
  });
  it('stays told as such though somebody sets the clock back', async () => {
    const counter = await waiting();
    counter.cutLine();
    await counter.time.pass(20_000);
    counter.time.setClock(-30_000);
    for (let second = 0; second < 60; second += 1) {
      await counter.time.pass(1_000);
      expect(counter.screen.kind).toBe('wait');
    }
  });
  it('goes on by itself when it can be again', async () => {
    const counter = await waiting();
    const mend = counter.cutLine();
    await counter.time.pass(20_000);
    counter.latest.approve(counter.time.nowMs);
    mend();
    await counter.time.pass(3_000);
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('at the creation is tried again until it can', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    const mend = counter.cutLine();
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(10_000);
    expect(counter.payment.phase).toBe('checking');
    mend();
    await counter.time.pass(8_000);
    expect(counter.screen.kind).toBe('qr');
    expect(counter.provider.payments.size).toBe(1);
  });
  it('at the creation keeps to the provider’s limit of two a minute, when it says that this was too many', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.next('create', ...Array<Fate>(2).fill({ kind: 'too-many', retryAfterMs: null }));
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(60_000);
    expect(counter.provider.payments.size).toBe(0);
    await counter.time.pass(5_000);
    expect(counter.screen.kind).toBe('qr');
  });
  it('at the creation can be given up, because nothing ever left', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    counter.cutLine();
    await counter.do({ type: 'pay-vipps' });
    await counter.time.pass(10_000);
    await counter.do({ type: 'cancel-payment' });
    await counter.do({ type: 'close-payment' }, { type: 'pay-cash', receivedOre: 4_000 });
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('shows as a light', async () => {
    const counter = await waiting();
    counter.cutLine();
    await counter.time.pass(3_000);
    expect(counter.view.lights.find(({ device }) => device === 'provider')?.state).toBe('down');
  });
});

describe('check again', () => {
  it('reads at once', async () => {
    const counter = await waiting();
    await counter.time.pass(700);
    const before = counter.asked('read').length;
    await counter.do({ type: 'check-payment' });
    await counter.time.pass(100);
    expect(counter.asked('read').length).toBe(before + 1);
  });
  it('keeps to the provider’s limit, however often it is pressed', async () => {
    const counter = await waiting();
    for (let press = 0; press < 400; press += 1) {
      await counter.do({ type: 'check-payment' });
      await counter.time.pass(150);
    }
    expect(counter.provider.limited).toBe(0);
  });
  it('waits when the provider said to slow down', async () => {
    const counter = await waiting();
    counter.next('read', { kind: 'too-many', retryAfterMs: 20_000 });
    await counter.time.pass(1_200);
    const before = counter.asked('read').length;
    await counter.do({ type: 'check-payment' });
    await counter.time.pass(10_000);
    expect(counter.asked('read').length).toBe(before);
    await counter.time.pass(12_000);
    expect(counter.asked('read').length).toBeGreaterThan(before);
  });
});

describe('a split', () => {
  it('leaves the rest on the screens, and any other means can take it', async () => {
    const counter = new Counter();
    await counter.ring(BREAD, SODA);
    await counter.showQr(2_000);
    await counter.approve();
    expect(counter.view.stage.kind).toBe('selling');
    expect(due(counter)).toBe(4_680);
    expect(counter.screen).toMatchObject({
      kind: 'basket',
      total: { text: '46,80' },
      paid: { sum: { label: 'Sum', amount: '66,80' }, parts: [{ label: 'Betalt med Vipps', amount: '−20,00' }] },
    });
    await counter.do({ type: 'pay-card', terminalReference: 'T1' });
    expect(counter.finished.means.map(({ kind }) => kind)).toEqual(['vipps', 'card']);
  });
  it('of two phones has two payments, one after the other', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr(2_000);
    await counter.approve();
    await counter.showQr();
    await counter.approve();
    expect(counter.finished.means.map(({ amountOre }) => amountOre)).toEqual([2_000, 1_990]);
  });
  it('does not hand back what a phone paid as if it were cash', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr(2_000);
    await counter.approve();
    const [tender] = counter.view.basket?.tenders ?? [];
    expect(tender?.returnable).toBe(false);
    expect(await counter.ask({ type: 'return-tender', tenderId: tender?.tenderId ?? '' })).toMatchObject({ ok: false });
  });
});
