/** Baskets made in code, and made by chance. */
import fc from 'fast-check';
import type { Article } from '../../../app/catalog/article.ts';
import type { SaleEvent } from '../../../app/journal/events.ts';
import { applySaleEvent } from '../../../app/sale/apply.ts';
import {
  addArticle,
  changeQuantity,
  discountLine,
  discountSale,
  removeLine,
  type SaleDecision,
  takeCard,
  takeCash,
} from '../../../app/sale/decide.ts';
import type { Discount, Sale, SaleLine } from '../../../app/sale/sale.ts';

const MOMENT = { atMs: 1_795_251_600_000, offsetMinutes: 60, operator: 'kari', document: null } as const;

export const emptySale = (): Sale =>
  applySaleEvent(null, { type: 'sale.opened', version: 1, payload: { saleId: 's1', saleNumber: 1 }, ...MOMENT });

export const applied = (sale: Sale, events: readonly SaleEvent[]): Sale =>
  events.reduce<Sale>((state, event) => applySaleEvent(state, { ...event, ...MOMENT }), sale);

/** The sale after a decision. @throws RangeError when it was refused. */
export function saleAfter(sale: Sale, decision: SaleDecision): Sale {
  if ('refusal' in decision) throw new RangeError(`refused: ${decision.refusal}`);
  return applied(sale, decision.events);
}

export const refusalOf = (decision: SaleDecision): string | null => ('refusal' in decision ? decision.refusal : null);

