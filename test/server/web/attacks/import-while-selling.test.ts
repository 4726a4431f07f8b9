import { expect, it } from 'vitest';
import { Counter } from '../../../app/till/counter.ts';
import { BEER, BREAD } from '../../../simulation/shop.ts';

const csv = (rows: string) => Buffer.from(`varenr;navn;gruppe;pris;mva;aldersgrense\n${rows}\n`).toString('base64');

it('an import that takes an age limit away while it is asked about leaves nothing stuck', async () => {
  const counter = new Counter();
  await counter.ring(BREAD, BEER);
  expect(counter.view.prompt?.kind).toBe('age');
  await counter.do({ type: 'import-catalogue', fileName: 'a.csv', base64: csv(`${BEER.articleNumber};Alkoholfri pils;Drikke;34,50;25;`) });
  await counter.do({ type: 'answer-age', oldEnough: false });
  expect(counter.view.prompt).toBeNull();
  expect(counter.view.basket?.lines.map(({ name }) => name)).toEqual([BREAD.name, 'Alkoholfri pils']);
});

it('an import while a customer pays changes no price of what is being paid', async () => {
  const counter = new Counter();
  await counter.ring(BREAD);
  await counter.showQr();
  await counter.do({ type: 'import-catalogue', fileName: 'a.csv', base64: csv(`${BREAD.articleNumber};Brød;Bakst;99,00;15;`) });
  await counter.approve();
  expect(counter.finished.totalOre).toBe(3_990);
  expect(counter.types('catalogue.')).toEqual(['catalogue.imported', 'catalogue.price-changed']);
});
