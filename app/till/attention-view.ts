/** Money that a customer must get back, or wait for, and that the register can do nothing more about. */
import type { Payment } from '../payment/payment.ts';
import { refundsPart } from '../payment/payment.ts';
import type { Texts } from '../text/index.ts';
import { brandOf } from './brand.ts';
import type { Attention, Language } from './contract.ts';
import type { Desk } from './desk.ts';
import { detailWithWhy } from './refusal-words.ts';

/** What the provider refused for good after its sale had gone on, oldest first. */
export function attentionOf(desk: Desk, language: Language, words: Texts): readonly Attention[] {
  const brand = brandOf(desk.configuration.shop.market).name;
  const money: Money = (amountOre) => desk.money(amountOre, language);
  const items = [...desk.register.payments.values()].flatMap((payment) => {
    if (payment.state === 'watched' && payment.untilMs === null) return [notKnown(payment, brand, money, words)];
    if (payment.state !== 'captured') return [];
    const refund = payment.refund?.state === 'needs-hand' ? [refundByHand(payment, payment.refund, brand, money, words)] : [];
    const rest = payment.rest?.state === 'left' && !payment.rest.seen ? [restLeft(payment, payment.rest, brand, money, words)] : [];
    return [...refund, ...rest];
  });
  const [first, ...others] = items;
  return first === undefined || others.length === 0 ? items : [{ ...first, moreText: words.till.attention.more(others.length) }, ...others];
}

type Money = (amountOre: number) => string;
type Captured = Extract<Payment, { state: 'captured' }>;
type Refused = { readonly amountOre: number; readonly errorCode: string };

function refundByHand(payment: Captured, { amountOre, errorCode }: Refused, brand: string, money: Money, words: Texts): Attention {
  const said = words.till.attention;
  const { reference } = payment.order;
  const amount = money(amountOre);
  const what = refundsPart(payment) ? said.part(brand, reference, amount) : said.text(brand, reference);
  return {
    ...about(payment, amountOre, errorCode),
    title: said.title(amount),
    text: detailWithWhy('refund-refused', what, errorCode, words.payment.refusals, brand),
    doneCommand: { type: 'refunded-by-hand', paymentId: payment.paymentId },
    doneLabel: said.done,
  };
}

function restLeft(payment: Captured, { amountOre, errorCode }: Refused, brand: string, money: Money, words: Texts): Attention {
  const said = words.till.attention;
  return {
    ...about(payment, amountOre, errorCode),
    title: said.restTitle(money(amountOre)),
    text: said.restText(brand, payment.order.reference),
    doneCommand: { type: 'rest-seen', paymentId: payment.paymentId },
    doneLabel: said.restDone,
  };
}

function notKnown({ paymentId, order, plannedAtMs }: Payment, brand: string, money: Money, words: Texts): Attention {
  const said = words.till.attention;
  const { reference, amountOre } = order;
  return {
    ...{ paymentId, reference, amountOre, capturedAtMs: plannedAtMs, moreText: null, support: null },
    title: said.notKnownTitle(money(amountOre)),
    text: said.notKnownText(brand, reference),
    doneCommand: { type: 'settled-by-hand', paymentId },
    doneLabel: said.done,
  };
}

function about(payment: Captured, amountOre: number, errorCode: string) {
  return {
    paymentId: payment.paymentId,
    reference: payment.order.reference,
    amountOre,
    capturedAtMs: payment.capturedAtMs,
    moreText: null,
    support: [errorCode, payment.trouble?.traceId ?? null].filter((part) => part !== null).join(' · '),
  };
}
