import { describe, expect, it } from 'vitest';
import { APPLES, BAG, BEER, BREAD, SODA } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

/** Some days before the shop's day: as a GS1 date, and as a person reads it. */
function dayBefore(counter: Counter, days = 1): { readonly short: string; readonly shown: string } {
  const iso = new Date(counter.view.nowMs - days * 86_400_000).toISOString().slice(0, 10);
  return { short: iso.slice(2).replaceAll('-', ''), shown: iso.split('-').reverse().join('.') };
}

const names = (counter: Counter) => counter.view.basket?.lines.map(({ name }) => name) ?? [];
const due = (counter: Counter) => counter.view.basket?.dueOre ?? 0;

describe('scanning', () => {
  it('rings up an article by its EAN', async () => {
    const counter = new Counter();
    await counter.do({ type: 'scan', code: '7038010000010' });
    expect(names(counter)).toEqual(['Kneipp']);
  });
  it('of an unknown code says so and loses nothing', async () => {
    const counter = new Counter();
    await counter.ring(BREAD, BAG);
    const answer = await counter.ask({ type: 'scan', code: '4006381333931' });
    expect(answer).toMatchObject({ ok: false, code: 'unknown-article' });
    expect(counter.view.notice?.text).toContain('4006381333931');
    expect(names(counter)).toEqual(['Kneipp', 'Bærepose']);
  });
  it('goes on after an unknown code, and the notice goes away', async () => {
    const counter = new Counter();
    await counter.ask({ type: 'scan', code: 'what' });
    await counter.ring(BREAD);
    expect(names(counter)).toEqual(['Kneipp']);
    expect(counter.view.notice).toBeNull();
  });
  it('counts up the same piece, and its deposit', async () => {
    const counter = new Counter();
    await counter.ring(SODA, SODA);
    expect(counter.view.basket?.lines.map(({ quantityMilli }) => quantityMilli)).toEqual([2_000, 2_000]);
  });
  it('is on the customer’s screen at once', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    expect(counter.screen).toMatchObject({ kind: 'basket', lines: [{ name: 'Kneipp', amount: '39,90' }], total: { text: '39,90' } });
  });
});

describe('a GS1 code with a date', () => {
  /** Kneipp's own GTIN, then a date under an identifier: 17 last day of use, 15 best before. The shop's day is 1970 or later. */
  const code = (identifier: '15' | '17', date: string) => `]C10107038010000010${identifier}${date}`;

  it('of food past its last day of use is refused, and says so', async () => {
    const counter = new Counter();
    const day = dayBefore(counter);
    expect(await counter.ask({ type: 'scan', code: code('17', day.short) })).toMatchObject({ ok: false });
    expect(counter.view.notice?.text).toBe(`Kneipp ble ikke lagt til: siste forbruksdag var ${day.shown}. Finn en ny vare.`);
    expect(names(counter)).toEqual([]);
  });
  it('past its best is rung up, and the cashier is told', async () => {
    const counter = new Counter();
    const day = dayBefore(counter);
    await counter.do({ type: 'scan', code: code('15', day.short) });
    expect(counter.view.notice?.text).toContain(day.shown);
    expect(names(counter)).toEqual(['Kneipp']);
  });
  it('of today is rung up without a word', async () => {
    const counter = new Counter();
    await counter.do({ type: 'scan', code: code('17', dayBefore(counter, 0).short) });
    expect(counter.view.notice).toBeNull();
    expect(names(counter)).toEqual(['Kneipp']);
  });
  it('that is malformed says what is wrong with it', async () => {
    const counter = new Counter();
    expect(await counter.ask({ type: 'scan', code: code('17', '269931') })).toMatchObject({ ok: false });
    expect(counter.view.notice?.text).toContain('dato som ikke finnes');
  });
  it('of a whole case names what is in it, and adds nothing', async () => {
    const counter = new Counter();
    expect(await counter.ask({ type: 'scan', code: ']C10117038010000017' })).toMatchObject({ ok: false });
    expect(counter.view.notice?.text).toBe('Koden er av en hel kartong Kneipp. Skann én av varene i den, og tast antallet.');
    expect(names(counter)).toEqual([]);
  });
});

describe('an article by weight', () => {
  it('asks for the weight', async () => {
    const counter = new Counter();
    await counter.ring(APPLES);
    expect(counter.view.prompt).toMatchObject({ kind: 'weight', name: 'Eple, Aroma', unit: 'kg' });
    await counter.do({ type: 'answer-weight', quantityMilli: 822 });
    expect(due(counter)).toBe(2_869);
    expect(counter.view.prompt).toBeNull();
  });
  it('is forgotten when the cashier dismisses the question', async () => {
    const counter = new Counter();
    await counter.ring(APPLES);
    await counter.do({ type: 'dismiss' });
    expect(counter.view.prompt).toBeNull();
    expect(counter.view.basket).toBeNull();
  });
  it('stays when only a notice beside it is closed', async () => {
    const counter = new Counter();
    await counter.ring(APPLES);
    await counter.ask({ type: 'scan', code: '4006381333931' });
    await counter.do({ type: 'dismiss', noticeId: counter.view.notice?.id ?? '' });
    expect(counter.view.notice).toBeNull();
    expect(counter.view.prompt).toMatchObject({ kind: 'weight', name: 'Eple, Aroma' });
  });
  it('asks nothing when the weight is known', async () => {
    const counter = new Counter();
    await counter.do({ type: 'add-article', articleNumber: APPLES.articleNumber, quantityMilli: 500 });
    expect(counter.view.prompt).toBeNull();
    expect(due(counter)).toBe(1_745);
  });
  it('cannot be answered when nothing was asked', async () => {
    expect(await new Counter().ask({ type: 'answer-weight', quantityMilli: 500 })).toMatchObject({ code: 'nothing-to-answer' });
  });
});

