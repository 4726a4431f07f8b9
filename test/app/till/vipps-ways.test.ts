/** The ways to a customer at the counter beside the QR: a message to their phone, and their own code. */
import { describe, expect, it } from 'vitest';
import { BREAD, SODA } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

const CODE = 'https://qr.vipps.no/p/3f0c9a7e51';

/** A sale of one bread, and the number read, shown back and sent. */
async function pushed(counter = new Counter(), number = '912 34 567'): Promise<Counter> {
  await counter.ring(BREAD);
  await counter.do({ type: 'pay-vipps', way: 'phone' }, { type: 'answer-phone', number }, { type: 'confirm-phone', send: true });
  await counter.time.pass(500);
  return counter;
}

describe('a message to a phone number', () => {
  it('is shown back in full before anything is sent, and one more tap sends it', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way: 'phone' });
    expect(counter.view.prompt).toEqual({ kind: 'phone', amountOre: 3_990, typed: '', problem: null });
    await counter.do({ type: 'answer-phone', number: '91234567' });
    expect(counter.view.prompt).toMatchObject({ kind: 'phone-confirm', number: { text: '+47 912 34 567', country: 'Norge' } });
    expect(counter.asked('create')).toEqual([]);
    await counter.do({ type: 'confirm-phone', send: true });
    await counter.time.pass(500);
    expect(counter.provider.creations).toMatchObject([{ flow: 'push', extras: { payer: { kind: 'phone', msisdn: '4791234567' } } }]);
    expect(counter.payment).toMatchObject({ title: 'Sendt til +47 912 34 567', byQr: false });
    expect(counter.screen).toMatchObject({ kind: 'scanned', title: 'Åpne Vipps på telefonen og godkjenn' });
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('has no QR on any screen, and no number on the customer’s', async () => {
    const counter = await pushed();
    expect(counter.asked('qr')).toEqual([]);
    expect(JSON.stringify(counter.box.till.customerView())).not.toMatch(/912|34 567|4791234567/);
  });
  it('leaves no number on disk: only its end', async () => {
    const counter = await pushed();
    await counter.approve();
    const written = JSON.stringify(counter.box.entries());
    expect(written).not.toMatch(/91234567|912 34 567/);
    expect(written).toContain('+47 ••••••67');
  });
  it('can be changed before it is sent: what was typed is still there', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do(
      { type: 'pay-vipps', way: 'phone' },
      { type: 'answer-phone', number: '91234568' },
      { type: 'confirm-phone', send: false },
    );
    expect(counter.view.prompt).toMatchObject({ kind: 'phone', typed: '91234568' });
    await counter.do({ type: 'dismiss' });
    expect(counter.view).toMatchObject({ prompt: null, stage: { kind: 'selling' } });
    expect(counter.asked('create')).toEqual([]);
  });
  it('is not sent for another sum than was shown: a basket that changes meanwhile ends the question', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way: 'phone' }, { type: 'answer-phone', number: '91234567' });
    await counter.ring(SODA);
    expect(counter.view.prompt).toBeNull();
    expect(await counter.ask({ type: 'confirm-phone', send: true })).toMatchObject({ ok: false, code: 'nothing-to-answer' });
    expect(counter.asked('create')).toEqual([]);
  });
  it('says what is wrong with a number that is none', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way: 'phone' }, { type: 'answer-phone', number: '9123456' });
    expect(counter.view.prompt).toMatchObject({ kind: 'phone', typed: '9123456', problem: 'Nummeret er for kort. Mangler det et siffer?' });
  });
  it('asks about a number that may be meant otherwise, and still shows it back before it sends', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way: 'phone' }, { type: 'answer-phone', number: '21 23 45 67' });
    expect(counter.view.prompt).toMatchObject({ kind: 'phone-choice', numbers: [{ text: '+45 21 23 45 67', country: 'Danmark' }] });
    expect(await counter.ask({ type: 'confirm-phone', send: true })).toMatchObject({ ok: false, code: 'nothing-to-answer' });
    await counter.do({ type: 'choose-phone', msisdn: '4521234567' });
    expect(counter.view.prompt).toMatchObject({ kind: 'phone-confirm', number: { msisdn: '4521234567' } });
  });
  it('takes an article’s barcode for no answer', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way: 'phone' });
    expect(await counter.ask({ type: 'scan', code: BREAD.ean ?? '' })).toMatchObject({ ok: false, code: 'answer-first' });
    expect(counter.view.basket?.lines).toHaveLength(1);
  });
  it('says how old the customer must be when the basket asks for it, and where it was sold', async () => {
    const counter = new Counter();
    await counter.ask({ type: 'add-article', articleNumber: '1004' });
    await counter.do({ type: 'answer-age', oldEnough: true });
    await counter.showQr();
    const { extras } = counter.provider.creations[0] ?? {};
    expect(extras).toMatchObject({ minimumUserAge: 18, metadata: { sale: '1' } });
  });
});

