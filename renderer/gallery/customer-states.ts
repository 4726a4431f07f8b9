/** Every state of the customer's screen by name. */
import { formatOre, formatQuantityMilli, splitOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import type { CustomerLine, CustomerScreen, CustomerView, DrawnAmount, Language, Theme } from '../../app/till/contract.ts';
import type { LinkState } from '../link/link.ts';
import { lines, longLines, NOW_MS, VIPPS } from './cashier-data.ts';
import { QR_PNG } from './qr-png.ts';
import { wordsOf } from './words.ts';

export interface CustomerState {
  readonly view: CustomerView;
  readonly link: LinkState;
}

interface Said {
  readonly title: string;
  readonly detail: string;
}

export const QR_TEXT = 'https://qr.vipps.no/28/2/01/031/4740123456?v=1&reference=kolo-1-2611-a3f-1042-1';

export function customerStates(language: Language, theme: Theme): Readonly<Record<string, CustomerState>> {
  const words = wordsOf(language);
  const drawn = (ore: number): DrawnAmount => ({ ...splitOre(ore, language), text: formatOre(ore, language) });
  const said = words.payment.customer;
  const total = drawn(20_160);
  const customerLines = (from: ReturnType<typeof lines>): readonly CustomerLine[] =>
    from.map((line) => ({
      lineId: line.lineId,
      name: line.name,
      detail: line.weighed
        ? `${formatQuantityMilli(line.quantityMilli, language, { weighed: true })} ${line.unit} × ${formatOre(line.unitPriceOre, language)}`
        : (line.discountText ??
          (line.quantityMilli > 1_000 ? `${line.quantityMilli / 1_000} × ${formatOre(line.unitPriceOre, language)}` : null)),
      amount: formatOre(line.amountOre, language),
    }));
  const sale = customerLines(lines(words));
  const base: CustomerView = {
    version: 1,
    nowMs: NOW_MS,
    language,
    theme,
    shopName: 'Kolonialen på hjørnet',
    brand: VIPPS,
    practice: null,
    offlineText: words.till.offline,
    screen: { kind: 'idle', greeting: words.till.welcome },
  };
  const make = (screen: CustomerScreen, more: Partial<CustomerView> = {}, link: LinkState = 'online'): CustomerState => ({
    view: { ...base, ...more, screen },
    link,
  });
  const basket = (count: number, more: Partial<Extract<CustomerScreen, { kind: 'basket' }>> = {}): CustomerScreen => ({
    kind: 'basket',
    lines: sale.slice(0, count),
    newestLineId: sale[count - 1]?.lineId ?? null,
    totalLabel: words.till.toPay,
    total,
    saving: null,
    paid: null,
    ...more,
  });
  const qr: Extract<CustomerScreen, { kind: 'qr' }> = {
    kind: 'qr',
    title: said.scan(VIPPS.name),
    amount: total,
    qr: { kind: 'png', dataUrl: QR_PNG },
    expiresAtMs: NOW_MS + 528_000,
    totalMs: 600_000,
    countdownText: said.countdown,
    lines: sale,
    totalLabel: words.till.toPay,
  };
  const longSale = customerLines(longLines(words));
  const result = (
    tone: 'good' | 'care' | 'bad',
    title: string,
    detail: string | null,
    amount: DrawnAmount | null = total,
  ): CustomerScreen => ({
    kind: 'result',
    tone,
    title,
    detail,
    amount,
  });
  const wait = (words: Said) => make({ kind: 'wait', ...words, amount: total });
  const over = (tone: 'care' | 'bad', words: Said) => make(result(tone, words.title, words.detail));
  const paid = {
    sum: { label: words.till.sum, amount: total.text },
    parts: [{ label: words.till.paidBy.cash, amount: formatOre(-10_000, language) }],
  };
  const reserved = (text: string) =>
    fill(text, {
      reserved: formatOre(50_000, language, 'NOK'),
      taken: formatOre(20_160, language, 'NOK'),
      back: formatOre(29_840, language, 'NOK'),
    });
  const longName = { shopName: 'Østre Gjerdrum Samvirkelag og Landhandel avdeling Torget' };

  return {
    idle: make(base.screen),
    'idle-practice': make(base.screen, { practice: words.till.practice }),
    'idle-long-name': make(base.screen, longName),
    'basket-first': make(basket(1, { total: drawn(7_980) })),
    basket: make(basket(sale.length)),
    'basket-saving': make(basket(sale.length, { saving: words.till.saving(formatOre(1_860, language, 'NOK')) }), {
      practice: words.till.practice,
    }),
    'basket-reserved': make(basket(sale.length, { reserved: reserved(said.reserved.held) })),
    'basket-long': make(basket(0, { lines: longSale, newestLineId: 'last', total: drawn(163_042) }), longName),
    'basket-large': make(basket(3, { total: drawn(12_345_650) })),
    'basket-partly-paid': make(basket(sale.length, { totalLabel: words.till.remaining, total: drawn(10_160), paid })),
    'basket-partly-paid-long': make(
      basket(0, {
        lines: longSale,
        newestLineId: 'last',
        totalLabel: words.till.remaining,
        total: drawn(63_042),
        saving: words.till.saving(formatOre(5_148, language, 'NOK')),
        paid: {
          sum: { label: words.till.sum, amount: formatOre(163_042, language) },
          parts: [
            { label: words.till.paidBy.cash, amount: formatOre(-20_000, language) },
            { label: words.till.paidBy.card, amount: formatOre(-50_000, language) },
            { label: words.till.paidBy.vipps(VIPPS.name), amount: formatOre(-30_000, language) },
          ],
        },
      }),
    ),
    qr: make(qr),
    'qr-camera': make({ ...qr, title: said.scanWithCamera, qr: { kind: 'draw', text: QR_TEXT } }),
    'qr-drawn': make({ ...qr, qr: { kind: 'draw', text: QR_TEXT } }),
    'qr-reserved': make({ ...qr, reserved: reserved(said.reserved.asked) }),
    'qr-to-hold': make({ ...qr, reserved: reserved(said.reserved.askedToHold) }),
    'qr-practice': make(qr, { practice: words.till.practice }),
    'qr-long': make({ ...qr, lines: longSale, amount: drawn(163_042), expiresAtMs: NOW_MS + 9_000 }, longName),
    'qr-alone': make({ ...qr, lines: [] }),
    'qr-over': make({ ...qr, expiresAtMs: NOW_MS - 1 }),
    scanned: make({ kind: 'scanned', title: said.scanned, amount: total }),
    'at-phone': make({ kind: 'scanned', title: said.atPhone(VIPPS.name), amount: total }),
    'wait-creating': wait(said.moment),
    'wait-sending': wait(said.sending(VIPPS.name)),
    'wait-payer-forgotten': wait(said.payerForgotten),
    'wait-unreachable': wait(said.unreachable(VIPPS.name)),
    'wait-collecting': wait(said.collecting),
    'wait-collecting-less': make({ kind: 'wait', ...said.collecting, amount: total, reserved: reserved(said.reserved.taken) }),
    'scanned-reserved': make({ kind: 'scanned', title: said.scanned, amount: total, reserved: reserved(said.reserved.asked) }),
    'wait-replacing': wait(said.replacing),
    'wait-checking': wait(said.checking(VIPPS.name)),
    'wait-cancelling': wait(said.cancelling),
    'wait-asking': wait(said.asking),
    'money-back': make({ kind: 'return', ...words.returnStage.customer, amount: drawn(11_260) }),
    'basket-return': make(
      basket(0, {
        lines: [
          { lineId: 'return-1', name: 'Kneipp, grovt', detail: '2 × 39,90', amount: formatOre(-7_980, language) },
          { lineId: 'return-3', name: 'Eple, Aroma', detail: '0,822 kg × 39,90', amount: formatOre(-3_280, language) },
        ],
        totalLabel: words.screen.returns.finished.gaveBack,
        total: drawn(11_260),
      }),
    ),
    'wait-refunding': wait(said.refunding),
    paid: make(result('good', said.paid, said.thanks)),
    'paid-change': make(result('good', said.paid, `${said.change(formatOre(5_000, language, 'NOK'))}. ${said.thanks}`)),
    'paid-large': make(result('good', said.paid, said.thanks, drawn(12_345_650)), { practice: words.till.practice }),
    rejected: over('care', said.rejected),
    'no-cover': over('bad', said.noCover),
    'code-ended': over('care', said.codeEnded),
    expired: over('care', said.expired),
    refused: over('bad', words.payment.refusals.customer.ask),
    'refused-again': over('care', words.payment.refusals.customer.again),
    'refused-other-way': over('bad', words.payment.refusals.customer['other-way']),
    'refused-look-in-app': over('care', words.payment.refusals.customer['look-in-app']),
    'refused-update-app': over('care', words.payment.refusals.customer['update-app']),
    'refused-show-again': over('care', words.payment.refusals.customer['show-again']),
    cancelled: over('care', said.cancelled),
    'given-back': over('care', said.givenBack),
    refunded: over('care', said.refunded),
    offline: make(qr, {}, 'offline'),
  };
}