describe('an article with an age limit', () => {
  it('asks, and says on or before which day the customer must be born', async () => {
    const counter = new Counter();
    await counter.ring(BEER);
    expect(counter.view.prompt).toEqual({ kind: 'age', years: 18, name: 'Pils 0,5 l', bornOnOrBefore: '2008-11-21' });
    expect(counter.view.basket).toBeNull();
  });
  it('is rung up when the customer is old enough', async () => {
    const counter = new Counter();
    await counter.ring(BEER);
    await counter.do({ type: 'answer-age', oldEnough: true });
    expect(names(counter)).toEqual(['Pils 0,5 l', 'Pant']);
  });
  it('is asked about once per sale', async () => {
    const counter = new Counter();
    await counter.ring(BEER);
    await counter.do({ type: 'answer-age', oldEnough: true });
    await counter.ring(BAG, BEER);
    expect(counter.view.prompt).toBeNull();
  });
  it('is asked about again for the next customer', async () => {
    const counter = new Counter();
    await counter.ring(BEER);
    await counter.do({ type: 'answer-age', oldEnough: true }, { type: 'abort-sale' });
    await counter.ring(BEER);
    expect(counter.view.prompt?.kind).toBe('age');
  });
  it('is left out when the customer is too young, and says so', async () => {
    const counter = new Counter();
    await counter.ring(BREAD, BEER);
    await counter.do({ type: 'answer-age', oldEnough: false });
    expect(names(counter)).toEqual(['Kneipp']);
    expect(counter.view.notice?.text).toContain('Pils');
    expect(counter.types('sale.age')).toEqual(['sale.age-refused']);
  });
  it('keeps other articles waiting until it is answered', async () => {
    const counter = new Counter();
    await counter.ring(BEER);
    expect(await counter.ask({ type: 'add-article', articleNumber: BREAD.articleNumber })).toMatchObject({ code: 'answer-first' });
  });
  it('is no question any more once the rest was paid', async () => {
    const counter = new Counter();
    await counter.ring(BREAD, BEER);
    await counter.do({ type: 'pay-cash', receivedOre: 4_000 });
    expect(counter.view.prompt).toBeNull();
    expect(await counter.ask({ type: 'answer-age', oldEnough: true })).toMatchObject({ code: 'nothing-to-answer' });
  });
});

describe('parking', () => {
  it('puts a basket aside and makes room', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'park-sale' });
    expect(counter.view.basket).toBeNull();
    expect(counter.view.parked).toMatchObject([{ totalOre: 3_990, lineCount: 1 }]);
    expect(counter.screen.kind).toBe('idle');
  });
  it('brings the basket back as it was', async () => {
    const counter = new Counter();
    await counter.ring(BREAD, SODA);
    await counter.do({ type: 'park-sale' });
    await counter.do({ type: 'resume-sale', saleId: counter.view.parked[0]?.saleId ?? '' });
    expect(names(counter)).toEqual(['Kneipp', 'Farris 0,5 l', 'Pant']);
    expect(counter.view.parked).toEqual([]);
  });
  it('survives the power', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'park-sale' });
    counter.restart();
    expect(counter.view.parked).toHaveLength(1);
  });
  it('does not bring a basket back over another one', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'park-sale' });
    await counter.ring(BAG);
    expect(await counter.ask({ type: 'resume-sale', saleId: counter.view.parked[0]?.saleId ?? '' })).toMatchObject({ code: 'sale-open' });
  });
  it('refuses an empty basket, and one that holds money', async () => {
    const counter = new Counter();
    expect(await counter.ask({ type: 'park-sale' })).toMatchObject({ code: 'empty-sale' });
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 1_000 });
    expect(await counter.ask({ type: 'park-sale' })).toMatchObject({ code: 'holds-money' });
  });
});

describe('aborting', () => {
  it('ends a sale without money', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'abort-sale' });
    expect(counter.view.basket).toBeNull();
    expect(counter.screen.kind).toBe('idle');
  });
  it('is refused while a tender holds money, and says how much', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 1_000 });
    const answer = await counter.ask({ type: 'abort-sale' });
    expect(answer).toMatchObject({ ok: false, code: 'holds-money' });
    expect(answer.ok ? '' : answer.message).toContain('10,00');
    expect(counter.view.basket?.canAbort).toBe(false);
  });
  it('is possible again when the money was handed back', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 1_000 });
    await counter.do({ type: 'return-tender', tenderId: counter.view.basket?.tenders[0]?.tenderId ?? '' });
    await counter.do({ type: 'abort-sale' });
    expect(counter.view.basket).toBeNull();
  });
});

