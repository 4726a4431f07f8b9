import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addArticle,
  changeQuantity,
  discountLine,
  discountSale,
  electronicAmount,
  removeLine,
  takeCard,
  takeCash,
} from '../../../app/sale/decide.ts';
import type { Sale } from '../../../app/sale/sale.ts';
import { saleTotals } from '../../../app/sale/totals.ts';
import { acts, anArticle, applied, decide, emptySale, ids, refusalOf, saleAfter } from './baskets.ts';

const bread = anArticle();
const soda = anArticle({ articleNumber: '1002', name: 'Farris', unitPriceOre: 2_490, depositOre: 200 });
const apples = anArticle({ articleNumber: '1003', name: 'Eple', unitPriceOre: 3_490, unit: 'kg', weighed: true });
const percent = (basisPoints: number) => ({ kind: 'percent', basisPoints, reason: 'Stamkunde' }) as const;
const kroner = (amountOre: number) => ({ kind: 'amount', amountOre, reason: 'Skadet' }) as const;

/** A basket with these articles, each rung up once. */
function rungUp(...articles: (typeof bread)[]): Sale {
  const newId = ids();
  return articles.reduce((sale, article) => saleAfter(sale, addArticle(sale, article, 1_000, null, newId)), emptySale());
}

const withCash = (sale: Sale, receivedOre: number) => saleAfter(sale, takeCash(sale, receivedOre, 'NOK', ids('t')));

describe('ringing up', () => {
  it('makes one line of the same piece rung up twice in a row', () => {
    const sale = rungUp(bread, bread);
    expect(sale.lines.map(({ quantityMilli }) => quantityMilli)).toEqual([2_000]);
  });
  it('makes a new line when something else came between', () => {
    expect(rungUp(bread, soda, bread).lines.filter(({ articleNumber }) => articleNumber === '1001')).toHaveLength(2);
  });
  it('makes a new line when the price has changed meanwhile', () => {
    expect(rungUp(bread, { ...bread, unitPriceOre: 4_290 }).lines.map(({ unitPriceOre }) => unitPriceOre)).toEqual([3_990, 4_290]);
  });
  it('makes a new line after one that has a discount', () => {
    const sale = rungUp(bread);
    const discounted = saleAfter(sale, discountLine(sale, 'l1', percent(1_000)));
    expect(saleAfter(discounted, addArticle(discounted, bread, 1_000, null, ids('n'))).lines).toHaveLength(2);
  });
  it('never merges what is weighed', () => {
    expect(rungUp(apples, apples).lines).toHaveLength(2);
  });
  it('never merges what bears its own price', () => {
    const sale = rungUp(bread);
    expect(saleAfter(sale, addArticle(sale, bread, 1_000, 4_990, ids('n'))).lines.map(({ fixedGrossOre }) => fixedGrossOre)).toEqual([
      null,
      4_990,
    ]);
  });
  it('counts the deposit up with its bottle', () => {
    const sale = rungUp(soda, soda);
    expect(sale.lines.map(({ name, quantityMilli }) => [name, quantityMilli])).toEqual([
      ['Farris', 2_000],
      ['Pant', 2_000],
    ]);
  });
  it('gives a deposit no VAT', () => {
    expect(rungUp(soda).lines.map(({ vatBasisPoints }) => vatBasisPoints)).toEqual([1_500, 0]);
  });
  it('refuses half a piece', () => {
    expect(refusalOf(addArticle(emptySale(), bread, 500, null, ids()))).toBe('quantity-not-whole');
  });
  it('takes any weight', () => {
    expect(saleAfter(emptySale(), addArticle(emptySale(), apples, 822, null, ids())).lines[0]?.quantityMilli).toBe(822);
  });
  it('names the line that came', () => {
    expect(addArticle(emptySale(), bread, 1_000, null, ids())).toMatchObject({ newestLineId: 'l1' });
  });
  it('refuses a basket that nobody could pay for', () => {
    expect(refusalOf(addArticle(emptySale(), anArticle({ unitPriceOre: 60_000_000 }), 2_000, null, ids()))).toBe('sale-too-large');
  });
});

