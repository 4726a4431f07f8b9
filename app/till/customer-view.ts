/** All that the customer's display gets: preformatted words about this sale, and nothing else. */
import type { Currency, Market } from '../money/amount.ts';
import { formatBasisPoints, formatOre, formatQuantityMilli, splitOre } from '../money/format.ts';
import { cashRoundingOre, type Discount, meansOf, type Sale, type SaleLine, type Tender } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import { type Texts, texts } from '../text/index.ts';
import { fill } from '../text/screen.ts';
import { isPaidFromAfar } from './away.ts';
import { brandOf, currencyOf } from './brand.ts';
import type { CustomerLine, CustomerScreen, CustomerView, Language } from './contract.ts';
import type { Desk } from './desk.ts';
import { paymentScreen } from './payment-view.ts';
import type { Payments } from './payments.ts';
import { practiceText } from './practice.ts';
import { customerReturn } from './return-view.ts';
import type { Returns } from './returns.ts';

export function customerView(desk: Desk, payments: Payments, returns: Returns, version: number): CustomerView {
  const { configuration } = desk;
  const language = desk.language('customer');
  const words = texts(language);
  return {
    version,
    nowMs: desk.ports.clock.nowMs(),
    language,
    theme: desk.theme('customer'),
    shopName: configuration.shop.name,
    brand: brandOf(configuration.shop.market),
    practice: practiceText(configuration, words),
    offlineText: words.till.offline,
    screen: screenOf(desk, payments, returns, language, words),
  };
}

function screenOf(desk: Desk, payments: Payments, returns: Returns, language: Language, words: Texts): CustomerScreen {
  const { register, configuration, ports } = desk;
  const finished = register.finishedSale;
  if (finished !== null)
    return ports.clock.monotonicMs() < register.resultUntilMs && !isPaidFromAfar(desk, finished)
      ? thanks(finished, language, words, configuration.shop.market)
      : idle(words);
  const sale = register.openSale;
  const ret = returns.openReturn();
  const goingBack = ret === null ? null : customerReturn(desk, { ret, trouble: returns.troubleOf(ret.returnId) }, language);
  if (goingBack !== null) return goingBack;
  const payment = register.shownPayment;
  // Whoever pays is not here, and whoever is here has nothing to do with it.
  if (payment?.order.unit === 'distance') return idle(words);
  if (payment !== null) {
    const facts = {
      payment,
      trouble: payments.loops.troubleOf(payment.paymentId),
      qr: payments.loops.qr.of(payment.paymentId),
      qrShownAtMs: payments.loops.qr.shownAtMs(payment.paymentId),
      codeEnded: payments.loops.qr.hasEnded(payment.paymentId),
      payer: null,
      nowMs: ports.clock.nowMs(),
      market: configuration.shop.market,
      until: '',
    };
    return paymentScreen(facts, language, sale === null ? [] : customerLines(sale, language, words));
  }
  if (sale === null || (sale.lines.length === 0 && sale.returned === undefined)) return idle(words);
  const totals = saleTotals(sale);
  return {
    kind: 'basket',
    lines: customerLines(sale, language, words),
    newestLineId: register.newestLineId,
    totalLabel: totals.dueOre < 0 ? words.till.youGetBack : totals.paidOre > 0 ? words.till.remaining : words.till.toPay,
    total: splitOre(Math.abs(totals.dueOre), language),
    saving:
      totals.discountOre > 0 ? words.till.saving(formatOre(totals.discountOre, language, currencyOf(configuration.shop.market))) : null,
    paid: sale.tenders.length === 0 ? null : paidSoFar(sale, brandOf(configuration.shop.market).name, language, words),
  };
}

/** What the sale comes to, and each part that has been paid of it. */
function paidSoFar(sale: Sale, brand: string, language: Language, words: Texts): Extract<CustomerScreen, { kind: 'basket' }>['paid'] {
  const { cash, card, vipps } = words.till.paidBy;
  const labels = { cash, card, vipps: vipps(brand) };
  return {
    sum: { label: words.till.sum, amount: formatOre(saleTotals(sale).totalOre, language) },
    parts: sale.tenders.map((tender) => ({ label: labels[meansOf(tender)], amount: formatOre(-tender.amountOre, language) })),
  };
}

function idle(words: Texts): CustomerScreen {
  return { kind: 'idle', greeting: words.till.welcome };
}

function thanks(sale: Sale, language: Language, words: Texts, market: Market): CustomerScreen {
  const currency = currencyOf(market);
  if (sale.returned !== undefined && saleTotals(sale).totalOre <= 0) return gaveBack(sale, language, words, market);
  const changeOre = sale.tenders.reduce((sum, tender) => sum + (tender.kind === 'cash' ? tender.changeOre : 0), 0);
  const { paid, thanks: thankYou, change } = words.payment.customer;
  return {
    kind: 'result',
    tone: 'good',
    title: paid,
    detail: [
      ...(changeOre > 0 ? [`${change(formatOre(changeOre, language, currency))}.`] : []),
      ...sale.tenders.flatMap((tender) => beyondSentence(tender, language, words, currency)),
      thankYou,
    ].join(' '),
    amount: splitOre(paidOre(sale), language),
  };
}

