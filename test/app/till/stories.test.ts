import { describe, expect, it } from 'vitest';
import type { PaymentRow, PaymentStoryView } from '../../../app/till/contract.ts';
import { BREAD } from '../../simulation/shop.ts';
import { Counter, type CounterOptions } from './counter.ts';

const HOUR_MS = 3_600_000;
const plain = (text: string | undefined) => (text ?? '').replace(/\s/gu, ' ');

async function find(counter: Counter, text?: string): Promise<readonly PaymentRow[]> {
  const answer = await counter.box.till.ask(text === undefined ? { type: 'payments' } : { type: 'payments', text });
  return answer.type === 'payments' ? answer.payments : [];
}

async function tell(counter: Counter, saleId: string): Promise<PaymentStoryView> {
  const asking = counter.box.till.ask({ type: 'payment-story', saleId });
  await counter.time.pass(30_000);
  const answer = await asking;
  if (answer.type !== 'payment-story' || answer.story === null) throw new RangeError('no story');
  return answer.story;
}

const rowsOf = ({ attempts }: PaymentStoryView) =>
  attempts.map(({ rows }) => rows.map(({ text, atText, amountText }) => `${text} ${atText} ${plain(amountText)}`));

/** The first attempt is approved while the cashier cancels, and given back; the second is paid. */
async function paidAtSecondAttempt(options: CounterOptions = {}): Promise<Counter> {
  const counter = new Counter(options);
  await counter.ring(BREAD);
  await counter.showQr();
  counter.latest.approve(counter.time.nowMs);
  await counter.do({ type: 'cancel-payment' });
  await counter.time.until(() => counter.view.stage.kind === 'payment' && counter.payment.phase === 'asking', 'the question');
  await counter.do({ type: 'answer-payment', answer: 'release' });
  await counter.time.until(() => counter.payment.phase === 'given-back', 'given back');
  await counter.do({ type: 'pay-vipps' });
  await counter.time.until(() => counter.screen.kind === 'qr', 'the second picture');
  await counter.approve();
  await counter.time.until(() => counter.view.stage.kind === 'finished', 'paid');
  return counter;
}

describe('the story of a sale’s payments', () => {
  it('explains two reservations and one payment, with the time of each, as the provider tells it', async () => {
    const counter = await paidAtSecondAttempt();
    const story = await tell(counter, counter.finished.saleId);
    expect(plain(story.summary)).toBe('Kunden har betalt 39,90 kr, én gang.');
    expect(story.tone).toBe('good');
    expect(story.explanations.map(plain).join(' ')).toMatch(
      /reservasjonen forsvinner av seg selv\. 39,90 kr ble reservert, men aldri trukket\./,
    );
    expect(story.attempts.map(({ sourceText }) => sourceText)).toEqual(['Slik Vipps ser det nå', 'Slik Vipps ser det nå']);
    expect(rowsOf(story).map((rows) => rows.map((row) => row.replace(/\d\d:\d\d/, 'T')))).toEqual([
      ['Startet T 39,90 kr', 'Reservert T 39,90 kr', 'Frigitt T 39,90 kr'],
      ['Startet T 39,90 kr', 'Reservert T 39,90 kr', 'Trukket T 39,90 kr'],
    ]);
  });

  it('says the days as people do: yesterday, a weekday, a date', async () => {
    const counter = await paidAtSecondAttempt();
    const { saleId } = counter.finished;
    const whenTold = async () => (await tell(counter, saleId)).attempts.at(-1)?.rows.at(-1)?.atText;
    expect(await whenTold()).toMatch(/^\d\d:\d\d$/);
    await counter.time.pass(24 * HOUR_MS);
    expect(await whenTold()).toMatch(/^i går \d\d:\d\d$/);
    await counter.time.pass(48 * HOUR_MS);
    expect(await whenTold()).toMatch(/^(?:man|tirs|ons|tors|fre|lør|søn)dag \d\d:\d\d$/);
    await counter.time.pass(7 * 24 * HOUR_MS);
    expect(await whenTold()).toMatch(/^\d{1,2}\. \p{Ll}+ \d\d:\d\d$/u);
  });

  it('tells the register’s record where the provider is silent, and says so', async () => {
    const counter = await paidAtSecondAttempt();
    counter.cutLine();
    const story = await tell(counter, counter.finished.saleId);
    expect(story.attempts[0]?.sourceText).toBe('Vipps svarer ikke nå. Slik kassen har skrevet det ned');
    expect(plain(story.summary)).toBe('Kunden har betalt 39,90 kr, én gang.');
    expect(story.tone).toBe('care');
  });

  it('asks once, however often the button is pressed', async () => {
    const counter = await paidAtSecondAttempt();
    const before = counter.asked('read').length;
    const { saleId } = counter.finished;
    const asking = [1, 2, 3].map(() => counter.box.till.ask({ type: 'payment-story', saleId }));
    await counter.time.pass(5_000);
    await Promise.all(asking);
    expect(counter.asked('read').length - before).toBe(2);
  });

  it('of a payment that lives goes out between the loop’s own reads, never beside one', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.showQr();
    const [row] = await find(counter);
    const story = await tell(counter, row?.saleId ?? '');
    expect(story.summary).toContain('ikke avsluttet');
    expect(counter.provider.limited).toBe(0);
    const times = counter.asked('read');
    for (const [index, atMs] of times.entries()) if (index > 0) expect(atMs - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(900);
    await counter.approve();
    expect(counter.view.stage.kind).toBe('finished');
  });

  it('of a sale that nobody knows is none', async () => {
    const counter = new Counter();
    expect(await counter.box.till.ask({ type: 'payment-story', saleId: 'nobody' })).toEqual({ type: 'payment-story', story: null });
  });
});

describe('a payment is found', () => {
  it('by its receipt’s number, its reference, the end of it, its amount, or as the latest', async () => {
    const counter = await paidAtSecondAttempt();
    const { saleId, receiptNumber } = counter.finished;
    const { reference } = counter.latest;
    for (const text of [
      undefined,
      String(receiptNumber),
      reference,
      reference.slice(0, 14),
      reference.split('-').slice(-2).join('-'),
      '39,90',
      'kr 39.90',
    ]) {
      expect([text, (await find(counter, text)).map((row) => row.saleId)]).toEqual([text, [saleId]]);
    }
    for (const text of ['39,91', 'kolo-9', '999']) expect([text, await find(counter, text)]).toEqual([text, []]);
  });

  it('with what became of it and how many attempts there were', async () => {
    const counter = await paidAtSecondAttempt();
    expect(await find(counter)).toMatchObject([{ title: 'Kvittering 1', amountOre: 3_990, attempts: 2, stateText: 'Betalt' }]);
  });
});