describe('correcting', () => {
  it('changes the deposit’s quantity with its bottle’s', () => {
    const sale = rungUp(soda);
    expect(saleAfter(sale, changeQuantity(sale, 'l1', 6_000)).lines.map(({ quantityMilli }) => quantityMilli)).toEqual([6_000, 6_000]);
  });
  it('removes the deposit with its bottle', () => {
    const sale = rungUp(soda, bread);
    expect(saleAfter(sale, removeLine(sale, 'l1')).lines.map(({ name }) => name)).toEqual(['Kneipp']);
  });
  it.each([
    ['changed', (sale: Sale) => changeQuantity(sale, 'l2', 2_000)],
    ['removed', (sale: Sale) => removeLine(sale, 'l2')],
    ['discounted', (sale: Sale) => discountLine(sale, 'l2', percent(1_000))],
  ])('does not let a deposit be %s by itself', (_what, act) => {
    expect(refusalOf(act(rungUp(soda)))).toBe('unknown-line');
  });
  it('refuses a line that is no longer there', () => {
    expect(refusalOf(removeLine(rungUp(bread), 'gone'))).toBe('unknown-line');
  });
  it('refuses half a piece', () => {
    expect(refusalOf(changeQuantity(rungUp(bread), 'l1', 1_500))).toBe('quantity-not-whole');
  });
  it('refuses what would leave less to pay than has been paid', () => {
    const sale = withCash(rungUp(bread, apples), 5_000);
    expect(removeLine(sale, 'l2')).toEqual({ refusal: 'holds-money', thing: '5000' });
  });
  it('allows what still leaves something to pay', () => {
    const sale = withCash(rungUp(bread, apples), 3_000);
    expect(saleTotals(saleAfter(sale, removeLine(sale, 'l2'))).dueOre).toBe(990);
  });
});

describe('discounting', () => {
  it('refuses more kroner than the line costs', () => {
    expect(refusalOf(discountLine(rungUp(bread), 'l1', kroner(3_991)))).toBe('discount-too-large');
  });
  it('allows a line for nothing', () => {
    const sale = rungUp(bread);
    expect(saleTotals(saleAfter(sale, discountLine(sale, 'l1', kroner(3_990)))).totalOre).toBe(0);
  });
  it('refuses more kroner than the goods cost, deposits apart', () => {
    expect(refusalOf(discountSale(rungUp(soda), kroner(2_491)))).toBe('discount-too-large');
  });
  it('refuses a discount on nothing', () => {
    expect(refusalOf(discountSale(emptySale(), percent(1_000)))).toBe('empty-sale');
  });
  it('refuses one that would leave less to pay than has been paid', () => {
    expect(refusalOf(discountSale(withCash(rungUp(bread), 3_900), percent(1_000)))).toBe('holds-money');
  });
  it('can be taken back', () => {
    const sale = rungUp(bread);
    const discounted = saleAfter(sale, discountLine(sale, 'l1', percent(1_000)));
    expect(saleTotals(saleAfter(discounted, discountLine(discounted, 'l1', null))).totalOre).toBe(3_990);
  });
  it('of kroner shrinks with the line when pieces are taken off', () => {
    const sale = rungUp(bread, bread);
    const discounted = saleAfter(sale, discountLine(sale, 'l1', kroner(5_000)));
    expect(saleTotals(saleAfter(discounted, changeQuantity(discounted, 'l1', 1_000))).totalOre).toBe(0);
  });
});

describe('cash', () => {
  const tenderOf = (sale: Sale, receivedOre: number) => withCash(sale, receivedOre).tenders.at(-1);

  it('settles with rounding down and change', () => {
    expect(tenderOf(rungUp(anArticle({ unitPriceOre: 29_540 })), 50_000)).toMatchObject({
      amountOre: 29_540,
      roundingOre: -40,
      changeOre: 20_500,
    });
  });
  it('settles with rounding up', () => {
    expect(tenderOf(rungUp(bread), 4_000)).toMatchObject({ amountOre: 3_990, roundingOre: 10, changeOre: 0 });
  });
  it('that is not enough is a part, in whole kroner and without rounding', () => {
    expect(tenderOf(rungUp(bread), 2_000)).toMatchObject({ amountOre: 2_000, roundingOre: 0, changeOre: 0 });
  });
  it('settles what a part has left, and only that is rounded', () => {
    const sale = withCash(rungUp(bread), 2_000);
    const tender = sale.tenders.length === 1 ? saleAfter(sale, takeCash(sale, 2_000, 'NOK', ids('u'))).tenders.at(-1) : null;
    expect(tender).toMatchObject({ amountOre: 1_990, roundingOre: 10, receivedOre: 2_000, changeOre: 0 });
  });
  it('is refused with øre in it', () => {
    expect(refusalOf(takeCash(rungUp(bread), 3_990, 'NOK', ids()))).toBe('not-whole-kroner');
  });
  it('is refused when nothing is handed over', () => {
    expect(refusalOf(takeCash(rungUp(bread), 0, 'NOK', ids()))).toBe('amount-too-small');
  });
  it('is refused for an empty basket', () => {
    expect(refusalOf(takeCash(emptySale(), 10_000, 'NOK', ids()))).toBe('empty-sale');
  });
  it('of nothing ends a sale that costs nothing', () => {
    const sale = rungUp(bread);
    const free = saleAfter(sale, discountSale(sale, percent(10_000)));
    expect(tenderOf(free, 0)).toMatchObject({ amountOre: 0, receivedOre: 0, changeOre: 0 });
  });
  it('gives everything back as change when a sale costs nothing', () => {
    const sale = rungUp(bread);
    expect(tenderOf(saleAfter(sale, discountSale(sale, percent(10_000))), 5_000)).toMatchObject({ amountOre: 0, changeOre: 5_000 });
  });
  it('is refused when all is paid', () => {
    expect(refusalOf(takeCash(withCash(rungUp(bread), 4_000), 1_000, 'NOK', ids()))).toBe('nothing-to-pay');
  });
});

