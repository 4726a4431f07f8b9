/** Fixed views of the cashier's screen. */
import { quickCashAmounts } from '../../app/money/cash.ts';
import { formatBasisPoints } from '../../app/money/format.ts';
import type {
  ArticleTile,
  BasketLine,
  BasketView,
  CashierView,
  Language,
  Query,
  QueryAnswer,
  TenderRow,
  Theme,
} from '../../app/till/contract.ts';
import { paymentRows, paymentStory } from './payment-story-data.ts';
import { answerReturns } from './return-data.ts';
import { type GalleryWords, wordsOf } from './words.ts';

/** 20 November 2026, 12:41:20 in Oslo. */
export const NOW_MS = Date.UTC(2026, 10, 20, 11, 41, 20);
const SECOND = 1_000;

export const VIPPS = { name: 'Vipps', background: '#FF5B24', ink: '#15171C' };

type Row = readonly [name: string, priceOre: number, unit?: string, age?: number];

const TILES: readonly Row[] = [
  ['Kneipp, grovt', 3_990],
  ['Loff, skåret', 3_490],
  ['Skolebolle', 2_990],
  ['Kanelsnurr', 3_290],
  ['Rundstykke, fint', 990],
  ['Rundstykke, grovt', 1_190],
  ['Focaccia med rosmarin og havsalt', 4_990],
  ['Surdeigsbrød', 6_490],
  ['Croissant', 2_790],
  ['Baguette', 2_990],
  ['Kaffe, liten', 2_900],
  ['Kaffe, stor', 3_900],
  ['Kakao', 4_200],
  ['Te', 3_200],
  ['Smørbrød reker', 9_800],
  ['Wrap kylling', 8_900],
  ['Eple, Aroma', 3_990, 'kg'],
  ['Pilsner 0,5 l', 3_690, 'stk', 18],
];

export const ARTICLES: readonly ArticleTile[] = TILES.map(([name, unitPriceOre, unit = 'stk', age], index) => ({
  articleNumber: String(1_001 + index),
  name,
  groupId: 'g1',
  unitPriceOre,
  unit,
  weighed: unit === 'kg',
  ageLimitYears: age ?? null,
}));

export const RECEIPT = `             Salgskvittering

         Kolonialen på hjørnet AS
          Storgata 1, 0155 Oslo
         Org.nr 999 999 999 MVA
             Foretaksregisteret

Kvittering 874        20.11.2026 12:41:09
Kasse 1                      Kari N. (12)
-----------------------------------------
2 x Kneipp, grovt    39,90          79,80
TINE Lettmelk 1 l                   24,90
0,822 kg Eple, Aroma 39,90          32,80
Farris 0,5 l                        27,00
  Pant                               2,00
Kaffe, stor          39,00
  -10 % Stamkunde                   35,10
-----------------------------------------
TOTALT NOK                         201,60
Vipps                              201,60
  kolo-1-2611-a3f-1042-1
-----------------------------------------
Mva      Grunnlag        Mva       Totalt
25 %        21,60       5,40        27,00
15 %       150,09      22,51       172,60
 0 %         2,00       0,00         2,00

             Takk for handelen!
[QR T1S.KOLO.1.874.L8]
            T1S.KOLO.1.874.L8
`;

export function answerQuery(query: Query, language: Language = 'nb'): QueryAnswer {
  switch (query.type) {
    case 'articles': {
      const text = query.text?.toLowerCase();
      const articles = text === undefined ? ARTICLES : ARTICLES.filter((article) => article.name.toLowerCase().includes(text));
      return { type: 'articles', articles };
    }
    case 'recent-sales':
      return {
        type: 'recent-sales',
        sales: [
          {
            saleId: 's-874',
            series: 'sale',
            receiptNumber: 874,
            completedAtMs: NOW_MS - 11 * SECOND,
            totalOre: 20_160,
            means: ['vipps'],
            copyPrinted: false,
          },
          {
            saleId: 's-873',
            series: 'sale',
            receiptNumber: 873,
            completedAtMs: NOW_MS - 412 * SECOND,
            totalOre: 8_900,
            means: ['cash'],
            copyPrinted: true,
          },
          {
            saleId: 's-872',
            series: 'sale',
            receiptNumber: 872,
            completedAtMs: NOW_MS - 961 * SECOND,
            totalOre: 124_950,
            means: ['cash', 'vipps'],
            copyPrinted: false,
          },
          {
            saleId: 's-871',
            series: 'sale',
            receiptNumber: 871,
            completedAtMs: NOW_MS - 1_433 * SECOND,
            totalOre: 3_900,
            means: ['card'],
            copyPrinted: false,
          },
        ],
      };
    case 'payments':
      return { type: 'payments', payments: paymentRows(language) };
    case 'payment-story':
      return { type: 'payment-story', story: paymentStory(language, query.saleId) };
    case 'receipt-text':
      return { type: 'receipt-text', text: RECEIPT };
    case 'orders':
    case 'order':
    case 'stores':
      return answerReturns(query, wordsOf(language));
  }
}

function line(lineId: string, name: string, quantityMilli: number, unitPriceOre: number, more: Partial<BasketLine> = {}): BasketLine {
  return {
    lineId,
    name,
    quantityMilli,
    unit: 'stk',
    weighed: false,
    unitPriceOre,
    amountOre: Math.round((quantityMilli * unitPriceOre) / 1_000),
    discountText: null,
    isDeposit: false,
    vatBasisPoints: 1_500,
    ...more,
  };
}