describe('the customer', () => {
  it('sees what is to pay, what is saved, and what is left of it', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    expect(counter.screen).toMatchObject({ kind: 'basket', totalLabel: 'Å betale', total: { text: '39,90' }, saving: null });
    await counter.do({ type: 'discount-sale', discount: { kind: 'percent', basisPoints: 1_000, reason: 'Stamkunde' } });
    expect(counter.screen).toMatchObject({ total: { text: '35,91' }, saving: 'Du sparer 3,99\u00a0kr' });
    await counter.do({ type: 'pay-cash', receivedOre: 2_000 });
    expect(counter.screen).toMatchObject({ totalLabel: 'Gjenstår', total: { text: '15,91' } });
  });
});

describe('correcting what is partly paid', () => {
  it('is refused where it would leave less than was paid', async () => {
    const counter = new Counter();
    await counter.ring(BREAD, BAG);
    await counter.do({ type: 'pay-cash', receivedOre: 4_300 });
    const bag = counter.view.basket?.lines[1]?.lineId ?? '';
    expect(await counter.ask({ type: 'remove-line', lineId: bag })).toMatchObject({ code: 'holds-money' });
  });
  it('completes the sale when nothing is left to pay', async () => {
    const counter = new Counter();
    await counter.ring(BREAD, BAG);
    await counter.do({ type: 'pay-card', amountOre: 3_990, terminalReference: 'T1' });
    await counter.do({ type: 'remove-line', lineId: counter.view.basket?.lines[1]?.lineId ?? '' });
    expect(counter.finished).toMatchObject({ totalOre: 3_990, receiptNumber: 1 });
    await counter.time.pass(100);
    expect(counter.papers).toHaveLength(1);
  });
});

describe('the counter', () => {
  it('speaks another language at once, and the customer’s screen on its own', async () => {
    const counter = new Counter();
    await counter.do({ type: 'set-language', screen: 'customer', language: 'en' });
    expect(counter.screen).toEqual({ kind: 'idle', greeting: 'Welcome' });
    expect(counter.view.language).toBe('nb');
    await counter.do({ type: 'set-language', screen: 'cashier', language: 'en' });
    expect(await counter.ask({ type: 'park-sale' })).toMatchObject({ message: 'The sale has no articles yet. Scan or choose one first.' });
  });
  it('names a deposit in the language of each screen, and articles as the shop does', async () => {
    const counter = new Counter();
    await counter.ring(SODA);
    await counter.do({ type: 'set-language', screen: 'customer', language: 'en' });
    const { screen } = counter;
    expect(screen.kind === 'basket' && screen.lines.map(({ name }) => name)).toEqual(['Farris 0,5 l', 'Deposit']);
    expect(names(counter)).toEqual(['Farris 0,5 l', 'Pant']);
  });
  it('keeps its language over a restart', async () => {
    const counter = new Counter();
    await counter.do({ type: 'set-language', screen: 'customer', language: 'en' });
    counter.restart();
    expect(counter.screen).toEqual({ kind: 'idle', greeting: 'Welcome' });
  });
  it('writes who did what', async () => {
    const counter = new Counter();
    await counter.do({ type: 'sign-in', operatorId: 'ola' });
    await counter.ring(BREAD);
    expect(counter.box.entries().at(-1)?.operator).toBe('ola');
    expect(counter.view.operator).toEqual({ operatorId: 'ola', name: 'Ola' });
  });
  it('writes what a person decided under that person, and what the register found out under its own name', async () => {
    const counter = new Counter();
    await counter.do({ type: 'sign-in', operatorId: 'ola' });
    await counter.ring(BREAD);
    await counter.showQr();
    await counter.do({ type: 'cancel-payment' });
    await counter.time.pass(3_000);
    const by = (type: string) => counter.box.entries().find((entry) => entry.type === type)?.operator;
    expect(['payment.planned', 'payment.cancel-requested', 'payment.created', 'payment.released'].map(by)).toEqual([
      'ola',
      'ola',
      'system',
      'system',
    ]);
  });
  it('refuses an operator nobody knows', async () => {
    expect(await new Counter().ask({ type: 'sign-in', operatorId: 'per' })).toMatchObject({ code: 'unknown-operator' });
  });
  it('numbers its views upwards', async () => {
    const counter = new Counter();
    const before = counter.view.version;
    await counter.ring(BREAD);
    expect(counter.view.version).toBeGreaterThan(before);
  });
  it('keeps a basket over a power cut, scan by scan', async () => {
    const counter = new Counter();
    await counter.ring(BREAD, SODA);
    counter.restart();
    expect(names(counter)).toEqual(['Kneipp', 'Farris 0,5 l', 'Pant']);
    await counter.ring(BAG);
    expect(due(counter)).toBe(3_990 + 2_690 + 450);
  });
});