describe('card and phone', () => {
  it('pay all that is left when no amount is said', () => {
    expect(electronicAmount(withCash(rungUp(bread), 1_000), undefined)).toEqual({ amountOre: 2_990 });
  });
  it('never round', () => {
    const sale = rungUp(bread);
    expect(saleAfter(sale, takeCard(sale, undefined, 'T1', ids('t'))).tenders).toMatchObject([
      { kind: 'card', amountOre: 3_990, terminalReference: 'T1' },
    ]);
  });
  it('may pay a part', () => {
    expect(electronicAmount(rungUp(bread), 1_234)).toEqual({ amountOre: 1_234 });
  });
  it('are refused more than what is left', () => {
    expect(electronicAmount(rungUp(bread), 3_991)).toEqual({ refusal: 'amount-too-large', thing: '3990' });
  });
  it('are refused when nothing is left', () => {
    expect(electronicAmount(withCash(rungUp(bread), 4_000), undefined)).toEqual({ refusal: 'nothing-to-pay', thing: '' });
  });
  it('are refused for an empty basket', () => {
    expect(electronicAmount(emptySale(), undefined)).toEqual({ refusal: 'empty-sale', thing: '' });
  });
});

describe('whatever a cashier does', () => {
  /** Does it all, as far as it is allowed, and looks after each step. */
  const along = (look: (before: Sale, sale: Sale) => void) =>
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 30 }), (list) => {
        const newId = ids();
        list.reduce((sale, act) => {
          if (sale.tenders.length > 0 && saleTotals(sale).dueOre === 0) return sale; // complete
          const decision = decide(sale, act, newId);
          if ('refusal' in decision) return sale;
          const next = applied(sale, decision.events);
          look(sale, next);
          return next;
        }, emptySale());
      }),
      { numRuns: 300 },
    );

  it('never is more paid than due', () => {
    along((_before, sale) => expect(saleTotals(sale).dueOre).toBeGreaterThanOrEqual(0));
  });
  it('the money in the drawer is what was received less the change', () => {
    along((_before, sale) => {
      for (const tender of sale.tenders) {
        if (tender.kind !== 'cash') continue;
        expect(tender.receivedOre - tender.changeOre).toBe(tender.amountOre + tender.roundingOre);
        expect((tender.amountOre + tender.roundingOre) % 100).toBe(0);
        expect(Math.abs(tender.roundingOre)).toBeLessThanOrEqual(50);
        expect(Math.min(tender.changeOre, tender.amountOre)).toBeGreaterThanOrEqual(0);
      }
    });
  });
  it('only the tender that settles the sale is rounded', () => {
    along((_before, sale) => {
      const rounded = sale.tenders.filter((tender) => tender.kind === 'cash' && tender.roundingOre !== 0);
      expect(rounded.length).toBeLessThanOrEqual(1);
    });
  });
  it('every deposit has its line, and as many', () => {
    along((_before, sale) => {
      for (const deposit of sale.lines.filter(({ depositForLineId }) => depositForLineId !== null)) {
        const line = sale.lines.find(({ lineId }) => lineId === deposit.depositForLineId);
        expect(line?.quantityMilli).toBe(deposit.quantityMilli);
      }
    });
  });
  it('a line’s id is never used again', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 30 }), (list) => {
        const newId = ids();
        const used = new Set<string>();
        list.reduce((sale, act) => {
          const decision = decide(sale, act, newId);
          if ('refusal' in decision) return sale;
          for (const event of decision.events) {
            if (event.type !== 'sale.line-added') continue;
            expect(used.has(event.payload.line.lineId)).toBe(false);
            used.add(event.payload.line.lineId);
          }
          return applied(sale, decision.events);
        }, emptySale());
      }),
    );
  });
});
