/** Articles that the chain sells no more, at a counter: gone between two sales, and never out of a sale's hands. */
import { describe, expect, it } from 'vitest';
import { BAG, BOOK, BREAD } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';
import { arrives, asPublished, breadOre, imports, paysCash, priceOf, type Version } from './published-versions.ts';
import { newestOrder, returnStageOf, take } from './returning.ts';

describe('articles that the chain sells no more', () => {
  const DROP: Version = { version: 2, kind: 'dropped', rows: [{ articleNumber: BREAD.articleNumber }, { articleNumber: 'x' }] };
  const isSold = (counter: Counter) =>
    counter.ask({ type: 'add-article', articleNumber: BREAD.articleNumber }).then(async ({ ok }) => {
      if (ok) await counter.do({ type: 'abort-sale' });
      return ok;
    });
  const goes = async (counter: Counter, ...versions: readonly number[]) => {
    counter.box.publications.markGone(versions);
    counter.box.till.publishedArrived();
    await counter.time.pass(5_000);
  };

  it('are gone at once where nobody is in a sale, over a restart too, and the cashier reads so', async () => {
    const counter = new Counter();
    await arrives(counter, DROP);
    expect(counter.view.notice).toMatchObject({ tone: 'info', text: 'Hovedkontoret har tatt ut varer.' });
    expect(imports(counter)).toEqual([
      { fileName: 'fil-2', imported: 0, refused: 0, dropped: 1, sha256: '2'.padStart(64, '0'), published: 2 },
    ]);
    expect(await isSold(counter)).toBe(false);
    counter.restart();
    expect(await isSold(counter)).toBe(false);
    expect(await counter.ask({ type: 'scan', code: BREAD.ean ?? '' })).toMatchObject({ ok: false });
    await counter.ring(BOOK);
  });

  it('go on in the sale that is open, which is finished with them', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await arrives(counter, DROP);
    await counter.ring(BREAD);
    const [line] = counter.view.basket?.lines ?? [];
    await counter.do({ type: 'set-quantity', lineId: line?.lineId ?? '', quantityMilli: 3_000 });
    expect(imports(counter)).toEqual([]);
    await paysCash(counter);
    expect(counter.finished.totalOre).toBe(11_970);
    await counter.time.pass(1_000);
    expect(imports(counter)).toHaveLength(1);
    expect(await isSold(counter)).toBe(false);
  });

  it('stay in a sale that waits aside, which can be taken up, changed and paid', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'park-sale' });
    await arrives(counter, DROP);
    expect(imports(counter)).toHaveLength(1);
    counter.restart();
    await counter.do({ type: 'resume-sale', saleId: counter.view.parked[0]?.saleId ?? '' });
    const [line] = counter.view.basket?.lines ?? [];
    await counter.do({ type: 'set-quantity', lineId: line?.lineId ?? '', quantityMilli: 2_000 });
    await paysCash(counter);
    expect(counter.finished.totalOre).toBe(7_980);
  });

  it('can come back when they were sold', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await paysCash(counter);
    await counter.time.pass(2_000);
    await arrives(counter, DROP);
    await counter.do({ type: 'next-customer' }, take(await newestOrder(counter.box)));
    await counter.do({ type: 'give-back' });
    expect(returnStageOf(counter.view)).toMatchObject({ phase: 'hand-out', parts: [{ kind: 'cash', amountOre: 4_000 }] });
    await counter.do({ type: 'part-handed-out', partNo: 1 });
    expect(counter.finished).toMatchObject({ series: 'return', totalOre: -3_990 });
  });

  it('come again when a later version has them, and when the drop is taken back', async () => {
    const counter = new Counter();
    await arrives(counter, { version: 1, kind: 'catalogue', rows: [asPublished(BREAD, { unitPriceOre: 4_100 })] }, DROP);
    expect(await isSold(counter)).toBe(false);
    await arrives(counter, { version: 3, kind: 'catalogue', rows: [asPublished(BREAD, { unitPriceOre: 4_300 })] });
    expect(await breadOre(counter)).toBe(4_300);
    await goes(counter, 3);
    expect(await isSold(counter)).toBe(false);
    await goes(counter, 2);
    expect(await breadOre(counter)).toBe(4_100);
  });

  it('that the shop puts back itself stay, at the shop’s price, until head office speaks of them again', async () => {
    const counter = new Counter();
    await arrives(counter, { version: 1, kind: 'catalogue', rows: [asPublished(BREAD, { unitPriceOre: 4_100 })] }, DROP);
    const base64 = Buffer.from('Varenr;Navn;Pris;Mva\n1001;Kneipp;38,00;15').toString('base64');
    await counter.do({ type: 'import-catalogue', fileName: 'egne.csv', base64 });
    await arrives(counter, { version: 3, kind: 'prices', rows: [priceOf(BAG, 700)] });
    counter.restart();
    await arrives(counter, { version: 4, kind: 'prices', rows: [priceOf(BAG, 800)] });
    expect(await breadOre(counter)).toBe(3_800);
    await arrives(counter, { ...DROP, version: 5 });
    expect(await isSold(counter)).toBe(false);
  });
});