describe('a message whose answer was lost', () => {
  it('is found, and goes on: the customer may be approving it', async () => {
    const counter = new Counter();
    counter.next('create', { kind: 'lost-after' });
    await pushed(counter);
    expect(counter.payment.title).toBe('Sender til kundens telefon');
    await counter.time.pass(8_000);
    expect(counter.payment.title).toBe('Sendt til +47 912 34 567');
    expect(counter.asked('create')).toHaveLength(1);
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
    expect(counter.provider.payments.size).toBe(1);
  });
  it('that the provider does not know is sent again, the same to the letter, and never twice', async () => {
    const counter = new Counter();
    counter.next('create', { kind: 'lost-before' });
    await pushed(counter);
    await counter.time.until(() => counter.payment.title === 'Sjekker om meldingen kom fram', 'it is being found out');
    await counter.time.until(() => counter.payment.title.startsWith('Sendt'), 'it is sent');
    expect(counter.provider.creations.map(({ extras }) => extras.payer)).toEqual([{ kind: 'phone', msisdn: '4791234567' }]);
    expect(counter.provider.payments.size).toBe(1);
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
    expect(counter.types('payment.planned')).toHaveLength(1);
  });
  it('that turns up while it is sent again is one payment', async () => {
    const counter = new Counter();
    counter.next('create', { kind: 'late', byMs: 20_000 });
    await pushed(counter);
    await counter.time.until(() => counter.payment.title.startsWith('Sendt'), 'it is found');
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
    expect(counter.provider.payments.size).toBe(1);
    expect(counter.provider.wrongs).toEqual([]);
  });
  it('is watched after a restart, for nobody remembers to whom it went; the sale can go on', async () => {
    const counter = new Counter();
    counter.next('create', { kind: 'lost-before' });
    await pushed(counter);
    counter.restart();
    await counter.time.pass(3_000);
    expect(counter.payment.title).toBe('Vi vet ikke om meldingen kom fram');
    expect(counter.buttons).toEqual(['pay-vipps', 'pay-vipps']);
    await counter.do({ type: 'pay-vipps', way: 'qr' });
    await counter.time.until(() => counter.screen.kind === 'qr', 'the code');
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('that is found after a restart goes on all the same', async () => {
    const counter = await pushed();
    counter.restart();
    await counter.time.pass(3_000);
    expect(counter.payment.title).toBe('Sendt til +47 ••••••67');
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('that turns up after the sale has gone on with a code is given back', async () => {
    const counter = new Counter();
    counter.next('create', { kind: 'late', byMs: 30_000 });
    await pushed(counter);
    counter.restart();
    await counter.time.pass(3_000);
    await counter.do({ type: 'pay-vipps', way: 'qr' });
    await counter.time.until(() => counter.screen.kind === 'qr', 'the code');
    const shown = counter.latest;
    await counter.time.until(() => counter.latest !== shown && counter.latest.phase === 'cancelled', 'the late one is ended');
    shown.approve(counter.time.nowMs);
    await counter.time.pass(2_500);
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('is cancelled by the cashier: found, it is ended, unless the customer was quicker', async () => {
    const counter = new Counter();
    counter.next('create', { kind: 'lost-after' });
    await pushed(counter);
    counter.latest.approve(counter.time.nowMs);
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(9_000);
    expect(counter.payment.title).toBe('Kunden rakk å godkjenne');
  });
});

describe('a sales unit that may not send messages', () => {
  it.each(['ecom:Merchant/38', 'epayment:5080'])('shows the QR by itself, says why, and does not offer it again (%s)', async (code) => {
    const counter = new Counter();
    counter.next('create', { kind: 'refused', code });
    await pushed(counter);
    await counter.time.until(() => counter.screen.kind === 'qr', 'the code');
    expect(counter.view.notice?.text).toMatch(/^Salgsstedet kan ikke sende betalinger til telefoner/);
    expect(counter.provider.creations.map(({ flow }) => flow)).toEqual(['qr']);
    expect(counter.provider.creations[0]?.extras.payer).toBeNull();
    expect(counter.view.vippsWays.every(({ problem }) => problem !== null)).toBe(true);
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('shows no QR where the cashier has cancelled meanwhile, and is not asked again', async () => {
    const counter = new Counter();
    counter.next('create', { kind: 'refused', code: 'epayment:5080' });
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way: 'phone' }, { type: 'answer-phone', number: '91234567' });
    await counter.do({ type: 'confirm-phone', send: true }, { type: 'cancel-payment' });
    await counter.time.until(() => counter.payment.phase === 'not-paid', 'it is over');
    await counter.time.pass(5_000);
    expect(counter.provider.creations).toEqual([]);
    expect(counter.view.vippsWays.every(({ problem }) => problem !== null)).toBe(true);
  });
  it('is not asked again in this process', async () => {
    const counter = new Counter();
    counter.next('create', { kind: 'refused', code: 'epayment:5080' });
    await pushed(counter);
    await counter.time.until(() => counter.screen.kind === 'qr', 'the code');
    await counter.do({ type: 'cancel-payment' });
    await counter.time.until(() => counter.payment.phase === 'not-paid', 'it is over');
    expect(await counter.ask({ type: 'pay-vipps', way: 'phone' })).toMatchObject({ ok: false, code: 'way-not-possible' });
  });
});

describe('a customer who cannot pay so', () => {
  it.each(['epayment:7010', 'ecom:User/81'])('is never told why; QR and another number are offered (%s)', async (code) => {
    const counter = new Counter();
    counter.next('create', { kind: 'refused', code });
    await pushed(counter);
    expect(counter.payment).toMatchObject({ title: 'Kunden kan ikke betale på denne måten', phase: 'not-paid' });
    expect(counter.payment.buttons.map(({ label }) => label)).toEqual(['Vis QR', 'Annet nummer']);
    expect(counter.payment.detail).not.toMatch(/alder|ukjent|registrert/i);
    await counter.do({ type: 'pay-vipps', way: 'phone' });
    expect(counter.view.prompt?.kind).toBe('phone');
  });
});

describe('the customer’s own code', () => {
  it('begins the payment at once when there is something to pay', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'scan', code: CODE });
    await counter.time.pass(500);
    expect(counter.provider.creations).toMatchObject([{ flow: 'personal-qr', extras: { payer: { content: CODE } } }]);
    expect(counter.payment.title).toBe('Sendt til kundens telefon');
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('is in no view, on no paper and not on disk', async () => {
    const counter = new Counter();
    await counter.ask({ type: 'scan', code: CODE });
    await counter.ring(BREAD);
    await counter.ask({ type: 'scan', code: CODE.slice(8) });
    const early = JSON.stringify([counter.view, counter.box.till.customerView()]);
    await counter.do({ type: 'scan', code: CODE });
    await counter.time.pass(500);
    const said = [early, JSON.stringify([counter.view, counter.box.till.customerView(), counter.box.entries()])].join();
    expect(said).not.toContain('3f0c9a7e51');
  });
  it('with nothing in the basket gets a sentence', async () => {
    const counter = new Counter();
    expect(await counter.ask({ type: 'scan', code: CODE })).toMatchObject({ ok: false, code: 'no-sale-for-code' });
    expect(counter.view.notice?.text).toMatch(/Skann varene først/);
    expect(counter.view.basket).toBeNull();
  });
  it('scanned twice, and as the fresh one that the app has made meanwhile, is one payment', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'scan', code: CODE }, { type: 'scan', code: CODE });
    await counter.time.pass(500);
    await counter.do({ type: 'scan', code: `${CODE}b` });
    await counter.time.pass(5_000);
    expect(counter.asked('create')).toHaveLength(1);
    expect(counter.view.notice).toBeNull();
  });
  it('in place of the code on the screen: that one is ended first', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    const shown = await counter.showQr();
    await counter.do({ type: 'scan', code: CODE });
    await counter.time.until(() => counter.payment.title === 'Sendt til kundens telefon', 'it is sent');
    expect(counter.provider.payment(shown.reference).phase).toBe('cancelled');
    expect(counter.provider.creations.map(({ flow }) => flow)).toEqual(['qr', 'personal-qr']);
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });
  it('scanned before the code is on the screen waits for it, and takes its place', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps' }, { type: 'scan', code: CODE });
    await counter.time.until(() => counter.payment.title === 'Sendt til kundens telefon', 'it is sent');
    expect(counter.provider.creations.map(({ flow }) => flow)).toEqual(['qr', 'personal-qr']);
  });
  it('does not take the place of what was just approved', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    const shown = await counter.showQr();
    shown.approve(counter.time.nowMs);
    await counter.do({ type: 'scan', code: CODE });
    await counter.time.pass(3_000);
    expect(counter.finished.totalOre).toBe(3_990);
    expect(counter.provider.payments.size).toBe(1);
    // Nor does it stay for the next customer.
    await counter.do({ type: 'decline-receipt' }, { type: 'next-customer' });
    await counter.ring(SODA);
    await counter.showQr();
    expect(counter.provider.creations.map(({ flow }) => flow)).toEqual(['qr', 'qr']);
  });
  it('asked for, and an article scanned: it is not a customer’s code, and not in the basket', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-vipps', way: 'personal-qr' });
    expect(counter.view.prompt).toEqual({ kind: 'personal-code', amountOre: 3_990 });
    expect(await counter.ask({ type: 'scan', code: BREAD.ean ?? '' })).toMatchObject({ ok: false, code: 'not-a-personal-code' });
    expect(counter.view.notice?.text).toMatch(/^Dette er ikke en kundes Vipps-kode/);
    expect(counter.view.prompt?.kind).toBe('personal-code');
    expect(counter.view.basket?.lines).toHaveLength(1);
    await counter.do({ type: 'scan', code: CODE });
    await counter.time.pass(500);
    expect(counter.payment.title).toBe('Sendt til kundens telefon');
  });
  it.each(['epayment:4060', 'epayment:4050', 'local:not-a-personal-code'])('that is none (%s) is asked for again', async (code) => {
    const counter = new Counter();
    counter.next('create', { kind: 'refused', code });
    await counter.ring(BREAD);
    await counter.do({ type: 'scan', code: CODE });
    await counter.time.pass(500);
    expect(counter.payment).toMatchObject({ title: 'Koden gjaldt ikke' });
    await counter.do({ type: 'scan', code: `${CODE}c` });
    await counter.time.pass(500);
    expect(counter.payment.title).toBe('Sendt til kundens telefon');
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
  });
});
