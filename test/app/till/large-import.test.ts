import { describe, expect, it } from 'vitest';
import type { Command, CommandAnswer } from '../../../app/till/contract.ts';
import { BREAD } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

/** So many articles, the shop's bread first, at one price all of them. */
function importOf(articles: number, kroner: number): Command {
  const rows = Array.from({ length: articles }, (_, index) => `L${index};Vare ${index};Diverse;${kroner},00;15`);
  const text = ['Varenummer;Navn;Gruppe;Pris;Mva', `${BREAD.articleNumber};Kneipp;Bakst;${kroner},00;15`, ...rows].join('\n');
  return { type: 'import-catalogue', fileName: 'priser.csv', base64: Buffer.from(text).toString('base64') };
}

/** A counter where every step of long work takes ten milliseconds. */
function slowCounter(): Counter {
  const counter = new Counter();
  counter.time.leastWaitMs = 10;
  return counter;
}

function begin(counter: Counter, command: Command): { answer: CommandAnswer | null } {
  const begun: { answer: CommandAnswer | null } = { answer: null };
  void counter.ask(command).then((answer) => {
    begun.answer = answer;
  });
  return begun;
}

const breadOre = async (counter: Counter): Promise<number | undefined> => {
  await counter.ring(BREAD);
  const { basket } = counter.view;
  await counter.do({ type: 'abort-sale' });
  return basket?.dueOre;
};

describe('an import of many articles', () => {
  it('lets commands, a payment and both screens go on, and the old prices sell until it is in', async () => {
    const counter = slowCounter();
    const order: string[] = [];
    await counter.ring(BREAD);
    await counter.showQr();
    const begun = begin(counter, importOf(20_000, 99));
    const note = (what: string) => order.push(begun.answer === null ? what : `${what}, too late`);
    await counter.do({ type: 'set-language', screen: 'cashier', language: 'en' });
    note('a command was answered');
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
    note('the cashier saw the payment');
    expect(counter.screen.kind).toBe('result');
    note('the customer saw it');
    await counter.do({ type: 'decline-receipt' }, { type: 'next-customer' });
    expect(await breadOre(counter)).toBe(3_990);
    note('bread sold at the old price');
    await counter.time.until(() => begun.answer !== null, 'the import is in', 600_000);
    expect(begun.answer).toMatchObject({ ok: true, report: { imported: 20_001, refused: 0 } });
    expect(await breadOre(counter)).toBe(9_900);
    expect(order).toEqual(['a command was answered', 'the cashier saw the payment', 'the customer saw it', 'bread sold at the old price']);
  });

  it('is one at a time', async () => {
    const counter = slowCounter();
    const begun = begin(counter, importOf(2_000, 99));
    expect(await counter.ask(importOf(1, 50))).toEqual({
      ok: false,
      code: 'import-under-way',
      message: 'En vareimport er i gang. Vent til den er ferdig, og prøv igjen.',
    });
    await counter.time.until(() => begun.answer !== null, 'the import is in', 600_000);
    const next = begin(counter, importOf(1, 50));
    await counter.time.until(() => next.answer !== null, 'the next is in', 600_000);
    expect(await breadOre(counter)).toBe(5_000);
  });

  it('that the power cut short leaves the old articles, and can be made again', async () => {
    const counter = slowCounter();
    begin(counter, importOf(2_000, 99)).answer = null;
    await counter.time.pass(150);
    counter.restart();
    expect(await breadOre(counter)).toBe(3_990);
    const again = begin(counter, importOf(2_000, 99));
    await counter.time.until(() => again.answer !== null, 'the import is in', 600_000);
    expect(await breadOre(counter)).toBe(9_900);
  });

  it('writes every changed price down before it stands, and its own entry last but for the rest of them', async () => {
    const counter = slowCounter();
    const first = begin(counter, importOf(600, 10));
    await counter.time.until(() => first.answer !== null, 'the import is in', 600_000);
    const before = counter.types('catalogue.').length;
    const second = begin(counter, importOf(600, 20));
    await counter.time.until(() => second.answer !== null, 'the import is in', 600_000);
    const written = counter.types('catalogue.').slice(before);
    expect(written.filter((type) => type === 'catalogue.price-changed')).toHaveLength(601);
    expect(written.filter((type) => type === 'catalogue.imported')).toHaveLength(1);
    expect(written.indexOf('catalogue.imported')).toBe(500);
  });

  it('ends with the register, and nothing of it stands', async () => {
    const counter = slowCounter();
    const begun = begin(counter, importOf(2_000, 99));
    await counter.time.pass(50);
    await counter.box.till.stop();
    await counter.time.pass(10_000);
    expect(begun.answer).toMatchObject({ ok: false });
    expect(counter.types('catalogue.imported')).toEqual([]);
  });
});