/** The sale of the pictures: 201,60. */
export function lines(words: GalleryWords): readonly BasketLine[] {
  return [
    line('l1', 'Kneipp, grovt', 2_000, 3_990),
    line('l2', 'TINE Lettmelk 1 l', 1_000, 2_490),
    line('l3', 'Eple, Aroma', 822, 3_990, { unit: 'kg', weighed: true, amountOre: 3_280 }),
    line('l4', 'Farris 0,5 l', 1_000, 2_700, { vatBasisPoints: 2_500 }),
    line('l4p', words.till.deposit, 1_000, 200, { isDeposit: true, vatBasisPoints: 0 }),
    line('l5', 'Kaffe, stor', 1_000, 3_900, {
      amountOre: 3_510,
      discountText: words.till.discountPercent(formatBasisPoints(1_000, words.language), words.regular),
    }),
  ];
}

export function longLines(words: GalleryWords): readonly BasketLine[] {
  const many = Array.from({ length: 24 }, (_, index) => {
    const article = ARTICLES[index % 16];
    return line(`m${index}`, article?.name ?? '', 1_000 * ((index % 3) + 1), article?.unitPriceOre ?? 0);
  });
  return [
    ...many,
    line('last', 'Wienerbrød med vaniljekrem og ristede mandler fra bakeriet i Øvregaten', 12_000, 4_290, {
      discountText: words.till.discountPercent(formatBasisPoints(1_000, words.language), words.regular),
      amountOre: 46_332,
    }),
  ];
}

export function basketOf(basketLines: readonly BasketLine[], more: Partial<BasketView> = {}): BasketView {
  const totalOre = basketLines.reduce((sum, each) => sum + each.amountOre, 0) - (more.saleDiscountOre ?? 0);
  const paidOre = (more.tenders ?? []).reduce((sum, tender) => sum + tender.amountOre, 0);
  const dueOre = totalOre - paidOre;
  const dueInCashOre = Math.round(dueOre / 100) * 100;
  return {
    saleId: 's-875',
    saleNumber: 1_042,
    lines: basketLines,
    newestLineId: basketLines.at(-1)?.lineId ?? null,
    saleDiscountOre: 0,
    saleDiscountText: null,
    vat: [
      { vatBasisPoints: 2_500, vatOre: 540 },
      { vatBasisPoints: 1_500, vatOre: 2_251 },
    ],
    totalOre,
    tenders: [],
    paidOre,
    dueOre,
    dueInCashOre,
    quickCashOre: quickCashAmounts(dueInCashOre, 'NOK'),
    canAbort: paidOre === 0,
    ...more,
  };
}

export function cashPart(words: GalleryWords): TenderRow {
  return { tenderId: 't1', kind: 'cash', label: words.till.means.cash, amountOre: 10_000, detail: null, returnable: true };
}

export function vippsTender(amountOre: number): TenderRow {
  return { tenderId: 't2', kind: 'vipps', label: 'Vipps', amountOre, detail: 'kolo-1-2611-a3f-1042-1', returnable: false };
}

/** A register that sells, with nothing special about it. */
export function baseView(language: Language, theme: Theme): CashierView {
  const words = wordsOf(language);
  return {
    version: 1,
    nowMs: NOW_MS,
    language,
    theme,
    customerLanguage: language,
    customerTheme: theme,
    shopName: 'Kolonialen på hjørnet',
    registerName: words.register,
    operator: { operatorId: '12', name: 'Kari N.' },
    operators: [
      { operatorId: '12', name: 'Kari N.' },
      { operatorId: '14', name: 'Ola S.' },
      { operatorId: '15', name: 'Aicha B.' },
    ],
    brand: VIPPS,
    currency: 'NOK',
    practice: null,
    lights: [
      { device: 'printer', state: 'ok', text: words.till.lights.printerReady },
      { device: 'head-office', state: 'ok', text: words.headOffice },
      { device: 'provider', state: 'ok', text: words.till.lights.provider(VIPPS.name) },
    ],
    drawer: null,
    groups: words.groups.map((name, index) => ({ groupId: `g${index + 1}`, name })),
    catalogueVersion: 1,
    basket: basketOf(lines(words)),
    stage: { kind: 'selling' },
    vippsWays: vippsWays(words, null),
    prompt: null,
    notice: null,
    attention: [],
    reservations: [],
    parked: [],
    returnsAside: [],
    returnWishes: [],
    printQueue: [],
  };
}

export function parkedSales(): CashierView['parked'] {
  return [
    { saleId: 'p1', saleNumber: 1_039, totalOre: 34_850, lineCount: 7, openedAtMs: NOW_MS - 1_260 * SECOND },
    { saleId: 'p2', saleNumber: 1_041, totalOre: 3_900, lineCount: 1, openedAtMs: NOW_MS - 140 * SECOND },
  ];
}

export function vippsWays(w: GalleryWords, problem: string | null): CashierView['vippsWays'] {
  const { rows } = w.till.ways;
  return [
    { command: { type: 'pay-vipps', way: 'phone' }, ...rows.phone(VIPPS.name), problem },
    { command: { type: 'pay-vipps', way: 'personal-qr' }, ...rows.personalQr(VIPPS.name), problem },
  ];
}