/** Ids in the order they are asked for: l1, l2, … */
export function ids(prefix = 'l'): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}${last}`;
  };
}

export function anArticle(more: Partial<Article> = {}): Article {
  return {
    articleNumber: '1001',
    ean: null,
    name: 'Kneipp',
    groupId: 'bakst',
    groupName: 'Bakst',
    unitPriceOre: 3_990,
    vatBasisPoints: 1_500,
    unit: 'stk',
    weighed: false,
    depositOre: null,
    ageLimitYears: null,
    ...more,
  };
}

export function aLine(more: Partial<SaleLine> = {}): SaleLine {
  return {
    lineId: 'l1',
    articleNumber: '1001',
    ean: null,
    name: 'Kneipp',
    groupId: 'bakst',
    groupName: 'Bakst',
    unit: 'stk',
    weighed: false,
    quantityMilli: 1_000,
    unitPriceOre: 3_990,
    vatBasisPoints: 1_500,
    discount: null,
    depositForLineId: null,
    fixedGrossOre: null,
    ...more,
  };
}

export const discounts: fc.Arbitrary<Discount> = fc.oneof(
  fc.record({ kind: fc.constant('amount' as const), amountOre: fc.integer({ min: 1, max: 200_000 }), reason: fc.constant('Skadet') }),
  fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }), reason: fc.constant('Stamkunde') }),
);

const rates = fc.constantFrom(2_500, 1_500, 1_200, 1_111, 0);

const lines: fc.Arbitrary<readonly SaleLine[]> = fc
  .array(
    fc.record({
      weighed: fc.boolean(),
      pieces: fc.integer({ min: 1, max: 40 }),
      grams: fc.integer({ min: 1, max: 20_000 }),
      unitPriceOre: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 500_000 })),
      vatBasisPoints: rates,
      discount: fc.option(discounts),
      fixedGrossOre: fc.option(fc.integer({ min: 1, max: 99_999 }), { freq: 4 }),
      depositOre: fc.option(fc.constantFrom(200, 300, 50)),
    }),
    { maxLength: 12 },
  )
  .map((specs) =>
    specs.flatMap((spec, index) => {
      const { weighed, unitPriceOre, vatBasisPoints, discount, fixedGrossOre } = spec;
      const quantityMilli = weighed ? spec.grams : spec.pieces * 1_000;
      const lineId = `l${index}`;
      const line = aLine({ lineId, weighed, quantityMilli, unitPriceOre, vatBasisPoints, discount, fixedGrossOre });
      if (spec.depositOre === null || weighed) return [line];
      const deposit = aLine({
        lineId: `${lineId}p`,
        quantityMilli,
        unitPriceOre: spec.depositOre,
        vatBasisPoints: 0,
        depositForLineId: lineId,
      });
      return [line, deposit];
    }),
  );

/** Any basket, lawful or not quite: totals must add up for all of them. */
export const baskets: fc.Arbitrary<Pick<Sale, 'lines' | 'discount' | 'tenders'>> = fc.record({
  lines,
  discount: fc.option(discounts),
  tenders: fc.constant([]),
});

const SHELF: readonly Article[] = [
  anArticle(),
  anArticle({ articleNumber: '1002', name: 'Farris', unitPriceOre: 2_490, depositOre: 200 }),
  anArticle({ articleNumber: '1003', name: 'Eple', unitPriceOre: 3_490, unit: 'kg', weighed: true }),
  anArticle({ articleNumber: '1004', name: 'Pose', unitPriceOre: 450, vatBasisPoints: 2_500 }),
  anArticle({ articleNumber: '1005', name: 'Torsk', unitPriceOre: 18_933, unit: 'kg', weighed: true, vatBasisPoints: 1_111 }),
  anArticle({ articleNumber: '1006', name: 'Gratis', unitPriceOre: 0, vatBasisPoints: 0 }),
];

/** One thing a cashier does to a basket; which line or article it is about is taken modulo what is there. */
export const acts = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    which: fc.nat(20),
    quantityMilli: fc.integer({ min: 1, max: 5_000 }),
    fixed: fc.option(fc.integer({ min: 1, max: 9_999 }), { freq: 5 }),
  }),
  fc.record({ do: fc.constant('quantity' as const), which: fc.nat(20), quantityMilli: fc.integer({ min: 1, max: 9_000 }) }),
  fc.record({ do: fc.constant('remove' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('discount' as const), which: fc.nat(20), discount: fc.option(discounts) }),
  fc.record({ do: fc.constant('discount-all' as const), discount: fc.option(discounts) }),
  fc.record({ do: fc.constant('cash' as const), receivedOre: fc.integer({ min: 0, max: 800 }).map((kroner) => kroner * 100) }),
  fc.record({ do: fc.constant('card' as const), amountOre: fc.option(fc.integer({ min: 1, max: 50_000 })) }),
);
export type Act = typeof acts extends fc.Arbitrary<infer T> ? T : never;

/** What the act comes to for this sale: pieces are rung up in whole pieces, as a cashier would. */
export function decide(sale: Sale, act: Act, newId: () => string): SaleDecision {
  const whole = (weighed: boolean, quantityMilli: number) => (weighed ? quantityMilli : Math.ceil(quantityMilli / 1_000) * 1_000);
  switch (act.do) {
    case 'add': {
      const article = SHELF[act.which % SHELF.length] ?? anArticle();
      return addArticle(sale, article, whole(article.weighed, act.quantityMilli), act.fixed, newId);
    }
    case 'quantity': {
      const line = sale.lines[act.which % Math.max(1, sale.lines.length)];
      return changeQuantity(sale, line?.lineId ?? 'none', whole(line?.weighed ?? false, act.quantityMilli));
    }
    case 'remove':
      return removeLine(sale, sale.lines[act.which % Math.max(1, sale.lines.length)]?.lineId ?? 'none');
    case 'discount':
      return discountLine(sale, sale.lines[act.which % Math.max(1, sale.lines.length)]?.lineId ?? 'none', act.discount);
    case 'discount-all':
      return discountSale(sale, act.discount);
    case 'cash':
      return takeCash(sale, act.receivedOre, 'NOK', newId);
    case 'card':
      return takeCard(sale, act.amountOre ?? undefined, 'T1', newId);
  }
}