/** More came back than was sold, or as much: where the money is. */
function gaveBack(sale: Sale, language: Language, words: Texts, market: Market): CustomerScreen {
  const said = words.payment.customer;
  const money = (ore: number) => formatOre(ore, language, currencyOf(market));
  const ways = {
    vipps: (ore: number) => said.backByPhone(money(ore), brandOf(market).name),
    card: (ore: number) => said.backByCard(money(ore)),
    cash: (ore: number) => said.backInCash(money(ore)),
  };
  const sentences = (['vipps', 'card', 'cash'] as const).flatMap((way) => {
    const ore = sale.tenders.reduce((sum, tender) => (meansOf(tender) === way ? sum - tender.amountOre - cashRoundingOre(tender) : sum), 0);
    return ore > 0 ? [ways[way](ore)] : [];
  });
  const isEven = sentences.length === 0;
  return {
    kind: 'result',
    tone: 'good',
    title: isEven ? said.exchanged : said.givenBackFor,
    detail: [...sentences, said.thanks].join(' '),
    amount: isEven ? null : splitOre(-paidOre(sale), language),
  };
}

/** What was reserved or taken beyond what the sale is paid with, and that it comes back. */
function beyondSentence(tender: Tender, language: Language, words: Texts, currency: Currency): readonly string[] {
  const moreOre = tender.kind === 'vipps' ? (tender.takenOre ?? tender.reservedOre) : undefined;
  if (tender.kind !== 'vipps' || moreOre === undefined) return [];
  const { taken, whole } = words.payment.customer.reserved;
  const money = (ore: number) => formatOre(ore, language, currency);
  const values = { reserved: money(moreOre), taken: money(tender.amountOre), back: money(moreOre - tender.amountOre) };
  return [fill(tender.takenOre === undefined ? taken : whole, values)];
}

/** What the customer really paid: the total, with the rounding of cash. */
export function paidOre(sale: Sale): number {
  return sale.tenders.reduce((sum, tender) => sum + cashRoundingOre(tender), saleTotals(sale).totalOre);
}

/** A line's name on a screen: the article's own, which nobody translates, but the till's word for a deposit. */
export function lineName(line: SaleLine, words: Texts): string {
  return line.depositForLineId === null ? line.name : words.till.deposit;
}

/** "2 × 24,90", "0,822 kg × 29,90"; nothing of a single piece. */
function quantityText(line: Pick<SaleLine, 'quantityMilli' | 'unitPriceOre' | 'weighed' | 'unit'>, language: Language): string | null {
  const each = formatOre(line.unitPriceOre, language);
  const quantity = formatQuantityMilli(line.quantityMilli, language, { weighed: line.weighed });
  if (line.weighed) return `${quantity} ${line.unit} × ${each}`;
  return line.quantityMilli === 1000 ? null : `${quantity} × ${each}`;
}

function customerLines(sale: Sale, language: Language, words: Texts): CustomerLine[] {
  const totals = new Map(saleTotals(sale).lines.map((line) => [line.lineId, line]));
  const lines = sale.lines.map((line): CustomerLine => {
    const detail = [quantityText(line, language), discountText(line.discount, language, words)].filter((part) => part !== null).join('  ');
    const money = totals.get(line.lineId);
    return {
      lineId: line.lineId,
      name: lineName(line, words),
      detail: detail === '' ? null : detail,
      amount: formatOre((money?.grossOre ?? 0) - (money?.ownDiscountOre ?? 0), language),
    };
  });
  const returned = (sale.returned?.lines ?? []).map(
    (line): CustomerLine => ({
      lineId: `return-${line.lineNo}`,
      name: words.till.returned(line.name),
      detail: quantityText(line, language),
      amount: formatOre(-line.amountOre, language),
    }),
  );
  const saleDiscountOre = [...totals.values()].reduce((sum, line) => sum + line.saleDiscountOre, 0);
  if (saleDiscountOre === 0) return [...returned, ...lines];
  return [
    ...returned,
    ...lines,
    {
      lineId: 'sale-discount',
      name: words.till.saleDiscountLine,
      detail: discountText(sale.discount, language, words),
      amount: formatOre(-saleDiscountOre, language),
    },
  ];
}

/** "−10 % Stamkunde", "−5,00 Skadet pakning". */
export function discountText(discount: Discount | null, language: Language, words: Texts): string | null {
  if (discount === null) return null;
  return discount.kind === 'amount'
    ? words.till.discountAmount(formatOre(discount.amountOre, language), discount.reason)
    : words.till.discountPercent(formatBasisPoints(discount.basisPoints, language), discount.reason);
}
